"""The ensemble of a report.

It is solved, or continued, in a folder named by its digest, so that an unchanged one is kept. The kernel solves it
where there is one. Without it no draws are solved unless the user wants them: the reference path takes a second or more
a run.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.ensemble.draws import drawn_columns
from mixedmig_model.study.ensemble.files import find_donors, kept_blocks
from mixedmig_model.study.ensemble.run import Design, EnsembleStoppedError, design_faults, manifest, run_ensemble

DRAWS, BLOCK = 100, 20
"""Draws of a report by default, and draws a file.

docs/ensembles.md says what 100 draws support.
"""
NOT_ASKED = "No draws of the uncertain inputs were asked for (--draws 0)."
TOO_SLOW = "Draws are made without asking only where the kernel can be used. {reason}"
STOPPED = "The draws stopped before the first were kept: {error}"


class ReportDraws(NamedTuple):
    """Where a report's ensemble lies and how it was solved.

    It is None where there is none, and ``why`` says so in words.
    """

    folder: Path | None
    why: str


NO_DRAWS = ReportDraws(None, "")


def report_draws(
    inputs: CaseInputs, names: Sequence[str], store: Path, draws: int | None = None, seed: int = 1, workers: int = 2,
    progress: Callable[[int, int, str], None] | None = None, path: str = "auto",
) -> ReportDraws:
    """Make or continue the ensemble of a report.

    It lies in ``store``/digest; what is there is not solved again. Neither are scenarios that another ensemble of the
    store holds, if the kernel solved them from the same inputs. An ensemble that stops early is used as far as it is
    kept. ``names``: Names of scenarios. ``store``: Folder of ensembles. ``draws``: Number of draws. None for the
    default number (none without the kernel), 0 for none. ``seed``: The same seed gives the same draws. ``workers``:
    Processes at a time. ``progress``: Called with blocks done, in all, and words. ``path``: By which runs are solved.
    Returns where the ensemble lies and how it was solved. Raises InputFaultsError for an impossible number of draws,
    seed or path.
    """
    solver = choose_solver(path)
    if draws is None and not solver.kernel:
        return ReportDraws(None, TOO_SLOW.format(reason=solver.words))
    if draws == 0:
        return ReportDraws(None, NOT_ASKED)
    design = Design(tuple(names), DRAWS if draws is None else draws, seed, BLOCK, together=solver.together)
    if faults := design_faults(inputs, design):
        raise InputFaultsError(faults)
    record = manifest(inputs, design, drawn_columns(inputs), f"{solver.solve.__module__}.{solver.solve.__qualname__}")
    folder = store / str(record["digest"])[:16]
    # by the kernel a run is the same, to the byte, whatever it is solved beside; on the reference path runs that are
    # compared restart on the same days
    donors = find_donors(store, record) if solver.kernel else {}
    try:
        run_ensemble(inputs, design, folder, workers, solver.solve, progress=progress, donors=donors)
    except EnsembleStoppedError as error:
        if not kept_blocks(folder, str(record["digest"]), design.blocks):
            return ReportDraws(None, STOPPED.format(error=error))
    return ReportDraws(folder, solver.words)
