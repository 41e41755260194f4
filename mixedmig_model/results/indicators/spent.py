"""Time that people spent by group and place.

It has the people who set out, and the places of all who lived (``docs/model.md`` section 6).
"""

from functools import cached_property

import numpy as np

from mixedmig_model.equations.table import FLOWS
from mixedmig_model.results.measures import AT_SEA, ENTERED, labels, over_days, over_run, values, where_label
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.labels import STAGES

PRESSED_BACK = ("returned_induced", "returned_enforced", "turned_back")
SENT_BACK = ("returned_assisted", *PRESSED_BACK)
GONE = ("moving", "elsewhere")
SOLVED = ("resettled", "integrated", "repatriated", "regularised")
HOME = ("in_own_country",)
OFF_RECORD = ("irregular", "closed")
"""Stocks of people without a record, or with a closed claim."""
NOT_ON_RECORD = (*OFF_RECORD, *SENT_BACK, *GONE, *SOLVED, *HOME)
"""Stocks of people who are not in the procedure.

They came ashore, or were turned back.
"""
NEEDS_UNSEEN = ("registration", "screening", "counselling", "return", "limbo")
"""Stages without referral of people with specific needs."""
WITHOUT_PROTECTION = tuple(stage for stage in STAGES if stage != "protected")
"""Stages of people who do not have protection."""
LOST = (*OFF_RECORD, *SENT_BACK, *HOME)
"""Stocks of people without a record, sent back, or back home.

People with a closed claim are among those without a record.

They have neither protection nor a solution.
"""
LEAST_TIME = 1e-9
"""Person-days below which no share of them is computed."""


class TimeSpent:
    """Person-days by group and place of one run.

    They follow the trapezoidal rule on daily edges.

    Parameters
    ----------
    ds : RunNumbers
        One run.
    """

    def __init__(self, ds: RunNumbers) -> None:
        self.ds, self._moved = ds, dict[tuple[str, str | None], np.ndarray]()
        self._whole: dict[str, np.ndarray] = {}

    @cached_property
    def waiting(self) -> np.ndarray:
        """People in each stage, persons ``[day, S, G]``.

        They are at the edges of days.
        """
        return np.asarray(values(self.ds, "daily_waiting").sum(axis=3))

    @cached_property
    def stocks(self) -> np.ndarray:
        """People in each other stock, persons ``[day, K, G]``.

        They are at the edges of days.
        """
        return values(self.ds, "daily_stock")

    @cached_property
    def names(self) -> list[str]:
        """The other stocks."""
        return labels(self.ds, "stock")

    @cached_property
    def unsheltered(self) -> np.ndarray:
        """Person-days without shelter, ``[G]``."""
        return np.asarray(over_days(values(self.ds, "daily_unsheltered")))

    @cached_property
    def detained(self) -> np.ndarray:
        """Person-days in detention, ``[G]``."""
        return over_days(values(self.ds, "daily_detained").sum(axis=2))

    @cached_property
    def _in_stages(self) -> np.ndarray:
        """Person-days in each stage, ``[S, G]``."""
        return over_days(self.waiting)

    @cached_property
    def _in_stocks(self) -> np.ndarray:
        """Person-days in each other stock, ``[K, G]``."""
        return over_days(self.stocks)

    def in_stages(self, *stages: str) -> np.ndarray:
        """Return person-days on record in some stages, ``[G]``."""
        return np.asarray(self._in_stages[[STAGES.index(stage) for stage in stages]].sum(axis=0))

    def in_stocks(self, *names: str) -> np.ndarray:
        """Return person-days in some other stocks, ``[G]``."""
        return np.asarray(self._in_stocks[[self.names.index(name) for name in names]].sum(axis=0))

    def of_groups(self, groups: np.ndarray, stages: tuple[str, ...], stocks: tuple[str, ...]) -> float:
        """Return person-days of marked groups.

        They are in some stages and other stocks.
        """
        return float((self.in_stages(*stages) + self.in_stocks(*stocks))[groups].sum())

    @cached_property
    def potential(self) -> np.ndarray:
        """Person-days of survivors since they came ashore, ``[G]``.

        They count wherever people were.
        """
        return np.asarray(self.in_stages(*STAGES) + self.in_stocks(*NOT_ON_RECORD))

    def people(self, edge: int, stages: tuple[str, ...] = (), stocks: tuple[str, ...] = ()) -> np.ndarray:
        """Return people at an edge of a day, persons ``[G]``.

        They are in some stages and other stocks.
        """
        on_record = self.waiting[edge][[STAGES.index(stage) for stage in stages]].sum(axis=0)
        return np.asarray(on_record + self.stocks[edge][[self.names.index(name) for name in stocks]].sum(axis=0))

    @cached_property
    def set_out(self) -> np.ndarray:
        """People who set out, persons ``[G]``.

        They departed for the first time, entered with a claim, or were in the run as it began.
        """
        opening = self.people(0, STAGES, (*AT_SEA, *NOT_ON_RECORD))
        return np.asarray(opening + self.moved("departed", *ENTERED))

    def moved(self, *flows: str) -> np.ndarray:
        """Return people moved by flows over the run, persons ``[G]``."""
        return np.asarray(sum((self._over_run(flow) for flow in flows), np.zeros(len(self.unsheltered))))

    def _over_run(self, flow: str) -> np.ndarray:
        """Return people moved by a flow over the run, ``[G]``."""
        if flow not in self._whole:
            cells = over_run(self.ds, flow)
            others = tuple(n for n, dim in enumerate(cells.dims) if dim != "group")
            self._whole[flow] = np.asarray(cells.values.sum(axis=others))
        return self._whole[flow]

    def _weekly(self, flow: str, place: str | None = None) -> np.ndarray:
        """Return people moved by a flow in each week.

        They are persons ``[interval, G]``; ``place`` is the one that they left.
        """
        if (flow, place) not in self._moved:
            self._moved[flow, place] = self._moved_weekly(flow, place)
        return self._moved[flow, place]

    def _moved_weekly(self, flow: str, place: str | None) -> np.ndarray:
        """Compute people moved by a flow in each week."""
        variable = self.ds.variables[f"flow_{flow}"]
        dims, found = list(variable.dims), np.asarray(variable.values)
        if place is not None:
            found = np.take(found, [where_label(self.ds, "place", place)], axis=dims.index("place"))
        return np.asarray(found.sum(axis=tuple(n for n, dim in enumerate(dims) if dim not in ("interval", "group"))))

    @cached_property
    def _left(self) -> np.ndarray:
        """Days from the middle of each week to the end of the run.

        They are ``[interval, 1]``.
        """
        edges = (values(self.ds, "time") - values(self.ds, "time")[0]) / np.timedelta64(1, "D")
        return np.asarray(edges[-1] - 0.5 * (edges[:-1] + edges[1:]))[:, None]

    def after(self, stock: str, flows: tuple[str, ...] | None = None, place: str | None = None) -> np.ndarray:
        """Return person-days in a stock of people who came there.

        They came by some flows, or from one place. People who came earlier have been there longer; all are as likely to
        leave again.

        Parameters
        ----------
        stock : str
            The stock.
        flows : tuple[str, ...] | None, default None
            Flows into the stock, all if not given.
        place : str | None, default None
            The place that people left, all if not given.

        Returns
        -------
        numpy.ndarray
            Person-days ``[G]``.
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
