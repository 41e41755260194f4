"""Rights hold under any levers where authorities are harsh; the order of levers changes no person and no cost."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from levers_case import CITED, LEVERS, cited, surge_case, under

from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION, CATALOGUE
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve
from mixedmig_model.study.run import run_one

HARSH = {
    "detention__detained_share": 0.6, "detention__pre_removal_rate": 0.03, "detention__places": 900.0,
    "detention__time_limit": 21.0, "return__summary_rate": 0.02, "registration__wrongly_assessed_adult_share": 0.12,
    "law__child_exemption": 0.0, "law__individual_decision": 0.0, "law__detention_limit": 0.0,
    "law__suspensive_appeal": 0.0, "law__services_irrespective_of_status": 0.0,
}
"""Authorities that detain most, for long, and return people before anybody has heard them, unless law forbids it."""
RIGHTS = (
    "identified_children_detained", "enforced_without_decision", "enforced_pending_appeal",
    "children_returned_unheard", "detention_over_limit", "services_tied_to_status",
)
FEW = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY = settings(FEW, max_examples=150)


@pytest.fixture(scope="module")
def surge():
    return surge_case()


def test_the_order_of_levers_changes_no_person_and_no_cost_to_the_bit(surge):
    uses = [LeverUse(lever=name, intensity=0.6) for name in LEVERS]
    mixed = list(uses)
    random.Random(11).shuffle(mixed)
    found = []
    for order in (uses, mixed):
        run = under(surge, *order)
        answer = solve(run)
        priced = cost_run(to_dataset(run, answer), price_scenario(surge.with_levers("most_likely", order, "x"), "x"))
        found.append((answer.week_totals.tobytes(), priced.total))
    assert found[0] == found[1]
    assert found[0][0] != solve(under(surge)).week_totals.tobytes()


def test_effects_on_departures_are_tested_with_a_value_that_cites_a_source(surge):
    effects = {effect.parameter for lever in surge.workspace.levers.values() for effect in lever.effects}
    assert effects == set(CITED)
    for _, source in CITED.values():
        assert source in surge.workspace.sources
        assert source != ASSUMPTION


UNDATED = {
    name for name, lever in LEVERS.items()
    if any(CATALOGUE[change.parameter].rule == "constant" for change in lever.changes)
}
"""Levers that change inputs which hold for the whole run."""


@st.composite
def lever_sets(draw):
    """Random levers at random intensities from random days on, and the law in force from the first day."""
    uses = [LeverUse(lever="law")]
    for name in draw(st.lists(st.sampled_from([n for n in LEVERS if n != "law"]), min_size=1, unique=True)):
        start = None if name in UNDATED else draw(st.one_of(st.none(), st.integers(1, 100)))
        until = None if name in UNDATED or start is None else draw(st.one_of(st.none(), st.integers(start + 1, 122)))
        intensity = draw(st.one_of(st.just(1.0), st.floats(0.01, 1.0)))
        uses.append(LeverUse(lever=name, intensity=round(intensity, 3), start=start, until=until))
    return draw(st.permutations(uses))


def check_rights(inputs, uses):
    """The switches of law on, nobody's rights give way; children taken for adults are in the count."""
    run = under(inputs, *(use.model_copy(update={"effects": cited(inputs, use.lever)}) for use in uses), **HARSH)
    answer = solve(run)
    ds = to_dataset(run, answer)
    table = indicator_table(ds)
    for key in RIGHTS:
        assert table[key] == 0.0, (key, uses)
    children = [index for index, group in enumerate(run.groups.values()) if "child" in group.flags]
    entered = float(ds["daily_detention_entered"].values[:, children].sum())
    assert table["children_assessed_adult_detained"] == pytest.approx(entered, rel=1e-12)
    assert entered > 0.0, uses


@FEW
@given(lever_sets())
def test_with_the_law_on_no_set_of_levers_breaches_rights_and_children_taken_for_adults_are_counted(uses):
    check_rights(surge_case(), uses)


@pytest.mark.slow
@MANY
@given(lever_sets())
def test_with_the_law_on_no_set_of_levers_breaches_rights_many_times(uses):
    check_rights(surge_case(), uses)


def test_without_the_law_the_same_authorities_breach_all_of_it(surge):
    """So that the zeros above mean something."""
    table = indicator_table(run_one(under(surge, **HARSH)))
    for key in RIGHTS:
        assert table[key] > 1.0, key
    half = indicator_table(run_one(under(surge, LeverUse(lever="law", intensity=0.5), **HARSH)))
    assert np.all([half[key] > 0.0 for key in RIGHTS])  # half a law is no law, and is seen
