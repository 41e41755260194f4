"""One run: solved, labelled, its ledger checked, and saved."""

from collections.abc import Callable, Sequence
from pathlib import Path

import xarray as xr

from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.ledger import check_ledger, closes
from mixedmig_model.solve.answer import Options
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import Solver, choose_solver, solve, solve_kernel
from mixedmig_model.storage.atomic import writing
from mixedmig_model.vocabulary.titles import NOTICE


class LedgerError(RuntimeError):
    """People were not conserved: a fault of the program, never of the input."""


def run_one(
    run: RunInputs, options: Options | None = None, restart_days: Sequence[float] = (), path: str = "auto"
) -> xr.Dataset:
    """Solve and label one run; its ledger is checked. Raises InputFaultsError, LedgerError, SolveError.

    Args: path, as ``solve/run.py`` names it: the kernel where there is one; options and days of restart are those of
    the reference path.
    """
    solver = choose_solver(path)
    if solver.kernel:
        return run_quickly(run, solver)
    ds = to_dataset(run, solve(run, options, restart_days))
    faults = check_ledger(ds)
    if faults:
        raise LedgerError("; ".join(str(fault) for fault in faults))
    return ds


def save(ds: xr.Dataset, file: Path) -> None:
    """Write a Dataset as netCDF with the notice.

    Classic netCDF (64-bit offsets), which every tool reads. With 171 variables, five countries and two years,
    compressed netCDF-4 took 3.6 s to write and 3.3 s to open and read, this 0.17 s and 0.08 s; the file has 35 MB
    instead of 9.
    """
    with writing(file) as partial:
        whole = partial.absolute()  # xarray takes a first part of ~ for the home folder
        ds.assign_attrs(notice=NOTICE).to_netcdf(whole, engine="scipy", format="NETCDF3_64BIT")


def run_quickly(run: RunInputs, solver: Solver, compiling: Callable[[], None] = lambda: None) -> xr.Dataset:
    """One run, labelled, its ledger checked, by the solver chosen.

    Args: compiling, called before the equations are compiled. Raises LedgerError, SolveError.
    """
    if not solver.kernel:
        return run_one(run, path=solver.path)
    answer = solve_kernel(run, progress=lambda _: compiling())
    ds = to_dataset(run, answer)
    if not closes(answer):
        raise LedgerError("; ".join(str(fault) for fault in check_ledger(ds)))
    return ds
