"""Children and those who care for them: separation by detention, and returns without a best-interests decision."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.equations.families import children_each, families
from mixedmig_model.equations.identification import carers, identify
from mixedmig_model.equations.levels import Household
from mixedmig_model.equations.table import FLOWS
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import choose_solver, solve
from mixedmig_model.solve.schedule import Schedule, group_arrays

from .synthetic import CHILD_ALONE, EXACT, MIGRANT, REFUGEE, daily_people, make_run, weekly_total

CHILD = {"need": "none", "flags": ("child",)}
GROUPS = {"refugee": REFUGEE, "migrant": MIGRANT, "child": CHILD, "child_alone": CHILD_ALONE}
MIX = [1.0, 0.5, 0.3, 0.2]
"""Of those who are no refugees half are adults, three tenths children with a family, two tenths children alone."""
FORCED = ("enforced", "enforced_pending_appeal", "summarily_returned_from_registration",
          "summarily_returned_from_screening", "returned_late")
SHUT = {"detention__places": 1e9, "journey__unrecorded_share": 0.0, "journey__mortality": 0.0}


def counted(answer: Answer, *flows: str) -> np.ndarray:
    """What flows moved over the run, by group."""
    totals = [weekly_total(answer, flow)[-1] for flow in flows]
    axes = [answer.layout.flows[[flow.name for flow in answer.layout.flows].index(name)].axes for name in flows]
    return sum(total.sum(axis=tuple(k for k, axis in enumerate(own) if axis != "group"))
               for total, own in zip(totals, axes, strict=True))


def detained(**changes: object) -> Answer:
    """Forty days in which everybody whom no law exempts is detained as they land."""
    given = {"arrivals__composition": MIX, "arrivals__international_need_share": 0.4, "detention__detained_share": 1.0,
             "detention__review_release_rate": 0.0, "registration__wrongly_assessed_adult_share": 0.0}
    return solve(make_run(40, 10.0, GROUPS, **(given | SHUT | changes)), EXACT)


def test_each_child_with_a_family_is_separated_where_every_adult_is_detained():
    """All children are exempt, all adults are inside: whoever came with a child is taken from it."""
    answer = detained()
    landed = counted(answer, "landed")
    assert counted(answer, "children_separated").sum() == pytest.approx(landed[2], rel=1e-6)
    assert (counted(answer, "children_separated")[2:] == 0.0).all()


def test_days_of_separation_are_those_of_the_adults_inside_times_their_children():
    answer = detained(detention__review_release_rate=0.05)
    inside = np.trapezoid(daily_people(answer)[:, :, 0].sum(axis=(1, 2)))
    children_an_adult = 0.6 * 0.3 / (0.4 + 0.6 * 0.5)
    days = counted(answer, "separation_days").sum()
    assert days == pytest.approx(children_an_adult * inside, rel=2e-4)  # a trapezoid of days against the integral
    assert days > 100.0


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_the_share_of_carers_changes_no_count_unless_law_asks_who_they_are(share):
    plain, other = detained(), detained(household__carer_share=share)
    for count in ("children_separated", "separation_days"):
        assert counted(other, count) == pytest.approx(counted(plain, count), rel=1e-7)


def test_the_memory_of_carers_moves_nobody_where_no_law_asks_for_it():
    """Everybody is released within days: bit for bit in the kernel, within its tolerance by the reference path."""
    runs = [
        make_run(60, 10.0, GROUPS, household__carer_share=share, arrivals__composition=MIX,
                 arrivals__international_need_share=0.4, detention__detained_share={0: 1.0, 20: 0.0},
                 detention__review_release_rate={0: 0.0, 20: 0.5},
                 **(SHUT | {"detention__places": {0: 1e9, 25: 0.0}}))
        for share in (0.0, 0.9)
    ]
    own = ("children_separated", "separation_days")
    flows = [flow.name for flow in FLOWS if flow.name not in own]
    none, most = (solve(run) for run in runs)
    assert counted(most, own[0]).sum() > counted(none, own[0]).sum() + 1.0
    gaps = [np.abs(weekly_total(most, name) - weekly_total(none, name)).max() for name in flows]
    assert 0.0 <= max(gaps) < 1e-4 * weekly_total(none, "landed")[-1].sum()
    if not available():
        none, most = choose_solver("kernel").solve(runs)
        assert all((weekly_total(most, name) == weekly_total(none, name)).all() for name in flows)


def test_with_family_unity_in_law_nobody_is_separated_and_other_adults_stay_inside():
    plain, united = detained(), detained(law__family_unity=1.0, household__carer_share=0.3)
    assert counted(united, "children_separated", "separation_days").sum() == 0.0
    held = [daily_people(answer)[-1, :, 0].sum() for answer in (plain, united)]
    assert held[1] == pytest.approx(0.7 * held[0], rel=1e-6)


def test_where_children_are_detained_too_no_child_is_left_outside():
    answer = detained(law__child_exemption=0.0)
    assert counted(answer, "children_separated", "separation_days").sum() == 0.0


def test_carers_are_released_in_a_day_once_law_covers_them_and_all_others_stay():
    """Of adults detained three in ten leave as exp(-t) from the day of the law on; nobody else has a way out."""
    start = 20
    answer = solve(make_run(
        40, {0: 10.0, 5: 0.0}, {"migrant": MIGRANT, "child": CHILD}, arrivals__composition=[0.8, 0.2],
        journey__voyage_time=1.0, detention__detained_share=1.0, registration__officers=0.0,
        registration__wrongly_assessed_adult_share=0.0,
        return__assisted_uptake_rate=0.0, detention__review_release_rate=0.0, household__carer_share=0.3,
        law__family_unity={0: 0.0, start: 1.0}, **SHUT,
    ), EXACT)
    held = daily_people(answer)[start:, :, 0].sum(axis=(1, 2))
    expected = 40.0 * (0.7 + 0.3 * np.exp(-np.arange(41.0 - start)))
    assert held == pytest.approx(expected, rel=1e-5)


def returned(**changes: object) -> Answer:
    """A hundred days in which children and adults under a return decision are returned by force."""
    given = {"arrivals__composition": MIX, "return__documentation_time": 10.0, "return__assisted_uptake_rate": 0.0,
             "return__escorted_places": 3.0, "return__officers": 1e6, "return__summary_rate": 0.02,
             "return__late_return_rate": 0.01, "counselling__claim_share": 0.0,
             "law__individual_decision": 0.0, "law__suspensive_appeal": 0.0}
    opening = tuple((stage, "community", "here", 200.0) for stage in ("return", "limbo", "appeal", "screening"))
    return solve(make_run(100, 5.0, GROUPS, opening=opening, **(given | changes)), EXACT)


def test_each_identified_child_returned_by_force_unheard_is_counted():
    """Children alone whom screening referred were heard: of them only those returned before it are counted."""
    missed = 0.2
    answer = returned(registration__wrongly_assessed_adult_share=missed)
    own = counted(answer, *FORCED)
    early = counted(answer, "summarily_returned_from_registration", "summarily_returned_from_screening")
    unheard = counted(answer, "children_returned_unheard")
    assert unheard == pytest.approx([0.0, 0.0, (1 - missed) * own[2], (1 - missed) * early[3]], rel=1e-6)
    assert unheard[2:].min() > 0.5


def test_with_best_interests_in_law_no_child_is_returned_by_force_unheard():
    answer = returned(law__best_interests=1.0, registration__wrongly_assessed_adult_share=0.0)
    assert counted(answer, "children_returned_unheard").sum() == 0.0
    assert counted(answer, *FORCED)[2] == pytest.approx(0.0, abs=1e-9)
    assert counted(answer, *FORCED)[:2].min() > 1.0
    heard = counted(answer, "heard_before_return")
    assert heard[2] > 10.0
    assert (heard[[0, 1, 3]] == 0.0).all()


def test_a_child_who_may_not_be_returned_takes_no_place_of_an_escort():
    """With escorts for few, the adults go in its place: as many are returned as there are escorts."""
    plain, heard = (returned(law__best_interests=law, registration__wrongly_assessed_adult_share=0.0,
                             return__escorted_places=1.0) for law in (0.0, 1.0))
    assert [counted(answer, *FORCED).sum() for answer in (plain, heard)] == pytest.approx([100.0, 100.0], rel=1e-6)


SHARE = st.floats(0.0, 1.0)
FLAGS = st.sampled_from([(), ("child",), ("child", "alone"), ("ill",), ("child", "ill"), ("trafficked",)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SHARE, FLAGS, SHARE), min_size=2, max_size=6), SHARE, SHARE, SHARE, SHARE)
def test_shares_of_families_hold_in_any_mix(kinds, exempt, unity, best, missed):
    """Children of all carers are the children with a family; nothing is exempt twice; a law that is off bars nobody."""
    names = tuple(f"g{k}" for k in range(len(kinds)))
    groups = {name: {"need": "none", "flags": flags} for name, (_, flags, _) in zip(names, kinds, strict=True)}
    run = make_run(
        7, 1.0, groups, household__carer_share=[share for _, _, share in kinds], law__child_exemption=exempt,
        law__family_unity=unity, law__best_interests=best, registration__wrongly_assessed_adult_share=missed,
    )
    mix = np.array([[weight] for weight, _, _ in kinds])
    levels = Schedule(run).at(0.0)
    levels = levels._replace(arrivals=levels.arrivals._replace(mix=mix))
    arrays, caring = group_arrays(run.groups), carers(levels.groups, levels.household)
    each, adults = children_each(mix, arrays, caring), float((mix * caring).sum())
    if adults > 1e-6:
        assert each[0] * adults == pytest.approx(float((mix[:, 0] * (arrays.child - arrays.alone)).sum()), rel=1e-9)
    assert each[0] >= 0.0
    found = identify(levels)
    assert (found.exempt_at_landing <= 1.0).all()
    assert (found.exempt_before_return <= 1.0 + 1e-12).all()
    assert (found.carers * arrays.child[:, None] == 0.0).all()
    own = families(levels, found)
    assert (own.barred <= own.unheard).all()
    assert (own.unheard <= own.unscreened).all()
    none = families(levels._replace(law=levels.law._replace(best_interests=np.zeros(1))), found)
    assert (none.barred == 0.0).all()
    assert (carers(arrays, Household(np.zeros(len(names)))) == 0.0).all()
