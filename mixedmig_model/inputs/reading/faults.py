"""Faults of input files.

A fault says what is wrong, where, what was found, what is allowed, and the nearest valid name.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

MOST_SHOWN = 200
JOINERS = "\u200c\u200d"
"""Signs that join or part two letters.

They are spelling in many scripts.
"""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters, except tabs and ends of lines."""
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters, marks and symbols that are drawn as nothing."""


class Location(NamedTuple):
    """The place of a value.

    It is kept for faults that are found after its file was read.
    """

    file: str
    line: int
    path: str


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of an input file.

    ``line`` counts from 1; 0 where a file as a whole is meant.
    """

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
        """Return the fault as a plain record.

        It is for programs (``--json``).
        """
        return {
            "file": self.file, "line": self.line, "path": self.path, "problem": self.problem,
            "found": self.found, "allowed": self.allowed, "nearest": self.nearest,
        }


class InputFaultsError(ValueError):
    """All faults found in one reading.

    The message lists each on its own line (the first 200 of very many).
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        count = len(self.faults)
        lines = [f"{count} fault{'s' if count != 1 else ''} in the input:"]
        lines += [f"  {fault}" for fault in self.faults[:MOST_SHOWN]]
        if count > MOST_SHOWN:
            lines.append(f"  and {count - MOST_SHOWN} more")
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[type["InputFaultsError"], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


def nearest(name: object, allowed: Iterable[str]) -> str:
    """Return the valid name closest to ``name``.

    It is an empty string where none is close; never the wrong name itself.
    """
    asked = str(name)
    close = get_close_matches(asked[:100], [one for one in allowed if one != asked], n=1, cutoff=0.5)
    return close[0] if close else ""


def plain_name(text: str) -> str:
    """Return a valid name that resembles ``text``.

    It has small letters without marks, digits, _ and -. It is empty where nothing is left.
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_-]+", "_", letters.strip()).strip("_")[:64]


def shown(value: object, limit: int = 60) -> str:
    """Return a found value as the file would write it.

    It is quoted, cut to ``limit`` characters, and control characters are escaped.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Return valid names as a list for a message.

    The list is cut after ``limit``.
    """
    ordered = sorted(names)
    more = f" and {len(ordered) - limit} more" if len(ordered) > limit else ""
    return ", ".join(ordered[:limit]) + more


def printable(text: str, limit: int = 200) -> str:
    """Return text for a message, on one line.

    It is cut to ``limit`` characters, and control characters are escaped.
    """
    safe = text if text.isprintable() else repr(text)[1:-1]
    return safe if len(safe) <= limit else safe[: limit - 3] + "..."


def has_controls(text: str) -> bool:
    """Return whether text holds control characters.

    Line breaks and tabs do not count. A terminal might obey the others.
    """
    return CONTROLS.search(text) is not None


def hidden_signs(text: str) -> list[str]:
    """Return signs that no reader sees, by code.

    They change how text is shown: U+202E turns the direction of a line. Joiners between two letters of one script
    (Persian, Bengali and others) belong to spelling and are no such signs. Nor is a sign that chooses a form of the
    letter or symbol before it, where that has several.
    """
    found: list[str] = []
    if text.isascii():  # as most texts are: ASCII has no such sign
        return found
    for place, sign in enumerate(text):
        unseen = unicodedata.category(sign) in ("Cf", "Zl", "Zp", "Co", "Cn") or sign in BLANK or chooses_a_form(sign)
        spelt = (sign in JOINERS and _between_letters(text, place)) or _has_forms(text[:place][-1:], sign)
        if unseen and not spelt:
            found.append(f"U+{ord(sign):04X}")
    return list(dict.fromkeys(found))


def chooses_a_form(sign: str) -> bool:
    """Return whether a sign is a variation selector.

    It is drawn as nothing, and chooses a form of what stands before it.
    """
    return any(low <= ord(sign) <= high for low, high in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)))


def _has_forms(before: str, selector: str) -> bool:
    """Return whether a selector chooses a form of a sign.

    The letter or symbol before it must have several forms.
    """
    if not before or not chooses_a_form(selector):
        return False
    if selector in "\ufe0e\ufe0f":
        return unicodedata.category(before) == "So"
    mongolian, chinese = 0x1820 <= ord(before) <= 0x18AA, ord(before) >= 0x2E80
    return mongolian if ord(selector) < 0x1900 else chinese and unicodedata.category(before) == "Lo"


def _between_letters(text: str, place: int) -> bool:
    """Return whether a sign stands between letters that it joins.

    The letters or marks are of a script that joins them: none before Arabic does.
    """
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(ord(sign) >= 0x600 and unicodedata.category(sign)[0] in "LM" for sign in around)


def dotted(keys: Iterable[object]) -> str:
    """Return a path in a document as text.

    Keys that are long or hold control characters are cut and escaped.
    """
    return ".".join(printable(str(key), 70) for key in keys)
