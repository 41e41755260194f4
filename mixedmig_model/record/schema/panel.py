"""Parts of the panel: charts, rows of its table, and words."""

from typing import Literal

from pydantic import Field

from mixedmig_model.record.schema.base import Frozen


class SeriesPart(Frozen):
    """A line of a chart."""

    key: str
    title: str


class ChartPart(Frozen):
    """A chart of a view.

    ``x`` is the days of the run, or labels. Lines have a number for each.
    """

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
    """A row of the decision table: its indicator and baseline.

    The baseline's number is as printed.
    """

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
    """A part of the strip that is always in sight.

    ``alarm`` is true if it names a harm, or a breach that is added or grows.
    """

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
    """All words of a run next to the case.

    ``rows`` has value, difference and word of each row.
    """

    strip: tuple[StripPart, ...]
    warnings: tuple[str, ...] = ()
    sentence: str
    ranked: bool = True
    better_on_all: bool = False
    rows: tuple[tuple[str, str, str], ...]
    state: str
    cautions: tuple[str, ...] = ()
    changes: tuple[ChangePart, ...] = Field(default=())
