"""What the draws of a report say of one number.

All pages that show ranges share it.
"""

from typing import Literal

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.base import Band
from mixedmig_model.record.schema.judged import DrawSharesPart


def drawn(comparison: Comparison, what: Literal["ranges", "differences"], key: str, name: str) -> Band | None:
    """Return 5 %, half and 95 % of draws of a number.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison.
    what : Literal['ranges', 'differences']
        ``ranges`` or ``differences`` (to the baseline of the draws, where that is the report's too).
    key : str
        Key of an indicator, or ``cost``.
    name : str
        Name of the scenario.

    Returns
    -------
    Band | None
        The three numbers; None where there are no draws.
    """
    ensemble = comparison.record.ensemble
    if ensemble is None or (what == "differences" and ensemble.baseline != comparison.names[0]):
        return None
    bands = ensemble.ranges if what == "ranges" else ensemble.differences
    return bands.get(key, {}).get(name)


def judged_draws(comparison: Comparison, name: str) -> DrawSharesPart | None:
    """Return what draws say of an option.

    It is next to the baseline of the report; None where none were judged.
    """
    ensemble = comparison.record.ensemble
    if ensemble is None or ensemble.baseline != comparison.names[0]:
        return None
    return ensemble.judged.get(name)
