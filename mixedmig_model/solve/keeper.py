"""What a run on the reference path keeps as it goes.

It keeps daily sums, and all cells at weekly edges.
"""

import numpy as np
from scipy.sparse import csr_array

from mixedmig_model.equations.inside import Kinds
from mixedmig_model.equations.layout import Layout
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.daily import detention_sums, flow_sums, group_sums, queue_sums, stock_sums
from mixedmig_model.solve.problem import slices
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK


class Keeper:
    """Keeps the running totals of a run by day and week.

    Parameters
    ----------
    first : numpy.ndarray
        The integrated vector as the run opens.
    matrix : csr_array
        The incidence of the flow table.
    days : int
        Days of the run.
    """

    def __init__(self, layout: Layout, first: np.ndarray, matrix: csr_array, days: int) -> None:
        self.parts = slices(layout)
        opening = first[self.parts.stocks]
        self.layout, self.opening, self.matrix = layout, opening, matrix
        self.sums = (flow_sums(layout), queue_sums(layout), detention_sums(layout))
        self.of_stocks, self.of_groups = stock_sums(layout), group_sums(layout)
        self.weeks = np.array(sorted({*range(0, days, DAYS_A_WEEK), days}))
        self.week_totals = np.zeros((len(self.weeks), layout.flow_cells))
        self.day_stocks = np.zeros((days + 1, self.of_stocks.shape[0]))
        self.group_stocks = np.zeros((days + 1, self.of_groups.shape[0]))
        self.day_sums = [np.zeros((days + 1, part.shape[0])) for part in self.sums]
        block = self.parts.overdue.stop - self.parts.overdue.start
        self.overdue, self.identified = np.zeros((days + 1, block)), np.zeros((days + 1, block))
        self.keep(0, first)

    def keep(self, day: int, vector: np.ndarray) -> None:
        """Keep the running totals of one day.

        People identified in detention or overdue for release are kept too.
        """
        totals = vector[self.parts.totals]
        self.overdue[day] = np.maximum(vector[self.parts.overdue], 0.0)
        kinds = vector[self.parts.kinds].reshape(-1, self.identified.shape[1])
        self.identified[day] = np.maximum(Kinds._make(kinds).identified, 0.0)
        stocks = self.stocks(totals)
        self.day_stocks[day], self.group_stocks[day] = self.of_stocks @ stocks, self.of_groups @ stocks
        for kept, part in zip(self.day_sums, self.sums, strict=True):
            kept[day] = part @ totals
        week = int(np.searchsorted(self.weeks, day))
        if self.weeks[week] == day:
            self.week_totals[week] = totals

    def stocks(self, totals: np.ndarray) -> np.ndarray:
        """Return the stocks that running totals lead to, flat.

        Totals are of all flows; stocks are persons and officers.
        """
        return np.asarray(self.opening + self.matrix @ totals)

    def answer(self, options: Options, evaluations: int) -> Answer:
        """Return what was kept, as an answer."""
        flows, queues, detention = self.day_sums
        return Answer(
            self.layout, self.opening, self.weeks, week_totals=self.week_totals, day_stocks=self.day_stocks,
            day_totals=flows, queue_totals=queues, detention_totals=detention, group_stocks=self.group_stocks,
            identified=self.identified, evaluations=evaluations, options=options, overdue=self.overdue,
        )
