"""Commands called within this process: their output, their exit code, how long they take, and whether they end."""

import math
import signal
import threading
import time
import warnings
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType, SimpleNamespace
from typing import Any
from unittest.mock import patch

LIMIT = 60.0
"""Seconds of processor time that a command may take on a small workspace."""
WAITING = 5.0
"""How many times as long it may take by the clock: a machine may have other work, and what waits for ever uses none."""
BATCH_LIMIT = 300.0
"""Seconds of processor time that a batch of two runs may take, its notebooks included."""
MAKE_BATCH = "mixedmig_model.present.batch.make.make_batch"
KEPT = 6
"""Solved runs that are kept at a time: mutants that mean the same are solved once."""


class Stopped(BaseException):
    """A command took longer than its limit."""


@dataclass(frozen=True)
class Done:
    """A command that has ended. ``error``: what escaped from it, in words."""

    code: int
    stdout: str
    stderr: str
    error: str
    seconds: float


def call(*arguments: object, limit: float = LIMIT) -> Done:
    """Call ``mixedmig`` with these arguments. Python's own warnings count as errors: a user meets them as noise."""
    from typer.testing import CliRunner

    from mixedmig_model.cli.main import app

    began = time.process_time()
    try:
        with watched(limit) as late, warnings.catch_warnings():
            warnings.simplefilter("error")
            done = CliRunner().invoke(app, [str(one) for one in arguments])
    except Stopped:
        return Done(-1, "", "", f"no end after {limit:g} s", time.process_time() - began)
    escaped = done.exception if not isinstance(done.exception, SystemExit) else None
    error = f"{type(escaped).__name__}: {escaped}" if escaped is not None else ""
    if late:
        error = f"no end after {limit:g} s"
    return Done(done.exit_code, done.stdout, done.stderr, error, time.process_time() - began)


@contextmanager
def watched(limit: float) -> Iterator[list[int]]:
    """Stop what takes too long, where the system has a clock that can interrupt.

    The list that is given is empty unless that was needed: a command may turn what stops it into an exit code.
    """
    late: list[int] = []
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield late
        return

    def stop(number: int, frame: FrameType | None) -> None:
        late.append(number)
        raise Stopped

    clocks = (signal.ITIMER_PROF, signal.SIGPROF, limit), (signal.ITIMER_REAL, signal.SIGALRM, WAITING * limit)
    before = [(clock, number, signal.signal(number, stop)) for clock, number, _ in clocks]
    for clock, _, seconds in clocks:
        signal.setitimer(clock, seconds)
    try:
        yield late
    finally:
        for clock, number, handler in before:
            signal.setitimer(clock, 0.0)
            signal.signal(number, handler)


@contextmanager
def quicker() -> Iterator[None]:
    """Solve runs of the same numbers once. Nothing else is changed."""
    from mixedmig_model.study import run

    with ExitStack() as stack:
        stack.enter_context(patch.object(run, "run_one", _kept(run.run_one)))
        stack.enter_context(patch.dict("os.environ", {"MIXEDMIG_RUNS": "off"}))
        yield


def _kept(solve: Any) -> Any:
    """Return ``run_one`` with a memory of a few runs."""
    memory: OrderedDict[tuple[str, ...], Any] = OrderedDict()

    def run_one(run: Any, *more: Any, **named: Any) -> Any:
        key = run.digest, run.case, run.scenario, run.title, repr((more, named))
        if key not in memory:
            memory[key] = solve(run, *more, **named)
        memory.move_to_end(key)
        while len(memory) > KEPT:
            memory.popitem(last=False)
        return memory[key]

    return run_one


def planned(batch: Any, folder: Any, *_: Any, **__: Any) -> SimpleNamespace:
    """Stand for the runs of a batch: each is read as its run would read it, and none is solved.

    A run that fails when it is read should have been refused with the batch file: it is told as a failure.
    """
    from mixedmig_model.inputs.reading.faults import InputFaultsError
    from mixedmig_model.inputs.reading.validation import validate
    from mixedmig_model.inputs.reading.yaml_reader import parse_document
    from mixedmig_model.inputs.schema import Scenario

    failures = []
    for point in batch.points:
        try:
            validate(parse_document(point.scenario, point.name), Scenario)
        except InputFaultsError as error:
            failures.append((point.name, f"a fault that was not found when the batch was read: {error}"))
    return SimpleNamespace(failures=failures, index=folder, runs=len(batch.points), reused=0)


def insane(value: Any, path: str = "") -> list[str]:
    """Return the numbers of a record that no result can be: infinite, or not a number."""
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in insane(one, f"{path}.{key}")]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [text for key, one in enumerate(value) for text in insane(one, f"{path}.{key}")]
    return [f"{path[1:]} is {value}"] if isinstance(value, float) and not math.isfinite(value) else []
