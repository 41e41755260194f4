"""Results that rest on inputs that a case does not set.

The case must set them itself. A scenario is tried at both ends of each range. Each input is moved alone over the range
of its base value, and the prices of a country over poor and rich ones. A breach, harm, headline or cost that
moves by more than a tenth rests on it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.parts import part_named, parts_of, with_parts
from mixedmig_model.inputs.costs.case import with_economy
from mixedmig_model.inputs.costs.economies import TIER_ECONOMIES
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
from mixedmig_model.solve.run import TOGETHER, fitting, kernel_block
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.calendar import run_calendar

MOVED = 0.1
"""Share from which a result rests on an input.

The input moves it by more than this share of itself over its range.
"""
NOTHING = {"person": 1.0, "person-day": 1.0, "day": 0.5, "share": 0.005}
"""A movement up to this is none, whatever its share."""
COST = "cost"
ECONOMY = "economies.{country}"
"""The key of the economy of a country among inputs."""
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


def untold_economies(inputs: CaseInputs) -> tuple[str, ...]:
    """Return countries whose economy a case does not set.

    There are none where nothing is costed.
    """
    if inputs.costs is None:
        return ()
    return tuple(country for country in inputs.case.countries if not inputs.costs.has_economy(country))


def is_asked(inputs: CaseInputs, run: RunInputs) -> bool:
    """Return whether a case does not set an input that acts.

    The input acts in a run and has a range, or is the economy of a country.
    """
    return bool(ends_of(inputs, unset_inputs(inputs, [run])) or untold_economies(inputs))


def resting(inputs: CaseInputs, scenario: str, solved: RunNumbers | None = None) -> dict[str, Any]:
    """Return results that rest on inputs that are not set.

    The kernel solves the runs at both ends of each range. An end that changes no number of the run is that run.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    scenario : str
        Name of the scenario.
    solved : RunNumbers | None, default None
        The run of the scenario by the kernel, if it was solved before.

    Returns
    -------
    dict[str, Any]
        Value, low and high of each result, by input that the case does not set.

    Raises
    ------
    RuntimeError
        Where there is no kernel.
    SolveError
        Where a run cannot be solved.
    """
    plain = resolve(inputs, scenario)
    ends = ends_of(inputs, unset_inputs(inputs, [plain]))
    pricing = price_scenario(inputs, scenario) if inputs.costs else None
    own = solved if solved is not None else to_arrays(plain, kernel_block([plain])[0])
    tables = _at_ends(plain, _table(own, pricing), [_at_end(inputs, scenario, end) for end in ends], pricing)
    found: dict[str, Any] = _by_economy(inputs, plain.scenario, own, tables[0])
    for place in range(0, len(ends), 2):
        low, high = tables[1 + place], tables[2 + place]
        moved = {key: [tables[0][key], low[key], high[key]] for key in tables[0] if _moves(key, tables[0], low, high)}
        if moved:
            found[ends[place].key] = moved
    return found


def _at_ends(
    plain: RunInputs, table: dict[str, float], runs: Sequence[RunInputs], pricing: Pricing | None
) -> list[dict[str, float]]:
    """Return tables of a run and of the same at ends of ranges.

    Runs of the same numbers are solved once. Where levers switch themselves, a number may count only once they have.
    """
    known = {plain.digest: table}
    names = [f"{place} {run.digest}" if run.switches else run.digest for place, run in enumerate(runs)]
    missing = {name: run for name, run in zip(names, runs, strict=True) if name not in known}
    size, waiting = fitting(plain, TOGETHER), list(missing)
    for start in range(0, len(waiting), size):
        some = waiting[start : start + size]
        known |= dict(zip(some, _tables([missing[name] for name in some], pricing), strict=True))
    return [table, *(known[name] for name in names)]


def _by_economy(inputs: CaseInputs, scenario: str, run: RunNumbers, plain: Mapping[str, float]) -> dict[str, Any]:
    """Return costs that rest on the economy of a country.

    Each is with its prices, and with those of a poor, a middle and a rich country.
    """
    countries, found = untold_economies(inputs), {}
    if not countries or inputs.costs is None or inputs.workspace.costs is None:
        return {}
    for country in countries:
        costs = [with_economy(inputs.costs, inputs.workspace.costs, country, one)
                 for one in TIER_ECONOMIES.values()]
        totals = [_cost(run, price_scenario(replace(inputs, costs=one), scenario)) for one in costs]
        low, high = min(totals), max(totals)
        if _moves(COST, {COST: plain[COST]}, {COST: low}, {COST: high}):
            found[ECONOMY.format(country=country)] = {COST: [plain[COST], low, high]}
    return found


def _tables(runs: Sequence[RunInputs], pricing: Pricing | None) -> list[dict[str, float]]:
    """Return indicators of the first page, and costs.

    They are of some runs.
    """
    return [_table(to_arrays(run, answer), pricing) for run, answer in zip(runs, kernel_block(runs), strict=True)]


def _table(run: RunNumbers, pricing: Pricing | None) -> dict[str, float]:
    """Return indicators of the first page, and costs, of a run."""
    facts = Facts(run)
    kept = {row.key: row.compute(facts) for row in ROWS}
    return kept | ({COST: _cost(run, pricing)} if pricing is not None else {})


def _cost(run: RunNumbers, pricing: Pricing) -> float:
    """Return the cost of a run at the prices of the book.

    It is in base currency.
    """
    months = run_calendar(pricing.start, len(run.variables["day_interval"].values))
    units = units_billed(Quantities(run), pricing, months, True)
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
