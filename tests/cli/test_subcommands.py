"""Help of the commands below exercise and teach: a verb, an example that names options that there are, and --json."""

import re
import shlex

import pytest
import typer
from plain_words import faults

from mixedmig_model.cli.main import app

GROUPS = typer.main.get_command(app).commands
COMMANDS = {(group, name): command for group in ("exercise", "teach")
            for name, command in GROUPS[group].commands.items()}
AT_MOST = 60


def options(command):
    return {option for one in command.params for option in one.opts if option.startswith("--")}


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_help_begins_with_a_sentence_and_ends_with_an_example(name):
    command = COMMANDS[name]
    first, _, rest = command.help.partition("\n")
    assert len(first) <= AT_MOST
    assert re.fullmatch(r"[A-Z][a-z]+ .*\.", first)
    example = " ".join(rest.split("Example:")[1].split())
    words = shlex.split(example)
    assert words[:3] == ["mixedmig", *name]
    assert {word for word in words if word.startswith("--")} <= options(command)
    required = {one.opts[0] for one in command.params if one.required and one.opts[0].startswith("--")}
    assert required <= set(words), "an example that lacks an option cannot be typed"
    assert [fault for text in [command.help.split("Example:")[0], *(one.help for one in command.params if one.help)]
            for fault in faults(text)] == []
    for one in command.params:
        assert one.help or "--help" in one.opts, one.name


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_a_program_can_read_what_each_command_says(name):
    assert "--json" in options(COMMANDS[name])


def test_all_commands_are_here():
    assert {name for _, name in COMMANDS} == {
        "list", "check", "start", "order", "sign", "answer", "forecast", "release", "advance", "undo", "observe",
        "sentence", "gap", "replay", "sheets", "returns", "after-action", "pack", "build", "grade"}
