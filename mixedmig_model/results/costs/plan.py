"""The lines of a cost run as rows of a response plan.

Rows are by item, sector, country and year, and agree to the cent. They regroup the lines of a ``CostRun``; contingency
and support cost stay rows of their own. Views of a plan stand in ``views.py``, its table for sharing in ``export.py``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

import numpy as np

from mixedmig_model.inputs.costs.schema import CostItem, Rate
from mixedmig_model.inputs.schema import Source
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT, CostRun
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Line
from mixedmig_model.results.costs.sectors import split_cents
from mixedmig_model.vocabulary.calendar import fiscal_years
from mixedmig_model.vocabulary.titles import ADDED_TITLES

Basis = Literal["activity", "project", "added"]
Years = Literal["fiscal", "calendar"]


@dataclass(frozen=True)
class PlanRow:
    """One line of a plan in one country and year.

    It says what, how many, at what price, in how many months, and who pays. ``basis`` is ``activity`` (units x unit
    cost), ``project`` (activities regrouped), or ``added`` (contingency and support cost). ``cents`` are by payer,
    whole numbers. ``months`` are those of the run in which something is billed.
    """

    basis: Basis
    name: str
    title: str
    activity: str
    stage: str
    sector: str
    phase: str
    country: str
    year: int
    unit: str
    quantity: float
    unit_cost: float
    months: frozenset[int]
    cents: tuple[int, ...]
    lead: str  # payer of the largest share
    quality: str
    source: str
    members: tuple["PlanRow", ...] = ()  # of a project: its activities

    @property
    def total(self) -> int:
        """Cents of all payers."""
        return sum(self.cents)

    @property
    def charged(self) -> dict[str, float]:
        """Share of the line charged to each payer who pays any of it."""
        return {payer: cents / self.total for payer, cents in zip(PAYER_NAMES, self.cents, strict=True) if cents}


class _CountryYear(NamedTuple):
    """One country and year of a plan."""

    number: int  # of the country
    country: str
    year: int
    months: np.ndarray  # of the run that lie in the year


class _Share(NamedTuple):
    """What of an item belongs to one sector."""

    sector: str
    of_price: float
    cents: np.ndarray  # [M, C, P]


class _Charge(NamedTuple):
    """What is charged on other lines: contingency or support cost."""

    name: str
    activity: str
    item: int  # number among the lines; it is charged on all lines before it
    rate: Rate
    payers: np.ndarray  # [P] whether it is charged on the money of a payer


def year_labels(run: CostRun, years: Years) -> np.ndarray:
    """Return the year of each month in each country.

    It is ``[M, C]``; fiscal years are named by the year in which they end.
    """
    january = (1,) * len(run.pricing.countries)
    return fiscal_years(run.calendar.months, run.pricing.fiscal_start if years == "fiscal" else january)


def activity_based(run: CostRun, sources: Mapping[str, Source], years: Years = "fiscal") -> tuple[PlanRow, ...]:
    """Return the lines of a run by item, sector, country and year.

    Contingency and support cost by country and year follow. The total of a line is quantity x unit cost, for all its
    months together; each month was rounded to cents. An item of several sectors has a row for each: its unit cost there
    is the share of the price, for the same quantity.
    """
    parts = _country_years(run, years)
    items = (row for item in range(len(run.pricing.lines)) for row in _item_rows(run, item, parts, sources))
    charges = (
        _charge_row(run, charge, part)
        for charge, part in product(_charges(run), parts) if _costs_anything(run, charge.item, part)
    )
    return (*items, *charges)


def _country_years(run: CostRun, years: Years) -> list[_CountryYear]:
    """Return the countries of a run with their years.

    Both are in order.
    """
    labels = year_labels(run, years)
    return [
        _CountryYear(number, country, int(year), np.flatnonzero(labels[:, number] == year))
        for number, country in enumerate(run.pricing.countries) for year in np.unique(labels[:, number])
    ]


def _costs_anything(run: CostRun, item: int, part: _CountryYear) -> bool:
    """Return whether a line costs anything in a country and year.

    It costs a payer.
    """
    return bool(run.cents[item, part.months, part.number].any())


def _cents_by_payer(cents: np.ndarray, part: _CountryYear) -> tuple[int, ...]:
    """Return what each payer pays in a country and year.

    ``cents`` are those of a line ``[M, C, P]``.
    """
    return tuple(int(one) for one in cents[part.months, part.number].sum(axis=0))


def unit_of(line: Line) -> str:
    """Return what the price of a line is paid for.

    A scenario's own cost runs by the month, or is paid once.
    """
    if isinstance(line.record, CostItem):
        return line.record.per
    return "month" if line.record.behaviour == "fixed" else "once"


def source_title(key: str, sources: Mapping[str, Source]) -> str:
    """Return the title of a source, or its key.

    The key stands where the title is not known.
    """
    return sources[key].title if key in sources else key


def lead_payer(run: CostRun, item: int) -> str:
    """Return the payer of the largest share of an item.

    Of several, the first is taken.
    """
    return PAYER_NAMES[int(run.pricing.payers[item].argmax())]


def _unit_cost(units: np.ndarray, price: np.ndarray) -> float:
    """Return the price of a unit over some months.

    It is their one price, or the mean by units billed.
    """
    one_price = float(np.ptp(price)) == 0.0 or not units.any()
    return float(price[0]) if one_price else float((units * price).sum() / units.sum())


def _item_rows(
    run: CostRun, item: int, parts: Iterable[_CountryYear], sources: Mapping[str, Source]
) -> Iterator[PlanRow]:
    """Yield the rows of an item: by country and year, by sector."""
    cents = split_cents(run, item)
    shares = [_Share(name, share, cents[name]) for name, share in run.pricing.lines[item].sectors.items()]
    for part in parts:
        if run.units[item, part.months, part.number].any() or _costs_anything(run, item, part):
            for share in shares:
                yield _item_row(run, item, part, sources, share=share)


def _item_row(
    run: CostRun, item: int, part: _CountryYear, sources: Mapping[str, Source], *, share: _Share
) -> PlanRow:
    """Return the row of an item in a country, year and sector."""
    line = run.pricing.lines[item]
    record, paid = line.record, line.prices[part.country]
    units, price = run.units[item, part.months, part.number], run.price[item, part.months, part.number]
    return PlanRow("activity", line.name, record.title, activity=record.activity, stage=record.stage,
                   sector=share.sector, phase=record.phase, country=part.country, year=part.year, unit=unit_of(line),
                   quantity=float(units.sum().round(6)), unit_cost=share.of_price * _unit_cost(units, price),
                   months=frozenset(int(month) for month in part.months[units > 0.0]),
                   cents=_cents_by_payer(share.cents, part), lead=lead_payer(run, item), quality=paid.quality,
                   source=source_title(paid.source, sources))


def _charges(run: CostRun) -> tuple[_Charge, _Charge]:
    """Return contingency, then support cost.

    Contingency is on the money of all payers, support cost on that of payers which agencies charge.
    """
    money, items = run.pricing.money, len(run.pricing.lines)
    everybody = np.ones(len(PAYER_NAMES), dtype=bool)
    supported = np.array([payer in money.supported_payers for payer in PAYER_NAMES])
    return (
        _Charge(CONTINGENCY, "Reserve for what no line foresees", items, rate=money.contingency, payers=everybody),
        _Charge(SUPPORT, "What agencies charge on lines and contingency of payers whose money passes through them",
                items + 1, rate=money.support_cost, payers=supported),
    )


def _charged_on(run: CostRun, charge: _Charge, part: _CountryYear) -> int:
    """Return the cents on which an added cost is charged.

    They are of a country and year; added costs are contingency and support cost.
    """
    before = run.cents[: charge.item, part.months, part.number]
    return int(before[..., charge.payers].sum())


def _charge_row(run: CostRun, charge: _Charge, part: _CountryYear) -> PlanRow:
    """Return the row of an added cost in a country and year.

    It is the money it is charged on, times its rate; added costs are contingency and support cost.
    """
    paid = run.cents[charge.item, part.months, part.number].any(axis=-1)
    return PlanRow("added", charge.name, ADDED_TITLES[charge.name], activity=charge.activity, stage="", sector="",
                   phase="", country=part.country, year=part.year, unit=run.pricing.money.base_currency,
                   quantity=_charged_on(run, charge, part) / CENTS, unit_cost=charge.rate.value,
                   months=frozenset(int(month) for month in part.months[paid]),
                   cents=_cents_by_payer(run.cents[charge.item], part), lead="", quality=charge.rate.quality,
                   source="rules of money")
