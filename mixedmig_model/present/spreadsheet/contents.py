"""What a spreadsheet is written from.

It has the addresses that formulas of its sheets take: where its cells stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.projects import Project
from mixedmig_model.inputs.costs.schema import PAYERS, Ceiling, Phase, Rate
from mixedmig_model.inputs.costs.sectors import SECTORS
from mixedmig_model.inputs.costs.shown import ShownCurrency, shown_currency
from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, at, letter, span
from mixedmig_model.record.words import sheets as words
from mixedmig_model.results.costs.lines import CONTINGENCY, SUPPORT, CostRun
from mixedmig_model.results.costs.plan import year_labels
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.vocabulary.titles import (
    ADDED_TITLES,
    COST_STAGE_TITLES,
    FUNCTION_TITLES,
    PAYER_TITLES,
    PAYER_WORDS,
    sector_title,
)

BASE_QUANTITIES, BASE_LINES, BY_STAGE = "Baseline quantities", "Baseline lines", "By stage"
DELIVERED, DELIVERED_LINES = "Delivered", "Delivered lines"
RATES, PRICES, SHARES, QUANTITIES, LINES = "Rates", "Prices", "Payer shares", "Quantities", "Lines"
SECTOR_SHARES, SECTOR_LINES = "Sector shares", "Lines by sector"
BASE_SECTOR_LINES = "Baseline lines by sector"
BY_ITEM, BY_MONTH, BY_PAYER, BY_SECTOR, BY_YEAR = "By item", "By month", "By payer", "By sector and phase", "By year"
BY_YEAR_PAYER, CEILINGS = "By year and payer", "Ceilings"
PHASES: tuple[str, ...] = get_args(Phase)
NO_PHASE = "All phases"
OWN_RATE = "own_rate"
"""Before a currency, the key of a rate that the case states."""
SEVERAL = "Several sectors"
"""Sector of a line whose price is shared among sectors.

Its parts stand on a sheet of their own.
"""
LINE_HEADS = ("Line", "Quantity row", "Price row", "Item", "Country", "Month", "Year", "Fiscal year", "Stage", "Sector",
              "Phase", "Lead payer", "Quantity", "Unit price", "Amount", "Item key", "Country key")
MONTH, YEAR, FISCAL, STAGE, SECTOR, PHASE, LEAD = "F", "G", "H", "I", "J", "K", "L"
AMOUNT, ITEM, COUNTRY = "O", "P", "Q"
"""Columns of Lines that sums ask for.

Items and countries stand there by their keys, the rest by titles of our own.
"""
FIRST_PAYER = len(LINE_HEADS) + 1


def word_title(name: str) -> str:
    """Return the title of a sector, phase or grade.

    It is its label as words.
    """
    return sector_title(name).capitalize()


def stage_title(name: str) -> str:
    """Return the title of a stage, or of an added cost."""
    return (COST_STAGE_TITLES | ADDED_TITLES)[name]


def sector_or_added(name: str) -> str:
    """Return the title of a sector, or of an added cost."""
    return ADDED_TITLES.get(name) or word_title(name)


def sector_list(shares: Mapping[str, float]) -> str:
    """Return the titles of sectors, the largest share first."""
    names = sorted(shares, key=lambda name: -shares[name])
    return ", ".join(sector_title(name) for name in names).capitalize()


def function_title(name: str) -> str:
    """Return what staff of a function do."""
    return FUNCTION_TITLES.get(name) or word_title(name)


@dataclass(frozen=True)
class Contents:
    """What a spreadsheet is written from, and its cells' places.

    ``span`` is the range of the total by the ranges of prices. ``base`` has the same of the baseline, if another
    scenario is costed: its lines and quantities stand on sheets of their own.
    """

    run: CostRun
    inputs: CaseInputs
    scenario: str
    ds: xr.Dataset
    projects: tuple[Project, ...]
    by_project: frozenset[str]
    banner: str
    span: tuple[float, float]
    base: "Contents | None" = None
    quantities_name: str = QUANTITIES
    lines_name: str = LINES
    parts_name: str = SECTOR_LINES

    @property
    def title(self) -> str:
        """Case and scenario, for the top of each sheet."""
        return f"{self.inputs.case.title}: {self.scenario_title}"

    @property
    def scenario_title(self) -> str:
        """The title of the scenario."""
        return self.inputs.scenario(self.scenario).title

    @property
    def currency(self) -> str:
        """The base currency."""
        return self.run.pricing.money.base_currency

    @cached_property
    def second(self) -> ShownCurrency | None:
        """The second currency, if totals are shown in one."""
        book, costs = self.inputs.workspace.costs, self.inputs.costs
        return shown_currency(costs, book) if book is not None and costs is not None else None

    @property
    def second_key(self) -> str:
        """The key of the rate of the second currency."""
        return f"shown_in {self.second.currency}" if self.second else ""

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries of the run."""
        return self.run.pricing.countries

    @property
    def country_titles(self) -> list[str]:
        """Their titles, as heads of columns."""
        return [self.country(key) for key in self.countries]

    def country(self, key: str) -> str:
        """Return the title of a country."""
        return self.inputs.case.countries[key].title

    @cached_property
    def payers(self) -> tuple[str, ...]:
        """Payers who pay any share of any item; at least one."""
        used = np.flatnonzero(self.run.pricing.payers.sum(axis=0) > 0.0)
        return tuple(PAYER_NAMES[k] for k in used) or PAYER_NAMES[:1]

    @property
    def payer_titles(self) -> list[str]:
        """Heads of the columns of payers."""
        return [PAYER_TITLES[name] for name in self.payers]

    @cached_property
    def lines(self) -> tuple[tuple[int, int, int], ...]:
        """Item, country and month of each line with a quantity.

        Lines of an item and country stand together.
        """
        return tuple((int(i), int(c), int(m)) for i, c, m in np.argwhere(self.run.units.transpose(0, 2, 1) != 0.0))

    @cached_property
    def row_of(self) -> dict[tuple[int, int, int], int]:
        """The row of each line, in ``Lines`` and in ``Quantities``."""
        return {line: FIRST + k for k, line in enumerate(self.lines)}

    @cached_property
    def first_row(self) -> dict[tuple[int, int], int]:
        """The first row of each item and country."""
        return {(i, c): row for (i, c, _), row in reversed(self.row_of.items())}

    @cached_property
    def added(self) -> tuple[tuple[int, int], ...]:
        """Country and month of each pair of added lines.

        These are lines of contingency and support cost.
        """
        return tuple(sorted({(c, m) for _, c, m in self.lines}))

    @cached_property
    def shared_items(self) -> tuple[int, ...]:
        """Items whose price is shared among several sectors."""
        return tuple(i for i, line in enumerate(self.run.pricing.lines) if len(line.sectors) > 1)

    @cached_property
    def shared_sectors(self) -> tuple[str, ...]:
        """Sectors among which prices are shared, in order."""
        used = {name for i in self.shared_items for name in self.run.pricing.lines[i].sectors}
        return tuple(name for name in SECTORS if name in used)

    @cached_property
    def parts(self) -> tuple[tuple[int, int, str, int], ...]:
        """Item, country, sector and month of each part of a line.

        Parts of an item, country and sector stand together. Lines of one sector have none.
        """
        months: dict[tuple[int, int], list[int]] = {}
        for i, c, m in self.lines:
            months.setdefault((i, c), []).append(m)
        return tuple((i, c, name, m) for (i, c), these in months.items() if i in self.shared_items
                     for name in self.run.pricing.lines[i].sectors for m in these)

    @cached_property
    def part_row(self) -> dict[tuple[int, int, str, int], int]:
        """The row of each part of a line on its sheet."""
        return {part: FIRST + k for k, part in enumerate(self.parts)}

    def share_cell(self, item: int, sector: str, upto: bool = False) -> str:
        """Return the cell of a share of an item's price.

        With ``upto`` it is the running total of the shares up to this sector.
        """
        column = 4 + self.shared_sectors.index(sector) + (1 + len(self.shared_sectors) if upto else 0)
        return at(SECTOR_SHARES, column, FIRST + self.shared_items.index(item))

    def sector_of(self, item: int) -> str:
        """Return the title of the sector of a line of an item."""
        return SEVERAL if item in self.shared_items else word_title(next(iter(self.run.pricing.lines[item].sectors)))

    @property
    def last_direct(self) -> int:
        """The last row of items in ``Lines``."""
        return FIRST + max(len(self.lines), 1) - 1

    @property
    def last(self) -> int:
        """The last row of ``Lines``."""
        return self.last_direct + 2 * len(self.added)

    @cached_property
    def fiscal(self) -> np.ndarray:
        """The fiscal year of each month and country."""
        return year_labels(self.run, "fiscal")

    @cached_property
    def rates(self) -> list[tuple[str, str, Rate | None, float]]:
        """Rows of the sheet of rates below the base.

        They have key, meaning, record and value.
        """
        money = self.run.pricing.money
        known: list[tuple[str, str, Rate | None]] = [
            (CONTINGENCY, "contingency, on items", money.contingency),
            (SUPPORT, "support cost, on items and contingency", money.support_cost),
            ("inflation", "inflation a year, for prices of each year", money.inflation),
            ("assumed_share_limit", "share on assumptions beyond which this is no budget", money.assumed_share_limit),
        ]
        known += [(f"coverage {p}", f"share of what is asked that is paid: {PAYER_WORDS[p]}", money.funding_coverage[p])
                  for p in PAYERS if p in money.funding_coverage]
        known += [(f"exchange_rate {c}", f"{self.currency} for one {c}, {money.base_year}", rate)
                  for c, rate in money.exchange_rates.items()]
        known += [(f"deflator {c} {year}", f"{c} of {money.base_year} for one {c} of {year}", rate)
                  for c in self._priced_in for year, rate in sorted(money.deflators.get(c, {}).items())]
        if self.second is not None:
            one, when = self.second, str(self.second.on or money.base_year)
            rate = Rate(value=one.for_one, range=(one.for_one, one.for_one), unit="1", source=one.source,
                        quality=one.quality, note=words.SECOND_NOTE)
            known += [(self.second_key, f"{one.currency} for one {self.currency}, {when}", rate)]
        known += [(f"{OWN_RATE} {c}", f"{c} for one {self.currency}, as the case states it", rate)
                  for c, rate in self.own_rates.items()]
        flags = [(f"supported {p}", f"support cost is charged on money of: {PAYER_WORDS[p]}", None,
                  float(p in money.supported_payers)) for p in PAYERS]
        return [(key, text, rate, rate.value if rate else 0.0) for key, text, rate in known] + flags

    @cached_property
    def ceilings(self) -> tuple[Ceiling, ...]:
        """The ceilings of the case.

        There are none unless cash is counted at prices of the base year: only then are costs and ceilings alike.
        """
        return self.run.pricing.ceilings if self.run.financial and not self.run.nominal else ()

    @cached_property
    def own_rates(self) -> dict[str, Rate]:
        """The case's own exchange rates of currencies of ceilings.

        They are units of the currency for one of the base.
        """
        own, used = self.run.pricing.exchange_rates, {one.currency for one in self.ceilings}
        return {code: Rate(value=one.for_one, range=(one.for_one, one.for_one), unit="1", source=one.source,
                           quality=one.quality, note=one.note) for code, one in own.items() if code in used}

    @property
    def _priced_in(self) -> list[str]:
        """Currencies of prices and ceilings, whose deflators it has."""
        priced = {price.currency for line in self.run.pricing.lines for price in line.prices.values()}
        return sorted(priced | {self.currency} | {one.currency for one in self.ceilings if one.currency})

    @property
    def stages(self) -> list[str]:
        """Stages of its items as in reports, then added costs."""
        used = {str(line.record.stage) for line in self.run.pricing.lines}
        return [*(stage for stage in COST_STAGE_TITLES if stage in used), CONTINGENCY, SUPPORT]

    @property
    def years(self) -> list[int]:
        """Calendar years of the run."""
        return sorted({month.year for month in self.run.calendar.months})

    def rate(self, key: str) -> str:
        """Return the address of a rate."""
        keys = [row[0] for row in self.rates]
        return at(RATES, "C", FIRST + 2 + keys.index(key))

    def year_factor(self, year: int) -> str:
        """Return the address of the factor to prices of a year.

        It starts from prices of the base year.
        """
        return at(RATES, "C", FIRST + 2 + len(self.rates) + self.years.index(year))

    def has_rate(self, key: str) -> bool:
        """Return whether there is such a rate."""
        return any(row[0] == key for row in self.rates)

    def column(self, column: str | int, direct: bool = False) -> str:
        """Return the cells of a column of ``Lines``.

        They are all, or those of items only.
        """
        return span(self.lines_name, column, FIRST, self.last_direct if direct else self.last)

    def payer_column(self, payer: str) -> str:
        """Return the column of a payer in ``Lines``."""
        return letter(FIRST_PAYER + self.payers.index(payer))

    def sum_where(self, column: str, *where: tuple[str, str]) -> Formula:
        """Return the sum of a column of ``Lines``.

        It is over lines where others equal given cells, in whole cents. A sum of a sector also has the parts of lines
        that are shared among sectors.
        """
        if not where:
            return Formula(f"=ROUND(SUM({self.column(column)}),2)")
        rules = ",".join(f"{self.column(key)},{cell}" for key, cell in where)
        lines = f"SUMIFS({self.column(column)},{rules})"
        if not self.parts or SECTOR not in [key for key, _ in where]:
            return Formula(f"=ROUND({lines},2)")
        rules = ",".join(f"{self._parts_column(key)},{cell}" for key, cell in where)
        return Formula(f"=ROUND({lines}+SUMIFS({self._parts_column(column)},{rules}),2)")

    def _parts_column(self, column: str) -> str:
        """Return the cells of a column of the parts of lines."""
        return span(self.parts_name, column, FIRST, FIRST + len(self.parts) - 1)

    def in_country(self, number: int) -> tuple[str, str]:
        """Return what a sum asks for to be of a country.

        It asks for its key, which has letters and _ only.
        """
        return COUNTRY, f'"{self.countries[number]}"'
