"""Draws of uncertain inputs.

They say which inputs are drawn, from which distribution, and the case that each draw makes. An input of the role
``uncertain`` is drawn from its distribution; levers are choices and are not. A constant is replaced by the draw. A
value by date or label is moved as a whole, so that its shape is kept. Shares move by one shift of their logits, all
others by one factor. Weights of groups are drawn on the simplex (a Dirichlet distribution). A draw changes the case
before a scenario changes it: what a scenario sets is what it says. Source: ``docs/ensembles.md``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from scipy.special import expit, gammainc, gammaincinv, logit

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.parts import part_named, parts_of, seen_from, with_parts
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, Need
from mixedmig_model.inputs.parameters.values import numbers
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, nearest
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.schema import LocalValue, Parameter, Valued
from mixedmig_model.results.distributions import Spread
from mixedmig_model.vocabulary.labels import Route

MIX = "arrivals.composition"
CONCENTRATION = 20.0
"""Concentration of weights of groups.

With it a share of a quarter lies between 0.1 and 0.45 (P06), one of 0.06 between 0.004 and 0.2 (P07).
"""
OPEN = 5.0
"""Factors that replace a lognormal range from zero.

Such a range says what occurs anywhere, not how well one value is known. A lognormal with such a range is drawn from a
fifth to five times its value.
"""
TABLES = ("dated", "by_country", "by_need", "by_group")

How = Literal["replaced", "factor", "logit", "weight"]
Entry = float | Mapping[date, float]


@dataclass(frozen=True)
class DrawnColumn:
    """One number that is drawn.

    It has the distribution in the base unit of its parameter, and how the draw is used. ``label`` is the group whose
    weight it is, or the route of an input that differs by route; the leading route has none. The value of ``spread`` is
    the centre of a table: mean of logits or logs. ``range`` holds the entries of a table, in the base unit.
    """

    parameter: str
    how: How
    spread: Spread
    unit: str
    quality: str
    range: tuple[float, float]
    label: str = ""

    @property
    def name(self) -> str:
        """The name of the column in files and tables."""
        return f"{self.parameter}[{self.label}]" if self.label else self.parameter


def drawn_columns(inputs: CaseInputs, only: Sequence[str] | None = None) -> tuple[DrawnColumn, ...]:
    """Return the columns of an ensemble of a case.

    They are in the order of the catalogue. ``only``: Names of parameters to draw, all that are uncertain if None.
    Returns the columns. Raises InputFaultsError for unknown names, for levers and fixed inputs, and for distributions
    that leave their bounds.
    """
    faults: list[Fault] = []
    if only is not None:
        faults += [fault for name in only if (fault := _name_fault(inputs, name))]
    columns: list[DrawnColumn] = []
    for name in CATALOGUE:
        wanted = only is None or name in only
        if wanted and inputs.workspace.parameters[name].role == "uncertain":
            columns += _weights(inputs) if name == MIX else _columns_by_route(inputs, name, faults)
    if not faults and not columns:
        faults.append(Fault("--parameters" if only else f"case {inputs.name}", 0, "", "no input can be drawn",
                            allowed="inputs of the role uncertain whose distribution is not fixed"))
    if faults:
        raise InputFaultsError(faults)
    return tuple(columns)


def _name_fault(inputs: CaseInputs, name: str) -> Fault | None:
    known = [key for key, base in inputs.workspace.parameters.items() if base.role == "uncertain"]
    if name not in CATALOGUE:
        return Fault("--parameters", 0, "", "unknown parameter", found=repr(name)[:80],
                     allowed="an uncertain parameter of parameters/base", nearest=nearest(name, known))
    if name not in known:
        role = inputs.workspace.parameters[name].role
        text = "a lever is a choice, and is not drawn" if role == "lever" else "a fixed input is not drawn"
        return Fault("--parameters", 0, "", text, found=repr(name),
                     allowed="an uncertain parameter of parameters/base")
    return None


def _columns_by_route(inputs: CaseInputs, name: str, faults: list[Fault]) -> list[DrawnColumn]:
    """Return the columns of one parameter, one for each route."""
    return [
        replace(column, label=part.name.removeprefix(name).strip("[]")) for part in parts_of(inputs, name)
        for column in _column(seen_from(inputs, part), name, faults)
    ]


def _column(inputs: CaseInputs, name: str, faults: list[Fault]) -> list[DrawnColumn]:
    """Return the column of one parameter, if it can be drawn."""
    need, valued = CATALOGUE[name], _valued(inputs, name)
    how, centre = _centre(valued, need, _to_base_unit(inputs, name))
    ends = _range(inputs, name)
    spread = _spread(inputs, name, ends, centre)
    fault = _spread_fault(_location(inputs, name), spread, need)
    if fault:
        faults.append(fault)
        return []
    if _is_still(spread) or _is_uncited(valued, need):
        return []
    return [DrawnColumn(name, how, _closed(spread), unit=need.unit, quality=valued.quality, range=ends)]


def _valued(inputs: CaseInputs, name: str) -> LocalValue | Parameter:
    """Return the value of a parameter, of the case or the base."""
    return inputs.case.parameters.get(name) or inputs.workspace.parameters[name]


def _to_base_unit(inputs: CaseInputs, name: str) -> float:
    """Return the factor from a parameter's unit to its base unit."""
    local = inputs.case.parameters.get(name)
    written = (local.unit if local else None) or inputs.workspace.parameters[name].unit
    return conversion_factor(written, CATALOGUE[name].unit)


def _own_range(inputs: CaseInputs, name: str) -> tuple[float, float] | None:
    """Return the case's own range, in the unit of its value."""
    local = inputs.case.parameters.get(name)
    return local.range if local and local.range else None


def _range(inputs: CaseInputs, name: str) -> tuple[float, float]:
    """Return the range in the base unit, of the case or the base."""
    base, own = inputs.workspace.parameters[name], _own_range(inputs, name)
    factor = _to_base_unit(inputs, name) if own else conversion_factor(base.unit, CATALOGUE[name].unit)
    low, high = own or base.range
    return low * factor, high * factor


def _spread(inputs: CaseInputs, name: str, ends: tuple[float, float], centre: float) -> Spread:
    """Return the distribution of a parameter as files state it.

    It lies within the factors of the base file, if it has any. A range of the case's own goes before the factors.
    """
    base, (low, high) = inputs.workspace.parameters[name], ends
    if base.drawn_factors is not None and _own_range(inputs, name) is None:
        low, high = (factor * centre for factor in base.drawn_factors)
    return Spread(base.distribution, low, centre, high)


def _location(inputs: CaseInputs, name: str) -> Location:
    """Return where a parameter is written, or the case."""
    own, base = inputs.locations.get(("", name)), inputs.workspace.locations.get(name)
    return own or base or Location(f"case {inputs.name}", 0, name)


def _is_still(spread: Spread) -> bool:
    """Return whether a distribution has one value only."""
    starts_at_zero = spread.distribution in ("lognormal", "beta") and not spread.value > 0.0
    no_range = spread.distribution == "fixed" or spread.high <= spread.low
    return bool(no_range or starts_at_zero or np.isnan(spread.value))


def _is_uncited(valued: Valued, need: Need) -> bool:
    """Return whether a response is uncited and zero."""
    return need.rule == "cited" and not any(number for _, number in numbers(valued))


def _closed(spread: Spread) -> Spread:
    """Return a lognormal with a range by ``OPEN`` if from zero."""
    if spread.distribution != "lognormal" or spread.low > 0.0:
        return spread
    return spread._replace(low=spread.value / OPEN, high=min(spread.high, spread.value * OPEN))


def _centre(valued: Valued, need: Need, factor: float) -> tuple[How, float]:
    """Return how a value is drawn, and its centre.

    The centre is in the base unit: of a table over what can move; NaN where nothing can.
    """
    if valued.value is not None:
        return "replaced", valued.value * factor
    found = np.array([number * factor for _, number in numbers(valued)])
    if need.low >= 0.0 and need.high <= 1.0:
        inside = found[(found > 0.0) & (found < 1.0)]
        return "logit", float(expit(logit(inside).mean())) if len(inside) else float("nan")
    moving = found[found != 0.0]
    if not len(moving) or (np.sign(moving) != np.sign(moving[0])).any():
        return "factor", float("nan")
    return "factor", float(np.sign(moving[0]) * np.exp(np.log(np.abs(moving)).mean()))


def _spread_fault(location: Location, spread: Spread, need: Need) -> Fault | None:
    """Return the fault of a distribution, or None.

    It cannot have the range that it is given, or leaves what the equations allow.
    """
    found = f"{spread.low:g} to {spread.high:g} {need.unit}"
    if spread.distribution == "beta" and not 0.0 <= spread.low <= spread.high <= 1.0:
        return Fault(*location, "the range leaves the bounds of its distribution, beta", found, "0 to 1")
    if spread.distribution == "lognormal" and spread.low < 0.0:
        return Fault(*location, "the range leaves the bounds of its distribution, lognormal", found, "at least 0")
    return None


def _weights(inputs: CaseInputs) -> list[DrawnColumn]:
    """Return columns of the weights of groups that can move."""
    valued = _valued(inputs, MIX)
    columns = []
    for names in _kinds(inputs):
        means = {name: mean for name, mean in _mean_weights(inputs, names).items() if mean > 0.0}
        if len(means) > 1:
            spreads = {name: Spread("dirichlet", 0.0, mean, 1.0) for name, mean in means.items()}
            columns += [
                DrawnColumn(MIX, "weight", spread, unit="share", quality=valued.quality, range=(0.0, 1.0), label=name)
                for name, spread in spreads.items()
            ]
    return columns


def _kinds(inputs: CaseInputs) -> Iterator[list[str]]:
    """Yield groups due international protection, then the others."""
    for international in (True, False):
        yield [name for name, group in inputs.groups.items() if (group.need == "international") == international]


def _mean_weights(inputs: CaseInputs, names: Sequence[str]) -> dict[str, float]:
    """Return shares of some groups, the mean over dates."""
    valued = _valued(inputs, MIX)
    entries = {name: _entry_of(inputs, valued, name) for name in names}
    means = {name: _mean(entry) for name, entry in entries.items()}
    whole = sum(means.values())
    return {name: mean / whole if whole else 0.0 for name, mean in means.items()}


def _mean(entry: Entry) -> float:
    return float(np.mean(list(entry.values()))) if isinstance(entry, Mapping) else entry


def _entry_of(inputs: CaseInputs, valued: Valued, name: str) -> Entry:
    """Return the entry of a group of a value of any form."""
    if valued.by_group is not None:
        return valued.by_group[name]
    if valued.by_need is not None:
        return valued.by_need[inputs.groups[name].need]
    whole = valued.dated if valued.dated is not None else valued.value
    assert whole is not None  # the schema asks for exactly one value
    return whole


def drawn_values(columns: Sequence[DrawnColumn], points: np.ndarray) -> np.ndarray:
    """Return what the columns are at some points.

    They are ``[..., columns]`` in base units, weights summing to one by kind of need. They are held within the hard
    bounds of each parameter; whole where a parameter must be. NaN: as in the case itself.
    """
    found = np.empty_like(points, dtype=float)
    for k, column in enumerate(columns):
        need = CATALOGUE[column.parameter]
        if column.how == "weight":
            size, share = CONCENTRATION * column.spread.value, points[..., k]
            found[..., k] = gammaincinv(size, np.where(np.isnan(share), gammainc(size, size), share))
            continue
        still = np.isnan(points[..., k])
        values = np.clip(column.spread.at(np.where(still, 0.5, points[..., k])), need.low, need.high)
        found[..., k] = np.where(still, column.spread.value, np.round(values) if need.rule == "whole" else values)
    for rows in _simplices(columns):
        whole = found[..., rows].sum(axis=-1, keepdims=True)
        found[..., rows] /= np.maximum(whole, 1e-300)
    return found


def _simplices(columns: Sequence[DrawnColumn]) -> Iterator[list[int]]:
    """Yield numbers of the columns whose weights sum to one."""
    rows: list[int] = []
    total = 0.0
    for k, column in enumerate(columns):
        if column.how == "weight":
            rows.append(k)
            total += column.spread.value
            if total > 1.0 - 1e-9:
                yield rows
                rows, total = [], 0.0


def drawn_case(inputs: CaseInputs, columns: Sequence[DrawnColumn], values: np.ndarray) -> CaseInputs:
    """Return a new case from one draw ``[columns]``."""
    parameters = dict(inputs.case.parameters)
    weights: dict[str, float] = {}
    by_route: dict[str, dict[Route, LocalValue]] = {}
    for column, value in zip(columns, values.tolist(), strict=True):
        if column.how == "weight":
            weights[column.label] = value / column.spread.value
            continue
        part = part_named(inputs, column.name)
        moved = _moved(seen_from(inputs, part), column, value)
        if part.route is None:
            parameters[column.parameter] = moved
        else:
            by_route.setdefault(column.parameter, {})[part.route] = moved
    parameters |= {name: with_parts(inputs, name, parts) for name, parts in by_route.items()}
    if weights:
        valued = _valued(inputs, MIX)
        table = {
            name: _mapped(_entry_of(inputs, valued, name), _times(weights.get(name, 1.0))) for name in inputs.groups
        }
        scaled = _within_one(table)
        parameters[MIX] = _valued_anew(CATALOGUE[MIX], valued, by_group=scaled)
    return replace(inputs, case=inputs.case.model_copy(update={"parameters": parameters}))


def _times(factor: float) -> Callable[[float], float]:
    return lambda number: number * factor


def _mapped(entry: Entry, change: Callable[[float], float]) -> Entry:
    """Return an entry with each of its numbers changed."""
    return {day: change(number) for day, number in entry.items()} if isinstance(entry, Mapping) else change(entry)


def _within_one(table: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return weights made smaller together, none above one."""
    most = max(max(entry.values()) if isinstance(entry, Mapping) else entry for entry in table.values())
    return {name: _mapped(entry, _times(1.0 / max(most, 1.0))) for name, entry in table.items()}


def _moved(inputs: CaseInputs, column: DrawnColumn, value: float) -> LocalValue:
    """Return a value in base units after a draw, its shape kept."""
    need, valued = CATALOGUE[column.parameter], _valued(inputs, column.parameter)
    if column.how == "replaced":
        return _valued_anew(need, valued, value=value)
    factor = _to_base_unit(inputs, column.parameter)
    low, high = max(column.range[0], need.low), min(column.range[1], need.high)

    def move(number: float) -> float:
        level = number * factor
        if column.how == "factor":
            moved = level * (value / column.spread.value)
        elif 0.0 < level < 1.0:
            moved = float(expit(logit(level) + logit(np.clip(value, 1e-12, 1.0 - 1e-12)) - logit(column.spread.value)))
        else:
            return level
        moved = level if moved != moved else min(max(moved, low), high)
        return float(round(moved)) if need.rule == "whole" else moved

    tables: dict[str, Any] = {
        key: {name: _mapped(entry, move) for name, entry in getattr(valued, key).items()}
        for key in TABLES if getattr(valued, key) is not None
    }
    return _valued_anew(need, valued, **tables)


def _valued_anew(need: Need, valued: LocalValue | Parameter, **given: Any) -> LocalValue:
    """Return a value in base units with the marks of another."""
    return _marked(need.unit, valued.source, valued.quality).model_copy(update=given)


@lru_cache(maxsize=1024)
def _marked(unit: str, source: str, quality: str) -> LocalValue:
    """Return a value without numbers: draws copy it, which is quick."""
    return LocalValue.model_construct(unit=unit, source=source, quality=quality)
