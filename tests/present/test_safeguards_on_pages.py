"""What a report must never do to its readers (``docs/safeguards.md``): checked on the sections of a comparison."""

import csv
import json
import math
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from changed_report import changed

import mixedmig_model
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.present import workbook
from mixedmig_model.present.figures import costs as cost_plots
from mixedmig_model.present.figures import people as plots
from mixedmig_model.present.figures import services as service_plots
from mixedmig_model.present.report.sections import costs as cost_sections
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.present.report.sections import items, plane, regional, services
from mixedmig_model.record.parameters import evidence_count
from mixedmig_model.record.schema.options import IndicatorValues
from mixedmig_model.results.measures import ENFORCED
from mixedmig_model.results.published import SUMS
from mixedmig_model.vocabulary.numbers import DASH, amount
from mixedmig_model.vocabulary.titles import LEDGER_TITLES, OUTCOME_TITLES, QUANTITY_TITLES

PACKAGE = Path(mixedmig_model.__file__).parent


# ---- 3 and 5: no single number, no more digits than there is knowledge ------------------------------------------

class Cells(HTMLParser):
    """Rows of the tables of a section as lists of text, and the cells that hold numbers."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.numbers, self.inside, self.gathered = [], [], None, []
        self.feed(str(html))

    def handle_starttag(self, name, attributes):
        if name == "tr":
            self.rows.append([])
        if name in ("td", "th"):
            self.inside, self.gathered = name, []
            self.is_number = name == "td" and dict(attributes).get("class") == "number"
        if name == "br":
            self.gathered.append(" ")

    def handle_data(self, data):
        if self.inside:
            self.gathered.append(data)

    def handle_endtag(self, name):
        if name == self.inside:
            text = "".join(self.gathered)
            self.rows[-1].append(text)
            self.numbers += [text] if self.is_number else []
            self.inside = None


def digits(text):
    """Significant digits of a number as printed; zeros at the end of a whole number do not count."""
    whole = text.replace(",", "")
    return len(whole.replace(".", "").lstrip("0") if "." in whole else whole.strip("0"))


def with_responses(book):
    """A comparison in which one option has its results with and without responses of departures."""
    name = book.names[1]
    values = {i.key: [i.values[name].value, i.values[name].high_run] for i in book.record.indicators}
    made = {"scenario": name, "responses": ["Effect of deterrence"], "values": values}
    return changed(book, responses=[made])


def printed(book):
    """Every section of a report that prints numbers of the model, by name."""
    makers = (
        sections.decision_table, sections.details_table, sections.need_table, sections.published_table,
        services.waits_table, services.posts_table, services.places_table, regional.ledger_table,
        regional.checks_table, plots.stages_figure, plots.occupancy_figure, plots.outcomes_figure,
        service_plots.staff_figure, service_plots.backlog_figure,
    )
    makers += (
        cost_sections.stage_table, cost_sections.views_table, cost_sections.payer_table, cost_sections.detention_table,
        plane.plane_table, cost_sections.people_table, items.items_table,
        lambda made: items.swings_table(made, made.names[0]), cost_plots.cash_figure,
    )
    adrift = plots.adrift_figure(book)
    return {make.__name__: make(book) for make in makers} | {
        "adrift_figure": adrift, "responses_table": regional.responses_table(with_responses(book)),
    }


def test_no_number_on_a_page_has_more_than_three_significant_digits(book):
    assert [digits(t) for t in ("1,230", "0.0092", "12,340", "1,234", "100", "10.25", "0", "2.0")] == [
        3, 2, 4, 4, 1, 4, 0, 2]
    for name, html in printed(book[0]).items():
        cells = [re.sub(r"\b\d{4}-\d{2}\b", "", cell) for cell in Cells(html).numbers]  # a month is no amount
        found = [token for cell in cells for token in re.findall(r"\d[\d,]*(?:\.\d+)?", cell)]
        assert len(found) > 5, name
        assert [token for token in found if digits(token) > 3] == [], name


def test_a_miss_and_an_occupancy_beyond_ten_times_have_no_more_digits(book):
    far = [seen.model_copy(update={"gap": 12.345 * seen.low, "miss": 12.345, "missed": True})
           for seen in book[0].record.published if seen.table == "totals"]
    table = sections.published_table(changed(book[0], published=far))
    assert [row[5] for row in Cells(table).rows[1:]] == ["missed: +1,230 %"] * len(far)
    name = book[0].names[0]
    run = book[0].runs[name]
    full = run.assign(places_open=run["places_open"] * 0.0123)
    crowded = replace(changed(book[0], scenarios=book[0].record.scenarios[:1]), runs={name: full})
    shares = re.findall(r"([\d,]+) %", " ".join(Cells(plots.occupancy_figure(crowded)).numbers))
    assert any("," in share for share in shares)
    assert [share for share in shares if digits(share) > 3] == []


@pytest.mark.parametrize(("ours", "text"), [
    (12.0, "missed: +12 people"), (1.0, "missed: +1 person"), (0.4, "missed: +under 1 person"), (0.0, "inside")])
def test_a_miss_where_none_was_published_is_told_in_persons(ours, text, book):
    seen = book[0].record.published[0].model_copy(update={
        "low": 0.0, "value": 0.0, "high": 0.0, "ours": ours, "gap": ours, "miss": None if ours else 0.0,
        "missed": ours > 0.0})
    table = sections.published_table(changed(book[0], published=[seen]))
    assert Cells(table).rows[1][5] == text
    assert "inf" not in re.sub("input", "", " ".join(Cells(table).numbers))


def test_every_headline_carries_its_range_over_the_share_owed_protection(book):
    rows = {row[0]: row[1:] for row in Cells(sections.decision_table(book[0])).rows if len(row) > 1}
    ranged = 0
    for indicator in (i for i in book[0].record.indicators if i.kind != "detail"):
        cells = next(cells for head, cells in rows.items() if head.startswith(indicator.title + " "))
        for name, cell in zip(book[0].names, cells, strict=True):
            found = indicator.values[name]
            runs = [found.value, found.low_run, found.high_run]
            real = [value for value in runs if not math.isnan(value)] or runs
            texts = [amount(value, indicator.unit) for value in (runs[0], min(real), max(real))]
            if len(set(texts)) > 1:
                assert cell.startswith(f"{texts[0]} ({texts[1]}{DASH}{texts[2]})"), indicator.title
                ranged += 1
    assert ranged > 10


def test_the_share_owed_protection_is_never_shown_at_one_value_alone(book):
    share = book[0].record.need_share
    assert share.low < share.default < share.high
    note = re.sub(r"<[^>]+>", "", sections.decision_table(book[0])).split("Brackets hold")[1]
    shown = [f"{round(100 * one)} %" for one in (share.low, share.default, share.high)]
    assert all(text in note for text in shown)
    assert "Nobody knows that share" in note
    table = sections.need_table(book[0])
    assert f"protection at {' / '.join(shown)}" in table
    cells = [cell for row in Cells(table).rows[1:] for cell in row[1:]]
    assert len(cells) == len(book[0].names) * sum(i.protection for i in book[0].record.indicators) > 10
    assert all(cell.count(" / ") == 2 for cell in cells)
    for html in (table, sections.decision_table(book[0])):
        assert "recognition rates are outcomes of a system" in html
        assert "not the truth about people" in html
    owed = book[0].record.indicator("granted_owed").values
    for name in book[0].names:  # three runs, not one run printed three times
        assert owed[name].low_run < owed[name].value < owed[name].high_run


def test_first_pages_count_the_inputs_that_are_assumptions(book, monkeypatch):
    shown = []
    monkeypatch.setattr(workbook, "show", lambda *made: shown.append("".join(made)))
    workbook.first_page(book[0])
    workbook.scenario_page(book[0], book[0].names[1])
    assumed, inputs = evidence_count(book[0].record)
    assert inputs > len(book[0].record.parameters)  # the departures are inputs too
    for text in shown:
        assert f"{assumed} of {inputs} inputs are assumptions" in text
        assert "They are not forecasts" in text
    assert len(shown) == 2


def test_no_indicator_is_left_out_even_where_it_is_nothing_in_every_option_and_run(book):
    blank = dict.fromkeys(("value", "low", "high", "low_run", "high_run"), 0.0)
    values = dict.fromkeys(book[0].names, IndicatorValues(**blank))
    none = [one.model_copy(update={"values": values}) for one in book[0].record.indicators]
    empty = changed(book[0], indicators=none)
    heads = [row[0] for make in (sections.decision_table, sections.details_table) for row in Cells(make(empty)).rows]
    assert [i.title for i in none if not any(head.startswith(i.title) for head in heads)] == []


# ---- 4: words ---------------------------------------------------------------------------------------------------

DEMEANING = re.compile(r"\b(illegal\w*|bogus|flood(?:s|ed|ing)?|burden(?!s? of proof)\w*|influx\w*)\b", re.IGNORECASE)
"""None of these is needed here in another sense; who needs one some day makes the pattern narrower."""


def test_no_page_and_no_report_uses_words_that_demean_people(book, root):
    files = [
        *PACKAGE.rglob("*.py"), *(root / "workbooks").glob("*.ipynb"), *(root / "docs").glob("*.md"),
        *root.glob("*.md"), *(p for kind in ("yaml", "csv", "md") for p in (root / "parameters").rglob(f"*.{kind}")),
    ]
    texts = {str(path): re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))  # addresses are their publishers'
             for path in files if path.name != "sources.yaml"}
    assert {"README.md", "safeguards.md", "glossary.py", "compare.ipynb", "case.yaml"} <= {Path(p).name for p in texts}
    report = [maker(book[0]) for maker in (
        sections.question, sections.evidence, sections.input_differences, sections.not_modelled, sections.provenance,
        services.warnings)] + list(printed(book[0]).values())
    shown = unescape(re.sub(r"<[^>]+>", " ", "".join(report)))  # without addresses, which are their publishers'
    for title in {row.source_title for row in book[0].record.parameters}:
        shown = shown.replace(title, " ")  # so are titles
    texts["report"] = shown
    assert [f"{name}: {m.group(0)}" for name, text in texts.items() for m in DEMEANING.finditer(text)] == []
    for text in ("illegal migrants", "Bogus claims", "a flood of arrivals", "the burden of refugees", "illegals"):
        assert DEMEANING.search(text), text


# ---- 8: detention -----------------------------------------------------------------------------------------------

def test_time_in_detention_never_stands_without_children_the_limit_and_releases(book):
    titles = {i.key: i.title for i in book[0].record.indicators}
    first, more = (
        [row[0] for row in Cells(make(book[0])).rows] for make in (sections.decision_table, sections.details_table))
    for key in ("detention_days", "child_detention_days", "identified_children_detained", "detention_over_limit",
                "children_assessed_adult_detained"):
        assert any(head.startswith(titles[key] + " ") for head in first), key
    for key in ("detention_ended_by_release", "detention_over_limit_share", "children_detained", "detention_longest"):
        assert any(head.startswith(titles[key] + " ") for head in more), key


# ---- 7: what files say of themselves ----------------------------------------------------------------------------

def test_every_file_of_results_comes_with_a_data_notice(book):
    made, folder = book
    notice = made.record.notice
    for text in ("Aggregates of a model", "no individual records", "Not for decisions about a person",
                 "Planning assumptions, not forecasts"):
        assert text in notice
    assert {run.attrs["notice"] for run in made.runs.values()} == {notice}
    beside = (folder / "README.txt").read_text(encoding="utf-8")
    assert notice in beside
    assert re.search(r"\d+ of \d+ inputs are assumptions; report\.html lists each with its source", beside)
    for file in [*folder.glob("*.csv"), *folder.glob("*.json")]:
        assert file.name in beside, file.name
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["notice"] == notice


# ---- 9: returns -------------------------------------------------------------------------------------------------

def test_no_words_mean_two_things_on_one_page(book):
    """A published total has the words of an indicator or of an outcome only where it counts the same."""
    words = {i.title.lower() for i in book[0].record.indicators}
    words |= {title.lower() for title in (*OUTCOME_TITLES.values(), *plots.SHOWN_OUTCOMES, *LEDGER_TITLES.values())}
    shared = {key for key, title in QUANTITY_TITLES.items() if title.lower() in words}
    assert shared == {"returned_by_force"}
    assert SUMS["returned_by_force"] == ENFORCED
    rows = [row[0] for row in Cells(sections.published_table(book[0])).rows]
    assert "Returned with assistance, induced returns included" in rows
    assert "Returned with assistance" not in rows


# ---- 12: validation ---------------------------------------------------------------------------------------------

def kinds(book):
    """Quantity and kind of every published total, as the page prints them."""
    totals = changed(book, published=[seen for seen in book.record.published if seen.table == "totals"])
    return [(row[0], row[2]) for row in Cells(sections.published_table(totals)).rows[1:]]


def test_published_totals_stand_on_the_page_as_the_file_labels_them(book, andaman, root):
    with (root / "parameters" / "cases" / andaman.name / "observed.csv").open(encoding="utf-8") as lines:
        given = [(QUANTITY_TITLES[row["quantity"]], row["kind"]) for row in csv.DictReader(lines)]
    assert ("Departures", "input") in given
    assert kinds(book[0]) == given
    as_input = [seen.model_copy(update={"kind": "input"}) for seen in book[0].record.published]
    assert {kind for _, kind in kinds(changed(book[0], published=as_input))} == {"input"}


def test_departures_are_an_input_in_every_shipped_case_and_nothing_is_called_validated(book, workspace, root):
    cases = [read_case(workspace, path.parent.name) for path in (root / "parameters" / "cases").glob("*/case.yaml")]
    labels = {seen.kind for case in cases for seen in case.observations if seen.quantity == "departed"}
    assert labels == {"input"}
    text = "".join([sections.published_table(book[0]), regional.checks_table(book[0]), sections.question(book[0])])
    assert not re.search(r"validat|confirm|proven", text, re.IGNORECASE)
    bare = changed(book[0], published=[])
    assert "nothing here is validated" in sections.published_table(bare)
