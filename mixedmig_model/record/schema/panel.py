"""What the panel shows: its charts, the rows of its table, and the words of a run."""

from typing import Literal

from pydantic import Field

from mixedmig_model.record.schema.base import Frozen


class SeriesPart(Frozen):
    """A line of a chart."""

    key: str
    title: str


class ChartPart(Frozen):
    """A chart of a view. ``x``: the days of the run, or labels; lines have a number for each."""

    key: str
    title: str
    unit: str
    unit_words: str
    subtitle: str
    kind: Literal["line", "bar"]
    x: Literal["day"] | tuple[str, ...]
    series: tuple[SeriesPart, ...]
    source: str


class ViewPart(Frozen):
    """A view of the panel: charts that are shown together."""

    key: str
    title: str
    charts: tuple[ChartPart, ...]


class PanelRow(Frozen):
    """A row of the decision table: what it counts, and the baseline's number as printed."""

    key: str
    title: str
    unit: str
    unit_words: str
    kind: Literal["breach", "harm", "headline", "cost"]
    better: str
    description: str
    basis: str
    case: str


class StripPart(Frozen):
    """A part of the strip that is always in sight. ``alarm``: it names a breach that is added or grows, or a harm."""

    key: Literal["adds", "leaves", "harms"]
    text: str
    alarm: bool = False


class ChangePart(Frozen):
    """Something that the state sets, in words."""

    name: str
    title: str
    what: str
    where: str
    when: str
    panel: bool = False


class PanelWords(Frozen):
    """All that the panel says of a run next to the case. ``rows``: value, difference and word of each row."""

    strip: tuple[StripPart, ...]
    warnings: tuple[str, ...] = ()
    sentence: str
    ranked: bool = True
    better_on_all: bool = False
    rows: tuple[tuple[str, str, str], ...]
    state: str
    cautions: tuple[str, ...] = ()
    changes: tuple[ChangePart, ...] = Field(default=())
