"""Pages of a case by land or of claims: words of its own, nothing of the sea, and no cost of rescue."""

import re
import shutil
from html import unescape

import pytest
from small_case import ROOT, SCENARIO, write_small
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present import workbook
from mixedmig_model.present.panel.sliders import slider_names
from mixedmig_model.present.report.front import write_front
from mixedmig_model.record.finished import make_comparison
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.panel.said import shown_indicators
from mixedmig_model.record.verdicts import largest_outside
from mixedmig_model.record.words import limits, templates
from mixedmig_model.record.words.pages.claims import OF_CLAIMS
from mixedmig_model.record.words.panel import templates as panel_words
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary import titles
from mixedmig_model.vocabulary.routes import ASHORE, AT_SEA_INDICATORS, CLAIMED, left_out, on_route

OF_A_JOURNEY = re.compile(
    r"(?i)\b(sea|adrift|disembark\w*|landed|vessels?|boats?|voyages?|rescue\w*|depart\w*|arriv\w*|ashore)\b")
OF_THE_SEA = re.compile(r"(?i)\b(sea|adrift|disembark\w*|landed|vessels?|boats?|voyages?|rescue\w*)\b")


def made_case(root, line, **changes):
    """A finished comparison of a case that ``mixedmig new`` made, with costs and options. Args: line, of its file."""
    ignore = shutil.ignore_patterns("cases", "reproduce")
    shutil.copytree(ROOT / "parameters", root / "parameters", ignore=ignore)
    months = root.parent / "months.csv"
    rows = [f"2024-{month},{country},150" for month in ("01", "02") for country in ("north", "south")]
    months.write_text("\n".join(["month,country,persons", *rows, ""]), encoding="utf-8")
    done = CliRunner().invoke(app, [
        "new", "small", "--countries", "north,south", "--start", "2024-01-01", "--end", "2024-03-01", "--route", "land",
        "--arrivals", str(months), "--workspace", str(root)])
    assert done.exit_code == 0, done.output
    folder = root / "parameters" / "cases" / "small"
    file = folder / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("route: land\n", line), encoding="utf-8")
    for name, change in changes.items():
        text = f"changes:\n  - {{parameter: {change}, reason: For a test.}}\n"
        (folder / "scenarios" / f"{name}.yaml").write_text(
            SCENARIO.format(title=name.capitalize(), more=text), encoding="utf-8")
    inputs = read_case(read_workspace(root), "small")
    made = make_comparison(inputs, ["as_it_is", *changes], root / "out", workers=1, path="reference")
    return with_summary(made, root / "out")


@pytest.fixture(scope="module")
def by_land(tmp_path_factory):
    """A case by land, with costs, and an option."""
    return made_case(tmp_path_factory.mktemp("land") / "plan", "route: land\n", screening="screening.officers, add: 5")


@pytest.fixture(scope="module")
def of_claims(tmp_path_factory):
    """A case of claims; an option changes who claims."""
    return made_case(tmp_path_factory.mktemp("claims") / "plan", "route: air\nentry: determination\n",
                     officers="determination.officers, add: 5", fewer="arrivals.scale, set: 0.5")


PLAIN = {
    "People who depart", "with the baseline's departures", "Everybody ashore",
    "all who were ashore at any time of the run, recorded or not",
    "people with specific needs, or owed a protection other than refugees', who came ashore",
}
"""Heads of sections and tables, and people of a response, that pages show by how people come."""


def known_words():
    """Titles and sentences that pages pass through ``on_route``."""
    known = {text for one in INDICATORS for text in (one.title, one.description)}
    known |= {*titles.OUTCOME_TITLES.values(), *titles.LEDGER_TITLES.values(), *titles.QUANTITY_TITLES.values(),
              *titles.COST_STAGE_TITLES.values(), *titles.RATIO_TITLES.values(), *panel_words.GROUPS.values(),
              templates.STAGES_ALT, *(text for pair in titles.PLAN_RATIO_TITLES.values() for text in pair)}
    return known | PLAIN


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


@pytest.mark.parametrize("page", ["first_page", "waits", "costs", "responses", "costing_page", "cost_views", "limits"])
def test_pages_of_a_case_of_claims_speak_of_no_journey(of_claims, monkeypatch, page):
    text = shown_by(getattr(workbook, page), of_claims, monkeypatch)
    for row in of_claims.record.parameters:  # titles of inputs are the same in all cases
        text = text.replace(row.title, "")
    assert OF_A_JOURNEY.findall(text) == []


def test_the_first_page_of_a_case_of_claims_counts_claims_lodged(of_claims, monkeypatch, tmp_path):
    assert "Claims lodged, people" in shown_by(workbook.first_page, of_claims, monkeypatch)
    lodged = of_claims.record.indicator("disembarked").values
    assert lodged["as_it_is"].value == pytest.approx(600.0, rel=1e-6)
    assert lodged["fewer"].value == pytest.approx(300.0, rel=1e-6)
    write_front(of_claims, tmp_path, "")
    html = (tmp_path / "summary.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)))
    assert OF_A_JOURNEY.findall(text) == []


def test_an_option_that_changes_who_claims_says_so(of_claims, monkeypatch):
    said = of_claims.record.option("fewer").judgement.sentence
    assert said.endswith("No harm differs. It changes only who claims asylum, and that never counts.")
    assert "Claims differ in these options." in shown_by(workbook.responses, of_claims, monkeypatch)


def test_indicators_and_inputs_of_a_journey_are_left_out_of_a_case_of_claims(of_claims):
    values = {one.key: one.values["as_it_is"].value for one in of_claims.record.indicators}
    for key in left_out("claim"):
        assert not values[key] > 0.0 or key == "sustained_share", key
        assert key not in {one.key for one in of_claims.record.shown_indicators}
    names = {row.name for row in of_claims.record.parameters}
    assert not any(name.startswith(("journey.", "rescue.")) for name in names)
    record = of_claims.record
    assert (record.entry, record.coming, record.route) == ("determination", "claim", "air")


def test_all_people_with_a_claim_are_reached(of_claims):
    everybody = of_claims.record.costs["as_it_is"].people[0]
    assert everybody.people[2] == pytest.approx(everybody.people[0], rel=1e-6)


def test_the_panel_of_a_case_of_claims_has_its_words(tmp_path):
    own = "absconding.rate: {value: 0, range: [0, 1], source: assumption, quality: assumption}"
    write_small(tmp_path, more=f"route: air\nentry: determination\nparameters:\n  {own}\n")
    inputs = read_case(read_workspace(tmp_path), "small")
    assert "journey.unrecorded_share" not in set(slider_names(inputs))
    assert {one.key for one in shown_indicators(inputs)}.isdisjoint(left_out("claim"))
    assert on_route(panel_words.GROUPS["arrivals"], inputs.case.coming) == "Who claims asylum"


def test_every_word_of_claims_is_instead_of_one_that_pages_have():
    assert set(CLAIMED) - known_words() == set()
    made = (*CLAIMED.values(), *OF_CLAIMS.values(), *limits.OF_CLAIMS.values())
    assert not any(OF_A_JOURNEY.search(text) for text in made)


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
    assert set(ASHORE) - known_words() == set()
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
