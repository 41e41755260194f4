"""Views of a response plan.

They are by project or both, sums, and budgets that agencies submitted. Every view regroups the rows of ``plan.py`` to
the cent. Submitted budgets stand next to ours, with the difference, and are never added. Two scenarios stand on one
list of items: a scenario's own measures have items of their own, and both share prices and payers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from mixedmig_model.inputs.costs.projects import Project
from mixedmig_model.inputs.costs.sectors import SECTORS
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.inputs.reading.faults import nearest
from mixedmig_model.results.costs.lines import CENTS, CostRun, whole
from mixedmig_model.results.costs.plan import PlanRow
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Pricing
from mixedmig_model.results.costs.sectors import lines_by_sector
from mixedmig_model.vocabulary.titles import PAYER_TITLES

MOST_TEXT = 400
"""Characters of the activities and sources of a project."""
OF_BASELINE = "{name}_of_baseline"
"""Key of a measure that only the baseline has.

It stands where the other scenario has another of its name.
"""


def project_based(rows: Sequence[PlanRow], sectors: Iterable[str] = SECTORS) -> tuple[PlanRow, ...]:
    """Return the rows of some sectors regrouped to projects.

    Projects stand in front of all other rows, which stay as they are. A project is what one lead payer (the payer of
    the largest share) pays for in one sector, country and year. With some sectors only, the plan is a hybrid. Raises
    ValueError for an unknown sector.
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
    """Return a project from its activities.

    It is one unit that costs all of them together.
    """
    cents = tuple(sum(part) for part in zip(*(row.cents for row in members), strict=True))
    assumed = [row.quality for row in members if row.quality == ASSUMPTION]
    return PlanRow("project", f"{lead}_{sector}", f"{in_words(sector)}, {PAYER_TITLES[lead]}",
                   activity=_joined(row.activity for row in members), stage=_same(row.stage for row in members),
                   sector=sector, phase=_same(row.phase for row in members), country=country, year=year,
                   unit="project", quantity=1.0, unit_cost=sum(cents) / CENTS,
                   months=frozenset().union(*(row.months for row in members)), cents=cents, lead=lead,
                   quality=assumed[0] if assumed else members[0].quality,
                   source=_joined(row.source for row in members), members=tuple(members))


def in_words(name: str) -> str:
    """Return a name of a file as words.

    ``water_sanitation`` becomes Water sanitation.
    """
    return name.replace("_", " ").capitalize()


def _same(names: Iterable[str]) -> str:
    found = set(names)
    return found.pop() if len(found) == 1 else "several"


def _joined(texts: Iterable[str]) -> str:
    """Return different texts in order.

    They are cut to ``MOST_TEXT`` characters.
    """
    whole_text = "; ".join(dict.fromkeys(texts))
    return whole_text if len(whole_text) <= MOST_TEXT else f"{whole_text[: MOST_TEXT - 3]}..."


def totals(rows: Iterable[PlanRow], *fields: str) -> dict[tuple[Any, ...], np.ndarray]:
    """Return cents by payer, by fields of the rows.

    Fields are country or year, for example; cents are ``[P]``.
    """
    found: dict[tuple[Any, ...], np.ndarray] = {}
    for row in rows:
        key = tuple(getattr(row, name) for name in fields)
        found[key] = found.get(key, np.zeros(len(PAYER_NAMES), dtype=np.int64)) + np.array(row.cents, dtype=np.int64)
    return found


@dataclass(frozen=True)
class BudgetComparison:
    """Submitted budgets for a sector and country next to ours.

    They are in cents of the base currency at prices of the base year. ``ours`` is the cost of items in all months,
    without contingency and support cost. ``through_agencies`` is the part of it that payers pay on whose money agencies
    charge support cost. Submitted budgets rarely hold what states pay.
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
    """Return submitted budgets next to ours.

    There is one for every sector and country in which there is either; nothing is added up. Raises ValueError for a run
    at prices of each year: budgets are compared at prices of the base year.
    """
    if run.nominal:
        raise ValueError("submitted budgets are compared at prices of the base year, not at those of each year")
    through = np.array([payer in run.pricing.money.supported_payers for payer in PAYER_NAMES])
    none = np.zeros(len(PAYER_NAMES), dtype=np.int64)
    ours: dict[tuple[str, str], np.ndarray] = {}
    for _, name, cents in lines_by_sector(run):
        for c, country in enumerate(run.pricing.countries):
            ours[name, country] = ours.get((name, country), none) + cents[:, c].sum(axis=0)
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


def on_one_list(run: CostRun, baseline: CostRun) -> tuple[CostRun, CostRun]:
    """Return both costs on one list of items.

    The list is that of the first, then measures that only the baseline has. Amounts stay as they are.
    """
    own, other = run.pricing, baseline.pricing
    place: list[int] = []
    more: list[int] = []
    for number, line in enumerate(other.lines):
        same = [k for k, one in enumerate(own.lines) if one == line]
        place.append(same[0] if same else len(own.lines) + len(more))
        more += [] if same else [number]
    if not more:
        return run, _placed(baseline, own, place)
    renamed = [replace(other.lines[k], name=_free(other.lines[k].name, own.names)) for k in more]
    joined = replace(
        own, lines=(*own.lines, *renamed), price=np.concatenate([own.price, other.price[more]]),
        low=np.concatenate([own.low, other.low[more]]), high=np.concatenate([own.high, other.high[more]]),
        payers=np.concatenate([own.payers, other.payers[more]]))
    return _placed(run, joined, range(len(own.lines))), _placed(baseline, joined, place)


def _free(name: str, taken: Sequence[str]) -> str:
    """Return a key that no item of the other scenario has."""
    return OF_BASELINE.format(name=name) if name in taken else name


def _placed(run: CostRun, pricing: Pricing, place: Sequence[int]) -> CostRun:
    """Return costs with their items at other places of a longer list."""
    rows, count = list(place), len(pricing.lines)
    units = np.zeros((count, *run.units.shape[1:]))
    price = np.repeat(pricing.price[:, None, :], run.units.shape[1], axis=1)
    cents = np.zeros((count + 2, *run.cents.shape[1:]), dtype=run.cents.dtype)
    units[rows], price[rows] = run.units, run.price
    cents[[*rows, count, count + 1]] = run.cents
    return replace(run, pricing=pricing, units=units, price=price, cents=cents)
