"""The command ``mixedmig compare``: scenarios beside a named baseline, and what made the difference."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from mixedmig_model.cli.common import Json, Workers, Workspace, explained, find_workspace, listed_names, say, show

PAGE_FILE, RECORD_FILE = "compare.html", "compare.json"


def compare(
    case: Annotated[str, typer.Argument(help="A folder of parameters/cases.")],
    scenarios: Annotated[str, typer.Option("--scenarios", help="Names with commas between.")],
    baseline: Annotated[
        str | None, typer.Option("--baseline", help="The scenario to compare with; the case's own if not given.")
    ] = None,
    attribution: Annotated[
        bool, typer.Option("--attribution", help="Say which measure made how much of each difference.")
    ] = False,
    to: Annotated[Path | None, typer.Option("--to", help="A folder for compare.html and compare.json.")] = None,
    pairs: Annotated[
        int, typer.Option("--pairs", help="Pairs of orders to sample where an option has more than 8 measures.")
    ] = 8,
    seed: Annotated[int, typer.Option("--seed", help="The same seed samples the same orders.")] = 1,
    workers: Workers = 2,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Compare scenarios with a baseline: breaches and harms first, then costs, people, queues and countries.

    Example: mixedmig compare generic_surge --scenarios early_hiring,detention_first --attribution --to compared
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.record.comparison import Wanted, compare_scenarios
        from mixedmig_model.record.words.comparison import lines
        from mixedmig_model.storage.atomic import check_folder_target, write_file

        inputs = read_case(read_workspace(find_workspace(workspace)), case)
        names = listed_names(scenarios)
        if to is not None:
            check_folder_target(to)
        wanted = Wanted(names, baseline or inputs.case.baseline, attribution, pairs, seed)
        with terminal_progress() as progress:
            comparison, record = compare_scenarios(inputs, wanted, workers, progress)
        if to is not None:
            from mixedmig_model.present.comparison.page import compare_page

            write_file(to / PAGE_FILE, compare_page(comparison, record))
            write_file(to / RECORD_FILE, _text(record))
        if as_json:
            show(record)
        for line in lines(record):
            say(line)
        if to is not None:
            say(f"Wrote {to / PAGE_FILE} and {RECORD_FILE}.")


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
