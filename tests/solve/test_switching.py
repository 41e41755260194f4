"""Levers that switch themselves: when their marks say so, on both paths alike, and at rest where nothing passes one."""

import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "study"))

from short_case import short_case

from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve, resolve_switched
from mixedmig_model.inputs.resolving.run_inputs import Override, with_overrides
from mixedmig_model.present.report.sections.levers import lever_words
from mixedmig_model.record.levers import lever_rows
from mixedmig_model.record.schema.options import ChangeRow
from mixedmig_model.solve import switching
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import solve, solve_kernel
from mixedmig_model.solve.switching import SwitchError, quantity

REFERRED = {"quantity": "waiting_referral", "op": ">", "on_at": 70, "off_at": 65}
CROWDED = {"quantity": "reception_occupancy", "op": ">", "on_at": 0.9, "off_at": 0.8}
SCREENED = {"quantity": "waiting_screening", "op": ">", "on_at": 300, "off_at": 200}


def run_of(inputs, *uses):
    return resolve(inputs.with_levers("worst_case", [LeverUse(**use) for use in uses], "x"), "x")


@pytest.fixture(scope="module")
def inputs():
    return short_case(260)


@pytest.fixture(scope="module")
def solved(inputs):
    """A run whose lever switches to and fro, and its answer."""
    run = run_of(inputs, {"lever": "screening", "when": SCREENED, "start": 20, "until": 250},
                 {"lever": "rsd_staff", "when": REFERRED})
    return run, solve(run)


def days_on(values, condition, first, last):
    """When a lever is on by its marks, worked out apart from the package: pairs of days."""
    pairs, on = [], None
    for day in range(first, last):
        if on is None and values[day] > condition["on_at"]:
            on = day
        elif on is not None and values[day] < condition["off_at"]:
            pairs.append((on, day))
            on = None
    return tuple([*pairs, *([(on, None)] if on is not None else [])])


def test_each_lever_is_on_exactly_when_its_marks_say_so(solved):
    run, answer = solved
    told = dict(answer.switched.switched_on)
    assert set(told) == {"screening", "rsd_staff"}
    assert len(told["rsd_staff"]) > 1, "no lever switches twice: the test sees too little"
    assert told["screening"][0][1] is not None
    for switch, condition in zip(run.switches, (SCREENED, REFERRED), strict=True):
        values = quantity(switch, answer.switched, answer)
        assert told.get(switch.lever, ()) == days_on(values, condition, switch.first, switch.last)
    assert (run.switches[0].first, run.switches[0].last) == (20, 250)


def test_what_is_solved_is_the_run_with_levers_on_those_days(solved, inputs):
    run, answer = solved
    start = inputs.case.start
    ends = {switch.lever: switch.last for switch in run.switches}
    uses = [LeverUse(lever=name, start=start + timedelta(days=on),
                     until=start + timedelta(days=ends[name] if off is None else off))
            for name, pairs in answer.switched.switched_on for on, off in pairs]
    dated = resolve(inputs.with_levers("worst_case", uses, "y"), "y")
    for name, steps in dated.parameters.items():
        assert steps.starts == answer.switched.parameters[name].starts, name
        np.testing.assert_array_equal(steps.values, answer.switched.parameters[name].values, err_msg=name)
    assert solve(dated).week_totals.tobytes() == answer.week_totals.tobytes()
    assert run.digest != dated.digest


def test_a_mark_that_nothing_passes_leaves_the_run_as_it_is_bit_for_bit(inputs):
    never = run_of(inputs, {"lever": "reception", "when": {**CROWDED, "on_at": 1e6}})
    answer, base = solve(never), solve(resolve(inputs, "worst_case"))
    assert answer.switched.switched_on == ()
    assert answer.week_totals.tobytes() == base.week_totals.tobytes()


def test_a_lever_can_be_on_while_a_quantity_is_small(inputs):
    run = run_of(inputs, {"lever": "screening", "until": 100, "when": {
        "quantity": "in_reception", "op": "<", "on_at": 1e6, "off_at": 2e6}})
    assert solve(run).switched.switched_on == (("screening", ((0, None),)),)


@pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is here")
def test_both_paths_switch_on_the_same_days():
    inputs = short_case(28 * 26)
    run = run_of(inputs, {"lever": "rsd_staff", "when": {
        "quantity": "waiting_determination", "op": ">", "on_at": 600, "off_at": 400}})
    ours, theirs = solve_kernel(run), solve(run)
    assert ours.switched.switched_on == theirs.switched.switched_on != ()
    people = np.abs(theirs.day_stocks).max()
    assert np.abs(ours.day_stocks - theirs.day_stocks).max() < 0.005 * people


def test_a_lever_that_never_rests_is_told(inputs, monkeypatch):
    monkeypatch.setattr(switching, "MOST_SWITCHES", 0)
    text = "a lever of scenario x switches more than 0 times: increase the gap between on_at and off_at"
    with pytest.raises(SwitchError, match=text):
        solve(run_of(inputs, {"lever": "reception", "when": CROWDED}))


@pytest.mark.parametrize("name", ["waiting_appeal", "without_shelter", "in_reception", "in_detention", "adrift"])
def test_every_quantity_is_that_of_the_dataset(solved, name):
    run, answer = solved
    switch = replace(run.switches[1], countries=("harbourland",),
                     condition=run.switches[1].condition.model_copy(update={"quantity": name}))
    ds = to_dataset(run, answer)
    here = ds["daily_people"].sel(country="harbourland")
    wanted = {
        "waiting_appeal": lambda: here.sel(stage="appeal").sum("place"),
        "without_shelter": lambda: here.sel(place="unsheltered").sum("stage"),
        "in_reception": lambda: here.sel(place="reception").sum("stage"),
        "in_detention": lambda: here.sel(place="detention").sum("stage"),
        "adrift": lambda: ds["daily_adrift"],
    }[name]()
    np.testing.assert_allclose(quantity(switch, answer.switched, answer), wanted.values, atol=1e-9)


def test_a_changed_run_keeps_its_change_after_levers_switch(solved):
    run, _ = solved
    name = "determination.officers"
    doubled = with_overrides(run, [Override(name, factor=2.0)], "doubled")
    assert doubled.digest == "doubled"
    again = resolve_switched(doubled, {0: ((30, None),)})
    np.testing.assert_array_equal(again.parameters[name].values, 2.0 * run.parameters[name].values)
    assert (again.parameters["screening.officers"].at(200.0) > run.parameters["screening.officers"].at(200.0)).any()


def told(operation):
    """A change in words."""
    return ChangeRow(parameter="p", title="T", unit="u", before="1", operation=operation, where="everywhere",
                     when="from then", reason="R")


def test_a_report_says_when_a_lever_switches_and_when_it_did(inputs, solved):
    case = inputs.with_levers("worst_case", [LeverUse(lever="screening", when=SCREENED)], "x")
    rows = lever_rows(case, "x", lambda change: told("set to 1"),
                      {"screening": [(31, 59), (100, None)]})
    assert "on from the day with people in screening" in rows[0].when
    assert {change.when for change in rows[0].changes} == {"while it is on"}
    assert "on in this run from 1 Feb 2018 until 1 Mar 2018; from 11 Apr 2018 until the end" in lever_words(rows[0])
    assert lever_rows(case, "x", lambda _: told("x"), {})[0].switched == "never on in this run"
    assert json.loads(to_dataset(*solved).attrs["switched_on"])["rsd_staff"][0] == [0, 32]
