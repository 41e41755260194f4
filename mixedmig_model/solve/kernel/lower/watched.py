"""How far the steps of a day are off, stock by stock.

It is text of LLVM next to the driver's.
"""

from math import prod
from typing import Protocol

from mixedmig_model.solve.kernel.lower.text import Code, D, V, eight, number
from mixedmig_model.solve.kernel.memory import LANES, Buffer, Kind
from mixedmig_model.vocabulary.labels import PLACES, STAGES

ALONE = ("at_sea", "moving", "irregular")
"""Stocks by group and country that are watched as they are.

People ashore are watched by stage and in detention.
"""


class Places(Protocol):
    """What knows where numbers lie in a state."""

    cells: str
    of: dict[str, str]

    def cell(self, where: str, cell: str, number_: int) -> str:
        """Return the address of one number by group and country."""

    def start(self, kind: Kind) -> str:
        """Return where a block of the state starts."""


class Watched:
    """The error of each stock in a day.

    It is how much third and second order differ in its cells. The rule of second order is 2 X2 - X, from the first two
    stages of a step.
    """

    def __init__(self, code: Code, state: Buffer, places: Places) -> None:
        self.code, self.state, self.places = code, state, places
        people = state.slots["state/people"].first
        self.stocks = [[state.slots[f"state/{name}"].first] for name in ALONE]
        self.stocks += [[people + stage * len(PLACES) + place for place in range(len(PLACES))]
                        for stage in range(len(STAGES))]
        self.stocks.append([people + stage * len(PLACES) for stage in range(len(STAGES))])
        assert prod(state.slots["state/people"].sizes) == len(STAGES) * len(PLACES)
        self.rooms = [code.room(V) for _ in range(len(self.stocks) + 1)]

    def begin(self) -> None:
        """Begin a day."""
        for room in self.rooms:
            self.code.store(V, eight(0.0), room)

    def _grow(self, room: str, value: str) -> None:
        self.code.store(V, self.code.paired("add", V, self.code.load(V, room), value), room)

    def _off(self, addresses: list[str]) -> str:
        """Return how far eight cells are off.

        ``addresses`` say where they lie after the step, after two stages, and before.
        """
        code = self.code
        after, middle, before = (code.load(V, one) for one in addresses)
        off = code.paired("add", V, code.paired("sub", V, after, code.paired("mul", V, middle, eight(2.0))), before)
        return code.get(f"call {V} @llvm.fabs.v8f64({V} {off})")

    def _adrift(self, where: str, block: str) -> str:
        """Return the address of people adrift, without country."""
        slot = self.state.slots["state/adrift"]
        place = self.code.whole("mul", block, str(self.state.counts[slot.kind] * LANES))
        start = self.code.at(where, self.places.start(slot.kind))
        return self.code.at(self.code.at(start, place), str(slot.first * LANES))

    def add(self, after: str, middle: str, before: str) -> None:
        """Add the error of a step."""
        states = (after, middle, before)
        with self.code.loop(self.places.cells) as cell:
            known: dict[int, str] = {}
            for room, numbers in zip(self.rooms, self.stocks, strict=False):
                for one in numbers:
                    if one not in known:
                        known[one] = self._off([self.places.cell(where, cell, one) for where in states])
                    self._grow(room, known[one])
        with self.code.loop(self.places.of["blocks"]) as block:
            self._grow(self.rooms[-1], self._off([self._adrift(where, block) for where in states]))

    def furthest(self, state: str, least: str) -> str:
        """Return the largest error of a stock.

        It is a share of the stock and of some people more.

        Parameters
        ----------
        state : str
            Address of the state.
        least : str
            Those few people.

        Returns
        -------
        str
            The name of the error in the text.
        """
        code = self.code
        sizes = [code.room(V) for _ in self.rooms]
        for room in sizes:
            code.store(V, eight(0.0), room)
        with code.loop(self.places.cells) as cell:
            known: dict[int, str] = {}
            for room, numbers in zip(sizes, self.stocks, strict=False):
                for one in numbers:
                    if one not in known:
                        known[one] = code.load(V, self.places.cell(state, cell, one))
                    self._grow(room, known[one])
        with code.loop(self.places.of["blocks"]) as block:
            self._grow(sizes[-1], code.load(V, self._adrift(state, block)))
        result = number(0.0)
        for room, size in zip(self.rooms, sizes, strict=True):
            off = code.paired("mul", D, code.added_up(code.load(V, room)), number(0.5))
            whole = code.paired("add", D, code.added_up(code.load(V, size)), least)
            result = code.paired("max", D, result, code.paired("div", D, off, whole))
        return result
