"""Small cost books made by hand: plain numbers here, so that no test depends on the shipped book."""

from datetime import date

import numpy as np

from mixedmig_model.inputs.costs.schema import CostItem, MoneyFile, OwnCost
from mixedmig_model.results.costs.lines import CostRun, line_cents
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Line, Pricing
from mixedmig_model.vocabulary.calendar import run_calendar

START = date(2030, 1, 15)
COUNTRIES = ("north", "south")


def rate(value, unit="1", low=None, high=None):
    low, high = value if low is None else low, value if high is None else high
    return {"value": value, "range": [low, high], "unit": unit, "source": "assumption", "quality": "assumption"}


def money(**changes):
    plain = {
        "schema": 1, "base_currency": "USD", "base_year": 2017,
        "deflators": {"GBP": {"2003": rate(1.33)}, "EUR": {"2014": rate(1.02)}, "USD": {"2011": rate(1.09)}},
        "exchange_rates": {"GBP": rate(1.288), "EUR": rate(1.13)},
        "inflation": rate(0.02), "discount_rate": rate(0.03), "contingency": rate(0.1), "support_cost": rate(0.07),
        "supported_payers": ["donor", "un_agency", "ngo"], "exchange_rate_spread": rate(0.15),
        "work_gain": rate(0.0, "person*year", 0.0, 2500.0),
        "assumed_share_limit": rate(0.25), "funding_coverage": {"donor": rate(0.55)},
        "disbursement_delay": {"donor": rate(3.0, "month")}, "small_cell": rate(5.0),
    }
    return MoneyFile.model_validate(plain | changes)


def price(value=10.0, low=None, high=None, **changes):
    plain = {
        "value": float(value), "range": [float(low or value / 2), float(high or value * 2)], "currency": "USD",
        "price_year": 2017, "source": "assumption", "quality": "assumption",
    }
    return plain | changes


def item(**changes):
    """A cost item; ``value``, ``low``, ``high`` are its price in every tier."""
    one = price(*(changes.pop(key, default) for key, default in (("value", 10.0), ("low", None), ("high", None))))
    one |= {key: changes.pop(key) for key in ("distribution", "currency", "price_year", "quality") if key in changes}
    plain = {
        "title": "An item", "activity": "Something", "stage": "reception", "sector": "shelter", "phase": "response",
        "behaviour": "variable", "driver": "people_in_reception", "per": "person*day", "component": "thing",
        "prices": {tier: one for tier in ("low_income", "middle_income", "high_income")}, "payers": {"donor": 1.0},
    }
    return CostItem.model_validate(plain | changes)


def own(**changes):
    plain = {
        "title": "A measure", "activity": "Something", "stage": "whole_response", "sector": "coordination",
        "phase": "preparedness", "behaviour": "fixed", "price": price(1000.0), "payers": {"donor": 1.0},
    }
    return OwnCost.model_validate(plain | changes)


def pricing(records, rules=None, countries=COUNTRIES, start=START):
    """Pricing of records by name, every price taken to be in base currency of the base year."""
    lines = []
    for name, record in records.items():
        one = record.price if isinstance(record, OwnCost) else record.prices["middle_income"]
        lines.append(Line(name, record, dict.fromkeys(countries, one), isinstance(record, OwnCost), frozenset()))
    table = np.array([[(line.prices[c].value, *line.prices[c].range) for c in countries] for line in lines])
    table = table.reshape(len(lines), len(countries), 3)
    payers = np.array([[line.record.payers.get(p, 0.0) for p in PAYER_NAMES] for line in lines])
    return Pricing(
        tuple(lines), countries, start, table[..., 0], table[..., 1], table[..., 2],
        payers.reshape(len(lines), len(PAYER_NAMES)), rules or money(), tuple(1 for _ in countries),
    )


def run_of(units, priced, days, digits=6):
    """A cost run of given units ``[I, M, C]``."""
    months = run_calendar(priced.start, days)
    units = np.round(np.asarray(units, float), digits)
    full = np.broadcast_to(priced.price[:, None, :], units.shape)
    return CostRun(priced, months, units, full, line_cents(units, full, priced), True, False)
