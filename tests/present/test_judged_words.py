"""What may be said of an option, in words: the order of sentences, three entries a list, never 0 %."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from results.made_counts import PEOPLE, SERVICES, counts

from mixedmig_model.record.words.judged import templates
from mixedmig_model.record.words.judged.amounts import change_words, size_words
from mixedmig_model.record.words.judged.cells import breach_cell, harm_cell
from mixedmig_model.record.words.judged.sentence import (
    About,
    Outside,
    baseline_sentence,
    draws_sentence,
    judgement_sentence,
)
from mixedmig_model.results.indicators.exposure import HARM_KEYS
from mixedmig_model.results.indicators.judgement import SIDES, draw_shares, judge, judge_draws
from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.vocabulary.numbers import MINUS

BASE, ARROW = counts(), "\N{RIGHTWARDS ARROW}"
ABOUT = About({"north": "Northland", "south": "Southland"})


def said(option, baseline=BASE, made=(), about=ABOUT):
    """The sentence of an option whose runs are all alike."""
    return judgement_sentence(judge(dict.fromkeys(SIDES, option), dict.fromkeys(SIDES, baseline), made), about)


def test_better_on_all_that_differ():
    assert said(counts({"deaths": {"seen": 257.0}})) == (
        f"Better on every harm that differs: deaths and missing (43 fewer people, {MINUS}14 %).")


def test_a_trade_off_is_left_to_the_reader():
    option = counts({"deaths": {"seen": 257.0}, "detention": {"seen": 150_000.0}})
    assert said(option) == (
        f"Better on: deaths and missing (43 fewer people, {MINUS}14 %). Worse on: time in detention (137 more "
        "person-years, +50 %). This is a trade-off: you decide which matters more, and state it.")


def test_a_list_has_three_entries_and_says_how_many_more():
    less = {key: {"seen": 50_000.0} for key in ("detention", "children_detained", "without_status", "unprotected",
                                                "without_solution")}
    text = said(counts(less))
    assert text.startswith("Better on every harm that differs: ")
    assert text.count(";") == 2
    assert text.endswith("and 2 more.")


def test_a_breach_that_is_added_comes_first_with_number_and_place():
    option = counts({"deaths": {"seen": 200.0}}, {"turned_back": 200.0, "detention_over_limit": 3.0},
                    in_countries={"turned_back": {"south": 200.0}})
    assert said(option).startswith(
        f"Not ranked, because it adds 2 breaches: people detained over the limit (0 {ARROW} 3); people turned back "
        f"at sea (0 {ARROW} 200, "
        "Southland). Better on: deaths")


def test_a_breach_that_grows_by_what_the_option_changes_is_not_ranked():
    base = counts(breaches={"turned_back": 100.0})
    assert said(counts(breaches={"turned_back": 150.0}), base, {"turned_back"}) == (
        f"Not ranked, because what it changes makes 1 breach grow: people turned back at sea (100 {ARROW} 150). "
        "No harm and no headline indicator differs.")


def test_a_breach_that_grows_by_throughput_is_the_first_that_is_worse():
    base = counts(breaches={"turned_back": 100.0})
    option = counts({"detention": {"seen": 150_000.0}, "deaths": {"seen": 200.0}}, {"turned_back": 150.0})
    assert f"Worse on: people turned back at sea (100 {ARROW} 150); time in detention" in said(option, base)
    assert said(option, base).startswith("Better on: ")


def test_breaches_that_end_fall_or_stay_are_told():
    base = counts(breaches={"turned_back": 100.0, "refused_disembarkation": 500.0, "detention_over_limit": 50.0})
    option = counts(breaches={"turned_back": 0.0, "refused_disembarkation": 400.0, "detention_over_limit": 50.0})
    assert said(option, base).startswith(
        f"It ends 1 breach: people turned back at sea (100 {ARROW} 0). It reduces 1 breach: people refused "
        "disembarkation "
        f"(500 {ARROW} 400). It does not end 1 breach: people detained over the limit (50 {ARROW} 50).")


def test_children_who_are_only_seen_better_are_told_as_such():
    base = counts(breaches={"identified_children_detained": 999.0}, children_taken_into_detention=1_154.0)
    option = counts(breaches={"identified_children_detained": 1_055.0}, children_taken_into_detention=1_148.0)
    assert said(option, base).startswith(
        "More of the detained children are known to be children: 1,060 of 1,150 (baseline: 999 of 1,150).")
    assert said(base, option).startswith("Fewer of the detained children are known to be children: 999 of 1,150 (")


def test_a_breach_in_one_of_the_runs_names_the_run():
    found = judge({"default": BASE, "low": counts(breaches={"turned_back": 7.0}), "high": BASE},
                  dict.fromkeys(SIDES, BASE))
    assert judgement_sentence(found, ABOUT).startswith(
        f"Not ranked, because it adds 1 breach: people turned back at sea (0 {ARROW} 7, in the run with a low "
        "share owed "
        "protection).")


def test_a_breach_that_the_lives_saved_could_cause_is_told_as_such():
    text = said(counts(breaches={"turned_back": 40.0}, survivors=BASE.survivors + 60.0))
    assert text.startswith(f"The lives saved could explain 1 breach: people turned back at sea (0 {ARROW} 40).")
    assert text.endswith("60 more people live, and these counts include them.")
    assert said(counts(survivors=BASE.survivors - 60.0)).endswith(
        "60 fewer people live, and these counts do not include them.")
    assert said(counts(survivors=BASE.survivors - 1.0)).endswith(
        "1 fewer person lives, and these counts do not include that person.")
    assert said(counts(survivors=BASE.survivors + 1.0)).endswith(
        "1 more person lives, and these counts include that person.")


def test_a_service_that_serves_fewer_leads_all_that_follows():
    option = counts({"deaths": {"seen": 200.0}}, served=BASE.served | {"registration": 0.0})
    assert said(option).startswith(f"It serves fewer people: registered 8,000 {ARROW} 0. Better on every")


@pytest.mark.parametrize(("reason", "words"), [
    ("in_cells", "in cells"), ("unrecorded", "without a record"), ("sent_back", "among people sent back"),
    ("elsewhere", "among people who went elsewhere"), ("after_removal", "among people removed from detention"),
    ("something_new", "where the run cannot see"),
])
def test_what_cannot_be_told_says_why(reason, words):
    base = counts({"unsheltered": {"beyond": {reason: 500_000.0}}})
    option = counts({"unsheltered": {"seen": 120_000.0, "beyond": {reason: 400_000.0}}})
    assert said(option, base) == (
        f"Unclear: time without shelter (54.8 more person-years seen, but 274 fewer person-years {words}).")


def test_what_cannot_be_told_of_people_who_wait_or_got_no_outcome():
    waits = counts({"detention": {"seen": 90_000.0, "settled": 4_000.0, "waiting": 1_000.0}})
    assert said(waits) == ("Unclear: time in detention (27.4 fewer person-years seen, but 54.8 more person-years "
                           "to come for people who wait at the end).")
    slower = counts({"sent_back": {"seen": 200.0, "settled": 2_500.0}})
    assert said(slower) == ("Unclear: people owed protection sent back (200 fewer people seen, but 2,700 fewer "
                            "people got an outcome).")


def test_a_doubt_of_another_share_names_it():
    waits = counts({"detention": {"seen": 90_000.0, "settled": 4_000.0, "waiting": 1_000.0}})
    less = counts({"detention": {"seen": 90_000.0}})
    found = judge({"default": less, "low": waits, "high": less}, dict.fromkeys(SIDES, BASE))
    assert judgement_sentence(found, ABOUT).endswith("for people who wait at the end), at a low share.")


def test_a_harm_that_depends_on_the_share_says_at_which():
    worse, better = (counts({"detention": {"seen": seen}}) for seen in (120_000.0, 80_000.0))
    found = judge({"default": BASE, "low": worse, "high": better}, dict.fromkeys(SIDES, BASE))
    assert judgement_sentence(found, ABOUT) == (
        "The share of people owed protection decides the sign of: time in detention (worse at a low share, no "
        "difference at a middle "
        "share, better at a high share).")


def test_where_no_harm_differs_the_largest_change_elsewhere_is_told_or_why_there_is_none():
    assert said(BASE) == "No harm and no headline indicator differs."
    assert said(BASE, about=replace(ABOUT, speeds_up=True)) == (
        "No harm differs, because no service that it speeds up is short here.")
    assert said(BASE, about=replace(ABOUT, departures=True)) == (
        "No harm differs. It changes only who sets out, and that never counts.")
    waits = replace(ABOUT, outside=Outside("Median wait for screening", "40 days", "31 days"))
    assert said(BASE, about=waits) == (
        f"No harm differs. The largest change elsewhere: Median wait for screening (40 days {ARROW} 31 days).")


def test_a_harm_that_moved_between_countries_names_them():
    base = counts(in_countries={"unsheltered": {"north": 60_000.0, "south": 40_000.0}})
    option = counts(in_countries={"unsheltered": {"north": 40_000.0, "south": 60_000.0}})
    assert said(option, base).endswith(
        "It moves 54.8 person-years of time without shelter from Northland to Southland.")


def test_a_worse_harm_of_more_people_reached_says_so():
    base = counts(outside={"left_before_decision": 1_000.0})
    option = counts({"unsheltered": {"beyond": {"in_cells": 20_000.0, "elsewhere": 20_000.0}},
                     "detention": {"seen": 102_500.0}}, outside={"left_before_decision": 482.0})
    assert said(option, base).endswith(
        "Worse on: time in detention (6.84 more person-years, +2 %), because 518 fewer people left before a decision.")


@pytest.mark.parametrize(("before", "after", "text"), [
    (0.0, 900.0, "(2.46 more person-years, the baseline has none)"),
    (30.0, 900.0, "(2.38 more person-years, the baseline has 30 person-days)"),
    (100_000.0, 101_000.0, "(2.74 more person-years, +1 %)"), (0.0, 500.0, "(500 more person-days, "),
])
def test_sizes_are_people_or_person_years_and_shares_are_never_nothing(before, after, text):
    assert text in said(counts({"detention": {"seen": after}}), counts({"detention": {"seen": before}}))


def test_a_breach_that_falls_by_less_than_is_printed_is_not_said_to_fall():
    base, option = (counts(breaches={"refused_disembarkation": many}) for many in (2_784.0, 2_782.0))
    assert said(option, base).startswith(
        f"It does not end 1 breach: people refused disembarkation (2,780 {ARROW} 2,780).")


def test_a_change_has_its_direction_before_the_unit():
    assert change_words("deaths", -43.0) == "43 fewer people"
    assert change_words("deaths", 1.0) == "1 more person"
    assert change_words("deaths", -0.4) == "under 1 person fewer"
    assert change_words("detention", -731.0) == "2 fewer person-years"


def test_size_words_have_a_unit():
    assert size_words("deaths", -1.0) == "1 person"
    assert size_words("deaths", 0.4) == "under 1 person"
    assert size_words("detention", 730.0) == "730 person-days"
    assert size_words("detention", 731.0) == "2 person-years"


def test_draws_are_told_as_how_many_of_how_many():
    better = counts({"deaths": {"seen": 200.0}})
    mixed = counts({"deaths": {"seen": 200.0}, "unsheltered": {"seen": 150_000.0}})
    worse = counts({"unsheltered": {"seen": 150_000.0}}, {"turned_back": 5.0})
    assert draws_sentence(draw_shares(judge_draws([better, mixed, worse, BASE], [BASE] * 4, ()))) == (
        "Of 4 runs with varied inputs: 2 better on deaths; 2 worse on at least one harm, most often shelter; 1 with a "
        "breach that is added or grows.")
    assert draws_sentence(draw_shares(judge_draws([better], [BASE], ()))) == (
        "Of 1 run with varied inputs: 1 better on deaths; none worse on any harm.")


def test_the_baseline_names_its_breaches():
    assert baseline_sentence(dict.fromkeys(templates.BREACHES, 0.4)) == "The baseline has no breach."
    assert baseline_sentence({"turned_back": 200.0, "detention_over_limit": 1.0}) == (
        "The baseline has 2 breaches: 200 people turned back at sea; 1 person detained over the limit.")


def test_everything_judged_has_a_name():
    assert tuple(templates.HARMS) == HARM_KEYS == tuple(templates.SHORT)
    assert set(templates.BREACHES) == set(templates.ONE_BREACH) == {one.key for one in BREACHES}
    assert set(templates.SERVICES) == set(SERVICES)


# ---- sentence and table agree -------------------------------------------------------------------------------------

def random_counts(chance):
    """Counts of a run, at random around the baseline."""
    return counts({
        key: {"seen": chance.uniform(0.0, 600.0) if key in ("deaths", "sent_back") else chance.uniform(5e4, 2e5),
              "settled": chance.uniform(100.0, 9e3), "waiting": chance.uniform(0.0, 1e3),
              "beyond": {"in_cells": chance.uniform(0.0, 1e5)}}
        if chance.random() < 0.7 else {} for key in HARM_KEYS
    }, survivors=BASE.survivors + chance.choice([0.0, 0.0, 40.0, -7.0]))


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_sentence_and_table_agree(chance, alike):
    default = random_counts(chance)
    option = {side: default if alike else random_counts(chance) for side in SIDES}
    found = judge(option, dict.fromkeys(SIDES, BASE))
    text = judgement_sentence(found, ABOUT)
    lists = {
        "better": re.search(r"Better on(?: every harm that differs)?: (.*?)\.(?= |$)", text),
        "worse": re.search(r"Worse on: (.*?)\.(?= |$)", text),
        "unclear": re.search(r"Unclear: (.*?)\.(?= |$)", text),
        "depends": re.search(r"The share of people owed protection decides the sign of: (.*?)\.(?= |$)", text),
    }
    for word, match in lists.items():
        entries, named = found.named(word), match.group(1) if match else ""
        more = re.search(r" and (\d+) more$", named)
        assert bool(named) is bool(entries)
        assert len(entries) <= 3 or int(more.group(1)) == len(entries) - 3
        for one in entries[:3]:
            assert templates.HARMS[one.key] in named
    assert {breach_cell(one) for one in found.breaches} == {""}
    for one in found.harms:
        cell = harm_cell(one, found.lived)
        quiet = templates.CELLS
        assert cell == quiet.get(one.word, cell)
        assert one.word in quiet or change_words(one.key, one.reading.size) in cell
        if one.word in ("none", "within"):
            assert not any(templates.HARMS[one.key] in (m.group(1) if m else "") and one.key in
                           [e.key for e in found.named(w)] for w, m in lists.items())
    assert not re.search(r"(?<![\d,])0 %", text)


def test_a_cell_says_what_those_who_lived_added():
    option = counts({"sent_back": {"seen": 450.0, "exposure": PEOPLE + 40.0}, "deaths": {"seen": 260.0}},
                    survivors=BASE.survivors + 40.0)
    found = judge(dict.fromkeys(SIDES, option), dict.fromkeys(SIDES, BASE))
    by_key = {one.key: harm_cell(one, found.lived) for one in found.harms}
    assert by_key["deaths"] == "40 fewer people"
    assert by_key["detention"] == "no material difference"
    assert by_key["sent_back"] == "46 more people"  # of those with an outcome: 450 in 5,450, before 400 in 5,400
    fewer = judge(dict.fromkeys(SIDES, counts({"sent_back": {"seen": 900.0, "exposure": PEOPLE + 400.0}},
                                              survivors=BASE.survivors + 400.0)), dict.fromkeys(SIDES, BASE))
    assert harm_cell(fewer.harms[2], 400.0) == "424 more people; 35 more people because 400 more people live"
