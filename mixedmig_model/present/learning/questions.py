"""Questions, and how an answer is marked.

A question holds no answer. The model answers when somebody asks, and the answer is compared with what was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mixedmig_model.record.words.teaching import lessons as words
from mixedmig_model.study.teaching.identify import Extent90

HINT_AFTER = 2
"""Tries after which a hint is shown."""
LEAST_LETTERS = 20
WIDEST = 3.0
"""Width that a range may have.

It counts in widths of the model's range, or in sizes of its value.
"""


@dataclass(frozen=True)
class Question:
    """A question: its key, text and hint.

    ``kind`` is number, choice, order or text. ``options`` are what can be chosen or put in order, by key and title.
    """

    key: str
    kind: str
    text: str
    hint: str
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Mark:
    """Whether an answer is right, and what is said of it."""

    is_right: bool
    said: str


@dataclass(frozen=True)
class OrderAnswer:
    """An order of options, and neighbours whose order is not sure."""

    order: tuple[str, ...]
    unsure: tuple[tuple[str, str], ...] = ()


def mark_number(given: tuple[float, float], answer: Extent90, tries: int) -> Mark:
    """Mark a range that was given for a number.

    Parameters
    ----------
    given : tuple[float, float]
        Low and high end.
    answer : Extent90
        The model's value with its range.
    tries : int
        Tries so far, this one among them.

    Returns
    -------
    Mark
        Right where the range holds the value and is not too wide.
    """
    low, high = given
    if low > high:
        return Mark(False, words.NOT_A_RANGE)
    if not low <= answer.value <= high:
        return Mark(False, words.WRONG.format(tries=tries))
    widest = WIDEST * max(answer.high - answer.low, abs(answer.value))
    if high - low > widest:
        return Mark(False, words.TOO_WIDE.format(tries=tries))
    return Mark(True, "")


def mark_choice(given: str, answer: Sequence[str], tries: int) -> Mark:
    """Mark a choice.

    Parameters
    ----------
    given : str
        The option that was chosen; empty for none.
    answer : sequence of str
        Options that are right.
    tries : int
        Tries so far.

    Returns
    -------
    Mark
        Right where the option is one of them.
    """
    return Mark(given in answer, "" if given in answer else words.WRONG.format(tries=tries))


def mark_order(given: Sequence[str], answer: OrderAnswer, tries: int) -> Mark:
    """Mark an order of options.

    Neighbours that are not sure may be exchanged.

    Parameters
    ----------
    given : sequence of str
        Options in the order that was given.
    answer : OrderAnswer
        The model's order.
    tries : int
        Tries so far.

    Returns
    -------
    Mark
        Right where each option has its place.
    """
    place = {option: k for k, option in enumerate(answer.order)}
    if sorted(given) != sorted(answer.order):
        return Mark(False, words.WRONG.format(tries=tries))
    unsure = {frozenset(pair) for pair in answer.unsure}
    wrong = [(one, two) for k, one in enumerate(given) for two in given[k + 1 :]
             if place[one] > place[two] and frozenset((one, two)) not in unsure]
    return Mark(not wrong, words.WRONG.format(tries=tries) if wrong else "")


def mark_text(given: str) -> Mark:
    """Mark a free text: it is kept, and nobody grades its content.

    Parameters
    ----------
    given : str
        The text.

    Returns
    -------
    Mark
        Right where it has enough letters.
    """
    enough = sum(sign.isalpha() for sign in given) >= LEAST_LETTERS
    return Mark(enough, "" if enough else words.TOO_SHORT.format(least=LEAST_LETTERS))


def hint_of(question: Question, tries: int, is_right: bool) -> str:
    """Return the hint of a question after two tries.

    Parameters
    ----------
    question : Question
        The question.
    tries : int
        Tries so far.
    is_right : bool
        Whether the last one was right.

    Returns
    -------
    str
        The hint, or an empty text.
    """
    if is_right or tries < HINT_AFTER or not question.hint:
        return ""
    return words.HINT.format(hint=question.hint)
