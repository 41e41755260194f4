"""When people waiting at the opening came.

It is known where a case says how long they have waited. The first interval of a queue is the time before the run. Who
came first is served first. Half of the way through that interval, half of these people had come.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Before:
    """Shares of the people at the opening by how long they waited.

    ``older`` is the share that had waited for longer than each age, falling from one to zero; each queue has a column.
    """

    ages: np.ndarray  # [A] days, rising from 0
    older: np.ndarray  # [A, N]

    def of(self, chosen: np.ndarray | slice) -> "Before":
        """Return those of some queues.

        They are chosen by marks ``[N]``, or from one to another.
        """
        return Before(self.ages, self.older[:, chosen])

    def times(self, part: np.ndarray) -> np.ndarray:
        """Return when a part of the people had come.

        Parts are shares ``[M, N]``, first come first; times are days since the run began, not above zero.
        """
        return np.stack([-np.interp(part[:, n], self.older[::-1, n], self.ages[::-1])
                         for n in range(self.older.shape[1])], axis=1)

    def parts(self, time: np.ndarray) -> np.ndarray:
        """Return the share of the people who had come by a time.

        Times are days since the run began, ``[M, N]``, not above zero.
        """
        return np.stack([np.interp(-time[:, n], self.ages, self.older[:, n])
                         for n in range(self.older.shape[1])], axis=1)
