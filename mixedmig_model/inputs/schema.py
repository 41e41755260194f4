"""The one schema of parameter, group, source, case and scenario files: frozen records, unknown keys refused."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from mixedmig_model.inputs.faults import has_controls, shown
from mixedmig_model.inputs.units import UNIT_PATTERN

MOST_PERSONS = 1e9
EVERYWHERE = "all"
"""The name that stands for all countries together in a table of published totals."""
NAME_PATTERN = r"^[a-z0-9_-]{1,64}$"
SOURCE_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"
FILE_PATTERN = r"^[a-z0-9_-]{1,60}\.csv$"
PARAGRAPH_PATTERN = r"^[0-9]{1,2}(\([a-z]\))?$"
ADDRESS_PATTERN = r"^(https?://\S+)?$"
PATTERNS = {
    NAME_PATTERN: ("not a valid name", "a-z, 0-9, _ and -, 1 to 64 characters"),
    SOURCE_PATTERN: ("not a valid key of a source", "letters, digits, _ and -, 1 to 64 characters"),
    UNIT_PATTERN: ("not a valid unit", "names of units joined by * and /, such as person/day or 1/month"),
    FILE_PATTERN: ("not a valid file name", "a .csv file beside case.yaml, named with a-z, 0-9, _ and -"),
    PARAGRAPH_PATTERN: ("not a valid paragraph", "a paragraph in quotes, such as '12' or '12(b)'"),
    ADDRESS_PATTERN: ("not a web address", "an address that starts with http:// or https://"),
}
"""What each pattern means in words: the problem where text does not match it, and what is allowed."""
WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}


def _refusal(problem: str, found: str, allowed: str = "") -> PydanticCustomError:
    """An error that ``validation`` turns into a fault with exactly these words."""
    return PydanticCustomError("in_words", "{problem}", {"problem": problem, "found": found, "allowed": allowed})


def iso_day(text: str) -> date:
    """A date written YYYY-MM-DD and in no other way. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a date")
    return date.fromisoformat(text)


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return iso_day(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError("date_type", "not a date") from None


def _version(value: object) -> object:
    if isinstance(value, bool):  # true equals 1, but names no version
        raise PydanticCustomError("literal_error", "not a version", {"expected": "1"})
    return value


def _two_ends(value: object) -> object:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise _refusal("not a range", shown(value), "[low, high]")
    return value


def _in_order(value: tuple[float, float]) -> tuple[float, float]:
    if value[0] > value[1]:
        raise _refusal("the range is upside down", f"{value[0]:g} to {value[1]:g}", "[low, high]")
    return value


def _no_device(value: str) -> str:
    if is_device_name(value):
        raise _refusal("the name is reserved by Windows", shown(value), "another name")
    return value


def _one_country(value: str) -> str:
    if value == EVERYWHERE:
        raise _refusal("the name stands for all countries together", shown(value), "another name")
    return value


def _no_controls(value: str) -> str:
    if has_controls(value):
        raise _refusal("control characters in the text", shown(value), "plain text")
    return value


def _form(value: object) -> str:
    return "dated" if isinstance(value, dict) else "number"


Version = Annotated[Literal[1], BeforeValidator(_version)]
Name = Annotated[str, Field(pattern=NAME_PATTERN)]
SourceKey = Annotated[str, Field(pattern=SOURCE_PATTERN)]
FileName = Annotated[str, Field(pattern=FILE_PATTERN), AfterValidator(_no_device)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[date, BeforeValidator(_day)]
Dated = Annotated[dict[Day, Number], Field(min_length=1)]
Level = Annotated[Annotated[Number, Tag("number")] | Annotated[Dated, Tag("dated")], Discriminator(_form)]
Labelled = Annotated[dict[Name, Level], Field(min_length=1)]
Range = Annotated[tuple[Number, Number], BeforeValidator(_two_ends), AfterValidator(_in_order)]
Unit = Annotated[str, Field(pattern=UNIT_PATTERN, max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_no_controls)]
Title = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_no_controls)]
Note = Annotated[str, AfterValidator(_no_controls)]
Quality = Literal["measured", "published", "assumption"]
Role = Literal["lever", "uncertain", "fixed"]
Distribution = Literal["fixed", "pert", "beta", "lognormal"]
NeedName = Literal["international", "other", "none"]
FlagName = Literal[
    "child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant"
]
Paragraph = Annotated[str, Field(pattern=PARAGRAPH_PATTERN)]


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
    by_need: Annotated[dict[NeedName, Level], Field(min_length=1)] | None = None
    by_group: Labelled | None = None

    @model_validator(mode="after")
    def _one_value(self) -> "Valued":
        given = [name for name in VALUE_KEYS if getattr(self, name) is not None]
        if len(given) != 1:
            text = "give exactly one of value, dated, by_country, by_need, by_group"
            raise _refusal(text, ", ".join(given) or "none")
        return self


VALUE_KEYS = ("value", "dated", "by_country", "by_need", "by_group")


class Parameter(Valued):
    """A parameter of the base files: a value with unit, range, source and quality."""

    title: Title
    description: Text
    unit: Unit
    range: Range
    distribution: Distribution
    role: Role
    source: SourceKey
    quality: Quality
    row: Note = Field(default="", max_length=40, description="row of the parameter table it stems from, e.g. P10")


class LocalValue(Valued):
    """A case's own value of a parameter, in the base file's unit unless it gives one."""

    unit: Unit | None = None
    range: Range | None = None
    source: SourceKey
    quality: Quality
    note: Note = Field(default="", max_length=2000)


class ParameterFile(Record):
    """A file of ``parameters/base``: the parameters of one subject."""

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
    """A group of people: what they are owed, and specific needs. True, and unknown to the authorities."""

    title: Title
    need: NeedName
    flags: tuple[FlagName, ...] = ()


class GroupFile(Record):
    """``parameters/base/groups.yaml``: the default groups."""

    schema_: Version = Field(alias="schema")
    groups: dict[Name, Group] = Field(min_length=1)


class Country(Record):
    """A country of the run."""

    title: Title


class Opening(Record):
    """People present when the run opens, spread over groups by the case's mix."""

    stage: Name
    place: Name
    country: Name
    persons: Annotated[float, Field(ge=0, le=MOST_PERSONS, strict=True, allow_inf_nan=False)]


class Case(Record):
    """A case: where, when, who arrives, and the local values of parameters."""

    schema_: Version = Field(alias="schema")
    title: Title
    question: Text
    summary: Text
    paragraphs: tuple[Paragraph, ...] = ()
    start: Day
    end: Day
    countries: dict[Annotated[Name, AfterValidator(_one_country)], Country] = Field(min_length=1, max_length=40)
    groups: Annotated[dict[Name, Group], Field(min_length=1)] | None = None
    baseline: Name
    departures: FileName
    observed: FileName | None = None
    opening: tuple[Opening, ...] = ()
    parameters: dict[str, LocalValue] = Field(default_factory=dict)
    not_modelled: tuple[Text, ...] = ()


class Change(Record):
    """One dated change of one parameter: ``set``, ``scale`` or ``add``, phased in over ``ramp_days``."""

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
            raise _refusal("give exactly one of set, scale, add", ", ".join(given) or "none")
        if self.start and self.until and self.until <= self.start:
            text = "the change ends before it starts"
            raise _refusal(text, f"{self.start} to {self.until}", f"until a date after {self.start}")
        return self


class Scenario(Record):
    """A scenario: named dated changes to its case; it never repeats the case."""

    schema_: Version = Field(alias="schema")
    case: Name
    title: Title
    description: Text
    paragraphs: tuple[Paragraph, ...] = ()
    changes: tuple[Change, ...] = ()
