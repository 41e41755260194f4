"""What the draws of a report say of one number: shared by all pages that show ranges."""

from typing import Literal

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.base import Band
from mixedmig_model.record.schema.judged import DrawSharesPart


def drawn(comparison: Comparison, what: Literal["ranges", "differences"], key: str, name: str) -> Band | None:
    """5 %, half and 95 % of draws of an indicator, or of ``cost``, of a scenario; None where none were made.

    Args: what, ``ranges`` or ``differences`` (to the baseline of the draws, where that is the report's too).
    """
    ensemble = comparison.record.ensemble
    if ensemble is None or (what == "differences" and ensemble.baseline != comparison.names[0]):
        return None
    bands = ensemble.ranges if what == "ranges" else ensemble.differences
    return bands.get(key, {}).get(name)


def judged_draws(comparison: Comparison, name: str) -> DrawSharesPart | None:
    """What draws say of an option next to the baseline of the report; None where none were judged."""
    ensemble = comparison.record.ensemble
    if ensemble is None or ensemble.baseline != comparison.names[0]:
        return None
    return ensemble.judged.get(name)
