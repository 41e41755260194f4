"""What is said of figures published elsewhere.

It says how far ours misses them, and whether that is called a miss.
"""

from collections.abc import Iterator

from mixedmig_model.record.words import templates
from mixedmig_model.results.published import ComparedTotal
from mixedmig_model.study.reproduce.figures import Reproduced
from mixedmig_model.vocabulary.numbers import DASH, MINUS, number

DIGITS = 5
ROUNDING = 0.05
"""Share of a figure up to which a range is rounding."""


def figure_amount(value: float, unit: str) -> str:
    """Return a figure in its unit, for readers."""
    if unit == "share":
        return f"{number(100.0 * value, 3)} %"
    return f"{number(value, DIGITS)} {unit}"


def figure_target(figure: Reproduced) -> str:
    """Return what is published.

    It is the figure, or the two ends of a range that is more than the rounding of a figure.
    """
    published, (low, high) = figure.check.published, figure.check.published.ends
    if high - low <= ROUNDING * published.value:
        return figure_amount(published.value, published.unit)
    first, last = (figure_amount(end, published.unit) for end in (low, high))
    unit = first.split(" ")[-1]
    return DASH.join([first.removesuffix(f" {unit}"), last])


def figure_miss(figure: Reproduced) -> str:
    """Return how far ours lies beyond what is published.

    It is in percent of it, with its sign.
    """
    percent = round(100.0 * figure.miss, 1)
    if percent == 0.0:
        return "0 %" if figure.check.published.range is None else "inside"
    return _signed_percent(percent)


def _signed_percent(percent: float) -> str:
    return f"{MINUS if percent < 0 else '+'}{abs(percent):.1f} %"


def figure_verdict(figure: Reproduced) -> str:
    """Return whether a figure is met."""
    if figure.failed:
        return "missed, not explained"
    return "missed, explained" if figure.missed else "met"


def figure_evidence(figure: Reproduced) -> str:
    """Return what a figure is evidence of."""
    worked_out = figure.check.published.basis == "worked_out"
    return templates.FIGURE_WORKED_OUT.format(evidence=figure.check.evidence) if worked_out else figure.check.evidence


def figure_notes(figure: Reproduced) -> Iterator[str]:
    """Yield what is to be said below a figure.

    These are a number solved for, and why the figure is missed.
    """
    for name, value in figure.solved.items():
        yield templates.FIGURE_SOLVED.format(name=name, value=figure_amount(value, "share"))
    if figure.missed:
        yield templates.FIGURE_MISSED.format(why=figure.check.explained or "nothing explains why")


def total_verdict(total: ComparedTotal) -> str:
    """Return whether a published total is met.

    Of a doubtful one nothing is said.
    """
    if not total.observation.scored:
        return "doubtful, not scored"
    weak = ", weak figure" if total.observation.reliability == "weak" else ""
    return f"{'missed' if total.missed else 'met'}{weak}"


def total_miss(total: ComparedTotal) -> str:
    """Return how far ours lies outside the published range.

    Of a range that ends at nothing there is no percentage.
    """
    if total.gap == 0.0:
        return "inside"
    return "of nothing" if total.miss is None else _signed_percent(100.0 * total.miss)
