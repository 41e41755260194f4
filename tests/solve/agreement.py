"""How far two answers to one run are apart, in shares of what is allowed: stocks, indicators, the ledger, signs."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.measures import days_in_need, living, values, where_label
from mixedmig_model.solve.answer import Options
from mixedmig_model.solve.daily import daily_stock
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.problem import incidence
from mixedmig_model.solve.run import solve, solve_kernel

JUDGE = Options(rtol=1e-8, atol=1e-5)
"""The reference at a tolerance at which its own error is far below what is compared."""
SHARE = 0.005
MEDIANS = {
    "time_adrift": lambda facts: facts.adrift, "wait_registration": lambda facts: facts.waits("registration"),
    "wait_screening": lambda facts: facts.waits("screening"),
    "wait_determination": lambda facts: facts.waits("determination"),
}
"""Medians of waits. In random runs whose services open and shut, half of the people wait next to nothing and half for
weeks, and a hair decides which half is larger: the reference at its usual tolerance jumps too. There 0.5 % are a share
of the people: half a day from the waits that 49.5 % and 50.5 % of them did not exceed."""
FULL, FULL_SHARE = "reception_full_days", 0.98
"""Days on which places are nearly full: where a country has a place or two, one person, which is allowed, decides a
whole day. There the count must lie between those of one person more and one fewer in each country."""
PEOPLE = [stock.name for stock in STOCKS if stock.unit == "person"]


class Gap(NamedTuple):
    """How far two values are apart, and how far they may be."""

    what: str
    ours: float
    theirs: float
    allowed: float

    @property
    def part(self) -> float:
        """The distance as a share of what is allowed; infinite where only one is a number."""
        if np.isnan(self.ours) and np.isnan(self.theirs):
            return 0.0
        distance = abs(self.ours - self.theirs)
        return np.inf if np.isnan(distance) else float(distance / self.allowed)


def _within(waits, median):
    low, high = waits.quantile(0.5 - SHARE), waits.quantile(0.5 + SHARE)
    return low - 0.5, high + 0.5, low - 0.5 <= median <= high + 0.5


def _full_days(ds, persons):
    """Country-days on which reception is full, were there so many persons more in every country."""
    places = values(ds, "places_open")[:, where_label(ds, "kind", "reception")]
    people = np.maximum(living(ds, "reception", "unsheltered") + persons, 0.0)
    return float(days_in_need(people[:-1], people[1:], places, FULL_SHARE).sum())


def indicator_gaps(ours, theirs, by_people=False) -> Iterator[Gap]:
    """All that leads a report: 0.5 %, one person or half a day is allowed, whichever is larger.

    Args: by_people, in medians 0.5 % are a share of the people who waited, not of the days; days on which reception is
    full are those of one person more or fewer.
    """
    facts = Facts(ours), Facts(theirs)
    for indicator in BREACHES + HARMS + HEADLINES:
        value, judge = (indicator.compute(own) for own in facts)
        least = 1.0 if "person" in indicator.unit else 0.5 if "day" in indicator.unit else SHARE
        gap = Gap(indicator.key, value, judge, max(SHARE * abs(judge), least))
        if gap.part > 1.0 and by_people and indicator.key in MEDIANS and not np.isnan([value, judge]).any():
            one, other = (MEDIANS[indicator.key](own) for own in facts)
            if _within(one, judge)[2] or _within(other, value)[2]:
                gap = gap._replace(allowed=abs(value - judge))
        if gap.part > 1.0 and by_people and indicator.key == FULL:
            low, high = (_full_days(theirs, persons) for persons in (-1.0, 1.0))
            if low - least <= value <= high + least:
                gap = gap._replace(allowed=abs(value - judge))
        yield gap


def came(answer) -> float:
    """All people who entered the run. Persons, one at least."""
    opening = sum(answer.opening[answer.layout.stock_at[name][0]].sum() for name in PEOPLE)
    entered = sum(answer.week_totals[-1][answer.layout.flow_at[name][0]].sum() for name in ("departed", "displaced"))
    return max(float(opening + entered), 1.0)


def stock_gaps(ours, theirs, share=SHARE) -> Iterator[Gap]:
    """Every stock at its worst midnight; of staff a share of all staff is allowed, else a share of all who came."""
    everybody = came(theirs)
    for stock in STOCKS:
        mine, judge = (daily_stock(answer.layout, answer.day_stocks, stock.name) for answer in (ours, theirs))
        of_day = judge.reshape(len(judge), -1).sum(axis=1)
        whole = everybody if stock.unit == "person" else max(float(of_day.max()), 1.0)
        at = np.unravel_index(np.abs(mine - judge).argmax(), mine.shape)
        yield Gap(f"{stock.name} on day {at[0]}", float(mine[at]), float(judge[at]), share * whole)


def ledger_gap(answer) -> float:
    """The largest difference between stocks and what entered and left, as a share of all who came."""
    state = answer.opening + (incidence(answer.layout) @ answer.week_totals.T).T
    people = np.concatenate([np.arange(answer.layout.stock_cells)[answer.layout.stock_at[name][0]] for name in PEOPLE])
    return float(np.abs(state - answer.week_stocks)[:, people].max() / came(answer))


def least_number(answer) -> float:
    """The least stock, or flow between two midnights: nothing may be negative."""
    return float(min(
        answer.day_stocks.min(), answer.week_stocks.min(), np.diff(answer.week_totals, axis=0).min(),
        np.diff(answer.day_totals, axis=0).min(),
    ))


class Judged(NamedTuple):
    """A run by the kernel, against the reference."""

    stocks: Gap
    indicators: Gap
    ledger: float
    faults: list
    least: float

    def faulty(self) -> list[str]:
        """What is not as promised, in words; empty where all is."""
        found = [f"{gap.what}: {gap.ours:.6g} for {gap.theirs:.6g}, {gap.part:.3g} times what is allowed"
                 for gap in (self.stocks, self.indicators) if not gap.part <= 1.0]
        found += [str(fault) for fault in self.faults]
        found += [f"the ledger is open by {self.ledger:.3g} of all people"] if not self.ledger <= 1e-10 else []
        return found + ([f"the least number is {self.least:.3g}"] if not self.least >= 0.0 else [])


def judged(run) -> Judged:
    """Solve a run by the kernel and on the reference path, and compare them.

    The reference at its usual tolerance is a hundred times closer than what is asked; where it and the kernel disagree,
    it is asked again at a tighter one before the kernel is to blame.
    """
    ours = solve_kernel(run)
    first = _judged(run, ours, solve(run))
    return _judged(run, ours, solve(run, JUDGE)) if first.faulty() else first


def _judged(run, ours, theirs) -> Judged:
    one, other = to_dataset(run, ours), to_dataset(run, theirs)
    return Judged(
        max(stock_gaps(ours, theirs), key=lambda gap: gap.part),
        max(indicator_gaps(one, other, True), key=lambda gap: gap.part),
        ledger_gap(ours), check_ledger(one), least_number(ours),
    )
