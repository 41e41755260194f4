"""The flow table: every way a person can move, as rows; conservation follows from the table (``model.md`` 2).

A row takes people out of one stock and puts them into another; its hazard is a function of ``coupling.py``.
``Layout`` numbers the cells of all stocks and all flows and gives, for each flow cell, the cell it leaves and the
cell it enters. Nobody writes a derivative by hand: dX = sum of inflows - sum of outflows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod

import numpy as np

from mixedmig_model.equations.axes import PLACES, STAGES

PEOPLE_AXES = ("stage", "place", "group", "country")
GC = ("group", "country")


@dataclass(frozen=True)
class Stock:
    """A stock of people: name, axes, meaning. ``counter`` stocks are never left again."""

    name: str
    axes: tuple[str, ...]
    description: str
    counter: bool = False


STOCKS = (
    Stock("at_sea", GC, "people on the way, by country they sail or walk towards"),
    Stock("adrift", ("group",), "people refused disembarkation or abandoned at sea"),
    Stock("people", PEOPLE_AXES, "people ashore in the procedure, by stage, place, group and country"),
    Stock("irregular", GC, "people landed without being recorded, still in the country"),
    Stock("returned_assisted", GC, "people returned with assistance, by choice from outside detention", counter=True),
    Stock("returned_induced", GC, "people returned with assistance out of detention or without shelter", counter=True),
    Stock("returned_enforced", GC, "people returned by force", counter=True),
    Stock("onward", GC, "people moved on to another country", counter=True),
    Stock("died_crossing", GC, "deaths and missing on the crossing", counter=True),
    Stock("died_adrift", ("group",), "deaths while refused or abandoned at sea", counter=True),
    Stock("turned_back", ("group",), "people turned back towards the country they left", counter=True),
)


@dataclass(frozen=True)
class Row:
    """One row of the flow table.

    ``axes`` are the axes of the flow; ``source`` and ``sink`` name stocks (``None``: outside the model). Where the
    stock has an axis that the flow lacks, ``at_source``/``at_sink`` fix its label; ``places`` narrows the place axis.
    A ``count`` row moves nobody: it keeps a running total of an event that a report needs (its ``source`` is the
    stock to which the hazard applies).
    """

    name: str
    source: str | None
    sink: str | None
    axes: tuple[str, ...]
    description: str
    basis: str
    at_source: Mapping[str, str] = field(default_factory=dict)
    at_sink: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = PLACES
    count: bool = False


PGC = ("place", "group", "country")


def _stage_row(name: str, source: str, sink: str, description: str, basis: str) -> Row:
    """A move along the stage axis: place, group and country stay."""
    return Row(name, "people", "people", PGC, description, basis, {"stage": source}, {"stage": sink})


def _return_row(name: str, stage: str, kind: str, places: tuple[str, ...], description: str, basis: str) -> Row:
    """A departure from one stage to one kind of return."""
    return Row(name, "people", f"returned_{kind}", PGC, description, basis, {"stage": stage}, places=places)


def _place_row(name: str, source: str, sink: str, description: str, basis: str) -> Row:
    """A move along the place axis: stage, group and country stay."""
    axes = ("stage", "group", "country")
    return Row(name, "people", "people", axes, description, basis, {"place": source}, {"place": sink})


_AT_LANDING = {"stage": "registration"}
_FREE, _PRESSED = ("reception", "community"), ("detention", "unsheltered")

JOURNEY_ROWS = (
    Row("departed", None, "at_sea", GC, "departures", "dated series times mix; P01"),
    Row("crossing_deaths", "at_sea", "died_crossing", GC, "deaths and missing on the crossing", "P10"),
    Row("abandoned", "at_sea", "adrift", GC, "people abandoned at sea by those who carried them", "para 12; P108"),
    Row("refused", "at_sea", "adrift", GC, "people refused disembarkation at the end of a voyage", "para 12; P17"),
    Row("landed", "at_sea", "people", PGC, "people landed and recorded at the end of a voyage", "model.md 3",
        at_sink=_AT_LANDING),
    Row("landed_unrecorded", "at_sea", "irregular", GC, "people landed without being recorded", "model.md 3"),
    Row("deaths_adrift", "adrift", "died_adrift", ("group",), "deaths while adrift", "P11"),
    Row("turned_back_adrift", "adrift", "turned_back", ("group",), "people turned back from adrift", "P17"),
    Row("disembarked", "adrift", "people", PGC, "people brought from adrift to a place of safety", "para 12 c; P16",
        at_sink=_AT_LANDING),
)
PROCEDURE_ROWS = (
    _stage_row("registered", "registration", "screening", "people registered", "P19-P22"),
    _stage_row("screened_to_determination", "screening", "determination", "people whom screening sends to status "
               "determination", "para 12 e; P27, P28"),
    _stage_row("recognised_prima_facie", "screening", "protected", "people recognised prima facie", "P39"),
    _stage_row("referred", "screening", "referral", "people whom screening refers for specific needs", "P29"),
    _stage_row("screened_to_counselling", "screening", "counselling", "people whom screening did not refer",
               "model.md 4"),
    _stage_row("claimed_asylum", "counselling", "determination", "people who claim asylum after counselling",
               "model.md 4"),
    _stage_row("return_decided", "counselling", "return", "individual return decisions after counselling",
               "model.md 4"),
    _stage_row("protected_after_referral", "referral", "protected", "people protected after referral", "model.md 4"),
    _stage_row("referral_to_determination", "referral", "determination", "people sent from referral to status "
               "determination", "para 32"),
    _stage_row("recognised", "determination", "protected", "people recognised at first instance", "P43, P44"),
    _stage_row("appealed", "determination", "appeal", "refused people who appeal", "P50"),
    _stage_row("refused_without_appeal", "determination", "return", "refused people who do not appeal", "P50"),
    _stage_row("appeals_allowed", "appeal", "protected", "appeals allowed", "P51b"),
    _stage_row("appeals_dismissed", "appeal", "return", "appeals dismissed", "P51b"),
    _stage_row("found_unreturnable", "return", "limbo", "people whose return cannot be carried out", "P92"),
)
DEPARTURE_ROWS = (
    _return_row("assisted_from_counselling", "counselling", "assisted", _FREE, "assisted returns after counselling",
                "P86, P87"),
    _return_row("induced_from_counselling", "counselling", "induced", _PRESSED, "assisted returns from detention or "
                "without shelter, after counselling", "model.md 4"),
    _return_row("returned_after_referral", "referral", "assisted", PLACES, "voluntary returns after referral",
                "model.md 4"),
    _return_row("assisted_from_return", "return", "assisted", _FREE, "assisted returns after a return decision", "P86"),
    _return_row("induced_from_return", "return", "induced", _PRESSED, "assisted returns from detention or without "
                "shelter, after a return decision", "model.md 4"),
    _return_row("enforced", "return", "enforced", PLACES, "enforced returns", "P91-P93"),
    Row("moved_onward", "people", "onward", PEOPLE_AXES, "onward movement out of the procedure", "P85"),
    Row("moved_onward_irregular", "irregular", "onward", GC, "onward movement of people landed unrecorded", "P85"),
)
PLACE_ROWS = (
    _place_row("released_to_reception", "detention", "reception", "releases from detention to reception", "model.md 5"),
    _place_row("released_to_unsheltered", "detention", "unsheltered", "releases from detention without a place",
               "model.md 5"),
    _place_row("sheltered", "unsheltered", "reception", "people without shelter given a place", "model.md 5"),
    _place_row("lost_place", "reception", "unsheltered", "people who lose their place in a closure", "model.md 5"),
    Row("detained_before_return", "people", "people", PGC, "people detained in view of return", "model.md 5",
        {"stage": "return"}, {"stage": "return", "place": "detention"}, ("reception", "community", "unsheltered")),
    Row("moved_on", "people", "people", GC, "protected people moved from reception to homes", "model.md 5",
        {"stage": "protected", "place": "reception"}, {"stage": "protected", "place": "community"}),
)
COUNT_ROWS = (
    Row("identified_children_detained_at_landing", "at_sea", None, GC, "identified children detained at landing",
        "breach; P80", count=True),
    Row("identified_children_detained_from_adrift", "adrift", None, GC, "identified children detained at "
        "disembarkation", "breach; P80", count=True),
    Row("identified_children_detained_before_return", "people", None, PGC, "identified children detained in view of "
        "return", "breach; P80", {"stage": "return"}, places=("reception", "community", "unsheltered"), count=True),
    Row("needs_missed", "people", None, PGC, "people with a need that screening did not see", "harm; P27-P29",
        {"stage": "screening"}, count=True),
)
ROWS = JOURNEY_ROWS + PROCEDURE_ROWS + DEPARTURE_ROWS + PLACE_ROWS + COUNT_ROWS


@dataclass(frozen=True)
class Layout:
    """Numbers of all cells of a run: the incidence of the flow table.

    ``labels`` are the labels of each axis; ``stock_at`` and ``flow_at`` give each stock's and row's slice and shape in
    the flat vectors; ``sources`` and ``sinks`` are, per flow cell, the stock cell left and entered (-1: none). Count
    rows apply their hazard to ``sources`` but leave and enter nothing (``leaves``, ``enters``).
    """

    labels: Mapping[str, tuple[str, ...]]
    rows: tuple[Row, ...]
    stock_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    flow_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    sources: np.ndarray
    leaves: np.ndarray
    enters: np.ndarray
    stock_cells: int
    flow_cells: int

    def stock(self, state: np.ndarray, name: str) -> np.ndarray:
        """The stock ``name`` out of a flat state vector (persons), in its own shape."""
        where, shape = self.stock_at[name]
        return state[where].reshape(shape)

    def row_labels(self, row: Row) -> dict[str, tuple[str, ...]]:
        """Labels of each axis of a row; the place axis may be narrowed."""
        return {axis: row.places if axis == "place" else tuple(self.labels[axis]) for axis in row.axes}


def _slices(shapes: Mapping[str, tuple[int, ...]]) -> tuple[dict[str, tuple[slice, tuple[int, ...]]], int]:
    """Consecutive slices of a flat vector for named shapes, and its length."""
    result, start = {}, 0
    for name, shape in shapes.items():
        result[name] = (slice(start, start + prod(shape)), shape)
        start += prod(shape)
    return result, start


def _cells(
    row: Row, stock: Stock | None, fixed: Mapping[str, str], start: int, labels: Mapping[str, tuple[str, ...]]
) -> np.ndarray:
    """The cell of ``stock`` for every flow cell of ``row``, in the row's order; -1 where there is no stock."""
    own = [row.places if axis == "place" else labels[axis] for axis in row.axes]
    if stock is None:
        return np.full(prod(len(axis) for axis in own), -1)
    shape = tuple(len(labels[axis]) for axis in stock.axes)
    cells = []
    for names in product(*own):
        cell = {**dict(zip(row.axes, names, strict=True)), **fixed}
        index = tuple(labels[axis].index(cell[axis]) for axis in stock.axes)
        cells.append(start + int(np.ravel_multi_index(index, shape)))
    return np.array(cells)


def build_layout(groups: tuple[str, ...], countries: tuple[str, ...], rows: tuple[Row, ...] = ROWS) -> Layout:
    """Number all cells of a run with these groups and countries."""
    labels = {"stage": STAGES, "place": PLACES, "group": groups, "country": countries}
    stocks = {stock.name: stock for stock in STOCKS}
    stock_at, stock_cells = _slices({s.name: tuple(len(labels[a]) for a in s.axes) for s in STOCKS})
    flow_at, flow_cells = _slices(
        {r.name: tuple(len(r.places) if a == "place" else len(labels[a]) for a in r.axes) for r in rows}
    )
    sources, leaves, enters = [], [], []
    for row in rows:
        start = stock_at[row.source][0].start if row.source else 0
        source = _cells(row, stocks[row.source] if row.source else None, row.at_source, start, labels)
        start = stock_at[row.sink][0].start if row.sink else 0
        sink = _cells(row, stocks[row.sink] if row.sink else None, row.at_sink, start, labels)
        sources.append(source)
        leaves.append(np.full_like(source, -1) if row.count else source)
        enters.append(sink)
    return Layout(
        labels, rows, stock_at, flow_at,
        np.concatenate(sources), np.concatenate(leaves), np.concatenate(enters), stock_cells, flow_cells,
    )
