"""The facilitator's guide, from ten steps to hot wash."""

from typing import Any

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import Exercise
from mixedmig_model.present.exercise.pack.cards import ordered
from mixedmig_model.present.exercise.pack.room import room_section
from mixedmig_model.present.exercise.pack.schedule import MinuteRow, debrief_minutes, length, schedule
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.record.words.teaching import pack
from mixedmig_model.record.words.teaching.cards import ordered_title

HOUR = 60


def guide(inputs: ExerciseInputs) -> Html:
    """Return the guide of an exercise."""
    exercise = inputs.exercise
    return join([
        paragraphs(exercise.summary, form_words(exercise), *pack.PURPOSE),
        _part(pack.OBJECTIVES, paragraphs(pack.OBJECTIVES_NOTE), _objectives(exercise)),
        _part(pack.STEPS, table(pack.STEP_HEAD, [[when, what, ""] for when, what in pack.STEP_ROWS])),
        _part(pack.ROOM, paragraphs(*pack.ROOM_NOTE), room_section()),
        _part(pack.MINUTES, paragraphs(pack.MINUTES_NOTE), _minutes(exercise), _others(exercise)),
        _part(pack.RULES, bullets(pack.RULE_ROWS)),
        _part(pack.IF_TEAM, table(pack.IF_TEAM_HEAD, [list(row) for row in pack.IF_TEAM_ROWS])),
        _part(pack.DEBRIEF, paragraphs(pack.DEBRIEF_NOTE), _debrief(exercise)),
        _part(pack.HOT_WASH, paragraphs(pack.HOT_WASH_NOTE), _hot_wash()),
        names_to_type(inputs),
    ])


def names_to_type(inputs: ExerciseInputs) -> Html:
    """Return the names that commands take: roles, orders, injects."""
    exercise = inputs.exercise
    rows = []
    for role in exercise.roles:
        rows.append([pack.ROLE_ROW.format(title=role.title), tag("code", role.name)])
        rows += [[ordered_title(inputs, one), tag("code", one.key)] for one in role.levers]
    cards = [[one.title, tag("code", one.id)] for one in ordered(exercise.injects)]
    return tag("section", join([
        tag("h2", pack.NAMES), paragraphs(pack.NAMES_NOTE), table(pack.NAMES_HEAD, rows),
        tag("h3", pack.INJECT_NAMES), table(pack.NAMES_HEAD, cards)]), class_="names")


def form_words(exercise: Exercise) -> str:
    """Return how many rounds there are, and how long they take."""
    whole, rounds = length(exercise), len(exercise.rounds)
    if exercise.format == "A":
        return pack.SHORT_NOTE.format(rounds=rounds, minutes=whole)
    return pack.LONG_NOTE.format(rounds=rounds, hours=round(whole / HOUR))


def _part(title: str, *parts: Html) -> Html:
    return tag("section", join([tag("h2", title), *parts]), class_="whole")


def _objectives(exercise: Exercise) -> Html:
    rows = [[one.text, one.paragraph or "", pack.EVIDENCE[one.evidence]] for one in exercise.objectives]
    return table(pack.OBJECTIVE_HEAD, rows)


def _minutes(exercise: Exercise) -> Html:
    rows = [[clock_text(row.start), str(row.minutes), _what(row), row.who] for row in schedule(exercise)]
    return table(pack.MINUTE_HEAD, rows, numeric=(1,))


def clock_text(minutes: int) -> str:
    """Return minutes from the beginning as hours and minutes."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def _what(row: MinuteRow) -> Any:
    return join([row.what, bullets(row.injects)]) if row.injects else row.what


def _others(exercise: Exercise) -> Html:
    """Return injects that do not come by the clock."""
    titles = {one.id: one.title for one in exercise.injects}
    follows = {one.if_ignored for one in exercise.injects if one.if_ignored is not None}
    conditional = [one.title for one in exercise.injects if one.when is not None]
    waiting = [one.title for one in exercise.injects if one.at is None and one.when is None and one.id not in follows]
    waiting += [pack.FOLLOWS.format(title=titles[name]) for name in titles if name in follows]
    parts = [join([tag("h3", title), paragraphs(", ".join(names))])
             for title, names in ((pack.BY_CONDITION, conditional), (pack.IN_RESERVE, waiting)) if names]
    return join(parts)


def _debrief(exercise: Exercise) -> Html:
    rows = [[step, str(minutes), bullets(questions)]
            for (step, _, questions), minutes in zip(pack.DEBRIEF_ROWS, debrief_minutes(exercise), strict=True)]
    return table(pack.DEBRIEF_HEAD, rows, numeric=(1,))


def _hot_wash() -> Html:
    return join([join([tag("p", question), tag("div", "", class_="lines")]) for question in pack.HOT_WASH_ROWS])
