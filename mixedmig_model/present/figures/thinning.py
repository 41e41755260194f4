"""Which points of a line must be drawn.

Without them the line would look different.
"""

from typing import Any

import numpy as np

TOLERANCE = 1.0 / 1500.0
"""How far a point that is left out lies from the line.

It is the most, as a share of the height of a panel.
"""


def kept(instants: Any, heights: Any) -> Any:
    """Return the indices of the points of lines that are kept.

    The first, the last and every peak are among them. ``instants`` are rising numbers. ``heights`` has those of each
    line ``[line, instant]``, as shares of the height of a panel.
    """
    keep, spans = {0, len(instants) - 1}, [(0, len(instants) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        share = (instants[first : last + 1] - instants[first]) / (instants[last] - instants[first])
        straight = heights[:, first, None] + share * (heights[:, last] - heights[:, first])[:, None]
        off = np.abs(heights[:, first : last + 1] - straight).max(axis=0)
        furthest = int(off.argmax())
        if off[furthest] > TOLERANCE:
            keep.add(first + furthest)
            spans += [(first, first + furthest), (first + furthest, last)]
    return np.array(sorted(keep))
