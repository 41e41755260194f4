"""Numbers of plans with ranges, computed when somebody asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.exposure import JudgedCounts, judged_counts
from mixedmig_model.results.indicators.judgement import Judgement, judge
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.run import Design, run_ensemble
from mixedmig_model.study.responses import judged_run, made_breaches
from mixedmig_model.study.run import run_one
from mixedmig_model.study.teaching.identify import Extent90, extent

COST = "cost"


@dataclass(frozen=True)
class PlanNumbers:
    """Indicators of a plan by key, and its counts.

    The cost is among them. ``counts`` are of the run by which it is judged.
    """

    values: Mapping[str, float]
    counts: JudgedCounts


def plan_numbers(inputs: CaseInputs, scenario: str, path: str = "auto") -> PlanNumbers:
    """Solve a plan, and return its numbers.

    Parameters
    ----------
    inputs : CaseInputs
        A case.
    scenario : str
        A scenario.
    path : str, default "auto"
        By which runs are solved.

    Returns
    -------
    PlanNumbers
        Its numbers, without ranges.

    Raises
    ------
    SolveError
        Where the run cannot be solved.
    """
    run, base = resolve(inputs, scenario), resolve(inputs)
    ds = run_one(run, path=path)
    values = indicator_table(ds)
    if inputs.costs is not None:
        values[COST] = cost_run(ds, price_scenario(inputs, scenario)).total
    judged = judged_run(run, base)
    counts = judged_counts(ds, values) if judged is run else judged_counts(run_one(judged, path=path))
    return PlanNumbers({key: float(value) for key, value in values.items()}, counts)


def plan_ranges(
    inputs: CaseInputs, scenarios: Sequence[str], key: str, *, draws: int, seed: int = 1, path: str = "auto"
) -> dict[str, np.ndarray]:
    """Return the draws of an indicator.

    They are the same for all scenarios.

    Parameters
    ----------
    inputs : CaseInputs
        A case.
    scenarios : sequence of str
        Scenarios.
    key : str
        The key of an indicator, or ``cost``.
    draws : int
        How many.
    seed : int, default 1
        The same seed makes the same draws.
    path : str, default "auto"
        By which runs are solved.

    Returns
    -------
    dict[str, numpy.ndarray]
        Values of the draws by scenario.
    """
    solver = choose_solver(path)
    names = tuple(dict.fromkeys(scenarios))
    with scratch_folder() as folder:
        target = folder / "draws"
        run_ensemble(inputs, Design(names, draws, seed, together=solver.together), target, workers=1,
                     solver=solver.solve)
        found = read_ensemble(target)
        table = found.table(COST) if key == COST else found.table("indicators", indicator=key)
    rows = [str(name) for name in found.scenarios]
    return {name: np.asarray(table)[rows.index(name)] for name in names}


def with_range(value: float, draws: np.ndarray) -> Extent90:
    """Return a number with its range.

    Draws without a number are left out.
    """
    real = draws[np.isfinite(draws)]
    return extent(value, real if len(real) else [value])


def judgement_of(inputs: CaseInputs, plan: PlanNumbers, base: PlanNumbers, scenario: str) -> Judgement:
    """Return what may be said of a plan next to the baseline.

    Parameters
    ----------
    inputs : CaseInputs
        The case of both.
    plan, base : PlanNumbers
        Numbers of the plan and of the baseline.
    scenario : str
        The plan.

    Returns
    -------
    Judgement
        Breaches and harms.
    """
    made = made_breaches(resolve(inputs, scenario), resolve(inputs))
    return judge({"default": plan.counts}, {"default": base.counts}, made)
