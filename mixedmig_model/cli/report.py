"""The command ``mixedmig report``.

It writes the comparison of scenarios as pages, notebooks and tables.
"""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import (
    Author,
    CaseName,
    Docx,
    Json,
    Paper,
    Pdf,
    Scenarios,
    SecondCurrency,
    SolverPath,
    Template,
    Workers,
    Workspace,
    case_in,
    explained,
    find_workspace,
    listed_names,
    report_folder,
    say,
    say_inputs,
    show,
)

Options = Annotated[
    str, typer.Option("--options", help="Options of the first page, at most 3; default: the first 3.")
]
TrustNotebooks = Annotated[
    bool, typer.Option("--trust-notebooks", help="Run the workspace's own notebooks, which can do anything.")
]
GivenEnsemble = Annotated[
    Path | None, typer.Option("--ensemble", help="A folder of mixedmig ensemble; its draws replace new ones.")
]
NewDraws = Annotated[
    int | None, typer.Option("--draws", help="Runs with varied inputs, for ranges (0: none); default: 100.")
]


def report(
    case: CaseName,
    scenarios: Scenarios = None,
    name: Annotated[str, typer.Option("--name", help="The name of the report's folder.")] = "comparison",
    path: SolverPath = "auto",
    workspace: Workspace = None,
    workers: Workers = 2,
    explore: Annotated[bool, typer.Option("--explore", help="Run the notebook with sliders too.")] = False,
    ensemble: GivenEnsemble = None,
    draws: NewDraws = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")] = 1,
    options: Options = "",
    author: Author = "",
    trust_notebooks: TrustNotebooks = False,
    currency: SecondCurrency = None,
    docx: Docx = False,
    pdf: Pdf = False,
    template: Template = None,
    paper: Paper = "a4",
    as_json: Json = False,
) -> None:
    """Compare scenarios in an offline HTML report.

    The terminal shows the answer of the first page. The folder also has the executed notebooks, netCDF and CSV.

    Example: mixedmig report andaman_sea_2015 --scenarios as_it_happened,disembark_within_two_days

    Documents: mixedmig report andaman_sea_2015 --docx --pdf --template ministry.docx
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.workspace import check_name
        from mixedmig_model.present.office.make import OfficeWanted
        from mixedmig_model.present.report.make import make_report

        office = OfficeWanted(docx, pdf, template, paper)
        office.check()
        root = find_workspace(workspace)
        inputs = case_in(root, case, currency)
        check_name(name, "report name", (name,))
        chosen = listed_names(scenarios) if scenarios else None
        say_inputs(inputs, *(chosen or inputs.scenarios))
        target = report_folder(root) / case / name
        with terminal_progress() as progress:
            file = make_report(inputs, chosen, target, trust=trust_notebooks, workers=workers, explore=explore,
                               progress=progress, ensemble=ensemble, draws=draws, seed=seed, path=path,
                               options=listed_names(options) if options else None, author=author, office=office)
        _lead(file)
        show({"ok": True, "report": str(file)}) if as_json else typer.echo(str(file))


def _lead(file: Path) -> None:
    """Say the breaches and the answer of the first page of a report."""
    from mixedmig_model.record.files import read_report
    from mixedmig_model.record.words.findings import report_findings

    page = read_report(file.parent).first_page
    for line in report_findings(page) if page else ():
        say(line)
