"""A case as one file: what the file says of settings is what Python says, and it asks for nothing."""

import json
import random
import re
import subprocess
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from panel.journeys.browsing import launched, press, settled
from typer.testing import CliRunner

from explorer.settings import NODE, Explored, compare
from mixedmig_model.cli.main import app
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.present.explorer import answers, html
from mixedmig_model.present.explorer.compiled.expressions import CompileError
from mixedmig_model.present.explorer.compiled.program import Program
from mixedmig_model.record.words.panel import explorer as words
from mixedmig_model.results.browser.parcels import WHOLE, text_of_whole
from mixedmig_model.results.indicators.kernel_counts import SHOWN
from mixedmig_model.results.waits.curves import position
from mixedmig_model.solve.kernel.browser.module import about, read_about
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.vocabulary import numbers
from mixedmig_model.vocabulary.rows import Row

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
in_node = pytest.mark.skipif(NODE is None, reason="Node is not installed: no file can be solved here")
CASE = "generic_surge"
HOSTILE = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def explored(workspace, tmp_path_factory):
    """The file of a case."""
    return Explored(workspace, CASE, tmp_path_factory.mktemp("explorer"))


@in_node
def test_the_file_says_of_settings_what_python_says(explored):
    """Stocks to 1e-9, indicators as printed, and every sentence; and it refuses what Python refuses."""
    later = (explored.inputs.case.start + timedelta(days=90)).isoformat()
    first = next(iter(explored.inputs.case.countries))
    base = {"scenario": explored.inputs.case.baseline, "levers": [], "changes": []}
    settings = [
        base | {"changes": [{"parameter": "screening.officers", "scale": 0.0}]},
        base | {"changes": [{"parameter": "detention.time_limit", "set": 5.0, "start": later},
                            {"parameter": "reception.places", "scale": 2.0, "countries": [first], "ramp_days": 30}],
                "levers": [{"lever": sorted(explored.page.levers)[0], "intensity": 0.35}]},
        base | {"changes": [{"parameter": "journey.refused_share", "set": 0.3}]},
        base | {"changes": [{"parameter": "journey.refused_share", "set": 1.2}]},
    ]
    assert compare(explored, settings, explored.in_node(settings)) == (3, 1)


def test_the_file_is_small_and_names_nothing_to_fetch(explored):
    text = explored.file.read_text(encoding="utf-8")
    assert explored.size == len(text.encode()) < html.MOST_BYTES
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", text)
    assert "connect-src &#x27;none&#x27;" in text
    assert "unsafe-eval" not in text.replace("wasm-unsafe-eval", "")


def test_a_browser_opens_the_file_without_a_request_and_breaches_come_first(explored):
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        faults, asked = [], []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(explored.file.as_uri())
        page.wait_for_selector(".mm-decision")
        assert page.locator(".mm-strip").inner_text().startswith("Breaches added: none.")
        page.get_by_label("Search levers").fill("journey.refused_share")
        press(page, "journey.refused_share", "End")
        settled(page)
        assert "refused disembarkation" in page.locator(".mm-strip").inner_text()
        assert page.locator(".mm-strip").bounding_box()["y"] >= 0
        assert [one for one in asked if not one.startswith(("file:", "data:", "blob:"))] == []
        assert asked[0] == explored.file.as_uri()
        assert faults == []
        assert len(page.workers) == 1


def test_a_browser_without_workers_solves_in_the_page(explored):
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script("delete window.Worker")
        page.goto(explored.file.as_uri())
        page.wait_for_selector(".mm-decision")
        page.get_by_label("Search levers").fill("journey.refused_share")
        press(page, "journey.refused_share", "End")
        settled(page)
        assert "refused disembarkation" in page.locator(".mm-strip").inner_text()
        assert page.workers == []


def test_a_browser_that_cannot_run_the_file_says_so(explored):
    with launched() as browser:
        page = browser.new_page()
        page.add_init_script("delete window.Worker; WebAssembly.compile = () => { throw new Error('no module') }")
        page.goto(explored.file.as_uri())
        said = words.BROKEN.format(text="no module")
        page.wait_for_function("text => document.getElementById('root').textContent.trim() === text", arg=said)


def test_texts_of_a_case_cannot_end_the_script_or_begin_another():
    assert "</script" not in html.safe_script(json.dumps(HOSTILE))
    assert "<" not in html.safe_json({"title": HOSTILE})
    assert json.loads(html.safe_json({"title": HOSTILE})) == {"title": HOSTILE}


def test_what_is_not_in_the_file_is_said(explored):
    said = html.left_out(explored.inputs, explored.page)
    assert said[0] == "Nothing here changes how many people set out."
    assert any(one.startswith("Levers that are not in this file: ") for one in said)
    text = explored.file.read_text(encoding="utf-8")
    assert all(one.replace("'", "&#x27;") in text for one in said)


def test_the_waits_that_the_file_leaves_out_are_those_that_the_kernel_cannot_count():
    shown = {one.key for one in SHOWN}
    assert set(answers.LATER) == {"time_adrift", "wait_registration", "wait_screening", "wait_determination",
                                  "decided_in_time"}
    assert set(answers.LATER) <= shown


@pytest.mark.parametrize(("changed", "problem"), [
    ({"levers": ("x",)}, words.BASELINE_SETS), ({"binds": 1.0}, words.BINDS),
    ({"ways": ("sea", "land")}, words.SEVERAL_WAYS), ({"responds": 0.2}, words.RESPONDS),
])
def test_a_case_that_cannot_be_a_file_is_refused_with_the_reason(explored, changed, problem):
    run = explored.engine.base.numbers.run
    parameters = dict(run.parameters)
    if "binds" in changed:
        parameters["funding.binds"] = Steps((0.0,), np.full((1, len(run.countries)), changed["binds"]))
    if "responds" in changed:
        parameters["responses.information_effect"] = Steps((0.0,), np.full((1, len(run.countries)), -0.2))
    given = SimpleNamespace(
        name=CASE, case=SimpleNamespace(baseline="b", ways=changed.get("ways", ("sea",))),
        scenario=lambda name: SimpleNamespace(levers=changed.get("levers", ()), changes=()))
    with pytest.raises(InputFaultsError, match=re.escape(problem)):
        html.check_case(given, SimpleNamespace(parameters=parameters, days=run.days))


def test_a_file_that_would_be_too_large_is_refused_and_nothing_is_written(explored, tmp_path, monkeypatch):
    monkeypatch.setattr(html, "MOST_BYTES", 1_000_000)
    with pytest.raises(InputFaultsError, match=re.escape(f"{words.TOO_LARGE}; found 1.")):
        html.write_explorer(explored.engine, tmp_path / "large.html")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("given", "told"), [
    (["generic_surg", "--to", "x.html"], "generic_surge"), ([CASE, "--to", "x.htm"], ".html"),
])
def test_the_command_refuses_other_cases_and_endings(given, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["explorer", *given])
    assert done.exit_code == 2
    assert told in done.output
    assert list(tmp_path.iterdir()) == []


def test_the_module_that_keeps_every_cell_is_made_of_the_equations_as_they_are():
    shipped, now = read_about(WHOLE.read_bytes()), about(text_of_whole())
    assert shipped["text"] == now["text"], "equations have changed: make browser builds the module anew"
    assert WHOLE.stat().st_size < 150_000  # twice as much: eight groups are handled at the same time, and slowly


PRINTED = ("number", "people", "given", "percent")


def printed(value: float, other: float, unit: str) -> list[str]:
    """Numbers in words as pages print them."""
    row = Row(unit, other)
    return [*(getattr(numbers, name)(value) for name in PRINTED), row.value(value), row.difference(value),
            numbers.difference(value, other, unit)]


@in_node
def test_compiled_functions_print_numbers_as_python_does(tmp_path):
    """Among the values are ties, which Python rounds to even."""
    pick = random.Random(5)
    values = [0.0, 0.5, 1.5, 2.5, 0.125, 1234.5, 99950.0, 1e-7, -0.25, 999.5, 1e15]
    values += [pick.choice((1, -1)) * 10 ** pick.uniform(-8, 9) for _ in range(300)]
    values += [pick.randint(-4000, 4000) / 8 for _ in range(200)]
    given = [[one, pick.choice(values), pick.choice(("person", "share", "day", ""))] for one in values]
    program = Program({})
    for name in (*PRINTED, "difference"):
        program.add(name, getattr(numbers, name))
    program.add("row", Row)
    code = "\n".join(html.code_of(html.HERE / name) for name in html.PARTS[:5])
    calls = ", ".join(f"$.main.{name}(value)" for name in PRINTED)
    script = tmp_path / "numbers.mjs"
    script.write_text(f"""{code}
{program.text()}
const said = ([value, other, unit]) => {{
  const row = $.main.row(unit, other);
  return [{calls}, row.value(value), row.difference(value), $.main.difference(value, other, unit)];
}};
console.log(JSON.stringify({json.dumps(given)}.map(said)));""", encoding="utf-8")
    done = subprocess.run([NODE, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for one, told in zip(given, json.loads(done.stdout), strict=True):
        assert told == printed(*one), one


def juggled(values, other):
    """What indicators do to arrays: turned, cut, changed where they are, put in another shape, and summed."""
    turned = np.moveaxis(values, 0, 2)
    moved = turned[:, 1:] - turned[:, :-1]
    moved -= moved[:1]
    moved *= other[None, :, None]
    wide = np.zeros(values.shape)
    wide[:, 1] = values[:, 0] / 2.0
    halves = (values[:, [2, 0]] + values[:, [0, 0]]).reshape(len(values), 2, 2, -1)
    parts = [moved.sum(axis=(0, 2)), moved.reshape(len(moved), -1).sum(axis=1), moved[-1].ravel(),
             wide.sum(axis=0).ravel(), halves.sum(axis=(0, 3)).ravel(), halves[1:, 1].max(axis=0).ravel(),
             turned.reshape(-1)[3:9], turned.T[0].ravel()]
    return [part.tolist() for part in parts]


@in_node
def test_compiled_functions_do_to_arrays_what_numpy_does(tmp_path):
    """In whatever order the numbers of an array lie in memory."""
    juggled.__module__ = "mixedmig_model.juggled"
    program = Program({})
    program.add("juggled", juggled)
    values, other = np.random.default_rng(3).normal(size=(5, 3, 12)), np.arange(1.0, 12.0)
    code = "\n".join(html.code_of(html.HERE / name) for name in html.PARTS[:5])
    given = f"$.array({values.ravel().tolist()}, [5, 3, 12]), NDArray.of({other.tolist()})"
    script = tmp_path / "arrays.mjs"
    said = f"console.log(JSON.stringify($.main.juggled({given})));"
    script.write_text(f"{code}\n{program.text()}\n{said}", encoding="utf-8")
    done = subprocess.run([NODE, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    for told, theirs in zip(json.loads(done.stdout), juggled(values, other), strict=True):
        np.testing.assert_allclose(told, theirs, rtol=1e-13, atol=1e-13)


def test_what_is_not_compiled_is_refused_with_its_place():
    program = Program({})
    program.add("position", position)
    with pytest.raises(CompileError, match=r"curves\.position, line \d+: this is not compiled: with np\.errstate"):
        program.text()


def test_what_is_not_of_the_package_is_refused():
    with pytest.raises(CompileError, match=r"random\.Random is not of this package and not in the page's runtime"):
        Program({}).add("random", random.Random)
