"""Published arithmetic reproduced.

Lines go through the arithmetic of costs, break-evens through root-finding; the rest are small runs. Nothing here is
tuned: a file says which of its numbers was chosen with a published figure in view. A figure that is missed is called
missed, explained or not (``docs/reproduce.md``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from mixedmig_model.inputs.costs.schema import MoneyFile
from mixedmig_model.inputs.observations.figure_units import result_unit, unit_ratio
from mixedmig_model.inputs.observations.reproduce import Reproduction
from mixedmig_model.inputs.observations.schema import Balance, FigureCheck, PublishedLine
from mixedmig_model.results.costs.lines import QUANTITY_DIGITS, CostRun, line_cents
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Pricing
from mixedmig_model.study.reproduce.runs import Runs
from mixedmig_model.vocabulary.calendar import run_calendar

ROUNDING = 1e-9
"""What a miss may exceed its tolerance by.

It covers rounding of floating point, never of a figure.
"""
NO_DAY = date(2000, 1, 1)
"""A first day for sums that no calendar dates."""


class NoBreakEvenError(RuntimeError):
    """A balance has no root: one side is larger throughout."""


@dataclass(frozen=True)
class Reproduced:
    """One published figure next to ours, in the unit published.

    ``miss`` is the share by which ours lies beyond the nearer end of what is published, 0 inside it. ``solved`` names
    numbers that were solved for so that the figure comes out.
    """

    file: str
    name: str
    check: FigureCheck
    ours: float
    solved: dict[str, float] = field(default_factory=dict)

    @property
    def miss(self) -> float:
        """Ours over the nearer end of what is published, less one."""
        low, high = self.check.published.ends
        nearest = min(max(self.ours, low), high)
        return 0.0 if self.ours == nearest else self.ours / nearest - 1.0

    @property
    def missed(self) -> bool:
        """Whether ours is missed.

        It lies further beyond what is published than its tolerance.
        """
        return abs(self.miss) > self.check.published.tolerance + ROUNDING

    @property
    def failed(self) -> bool:
        """Whether the figure is missed and nothing explains why."""
        return self.missed and not self.check.explained.strip()

    def as_record(self) -> dict[str, Any]:
        """Return the comparison as a plain record.

        It is for programs (``--json``).
        """
        published = self.check.published
        return {
            "file": self.file, "check": self.name, "title": self.check.title, "evidence": self.check.evidence,
            "target": published.value, "low": published.ends[0], "high": published.ends[1], "unit": published.unit,
            "basis": published.basis, "source": published.source, "tolerance": published.tolerance, "ours": self.ours,
            "miss": self.miss, "missed": self.missed, "explained": self.check.explained if self.missed else "",
            "failed": self.failed, "solved": self.solved,
        }


def reproduce(files: Sequence[Reproduction], progress: Callable[[str], None] | None = None) -> list[Reproduced]:
    """Reproduce every figure of some files.

    Parameters
    ----------
    files : Sequence[Reproduction]
        Files of published arithmetic.
    progress : Callable[[str], None] | None, default None
        Called with the name of each case before it is run.

    Returns
    -------
    list[Reproduced]
        A comparison for each figure.

    Raises
    ------
    NoBreakEvenError
        Where there is no break-even.
    SolveError
        Where a run cannot be solved.
    """
    results = []
    for file in files:
        runs = Runs(file, progress)
        results += [_reproduced(file.name, name, check, runs) for name, check in file.file.checks.items()]
    return results


def _reproduced(file: str, name: str, check: FigureCheck, runs: Runs) -> Reproduced:
    """Reproduce one figure, in the published unit."""
    if check.break_even is not None:
        return _balanced(file, name, check, check.break_even)
    if check.run is not None:
        ours, unit = runs.figure(check.run), result_unit(check, runs.currency(check.run))
    else:
        assert check.lines is not None
        ours, unit = added_up(check.lines), result_unit(check)
        if check.divided_by is not None:
            ours /= check.divided_by.quantity
        if check.divided_by_lines is not None:
            ours /= added_up(check.divided_by_lines)
    return Reproduced(file, name, check, ours * unit_ratio(unit, check.published.unit))


def added_up(lines: Sequence[PublishedLine]) -> float:
    """Return the sum of lines in their currency.

    It uses the arithmetic of costs: units x price in whole cents, then added up.
    """
    units = np.round(np.array([line.quantity for line in lines]), QUANTITY_DIGITS)[:, None, None]
    price = np.array([line.price for line in lines])[:, None, None]
    pricing = as_published(lines)
    return CostRun(pricing, run_calendar(NO_DAY, 1), units, price=price, cents=line_cents(units, price, pricing),
                   financial=True, nominal=False).total


def as_published(lines: Sequence[PublishedLine]) -> Pricing:
    """Return prices of lines as they stand.

    There is one payer, nothing converted, no contingency, no support cost.
    """
    rate = {"value": 0.0, "range": (0.0, 0.0), "unit": "share", "source": "model", "quality": "assumption"}
    rates = ("inflation", "discount_rate", "contingency", "support_cost", "exchange_rate_spread",
             "assumed_share_limit", "small_cell")
    money = MoneyFile.model_validate({
        "schema": 1, "base_currency": lines[0].currency, "base_year": lines[0].price_year or NO_DAY.year,
        "deflators": {}, "exchange_rates": {}, "supported_payers": (), "funding_coverage": {}, "disbursement_delay": {},
        **dict.fromkeys(rates, rate),
    })
    price = np.array([[line.price] for line in lines])
    payers = np.zeros((len(lines), len(PAYER_NAMES)))
    payers[:, 0] = 1.0
    return Pricing((), ("all",), NO_DAY, price=price, low=price, high=price, payers=payers, money=money,
                   fiscal_start=(1,))


def _balanced(file: str, name: str, check: FigureCheck, balance: Balance) -> Reproduced:
    """Reproduce a break-even.

    Where no share of time is given, it is solved for so that the published figure comes out.
    """
    if balance.time_share is not None:
        return Reproduced(file, name, check, deterred_at_break_even(balance, balance.time_share, balance.years))
    target = check.published.value

    def gap(time_share: float) -> float:
        return deterred_at_break_even(balance, time_share, balance.years) - target

    share = _root(gap, f"{file}: {name}: no share of time in the system gives {target:g}")
    ours = deterred_at_break_even(balance, share, balance.years)
    return Reproduced(file, name, check, ours, {"time_share": share})


def saved_on_each(balance: Balance, time_share: float, years: float) -> float:
    """Return what is saved on each person deterred.

    It is in the currency of the lines, at a time in the system (years).
    """
    return added_up(balance.saved) * (1.0 - time_share + time_share * years / balance.priced_years)


def deterred_at_break_even(balance: Balance, time_share: float, years: float) -> float:
    """Return the share deterred at break-even.

    There (1 - deterred) x spent = saved. Raises NoBreakEvenError where there is none.
    """
    spent, saved = added_up(balance.spent), saved_on_each(balance, time_share, years)
    text = f"no share deterred balances {saved:g} of {spent:g}"
    return _root(lambda deterred: (1.0 - deterred) * spent - saved, text)


def _root(gap: Callable[[float], float], text: str) -> float:
    """Return where a function of a share is zero.

    Raises NoBreakEvenError with ``text`` where it has one sign throughout.
    """
    from scipy.optimize import brentq

    if gap(0.0) * gap(1.0) > 0.0:
        raise NoBreakEvenError(text)
    return float(brentq(gap, 0.0, 1.0, xtol=1e-12))
