"""Faults of input files: what is wrong, where, what was found, what is allowed, the nearest valid name."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of an input file. ``line`` counts from 1; 0 where a file as a whole is meant."""

    file: str
    line: int
    path: str
    problem: str
    found: str = ""
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        text = f"{where}: {self.path}: {self.problem}" if self.path else f"{where}: {self.problem}"
        if self.found:
            text += f"; found {self.found}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.nearest:
            text += f"; did you mean '{self.nearest}'?"
        return text

    def as_record(self) -> dict[str, str | int]:
        """The fault as a plain record, for programs (``--json``)."""
        return {
            "file": self.file, "line": self.line, "path": self.path, "problem": self.problem,
            "found": self.found, "allowed": self.allowed, "nearest": self.nearest,
        }


class InputFaultsError(ValueError):
    """All faults found in one reading; the message lists each on its own line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        count = len(self.faults)
        head = f"{count} fault{'s' if count != 1 else ''} in the input:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


def nearest(name: object, allowed: Iterable[str]) -> str:
    """The valid name closest to ``name``, or an empty string where none is close."""
    close = get_close_matches(str(name), list(allowed), n=1, cutoff=0.5)
    return close[0] if close else ""


def shown(value: object, limit: int = 60) -> str:
    """A found value, quoted and cut to ``limit`` characters, control characters escaped."""
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Valid names as a list for a message, cut after ``limit``."""
    ordered = sorted(names)
    more = f" and {len(ordered) - limit} more" if len(ordered) > limit else ""
    return ", ".join(ordered[:limit]) + more
