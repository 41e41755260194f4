"""Workbooks: without outputs, prose and calls only, each executed, numbers asserted; the report page is whole."""

import json
import re
import shutil
from html import escape, unescape

import nbformat
import pytest

from mixedmig_model.present import workbook
from mixedmig_model.present.html.page import export
from mixedmig_model.present.report.notebooks import run_notebook
from mixedmig_model.record.finished import Comparison

NAMES = ["compare", "annex", "scenario", "costing", "explore", "start_here"]


@pytest.mark.parametrize("name", NAMES)
def test_workbooks_are_prose_and_calls_without_outputs(name, root):
    notebook = nbformat.read(root / "workbooks" / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert "parameters" in code[0].metadata["tags"]
    for cell in code:
        assert cell.outputs == []
        assert cell.execution_count is None
        assert not re.search(r"^\s*(def|class|for|while) ", cell.source, re.MULTILINE)


def text_of(path):
    """All that a notebook displayed, as text."""
    notebook = nbformat.read(path, as_version=4)
    return " ".join(
        str(output.get("data", {}).get("text/html", "")) + str(output.get("data", {}).get("text/plain", ""))
        for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs
    )


@pytest.fixture(scope="module")
def compared(root, book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    target = folder / "compare.ipynb"
    parameters = {"results": str(book[1]), "workspace": str(root)}
    run_notebook(root / "workbooks" / "compare.ipynb", target, parameters, folder)
    return target


def test_the_comparison_shows_the_numbers_that_were_solved(compared, book):
    text = text_of(compared)
    deaths = book[0].record.indicator("deaths")
    assert f"{round(deaths.values['as_it_happened'].value)}" == "374"
    assert "374" in text
    assert book[0].record.scenarios[1].judgement.sentence in unescape(text)
    assert text.count("<figure") == 4
    assert all(len(alt) > 40 for alt in re.findall(r'<img alt="([^"]*)"', text))
    assert text.count("<details") == 4


def test_executed_notebooks_carry_no_path_of_this_machine(compared, book, root):
    text = compared.read_text(encoding="utf-8")
    assert str(book[1]) not in text
    assert str(root) + "/" not in text
    assert "papermill" not in json.loads(text)["metadata"]


def test_the_page_is_self_contained_and_has_no_script(compared, tmp_path):
    export(compared, tmp_path / "report.html", "A <title>", "footer")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<title>A &lt;title&gt;</title>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|iframe|object)\b", page)
    assert all(src.startswith("data:image/png") for src in re.findall(r'\bsrc="([^"]*)', page))
    assert "comparison = workbook.load" not in page
    wanted = ("What is compared", "Decision table", "People over time", "Waiting times",
              "Staff and places against need", "Published totals and this model", "What is not modelled")
    headings = [re.sub("<[^>]*>", "", heading) for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert [heading for heading in headings if heading in wanted] == list(wanted)


def test_words_of_programs_stay_in_the_notebook(tmp_path):
    outputs = [
        {"output_type": "stream", "name": "stderr", "text": "building the font cache <b>\n"},
        {"output_type": "stream", "name": "stdout", "text": "printed"},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<p>shown</p>"}},
    ]
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": 1, "outputs": outputs}
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})
    (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")
    export(tmp_path / "a.ipynb", tmp_path / "a.html", "Title", "footer")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "font cache" not in page
    assert "printed" in page
    assert "<p>shown</p>" in page


def in_order(page, *titles):
    """Whether a page has all of some texts, one after the other."""
    places = [page.index(title) for title in titles]
    return places == sorted(places)


def test_the_annex_has_what_stands_behind_the_report_and_a_list_of_contents(root, book, tmp_path):
    run_notebook(root / "workbooks" / "annex.ipynb", tmp_path / "annex.ipynb", {"results": str(book[1])}, tmp_path)
    export(tmp_path / "annex.ipynb", tmp_path / "annex.html", "Annex", "footer")
    page = (tmp_path / "annex.html").read_text(encoding="utf-8")
    headings = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', page)
    assert [title for _, title in headings] == [
        "Results that rest on inputs that the case does not set", "Occupancy against places",
        "What became of all who departed, by true need", "Country by country",
        "Ranges over all uncertain inputs", "With and without responses of departures to policy",
        "Further indicators", "What differs in the inputs",
        "Compared with figures observed elsewhere", "What the founding document asks", "Where every number comes from",
    ]
    assert re.findall(r'<li><a href="#([^"]+)">(.*?)</a></li>', page) == headings
    assert in_order(page, "<h1>", 'class="contents"', "The case sets ", "inputs keep the values that come with")


def test_the_scenario_workbook_runs_beside_the_baseline(root, book, tmp_path):
    target = tmp_path / "scenario.ipynb"
    parameters = {"results": str(book[1]), "scenario": "predictable_disembarkation_and_screening"}
    run_notebook(root / "workbooks" / "scenario.ipynb", target, parameters, tmp_path)
    text = text_of(target)
    assert "Andaman Sea and Bay of Bengal, 2015: Predictable disembarkation and screening" in text
    assert in_order(text, "What it does", "Deaths and missing on the way", "Paid by", "What it changes")
    assert "<figure" not in text


def test_the_costing_workbook_holds_every_item_every_price_and_the_words_of_an_estimate(root, book, tmp_path):
    target = tmp_path / "costing.ipynb"
    run_notebook(root / "workbooks" / "costing.ipynb", target, {"results": str(book[1])}, tmp_path)
    text = text_of(target)
    assert "Breaches: choices of an authority" in text
    assert "PLANNING ESTIMATE, NOT A BUDGET" in text
    for row in book[0].record.prices:
        assert escape(row.title) in text, row.title
    for part in ("People in need, targeted, reached", "By fiscal year of each country", "Present value at 3 % a year",
                 "Sectors and phases", "on screen, and in costs.csv; not printed"):
        assert part in text, part


def test_the_slider_workbook_runs_by_a_double_click(root, tmp_path):
    """With its own defaults, in the folder where it lies."""
    shutil.copytree(root / "parameters", tmp_path / "parameters")
    shutil.copytree(root / "workbooks", tmp_path / "workbooks")
    here = tmp_path / "workbooks"
    run_notebook(here / "explore.ipynb", tmp_path / "explored.ipynb", {}, here)
    assert "Panel" in text_of(tmp_path / "explored.ipynb")


def test_the_first_workbook_runs_by_a_double_click_and_shows_its_form(root, tmp_path):
    shutil.copytree(root / "parameters", tmp_path / "parameters")
    shutil.copytree(root / "workbooks", tmp_path / "workbooks")
    here = tmp_path / "workbooks"
    run_notebook(here / "start_here.ipynb", tmp_path / "started.ipynb", {}, here)
    assert "Make the case" in (tmp_path / "started.ipynb").read_text(encoding="utf-8")


def test_where_nobody_is_adrift_words_stand_in_place_of_an_empty_picture(book):
    assert "<figure " in workbook.adrift(book[0])
    ashore = {name: run.assign(daily_adrift=0.0 * run["daily_adrift"]) for name, run in book[0].runs.items()}
    text = workbook.adrift(Comparison(book[0].record, ashore))
    assert text == (
        "<p>Nobody is adrift in any option, because nobody is refused disembarkation or abandoned at sea.</p>")
