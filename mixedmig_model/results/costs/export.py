"""The table of a response plan for people and for sharing.

It has columns, standing, and a CSV without small counts.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mixedmig_model.results.costs.draws import total_draws, total_range
from mixedmig_model.results.costs.lines import CENTS, CostRun
from mixedmig_model.results.costs.people import People
from mixedmig_model.results.costs.plan import PlanRow
from mixedmig_model.results.costs.pricing import PAYER_NAMES
from mixedmig_model.results.costs.recipients import counts_of_row
from mixedmig_model.storage.tables import write_table
from mixedmig_model.vocabulary.titles import PAYER_TITLES

PLAN_COLUMNS = (
    "item", "activity", "sector", "phase", "country", "year", "unit", "quantity", "unit cost", "duration (months)",
    "line total", "currency", "payer", "% charged", "charged to payer", "people in need", "people targeted",
    "people reached", "price quality", "source", "standing",
)
PEOPLE_COLUMNS = ("people in need", "people targeted", "people reached")
COUNTED = ("person", "case")
"""Units of which a quantity is a count of people."""


def planning_estimate(run: CostRun) -> bool:
    """Return whether a cost is a planning estimate.

    More of it then rests on prices without a source, and on derived ones, than a budget may rest on.
    """
    return run.assumed_share + run.derived_share > run.pricing.money.assumed_share_limit.value


def total_span(run: CostRun) -> tuple[float, float]:
    """Return the low and high end of the total.

    The range covers the ranges of prices, in base currency: 5 and 95 % of draws. The total itself is never outside.
    """
    real = float((run.units * run.pricing.price[:, None, :]).sum())
    factor = float((run.units * run.price).sum()) / real if real else 1.0  # 1 unless at prices of each year
    found = total_range(factor * total_draws(run), run.total)
    return found.low, found.high


def plan_rows(run: CostRun, rows: Sequence[PlanRow], people: Mapping[str, People]) -> list[dict[str, Any]]:
    """Return the rows of a plan, one for each line and payer.

    They have the columns ``PLAN_COLUMNS``, with money in base currency. Sum ``charged to payer``, never ``line total``,
    which stands with each payer of a line. People are those of the whole run in the country. They are of the item
    itself or of the part of the response to which it belongs (``counts_of_row``), and None where they are not known.

    Parameters
    ----------
    run : CostRun
        Costs of the run.
    rows : Sequence[PlanRow]
        Rows of the plan.
    people : Mapping[str, People]
        People in need, targeted and reached, as ``people_of_rows`` gives them.

    Returns
    -------
    list[dict[str, Any]]
        A record for each row, by column.
    """
    money = run.pricing.money
    prices = "prices of each year" if run.nominal else f"prices of {money.base_year}"
    standing = "planning estimate, not a budget" if planning_estimate(run) else "planning estimate"
    found = []
    for row in rows:
        counts = counts_of_row(people, row)
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


def hidden(count: float, limit: float) -> str | float:
    """Return a count of people for sharing.

    From above 0 to below the limit it says only that it is below; else it is whole persons.
    """
    if count < 1e-6:
        return 0.0
    return f"<{limit:g}" if count < limit else float(round(count))


def write_csv(run: CostRun, records: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows of ``plan_rows`` for sharing.

    Small counts of people are hidden, and no text can be a formula.
    """
    limit = run.pricing.money.small_cell.value
    write_table(path, PLAN_COLUMNS, [[_cell(column, record, limit) for column in PLAN_COLUMNS] for record in records])


def _cell(column: str, record: Mapping[str, Any], limit: float) -> str:
    """Return a cell of the table for sharing."""
    value = record[column]
    if value is None:
        return ""
    if column in PEOPLE_COLUMNS or (column == "quantity" and record["unit"] in COUNTED):
        value = hidden(value, limit) if column in PEOPLE_COLUMNS or value < limit else value
    if isinstance(value, str):
        return value
    if column in ("line total", "charged to payer"):
        return f"{value:.2f}"
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

