"""How good the evidence behind a report is.

It is one letter with its sentence (``docs/report.md``).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mixedmig_model.record.schema.inputs import PublishedRow
from mixedmig_model.record.schema.summary import GradePart
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.vocabulary.numbers import percent

MOST_SOURCED, HALF_SOURCED = 0.75, 0.5
"""Shares of the cost on published prices for grades A and B."""


class RestsOn(NamedTuple):
    """A row of the first page that rests on an unset input.

    The case did not set it; this has also how many rows there are.
    """

    row: str
    input: str
    place: str
    many: int = 1


def grade_of(published: Sequence[PublishedRow], sourced: float, rests_on: RestsOn | None = None) -> GradePart:
    """Return the grade of evidence of a report.

    Parameters
    ----------
    published : Sequence[PublishedRow]
        Published totals next to the baseline's.
    sourced : float
        Share of the baseline's cost whose prices are published; NaN without costs, which then do not count.
    rests_on : RestsOn | None, default None
        A row of the first page and the input that decides it, where the case did not set that input; None if none.

    Returns
    -------
    GradePart
        A, B, C or D with its sentence. An unset input makes it D; a total that is missed, or none that was compared,
        makes it C.
    """
    if rests_on is not None:
        template = front.GRADE_D if rests_on.many == 1 else front.GRADE_D_MANY
        return GradePart(letter="D", sentence=template.format(**rests_on._asdict()))
    scored = [one for one in published if one.scored]
    missed = [one for one in scored if one.missed]
    predicted, fitted = ([one for one in scored if one.kind == kind] for kind in ("predicted", "fitted"))
    share = "all" if math.isnan(sourced) else percent(sourced)
    if not scored:
        return GradePart(letter="C", sentence=front.GRADE_C_NONE)
    if missed:
        return GradePart(letter="C", sentence=front.GRADE_C_MISSED.format(missed=len(missed), scored=len(scored)))
    if predicted and not sourced < MOST_SOURCED:
        return GradePart(letter="A", sentence=front.GRADE_A.format(met=len(predicted), scored=len(predicted),
                                                                   share=share))
    if (fitted or predicted) and not sourced < HALF_SOURCED:
        words = front.GRADE_B.format(met=len(fitted), scored=len(fitted), share=share) if fitted else (
            front.GRADE_B_PREDICTED.format(met=len(predicted), scored=len(predicted), share=share))
        return GradePart(letter="B", sentence=words)
    if not (fitted or predicted):
        return GradePart(letter="C", sentence=front.GRADE_C_INPUT)
    return GradePart(letter="C", sentence=front.GRADE_C_COST.format(share=share))
