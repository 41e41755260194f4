"""The command ``mixedmig report``: the comparison of scenarios as pages, notebooks and tables."""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import (
    Json,
    Scenarios,
    SolverPath,
    Workers,
    Workspace,
    explained,
    find_workspace,
    listed_names,
    report_folder,
    say_inputs,
    show,
)


def report(
    case: Annotated[str, typer.Argument(help="A folder of parameters/cases.")],
    scenarios: Scenarios = None,
    name: Annotated[str, typer.Option("--name", help="Name of the report's folder.")] = "comparison",
    path: SolverPath = "auto",
    workspace: Workspace = None,
    workers: Workers = 2,
    explore: Annotated[bool, typer.Option("--explore", help="Execute the slider notebook too.")] = False,
    ensemble: Annotated[
        Path | None, typer.Option("--ensemble", help="Folder made by mixedmig ensemble, in place of draws made here.")
    ] = None,
    draws: Annotated[
        int | None, typer.Option("--draws", help="Draws of the uncertain inputs, for ranges; else 100; 0: none.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")] = 1,
    options: Annotated[
        str, typer.Option("--options", help="Options of the first page, at most three; else the first three.")
    ] = "",
    author: Annotated[
        str, typer.Option("--author", help="Who answers for the report, at the foot of its first page.")
    ] = "",
    trust_notebooks: Annotated[
        bool, typer.Option("--trust-notebooks", help="Run the workspace's own notebooks; they can do anything.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Compare scenarios in an offline HTML report.

    The executed notebooks, netCDF and CSV lie next to it.

    Example: mixedmig report andaman_sea_2015 --scenarios as_it_happened,disembark_within_two_days
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.workspace import check_name, read_workspace
        from mixedmig_model.present.report.make import make_report

        root = find_workspace(workspace)
        inputs = read_case(read_workspace(root), case)
        check_name(name, "report name", (name,))
        chosen = listed_names(scenarios) if scenarios else None
        say_inputs(inputs, *(chosen or inputs.scenarios))
        target = report_folder(root) / case / name
        with terminal_progress() as progress:
            file = make_report(inputs, chosen, target, trust=trust_notebooks, workers=workers, explore=explore,
                               progress=progress, ensemble=ensemble, draws=draws, seed=seed, path=path,
                               options=listed_names(options) if options else None, author=author)
        show({"ok": True, "report": str(file)}) if as_json else typer.echo(str(file))
