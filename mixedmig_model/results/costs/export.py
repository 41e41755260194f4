"""The table of a response plan for people and for sharing: columns, standing, and a CSV without small counts."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mixedmig_model.results.costs.draws import total_draws, total_range
from mixedmig_model.results.costs.lines import CENTS, CostRun
from mixedmig_model.results.costs.people import People, part_of
from mixedmig_model.results.costs.plan import PlanRow
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.vocabulary.titles import PAYER_TITLES

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""Signs by which a spreadsheet takes a text for a formula."""
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

