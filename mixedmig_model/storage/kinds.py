"""What stands at a path.

It has the error for a path where nothing may be written.
"""

import stat
from collections.abc import Callable
from pathlib import Path

KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISLNK, "a link"), (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"), (stat.S_ISCHR, "a device"), (stat.S_ISREG, "a file"),
)


class TargetError(ValueError):
    """Raised where a file or folder cannot be written.

    The message says why and what is allowed.
    """


def kind_of(path: Path) -> str:
    """Return what stands at a path, in words.

    It is empty where nothing does. Links are not followed. Raises OSError.
    """
    try:
        mode = path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return next((words for test, words in KINDS if test(mode)), "no file")


def require_kind(target: Path, wanted: str, allowed: str) -> None:
    """Refuse a target of another kind than wanted.

    The target is there, or it has no possible name.

    Parameters
    ----------
    target : Path
        The target.
    wanted : str
        A word of ``KINDS``.
    allowed : str
        What is allowed, for the message.

    Raises
    ------
    TargetError
        Where the target is refused.
    """
    try:
        found = kind_of(target)
    except (OSError, ValueError) as error:  # too long a name, a loop of links, a zero byte
        why = error.strerror if isinstance(error, OSError) else error
        raise TargetError(f"{target}: this name cannot be used: {why}; allowed: {allowed}") from None
    if found not in ("", wanted):
        raise TargetError(f"{target}: this is {found}; allowed: {allowed}")
