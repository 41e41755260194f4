"""The lines of a cost run by sector.

The price of an item can belong to several sectors. Each cent of a line (item, month, country and payer) is then shared
among them by the running totals that share a line among payers. Every sum by sector therefore has the cents of the
lines, in each view, country, payer and year.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT, CostRun, shared_out
from mixedmig_model.results.costs.people import part_of
from mixedmig_model.results.costs.pricing import PAYER_NAMES


def split_cents(run: CostRun, item: int) -> dict[str, np.ndarray]:
    """Return the cents of a line in each of its sectors.

    Parameters
    ----------
    run : CostRun
        Costs of a run.
    item : int
        Number of the line.

    Returns
    -------
    dict[str, numpy.ndarray]
        Whole cents by month, country and payer ``[M, C, P]``; together they are those of the line.
    """
    shares = run.pricing.lines[item].sectors
    parts = shared_out(run.cents[item], np.array(list(shares.values())))
    return {name: parts[..., k] for k, name in enumerate(shares)}


def lines_by_sector(run: CostRun) -> Iterator[tuple[int, str, np.ndarray]]:
    """Yield number of line, sector and cents ``[M, C, P]``.

    They are those of items, without contingency and support cost.
    """
    for item in range(len(run.pricing.lines)):
        for name, cents in split_cents(run, item).items():
            yield item, name, cents


def every_line(run: CostRun) -> Iterator[tuple[str, str, np.ndarray]]:
    """Yield item, sector and cents ``[M, C, P]`` of everything.

    Contingency and support cost have themselves as sector.
    """
    for item, name, cents in lines_by_sector(run):
        yield run.items[item], name, cents
    yield CONTINGENCY, CONTINGENCY, run.cents[-2]
    yield SUPPORT, SUPPORT, run.cents[-1]


def sector_cents(run: CostRun) -> dict[str, np.ndarray]:
    """Return the cents of all items in each sector ``[M, C, P]``."""
    found: dict[str, np.ndarray] = {}
    for _, name, cents in lines_by_sector(run):
        found[name] = found[name] + cents if name in found else cents
    return found


def part_cents(run: CostRun) -> dict[str, int]:
    """Return the cents of items by part of the response.

    Parts are those of ``part_of``.
    """
    found: dict[str, int] = {}
    for item, name, cents in lines_by_sector(run):
        part = part_of(run.pricing.lines[item].record.stage, name)
        found[part] = found.get(part, 0) + int(cents.sum())
    return found


def sector_rows(run: CostRun) -> list[dict[str, Any]]:
    """Return one row a sector, then contingency and support cost.

    Costs are in base currency: in total, by phase, country, payer and calendar year. ``by_assumed_shares`` is what of
    it comes from prices whose shares are an assumption.
    """
    tables: dict[str, np.ndarray] = {}
    phases: dict[str, dict[str, int]] = {}
    assumed: dict[str, int] = {}
    for item, name, cents in lines_by_sector(run):
        line, total = run.pricing.lines[item], int(cents.sum())
        tables[name] = tables.get(name, 0) + cents
        own = phases.setdefault(name, {})
        own[line.record.phase] = own.get(line.record.phase, 0) + total
        if line.split is not None and line.split.quality == ASSUMPTION:
            assumed[name] = assumed.get(name, 0) + total
    tables |= {CONTINGENCY: run.cents[-2], SUPPORT: run.cents[-1]}
    return [_sector_row(run, name, cents) | {"by_phase": _money(phases.get(name, {})),
                                             "by_assumed_shares": assumed.get(name, 0) / CENTS}
            for name, cents in tables.items() if cents.any()]


def _sector_row(run: CostRun, name: str, cents: np.ndarray) -> dict[str, Any]:
    """Return the cost of a sector by country, payer and year."""
    years = np.array([month.year for month in run.calendar.months])
    return {
        "sector": name, "cost": int(cents.sum()) / CENTS,
        "by_country": _money(dict(zip(run.pricing.countries, cents.sum(axis=(0, 2)), strict=True))),
        "by_payer": _money(dict(zip(PAYER_NAMES, cents.sum(axis=(0, 1)), strict=True))),
        "by_year": _money({str(year): cents[years == year].sum() for year in np.unique(years)}),
    }


def _money(cents: dict[str, Any]) -> dict[str, float]:
    """Return amounts in base currency."""
    return {name: int(value) / CENTS for name, value in cents.items()}

