"""What the first page says of the comparison.

It has what is compared, what the brackets are, what may be said, and published totals.
"""

from datetime import date

from mixedmig_model.record.drawn import drawn, judged_draws
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.rows import cost_row
from mixedmig_model.record.schema.inputs import NeedShares, PublishedRow
from mixedmig_model.record.schema.options import IndicatorPart
from mixedmig_model.record.schema.report import Report
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.front_page.answer import judged_note
from mixedmig_model.record.words.judged.payments import cost_sentences
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.record.words.ranges import ranged_difference
from mixedmig_model.vocabulary.numbers import MINUS, day_text, number, people, percent, unit_words
from mixedmig_model.vocabulary.rows import Row

RELIABILITY_WORDS = {"good": "", "weak": " (weak figure)", "doubtful": " (doubtful, not scored)"}


def day_words(text: str) -> str:
    """Return a day of a record, for readers."""
    return day_text(date.fromisoformat(text))


def when_words(report: Report) -> str:
    """Return the dates and the countries of a report.

    Where people come to them by several routes, it says which.
    """
    countries = ", ".join(report.countries.values())
    when = templates.QUESTION_WHEN.format(start=day_words(report.start), end=day_words(report.end), countries=countries)
    return " ".join(text for text in (when, routes_words(report)) if text)


def routes_words(report: Report) -> str:
    """Return how people come to each country.

    The text is empty where they come to all by one route.
    """
    by_route: dict[str, list[str]] = {}
    for name, route in report.routes.items():
        by_route.setdefault(route, []).append(report.countries[name])
    parts = [templates.QUESTION_ROUTE.format(countries=", ".join(names), route=route)
             for route, names in by_route.items()]
    return templates.QUESTION_ROUTES.format(routes="; ".join(parts)) if parts else ""


def paragraph_words(names: tuple[str, ...]) -> str:
    """Return the paragraphs on which an option acts.

    They are of the founding document; the text is empty where the option names none.
    """
    return templates.QUESTION_PARAGRAPHS.format(names=", ".join(names)) if names else ""


def share_texts(share: NeedShares) -> dict[str, str]:
    """Return the true-need share in percent.

    It has low, default and high.
    """
    return {side: f"{number(100 * value, 2)} %" for side, value in dict(share).items()}


def brackets_note(report: Report, with_costs: bool, with_responses: bool) -> str:
    """Return what the brackets of the decision table are.

    It says that nobody knows who is due protection.

    Parameters
    ----------
    report : Report
        The record.
    with_costs : bool
        Whether costs stand in the table.
    with_responses : bool
        Whether an option has an effect on departures.

    Returns
    -------
    str
        The note.
    """
    shares = share_texts(report.need_share)
    text = (
        templates.DECISION_RUNS.format(not_truth=templates.NOT_TRUTH, **shares) if report.ensemble is None
        else templates.DECISION_DRAWS.format(draws=report.ensemble.draws, not_truth=templates.NOT_TRUTH, **shares)
    )
    if with_costs:
        text += templates.DECISION_COSTS if report.ensemble is None else templates.DECISION_COSTS_DRAWN
    return text + (of_claims(templates.DECISION_RESPONSES, report.coming) if with_responses else "")


def standing_words(comparison: Comparison, name: str) -> str:
    """Return what may be said of an option.

    How often draws of the uncertain inputs confirm it comes second, what it costs third.
    """
    said, drawn = comparison.record.option(name).judgement.sentence, judged_draws(comparison, name)
    base, costs = comparison.names[0], comparison.record.costs
    parts = [said, *([drawn.sentence] if drawn else [])]
    if name != base and name in costs:
        evens = [row for row in comparison.record.price_break_evens if row.scenario == name]
        gap = cost_row(comparison).signed(costs[name].total)
        parts.append(cost_sentences(gap, costs[name].by_payer, costs[base].by_payer, evens))
    return " ".join(parts)


def cell_text(comparison: Comparison, indicator: IndicatorPart, name: str, change: str) -> str | None:
    """Return what may be said of a harm or a breach.

    It stands under its number; None for any other indicator. ``change`` is the difference of the numbers shown. A harm
    that is better or worse has it, so that value, baseline and difference agree.
    """
    found = comparison.record.option(name).judgement
    harm = found.harm(indicator.key) if indicator.kind == "harm" else None
    if harm and harm.word in ("better", "worse"):
        return judged_note(change, harm.word)
    return judged_text(comparison, indicator, name)


def told_below(comparison: Comparison, indicator: IndicatorPart, name: str, row: Row) -> str:
    """Return what stands below the value of an option.

    Of a harm or a breach it is what may be said of it. Of any other indicator it is the difference to the baseline,
    with its range where there are draws. It is empty for the baseline.
    """
    base = comparison.names[0]
    if name == base:
        return ""
    ours, theirs = indicator.values[name].value, indicator.values[base].value
    told = cell_text(comparison, indicator, name, row.difference(ours))
    if told is not None:
        return told
    gaps = drawn(comparison, "differences", indicator.key, name)
    return ranged_difference(ours, theirs, gaps, indicator.unit, row) if gaps else row.difference(ours)


def judged_text(comparison: Comparison, indicator: IndicatorPart, name: str) -> str | None:
    """Return what may be said of a harm or a breach.

    It is of an option; None for any other indicator.
    """
    found = comparison.record.option(name).judgement
    if indicator.kind == "harm":
        harm = found.harm(indicator.key)
        return harm.text if harm else None
    breach = found.breach(indicator.key)
    return breach.text if breach and indicator.kind == "breach" else None


def need_caption(report: Report) -> str:
    """Return the caption of the table of three runs.

    They are the low, default and high runs.
    """
    return templates.NEED_CAPTION.format(**share_texts(report.need_share))


def need_note() -> str:
    """Return that nobody knows the true-need share."""
    return templates.NEED_NOTE.format(not_truth=templates.NOT_TRUTH)


def miss_words(seen: PublishedRow) -> str:
    """Return whether a published total is missed.

    It has how far the model lies outside it, and how good the figure is.
    """
    miss = templates.PUBLISHED_MISSED.format(miss=_miss(seen)) if seen.missed else _miss(seen)
    return miss + RELIABILITY_WORDS[seen.reliability]


def _miss(seen: PublishedRow) -> str:
    """Return how far the model lies outside a range.

    It is in percent, or in persons where the published range ends at 0.
    """
    if seen.gap == 0.0:
        return "inside"
    size = unit_words(people(abs(seen.gap)), "person") if seen.miss is None else percent(abs(seen.miss))
    return f"{'+' if seen.gap > 0 else MINUS}{size}"


def period_words(seen: PublishedRow) -> str:
    """Return the period of a published total."""
    return templates.PUBLISHED_PERIOD.format(start=day_words(seen.start), end=day_words(seen.end))


def evidence_words(assumed: int, inputs: int) -> str:
    """Return how many inputs rest on assumptions."""
    return templates.EVIDENCE_COUNT.format(assumed=assumed, inputs=inputs)


def own_words(own: int, inputs: int) -> str:
    """Return how many inputs the case sets itself."""
    return templates.INPUTS_OWN.format(own=own, inputs=inputs)


def base_words(base: int) -> str:
    """Return how many inputs keep the default value.

    It comes with mixedmig; the text says where they stand on paper.
    """
    return templates.INPUTS_BASE.format(base=base)


def runs_title(report: Report) -> str:
    """Return the heading of the table of runs."""
    return templates.RUNS_TITLE.format(version=next(iter(report.runs.values())).version)


def footer(report: Report) -> str:
    """Return what stands at the foot of every page of a report."""
    run = next(iter(report.runs.values()))
    return templates.FOOTER.format(version=run.version, digest=run.input_digest[:16])
