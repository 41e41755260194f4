"""Sections of a report on countries together, figures observed elsewhere, and departures that respond to policy."""

from typing import Any

from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.results.regional import ENTRIES
from mixedmig_model.vocabulary.numbers import DASH, amount, number, people
from mixedmig_model.vocabulary.titles import LEDGER_TITLES

QUIET = 0.5
"""Persons: entries of the ledger in which no country has so many, in any option, are left out."""


def ledger_table(comparison: Comparison) -> Html:
    """The ledger of countries: who came to each, and where they went, an option after the other."""
    countries = list(comparison.countries.values())
    head = ["option and entry", *countries, "all"]
    tables = {name: comparison.record["services"][name]["ledger"] for name in comparison.names}
    shown = [e for e in ENTRIES if any(max(map(abs, tables[name][e])) >= QUIET for name in comparison.names)]
    rows: list[list[Any]] = []
    for name in comparison.names:
        rows.append([comparison.title(name)])
        for entry in shown:
            persons = tables[name][entry]
            rows.append([LEDGER_TITLES[entry], *(people(value) for value in persons), people(sum(persons))])
    note = (
        "Persons over the run. Hosted at the opening, plus all who came, less all who went, is hosted at the end. "
        "People who move on to another country of the run register anew there, so that they count in both; sums over "
        "countries count them twice."
    )
    parts = [table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")]
    return join([*parts, between_table(comparison)])


def between_table(comparison: Comparison) -> Html:
    """Who went from which country to which of their own accord, or by agreement."""
    countries = list(comparison.countries.values())
    head = ["from", *(f"to {title}" for title in countries)]
    rows: list[list[Any]] = []
    for name in comparison.names:
        for kind, text in (("onward", "moved onward"), ("transferred", "transferred by agreement")):
            matrix = comparison.record["services"][name]["between"][kind]
            if max(max(row) for row in matrix) < QUIET:
                continue
            rows.append([f"{comparison.title(name)}: {text}"])
            for number_, title in enumerate(countries):
                cells = [DASH if k == number_ else people(value) for k, value in enumerate(matrix[number_])]
                rows.append([title, *cells])
    if not rows:
        return paragraphs("Nobody moves between the countries of this run.")
    return table(head, rows, "Between countries (persons)", numeric=range(1, len(head)))


def checks_table(comparison: Comparison) -> Html:
    """The model's figures beside those observed elsewhere: compared, never tuned to."""
    head = ["figure", "observed elsewhere", "plausible range", *(comparison.title(name) for name in comparison.names)]
    rows, classes = [], []
    tables = {name: comparison.record["services"][name]["checks"] for name in comparison.names}
    for index, first in enumerate(tables[comparison.names[0]]):
        unit = "share" if first["unit"] == "share" else "person"
        scale, word = (100.0, " %") if unit == "share" else (1.0, "")
        span = f"{number(scale * first['low'], 2)}{DASH}{number(scale * first['high'], 2)}{word}"
        cells = []
        outside = False
        for name in comparison.names:
            check = tables[name][index]
            mark = "" if check["inside"] is not False else ": outside"
            outside = outside or bool(mark)
            cells.append(f"{amount(check['ours'], unit)}{mark}")
        rows.append([first["title"], amount(first["observed"], unit), span, *cells])
        classes.append("miss" if outside else "")
    note = (
        "None of these is an input. To lie near one proves nothing, and to lie outside may be what a case is about, "
        "but it is worth a question."
    )
    shown = table(head, rows, row_classes=classes, numeric=range(1, len(head)))
    return join([shown, tag("p", note, class_="note")])


def responses_table(comparison: Comparison) -> Html:
    """Results with and without responses of departures to policy, where a scenario has any; nothing otherwise."""
    found = [r for r in comparison.record["responses"] if r["scenario"] in comparison.names]
    if not found:
        return paragraphs(
            "No option assumes that policy changes how many people depart: departures are the same in all of them."
        )
    marks = {i["key"]: i for i in comparison.record["indicators"]}
    parts: list[Any] = []
    for response in found:
        title = f"{comparison.title(response['scenario'])}: {', '.join(response['responses'])}"
        rows = []
        for key, (with_, without) in response["values"].items():
            unit = marks[key]["unit"]
            rows.append([f"{marks[key]['title']} ({unit})", amount(with_, unit), amount(without, unit)])
        parts.append(table(["", "with the responses", "without"], rows, title, numeric=(1, 2)))
    text = (
        "Departures respond to policy in these options. Such effects are uncertain and contested; how much enforcement "
        "and regular places change departures is assumed. The same option is shown with departures as they are, and is "
        "judged by those numbers. Fewer departures are never a goal here."
    )
    return join([tag("p", tag("strong", text)), *parts])
