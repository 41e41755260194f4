"""The costs of one run as plain data.

These are totals, tables, ranges and ratios for pages, spreadsheets and programs.
"""

from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.inputs.costs.placed import foreign_share
from mixedmig_model.results.costs.ceilings import ceiling_rows, year_payer_rows
from mixedmig_model.results.costs.delivered import delivered_rows
from mixedmig_model.results.costs.draws import swings, total_draws, total_range
from mixedmig_model.results.costs.funding import funding
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT, CostRun, cost_run, totals_of_draws
from mixedmig_model.results.costs.people import cost_per_targeted, people_of_plan
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Pricing
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.costs.sectors import part_cents, sector_rows, split_cents
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.measures import (
    ASSISTED,
    CAME_ASHORE,
    ENTERED,
    GRANTED,
    REGULARISED,
    kept_input,
    living,
    moved,
    person_days,
    ratio,
    values,
)
from mixedmig_model.results.waits.stays import ended_by_release
from mixedmig_model.vocabulary.calendar import YEAR_DAYS

RESOLVED = (*GRANTED, "resettled", "repatriated", *REGULARISED, *ASSISTED, "enforced")
"""Ways in which a case ends.

They are protection, a solution, or a return after a decision or by choice.
"""
DISCOUNTS = (0.0, 0.03, 0.07)
LARGEST = 15
"""Items whose local prices matter most."""
UNDISCOUNTED_FIRST = 2.0
"""Years below which the undiscounted total comes first."""


def cost_tables(ds: xr.Dataset, pricing: Pricing) -> dict[str, Any]:
    """Return all tables of the costs of one run.

    They are in base currency.
    """
    quantities = Quantities(ds)
    run = cost_run(ds, pricing, quantities=quantities)
    economic = cost_run(ds, pricing, financial=False, quantities=quantities)
    nominal = cost_run(ds, pricing, nominal=True, quantities=quantities)
    draws = total_draws(run)
    spread = total_range(draws, run.total)
    return {
        "currency": pricing.money.base_currency, "year": pricing.money.base_year,
        "total": run.total, "low": spread.low, "high": spread.high, "draws": draws.round(2).tolist(),
        "economic": economic.total, "nominal": nominal.total,
        "discounted": {f"{rate:g}": run.discounted(rate) for rate in DISCOUNTS},
        "years": run.calendar.days / YEAR_DAYS,
        "assumed_share": run.assumed_share, "derived_share": run.derived_share,
        "assumed_limit": pricing.money.assumed_share_limit.value,
        "months": [month.isoformat() for month in run.calendar.months],
        "items": item_rows(run), "sectors": sector_rows(run),
        "by_country": _summed(run, "country", list(pricing.countries)),
        "by_payer": _summed(run, "payer", list(PAYER_NAMES)), "by_year": _years(run),
        "by_month": (run.by("month") / CENTS).tolist(), "by_month_payer": (run.by("month", "payer").T / CENTS).tolist(),
        "funding": _funding(run), "swings": [list(row) for row in swings(run)[:LARGEST]],
        "exchange": exchange_rates(run), "exchange_spread": pricing.money.exchange_rate_spread.value,
        "people": people_rows(ds, run),
        "work_gain": work_gain(quantities, pricing),
        "ratios": ratios(ds, run.total), "detention": detention_box(ds, run), "unmet": unmet_needs(ds),
        "delivered": delivered_rows(run), "by_year_payer": year_payer_rows(run), "ceilings": ceiling_rows(run),
    }


def _summed(run: CostRun, axis: str, names: list[str]) -> dict[str, float]:
    return {name: int(cents) / CENTS for name, cents in zip(names, run.by(axis), strict=True)}


def _years(run: CostRun) -> dict[str, float]:
    return {year: cents / CENTS for year, cents in run.fiscal_years().items()}


def item_rows(run: CostRun) -> list[dict[str, Any]]:
    """Return one row an item.

    It says what it is, what was billed, and its cost in total and by sector, country, month and payer share.
    Contingency and support cost have no sector.
    """
    by_country, by_year = run.by("item", "country"), _item_years(run)
    assumed, derived = run.pricing.assumed, run.pricing.derived
    rows = []
    for k, name in enumerate(run.items):
        row = {
            "item": name, "cost": int(by_country[k].sum()) / CENTS,
            "by_country": {c: int(v) / CENTS for c, v in zip(run.pricing.countries, by_country[k], strict=True)},
            "by_year": {year: table[k] / CENTS for year, table in by_year.items()},
        }
        if name in (CONTINGENCY, SUPPORT):
            rows.append(row | {
                "title": name.replace("_", " ").capitalize(), "stage": "whole_response", "by_sector": {},
                "phase": "response", "behaviour": "rate", "per": "", "billed": float("nan"),
                "billed_by_country": [], "own": False, "assumed": True,
            })
            continue
        record = run.pricing.lines[k].record
        rows.append(row | {
            "title": record.title, "stage": record.stage, "phase": record.phase,
            "by_sector": {sector: int(cents.sum()) / CENTS for sector, cents in split_cents(run, k).items()},
            "behaviour": record.behaviour, "own": run.pricing.lines[k].own,
            "per": getattr(record, "per", "month" if record.behaviour == "fixed" else "1"),
            "billed": float(run.units[k].sum()), "billed_by_country": run.units[k].sum(axis=0).tolist(),
            "assumed": bool(assumed[k].all()), "derived": bool(derived[k].any()),
        })
    return rows


def _item_years(run: CostRun) -> dict[str, list[int]]:
    """Return cents of each line by calendar year."""
    table, years = run.by("item", "month"), [month.year for month in run.calendar.months]
    return {
        str(year): [int(cents) for cents in table[:, [y == year for y in years]].sum(axis=1)]
        for year in sorted(set(years))
    }


def exchange_rates(run: CostRun) -> list[float]:
    """Return the total at lower and higher exchange rates.

    All rates move by the stated spread: foreign prices move, and what is derived from them. Own ones do not.
    """
    pricing = run.pricing
    foreign = np.array([
        [foreign_share(line.prices[country], pricing.money.base_currency) for country in pricing.countries]
        for line in pricing.lines
    ])
    spread = pricing.money.exchange_rate_spread.value
    moved_by = totals_of_draws(run.units, pricing.price * foreign * spread, pricing)
    return [run.total - float(moved_by), run.total + float(moved_by)]


def work_gain(quantities: Quantities, pricing: Pricing) -> float:
    """Return the taxes and output of people who may work.

    They are protected people with a right to work (P103), in base currency. It stands next to costs, never netted.
    """
    gain = pricing.money.work_gain
    years = (quantities["protected_people"] * quantities.input("law.work_right")).sum() / YEAR_DAYS
    return float(years) * gain.value if gain else 0.0


def people_rows(ds: xr.Dataset, run: CostRun) -> list[dict[str, Any]]:
    """Return people by part of the response, with costs.

    There are three numbers, in need, targeted and reached, and the cost a person targeted.
    """
    found = people_of_plan(ds)
    each = cost_per_targeted(part_cents(run) | {"overall": int(run.cents.sum())}, found)
    return [
        {"part": part, "title": people.title, "people": list(people.total), "meaning": list(people.meaning),
         "cost": each.get(part, float("nan"))}
        for part, people in found.items()
    ]


def _funding(run: CostRun) -> dict[str, Any]:
    found = funding(run)
    months = [month.isoformat() for month in run.calendar.months]
    return {
        "payers": [
            {
                "payer": name, "required": float(found.required[row].sum()),
                "received": float(found.received[row].sum()),
                "gap": float(found.gap[row, -1]), "worst": float(found.gap[row].max()),
                "first": months[found.first_gap[row]] if found.first_gap[row] >= 0 else "",
            }
            for row, name in enumerate(PAYER_NAMES) if found.required[row].sum() > 0
        ],
        "required": found.required.sum(axis=0).cumsum().tolist(),
        "received": found.received.sum(axis=0).cumsum().tolist(),
    }


def ratios(ds: xr.Dataset, total: float) -> dict[str, dict[str, float]]:
    """Return the cost a person or case.

    Each comes with the number it is divided by: arriving, protected, resolved.
    """
    arrived = moved(ds, *CAME_ASHORE, *ENTERED)
    cases = float(kept_input(ds, "work.persons_per_case").mean())
    counts = {
        "arrival": arrived, "protected": moved(ds, *GRANTED), "resolved": moved(ds, *RESOLVED) / cases,
    }
    return {name: {"people": count, "cost": ratio(total, count)} for name, count in counts.items()}


def detention_box(ds: xr.Dataset, run: CostRun) -> dict[str, float]:
    """Return what detention costs, and what it does.

    One is never shown without the other: releases, limit, children, and the alternative's price.
    """
    facts = Facts(ds)
    days = person_days(living(ds, "detention"))
    in_alternatives = person_days(living(ds, "alternative"))
    children = person_days(values(ds, "daily_detained")[:, facts.children])

    def cost(stage: str) -> float:
        rows = [k for k, line in enumerate(run.pricing.lines) if line.record.stage == stage]
        return int(run.cents[rows].sum()) / CENTS

    detained, alternative = cost("detention"), cost("alternative")
    return {
        "cost": detained, "person_days": days, "per_day": ratio(detained, days), "child_days": children,
        "released_share": ended_by_release(ds), "over_limit": facts.stays.over_limit_people,
        "alternative_cost": alternative, "alternative_days": in_alternatives,
        "alternative_per_day": ratio(alternative, in_alternatives),
    }


def unmet_needs(ds: xr.Dataset) -> dict[str, float]:
    """Return needs that the money does not meet.

    They are in person-days and stand next to every cost.
    """
    return {
        "without_shelter_days": person_days(living(ds, "unsheltered")),
        "adrift_days": person_days(values(ds, "daily_adrift")),
        "waiting_days": person_days(values(ds, "daily_waiting")),
    }
