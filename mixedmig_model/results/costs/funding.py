"""Money required and received by payer and month.

What is promised comes in part, and late (P117).
"""

from dataclasses import dataclass

import numpy as np

from mixedmig_model.results.costs.lines import CENTS, CostRun
from mixedmig_model.results.costs.pricing import PAYER_NAMES


@dataclass(frozen=True)
class Funding:
    """Money by payer and month, in base currency ``[P, M]``.

    It is required and received, with the gap summed up to each month. ``first_gap`` is the first month (index) at whose
    end a payer's gap exceeds one unit of currency, -1 for none.
    """

    required: np.ndarray
    received: np.ndarray
    gap: np.ndarray
    first_gap: tuple[int, ...]


def funding(run: CostRun) -> Funding:
    """Return what each payer must pay and what comes.

    A share of what is required comes, some months late. A delay of part of a month spreads a payment over two months.
    What comes after the end of the run is in the gap.
    """
    money = run.pricing.money
    required = run.by("month", "payer").T / CENTS
    received = np.zeros_like(required)
    months = required.shape[1]
    for row, name in enumerate(PAYER_NAMES):
        coverage = money.funding_coverage[name].value if name in money.funding_coverage else 1.0
        delay = money.disbursement_delay[name].value if name in money.disbursement_delay else 0.0
        whole, part = int(delay), delay - int(delay)
        for late, share in ((whole, 1.0 - part), (whole + 1, part)):
            if late < months:
                received[row, late:] += coverage * share * required[row, : months - late]
    gap = np.cumsum(required - received, axis=1)
    first = tuple(int(np.argmax(row > 1.0)) if (row > 1.0).any() else -1 for row in gap)
    return Funding(required, received, gap, first)
