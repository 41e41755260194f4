"""What of the baseline was delivered, next to what was needed."""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.present.report.amounts import amount
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.costs import delivered_intro
from mixedmig_model.record.words.pages.inputs import ASSUMED
from mixedmig_model.vocabulary.numbers import DASH


def delivered_row(comparison: Comparison) -> list[Any] | None:
    """Return the row of the stage table on what was delivered.

    It is None where no option states it.
    """
    parts = {name: table.delivered for name, table in costs_of(comparison).items()}
    if not any(parts.values()):
        return None
    return [templates.DELIVERED_ROW, *(amount(part.total, comparison) if part else DASH
                                       for part in (parts[name] for name in comparison.names))]


def delivered_table(comparison: Comparison) -> Html:
    """Return items not delivered in full, with their gap.

    It is empty where all was, or the case does not say.
    """
    shown = []
    for name in comparison.names:
        costs = costs_of(comparison)[name]
        part = costs.delivered
        if part is None:
            continue
        rows: list[list[Any]] = [
            [row.title, *(amount(value, comparison) for value in (row.needed, row.delivered, row.gap)),
             join([ASSUMED if row.assumed else "a source", *(f"; {note}" for note in row.notes)])]
            for row in part.items
        ]
        whole = (amount(value, comparison) for value in (costs.total, part.total, part.gap))
        rows.append([tag("strong", templates.ALL_ITEMS), *whole, ""])
        title = comparison.title(name)
        shown.append(join([
            tag("h3", templates.DELIVERED_HEADING.format(option=title)),
            tag("p", delivered_intro(title, costs, part)),
            table(["item", "needed", "delivered", "gap", "rests on"], rows, numeric=(1, 2, 3)),
            tag("p", templates.DELIVERED_NOTE, class_="note")]))
    return join(shown)
