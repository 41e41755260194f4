"""Progress of long work in a terminal; plain lines where there is none."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def terminal_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A function that shows phase, done and total: bars in a terminal, one line a phase elsewhere; on stderr."""
    if not sys.stderr.isatty():

        def line(phase: str, done: int, total: int) -> None:
            if done in (1, total):
                sys.stderr.write(f"{phase}: {done} of {total}\n")
                sys.stderr.flush()

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        known: dict[str, int] = {}

        def show(phase: str, done: int, total: int) -> None:
            if phase not in known:
                known[phase] = bars.add_task(phase, total=total)
            bars.update(known[phase], completed=done)  # type: ignore[arg-type]

        yield show
