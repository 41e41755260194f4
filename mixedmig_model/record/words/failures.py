"""What a command or the panel says when it fails.

It has one sentence, an exit code, and a file with the details of the unexpected.
"""

import platform
import sys
import traceback
from dataclasses import dataclass
from errno import ENOSPC
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.storage.cache import keep_error
from mixedmig_model.storage.kinds import TargetError
from mixedmig_model.storage.signals import stopping

FAILED, BAD_INPUT = 1, 2
DISK_FULL = "the disk is full"
NO_MEMORY = "there is not enough memory; use fewer workers (--workers 1)"
REPORT = "Please report it as an issue of the repository that mixedmig came from"
FAULTS_OF_PROGRAMS = (RecursionError, NotImplementedError)
"""Kinds of RuntimeError that no check of ours raises."""


@dataclass(frozen=True)
class Failure:
    """What is said and recorded of a failure.

    ``code``: 2 for bad input, 1 for a failed run, more for a signal.
    """

    code: int
    words: str
    record: dict[str, Any]


def failure_of(error: BaseException) -> Failure:
    """Return what to say of an error that ended a command.

    An unexpected one is kept in a file, which the words name.
    """
    if stopping.number or isinstance(error, KeyboardInterrupt):  # an import that is interrupted may raise anything
        return _plain(stopping.exit_code, stopping.words, stopping.words)
    if isinstance(error, InputFaultsError):
        return Failure(BAD_INPUT, str(error), {"ok": False, "faults": [one.as_record() for one in error.faults]})
    if isinstance(error, TargetError):
        return _plain(BAD_INPUT, str(error), str(error))
    text = failure_text(error)
    return _plain(FAILED, f"failed: {text}", text)


def failure_text(error: BaseException) -> str:
    """Return what to say of an error, without its exit code.

    Details of a fault of the program are kept in a file, which the words name.

    Parameters
    ----------
    error : BaseException
        The error.

    Returns
    -------
    str
        The words.
    """
    if isinstance(error, (InputFaultsError, TargetError)):
        return str(error)
    return _expected(error) or _unexpected(error)


def _plain(code: int, words: str, text: str) -> Failure:
    return Failure(code, words, {"ok": False, "error": text})


def _expected(error: BaseException) -> str:
    """Return words for what a computer or a run may do.

    They are empty for a fault of the program.
    """
    if isinstance(error, MemoryError):
        return NO_MEMORY
    if isinstance(error, OSError):
        return os_words(error)
    own = type(error) is RuntimeError or type(error).__module__.split(".")[0] == __name__.split(".")[0]
    return str(error) if own and isinstance(error, RuntimeError) and not isinstance(error, FAULTS_OF_PROGRAMS) else ""


def os_words(error: OSError) -> str:
    """Return an error of the system in words: which file, and why."""
    why = DISK_FULL if error.errno == ENOSPC else error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {why}" if error.filename else why


def _unexpected(error: BaseException) -> str:
    """Return words for a fault of the program.

    They name the file that has the details.
    """
    first = (str(error).strip().splitlines() or [""])[0][:200]
    what = f"{type(error).__name__}: {first}" if first else type(error).__name__
    file = keep_error(_details(error))
    where = f"and attach {file}, which holds the details" if file else "with the command that you gave"
    return f"an unexpected error ({what}). This is a fault of mixedmig. {REPORT}, {where}"


def _details(error: BaseException) -> str:
    """Return what a maintainer needs.

    It has versions, the command, and where the error arose.
    """
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    made_with = f"mixedmig {version('mixedmig')}, Python {platform.python_version()}, {platform.platform()}"
    return f"{made_with}\n{command}\n\n{''.join(traceback.format_exception(error))}"
