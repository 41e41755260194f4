"""Many runs from a script, and where a name comes from.

Many runs are comparisons, ensembles and reports.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mixedmig_model.api.runs import read_workspace, warn_of
from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.study.ensemble.files import Ensemble
from mixedmig_model.study.explain.explanation import Explanation

if TYPE_CHECKING:
    from mixedmig_model.record.schema.compared import CompareRecord


def compare(
    case: CaseInputs, scenarios: Sequence[str], baseline: str | None = None, *, attribution: bool = False,
    workers: int = 1, path: str = "auto",
) -> "CompareRecord":
    """Compare scenarios with a baseline.

    Parameters
    ----------
    case : CaseInputs
        From ``read_case``.
    scenarios : sequence of str
        Scenarios to compare.
    baseline : str, optional
        What they are compared with. The case's own baseline if not given.
    attribution : bool, default False
        Say which measure made how much of each difference.
    workers : int, default 1
        Processes at a time. With more than one the script needs ``if __name__ == "__main__":``.
    path : str, default "auto"
        As in ``run``.

    Returns
    -------
    CompareRecord
        The record that ``mixedmig compare --json`` prints, as frozen types.

    Raises
    ------
    InputFaultsError
        For unknown scenarios, or where there is nothing to compare.
    """
    from mixedmig_model.record.comparison import Wanted, compare_scenarios

    wanted = Wanted(tuple(scenarios), baseline or case.case.baseline, attribution)
    _, record = compare_scenarios(case, wanted, workers, path=path)
    return record


def ensemble(
    case: CaseInputs, folder: Path | str, scenarios: Sequence[str] | None = None, *, draws: int = 100, seed: int = 1,
    workers: int = 1, path: str = "auto",
) -> Ensemble:
    """Solve scenarios for many draws of the uncertain inputs.

    Parameters
    ----------
    case : CaseInputs
        From ``read_case``.
    folder : Path or str
        A new folder, or that of the same ensemble: what is there is not solved again.
    scenarios : sequence of str, optional
        Scenarios to solve. All of the case if not given.
    draws : int, default 100
        Number of draws, the same for every scenario.
    seed : int, default 1
        The same seed gives the same draws.
    workers : int, default 1
        Processes at a time. With more than one the script needs ``if __name__ == "__main__":``.
    path : str, default "auto"
        As in ``run``.

    Returns
    -------
    Ensemble
        ``ensemble.table("headline", headline="deaths")`` is an array ``(scenario, draw)``, in the indicator's unit.

    Raises
    ------
    InputFaultsError
        For unknown scenarios and impossible numbers, and where the folder holds another ensemble.
    """
    from mixedmig_model.solve.run import choose_solver
    from mixedmig_model.study.ensemble.files import read_ensemble, usual_block
    from mixedmig_model.study.ensemble.run import Design, run_ensemble

    solver, names = choose_solver(path), tuple(scenarios or case.scenarios)
    design = Design(names, draws, seed, block=usual_block(draws), together=solver.together)
    run_ensemble(case, design, Path(folder), workers=workers, solver=solver.solve)
    return read_ensemble(Path(folder))


def report(
    case: CaseInputs, folder: Path | str, scenarios: Sequence[str] | None = None, *, draws: int | None = None,
    seed: int = 1, workers: int = 1, path: str = "auto", options: Sequence[str] | None = None, author: str = "",
) -> Path:
    """Write the report of a comparison.

    It has pages, notebooks, netCDF and CSV.

    Parameters
    ----------
    case : CaseInputs
        From ``read_case``.
    folder : Path or str
        The folder of the report; an existing report is replaced whole.
    scenarios : sequence of str, optional
        Scenarios to compare; the baseline comes first. All of the case if not given.
    draws : int, optional
        Draws of the uncertain inputs, for ranges: 0 for none. By default 100 with the kernel, and none without it.
    seed : int, default 1
        The same seed gives the same draws.
    workers : int, default 1
        Processes at a time. With more than one the script needs ``if __name__ == "__main__":``.
    path : str, default "auto"
        As in ``run``.
    options : sequence of str, optional
        Options of the first page, at most three; the first three if not given.
    author : str, default ""
        Name of the person who answers for the report, at the foot of the first page.

    Returns
    -------
    Path
        The file ``report.html``.

    Raises
    ------
    InputFaultsError
        For unknown scenarios, and where the folder cannot be written.
    """
    from mixedmig_model.present.report.make import make_report

    return make_report(case, scenarios, Path(folder), workers=workers, draws=draws, seed=seed, path=path,
                       options=options, author=author)


def explain(
    name: str, workspace: Workspace | Path | str | None = None, case: CaseInputs | None = None
) -> tuple[Explanation, ...]:
    """Say where a name comes from.

    It gives formula, inputs and sources, with file and line.

    Parameters
    ----------
    name : str
        An indicator, flow, stock, stage, parameter, lever, preset or cost item.
    workspace : Workspace, Path or str, optional
        Where parameters, levers and items are looked up. That of the case, or the shipped one, if not given.
    case : CaseInputs, optional
        A case whose own values are given too.

    Returns
    -------
    tuple of Explanation
        One for each kind of thing that has the name.

    Raises
    ------
    InputFaultsError
        Where nothing has the name; the message names the nearest.
    """
    from mixedmig_model.study.explain.explain import explain as explanations_of

    if workspace is None and case is not None:
        workspace = case.workspace
    shared = workspace if isinstance(workspace, Workspace) else read_workspace(workspace)
    found, message = explanations_of(shared, name, case)
    warn_of(message)
    return found
