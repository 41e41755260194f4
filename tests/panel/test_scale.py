"""Positions of sliders: the case is one of them, and a step changes a capacity or rate by at most 15 %."""

import re
from itertools import pairwise

import numpy as np
import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.present.panel.ahead import moved, near_states, position_of
from mixedmig_model.present.panel.hello import case_events
from mixedmig_model.present.panel.scale import LESS, MORE, absolute, multiples, switch
from mixedmig_model.present.panel.sliders import idle_sliders, slider_message, slider_names, sliders, use_messages
from mixedmig_model.present.panel.state import PanelState

CASES = ("aegean_2014_2016", "afghan_returns_2016", "andaman_sea_2015", "comprehensive_plan_of_action_1989_1996",
         "coxs_bazar_2017", "generic_surge", "japan_2011", "libya_2011_evacuation", "pacific_climate_mobility",
         "uk_asylum_2010_2022")
MOST = 1.15 + 1e-9


@pytest.fixture(scope="module", params=CASES)
def case(request, workspace):
    inputs = read_case(workspace, request.param)
    return inputs, sliders(inputs)


def test_the_case_is_a_position_of_every_slider_and_a_step_is_small(case):
    _, found = case
    assert len(found) >= 40
    for one in found:
        scale = one.scale
        assert scale.positions[scale.case].value is None, one.name
        assert sum(position.value is None for position in scale.positions) == 1, one.name
        values = [position.value for position in scale.positions if position.value is not None]
        assert values == sorted(set(values)), one.name
        assert values, one.name
        if one.name.startswith("law."):
            assert one.kind == "switch"
        elif one.need.unit == "share":
            assert one.kind == "absolute"
        elif one.need.rule != "whole" and scale.case != 0:  # a capacity, a rate or a time that the case has
            assert one.kind == "multiple", one.name
        if one.kind == "multiple":
            times = [1.0 if position.value is None else position.value for position in scale.positions]
            assert times == sorted(times), one.name
            steps = [after / before for before, after in pairwise(times) if before > 0.0]
            assert max(steps) <= MOST, one.name
            factor = conversion_factor(one.parameter.unit, one.need.unit)
            assert factor > 0.0
            assert any(level > 0.0 for levels in one.by_country.values() for level in levels) or not one.by_country
            assert all(one.case_value is None for one in found if one.kind == "multiple")


def test_a_step_of_each_slider_changes_each_number_of_a_run_by_at_most_fifteen_per_cent(case):
    """Of capacities, rates and times the levels of the run itself are compared, in each place and on each day."""
    inputs, found = case
    base = PanelState.of(inputs.case.baseline, inputs.scenario(inputs.case.baseline))
    idle, seen = idle_sliders(inputs, inputs.case.baseline, found), 0
    for one in found:
        if one.kind != "multiple" or one.name in idle:
            continue
        near = [one.scale.positions[k].value for k in (one.scale.case - 1, one.scale.case + 1)
                if 0 <= k < len(one.scale.positions)]
        before = base.run(inputs).parameters[one.name].values
        for value in near:
            after = moved(base, one, value).run(inputs).parameters[one.name].values
            assert after.shape == before.shape, one.name
            some = before > 0.0
            assert some.any(), one.name
            assert (after[~some] == 0.0).all(), one.name
            assert (after[some] != before[some]).any(), one.name
            assert np.maximum(after[some] / before[some], before[some] / after[some]).max() <= MOST, one.name
            seen += 1
    assert seen > 10


def test_what_a_panel_is_drawn_from_has_its_units_in_words(case):
    """No unit stands as a file has it: ``1/year`` is said per person and year."""
    inputs, found = case
    said = [slider_message(inputs, one, None, "", None) for one in found]
    texts = [text for message in said for text in (message["unit_words"], message["range_text"], message["case_text"],
                                                   *(one["text"] for one in message["positions"]))]
    texts += [one["text"] for one in case_events(inputs)]
    assert [text for text in texts if re.search(r"\b1s?/|/|_", text)] == []
    assert any(message["unit_words"] == "per person and year" for message in said)


def test_every_position_of_every_slider_is_a_scenario_that_the_equations_take(case):
    """The ends of each scale; shares that exclude one another may be refused, and say so."""
    inputs, found = case
    base = PanelState.of(inputs.case.baseline, inputs.scenario(inputs.case.baseline))
    idle = idle_sliders(inputs, inputs.case.baseline, found)
    for one in found:
        if one.name in idle:
            continue
        digests = {base.run(inputs).digest}
        for position in (one.scale.positions[0], one.scale.positions[-1]):
            if position.value is not None:
                digests.add(moved(base, one, position.value).run(inputs).digest)
        assert len(digests) >= 2, f"{one.name} changes no input, and is not grey"


def test_steps_of_multiples_are_at_most_fifteen_per_cent_and_the_case_is_in_the_middle():
    scale = multiples(CATALOGUE["screening.officers"], [3.0, 5.0])
    assert len(LESS) == len(MORE)
    assert scale.case == len(LESS)
    assert len(scale.positions) == 2 * len(LESS) + 1
    assert {0.25, 1.1, 4.0} <= {one.value for one in scale.positions}
    assert scale.positions[0].text == "none"


def test_multiples_stay_within_what_the_equations_allow():
    need = CATALOGUE["detention.pre_removal_rate"]
    scale = multiples(need, [1.0])
    assert max(one.value or 0.0 for one in scale.positions) == 2.0
    assert scale.positions[scale.case].value is None


def test_a_share_has_the_case_between_its_neighbours():
    need = CATALOGUE["journey.refused_share"]
    scale = absolute(need, 1.0, 0.0, 1.0, [0.33])
    values = [one.value for one in scale.positions]
    assert values[0] == 0.0
    assert values[-1] == 1.0
    assert values[scale.case - 1] < 0.33 < values[scale.case + 1]
    assert "33 %" in scale.positions[scale.case].text
    differing = absolute(need, 1.0, 0.0, 1.0, [0.0, 0.5])
    assert "0 % to 50 %" in differing.positions[differing.case].text


def test_a_number_of_days_is_whole():
    need = CATALOGUE["detention.time_limit"]
    scale = absolute(need, 1.0, 1.0, 545.0, [180.0])
    assert all(one.value is None or one.value == int(one.value) for one in scale.positions)


def test_a_switch_is_off_or_on_and_the_case_is_one_of_the_two():
    assert [one.value for one in switch([1.0]).positions] == [0.0, None]
    assert [one.value for one in switch([0.0]).positions] == [None, 1.0]
    assert [one.value for one in switch([0.0, 1.0]).positions] == [0.0, None, 1.0]


def test_countries_without_any_have_a_scale_of_their_own(workspace):
    inputs = read_case(workspace, "andaman_sea_2015")
    found = {one.name: one for one in sliders(inputs)}
    one = found["determination.officers"]
    assert one.kind == "multiple"
    assert one.fallback is not None
    message = slider_message(inputs, one, 1, "", None)
    assert message["by_country"]["myanmar"]["zero"]
    assert not message["by_country"]["malaysia"]["zero"]
    assert message["absolute"]["positions"][-1]["value"] > 0.0
    assert "journey.disembarkation_share" not in found


def test_a_land_case_has_no_sliders_of_the_sea(workspace):
    by_sea, by_land = read_case(workspace, "andaman_sea_2015"), read_case(workspace, "afghan_returns_2016")
    assert (by_sea.case.route, by_land.case.route) == ("sea", "land")
    assert "journey.refused_share" in set(slider_names(by_sea))
    names = set(slider_names(by_land))
    assert "journey.refused_share" not in names
    assert "registration.officers" in names


def test_a_slider_that_a_scenario_overrides_names_its_line(workspace):
    inputs = read_case(workspace, "andaman_sea_2015")
    found = idle_sliders(inputs, "predictable_disembarkation_and_screening", sliders(inputs))
    place = found["detention.detained_share"]["place"]
    file, line = place.rsplit(":", 1)
    text = (workspace.root / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert text.strip() == "set: 0"
    assert "screening.officers" not in found  # it adds there, and can still be multiplied
    assert idle_sliders(inputs, "as_it_happened", sliders(inputs)) == {}


def test_near_states_are_the_other_positions_the_nearest_first(workspace):
    inputs = read_case(workspace, "andaman_sea_2015")
    one = next(one for one in sliders(inputs) if one.name == "screening.officers")
    state = PanelState.of("as_it_happened", inputs.scenario("as_it_happened"))
    near = list(near_states(moved(state, one, 2.0), one))
    assert len(near) == len(one.scale.positions) - 1
    assert {near[0].changes[0]["scale"], near[1].changes[0]["scale"]} == {1.8, 2.25}
    assert moved(moved(state, one, 2.0), one, None) == state


def test_levers_and_presets_say_what_is_known_of_them(workspace):
    inputs = read_case(workspace, "andaman_sea_2015")
    uses = use_messages(inputs, {})
    assert {one["name"] for one in uses["levers"]} == set(workspace.levers)
    assert {one["name"] for one in uses["presets"]} == set(workspace.presets)
    assert all(one["evidence"] and one["source"] for one in uses["levers"])
    assert all(one["members"] for one in uses["presets"])


def test_of_two_positions_as_near_the_one_to_which_a_slider_moves_is_solved_first(workspace):
    inputs = read_case(workspace, "andaman_sea_2015")
    one = next(one for one in sliders(inputs) if one.name == "screening.officers")
    state = moved(PanelState.of("as_it_happened", inputs.scenario("as_it_happened")), one, 2.0)
    here = position_of(state, one)
    assert one.scale.positions[here].value == 2.0
    rising = [position_of(near, one) for near in near_states(state, one, here - 3)]
    falling = [position_of(near, one) for near in near_states(state, one, here + 1)]
    assert (rising[:2], falling[:2]) == ([here + 1, here - 1], [here - 1, here + 1])
    assert sorted(rising) == sorted(falling)
