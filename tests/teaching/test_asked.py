"""Questions: marks, hints after two tries, what is kept, fields with labels; the model answers when asked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.html.builders import tag
from mixedmig_model.present.learning.asking import AskedQuestion
from mixedmig_model.present.learning.progress import GivenAnswer, read_progress, with_answer, write_progress
from mixedmig_model.present.learning.questions import (
    OrderAnswer,
    Question,
    hint_of,
    mark_choice,
    mark_number,
    mark_order,
    mark_text,
)
from mixedmig_model.study.teaching.identify import Extent90

ANSWER = Extent90(100.0, 80.0, 130.0)


@pytest.mark.parametrize(("range_", "is_right", "said"), [
    ((90.0, 120.0), True, ""), ((100.0, 100.0), True, ""), ((101.0, 120.0), False, "Not yet. Tries: 3."),
    ((120.0, 90.0), False, "The low end is above the high end."),
    ((0.0, 1e6), False, "Your range holds the model's value, but it is too wide to help a decision. Tries: 3."),
])
def test_a_range_is_right_where_it_holds_the_value_and_is_not_too_wide(range_, is_right, said):
    found = mark_number(range_, ANSWER, 3)
    assert (found.is_right, found.said) == (is_right, said)


@given(st.permutations(["a", "b", "c", "d"]))
def test_an_order_is_right_but_for_pairs_that_are_not_sure(order):
    answer = OrderAnswer(("a", "b", "c", "d"), (("b", "c"),))
    assert mark_order(order, answer, 1).is_right == (list(order) in (["a", "b", "c", "d"], ["a", "c", "b", "d"]))
    assert not mark_order(order[:3], answer, 1).is_right
    assert not mark_order(["a", "a", "b", "c"], answer, 1).is_right


def test_a_choice_and_a_text():
    assert mark_choice("a", ("a", "b"), 1).is_right
    assert mark_choice("c", ("a", "b"), 2).said == "Not yet. Tries: 2."
    assert not mark_choice("", ("a",), 1).is_right
    assert mark_text("It cannot tell what people want.").is_right
    assert mark_text("???????????????????????").said == "Write at least 20 letters."


def test_a_hint_comes_after_two_tries():
    question = Question("k", "choice", "Which?", "Look at the law.")
    assert [hint_of(question, tries, False) for tries in (1, 2, 3)] == [
        "", "Hint: Look at the law.", "Hint: Look at the law."]
    assert hint_of(question, 5, True) == ""
    assert hint_of(Question("k", "text", "Why?", ""), 2, False) == ""


@pytest.fixture
def asked():
    """A question for a number, how often the model was asked, and what was kept."""
    calls, kept = [], []

    def answer():
        calls.append(1)
        return ANSWER

    made = AskedQuestion(Question("deaths", "number", "How many <b>?", "A hint.", "person"), answer,
                         lambda found: tag("p", f"The model says {found.value:g}."),
                         lambda *given: kept.append(given))
    return made, calls, kept


def buttons(widget):
    import ipywidgets

    return [one for box in widget.children if isinstance(box, ipywidgets.HBox) for one in box.children]


def test_the_model_answers_only_after_a_first_try(asked):
    made, calls, kept = asked
    check, show = buttons(made.widget)
    show.click()
    assert calls == []
    assert "Answer first; the model answers after your first try." in made.said.value
    made.fields[0].value, made.fields[1].value = 1.0, 2.0
    check.click()
    assert "Not yet. Tries: 1." in made.said.value
    assert "Hint" not in made.said.value
    check.click()
    assert "Hint: A hint." in made.said.value
    show.click()
    assert "The model says 100." in made.said.value
    made.fields[0].value, made.fields[1].value = 90.0, 110.0
    check.click()
    assert "Yes." in made.said.value
    assert kept == [("deaths", [1.0, 2.0], 1, False), ("deaths", [1.0, 2.0], 2, False),
                    ("deaths", [90.0, 110.0], 3, True)]


def test_fields_have_labels_and_texts_are_escaped(asked):
    made, _, _ = asked
    assert [field.description for field in made.fields] == ["Low", "High"]
    assert [button.description for button in buttons(made.widget)] == ["Check", "Show the model's answer"]
    assert "&lt;b&gt;" in made.widget.children[0].value
    for kind, options, labels in (
        ("text", (), ["Your answer"]), ("choice", (("a", "A"), ("b", "B")), ["Your answer"]),
        ("order", (("a", "A"), ("b", "B")), ["Place 1", "Place 2"]),
    ):
        other = AskedQuestion(Question("k", kind, "Q", "", options=options), lambda: None, lambda _: tag("p", ""),
                              lambda *_: None)
        assert [field.description for field in other.fields] == labels
        assert all(label for label in labels)
    assert "name of a person" in AskedQuestion(
        Question("k", "text", "Q", ""), lambda: None, lambda _: tag("p", ""), lambda *_: None).fields[0].placeholder


@pytest.mark.parametrize(("kind", "options", "given", "stands"), [
    ("number", (), [3.0, 4.0], [3.0, 4.0]), ("text", (), "They wait.", "They wait."),
    ("choice", (("a", "A"), ("b", "B")), "b", "b"), ("choice", (("a", "A"),), "gone", ""),
    ("order", (("a", "A"), ("b", "B")), ["b", "a"], ["b", "a"]),
    ("order", (("a", "A"), ("b", "B")), ["b", "x"], ["b", ""]),
    ("number", (), "words", [0.0, 0.0]),
])
def test_fields_are_filled_again_with_what_was_given(kind, options, given, stands):
    made = AskedQuestion(Question("k", kind, "Q", "", options=options), lambda: None, lambda _: tag("p", ""),
                         lambda *_: None)
    made.refill(given, 2)
    assert made.given() == stands
    assert made.tries == 2
    assert "Tries so far: 2." in made.said.value


def test_progress_is_a_file_without_the_models_answer(tmp_path):
    file = tmp_path / "mine.json"
    first = read_progress(file, "boat")
    assert first.questions == {}
    write_progress(file, with_answer(first, "deaths", GivenAnswer(given=[1.0, 2.0], tries=2, is_right=False)))
    assert read_progress(file, "boat").questions["deaths"].tries == 2
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "schema": 1, "lesson": "boat",
        "questions": {"deaths": {"given": [1.0, 2.0], "tries": 2, "is_right": False}}}
    write_progress(None, first)


@pytest.mark.parametrize("text", [
    "{", "[]", '{"schema": 2, "lesson": "boat"}', '{"lesson": "hiring"}', '{"lesson": "boat", "name": "x"}',
    '{"lesson": "boat", "questions": {"a": {"given": "x", "tries": -1, "is_right": true}}}',
])
def test_a_file_that_is_no_progress_of_the_lesson_is_refused(tmp_path, text):
    file = tmp_path / "mine.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaultsError, match=r"mine.json: the file is no progress of this lesson; allowed: a file"):
        read_progress(file, "boat")


def test_a_folder_is_no_progress(tmp_path):
    with pytest.raises(InputFaultsError, match="the file is no progress of this lesson"):
        read_progress(tmp_path, "boat")
