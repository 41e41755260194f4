"""A comparison as one self-contained page: breaches and harms lead, options with a breach stand apart."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from mixedmig_model.present.figures.comparison import attribution_part
from mixedmig_model.present.figures.people import outcomes_figure
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.present.html.page import PAGE, STYLE
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
from mixedmig_model.record.words.comparison import (
    bottleneck_sentence,
    differences_told,
    sharing_sentence,
    shift_sentence,
)
from mixedmig_model.record.words.costs import MoneyRow
from mixedmig_model.results.compare import QUEUES, SEEN
from mixedmig_model.vocabulary.numbers import DASH, people, percent
from mixedmig_model.vocabulary.rows import Row
from mixedmig_model.vocabulary.titles import QUEUE_TITLES

FOOTER = "Planning values and assumptions are marked as such; not legal advice, and no substitute for individual " \
    "assessment."


def compare_page(comparison: Comparison, record: dict[str, Any]) -> str:
    """The page. Args: book of the runs; record as ``compare_record`` gives it."""
    title = f"{record['title']}: comparison"
    estimate = banner(comparison)
    head = f'<div class="estimate" role="note">{escape(estimate)}</div>' if estimate else ""
    footer = f"mixedmig {_version(comparison)}. {record['notice']} {FOOTER}"
    return PAGE.format(title=escape(title), style=STYLE, body=body(comparison, record), footer=escape(footer),
                       estimate=head)


def _version(comparison: Comparison) -> str:
    return str(next(iter(comparison.record["runs"].values()))["version"])


def body(comparison: Comparison, record: dict[str, Any]) -> Html:
    """All sections in order."""
    fair = [s["name"] for s in record["scenarios"][1:] if not s["apart"]]
    apart = [s["name"] for s in record["scenarios"][1:] if s["apart"]]
    base = record["baseline"]
    parts = [
        question(comparison), paragraphs(f"Compared with: {comparison.title(base)} (the baseline)."),
        tag("h2", "What may be said"), standings(record), tag("h2", "Breaches, harms, indicators and costs"),
    ]
    if fair:
        parts.append(decision_table(_cut(comparison, [base, *fair])))
    if apart:
        parts += [
            tag("h3", "Options with a breach: shown apart, never ranked"),
            decision_table(_cut(comparison, [base, *apart])),
        ]
    parts += [tag("h2", "What differs in the inputs"), inputs_table(comparison, record)]
    for name, found in record["attribution"].items():
        parts.append(tag("h2", f"What made the difference: {comparison.title(name)}"))
        parts.append(attribution_part(found, _currency(record), differences_told(record, name)))
    parts += [
        tag("h2", "Where queues go when one stage gets more staff"), bottleneck_part(comparison, record),
        tag("h2", "Countries: people moved to a neighbour are seen"), regional_part(comparison, record),
        tag("h2", "Sharing of responsibility"), sharing_part(comparison, record),
        tag("h2", "Where people are at the end"), outcomes_figure(comparison),
        tag("h2", "Further indicators"), details_table(comparison),
        tag("h2", "What stands behind it"), evidence(comparison), not_modelled(comparison),
    ]
    return join(parts)


def _currency(record: dict[str, Any]) -> str:
    return next((str(found["currency"]) for found in record["costs"].values()), "")


def _cut(comparison: Comparison, names: Sequence[str]) -> Comparison:
    """The book with some of its scenarios only, the baseline first."""
    known = {s["name"]: s for s in comparison.record["scenarios"]}
    return replace(comparison, record={**comparison.record, "scenarios": [known[name] for name in names]})


def standings(record: dict[str, Any]) -> Html:
    """What may be said of each scenario, with the breaches and worse harms by name."""
    items = []
    for scenario in record["scenarios"]:
        words: list[Any] = [tag("strong", f"{scenario['title']}: "),
                            tag("span", scenario["standing"], class_="flag" if scenario["breaches"] else "plain")]
        for text, found in (("Breaches", scenario["breaches"]), ("Larger harms", scenario["worse_harms"])):
            if found and scenario["name"] != record["baseline"]:
                words.append(f" {text}: {'; '.join(found)}.")
        items.append(join(words))
    return bullets(items)


def inputs_table(comparison: Comparison, record: dict[str, Any]) -> Html:
    """What differs in the inputs of each option, with unit, source and quality."""
    head = ["input", "in the baseline", "in the option", "where and when", "source and quality", "why"]
    rows: list[list[Any]] = []
    for name, differences in record["inputs"].items():
        rows.append([comparison.title(name)])
        if not differences:
            rows.append(["nothing differs", "", "", "", "", ""])
        rows += [_input_row(row) for row in differences]
    note = "Everything else is the same. A value without a source is a choice of the scenario, or an assumption."
    return join([table(head, rows), tag("p", note, class_="note")])


def _input_row(row: dict[str, Any]) -> list[Any]:
    if row["kind"] == "own_costs":
        return [f"Own cost: {row['title']}", DASH, row["operation"], "", _backed(row["source"], row["quality"]),
                row["reason"]]
    of_lever = [Html("<br>"), tag("span", f"lever: {row['lever']}", class_="gap")] if "lever" in row else []
    name = join([row["title"], tag("span", f" {row['unit']}", class_="unit"), *of_lever])
    before = join([row["before"], Html("<br>"),
                   tag("span", _backed(row["baseline_source"], row["baseline_quality"]), class_="gap")])
    changed = row["operation"] if row["kind"] == "change" else f"without the baseline's: {row['operation']}"
    return [name, before, changed, f"{row['where']}, {row['when']}", _backed(row["source"], row["quality"]),
            row["reason"]]


def _backed(source: str, quality: str) -> str:
    """Source and quality of a value; an assumption has no source to name."""
    return f"{source} ({quality})" if source and quality != "assumption" else quality


def bottleneck_part(comparison: Comparison, record: dict[str, Any]) -> Html:
    """Where the queue goes: a table of changes of each queue, and the same in words, scenario by scenario."""
    head = ["more staff in", *(f"queue for {QUEUE_TITLES[stage]}" for stage in QUEUES)]
    rows: list[list[Any]] = []
    sentences: list[Any] = []
    for name, found in record["bottlenecks"].items():
        rows.append([comparison.title(name)])
        rows.append(["people there", *(people(found["waiting"][stage]) for stage in QUEUES)])
        for stage in QUEUES:
            cells = [f"{'+' if value > 0 else ''}{people(value)}" if abs(value) >= SEEN else "same"
                     for value in (found["moved"][stage][queue] for queue in QUEUES)]
            rows.append([QUEUE_TITLES[stage], *cells])
        told = [bottleneck_sentence(stage, found) for stage in QUEUES if found["moved"][stage][stage] <= -SEEN]
        none = "No stage with more staff has a queue that is shorter by one person."
        sentences.append(join([tag("strong", comparison.title(name)), bullets(told or [none])]))
    first = next(iter(record["bottlenecks"].values()))
    note = (
        f"People in each stage on an average day, those whose turn it is included, and their change with "
        f"{percent(first['more'])} more posts in one stage from the first day (interpreters too in status "
        f"determination); a run each on the {first['path']} path. A change of less than one person is called same."
    )
    return join([bullets(sentences), table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")])


def regional_part(comparison: Comparison, record: dict[str, Any]) -> Html:
    """What falls in one country and rises in another; people and cost by country; the whole ledger."""
    found, base = record["regional"], record["baseline"]
    countries = found["countries"]
    sentences = [
        f"{comparison.title(name)}: {shift_sentence(shift, countries, _currency(record))}"
        for name, shifts in found["shifts"].items() for shift in shifts
    ]
    words = bullets(sentences) if sentences else paragraphs(
        "No option lowers the people or the cost of one country while those of another rise."
    )
    head = ["", *(f"{title}: {what}" for title in countries.values() for what in ("hosted at the end", "cost"))]
    columns: list[list[Any]] = [[comparison.title(name) for name in comparison.names]]
    for k, country in enumerate(countries):
        hosted = {name: found["ledger"][name]["hosted_at_end"][k] for name in comparison.names}
        columns.append(_column(hosted, Row("person", hosted[base]), base))
        costs = {name: found["costs"][name][country] for name in comparison.names if name in found["costs"]}
        columns.append(_column(costs, MoneyRow(costs[base], _currency(record)), base) if len(costs) == len(hosted)
                       else ["not costed"] * len(hosted))
    rows = [list(row) for row in zip(*columns, strict=True)]
    shown = table(head, rows, numeric=range(1, len(head)))
    whole = tag("details", join([tag("summary", "The whole ledger of countries"), ledger_table(comparison)]))
    return join([words, shown, whole])


def _column(values: dict[str, float], row: Row | MoneyRow, base: str) -> list[Html]:
    """Values of the options, each but the baseline's with its difference to it."""
    return [
        join([row.value(value)] if name == base else
             [row.value(value), Html("<br>"), tag("span", row.difference(value), class_="gap")])
        for name, value in values.items()
    ]


def sharing_part(comparison: Comparison, record: dict[str, Any]) -> Html:
    """The index of responsibility sharing with its key, which is political and so published."""
    countries = record["regional"]["countries"]
    items = [
        join([tag("strong", f"{comparison.title(name)}: "), sharing_sentence(found, countries)])
        for name, found in record["sharing"].items()
    ]
    note = (
        "1 less half the sum, over countries, of the gap between a country's share of person-days hosted and its share "
        "of the key. The key is the input sharing.key, a weight for each country; equal weights unless a case or a "
        "scenario says otherwise. Which key is fair (people, income, people hosted before) is a political choice."
    )
    return join([bullets(items), tag("p", note, class_="note")])
