"""What the costing of one scenario found.

It is a record for programs.
"""

from pathlib import Path

import xarray as xr

from mixedmig_model.record.schema.commands import CostedPlan, PeopleCounts
from mixedmig_model.record.words.plan import standing_of
from mixedmig_model.results.costs.export import planning_estimate, total_span
from mixedmig_model.results.costs.lines import CostRun
from mixedmig_model.results.costs.people import people_of_plan
from mixedmig_model.results.indicators.table import BREACHES, HARMS, Facts
from mixedmig_model.vocabulary.titles import NOTICE

COUNTS = ("in_need", "targeted", "reached")


def plan_record(run: CostRun, ds: xr.Dataset, scenario: str, file: Path, table: Path | None) -> CostedPlan:
    """Return breaches and harms, then the total and its basis.

    Parameters
    ----------
    run : CostRun
        Costs of the run.
    ds : xarray.Dataset
        A run.
    scenario : str
        Name of the scenario.
    file : Path
        Where the plan was written.
    table : Path | None
        Where its table was written; None if it was not.

    Returns
    -------
    CostedPlan
        The record.
    """
    facts, money = Facts(ds), run.pricing.money
    share, (low, high) = run.assumed_share, total_span(run)
    return CostedPlan(
        notice=NOTICE, scenario=scenario, digest=str(ds.attrs["input_digest"]),
        breaches={indicator.key: indicator.compute(facts) for indicator in BREACHES},
        harms={indicator.key: indicator.compute(facts) for indicator in HARMS},
        standing=standing_of(planning_estimate(run)),
        assumed_share=None if share != share else share,
        derived_share=0.0 if share != share else run.derived_share, total=run.total, low=low, high=high,
        currency=money.base_currency, year=money.base_year, prices="nominal" if run.nominal else "real",
        view="financial" if run.financial else "economic",
        people={part: PeopleCounts.model_validate(dict(zip(COUNTS, who.total, strict=True)))
                for part, who in people_of_plan(ds).items()},
        file=str(file), csv=None if table is None else str(table),
    )
