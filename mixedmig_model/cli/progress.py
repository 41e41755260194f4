"""Progress of long work with the time left.

A terminal shows bars; elsewhere a few lines are printed.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mixedmig_model.vocabulary.numbers import counted

MINUTE, QUIET = 60.0, 30.0
"""Seconds of a minute; seconds between two lines of a phase."""


def time_left(seconds: float) -> str:
    """Return in words how long something will take.

    Examples are "about 40 seconds left" and "about 3 minutes left".
    """
    whole = counted(round(seconds / MINUTE), "minute") if seconds >= 1.5 * MINUTE else counted(round(seconds), "second")
    return f"about {whole} left"


class PlainProgress:
    """Lines of a phase, with the time left.

    They are the first, the last, and one each half minute between them.
    """

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        self.write, self.clock, self.latest = write, clock, clock()
        self.phases: dict[str, tuple[int, float]] = {}
        self.shown: dict[str, float] = {}

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Tell one step of a phase."""
        now = self.clock()
        if phase not in self.phases:  # the first step of a phase ran since the last step of the one before
            self.phases[phase] = (0, self.latest) if done == 1 else (done, now)
        before, start = self.phases[phase]
        self.latest = now
        if not self._is_due(phase, done, total, now):
            return
        self.shown[phase] = now
        more = done - before
        left = f" ({time_left((now - start) / more * (total - done))})" if more > 0 and done < total else ""
        self.write(f"{phase}: {done} of {total}{left}\n")

    def _is_due(self, phase: str, done: int, total: int, now: float) -> bool:
        """Return whether a step has a line."""
        if phase not in self.shown:
            return done > 0
        return done >= total or now - self.shown[phase] >= QUIET


@contextmanager
def terminal_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows the progress of long work.

    It takes phase, done and total, and shows the time left. A terminal shows bars; elsewhere a few lines are printed.
    """
    if not sys.stderr.isatty():

        def write(line: str) -> None:
            sys.stderr.write(line)
            sys.stderr.flush()

        yield PlainProgress(write)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    left = TextColumn("left:")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), left, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        known: dict[str, int] = {}

        def show(phase: str, done: int, total: int) -> None:
            if phase not in known:
                known[phase] = bars.add_task(phase, total=total)
            bars.update(known[phase], completed=done)  # type: ignore[arg-type]

        yield show
