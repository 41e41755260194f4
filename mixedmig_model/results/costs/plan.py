"""The costs of one run as a response plan: activity-based, project-based, or both, agreeing to the cent.

The three views regroup the same lines of a ``CostRun``; contingency and support cost stay lines of their own in each.
Budgets that agencies submitted stand beside ours, with the difference, and are never added.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

import numpy as np

from mixedmig_model.inputs.costs.projects import SECTORS, Project
from mixedmig_model.inputs.costs.schema import PAYERS, CostItem
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.inputs.reading.faults import nearest
from mixedmig_model.inputs.schema import Source
from mixedmig_model.results.costs.draws import total_draws, total_range
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT, CostRun, whole
from mixedmig_model.results.costs.people import People, part_of
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Line
from mixedmig_model.storage.atomic import write_file

Basis = Literal["activity", "project", "added"]
Years = Literal["fiscal", "calendar"]
ADDED_TITLES = {CONTINGENCY: "Contingency", SUPPORT: "Support cost"}
PAYER_TITLES = {str(name): f"{title[:1].upper()}{title[1:]}" for name, title in PAYERS.items()}
MOST_TEXT = 400
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""Signs by which a spreadsheet takes a text for a formula."""


@dataclass(frozen=True)
class PlanRow:
    """One line of a plan in one country and year: what, how many, at what price, in how many months, who pays.

    ``basis``: ``activity`` (units x unit cost), ``project`` (activities regrouped), ``added`` (contingency and support
    cost). ``cents`` are by payer, whole numbers. ``months`` are those of the run in which something is billed.
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

    @property
    def total(self) -> int:
        """Cents of all payers."""
        return sum(self.cents)

    @property
    def charged(self) -> dict[str, float]:
        """Share of the line charged to each payer who pays any of it."""
        return {payer: cents / self.total for payer, cents in zip(PAYER_NAMES, self.cents, strict=True) if cents}


def year_labels(run: CostRun, years: Years) -> np.ndarray:
    """The year of each month in each country, ``[M, C]``: fiscal years are named by the year in which they end."""
    rows = []
    for month in run.calendar.months:
        later = [years == "fiscal" and first > 1 and month.month >= first for first in run.pricing.fiscal_start]
        rows.append([month.year + int(after) for after in later])
    return np.array(rows, dtype=int)


def activity_based(run: CostRun, sources: Mapping[str, Source], years: Years = "fiscal") -> tuple[PlanRow, ...]:
    """The lines of a run by item, country and year, then contingency and support cost by country and year.

    The total of a line is quantity x unit cost, for all its months together; each month was rounded to cents.
    """
    labels = year_labels(run, years)
    rows = []
    for i, line in enumerate(run.pricing.lines):
        for c, country in enumerate(run.pricing.countries):
            for year in np.unique(labels[:, c]):
                at = np.flatnonzero(labels[:, c] == year)
                if run.units[i, at, c].any() or run.cents[i, at, c].any():
                    rows.append(_line(run, line, (i, c), country=country, year=int(year), at=at, sources=sources))
    for k, name in enumerate((CONTINGENCY, SUPPORT)):
        for c, country in enumerate(run.pricing.countries):
            for year in np.unique(labels[:, c]):
                at = np.flatnonzero(labels[:, c] == year)
                if run.cents[k - 2, at, c].any():
                    rows.append(_added(run, name, c, country=country, year=int(year), at=at))
    return tuple(rows)


def unit_of(line: Line) -> str:
    """What the price of a line is paid for; a scenario's own cost runs by the month, or is paid once."""
    if isinstance(line.record, CostItem):
        return line.record.per
    return "month" if line.record.behaviour == "fixed" else "once"


def source_title(key: str, sources: Mapping[str, Source]) -> str:
    """The title of a source, or its key where the title is not known."""
    return sources[key].title if key in sources else key


def lead_payer(run: CostRun, item: int) -> str:
    """The payer of the largest share of an item, the first named of several."""
    return PAYER_NAMES[int(run.pricing.payers[item].argmax())]


def _line(
    run: CostRun, line: Line, at_item: tuple[int, int], country: str, year: int, at: np.ndarray,
    sources: Mapping[str, Source],
) -> PlanRow:
    item, c = at_item
    units, price = run.units[item, at, c], run.price[item, at, c]
    record, paid = line.record, line.prices[country]
    even = float(np.ptp(price)) == 0.0 or not units.any()
    unit_cost = float(price[0]) if even else float((units * price).sum() / units.sum())
    return PlanRow("activity", line.name, record.title, activity=record.activity, stage=record.stage,
                   sector=record.sector, phase=record.phase, country=country, year=year, unit=unit_of(line),
                   quantity=float(units.sum().round(6)), unit_cost=unit_cost,
                   months=frozenset(int(m) for m in at[units > 0.0]), cents=_by_payer(run, item, at, c),
                   lead=lead_payer(run, item), quality=paid.quality, source=source_title(paid.source, sources))


def _added(run: CostRun, name: str, c: int, country: str, year: int, at: np.ndarray) -> PlanRow:
    """Contingency or support cost of a country and year: the money it is charged on, times its rate."""
    money = run.pricing.money
    row = -2 if name == CONTINGENCY else -1
    below = run.cents[:row, at, c]  # items; for support cost contingency too
    rate = money.contingency if name == CONTINGENCY else money.support_cost
    charged = [name == CONTINGENCY or payer in money.supported_payers for payer in PAYER_NAMES]
    base = int(below[..., np.array(charged)].sum())
    activity = "Reserve for what no line foresees" if name == CONTINGENCY else (
        "What agencies charge on lines and contingency of payers whose money passes through them")
    return PlanRow("added", name, ADDED_TITLES[name], activity=activity, stage="", sector="", phase="",
                   country=country, year=year, unit=money.base_currency, quantity=base / CENTS, unit_cost=rate.value,
                   months=frozenset(int(m) for m in at[run.cents[row, at, c].any(axis=-1)]),
                   cents=_by_payer(run, len(run.pricing.lines) + 2 + row, at, c), lead="", quality=rate.quality,
                   source="rules of money")


def _by_payer(run: CostRun, row: int, at: np.ndarray, c: int) -> tuple[int, ...]:
    return tuple(int(cents) for cents in run.cents[row, at, c].sum(axis=0))


def project_based(rows: Sequence[PlanRow], sectors: Iterable[str] = SECTORS) -> tuple[PlanRow, ...]:
    """The rows of some sectors regrouped to projects, in front of all others as they are.

    A project: what one lead payer (the payer of the largest share) pays for in one sector, country and year. With some
    sectors only, the plan is a hybrid. Raises ValueError for an unknown sector.
    """
    chosen = set(sectors)
    for name in sorted(chosen - set(SECTORS)):
        near = nearest(name, SECTORS)
        hint = f"; did you mean '{near}'?" if near else ""
        raise ValueError(f"unknown sector '{name}'{hint}")
    groups: dict[tuple[str, str, str, int], list[PlanRow]] = {}
    for row in rows:
        if row.basis == "activity" and row.sector in chosen:
            groups.setdefault((row.lead, row.sector, row.country, row.year), []).append(row)
    rest = [row for row in rows if row.basis != "activity" or row.sector not in chosen]
    return (*(_project(*key, members) for key, members in groups.items()), *rest)


def _project(lead: str, sector: str, country: str, year: int, members: Sequence[PlanRow]) -> PlanRow:
    """A project out of its activities: one unit that costs all of them together."""
    cents = tuple(sum(part) for part in zip(*(row.cents for row in members), strict=True))
    assumed = [row.quality for row in members if row.quality == ASSUMPTION]
    return PlanRow("project", f"{lead}_{sector}", f"{in_words(sector)}, {PAYER_TITLES[lead]}",
                   activity=_joined(row.activity for row in members), stage=_same(row.stage for row in members),
                   sector=sector, phase=_same(row.phase for row in members), country=country, year=year,
                   unit="project", quantity=1.0, unit_cost=sum(cents) / CENTS,
                   months=frozenset().union(*(row.months for row in members)), cents=cents, lead=lead,
                   quality=assumed[0] if assumed else members[0].quality,
                   source=_joined(row.source for row in members))


def in_words(name: str) -> str:
    """A name of a file as words: ``water_sanitation`` as Water sanitation."""
    return name.replace("_", " ").capitalize()


def _same(names: Iterable[str]) -> str:
    found = set(names)
    return found.pop() if len(found) == 1 else "several"


def _joined(texts: Iterable[str]) -> str:
    """Different texts in order, cut to ``MOST_TEXT`` characters."""
    whole_text = "; ".join(dict.fromkeys(texts))
    return whole_text if len(whole_text) <= MOST_TEXT else f"{whole_text[: MOST_TEXT - 3]}..."


def totals(rows: Iterable[PlanRow], *fields: str) -> dict[tuple[Any, ...], np.ndarray]:
    """Cents by payer ``[P]``, by fields of the rows such as country or year."""
    found: dict[tuple[Any, ...], np.ndarray] = {}
    for row in rows:
        key = tuple(getattr(row, name) for name in fields)
        found[key] = found.get(key, np.zeros(len(PAYER_NAMES), dtype=np.int64)) + np.array(row.cents, dtype=np.int64)
    return found


@dataclass(frozen=True)
class BudgetComparison:
    """Budgets submitted for a sector and country beside ours, in cents of the base currency at prices of the base year.

    ``ours`` is the cost of items in all months, without contingency and support cost; ``through_agencies`` is what of
    it payers pay on whose money agencies charge support cost: submitted budgets rarely hold what states pay.
    """

    sector: str
    country: str
    ours: int
    through_agencies: int
    submitted: int
    projects: tuple[Project, ...]

    @property
    def difference(self) -> int:
        """Submitted less ours."""
        return self.submitted - self.ours


def overlay(run: CostRun, projects: Sequence[Project]) -> tuple[BudgetComparison, ...]:
    """Submitted budgets beside ours, for every sector and country in which there is either; nothing is added up.

    Raises ValueError for a run at prices of each year: budgets are compared at prices of the base year.
    """
    if run.nominal:
        raise ValueError("submitted budgets are compared at prices of the base year, not at those of each year")
    through = np.array([payer in run.pricing.money.supported_payers for payer in PAYER_NAMES])
    none = np.zeros(len(PAYER_NAMES), dtype=np.int64)
    ours: dict[tuple[str, str], np.ndarray] = {}
    for i, line in enumerate(run.pricing.lines):
        for c, country in enumerate(run.pricing.countries):
            key = (str(line.record.sector), country)
            ours[key] = ours.get(key, none) + run.cents[i, :, c].sum(axis=0)
    given: dict[tuple[str, str], list[Project]] = {}
    for project in projects:
        given.setdefault((project.sector, project.country), []).append(project)
    found = []
    for sector, country in product(SECTORS, run.pricing.countries):
        own, budgets = ours.get((sector, country), none), tuple(given.get((sector, country), ()))
        if own.any() or budgets:
            submitted = sum(int(whole(np.array(one.in_base * CENTS))) for one in budgets)
            found.append(BudgetComparison(sector, country, int(own.sum()), through_agencies=int(own[through].sum()),
                                          submitted=submitted, projects=budgets))
    return tuple(found)


PLAN_COLUMNS = (
    "item", "activity", "sector", "phase", "country", "year", "unit", "quantity", "unit cost", "duration (months)",
    "line total", "currency", "payer", "% charged", "charged to payer", "people in need", "people targeted",
    "people reached", "price quality", "source", "standing",
)
PEOPLE_COLUMNS = ("people in need", "people targeted", "people reached")
COUNTED = ("person", "case")
"""Units of which a quantity is a count of people."""


def planning_estimate(run: CostRun) -> bool:
    """Whether more of the cost rests on prices without a source than a budget may rest on."""
    return run.assumed_share > run.pricing.money.assumed_share_limit.value


def total_span(run: CostRun) -> tuple[float, float]:
    """Low and high end of the total over the ranges of prices, in base currency: 5 and 95 % of draws."""
    real = float((run.units * run.pricing.price[:, None, :]).sum())
    factor = float((run.units * run.price).sum()) / real if real else 1.0  # 1 unless at prices of each year
    found = total_range(total_draws(run))
    return found.low * factor, found.high * factor


def plan_rows(run: CostRun, rows: Sequence[PlanRow], people: Mapping[str, People]) -> list[dict[str, Any]]:
    """The rows of a plan with the columns ``PLAN_COLUMNS``, one for each line and payer; money in base currency.

    Sum ``charged to payer``, never ``line total``, which stands with each payer of a line. People are those of the
    whole run, in the country and in the part of the response to which the line belongs; None where there are none.
    """
    money = run.pricing.money
    prices = "prices of each year" if run.nominal else f"prices of {money.base_year}"
    standing = "planning estimate, not a budget" if planning_estimate(run) else "planning estimate"
    found = []
    for row in rows:
        part = people.get(part_of(row.stage, row.sector))
        counts = part.in_country(row.country) if part else (None, None, None)
        shares = row.charged or {row.lead: 1.0}
        for payer, share in shares.items():
            cents = row.cents[PAYER_NAMES.index(payer)] if payer in PAYER_NAMES else 0
            values = (
                row.title, row.activity, row.sector or row.name, row.phase, row.country, row.year, row.unit,
                row.quantity, row.unit_cost, len(row.months), row.total / CENTS, f"{money.base_currency}, {prices}",
                PAYER_TITLES.get(payer, payer), 100.0 * share, cents / CENTS, *counts, row.quality,
                row.source, standing,
            )
            found.append(dict(zip(PLAN_COLUMNS, values, strict=True)))
    return found


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before a sign by which it could."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def hidden(count: float, limit: float) -> str | float:
    """A count of people for sharing: from above 0 to below the limit only that it is below; else whole persons."""
    if count < 1e-6:
        return 0.0
    return f"<{limit:g}" if count < limit else float(round(count))


def write_csv(run: CostRun, records: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows of ``plan_rows`` for sharing: small counts of people hidden, no text that could be a formula."""
    limit, made = run.pricing.money.small_cell.value, io.StringIO()
    table = csv.writer(made)
    table.writerow(PLAN_COLUMNS)
    for record in records:
        table.writerow([_cell(column, record, limit) for column in PLAN_COLUMNS])
    write_file(path, made.getvalue())


def _cell(column: str, record: Mapping[str, Any], limit: float) -> str:
    """A cell of the table for sharing."""
    value = record[column]
    if value is None:
        return ""
    if column in PEOPLE_COLUMNS or (column == "quantity" and record["unit"] in COUNTED):
        value = hidden(value, limit) if column in PEOPLE_COLUMNS or value < limit else value
    if isinstance(value, str):
        return harmless(value)
    if column in ("line total", "charged to payer"):
        return f"{value:.2f}"
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

