"""The one schema of parameter, group, source, case and scenario files: frozen records, unknown keys refused."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = 1
NAME_PATTERN = r"^[a-z0-9_-]{1,64}$"
WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}

Name = Annotated[str, Field(pattern=NAME_PATTERN)]
SourceKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Dated = dict[date, Number]
Labelled = dict[Name, Number | Dated]
Unit = Annotated[str, Field(pattern=r"^[A-Za-z_0-9/* ]{1,64}$")]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Quality = Literal["measured", "published", "assumption"]
Role = Literal["lever", "uncertain", "fixed"]
Distribution = Literal["fixed", "pert", "beta", "lognormal"]
NeedName = Literal["international", "other", "none"]
FlagName = Literal[
    "child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant"
]
Paragraph = Annotated[str, Field(pattern=r"^[0-9]{1,2}(\([a-z]\))?$")]


def is_device_name(name: str) -> bool:
    """Whether Windows reserves the name for a device, so that no file or folder may carry it."""
    return re.split(r"[.]", name.lower())[0] in WINDOWS_DEVICES


class Record(BaseModel):
    """Base of all records: frozen, unknown keys refused, numbers never made out of text."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Valued(Record):
    """A value: constant, dated, or by country, need or group (each again constant or dated)."""

    value: Number | None = None
    dated: Dated | None = None
    by_country: Labelled | None = None
    by_need: dict[NeedName, Number | Dated] | None = None
    by_group: Labelled | None = None

    @model_validator(mode="after")
    def _one_value(self) -> "Valued":
        given = [name for name in VALUE_KEYS if getattr(self, name) is not None]
        if len(given) != 1:
            text = "give exactly one of value, dated, by_country, by_need, by_group"
            raise ValueError(f"{text}; found {', '.join(given) or 'none'}")
        return self


VALUE_KEYS = ("value", "dated", "by_country", "by_need", "by_group")


class Parameter(Valued):
    """A parameter of the base files: a value with unit, range, source and quality."""

    title: Title
    description: Text
    unit: Unit
    range: tuple[Number, Number]
    distribution: Distribution
    role: Role
    source: SourceKey
    quality: Quality
    row: str = Field(default="", max_length=40, description="row of the parameter table it stems from, e.g. P10")

    @model_validator(mode="after")
    def _range_in_order(self) -> "Parameter":
        if self.range[0] > self.range[1]:
            raise ValueError(f"the range is upside down; found {self.range[0]:g} to {self.range[1]:g}")
        return self


class LocalValue(Valued):
    """A case's own value of a parameter, in the base file's unit unless it gives one."""

    unit: Unit | None = None
    range: tuple[Number, Number] | None = None
    source: SourceKey
    quality: Quality
    note: str = Field(default="", max_length=2000)


class ParameterFile(Record):
    """A file of ``parameters/base``: the parameters of one subject."""

    schema_: Literal[1] = Field(alias="schema")
    subject: Name
    parameters: dict[Name, Parameter]


class Source(Record):
    """A source: what it is, where, and how far it was read."""

    title: Text
    address: str = Field(default="", max_length=500, pattern=r"^(https?://\S+)?$")
    note: str = Field(default="", max_length=1000)


class SourceFile(Record):
    """``parameters/sources.yaml``: the sources by key."""

    schema_: Literal[1] = Field(alias="schema")
    sources: dict[SourceKey, Source]


class Group(Record):
    """A group of people: what they are owed, and specific needs. True, and unknown to the authorities."""

    title: Title
    need: NeedName
    flags: tuple[FlagName, ...] = ()


class GroupFile(Record):
    """``parameters/base/groups.yaml``: the default groups."""

    schema_: Literal[1] = Field(alias="schema")
    groups: dict[Name, Group]


class Country(Record):
    """A country of the run."""

    title: Title


class Opening(Record):
    """People present when the run opens, spread over groups by the case's mix."""

    stage: Name
    place: Name
    country: Name
    persons: Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]


class Case(Record):
    """A case: where, when, who arrives, and the local values of parameters."""

    schema_: Literal[1] = Field(alias="schema")
    title: Title
    question: Text
    summary: Text
    paragraphs: tuple[Paragraph, ...] = ()
    start: date
    end: date
    countries: dict[Name, Country] = Field(min_length=1, max_length=40)
    groups: dict[Name, Group] | None = None
    baseline: Name
    departures: str = Field(pattern=r"^[a-z0-9_-]{1,60}\.csv$")
    observed: str | None = Field(default=None, pattern=r"^[a-z0-9_-]{1,60}\.csv$")
    opening: tuple[Opening, ...] = ()
    parameters: dict[str, LocalValue] = Field(default_factory=dict)
    not_modelled: tuple[Text, ...] = ()


class Change(Record):
    """One dated change of one parameter: ``set``, ``scale`` or ``add``, phased in over ``ramp_days``."""

    parameter: str
    set: Number | None = None
    scale: Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)] | None = None
    add: Number | None = None
    start: date | None = None
    until: date | None = None
    ramp_days: Annotated[int, Field(ge=0, le=3650, strict=True)] = 0
    countries: tuple[Name, ...] | None = None
    groups: tuple[Name, ...] | None = None
    reason: Text

    @model_validator(mode="after")
    def _one_operation(self) -> "Change":
        given = [name for name in ("set", "scale", "add") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of set, scale, add; found {', '.join(given) or 'none'}")
        if self.start and self.until and self.until <= self.start:
            raise ValueError(f"the change ends before it starts; found {self.start} to {self.until}")
        return self


class Scenario(Record):
    """A scenario: named dated changes to its case; it never repeats the case."""

    schema_: Literal[1] = Field(alias="schema")
    case: Name
    title: Title
    description: Text
    paragraphs: tuple[Paragraph, ...] = ()
    changes: tuple[Change, ...] = ()
