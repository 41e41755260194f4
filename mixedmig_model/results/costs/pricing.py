"""The items of one scenario with prices and payers.

Prices are in one currency of one year; arrays are by item and country.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.placed import DERIVED
from mixedmig_model.inputs.costs.schema import PAYERS, CaseRate, Ceiling, CostItem, Delivered, MoneyFile, OwnCost, Price
from mixedmig_model.inputs.costs.sectors import sector_shares, split_of
from mixedmig_model.inputs.costs.shares import SectorSplit
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.results.distributions import Spread

PAYER_NAMES: tuple[str, ...] = tuple(PAYERS)


class NoCostsError(RuntimeError):
    """Raised where the workspace has no cost book.

    The message says how to get one.
    """


@dataclass(frozen=True)
class Line:
    """What stands behind one item.

    It has its record, and its price by country with source and quality.
    """

    name: str
    record: CostItem | OwnCost
    prices: Mapping[str, Price]  # by country
    own: bool  # a scenario's own cost, which belongs to its measures
    local: frozenset[str]  # countries with a price of the case's own
    counted: frozenset[str] | None = None  # countries in which it counts; None: all
    own_split: SectorSplit | None = None  # shares of sectors of the case's own

    def counts_in(self, country: str) -> bool:
        """Return whether the item counts in a country.

        People come there by one of its routes.
        """
        return self.counted is None or country in self.counted

    @property
    def split(self) -> SectorSplit | None:
        """Shares of sectors with their source; None if it has one."""
        return split_of(self.record, self.own_split)

    @property
    def sectors(self) -> dict[str, float]:
        """Share of each of its sectors, in the order of all."""
        return sector_shares(self.record, self.own_split)


@dataclass(frozen=True)
class Pricing:
    """All items of a scenario.

    Arrays are ``[I, C]`` in base currency of the base year; payers are shares ``[I, P]``.
    """

    lines: tuple[Line, ...]
    countries: tuple[str, ...]
    start: date
    price: np.ndarray
    low: np.ndarray
    high: np.ndarray
    payers: np.ndarray
    money: MoneyFile
    fiscal_start: tuple[int, ...]  # month by country
    by_sea: tuple[bool, ...] = ()  # whether people come by sea, by country; none: to all
    delivered: tuple[Delivered, ...] = ()  # of the baseline: what was not delivered in full
    ceilings: tuple[Ceiling, ...] = ()  # what payers may spend in a fiscal year, in every scenario
    exchange_rates: Mapping[str, CaseRate] = field(default_factory=dict)  # of the case's own, by currency

    @property
    def names(self) -> list[str]:
        """Names of the items."""
        return [line.name for line in self.lines]

    @property
    def assumed(self) -> np.ndarray:
        """Whether a price is an assumption, ``[I, C]``."""
        return self._of_quality(ASSUMPTION)

    @property
    def derived(self) -> np.ndarray:
        """Whether a price is derived from published ones, ``[I, C]``."""
        return self._of_quality(DERIVED)

    def _of_quality(self, quality: str) -> np.ndarray:
        return np.array([
            [line.prices[country].quality == quality for country in self.countries] for line in self.lines
        ])

    def spread(self, item: int, country: int) -> Spread:
        """Return the distribution of one price, in base currency."""
        price = self.lines[item].prices[self.countries[country]]
        factor = money_factor(self.money, price.currency, price.price_year)
        return Spread(price.distribution, price.range[0] * factor, price.value * factor, price.range[1] * factor)


def price_scenario(inputs: CaseInputs, scenario: str) -> Pricing:
    """Return the items of a scenario of a case, priced.

    Raises NoCostsError where the workspace has no cost book.
    """
    book, costs = inputs.workspace.costs, inputs.costs
    if book is None or costs is None:
        raise NoCostsError(
            "this workspace has no cost book (parameters/costs): copy it from a new one made by 'mixedmig init DIR'"
        )
    countries = tuple(inputs.case.countries)
    lines = []
    for name in costs.items:
        local = frozenset(country for item, country in costs.local if item == name)
        lines.append(Line(name, book.items[name], {c: costs.prices[name, c] for c in countries}, False, local,
                          counted=costs.by_item.get(name), own_split=costs.file.sectors.get(name)))
    for name, own in inputs.own_costs(scenario).items():
        lines.append(Line(name, own, dict.fromkeys(countries, own.price), True, frozenset()))
    table = np.array([
        [_in_base(book.money, line.prices[country]) for country in countries] for line in lines
    ]).reshape(len(lines), len(countries), 3)
    payers = np.array([
        [costs.file.payers.get(line.name, line.record.payers).get(payer, 0.0) for payer in PAYER_NAMES]  # type: ignore[call-overload]
        for line in lines
    ]).reshape(len(lines), len(PAYER_NAMES))
    return Pricing(tuple(lines), countries, inputs.case.start, price=table[..., 0], low=table[..., 1],
                   high=table[..., 2], payers=payers, money=book.money,
                   fiscal_start=tuple(costs.fiscal_start(country) for country in countries),
                   by_sea=tuple(route == "sea" for route in inputs.case.routes.values()),
                   delivered=costs.file.delivered if scenario == inputs.case.baseline else (),
                   ceilings=costs.file.ceilings, exchange_rates=costs.file.exchange_rates)


def _in_base(money: MoneyFile, price: Price) -> tuple[float, float, float]:
    """Return the value and the range of a price.

    They are in base currency of the base year.
    """
    factor = money_factor(money, price.currency, price.price_year)
    return price.value * factor, price.range[0] * factor, price.range[1] * factor
