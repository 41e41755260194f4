"""A comparison in sentences: what may be said, what made the difference, where queues went, who hosts whom."""

from collections.abc import Mapping
from typing import Any

from mixedmig_model.record.comparison import KINDS
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.measures import quantity
from mixedmig_model.results.compare import SEEN
from mixedmig_model.results.indicators.judgement import NOTICED
from mixedmig_model.vocabulary.numbers import MINUS, amount, number, people, percent
from mixedmig_model.vocabulary.titles import LEDGER_TITLES, QUEUE_TITLES

MOST_NAMED = 3
SMALL = 0.02
"""Share of the largest measure's below which a measure is not named in a sentence."""
HAIR = 1e-3
"""Share of the larger level below which a difference is the error of the solver."""


def signed(value: float | None, key: str, currency: str = "") -> str:
    """A difference or a share of one, with its sign and in its unit; 'none' where there is no number."""
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
    """A difference of costs: the sign stands first."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{money(abs(value), currency).strip()}"


def differing(found: Mapping[str, Any]) -> list[str]:
    """Quantities in which the option differs from its baseline, or in which measures cancel, in the order told."""
    told = [key for key, row in found["quantities"].items() if row["difference"] is not None]
    return [key for key in told if _differs(found, key)]


def least_told(found: Mapping[str, Any], key: str) -> float:
    """The size up to which a difference or a share is the error of the solver, in the quantity's unit."""
    row = found["quantities"][key]
    least = NOTICED if key != "cost" and quantity(key)[1].startswith("person") else 1e-9
    return float(max(least, HAIR * max(abs(row["baseline"]), abs(row["option"]))))


def _differs(found: Mapping[str, Any], key: str) -> bool:
    row = found["quantities"][key]
    sizes = [abs(row["difference"]), *(abs(share) for share in row["shares"] if share is not None)]
    return bool(max(sizes) > least_told(found, key))


def untold(found: Mapping[str, Any]) -> list[str]:
    """Quantities without shares, because they do not exist in some combination of measures."""
    return [key for key, row in found["quantities"].items() if any(share is None for share in row["shares"])]


def attribution_sentence(found: Mapping[str, Any], key: str, currency: str = "") -> str:
    """What made most of one difference."""
    row = found["quantities"][key]
    ranked = sorted(zip(found["titles"], row["shares"], strict=True), key=lambda pair: -abs(pair[1] or 0.0))
    least = SMALL * abs(ranked[0][1] or 0.0)
    largest = [(title, share) for title, share in ranked if share and abs(share) >= least][:MOST_NAMED]
    parts = [f"{title} {signed(share, key, currency)}" for title, share in largest]
    title = quantity(key)[0]
    rest = f": {'; '.join(parts)}" if parts else ""
    if sum(1 for _, share in ranked if share) > len(largest):
        rest += "; others the rest" if len(largest) == MOST_NAMED else "; others next to nothing"
    return f"{title}: {difference_text(found, key, currency)}{rest}."


def difference_text(found: Mapping[str, Any], key: str, currency: str = "") -> str:
    """A difference; where it is the error of the solver, that measures cancel."""
    row = found["quantities"][key]
    if abs(row["difference"]) <= least_told(found, key):
        return "about the same, as measures cancel"
    return signed(row["difference"], key, currency)


def how(found: Mapping[str, Any]) -> str:
    """How an attribution was made, and its error."""
    count, solver = len(found["measures"]), f"the {found['path']} path"
    if found["note"]:
        solver += f" ({found['note']})"
    if found["exact"]:
        return f"{count} measures, all {found['coalitions']} combinations ({found['runs']} runs) on {solver}: exact."
    return (
        f"{count} measures: {found['pairs_of_orders']} orders and their reverses were sampled "
        f"({found['coalitions']} combinations, {found['runs']} runs) on {solver}. The standard error of each share "
        "stands beside it; shares sum to the difference whatever was sampled."
    )


def bottleneck_sentence(stage: str, found: Mapping[str, Any]) -> str:
    """Where the queue went when one stage got more staff."""
    moved, to = found["moved"][stage], found["went_to"][stage]
    lost, first = -moved[stage], f"{percent(found['more'])} more staff in {QUEUE_TITLES[stage]}"
    if lost < SEEN:
        return f"{first}: its queue hardly moves."
    text = f"{first}: {people(lost)} fewer people there on an average day"
    if not to:
        return f"{text}, and no other queue grows by a tenth of that."
    parts = [f"{QUEUE_TITLES[name]} (+{people(moved[name])})" for name in to]
    return f"{text}; the queue moves to {', '.join(parts)}."


def shift_sentence(shift: Mapping[str, Any], countries: Mapping[str, str], currency: str = "") -> str:
    """A fall in one country that is a rise in another."""
    if shift["measure"] == "cost":
        words = "Cost"
        parts = {c: signed_money(gap, currency) for c, gap in (shift["fell"] | shift["rose"]).items()}
    else:
        words = LEDGER_TITLES[shift["measure"]].split(",")[0].capitalize()
        parts = {c: f"{'+' if gap > 0 else ''}{people(gap)}" for c, gap in (shift["fell"] | shift["rose"]).items()}
    fell = ", ".join(f"{countries[c]} {parts[c]}" for c in shift["fell"])
    rose = ", ".join(f"{countries[c]} {parts[c]}" for c in shift["rose"])
    net = sum((shift["fell"] | shift["rose"]).values())
    whole = signed_money(net, currency) if shift["measure"] == "cost" else f"{'+' if net > 0 else ''}{people(net)}"
    return f"{words}: {fell}, but {rose}. Read both: together {whole}."


def sharing_sentence(found: Mapping[str, Any], countries: Mapping[str, str]) -> str:
    """The index of responsibility sharing with its key."""
    if found["index"] is None:
        return "There is no index of responsibility sharing for one country."
    parts = [
        f"{title} hosts {percent(found['hosted'][c])} of person-days where the key says {percent(found['key'][c])} "
        f"(weight {number(found['weights'][c])})"
        for c, title in countries.items()
    ]
    return f"{number(found['index'], 2)}, of 1 where all is as the key says: {'; '.join(parts)}."


def lines(record: Mapping[str, Any]) -> list[str]:
    """What the command says: breaches and harms by scenario, what may be said, costs, and what made the difference."""
    titles = {s["name"]: s["title"] for s in record["scenarios"]}
    currency = next((table["currency"] for table in record["costs"].values()), "")
    told = []
    for group in ("breach", "harm"):
        for indicator in record[KINDS[group]]:
            for name, title in titles.items():
                value = indicator["values"][name]["value"]
                text = "none" if value is None else amount(value, indicator["unit"])
                told.append(f"{group}: {indicator['title']}: {title}: {text} {indicator['unit']}s")
    told += [f"{s['title']}: {s['standing']}" for s in record["scenarios"]]
    told += [f"cost: {titles[name]}: {money(table['total'], table['currency'])}"
             for name, table in record["costs"].items()]
    for name, found in record["attribution"].items():
        told.append(f"What made the difference in {titles[name]}: {how(found)}")
        told += [f"  {attribution_sentence(found, key, currency)}" for key in differing(found)]
    for name, shifts in record["regional"]["shifts"].items():
        told += [f"{titles[name]}: {shift_sentence(s, record['regional']['countries'], currency)}" for s in shifts]
    return told
