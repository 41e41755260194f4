"""What a run on the reference path leaves behind as it goes: daily sums, and all cells at weekly edges."""

import numpy as np
from scipy.sparse import csr_array

from mixedmig_model.equations.layout import Layout
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.daily import detention_sums, flow_sums, queue_sums, stock_sums
from mixedmig_model.solve.problem import slices
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK


class Keeper:
    """Keeps the running totals of a run by day and week.

    Args: opening stocks, flat; matrix, the incidence of the flow table; days, of the run.
    """

    def __init__(self, layout: Layout, opening: np.ndarray, matrix: csr_array, days: int) -> None:
        self.layout, self.opening, self.matrix = layout, opening, matrix
        self.sums = (flow_sums(layout), queue_sums(layout), detention_sums(layout))
        self.of_stocks = stock_sums(layout)
        self.weeks = np.array(sorted({*range(0, days, DAYS_A_WEEK), days}))
        self.week_totals = np.zeros((len(self.weeks), layout.flow_cells))
        self.day_stocks = np.zeros((days + 1, self.of_stocks.shape[0]))
        self.day_sums = [np.zeros((days + 1, part.shape[0])) for part in self.sums]
        self.parts = slices(layout)
        self.overdue = np.zeros((days + 1, self.parts.overdue.stop - self.parts.overdue.start))
        self.keep(0, np.zeros(self.parts.totals.stop))

    def keep(self, day: int, vector: np.ndarray) -> None:
        """Keep the running totals of one day, and who is overdue for release."""
        totals, self.overdue[day] = vector[self.parts.totals], np.maximum(vector[self.parts.overdue], 0.0)
        self.day_stocks[day] = self.of_stocks @ self.stocks(totals)
        for kept, part in zip(self.day_sums, self.sums, strict=True):
            kept[day] = part @ totals
        week = int(np.searchsorted(self.weeks, day))
        if self.weeks[week] == day:
            self.week_totals[week] = totals

    def stocks(self, totals: np.ndarray) -> np.ndarray:
        """The stocks (persons, officers) that running totals of all flows lead to, flat."""
        return np.asarray(self.opening + self.matrix @ totals)

    def answer(self, options: Options, evaluations: int) -> Answer:
        """What was kept, as an answer."""
        flows, queues, detention = self.day_sums
        return Answer(
            self.layout, self.opening, self.weeks, week_totals=self.week_totals, day_stocks=self.day_stocks,
            day_totals=flows, queue_totals=queues, detention_totals=detention, evaluations=evaluations,
            options=options, overdue=self.overdue,
        )
