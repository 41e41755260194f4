"""A state of the panel, its YAML, the command line and a netCDF file have one digest; all cases, random states."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import xarray as xr
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from panel.small import small_workspace
from typer.testing import CliRunner

import mixedmig_model as mm
from mixedmig_model.cli.main import app as command
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.cases.proposed import scenario_record, with_scenario, with_text
from mixedmig_model.inputs.cases.written import scenario_text
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.messages import Copy, Save
from mixedmig_model.present.panel.session import Session
from mixedmig_model.present.panel.sliders import sliders, use_messages
from mixedmig_model.present.panel.state import PROPOSED, PanelState

CASES = ("aegean_2014_2016", "afghan_returns_2016", "andaman_sea_2015", "comprehensive_plan_of_action_1989_1996",
         "coxs_bazar_2017", "generic_surge", "japan_2011", "libya_2011_evacuation", "pacific_climate_mobility",
         "uk_asylum_2010_2022")
CHANGES, USES = 4, 2
FEW, MANY = 2, 36
"""States of each case that are taken through all files: each time the tests run, and by hand."""


@pytest.fixture(scope="module")
def cases(workspace):
    made = {}
    for name in CASES:
        inputs = read_case(workspace, name)
        made[name] = inputs, sliders(inputs)
    return made


@st.composite
def states(draw, inputs, found):
    """A state that a person could make: some sliders moved, somewhere, from some day on."""
    name = draw(st.sampled_from(sorted(inputs.scenarios)))
    state = PanelState.of(name, inputs.scenario(name))
    taken = {one["parameter"] for one in state.changes}
    free = [one for one in found if one.name not in taken]
    changes = []
    for slider in draw(st.lists(st.sampled_from(free), max_size=CHANGES, unique_by=lambda one: one.name)):
        values = [one.value for one in slider.scale.positions if one.value is not None]
        change = slider.change(draw(st.sampled_from(values)))
        if slider.need.rule != "constant" and draw(st.booleans()):
            day = inputs.case.start + timedelta(days=draw(st.integers(0, inputs.days - 1)))
            change |= {"start": day.isoformat()}
            if slider.need.rule != "whole" and draw(st.booleans()):
                change |= {"ramp_days": draw(st.integers(0, 30))}
        if slider.by_country and draw(st.booleans()):
            chosen = draw(st.lists(st.sampled_from(sorted(inputs.case.countries)), min_size=1, unique=True))
            change |= {"countries": chosen}
        changes.append(change)
    return replace(state, changes=(*state.changes, *changes), levers=(*state.levers, *draw(uses(inputs, state))))


@st.composite
def uses(draw, inputs, state):
    """Levers of the catalogue and presets with an intensity, perhaps in one country, perhaps from some day on."""
    known = use_messages(inputs, {})
    taken = {one.get("lever") or one.get("preset") for one in state.levers}
    free = [(kind[:-1], one) for kind in ("levers", "presets") for one in known[kind] if one["name"] not in taken]
    made = []
    for kind, one in draw(st.lists(st.sampled_from(free), max_size=USES, unique_by=lambda use: use[1]["name"])):
        use = {kind: one["name"], "intensity": draw(st.integers(1, 20)) / 20}
        if one["dates"] and draw(st.booleans()):
            day = inputs.case.start + timedelta(days=draw(st.integers(0, inputs.days - 1)))
            use |= {"start": day.isoformat()}
        if one["countries"] and draw(st.booleans()):
            use |= {"countries": [draw(st.sampled_from(sorted(inputs.case.countries)))]}
        made.append(use)
    return made


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_state_and_its_yaml_have_one_digest(cases, case, data):
    inputs, found = cases[case]
    state = data.draw(states(inputs, found))
    try:
        run = state.run(inputs)
    except InputFaultsError:  # two shares that sum to more than one, say: refused alike
        with pytest.raises(InputFaultsError):
            resolve(with_scenario(inputs, PROPOSED, state.record(inputs)), PROPOSED)
        return
    text = Files(None).copy(Holder(inputs), state, Copy(type="copy", form="yaml", state=None, name="mine"))
    again = with_text(inputs, "mine", text)
    assert resolve(again, "mine").digest == run.digest
    opened = PanelState.of("mine", again.scenario("mine"))
    assert opened.run(again).digest == run.digest


class Holder:
    """As much of an engine as texts and files need."""

    def __init__(self, inputs):
        self.inputs = inputs


def round_trip(cases, case, place, data):
    """From a random state to its file, the command line, netCDF and back to a panel: one digest."""
    inputs, found = cases[case]
    state = data.draw(states(inputs, found))
    try:
        run = state.run(inputs)
    except InputFaultsError:
        reject()
    target, own = place / "mine.nc", Holder(read_case(read_workspace(place), case))
    target.unlink(missing_ok=True)
    saved = Files(None).keep(own, state, Save(type="save", state=None, name="mine", title="Mine", replace=True))
    words = ["run", case, "--scenario", "mine", "--to", str(target), "--workspace", str(place)]
    done = CliRunner().invoke(command, words)
    assert done.exit_code == 0, done.output
    with xr.open_dataset(target) as ds:
        written = ds.attrs["input_digest"]
    session = Session(Engines(place, case).of, Files(None))
    (opened,) = (reply.plain for reply in session.answer({"type": "open", "id": 1, "name": "mine"}))
    shown = PanelState.of_message(session.engine.inputs, opened["state"]).run(session.engine.inputs)
    assert {run.digest} == {saved["digest"], written, opened["digest"], shown.digest}


def workspace_of(case, folder):
    """A workspace of one's own with one of the shipped cases."""
    shutil.copytree(installed_workspace() / "parameters", folder / "parameters",
                    ignore=lambda path, names: [one for one in names if Path(path).name == "cases" and one != case])
    return folder


@pytest.mark.parametrize("case", CASES)
def test_a_random_state_keeps_its_digest_through_file_command_line_and_netcdf(cases, case, tmp_path):
    """A few states of each case; two dozen and more are slow."""
    many_round_trips(cases, case, workspace_of(case, tmp_path), FEW)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_many_random_states_keep_their_digest_through_file_command_line_and_netcdf(cases, case, tmp_path):
    many_round_trips(cases, case, workspace_of(case, tmp_path), MANY)


def many_round_trips(cases, case, place, examples):
    """Round trips of so many states that the equations take; those that they refuse are not counted."""
    counted = []

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
              database=None)
    @given(data=st.data())
    def trips(data):
        round_trip(cases, case, place, data)
        counted.append(case)

    trips()
    assert len(counted) >= examples


@pytest.mark.parametrize("case", CASES)
def test_every_scenario_of_a_case_is_a_state_with_its_own_digest(cases, case):
    inputs, _ = cases[case]
    for name, scenario in inputs.scenarios.items():
        state = PanelState.of(name, scenario)
        assert PanelState.of_message(inputs, state.message()) == state
        if not resolve(inputs, name).switches:
            assert state.run(inputs).digest == resolve(inputs, name).digest


@pytest.fixture
def own(tmp_path):
    """A workspace of one's own, and the engines of it."""
    option = "# kept\nchanges:\n  # why\n  - {parameter: screening.officers, scale: 2, reason: more}  # here\n"
    root = small_workspace(tmp_path, option=option)
    return root, Engines(root, "small", "auto")


def test_the_command_line_and_the_file_of_a_run_have_the_digest_of_the_panel(own, tmp_path):
    root, engines = own
    engine, files = engines.of(None), Files(None)
    state = PanelState.of_message(engine.inputs, {
        "scenario": "base", "levers": [],
        "changes": [{"parameter": "registration.officers", "scale": 1.1, "countries": ["north"],
                     "start": "2019-01-15", "ramp_days": 5}]})
    digest = state.run(engine.inputs).digest
    saved = files.keep(engine, state, Save(type="save", state=None, name="mine", title="Mine"))
    assert saved["digest"] == digest
    target = tmp_path / "mine.nc"
    command = [sys.executable, "-m", "mixedmig_model.cli", "run", "small", "--scenario", "mine", "--to", str(target),
               "--workspace", str(root)]
    subprocess.run(command, check=True, capture_output=True)
    with xr.open_dataset(target) as ds:
        assert ds.attrs["input_digest"] == digest
    again = read_case(read_workspace(root), "small")
    assert PanelState.of("mine", again.scenario("mine")).run(again).digest == digest


def test_the_script_that_is_copied_makes_the_same_run(own, capsys):
    _, engines = own
    engine = engines.of(None)
    state = PanelState.of_message(engine.inputs, {
        "scenario": "option", "levers": [], "changes": [{"parameter": "reception.places", "scale": 0.5}]})
    text = Files(None).copy(engine, state, Copy(type="copy", form="python", state=None, title='A "title" \\ of mine'))
    body = text.replace("ds = mm.run(run)\n", "")
    assert body != text
    exec(body, {})  # what a person would paste
    assert capsys.readouterr().out.strip() == state.run(engine.inputs).digest


def test_comments_of_the_scenario_that_a_state_began_from_are_kept(own):
    root, engines = own
    engine = engines.of(None)
    state = PanelState.of("option", engine.inputs.scenario("option"))
    more = replace(state, changes=(*state.changes, {"parameter": "reception.places", "scale": 1.5}))
    saved = Files(None).keep(engine, more, Save(type="save", state=None, name="other", title="Other"))
    text = (root / saved["file"]).read_text(encoding="utf-8")
    assert "# kept" in text
    assert "# here" in text
    assert "title: Other" in text
    assert text.count("parameter:") == 2
    fewer = replace(more, scenario="other", changes=more.changes[1:])
    text = Files(None).copy(engine, fewer, Copy(type="copy", form="yaml", state=None, name="third"))
    assert text.count("parameter:") == 1
    assert "reception.places" in text


@pytest.mark.parametrize("name", ["", "Mine", "../mine", "a/b", "mine.yaml", "con", "x" * 65, "mïne"])
def test_a_scenario_is_saved_under_a_plain_name_only(own, name):
    root, engines = own
    engine = engines.of(None)
    state = PanelState.of_message(engine.inputs, None)
    before = sorted(path.name for path in root.rglob("*"))
    with pytest.raises(InputFaultsError):
        Files(None).keep(engine, state, Save(type="save", state=None, name=name, title="T"))
    assert sorted(path.name for path in root.rglob("*")) == before


def test_a_scenario_is_replaced_only_when_asked_and_the_baseline_never(own):
    _, engines = own
    engine, files = engines.of(None), Files(None)
    state = PanelState.of_message(engine.inputs, None)
    for name, asked in (("option", False), ("base", True)):
        with pytest.raises(InputFaultsError, match="there is a scenario of this name"):
            files.keep(engine, state, Save(type="save", state=None, name=name, title="T", replace=asked))
    files.keep(engine, state, Save(type="save", state=None, name="option", title="Other", replace=True))
    assert engine.inputs.scenario("option").title == "Other"


def test_a_panel_that_others_reach_saves_nothing(own):
    root, engines = own
    engine = engines.of(None)
    state = PanelState.of_message(engine.inputs, None)
    files = Files(None, read_only=True)
    assert files.may(root) == {"save": False, "report": False}
    assert Files(root / "reports").may(root) == {"save": True, "report": True}
    assert not Files(root / "reports").may(installed_workspace())["save"]
    with pytest.raises(InputFaultsError, match="read-only"):
        files.keep(engine, state, Save(type="save", state=None, name="mine", title="T"))


@pytest.mark.parametrize("state", [
    {"scenario": "base", "more": 1}, {"levers": {}}, {"changes": [1]}, [], {"scenario": "unknown"},
    {"changes": [{"parameter": "screening.officers", "scale": 1}] * 501},
])
def test_what_is_no_state_is_refused(own, state):
    _, engines = own
    with pytest.raises(InputFaultsError):
        PanelState.of_message(engines.of(None).inputs, state).run(engines.of(None).inputs)


def test_a_script_proposes_a_scenario_without_a_file(own):
    root, _ = own
    case = mm.read_case(root, "small")
    record = scenario_record(case.scenario("option"))
    made = mm.propose(case, scenario_text(case.scenario("option")), "again")
    assert scenario_record(made.scenario("again")) == record
    assert mm.resolve(made, "again").digest == mm.resolve(case, "option").digest


FILE = """schema: 1
case: small
title: 'Option'  # a title
description: >-
  For a test,
  on two lines.
# what it changes
changes:
  # first
  - parameter: screening.officers
    scale: 2
    reason: >-
      More of them,
      on two lines.
    # after the first
  - {parameter: reception.places, add: 10, reason: "a: b"}  # second
  - parameter: referral.officers
    set: 3
    start: 2019-01-10
    countries: [north]
    reason: third
# the end
"""


@pytest.mark.parametrize("kept", [(0, 1, 2), (0, 1), (1, 2), (0, 2), (1,), (2,), ()])
@pytest.mark.parametrize("added", [0, 1, 2])
def test_any_part_of_a_file_is_kept_and_read_again(own, kept, added):
    _, engines = own
    inputs = engines.of(None).inputs
    before = with_text(inputs, "option", FILE)
    record = scenario_record(before.scenario("option"))
    more = [{"parameter": f"{name}.officers", "scale": 1.5, "reason": "new: {x} # no", "countries": ["south"],
             "start": "2019-01-05"} for name in ("registration", "return")][:added]
    wanted = {**record, "title": "It's: new", "changes": [*(record["changes"][k] for k in kept), *more]}
    if not wanted["changes"]:
        del wanted["changes"]
    after = with_scenario(inputs, "option", wanted)
    text = scenario_text(after.scenario("option"), FILE, before.scenario("option"))
    again = with_text(inputs, "option", text)
    assert scenario_record(again.scenario("option")) == scenario_record(after.scenario("option")), text
    assert "# the end" in text
    assert ("# first" in text) or not kept
    assert ("# second" in text) == (1 in kept)
