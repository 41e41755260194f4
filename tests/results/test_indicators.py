"""Indicators of runs made by hand, each against a number worked out on paper; and the groups of rows they sum."""

import math

import numpy as np
import pytest
from hand_dataset import FLOWS, FUNCTIONS, SERVED, Hand

from mixedmig_model.results import measures
from mixedmig_model.results.indicators.judgement import INDICATOR_OF
from mixedmig_model.results.indicators.table import BREACHES, HARMS, INDICATORS, indicator_table
from mixedmig_model.results.ledger import check_ledger

BREACH_KEYS = (
    "identified_children_detained", "enforced_without_decision", "enforced_pending_appeal",
    "children_returned_unheard", "detention_over_limit", "refused_disembarkation", "turned_back",
    "services_tied_to_status",
)


def table(hand):
    ds = hand.dataset()
    assert check_ledger(ds) == []
    return indicator_table(ds)


def sinks(prefix):
    return {row.name for row in FLOWS if (row.sink or "").startswith(prefix) and not row.count}


def test_groups_of_rows_name_every_row_once():
    for rows, stock in ((measures.ASSISTED, "returned_assisted"), (measures.INDUCED, "returned_induced"),
                        (measures.ENFORCED, "returned_enforced"), (measures.DEATHS, "died_")):
        assert len(rows) == len(set(rows))
        assert set(rows) == sinks(stock)
    into = {
        flow.name for flow in FLOWS if flow.at_sink.get("stage") == "return" and flow.at_source.get("stage") != "return"
    }
    assert set(measures.ORDERED) == into
    granted = {row.name for row in FLOWS if row.at_sink.get("stage") == "protected"}
    assert set(measures.GRANTED) == granted
    assert {row.name for row in FLOWS if row.name.startswith("identified_children")} == set(measures.IDENTIFIED)
    out = {row.name for row in FLOWS if row.at_source.get("place") == "detention" and not row.count}
    assert set(measures.RELEASED) == out
    assert {row.name for row in FLOWS if row.name.startswith("remigrated")} == set(measures.REMIGRATED)


def test_breaches_and_harms_are_those_of_the_design():
    assert tuple(i.key for i in BREACHES) == BREACH_KEYS
    assert tuple(i.key for i in HARMS) == (
        "deaths", "adrift_days", "wrongly_returned", "unprotected_days", "needs_unseen_days", "without_shelter_days",
        "detention_days", "child_detention_days", "child_separation_days", "without_status_days",
        "without_solution_days",
    ) == tuple(INDICATOR_OF.values())
    order = [i.kind for i in INDICATORS]
    assert order == sorted(order, key=["breach", "harm", "headline", "detail"].index)
    assert len({i.key for i in INDICATORS}) == len(INDICATORS)


def test_an_empty_run_has_no_breach_and_no_harm_and_no_share():
    values = table(Hand(30))
    assert all(values[i.key] == 0.0 for i in (*BREACHES, *HARMS))
    assert all(values[i.key] == 0.0 or math.isnan(values[i.key]) or i.key == "sharing_index" for i in INDICATORS)
    assert list(values) == [i.key for i in INDICATORS]


def breaching():
    """Every breach once, in a country that holds people from before the run."""
    hand = Hand(60, ("north", "south"), law__detention_limit=0.0)
    hand.open("people", 100.0, stage="limbo", place="reception").open("people", 50.0, stage="appeal", place="reception")
    hand.open("at_sea", 100.0).open("people", 30.0, stage="return", place="detention", group="refugee")
    hand.move("landed", 3, 5.0, place="detention", group="child")
    hand.move("identified_children_detained_at_landing", 3, 2.0, group="child")
    hand.move("refused", 4, 11.0).move("turned_back_adrift", 8, 3.0).move("support_withdrawn", 9, 7.0)
    hand.move("children_returned_unheard", 7, 4.0, group="child")
    hand.open("people", 20.0, stage="registration", place="reception", group="migrant")
    hand.move("summarily_returned_from_registration", 5, 13.0, place="reception", group="migrant")
    return hand.move("enforced_pending_appeal", 6, 17.0, place="reception")


def test_every_breach_is_counted():
    values = table(breaching())
    expected = [2.0, 13.0, 17.0, 4.0, 35.0, 11.0, 3.0, 7.0]  # over the limit: 30 of the opening, and five children
    assert [values[key] for key in BREACH_KEYS] == pytest.approx(expected)
    assert values["children_assessed_adult_detained"] == pytest.approx(3.0)
    assert values["wrongly_returned_pending_appeal"] == pytest.approx(17.0)
    assert values["wrongly_returned_without_decision"] == 0.0  # they were owed nothing
    assert values["wrongly_turned_back"] == pytest.approx(3.0)
    assert values["wrongly_returned"] == pytest.approx(20.0)
    assert values["returned_enforced"] == pytest.approx(30.0)


def test_wrong_returns_by_route_add_up():
    hand = Hand(40)
    for stage in ("return", "counselling", "registration", "appeal", "limbo", "referral"):
        for group in hand.groups:
            hand.open("people", 50.0, stage=stage, place="reception", group=group)
    for number, row in enumerate((*measures.ASSISTED, *measures.ENFORCED)):
        for group in hand.groups:
            hand.move(row, 5, 1.0 + number, place="reception", group=group)
    values = table(hand)
    routes = ("without_decision", "pending_appeal", "after_decision")
    total = sum(values[f"wrongly_returned_{route}"] for route in routes) + values["wrongly_turned_back"]
    assert total + values["wrongly_assisted"] + values["wrongly_induced"] == pytest.approx(values["wrongly_returned"])
    assert values["wrongly_assisted"] == pytest.approx(2.0 * (1 + 2 + 3))  # refugees and refugee children
    assert values["wrongly_returned_pending_appeal"] == pytest.approx(4.0 * 5.0)


def test_the_journey():
    hand = Hand(100).open("at_sea", 2000.0).open("moving", 10.0).open("returned_enforced", 60.0)
    hand.move("departed", slice(None), 10.0).move("crossing_deaths", 3, 8.0).move("abandoned", slice(None), 5.0)
    hand.move("disembarked", slice(4, None), 4.8, place="reception").move("deaths_adrift", 10, 2.0)
    hand.move("onward_deaths", 50, 1.0).move("remigrated_enforced", 20, 40.0)
    values = table(hand)
    assert values["deaths"] == pytest.approx(11.0)
    assert values["deaths_per_1000"] == pytest.approx(1000.0 * 11.0 / 1040.0)
    assert (values["deaths_crossing"], values["deaths_adrift"], values["deaths_onward"]) == (8.0, 2.0, 1.0)
    assert 4.0 < values["time_adrift"] < 6.5
    assert values["time_adrift_p90"] >= values["time_adrift"]
    assert values["safe_in_time"] == pytest.approx(0.0)
    assert values["remigrated"] == 40.0


def test_procedure_and_needs():
    hand = Hand(100).open("people", 1000.0, stage="counselling", place="reception", group="refugee")
    hand.open("people", 40.0, stage="return", place="community", group="migrant")
    hand.open("people", 100.0, stage="determination", place="reception", group="trafficked")
    hand.open("people", 10.0, stage="referral", place="reception", group="child_alone")
    hand.move("refused_without_appeal", 10, 30.0, place="reception", group="trafficked")
    hand.move("recognised", 10, 60.0, place="reception", group="trafficked")
    hand.move("protected_after_referral", 5, 9.0, group="child_alone")
    hand.move("absconded", 5, 1.0, stage="referral", group="child_alone")
    values = table(hand)
    assert values["needs_unidentified"] == pytest.approx(1030.0)
    assert values["needs_unidentified_days"] == pytest.approx(1000.0 * 100.0 + 30.0 * 89.5)
    assert values["not_screened_days"] == 0.0
    assert values["referral_completion"] == pytest.approx(0.9)
    assert values["wrong_refusals"] == pytest.approx(30.0)
    assert values["awaiting_decision"] == pytest.approx(10.0)
    assert values["granted_owed"] == pytest.approx(69.0)
    assert values["backlog_oldest"] == pytest.approx(100.0, abs=1.0)
    assert values["without_care_days"] == pytest.approx(30.0 * 89.5)
    assert values["without_status"] == pytest.approx(1.0)


def test_waits_and_standards():
    hand = Hand(120, standards__registration_time=2.5)
    hand.move("landed", slice(None), 6.0, place="reception", group="child_alone")
    hand.move("registered", slice(1, None), 6.0, group="child_alone")
    hand.move("referred", slice(2, None), 3.0, group="child_alone")
    hand.move("screened_to_counselling", slice(2, None), 3.0, group="child_alone")
    hand.services["service_capacity"][:, :2] = 6.0
    hand.inputs |= {"registration.age_disputed_share": 0.2, "registration.found_adult_share": 0.5}
    values = table(hand)
    assert values["wait_registration"] == pytest.approx(1.0, abs=0.01)
    assert values["wait_screening"] == pytest.approx(1.0, abs=0.01)
    assert (values["registered_in_time"], values["screened_in_time"]) == (pytest.approx(1.0), pytest.approx(1.0))
    assert values["children_alone_in_care_in_time"] == pytest.approx(0.5)
    assert values["ages_disputed"] == pytest.approx(0.2 * 6.0 * 119)
    assert values["found_adult"] == pytest.approx(0.1 * 6.0 * 119)
    hand.inputs["standards.screening_time"] = 1.5
    assert table(hand)["screened_in_time"] == pytest.approx(0.0)


def test_places_and_standards_of_sites():
    hand = Hand(50, ("north", "south")).open("people", 300.0, stage="appeal", place="reception")
    hand.open("people", 100.0, stage="appeal", place="unsheltered", country="south").open(
        "people", 20.0, stage="protected", place="community", group="child")
    hand.places[:, 0] = 200.0
    hand.inputs |= {"standards.covered_area": 3.5, "standards.site_area": 45.0}
    values = table(hand)
    assert values["reception_demand_peak"] == pytest.approx(1.5)
    assert values["reception_short_days"] == 50.0
    assert values["reception_full_days"] == 50.0
    assert values["without_shelter_days"] == pytest.approx(5000.0)
    assert values["without_legal_aid_days"] == pytest.approx(0.5 * 400.0 * 50.0)
    assert (values["water_needed"], values["toilets_needed"]) == (pytest.approx(6000.0), pytest.approx(20.0))
    assert (values["covered_area_needed"], values["site_area_needed"]) == (1400.0, 18000.0)
    assert values["children_ashore_peak"] == pytest.approx(20.0)
    assert values["shelter_gap"] == pytest.approx(1.0)
    assert values["sharing_index"] == pytest.approx(0.5 + 100.0 / 420.0)


def test_reception_is_full_from_the_hour_at_which_people_in_need_of_a_place_come_to_98_per_cent_of_places():
    hand = Hand(10, ("north", "south")).move("landed", slice(0, 4), 56.0, place="unsheltered")
    hand.places[:, 0] = 200.0
    hand.places[8:, 0] = 0.0  # where no place is open, none is full
    values = table(hand)
    assert values["reception_full_days"] == pytest.approx(4.5)  # 196 people at noon of the fourth day
    assert values["reception_short_days"] == pytest.approx(4.0 + 24.0 / 56.0)


def test_children_separated_are_counted_by_person_and_by_day():
    hand = Hand(50, ("north", "south")).move("children_separated", 3, 6.0, group="migrant", country="north")
    hand.move("separation_days", slice(3, 13), 12.0, group="migrant", country="north")
    values = table(hand.move("separation_days", 20, 5.0, group="refugee", country="south"))
    assert (values["children_separated"], values["child_separation_days"]) == (6.0, pytest.approx(125.0))


def test_detention_of_children():
    hand = Hand(50, law__detention_limit=0.0).move("landed", 0, 10.0, place="detention", group="child")
    hand.move("released_to_reception", 20, 10.0, stage="registration", group="child")
    values = table(hand)
    assert values["children_detained"] == 10.0
    assert values["child_detention_days"] == pytest.approx(200.0)
    assert values["child_detention_longest"] == pytest.approx(20.0, abs=0.2)
    assert values["detention_median_stay"] == pytest.approx(20.0, abs=1.0)
    assert values["detention_ended_by_release"] == 1.0
    assert values["detention_over_limit"] == pytest.approx(0.0, abs=1e-6)


def test_returns_onward_movement_and_solutions():
    hand = Hand(365).open("people", 100.0, stage="return", place="reception", group="migrant")
    hand.open("people", 200.0, stage="protected", place="community", group="refugee")
    hand.open("people", 400.0, stage="counselling", place="reception", group="migrant")
    hand.move("return_decided", 0, 80.0, group="migrant").move("enforced", 20, 30.0, group="migrant")
    hand.move("assisted_from_return", 20, 10.0, group="migrant").move("found_unreturnable", 30, 40.0, group="migrant")
    hand.move("remigrated_enforced", 100, 15.0, group="migrant").move("moved_onward", 50, 5.0, stage="counselling",
                                                                     group="migrant")
    hand.move("integrated", 0, 20.0, place="community").move("resettled", 0, 30.0, place="community")
    values = table(hand)
    assert values["returns_carried_out"] == pytest.approx(40.0 / (80.0 + 100.0))  # those under one at the opening too
    assert values["voluntary_share"] == pytest.approx(0.25)
    assert values["induced_share"] == 0.0
    assert values["sustained_share"] == pytest.approx(1.0 - 15.0 / 40.0)
    assert values["found_unreturnable"] == 40.0
    assert (values["integrated"], values["resettled"]) == (20.0, 30.0)
    assert values["solutions_rate"] == pytest.approx(50.0 / (150.0 * 365.0 / 365.2425), rel=2e-3)
    assert 0.0 < values["onward_rate"] < 0.02
    assert values["in_limbo"] == 40.0


def test_people_without_status_for_over_a_year():
    hand = Hand(500).open("irregular", 30.0).open("at_sea", 20.0)
    hand.open("people", 10.0, stage="return", place="community", group="migrant")
    hand.move("found_unreturnable", 100, 10.0, place="community", group="migrant")
    hand.move("landed_unrecorded", 400, 20.0)
    values = table(hand)
    assert values["without_status"] == pytest.approx(60.0)
    assert values["without_status_over_year"] == pytest.approx(40.0 / 60.0)


def test_staff_needed_missing_and_to_be_recruited():
    hand = Hand(100, ("north", "south"))
    row = FUNCTIONS.index("determination")
    hand.services["work_needed"][60:90, row, 1] = 14.0
    hand.services["work_needed"][30:, FUNCTIONS.index("screening"), 0] = 10.4  # less than half an officer short
    values = table(hand)
    assert values["staff_need_peak"] == pytest.approx(24.4)
    assert values["staff_shortage"] == pytest.approx((4.0 * 30 + 0.4 * 70) / (365.2425 / 12))
    assert values["recruitment_start"] == pytest.approx(60.0 - 84.0)
    hand.services["work_needed"][30:, FUNCTIONS.index("screening"), 0] = 11.0
    assert table(hand)["recruitment_start"] == pytest.approx(-24.0)


def test_differences_between_countries():
    hand = Hand(200, ("north", "south"))
    hand.move("screened_to_determination", slice(None), 10.0, country="*")
    for country, day in (("north", 10), ("south", 40)):
        hand.move("recognised", slice(day, None), 10.0, country=country)
    hand.services["service_capacity"][:, FUNCTIONS.index("determination")] = 10.0
    values = table(hand)
    assert values["wait_gap"] == pytest.approx(30.0, abs=0.1)
    assert math.isnan(table(Hand(20))["wait_gap"])
    assert np.isnan(table(Hand(20))["sharing_index"])


def test_the_list_of_services_is_that_of_the_flow_table():
    assert set(SERVED) == set(FUNCTIONS)
