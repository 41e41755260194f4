"""Published totals of a case next to the model's.

They are plain data for programs.
"""

from mixedmig_model.record.schema.commands import PublishedTotal
from mixedmig_model.results.published import ComparedTotal


def total_record(total: ComparedTotal) -> PublishedTotal:
    """Return a published total and ours: persons.

    The miss is a share beyond the published range.
    """
    seen = total.observation
    return PublishedTotal(
        quantity=seen.quantity, start=str(seen.start), end=str(seen.end), country=seen.country,
        low=seen.low, published=seen.value, high=seen.high, ours=total.ours, miss=total.miss,
        bound=seen.bound, rounding=seen.rounding, reliability=seen.reliability, scored=seen.scored,
        missed=total.missed, kind=seen.kind, source=seen.source,
        group=seen.group, unit=seen.unit, counts=seen.counts, level=seen.level,
    )
