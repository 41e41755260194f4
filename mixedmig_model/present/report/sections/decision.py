"""Sections of a report on the decision, as HTML.

They are question, decision table, input differences, published totals and provenance.
"""

from collections.abc import Sequence
from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, link, paragraphs, table, tag, with_strong
from mixedmig_model.present.report.sections.levers import lever_words
from mixedmig_model.present.report.sections.observed import observed_section
from mixedmig_model.present.report.sections.totals import decision_rows
from mixedmig_model.record.drawn import drawn
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.parameters import evidence_count
from mixedmig_model.record.rows import indicator_row
from mixedmig_model.record.schema.inputs import InputRow
from mixedmig_model.record.schema.options import ChangeRow, IndicatorPart
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.decision import (
    base_words,
    brackets_note,
    evidence_words,
    miss_words,
    need_caption,
    need_note,
    own_words,
    paragraph_words,
    period_words,
    runs_title,
    standing_words,
    told_below,
    when_words,
)
from mixedmig_model.record.words.pages.inputs import marked_results, quality_mark
from mixedmig_model.record.words.pages.observed import input_note
from mixedmig_model.record.words.pages.questions import questions
from mixedmig_model.record.words.ranges import ranged
from mixedmig_model.record.words.solving import agreement_sentence, solver_row
from mixedmig_model.vocabulary.numbers import DASH, amount, number, people, published_span, with_range
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.rows import Row
from mixedmig_model.vocabulary.titles import DECISION_KIND_TITLES, QUANTITY_TITLES


def question(comparison: Comparison, with_title: bool = True) -> Html:
    """Return the summary of the case and its dates.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison.
    with_title : bool, default True
        Whether title and question come first.

    Returns
    -------
    Html
        HTML.
    """
    record = comparison.record
    head = [tag("h1", record.title), tag("p", record.question, class_="question")] if with_title else []
    return join([*head, paragraphs(record.summary, when_words(record))])


def compared(comparison: Comparison) -> Html:
    """Return what is compared.

    It has the paragraphs of the founding document.
    """
    record = comparison.record
    options = [
        join([tag("strong", one.title), ": ", one.description, paragraph_words(one.paragraphs)])
        for one in record.scenarios
    ]
    return join([tag("h2", "What is compared"), bullets(options)])


def five_questions(comparison: Comparison) -> Html:
    """Return five questions with answers for each option.

    They are how many officers, who pays, what would reverse it, what happens to children, and how sure it is.
    """
    titles = [comparison.title(name) for name in comparison.names]
    rows = [[question, bullets([with_strong(line, titles) for line in lines])]
            for question, lines in questions(comparison)]
    return tag("div", join([tag("h2", said.ASK_TITLE), table(said.ASK_HEADS, rows)]), class_="questions")


def decision_table(comparison: Comparison) -> Html:
    """Return the decision table.

    It has what may be said, then breaches and harms, headlines, and costs, each with range and difference.
    """
    said = bullets([join([tag("strong", f"{comparison.title(name)}: "), _standing(comparison, name)])
                    for name in comparison.names])
    shown = [i for i in comparison.record.shown_indicators if i.kind != "detail"]
    return join([tag("div", said, class_="standing"), _indicators(comparison, shown, decision_rows(comparison))])


def details_table(comparison: Comparison) -> Html:
    """Return all further indicators.

    Each has its range and difference to the baseline.
    """
    return _indicators(comparison, [i for i in comparison.record.shown_indicators if i.kind == "detail"], [])


def _indicators(
    comparison: Comparison, indicators: Sequence[IndicatorPart], last_rows: list[list[Any]]
) -> Html:
    """Return a table of indicators, each with a row.

    One that is 0 or 'none' in every option and run is an answer too.
    """
    record, names = comparison.record, comparison.names
    head = ["", *(comparison.title(name) for name in names)]
    rows: list[list[Any]] = []
    classes, keys = list[str](), list[str]()
    last, marked = "", marked_results(comparison)
    for indicator in indicators:
        if indicator.kind != last:
            last = indicator.kind
            rows.append([DECISION_KIND_TITLES[last]])
            classes.append("")
            keys.append("")
        row = indicator_row(comparison, indicator)
        mark = templates.RESTS_MARK if indicator.key in marked else ""
        name_cell = join([indicator.title, mark, tag("span", f" {_units(indicator.unit)}", class_="unit")])
        rows.append([name_cell, *(_cell(comparison, indicator, name, row) for name in names)])
        classes.append(indicator.kind)
        keys.append(indicator.key)
    rows += last_rows
    classes += ["", *["words"] * (len(last_rows) - 1)] if last_rows else []
    responding = any(response.scenario in names for response in record.responses)
    note = tag("p", brackets_note(record, bool(last_rows), responding), class_="note")
    return join([table(head, rows, row_classes=classes, numeric=range(1, len(head)), row_keys=keys), note])


def _units(unit: str) -> str:
    return f"{unit}s" if unit == "person" else unit


def _standing(comparison: Comparison, name: str) -> Html:
    """Return what may be said of an option.

    It has the colour of a breach where the option is not ranked.
    """
    ranked = comparison.record.option(name).judgement.ranked
    return tag("span", standing_words(comparison, name), class_="plain" if ranked else "flag")


def _cell(comparison: Comparison, indicator: IndicatorPart, name: str, row: Row) -> Html:
    """Return a value with its range and difference.

    The range is over all draws, or over the share due protection. The difference is to the baseline. It is that of the
    values shown; of a harm or a breach it is what may be said of it.
    """
    value, unit = indicator.values[name], indicator.unit
    draws, ours = drawn(comparison, "ranges", indicator.key, name), value.value
    parts: list[Any] = [ranged(ours, draws, unit, row) if draws else with_range(ours, value.low, value.high, unit)]
    told = told_below(comparison, indicator, name, row)
    return join([*parts, *([Html("<br>"), tag("span", told, class_="gap")] if told else [])])


def need_table(comparison: Comparison) -> Html:
    """Return low, default and high runs of the need share.

    It is the true-need share; runs stand next to every protection headline, in full.
    """
    head = ["", *(comparison.title(name) for name in comparison.names)]
    rows: list[list[Any]] = []
    shown = [indicator for indicator in comparison.record.shown_indicators if indicator.protection]
    for indicator in shown:
        cells = []
        for name in comparison.names:
            value = indicator.values[name]
            three = [amount(one, indicator.unit) for one in (value.low_run, value.value, value.high_run)]
            cells.append(" / ".join(three))
        rows.append([f"{indicator.title} ({indicator.unit})", *cells])
    whole = table(head, rows, need_caption(comparison.record), numeric=range(1, len(head)),
                  row_keys=[indicator.key for indicator in shown])
    return join([whole, tag("p", need_note(), class_="note")])


def input_differences(comparison: Comparison) -> Html:
    """Return what each option changes in the inputs.

    Everything else is the same.
    """
    head = ["input", "in the baseline", "changed to", "where", "when", "why"]
    rows: list[list[Any]] = []
    told: list[Any] = []
    for option in comparison.record.scenarios:
        rows.append([option.title])
        if not option.levers and not option.changes:
            rows.append(["no change", "", "", "", "", ""])
        rows += [_change_row(change, f"lever: {lever.title}") for lever in option.levers for change in lever.changes]
        rows += [_change_row(change, "") for change in option.changes]
        if option.levers:
            told += [tag("h3", f"Levers of {option.title}"), bullets([lever_words(lever) for lever in option.levers])]
    return join([table(head, rows), *told])


def _change_row(change: ChangeRow, lever: str) -> list[Any]:
    """Return one change.

    It has input and unit, before, after, where, when, why, and the lever that makes it.
    """
    name: list[Any] = [change.title, tag("span", f" {change.unit}", class_="unit")]
    if lever:
        name += [Html("<br>"), tag("span", lever, class_="gap")]
    return [join(name), change.before, change.operation, change.where, change.when, change.reason]


def published_table(comparison: Comparison) -> Html:
    """Return published totals with the baseline's.

    They are input, fitted or predicted; the miss follows. Observed series come after them.
    """
    if not comparison.record.published:
        return paragraphs(templates.PUBLISHED_NONE)
    totals = [one for one in comparison.record.published if one.table == "totals"]
    if not totals:
        return observed_section(comparison)
    head = ["published total", "period", "kind", "published", "this model", "miss", "source and note"]
    rows, classes = [], []
    for seen in totals:
        rows.append(
            [
                on_route(QUANTITY_TITLES[seen.quantity], comparison.record.coming),
                period_words(seen),
                seen.kind,
                published_span(people(seen.low), people(seen.high), seen.bound),
                people(seen.ours),
                miss_words(seen),
                join([link(seen.source_title, seen.address), f". {seen.note}" if seen.note else ""]),
            ]
        )
        classes.append("miss" if seen.missed else "")
    shown = table(head, rows, row_classes=classes, numeric=(3, 4, 5))
    return join([shown, tag("p", templates.PUBLISHED_NOTE, class_="note"), observed_section(comparison)])


def evidence(comparison: Comparison) -> Html:
    """Return how many inputs rest on assumptions, in words."""
    count = tag("strong", evidence_words(*evidence_count(comparison.record)))
    return tag("p", join([count, templates.EVIDENCE_LIMITS]), class_="note")


def not_modelled(comparison: Comparison) -> Html:
    """Return what is not modelled."""
    return bullets(comparison.record.not_modelled)


def provenance(comparison: Comparison) -> Html:
    """Return every input, and what made the results.

    Inputs have unit, range, source and quality; what no case set is folded.
    """
    record = comparison.record
    own, base = ([row for row in record.parameters if row.set_by == by] for by in ("case", "base"))
    folded = [tag("summary", base_words(len(base))), _inputs_table(base)]
    runs = [
        [comparison.title(name), *solver_row(run), tag("code", run.input_digest)]
        for name, run in comparison.record.runs.items() if name in comparison.names
    ]
    agreed = agreement_sentence(comparison.record.agreement)
    return join(
        [
            tag("p", join([own_words(len(own), len(record.parameters)), " ", templates.ASSUMED_NOTE])),
            *([_inputs_table(own)] if own else []),
            *([tag("details", join(folded), class_="onscreen")] if base else []),
            tag("h3", runs_title(comparison.record)),
            *([tag("p", agreed)] if agreed else []),
            table(["scenario", "solver", "tolerances", "digest of all inputs (SHA-256)"], runs),
        ]
    )


def _inputs_table(inputs: Sequence[InputRow]) -> Html:
    """Return inputs with their sources.

    That one is an assumption is said once.
    """
    head = ["input", "value", "unit", "range", "quality", "source", "note"]
    rows = [
        [
            join([row.title, Html("<br>"), tag("code", row.name)]), row.value, row.unit,
            f"{number(row.range[0])}{DASH}{number(row.range[1])}", quality_mark(row),
            "" if row.assumed else link(row.source_title, row.address), input_note(row.note, row.fitted_to),
        ]
        for row in inputs
    ]
    return table(head, rows, row_classes=["assumed" if row.assumed else "" for row in inputs])
