"""What charts of a batch say, and which indicators they have."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from mixedmig_model.record.front.summary import FIRST_ROWS
from mixedmig_model.record.schema.commands import BatchAxis, BatchIndex, BatchRunRow
from mixedmig_model.record.words.charts import templates
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.pages.inputs import COST
from mixedmig_model.vocabulary.numbers import amount, counted, number, people, unit_word

UNEVEN, SCENARIOS_ALONE = templates.BATCH_UNEVEN, templates.BATCH_SCENARIOS
SCENARIO_AXIS = templates.BATCH_SCENARIO_AXIS
MOST_PANELS, MOST_NAMED, IN_TITLE = 8, 6, 2
"""Panels, runs in an alt text, and indicators in a title."""
MILLION, PERCENT = 1e6, 100.0


@dataclass(frozen=True)
class Charted:
    """One indicator of a chart.

    It has the baseline's number, and one of each run that is done. ``scale`` is what numbers are divided by where they
    are drawn.
    """

    key: str
    title: str
    unit: str
    kind: str
    baseline: float
    values: tuple[float, ...]
    differs: bool
    currency: str = ""

    @property
    def scale(self) -> float:
        """What numbers are divided by.

        Money is in millions, and shares are in percent.
        """
        return MILLION if self.currency else 1.0 / PERCENT if self.unit == "share" else 1.0

    @property
    def axis(self) -> str:
        """The unit of numbers that are drawn."""
        if self.currency:
            return f"million {self.currency}"
        return "%" if self.unit == "share" else unit_word("2", self.unit)

    @property
    def named(self) -> str:
        """The title with the unit.

        Money has its currency with each number instead.
        """
        return self.title if self.currency else templates.BATCH_AXIS.format(title=self.title, unit=self.axis)

    def cell(self, value: float) -> str:
        """Return a number for a cell, without its unit."""
        return number(value / self.scale) if self.currency else amount(value, self.unit)

    def text(self, value: float) -> str:
        """Return a number as the table of the index has it."""
        return money(value, self.currency) if self.currency else amount(value, self.unit)

    def span(self) -> str:
        """Return the least and the highest number, in words."""
        known = [one for one in self.values if not math.isnan(one)]
        ends = list(dict.fromkeys(self.text(one) for one in (min(known), max(known)))) if known else ["none"]
        text = templates.BATCH_SPAN.format(low=ends[0], high=ends[-1]) if len(ends) > 1 else ends[0]
        return text if self.currency else f"{text} {unit_word('2', self.unit)}".rstrip()


def done_runs(index: BatchIndex) -> list[BatchRunRow]:
    """Return the runs of a batch that have results."""
    return [run for run in index.runs if run.status == "done"]


def charted(index: BatchIndex) -> tuple[list[Charted], list[Charted]]:
    """Return indicators that differ, and those that do not.

    Parameters
    ----------
    index : BatchIndex
        The index of a batch.

    Returns
    -------
    tuple[list[Charted], list[Charted]]
        Breaches that differ, then the harms and the wait of the first page of a report, then the cost: at most
        ``MOST_PANELS``. The second list has the main ones that differ in no run.
    """
    runs = done_runs(index)
    if not runs:
        return [], []
    breaches = [_indicator(runs, "breaches", key) for key in runs[0].breaches]
    main = [_indicator(runs, kind, key) for key in FIRST_ROWS for kind in ("harms", "headlines")
            if key in getattr(runs[0], kind)]
    costs = [_cost(runs)] if all(run.cost for run in runs) else []
    found = [one for one in (*breaches, *main) if one.differs]
    last = [one for one in costs if one.differs]
    return [*found[: MOST_PANELS - len(last)], *last], [one for one in (*main, *costs) if not one.differs]


def _indicator(runs: Sequence[BatchRunRow], group: str, key: str) -> Charted:
    values = [getattr(run, group)[key] for run in runs]
    kind = {"breaches": "breach", "harms": "harm"}.get(group, "headline")
    return Charted(key=key, title=values[0].title, unit=values[0].unit, kind=kind, baseline=values[0].baseline,
                   values=tuple(one.value for one in values), differs=any(one.differs for one in values))


def _cost(runs: Sequence[BatchRunRow]) -> Charted:
    costs = [run.cost for run in runs if run.cost]
    base, totals, currency = costs[0].baseline, tuple(one.total for one in costs), costs[0].currency
    differs = len({money(one, currency) for one in (base, *totals)}) > 1
    return Charted(key=COST, title=templates.BATCH_COST, unit="", kind=COST, baseline=base, values=totals,
                   differs=differs, currency=currency)


# ---- axes -----------------------------------------------------------------------------------------------------------


def too_many(titles: Sequence[str]) -> str:
    """Return that a batch varies more than a chart can show."""
    return templates.BATCH_TOO_MANY.format(count=counted(len(titles), "thing"), names=", ".join(titles))


def lever_axis(title: str) -> str:
    """Return the title of an axis with the intensity of a lever."""
    return templates.BATCH_LEVER_AXIS.format(title=title)


def axis_words(axis: BatchAxis) -> str:
    """Return the title of an axis with its unit."""
    return templates.BATCH_AXIS.format(title=axis.title, unit=axis.unit) if axis.unit else axis.title


def value_words(axis: BatchAxis, value: float) -> str:
    """Return a value of an axis; percent has its sign."""
    label = axis.labels[axis.values.index(value)]
    return f"{label} %" if axis.unit == "%" else label


# ---- titles and alt texts -------------------------------------------------------------------------------------------


def title_words(index: BatchIndex, drawn: Sequence[Charted]) -> str:
    """Return what a chart shows, breaches first."""
    runs = done_runs(index)
    worse = sum(run.apart for run in runs)
    template = templates.BATCH_BREACH_ONE if worse == 1 else templates.BATCH_BREACHES
    first = template.format(apart=people(worse), runs=counted(len(runs), "run")) if worse else ""
    named = [*[one for one in drawn if one.kind != COST][: IN_TITLE - 1], *[one for one in drawn if one.kind == COST]]
    parts = "; ".join(templates.BATCH_PART.format(title=one.title, span=one.span()) for one in named)
    return templates.BATCH_TITLE.format(breaches=first, parts=parts)


def subtitle_words(index: BatchIndex) -> str:
    """Return what is drawn, and how the baseline is marked."""
    baseline, titles = index.baseline_title, [axis_words(axis) for axis in index.axes]
    if len(titles) == 1:
        return templates.BATCH_LINES_UNIT.format(axis=titles[0], baseline=baseline)
    return templates.BATCH_HEAT_UNIT.format(down=titles[0], across=titles[1], baseline=baseline)


def caption_words(index: BatchIndex, same: Sequence[Charted], *, numbers: bool) -> str:
    """Return what stands below a chart.

    Breaches come first. ``same`` are indicators without a panel; ``numbers`` says whether cells have theirs.
    """
    runs, lines = done_runs(index), len(index.axes) == 1
    some = sum(any(one.value > 0.0 for one in run.breaches.values()) for run in runs)
    parts = [templates.BATCH_STARS if lines else templates.BATCH_HATCHED] if any(run.apart for run in runs) else []
    parts += [templates.BATCH_HAVE.format(some=people(some), runs=counted(len(runs), "run"))] if some else []
    if len(runs) < len(index.runs):
        parts.append(templates.BATCH_MISSING if lines else templates.BATCH_GREY)
    if same:
        parts.append(templates.BATCH_ALL_SAME.format(titles=", ".join(one.title for one in same)))
    return " ".join([*parts, *([] if numbers or lines else [templates.BATCH_NO_NUMBERS])])


def alt_words(index: BatchIndex, drawn: Sequence[Charted]) -> str:
    """Return the numbers of a chart in words, marked runs first."""
    runs = done_runs(index)
    marked = [run.title for run in runs if run.apart]
    names = "; ".join(marked[:MOST_NAMED])
    if len(marked) > MOST_NAMED:
        names = templates.BATCH_NAMED_MORE.format(names=names, more=len(marked) - MOST_NAMED)
    first = [templates.BATCH_NAMED.format(names=names)] if marked else []
    of = _line if len(index.axes) == 1 else _cells
    if len(index.axes) > 1:
        down, across = (axis.title for axis in index.axes)
        first.append(templates.BATCH_PLACES.format(across=across, down=down))
    return " ".join([*first, *(of(index, runs, one) for one in drawn), templates.NUMBERS])


def _line(index: BatchIndex, runs: Sequence[BatchRunRow], one: Charted) -> str:
    pairs = sorted(zip((run.at[0] for run in runs), one.values, strict=True), key=lambda pair: pair[0])
    (start, first), (end, last) = pairs[0], pairs[-1]
    axis = index.axes[0]
    return templates.BATCH_LINE.format(title=one.named, first=one.text(first), start=value_words(axis, start),
                                       last=one.text(last), end=value_words(axis, end), baseline=one.text(one.baseline))


def _cells(index: BatchIndex, runs: Sequence[BatchRunRow], one: Charted) -> str:
    known = [(value, run) for value, run in zip(one.values, runs, strict=True) if not math.isnan(value)]
    if not known:
        return ""
    low, high = (choose(known, key=lambda pair: pair[0]) for choose in (min, max))
    return templates.BATCH_CELLS.format(title=one.named, low=one.text(low[0]), low_at=_at(index, low[1]),
                                        high=one.text(high[0]), high_at=_at(index, high[1]),
                                        baseline=one.text(one.baseline))


def _at(index: BatchIndex, run: BatchRunRow) -> str:
    down, across = (value_words(axis, value) for axis, value in zip(index.axes, run.at, strict=True))
    return templates.BATCH_AT.format(across=across, down=down)
