"""The schema of ``parameters/reproduce/NAME.yaml``.

It has published figures, and how each is recomputed. Lines go through the arithmetic of costs, a break-even, or a run
of a small case in a folder next to the file. Nothing in a file is evaluated.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mixedmig_model.inputs.costs.schema import Currency, NotNegative, Positive, Year
from mixedmig_model.inputs.costs.shares import ShareNumber
from mixedmig_model.inputs.reading.fields import (
    Day,
    Name,
    Note,
    Paragraph,
    Quality,
    Range,
    Record,
    SourceKey,
    Text,
    Title,
    Unit,
    Version,
    refusal,
)

Evidence = Literal["arithmetic", "input", "fitted", "predicted"]
"""Evidence that a reproduced figure gives.

- ``arithmetic``: published numbers recombined.
- ``input``: given to the run.
- ``fitted``: chosen so that it comes out.
- ``predicted``: none of these.
"""
Explanation = Annotated[Note, Field(max_length=2000)]


class Published(Record):
    """A published figure or range.

    It has a unit, and says how far beyond it ours may lie without being missed.
    """

    value: Positive
    range: Range | None = Field(default=None, description="as published, or what the printed rounding allows")
    unit: Unit
    tolerance: ShareNumber
    basis: Literal["quoted", "worked_out"] = "quoted"
    source: SourceKey
    paragraph: Paragraph | None = None

    @model_validator(mode="after")
    def _inside(self) -> "Published":
        low, high = self.ends
        if not 0.0 < low <= self.value <= high:
            raise refusal("the figure lies outside its own range, or this is not above 0", f"{self.value:g}",
                          f"{low:g} to {high:g}")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """Low and high end of what is published."""
        return self.range or (self.value, self.value)


class PublishedLine(Record):
    """A line of a published sum: so many units at a price."""

    title: Title
    quantity: NotNegative
    unit: Unit
    price: NotNegative
    currency: Currency
    price_year: Year | None = None
    source: SourceKey
    price_source: SourceKey | None = Field(default=None, description="where the price is from another source")
    quality: Quality
    note: Note = Field(default="", max_length=1000)


Lines = Annotated[tuple[PublishedLine, ...], Field(min_length=1, max_length=100)]


class Divisor(Record):
    """What a sum is divided by.

    It is people, or a price of one, such as CAD/person, which gives a number of people.
    """

    title: Title
    quantity: Positive
    unit: Unit
    source: SourceKey
    quality: Quality


class Balance(Record):
    """A break-even between what is spent and saved on each person.

    (1 - share deterred) x what is spent on each = what is saved on each, at some time in the system. ``time_share`` is
    how much of what is saved is proportional to that time. Where it is not given, it is solved for so that the
    published figure comes out.
    """

    saved: Lines
    spent: Lines
    priced_years: Positive = Field(description="time in the system for which the lines are published, years")
    years: Positive = Field(description="time in the system for which the break-even is sought, years")
    time_share: ShareNumber | None = None


class RunFigure(Record):
    """A figure of a run of a small case.

    It is the cost of items, or a quantity, over a period, and ``per`` divides it. A level is its mean over the period.
    An amount, and a cost, is the sum. ``less`` names a scenario whose figure is subtracted.
    """

    case: Name
    scenario: Name | None = None
    less: Name | None = None
    items: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    quantity: Name | None = None
    per: Name | None = None
    start: Day
    end: Day

    @model_validator(mode="after")
    def _one_figure(self) -> "RunFigure":
        if (self.items is None) == (self.quantity is None):
            given = [name for name in ("items", "quantity") if getattr(self, name) is not None]
            raise refusal("give exactly one of items, quantity", ", ".join(given) or "none")
        if self.end <= self.start:
            raise refusal("the period ends before it starts", f"{self.start} to {self.end}",
                          f"end a date after {self.start}")
        return self


WAYS = ("lines", "break_even", "run")


class FigureCheck(Record):
    """One published figure and how it is reproduced.

    ``explained`` says why it is missed, where it is.
    """

    title: Title
    published: Published
    evidence: Evidence
    lines: Lines | None = None
    divided_by: Divisor | None = None
    divided_by_lines: Lines | None = None
    break_even: Balance | None = None
    run: RunFigure | None = None
    explained: Explanation = ""
    note: Note = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _one_way(self) -> "FigureCheck":
        given = [name for name in WAYS if getattr(self, name) is not None]
        if len(given) != 1:
            raise refusal("give exactly one of lines, break_even, run", ", ".join(given) or "none")
        divisors = [name for name in ("divided_by", "divided_by_lines") if getattr(self, name) is not None]
        if len(divisors) > 1 or (divisors and self.lines is None):
            raise refusal("one divisor at most, and only of lines", ", ".join(divisors), "lines with one divisor")
        solved = self.break_even is not None and self.break_even.time_share is None
        if solved and self.evidence != "fitted":
            raise refusal("without time_share the figure is fitted", self.evidence, "evidence: fitted, or time_share")
        return self

    @property
    def all_lines(self) -> tuple[tuple[str, Lines], ...]:
        """Every list of lines of the check, with its path.

        Paths are below the check.
        """
        lists = [("lines", self.lines), ("divided_by_lines", self.divided_by_lines)]
        if self.break_even is not None:
            lists += [("break_even.saved", self.break_even.saved), ("break_even.spent", self.break_even.spent)]
        return tuple((path, lines) for path, lines in lists if lines is not None)


class ReproduceFile(Record):
    """A file of ``parameters/reproduce``.

    It has what was published in one place, and how it is reproduced.
    """

    entries = ("checks",)
    schema_: Version = Field(alias="schema")
    title: Title
    about: Text
    in_view: Text = Field(description="what was chosen with a published figure in view; or that nothing was")
    paragraphs: tuple[Paragraph, ...] = ()
    checks: dict[Name, FigureCheck] = Field(min_length=1, max_length=100)
