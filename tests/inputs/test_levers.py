"""What levers make of inputs: intensity, order, bounds, dates, presets, cited effects, side effects, costs."""

import random
from dataclasses import replace
from datetime import date
from typing import get_args

import numpy as np
import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.levers.conditions import QUANTITIES, Condition
from mixedmig_model.inputs.levers.schema import CitedEffect, Lever, LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change

CASE, BASE = "generic_surge", "most_likely"
CITED = CitedEffect(parameter="responses.information_effect", value=-0.2, source="S90", reason="A test.")
EVIDENCE = {"text": "None.", "source": "assumption", "strength": "none"}


@pytest.fixture(scope="module")
def surge(workspace):
    return read_case(workspace, CASE)


def under(inputs, *uses, changes=(), held=False, values=None):
    """The case resolved with these levers on top of its baseline."""
    made = inputs.with_levers(BASE, uses, "made")
    own = made.scenario("made").model_copy(update={"changes": tuple(changes)})
    return resolve(replace(made, scenarios={**made.scenarios, "made": own}), "made", values, held=held)


def use(lever, **fields):
    return LeverUse(lever=lever, **fields)


def with_own(inputs, *changes, name="own", **fields):
    """The case with a lever of its own in the catalogue."""
    lever = Lever.model_validate({
        "title": "T", "description": "D", "paragraphs": ["12"], "changes": list(changes), "evidence": EVIDENCE,
        "moves": {"deaths": "down"}, **fields,
    })
    workspace = replace(inputs.workspace, levers={**inputs.workspace.levers, name: lever})
    return replace(inputs, workspace=workspace)


def same(one, two):
    """Whether two runs have the same numbers on the same days, to the bit."""
    return one.digest == two.digest and one.parameters.keys() == two.parameters.keys() and all(
        one.parameters[key].starts == two.parameters[key].starts
        and one.parameters[key].values.tobytes() == two.parameters[key].values.tobytes() for key in one.parameters
    )


def level(run, key, day=0.0, country=0):
    return float(run.parameters[key].at(day)[country])


# ---- intensity and order ----------------------------------------------------------------------------------------

def test_all_levers_at_intensity_zero_are_the_baseline_to_the_bit(surge):
    none = under(surge, *(use(name, intensity=0.0) for name in surge.workspace.levers))
    assert same(none, resolve(surge, BASE))


def test_presets_at_intensity_zero_are_the_baseline_to_the_bit(surge):
    none = under(surge, *(LeverUse(preset=name, intensity=0.0) for name in surge.workspace.presets))
    assert same(none, resolve(surge, BASE))


def test_the_order_of_levers_in_the_file_changes_nothing_to_the_bit(surge):
    uses = [use(name, intensity=0.7) for name in surge.workspace.levers]
    mixed = list(uses)
    random.Random(5).shuffle(mixed)
    assert mixed != uses
    assert same(under(surge, *mixed), under(surge, *uses))


@pytest.mark.parametrize(("operation", "expected"), [("set", 10.0 + 0.25 * 20), ("scale", 10.0 * 1.5), ("add", 17.5)])
def test_intensity_is_between_the_base_and_all_of_the_change(surge, operation, expected):
    given = {"set": 30.0, "scale": 3.0, "add": 30.0}[operation]
    mine = with_own(surge, {"parameter": "screening.officers", operation: given, "reason": "R"})
    share = 0.25
    run = under(mine, use("own", intensity=share), values={"screening.officers": 10.0})
    assert level(run, "screening.officers") == pytest.approx(expected, rel=1e-14)


def test_scales_multiply_and_adds_add(surge):
    one = {"parameter": "screening.officers", "scale": 2.0, "reason": "R"}
    two = {"parameter": "screening.officers", "scale": 3.0, "reason": "R"}
    three = {"parameter": "screening.officers", "add": 4.0, "reason": "R"}
    mine = surge
    for index, change in enumerate((one, two, three)):
        mine = with_own(mine, change, name=f"own{index}")
    run = under(mine, use("own2"), use("own0"), use("own1"), values={"screening.officers": 5.0})
    assert level(run, "screening.officers") == 5.0 * 2.0 * 3.0 + 4.0


def test_own_changes_come_after_levers_and_override_them(surge):
    change = Change(parameter="screening.agency_access", set=0.25, reason="Refused.")
    run = under(surge, use("agency_access"), changes=[change])
    assert level(run, "screening.agency_access") == 0.25


# ---- bounds and dates -------------------------------------------------------------------------------------------

def test_bounds_stop_a_lever_and_take_nothing_back(surge):
    mine = with_own(surge, {"parameter": "screening.officers", "add": 10.0, "bounds": [0, 12], "reason": "R"})
    assert level(under(mine, use("own"), values={"screening.officers": 5.0}), "screening.officers") == 12.0
    assert level(under(mine, use("own"), values={"screening.officers": 40.0}), "screening.officers") == 40.0


def test_a_lever_never_leaves_what_the_equations_allow(surge):
    run = under(surge, *(use(name) for name in surge.workspace.levers if name != "detention_policy"))
    assert 0.0 <= run.parameters["rescue.reach"].values.min() <= run.parameters["rescue.reach"].values.max() <= 1.0


def test_a_time_limit_stays_in_whole_days(surge):
    values = under(surge, use("detention_policy", intensity=0.37)).parameters["detention.time_limit"].values
    assert (values == np.round(values)).all()
    assert level(under(surge, use("detention_policy", intensity=0.37)), "detention.time_limit") < 90.0


def test_a_lead_time_counts_from_the_start_of_the_lever(surge):
    base = level(resolve(surge, BASE), "rescue.reach")
    run = under(surge, use("sar", start=date(2018, 3, 1)))
    assert level(run, "rescue.reach", 59 + 29) == base
    assert level(run, "rescue.reach", 59 + 30) > base
    assert level(under(surge, use("sar", start=59)), "rescue.reach", 59 + 30) > base


def test_a_lever_ends_where_it_is_told_to_and_acts_only_where_it_is_used(surge):
    run = under(surge, use("registration_surge", until=date(2018, 2, 1), countries=("northmark",)))
    base = resolve(surge, BASE)
    for day, country, doubled in ((0.0, 1, True), (30.0, 1, True), (31.0, 1, False), (0.0, 0, False)):
        factor = 2.0 if doubled else 1.0
        assert level(run, "registration.officers", day, country) == factor * level(
            base, "registration.officers", day, country)


def test_a_lever_that_would_begin_after_its_end_does_nothing(surge):
    assert same(under(surge, use("sar", until=date(2018, 1, 20))), resolve(surge, BASE))  # its lead time is 30 days


def test_a_change_that_is_phased_in_rises_day_by_day(surge):
    mine = with_own(surge, {"parameter": "screening.officers", "add": 10.0, "ramp_days": 10, "reason": "R"})
    run = under(mine, use("own"), values={"screening.officers": 0.0})
    levels = [level(run, "screening.officers", day) for day in range(12)]
    assert levels == pytest.approx([0.5 + day for day in range(10)] + [10.0, 10.0])


# ---- presets ----------------------------------------------------------------------------------------------------

def test_a_preset_is_its_list_of_levers(surge):
    for name, preset in surge.workspace.presets.items():
        apart = [use(one.lever, intensity=0.5 * one.intensity) for one in preset.levers]
        assert same(under(surge, LeverUse(preset=name, intensity=0.5)), under(surge, *apart)), name
        assert not same(under(surge, *apart), resolve(surge, BASE)), name


# ---- departures: nothing without a source -----------------------------------------------------------------------

def test_information_enforcement_and_drivers_leave_departures_alone_unless_a_source_is_cited(surge):
    base = resolve(surge, BASE)
    run = under(surge, *(use(name) for name in ("information", "smuggling_enforcement", "drivers", "pathways")))
    for key in ("arrivals.scale", "responses.information_effect", "responses.enforcement_effect",
                "responses.substitution_share"):
        effective = run.parameters[key].values
        assert (effective == base.parameters[key].values if key == "arrivals.scale" else effective == 0.0).all(), key


def test_a_cited_effect_is_taken_at_the_intensity_of_its_lever(surge):
    run = under(surge, use("information", intensity=0.5, effects=(CITED,)))
    assert level(run, "responses.information_effect") == pytest.approx(-0.1)
    full = under(surge, use("smuggling_enforcement", intensity=0.5, effects=(
        CITED.model_copy(update={"parameter": "responses.enforcement_effect", "value": 0.3}),)))
    assert level(full, "responses.enforcement_effect") == 0.3  # the equations multiply it by enforcement
    assert level(full, "responses.enforcement") == 0.5


# ---- side effects and costs -------------------------------------------------------------------------------------

def test_a_side_effect_is_kept_where_drawn_values_undercut_it(surge):
    nothing = {"responses.enforcement_abandonment_share": 0.0}
    run = under(surge, use("smuggling_enforcement", start=30), held=True, values=nothing)
    key = "responses.enforcement_abandonment_share"
    assert (level(run, key, 29.0), level(run, key, 30.0)) == (0.0, 0.01)


def test_what_levers_cost_follows_their_intensity_dates_and_places(surge):
    uses = (use("agency_access", intensity=0.5, start=31, countries=("northmark",)), use("sar"))
    found = surge.with_levers(BASE, uses, "made").own_costs("made")
    cost, whole = found["agency_teams"], surge.workspace.levers["agency_access"].own_costs["agency_teams"]
    assert list(found) == ["agency_teams"]
    assert cost.price.value == 0.5 * whole.price.value
    assert cost.price.range == tuple(0.5 * end for end in whole.price.range)
    assert (cost.start, cost.until, cost.countries) == (date(2018, 2, 1), None, ("northmark",))


def test_costs_of_levers_come_in_an_order_of_their_own(surge):
    uses = [use("taskforce"), use("agency_access", until=100), use("agency_access", start=200), use("law")]
    found = [list(surge.with_levers(BASE, order, "made").own_costs("made").items()) for order in (uses, uses[::-1])]
    assert found[0] == found[1]
    assert [name for name, _ in found[0]] == [
        "agency_teams", "agency_teams_2", "law_transposition", "task_force_secretariat",
    ]


def test_a_lever_at_intensity_zero_costs_nothing(surge):
    uses = [use(name, intensity=0.0) for name in surge.workspace.levers]
    assert surge.with_levers(BASE, uses, "made").own_costs("made") == surge.own_costs(BASE)


def test_every_quantity_of_a_condition_has_its_words():
    assert get_args(Condition.model_fields["quantity"].annotation) == tuple(QUANTITIES)
