"""The kernel in a page: its module against the kernel of this processor, run in Node; and that it is up to date."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from science.synthetic import CHILD_ALONE, MIGRANT, REFUGEE, REFUGEE_CHILD, make_run

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.browser.__main__ import main
from mixedmig_model.results.browser.parcels import LOADER, MODULE, run_parcel, text_of_module, traces
from mixedmig_model.results.indicators import decision
from mixedmig_model.results.indicators.kernel_counts import SHOWN, counted
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.browser import module as browser
from mixedmig_model.solve.kernel.browser.module import about, built, linker, module_of, read_about
from mixedmig_model.solve.kernel.browser.parcel import Packing
from mixedmig_model.solve.kernel.model.day import Day, trace_day
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.kernel.runs import SUMS, solve_task
from mixedmig_model.solve.run import solve_kernel
from mixedmig_model.storage.workers import run_tool

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
NODE = shutil.which("node")
in_node = pytest.mark.skipif(NODE is None, reason="Node is not installed: no module can be run here")
CLOSE = 1e-9
"""Of the largest number of its kind; the module does the same arithmetic in the same order."""
NOT_COUNTED = {
    "time_adrift", "wait_registration", "wait_screening", "wait_determination", "decided_in_time",
}
"""Waits and what is made of them: they take all days at once."""
KINDS = [REFUGEE, MIGRANT, REFUGEE_CHILD, CHILD_ALONE]
SIZES = [(1, 1), (3, 4), (8, 2), (11, 3)]


def odd_run(groups, countries, **changes):
    """A run of some groups and countries in which nearly everything happens."""
    names = tuple(f"c{k}" for k in range(countries))
    given = {
        "detention__places": 40.0, "detention__detained_share": 0.4, "detention__time_limit": 6.0,
        "journey__refused_share": 0.2, "journey__abandonment_rate": 0.02, "journey__turn_back_rate": 0.05,
        "onward__rate": 0.01, "onward__within_region_share": 0.5, "registration__officers": 2.0,
        "reception__places": {0: 30.0, 12: 5.0}, "law__detention_limit": 1.0,
    }
    return make_run(23, {0: [20.0] * countries, 9: [60.0] * countries}, {f"g{k}": KINDS[k % 4] for k in range(groups)},
                    names, opening=(("determination", "detention", "c0", 30.0),), **(given | changes))


@pytest.fixture(scope="module")
def shipped(workspace):
    """Baselines of shipped cases, and a scenario of one."""
    cases = {name: read_case(workspace, name) for name in ("generic_surge", "andaman_sea_2015")}
    runs = {name: resolve(case, case.case.baseline) for name, case in cases.items()}
    return runs | {"response": resolve(cases["generic_surge"], "comprehensive_response")}


@pytest.fixture(scope="module")
def runs(shipped):
    """All runs of this file, by name."""
    odd = {f"{groups}_{countries}": odd_run(groups, countries) for groups, countries in SIZES}
    lawless = {
        "lawless": odd_run(3, 1, law__detention_limit=0.0),
        "suspended": odd_run(
            2, 2, law__detention_limit={0: 1.0, 8: 0.0, 17: 1.0}, detention__time_limit={0: 4.0, 11: 2.0},
            detention__review_release_rate=0.05,
        ),
    }
    return shipped | odd | lawless | { "halted": odd_run(1, 1, registration__officers={0: 2.0, 5: 0.0})}


TASKS = {
    "again": {"parcel": "11_3", "again": True},
    "changed": {"parcel": "generic_surge", "like": "response"},
    "changed_after": {"parcel": "generic_surge", "like": "response", "again": True},
    "unchanged": {"parcel": "generic_surge", "like": "generic_surge"},
    "stopped": {"parcel": "1_1", "fault": "(run.change('registration.officers', () => 0, 5), run.ready())"},
    "no_input": {"parcel": "1_1", "fault": "run.change('screening.officer', (v) => v)"},
    "no_label": {"parcel": "1_1", "fault": "run.change('screening.officers', (v) => v, 0, 4)"},
    "no_number": {"parcel": "1_1", "fault": "run.change('screening.officers', () => NaN, 3)"},
    "fixed": {"parcel": "1_1", "fault": "run.change('detention.time_limit', (v) => 2 * v)"},
    "no_stock": {"parcel": "1_1", "fault": "run.solve().stock('peeple')"},
    "no_group_sum": {"parcel": "1_1", "fault": "run.solve().byGroup('detention/enter')"},
    "broken": {"parcel": "1_1", "fault": "run.table.fill(NaN)"},
    "no_parcel": {}, "short_head": {"parcel": "short_head"}, "short_data": {"parcel": "short_data"},
    "other_kernel": {"parcel": "other_kernel"}, "later": {"parcel": "later"},
}
FAULTS = {
    "no_input": "there is no input 'screening.officer'",
    "no_label": "'screening.officers' has no label 4; it has 1",
    "no_number": "'screening.officers' would be NaN on day 3",
    "fixed": "'detention.time_limit' cannot be changed in a page: what detention remembers depends on it",
    "no_stock": "there is no 'peeple'; these are: at_sea, adrift",
    "no_group_sum": "nothing is kept by group as 'detention/enter'; these are: queue/entered/registration",
    "broken": "the run stopped on day 0: a stock is not a number",
    "no_parcel": "this is no parcel of the kernel",
    "short_head": "the parcel ends within its header",
    "short_data": "the parcel ends within '",
    "other_kernel": "the parcel was written for another version of the kernel; write it again",
    "later": "the parcel has version 7, not 1",
}


@pytest.fixture(scope="module")
def folder(runs, tmp_path_factory):
    """Module and parcels in a folder, whole ones and such as cannot be opened."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copy(MODULE, folder / "kernel.wasm")
    for name, run in runs.items():
        (folder / name).write_bytes(run_parcel(run))
    small = (folder / "1_1").read_bytes()
    text = read_about(MODULE.read_bytes())["text"].encode()
    for name, content in {
        "short_head": small[:200], "short_data": small[:-4000],
        "other_kernel": small.replace(text, b"0" * len(text)), "later": small.replace(b'"version":1', b'"version":7'),
    }.items():
        (folder / name).write_bytes(content)
    tasks = [{"name": f"of_{name}", "parcel": name} for name in runs]
    tasks += [{"name": name, **task} for name, task in TASKS.items()]
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def answered(folder):
    """What Node says of all tasks."""
    script = Path(__file__).with_name("solve_parcels.mjs")
    command = [NODE, str(script), LOADER.as_uri(), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def array(folder, name, part, like):
    """An array that Node has left, in the shape of another."""
    return np.fromfile(folder / f"{name}.{part}", dtype="<f8").reshape(like.shape)


def agree(ours, theirs):
    assert np.abs(ours - theirs).max() <= CLOSE * max(np.abs(theirs).max(), 1.0)


@in_node
@pytest.mark.parametrize("name", [
    "generic_surge", "andaman_sea_2015", *(f"{groups}_{countries}" for groups, countries in SIZES), "lawless",
    "suspended"])
def test_a_run_in_node_is_the_kernels(runs, folder, answered, name):
    run, told = runs[name], answered["made"][f"of_{name}"]
    assert "fault" not in told, told
    theirs = solve_task(run, SUMS, False, 0.0)
    agree(array(folder, f"of_{name}", "stock_out", theirs.day_stocks), theirs.day_stocks)
    agree(array(folder, f"of_{name}", "sum_out", theirs.day_totals), theirs.day_totals)
    assert (array(folder, f"of_{name}", "steps", theirs.steps) == theirs.steps).all()
    assert told["byGroup"] == [run.days + 1, len(run.groups), len(run.countries)]
    table = indicator_table(to_dataset(run, solve_kernel(run)))
    assert set(told["measured"]) == {one.key for one in SHOWN} - NOT_COUNTED
    for key, value in told["measured"].items():
        given = float("nan") if value is None else value
        assert given == pytest.approx(table[key], rel=CLOSE, abs=CLOSE, nan_ok=True), key


@in_node
def test_people_over_the_limit_are_none_while_it_is_law_and_counted_by_their_stays_where_it_is_not(answered):
    measured = {name: answered["made"][f"of_{name}"]["measured"] for name in ("3_4", "lawless", "suspended")}
    assert measured["3_4"]["detention_over_limit"] == 0.0
    assert measured["lawless"]["detention_over_limit"] > 1.0
    assert measured["suspended"]["detention_over_limit"] > 1.0


@in_node
def test_the_module_imports_nothing(answered):
    assert answered["imports"] == []


@in_node
@pytest.mark.parametrize(("name", "like"), [
    ("again", "of_11_3"), ("changed", "of_response"), ("changed_after", "of_response"),
    ("unchanged", "of_generic_surge"), ("stopped", "of_halted"),
])
def test_a_run_whose_table_is_changed_in_the_page_is_the_run_of_those_inputs(folder, answered, name, like):
    """Also after it was solved before; to the byte."""
    assert "fault" not in answered["made"][name], answered["made"][name]
    for part in ("stock_out", "sum_out", "sum_groups", "steps"):
        assert (folder / f"{name}.{part}").read_bytes() == (folder / f"{like}.{part}").read_bytes(), part
    assert answered["made"][name]["measured"] == answered["made"][like]["measured"]


@in_node
@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_told_in_words(answered, name):
    assert answered["made"][name]["fault"].startswith(f"KernelError: {FAULTS[name]}")


def test_the_shipped_module_is_made_of_the_equations_and_formulas_as_they_are():
    shipped, now = read_about(MODULE.read_bytes()), about(text_of_module())
    assert shipped["text"] == now["text"], "equations or formulas have changed: make browser builds the module anew"
    assert shipped["counts"] == now["counts"]
    assert MODULE.stat().st_size < 300_000


def test_the_shipped_module_is_what_its_text_makes():
    if linker():
        pytest.skip(linker())
    shipped, now = read_about(MODULE.read_bytes()), about(text_of_module())
    for what in ("llvm", "linker"):
        if shipped[what] != now[what]:
            pytest.skip(f"the module was made with {what} {shipped[what]}; here it is {now[what]}")
    assert module_of(text_of_module()) == MODULE.read_bytes()


def test_a_formula_that_changes_asks_for_a_new_module(monkeypatch):
    """A mistake in a count would be in the module as well: the text is made of the formulas themselves."""
    before = about(text_of_module())["text"]
    indicators = [dataclasses.replace(one, compute=lambda f: f.moved("crossing_deaths")) if one.key == "deaths" else one
                  for one in SHOWN]
    monkeypatch.setattr("mixedmig_model.results.indicators.kernel_counts.SHOWN", tuple(indicators))
    stage = traces().stage
    assert about(built(stage, trace_day(stage, counted)))["text"] != before
    assert decision.HARMS[0].key == "deaths"


def test_a_count_of_something_that_is_not_kept_is_refused():
    with pytest.raises(KeyError, match="day/registerd/"):
        Day(traces().stage).moved("day/registerd/")


def test_what_is_no_module_of_ours_is_refused():
    with pytest.raises(ValueError, match="the module has no section 'mixedmig'"):
        read_about(b"\0asm\1\0\0\0")


def test_whole_numbers_that_32_bits_do_not_hold_are_refused():
    with pytest.raises(ValueError, match="'places' holds a whole number that 32 bits do not hold"):
        Packing().put("places", np.array([1, 1 << 31]))


def test_a_run_with_levers_that_switch_themselves_is_refused(runs):
    with pytest.raises(ValueError, match="scenario as_given has levers that switch themselves, which a page cannot do"):
        run_parcel(dataclasses.replace(runs["1_1"], switching=SimpleNamespace(switches=(object(),))))


def test_without_a_linker_the_command_says_what_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(browser, "find_spec", lambda name: None)
    before = MODULE.read_bytes()
    assert main(["--build"]) == 1
    assert capsys.readouterr().err == (
        "ziglang is not installed (pip install ziglang), whose wasm-ld links the module\n")
    assert MODULE.read_bytes() == before


def test_a_tool_that_fails_is_told_with_what_it_said(tmp_path):


    with pytest.raises(RuntimeError, match="ended with 3: no such thing"):
        run_tool([sys.executable, "-c", "import sys; sys.stderr.write('no such thing'); sys.exit(3)"])
