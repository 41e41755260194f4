"""Time that people spent by group and place, and who set out: the places of everybody who lived (``model.md`` 6)."""

from functools import cached_property

import numpy as np

from mixedmig_model.equations.table import FLOWS
from mixedmig_model.results.measures import AT_SEA, labels, values, where_label
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.labels import STAGES

PRESSED_BACK = ("returned_induced", "returned_enforced", "turned_back")
SENT_BACK = ("returned_assisted", *PRESSED_BACK)
GONE = ("moving", "elsewhere")
SOLVED = ("resettled", "integrated", "repatriated", "regularised")
NOT_ON_RECORD = ("irregular", *SENT_BACK, *GONE, *SOLVED)
"""Stocks of people who came ashore, or were turned back, and are not in the procedure."""
NEEDS_UNSEEN = ("registration", "screening", "counselling", "return", "limbo")
"""Stages in which nobody has referred people with specific needs."""
WITHOUT_PROTECTION = tuple(stage for stage in STAGES if stage != "protected")
"""Stages of people who do not have protection."""
LOST = ("irregular", *SENT_BACK)
"""Stocks of people without a record, or sent back: they have neither protection nor a solution."""
LEAST_TIME = 1e-9
"""Person-days below which no share of them is worked out."""


class TimeSpent:
    """Person-days by group and place of one run, by the trapezoidal rule on daily edges. Args: ds, one run."""

    def __init__(self, ds: RunNumbers) -> None:
        self.ds, self._moved = ds, dict[tuple[str, str | None], np.ndarray]()

    @cached_property
    def waiting(self) -> np.ndarray:
        """People in each stage at the edges of days, persons ``[day, S, G]``."""
        return np.asarray(values(self.ds, "daily_waiting").sum(axis=3))

    @cached_property
    def stocks(self) -> np.ndarray:
        """People in each other stock at the edges of days, persons ``[day, K, G]``."""
        return values(self.ds, "daily_stock")

    @cached_property
    def names(self) -> list[str]:
        """The other stocks."""
        return labels(self.ds, "stock")

    @cached_property
    def unsheltered(self) -> np.ndarray:
        """Person-days without shelter, ``[G]``."""
        return np.asarray(np.trapezoid(values(self.ds, "daily_unsheltered"), axis=0))

    @cached_property
    def detained(self) -> np.ndarray:
        """Person-days in detention, ``[G]``."""
        return np.asarray(np.trapezoid(values(self.ds, "daily_detained").sum(axis=2), axis=0))

    @cached_property
    def _in_stages(self) -> np.ndarray:
        """Person-days in each stage, ``[S, G]``."""
        return np.asarray(np.trapezoid(self.waiting, axis=0))

    @cached_property
    def _in_stocks(self) -> np.ndarray:
        """Person-days in each other stock, ``[K, G]``."""
        return np.asarray(np.trapezoid(self.stocks, axis=0))

    def in_stages(self, *stages: str) -> np.ndarray:
        """Person-days on record in some stages, ``[G]``."""
        return np.asarray(self._in_stages[[STAGES.index(stage) for stage in stages]].sum(axis=0))

    def in_stocks(self, *names: str) -> np.ndarray:
        """Person-days in some other stocks, ``[G]``."""
        return np.asarray(self._in_stocks[[self.names.index(name) for name in names]].sum(axis=0))

    def of_groups(self, groups: np.ndarray, stages: tuple[str, ...], stocks: tuple[str, ...]) -> float:
        """Person-days of marked groups in some stages and other stocks."""
        return float((self.in_stages(*stages) + self.in_stocks(*stocks))[groups].sum())

    @cached_property
    def potential(self) -> np.ndarray:
        """Person-days of survivors since they came ashore, wherever they were, ``[G]``."""
        return np.asarray(self.in_stages(*STAGES) + self.in_stocks(*NOT_ON_RECORD))

    def people(self, edge: int, stages: tuple[str, ...] = (), stocks: tuple[str, ...] = ()) -> np.ndarray:
        """People in some stages and other stocks at an edge of a day, persons ``[G]``."""
        on_record = self.waiting[edge][[STAGES.index(stage) for stage in stages]].sum(axis=0)
        return np.asarray(on_record + self.stocks[edge][[self.names.index(name) for name in stocks]].sum(axis=0))

    @cached_property
    def set_out(self) -> np.ndarray:
        """People who departed for the first time, and all who were in the run as it began, persons ``[G]``."""
        opening = self.people(0, STAGES, (*AT_SEA, *NOT_ON_RECORD))
        return np.asarray(opening + self.moved("departed"))

    def moved(self, *flows: str) -> np.ndarray:
        """People moved by flows over the run, persons ``[G]``."""
        return np.asarray(sum((self._weekly(flow).sum(axis=0) for flow in flows), np.zeros(len(self.unsheltered))))

    def _weekly(self, flow: str, place: str | None = None) -> np.ndarray:
        """People moved by a flow in each week, persons ``[interval, G]``. Args: place, the one that they left."""
        if (flow, place) not in self._moved:
            self._moved[flow, place] = self._moved_weekly(flow, place)
        return self._moved[flow, place]

    def _moved_weekly(self, flow: str, place: str | None) -> np.ndarray:
        """The same, worked out."""
        variable = self.ds.variables[f"flow_{flow}"]
        dims, found = list(variable.dims), np.asarray(variable.values)
        if place is not None:
            found = np.take(found, [where_label(self.ds, "place", place)], axis=dims.index("place"))
        return np.asarray(found.sum(axis=tuple(n for n, dim in enumerate(dims) if dim not in ("interval", "group"))))

    @cached_property
    def _left(self) -> np.ndarray:
        """Days from the middle of each week to the end of the run, ``[interval, 1]``."""
        edges = (values(self.ds, "time") - values(self.ds, "time")[0]) / np.timedelta64(1, "D")
        return np.asarray(edges[-1] - 0.5 * (edges[:-1] + edges[1:]))[:, None]

    def after(self, stock: str, flows: tuple[str, ...] | None = None, place: str | None = None) -> np.ndarray:
        """Person-days in a stock of people who came there by some flows, or out of one place, ``[G]``.

        Whoever came earlier has been there longer; all are as likely to leave again. Args: flows, all ways into the
        stock if not given; place, all if not given.
        """
        ways = [flow for flow in FLOWS if flow.sink == stock and not flow.count]
        days = float(len(self.stocks) - 1)
        whole = self.people(0, stocks=(stock,)) * days
        own = np.zeros_like(whole)
        for way in ways:
            every = (self._weekly(way.name) * self._left).sum(axis=0)
            whole = whole + every
            if flows is None or way.name in flows:
                own = own + (every if place is None else (self._weekly(way.name, place) * self._left).sum(axis=0))
        share = np.where(whole > LEAST_TIME, own / np.maximum(whole, LEAST_TIME), 0.0)
        return np.asarray(share * self.in_stocks(stock))
