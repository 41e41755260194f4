"""Items of costs one by one, and their prices.

They are by sector and phase too.
"""

from typing import Any, get_args

from mixedmig_model.inputs.costs.schema import Phase
from mixedmig_model.present.html.builders import Html, join, table, tag
from mixedmig_model.present.report.amounts import amount, in_both
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.pages.costs import items_note, shares_text, split_stated
from mixedmig_model.record.words.pages.inputs import ASSUMED, quality_mark
from mixedmig_model.vocabulary.numbers import DASH, number, percent, price_unit
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import ADDED_TITLES, COST_STAGE_TITLES, sector_title

PHASES: tuple[str, ...] = get_args(Phase)


def items_table(comparison: Comparison) -> Html:
    """Return every item.

    It says how it behaves, what it is paid for, what was billed in the baseline, and its cost in each option.
    """
    names, tables = comparison.names, costs_of(comparison)
    head = ["item", "behaves", "for a", "billed", *(comparison.title(name) for name in names), "rests on"]
    cost = {name: {row.item: row.cost for row in tables[name].items} for name in names}
    known = {row.item: row for name in reversed(names) for row in tables[name].items}
    rows: list[list[Any]] = []
    for stage, title in COST_STAGE_TITLES.items():
        found = [row for item, row in known.items()
                 if row.stage == stage and any(cost[name].get(item) for name in names)]
        if found:
            rows.append([on_route(title, comparison.record.coming)])
        for row in sorted(found, key=lambda r: -r.cost):
            billed = number(row.billed) if row.billed == row.billed else DASH
            amounts = (cost[name].get(row.item, 0.0) for name in names)
            costs = (in_both(money(value, "").strip(), value, comparison) for value in amounts)
            rows.append([row.title, row.behaviour.replace("_", "-"), price_unit(row.per), billed, *costs,
                         ASSUMED if row.assumed else "derived" if row.derived else "a source"])
    note = tag("p", join([templates.ASSUMED_NOTE, " ", items_note(tables[names[0]])]), class_="note")
    return join([table(head, rows, numeric=range(3, len(head) - 1)), note])


def on_screen(words: str, *parts: Html) -> Html:
    """Return reference that is folded on screen, not printed.

    On paper its words stand alone.
    """
    return join([tag("p", words, class_="note onpaper"),
                 tag("details", join([tag("summary", words), *parts]), class_="onscreen")])


def sector_table(comparison: Comparison, name: str) -> Html:
    """Return cost by sector and phase of one option.

    Contingency and support cost have no phase. The last column is the part that rests on assumed shares.
    """
    tables = costs_of(comparison)[name]
    head = ["sector", *PHASES, "total", "share", "by assumed shares"]
    rows = [
        [sector_title(row.sector),
         *(amount(row.by_phase[p], comparison) if row.by_phase.get(p) else DASH for p in PHASES),
         amount(row.cost, comparison), percent(row.cost / tables.total),
         percent(row.by_assumed_shares / row.cost) if row.by_assumed_shares else DASH]
        for row in sorted(tables.sectors, key=lambda row: (row.sector in ADDED_TITLES, -row.cost))
    ]
    return table(head, rows, numeric=range(1, 7))


def split_table(comparison: Comparison) -> Html:
    """Return the shares of prices that hold several sectors."""
    head = ["price of several sectors", "shares", "stated by", "quality", "source", "note"]
    rows: list[list[Any]] = [
        [row.title, shares_text(row.shares), split_stated(row), quality_mark(row),
         "" if row.assumed else row.source_title, row.note]
        for row in comparison.record.splits
    ]
    return join([tag("p", templates.SPLITS_NOTE, class_="note"),
                 table(head, rows, row_classes=["assumed" if row.assumed else "" for row in comparison.record.splits])])


def swings_table(comparison: Comparison, name: str) -> Html:
    """Return the prices that move the total most.

    Each moves alone to the ends of its range.
    """
    tables = costs_of(comparison)[name]
    titles = {row.item: row.title for row in tables.items}
    rows = [[titles.get(item, item), amount(low, comparison), in_both(f"+{money(high)}", high, comparison)]
            for item, low, high in tables.swings]
    head = ["price", "at its low end", "at its high end"]
    return join([table(head, rows, numeric=(1, 2)), tag("p", templates.SWINGS_NOTE, class_="note")])


def prices_table(comparison: Comparison) -> Html:
    """Return the book of unit costs.

    Every price has currency, year, range, source and quality.
    """
    head = ["item", "where", "price", "for a", "range", "quality", "source", "note"]
    rows: list[list[Any]] = []
    classes = []
    for row in comparison.record.prices:
        span = f"{number(row.low)}{DASH}{number(row.high)}"
        price = f"{row.currency} {number(row.value)} of {row.price_year}"
        source = "" if row.assumed else row.source_title
        rows.append([row.title, row.where, price, price_unit(row.per), span, quality_mark(row), source, row.note])
        classes.append("assumed" if row.assumed else "")
    return join([tag("p", templates.ASSUMED_NOTE, class_="note"), table(head, rows, row_classes=classes)])
