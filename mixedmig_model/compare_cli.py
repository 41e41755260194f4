"""The command ``mixedmig compare``: scenarios beside a named baseline, and what made the difference."""

import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from mixedmig_model.common_cli import Json, Workspace, explained, find_workspace, say, show

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
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes at a time.")] = 2,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Compare scenarios with a baseline: breaches and harms first, then costs, people, queues and countries.

    Example: mixedmig compare generic_surge --scenarios early_hiring,detention_first --attribution --to compared
    """
    with explained(as_json):
        from mixedmig_model.inputs.case import read_case
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.present.compare_record import Wanted, compare_scenarios
        from mixedmig_model.present.compare_words import lines
        from mixedmig_model.present.progress import terminal_progress

        inputs = read_case(read_workspace(find_workspace(workspace)), case)
        names = tuple(part.strip() for part in scenarios.split(",") if part.strip())
        if to is not None:
            check_folder(to)
        wanted = Wanted(names, baseline or inputs.case.baseline, attribution, pairs, seed)
        with terminal_progress() as progress:
            book, record = compare_scenarios(inputs, wanted, workers, progress)
        if to is not None:
            from mixedmig_model.present.compare_page import compare_page

            write(to, {PAGE_FILE: compare_page(book, record), RECORD_FILE: _text(record)})
        if as_json:
            show(record)
        for line in lines(record):
            say(line)
        if to is not None:
            say(f"Wrote {to / PAGE_FILE} and {RECORD_FILE}.")


def check_folder(folder: Path) -> None:
    """Refuse a target that is a file, before anything is solved. Raises InputFaultsError."""
    from mixedmig_model.inputs.faults import Fault, InputFaultsError

    if folder.exists() and not folder.is_dir():
        raise InputFaultsError([Fault("--to", 0, "", "this is a file", str(folder), "a folder, new or not")])


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write(folder: Path, files: dict[str, str]) -> None:
    """Write text files under temporary names, then rename them: none is ever half-written."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        handle, partial = tempfile.mkstemp(prefix=f".{name}.", suffix=".partial", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(partial).chmod(0o644)  # mkstemp keeps others out; a finished page may be read
            Path(partial).replace(folder / name)
        finally:
            Path(partial).unlink(missing_ok=True)
