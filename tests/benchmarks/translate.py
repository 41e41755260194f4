"""Write a cut-down model for other tools, from the project's own flow table, equations and parameters, as XMILE.

    python tests/benchmarks/translate.py --to model.xmile

Cut down: one country, two groups of people, one set of inputs but for departures, and no places in detention, so that
nothing has to be remembered of the people inside. Everything else is there: each stock and each flow that anybody can
reach, queues, teams and their careers, crowding, places, returns, onward movement and solutions. The equations
themselves run on formulas (``expressions.py``); nobody writes one again by hand. XMILE is an open standard (OASIS).
"""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from mixedmig_model.equations.carried import Carried  # noqa: E402
from mixedmig_model.equations.coupling import State, couple  # noqa: E402
from mixedmig_model.equations.inside import Kinds, Memory  # noqa: E402
from mixedmig_model.equations.layout import Layout, build_layout  # noqa: E402
from mixedmig_model.equations.segment import prepare  # noqa: E402
from mixedmig_model.equations.table import STOCKS  # noqa: E402
from mixedmig_model.inputs.resolving.run_inputs import RunInputs  # noqa: E402
from mixedmig_model.solve.schedule import Schedule, opening_state  # noqa: E402
from tests.benchmarks.case import CUT_DOWN, bar_case, resolved  # noqa: E402
from tests.benchmarks.expressions import Formula, Formulas, Symbols, Writer, filled, number, variable  # noqa: E402

DEPARTURES = "departures"
MOVING = ("at_sea", "adrift", "moving", "irregular", "people", "staff")
"""Stocks that equations read; all others are counters of where people ended."""


class Model(NamedTuple):
    """A translated model: formulas by flow cell, and which stock cells anybody can reach."""

    layout: Layout
    opening: np.ndarray
    names: list[str]  # of stock cells
    reached: set[int]
    flows: dict[int, Formula]  # person/day, by flow cell
    departures: list[tuple[int, float]]  # day from which, persons a day
    days: int


def cell_names(layout: Layout) -> list[str]:
    """A name for each stock cell: the stock and its labels."""
    names = []
    for stock in STOCKS:
        labels = [layout.labels[axis] for axis in stock.axes]
        for at in np.ndindex(*(len(own) for own in labels)):
            names.append("_".join([stock.name, *(own[k] for own, k in zip(labels, at, strict=True))]))
    return names


def departures_of(run: RunInputs, schedule: Schedule) -> list[tuple[int, float]]:
    """Days on which departures change, with persons a day; ValueError where anything else changes."""
    first, found = schedule.at(0.0), []
    for day in range(run.days):
        levels = schedule.at(float(day))
        for subject, kind in type(levels).__annotations__.items():
            for field in kind._fields:
                same = np.array_equal(getattr(getattr(levels, subject), field), getattr(getattr(first, subject), field))
                if not same and field != "departures":
                    raise ValueError(f"{subject}.{field} changes on day {day}: a cut-down model has one set of inputs")
        now = float(levels.arrivals.departures[0])
        if not found or now != found[-1][1]:
            found.append((day, now))
    return found


def symbolic_levels(schedule: Schedule) -> Any:
    """Inputs of the first day as formulas: numbers, but for departures, which are a variable."""
    levels = schedule.at(0.0)
    subjects = {name: getattr(levels, name)._make(Formulas.asarray(value) for value in getattr(levels, name))
                for name in levels._fields}
    sailing = Symbols(filled((1,), [variable(DEPARTURES)]))
    return type(levels)(**subjects | {"arrivals": subjects["arrivals"]._replace(departures=sailing)})


def hazards_of(layout: Layout, segment: Any, reached: set[int], names: list[str]) -> np.ndarray:
    """The formula of each flow cell's hazard, where only some stock cells hold anybody."""
    cells = filled((layout.stock_cells,), [
        variable(name) if k in reached else number(0.0) for k, name in enumerate(names)])
    stocks = {name: Symbols(layout.stock(cells, name)) for name in MOVING}
    nobody = Formulas.asarray(np.zeros(layout.stock_at["at_sea"][1]))
    memory, carried = Memory(Kinds(nobody, nobody), nobody), Carried(nobody, nobody, nobody)
    coupled = couple(State(**stocks, memory=memory, carried=carried), segment)
    hazards = filled((layout.flow_cells,), [number(0.0)] * layout.flow_cells)
    for name, value in {**segment.hazards, **coupled.hazards}.items():
        where, shape = layout.flow_at[name]
        hazards[where] = np.broadcast_to(Formulas.asarray(value).cells, shape).ravel()
    return hazards


def translate(run: RunInputs) -> Model:
    """Run the equations on formulas until no further stock is reached."""
    schedule, layout = Schedule(run), build_layout(tuple(run.groups), run.countries)
    opening, names = opening_state(run, layout, schedule.at(0.0)), cell_names(layout)
    changes, segment = departures_of(run, schedule), prepare(symbolic_levels(schedule))
    reached, before = set(np.flatnonzero(opening).tolist()), None
    while reached != before:
        before, flows = set(reached), {}
        hazards = hazards_of(layout, segment, reached, names)
        for k, hazard in enumerate(hazards):
            source, leaves, enters = (int(part[k]) for part in (layout.sources, layout.leaves, layout.enters))
            counts = leaves < 0 and enters < 0  # counters of breaches and harms move nobody
            if counts or (source >= 0 and source not in reached):
                continue
            flow = hazard if source < 0 else hazard * variable(names[source])
            if flow.op != "number" or flow.parts[0]:
                flows[k] = flow
                reached |= {enters} - {-1}
    detained = [names[k] for k in reached if "_detention_" in names[k]]
    if detained:
        raise ValueError(f"a cut-down model detains nobody: {', '.join(detained)}")
    return Model(layout, opening, names, reached=reached, flows=flows, departures=changes, days=run.days)


def flow_names(layout: Layout) -> list[str]:
    """A name for each flow cell: the flow and its labels."""
    names = []
    for flow in layout.flows:
        labels = list(layout.flow_labels(flow).values())
        for at in np.ndindex(*(len(own) for own in labels)):
            names.append("_".join(["flow", flow.name, *(own[k] for own, k in zip(labels, at, strict=True))]))
    return names


def equations(model: Model) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Texts of flows and of auxiliaries by name."""
    names, writer = flow_names(model.layout), Writer()
    for flow in model.flows.values():
        writer.count(flow)
    flows = {names[k]: writer.text(flow) for k, flow in model.flows.items()}
    (_, first), *later = model.departures
    steps = [f"STEP({now - before!r}, {day})" for (_, before), (day, now) in
             zip(model.departures, later, strict=False)]
    return flows, {DEPARTURES: " + ".join([repr(first), *steps]), **writer.auxiliaries}


def xmile(model: Model, dt: float) -> str:
    """The model as a file in XMILE 1.0, with Euler's method, the one that every such tool has."""
    flows, auxiliaries = equations(model)
    own, layout = flow_names(model.layout), model.layout
    into: dict[int, list[str]] = {k: [] for k in model.reached}
    out: dict[int, list[str]] = {k: [] for k in model.reached}
    for k in model.flows:
        if layout.enters[k] >= 0:
            into[int(layout.enters[k])].append(own[k])
        if layout.leaves[k] >= 0:
            out[int(layout.leaves[k])].append(own[k])
    lines = ['<?xml version="1.0" encoding="utf-8"?>',
             '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">',
             "<header><vendor>mixedmig</vendor><name>cut_down</name>"
             '<product version="1" lang="en">mixedmig</product></header>',
             f'<sim_specs method="Euler" time_units="Day"><start>0</start><stop>{model.days}</stop>'
             f"<dt>{dt!r}</dt></sim_specs>", "<model><variables>"]
    for k in sorted(model.reached):
        ends = "".join([*(f"<inflow>{name}</inflow>" for name in into[k]),
                        *(f"<outflow>{name}</outflow>" for name in out[k])])
        lines.append(f'<stock name="{model.names[k]}"><eqn>{float(model.opening[k])!r}</eqn>{ends}</stock>')
    lines += [f'<flow name="{name}"><eqn>{escape(text)}</eqn></flow>' for name, text in flows.items()]
    lines += [f'<aux name="{name}"><eqn>{escape(text)}</eqn></aux>' for name, text in auxiliaries.items()]
    return "\n".join([*lines, "</variables></model>", "</xmile>", ""])


def main(words: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Write the cut-down model as XMILE.")
    parser.add_argument("--to", type=Path, required=True, help="the file to write")
    parser.add_argument("--years", type=int, default=3, help="length of the run")
    parser.add_argument("--step", type=float, default=0.125, help="Euler's step in days")
    asked = parser.parse_args(words)
    model = translate(resolved(bar_case(1, asked.years, **CUT_DOWN)))
    asked.to.write_text(xmile(model, asked.step), encoding="utf-8")
    print(f"{asked.to}: {len(model.reached)} stocks, {len(model.flows)} flows")


if __name__ == "__main__":
    main()
