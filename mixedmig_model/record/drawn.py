"""What the draws of a report say of one number: shared by all pages that show ranges."""

from typing import Literal

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.base import Band


def drawn(comparison: Comparison, what: Literal["ranges", "differences"], key: str, name: str) -> Band | None:
    """5 %, half and 95 % of draws of an indicator, or of ``cost``, of a scenario; None where none were made.

    Args: what, ``ranges`` or ``differences`` (to the baseline of the draws, where that is the report's too).
    """
    ensemble = comparison.record.ensemble
    if ensemble is None or (what == "differences" and ensemble.baseline != comparison.names[0]):
        return None
    bands = ensemble.ranges if what == "ranges" else ensemble.differences
    return bands.get(key, {}).get(name)


def in_draws(comparison: Comparison, name: str) -> tuple[float | None, float | None]:
    """Shares of the draws of an option with a breach, and with a harm above the baseline's; None where not known."""
    ensemble = comparison.record.ensemble
    if ensemble is None:
        return None, None
    beats = [by_option[name] for by_option in ensemble.beats.values() if name in by_option]
    return ensemble.breached.get(name), beats[0].harmed if beats and name != comparison.names[0] else None
