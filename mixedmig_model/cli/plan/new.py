"""The command ``mixedmig new``.

It makes a case of one's own in a workspace.
"""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, listed_names, say, show


def new(
    case: Annotated[str, typer.Argument(help="The name of the new case: a-z, 0-9, _ and -.")],
    countries: Annotated[str, typer.Option("--countries", help="Names of the countries, comma-separated.")],
    start: Annotated[str, typer.Option("--start", help="The first day of the run, YYYY-MM-DD.")],
    end: Annotated[str, typer.Option("--end", help="The first day after the run, YYYY-MM-DD.")],
    arrivals: Annotated[
        Path, typer.Option("--arrivals", help="A table with the columns of arrivals.csv, or month,persons.")
    ],
    route: Annotated[str, typer.Option("--route", help="How people arrive: sea, land or air.")] = "sea",
    currency: Annotated[str, typer.Option("--currency", help="The currency of the budget, such as EUR.")] = "",
    economy: Annotated[
        str, typer.Option("--economy", "--tier", help="The country whose pay and prices hold, by its code: MYS.")
    ] = "",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Write a case of your own, with comments.

    The case is complete: `mixedmig check` finds no fault, and warns of each input that you must set yourself. These
    inputs are comments in case.yaml, with the values that are used until then. A table with the columns month and
    persons (2024-01,350) also needs a column country if the case has several. An existing case is never changed.

    Example: mixedmig new my_case --countries harbourland --start 2024-01-01 --end 2025-01-01 --route land
    --arrivals months.csv
    """
    with explained(as_json):
        from mixedmig_model.inputs.entries import label
        from mixedmig_model.inputs.starting.texts import inputs_to_own
        from mixedmig_model.inputs.starting.wanted import Asked, check_asked
        from mixedmig_model.inputs.starting.write import write_case
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.vocabulary.numbers import counted

        read = read_workspace(_own_workspace(workspace))
        made = check_asked(read, Asked(
            case, listed_names(countries), start, end, route=route, arrivals=arrivals, currency=currency,
            economy=economy,
        ))
        files = [label(read.root, path) for path in write_case(read, made)]
        own = [name for name, _ in inputs_to_own(read, made)]
        if as_json:
            show({"ok": True, "workspace": str(read.root), "case": case, "files": files, "inputs_to_own": own})
        for file in files:
            say(f"Wrote {file}")
        say(f"{counted(float(len(own)), 'input')} of case.yaml must be your own. "
            f"Next: mixedmig check --case {case}, and mixedmig report {case}")


def _own_workspace(given: Path | None) -> Path:
    """Return the workspace to write to.

    It is never the one of the installation. Raises InputFaultsError.
    """
    from mixedmig_model.inputs.installed import installed_workspace
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError

    found = find_workspace(given)
    if found == installed_workspace():
        text = "the shipped workspace is read only"
        raise InputFaultsError([Fault(str(found), 0, "", text, allowed="a workspace made by 'mixedmig init DIR'")])
    return found
