"""What pages say of costs.

It has views, delay, break-evens, and what an option costs for what it buys.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import banner, costs_of
from mixedmig_model.record.schema.costs import (
    BreakEvenRow,
    CeilingLine,
    CeilingRow,
    CostTable,
    DelayPart,
    DeliveredPart,
    LocalCurrency,
    PayerRow,
    SplitRow,
)
from mixedmig_model.record.schema.options import OptionPart
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import HARD, MoneyRow, money, money_range
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.record.words.pages.inputs import ASSUMED
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.numbers import DASH, MINUS, number, per_unit, percent
from mixedmig_model.vocabulary.rows import SAME
from mixedmig_model.vocabulary.titles import BUDGET_WORDS, PAYER_TITLES, PAYER_WORDS, sector_title

SHORT_RUN = 2.05
"""Years below which a run is short.

What comes later hardly weighs less.
"""
NO_GAP = 1.0
"""Of the currency: a gap of funding up to this is none."""
DETAINED = 0.5
"""Person-days of detention up to which nobody is detained."""
MOST_PAYERS = 3


class CeilingCell(NamedTuple):
    """What an option costs under a ceiling, and what is left.

    What is left is in each currency.
    """

    cost: str
    amount: float
    left: tuple[str, ...]
    over: bool


class OverWords(NamedTuple):
    """The slots of a sentence on a ceiling that is exceeded."""

    year: str
    amount: str
    budget: str
    country: str
    ceiling: str
    base: int


class CeilingWords(NamedTuple):
    """One ceiling in words, with a cell for each option.

    Below its title stand the amount that the case states, and the source.
    """

    title: str
    below: tuple[str, ...]
    ceiling: str
    amount: float
    cells: Mapping[str, CeilingCell]


def banner_words(comparison: Comparison) -> str:
    """Return what the costs of the decision table are.

    They may be taken for that.
    """
    return banner(comparison) or "estimate"


def stages_note(table: CostTable) -> str:
    """Return what the amounts by stage are."""
    return templates.STAGES_NOTE.format(currency=table.currency, year=table.year)


def delivered_intro(title: str, table: CostTable, part: DeliveredPart) -> str:
    """Return how much of the cost of an option was not delivered."""
    row = MoneyRow(table.total, table.currency, (table.total, part.gap))
    gap, total = (row.value(value).removeprefix(f"{table.currency}{HARD}") for value in (part.gap, table.total))
    return templates.DELIVERED_INTRO.format(option=title, currency=table.currency, gap=gap, total=total)


def views_note(table: CostTable) -> str:
    """Return why the undiscounted total comes first.

    It also says what is not costed.
    """
    return templates.VIEWS_NOTE_SHORT if table.years < SHORT_RUN else templates.VIEWS_NOTE


def present_value_title(rate: str) -> str:
    """Return the title of a present value.

    Parameters
    ----------
    rate : str
        Discount rate a year, as a share.

    Returns
    -------
    str
        The title.
    """
    return templates.VIEW_PRESENT.format(rate=number(100 * float(rate)))


def exchange_title(table: CostTable) -> str:
    """Return the title of the totals at other exchange rates."""
    return templates.VIEW_EXCHANGE.format(spread=number(100 * table.exchange_spread))


def local_total_title(table: CostTable, local: LocalCurrency) -> str:
    """Return the title of totals in the second currency.

    It names rate, day or year, and source.
    """
    rests = templates.RATE_ASSUMED if local.quality == ASSUMPTION else local.source_title
    return templates.LOCAL_TOTAL.format(local=local.currency, rate=number(local.for_one), base=table.currency,
                                        when=local.when, source=rests)


def twice(text: str, value: float, local: LocalCurrency | None) -> tuple[str, str]:
    """Return an amount as shown, and in the second currency.

    The second is empty where there is none.
    """
    return text, "" if local is None or math.isnan(value) else money(value * local.for_one, local.currency)


def payers_words(table: CostTable) -> str:
    """Return the three who pay most, with their shares."""
    whole = table.total
    shares = sorted(((cost / whole, name) for name, cost in table.by_payer.items() if cost > 0), reverse=True)
    named = [f"{PAYER_WORDS[name]} {percent(share)}" for share, name in shares[:MOST_PAYERS]]
    return "; ".join(named) if whole else "nobody"


def gap_words(table: CostTable) -> str:
    """Return the gap of funding of all payers at the end."""
    gap = sum(row.gap for row in table.funding.payers)
    return money(gap, table.currency) if gap > NO_GAP else "none"


def anybody_detained(tables: list[CostTable]) -> bool:
    """Return whether detention has a table."""
    return any(table.detention.person_days > DETAINED for table in tables)


def items_note(table: CostTable) -> str:
    """Return what the columns of the table of items are."""
    return templates.ITEMS_NOTE.format(currency=table.currency)


def shares_text(shares: Mapping[str, float]) -> str:
    """Return shares of sectors, the largest first."""
    ordered = sorted(shares.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{sector_title(name)} {number(100.0 * share)}{HARD}%" for name, share in ordered)


def split_stated(row: SplitRow) -> str:
    """Return who states the shares of a price."""
    return templates.SPLIT_OF_CASE if row.own else templates.SPLIT_OF_BOOK


def plane_verdict(option: OptionPart, low: float, high: float, coming: Coming = "sea") -> str:
    """Return what may be said of a difference in cost.

    Parameters
    ----------
    option : OptionPart
        The option.
    low, high : float
        Ends of the difference of costs.
    coming : Coming, optional
        How people come.

    Returns
    -------
    str
        The words.
    """
    found = option.judgement
    if not found.ranked:
        return templates.PLANE_BREACHES
    if not option.same_people:
        return of_claims(templates.PLANE_OTHERS_DEPART, coming)
    cost = "less" if high < 0.0 else "more" if low > 0.0 else "either"
    return templates.PLANE_VERDICTS[cost, "worse" if found.any_worse else "unclear" if found.any_doubt else "none"]


def placed_options(comparison: Comparison) -> list[str]:
    """Return options whose cost is set next to what they buy.

    They are ranked, and the same people depart in them.
    """
    return [one.name for one in comparison.record.scenarios[1:] if one.judgement.ranked and one.same_people]


def opposite(text: str) -> str:
    """Return a difference in words with the other sign."""
    other = {"+": MINUS, MINUS: "+"}
    return f"{other[text[0]]}{text[1:]}" if text[:1] in other else text


def delay_missing(found: NotWorkedOut | None) -> str:
    """Return why the cost of delay is not known."""
    return templates.DELAY_FAILED.format(failure=found.failure) if found else templates.DELAY_NONE


def delay_words(comparison: Comparison, found: DelayPart) -> str:
    """Return what delay costs the baseline."""
    template = templates.DELAY_COSTS if found.gap > 0 else templates.DELAY_SAVES
    low, high = sorted((abs(found.low), abs(found.high)))
    amount = money_range(abs(found.gap), low, high)
    return template.format(baseline=comparison.title(comparison.names[0]), amount=amount)


def break_even_words(comparison: Comparison, row: BreakEvenRow) -> str:
    """Return a price at which two options cost the same.

    One is the baseline.
    """
    template = templates.BREAK_EVEN_UNDER if row.cheaper_below else templates.BREAK_EVEN_OVER
    return template.format(
        option=comparison.title(row.scenario), item=row.title, at=money(row.at), per=per_unit(row.per),
        price=money(row.price), low=money(row.low), high=money(row.high), dash=DASH,
    )


def payer_cells(comparison: Comparison) -> dict[str, list[tuple[str, float]]]:
    """Return what each payer must pay in each option, with amount.

    It also has what is not covered at the end, and since when. Payers of nothing have none. The gap is that of the
    numbers shown.
    """
    tables, found = costs_of(comparison), dict[str, list[tuple[str, float]]]()
    for payer in PAYER_WORDS:
        rows = {name: next((row for row in tables[name].funding.payers if row.payer == payer), None)
                for name in comparison.names}
        if any(row and row.required for row in rows.values()):
            found[payer] = [(_paid(row, tables[name].currency), row.required) if row else (DASH, math.nan)
                            for name, row in rows.items()]
    return found


def _paid(row: PayerRow, currency: str) -> str:
    """Return what a payer must pay, and the gap if there is one."""
    both = MoneyRow(row.received, currency)
    gap = both.size_of_difference(row.required)
    if gap == SAME or row.required - row.received < 1.0:
        return both.value(row.required)
    return said.PAYER_GAP.format(required=both.value(row.required), gap=gap, month=row.first[:7] or DASH)


def year_payers_note(table: CostTable) -> str:
    """Return what the amounts by fiscal year and payer are."""
    return said.YEAR_PAYERS_NOTE.format(year=table.year)


def ceilings_note(table: CostTable) -> str:
    """Return what a ceiling is, and what it does not do.

    It has what the mark means, where a ceiling is an assumption.
    """
    note = said.CEILINGS_NOTE.format(year=table.year)
    return said.CEILINGS_MARKED.format(note=note, mark=templates.ASSUMED_NOTE) if any(
        row.assumed for row in table.ceilings) else note


def ceilings(comparison: Comparison) -> list[CeilingWords]:
    """Return the ceilings of the case in words.

    Each has what every option costs under it, and what is left.
    """
    tables, names, found = costs_of(comparison), comparison.names, []
    for place, first in enumerate(tables[names[0]].ceilings if tables else ()):
        cells = {name: _ceiling_cell(comparison, name, place) for name in names}
        template = said.CEILING_IN if first.country else said.CEILING_ALL
        title = template.format(payer=PAYER_TITLES[first.payer], year=first.year,
                                country=comparison.countries.get(first.country, ""))
        title = said.CEILING_ASSUMED.format(title=title, mark=ASSUMED) if first.assumed else title
        source = "" if first.assumed else said.CEILING_SOURCE.format(title=first.source_title)
        below = tuple(text for text in (_stated(first, tables[names[0]]), source) if text)
        found.append(CeilingWords(title, below, money(first.ceiling, tables[names[0]].currency), first.ceiling, cells))
    return found


def _stated(row: CeilingRow, table: CostTable) -> str:
    """Return a ceiling as the case states it.

    It is empty where that is the amount shown.
    """
    if row.prices == "nominal" and int(row.year) != table.year:
        return said.CEILING_NOMINAL.format(amount=money(row.stated, row.currency), year=row.year)
    if row.currency != table.currency:
        return said.CEILING_REAL.format(amount=money(row.stated, row.currency), year=table.year)
    return ""


def _ceiling_cell(comparison: Comparison, name: str, place: int) -> CeilingCell:
    """Return what an option costs under a ceiling, and what is left.

    What is left is the difference of the numbers shown, in both currencies.
    """
    table = costs_of(comparison)[name]
    row = table.ceilings[place]
    shown, gaps = MoneyRow(row.ceiling, table.currency, (row.ceiling, row.cost)), _gaps(comparison, name, place)
    template = said.CEILING_OVER if row.left < 0 else said.CEILING_LEFT
    left = tuple(template.format(amount=gap) for gap in gaps) or (said.CEILING_REACHED,)
    return CeilingCell(shown.value(row.cost), row.cost, left, bool(gaps) and row.left < 0)


def _gaps(comparison: Comparison, name: str, place: int) -> tuple[str, ...]:
    """Return how far a cost is from its ceiling, in each currency.

    There is nothing where the cost is the ceiling.
    """
    table, local = costs_of(comparison)[name], comparison.record.local_currency
    gap = _gap(table.ceilings[place], table.currency)
    if not gap:
        return ()
    return (gap, *([_gap(local.ceilings[name][place], local.currency)] if local is not None else []))


def _gap(row: CeilingLine, currency: str) -> str:
    """Return how far a cost is from its ceiling, without a sign.

    It is empty where they are the same.
    """
    both = MoneyRow(row.ceiling, currency, (row.ceiling, row.cost))
    return "" if both.difference(row.cost) == SAME else both.size_of_difference(row.cost)


def over_sentences(comparison: Comparison) -> list[str]:
    """Return what options need above ceilings, in sentences.

    Each option is in one: with its largest excess, and how many ceilings more it exceeds. Options with the same words
    share one. There are none where no ceiling is exceeded.
    """
    same: dict[tuple[OverWords, int], list[str]] = {}
    for name in comparison.names if costs_of(comparison) else []:
        rows = costs_of(comparison)[name].ceilings
        over = [place for place in range(len(rows)) if _ceiling_cell(comparison, name, place).over]
        if over:
            most = min(over, key=lambda place: rows[place].left)
            same.setdefault((_over(comparison, name, most), len(over) - 1), []).append(comparison.title(name))
    return [_over_sentence(words, titles, more) for (words, more), titles in same.items()]


def _over(comparison: Comparison, name: str, place: int) -> OverWords:
    """Return by how much an option exceeds a ceiling, in words."""
    table = costs_of(comparison)[name]
    row = table.ceilings[place]
    most = MoneyRow(row.ceiling, table.currency, (row.ceiling, row.cost)).value(row.ceiling)
    gaps = _gaps(comparison, name, place)
    amount = gaps[0] if len(gaps) == 1 else said.BOTH_CURRENCIES.format(value=gaps[0], second=gaps[1])
    return OverWords(row.year, amount, BUDGET_WORDS[row.payer], country=comparison.countries.get(row.country, ""),
                     ceiling=most, base=table.year)


def _over_sentence(words: OverWords, titles: list[str], more: int) -> str:
    template = said.ASK_OVER_IN if words.country else said.ASK_OVER
    text = template.format(options="; ".join(titles), **words._asdict())
    return said.ASK_OVER_MORE.format(sentence=text, count=more) if more else text
