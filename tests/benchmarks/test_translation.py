"""The model that other tools read says what the equations say, and PySD finds with it what the kernel finds."""

import math
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from mixedmig_model.equations.carried import Carried
from mixedmig_model.equations.coupling import State, couple
from mixedmig_model.equations.inside import Kinds, Memory
from mixedmig_model.equations.segment import prepare
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.schedule import Schedule

from . import translate, ways
from .case import CUT_DOWN, bar_case, resolved
from .expressions import WORK, Formulas, number, operation, variable
from .page import agrees

SPACE = "{http://docs.oasis-open.org/xmile/ns/XMILE/v1.0}"


@pytest.fixture(scope="module")
def run():
    return resolved(bar_case(1, 1, **CUT_DOWN))


@pytest.fixture(scope="module")
def model(run):
    return translate.translate(run)


def worked_out(formula, values, known):
    """The number of a formula. Args: values, by variable; known, by formula."""
    if formula.op == "number":
        return formula.parts[0]
    if formula.op == "variable":
        return values[formula.parts[0]]
    if id(formula) not in known:
        known[id(formula)] = WORK[formula.op](*(worked_out(part, values, known) for part in formula.parts))
    return known[id(formula)]


@pytest.mark.parametrize("seed", range(4))
def test_formulas_say_what_the_equations_say(run, model, seed):
    random, layout, schedule = np.random.default_rng(seed), model.layout, Schedule(run)
    state = np.zeros(layout.stock_cells)
    reached = sorted(model.reached)
    state[reached] = random.uniform(0.0, 10.0 ** random.uniform(0.0, 4.0), len(reached))
    segment = prepare(schedule.at(0.0))
    nobody = np.zeros(layout.stock_at["at_sea"][1])
    stocks = {name: layout.stock(state, name) for name in translate.MOVING}
    hazards = np.zeros(layout.flow_cells)
    memory, carried = Memory(Kinds(nobody, nobody), nobody), Carried(nobody, nobody, nobody)
    coupled = couple(State(**stocks, memory=memory, carried=carried), segment)
    for name, value in {**segment.hazards, **coupled.hazards}.items():
        where, shape = layout.flow_at[name]
        hazards[where] = np.broadcast_to(value, shape).ravel()
    flows = hazards * np.append(state, 1.0)[layout.sources]
    values = {name: state[k] for k, name in enumerate(model.names)}
    values[translate.DEPARTURES] = float(schedule.at(0.0).arrivals.departures[0])
    known = {}
    ours = np.zeros(layout.flow_cells)
    for k, formula in model.flows.items():
        ours[k] = worked_out(formula, values, known)
    counts = (layout.leaves < 0) & (layout.enters < 0)
    assert len(model.flows) > 250
    np.testing.assert_allclose(ours[~counts], flows[~counts], rtol=1e-12, atol=1e-9)


@pytest.mark.slow
@pytest.mark.skipif(bool(available()), reason="no kernel here")
@pytest.mark.skipif(find_spec("pysd") is None, reason="PySD is not installed (extra dev)")
def test_pysd_and_the_kernel_agree_on_the_translated_model():
    found = ways.pysd(1, 0.5, 0.25)
    assert found["stocks"] > 80
    assert found["stock"] > 0.1, "somebody is there"
    assert agrees(found), found
    assert found["extrapolated"] < 1e-5


def test_agreement_is_more_than_being_close():
    good = {"runs": [{"difference": 4e-4}, {"difference": 2e-4}], "extrapolated": 1e-6, "left out": 0.0}
    assert agrees(good)
    assert not agrees(good | {"runs": [{"difference": 2e-4}, {"difference": 2e-4}]}), "an error that no step heals"
    assert not agrees(good | {"runs": [{"difference": 4e-3}, {"difference": 2e-3}]})
    assert not agrees(good | {"extrapolated": 1e-3})
    assert not agrees(good | {"left out": 0.1})


def test_the_command_writes_stocks_that_pass_people_on(model, tmp_path, capsys):
    file = tmp_path / "model.xmile"
    translate.main(["--to", str(file), "--years", "1"])
    assert f"{file}: {len(model.reached)} stocks, {len(model.flows)} flows" in capsys.readouterr().out
    root = ElementTree.parse(file).getroot()
    flows = [one.get("name") for one in root.iter(f"{SPACE}flow")]
    into, out = ([one.text for one in root.iter(f"{SPACE}{end}")] for end in ("inflow", "outflow"))
    assert len(flows) == len(set(flows)) == len(model.flows)
    assert len(into) == len(set(into))
    assert len(out) == len(set(out))
    assert set(into) | set(out) == set(flows)
    assert {name.split("_")[1] for name in set(into) - set(out)} == {"departed", "hired"}, "who comes from nowhere"
    assert all(name.startswith("flow_staff_left") for name in set(out) - set(into)), "who goes nowhere"


def test_what_other_tools_cannot_say_is_refused(run):
    with pytest.raises(ValueError, match=r"a cut-down model detains nobody: .*_detention_"):
        translate.translate(resolved(bar_case(1, 1, 2)))
    slower = {"journey.voyage_time": Steps((0.0, 60.0), np.array([[8.0], [9.0]]))}
    with pytest.raises(ValueError, match=r"journey\.voyage_time changes on day 60: a cut-down model has one set"):
        translate.translate(replace(run, parameters={**run.parameters, **slower}))


def test_constants_are_worked_out_and_equal_formulas_are_one():
    x = variable("x")
    assert operation("add", 2.0, 3.0) is number(5.0)
    assert operation("mul", x, 0.0) is number(0.0)
    assert operation("mul", 1.0, x) is operation("add", x, 0.0) is operation("div", x, 1.0) is x
    assert operation("where", operation("gt", 2.0, 1.0), x, 0.0) is x
    assert operation("max", x, 1.0) is operation("max", x, 1.0)
    assert operation("exp", 1.0) is number(math.e)
    with pytest.raises(TypeError, match="a formula decides nothing"):
        bool(x)
    total = Formulas.sum(Formulas.stack([Formulas.asarray([1.0, 2.0]), Formulas.asarray(3.0)]), axis=(0, 1))
    assert total.cells[()] is number(9.0)
