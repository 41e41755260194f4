"""What pages say of countries together.

They have entries of the ledger worth a row, movements, and figures observed elsewhere.
"""

from collections.abc import Sequence

from mixedmig_model.record.finished import Comparison
from mixedmig_model.results.checks import Check
from mixedmig_model.results.regional import ENTRIES
from mixedmig_model.vocabulary.numbers import DASH, number

QUIET = 0.5
"""Persons below which an entry of the ledger is left out.

No country has so many, in any option.
"""


def shown_entries(comparison: Comparison) -> list[str]:
    """Return entries of the ledger that are not empty.

    Some country has people there in some option.
    """
    ledgers = [comparison.record.services[name].ledger for name in comparison.names]
    return [entry for entry in ENTRIES if any(max(map(abs, ledger[entry])) >= QUIET for ledger in ledgers)]


def is_quiet(matrix: Sequence[Sequence[float]]) -> bool:
    """Return whether nobody moves between countries."""
    return max(max(row) for row in matrix) < QUIET


def plausible_words(check: Check) -> str:
    """Return the plausible range of a figure observed elsewhere."""
    scale, word = (100.0, " %") if check.unit == "share" else (1.0, "")
    return f"{number(scale * check.low, 2)}{DASH}{number(scale * check.high, 2)}{word}"
