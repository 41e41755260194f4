"""Published figures next to ours as lines of text.

They have target, ours, miss and verdict; what is missed is called missed.
"""

from collections.abc import Iterable, Iterator, Sequence

from mixedmig_model.inputs.reading.fields import EVERYWHERE
from mixedmig_model.present.tables.text import aligned, wrapped_note
from mixedmig_model.record.words.pages.observed import quantity_title
from mixedmig_model.record.words.published import (
    figure_amount,
    figure_evidence,
    figure_miss,
    figure_notes,
    figure_target,
    figure_verdict,
    total_miss,
    total_verdict,
)
from mixedmig_model.results.published import ComparedTotal
from mixedmig_model.study.reproduce.figures import Reproduced
from mixedmig_model.vocabulary.numbers import published_span

HEADS = ("check", "target", "ours", "miss", "verdict", "evidence")
TOTAL_HEADS = ("published total", "country", "period", "published", "model", "miss", "verdict", "kind")


def figure_lines(results: Iterable[Reproduced]) -> Iterator[str]:
    """Yield figures of a file.

    There is a row each, with what is to be said of it below.
    """
    figures = list(results)
    notes: list[list[str]] = [[], *(list(figure_notes(figure)) for figure in figures)]
    for lines, below in zip(aligned([HEADS, *(figure_row(figure) for figure in figures)]), notes, strict=True):
        yield from lines
        for note in below:
            yield from wrapped_note(note)


def total_lines(totals: Sequence[ComparedTotal]) -> Iterator[str]:
    """Yield published totals of a case: a row each."""
    for lines in aligned([TOTAL_HEADS, *(_total_row(total) for total in totals)]):
        yield from lines


def figure_row(figure: Reproduced) -> tuple[str, ...]:
    """Return the cells of a figure, in the order of ``HEADS``."""
    ours = figure_amount(figure.ours, figure.check.published.unit)
    return (figure.check.title, figure_target(figure), ours, figure_miss(figure), figure_verdict(figure),
            figure_evidence(figure))


def _total_row(total: ComparedTotal) -> tuple[str, ...]:
    """Return the cells of a published total.

    They are in the order of ``TOTAL_HEADS``.
    """
    seen = total.observation
    low, high = (f"{end:,.0f}" for end in (seen.low, seen.high))
    return (
        quantity_title(seen.quantity), seen.country if seen.group == EVERYWHERE else f"{seen.country}, {seen.group}",
        str(seen.start) if seen.level else f"{seen.start} to {seen.end}",
        published_span(low, high, seen.bound), f"{total.ours:,.0f}", total_miss(total), total_verdict(total),
        seen.kind,
    )
