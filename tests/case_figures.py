"""Figures of a case's README beside those of its runs: helpers for tests of historical cases."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pytest
import xarray as xr
from said import sentence_of

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.published import in_table
from mixedmig_model.results.costs.delivered import delivered_rows
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT, CostRun, cost_run
from mixedmig_model.results.costs.pricing import PAYER_NAMES, price_scenario
from mixedmig_model.results.costs.sectors import sector_cents
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.results.published import ComparedTotal, compare_case
from mixedmig_model.study.responses import same_people
from mixedmig_model.study.run import run_one

COST = "Cost of the response, million USD of 2017"
Figure = str | Callable[[xr.Dataset], float]


@dataclass
class Solved:
    """A case with all its scenarios solved once, their indicators, and its README."""

    case: CaseInputs

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The baseline first."""
        return (self.case.case.baseline, *(name for name in self.case.scenarios if name != self.case.case.baseline))

    @cached_property
    def runs(self) -> dict[str, xr.Dataset]:
        return {name: run_one(resolve(self.case, name)) for name in self.names}

    @cached_property
    def tables(self) -> dict[str, Mapping[str, float]]:
        return {name: indicator_table(ds) for name, ds in self.runs.items()}

    @cached_property
    def costs(self) -> dict[str, float]:
        """Cash cost of each scenario, base currency."""
        return {name: cost_run(ds, price_scenario(self.case, name)).total for name, ds in self.runs.items()}

    @cached_property
    def readme(self) -> str:
        folder = self.case.workspace.root / "parameters" / "cases" / self.case.name
        return (folder / "README.md").read_text(encoding="utf-8")

    @cached_property
    def published(self) -> list[ComparedTotal]:
        """Published totals beside the baseline's."""
        return compare_case(self.runs[self.names[0]], self.case, self.names[0])

    def alike(self, name: str) -> bool:
        """Whether as many and the same people depart as in the baseline."""
        return same_people(resolve(self.case, name), resolve(self.case))

    def said(self, name: str) -> str:
        """What may be said of a scenario by the run itself, side runs taken to be like it."""
        return sentence_of(self.case, name, self.runs)

    def value(self, title: str, figure: Figure, name: str) -> float:
        """A figure of a scenario: an indicator, the cost, or worked out from the run."""
        if title == COST:
            return self.costs[name] / 1e6
        return self.tables[name][figure] if isinstance(figure, str) else figure(self.runs[name])


def keys(*names: str) -> dict[str, Figure]:
    """Indicators by their titles."""
    titles = {indicator.key: indicator.title for indicator in INDICATORS}
    return {titles[name]: name for name in names}


def table_of(text: str, heading: str) -> dict[str, list[str]]:
    """The rows of the Markdown table below a heading, by their first cell."""
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows[2:]}


def number(cell: str) -> float:
    """The number in a cell: 1,230 or 88 % or 0."""
    text = re.sub(r"[,\s]", "", cell)
    return float(text.rstrip("%")) / (100.0 if text.endswith("%") else 1.0)


def shown(value: float) -> str:
    """A number as a README shows it: three digits."""
    if value == 0.0 or abs(value) < 5e-4:
        return "0"
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:.3g}"


def compare_table(solved: Solved, heading: str, figures: Mapping[str, Figure], scenarios: Any = None) -> None:
    """Assert that a table of the README has exactly these figures, and that they are the runs'."""
    rows = table_of(solved.readme, heading)
    assert set(rows) == set(figures)
    for title, figure in figures.items():
        for cell, name in zip(rows[title], scenarios or solved.names, strict=True):
            value = solved.value(title, figure, name)
            assert abs(number(cell) - value) <= max(6e-3 * abs(value), 6e-3), (title, name, cell, value)


def check_published(solved: Solved, *, tables: bool = True) -> None:
    """Assert that the README's table of published totals is the case's, row by row, misses called missed.

    Without ``tables`` the table has those of ``observed.csv`` alone.
    """
    rows = list(table_of(solved.readme, "Published totals and the model").values())
    totals = [one for one in solved.published if tables or not in_table(one.observation)]
    assert len(rows) == len(totals)
    for (kind, _, ours, miss), found in zip(rows, totals, strict=True):
        assert kind == found.observation.kind
        assert abs(number(ours) - found.ours) <= max(6e-3 * abs(found.ours), 0.6), (ours, found)
        if found.gap == 0.0:
            assert miss == "inside"
        else:
            assert found.miss is not None
            percent = f"{100 * found.miss:+.0f} %".replace("-0 %", "0 %").replace("+0 %", "0 %")
            assert miss == (f"missed: {percent}" if found.missed else percent), found


def check_delivered(solved: Solved, money: float = 1e6) -> None:
    """Assert that the README's table of needed, delivered and gap is the baseline's, in millions of its currency."""
    name = solved.names[0]
    part = delivered_rows(cost_run(solved.runs[name], price_scenario(solved.case, name)))
    assert part is not None
    rows = {row["title"]: (row["needed"], row["delivered"], row["gap"]) for row in part["items"]}
    rows["all, with contingency and support cost"] = part["total"] + part["gap"], part["total"], part["gap"]
    readme = table_of(solved.readme, "Needed and delivered")
    assert set(readme) == set(rows)
    for title, wanted in rows.items():
        ours = [number(cell) for cell in readme[title][:3]]
        assert ours == pytest.approx([one / money for one in wanted], rel=6e-3), title


def baseline_costs(solved: Solved) -> CostRun:
    """What the baseline costs."""
    return cost_run(solved.runs[solved.names[0]], price_scenario(solved.case, solved.names[0]))


def money_in(
    costs: CostRun, cents: np.ndarray, span: tuple[date, date], countries: tuple[str, ...]
) -> np.ndarray:
    """Money of lines ``[I, M, C, P]`` in a period and some countries, by line and payer.

    A month's money is spread evenly over its days, as for an observation.
    """
    starts = np.asarray(costs.calendar.starts)
    lengths = np.diff(np.append(starts, costs.calendar.days))
    first, last = ((day - costs.pricing.start).days for day in span)
    share = np.clip(np.minimum(starts + lengths, last) - np.maximum(starts, first), 0, None) / lengths
    chosen = [costs.pricing.countries.index(country) for country in countries]
    return np.einsum("imcp,m->ip", cents[:, :, chosen].astype(float), share) / CENTS


def spent_by_sector(solved: Solved, start: date, end: date, countries: tuple[str, ...]) -> dict[str, float]:
    """Money of the baseline in a period and some countries, by sector; contingency and support cost have their own."""
    costs = baseline_costs(solved)
    tables = {**sector_cents(costs), CONTINGENCY: costs.cents[-2], SUPPORT: costs.cents[-1]}
    money = money_in(costs, np.stack(list(tables.values())), (start, end), countries).sum(axis=1)
    return dict(zip(tables, money.tolist(), strict=True))


@dataclass(frozen=True)
class Dear:
    """A line of a bill: its share of the total, the lowest and highest price paid, and the qualities of its prices."""

    item: str
    title: str
    share: float
    low: float
    high: float
    qualities: tuple[str, ...]  # the one that most money rests on first

    @property
    def price(self) -> str:
        """The price as a page shows it: three digits, lowest and highest country."""
        low, high = shown(self.low), shown(self.high)
        return low if low == high else f"{low} to {high}"

    @property
    def quality(self) -> str:
        return ", ".join(self.qualities)


def dearest(bill: CostRun, most: int) -> list[Dear]:
    """The dearest items of a bill, with the prices and qualities of the countries that pay for them."""
    pricing, found = bill.pricing, []
    for at, line in enumerate(pricing.lines):
        paid = bill.cents[at].sum(axis=(0, 2))
        money: dict[str, float] = {}
        for cents, country in zip(paid, pricing.countries, strict=True):
            if cents > 0:
                quality = line.prices[country].quality
                money[quality] = money.get(quality, 0.0) + float(cents)
        if money:
            prices = pricing.price[at][paid > 0]
            found.append(Dear(line.name, line.record.title, sum(money.values()) / CENTS / bill.total, prices.min(),
                              prices.max(), tuple(sorted(money, key=money.__getitem__, reverse=True))))
    return sorted(found, key=lambda one: one.share, reverse=True)[:most]


MOST_ASSUMED = 0.45
"""The largest share of the direct cost of a historical case that may rest on assumptions."""


def check_evidence(case: CaseInputs, ds: xr.Dataset, readme: str, most: float = MOST_ASSUMED) -> None:
    """Assert the README's shares of the baseline's direct cost that rest on assumptions and on derived prices."""
    costs = cost_run(ds, price_scenario(case, case.case.baseline))
    said = re.search(r"(\d+) % of the direct cost rests on assumptions and (\d+) % on derived prices",
                     " ".join(readme.split()))
    assert said, "the README does not say what the cost rests on"
    assert [int(one) for one in said.groups()] == [round(100 * costs.assumed_share), round(100 * costs.derived_share)]
    assert 0.0 < costs.assumed_share <= most


def spent(
    solved: Solved, start: date, end: date, countries: tuple[str, ...]
) -> tuple[dict[str, float], dict[str, float]]:
    """Money of the baseline in a period and some countries: by titles of lines, and by payers.

    A month's money is spread evenly over its days, as for an observation.
    """
    costs = baseline_costs(solved)
    money = money_in(costs, costs.cents, (start, end), countries)
    titles = [line.record.title for line in costs.pricing.lines] + ["Contingency", "Support cost"]
    return dict(zip(titles, money.sum(axis=1), strict=True)), dict(zip(PAYER_NAMES, money.sum(axis=0), strict=True))
