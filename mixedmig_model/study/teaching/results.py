"""What a plan does in an invented country.

It has breaches, harms, people without shelter, and cost.
"""

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.exposure import JudgedCounts, judged_counts
from mixedmig_model.results.indicators.judgement import judge
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.results.measures import living
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.study.responses import made_breaches
from mixedmig_model.study.run import run_one
from mixedmig_model.study.teaching.country import BASELINE, LAST_DAYS
from mixedmig_model.study.teaching.grade import PlanResult


def plan_result(inputs: CaseInputs, scenario: str, baseline: str = BASELINE, path: str = "auto") -> PlanResult:
    """Solve a plan and say what it does.

    Parameters
    ----------
    inputs : CaseInputs
        The case with the plan.
    scenario, baseline : str
        The plan, and the country as it is.
    path : str, default "auto"
        By which runs are solved.

    Returns
    -------
    PlanResult
        Breaches, harms, people without shelter or detained, and cost.

    Raises
    ------
    InputFaultsError
        For a plan that cannot be resolved.
    SolveError
        Where a run cannot be solved.
    """
    plan, base = resolve(inputs, scenario), resolve(inputs, baseline)
    ds = run_one(plan, path=path)
    theirs = ds if plan.digest == base.digest else run_one(base, path=path)
    judged = judge({"default": _counts(ds)}, {"default": _counts(theirs)}, made_breaches(plan, base))
    last = living(ds, "unsheltered", "detention").sum(axis=-1)[-LAST_DAYS:]
    return PlanResult(
        tuple(one.key for one in judged.breached("adds", "grows", "grows_by_throughput")),
        tuple(one.key for one in judged.named("worse")), people=float(np.max(last)),
        cost=float(cost_run(ds, price_scenario(inputs, scenario)).total),
    )


def _counts(ds: RunNumbers) -> JudgedCounts:
    return judged_counts(ds, indicator_table(ds))
