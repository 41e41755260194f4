"""Help of the whole command line.

Commands stand in groups, each with its whole first line; old names are still accepted.
"""

import sys
from typing import Any

from typer.core import TyperGroup

from mixedmig_model.vocabulary.contract import Current, current_name

PLAN, RUN, CHECK, LEARN, TEACH = "Plan", "Run", "Check", "Learn", "Teach"
GROUPS = (PLAN, RUN, CHECK, LEARN, TEACH)
"""Groups of commands, in the order of the help."""


class Commands(TyperGroup):
    """The commands of ``mixedmig``."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands by group; no first line is cut."""
        rows: dict[str, list[tuple[str, str]]] = {group: [] for group in GROUPS}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            rows[command.rich_help_panel].append((name, first_line(command.help)))
        for group, commands in rows.items():
            with formatter.section(group):
                formatter.write_dl(commands)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, old names replaced by today's.

        Names are of commands and options; a replacement is reported.
        """
        rest: list[str] = super().parse_args(ctx, todays(args))
        return rest


def first_line(text: str | None) -> str:
    """Return the first line of a command's help."""
    return (text or "").strip().split("\n", 1)[0]


def todays(args: list[str]) -> list[str]:
    """Return arguments with today's names.

    Each old name is reported once on standard error.
    """
    found = [Current(one) for one in args]
    if args:
        found[0] = current_name("command", args[0])
    for place, one in enumerate(args):
        if one == "--":
            break
        if one.startswith("--"):
            option, sign, value = one.partition("=")
            today = current_name("option", option)
            found[place] = Current(f"{today.name}{sign}{value}", today.message)
    for message in dict.fromkeys(one.message for one in found if one.message):
        sys.stderr.write(f"{message}\n")
    return [one.name for one in found]
