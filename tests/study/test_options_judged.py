"""The rule of judgement on shipped cases: expected signs of levers, and what no option may earn or hide.

Two cases run in the gate, all in the slow tests. Every option is held against its case's baseline by the default run.
"""

from functools import cache

import pytest
from judged_options import (
    BASELINES,
    CLOSED,
    OWN,
    SERVICES,
    base_of,
    case,
    closed,
    differing,
    games_of,
    judged,
    signs,
    times,
    with_lever,
)
from levers_read import expected, expected_rows

from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.study.run import run_one

QUICK = ("generic_surge", "japan_2011")
CASES = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in BASELINES]
SERVED = {name: name.split(".")[0] for name in CLOSED}


def option_of(name, option, base):
    """An option of the table of expected readings as a run."""
    kind, _, what = option.rpartition(":")
    if kind == "preset":
        return with_lever(name, what, preset=True)
    if kind == "scenario":
        return resolve(case(name), what)
    if kind == "close":
        return closed(base, SERVICES if what == "all" else [what])
    return times(base, 1.5, what) if kind == "plus50" else with_lever(name, what)


@cache
def options(name):
    """All options of the table judged for a case, by name."""
    base = base_of(name)
    return judged(base, {option: option_of(name, option, base) for option, one in expected() if one == name})


@cache
def games(name):
    """Attempts to look better than one is, and changes of mortality alone, judged for a case."""
    base = base_of(name)
    return judged(base, games_of(base))


def words(found, *named):
    return {one.key for word in named for one in found.named(word)}


@pytest.mark.parametrize("name", CASES)
def test_every_option_has_the_signs_that_are_expected_or_says_why_not(name):
    wrong = {}
    for option, found in options(name).items():
        wanted, why = expected()[option, name]
        if bool(differing(wanted, found)) is not bool(why):
            wrong[option] = (wanted, signs(found), why)
        for mark in "!r":
            assert (mark in _breaches(wanted)) is (mark in _breaches(signs(found))), (option, wanted, signs(found))
    assert wrong == {}


def _breaches(text):
    return next((part for part in text.split() if part.startswith("b")), "")


@pytest.mark.parametrize("name", CASES)
def test_a_service_that_closes_is_never_better_on_all_and_is_told(name):
    for option, found in options(name).items():
        if option.startswith("close:"):
            assert not found.better_on_all, option
            closed_ones = [SERVED[key] for key in CLOSED if option in (f"close:{key}", "close:all")
                           and base_of(name).parameters[key].values.any()]  # in Libya all places are in tents
            fewer = {one.service for one in found.serves_fewer}
            assert fewer or not any(_served(name, service) for service in closed_ones), option


@cache
def _served(name, service):
    """Whether the baseline of a case serves anybody by a service."""
    found = judged(base_of(name), {"none": closed(base_of(name), CLOSED)})["none"]
    return any(one.service == service for one in found.serves_fewer)


@pytest.mark.parametrize("name", CASES)
def test_more_of_a_service_is_never_worse_on_its_own_harm(name):
    for service, harms in OWN.items():
        found = options(name)[f"plus50:{service}"]
        assert not words(found, "worse") & harms, service


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("way", ["mortality halved", "mortality x 2", "mortality x 20"])
def test_where_mortality_alone_changes_no_harm_but_deaths_is_named_and_no_breach_changes_its_word(name, way):
    found = games(name)[way]
    assert words(found, "better", "worse", "unclear", "depends") <= {"deaths"}
    assert {one.word for one in found.breaches} <= {"in_both", "none", "within"}
    moved = found.harms[0].reading
    if abs(moved.seen.risk) >= moved.threshold.whole:
        assert words(found, "better" if way == "mortality halved" else "worse") == {"deaths"}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("way", ["returns x 3", "absconding x 5", "onward x 3", "half unrecorded", "nobody recorded",
                                 "everybody detained", "turned back"])
def test_nothing_is_earned_by_hiding_moving_or_sending_people_back(name, way):
    assert not games(name)[way].better_on_all


@pytest.mark.parametrize("name", CASES)
def test_who_records_nobody_is_never_better_on_what_only_records_show(name):
    found = games(name)["nobody recorded"]
    assert not words(found, "better") & {"unsheltered", "needs_unseen", "without_status"}


@pytest.mark.parametrize("name", CASES)
def test_turning_people_back_adds_a_breach_or_makes_it_grow(name):
    found = games(name)["turned back"]
    assert not found.ranked or not found.harms[0].reading.seen.baseline  # nobody is at sea where nobody dies there


@pytest.mark.parametrize("name", CASES)
def test_fewer_arrivals_are_no_difference(name):
    found = games(name)["arrivals x 0.9"]
    assert words(found, "better", "worse", "unclear", "depends") == set()
    assert {one.word for one in found.breaches} <= {"in_both", "none"}


@pytest.mark.parametrize("name", CASES)
def test_resettlement_and_integration_are_never_worse_on_anything(name):
    for found in (games(name)["resettled"], options(name)["resettlement"], options(name)["integration"]):
        assert not words(found, "worse")
        assert found.ranked


@pytest.mark.parametrize("name", CASES)
def test_the_split_sums_and_what_is_possible_is_at_least_what_is_seen(name):
    for option, found in (*options(name).items(), *games(name).items()):
        for one in found.harms:
            for bound in (one.reading.seen, one.reading.possible):
                scale = max(abs(bound.option), abs(bound.baseline), abs(bound.risk), 1.0)
                assert abs(bound.risk + bound.exposed - (bound.option - bound.baseline)) <= 1e-9 * scale, option
            assert one.reading.possible.baseline >= one.reading.seen.baseline - 1e-6, (option, one.key)


def test_dismissing_all_screeners_is_worse_and_search_and_rescue_is_better():
    """What the rule before praised, and what it did not."""
    screeners = options("generic_surge")["close:screening.officers"]
    assert "needs_unseen" in words(screeners, "worse")
    assert [one.service for one in screeners.serves_fewer][:1] == ["screening"]
    rescue = options("generic_surge")["sar"]
    assert rescue.better_on_all
    assert words(rescue, "better") == {"deaths"}
    assert rescue.lived > 10.0


ADDED = ("coxs_bazar_2017", "uk_asylum_2010_2022")
"""Cases whose expected signs were read off their runs."""
NOBODY = {
    "is detained": ("place:detention",), "is to be detained": ("place:detention",), "is registered": ("registered",),
    "is screened": ("screened_to_counselling", "screened_to_determination", "needs_missed"),
    "is returned": ("enforced", "returned_late", "returned_after_referral"),
    "is refused": ("refused_without_appeal", "appealed"),
    "moves on": ("moved_onward", "left_region"), "is offered resettlement": ("resettled",),
    "is decided one by one": ("recognised", "refused_without_appeal"), "is on a journey": ("departed",),
    "is in limbo": ("found_unreturnable",),
}
"""Flows that are nobody's in a case, by what a reason says after "nobody"."""


@pytest.mark.parametrize("name", ADDED)
def test_every_sign_of_an_added_case_has_a_reason_of_its_own(name):
    rows = {option: row["follows"] for (option, one), row in expected_rows().items() if one == name}
    assert all(rows.values())
    levers = [reason for option, reason in rows.items() if ":" not in option]
    assert len(set(levers)) >= len(levers) - 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ADDED)
def test_what_reasons_say_of_the_baseline_is_so(name):
    ds = run_one(base_of(name))
    told = [what for (_, one), row in expected_rows().items() if one == name for what in NOBODY
            if f"nobody {what}" in row["follows"]]
    assert len(told) > 10
    for what in set(told):
        moved = {flow: float(ds["daily_people"].sel(place="detention").sum()) if flow == "place:detention"
                 else float(ds[f"flow_{flow}"].sum()) for flow in NOBODY[what]}
        assert moved, what
        assert sum(moved.values()) < 0.5, (what, moved)


@pytest.mark.slow
def test_the_page_of_levers_is_as_the_product_says():
    from levers_read import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()
