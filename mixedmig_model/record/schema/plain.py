"""Data that strict JSON can hold."""

import math
from collections.abc import Mapping
from typing import Any

PlainData = dict[str, Any]
"""Data of a message or a file, by name."""
PlainView = Mapping[str, Any]
"""The same, to be read only."""


def plain(value: Any) -> Any:
    """Return data that strict JSON can hold.

    It has no number where there is none.
    """
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
