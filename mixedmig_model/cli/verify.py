"""The command ``mixedmig verify``.

It recomputes a report from the inputs that it keeps.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, Workers, explained, say, show
from mixedmig_model.vocabulary.numbers import counted

if TYPE_CHECKING:
    from mixedmig_model.record.verify.verify import Verified

MOST_SHOWN = 20
"""Differences listed for people; a program gets them all."""


def verify(
    report: Annotated[Path, typer.Argument(help="The folder of a report, or a file in it.")],
    workers: Workers = 2,
    as_json: Json = False,
) -> None:
    """Recompute a report from its kept inputs and compare.

    Every run is solved again. Exit code 0: all files are unchanged and all numbers are reproduced. Exit code 1: each
    difference is named with both values.

    Example: mixedmig verify reports/andaman_sea_2015/comparison
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
        from mixedmig_model.record.verify.verify import verify_report

        if not report.exists():
            raise InputFaultsError([Fault(str(report), 0, "", "the report does not exist",
                                          allowed="the folder of a report, such as reports/CASE/comparison")])
        with terminal_progress() as progress:
            found = verify_report(report.resolve(), workers, progress)
        if as_json:
            show(_record(found))
        for line in _lines(found):
            say(line)
        if not found.equal:
            raise typer.Exit(1)


def _lines(found: "Verified") -> list[str]:
    """Return what is said to people, the verdict first."""
    from mixedmig_model.record.words import spoken

    if found.equal:
        first = spoken.EQUAL
    else:
        bad = len(found.files.changed) + len(found.files.missing)
        first = spoken.DIFFERS.format(files=f"{counted(bad, 'file')} changed or missing",
                                      values=f"{counted(len(found.differences), 'value')} not reproduced")
    lines = [first, *found.notes]
    for words, names in (
        (spoken.FILE_CHANGED, found.files.changed), (spoken.FILE_MISSING, found.files.missing),
        (spoken.FILE_ADDED, found.files.added),
    ):
        lines += [words.format(file=name) for name in names]
    lines += [spoken.VALUE_DIFFERS.format(file=one.file, where=one.where, report=one.report, found=one.found)
              for one in found.differences[:MOST_SHOWN]]
    more = len(found.differences) - MOST_SHOWN
    return [*lines, *([spoken.MORE_DIFFERENCES.format(number=more)] if more > 0 else [])]


def _record(found: "Verified") -> dict[str, object]:
    """Return what was found, for programs."""
    return {
        "ok": True, "equal": found.equal, "report": str(found.report), "changed": list(found.files.changed),
        "missing": list(found.files.missing), "added": list(found.files.added), "notes": list(found.notes),
        "differences": [
            {"file": one.file, "where": one.where, "report": one.report, "found": one.found}
            for one in found.differences
        ],
    }
