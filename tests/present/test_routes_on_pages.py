"""Pages of a case by land: words of its own, nothing of the sea on the first page, and no cost of rescue."""

import re
from html import unescape

import pytest
from small_case import ROOT, SCENARIO
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present import workbook
from mixedmig_model.present.report.front import write_front
from mixedmig_model.record.finished import make_comparison
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.verdicts import largest_outside
from mixedmig_model.record.words import limits, templates
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary import titles
from mixedmig_model.vocabulary.routes import ASHORE, AT_SEA_INDICATORS, on_route

OF_THE_SEA = re.compile(r"(?i)\b(sea|adrift|disembark\w*|landed|vessels?|boats?|voyages?|rescue\w*)\b")


@pytest.fixture(scope="module")
def by_land(tmp_path_factory):
    """A finished comparison of a case that ``mixedmig new`` made: by land, with costs, and an option."""
    import shutil

    root = tmp_path_factory.mktemp("land") / "plan"
    ignore = shutil.ignore_patterns("cases", "reproduce")
    shutil.copytree(ROOT / "parameters", root / "parameters", ignore=ignore)
    months = root.parent / "months.csv"
    months.write_text("month,country,persons\n2024-01,north,300\n2024-02,south,300\n", encoding="utf-8")
    done = CliRunner().invoke(app, [
        "new", "small", "--countries", "north,south", "--start", "2024-01-01", "--end", "2024-03-01", "--route", "land",
        "--arrivals", str(months), "--workspace", str(root)])
    assert done.exit_code == 0, done.output
    scenarios = root / "parameters" / "cases" / "small" / "scenarios"
    change = "changes:\n  - {parameter: screening.officers, add: 5, reason: For a test.}\n"
    (scenarios / "screening.yaml").write_text(SCENARIO.format(title="Screening", more=change), encoding="utf-8")
    inputs = read_case(read_workspace(root), "small")
    made = make_comparison(inputs, ["as_it_is", "screening"], root / "out", workers=1, path="reference")
    return with_summary(made, root / "out")


def shown_by(page, comparison, monkeypatch):
    """The text of a page, without its tags."""
    shown = []
    monkeypatch.setattr(workbook, "show", lambda *parts: shown.extend(str(part) for part in parts))
    page(comparison)
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>|<style.*?</style>", "", "".join(shown), flags=re.S)))


def test_the_first_page_of_a_land_case_has_no_word_of_the_sea(by_land, monkeypatch):
    text = shown_by(workbook.first_page, by_land, monkeypatch)
    assert OF_THE_SEA.findall(text) == []
    assert "People arrived and recorded" in text


def test_its_summary_has_none_either_and_says_who_is_not_counted(by_land, tmp_path):
    write_front(by_land, tmp_path, "")
    html = (tmp_path / "summary.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)))
    assert "Deaths and missing" in text
    assert OF_THE_SEA.findall(text) == []
    told = re.sub(r"<[^>]+>", "", "".join(re.findall(r"<(?:title|desc)>(.*?)</", html)))
    assert OF_THE_SEA.findall(told) == []


OTHER_PAGES = (
    "people", "waits", "staff", "costs", "answers", "published", "limits",  # the report
    "annex_page", "places", "cohort", "countries", "uncertainty", "responses", "details", "inputs", "elsewhere",
    "provenance", "costing_page", "cost_views", "cost_items", "cost_swings", "prices",  # annex and costs
)


@pytest.mark.parametrize("page", OTHER_PAGES)
def test_other_pages_have_none_either(by_land, monkeypatch, page):
    assert OF_THE_SEA.findall(shown_by(getattr(workbook, page), by_land, monkeypatch)) == []


def test_a_land_case_pays_for_no_rescue(by_land):
    items = {row.item for row in by_land.record.costs["as_it_is"].items}
    assert {"help_at_arrival", "transport_from_arrival"} <= items
    assert not any("rescue" in item or item == "disembarkation" for item in items)
    assert not any(text == limits.RESCUE for text in by_land.record.not_modelled)


def test_inputs_of_the_sea_are_not_among_those_of_a_land_case(by_land):
    names = {row.name for row in by_land.record.parameters}
    assert "journey.mortality" in names
    assert "journey.adrift_death_rate" not in names
    assert by_land.record.route == "land"


def test_what_pages_leave_out_is_zero_or_none_on_land(by_land):
    left_out = {one.key: one for one in by_land.record.indicators}
    for key in AT_SEA_INDICATORS:
        value = left_out[key].values["as_it_is"].value
        assert not value > 0.0


def test_every_word_that_changes_ashore_is_one_that_pages_have():
    known = {text for one in INDICATORS for text in (one.title, one.description)}
    known |= {*titles.OUTCOME_TITLES.values(), *titles.LEDGER_TITLES.values(), *titles.QUANTITY_TITLES.values(),
              *titles.COST_STAGE_TITLES.values(), templates.STAGES_ALT}
    assert set(ASHORE) - known == set()
    assert {one.key for one in INDICATORS} >= AT_SEA_INDICATORS
    assert not any(OF_THE_SEA.search(text) for text in ASHORE.values())


def test_no_indicator_that_a_land_case_shows_speaks_of_the_sea():
    for one in INDICATORS:
        if one.key not in AT_SEA_INDICATORS:
            assert not OF_THE_SEA.search(on_route(one.title, "land")), one.key
            assert not OF_THE_SEA.search(on_route(one.description, "land")), one.key


def test_at_sea_nothing_changes():
    assert all(on_route(text, "sea") == text for text in ASHORE)


@pytest.mark.parametrize(("route", "title"), [("sea", "People landed and recorded"),
                                              ("land", "People arrived and recorded")])
def test_the_largest_change_elsewhere_has_the_title_of_the_route(route, title):
    before = {one.key: 100.0 for one in INDICATORS}
    found = largest_outside({**before, "disembarked": 150.0}, before, route)
    assert found.title == title
