"""Results that rest on inputs that a case does not set.

The case must set them itself. A scenario is tried at both ends of each range. Each input is moved alone over the range
of its base value, and the income tier of a country over all tiers. A breach, harm, headline or cost that moves by more
than a tenth rests on it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.parts import part_named, parts_of, with_parts
from mixedmig_model.inputs.costs.case import with_tier
from mixedmig_model.inputs.costs.schema import TIERS
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.owned import unset_inputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import LocalValue
from mixedmig_model.results.costs.lines import loaded, units_billed
from mixedmig_model.results.costs.pricing import Pricing, price_scenario
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES, Facts
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import TOGETHER, kernel_block
from mixedmig_model.solve.run_arrays import RunArrays
from mixedmig_model.vocabulary.calendar import run_calendar

MOVED = 0.1
"""Share from which a result rests on an input.

The input moves it by more than this share of itself over its range.
"""
NOTHING = {"person": 1.0, "person-day": 1.0, "day": 0.5, "share": 0.005}
"""A movement up to this is none, whatever its share."""
COST = "cost"
TIER = "tiers.{country}"
"""The key of the income tier of a country among inputs."""
ROWS = (*BREACHES, *HARMS, *HEADLINES)


class End(NamedTuple):
    """An input at one end of its range.

    It is in the unit of its base file. ``key`` names its part, where it differs by route.
    """

    key: str
    value: float


def ends_of(inputs: CaseInputs, keys: Sequence[str]) -> list[End]:
    """Return both ends of the range of each input.

    Inputs have one value; tables by group are left out.
    """
    found = []
    for part in (part for key in keys for part in parts_of(inputs, key)):
        base = part.parameter
        if base.value is not None and base.range[0] < base.range[1]:
            found += [End(part.name, base.range[0]), End(part.name, base.range[1])]
    return found


def _at_end(inputs: CaseInputs, scenario: str, end: End) -> RunInputs:
    """Return a scenario with one input at an end of its range.

    An input that differs by route is so in the countries of one route.
    """
    part, name = part_named(inputs, end.key), end.key.partition("[")[0]
    if part.route is None:
        return resolve(inputs, scenario, {name: end.value}, held=True)
    need, base = CATALOGUE[name], part.parameter
    level = end.value * conversion_factor(base.unit, need.unit)
    moved = LocalValue.model_construct(value=level, unit=need.unit, source=base.source, quality=base.quality)
    parameters = {**inputs.case.parameters, name: with_parts(inputs, name, {part.route: moved})}
    changed = replace(inputs, case=inputs.case.model_copy(update={"parameters": parameters}))
    return resolve(changed, scenario, held=True)


def untold_tiers(inputs: CaseInputs) -> tuple[str, ...]:
    """Return countries whose income tier a case does not set.

    There are none where nothing is costed.
    """
    told = inputs.costs.file.tiers if inputs.costs is not None else inputs.case.countries
    return tuple(country for country in inputs.case.countries if country not in told)


def is_asked(inputs: CaseInputs, run: RunInputs) -> bool:
    """Return whether a case does not set an input that acts.

    The input acts in a run and has a range, or is an income tier.
    """
    return bool(ends_of(inputs, unset_inputs(inputs, [run])) or untold_tiers(inputs))


def resting(inputs: CaseInputs, scenario: str) -> dict[str, Any]:
    """Return results that rest on inputs that are not set.

    They are those of a scenario, by input that its case does not set, with value, low and high of each. The kernel
    solves them. Raises RuntimeError where there is none, SolveError.
    """
    plain = resolve(inputs, scenario)
    ends = ends_of(inputs, unset_inputs(inputs, [plain]))
    runs = [plain, *(_at_end(inputs, scenario, end) for end in ends)]
    pricing = price_scenario(inputs, scenario) if inputs.costs else None
    blocks = [runs[start:start + TOGETHER] for start in range(0, len(runs), TOGETHER)]
    tables = [table for block in blocks for table in _tables(block, pricing)]
    found: dict[str, Any] = _by_tier(inputs, plain, tables[0])
    for place in range(0, len(ends), 2):
        low, high = tables[1 + place], tables[2 + place]
        moved = {key: [tables[0][key], low[key], high[key]] for key in tables[0] if _moves(key, tables[0], low, high)}
        if moved:
            found[ends[place].key] = moved
    return found


def _by_tier(inputs: CaseInputs, run: RunInputs, plain: Mapping[str, float]) -> dict[str, Any]:
    """Return costs that rest on the income tier of a country.

    Each is with its prices, and at the cheapest and the dearest tier.
    """
    countries, found = untold_tiers(inputs), {}
    if not countries or inputs.costs is None or inputs.workspace.costs is None:
        return {}
    arrays = to_arrays(run, kernel_block([run])[0])
    for country in countries:
        costs = [with_tier(inputs.costs, inputs.workspace.costs, country, tier) for tier in TIERS]
        totals = [_cost(arrays, price_scenario(replace(inputs, costs=one), run.scenario)) for one in costs]
        low, high = min(totals), max(totals)
        if _moves(COST, {COST: plain[COST]}, {COST: low}, {COST: high}):
            found[TIER.format(country=country)] = {COST: [plain[COST], low, high]}
    return found


def _tables(runs: Sequence[RunInputs], pricing: Pricing | None) -> list[dict[str, float]]:
    """Return indicators of the first page, and costs.

    They are of some runs.
    """
    found = []
    for run, answer in zip(runs, kernel_block(runs), strict=True):
        arrays = to_arrays(run, answer)
        facts = Facts(arrays)
        kept = {row.key: row.compute(facts) for row in ROWS}
        found.append(kept | ({COST: _cost(arrays, pricing)} if pricing is not None else {}))
    return found


def _cost(arrays: RunArrays, pricing: Pricing) -> float:
    """Return the cost of a run at the prices of the book.

    It is in base currency.
    """
    months = run_calendar(pricing.start, len(arrays.variables["day_interval"].values))
    units = units_billed(Quantities(arrays), pricing, months, True)
    return float(np.einsum("imc,ic,i->", units, pricing.price, loaded(pricing)))


def _moves(key: str, plain: dict[str, float], low: dict[str, float], high: dict[str, float]) -> bool:
    """Return whether a result moves at an end of a range.

    It moves by more than a tenth, or comes to exist.
    """
    value, unit = plain[key], next((row.unit for row in ROWS if row.key == key), "")
    for end in (low[key], high[key]):
        if math.isnan(end) != math.isnan(value):
            return True
        if abs(end - value) > max(MOVED * abs(value), NOTHING.get(unit, 0.0)):
            return True
    return False
