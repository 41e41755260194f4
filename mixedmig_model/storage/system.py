"""What differs between systems.

It is processes, and having files on the disk. Each has a branch for Windows.
"""

import hashlib
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TextIO

STILL_ACTIVE = 259
"""Exit code by which Windows says that a process still runs."""


@cache
def host() -> str:
    """Return eight digits that stand for this computer.

    They are for temporary names.
    """
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def process() -> int:
    """Return the number of this process."""
    return os.getpid()


ARENAS, FROM_SYSTEM, RETURNED = (-8, 1), (-3, 32 << 20), (-1, 128 << 20)
"""Settings of the memory of the C library of Linux.

Numbers are those of ``malloc.h``. All threads share one pool. Arrays below 32 MB come from it. Up to 128 MB of it stay
free for the next run.
"""


@cache
def reuse_memory() -> bool:
    """Keep memory that is free for the next run.

    Without it each thread keeps memory of its own, and each run clears new pages. Other C libraries are left alone.

    Returns
    -------
    bool
        Whether the C library took it.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    setting = getattr(ctypes.CDLL(None), "mallopt", None)
    return setting is not None and all([setting(*one) == 1 for one in (ARENAS, FROM_SYSTEM, RETURNED)])


def is_running(number: int) -> bool:
    """Return whether a process of this computer runs.

    Any user may own it.
    """
    if sys.platform == "win32":
        return _is_running_on_windows(number)
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_running_on_windows(number: int) -> bool:
    """Return whether a process runs, by the Windows API.

    Signal 0 would interrupt the process there.
    """
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (other systems lack it)
    handle = kernel.OpenProcess(0x1000, False, number)
    if not handle:
        return False
    code = ctypes.c_ulong()
    known = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not known or code.value == STILL_ACTIVE


def silence(stream: TextIO) -> None:
    """Discard what is still waiting in a stream.

    Its reader is gone, or its disk is full.
    """
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep out processes that change names of a folder.

    It does not work on Windows, nor where nothing can be locked.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = None
    try:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def flush_file(file: Path) -> None:
    """Have a file's content on the disk before its name changes."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Have a change of names on the disk.

    Windows does that itself and cannot open folders.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network file systems cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
