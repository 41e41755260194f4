"""What pages say of costs.

It has views, delay, break-evens, and what an option costs for what it buys.
"""

import math

from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import banner, costs_of
from mixedmig_model.record.schema.costs import (
    BreakEvenRow,
    CostTable,
    DelayPart,
    DeliveredPart,
    LocalCurrency,
    PayerRow,
)
from mixedmig_model.record.schema.options import OptionPart
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import HARD, MoneyRow, money, money_range
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.numbers import DASH, MINUS, number, percent
from mixedmig_model.vocabulary.rows import SAME
from mixedmig_model.vocabulary.titles import PAYER_WORDS

SHORT_RUN = 2.05
"""Years below which a run is short.

What comes later hardly weighs less.
"""
NO_GAP = 1.0
"""Of the currency: a gap of funding up to this is none."""
DETAINED = 0.5
"""Person-days of detention up to which nobody is detained."""
MOST_PAYERS = 3




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
        option=comparison.title(row.scenario), item=row.title, at=money(row.at), per=row.per, price=money(row.price),
        low=money(row.low), high=money(row.high), dash=DASH,
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
