"""Cost by fiscal year and payer, and what is left of ceilings.

Cells regroup the lines of a ``CostRun``, contingency and support cost included, so that they sum to every total to the
cent. Fiscal years are those of each country. What is left is the ceiling less the cost: below zero it is exceeded.
"""

from typing import Any

import numpy as np

from mixedmig_model.inputs.costs.ceilings import in_base
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.results.costs.lines import CENTS, CostRun, whole
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.vocabulary.calendar import fiscal_years


def cents_by_year(run: CostRun) -> dict[int, np.ndarray]:
    """Return cents by fiscal year, country and payer.

    Parameters
    ----------
    run : CostRun
        The costs of a run.

    Returns
    -------
    dict[int, numpy.ndarray]
        Whole cents ``[C, P]`` by fiscal year, all years of the run in order.
    """
    cents = run.by("month", "country", "payer")
    years = fiscal_years(run.calendar.months, run.pricing.fiscal_start)
    return {int(year): np.where((years == year)[..., None], cents, 0).sum(axis=0) for year in np.unique(years)}


def year_payer_rows(run: CostRun) -> list[dict[str, Any]]:
    """Return cost by fiscal year and payer, with its countries.

    Payers who pay nothing in a year have no row.
    """
    return [
        {"year": str(year), "payer": payer, "cost": int(cents[:, p].sum()) / CENTS,
         "by_country": {c: int(one) / CENTS for c, one in zip(run.pricing.countries, cents[:, p], strict=True)}}
        for year, cents in cents_by_year(run).items() for p, payer in enumerate(PAYER_NAMES) if cents[:, p].any()
    ]


def ceiling_rows(run: CostRun) -> list[dict[str, Any]]:
    """Return each ceiling with the cost and what is left.

    Amounts are in base currency at prices of the base year, as those of the run must be.
    """
    by_year, pricing, rows = cents_by_year(run), run.pricing, []
    for one in pricing.ceilings:
        here = [one.country in (None, country) for country in pricing.countries]
        cost = int(by_year[one.fiscal_year][here, PAYER_NAMES.index(one.payer)].sum()) if (
            one.fiscal_year in by_year) else 0
        most = int(whole(np.array(in_base(one, pricing.money, pricing.exchange_rates) * CENTS)))
        rows.append({
            "payer": one.payer, "year": str(one.fiscal_year), "country": one.country or "", "stated": one.amount,
            "currency": one.currency or pricing.money.base_currency, "prices": one.prices, "ceiling": most / CENTS,
            "cost": cost / CENTS, "left": (most - cost) / CENTS, "source": one.source,
            "assumed": one.quality == ASSUMPTION, "note": one.note,
        })
    return rows
