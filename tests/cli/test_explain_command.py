"""``mixedmig explain`` and ``mixedmig list``: texts, records, exit codes; and the help of all commands."""

import json
import re

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from mixedmig_model.cli.groups import GROUPS, first_line
from mixedmig_model.cli.main import app
from mixedmig_model.vocabulary import contract

COMMANDS = get_command(app).commands


def call(*arguments, columns=80):
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": str(columns)}, terminal_width=columns)
    assert "Traceback" not in done.output
    return done


def test_explain_prints_formula_inputs_and_lines():
    done = call("explain", "deaths_adrift")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "deaths_adrift (indicator, person): Deaths while adrift"
    assert "deaths_adrift (flow, person/day): deaths while adrift" in lines
    assert any(re.fullmatch(r"    journey\.adrift_death_rate: .*  parameters/base/journey\.yaml:\d+", line)
               for line in lines)


def test_explain_cuts_long_lists_unless_all_is_asked_for():
    short, whole = call("explain", "registered").stdout, call("explain", "registered", "--all").stdout
    assert re.search(r"and \d+ more \(--all shows them\)", short)
    assert "more (--all" not in whole
    assert len(whole.splitlines()) > len(short.splitlines())


def test_explain_as_a_record_has_everything():
    done = call("explain", "determination.officers", "--case", "andaman_sea_2015", "--json")
    (record,) = json.loads(done.stdout)
    assert (record["kind"], record["unit"]) == ("parameter", "officer")
    assert record["value"][0].keys() == {"text", "file", "line"}
    assert any(one["file"].endswith("case.yaml") for one in record["in_the_case"])


def test_explain_refuses_what_it_does_not_know():
    done = call("explain", "registred")
    assert done.exit_code == 2
    assert "explain: unknown name; found 'registred'" in done.stderr
    assert "did you mean 'registered'?" in done.stderr
    done = call("explain", "registered", "--case", "andaman", "--json")
    assert done.exit_code == 2
    assert json.loads(done.stdout)["faults"][0]["problem"] == "unknown case"


def test_list_prints_names_titles_and_units():
    done = call("list", "parameters", "officers")
    assert done.exit_code == 0
    assert "determination.officers  Caseworkers [officer]" in done.stdout
    assert re.search(r"^\d+ names\. mixedmig explain NAME says where one comes from\.$", done.stderr, re.MULTILINE)
    records = json.loads(call("list", "stages", "--json").stdout)
    assert records[0] == {"kind": "stage", "name": "registration", "title": "registration", "unit": "person"}


def test_list_refuses_an_unknown_kind():
    done = call("list", "stage")
    assert done.exit_code == 2
    assert "list: unknown kind; found 'stage'" in done.stderr


# ---- help ---------------------------------------------------------------------------------------------------------

def test_help_lists_every_command_in_a_group_with_its_whole_first_line():
    done = call("--help")
    lines = done.output.splitlines()
    assert [line.strip(":") for line in lines if line.strip(":") in GROUPS] == list(GROUPS)
    for name, command in COMMANDS.items():
        (shown,) = [line for line in lines if re.match(rf"  {name}  ", line)]
        assert shown.strip() == f"{name} {' ' * (shown.index(first_line(command.help)) - len(name) - 3)}" \
            f"{first_line(command.help)}"
    assert max(map(len, lines)) <= 80
    assert "..." not in done.output.replace("[ARGS]...", "")
    assert "…" not in done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_short_first_line_and_an_example(name):
    text = COMMANDS[name].help
    assert len(first_line(text)) <= 60
    assert first_line(text).endswith(".")
    done = call(name, "--help")
    assert done.exit_code == 0
    assert f"Example: mixedmig {name}" in done.output
    assert "..." not in done.output


# ---- old names ------------------------------------------------------------------------------------------------------

def test_an_old_option_and_an_old_command_work_for_a_version_and_say_so(monkeypatch):
    monkeypatch.setattr(contract, "RENAMED", (
        contract.Renamed("option", "--record", "--json", "9.9.0"),
        contract.Renamed("command", "names", "list", "9.9.0"),
    ))
    done = call("names", "stages", "--record")
    assert done.exit_code == 0
    assert json.loads(done.stdout)[0]["name"] == "registration"
    for old, new in (("command names", "list"), ("option --record", "--json")):
        assert (f"the {old} is called {new} since version 9.9.0; the old name stops working with the next version"
                in done.stderr)


def test_an_unknown_option_is_still_refused():
    assert call("list", "stages", "--record").exit_code == 2
