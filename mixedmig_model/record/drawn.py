"""What the draws of a report say of one number: shared by all pages that show ranges."""

from typing import Any

from mixedmig_model.record.finished import Comparison


def drawn(comparison: Comparison, what: str, key: str, name: str) -> list[Any] | None:
    """5 %, half and 95 % of draws of an indicator, or of ``cost``, of a scenario; None where none were made.

    Args: what, ``ranges`` or ``differences`` (to the baseline of the draws, where that is the report's too).
    """
    ensemble = comparison.record.get("ensemble") or {}
    if what == "differences" and ensemble.get("baseline") != comparison.names[0]:
        return None
    three = ensemble.get(what, {}).get(key, {}).get(name)
    return None if three is None else list(three)


def in_draws(comparison: Comparison, name: str) -> tuple[float | None, float | None]:
    """Shares of the draws of an option with a breach, and with a harm above the baseline's; None where not known."""
    ensemble = comparison.record.get("ensemble") or {}
    breached = ensemble.get("breached", {}).get(name)
    beats = [by_option[name] for by_option in ensemble.get("beats", {}).values() if name in by_option]
    harmed = beats[0]["harmed"] if beats and name != comparison.names[0] else None
    return breached, harmed
