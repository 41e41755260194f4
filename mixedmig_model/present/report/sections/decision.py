"""Sections of a report as HTML: question, decision table, input differences, published totals, provenance."""

from datetime import date
from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, link, paragraphs, table, tag
from mixedmig_model.present.report.sections.levers import lever_words
from mixedmig_model.present.report.sections.totals import decision_rows
from mixedmig_model.record.drawn import drawn, in_draws
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.parameters import evidence_count
from mixedmig_model.record.rows import indicator_row
from mixedmig_model.record.words.ranges import of_ten, ranged, ranged_difference
from mixedmig_model.record.words.solving import agreement_sentence, solver_row
from mixedmig_model.vocabulary.numbers import (
    DASH,
    MINUS,
    amount,
    day_text,
    number,
    people,
    percent,
    published_span,
    unit_words,
    with_range,
)
from mixedmig_model.vocabulary.rows import Row
from mixedmig_model.vocabulary.titles import DECISION_KIND_TITLES, QUANTITY_TITLES

NOT_TRUTH = (
    "recognition rates are outcomes of a system (who is heard, with what help, and who decides), not the truth about "
    "people, and do not tell it."
)


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))


def question(comparison: Comparison) -> Html:
    """Title, question in words, what is compared, and the paragraphs of the founding document."""
    record = comparison.record
    options = [
        join([tag("strong", s["title"]), ": ", s["description"], *_paragraphs(s["paragraphs"])])
        for s in record["scenarios"]
    ]
    when = f"From {_day(record['start'])} to {_day(record['end'])}; {', '.join(record['countries'].values())}."
    return join(
        [
            tag("h1", record["title"]),
            tag("p", record["question"], class_="question"),
            paragraphs(record["summary"], when),
            tag("h2", "What is compared"),
            bullets(options),
        ]
    )


def _paragraphs(names: list[str]) -> list[str]:
    return [f" (founding document, paragraphs {', '.join(names)})"] if names else []


def decision_table(comparison: Comparison) -> Html:
    """Breaches and harms first, then headlines, then costs, each with range and difference to the baseline."""
    first: list[Any] = ["What may be said", *(_standing(comparison, name) for name in comparison.names)]
    shown = [i for i in comparison.record["indicators"] if i["kind"] != "detail"]
    return _indicators(comparison, shown, first, decision_rows(comparison))


def details_table(comparison: Comparison) -> Html:
    """All further indicators, each with range and difference to the baseline."""
    return _indicators(comparison, [i for i in comparison.record["indicators"] if i["kind"] == "detail"], None, [])


def _indicators(
    comparison: Comparison, indicators: list[dict[str, Any]], first: list[Any] | None, last_rows: list[list[Any]]
) -> Html:
    """A table of indicators, each with a row: one that is 0 or 'none' in every option and run is an answer too."""
    record, names = comparison.record, comparison.names
    head = ["", *(comparison.title(name) for name in names)]
    rows: list[list[Any]] = [first] if first else []
    classes = ["standing"] if first else []
    last = ""
    for indicator in indicators:
        if indicator["kind"] != last:
            last = indicator["kind"]
            rows.append([DECISION_KIND_TITLES[last]])
            classes.append("")
        unit = indicator["unit"]
        words = f" {unit}s" if unit == "person" else f" {unit}"
        row = indicator_row(comparison, indicator)
        name_cell = join([indicator["title"], tag("span", words, class_="unit")])
        rows.append([name_cell, *(_cell(comparison, indicator, name, row) for name in names)])
        classes.append(indicator["kind"])
    rows += last_rows
    classes += ["", *["words"] * (len(last_rows) - 1)] if last_rows else []
    note = _note(record)
    if last_rows:
        whole = "all uncertain inputs, prices among them" if record.get("ensemble") else "their prices"
        note += f" Ranges of costs are those of {whole}: 9 in 10 draws lie inside."
    if any(response["scenario"] in names for response in record["responses"]):
        note += " Numbers of options with an effect on departures include it; those without it stand further below."
    return join([table(head, rows, row_classes=classes, numeric=range(1, len(head))), tag("p", note, class_="note")])


def _note(record: dict[str, Any]) -> str:
    """What the brackets of the table are, and that nobody knows who is owed protection."""
    share, found = record["need_share"], record.get("ensemble")
    low, default, high = (f"{number(100 * share[side], 2)} %" for side in ("low", "default", "high"))
    if found:
        return (
            f"Each value is followed by its range in brackets, in which 9 in 10 of {found['draws']} draws of all "
            "uncertain inputs lie, the same draws for every option; a row has no more digits than its ranges and "
            "differences need. "
            f"The true share of people owed international protection ({default} here; runs at {low} and {high} stand "
            f"further below) is drawn too. Nobody knows that share: {NOT_TRUTH} Differences are to the baseline, the "
            "first column, with the range of the difference within a draw."
        )
    return (
        "Each value is followed by its range in brackets: the same run with the true share of people owed "
        f"international protection at {low} and {high} instead of {default}. Nobody knows that share: {NOT_TRUTH} "
        "Other inputs are uncertain too, and their ranges are not in these brackets. Differences are to the baseline, "
        "the first column."
    )


def _standing(comparison: Comparison, name: str) -> Html:
    """What may be said of an option, and what of that does not hold in some draws of the uncertain inputs."""
    scenario = next(s for s in comparison.record["scenarios"] if s["name"] == name)
    text = scenario["standing"]
    if not scenario["breaches"]:
        breached, harmed = in_draws(comparison, name)
        text += f" In {of_ten(breached)} draws it has a breach." if breached else ""
        text += f" In {of_ten(harmed)} draws some harm exceeds the baseline's." if harmed else ""
    return tag("span", text, class_="flag" if scenario["breaches"] else "plain")


def _cell(comparison: Comparison, indicator: dict[str, Any], name: str, row: Row) -> Html:
    """A value with its range over all draws, or over the share owed protection, and its difference to the baseline.

    The difference is that of the values shown.
    """
    value, unit, key, base = indicator["values"][name], indicator["unit"], indicator["key"], comparison.names[0]
    draws, gaps = drawn(comparison, "ranges", key, name), drawn(comparison, "differences", key, name)
    ours = value["value"]
    parts: list[Any] = [
        ranged(ours, draws, unit, row) if draws else with_range(ours, value["low"], value["high"], unit)
    ]
    if name != base:
        theirs = indicator["values"][base]["value"]
        gap = ranged_difference(ours, theirs, gaps, unit, row) if gaps else row.difference(ours)
        if gap:
            parts += [Html("<br>"), tag("span", gap, class_="gap")]
    return join(parts)


def need_table(comparison: Comparison) -> Html:
    """Low, default and high runs of the true-need share beside every protection headline, in full."""
    head = ["", *(comparison.title(name) for name in comparison.names)]
    rows: list[list[Any]] = []
    for indicator in comparison.record["indicators"]:
        if indicator["protection"]:
            cells = []
            for name in comparison.names:
                value = indicator["values"][name]
                shown = [amount(value[side], indicator["unit"]) for side in ("low_run", "value", "high_run")]
                cells.append(" / ".join(shown))
            rows.append([f"{indicator['title']} ({indicator['unit']})", *cells])
    share = comparison.record["need_share"]
    texts = [f"{number(100 * share[side], 2)} %" for side in ("low", "default", "high")]
    caption = f"True share owed international protection at {' / '.join(texts)}"
    note = f"Nobody knows the true share: {NOT_TRUTH}"
    return join([table(head, rows, caption, numeric=range(1, len(head))), tag("p", note, class_="note")])


def input_differences(comparison: Comparison) -> Html:
    """What each option changes in the inputs: everything else is the same."""
    head = ["input", "in the baseline", "changed to", "where", "when", "why"]
    rows: list[list[Any]] = []
    told: list[Any] = []
    for scenario in comparison.record["scenarios"]:
        rows.append([scenario["title"]])
        levers = scenario.get("levers", [])
        if not levers and not scenario["changes"]:
            rows.append(["no change", "", "", "", "", ""])
        rows += [_change_row(change, f"lever: {lever['title']}") for lever in levers for change in lever["changes"]]
        rows += [_change_row(change, "") for change in scenario["changes"]]
        if levers:
            told += [tag("h3", f"Levers of {scenario['title']}"), bullets([lever_words(lever) for lever in levers])]
    return join([table(head, rows), *told])


def _change_row(change: dict[str, Any], lever: str) -> list[Any]:
    """One change: input and unit, before, after, where, when, why, and the lever that makes it."""
    name: list[Any] = [change["title"], tag("span", f" {change['unit']}", class_="unit")]
    if lever:
        name += [Html("<br>"), tag("span", lever, class_="gap")]
    return [join(name), change["before"], change["operation"], change["where"], change["when"], change["reason"]]


def _miss(seen: dict[str, Any]) -> str:
    """How far the model lies outside a published range: in percent, or in persons where that range ends at 0."""
    if seen["gap"] == 0.0:
        return "inside"
    persons = seen["miss"] is None
    size = unit_words(people(abs(seen["gap"])), "person") if persons else percent(abs(seen["miss"]))
    return f"{'+' if seen['gap'] > 0 else MINUS}{size}"


RELIABILITY_WORDS = {"good": "", "weak": " (weak figure)", "doubtful": " (doubtful, not scored)"}


def published_table(comparison: Comparison) -> Html:
    """Published totals: input, fitted or predicted; the baseline's; the miss."""
    if not comparison.record["published"]:
        return paragraphs("No published totals come with this case: nothing here is validated.")
    head = ["published total", "period", "kind", "published", "this model", "miss", "source and note"]
    rows, classes = [], []
    for seen in comparison.record["published"]:
        low, high = people(seen["low"]), people(seen["high"])
        span = published_span(low, high, seen["bound"])
        miss = f"missed: {_miss(seen)}" if seen["missed"] else _miss(seen)
        miss += RELIABILITY_WORDS[seen["reliability"]]
        rows.append(
            [
                QUANTITY_TITLES[seen["quantity"]],
                f"{_day(seen['start'])} to before {_day(seen['end'])}",
                seen["kind"],
                span,
                people(seen["ours"]),
                miss,
                join([link(seen["source_title"], seen["address"]), f". {seen['note']}" if seen["note"] else ""]),
            ]
        )
        classes.append("miss" if seen["missed"] else "")
    note = (
        "Input: given to the model. Fitted: an assumption was chosen with this total in view. Predicted: not used. "
        "A total is called missed where the model lies more than 10 % outside what was published. Figures that a "
        "source gives as a least or largest number have one end. Rounded figures are widened by half of their "
        "rounding. Figures that their source doubts are shown and not scored."
    )
    return join([table(head, rows, row_classes=classes, numeric=(3, 4, 5)), tag("p", note, class_="note")])


def evidence(comparison: Comparison) -> Html:
    """How many inputs rest on assumptions, in words."""
    assumed, inputs = evidence_count(comparison.record)
    return tag(
        "p",
        join(
            [
                tag("strong", f"{assumed} of {inputs} inputs are assumptions"),
                ". The results are for comparing options and finding what matters; they are not forecasts, not legal "
                "advice, and no substitute for the assessment of each person.",
            ]
        ),
        class_="note",
    )


def not_modelled(comparison: Comparison) -> Html:
    """What is not modelled."""
    return bullets(comparison.record["not_modelled"])


def provenance(comparison: Comparison) -> Html:
    """Every input with unit, range, source and quality, and what made the results."""
    head = ["input", "value", "unit", "range", "quality", "source", "set by", "note"]
    rows, classes = [], []
    for row in comparison.record["parameters"]:
        name = join([row["title"], Html("<br>"), tag("code", row["name"])])
        rows.append(
            [
                name,
                row["value"],
                row["unit"],
                f"{number(row['range'][0])}{DASH}{number(row['range'][1])}",
                row["quality"],
                link(row["source_title"], row["address"]),
                row["set_by"],
                row["note"],
            ]
        )
        classes.append("assumed" if row["quality"] == "assumption" else "")
    runs = [
        [
            comparison.title(name),
            *solver_row(run),
            tag("code", run["input_digest"]),
        ]
        for name, run in comparison.record["runs"].items()
    ]
    version = next(iter(comparison.record["runs"].values()))["version"]
    agreed = agreement_sentence(comparison.record.get("agreement"))
    return join(
        [
            table(head, rows, row_classes=classes),
            tag("h3", f"Runs (mixedmig {version})"),
            *([tag("p", agreed)] if agreed else []),
            table(["scenario", "solver", "tolerances", "digest of all inputs (SHA-256)"], runs),
        ]
    )
