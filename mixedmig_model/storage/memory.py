"""Memory of processes that do the same work again and again."""

import ctypes
import gc
import sys
from contextlib import suppress

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1
"""Numbers of the settings, as ``malloc.h`` of glibc has them."""
LARGEST, KEPT = 1 << 25, 1 << 30
"""Bytes of the largest piece that is kept, and of all."""
SELDOM = (700, 10, 100)
"""When Python looks for garbage: ten times as seldom in all.

What a worker has read stays there, and searching it found nothing.
"""


def expect_same_work() -> None:
    """Set up a process that does the same work again and again."""
    keep_freed_memory()
    gc.set_threshold(*SELDOM)


def keep_freed_memory() -> bool:
    """Keep memory that is freed for the next piece of work.

    Else the system takes back large arrays, and clears each page of the next ones. It is possible where the library of
    C is glibc. The process takes no more memory than at its peak.

    Returns
    -------
    bool
        Whether memory is kept from now on.
    """
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        return bool(mallopt(MMAP_THRESHOLD, LARGEST)) and bool(mallopt(TRIM_THRESHOLD, KEPT))
    return False
