"""Clocks and memory of what is measured, and where its time goes."""

import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TURNS = 3
PAUSE = 1.0
"""Seconds between two looks at memory. A look takes some 6 ms of processor time a process, at the cost of what is
measured.
"""


def memory() -> float:
    """Peak memory of this process in MB; NaN where the platform does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def timed(work: Callable[[], object], turns: int = TURNS) -> tuple[float, float]:
    """Least wall and processor seconds of some turns, after one that is not counted where there are several."""
    found = []
    for _ in range(turns + (turns > 1)):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    best = [min(part) for part in zip(*found[turns > 1 :], strict=True)]
    return best[0], best[1]


def told(seconds: tuple[float, float], members: int = 1) -> dict[str, float]:
    """What a way says of itself."""
    return {"wall": seconds[0], "cpu": seconds[1], "members": members, "memory": memory()}


class PeakOfAll(threading.Thread):
    """The most memory that this process and all below it hold together, looked at every second, in MB.

    On Linux, memory that processes share is divided among them; elsewhere it counts once for each.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.done = float("nan"), threading.Event()

    def run(self) -> None:
        import psutil

        own, self.peak = psutil.Process(), 0.0
        while not self.done.wait(PAUSE):
            held = 0
            for process in [own, *own.children(recursive=True)]:
                try:
                    held += held_by(process)
                except (psutil.Error, OSError):
                    continue  # it ended meanwhile
            self.peak = max(self.peak, held / 1024**2)

    def __enter__(self) -> "PeakOfAll":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.join()


def held_by(process) -> int:
    """Bytes that a process holds. Args: process, of psutil."""
    rollup = Path(f"/proc/{process.pid}/smaps_rollup")
    if not rollup.exists():
        return process.memory_info().rss
    own = re.search(r"^Pss: +(\d+) kB", rollup.read_text(encoding="utf-8"), re.MULTILINE)
    return 1024 * int(own[1]) if own else process.memory_info().rss


class Shares(threading.Thread):
    """Where the main thread is, looked at each few milliseconds: the innermost file of the package, as shares."""

    def __init__(self, pause: float = 0.003) -> None:
        super().__init__(daemon=True)
        self.pause, self.seen, self.done = pause, Counter(), threading.Event()
        self.watched = threading.main_thread().ident

    def run(self) -> None:
        while not self.done.wait(self.pause):
            frame = sys._current_frames().get(self.watched)
            self.seen[place_of(frame)] += 1

    def __enter__(self) -> "Shares":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.join()

    def largest(self, number: int = 8) -> dict[str, float]:
        """The places with the largest shares, and all others together."""
        whole = max(1, sum(self.seen.values()))
        first = dict(self.seen.most_common(number))
        rest = sum(self.seen.values()) - sum(first.values())
        return {place: count / whole for place, count in {**first, **({"all else": rest} if rest else {})}.items()}


def place_of(frame) -> str:
    """The innermost file of the package on the way to a frame."""
    package = str(ROOT / "mixedmig_model")
    while frame is not None:
        if frame.f_code.co_filename.startswith(package):
            return Path(frame.f_code.co_filename).relative_to(package).as_posix().removesuffix(".py")
        frame = frame.f_back
    return "outside the package"
