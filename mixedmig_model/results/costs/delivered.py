"""What was delivered of a plan, in money.

A delivered line is the needed line times a share of its month, in whole cents. Contingency and support cost follow
from the delivered lines, by the same rules. The gap is needed less delivered.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from mixedmig_model.inputs.costs.delivered import shares_of
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.results.costs.lines import CENTS, CostRun, lines_with_rates, shared_out, whole
from mixedmig_model.vocabulary.calendar import Calendar


def delivered_run(run: CostRun) -> CostRun | None:
    """Return the costs of what was delivered.

    It is None where everything was: the case states no share for this scenario.

    Parameters
    ----------
    run : CostRun
        The costs of what is needed.

    Returns
    -------
    CostRun or None
        The same run with the lines of what was delivered; units are those needed times the share.
    """
    if not run.pricing.delivered:
        return None
    shares = month_shares(run)
    count = len(run.pricing.lines)
    needed = run.cents[:count].sum(axis=-1)
    direct = shared_out(whole(needed * shares), run.pricing.payers[:, None, None, :])
    return replace(run, units=run.units * shares, cents=lines_with_rates(direct, run.pricing))


def month_shares(run: CostRun) -> np.ndarray:
    """Return delivered shares by item, month and country.

    The share of a month is the mean of its days; days without a stated share count as delivered in full.
    """
    pricing, calendar = run.pricing, run.calendar
    shares = np.ones((len(pricing.lines), len(calendar.months), len(pricing.countries)))
    for i, line in enumerate(pricing.lines):
        for c, country in enumerate(pricing.countries):
            for start, until, share in shares_of(pricing.delivered, line.name, country):
                covered = _covered(calendar, pricing.start, start, until)
                shares[i, :, c] -= (1.0 - share) * covered
    return shares


def _covered(calendar: Calendar, begin: date, start: date | None, until: date | None) -> np.ndarray:
    """Return the share of each month's days that lie in a span."""
    first = max((start - begin).days, 0) if start else 0
    last = min((until - begin).days, calendar.days) if until else calendar.days
    daily = np.zeros((calendar.days, 1))
    daily[first:max(first, last)] = 1.0
    return np.asarray(calendar.monthly(daily) / calendar.monthly(np.ones((calendar.days, 1))))[:, 0]


def delivered_rows(run: CostRun) -> dict[str, Any] | None:
    """Return what was delivered, and the gap.

    It is in total, by item, country and year. Only items that were not delivered in full have a row. It is None where
    all was delivered.
    """
    done = delivered_run(run)
    if done is None:
        return None
    gap = run.cents - done.cents
    by_item, rows = gap.sum(axis=(1, 2, 3)), []
    for k in np.flatnonzero(by_item[: len(run.pricing.lines)]):
        line, needed = run.pricing.lines[k], int(run.cents[k].sum())
        stated = [one for one in run.pricing.delivered if one.item == line.name]
        rows.append({
            "item": line.name, "title": line.record.title, "needed": needed / CENTS,
            "delivered": (needed - int(by_item[k])) / CENTS, "gap": int(by_item[k]) / CENTS,
            "sources": list(dict.fromkeys(one.source for one in stated)),
            "assumed": any(one.quality == ASSUMPTION for one in stated),
            "notes": list(dict.fromkeys(one.note for one in stated if one.note)),
        })
    return {
        "total": done.total, "gap": int(gap.sum()) / CENTS, "items": sorted(rows, key=lambda row: -row["gap"]),
        "by_country": dict(zip(run.pricing.countries, (done.by("country") / CENTS).tolist(), strict=True)),
        "by_year": {year: cents / CENTS for year, cents in done.fiscal_years().items()},
    }


def paid_run(run: CostRun) -> CostRun:
    """Return what a published amount of money compares with.

    It is what was delivered, where the case states it.
    """
    return delivered_run(run) or run
