"""Where funding binds, a plan opens what is paid for; else it opens as planned."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_resolve_inputs import with_changes, with_value

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.funded import PAID_AS, Paid, opened
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Steps

ONE = Steps((0.0,), np.ones((1, 1)))
PLACES = "reception.tent_places"


def steps(**levels):
    """Steps by day, of one country: ``d20=50`` is 50 from day 20."""
    return Steps(tuple(float(day[1:]) for day in levels), np.array([[float(level)] for level in levels.values()]))


def binding(inputs, share=1.0, coverage=None, delay=None):
    """The case where funding binds; every payer's coverage and delay replaced, where given."""
    made = with_value(inputs, "funding.binds", value=share)
    money = made.workspace.costs.money
    changes = {
        name: {payer: rate.model_copy(update={"value": value}) for payer, rate in getattr(money, name).items()}
        for name, value in (("funding_coverage", coverage), ("disbursement_delay", delay)) if value is not None
    }
    costs = replace(made.workspace.costs, money=money.model_copy(update=changes))
    return replace(made, workspace=replace(made.workspace, costs=costs))


def more_places(inputs):
    """A scenario that opens more posts and places on the hundredth day."""
    start = inputs.case.start.replace(month=4)
    return with_changes(inputs, {"parameter": PLACES, "start": start, "add": 1000.0},
                        {"parameter": "screening.officers", "start": start, "scale": 3.0})


def capacities(inputs):
    run = resolve(more_places(inputs), "new")
    return {name: run.parameters[name] for name in PAID_AS}, run


def test_without_it_everything_opens_as_planned(inputs):
    planned, run = capacities(inputs)
    zero, same_run = capacities(binding(inputs, share=0.0, coverage=0.0))
    assert same_run.digest == run.digest
    assert all(np.array_equal(zero[name].values, planned[name].values) for name in planned)


def test_a_coverage_of_nothing_opens_nothing(inputs):
    planned, run = capacities(inputs)
    found, bound = capacities(binding(inputs, coverage=0.0))
    assert planned[PLACES].values.max() > planned[PLACES].at(0.0).max() + 900.0
    for name, plan in planned.items():
        for day in range(0, run.days, 5):
            assert (found[name].at(day) == np.minimum(plan.at(day), plan.at(0.0))).all(), name
    assert bound.digest != run.digest
    said = [str(one) for one in bound.cautions if "funding binds in scenario new" in one.text]
    assert len(said) == 1
    assert PLACES in said[0]
    assert "screening.officers" in said[0]


def test_full_coverage_without_delay_opens_the_plan(inputs):
    planned, _ = capacities(inputs)
    found, bound = capacities(binding(inputs, coverage=1.0, delay=0.0))
    for name, plan in planned.items():
        for day in range(0, bound.days, 5):
            assert found[name].at(day) == pytest.approx(plan.at(day), rel=1e-12, abs=1e-9), name
    assert not [one for one in bound.cautions if "funding binds" in one.text]


def test_the_payers_of_the_cost_book_decide_how_much_opens_and_when(inputs):
    """Donors pay 0.45 of tents, 0.55 of what they are asked, three months late (13 weeks and a day); others at once."""
    planned, _ = capacities(inputs)
    found, bound = capacities(binding(inputs))
    plan, first = planned[PLACES], planned[PLACES].at(0.0)
    day = max(plan.starts)
    more = plan.at(day) - first
    assert found[PLACES].at(day) - first == pytest.approx(0.55 * more)
    assert found[PLACES].at(day + 91.0) - first == pytest.approx(0.55 * more)
    assert found[PLACES].at(day + 92.0) - first == pytest.approx((0.55 + 0.45 * 0.55) * more)
    assert bound.days > day + 92.0


PAID = [Paid(0.5, 0.0), Paid(0.2, 30.0)]


def test_money_opens_a_share_at_once_and_another_later():
    made = opened(steps(d0=10, d20=50), ONE, PAID, 100)
    assert made.starts == (0.0, 20.0, 50.0)
    assert made.values.ravel() == pytest.approx([10.0, 30.0, 38.0])


def test_what_closes_again_is_never_paid_late():
    """A plan of 20 days is over before the money of the second payer comes."""
    made = opened(steps(d0=10, d20=50, d40=10), ONE, PAID, 100)
    assert [float(made.at(day)[0]) for day in (0, 20, 39, 40, 50, 70)] == [10.0, 30.0, 30.0, 10.0, 10.0, 10.0]


def test_a_plan_that_closes_what_stood_closes_it():
    made = opened(steps(d0=10, d20=4), ONE, [], 100)
    assert [float(made.at(day)[0]) for day in (0, 19, 20)] == [10.0, 10.0, 4.0]


PLANS = st.lists(st.floats(0.0, 1e4), min_size=1, max_size=5)


@settings(max_examples=100, deadline=None)
@given(PLANS, st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 60.0), st.floats(0.0, 1.0))
def test_never_more_opens_than_planned_and_more_money_never_opens_less(levels, share, part, late, binds):
    planned = Steps(tuple(10.0 * k for k in range(len(levels))), np.array(levels)[:, None])
    bound = Steps((0.0,), np.full((1, 1), binds))
    paid = [Paid(share * part, late), Paid(share * (1.0 - part), 0.0)]
    less = [Paid(0.5 * one.share, one.late) for one in paid]
    some, fewer, alone = (opened(planned, bound, one, 120) for one in (paid, less, []))
    for day in range(120):
        plan, stood = planned.at(day), planned.at(0.0)
        tiny = 1e-9 * (1.0 + plan + stood)
        assert (some.at(day) <= plan + tiny).all()
        assert (fewer.at(day) <= some.at(day) + tiny).all()
        assert (alone.at(day) <= fewer.at(day) + tiny).all()
        assert (alone.at(day) >= np.minimum(plan, stood) - tiny).all()


def faults_of(inputs):
    with pytest.raises(InputFaultsError) as caught:
        resolve(inputs)
    return [str(fault) for fault in caught.value.faults]


def test_a_workspace_without_a_cost_book_cannot_say_who_pays(inputs):
    poor = binding(inputs)
    found = faults_of(replace(poor, workspace=replace(poor.workspace, costs=None)))
    assert found == [
        "parameters/base/funding.yaml:5: parameters.binds: funding binds, and this workspace has no cost book that "
        "says who pays; allowed: parameters/costs, or 0"
    ]


def test_an_item_that_no_book_has_is_named(inputs):
    poor = binding(inputs)
    items = {name: item for name, item in poor.workspace.costs.items.items() if name != "interpreters"}
    costs = replace(poor.workspace.costs, items=items)
    found = faults_of(replace(poor, workspace=replace(poor.workspace, costs=costs)))
    assert len(found) == 1
    assert "no cost item says who pays for interpretation.interpreters; found interpreters" in found[0]


def test_every_capacity_is_paid_by_an_item_of_the_shipped_book(inputs):
    assert set(PAID_AS.values()) <= set(inputs.workspace.costs.items)
