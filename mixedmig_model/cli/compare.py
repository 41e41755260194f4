"""The command ``mixedmig compare``.

It has scenarios next to a named baseline, and what made the difference.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import (
    CaseName,
    Json,
    SecondCurrency,
    SolverPath,
    Workers,
    Workspace,
    case_in,
    explained,
    find_workspace,
    inputs_of,
    listed_names,
    report_folder,
    say,
    say_inputs,
    show,
)

if TYPE_CHECKING:
    from mixedmig_model.record.finished import Comparison
    from mixedmig_model.record.schema.compared import CompareRecord

Draws = Annotated[
    int | None, typer.Option("--draws", help="Draws of all uncertain inputs, as in a report; 0 for none.")
]
PAGE_FILE, RECORD_FILE = "compare.html", "compare.json"


def compare(
    case: CaseName,
    scenarios: Annotated[str, typer.Option("--scenarios", help="Names of scenarios, comma-separated.")],
    baseline: Annotated[
        str | None, typer.Option("--baseline", help="The scenario to compare with; default: the case's own.")
    ] = None,
    attribution: Annotated[
        bool, typer.Option("--attribution", help="Show how much of each difference each measure makes.")
    ] = False,
    to: Annotated[Path | None, typer.Option("--to", help="The folder for compare.html and compare.json.")] = None,
    pairs: Annotated[
        int, typer.Option("--pairs", help="Pairs of orders to sample if an option has more than 8 measures.")
    ] = 8,
    draws: Draws = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same draws and orders.")] = 1,
    workers: Workers = 2,
    path: SolverPath = "auto",
    workspace: Workspace = None,
    currency: SecondCurrency = None,
    as_json: Json = False,
) -> None:
    """Compare scenarios with a baseline, breaches and harms first.

    Example: mixedmig compare generic_surge --scenarios early_hiring,detention_first --attribution --to compared
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.record.comparison import Wanted, compare_scenarios
        from mixedmig_model.record.schema.base import strict_data
        from mixedmig_model.record.words.comparison import lines
        from mixedmig_model.storage.targets import check_folder_target

        root = find_workspace(workspace)
        if to is not None:
            check_folder_target(to, inputs_of(root), (PAGE_FILE, RECORD_FILE))
        inputs = case_in(root, case, currency)
        names = listed_names(scenarios)
        say_inputs(inputs, *dict.fromkeys((baseline, *names)))
        wanted = Wanted(names, baseline or inputs.case.baseline, attribution, pairs=pairs, seed=seed, draws=draws,
                        store=_kept_draws(root, inputs.name))
        with terminal_progress() as progress:
            comparison, record = compare_scenarios(inputs, wanted, workers, progress, path)
        if to is not None:
            _write(to, comparison, record)
        if as_json:
            show(strict_data(record))
        wrote = [] if to is None else [f"Wrote {to / PAGE_FILE} and {RECORD_FILE}."]
        for line in (*lines(record), *wrote):
            say(line)


def _write(to: Path, comparison: "Comparison", record: "CompareRecord") -> None:
    """Write the page and the record to a folder, both or none."""
    from mixedmig_model.present.comparison.page import compare_page
    from mixedmig_model.record.schema.base import strict_text
    from mixedmig_model.storage.atomic import write_together

    write_together({to / PAGE_FILE: compare_page(comparison, record), to / RECORD_FILE: strict_text(record)})


def _kept_draws(root: Path, case: str) -> Path | None:
    """Return the folder in which reports of a case keep their draws; None where no report has made any."""
    from mixedmig_model.present.report.make import DRAWS_FOLDER

    folder = report_folder(root) / case / DRAWS_FOLDER
    return folder if folder.is_dir() else None
