"""What a scenario, a lever or a value from outside makes of an input, beside its range: a caution, or a refusal."""

from dataclasses import replace

import pytest
from small_case import SHARES, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.inputs.workspace import read_workspace

OFFICERS = "determination.officers"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    root = tmp_path_factory.mktemp("ranges")
    write_small(root)
    return read_case(read_workspace(root), "small")


def changed(inputs, **change):
    made = Scenario(schema=1, case="small", title="N", description="D.", changes=(Change(reason="R", **change),))
    return resolve(replace(inputs, scenarios={**inputs.scenarios, "new": made}), "new")


def top(inputs, name):
    return inputs.workspace.parameters[name].range[1]


@pytest.mark.parametrize(("name", "operation"), [
    (OFFICERS, "set"), (OFFICERS, "add"), ("journey.voyage_time", "set"), ("registration.persons_per_desk_day", "set")])
def test_a_level_beyond_its_range_is_run_with_a_caution_that_names_it(small, name, operation):
    value = 2.0 * top(small, name)
    run = changed(small, parameter=name, **{operation: value})
    (caution,) = run.cautions
    assert f"{name} lies outside its range from 2019-01-01 in scenario new; found " in str(caution)
    assert str(caution).endswith(small.workspace.parameters[name].unit)
    assert cautions_of(small, run) == run.cautions


@pytest.mark.parametrize("name", [OFFICERS, "journey.voyage_time", "registration.persons_per_desk_day"])
def test_a_level_a_hundred_times_beyond_its_range_is_refused(small, name):
    text = rf"{name} lies more than 100 times beyond its range on 2019-01-11 in scenario new; found .*; allowed: .* to "
    with pytest.raises(InputFaultsError, match=text):
        changed(small, parameter=name, set=101.0 * top(small, name), start="2019-01-11")


def test_levels_within_the_range_need_no_word_and_draws_are_held(small):
    assert changed(small, parameter=OFFICERS, set=top(small, OFFICERS)).cautions == ()
    assert changed(small, parameter=OFFICERS, scale=1.0).cautions == ()
    drawn = resolve(small, values={OFFICERS: 300.0 * top(small, OFFICERS)}, held=True)
    assert drawn.cautions == ()


def test_a_value_from_a_program_is_held_against_the_same_range(small):
    run = resolve(small, values={OFFICERS: 1.5 * top(small, OFFICERS)})
    (caution,) = run.cautions
    text = f"values for case small: {OFFICERS}: {OFFICERS} lies outside its range from 2019-01-01 in scenario base; "
    assert str(caution).startswith(text)
    with pytest.raises(InputFaultsError, match=r"values for case small: .* more than 100 times beyond its range"):
        resolve(small, values={OFFICERS: 1e9})


def test_a_level_below_its_range_is_told_too(small):
    low = small.workspace.parameters["journey.voyage_time"].range[0]
    (caution,) = changed(small, parameter="journey.voyage_time", set=0.5 * low).cautions
    assert f"found {0.5 * low:g}; range: {low:g} to " in str(caution)


def test_the_range_is_the_cases_own_where_it_gives_one(tmp_path):
    wide = f"{OFFICERS}: {{value: 10, range: [0, 90000], source: assumption, quality: assumption}}"
    change = f"changes:\n  - {{parameter: {OFFICERS}, set: 80000, reason: R}}\n"
    write_small(tmp_path, more=f"parameters:\n  {SHARES}\n  {wide}\n", other=change)
    assert resolve(read_case(read_workspace(tmp_path), "small"), "other").cautions == ()


def test_check_names_file_and_line_of_the_change(tmp_path):
    write_small(tmp_path, other=f"changes:\n  - {{parameter: {OFFICERS}, add: 90000, reason: R}}\n")
    (caution,) = check_workspace(tmp_path).cases["small"].cautions
    place = "parameters/cases/small/scenarios/other.yaml:6: changes.0.add: "
    text = f"{place}{OFFICERS} lies outside its range from 2019-01-01 in scenario other; found "
    assert str(caution).startswith(text)
    write_small(tmp_path, other=f"changes:\n  - {{parameter: {OFFICERS}, set: 1.0e+9, reason: R}}\n")
    with pytest.raises(InputFaultsError, match=r"other.yaml:6: changes.0.set: .* more than 100 times beyond its range"):
        check_workspace(tmp_path)


def test_shipped_cases_have_no_fault_and_few_inputs_beyond_their_range(root):
    checked = check_workspace(root)
    beyond = [one for one in checked.all_cautions if "lies outside its range" in one.text]
    assert {one.path for one in beyond} <= {"changes.1.set"}
    assert len(beyond) == 2


SCREENERS = "screening.officers"
WHEN = {"quantity": "waiting_screening", "on_at": 100.0, "off_at": 50.0}


def switching(inputs, *names, **operation):
    """A case whose baseline has levers that switch themselves, screening or the same under other names.

    Args: operation, what each does to officers.
    """
    lever = inputs.workspace.levers["screening"]
    made = tuple(
        one.model_copy(update={"set": None, "scale": None, "add": None, **operation})
        if one.parameter == SCREENERS else one for one in lever.changes)
    chosen = dict.fromkeys(names or ("screening",), lever.model_copy(update={"changes": made} if operation else {}))
    workspace = replace(inputs.workspace, levers={**inputs.workspace.levers, **chosen})
    uses, base = [LeverUse(lever=name, when=WHEN) for name in chosen], inputs.case.baseline
    return replace(inputs, workspace=workspace).with_levers(base, uses, base)


@pytest.mark.parametrize(("operation", "value"), [("set", 9000.0), ("add", 9000.0), ("scale", 5000.0)])
def test_a_lever_that_switches_itself_is_held_against_the_range_before_anything_is_solved(inputs, operation, value):
    run = resolve(switching(inputs, **{operation: value}))
    texts = [one.text for one in run.cautions]
    start = inputs.case.start
    assert texts == [f"{SCREENERS} lies outside its range from {start} in scenario {inputs.case.baseline}"]
    assert resolve(switching(inputs)).cautions == ()
    drawn = resolve(switching(inputs, **{operation: value}), held=True)
    assert drawn.cautions == ()


def test_a_lever_that_switches_itself_far_beyond_the_range_is_refused_before_anything_is_solved(inputs):
    with pytest.raises(InputFaultsError, match=f"{SCREENERS} lies more than 100 times beyond its range"):
        resolve(switching(inputs, set=1e9))


def test_levers_that_are_beyond_the_range_only_together_are_told_and_refuse_nothing(inputs):
    assert resolve(switching(inputs, add=3000.0)).cautions == ()
    (caution,) = resolve(switching(inputs, "one", "two", add=3000.0)).cautions
    assert caution.text.startswith(f"{SCREENERS} lies outside its range")
    assert len(resolve(switching(inputs, "one", "two", add=300_000.0)).cautions) == 1
    with pytest.raises(InputFaultsError, match="more than 100 times beyond its range"):
        resolve(switching(inputs, "one", "two", add=600_000.0))
