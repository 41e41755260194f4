"""What a team gets holds nothing hidden, no answer and nothing of another team: searched byte by byte, and decoded."""

import pytest
from unpacking import decoded

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.present.exercise.pack.make import SECRET, pack_pages
from mixedmig_model.present.exercise.printed.sheets import sheets_page
from mixedmig_model.present.exercise.server import joined
from mixedmig_model.record.exercise.after import printed_sheets
from mixedmig_model.record.exercise.pages import clock_part, team_page
from mixedmig_model.record.schema.base import strict_text
from mixedmig_model.study.exercise import files, moves
from mixedmig_model.study.exercise.rounds import ticked
from mixedmig_model.study.exercise.runs import ExerciseRuns, hidden_values

LAW = {"A closed site is no shelter", "In doubt a person is a child"}
"""Rules that the brief of a role states too: an office knows them before an inject asks."""
SECRET_WORDS = "our own secret plan of green"


@pytest.fixture(scope="module", params=["surge_short", "boats_short"])
def got(request, workspace, tmp_path_factory):
    """An exercise, and all that the team red gets of it after a round in which green breached and spoke."""
    inputs = read_exercise(workspace, request.param)
    runs = ExerciseRuns(inputs)
    session = files.start_session(inputs, tmp_path_factory.mktemp("reports"), "s", ("red", "green"))
    session = moves.ordered(session, runs, team="green", role="coast_guard", key="journey.refused_share", value=0.4,
                            why=SECRET_WORDS)
    session = ticked(session, 8)
    session = moves.answered(session, team="green", role="immigration", text=SECRET_WORDS)
    session = files.advance_session(session, runs)
    page = team_page(session, runs, "red", clock_part(session, 0, False))
    found = {"page": strict_text(page), "sheets": sheets_page(printed_sheets(session, runs, "red"), "a4"),
             **{kind: joined(kind) for kind in ("js", "css")},
             **{name: str(body) for name, body in pack_pages(inputs).items() if name not in SECRET}}
    return inputs, {name: list(decoded(text.encode())) for name, text in found.items()}


def holders(contents, secret):
    return [name for name, parts in contents.items() if any(secret.encode() in part for part in parts)]


def test_no_hidden_input_by_name_or_by_digits(got):
    inputs, contents = got
    assert len(inputs.exercise.truth) >= 4
    for name, value in hidden_values(inputs).items():
        for form in (name, repr(value), f"{value:.4g}", f"{value:.5g}", f"{100 * value:.4g}", f"{value:.3f}"):
            assert holders(contents, form) == [], (name, form)


def test_no_answer_of_the_facilitator_and_no_word_of_another_team(got):
    inputs, contents = got
    secrets = [sentence.strip() for inject in inputs.exercise.injects for text in (inject.expected, inject.not_modelled)
               if text for sentence in text.split(".") if len(sentence.split()) >= 4 and sentence.strip() not in LAW]
    assert len(secrets) > 40
    assert {secret: names for secret in secrets if (names := holders(contents, secret))} == {}
    assert holders(contents, SECRET_WORDS) == []


def test_the_search_would_find_them(got):
    _, contents = got
    assert holders(contents, "Deaths and missing on the way") == ["page", "sheets"]
