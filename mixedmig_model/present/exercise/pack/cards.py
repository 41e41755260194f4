"""Cards of a pack: roles, injects and testimony."""

from collections.abc import Sequence
from typing import Any

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import ExerciseRole, Inject
from mixedmig_model.present.exercise.pack.text import markdown, read_testimony
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.record.words.teaching import pack
from mixedmig_model.record.words.teaching.cards import (
    change_words,
    countries_words,
    late_words,
    limit_words,
    money_words,
    ordered_title,
    sees_words,
    time_words,
    to_words,
)


def role_cards(inputs: ExerciseInputs) -> Html:
    """Return a sheet for each role.

    It has what the role orders and sees, its money and its brief; nothing of what is true and hidden.
    """
    return join([_role(inputs, role) for role in inputs.exercise.roles])


def _role(inputs: ExerciseInputs, role: ExerciseRole) -> Html:
    rows = [[ordered_title(inputs, one), limit_words(inputs, one), one.note] for one in role.levers]
    orders = table(pack.ORDER_HEAD, rows) if rows else paragraphs(pack.ORDERS_NOTHING)
    parts = [
        tag("h2", role.title), paragraphs(countries_words(inputs, role)), _brief(inputs, role),
        tag("h3", pack.CARD_DECIDES), orders, tag("h3", pack.CARD_SEES),
        paragraphs(*filter(None, (sees_words(role), late_words(role)))),
        tag("h3", pack.CARD_MONEY), paragraphs(money_words(inputs, role) or pack.NO_MONEY),
    ]
    return tag("section", join(parts), class_="sheet", id=f"role-{role.name}")


def _brief(inputs: ExerciseInputs, role: ExerciseRole) -> Html:
    """Return the brief of a role, without its title."""
    lines = inputs.briefs[role.name].splitlines()
    return markdown("\n".join(lines[1:] if lines and lines[0].startswith("# ") else lines))


def inject_cards(inputs: ExerciseInputs, answers: bool) -> Html:
    """Return a card for each inject.

    Parameters
    ----------
    inputs : ExerciseInputs
        The exercise.
    answers : bool
        Whether to show what only the facilitator may see.

    Returns
    -------
    Html
        The cards: those of the clock in order, then those of a condition, then all others.
    """
    return join([_inject(inputs, one, answers) for one in ordered(inputs.exercise.injects)])


def ordered(injects: Sequence[Inject]) -> list[Inject]:
    """Return injects in the order in which they come."""
    def place(one: Inject) -> tuple[int, int, int]:
        if one.at is not None:
            return 0, one.at.round, one.at.minute
        return (1, 0, 0) if one.when is not None else (2, 0, 0)
    return sorted(injects, key=place)


def _inject(inputs: ExerciseInputs, inject: Inject, answers: bool) -> Html:
    rows: list[tuple[str, Any]] = [(pack.TO, to_words(inputs, inject)),
                                   (pack.CHANNEL, pack.CHANNELS[inject.channel])]
    if inject.asks is not None:
        rows.append((pack.ASKS, inject.asks))
    if inject.due_minutes is not None:
        rows.append((pack.DUE_LABEL, pack.DUE.format(minutes=inject.due_minutes)))
    parts = [tag("p", pack.FACILITATOR_ONLY, class_="secret")] if answers else []
    parts.append(tag("h2", inject.title))
    if inject.content_note is not None:
        parts.append(tag("p", f"{pack.READ_FIRST}: {inject.content_note}", class_="warning"))
    parts += [tag("p", inject.text, class_="text"), _pairs(rows)]
    if answers:
        parts.append(_pairs(_answers(inputs, inject)))
    return tag("section", join(parts), class_="card", id=f"inject-{inject.id}")


def _answers(inputs: ExerciseInputs, inject: Inject) -> list[tuple[str, Any]]:
    """Return what the facilitator alone sees of an inject."""
    objectives = {one.id: one.text for one in inputs.exercise.objectives}
    changes = [change_words(inputs, one) for one in inject.changes]
    rows: list[tuple[str, Any]] = [(pack.TIME, time_words(inputs, inject))]
    optional = ((pack.EXPECTED, inject.expected), (pack.CHANGES, bullets(changes) if changes else pack.NOTHING_CHANGES),
                (pack.LEFT_OUT, inject.not_modelled),
                (pack.IF_IGNORED, inputs.injects[inject.if_ignored].title if inject.if_ignored else None),
                (pack.OBJECTIVE, objectives.get(inject.objective or "")), (pack.PARAGRAPH, inject.paragraph))
    return rows + [(label, value) for label, value in optional if value is not None]


def _pairs(rows: Sequence[tuple[str, Any]]) -> Html:
    """Return labels with what they say."""
    return tag("dl", join([join([tag("dt", label), tag("dd", value)]) for label, value in rows]))


def testimony(text: str) -> Html:
    """Return the testimony cards, each with its content note."""
    cards = [
        tag("section", join([
            tag("p", pack.FACILITATOR_ONLY, class_="secret"), tag("h2", one.title),
            tag("p", f"{pack.TESTIMONY_NOTE}: {one.content_note}", class_="warning"), markdown(one.text),
        ]), class_="card")
        for one in read_testimony(text)
    ]
    return join([bullets(pack.TESTIMONY_RULES), *cards]) if cards else paragraphs(pack.NO_TESTIMONY)
