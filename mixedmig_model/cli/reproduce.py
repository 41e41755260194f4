"""The command ``mixedmig reproduce``.

Published figures stand next to ours, misses called missed (``docs/reproduce.md``).
"""

from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show

if TYPE_CHECKING:
    from mixedmig_model.inputs.workspace import Workspace as ReadWorkspace
    from mixedmig_model.study.reproduce.figures import Reproduced


def reproduce(
    name: Annotated[str | None, typer.Argument(
        help="A file of parameters/reproduce, or a case with published totals; default: all files.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Recompute published figures and compare them with ours.

    Each row has the target, our figure and the miss. Fitted figures are marked.

    For a case, its published totals are shown next to its baseline: input, fitted or predicted. Its README explains
    misses. The exit code is 1 if a figure of a file misses by more than its tolerance without an explanation. A miss
    with an explanation is shown as missed.

    Example: mixedmig reproduce canada_2018
    """
    failed: list[Reproduced] = []
    with explained(as_json):
        from mixedmig_model.inputs.workspace import read_workspace

        known = read_workspace(find_workspace(workspace))
        if name is not None and name in known.cases:
            _show_totals(known, name, as_json)
        else:
            failed = _show_figures(known, name, as_json)
    if failed:
        names = ", ".join(f"{figure.file}: {figure.name}" for figure in failed)
        say(f"failed: missed without an explanation: {names}")
        raise typer.Exit(1)


def _show_totals(known: "ReadWorkspace", case: str, as_json: bool) -> None:
    """Print the published totals of a case and its baseline's."""
    from mixedmig_model.present.tables.reproduced import total_lines
    from mixedmig_model.record.commands.published import total_record
    from mixedmig_model.record.schema.base import data_of
    from mixedmig_model.study.reproduce.case import reproduce_case

    say(f"running {case}")
    totals = reproduce_case(known, case)
    if as_json:
        show({"ok": True, "totals": [data_of(total_record(total)) for total in totals]})
        return
    typer.echo(f"\nPublished totals ({case}); its README explains misses")
    for line in total_lines(totals):
        typer.echo(line)


def _show_figures(known: "ReadWorkspace", name: str | None, as_json: bool) -> list["Reproduced"]:
    """Print the figures of one file, or of all, next to ours.

    Return those missed without an explanation.
    """
    from mixedmig_model.inputs.observations.reproduce import read_reproductions
    from mixedmig_model.present.tables.reproduced import figure_lines
    from mixedmig_model.study.reproduce.figures import reproduce as work_out

    files = read_reproductions(known, name)
    figures = work_out(files, lambda run: say(f"running {run}"))
    failed = [figure for figure in figures if figure.failed]
    if as_json:
        show({"ok": not failed, "checks": [figure.as_record() for figure in figures]})
        return failed
    for file in files:
        typer.echo(f"\n{file.file.title} ({file.name})")
        for line in figure_lines(figure for figure in figures if figure.file == file.name):
            typer.echo(line)
    return failed
