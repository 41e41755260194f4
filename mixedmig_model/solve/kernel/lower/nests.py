"""Loop nests: what one loop computes, and in which order.

Loops run over groups and countries.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mixedmig_model.solve.kernel.lower.scalarise import REDUCTIONS, Stored
from mixedmig_model.solve.kernel.lower.scalars import Number, Variables

EVERY = "cdg"
"""All loop variables."""
AGAIN = ("add", "sub", "mul", "max", "min")
"""Arithmetic that takes no longer than to read its result."""


class NestKey(NamedTuple):
    """A loop nest.

    It says whether the inputs of a day fix it, its turn, and its loop variables.
    """

    changing: bool
    turn: int
    loops: str


@dataclass
class Nest:
    """What is computed in a loop nest, and what is written in it.

    Both are in order.
    """

    key: NestKey
    body: list[Number] = field(default_factory=list)
    stored: list[Stored] = field(default_factory=list)


class NestPlan(NamedTuple):
    """All loop nests in order.

    It has the numbers that one nest leaves in memory for another.
    """

    nests: list[Nest]
    kept: dict[int, Number]


def loops_of(space: Variables) -> str:
    """Return loop variables in the order of the loops.

    Countries are outside, groups inside.
    """
    return "".join(name for name in EVERY if name in space)


def own_space(number: Number) -> Variables:
    """Return the loops in which a number is computed.

    For a sum they are those of what it adds up.
    """
    return number.args[0].space if number.op in REDUCTIONS else number.space


def live(stored: Sequence[Stored]) -> list[Number]:
    """Return all numbers that are needed, arguments first."""
    found: dict[int, Number] = {}
    waiting = [one.number for one in stored]
    while waiting:
        one = waiting.pop()
        if one.id not in found:
            found[one.id] = one
            waiting += one.args
    return [found[number] for number in sorted(found)]


def schedule(stored: Sequence[Stored]) -> NestPlan:
    """Return loop nests for all that is to be written."""
    every = live(stored)
    of = _places(every)
    nests: dict[NestKey, Nest] = {}
    kept: dict[int, Number] = {}
    for one in every:
        if one.op == "view":
            kept[one.args[0].id] = one.args[0]
        if one.free:
            continue
        key = of[one.id]
        nests.setdefault(key, Nest(key)).body.append(one)
        for arg in _arguments(one, key, of):
            if arg.id in of and (of[arg.id] != key or arg.op in REDUCTIONS):
                kept[arg.id] = arg
    _place_stored(stored, nests, of, kept)
    return NestPlan([nests[key] for key in sorted(nests)], kept)


def made_again(one: Number) -> bool:
    """Return whether a number is computed wherever it is used.

    There is one for each pair of countries and each group: to keep them all costs more memory than to multiply again.
    """
    return one.op in AGAIN and len(one.space) == len(EVERY) and all(
        arg.free or len(arg.space) < len(EVERY) or made_again(arg) for arg in one.args
    )


def _arguments(one: Number, key: NestKey, of: Mapping[int, NestKey]) -> list[Number]:
    """Return what a number reads in its own loop nest.

    A number of another nest that is made again stands for its arguments.
    """
    result = []
    for arg in one.args:
        again = of.get(arg.id, key) != key and made_again(arg)
        result += _arguments(arg, key, of) if again else [arg]
    return result


def _places(every: Sequence[Number]) -> dict[int, NestKey]:
    """Return the loop nest of each number.

    It is as early as it can be. A number computed from inputs alone is placed where it is first used.
    """
    turns: dict[int, int] = {}
    of: dict[int, NestKey] = {}
    users: dict[int, list[Number]] = defaultdict(list)
    for one in every:
        for arg in one.args:
            users[arg.id].append(one)
        if not one.free:
            turns[one.id] = _turn(one, turns)
            of[one.id] = NestKey(not one.still, turns[one.id], loops_of(own_space(one)))
    for one in reversed(every):
        if one.id in of and users[one.id] and one.op not in REDUCTIONS and all(arg.free for arg in one.args):
            where = [of.get(user.id) for user in users[one.id]]
            first = min((key for key in where if key), default=of[one.id])
            if all(key and key[::2] == of[one.id][::2] for key in where) and first.turn >= of[one.id].turn:
                of[one.id] = first
    return of


def _turn(one: Number, turns: dict[int, int]) -> int:
    """Return the turn of a number.

    It is after all that comes from other loops.
    """
    result = 0
    for arg in one.args:
        base = arg.args[0] if arg.op == "view" else arg
        if base.free or (base.still and not one.still):
            continue
        apart = arg.op == "view" or arg.op in REDUCTIONS or own_space(arg) != own_space(one)
        result = max(result, turns[base.id] + apart)
    return result


def _place_stored(
    stored: Sequence[Stored], nests: dict[NestKey, Nest], of: dict[int, NestKey], kept: dict[int, Number]
) -> None:
    """Write each number in the loop that makes it.

    A last loop of its own is the other place.
    """
    last = 1 + max((key.turn for key in nests), default=0)
    for one in stored:
        key = of.get(one.number.id)
        if key and key.changing and one.number.op not in REDUCTIONS and key.loops == loops_of(one.space):
            nests[key].stored.append(one)
            continue
        if key:
            kept[one.number.id] = one.number
        own = NestKey(True, last, loops_of(one.space))
        nests.setdefault(own, Nest(own)).stored.append(one)


def by_turn(nests: Sequence[Nest]) -> dict[bool, list[Nest]]:
    """Return nests of the day (False) and of the stage (True)."""
    result: dict[bool, list[Nest]] = defaultdict(list)
    for nest in nests:
        result[nest.key.changing].append(nest)
    return result
