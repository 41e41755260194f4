"""What a run costs, in lines of whole cents.

Lines are by item, month, country and payer, so that totals are sums of their lines. Order of counting: units billed x
price = a line, rounded to cents and shared among payers without losing one. Contingency follows on the lines of each
payer. Then comes the support cost that agencies charge on lines and contingency together, once (``domain`` rules in
``docs/costs.md``). Months of a price for a year are rounded so that a year is its price. A line that is negative, or
too large to count to the cent, stops the costing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import xarray as xr

from mixedmig_model.inputs.costs.schema import CostItem, OwnCost
from mixedmig_model.results.costs.billing import at_least_none, billed, by_the_year
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Line, Pricing
from mixedmig_model.results.costs.quantities import Quantities, Together
from mixedmig_model.results.measures import values
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.calendar import Calendar, fiscal_years, run_calendar

CENTS = 100.0
QUANTITY_DIGITS, YEAR_DIGITS = 6, 12
"""Decimals of billed units.

What a spreadsheet shows is what was multiplied. A twelfth of a year needs more.
"""
MOST_CENTS = 2.0**53
"""The largest line, in cents.

Beyond it a computer's numbers do not hold every whole one.
"""
MOST_TOGETHER = 2.0**62
"""The largest total, in cents."""
HAIR = 1e-15
"""Share of a number that its own arithmetic may have lost."""
CONTINGENCY, SUPPORT = "contingency", "support_cost"


class MoneyRangeError(RuntimeError):
    """Raised for a cost that cannot be counted, or is negative.

    It cannot be counted to the cent; the message says which cost and why.
    """


@dataclass(frozen=True)
class CostRun:
    """The costs of one run.

    ``units`` is ``[I, M, C]``; ``cents`` is ``[I + 2, M, C, P]``: items, contingency, support cost. ``price`` ``[I, M,
    C]`` is in base currency, of the base year or, nominal, of the year of each month.
    """

    pricing: Pricing
    calendar: Calendar
    units: np.ndarray
    price: np.ndarray
    cents: np.ndarray
    financial: bool
    nominal: bool

    @property
    def items(self) -> list[str]:
        """Names of the lines: items, contingency, support cost."""
        return [*self.pricing.names, CONTINGENCY, SUPPORT]

    @property
    def total(self) -> float:
        """Everything, in base currency: undiscounted."""
        return int(self.cents.sum()) / CENTS

    def by(self, *axes: str) -> np.ndarray:
        """Return cents summed to some of the axes.

        Axes are item, month, country and payer, in that order; cents are whole numbers.
        """
        names = ("item", "month", "country", "payer")
        return np.asarray(self.cents.sum(axis=tuple(k for k, name in enumerate(names) if name not in axes)))

    def discounted(self, rate: float) -> float:
        """Return the present value at the start of the run.

        Parameters
        ----------
        rate : float
            Discount rate (1/year).

        Returns
        -------
        float
            Money in base currency.
        """
        return float((self.by("month") * (1.0 + rate) ** -self.calendar.middles).sum()) / CENTS

    def fiscal_years(self) -> dict[str, int]:
        """Return cents by fiscal year of each country.

        A fiscal year is labelled by the calendar year in which it ends.
        """
        cents = self.by("month", "country")
        years = fiscal_years(self.calendar.months, self.pricing.fiscal_start)
        return {str(year): int(cents[years == year].sum()) for year in np.unique(years)}

    @property
    def assumed_share(self) -> float:
        """Share of the cost of items on prices without a source."""
        return self._share_on(self.pricing.assumed)

    @property
    def derived_share(self) -> float:
        """Share of the cost of items on derived prices."""
        return self._share_on(self.pricing.derived)

    def _share_on(self, prices: np.ndarray) -> float:
        """Return the share of the cost of items on some prices."""
        direct = self.cents[: len(self.pricing.lines)].sum(axis=(1, 3))
        whole = float(direct.sum())
        return float(direct[prices].sum()) / whole if whole else float("nan")

    def dataset(self) -> xr.Dataset:
        """Return the lines as a labelled Dataset.

        It has ``cost`` in cents, ``units`` and ``price`` by item, month and country.
        """
        names = self.items
        currency = self.pricing.money.base_currency
        coords = {
            "item": names, "priced_item": names[:-2], "country": list(self.pricing.countries),
            "month": np.array(self.calendar.months, dtype="datetime64[ns]"), "payer": list(PAYER_NAMES),
        }
        text = {"units": f"{currency} cent", "long_name": "cost by item, month, country and payer"}
        cost = (("item", "month", "country", "payer"), self.cents, text)
        axes = ("priced_item", "month", "country")
        return xr.Dataset({
            "cost": cost,
            "billed": (axes, self.units, {"units": "1", "long_name": "units billed, of the unit of each item's price"}),
            "price": (axes, self.price, {"units": currency, "long_name": "price of a unit"}),
        }, coords, {
            "base_currency": currency, "base_year": self.pricing.money.base_year,
            "view": "financial" if self.financial else "economic", "prices": "nominal" if self.nominal else "real",
        })


def cost_run(
    ds: RunNumbers, pricing: Pricing, financial: bool = True, nominal: bool = False,
    quantities: Quantities | None = None,
) -> CostRun:
    """Cost one run.

    Source: ``docs/costs.md``.

    Parameters
    ----------
    ds : RunNumbers
        A run.
    pricing : Pricing
        Items with their prices.
    financial : bool, default True
        Count cash: capital when it is paid, without donated goods. If False, count economic costs: capital spread over
        its life, donated goods and volunteers counted.
    nominal : bool, default False
        Use prices of each year; if False, of the base year.
    quantities : Quantities | None, default None
        Quantities of the run, if they have been computed before.

    Returns
    -------
    CostRun
        The costs.

    Raises
    ------
    MoneyRangeError
        Where a line cannot be counted to the cent.
    """
    quantities = quantities or Quantities(ds)
    months = run_calendar(pricing.start, len(values(ds, "day_interval")))
    units = units_billed(quantities, pricing, months, financial)
    years = np.array([month.year for month in months.months], dtype=float)
    since = years - pricing.money.base_year if nominal else 0.0 * years
    price = pricing.price[:, None, :] * (1.0 + pricing.money.inflation.value) ** since[None, :, None]
    return CostRun(pricing, months, units, price=price, cents=line_cents(units, price, pricing), financial=financial,
                   nominal=nominal)


def units_billed(quantities: Quantities | Together, pricing: Pricing, months: Calendar, financial: bool) -> np.ndarray:
    """Return the units billed of each item.

    They are ``[..., I, M, C]``, rounded to ``QUANTITY_DIGITS`` (``rounded_units``). An item of another route has none.
    """
    if any(pricing.by_sea):
        quantities = quantities.seen_at_sea(pricing.by_sea)
    rate = pricing.money.discount_rate.value
    hidden = "economic" if financial else "financial"
    shares, level = months.month_shares, cache(lambda name: at_least_none(quantities[name]))
    by_item = []
    for line in pricing.lines:
        if isinstance(line.record, OwnCost):
            daily = own_units(line.record, pricing, months)
        else:
            daily = billed(line.record, quantities.__getitem__, financial, discount_rate=rate, month_shares=shares,
                           level=level)
        here = np.array([line.counts_in(country) for country in pricing.countries], dtype=float)
        if line.record.view == hidden:
            daily = 0.0 * daily
        elif not here.all():  # in all countries it stays what it is
            daily = daily * here
        by_item.append(rounded_units(months.monthly(daily), yearly(line)))
    least = (len(months.months), len(pricing.countries))
    shape = np.broadcast_shapes(least, *(units.shape for units in by_item))
    if not by_item:
        return np.zeros((*shape[:-2], 0, *shape[-2:]))
    return np.stack([np.broadcast_to(units, shape) for units in by_item], axis=-3)


def yearly(line: Line) -> bool:
    """Return whether the price of a line is for a year."""
    return isinstance(line.record, CostItem) and by_the_year(line.record)


def rounded_units(monthly: np.ndarray, by_year: bool) -> np.ndarray:
    """Return units by month as they are billed.

    They are ``[..., M, C]`` at ``QUANTITY_DIGITS`` decimals. Those of a price for a year are at ``YEAR_DIGITS``, as
    running totals less those before, so that twelve months are one year.
    """
    plain = np.round(monthly, QUANTITY_DIGITS)
    if not by_year:
        return plain
    running = np.round(np.cumsum(np.where(plain == 0.0, 0.0, monthly), axis=-2), YEAR_DIGITS)
    return np.asarray(np.round(np.diff(running, axis=-2, prepend=0.0), YEAR_DIGITS))


def own_units(own: OwnCost, pricing: Pricing, months: Calendar) -> np.ndarray:
    """Return the units a day of a scenario's own cost.

    They are ``[D, C]``: months in force, or once on its first day.
    """
    days = months.days
    first = max((own.start - pricing.start).days, 0) if own.start else 0
    last = min((own.until - pricing.start).days, days) if own.until else days
    chosen = np.array([own.countries is None or name in own.countries for name in pricing.countries], dtype=float)
    daily = np.zeros((days, len(chosen)))
    if first < last:
        if own.behaviour == "fixed":
            daily[first:last] = chosen * months.month_shares[first:last, None]
        else:
            daily[first] = chosen
    return daily


def whole(value: np.ndarray) -> np.ndarray:
    """Return the nearest whole numbers, halves away from zero.

    It is the rule of ROUND() in spreadsheets (numpy's goes to even ones). A half that rounding made slightly too small
    is still a half, as it is to a spreadsheet.
    """
    return np.asarray(np.copysign(np.floor(np.abs(value) * (1.0 + HAIR) + 0.5), value))


def shared_out(cents: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return whole cents shared among payers.

    Payers are a last axis that is added, and the shares sum to the line exactly. Each payer gets the running total up
    to it less that before it, both rounded. Shares are taken of their sum.
    """
    running = np.cumsum(shares, axis=-1)
    steps = whole(cents[..., None] * (running / running[..., -1:]))
    return np.asarray(np.diff(steps, prepend=0.0, axis=-1).astype(np.int64))


def line_cents(units: np.ndarray, price: np.ndarray, pricing: Pricing) -> np.ndarray:
    """Return the lines of all items, contingency and support.

    They are ``[I + 2, M, C, P]`` whole cents; none is negative. Raises MoneyRangeError where a line cannot be counted
    to the cent.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        exact = np.asarray(units * price * CENTS)
    _check_lines(exact, pricing)
    lines = whole(exact)
    for item, line in enumerate(pricing.lines):
        if yearly(line):
            lines[item] = np.diff(whole(np.cumsum(exact[item], axis=0)), axis=0, prepend=0.0)
    return lines_with_rates(shared_out(lines, pricing.payers[:, None, None, :]), pricing)


def lines_with_rates(direct: np.ndarray, pricing: Pricing) -> np.ndarray:
    """Return lines of items with contingency and support cost.

    ``direct`` is ``[I, M, C, P]`` whole cents; the result has two lines more.
    """
    base = direct.sum(axis=0)
    contingency = whole(base * pricing.money.contingency.value).astype(np.int64)
    charged = np.array([name in pricing.money.supported_payers for name in PAYER_NAMES], dtype=float)
    support = whole((base + contingency) * (pricing.money.support_cost.value * charged)).astype(np.int64)
    return np.concatenate([direct, contingency[None], support[None]])


def _check_lines(exact: np.ndarray, pricing: Pricing) -> None:
    """Raise MoneyRangeError for the first line that is no amount.

    Lines are ``[I, M, C]`` (cents).
    """
    rates = {CONTINGENCY: pricing.money.contingency.value, SUPPORT: pricing.money.support_cost.value}
    for name, rate in rates.items():
        if not 0.0 <= rate < np.inf:
            raise MoneyRangeError(f"the rate of {name} is {rate:g}: it must be 0 or more, or costs would be negative "
                                  "(parameters/costs/money.yaml)")
    wrong = np.argwhere(~((exact >= 0.0) & (exact <= MOST_CENTS)))
    if len(wrong):
        item, month, country = wrong[0]
        name = pricing.lines[item].name if pricing.lines else f"line {item + 1}"
        raise MoneyRangeError(
            f"the cost of {name} in {pricing.countries[country]} cannot be counted to the cent: "
            f"{exact[item, month, country] / CENTS:g} {pricing.money.base_currency} in one month; a line is from 0 to "
            f"{MOST_CENTS / CENTS:.3g}. Check its price, currency and price year"
        )
    most = float(exact.sum()) * (1.0 + rates[CONTINGENCY]) * (1.0 + rates[SUPPORT])
    if most > MOST_TOGETHER:
        raise MoneyRangeError(f"the total of {most / CENTS:.3g} {pricing.money.base_currency} is too large to be "
                              f"counted: at most {MOST_TOGETHER / CENTS:.3g}. Check prices, currencies and price years")


def loaded(pricing: Pricing) -> np.ndarray:
    """Return the factor from a price to its share of a total.

    It is ``[I]`` and includes contingency and support cost.
    """
    charged = np.array([name in pricing.money.supported_payers for name in PAYER_NAMES], dtype=float)
    support = 1.0 + pricing.money.support_cost.value * (pricing.payers @ charged)
    return np.asarray((1.0 + pricing.money.contingency.value) * support)


def totals_of_draws(units: np.ndarray, price: np.ndarray, pricing: Pricing) -> np.ndarray:
    """Return the total cost of draws.

    It is computed without rounding to cents and without a loop over draws.

    Parameters
    ----------
    units : numpy.ndarray
        Units billed, ``[..., I, M, C]``.
    price : numpy.ndarray
        Prices in base currency, ``[..., I, C]``. Units or prices may lack the axes of draws.
    pricing : Pricing
        Items with their prices.

    Returns
    -------
    numpy.ndarray
        Total cost ``[...]`` in base currency.

    Raises
    ------
    MoneyRangeError
        For a total that is no number.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        by_item = np.einsum("...ic,...ic->...i", units.sum(axis=-2), price)
        found = np.asarray(by_item @ loaded(pricing))
    if not np.isfinite(found).all():
        raise MoneyRangeError("the total of a draw of prices is too large for a number: check the ranges of prices")
    return found


def without_own_costs(pricing: Pricing) -> Pricing:
    """Return the items without a scenario's own costs.

    Own costs belong to the scenario's measures.
    """
    keep = [k for k, line in enumerate(pricing.lines) if not line.own]
    return _kept(pricing, keep)


def _kept(pricing: Pricing, keep: Sequence[int]) -> Pricing:
    rows = list(keep)
    lines: tuple[Line, ...] = tuple(pricing.lines[k] for k in rows)
    return replace(
        pricing, lines=lines, price=pricing.price[rows], low=pricing.low[rows], high=pricing.high[rows],
        payers=pricing.payers[rows],
    )


def is_book_item(line: Line) -> bool:
    """Return whether a line comes from the cost book.

    The other lines come from a scenario's own measures.
    """
    return isinstance(line.record, CostItem)
