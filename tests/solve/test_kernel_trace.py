"""The trace of the equations: the same numbers as the equations themselves, and what cannot be traced is refused."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from mixedmig_model.equations import coupling, procedure
from mixedmig_model.solve.kernel.__main__ import main
from mixedmig_model.solve.kernel.lower.emit import lowered
from mixedmig_model.solve.kernel.lower.instructions import arithmetic
from mixedmig_model.solve.kernel.lower.scalarise import scalarise
from mixedmig_model.solve.kernel.lower.scalars import Numbers
from mixedmig_model.solve.kernel.lower.text import Code
from mixedmig_model.solve.kernel.model.stage import kept_sums, run_stage, trace_stage
from mixedmig_model.solve.kernel.runs import SUMS
from mixedmig_model.solve.kernel.show import graph_lines, nest_lines, number_lines
from mixedmig_model.solve.kernel.trace.arrays import Namespace
from mixedmig_model.solve.kernel.trace.evaluate import evaluate
from mixedmig_model.solve.kernel.trace.graph import Axis, Operation, TracingError, digest
from solve.kernel_examples import C, G, example_of_docstring, traced
from solve.kernel_states import random_values


@pytest.fixture(scope="module")
def stage():
    return trace_stage(kept_sums(SUMS), whole=False)


@pytest.mark.parametrize(("groups", "countries"), [(1, 1), (3, 2), (7, 1), (11, 3)])
def test_the_graph_is_the_functions_themselves(stage, groups, countries):
    values = random_values(groups, groups, countries)
    ours = evaluate(stage.outputs, values, {"group": groups, "country": countries})
    theirs = run_stage(values, kept_sums(SUMS), whole=False)
    assert set(ours) == set(theirs)
    for name, value in theirs.items():
        assert np.abs(ours[name] - value).max() <= 1e-12 * (np.abs(value).max() + 1.0), name


def test_a_graph_has_one_digest_until_an_equation_changes(stage, monkeypatch):
    again = trace_stage(kept_sums(SUMS), whole=False)
    assert digest(again.outputs) == digest(stage.outputs)
    monkeypatch.setattr(procedure, "LONGEST_BACKLOG", 731.0)
    monkeypatch.setattr("mixedmig_model.equations.departures.LONGEST_BACKLOG", 731.0)
    assert digest(trace_stage(kept_sums(SUMS), whole=False).outputs) != digest(stage.outputs)


def test_the_example_of_the_docstring_is_what_comes_out():
    function, (graph, numbers, loops, text) = example_of_docstring()
    example = traced(function, name="served", state__people=(G, C), levels__effort=(C,), levels__hours=(C,))
    stored = scalarise(example.outputs, example.shapes, Numbers())
    assert set(graph) <= set(graph_lines(example))
    assert set(numbers) <= set(number_lines(stored))
    assert loops == nest_lines(stored)
    written = lowered(example.inputs, example.shapes, stored)[0]
    heart = written[written.rindex("loop") - 2500 :]
    assert re.search(".*".join(map(re.escape, text)), heart, re.DOTALL)


def refused(function, **axes):
    with pytest.raises(TracingError) as caught:
        traced(function, **axes)
    return str(caught.value)


def some_equation(x):
    return x.__array_namespace__().cumulative_sum(x)


def test_a_function_the_kernel_does_not_know_is_refused_with_name_and_line():
    line = some_equation.__code__.co_firstlineno + 1
    said = refused(some_equation, state__people=(G, C))
    assert said.startswith(f"some_equation (test_kernel_trace.py:{line}) uses xp.cumulative_sum, which the kernel ")
    assert said.endswith("subtract, sum, where, zeros_like")
    assert "maximum, min, minimum, multiply" in said


@pytest.mark.parametrize(("function", "words"), [
    (lambda x: x if x > 0.0 else -x, "decides by a value, which is not known when equations are traced; xp.where can"),
    (lambda x: x + float(x[0, 0]), "makes a number of an array"),
    (lambda x: np.exp(x), "calls numpy.exp; the functions of x.__array_namespace__() can be traced"),
    (lambda x: np.sum(x), "calls numpy.sum; the functions of x.__array_namespace__() can be traced"),
    (lambda x: np.asarray(x), "makes an array of numpy out of a traced one"),
    (lambda x: x.mean(), "asks an array for 'mean', which the kernel does not know"),
    (lambda x: x + x[0, :][:, None], "lets axis 'group' meet axis 'country'"),
    (lambda x: x[1, :], "takes label 1 of axis 'group', which has at least one"),
    (lambda x: x[1:, :], "takes part of axis 'group', whose size is not known when equations are traced"),
    (lambda x: x[:, [0, 1]], "takes part of an array by list; whole numbers and slices can be traced"),
    (lambda x: x[:, :, 0], "takes more axes than the array has"),
    (lambda x: x**1.5, "takes a power other than a whole number from 1 to 8 or a half"),
    (lambda x: [one for one in x], "goes through an axis whose size is not known when equations are traced"),
    (lambda x: x * len(x), "asks for the length of an axis that is not known when equations are traced"),
    (lambda x: x[:, :, None] @ x, "multiplies matrices of other than two axes"),
    (lambda x: x.__array_namespace__().concat((x, x)), "joins arrays along axis 'group', whose size is not known"),
])
def test_what_cannot_be_traced_is_refused(function, words):
    said = refused(function, state__people=(G, C))
    assert words in said
    assert said.startswith("<")  # a lambda or what stands in it, then the line
    assert "(test_kernel_trace.py:" in said


def test_axes_of_other_names_do_not_meet():
    said = refused(lambda x, y: x + y, state__x=(Axis("stage", 5), G), state__y=(Axis("place", 5), G))
    assert "lets axis 'stage' meet axis 'place'" in said
    said = refused(lambda x: x[9], state__x=(Axis("stage", 9), G))
    assert "takes label 9 of an axis of 9" in said


def test_an_equation_that_needs_three_countries_at_once_is_refused():
    def between(x):
        return x.__array_namespace__().sum(x[:, None, None] * x[None, :, None] * x[None, None, :], axis=2)

    example = traced(between, state__x=(C,))
    with pytest.raises(TracingError, match=r"between .* needs more axes of country at once than the kernel has loops"):
        scalarise(example.outputs, example.shapes, Numbers())


def test_a_planted_equation_is_refused_where_it_stands(monkeypatch):
    """A whole trace names the function of the equations, whoever calls it."""
    def rework(backlog, determination):
        return backlog.__array_namespace__().sinh(backlog)

    monkeypatch.setattr(coupling, "rework", rework)
    with pytest.raises(TracingError, match=r"^rework \(test_kernel_trace.py:\d+\) uses xp.sinh, which the kernel"):
        trace_stage([], whole=False)


def test_every_stage_of_a_function_is_shown(capsys):
    assert main(["--show", "counselling_hazards"]) == 0
    said = capsys.readouterr().out
    assert "[group, country] = div(" in said
    assert "# counselling_hazards (equations/procedure.py:" in said
    assert "day, turn 0, country > eight groups:" in said
    assert "fdiv <8 x double>" in said


def test_the_nearest_function_is_named(capsys):
    assert main(["--show", "counseling_hazards"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("no function 'counseling_hazards' is traced; did you mean counselling_hazards? These are: ")


def test_the_namespace_knows_what_its_message_says():
    public = {name for name in vars(Namespace) if not name.startswith("_")}
    assert {"sum", "where", "exp", "log", "stack", "eye", "clip", "asarray"} <= public


def test_an_operation_without_a_rule_is_told_by_name_and_place():
    unknown = Operation(0, "twist", (), None, (), "served (served.py:3)")
    with pytest.raises(TracingError, match=r"served \(served\.py:3\): 'twist' cannot be worked out by numpy"):
        evaluate({"x": unknown}, {}, {})
    with pytest.raises(TracingError, match="'twist' has no instruction of the kernel"):
        arithmetic(Code(""), SimpleNamespace(op="twist", args=()), [], False)
