"""A finished report recomputed from its inputs, and compared.

Record, tables and results are compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.record.files import RECORD_FILE, read_report
from mixedmig_model.record.finished import COSTS_FILE, DATA_FOLDER, TABLES, make_comparison, read_run
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.schema.base import data_of
from mixedmig_model.record.schema.report import Report
from mixedmig_model.record.verify.compare import Difference, data_differences, run_differences, table_differences
from mixedmig_model.record.verify.inputs import INPUTS_FOLDER
from mixedmig_model.record.words import spoken
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.storage.cache import solved_again
from mixedmig_model.storage.sums import SUMS_FILE, ChangedFiles, changed_files
from mixedmig_model.study.ensemble.report_draws import NO_DRAWS, ReportDraws, report_draws

Progress = Callable[[str, int, int], None]
DRAWN = ("ensemble", "draws", "first_page")
"""Parts of a record that say what draws say."""
GENERIC = ("version", "notice")
"""What is reported separately of what made a run.

It is not among the differences of its numbers.
"""


class NoReportError(RuntimeError):
    """Raised for a folder without a report that can be made again.

    The message says why.
    """


@dataclass(frozen=True)
class Verified:
    """What became of a report when it was made again.

    ``files`` are not as they were written; ``notes`` say what was not made again, or with another version.
    """

    report: Path
    files: ChangedFiles
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether every file and number is found again.

        Files are as they were written.
        """
        return not (self.files.changed or self.files.missing or self.differences)


def verify_report(report: Path, workers: int = 2, progress: Progress | None = None) -> Verified:
    """Recompute a report from its own inputs, and compare.

    Every run is solved anew.

    Parameters
    ----------
    report : Path
        Its folder or a file in it.
    workers : int, default 2
        Processes at a time.
    progress : Progress | None, default None
        Called with a phase, runs done and in all.

    Returns
    -------
    Verified
        What was compared, and what differs.

    Raises
    ------
    NoReportError
        Where the folder holds no report that can be made again.
    ReportFileError
        Where its record is of another version or damaged.
    InputFaultsError
        For inputs that cannot be read.
    ComparisonError
        Where a scenario could not be solved.
    """
    folder = report if report.is_dir() else report.parent
    for name in (RECORD_FILE, SUMS_FILE, INPUTS_FOLDER):
        if not (folder / name).exists():
            raise NoReportError(spoken.NO_REPORT.format(folder=folder, missing=name))
    record = read_report(folder)
    inputs = read_case(read_workspace(folder / INPUTS_FOLDER), record.case)
    with scratch_folder() as again, solved_again():
        draws, notes = _draws(record, inputs, again, workers, _phase(progress, spoken.VERIFY_DRAWS))
        made = make_comparison(inputs, record.names, again, workers=workers, draws=draws,
                               progress=_phase(progress, spoken.VERIFY_RUNS), path=_path(record))
        if page := record.first_page:
            made = with_summary(made, again, page.options[1:], page.author, page.made_on)
        differences = tuple(_differences(folder, again, record, made.record, bool(record.ensemble and draws.folder)))
    ours, theirs = (one.runs[record.baseline].version for one in (record, made.record))
    other = [spoken.OTHER_VERSION.format(report=ours, here=theirs)] if ours != version("mixedmig") else []
    return Verified(folder, changed_files(folder), differences, (*other, *notes))


def _path(record: Report) -> str:
    """Return the path by which a report was solved."""
    return record.runs[record.baseline].path


def _phase(progress: Progress | None, phase: str) -> Callable[[int, int, str], None] | None:
    return (lambda done, whole, _: progress(phase, done, whole)) if progress else None


def _draws(
    record: Report, inputs: CaseInputs, folder: Path, workers: int, progress: Callable[[int, int, str], None] | None
) -> tuple[ReportDraws, list[str]]:
    """Return the draws of a report, solved again.

    The second part says what was not: an ensemble that was made elsewhere, and brought along.
    """
    if record.ensemble is None:
        return ReportDraws(None, record.draws), []
    if not record.draws:
        return NO_DRAWS, [spoken.DRAWS_FROM_ELSEWHERE]
    made = report_draws(inputs, record.names, folder / "draws", draws=record.ensemble.wanted,
                        seed=record.ensemble.seed, workers=workers, progress=progress, path=_path(record))
    return made, []


def _differences(folder: Path, again: Path, record: Report, made: Report, drawn: bool) -> Iterator[Difference]:
    """Yield all differences of a report.

    They are of the record, the results of each scenario, and the tables.
    """
    ours, theirs = data_of(record), data_of(made)
    for data in (ours, theirs):
        for run in data["runs"].values():
            for name in GENERIC:
                run.pop(name, None)
        if not drawn:
            for name in DRAWN:
                data.pop(name)
    yield from data_differences(RECORD_FILE, ours, theirs)
    for name in record.names:
        file = f"{DATA_FOLDER}/{name}.nc"
        if (folder / file).is_file():
            yield from run_differences(file, read_run(folder / file), read_run(again / file))
    for name in (*TABLES, COSTS_FILE):
        yield from table_differences(folder / name, again / name)
