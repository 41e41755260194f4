"""A comparison in sentences.

It has what may be said, what made the difference, where queues went, and who hosts whom.
"""

import math
from collections.abc import Mapping, Sequence

from mixedmig_model.record.schema.compared import AttributionPart, CompareRecord, QueuesPart, SharingPart
from mixedmig_model.record.words import spoken, templates
from mixedmig_model.record.words.costs import MoneyRow, money
from mixedmig_model.record.words.findings import said_of
from mixedmig_model.record.words.judged.amounts import people_change
from mixedmig_model.record.words.measures import quantity
from mixedmig_model.results.compare import SEEN, Shift
from mixedmig_model.results.indicators.bounds import least_of_unit
from mixedmig_model.vocabulary.numbers import MINUS, amount, counted, number, people, percent, unit_words
from mixedmig_model.vocabulary.rows import SAME, Row
from mixedmig_model.vocabulary.titles import LEDGER_TITLES, QUEUE_TITLES

MOST_NAMED = 3
NOTHING = "about 0"
"""A share or a difference that is the error of the solver."""
SMALL = 0.02
"""Share below which a measure is not named in a sentence.

It is of the largest measure's.
"""
HAIR = 1e-3
"""Share below which a difference is the error of the solver.

It is of the larger level.
"""


def signed(value: float | None, key: str, currency: str = "") -> str:
    """Return a difference or a share of one, with its sign.

    It is in its unit; 'none' where there is no number.
    """
    if value is None:
        return "none"
    if key == "cost":
        return signed_money(value, currency)
    unit = quantity(key)[1]
    text = amount(value, unit)
    if unit == "share":
        text = text.replace(" %", " points")
    return f"+{text}" if value > 0 and text != "0" else text


def signed_money(value: float, currency: str) -> str:
    """Return a difference of costs: the sign stands first."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{money(abs(value), currency).strip()}"


def differing(found: AttributionPart) -> list[str]:
    """Return quantities in which the option differs.

    It differs from its baseline, or measures cancel; quantities are in the order of the page.
    """
    told = [key for key, row in found.quantities.items() if row.difference is not None]
    return [key for key in told if _differs(found, key)]


def least_told(found: AttributionPart, key: str) -> float:
    """Return the size up to which a difference is solver error.

    It holds for a difference or a share, in the quantity's unit.
    """
    row = found.quantities[key]
    least = 1e-9 if key == "cost" else least_of_unit(quantity(key)[1])
    return float(max(least, HAIR * max(abs(row.baseline or 0.0), abs(row.option or 0.0))))


def _differs(found: AttributionPart, key: str) -> bool:
    row = found.quantities[key]
    sizes = [abs(row.difference or 0.0), *(abs(share) for share in row.shares if share is not None)]
    return bool(max(sizes) > least_told(found, key))


def untold(found: AttributionPart) -> list[str]:
    """Return quantities without shares.

    They do not exist in some combination of measures.
    """
    return [key for key, row in found.quantities.items() if any(share is None for share in row.shares)]


def attribution_sentence(
    found: AttributionPart, key: str, currency: str = "", told: Mapping[str, str] | None = None
) -> str:
    """Return what made most of one difference, as a sentence.

    Parameters
    ----------
    found : AttributionPart
        Shares of the measures.
    key : str
        The quantity.
    currency : str, default ''
        Currency of costs.
    told : Mapping[str, str] | None, default None
        Differences as ``differences_told`` gives them.

    Returns
    -------
    str
        The sentence.
    """
    row = found.quantities[key]
    ranked = sorted(zip(found.titles, row.shares, strict=True), key=lambda pair: -abs(pair[1] or 0.0))
    least = SMALL * abs(ranked[0][1] or 0.0)
    largest = [(title, share) for title, share in ranked if share and abs(share) >= least][:MOST_NAMED]
    parts = [f"{title} {signed(share, key, currency)}" for title, share in largest]
    template = spoken.SHARES if parts else spoken.SHARES_NONE
    if sum(1 for _, share in ranked if share) > len(largest):
        template = spoken.SHARES_REST if len(largest) == MOST_NAMED else spoken.SHARES_NEXT_TO_NOTHING
    return template.format(title=quantity(key)[0], difference=difference_text(found, key, currency, told),
                           parts="; ".join(parts))


def difference_text(
    found: AttributionPart, key: str, currency: str = "", told: Mapping[str, str] | None = None
) -> str:
    """Return a difference in words.

    Where it is the error of the solver, it says that measures cancel.
    """
    row = found.quantities[key]
    if abs(row.difference or 0.0) <= least_told(found, key):
        return spoken.CANCEL
    return (told or {}).get(key) or signed(row.difference, key, currency)


def nothing_differs(found: AttributionPart) -> str:
    """Return that an option has the same results as the baseline."""
    return templates.ATTRIBUTION_NONE.format(how=how(found))


def attribution_note(found: AttributionPart, keys: Sequence[str]) -> str:
    """Return what a share is, and what is not attributed.

    Parameters
    ----------
    found : AttributionPart
        Shares of the measures.
    keys : Sequence[str]
        Quantities that differ.

    Returns
    -------
    str
        The note.
    """
    lost = untold(found)
    same = [quantity(key)[0] for key in found.quantities if key not in keys and key not in lost]
    text = templates.ATTRIBUTION_NOTE
    text += templates.ATTRIBUTION_SAME.format(titles="; ".join(same)) if same else ""
    titles = "; ".join(quantity(key)[0] for key in lost)
    return text + (templates.ATTRIBUTION_LOST.format(titles=titles) if lost else "")


def bars_caption(found: AttributionPart) -> str:
    """Return the caption of the bars of shares."""
    return templates.SHARES if found.exact else templates.SHARES_SAMPLED


def bars_alt(
    found: AttributionPart, keys: Sequence[str], currency: str = "", told: Mapping[str, str] | None = None
) -> str:
    """Return the bars of shares in words."""
    sentences = " ".join(attribution_sentence(found, key, currency, told) for key in keys)
    return templates.SHARES_ALT.format(caption=bars_caption(found), sentences=sentences)


def total_text(found: AttributionPart, key: str, currency: str, told: Mapping[str, str] | None) -> str:
    """Return the difference that shares sum to, for a table."""
    gap = found.quantities[key].difference or 0.0
    return NOTHING if abs(gap) <= least_told(found, key) else difference_text(found, key, currency, told)


def share_text(found: AttributionPart, key: str, player: int, currency: str) -> str:
    """Return the share of a measure, for a table.

    It has its error where it was sampled.
    """
    row = found.quantities[key]
    share, error = row.shares[player], row.errors[player] or 0.0
    if share is not None and max(abs(share), error) <= least_told(found, key):
        return NOTHING
    text = signed(share, key, currency)
    if found.exact or share is None or not error:
        return text
    return f"{text} (± {signed(error, key, currency).lstrip('+')})"


def indicator_rows(record: CompareRecord) -> dict[str, Row]:
    """Return how the numbers of each indicator are printed.

    All scenarios are printed together.
    """
    rows = {}
    for indicator in record.indicators:
        rows[indicator.key] = Row(indicator.unit, indicator.values[record.baseline].value)
    return rows


def total_row(record: CompareRecord) -> MoneyRow | None:
    """Return how the total costs are printed.

    All scenarios are printed together; None where nothing is costed.
    """
    total = record.costs.get(record.baseline)
    return MoneyRow(total.total, record.currency) if total is not None else None


def differences_told(record: CompareRecord, name: str) -> dict[str, str]:
    """Return differences of an option to the baseline in words.

    They are those of the values that stand next to them.
    """
    rows, costs = indicator_rows(record), total_row(record)
    found = {}
    for indicator in record.indicators:
        value = indicator.values[name].value
        found[indicator.key] = "" if math.isnan(value) else rows[indicator.key].difference(value)
    if costs is not None and name in record.costs:
        found["cost"] = costs.signed(record.costs[name].total)
    return {key: text for key, text in found.items() if text not in ("", SAME)}


def how(found: AttributionPart) -> str:
    """Return how an attribution was computed, and its error."""
    count, note = len(found.measures), f" ({found.note})" if found.note else ""
    if found.exact:
        return spoken.EXACT.format(
            measures=counted(count, "measure"), combinations=counted(found.coalitions, "combination"),
            runs=counted(found.runs, "run"), path=found.path, note=note,
        )
    return spoken.SAMPLED.format(measures=count, orders=found.pairs_of_orders, combinations=found.coalitions,
                                 runs=found.runs, path=found.path, note=note)


def bottleneck_sentence(stage: str, found: QueuesPart) -> str:
    """Return where the queue went when one stage got more staff."""
    moved, to = found.moved[stage], found.went_to[stage]
    lost = -moved[stage]
    template = spoken.QUEUE_STAYS if lost < SEEN else spoken.QUEUE_MOVES if to else spoken.QUEUE_SHRINKS
    queues = ", ".join(f"{QUEUE_TITLES[name]} (+{people(moved[name])})" for name in to)
    return template.format(more=percent(found.more), stage=QUEUE_TITLES[stage], change=people_change(-lost),
                           queues=queues)


def shift_sentence(shift: Shift, countries: Mapping[str, str], currency: str = "") -> str:
    """Return a fall in one country that is a rise in another."""
    gaps = {**shift.fell, **shift.rose}
    if shift.measure == "cost":
        words, amounts = "Cost", MoneyRow(0.0, currency)
        text, shown = amounts.signed, amounts.shown
    else:
        words, persons = LEDGER_TITLES[shift.measure].split(",")[0].capitalize(), Row("person", 0.0)
        text, shown = persons.difference, persons.shown
    fell, rose = (
        ", ".join(f"{countries[c]} {text(gap)}" for c, gap in part.items()) for part in (shift.fell, shift.rose)
    )
    net = sum(shown(gap) for gap in gaps.values())  # of what is shown, so that readers can add up
    whole = text(net)
    return spoken.SHIFT.format(measure=words, fell=fell, rose=rose, together="0" if whole == SAME else whole)


def sharing_sentence(found: SharingPart, countries: Mapping[str, str]) -> str:
    """Return the index of responsibility sharing with its key."""
    if found.index is None or math.isnan(found.index):
        return spoken.NO_SHARING
    parts = [
        spoken.HOSTS.format(country=title, hosted=percent(found.hosted[c]), key=percent(found.key[c]),
                            weight=number(found.weights[c]))
        for c, title in countries.items()
    ]
    return spoken.SHARING.format(index=number(found.index, 2), countries="; ".join(parts))


def lines(record: CompareRecord) -> list[str]:
    """Return what the command says.

    It has what may be said, breaches and harms by scenario, costs, and what made the difference.
    """
    titles, currency = record.titles, record.currency
    rows = indicator_rows(record)
    told = said_of((one.title, one.said or one.judgement.sentence) for one in record.scenarios)
    for group, indicators in (("breach", record.breaches), ("harm", record.harms)):
        for indicator in indicators:
            for name, title in titles.items():
                value = indicator.values[name].value
                text = "none" if math.isnan(value) else rows[indicator.key].value(value)
                told.append(f"{group}: {indicator.title}: {title}: {unit_words(text, indicator.unit)}")
    told += [f"{one.title}: {one.cost}" for one in record.scenarios if one.cost]
    for name, found in record.attribution.items():
        told.append(spoken.DIFFERENCE.format(option=titles[name], how=how(found)))
        gaps = differences_told(record, name)
        told += [f"  {attribution_sentence(found, key, currency, gaps)}" for key in differing(found)]
    for name, shifts in record.regional.shifts.items():
        told += [f"{titles[name]}: {shift_sentence(s, record.regional.countries, currency)}" for s in shifts]
    return told
