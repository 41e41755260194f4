"""The table of minutes of an exercise.

It says what happens when, with the injects that come by the clock.
"""

from dataclasses import dataclass

from mixedmig_model.inputs.exercises.schema import Exercise, Format, Round
from mixedmig_model.record.words.teaching import pack


@dataclass(frozen=True)
class Frame:
    """Minutes of the day around the rounds."""

    welcome: int
    reading: int
    picture: int
    pause: int
    debrief: int
    closing: int


FRAMES: dict[Format, Frame] = {
    "A": Frame(welcome=3, reading=5, picture=3, pause=0, debrief=25, closing=3),
    "B": Frame(welcome=15, reading=15, picture=10, pause=15, debrief=60, closing=15),
    "C": Frame(welcome=30, reading=45, picture=20, pause=20, debrief=90, closing=30),
}
"""The frame of each format.

The debrief has about a quarter of the day.
"""


@dataclass(frozen=True)
class MinuteRow:
    """A row of the table of minutes."""

    start: int
    minutes: int
    what: str
    who: str
    injects: tuple[str, ...] = ()


def schedule(exercise: Exercise) -> tuple[MinuteRow, ...]:
    """Return the table of minutes of an exercise.

    Parameters
    ----------
    exercise : Exercise
        The exercise.

    Returns
    -------
    tuple[MinuteRow, ...]
        Rows in order of time; each begins where the one before ends.
    """
    frame = FRAMES[exercise.format]
    parts: list[tuple[int, str, str, tuple[str, ...]]] = [
        (frame.welcome, pack.WELCOME, pack.WHO_FACILITATOR, ()), (frame.reading, pack.READING, pack.WHO_TEAMS, ())]
    for number, one in enumerate(exercise.rounds, start=1):
        parts.append((one.minutes, pack.DECIDE.format(title=round_title(one, number)), pack.WHO_TEAMS,
                      injects_of(exercise, number)))
        parts.append((frame.picture, pack.PICTURE, pack.WHO_FACILITATOR, ()))
        if frame.pause and 2 * number == len(exercise.rounds):
            parts.append((frame.pause, pack.PAUSE, pack.WHO_ALL, ()))
    parts += [(frame.debrief, pack.DEBRIEF_ROW, pack.WHO_ALL, ()), (frame.closing, pack.CLOSING, pack.WHO_ALL, ())]
    rows, start = [], 0
    for minutes, what, whose, injects in parts:
        rows.append(MinuteRow(start, minutes, what, whose, injects))
        start += minutes
    return tuple(rows)


def length(exercise: Exercise) -> int:
    """Return the minutes of the whole day."""
    last = schedule(exercise)[-1]
    return last.start + last.minutes


def debrief_minutes(exercise: Exercise) -> tuple[int, ...]:
    """Return the minutes of each step of the debrief."""
    whole = FRAMES[exercise.format].debrief
    first = [round(whole * share) for _, share, _ in pack.DEBRIEF_ROWS[:-1]]
    return (*first, whole - sum(first))


def round_title(one: Round, number: int) -> str:
    """Return the title of a round, with its number."""
    return pack.ROUND.format(number=number, title=one.title) if one.title else pack.ROUND_ALONE.format(number=number)


def injects_of(exercise: Exercise, number: int) -> tuple[str, ...]:
    """Return the injects that come by the clock in a round."""
    timed = sorted((one.at.minute, one.title) for one in exercise.injects
                   if one.at is not None and one.at.round == number)
    return tuple(pack.INJECT_ROW.format(minute=minute, title=title) for minute, title in timed)
