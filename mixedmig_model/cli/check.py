"""The command ``mixedmig check``: every file read, all faults at once."""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, explained, find_workspace, say, show


def check(
    path: Annotated[Path | None, typer.Argument(help="A workspace; the current one if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Read every file of a workspace and resolve every scenario; list all faults at once.

    Example: mixedmig check myplan
    """
    from mixedmig_model.inputs.check import check_workspace

    with explained(as_json):
        cases = check_workspace(find_workspace(path))
        if as_json:
            show({"ok": True, "cases": cases})
        for case, scenarios in cases.items():
            say(f"{case}: {len(scenarios)} scenarios ({', '.join(scenarios)})")
        say("No faults.")
