"""Where people come from: at home in one country, readmitted by some, drawn to land in others."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.equations.arrivals import disembarkation_hazard
from mixedmig_model.equations.departures import readmission_of_groups
from mixedmig_model.equations.table import flows_marked
from mixedmig_model.results.indicators.decision import wrongly_returned
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.outcomes import outcomes, returns_by_group
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve
from mixedmig_model.solve.schedule import Schedule, mix, mix_by_country, opening_mix

from .synthetic import EXACT, MIGRANT, REFUGEE, make_run, weekly_stock, weekly_total

NORTH, SOUTH = "north", "south"
GROUPS = {"refugee": REFUGEE, "national": {**MIGRANT, "origin": SOUTH}}
OPENING = (("return", "reception", NORTH, 80.0), ("appeal", "community", SOUTH, 40.0),
           ("limbo", "reception", NORTH, 50.0))


def some_run(groups=None, **changes):
    """Two countries, people on a voyage, adrift and on the way between them, and returns by force of every kind."""
    return make_run(
        42, {0: [8.0, 6.0]}, groups or GROUPS, (NORTH, SOUTH), **{
            "opening": OPENING, "journey__refused_share": 0.4, "journey__unrecorded_share": 0.3,
            "journey__disembarkation_share": [0.6, 0.4], "onward__rate": 0.02, "onward__irregular_rate": 0.05,
            "onward__within_region_share": 0.8, "irregular__found_rate": 0.05, "law__suspensive_appeal": 0.5,
            "return__late_return_rate": 0.02, "return__documentation_time": 5.0, "detention__places": 100.0,
            "detention__detained_share": 0.3, "sharing__transfers": 2.0, **changes})


def test_a_group_with_readmission_0_has_no_enforced_return():
    answer = solve(some_run(return__readmission_factor=[0.0, 1.0]))
    by_group = {flow: weekly_total(answer, flow)[-1].sum(axis=(0, 2)) for flow in flows_marked("enforced")}
    assert [flow for flow, people in by_group.items() if people[0] != 0.0] == []
    assert by_group["enforced"][1] > 1.0
    assert by_group["returned_late"][1] > 0.1
    assert (weekly_total(answer, "enforced_pending_appeal")[-1][:, 1, 1] == 0.0).all()  # at home in the south
    assert weekly_total(answer, "found_unreturnable")[-1].sum(axis=(0, 2))[0] > 1.0


def test_readmission_0_hides_no_return_without_a_decision():
    """Nobody asks for readmission when people are put over a border without a decision: the breach stays."""
    answer = solve(some_run(return__readmission_factor=0.0, law__individual_decision=0.0, return__summary_rate=0.1))
    assert weekly_total(answer, "summarily_returned_from_registration")[-1].sum() > 1.0


def test_nobody_is_in_a_procedure_or_without_a_record_in_their_own_country():
    answer = solve(some_run())
    assert (weekly_stock(answer, "people")[..., 1, 1] == 0.0).all()
    assert (weekly_stock(answer, "irregular")[..., 1, 1] == 0.0).all()
    assert (weekly_stock(answer, "people")[-1][..., 1, 0] > 0.0).any()
    home = {flow: weekly_total(answer, flow)[-1] for flow in flows_marked("home")}
    assert all(people[1].sum() > 0.01 for people in home.values())
    assert all((people[0] == 0.0).all() for people in home.values())
    together = sum(people[1].sum() for people in home.values())
    assert weekly_stock(answer, "in_own_country")[-1].sum() == pytest.approx(together)


def test_people_of_the_opening_are_spread_over_groups_that_are_not_at_home():
    assert opening_mix(some_run()).tolist() == [[0.5, 1.0], [0.5, 0.0]]
    only = some_run(opening=(), arrivals__composition=[1.0, 1.0], arrivals__international_need_share=0.0)
    assert opening_mix(only).tolist() == [[0.0, 1.0], [1.0, 0.0]]  # the mix leaves nobody who is not at home


def test_a_refugee_who_lands_in_the_country_that_they_fled_is_no_gain():
    """They count as sent back, without protection and without a solution; a national who goes home does not."""
    groups = {"refugee": {**REFUGEE, "origin": SOUTH}, "national": MIGRANT}
    ds = to_dataset(run := some_run(groups, opening=(), return__assisted_uptake_rate=0.0), solve(run))
    landed = float(sum(ds[f"flow_{flow}"].sum() for flow in flows_marked("home")))
    assert landed > 10.0
    forced = sum(float(ds[f"flow_{flow}"].sel(group="refugee").sum()) for flow in flows_marked("enforced"))
    assert wrongly_returned(Facts(ds)) == pytest.approx(landed + forced)
    counts, days = judged_counts(ds), np.trapezoid(ds["daily_in_own_country"].values.sum(axis=1))
    assert counts.harms["sent_back"].seen == pytest.approx(landed + forced)
    assert counts.harms["unprotected"].seen >= days
    assert counts.harms["without_solution"].seen >= days
    assert float(outcomes(ds).sel(outcome="in_own_country", need="international")) == pytest.approx(landed)


def test_returns_are_told_by_kind_group_and_country():
    ds = to_dataset(run := some_run(return__assisted_uptake_rate=0.05), solve(run))
    found = returns_by_group(ds)
    assert found.dims == ("kind", "group", "country")
    for kind in found["kind"].values:
        flows = flows_marked(str(kind))
        moved = sum(float(ds[f"flow_{flow}"].sum()) for flow in flows)
        assert float(found.sel(kind=kind).sum()) == pytest.approx(moved)
    assert float(found.sel(kind="enforced", group="national", country=SOUTH)) == 0.0
    assert float(found.sel(kind="enforced", group="national", country=NORTH)) > 1.0


def test_weights_of_1_and_a_factor_of_1_move_not_a_bit():
    plain = some_run({"refugee": REFUGEE, "national": MIGRANT})
    ones = {(group, country): 1.0 for group in GROUPS for country in (NORTH, SOUTH)}
    same = some_run({"refugee": REFUGEE, "national": {**MIGRANT, "origin": "far_away"}}, landing=ones)
    assert np.array_equal(solve(plain).week_totals, solve(same).week_totals)


def test_people_adrift_land_by_share_and_weight():
    """Both groups leave at the same hazard; each divides over the countries by share times weight."""
    weighed = {("national", NORTH): 0.5, ("refugee", SOUTH): 0.0}
    run = some_run({"refugee": REFUGEE, "national": MIGRANT}, landing=weighed)
    answer = solve(run, EXACT)
    landed = weekly_total(answer, "disembarked")[-1].sum(axis=0)
    assert landed[0, 1] == 0.0
    assert landed[1, 0] / landed[1, 1] == pytest.approx(0.6 * 0.5 / 0.4, rel=1e-6)
    north = mix_by_country(run, 0.0)[:, 0]
    assert north.tolist() == pytest.approx([0.5 / 0.75, 0.25 / 0.75])


weights = st.lists(st.lists(st.floats(0.0, 5.0), min_size=2, max_size=2), min_size=2, max_size=2)
share = st.floats(0.0, 1.0)


@settings(max_examples=60, deadline=None)
@given(weights=weights, part=share, factors=st.tuples(st.floats(0.0, 100.0), st.floats(0.0, 100.0)), accepted=share)
def test_shares_stay_shares_whatever_the_weights(weights, part, factors, accepted):
    pairs = {(g, c): weights[i][k] for i, g in enumerate(GROUPS) for k, c in enumerate((NORTH, SOUTH))}
    run = some_run(landing=pairs, arrivals__international_need_share=part, return__readmission_share=accepted,
                   return__readmission_factor=list(factors), journey__disembarkation_share=[part, 1.0 - part])
    assert mix_by_country(run, 0.0).sum(axis=0) == pytest.approx(1.0)
    assert opening_mix(run).sum(axis=0) == pytest.approx(1.0)
    levels = Schedule(run).first
    hazard = disembarkation_hazard(levels.journey, levels.groups.landing)
    assert hazard.sum(axis=1) == pytest.approx(1.0 / 5.0)  # all groups leave the sea equally soon
    ratio = readmission_of_groups(levels.return_)
    assert (ratio * accepted <= 1.0 + 1e-12).all()
    assert ratio.min() >= 0.0
    plain = replace(run, landing=())
    assert np.array_equal(mix_by_country(plain, 0.0), np.repeat(mix(plain, 0.0)[:, None], 2, axis=1))
