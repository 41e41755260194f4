"""Pages from an ensemble: breaches first, digits that ranges support, answers in words, other inputs refused."""

import re
from html import unescape

import pytest
from changed_report import changed

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.figures import fans
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.present.report.sections import draws as page
from mixedmig_model.record.finished import read_findings
from mixedmig_model.record.words.ranges import digits_of, range_text, ranged, ranged_difference
from mixedmig_model.record.words.ranges import told as told_in_words

OPTION = "predictable_disembarkation_and_screening"


SHARES = {"draws": 500, "better": {"deaths": 0.98}, "worse": {"without_shelter_days": 0.16}, "any_worse": 0.16,
          "adds": 0.0, "sentence": "Of 500 runs with varied inputs: 490 better on deaths."}


def record_of(book):
    """What an ensemble of the comparison could say, written by hand."""
    names, days = book.names, ["2015-01-01", "2015-06-01", "2016-01-01", "2016-12-31"]
    fan = {name: [[0.0, 10.0, 20.0, 30.0], [0.0, 123.4, 234.5, 345.6], [0.0, 500.0, 900.0, 1234.5]] for name in names}
    pair = {"share": 0.83, "low": 0.8, "high": 0.86, "draws": 500, "harmed": 0.31, "reason": ""}
    driver = {"name": "arrivals.scale", "assumed": True, "correlation": 0.8, "first": 0.5, "total": 0.62, "low": 0.58,
              "high": 0.66}
    weight = {**driver, "name": "arrivals.composition[refugee_child_in_family]", "correlation": -0.3}
    return {
        "draws": 500, "wanted": 1000, "seed": 1, "method": "latin_hypercube", "baseline": names[0], "scenarios": names,
        "failed": {names[0]: 2, OPTION: 0}, "currency": "USD",
        "ranges": {i.key: {name: [123.4, 345.6, 1234.5] for name in names} for i in book.record.indicators}
        | {"cost": {name: [11.4e6, 12.3e6, 13.2e6] for name in names}},
        "differences": {i.key: {OPTION: [-81.0, -27.0, 3.0]} for i in book.record.indicators}
        | {"cost": {OPTION: [-3.4e6, -1.1e6, -0.2e6]}},
        "judged": {OPTION: SHARES},
        "beats": {"deaths": {OPTION: pair}},
        "time": {"days": days, "months": days, "without_shelter": fan, "waiting": fan, "cost": fan},
        "drivers": {"deaths": {"found": [driver, weight], "explained": 0.93, "assumed": 0.88, "trusted": True},
                    "cost": {"found": [driver], "explained": 0.41, "assumed": 0.9, "trusted": False}},
        "changes": [{"result": "deaths", "option": OPTION, "share": 0.83, "low": 0.8, "high": 0.86, "harmed": 0.31,
                     "inputs": [{"name": "price of bed_day", "low": 0.2, "high": 1.0}]}],
        "evidence": {"inputs": 169, "assumed": 149, "variance": {"deaths": 0.88}},
    }


@pytest.fixture(scope="module")
def told(book):
    return changed(book[0], ensemble=record_of(book[0]))


def test_breaches_and_harms_lead_and_numbers_have_no_more_digits_than_their_range(told):
    html = page.ranges_table(told)
    order = [html.index(words) for words in ("Breaches:", "Harms:", "Headline indicators", "Cost of the response")]
    assert order == sorted(order)
    assert "300 (100\N{EN DASH}1,000)" in html
    assert "USD 12 m (11\N{EN DASH}13)" in html
    assert "345.6" not in html
    assert "in 500 runs" in html
    assert "1000 runs were planned; the others are not finished." in html
    assert "2 runs failed and are left out." in html


@pytest.mark.parametrize(("low", "high", "digits"), [
    (1.0, 2.0, 1), (10.0, 15.0, 2), (-1.0, 1.0, 1), (0.0, 5.0, 1), (99.0, 100.0, 2), (float("nan"), 1.0, 1)])
def test_digits_follow_the_width_of_the_range(low, high, digits):
    assert digits_of(low, high) == digits


@pytest.mark.parametrize(("three", "unit", "text"), [
    ([0.0, 0.0, 0.0], "person", "0"),
    ([None, None, None], "day", "none"),
    ([0.0, 0.4, 2.2], "person", "under 1 (0\N{EN DASH}2)"),
    ([0.511, 0.523, 0.539], "share", "52 % (51 %\N{EN DASH}54 %)"),
    ([12.0, 31.0, 77.0], "day", "30 (10\N{EN DASH}80)"),
])
def test_ranges_in_words(three, unit, text):
    assert range_text(three, unit) == text


DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(("value", "three", "unit", "text"), [
    (335.2, [200.0, 300.0, 800.0], "person", f"300 (200{DASH}800)"),
    (335.2, [310.0, 330.0, 360.0], "person", f"340 (310{DASH}360)"),
    (335.2, [None, None, None], "person", "335"),
    (float("nan"), [1.0, 2.0, 3.0], "day", "none"),
    (0.0, [0.0, 0.0, 0.0], "person", "0"),
    (0.4, [0.0004, 0.3, 0.9], "share", f"40 % (under 0.1 %{DASH}90 %)"),
])
def test_a_value_of_the_main_run_has_no_more_digits_than_its_draws_support(value, three, unit, text):
    assert ranged(value, three, unit) == text


@pytest.mark.parametrize(("value", "base", "three", "unit", "text"), [
    (308.0, 335.0, [-110.0, -30.0, -4.0], "person", f"{MINUS}30 ({MINUS}100 to {MINUS}4)"),
    (335.0, 335.0, [-0.4, 0.0, 0.6], "person", "same"),
    (308.0, 335.0, [-30.0, -27.0, 0.4], "person", f"{MINUS}30 ({MINUS}30 to +under 1)"),
    (335.0, 335.0, [-40.0, 0.0, 7.0], "person", f"same ({MINUS}40 to +7)"),
    (0.51, 0.40, [-0.09, 0.1, 0.3], "share", f"+10 ({MINUS}9 to +30) points"),
    (12.8, 12.8, [-0.0001, 0.0, 0.000001], "day", "same"),
    (335.0, 308.0, [None, None, None], "person", "+27"),
])
def test_differences_carry_the_range_within_a_draw(value, base, three, unit, text):
    assert ranged_difference(value, base, three, unit) == text


def test_part_of_a_tenth_of_a_percent_is_said_so():
    assert told_in_words(0.0002, "share", 1) == "under 0.1 %"


def test_with_draws_the_decision_table_has_their_ranges_on_every_headline_and_on_the_cost(told):
    cells = re.sub(r"<[^>]+>", " ", sections.decision_table(told))
    shown = sum(i.kind != "detail" for i in told.record.indicators)
    assert len(re.findall(rf"\(1\d\d{DASH}1,000\)|\(100{DASH}1,000\)|%{DASH}\d", cells)) >= 2 * shown - 8
    assert "the 90 % range of 500 runs in which every uncertain input was varied, alike for every option" in cells
    assert "Nobody knows that share" in cells
    assert f"(11{DASH}13)" in cells
    assert f"({MINUS}3 to {MINUS}0.2)" in cells
    assert "Ranges of costs are 90 % ranges over all uncertain inputs, including prices" in cells


def test_what_may_be_said_is_qualified_by_the_draws(told):
    said = told.record.option(OPTION).judgement.sentence
    text = re.sub(r"<[^>]+>", " ", sections.decision_table(told))
    assert f"{said} {SHARES['sentence']}" in unescape(text)
    without = record_of(told) | {"judged": {}}
    assert "runs with varied inputs" not in sections.decision_table(changed(told, ensemble=without))


def test_answers_say_how_often_and_what_decides_with_the_harm_beside_it(told):
    text = page.answers(told)
    assert "does better than" in text
    assert "in 8 of 10 draws, and worse on some harm in 3 of 10." in text
    assert "&#x27;price of bed day&#x27; (2 of 10 at its lowest, all at its highest)" in text


def test_an_option_with_a_breach_is_not_compared(told):
    record = record_of(told)
    record["changes"] = []
    record["beats"]["deaths"][OPTION] |= {"share": float("nan"), "reason": "the option adds a breach"}
    text = page.answers(changed(told, ensemble=record))
    assert "is not compared, because the option adds a breach." in text
    assert "does better" not in text


def test_the_evidence_index_counts_inputs_and_spread(told):
    text = page.evidence_text(told)
    assert "149 of 169 inputs have no source" in text
    assert re.search(r"deaths.*: 88 %", text, re.IGNORECASE)


def test_shares_of_the_spread_are_told_only_where_enough_is_explained(told):
    html = page.drivers_table(told)
    assert "62 % (58 %\N{EN DASH}66 %)" in html
    assert "not known" in html
    assert "(refugee child in family)" in html
    assert "lowers it" in html
    assert "inputs explain 41 % of the uncertainty, too little for shares" in html


def test_fans_have_a_table_of_their_numbers(told):
    for key in fans.FANS:
        html = fans.fan_figure(told, key)
        assert html.count("<figure") == 1
        assert html.count("<details") == 1
    assert "300 (" not in fans.fan_figure(told, "waiting")
    assert "30\N{EN DASH}1,000" in fans.fan_figure(told, "waiting")


def test_without_an_ensemble_a_report_says_how_to_make_one(book):
    bare = changed(book[0], draws="The report was asked for without draws (--draws 0).")
    text = page.ranges_table(bare)
    assert "This report has no runs with all uncertain inputs varied" in text
    assert "(--draws 0). Make the runs with &#x27;mixedmig report CASE --draws 100&#x27;" in text
    assert "give the folder of a &#x27;mixedmig ensemble&#x27; with --ensemble." in text
    assert page.answers(book[0]) == page.evidence_text(book[0]) == fans.fan_figure(book[0], "cost") == ""


def test_an_ensemble_of_other_inputs_or_of_another_case_is_refused(andaman, tmp_path, monkeypatch):
    class Found:
        def __init__(self, case, digest):
            self.manifest = {"case": case, "inputs": {"as_it_happened": digest}}
            self.scenarios = ["as_it_happened"]

    monkeypatch.setattr("mixedmig_model.record.finished.read_ensemble", lambda _: Found("generic_surge", ""))
    with pytest.raises(InputFaultsError, match="the ensemble belongs to another report; found case generic_surge"):
        read_findings(andaman, ["as_it_happened"], tmp_path)
    monkeypatch.setattr("mixedmig_model.record.finished.read_ensemble", lambda _: Found("andaman_sea_2015", "other"))
    text = "the ensemble was made from other inputs; found scenario as_it_happened"
    with pytest.raises(InputFaultsError, match=text):
        read_findings(andaman, ["as_it_happened"], tmp_path)
