"""What delay costs with the teams that would have met each standard, and prices that would change the answer."""

from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.costs import money, money_range
from mixedmig_model.vocabulary.numbers import DASH, number, percent
from mixedmig_model.vocabulary.titles import COST_STAGE_TITLES


def delay_section(comparison: Comparison) -> Html:
    """The cost of delay of the baseline, and the teams that would have met each standard."""
    found = comparison.record.get("delay")
    if not found or "failure" in found:
        why = f": {found['failure']}" if found else "."
        return tag("p", f"The cost of delay was not worked out for this report{why}", class_="note")
    gap, low, high = found["gap"], found["low"], found["high"]
    more = gap > 0
    first = (
        f"With teams that keep every wait within its standard, {comparison.title(comparison.names[0])} would have cost "
        f"{money_range(abs(gap), *(sorted((abs(low), abs(high)))))} {'less' if more else 'more'}: delay "
        f"{'cost that much' if more else 'saved money, not people: what it does to them stands above'}."
    )
    teams = []
    for stage, sizes in found["teams"].items():
        officers = ", ".join(f"{comparison.countries[country]} {number(size, 2)}" for country, size in sizes.items())
        on_time = percent(found["on_time"][stage])
        teams.append(f"{COST_STAGE_TITLES[stage]}: {officers} officers; {on_time} within the standard.")
    note = (
        "The smallest teams of constant size that do so, found from the work that arrives and proved by a run of their "
        "own; interpreters grow in step. Referral, appeal and returns have no standard and keep their staff."
    )
    return join([paragraphs(first), bullets(teams), tag("p", note, class_="note")])


def break_even_section(comparison: Comparison) -> Html:
    """Prices at which an option would cost as much as the baseline."""
    rows = comparison.record.get("price_break_evens") or []
    if not rows:
        text = "No single price within its range would make an option cost as much as the baseline."
        return tag("p", text, class_="note")
    lines = [
        f"{comparison.title(row['scenario'])} is cheaper than the baseline only while '{row['title']}' costs "
        f"{'under' if row['cheaper_below'] else 'over'} {money(row['at'])} a {row['per']} "
        f"(now {money(row['price'])}, range {money(row['low'])}{DASH}{money(row['high'])})."
        for row in rows
    ]
    note = (
        "Each price alone, all else as it is. Break-evens of other inputs, such as the time that determination takes, "
        "need runs: mixedmig break-even."
    )
    return join([bullets(lines), tag("p", note, class_="note")])
