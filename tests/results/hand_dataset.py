"""A consistent Dataset of a run made by hand: say who moves when, and all stocks and sums follow. No solver."""

import json
from collections.abc import Mapping

import numpy as np
import xarray as xr

from mixedmig_model.equations.table import FLOWS, SERVED, STOCKS
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, READ_BY_RESULTS
from mixedmig_model.solve.daily import BY_GROUP
from mixedmig_model.vocabulary.labels import FUNCTIONS, GRADES, PLACES, STAGES

ROW = {row.name: row for row in FLOWS}
VULNERABLE = {"survivor", "ill", "older", "disability", "pregnant"}
INPUTS = {name: 0.0 for name in READ_BY_RESULTS} | {name: 1.0 for name in CATALOGUE if name.startswith("law.")} | {
    "detention.time_limit": 30.0, "appeal.legal_aid_share": 0.5, "return.readmission_share": 0.6, "sharing.key": 1.0,
    "closing.officers": 0.0,
    "staff.recruitment_time": 84.0, "staff.desk_lead_time": 10.0, "standards.persons_per_toilet": 20.0,
    "standards.registration_time": 3.0, "standards.screening_time": 10.0, "standards.decision_time": 180.0,
    "standards.place_of_safety_time": 3.0, "standards.water": 15.0, "irregular.housed_share": 0.0,
}
GROUPS = {
    "refugee": ("international",), "child": ("international", "child"), "child_alone": ("other", "child", "alone"),
    "trafficked": ("other", "trafficked"), "migrant": ("none",),
}


class Hand:
    """A run of some days; ``move`` people by rows, then ask for the ``dataset``."""

    def __init__(
        self, days: int, countries: tuple[str, ...] = ("here",),
        groups: Mapping[str, tuple[str, ...]] | None = None, **inputs: float,
    ):
        self.days, self.groups = days, dict(groups or GROUPS)
        self.labels = {
            "stage": STAGES, "place": PLACES, "group": tuple(self.groups), "country": countries,
            "destination": countries, "function": FUNCTIONS, "grade": GRADES,
        }
        self.inputs = INPUTS | {name.replace("__", "."): value for name, value in inputs.items()}
        self.opening = {stock.name: np.zeros(self.shape(stock.axes)) for stock in STOCKS}
        self.flows = {row.name: np.zeros((days, *self.shape(row.axes))) for row in FLOWS}
        services = (days, len(FUNCTIONS), len(countries))
        self.services = {
            "service_capacity": np.full(services, 1e9), "staff_target": np.full(services, 10.0),
            "staff_effective": np.full(services, 10.0), "work_needed": np.zeros(services),
        }
        self.places = np.full((days, 3, len(countries)), 1e6)

    def shape(self, axes):
        return tuple(len(self.labels[axis]) for axis in axes)

    def cell(self, axes, given):
        """Index of a cell; the first group and country where none is named, all labels for '*'."""
        first = {"group": self.labels["group"][0], "country": self.labels["country"][0], "place": "reception"}
        assert set(given) <= set(axes), (given, axes)
        return tuple(
            slice(None) if given.get(axis) == "*" else self.labels[axis].index(given.get(axis, first.get(axis)))
            for axis in axes
        )

    def open(self, stock: str, persons: float, **cell: str) -> "Hand":
        """People (or staff) in a stock at the opening."""
        axes = next(s.axes for s in STOCKS if s.name == stock)
        self.opening[stock][self.cell(axes, cell)] += persons
        return self

    def move(self, row: str, day: int | slice, persons, **cell: str) -> "Hand":
        """Move people by a row, evenly during a day, or during each of some days."""
        self.flows[row][(day, *self.cell(ROW[row].axes, cell))] += persons
        return self

    def at_end(self, row: str, end: str) -> np.ndarray | None:
        """What a row takes out of or puts into each cell of its stock, ``[D, ...]``."""
        what = ROW[row]
        name, fixed = (what.source, what.at_source) if end == "source" else (what.sink, what.at_sink)
        if name is None or what.count:
            return None
        moved, axes = self.flows[row], list(what.axes)
        wanted = next(s.axes for s in STOCKS if s.name == name)
        if "destination" in axes:
            dropped = "country" if end == "sink" else "destination"
            moved = moved.sum(axis=1 + axes.index(dropped))
            axes.remove(dropped)
            axes = ["country" if axis == "destination" else axis for axis in axes]
        for axis in [axis for axis in axes if axis not in wanted or axis in fixed]:
            moved = moved.sum(axis=1 + axes.index(axis))
            axes.remove(axis)
        order = [axis for axis in wanted if axis in axes]
        moved = moved.transpose(0, *(1 + axes.index(axis) for axis in order))
        result = np.zeros((self.days, *self.shape(wanted)))
        index = tuple(self.labels[a].index(fixed[a]) if a in fixed else slice(None) for a in wanted)
        result[(slice(None), *index)] = moved
        return result

    def stocks(self) -> dict[str, np.ndarray]:
        """Every stock at the daily edges."""
        change = {stock.name: np.zeros((self.days, *self.shape(stock.axes))) for stock in STOCKS}
        for row in FLOWS:
            for end, sign in (("source", -1.0), ("sink", 1.0)):
                part = self.at_end(row.name, end)
                if part is not None:
                    change[row.source if end == "source" else row.sink] += sign * part
        return {
            name: np.concatenate([start[None], start + np.cumsum(change[name], axis=0)])
            for name, start in self.opening.items()
        }

    def dataset(self) -> xr.Dataset:
        """The Dataset, as a solved run has it."""
        edges = np.array(sorted({*range(0, self.days, 7), self.days}))
        stocks = self.stocks()
        variables = {}
        for stock in STOCKS:
            marks = {"units": stock.unit, "kind": "stock", "long_name": stock.description}
            variables[stock.name] = (("time", *stock.axes), stocks[stock.name][edges], marks)
            kept = tuple(axis for axis in stock.axes if axis != "group")
            summed = stocks[stock.name]
            if "group" in stock.axes:
                summed = summed.sum(axis=1 + stock.axes.index("group"))
            variables[f"daily_{stock.name}"] = (("day", *kept), summed)
        for row in FLOWS:
            weekly = np.add.reduceat(self.flows[row.name], edges[:-1], axis=0)
            marks = {
                "units": row.unit, "kind": "count" if row.count else "flow", "source": row.source or "",
                "sink": row.sink or "", "at_source": json.dumps(dict(row.at_source)),
                "at_sink": json.dumps(dict(row.at_sink)),
            }
            variables[f"flow_{row.name}"] = (("interval", *row.axes), weekly, marks)
        coordinates = self.coordinates(edges)
        variables |= self.daily_flows(coordinates) | self.queues(stocks["people"]) | self.marks()
        variables |= self.by_group(stocks)
        return xr.Dataset(variables, coordinates)

    def coordinates(self, edges):
        start, day = np.datetime64("2030-01-01", "ns"), np.timedelta64(1, "D")
        return {
            "time": start + edges * day, "interval": start + edges[:-1] * day,
            "day": start + np.arange(self.days + 1) * day, "day_interval": start + np.arange(self.days) * day,
            **{axis: list(names) for axis, names in self.labels.items()},
            "kind": ["reception", "detention", "alternative"], "stock": [stock.name for stock in BY_GROUP],
        }

    @staticmethod
    def by_group(stocks):
        """Stocks by group, all countries together."""
        kept = [stocks[s.name].sum(axis=2) if "country" in s.axes else stocks[s.name] for s in BY_GROUP]
        outside = stocks["people"][:, :, PLACES.index("unsheltered")].sum(axis=(1, 3))
        return {
            "daily_stock": (("day", "stock", "group"), np.stack(kept, axis=1)),
            "daily_unsheltered": (("day", "group"), outside),
        }

    def daily_flows(self, coordinates):
        def by(row, *axes):
            own = ROW[row].axes
            return self.flows[row].sum(axis=tuple(1 + n for n, axis in enumerate(own) if axis not in axes))

        rows = [row.name for row in FLOWS if "country" in row.axes and "function" not in row.axes]
        region = [row.name for row in FLOWS if "country" not in row.axes and "function" not in row.axes]
        coordinates["row"], coordinates["region_row"] = rows, region
        pair = ("day_interval", "country", "destination")
        onward = by("arrived_onward", "country", "destination")
        return {
            "daily_flow": (("day_interval", "row", "country"), np.stack([by(row, "country") for row in rows], axis=1)),
            "daily_flow_region": (("day_interval", "region_row"), np.stack([by(row) for row in region], axis=1)),
            "daily_onward": (pair, onward + by("arrived_onward_unrecorded", "country", "destination")),
            "daily_transferred": (pair, by("transferred", "country", "destination")),
        }

    def queues(self, people):
        """Entries, services and losses of stages, and of detention."""
        shape = (self.days, *self.shape(("stage", "group", "country")))
        kinds = {name: np.zeros(shape) for name in ("entered", "served", "lost")}
        detained = {name: np.zeros((self.days, *shape[2:])) for name in ("entered", "left")}
        served = {row for rows in SERVED.values() for row in rows}
        inside = PLACES.index("detention")
        for row in FLOWS:
            parts = {}
            for end, stock in (("source", row.source), ("sink", row.sink)):
                part = self.at_end(row.name, end) if stock == "people" else None
                parts[end] = np.zeros((self.days, *people.shape[1:])) if part is None else part
            out, into = parts["source"], parts["sink"]
            if row.count:
                continue
            within = row.source == row.sink == "people" and "destination" not in row.axes
            by_stage = out.sum(axis=2), into.sum(axis=2)
            if not (within and np.allclose(*by_stage)):
                kinds["served" if row.name in served else "lost"] += by_stage[0]
                kinds["entered"] += by_stage[1]
            by_place = out.sum(axis=1)[:, inside], into.sum(axis=1)[:, inside]
            if not (within and np.allclose(*by_place)):
                detained["left"] += by_place[0]
                detained["entered"] += by_place[1]
        limited = self.flows["released_by_limit"].sum(axis=1)
        axes, queue = ("day_interval", "group", "country"), ("day_interval", "stage", "group", "country")
        return {
            **{f"daily_{name}": (queue, value) for name, value in kinds.items()},
            "daily_waiting": (("day", *queue[1:]), people.sum(axis=2)),
            "daily_detained": (("day", *axes[1:]), people[:, :, inside].sum(axis=1)),
            "daily_detention_entered": (axes, detained["entered"]),
            "daily_detention_left": (axes, detained["left"] - limited),
            "daily_detention_limit_released": (axes, limited),
        }

    def marks(self):
        """Services, places, inputs, and what the groups are."""
        flags = {name: set(record[1:]) for name, record in self.groups.items()}
        needs = [record[0] for record in self.groups.values()]
        signs = {
            "child": [("child" in f) for f in flags.values()], "alone": [("alone" in f) for f in flags.values()],
            "trafficked": [("trafficked" in f) for f in flags.values()],
            "vulnerable": [bool(f & VULNERABLE) for f in flags.values()],
            "in_need": [
                need != "none" or bool(f & ({"trafficked"} | VULNERABLE)) or {"child", "alone"} <= f
                for need, f in zip(needs, flags.values(), strict=True)
            ],
        }
        each = (self.days, len(self.labels["country"]))
        return {
            **{name: (("day_interval", "function", "country"), value) for name, value in self.services.items()},
            "places_open": (("day_interval", "kind", "country"), self.places),
            **{
                f"input_{name.replace('.', '_')}": (("day_interval", "country"), np.broadcast_to(value, each).copy())
                for name, value in self.inputs.items()
            },
            "group_need": ("group", needs), "group_title": ("group", list(self.groups)),
            **{f"group_{name}": ("group", values) for name, values in signs.items()},
        }
