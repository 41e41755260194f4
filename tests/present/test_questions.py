"""The five questions of an official: their answers stand on the first two pages, for every option."""

import re
from html import unescape

import pytest
from changed_report import changed

from mixedmig_model.present.report.front import front_section
from mixedmig_model.present.report.sections.decision import five_questions
from mixedmig_model.record.finished import open_comparison
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.words.pages.questions import questions
from mixedmig_model.record.words.pages.templates import ASK_CHILD_PARTS
from mixedmig_model.results.services import STANDARDS

ASKED = ("How many officers of each kind?", "Who pays?", "What would reverse it?", "What happens to children?",
         "How sure is it?")


def text_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(html))).split())


def assert_answered(comparison, text):
    """Each question has an answer with a number or a reason, for each option."""
    parts = [text.index(question) for question in ASKED]
    assert parts == sorted(parts)
    answers = [text[start:end] for start, end in zip(parts, [*parts[1:], len(text)], strict=True)]
    for name in comparison.names:
        for answer in (answers[0], answers[1], answers[3]):
            assert comparison.title(name) in answer or "All options:" in answer
    for word in ("registration", "screening", "decisions"):
        assert word in answers[0]
    assert re.search(r"\d %.*gap of funding", answers[1])
    assert re.search(r"reverse|It depends most on", answers[2])
    assert re.search(r"of children in detention", answers[3])
    assert re.search(r"The grade of evidence is [ABCD]", answers[4])


def test_the_five_questions_are_answered_for_every_option(book, tmp_path):
    comparison = with_summary(book[0], tmp_path)
    assert_answered(comparison, text_of(five_questions(comparison)))
    assert [question for question, _ in questions(comparison)] == list(ASKED)


def test_the_numbers_of_children_are_those_of_the_decision_table(book):
    said = dict(questions(book[0]))["What happens to children?"]
    assert len(said) == len(book[0].names)  # their numbers differ, so none share a line
    for key in ASK_CHILD_PARTS:
        assert book[0].record.indicator(key).values
    assert said[1].startswith(f"{book[0].title(book[0].names[1])}: 0 people identified as children and detained")


def test_without_costs_draws_teams_or_options_the_answers_say_so(book):
    bare = changed(book[0], costs={}, teams={}, draws="They were not asked for.")
    said = dict(questions(bare))
    assert said["Who pays?"] == ["This case has no costs."]
    assert said["How many officers of each kind?"][0] == "All options: not worked out."
    assert "Without draws" in said["What would reverse it?"][-1]
    alone = changed(book[0], scenarios=book[0].record.scenarios[:1])
    assert dict(questions(alone))["What would reverse it?"] == ["There is no option next to the baseline."]
    assert set(STANDARDS) == {"registration", "screening", "determination"}


@pytest.mark.slow
def test_the_five_questions_are_answered_on_paper_on_page_one_or_two_for_every_case(printed_case):
    folder, pages_of = printed_case
    comparison = open_comparison(folder)
    for paper in ("A4", "Letter"):
        first_two = " ".join(pages_of("report", paper)[:2])
        text = " ".join(first_two.split())
        for question in ASKED:
            assert question.split()[-1] in text, question
        assert re.search(r"registration [\d,]+|none for registration", text)
        assert "gap of funding" in text
        assert re.search(r"revers", text)
        assert re.search(r"of (children\? )?children in detention", text)  # a line of the question may stand between
        assert re.search(r"The grade of evidence is [ABCD]", text)
    assert comparison.record.first_page is not None


def test_the_first_page_alone_names_officers_payers_children_and_the_grade(book, tmp_path):
    comparison = with_summary(book[0], tmp_path)
    text = text_of(front_section(comparison, comparison.record.first_page))
    for part in (r"registration [\d,]+, screening [\d,]+, decisions [\d,]+", r"host state, central \d+ %",
                 "Children in detention", r"Grade [ABCD]:"):
        assert re.search(part, text), part
