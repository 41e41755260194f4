"""One run from a script.

Read a workspace and a case, resolve a scenario, solve it, and look at its indicators.
"""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.case import read_case as _read_case
from mixedmig_model.inputs.cases.proposed import with_text
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve as _resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.inputs.workspace import read_workspace as _read_workspace
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.study.run import run_one
from mixedmig_model.study.run import save as _save
from mixedmig_model.vocabulary.contract import current_name


def read_workspace(folder: Path | str | None = None) -> Workspace:
    """Read the shared files of a workspace.

    Parameters
    ----------
    folder : Path or str, optional
        A folder with ``parameters/``, as ``mixedmig init`` makes it. The shipped workspace if not given.

    Returns
    -------
    Workspace
        Parameters, groups, sources, cost book, levers and presets.

    Raises
    ------
    InputFaultsError
        With all faults of all files.
    """
    return _read_workspace(installed_workspace() if folder is None else Path(folder))


def read_case(workspace: Workspace | Path | str | None, name: str) -> CaseInputs:
    """Read a case with its tables and scenarios.

    Parameters
    ----------
    workspace : Workspace, Path, str or None
        A workspace, its folder, or None for the shipped one.
    name : str
        A folder of ``parameters/cases``.

    Returns
    -------
    CaseInputs
        The case; ``case.scenarios`` holds its scenarios by name.

    Raises
    ------
    InputFaultsError
        With all faults of the case's files, or where there is no such case.
    """
    shared = workspace if isinstance(workspace, Workspace) else read_workspace(workspace)
    return _read_case(shared, name)


def resolve(case: CaseInputs, scenario: str | None = None, changes: Mapping[str, float] | None = None) -> RunInputs:
    """Resolve a scenario of a case to the numbers of a run.

    Parameters
    ----------
    case : CaseInputs
        A case, from ``read_case``.
    scenario : str, optional
        The name of a scenario. The case's baseline if not given.
    changes : mapping of str to float, optional
        Values by parameter, each in the unit of its base file, such as ``{"determination.officers": 12}``. A value
        holds in every country or group and throughout the run. The scenario's levers and changes then act on it.

    Returns
    -------
    RunInputs
        All inputs of the run as step functions of time in base units.

    Raises
    ------
    InputFaultsError
        For an unknown scenario or parameter, and where a value leaves what the equations allow.
    """
    return _resolve(case, scenario, dict(changes or {}))


def propose(case: CaseInputs, text: str, name: str = "proposed") -> CaseInputs:
    """Add a scenario to a case without a file.

    Parameters
    ----------
    case : CaseInputs
        A case, from ``read_case``.
    text : str
        What the scenario's file would hold, as YAML, such as the panel copies it.
    name : str, default "proposed"
        The scenario's name.

    Returns
    -------
    CaseInputs
        The case with the scenario, after all checks of a file. Nothing is written.

    Raises
    ------
    InputFaultsError
        With all faults of the text.
    """
    return with_text(case, name, text)


def run(inputs: RunInputs, path: str = "auto") -> xr.Dataset:
    """Solve a run.

    Parameters
    ----------
    inputs : RunInputs
        From ``resolve``.
    path : str, default "auto"
        ``kernel`` (milliseconds, needs llvmlite), ``reference`` (scipy), or ``auto``: the kernel where there is one.

    Returns
    -------
    xarray.Dataset
        Stocks at the edges of weeks ``(time, ...)`` and days ``(day, ...)``, flows within them ``(interval, ...)`` and
        ``(day_interval, ...)``, in persons and officers. ``docs/data.md`` lists all variables.

    Raises
    ------
    InputFaultsError
        For an unknown path.
    SolveError
        Where the run cannot be solved.
    """
    return run_one(inputs, path=path)


def save(ds: xr.Dataset, file: Path | str) -> None:
    """Write a run as netCDF.

    Parameters
    ----------
    ds : xarray.Dataset
        From ``run``.
    file : Path or str
        The file to write; an existing one is replaced whole.

    Raises
    ------
    OSError
        Where the file cannot be written.
    """
    _save(ds, Path(file))


def open_run(file: Path | str) -> xr.Dataset:
    """Open a run that was saved, into memory.

    Names of variables and dimensions that changed with this version are read too. A warning names them.

    Parameters
    ----------
    file : Path or str
        A netCDF file from ``save``, ``mixedmig run`` or the folder ``data`` of a report.

    Returns
    -------
    xarray.Dataset
        The run, with today's names.

    Raises
    ------
    InputFaultsError
        Where there is no such file, or it is no netCDF file of a run.
    """
    path = Path(file)
    try:
        ds = xr.load_dataset(path, engine="scipy")
    except (OSError, TypeError, ValueError) as error:
        raise InputFaultsError([Fault(str(path), 0, "", "the file cannot be read as a run", found=type(error).__name__,
                                      allowed="a netCDF file that mixedmig run wrote")]) from None
    found = {str(name): current_name("variable", str(name)) for name in ds.data_vars}
    found |= {str(name): current_name("dimension", str(name)) for name in ds.dims}
    for one in found.values():
        warn_of(one.message)
    return ds.rename(name_dict={old: one.name for old, one in found.items() if one.message})


def warn_of(message: str) -> None:
    """Warn of an old name that was used.

    An empty message says that none was.
    """
    if message:
        warnings.warn(message, DeprecationWarning, stacklevel=3)


@dataclass(frozen=True)
class IndicatorValue:
    """One indicator of one run.

    Attributes
    ----------
    value : float
        The number, in ``unit``; NaN where there is none, such as the median wait of nobody.
    unit, title : str
        Its unit, and what it is called on a page.
    kind : str
        breach, harm, headline or detail.
    better : str
        lower, higher or neither.
    """

    value: float
    unit: str
    title: str
    kind: str
    better: str


class Indicators(Mapping[str, IndicatorValue]):
    """Indicators of a run by key, in the order of reports.

    It is a mapping from key to ``IndicatorValue``. An old key is accepted for one version, with a warning.
    """

    def __init__(self, values: Mapping[str, IndicatorValue]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> IndicatorValue:
        one = current_name("indicator", key)
        warn_of(one.message)
        return self._values[one.name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def indicators(ds: xr.Dataset) -> Indicators:
    """Compute all indicators of a run.

    Parameters
    ----------
    ds : xarray.Dataset
        From ``run`` or ``open_run``.

    Returns
    -------
    Indicators
        A mapping from key to ``IndicatorValue``; ``docs/indicators.md`` lists the keys.
        ``pandas.DataFrame(vars(one) | {"key": key} for key, one in indicators(ds).items())`` makes a table of it.

    Raises
    ------
    KeyError
        Where the Dataset lacks a variable of a run.
    """
    values = indicator_table(ds)
    return Indicators({
        one.key: IndicatorValue(values[one.key], one.unit, one.title, kind=one.kind, better=one.better)
        for one in INDICATORS
    })
