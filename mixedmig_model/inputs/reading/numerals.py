"""Numbers that offices write in two ways.

1.800 is eighteen hundred in one country and 1.8 in the next.
"""

import re

AMBIGUOUS = r"[+]?0*[1-9][0-9]{0,2}[.,][0-9]{3}"
"""Pattern of a number that can be read in two ways.

It has one to three digits, a point or comma, and exactly three digits: thousands set off, or three decimals.
"""
GROUPED = r"[+-]?[1-9][0-9]{0,2}(?:([., '\u00a0\u2009\u202f\u2019])[0-9]{3})(?:\1[0-9]{3})*"
"""Digits set off in threes by one and the same mark."""
TWO_WAYS = "a number that can be read in two ways"


def is_ambiguous(text: str) -> bool:
    """Return whether a number may mean thousands or decimals."""
    return re.fullmatch(AMBIGUOUS, text.strip()) is not None


def both_ways(text: str) -> str:
    """Return the two meanings of an ambiguous number, as advice.

    An example is ``write 1800 or 1.8``.
    """
    plain = text.strip().lstrip("+0").replace(",", ".")
    return f"write {plain.replace('.', '')} or {float(plain):g}"


def without_marks(text: str) -> str:
    """Return a number without the marks between its thousands.

    It is '' where the text is nothing of the kind.
    """
    plain = text.strip()
    return re.sub(r"[^0-9+-]", "", plain) if re.fullmatch(GROUPED, plain) else ""
