"""What the draws of a report say of one number: shared by all pages that show ranges."""

from typing import Any

from mixedmig_model.record.finished import Comparison


def drawn(book: Comparison, what: str, key: str, name: str) -> list[Any] | None:
    """5 %, half and 95 % of draws of an indicator, or of ``cost``, of a scenario; None where none were made.

    Args: what, ``ranges`` or ``differences`` (to the baseline of the draws, where that is the report's too).
    """
    found = book.record.get("ensemble") or {}
    if what == "differences" and found.get("baseline") != book.names[0]:
        return None
    three = found.get(what, {}).get(key, {}).get(name)
    return None if three is None else list(three)


def in_draws(book: Comparison, name: str) -> tuple[float | None, float | None]:
    """Shares of the draws of an option with a breach, and with a harm above the baseline's; None where not known."""
    found = book.record.get("ensemble") or {}
    pairs = [pair[name] for pair in found.get("beats", {}).values() if name in pair]
    return found.get("breached", {}).get(name), pairs[0]["harmed"] if pairs and name != book.names[0] else None
