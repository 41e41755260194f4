"""Cautions: what a reader of the numbers must know.

They are about inputs that may be meant as they stand. A fault stops a command. A caution does not: it travels with the
case that was read, and ``check``, ``run`` and the report show it.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Caution:
    """One caution about an input file.

    ``line`` counts from 1; 0 where a file as a whole is meant. ``advice`` says what to write, or what else may be
    meant. ``unset`` says that it is about an input that a case must set itself and does not.
    """

    file: str
    line: int
    path: str
    text: str
    found: str = ""
    advice: str = ""
    unset: bool = False

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        said = f"{where}: {self.path}: {self.text}" if self.path else f"{where}: {self.text}"
        return "; ".join(part for part in (said, f"found {self.found}" if self.found else "", self.advice) if part)

    def as_record(self) -> dict[str, str | int | bool]:
        """Return the caution as a plain record.

        It is for programs and reports.
        """
        return {
            "file": self.file, "line": self.line, "path": self.path, "text": self.text, "found": self.found,
            "advice": self.advice, "unset": self.unset,
        }


def sorted_cautions(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """Return cautions by file, line and path, each once.

    Inputs that a case does not set come last.
    """
    return tuple(sorted(set(cautions), key=lambda one: (one.unset, one)))
