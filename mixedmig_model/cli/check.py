"""The command ``mixedmig check``.

Every file is read, with all faults that the text allows in one round.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixedmig_model.cli.common import Json, explained, find_workspace, say, show
from mixedmig_model.vocabulary.numbers import counted

if TYPE_CHECKING:
    from mixedmig_model.inputs.check import CheckedWorkspace


def check(
    path: Annotated[Path | None, typer.Argument(help="The folder of a workspace; default: the current one.")] = None,
    case: Annotated[str | None, typer.Option("--case", help="Say what is known of this case alone.")] = None,
    as_json: Json = False,
) -> None:
    """Read every file of a workspace and list its faults.

    Correct faults first: they are listed together, and the exit code is 2. Cautions do not stop a run. They name what
    a reader of the numbers must know, such as days without arrivals, or inputs that a case must set. If a file
    cannot be read, the next check covers what depends on it.

    Faults of all files are listed, with --case too: a faulty file stops every command.

    Example: mixedmig check myplan --case my_case
    """
    with explained(as_json):
        from mixedmig_model.inputs.check import check_workspace
        from mixedmig_model.record.words.findings import check_finding

        checked = check_workspace(find_workspace(path))
        checked = checked.of_case(case) if case else checked
        if as_json:
            show(_record(checked))
        cautions = checked.all_cautions
        say(check_finding(cautions))
        say(f"Workspace: {checked.root}")
        for name, found in checked.cases.items():
            say(f"{name}: {counted(len(found.scenarios), 'scenario')} ({', '.join(found.scenarios)})")
            for covered in found.arrivals:
                say(f"  {covered}")
        for caution in cautions:
            say(f"caution: {caution}")


def _record(checked: "CheckedWorkspace") -> dict[str, Any]:
    """Return what a check found, for programs."""
    return {
        "ok": True, "workspace": str(checked.root),
        "cases": {name: list(case.scenarios) for name, case in checked.cases.items()},
        "arrivals": {name: [covered.as_record() for covered in case.arrivals] for name, case in checked.cases.items()},
        "cautions": [caution.as_record() for caution in checked.all_cautions],
    }
