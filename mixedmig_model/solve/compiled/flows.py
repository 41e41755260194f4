"""The flow table over axes: all flows, and what they leave and enter, without a matrix.

The reference multiplies a sparse incidence with the flat vector of flows. Compiled, each flow is an array over
its own axes, and is added to the stocks that it leaves and enters by axis. Flows that are narrowed to some labels
are kept on their full axes, with zeros elsewhere, and narrowed when an answer is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import jax.numpy as jnp
import numpy as np

from mixedmig_model.equations.layout import Layout
from mixedmig_model.equations.table import STOCKS, Flow, Stock
from mixedmig_model.solve.compiled.members import NAMESPACE, Members, total
from mixedmig_model.vocabulary.labels import PLACES, STAGES

STOCK = {stock.name: stock for stock in STOCKS}
Arrays = dict[str, Members]


def expanded(flow: Flow, hazard: Members, layout: Layout) -> Members:
    """A hazard with every axis of its flow, size one where it is the same along it; zero where the flow is narrowed."""
    for _ in range(len(flow.axes) - len(hazard.shape)):
        hazard = hazard[None]
    for axis, names in flow.only.items():
        position, labels = flow.axes.index(axis), layout.labels[axis]
        before = (slice(None),) * position
        if hazard.shape[position] == 1:
            mask = np.array([float(name in names) for name in labels])
            hazard = hazard * NAMESPACE.asarray(mask.reshape(-1, *(1,) * (len(flow.axes) - position - 1)))
            continue
        own = [hazard[(*before, slice(k, k + 1))].values for k in range(len(names))]
        none = jnp.zeros_like(own[0])
        wide = [own[names.index(name)] if name in names else none for name in labels]
        hazard = Members(jnp.concatenate(wide, axis=position))
    return hazard


def at_source(flow: Flow, stocks: Mapping[str, Members]) -> Members:
    """The stock that a flow leaves, on the flow's axes: size one where the stock has no such axis."""
    assert flow.source is not None
    stock = STOCK[flow.source]
    fixed = tuple(_label(axis, flow.at_source[axis]) if axis in flow.at_source else slice(None) for axis in stock.axes)
    own = [axis for axis in stock.axes if axis not in flow.at_source]
    assert own == [axis for axis in flow.axes if axis in own], flow.name
    return stocks[flow.source][fixed][tuple(slice(None) if axis in own else None for axis in flow.axes)]


def _label(axis: str, name: str) -> int:
    return {"stage": STAGES, "place": PLACES, "grade": ("training", "novice", "active")}[axis].index(name)


def summed(values: Members, axes: tuple[str, ...], kept: tuple[str, ...], layout: Layout) -> Members:
    """Sums over all axes but ``kept``; along an axis of size one the value holds for each of its labels."""
    for position in range(len(axes) - 1, -1, -1):
        if axes[position] not in kept:
            if values.shape[position] == 1:
                values = values[(*(slice(None),) * position, 0)] * float(len(layout.labels[axes[position]]))
            else:
                values = NAMESPACE.sum(values, axis=position)
    return values


@dataclass
class Gathered:
    """What leaves or enters the stocks, collected flow by flow and joined at the end."""

    layout: Layout
    whole: dict[str, list[Members]] = field(default_factory=dict)
    at: dict[tuple[str, str, str], list[Members]] = field(default_factory=dict)  # (stock, axis, label)

    def add(self, stock: Stock, fixed: Mapping[str, str], values: Members) -> None:
        """Add values on the axes of a stock but those that are fixed."""
        names = list(fixed.items())
        if not names:
            self.whole.setdefault(stock.name, []).append(values)
            return
        for axis, name in names[1:]:  # a second fixed axis becomes full, zero but for its label
            position = [a for a in stock.axes if a != names[0][0]].index(axis)
            mask = np.array([float(label == name) for label in self.layout.labels[axis]])
            after = len(stock.axes) - 2 - position
            values = values[(*(slice(None),) * position, None)] * NAMESPACE.asarray(mask.reshape(-1, *(1,) * after))
        self.at.setdefault((stock.name, *names[0]), []).append(values)

    def joined(self, stock: Stock, members: int) -> Members:
        """Everything that was added for a stock."""
        parts = list(self.whole.get(stock.name, []))
        sizes = tuple(len(self.layout.labels[axis]) for axis in stock.axes)
        for axis in stock.axes:
            labels = self.layout.labels[axis]
            by_label = [self.at.get((stock.name, axis, name)) for name in labels]
            if any(by_label):
                shape = tuple(size for size, own in zip(sizes, stock.axes, strict=True) if own != axis)
                none = Members(jnp.zeros((*shape, members)))
                sums = [total(some) if some else none for some in by_label]
                wide = [Members(jnp.broadcast_to(one.values, none.values.shape)) for one in sums]
                parts.append(NAMESPACE.stack(wide, axis=stock.axes.index(axis)))
        if not parts:
            return Members(jnp.zeros((*sizes, members)))
        return Members(jnp.broadcast_to(total(parts).values, (*sizes, members)))


class FlowRate(NamedTuple):
    """A flow as a product, not multiplied out: hazard and stock, size one along axes that they lack."""

    flow: Flow
    hazard: Members  # 1/day; persons/day where the flow has no source
    stock: Members | None  # persons on whom it acts

    def whole(self, layout: Layout) -> Members:
        """The flow of every cell, persons/day, on the full axes of the flow."""
        moved = self.hazard if self.stock is None else self.hazard * self.stock
        sizes = tuple(len(layout.labels[axis]) for axis in self.flow.axes)
        return Members(jnp.broadcast_to(moved.values, (*sizes, moved.values.shape[-1])))

    def at(self, where: tuple[int | slice, ...]) -> "FlowRate":
        """The part of a flow at some labels, its axes kept."""
        parts = tuple(part if isinstance(part, slice) else slice(part, part + 1) for part in where)

        def cut(values: Members) -> Members:
            shape = values.shape
            return values[tuple(slice(None) if n == 1 else part for n, part in zip(shape, parts, strict=True))]

        return FlowRate(self.flow, cut(self.hazard), None if self.stock is None else cut(self.stock))

    def sum(self, kept: tuple[str, ...], layout: Layout, narrow: tuple[str, ...] = ()) -> Members:
        """Sums over all axes but ``kept``, before hazard and stock are multiplied wherever one of them is the same.

        Args: narrow, axes along which both stand at one label.
        """
        hazard = self.hazard
        stock = self.stock if self.stock is not None else hazard[(slice(0, 1),) * len(hazard.shape)] * 0.0 + 1.0
        later = []
        for position in range(len(self.flow.axes) - 1, -1, -1):
            axis = self.flow.axes[position]
            if axis in kept:
                continue
            one, other = hazard.shape[position], stock.shape[position]
            if one > 1 and other > 1:
                later.append(position)
                continue
            if one == 1 and other == 1 and axis not in narrow:
                hazard = hazard * float(len(layout.labels[axis]))
            hazard = NAMESPACE.sum(hazard, axis=position, keepdims=True)
            stock = NAMESPACE.sum(stock, axis=position, keepdims=True)
        product = hazard * stock
        for position in range(len(self.flow.axes) - 1, -1, -1):
            if position in later:
                product = NAMESPACE.sum(product, axis=position)
            elif self.flow.axes[position] not in kept:
                product = product[(*(slice(None),) * position, 0)]
        sizes = tuple(len(layout.labels[axis]) for axis in self.flow.axes if axis in kept)
        return Members(jnp.broadcast_to(product.values, (*sizes, product.values.shape[-1])))


Flows = dict[str, FlowRate]


@dataclass(frozen=True)
class Moved:
    """All flows of one state, limited so that no cell is emptied within a step."""

    flows: Flows  # by name
    effective: Arrays  # persons: the stocks on which the hazards act
    change: Arrays  # d stock/dt, persons/day


FEEDING = ("abandoned", "refused", "landed", "disembarked", "registered")
"""Ways into the cells that people may leave within hours: what these bring in a step may leave in the same step."""
LEAST = float(np.finfo(float).tiny)
"""Guards a division: nothing over nothing is nothing, and any more would let leave who is not there."""
SLACK = 1.0 - 1e-14
"""What a full step may take of a cell: all but a rounding."""


def move(layout: Layout, stocks: Arrays, hazards: Mapping[str, Members], dt: Members) -> Moved:
    """Flows and changes of all stocks, such that no cell falls below zero. Args: hazards 1/day, by flow; dt days.

    In a step no more may leave a cell than is in it and is sure to come; slightly less, for rounding. Sure to come are
    the feeding flows out of cells of which no more leaves than is in them; so a cell whose people stay for less
    than a step settles where as many leave as enter.
    """
    members = stocks["people"].values.shape[-1]
    none = NAMESPACE.asarray(0.0)  # a share left of one rounds to -1e-17, and no flow may be negative
    full = {
        flow.name: expanded(flow, NAMESPACE.maximum(hazards[flow.name], none), layout) for flow in layout.flows
    }
    leaving, entering = Gathered(layout), Gathered(layout)
    for flow in layout.flows:
        if flow.source and not flow.count:
            own = tuple(axis for axis in STOCK[flow.source].axes if axis not in flow.at_source)
            leaving.add(STOCK[flow.source], flow.at_source, summed(full[flow.name], flow.axes, own, layout))
    hazard = {stock.name: leaving.joined(stock, members) for stock in STOCKS}
    sure = _sure(layout, stocks, full, hazard, dt)
    effective, out = {}, {}
    for stock in STOCKS:
        name = stock.name
        effective[name] = _held(stocks[name], dt * hazard[name], dt * sure[name] if name in sure else None)
        out[name] = hazard[name] * effective[name]
    flows = {
        flow.name: FlowRate(flow, full[flow.name], at_source(flow, effective) if flow.source else None)
        for flow in layout.flows
    }
    for flow in layout.flows:
        if flow.sink:
            entering.add(STOCK[flow.sink], flow.at_sink, _entered(flows[flow.name], layout))
    change = {stock.name: entering.joined(stock, members) - out[stock.name] for stock in STOCKS}
    return Moved(flows, effective, change)


def _held(stock: Members, wanted: Members, comes: Members | None) -> Members:
    """The people of a cell on whom its hazards act, so that no more leave in a step than are there and come.

    Args: wanted, hazard x step; comes, persons sure to come in the step.
    """
    if comes is not None:
        wanted = wanted * (stock / NAMESPACE.maximum(stock + comes, NAMESPACE.asarray(LEAST)))
    return stock * (SLACK / NAMESPACE.maximum(NAMESPACE.asarray(1.0), wanted))


def _sure(layout: Layout, stocks: Arrays, full: Arrays, hazard: Arrays, dt: Members) -> Arrays:
    """What the feeding flows bring at least, persons/day, by stock."""
    feeding = [flow for flow in layout.flows if flow.name in FEEDING]
    sources = [name for name in dict.fromkeys(flow.source for flow in feeding) if name]  # in order, unlike a set
    held = {name: _held(stocks[name], dt * hazard[name], None) for name in sources}
    gathered = Gathered(layout)
    for flow in feeding:
        assert flow.sink is not None
        rate = FlowRate(flow, full[flow.name], at_source(flow, held))
        gathered.add(STOCK[flow.sink], flow.at_sink, _entered(rate, layout))
    members = dt.values.shape[-1]
    sinks = dict.fromkeys(flow.sink for flow in feeding)
    return {name: gathered.joined(STOCK[name], members) for name in sinks if name}


def _entered(rate: FlowRate, layout: Layout) -> Members:
    """A flow on the axes of the stock that it enters, but those that are fixed there."""
    flow = rate.flow
    assert flow.sink is not None
    wanted = [axis for axis in STOCK[flow.sink].axes if axis not in flow.at_sink]
    if "destination" in flow.axes:
        wanted = ["destination" if axis == "country" else axis for axis in wanted]
    assert [axis for axis in flow.axes if axis in wanted] == wanted, flow.name
    return rate.sum(tuple(wanted), layout)
