"""Sections of a report on countries together.

They also have figures observed elsewhere, and departures that respond to policy.
"""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.record.words.pages.countries import is_quiet, plausible_words, shown_entries
from mixedmig_model.results.measures import ENOUGH
from mixedmig_model.results.outcomes import returns_by_group
from mixedmig_model.vocabulary.numbers import DASH, amount, people
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import LEDGER_TITLES


def ledger_table(comparison: Comparison) -> Html:
    """Return the ledger of countries.

    It says who came to each, and where they went, one option after the other.
    """
    countries = list(comparison.countries.values())
    head = ["option and entry", *countries, "all"]
    tables = {name: comparison.record.services[name].ledger for name in comparison.names}
    shown = shown_entries(comparison)
    rows: list[list[Any]] = []
    for name in comparison.names:
        rows.append([comparison.title(name)])
        for entry in shown:
            persons = tables[name][entry]
            title = on_route(LEDGER_TITLES[entry], comparison.record.coming)
            rows.append([title, *(people(value) for value in persons), people(sum(persons))])
    parts = [table(head, rows, numeric=range(1, len(head))), tag("p", templates.LEDGER_NOTE, class_="note")]
    return join([*parts, between_table(comparison)])


def between_table(comparison: Comparison) -> Html:
    """Return who went from which country to which.

    They went of their own accord, or by agreement.
    """
    countries = list(comparison.countries.values())
    head = ["from", *(f"to {title}" for title in countries)]
    rows: list[list[Any]] = []
    for name in comparison.names:
        both = comparison.record.services[name].between
        for matrix, text in ((both.onward, "moved onward"), (both.transferred, "transferred by agreement")):
            if is_quiet(matrix):
                continue
            rows.append([f"{comparison.title(name)}: {text}"])
            for number_, title in enumerate(countries):
                cells = [DASH if k == number_ else people(value) for k, value in enumerate(matrix[number_])]
                rows.append([title, *cells])
    if not rows:
        return paragraphs(templates.BETWEEN_NOBODY)
    return table(head, rows, "Between countries (persons)", numeric=range(1, len(head)))


def returns_table(comparison: Comparison) -> Html:
    """Return who was returned from where, by group and country.

    Groups and countries without a return in any option are left out.
    """
    rows: list[list[Any]] = []
    for name in comparison.names:
        found = returns_by_group(comparison.runs[name])
        rows.append([comparison.title(name)])
        for group in found["group"].values:
            for country in found["country"].values:
                counts = found.sel(group=group, country=country).values
                if counts.sum() >= ENOUGH:
                    title = str(comparison.runs[name]["group_title"].sel(group=group).values)
                    rows.append([title, comparison.countries[str(country)], *(people(float(one)) for one in counts)])
    if len(rows) == len(comparison.names):
        return paragraphs(templates.RETURNS_NOBODY)
    head = ["group", "returned from", "with assistance", "under pressure", "by force"]
    return table(head, rows, "Returns by group and country (persons)", numeric=(2, 3, 4))


def checks_table(comparison: Comparison) -> Html:
    """Return the model's figures and those observed elsewhere.

    They are compared, never tuned to.
    """
    head = ["figure", "observed elsewhere", "plausible range", *(comparison.title(name) for name in comparison.names)]
    rows, classes = [], []
    tables = {name: comparison.record.services[name].checks for name in comparison.names}
    for index, first in enumerate(tables[comparison.names[0]]):
        unit = "share" if first.unit == "share" else "person"
        cells = []
        outside = False
        for name in comparison.names:
            check = tables[name][index]
            mark = "" if check.inside is not False else ": outside"
            outside = outside or bool(mark)
            cells.append(f"{amount(check.ours, unit)}{mark}")
        rows.append([first.title, amount(first.observed, unit), plausible_words(first), *cells])
        classes.append("miss" if outside else "")
    note = templates.CHECKS_NOTE
    shown = table(head, rows, row_classes=classes, numeric=range(1, len(head)))
    return join([shown, tag("p", note, class_="note")])


def responses_table(comparison: Comparison) -> Html:
    """Return results with and without the option's departures.

    They stand as they are and with the baseline's departures, where departures differ. Where they do not, that is said.
    """
    found = [r for r in comparison.record.responses if r.scenario in comparison.names]
    if not found:
        return paragraphs(of_claims(templates.RESPONSES_NONE, comparison.record.coming))
    parts: list[Any] = []
    for response in found:
        title = f"{comparison.title(response.scenario)}: {', '.join(response.responses)}"
        rows = []
        shown = {one.key for one in comparison.record.shown_indicators}
        for key, (with_, without) in response.values.items():
            if key not in shown:
                continue
            indicator = comparison.record.indicator(key)
            unit = indicator.unit
            rows.append([f"{indicator.title} ({unit})", amount(with_, unit), amount(without, unit)])
        head = ["", "as it is", on_route("with the baseline's departures", comparison.record.coming)]
        keys = [key for key in response.values if key in shown]
        parts.append(table(head, rows, title, numeric=(1, 2), row_keys=keys))
    return join([tag("p", tag("strong", of_claims(templates.RESPONSES, comparison.record.coming))), *parts])
