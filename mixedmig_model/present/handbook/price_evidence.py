"""What was found for prices, and how it was used.

The page is written from ``parameters/costs/evidence.csv``. Every row is used or refused, and a refusal has its reason.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.costs.book import COSTS, EVIDENCE
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.present.handbook.reference import markdown_table, page

HEAD = ("item", "country", "year", "price", "for a", "what it holds", "source", "use", "reason")
USES = {"value": "a price", "range": "an end or the inside of a range", "rule": "a share or a rule", "refused": "no"}


class FoundPrice(NamedTuple):
    """A price that somebody published, and how it was used.

    ``where`` names the item and the country whose price it supports; it is empty for a refused one.
    """

    item: str
    country: str
    year: str
    currency: str
    price: str
    unit: str
    includes: str
    title: str
    publisher: str
    address: str
    quality: str
    use: str
    where: str
    reason: str


def evidence_rows(root: Path) -> list[FoundPrice]:
    """Return the rows of the table of a workspace."""
    with (root / COSTS / EVIDENCE).open(encoding="utf-8", newline="") as file:
        return [FoundPrice(**row) for row in csv.DictReader(file)]


def price_evidence_page(workspace: Workspace) -> str:
    """Return Markdown of what was found for prices."""
    rows = evidence_rows(workspace.root)
    counts = Counter(row.use for row in rows)
    value, inside, rule, refused = (counts[use] for use in USES)
    lines = [
        "# What was found for prices", "",
        "Generated from `parameters/costs/evidence.csv`. Most sources were read as copies, and only from their "
        "beginning. Open the primary source before a price is printed as cited.", "",
        f"**{len(rows)} prices were found.** {value} became a price of the [cost book](cost_book.md). {inside} are an "
        f"end or the inside of a range, {rule} a share or a rule. {refused} were refused.", "",
        *markdown_table(HEAD, [_cells(row) for row in rows]),
    ]
    return page(lines)


def _cells(row: FoundPrice) -> list[str]:
    """Return the cells of one row."""
    use = USES[row.use]
    return [row.item, row.country, row.year, f"{row.currency} {row.price}".strip() or "none", row.unit, row.includes,
            f"[{row.title}]({row.address}), {row.publisher}; {row.quality}",
            f"`{row.where}`: {use}" if row.where else use, row.reason or "as found"]
