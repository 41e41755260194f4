"""The next team to try.

It has whole officers of one service in one country, between teams late and teams on time.
"""

import math

STEPS = (1.1, 1.3, 1.7, 3.0)
"""Factors between two teams tried, one after the other.

They serve where only one side of the smallest is known.
"""
CLOSE = 0.05
"""How much smaller a team must be that comes late.

The smallest team is found if one smaller by this share, or by one officer, comes late.
"""


class Tries:
    """Teams tried so far.

    What other services do may change an answer, so the latest answer counts.
    """

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.late: set[float] = set()
        self.enough: set[float] = set()
        self.steps = 0

    def following(self, size: float, enough: bool, proving: bool) -> float:
        """Return the team to try after one of this size.

        ``enough`` says whether it was on time. ``proving`` tries the smallest that was on time again.
        """
        if enough:
            self.late = {one for one in self.late if one < size}
            self.enough.add(size)
        else:
            self.enough = {one for one in self.enough if one > size}
            self.late.add(size)
        low, high = max(self.late, default=0.0), min(self.enough, default=math.inf)
        if math.isinf(high):
            return max(math.ceil(low * self._step()), low + 1.0)
        if proving or high <= 1.0 or high - low <= max(CLOSE * high, 1.0):
            return high
        if low <= 0.0:
            return max(min(math.floor(high / self._step()), high - 1.0), 1.0)
        return min(max(round(math.sqrt(low * high)), low + 1.0), high - 1.0)

    def _step(self) -> float:
        """Return the next factor."""
        self.steps += 1
        return STEPS[min(self.steps, len(STEPS)) - 1]
