"""What pages say of inputs.

They have cautions, people who depart, levers, and the founding document.
"""

import math
from collections.abc import Sequence

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.traceability import FILE
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.levers import STRENGTHS
from mixedmig_model.record.schema.inputs import RestingRow, Sourced, TracedRow, UnvariedRow
from mixedmig_model.record.schema.options import LeverRow
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import money
from mixedmig_model.vocabulary.numbers import amount, counted, percent, unit_words

COST = "cost"
"""The result that is no indicator."""
ASSUMED = "\N{DAGGER}"
"""Mark of an assumption in a table.

Its page says once what the mark means.
"""
MOST_CAUTIONS = 12
"""Cautions that a page shows one by one.

It holds for sentences on what rests on unset inputs too.
"""


def quality_mark(row: Sourced) -> str:
    """Return the quality of a value.

    It is a mark where the value is an assumption.
    """
    return ASSUMED if row.assumed else row.quality


def cautions_title(count: int) -> str:
    """Return the heading of the cautions."""
    return templates.CAUTIONS_TITLE.format(cautions=counted(count, "caution"))


def cautions_rest(count: int) -> str:
    """Return how many cautions are not shown; empty where all are."""
    more = count - MOST_CAUTIONS
    return templates.CAUTIONS_MORE.format(more=more) if more > 0 else ""


def unset_title(count: int) -> str:
    """Return the heading of the unset inputs.

    A case must set them and does not.
    """
    return templates.UNSET_TITLE.format(inputs=counted(count, "input"))


def unset_words(caution: Caution) -> str:
    """Return an input that a case does not set.

    The value that it takes instead follows.
    """
    return templates.UNSET.format(text=caution.text, found=caution.found)


def resting_rows(comparison: Comparison, names: Sequence[str] | None = None) -> dict[str, list[RestingRow]]:
    """Return the inputs on which each shown result rests.

    Those that move it most come first; results are in the order of the table. ``names`` are scenarios that a page
    shows, all if None. Of several in which a result rests on inputs, the rows are those of the first.
    """
    found = {}
    for key in _shown_results(comparison):
        options = resting_options(comparison, key, names)
        if options:
            rows = [row for row in _known(comparison) if row.result == key and _scenario(comparison, row) == options[0]]
            found[key] = sorted(rows, key=_least_moved)
    return found


def resting_options(comparison: Comparison, key: str, names: Sequence[str] | None = None) -> list[str]:
    """Return the scenarios in which a result rests on inputs.

    The case does not set these inputs. Scenarios are in the order of the page.
    """
    resting = {_scenario(comparison, row) for row in _known(comparison) if row.result == key}
    order = comparison.names if names is None else names
    return [name for name in order or [comparison.record.baseline] if name in resting]


def marked_results(comparison: Comparison, names: Sequence[str] | None = None) -> dict[str, RestingRow | UnvariedRow]:
    """Return the results that carry a mark.

    Each has the input that moves it most, or one that has no range.
    """
    everywhere, unvaried = resting_rows(comparison, names), comparison.record.unvaried
    found: dict[str, RestingRow | UnvariedRow] = {}
    for key in _shown_results(comparison):
        reaching = [row for row in unvaried if row.reaches == "all" or key == COST]
        rows: list[RestingRow | UnvariedRow] = [*everywhere.get(key, []), *reaching]
        if rows:
            found[key] = rows[0]
    return found


def _shown_results(comparison: Comparison) -> list[str]:
    """Return results of the decision table in its order, the cost last."""
    keys = [one.key for one in comparison.record.shown_indicators if one.kind != "detail"]
    return [*keys, *([COST] if comparison.record.costs else [])]


def _known(comparison: Comparison) -> tuple[RestingRow, ...]:
    rows = comparison.record.resting
    return rows if isinstance(rows, tuple) else ()


def _scenario(comparison: Comparison, row: RestingRow) -> str:
    """Return the scenario of a row: the baseline where it names none."""
    return row.scenario or comparison.record.baseline


def _least_moved(row: RestingRow) -> float:
    """Return minus the width over which an input moves a result.

    A result that comes to exist goes first.
    """
    width = abs(row.high - row.low)
    return -math.inf if math.isnan(width) else -width


def rests_words(comparison: Comparison, key: str, rows: Sequence[RestingRow]) -> str:
    """Return a result and the input that moves it most.

    It moves over its range; the text says how many more the result rests on.
    """
    first, more = rows[0], len(rows) - 1
    ends = sorted((first.low, first.high))
    if key == COST:
        title, currency = templates.RESTS_COST, comparison.record.costs[comparison.record.baseline].currency
        value, low, high = (money(one, currency) for one in (first.value, *ends))
    else:
        indicator = comparison.record.indicator(key)
        title, unit = indicator.title, indicator.unit
        value, low, high = (amount(one, unit) for one in (first.value, *ends))
        value, high = unit_words(value, unit), unit_words(high, unit)
    rest = templates.RESTS_MORE.format(inputs=counted(float(more), "input")) if more else ""
    said = templates.RESTS.format(result=title, value=value, input=first.title, place=first.holds_for, low=low,
                                  high=high, more=rest)
    return _with_options(comparison, key, said)


def _with_options(comparison: Comparison, key: str, said: str) -> str:
    """Return a sentence on one scenario.

    It is named unless it is the baseline; the others in which the result rests too follow.
    """
    options = resting_options(comparison, key)
    if options[0] != comparison.record.baseline:
        said = templates.RESTS_OPTION.format(option=comparison.title(options[0]), sentence=said)
    if len(options) == 1:
        return said
    if len(options) == len(comparison.names):
        return said + templates.RESTS_EVERY
    return said + templates.RESTS_TOO.format(options=", ".join(comparison.title(name) for name in options[1:]))


def unvaried_words(comparison: Comparison) -> list[str]:
    """Return what rests on inputs without a range.

    The case does not set these inputs.
    """
    return [
        templates.RESTS_UNVARIED.get(row.parameter, templates.RESTS_UNVARIED_TABLE).format(
            title=row.title, place=row.holds_for) for row in comparison.record.unvaried
        if row.reaches == "all" or comparison.record.costs
    ]


def rests_count(count: int) -> str:
    """Return how many results carry the mark.

    It also says where each has its sentence.
    """
    return templates.RESTS_COUNT.format(results=counted(float(count), "result"))


def rests_rest(count: int) -> str:
    """Return how many results are marked without a sentence.

    It is empty where all have one.
    """
    more = count - MOST_CAUTIONS
    return templates.RESTS_ROWS.format(rows=counted(float(more), "result")) if more > 0 else ""


def rests_failed(comparison: Comparison) -> str:
    """Return why it is unknown what rests on unset inputs.

    It is empty where it is known, or was not requested.
    """
    rows = comparison.record.resting
    return templates.RESTS_FAILED.format(failure=rows.failure) if isinstance(rows, NotWorkedOut) else ""


def caution_words(caution: Caution) -> str:
    """Return a caution as a sentence.

    It has the file and line in which its input stands.
    """
    where = templates.CAUTION_LINE.format(file=caution.file, line=caution.line) if caution.line else caution.file
    found = templates.CAUTION_FOUND.format(found=caution.found) if caution.found else ""
    advice = templates.CAUTION_ADVICE.format(advice=caution.advice) if caution.advice else ""
    return templates.CAUTION.format(text=caution.text, found=found, advice=advice, where=where)


def together_words(count: int) -> str:
    """Return the note of departures shown as one row."""
    return templates.DEPARTURES_TOGETHER.format(count=count)


def lever_acts(lever: LeverRow) -> str:
    """Return how far a lever is turned, and what it does.

    It says where and when.
    """
    strength = "" if lever.intensity == 1.0 else templates.LEVER_STRENGTH.format(share=percent(lever.intensity))
    switched = templates.LEVER_SWITCHED.format(when=lever.switched) if lever.switched else ""
    return templates.LEVER_ACTS.format(strength=strength, where=lever.where, when=lever.when, switched=switched,
                                       description=lever.description)


def lever_evidence(lever: LeverRow) -> str:
    """Return on what evidence a lever rests."""
    return templates.LEVER_EVIDENCE.format(strength=STRENGTHS[lever.evidence.strength], text=lever.evidence.text)


def lever_extra(lever: LeverRow) -> list[str]:
    """Return what comes with a lever.

    It says what of it is not modelled.
    """
    return [
        *(templates.LEVER_COMES_WITH.format(text=text) for text in lever.side_effects),
        *(templates.LEVER_NOT_MODELLED.format(text=text) for text in lever.not_modelled),
    ]


def trace_missing() -> str:
    """Return that the workspace lacks the founding document.

    It does not say what the document asks.
    """
    return templates.TRACE_NONE.format(file=FILE)


def answered(row: TracedRow) -> str:
    """Return what answers a row of the founding document."""
    named = (("levers:", row.levers), ("preset:", row.presets), ("indicators:", row.indicators))
    parts = [f"{title} {', '.join(name.replace('_', ' ') for name in names)}" for title, names in named if names]
    law = [name.removeprefix("law.").replace("_", " ") for name in row.law]
    return "; ".join([*parts, *([f"law: {', '.join(law)}"] if law else [])]) or "nothing"
