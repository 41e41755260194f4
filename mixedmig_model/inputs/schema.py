"""The one schema of the files of a workspace.

It has parameter, group, source, case and scenario files. Records are frozen, and unknown keys are refused.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from mixedmig_model.inputs.costs.schema import OwnCost
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.reading.fields import (
    ADDRESS_PATTERN,
    MOST_PERSONS,
    Dated,
    DatedNumber,
    Day,
    Distribution,
    FileName,
    Labelled,
    Name,
    Note,
    Number,
    Paragraph,
    Quality,
    Range,
    Record,
    Role,
    SourceKey,
    Text,
    Title,
    Unit,
    Version,
    one_country,
    refusal,
)
from mixedmig_model.vocabulary.labels import ROUTES, Coming, Counts, Entry, FlagName, NeedName, Route

HOST = "a middle-income host in Asia and the Pacific"
"""What the base files describe, unless a parameter names it."""


class Valued(Record):
    """A value, constant, dated, or by country, need or group.

    Each of these is again constant or dated.
    """

    value: Number | None = None
    dated: Dated | None = None
    by_country: Labelled | None = None
    by_need: Annotated[dict[NeedName, DatedNumber], Field(min_length=1)] | None = None
    by_group: Labelled | None = None

    @model_validator(mode="after")
    def _one_value(self) -> "Valued":
        given = [name for name in VALUE_KEYS if getattr(self, name) is not None]
        if len(given) != 1:
            text = "give exactly one of value, dated, by_country, by_need, by_group"
            raise refusal(text, ", ".join(given) or "none")
        return self


WaitedDays = Annotated[int, Field(ge=1, le=36525)]
Share = Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)]
VALUE_KEYS = ("value", "dated", "by_country", "by_need", "by_group")


class OnRoute(Record):
    """What a base parameter is on another route than the sea.

    It has its words, value, range and source.
    """

    title: Title
    description: Text
    value: Number
    range: Range
    source: SourceKey
    quality: Quality
    holds_for: Note = Field(default="", max_length=200)


class Parameter(Valued):
    """A parameter of the base files.

    It has a value with unit, range, source and quality.
    """

    title: Title
    description: Text
    unit: Unit
    range: Range
    drawn_factors: Range | None = Field(
        default=None, description="least and largest draw over the value, where draws are narrower than the range"
    )
    distribution: Distribution
    role: Role
    source: SourceKey
    quality: Quality
    row: Note = Field(default="", max_length=40, description="row of the parameter table it stems from, e.g. P10")
    holds_for: Note = Field(
        default=HOST, max_length=200,
        description="the people, place and time that the value holds for"
    )
    routes: dict[Literal["land", "air"], OnRoute] = Field(
        default_factory=dict, description="what holds instead in a case whose people come by land or by air"
    )

    @model_validator(mode="after")
    def _value_among_draws(self) -> "Parameter":
        low, high = self.drawn_factors or (1.0, 1.0)
        if not 0.0 < low <= 1.0 <= high:
            text, allowed = "the draws leave out the value itself", "low above 0 to 1, high from 1"
            raise refusal(text, f"{low:g} to {high:g}", allowed)
        return self


class LocalValue(Valued):
    """A case's own value of a parameter.

    It is in the base file's unit unless it gives one.
    """

    unit: Unit | None = None
    range: Range | None = None
    source: SourceKey
    quality: Quality
    note: Note = Field(default="", max_length=2000)


class ParameterFile(Record):
    """A file of ``parameters/base``: one subject."""

    entries = ("parameters",)
    schema_: Version = Field(alias="schema")
    subject: Name
    parameters: dict[Name, Parameter]


class Source(Record):
    """A source: what it is, where, and how far it was read."""

    title: Text
    address: str = Field(default="", max_length=500, pattern=ADDRESS_PATTERN)
    note: Note = Field(default="", max_length=1000)


class SourceFile(Record):
    """``parameters/sources.yaml``: the sources by key."""

    schema_: Version = Field(alias="schema")
    sources: dict[SourceKey, Source] = Field(min_length=1)


class Group(Record):
    """A group of people by true need and specific needs.

    These are true, and unknown to the authorities.
    """

    title: Title
    need: NeedName
    flags: tuple[FlagName, ...] = ()
    origin: Name | None = Field(
        default=None, description="country of origin, as cases name it, or stateless; data of a case, never a ranking"
    )


class GroupFile(Record):
    """``parameters/base/groups.yaml``: the default groups."""

    schema_: Version = Field(alias="schema")
    groups: dict[Name, Group] = Field(min_length=1)


class Country(Record):
    """A country of the run."""

    title: Title


class Opening(Record):
    """People present when the run opens.

    They are of one group, or spread over groups by the case's mix. They are an assumption unless there is a source.
    ``waited`` has the share of them who have waited at most so many days, by days; without it all came the day before.
    """

    stage: Name
    place: Name
    country: Name
    group: Name | None = None
    persons: Annotated[float, Field(ge=0, le=MOST_PERSONS, strict=True, allow_inf_nan=False)]
    source: SourceKey = "assumption"
    quality: Quality = "assumption"
    note: Note = Field(default="", max_length=2000)
    waited: dict[WaitedDays, Share] | None = Field(
        default=None, description="share of these people who have waited at most so many days, the last 1"
    )

    @model_validator(mode="after")
    def _waited_rises(self) -> "Opening":
        if self.waited is None:
            return self
        shares = [self.waited[days] for days in sorted(self.waited)]
        if not shares or shares != sorted(shares) or shares[-1] != 1.0:
            found = ", ".join(f"{days}: {share:g}" for days, share in sorted(self.waited.items())) or "none"
            raise refusal("the shares of people by time waited do not rise to 1", found,
                          "by days, the share who have waited at most so long, the last 1")
        return self


class Landing(Record):
    """How likely people of a group are to land in a country.

    Pairs that no row names have the weight 1. It is an assumption unless there is a source.
    """

    group: Name
    country: Name
    weight: Annotated[float, Field(ge=0, le=1e6, strict=True, allow_inf_nan=False)]
    source: SourceKey = "assumption"
    quality: Quality = "assumption"
    note: Note = Field(default="", max_length=2000)


class Case(Record):
    """A case: where, when, who arrives, and local values."""

    entries = ("parameters", "opening", "landing", "paragraphs", "not_modelled")
    schema_: Version = Field(alias="schema")
    title: Title
    question: Text
    summary: Text
    paragraphs: tuple[Paragraph, ...] = ()
    start: Day
    end: Day
    route: Route = Field(default="sea", description="how people come: by sea, by land or by air")
    entry: Entry = Field(default="journey", description="where people of the table of arrivals enter")
    counts: Counts = Field(default="persons", description="what the table of arrivals and the opening count")
    countries: dict[Annotated[Name, AfterValidator(one_country)], Country] = Field(min_length=1, max_length=40)
    groups: Annotated[dict[Name, Group], Field(min_length=1)] | None = None
    baseline: Name
    departures: FileName
    observed: FileName | None = None
    opening: tuple[Opening, ...] = ()
    landing: tuple[Landing, ...] = Field(
        default=(), description="who lands where: weights of groups by country of landing"
    )
    parameters: dict[str, LocalValue] = Field(default_factory=dict)
    not_modelled: tuple[Text, ...] = ()
    _routes: dict[str, Route] = PrivateAttr(default_factory=dict)

    @property
    def counted(self) -> str:
        """The unit of arrivals and of the opening."""
        return "case" if self.counts == "cases" else "person"

    @property
    def coming(self) -> Coming:
        """How pages say that people come.

        It is the leading route, or a claim where all people of the table of arrivals enter with one.
        """
        return "claim" if self.entry == "determination" else self.route

    @property
    def routes(self) -> dict[str, Route]:
        """How people come to each country.

        Rows of arrivals say it; the route of the case holds where they do not.
        """
        return {name: self._routes.get(name, self.route) for name in self.countries}

    @property
    def ways(self) -> tuple[Route, ...]:
        """The routes by which people come to any country."""
        found = set(self.routes.values())
        return tuple(route for route in ROUTES if route in found)

    def with_routes(self, routes: Mapping[str, Route]) -> "Case":
        """Return the case with a route for each country.

        Its own route becomes the leading one: the sea, if people come to any country by sea.
        """
        leading = next(route for route in ROUTES if route in routes.values())
        made = self.model_copy(update={"route": leading})
        made._routes = dict(routes)
        return made


class Change(Record):
    """One dated change of one parameter.

    It is ``set``, ``scale`` or ``add``, phased in over ``ramp_days``.
    """

    parameter: str
    set: Number | None = None
    scale: Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)] | None = None
    add: Number | None = None
    start: Day | None = None
    until: Day | None = None
    ramp_days: Annotated[int, Field(ge=0, le=3650, strict=True)] = 0
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    groups: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    source: SourceKey | None = None
    reason: Text

    @model_validator(mode="after")
    def _one_operation(self) -> "Change":
        given = [name for name in ("set", "scale", "add") if getattr(self, name) is not None]
        if len(given) != 1:
            raise refusal("give exactly one of set, scale, add", ", ".join(given) or "none")
        if self.start and self.until and self.until <= self.start:
            text = "the change ends before it starts"
            raise refusal(text, f"{self.start} to {self.until}", f"until a date after {self.start}")
        return self


class Scenario(Record):
    """A scenario: levers, and its own dated changes on top.

    Levers are those of the catalogue. A scenario never repeats the case.
    """

    entries = ("levers", "changes", "own_costs", "paragraphs")
    schema_: Version = Field(alias="schema")
    case: Name
    title: Title
    description: Text
    paragraphs: tuple[Paragraph, ...] = ()
    levers: tuple[LeverUse, ...] = ()
    changes: tuple[Change, ...] = ()
    own_costs: dict[Name, OwnCost] = Field(default_factory=dict)
