"""A comparison as one self-contained page.

Breaches and harms lead; options with a breach stand separately.
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from mixedmig_model.present.figures.comparison import attribution_part
from mixedmig_model.present.figures.people import outcomes_figure
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.present.html.page import PAGE, STYLE
from mixedmig_model.present.report.amounts import in_both
from mixedmig_model.present.report.sections.cautions import cautions, resting
from mixedmig_model.present.report.sections.decision import (
    decision_table,
    details_table,
    evidence,
    not_modelled,
    question,
)
from mixedmig_model.present.report.sections.regional import ledger_table
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import banner
from mixedmig_model.record.schema.compared import CompareRecord, InputDifference
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.comparison import differences_told, sharing_sentence
from mixedmig_model.record.words.costs import MoneyRow
from mixedmig_model.record.words.pages.compared import (
    backed_words,
    changed_words,
    compared_footer,
    compared_with,
    queue_change,
    queue_sentences,
    queues_note,
    shift_sentences,
)
from mixedmig_model.results.compare import QUEUES
from mixedmig_model.results.regional import CLOSING as HOSTED
from mixedmig_model.vocabulary.numbers import DASH, people
from mixedmig_model.vocabulary.rows import Row
from mixedmig_model.vocabulary.titles import QUEUE_TITLES


def compare_page(comparison: Comparison, record: CompareRecord) -> str:
    """Return the page of a comparison.

    Parameters
    ----------
    comparison : Comparison
        The runs.
    record : CompareRecord
        What ``compare_scenarios`` gives.

    Returns
    -------
    str
        HTML.
    """
    title = f"{record.title}: comparison"
    estimate = banner(comparison)
    head = f'<div class="estimate" role="note">{escape(estimate)}</div>' if estimate else ""
    footer = compared_footer(record, next(iter(comparison.record.runs.values())).version)
    return PAGE.format(title=escape(title), style=STYLE, body=body(comparison, record), footer=escape(footer),
                       estimate=head)


def body(comparison: Comparison, record: CompareRecord) -> Html:
    """Return all sections in order."""
    fair = [s.name for s in record.scenarios[1:] if not s.apart]
    apart = [s.name for s in record.scenarios[1:] if s.apart]
    base = record.baseline
    parts = [
        question(comparison), paragraphs(compared_with(record)),
        tag("h2", "What may be said"), standings(record), no_draws(comparison),
        cautions(comparison), resting(comparison), tag("h2", "Breaches, harms, indicators and costs"),
    ]
    if fair:
        parts.append(decision_table(_cut(comparison, [base, *fair])))
    if apart:
        parts += [
            tag("h3", "Options that are not ranked: they add a breach, or make one grow"),
            decision_table(_cut(comparison, [base, *apart])),
        ]
    parts += [tag("h2", "What differs in the inputs"), inputs_table(comparison, record)]
    for name, found in record.attribution.items():
        parts.append(tag("h2", f"What made the difference: {comparison.title(name)}"))
        parts.append(attribution_part(found, record.currency, differences_told(record, name)))
    parts += [
        tag("h2", "Where queues go when one stage gets more staff"), bottleneck_part(comparison, record),
        tag("h2", "Countries: people moved to a neighbour are seen"), regional_part(comparison, record),
        tag("h2", "Sharing of responsibility"), sharing_part(comparison, record),
        tag("h2", "Where people are at the end"), outcomes_figure(comparison),
        tag("h2", "Further indicators"), details_table(comparison),
        tag("h2", "Evidence"), evidence(comparison), not_modelled(comparison),
    ]
    return join(parts)


def _cut(comparison: Comparison, names: Sequence[str]) -> Comparison:
    """Return the comparison with some of its scenarios only.

    The baseline comes first.
    """
    some = tuple(comparison.record.option(name) for name in names)
    return replace(comparison, record=comparison.record.model_copy(update={"scenarios": some}))


def standings(record: CompareRecord) -> Html:
    """Return what may be said of each scenario.

    It also has what each costs, and who pays.
    """
    return bullets([
        join([tag("strong", f"{one.title}: "), tag("span", one.said, class_="flag" if one.apart else "plain"),
              *([Html("<br>"), tag("span", one.cost, class_="gap")] if one.cost else [])])
        for one in record.scenarios
    ])


def no_draws(comparison: Comparison) -> Html:
    """Return why there are no draws of the uncertain inputs.

    It is nothing where there are draws.
    """
    record = comparison.record
    return tag("p", record.draws, class_="note") if record.ensemble is None and record.draws else Html("")


def inputs_table(comparison: Comparison, record: CompareRecord) -> Html:
    """Return what differs in the inputs of each option.

    It has unit, source and quality.
    """
    head = ["input", "in the baseline", "in the option", "where and when", "source and quality", "why"]
    rows: list[list[Any]] = []
    for name, differences in record.inputs.items():
        rows.append([comparison.title(name)])
        if not differences:
            rows.append(["nothing differs", "", "", "", "", ""])
        rows += [_input_row(row) for row in differences]
    return join([table(head, rows), tag("p", templates.COMPARED_INPUTS_NOTE, class_="note")])


def _input_row(row: InputDifference) -> list[Any]:
    if row.kind == "own_costs":
        backed = backed_words(row.source, row.quality)
        return [f"Own cost: {row.title}", DASH, row.operation, "", backed, row.reason]
    of_lever = [Html("<br>"), tag("span", f"lever: {row.lever}", class_="gap")] if row.lever else []
    name = join([row.title, tag("span", f" {row.unit}", class_="unit"), *of_lever])
    before = join([row.before, Html("<br>"),
                   tag("span", backed_words(row.baseline_source, row.baseline_quality), class_="gap")])
    where = f"{row.where}, {row.when}"
    return [name, before, changed_words(row), where, backed_words(row.source, row.quality), row.reason]


def bottleneck_part(comparison: Comparison, record: CompareRecord) -> Html:
    """Return where the queue goes.

    There is a table of changes of each queue, and the same in words, scenario by scenario.
    """
    head = ["more staff in", *(f"queue for {QUEUE_TITLES[stage]}" for stage in QUEUES)]
    rows: list[list[Any]] = []
    sentences: list[Any] = []
    for name, found in record.bottlenecks.items():
        rows.append([comparison.title(name)])
        rows.append(["people there", *(people(found.waiting[stage]) for stage in QUEUES)])
        for stage in QUEUES:
            rows.append([QUEUE_TITLES[stage], *(queue_change(found.moved[stage][queue]) for queue in QUEUES)])
        sentences.append(join([tag("strong", comparison.title(name)), bullets(queue_sentences(found))]))
    note = queues_note(next(iter(record.bottlenecks.values())))
    return join([bullets(sentences), table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")])


def regional_part(comparison: Comparison, record: CompareRecord) -> Html:
    """Return what falls in one country and rises in another.

    People and cost by country, and the whole ledger follow.
    """
    found, base = record.regional, record.baseline
    countries = found.countries
    sentences = shift_sentences(record)
    words = bullets(sentences) if sentences else paragraphs(templates.SHIFTS_NONE)
    head = ["", *(f"{title}: {what}" for title in countries.values() for what in ("hosted at the end", "cost"))]
    columns: list[list[Any]] = [[comparison.title(name) for name in comparison.names]]
    for k, country in enumerate(countries):
        hosted = {name: found.ledger[name][HOSTED][k] for name in comparison.names}
        columns.append(_column(hosted, Row("person", hosted[base]), base))
        costs = {name: found.costs[name][country] for name in comparison.names if name in found.costs}
        columns.append(_column(costs, MoneyRow(costs[base], record.currency), base, comparison)
                       if len(costs) == len(hosted) else ["not costed"] * len(hosted))
    rows = [list(row) for row in zip(*columns, strict=True)]
    shown = table(head, rows, numeric=range(1, len(head)))
    whole = tag("details", join([tag("summary", "The whole ledger of countries"), ledger_table(comparison)]))
    return join([words, shown, whole])


def _column(
    values: dict[str, float], row: Row | MoneyRow, base: str, twice_in: Comparison | None = None
) -> list[Html]:
    """Return values of the options with their differences.

    The baseline has none. Money is shown in the second currency of ``twice_in`` too.
    """
    cells = []
    for name, value in values.items():
        shown = in_both(row.value(value), value, twice_in) if twice_in else row.value(value)
        gap = [] if name == base else [Html("<br>"), tag("span", row.difference(value), class_="gap")]
        cells.append(join([shown, *gap]))
    return cells


def sharing_part(comparison: Comparison, record: CompareRecord) -> Html:
    """Return the index of responsibility sharing with its key.

    The key is political and so published.
    """
    countries = record.regional.countries
    items = [
        join([tag("strong", f"{comparison.title(name)}: "), sharing_sentence(found, countries)])
        for name, found in record.sharing.items()
    ]
    return join([bullets(items), tag("p", templates.SHARING_NOTE, class_="note")])
