"""What an option costs against the baseline, in sentences.

They say who pays, and which price would reverse a saving.
"""

from collections.abc import Mapping, Sequence

from mixedmig_model.record.schema.costs import BreakEvenRow
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.judged import templates as words
from mixedmig_model.vocabulary.numbers import MINUS, per_unit
from mixedmig_model.vocabulary.rows import SAME
from mixedmig_model.vocabulary.titles import PAYER_WORDS


def cost_sentences(
    difference: str, option: Mapping[str, float], baseline: Mapping[str, float], prices: Sequence[BreakEvenRow]
) -> str:
    """Return what an option costs more or less.

    It follows all that is said of harms.

    Parameters
    ----------
    difference : str
        The difference, as the table prints it.
    option, baseline : Mapping[str, float]
        Costs by payer.
    prices : Sequence[BreakEvenRow]
        Prices at which the option costs as much.

    Returns
    -------
    str
        The sentences.
    """
    gaps = {payer: cost - baseline.get(payer, 0.0) for payer, cost in option.items()}
    gap = sum(gaps.values())
    if difference == SAME or not gap:
        return words.COSTS_SAME
    most = max(gaps, key=lambda payer: gaps[payer] * gap)
    template = words.COSTS_MORE if gap > 0.0 else words.COSTS_LESS
    told = template.format(amount=difference.lstrip(f"+{MINUS}"), payer=PAYER_WORDS[most])
    if gap > 0.0 or not prices:
        return told
    nearest = min(prices, key=lambda row: abs(row.at - row.price) / max(row.price, 1e-9))
    template = words.REVERSED_OVER if nearest.cheaper_below else words.REVERSED_UNDER
    lost = template.format(item=nearest.title, at=money(nearest.at), per=per_unit(nearest.per),
                           price=money(nearest.price))
    return f"{told} {lost}"
