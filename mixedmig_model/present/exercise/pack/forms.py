"""Forms of a pack, to fill in by hand."""

from collections.abc import Sequence

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.present.exercise.pack.cards import ordered
from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.record.words.teaching import pack

LINES = 2
"""Empty lines below an open question."""


def team_forms(inputs: ExerciseInputs) -> Html:
    """Return a form of orders and forecasts for each role."""
    return join([_team_form(role.title) for role in inputs.exercise.roles])


def _team_form(title: str) -> Html:
    return tag("section", join([
        tag("h2", pack.FORM_TITLE.format(role=title)), _blank(pack.FORM_ORDERS, pack.FORM_ROWS),
        _blank(pack.FORM_FORECASTS, pack.FORECAST_ROWS), _open(pack.FORM_SIGN), _open(pack.FORM_MESSAGE),
    ]), class_="sheet")


def observer_form(inputs: ExerciseInputs) -> Html:
    """Return the form of an observer."""
    exercise = inputs.exercise
    timed = [one.title for one in ordered(exercise.injects) if one.at is not None]
    return join([
        paragraphs(pack.OBSERVER_NOTE, pack.RATINGS),
        _blank(pack.OBSERVED_HEAD, 0, [one.text for one in exercise.objectives]),
        tag("section", join([tag("h2", pack.OBSERVED_BREACHES), _blank(pack.OBSERVED_BREACH_HEAD, 4)]), class_="whole"),
        tag("section", join([tag("h2", pack.OBSERVED_INJECTS), _blank(pack.OBSERVED_INJECT_HEAD, 2, timed)]),
            class_="whole"),
        tag("section", join([tag("h2", pack.OBSERVED_TALK), *map(_open, pack.OBSERVED_QUESTIONS)]), class_="whole"),
    ])


def evaluation_form() -> Html:
    """Return the evaluation by participants; it asks for no name."""
    return join([
        paragraphs(pack.EVALUATION_NOTE),
        _blank((pack.EVALUATION_HEAD, *pack.EVALUATION_SCALE), 0, pack.EVALUATION_ROWS),
        *map(_open, pack.EVALUATION_OPEN),
    ])


def _blank(head: Sequence[str], rows: int, first: Sequence[str] = ()) -> Html:
    """Return a table to fill in.

    ``first``: what stands in the first column; empty rows follow.
    """
    cells = [[text, *[""] * (len(head) - 1)] for text in (*first, *[""] * rows)]
    return tag("div", table(head, cells), class_="blank")


def _open(question: str) -> Html:
    lines = join([tag("div", "", class_="lines") for _ in range(LINES)])
    return tag("section", join([tag("p", question), lines]), class_="whole")
