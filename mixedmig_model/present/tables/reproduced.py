"""Published figures beside ours as lines of text: target, ours, miss, verdict; what is missed is called missed."""

from collections.abc import Iterable, Iterator, Sequence

from mixedmig_model.present.tables.text import aligned, wrapped_note
from mixedmig_model.results.published import ComparedTotal
from mixedmig_model.study.reproduce.figures import Reproduced
from mixedmig_model.vocabulary.numbers import DASH, MINUS, number, published_span
from mixedmig_model.vocabulary.titles import QUANTITY_TITLES

HEADS = ("check", "target", "ours", "miss", "verdict", "evidence")
TOTAL_HEADS = ("published total", "country", "period", "published", "model", "miss", "verdict", "kind")
DIGITS = 5
ROUNDING = 0.05
"""A published range no wider than this share of the figure is the rounding of the figure."""


def figure_lines(results: Iterable[Reproduced]) -> Iterator[str]:
    """Figures of a file: a row each, with what is to be said of it below."""
    figures = list(results)
    notes: list[list[str]] = [[], *(list(_notes(figure)) for figure in figures)]
    for lines, below in zip(aligned([HEADS, *(figure_row(figure) for figure in figures)]), notes, strict=True):
        yield from lines
        for note in below:
            yield from wrapped_note(note)


def total_lines(totals: Sequence[ComparedTotal]) -> Iterator[str]:
    """Published totals of a case: a row each."""
    for lines in aligned([TOTAL_HEADS, *(_total_row(total) for total in totals)]):
        yield from lines


def figure_row(figure: Reproduced) -> tuple[str, ...]:
    """The cells of a figure, in the order of ``HEADS``."""
    check = figure.check
    ours = amount_of(figure.ours, check.published.unit)
    evidence = check.evidence + (", target worked out" if check.published.basis == "worked_out" else "")
    return check.title, _target(figure), ours, _miss(figure), _verdict(figure), evidence


def amount_of(value: float, unit: str) -> str:
    """A figure in its unit, for readers."""
    if unit == "share":
        return f"{number(100.0 * value, 3)} %"
    return f"{number(value, DIGITS)} {unit}"


def _target(figure: Reproduced) -> str:
    """What is published: the figure, or the two ends of a range that is more than the rounding of a figure."""
    published, (low, high) = figure.check.published, figure.check.published.ends
    if high - low <= ROUNDING * published.value:
        return amount_of(published.value, published.unit)
    first, last = (amount_of(end, published.unit) for end in (low, high))
    unit = first.split(" ")[-1]
    return DASH.join([first.removesuffix(f" {unit}"), last])


def _miss(figure: Reproduced) -> str:
    """How far ours lies beyond what is published, in percent of it, with its sign."""
    percent = round(100.0 * figure.miss, 1)
    if percent == 0.0:
        return "0 %" if figure.check.published.range is None else "inside"
    return _signed_percent(percent)


def _signed_percent(percent: float) -> str:
    return f"{MINUS if percent < 0 else '+'}{abs(percent):.1f} %"


def _verdict(figure: Reproduced) -> str:
    """Whether a figure is met, in words."""
    if figure.failed:
        return "missed, not explained"
    return "missed, explained" if figure.missed else "met"


def _notes(figure: Reproduced) -> Iterator[str]:
    """What is to be said below a figure: a number solved for, and why it is missed."""
    for name, value in figure.solved.items():
        yield f"solved for: {name} = {amount_of(value, 'share')}"
    if figure.missed:
        yield f"missed: {figure.check.explained or 'nothing explains why'}"


def _total_row(total: ComparedTotal) -> tuple[str, ...]:
    """The cells of a published total, in the order of ``TOTAL_HEADS``."""
    seen = total.observation
    low, high = (f"{end:,.0f}" for end in (seen.low, seen.high))
    return (
        QUANTITY_TITLES[seen.quantity], seen.country, f"{seen.start} to {seen.end}",
        published_span(low, high, seen.bound), f"{total.ours:,.0f}", _total_miss(total), _total_verdict(total),
        seen.kind,
    )


def _total_verdict(total: ComparedTotal) -> str:
    """Whether a published total is met, in words; of a doubtful one nothing is said."""
    if not total.observation.scored:
        return "doubtful, not scored"
    weak = ", weak figure" if total.observation.reliability == "weak" else ""
    return f"{'missed' if total.missed else 'met'}{weak}"


def _total_miss(total: ComparedTotal) -> str:
    """How far ours lies outside the published range; of a range that ends at nothing there is no percentage."""
    if total.gap == 0.0:
        return "inside"
    return "of nothing" if total.miss is None else _signed_percent(100.0 * total.miss)
