"""From a case and a scenario to numbers: dates, ramps, the arithmetic of changes, and the digest."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest
from faulty_workspace import CASE, NAME, SCENARIO, exactly, read_all, swap

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import case_parameters, resolve
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.inputs.schema import Change, LocalValue, Scenario
from mixedmig_model.inputs.workspace import read_workspace

OFFICERS, SAFETY, UPTAKE = "screening.officers", "journey.time_to_place_of_safety", "return.assisted_uptake_rate"
MONTH = 365.2425 / 12


def with_changes(inputs, *changes):
    """The case with a scenario ``new`` of these changes."""
    made = tuple(Change(reason="a test", **change) for change in changes)
    scenario = Scenario(schema=1, case=NAME, title="New", description="New.", changes=made)
    return replace(inputs, scenarios={**inputs.scenarios, "new": scenario})


def with_value(inputs, name, **value):
    """The case with another value of its own."""
    local = LocalValue(source="assumption", quality="assumption", **value)
    case = inputs.case.model_copy(update={"parameters": {**inputs.case.parameters, name: local}})
    return replace(inputs, case=case)


def changed(inputs, name, *changes):
    """The steps of one parameter after these changes."""
    return resolve(with_changes(inputs, *changes), "new").parameters[name]


def day(inputs, number):
    """The date of a day of the run."""
    return inputs.case.start + timedelta(days=number)


def test_dates_become_steps_and_the_first_level_holds_before_its_date(inputs):
    dated = {day(inputs, 20): 9.0, day(inputs, 10): 4.0, day(inputs, 30): 9.0}
    steps = resolve(with_value(inputs, SAFETY, dated=dated)).parameters[SAFETY]
    assert steps.starts == (0.0, 20.0)  # the first level holds from the opening; the last date changes nothing
    assert steps.values.ravel().tolist() == [4.0, 9.0]
    assert [float(steps.at(number)[0]) for number in (0, 19.999, 20, 500)] == [4.0, 4.0, 9.0, 9.0]


def test_values_by_country_by_need_and_by_group_keep_the_order_of_their_labels(inputs):
    run = resolve(inputs)
    given = inputs.case.parameters["journey.disembarkation_share"].by_country
    assert run.parameters["journey.disembarkation_share"].values[0].tolist() == [given[name] for name in run.countries]
    needs = inputs.workspace.parameters["counselling.claim_share"].by_need
    expected = [needs[group.need] for group in run.groups.values()]
    assert run.parameters["counselling.claim_share"].values[0].tolist() == expected


def test_a_unit_of_the_case_converts_and_its_changes_are_in_the_unit_of_the_base_file(inputs):
    weekly = with_value(inputs, "journey.voyage_time", value=2, unit="week")
    assert resolve(weekly).parameters["journey.voyage_time"].values.tolist() == [[14.0] * 5]
    steps = changed(weekly, "journey.voyage_time", {"parameter": "journey.voyage_time", "add": 1})
    assert steps.values.tolist() == [[15.0] * 5]


def test_a_value_in_another_unit_is_held_to_the_range_of_the_base_file_in_that_unit(folder):
    swap(CASE, "    value: 30\n", "    value: 1\n    unit: month\n")(folder)  # the base range is 2 to 60 days
    read_all(folder.parent)
    swap(CASE, "    value: 1\n    unit: month\n", "    value: 3\n    unit: month\n")(folder)
    with pytest.raises(InputFaultsError, match=r"found 3; allowed: 0\.0657\d* to 1\.97\d* month\Z"):
        read_all(folder.parent)


def test_a_ramp_gives_the_mean_of_each_of_its_days(inputs):
    base = resolve(inputs).parameters[OFFICERS].at(0)
    steps = changed(inputs, OFFICERS, {"parameter": OFFICERS, "add": 8, "start": day(inputs, 100), "ramp_days": 4})
    assert steps.starts == (0.0, 100.0, 101.0, 102.0, 103.0, 104.0)
    assert np.allclose(steps.values - base, np.array([0, 1, 3, 5, 7, 8])[:, None], rtol=0, atol=1e-12)
    ramp = np.mean([steps.at(number) - base for number in range(100, 104)])
    assert ramp == pytest.approx(8 / 2)  # the mean of a straight line from nothing to all


def test_a_change_ends_where_it_says_and_leaves_other_countries_alone(inputs):
    base = resolve(inputs).parameters[OFFICERS].at(0)
    change = {"parameter": OFFICERS, "scale": 3, "start": day(inputs, 10), "until": day(inputs, 20),
              "countries": ("malaysia",)}
    steps = changed(inputs, OFFICERS, change)
    index = list(inputs.case.countries).index("malaysia")
    expected = base.copy()
    expected[index] *= 3
    assert steps.starts == (0.0, 10.0, 20.0)
    assert np.array_equal(steps.values, [base, expected, base])


def test_set_comes_before_scale_and_scale_before_add(inputs):
    changes = ({"add": 0.1}, {"scale": 2}, {"scale": 1.5}, {"set": 0.5})
    steps = changed(inputs, UPTAKE, *({"parameter": UPTAKE, **change} for change in changes))
    assert np.allclose(steps.values, (0.5 * 2 * 1.5 + 0.1) / MONTH, rtol=1e-14)


def test_the_order_of_changes_in_the_file_does_not_matter(inputs):
    changes = ({"parameter": OFFICERS, "add": 0.1}, {"parameter": OFFICERS, "add": 0.7, "ramp_days": 3},
               {"parameter": OFFICERS, "scale": 1.3}, {"parameter": OFFICERS, "set": 0.3, "countries": ("thailand",)})
    digests = {resolve(with_changes(inputs, *order), "new").digest for order in permutations(changes)}
    assert len(digests) == 1


@pytest.mark.parametrize("change", [
    {"parameter": OFFICERS, "scale": 1},
    {"parameter": OFFICERS, "add": 0, "ramp_days": 30},
    {"parameter": OFFICERS, "scale": 1, "ramp_days": 7, "countries": ("malaysia",)},
    {"parameter": "journey.mortality", "set": None},
    {"parameter": SAFETY, "add": 0},
    {"parameter": "registration.minimum_time", "set": None, "ramp_days": 9},
], ids=str)
def test_a_change_to_the_same_value_leaves_no_jump_and_the_same_digest(inputs, change):
    change = {**change, "start": day(inputs, 77)}
    if "set" in change:
        change["set"] = inputs.workspace.parameters[change["parameter"]].value
    before, after = resolve(inputs), resolve(with_changes(inputs, change), "new")
    assert after.jumps == before.jumps
    assert after.digest == before.digest


def test_the_digest_follows_the_numbers_and_not_the_names(inputs):
    run = resolve(inputs)
    assert resolve(inputs, label="another name").digest == run.digest
    assert resolve(with_changes(inputs, {"parameter": OFFICERS, "add": 1e-9}), "new").digest != run.digest
    assert resolve(inputs, values={"journey.mortality": 0.0093}).digest != run.digest


def test_a_value_given_replaces_the_parameter_before_the_changes(inputs):
    run = resolve(with_changes(inputs, {"parameter": SAFETY, "scale": 2}), "new", values={SAFETY: 3.0})
    assert run.parameters[SAFETY].values.tolist() == [[6.0]]


def test_departures_are_spread_evenly_and_none_is_lost(inputs):
    run = resolve(inputs)
    ends = [*run.departures.starts[1:], run.days]
    total = sum(row.sum() * (end - start)
                for row, start, end in zip(run.departures.values, run.departures.starts, ends, strict=True))
    assert total == pytest.approx(sum(row.persons for row in inputs.departures), rel=1e-12)


def test_a_step_function_holds_its_first_value_before_its_start():
    steps = Steps((5.0, 7.0), np.array([[1.0], [2.0]]))
    days = (0.0, 5.0, 6.9, 7.0, 99.0)
    assert [float(steps.at(number)[0]) for number in days] == [1.0, 1.0, 1.0, 2.0, 2.0]
    assert steps.by_day(np.array(days))[:, 0].tolist() == [1.0, 1.0, 1.0, 2.0, 2.0]
    still = Steps((0.0,), np.array([[3.0, 4.0]]))
    assert still.by_day(np.array(days)).tolist() == [[3.0, 4.0]]
    assert still.at(9.0).tolist() == [3.0, 4.0]


@pytest.mark.parametrize(("values", "message"), [
    ({"journey.mortalty": 0.01}, "values for case andaman_sea_2015: journey.mortalty: unknown parameter; "
     "found 'journey.mortalty'; allowed: a parameter's name; did you mean 'journey.mortality'?"),
    ({"journey.mortality": 2.0}, "values for case andaman_sea_2015: journey.mortality: journey.mortality leaves its "
     "bounds on 2015-01-01 in scenario as_it_happened; found 2; allowed: 0 to 1 share"),
    ({"journey.mortality": float("nan")}, "values for case andaman_sea_2015: journey.mortality: journey.mortality "
     "leaves its bounds on 2015-01-01 in scenario as_it_happened; found nan; allowed: 0 to 1 share"),
    ({"journey.disembarkation_share": 0.5}, "values for case andaman_sea_2015: journey.disembarkation_share: "
     "the countries' shares of journey.disembarkation_share do not sum to one in scenario as_it_happened; "
     "found 2.5; allowed: 1"),
])
def test_a_wrong_value_given_by_a_program_is_refused(inputs, values, message):
    with pytest.raises(InputFaultsError, match=exactly(message)):
        resolve(inputs, values=values)


def test_changes_that_end_in_infinity_are_refused(inputs):
    huge = {"parameter": SAFETY, "scale": 1e299}
    with pytest.raises(InputFaultsError, match=rf"{SAFETY} leaves its bounds on 2015-01-01 in scenario new; found inf"):
        changed(inputs, SAFETY, huge, huge)


def test_a_case_of_its_own_groups_must_give_their_values(folder):
    path = folder / CASE
    text = path.read_text()
    start, end = text.index("groups:\n"), text.index("# Nobody: the run holds")  # with weights of landing, by group
    text = text[:start] + "groups: {solo: {title: Solo, need: none}}\ndepartures: arrivals.csv\n" + text[end:]
    start, end = text.index("  arrivals.composition:"), text.index("  # At sea")
    path.write_text(text[:start] + text[end:])
    expected = (f"parameters/{CASE}:…: parameters.arrivals.composition: the base value, which the case does not "
                "replace, has no value for solo; allowed: values of the case's own, a value for each of solo")
    with pytest.raises(InputFaultsError, match=exactly(expected)):
        read_all(folder.parent)


@pytest.mark.parametrize(("first", "second", "clash"), [
    ("until: 2015-06-01", "start: 2015-06-01", False),
    ("until: 2015-06-02", "start: 2015-06-01", True),
    ("countries: [thailand]", "countries: [malaysia]", False),
    ("countries: [thailand, malaysia]", "countries: [malaysia]", True),
    ("countries: [thailand]", "start: 2015-06-01", True),
])
def test_two_changes_may_set_one_parameter_only_apart_in_time_or_place(folder, first, second, clash):
    head = (folder / SCENARIO).read_text().split("changes:")[0]
    both = [f"  - {{parameter: {OFFICERS}, set: {n}, reason: R, {more}}}\n" for n, more in enumerate((first, second))]
    (folder / SCENARIO).write_text(head + "changes:\n" + "".join(both))
    workspace = read_workspace(folder.parent)
    if clash:
        with pytest.raises(InputFaultsError, match=r"changes\.1: the parameter is already set at this time by "):
            read_case(workspace, NAME)
    else:
        assert read_case(workspace, NAME).scenario("disembark_within_two_days").changes[1].set == 1


def test_dates_of_a_run_are_days_from_its_start(inputs):
    run = resolve(inputs)
    assert run.start == inputs.case.start == date(2015, 1, 1)
    assert run.days == inputs.days == (inputs.case.end - inputs.case.start).days
    assert all(0 < jump < run.days for jump in run.jumps)


def test_effects_of_policy_on_departures_cannot_be_given_without_a_source(inputs):
    assert resolve(inputs, values={"responses.deterrence_elasticity": 0.0}).digest == resolve(inputs).digest
    text = (r"responses.information_effect: an effect of policy on departures needs a source; found -0.04; "
            r"allowed: zero, or a value with a source in sources.yaml that is not an assumption")
    with pytest.raises(InputFaultsError, match=text):
        resolve(inputs, values={"responses.information_effect": -0.04})


def test_a_cited_effect_of_policy_on_departures_is_taken(inputs):
    change = {"parameter": "responses.deterrence_elasticity", "set": -0.1, "source": "S67"}
    assert changed(inputs, "responses.deterrence_elasticity", change).values.min() == -0.1


def test_a_limit_of_detention_changes_in_whole_days(inputs):
    text = (r"the limit of detention is not a whole number of days on 2015-01-01 in scenario new; found 90.9; "
            r"allowed: whole days, without a ramp")
    with pytest.raises(InputFaultsError, match=text):
        changed(inputs, "detention.time_limit", {"parameter": "detention.time_limit", "scale": 0.505})



def test_parameters_that_are_known_already_make_the_same_run(workspace):
    for name in workspace.cases:
        inputs = read_case(workspace, name)
        given = case_parameters(inputs)
        assert len(given) > 100
        for scenario in inputs.scenarios:
            plain, known = resolve(inputs, scenario), resolve(inputs, scenario, given=given)
            assert (known.digest, known.cautions, list(known.parameters)) == (
                plain.digest, plain.cautions, list(plain.parameters)), scenario
            assert any(known.parameters[key] is given[key] for key in given)


def test_parameters_that_are_known_already_hide_no_fault_and_no_value(inputs):
    given = case_parameters(inputs)
    wrong = with_changes(inputs, {"parameter": OFFICERS, "scale": 1e9})
    with pytest.raises(InputFaultsError) as plain:
        resolve(wrong, "new")
    with pytest.raises(InputFaultsError) as known:
        resolve(wrong, "new", given=given)
    assert str(known.value) == str(plain.value)
    assert resolve(inputs, values={OFFICERS: 3.0}, given=given).digest == resolve(inputs, values={OFFICERS: 3.0}).digest
    assert resolve(inputs, held=True, given=given).digest == resolve(inputs, held=True).digest
