"""Tasks on other processes, a few at a time.

There is a pool on this computer, or a Dask cluster that is there already. Results come as they are ready. No more tasks
are started than there are workers, so that at most one result a worker waits in memory. A worker ends when its parent
does, on every system: it holds one end of a pipe. The system closes the other with the parent, however that ends.
"""

import asyncio
import multiprocessing
import os
import subprocess
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from mixedmig_model.storage.atomic import tidy_scratch
from mixedmig_model.storage.memory import expect_same_work
from mixedmig_model.storage.signals import held_back, leave_to_parent

T = TypeVar("T")
R = TypeVar("R")
PATIENCE = 10
"""Seconds that a scheduler has to answer."""
LOST = "a worker process was killed, often because memory ran out: use fewer workers"
ORPHANED = 1
"""Exit code of a worker whose parent is gone."""


class WorkerLostError(RuntimeError):
    """Raised where a process was killed from outside."""


class ClusterError(RuntimeError):
    """Raised where there is no cluster, or it gave up.

    The message says which.
    """


def on_threads(job: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """Return results in the order of tasks, a thread a processor.

    In a worker there are as many as its share of the processors. One task alone stays in this thread, and so do all
    where there is one thread.
    """
    threads = max(1, (os.cpu_count() or 1) // _crowd.workers)
    if len(tasks) <= 1 or threads == 1:
        return [job(task) for task in tasks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(job, tasks))


class _Crowd:
    """How many processes share the processors with this one."""

    workers = 1


_crowd = _Crowd()


def in_background(job: Callable[..., None], *given: Any) -> Thread:
    """Start a job in a thread that ends with the process.

    Parameters
    ----------
    job : callable
        The job.
    *given : Any
        The arguments of the job.

    Returns
    -------
    Thread
        The thread.
    """
    thread = Thread(target=job, args=given, daemon=True)
    thread.start()
    return thread


def off_the_loop(job: Callable[..., R], *given: Any) -> "asyncio.Future[R]":
    """Start a job on one of a few threads for an event loop.

    Parameters
    ----------
    job : callable
        The job.
    *given : Any
        The arguments of the job.

    Returns
    -------
    asyncio.Future
        What the loop waits for.
    """
    return asyncio.get_running_loop().run_in_executor(_few_threads(), job, *given)


@cache
def _few_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2 * (os.cpu_count() or 1), thread_name_prefix="mixedmig")


class _Workers:
    """Processes for tasks, and the pipe by which they end with this process."""

    def __init__(self, number: int) -> None:
        """Make room for so many processes; each starts with a task."""
        context = multiprocessing.get_context("spawn")
        _start_tracker()
        self.theirs, self.ours = context.Pipe(duplex=False)
        self.pool = ProcessPoolExecutor(number, context, _begin, (self.theirs, number))

    def end(self, stopped: bool = False) -> None:
        """End the processes; ``stopped`` says that nobody wants what they are doing."""
        if stopped:
            self.ours.close()
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.theirs.close()
        self.ours.close()
        if stopped:
            tidy_scratch()


_same: ContextVar[list[_Workers] | None] = ContextVar("workers of several calls", default=None)
"""The workers of a block of ``same_workers``, once they have started."""


@contextmanager
def same_workers() -> Iterator[None]:
    """Keep the same processes for all calls in a block.

    The calls are of ``on_processes``. Each process loads the package and reads a case once. After a call that stopped
    early the next has new ones.
    """
    workers: list[_Workers] = []
    token = _same.set(workers)
    try:
        yield
    finally:
        _same.reset(token)
        while workers:
            workers.pop().end()


def on_processes(job: Callable[[T], R], tasks: Sequence[T], workers: int) -> Generator[tuple[T, R], None, None]:
    """Yield results as they are ready, on several processes.

    There are ``workers`` processes; in this one where that is one. Raises WorkerLostError.
    """
    if workers <= 1:
        for task in tasks:
            yield task, job(task)
        return
    if not tasks:
        return
    kept = _same.get()
    used = kept[0] if kept else _Workers(workers if kept is not None else min(workers, len(tasks)))
    if kept is not None and not kept:
        kept.append(used)
    waiting: dict[Future[R], T] = {}
    left, lost = iter(tasks), False
    try:
        for task in left:
            waiting[_submit(used.pool, job, task)] = task
            if len(waiting) >= workers:
                break
        while waiting:
            ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(ready, key=lambda one: one.exception() is not None):  # what is done is kept first
                yield waiting.pop(future), future.result()
                for task in left:
                    waiting[_submit(used.pool, job, task)] = task
                    break
    except BrokenProcessPool:
        lost = True
        raise WorkerLostError(LOST) from None
    finally:
        if kept is None or waiting or lost:
            if kept:
                kept.remove(used)
            used.end(stopped=bool(waiting))


def _submit(pool: ProcessPoolExecutor, job: Callable[[T], R], task: T) -> Future[R]:
    """Submit one task.

    The process that may be started for it never sees Ctrl-C.
    """
    with held_back():
        return pool.submit(job, task)


def _start_tracker() -> None:
    """Start the process that Python has for resources of others.

    It is started for good: starting it lets Ctrl-C in again. It ignores Ctrl-C of its own accord. The signal of a
    closed terminal would end it, and Python would complain at the end.
    """
    if os.name == "posix":
        from multiprocessing import resource_tracker

        with held_back():
            resource_tracker.ensure_running()


def _begin(pipe: Connection, workers: int) -> None:
    """Begin one of some workers: its parent ends it."""
    leave_to_parent()
    _crowd.workers = workers
    expect_same_work()
    end_with_parent(pipe)


def end_with_parent(pipe: Connection) -> None:
    """End this process as soon as its parent is gone.

    The other end of ``pipe`` is then closed, for any cause.
    """
    def watch() -> None:
        try:
            pipe.recv_bytes()
        except (EOFError, OSError):
            os._exit(ORPHANED)

    Thread(target=watch, name="parent", daemon=True).start()


def on_cluster(job: Callable[[T], R], tasks: Sequence[T], address: str) -> Generator[tuple[T, R], None, None]:
    """Yield results as they are ready, on a Dask cluster.

    Workers are those of the scheduler at ``address``. Raises ClusterError.
    """
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise ClusterError("Dask is not installed: pip install 'mixedmig[cluster]'") from None
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise ClusterError(f"no Dask scheduler answers at {address}") from None
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(f"the Dask scheduler at {address} has no workers")
        left = iter(tasks)
        names: dict[str, T] = {}
        ready = as_completed(loop=client.loop)
        for task in left:
            _hand_out(client, job, task, ready, names)
            if len(names) >= threads:
                break
        while names:
            future = next(ready)
            yield names.pop(future.key), future.result()
            future.release()
            for task in left:
                _hand_out(client, job, task, ready, names)
                break
    except KilledWorker:
        raise WorkerLostError(LOST) from None
    except CancelledError:
        raise ClusterError(f"the Dask cluster at {address} does not answer any more") from None
    finally:
        client.close()


def _hand_out(client: Any, job: Callable[[T], R], task: T, ready: Any, names: dict[str, T]) -> None:
    """Give one task to a cluster."""
    future = client.submit(job, task, pure=False)
    names[future.key] = task
    ready.add(future)


def run_tool(command: Sequence[str]) -> None:
    """Run a tool to its end.

    Raises RuntimeError with what it said where it fails.
    """
    done = subprocess.run(list(command), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise RuntimeError(f"{' '.join(command[:4])} ended with {done.returncode}: {said}")
