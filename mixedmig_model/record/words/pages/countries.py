"""What pages say of countries together: entries of the ledger worth a row, movements, figures observed elsewhere."""

from collections.abc import Sequence

from mixedmig_model.record.finished import Comparison
from mixedmig_model.results.checks import Check
from mixedmig_model.results.regional import ENTRIES
from mixedmig_model.vocabulary.numbers import DASH, number

QUIET = 0.5
"""Persons: entries of the ledger in which no country has so many, in any option, are left out."""


def shown_entries(comparison: Comparison) -> list[str]:
    """Entries of the ledger in which some country has people in some option."""
    ledgers = [comparison.record.services[name].ledger for name in comparison.names]
    return [entry for entry in ENTRIES if any(max(map(abs, ledger[entry])) >= QUIET for ledger in ledgers)]


def is_quiet(matrix: Sequence[Sequence[float]]) -> bool:
    """Whether nobody moves between countries."""
    return max(max(row) for row in matrix) < QUIET


def plausible_words(check: Check) -> str:
    """The plausible range of a figure observed elsewhere."""
    scale, word = (100.0, " %") if check.unit == "share" else (1.0, "")
    return f"{number(scale * check.low, 2)}{DASH}{number(scale * check.high, 2)}{word}"
