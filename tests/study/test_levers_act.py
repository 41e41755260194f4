"""Levers act: each moves what it says, none at intensity 0, in any order; rights hold whatever levers are pulled."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from short_case import short_case

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.levers.schema import CitedEffect, LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.table import BREACHES, INDICATORS, indicator_table
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.trace import trace

WORKSPACE = read_workspace(installed_workspace())
LEVERS, PRESETS = WORKSPACE.levers, WORKSPACE.presets
CITED = {"responses.information_effect": -0.1, "responses.substitution_share": 0.5, "arrivals.scale": 0.9}
"""Effects on departures that are none unless cited: values to test the way they act with, not findings."""
ACTING_IN = "worst_case"
NOTICED = 1e-4
LAW_IS_KEPT = ("identified_children_detained", "enforced_without_decision", "enforced_pending_appeal",
               "children_returned_unheard", "detention_over_limit", "services_tied_to_status")


def use(name, intensity=1.0, **more):
    own = [effect.parameter for effect in LEVERS[name].effects if effect.parameter in CITED]
    effects = tuple(CitedEffect(parameter=key, value=CITED[key], source="S90", reason="A test.") for key in own)
    return LeverUse(lever=name, intensity=intensity, effects=effects, **more)


def same(one, two):
    assert list(one.parameters) == list(two.parameters)
    for name, steps in one.parameters.items():
        assert steps.starts == two.parameters[name].starts, name
        assert steps.values.tobytes() == two.parameters[name].values.tobytes(), name


@pytest.fixture(scope="module")
def inputs():
    return read_case(WORKSPACE, "generic_surge")


@pytest.fixture(scope="module")
def tables(inputs):
    """Indicators of the worst case without and with each lever at full intensity."""
    runs = {"": resolve(inputs, ACTING_IN)}
    runs |= {name: resolve(inputs.with_levers(ACTING_IN, [use(name)], "one"), "one") for name in LEVERS}
    solver = choose_solver().solve
    answers = solver(list(runs.values()))
    return {name: indicator_table(to_dataset(run, answer))
            for (name, run), answer in zip(runs.items(), answers, strict=True)}


def test_the_catalogue_has_every_lever_of_the_planning_note_and_every_preset():
    assert set(LEVERS) == {
        "sar", "disembarkation", "agency_access", "registration_surge", "screening", "reception", "rsd_staff",
        "procedure", "appeal_legal_aid", "detention_policy", "atd", "avrr", "forced_return", "reintegration",
        "resettlement", "integration", "regularisation", "pathways", "smuggling_enforcement", "information",
        "first_country", "drivers", "sharing", "funding", "preparedness", "taskforce", "data_quality", "law",
    }
    assert set(PRESETS) == {"comprehensive_plan_of_action", "crrf", "bali_declaration", "ten_point_plan"}


@pytest.mark.parametrize("name", sorted(LEVERS))
def test_each_lever_moves_what_it_says_the_way_it_says(tables, name):
    for key, way in LEVERS[name].moves.items():
        assert key in {indicator.key for indicator in INDICATORS}
        before, after = tables[""][key], tables[name][key]
        moved = (after - before) * (1.0 if way == "up" else -1.0)
        assert moved > NOTICED * max(abs(before), 1.0), f"{key}: {before} to {after}"


ACTS = sorted({(act.lever, act.indicator, act.direction) for row in trace(WORKSPACE) for act in row.acts})


@pytest.fixture(scope="module")
def without_law(inputs):
    """Indicators of the worst case where no law protects anybody, and then with the lever ``law``."""
    off = {name: parameter.model_copy(update={"value": 0.0, "dated": None, "by_country": None})
           for name, parameter in WORKSPACE.parameters.items() if name.startswith("law.")}
    given = {name: value for name, value in inputs.case.parameters.items() if name not in off}
    base = replace(inputs.workspace, parameters={**WORKSPACE.parameters, **off})
    lawless = replace(inputs, workspace=base, case=inputs.case.model_copy(update={"parameters": given}))
    runs = [resolve(lawless, ACTING_IN), resolve(lawless.with_levers(ACTING_IN, [use("law")], "one"), "one")]
    solver = choose_solver().solve
    return [indicator_table(to_dataset(run, answer)) for run, answer in zip(runs, solver(runs), strict=True)]


@pytest.mark.parametrize(("lever", "key", "direction"), ACTS)
def test_what_the_founding_document_asks_for_acts_as_its_row_says(tables, without_law, lever, key, direction):
    """The lever ``law`` acts where law is not in force: in the case it is."""
    before, after = (table[key] for table in (without_law if lever == "law" else (tables[""], tables[lever])))
    moved = (after - before) * (1.0 if direction == "higher" else -1.0)
    assert moved > NOTICED * max(abs(before), 1.0), f"{before} to {after}"


def test_every_lever_acts_in_some_row():
    assert {lever for lever, _, _ in ACTS} == set(LEVERS)


@pytest.mark.parametrize("name", ["information", "drivers"])
def test_effects_on_departures_are_none_without_a_source(inputs, name):
    same(resolve(inputs.with_levers(ACTING_IN, [LeverUse(lever=name)], "one"), "one"), resolve(inputs, ACTING_IN))


def test_places_of_pathways_without_a_cited_substitution_change_nobody_who_departs(inputs):
    runs = [resolve(inputs, ACTING_IN),
            resolve(inputs.with_levers(ACTING_IN, [LeverUse(lever="pathways")], "one"), "one")]
    assert runs[1].parameters["responses.substitution_share"].values.max() == 0.0
    solver = choose_solver().solve
    before, after = (indicator_table(to_dataset(run, answer)) for run, answer in zip(runs, solver(runs), strict=True))
    assert after == pytest.approx(before, nan_ok=True, rel=1e-12)


def test_enforcement_against_smuggling_carries_abandonment(inputs, tables):
    run = resolve(inputs.with_levers(ACTING_IN, [use("smuggling_enforcement")], "one"), "one")
    assert run.parameters["responses.enforcement_abandonment_share"].values.max() > 0.0
    assert tables["smuggling_enforcement"]["peak_stranded"] > 2.0 * tables[""]["peak_stranded"]
    assert LEVERS["smuggling_enforcement"].side_effects


def test_all_levers_at_intensity_zero_are_the_baseline_bit_for_bit(inputs):
    for scenario in inputs.scenarios:
        none = inputs.with_levers(scenario, [use(name, 0.0) for name in LEVERS], "none")
        same(resolve(none, "none"), resolve(inputs, scenario))
        assert none.own_costs("none") == inputs.own_costs(scenario)
        prices = [price_scenario(none, name) for name in ("none", scenario)]
        assert [line.name for line in prices[0].lines] == [line.name for line in prices[1].lines]
        assert prices[0].price.tobytes() == prices[1].price.tobytes()
    short = short_case(28)
    none = short.with_levers("most_likely", [use(name, 0.0) for name in LEVERS], "none")
    zero, base = choose_solver().solve([resolve(none, "none"), resolve(short)])
    assert zero.week_totals.tobytes() == base.week_totals.tobytes()
    assert zero.day_stocks.tobytes() == base.day_stocks.tobytes()


@settings(max_examples=10, deadline=None)
@given(st.permutations(sorted(LEVERS)), st.data())
def test_the_order_of_levers_does_not_matter_bit_for_bit(order, data):
    inputs = short_case(28)
    names = order[: data.draw(st.integers(2, len(order)))]
    shares = {name: data.draw(st.floats(0.05, 1.0)) for name in names}
    one, two = (resolve(inputs.with_levers("worst_case", [use(name, shares[name]) for name in some], "x"), "x")
                for some in (names, sorted(names)))
    same(one, two)
    assert one.digest == two.digest


def test_half_a_lever_does_half_of_each_change(inputs):
    base = resolve(inputs, ACTING_IN)
    whole, half = (
        resolve(inputs.with_levers(ACTING_IN, [use("resettlement", share)], "x"), "x") for share in (1.0, 0.5))
    name = "solutions.resettlement_places"
    last = [run.parameters[name].values[-1] for run in (base, half, whole)]
    np.testing.assert_allclose(last[1] - last[0], (last[2] - last[0]) / 2.0)
    costs = [inputs.with_levers(ACTING_IN, [use("sar", share)], "x").own_costs("x") for share in (1.0, 0.5)]
    for name, cost in costs[0].items():
        assert costs[1][name].price.value == pytest.approx(cost.price.value / 2.0)


def test_a_lever_starts_where_the_scenario_says_and_its_lead_time_later(inputs):
    start = inputs.case.start + timedelta(days=100)
    run = resolve(inputs.with_levers(ACTING_IN, [use("resettlement", start=start)], "x"), "x")
    base = resolve(inputs, ACTING_IN)
    name, lead = "solutions.resettlement_places", LEVERS["resettlement"].changes[0].lead_days
    assert lead > 0
    for day, changed in ((99.0, False), (100.0 + lead - 1, False), (100.0 + lead, True)):
        assert bool((run.parameters[name].at(day) != base.parameters[name].at(day)).any()) == changed, day


def test_a_preset_is_the_list_of_its_levers(inputs):
    for name, preset in PRESETS.items():
        together = inputs.with_levers(ACTING_IN, [LeverUse(preset=name)], "x")
        apart = inputs.with_levers(
            ACTING_IN, [LeverUse(lever=one.lever, intensity=one.intensity) for one in preset.levers], "x")
        same(resolve(together, "x"), resolve(apart, "x"))
        assert {cost.title for cost in together.own_costs("x").values()} == {
            cost.title for cost in apart.own_costs("x").values()}


@st.composite
def lever_sets(draw):
    """Random levers at random strengths and dates, the law always with them from the first day."""
    names = draw(st.lists(st.sampled_from(sorted(set(LEVERS) - {"law"})), min_size=1, max_size=8, unique=True))
    uses = []
    for name in names:
        fixed = any(change.parameter.startswith(("preparedness.", "staff.", "reception.tent_lead"))
                    for change in LEVERS[name].changes)
        start = None if fixed else draw(st.sampled_from((None, 5, 40)))
        uses.append(use(name, draw(st.floats(0.1, 1.0)), start=start))
    return [use("law"), *uses]


def keeps_the_law(levers, scenario, days=90):
    """Breaches of law are exactly zero under some levers; children taken for adults are counted."""
    inputs = short_case(days)
    inputs = replace(inputs, case=inputs.case.model_copy(update={"opening": inputs.case.opening}))
    run = resolve(inputs.with_levers(scenario, levers, "x"), "x")
    table = indicator_table(to_dataset(run, choose_solver().solve([run])[0]))
    for key in LAW_IS_KEPT:
        assert table[key] == 0.0, key
    assert table["children_assessed_adult_detained"] >= 0.0
    return run, table


@settings(max_examples=8, deadline=None)
@given(lever_sets())
def test_under_any_levers_with_the_law_in_force_its_breaches_are_identically_zero(levers):
    keeps_the_law(levers, "most_likely")


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(lever_sets())
def test_the_same_for_many_lever_sets_over_half_a_year(levers):
    keeps_the_law(levers, "worst_case", 200)


def test_children_taken_for_adults_are_counted_where_people_are_detained():
    detained = sorted(set(LEVERS) - {"law", "detention_policy", "atd"})[:3]
    _, table = keeps_the_law([use("law"), *(use(name) for name in detained)], "most_likely", 200)
    assert table["detention_days"] > 0.0
    assert table["children_assessed_adult_detained"] > 0.0


def test_breaches_of_law_are_all_breaches_but_those_at_sea():
    assert set(LAW_IS_KEPT) == {indicator.key for indicator in BREACHES} - {"refused_disembarkation", "turned_back"}
