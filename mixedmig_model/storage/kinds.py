"""What stands at a path, and the error for a path where nothing may be written."""

import stat
from collections.abc import Callable
from pathlib import Path

KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"), (stat.S_ISCHR, "a device"), (stat.S_ISREG, "a file"),
)


class TargetError(ValueError):
    """A file or folder cannot be written there; the message says why and what is allowed."""


def kind_of(path: Path) -> str:
    """What stands at a path, in words; empty where nothing does. Links are not followed. Raises OSError."""
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return next((words for test, words in KINDS if test(mode)), "no file")


def require_kind(target: Path, wanted: str, allowed: str) -> None:
    """Refuse a target that is there and of another kind than wanted, or that has no possible name. Raises TargetError.

    Args: wanted, a word of ``KINDS``; allowed, what is allowed, for the message.
    """
    try:
        found = kind_of(target)
    except (OSError, ValueError) as error:  # too long a name, a loop of links, a zero byte
        why = error.strerror if isinstance(error, OSError) else error
        raise TargetError(f"{target}: this name cannot be used: {why}; allowed: {allowed}") from None
    if found not in ("", wanted):
        raise TargetError(f"{target}: this is {found}; allowed: {allowed}")
