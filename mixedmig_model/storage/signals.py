"""Stopping: Ctrl-C and all signals that end a program.

They all act alike. Until work begins there is nothing to clean up, and the process ends immediately. Then it ends as by
Ctrl-C: what is half-written is removed, and workers end. This file imports nothing heavy: it is the first that a
command loads.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Signals that end a program.

They are Ctrl-C, a closed terminal, and Ctrl-Break on Windows. The end of a container, a service or a time limit sends
one too.
"""
NOTHING_LEFT = "nothing half-written was left behind"


class Stopping:
    """Whether and by which signal this process is being stopped.

    Attributes
    ----------
    number : int
        The signal; 0 while there was none.
    is_working : bool
        Whether anything may have to be cleaned up.
    """

    number = 0
    is_working = False

    def install(self) -> None:
        """Take the signals, except those that are ignored.

        The parent of this process may have it ignore some (as ``nohup`` does).
        """
        for name in SIGNALS:
            known = getattr(signal, name, None)
            if known is not None and signal.getsignal(known) is not signal.SIG_IGN:
                signal.signal(known, self.take)

    def take(self, number: int, _: FrameType | None) -> None:
        """Take one signal: end immediately, or interrupt the work.

        A second one other than Ctrl-C changes nothing.
        """
        if self.number and number != signal.SIGINT:
            return
        self.number = self.number or number
        if not self.is_working:
            os.write(2, f"{self.words}\n".encode())
            os._exit(self.exit_code)
        raise KeyboardInterrupt

    @property
    def exit_code(self) -> int:
        """128 and the number of the signal, as shells have it.

        It is that of Ctrl-C where there was none.
        """
        return 128 + int(self.number or signal.SIGINT)

    @property
    def words(self) -> str:
        """What stopped the process, for people."""
        number = self.number or signal.SIGINT
        how = "interrupted" if number == signal.SIGINT else f"stopped by {signal.Signals(number).name}"
        return f"{how}; {NOTHING_LEFT}"


stopping = Stopping()
"""How this process is being stopped."""


@contextmanager
def held_back() -> Iterator[None]:
    """Hold back terminal signals while a process starts.

    The new process begins with them held back (not on Windows).
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _of_terminals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_parent() -> None:
    """Ignore in a worker what a terminal sends to all processes.

    The parent ends its workers itself.
    """
    for number in _of_terminals():
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _of_terminals())


def _of_terminals() -> set[signal.Signals]:
    """Return the signals of terminals.

    They are Ctrl-C, and the signal of a closed terminal where there is one.
    """
    return {getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)}
