"""What all panels of a process share: kept answers, and turns.

Answers are bounded in bytes. People who wait take their turn before runs ahead.
"""

import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MEGABYTE = 1_000_000
RUNS_BYTES, ARRAYS_BYTES = 64 * MEGABYTE, 100 * MEGABYTE
"""Bytes of runs that are kept.

The first is for their numbers and lines, the second for all their arrays.
"""
MOST_AT_ONCE = 4
"""Runs that are solved at a time.

There are fewer on fewer processors. Each needs some 100 MB while it is solved.
"""


class _Kept(NamedTuple):
    value: Any
    size: int


class KeptAnswers:
    """Answers by key, those that were used last, bounded in bytes.

    Parameters
    ----------
    most : int
        Bytes of all answers together.
    """

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self._found: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many answers there are."""
        return len(self._found)

    def get(self, key: Hashable) -> Any:
        """Return an answer, or None."""
        with self._lock:
            found = self._found.get(key)
            if found is None:
                return None
            self._found.move_to_end(key)
            return found.value

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep an answer; those that were not used longest go.

        Parameters
        ----------
        key : Hashable
            The key.
        value : Any
            The answer.
        size : int
            Its size in bytes. One that is larger than all room is not kept.
        """
        with self._lock:
            self.size += size - self._found.pop(key, _Kept(None, 0)).size
            self._found[key] = _Kept(value, size)
            while self.size > self.most:
                self.size -= self._found.popitem(last=False)[1].size


class Turns:
    """Turns to solve: people in their order, then runs ahead.

    Parameters
    ----------
    at_once : int
        Runs that may be solved at a time.
    """

    def __init__(self, at_once: int) -> None:
        self._free, self._asked = at_once, 0
        self._line: deque[object] = deque()
        self._changed = threading.Condition()

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._asked > 0

    @property
    def waiting(self) -> int:
        """How many people wait for their turn."""
        return len(self._line)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Hold back all solving ahead while somebody waits."""
        with self._changed:
            self._asked += 1
        try:
            yield
        finally:
            with self._changed:
                self._asked -= 1
                self._changed.notify_all()

    @contextmanager
    def turn(self, *, ahead: bool = False) -> Iterator[None]:
        """Wait for a turn to solve.

        A run ahead waits until nobody else does.
        """
        with self._changed:
            self._take(ahead=ahead)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def give_way(self, wanted: Callable[[], bool]) -> None:
        """Leave the turn of a run ahead to people who wait.

        It goes on when nobody waits, or when somebody waits for it (``wanted``).
        """
        with self._changed:
            self._free += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: wanted() or self._nobody_else())
            if wanted():
                self._take(ahead=False)
            else:
                self._free -= 1

    def wake(self) -> None:
        """Tell all who wait to look again."""
        with self._changed:
            self._changed.notify_all()

    def _nobody_else(self) -> bool:
        return self._free > 0 and not self._line and not self._asked

    def _take(self, *, ahead: bool) -> None:
        if ahead:
            self._changed.wait_for(self._nobody_else)
        else:
            ticket = object()
            self._line.append(ticket)
            self._changed.wait_for(lambda: self._free > 0 and self._line[0] is ticket)
            self._line.popleft()
            self._changed.notify_all()
        self._free -= 1


@dataclass
class Shared:
    """Kept runs, kept arrays and turns of all panels of a process."""

    runs: KeptAnswers = field(default_factory=lambda: KeptAnswers(RUNS_BYTES))
    arrays: KeptAnswers = field(default_factory=lambda: KeptAnswers(ARRAYS_BYTES))
    turns: Turns = field(default_factory=lambda: Turns(min(os.cpu_count() or 1, MOST_AT_ONCE)))
