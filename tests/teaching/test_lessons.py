"""Lessons: predict, run, explain; each ends with what the model cannot tell; no answer is stored in a notebook."""

import json
import re
from html import unescape

import nbformat
import pytest

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.learning import asking, lesson
from mixedmig_model.present.learning.lesson import Lesson
from mixedmig_model.present.report.notebooks import run_notebook

NAMES = ("boat", "hiring", "fast_or_right", "shelter", "going_home", "who_pays")


def notebook(root, name):
    return nbformat.read(root / "workbooks" / "teaching" / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", NAMES)
def test_lessons_are_prose_and_calls_predict_run_explain(root, name):
    found = notebook(root, name)
    nbformat.validate(found)
    code = [cell for cell in found.cells if cell.cell_type == "code"]
    assert "parameters" in code[0].metadata["tags"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert not [cell for cell in code if re.search(r"^\s*(def|class|for|while) ", cell.source, re.MULTILINE)]
    titles = [line for cell in found.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
              if line.startswith("## ")]
    assert titles == ["## Predict", "## Run", "## Explain", "## What can this model not tell you?"]
    assert code[-1].source == "lesson.limits()"
    text = "\n".join(cell.source for cell in found.cells)
    assert "Write no name of a person into your answers." in text
    assert text.index("## Predict") < text.index("lesson.number(") < text.index("lesson.run(")


def test_there_are_six_lessons(root):
    assert sorted(path.stem for path in (root / "workbooks" / "teaching").glob("*.ipynb")) == sorted(NAMES)


@pytest.fixture(scope="module")
def hiring(tmp_path_factory):
    made = Lesson("hiring", "generic_surge", progress=str(tmp_path_factory.mktemp("hiring") / "mine.json"), draws=2)
    made.plan("fewer_rights", "Children are detained", {"law.child_exemption": 0, "detention.detained_share": 0.8},
              countries=["harbourland"])
    return made


def test_breaches_and_harms_lead_and_a_breach_is_named(hiring):
    page = hiring.run("fewer_rights", rows=["wait_determination", "cost"])
    order = ["Breaches and harms first",
             "Children are detained: It adds a breach or makes one grow, and is not ranked:",
             "Deaths and missing on the way", "Time without shelter", "Median wait for a first decision",
             "Cost of the response"]
    assert [page.index(text) for text in order] == sorted(page.index(text) for text in order)
    assert "Children identified as such taken into detention" in page
    assert "The baseline of the case." in page


def test_a_question_is_answered_by_the_model_with_a_range_and_kept(hiring, monkeypatch):
    made = []
    monkeypatch.setattr(lesson, "AskedQuestion", lambda *given: made.append(asking.AskedQuestion(*given)) or made[-1])
    hiring.number("start", "When?", hiring.baseline, "recruitment_start", "Count back.")
    hiring.choice("less", "Which?", [hiring.baseline, "fewer_rights"], "detention_days", "Read.", most=True)
    hiring.order("rank", "Order?", ["fewer_rights", hiring.baseline], "detention_days", "Read.")
    number, choice, order = made
    value = hiring.value(hiring.baseline, "recruitment_start")
    assert value.low <= value.value <= value.high
    assert value.value == hiring.numbers(hiring.baseline).values["recruitment_start"]
    number.fields[0].value, number.fields[1].value = value.value - 1, value.value + 1
    number.check()
    assert "Yes." in number.said.value
    assert "9 in 10 of 2 draws lie between" in number.said.value
    choice.fields[0].value = "fewer_rights"
    choice.check()
    assert "The model says: Children are detained." in choice.said.value
    order.fields[0].value, order.fields[1].value = "fewer_rights", hiring.baseline
    order.check()
    assert "Not yet." in order.said.value
    order.reveal()
    assert "order: Most likely; Children are detained." in unescape(order.said.value)
    kept = json.loads(hiring.file.read_text(encoding="utf-8"))
    assert kept["questions"]["less"] == {"given": "fewer_rights", "tries": 1, "is_right": True}
    hiring.choice("less", "Which?", [hiring.baseline, "fewer_rights"], "detention_days", "Read.")
    assert made[-1].tries == 1, "tries are those of the file"
    again = Lesson("hiring", "generic_surge", progress=str(hiring.file), draws=2)
    again.inputs = hiring.inputs
    for question in (number, choice, order):
        again._asked(question.question, lambda: None, "recruitment_start")
        assert made[-1].given() == question.given()
        assert "Your last answer stands in the fields. Tries so far: 1." in made[-1].said.value


def test_the_last_question_shows_what_the_case_does_not_model(hiring):
    texts = "".join(getattr(one, "value", "") for one in hiring.limits().children)
    assert hiring.inputs.case.not_modelled[0] in texts


def test_unknown_names_are_named_with_the_nearest(hiring):
    with pytest.raises(InputFaultsError, match=r"unknown indicator; found death; .*did you mean 'deaths'"):
        hiring.number("x", "?", hiring.baseline, "death", "")
    with pytest.raises(InputFaultsError, match="unknown parameter"):
        hiring.plan("x", "X", {"reception.place": 3})


def answers_in(text):
    """Numbers of four digits and more in a notebook, those of years and keys left out."""
    return [number for number in re.findall(r"\d[\d,.]*\d{3}|\d{4,}", text) if not re.match(r"20\d\d", number)]


@pytest.mark.parametrize("name", NAMES)
def test_no_notebook_stores_an_answer(root, name):
    text = "\n".join(cell.source for cell in notebook(root, name).cells)
    assert set(answers_in(text)) <= {"5,000", "2,500", "2500"}


def run_whole(root, name, folder, **parameters):
    target = folder / f"{name}.ipynb"
    run_notebook(root / "workbooks" / "teaching" / f"{name}.ipynb", target, {"draws": 2, **parameters}, folder)
    found = nbformat.read(target, as_version=4)
    return "".join(str(output.get("data", {})) for cell in found.cells if cell.cell_type == "code"
                   for output in cell.outputs)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_lesson_runs_whole(root, tmp_path, name):
    text = run_whole(root, name, tmp_path)
    assert "Breaches and harms first" in text
    assert text.count("VBox") >= 6
