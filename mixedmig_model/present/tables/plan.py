"""A response plan as a table for sharing."""

from pathlib import Path

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.results.costs.export import plan_rows, write_csv
from mixedmig_model.results.costs.lines import CostRun
from mixedmig_model.results.costs.plan import activity_based
from mixedmig_model.results.costs.recipients import people_of_rows
from mixedmig_model.results.costs.views import project_based


def write_plan_table(run: CostRun, inputs: CaseInputs, ds: xr.Dataset, file: Path, sectors: tuple[str, ...]) -> None:
    """Write the plan of a run as CSV.

    Parameters
    ----------
    run : CostRun
        Costs of the run.
    inputs : CaseInputs
        The case.
    ds : xarray.Dataset
        A run.
    file : Path
        The file.
    sectors : tuple[str, ...]
        Sectors shown project-based.

    Raises
    ------
    OSError
        Where the file cannot be written.
    TargetError
        Where nothing may be written.
    """
    rows = project_based(activity_based(run, inputs.workspace.sources), sectors)
    write_csv(run, plan_rows(run, rows, people_of_rows(ds, run.pricing)), file)
