"""The schema of levers and presets, and of their use.

Source: ``docs/levers.md``. A lever is generic: its changes are relative to any case it is used in, and start with the
lever. A scenario uses levers at an intensity from 0, nothing, to 1, all of it.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from mixedmig_model.inputs.costs.schema import OwnCost, PayerShares, Phase, Price, Stage, View
from mixedmig_model.inputs.costs.shares import Sector, ShareNumber
from mixedmig_model.inputs.levers.conditions import Condition
from mixedmig_model.inputs.reading.faults import shown
from mixedmig_model.inputs.reading.fields import (
    Name,
    Number,
    Paragraph,
    Range,
    Record,
    SourceKey,
    Text,
    Title,
    Version,
    iso_day,
    refusal,
)

MOST_DAYS = 14640
A_MOMENT = "YYYY-MM-DD, or days after the first day of the run: a whole number from 0"
OPERATIONS = ("set", "scale", "add")
Strength = Literal["strong", "moderate", "weak", "none"]
"""How far evidence carries a lever's effect.

``none`` is a planning value, or a matter of law.
"""


def _moment(value: object) -> object:
    if isinstance(value, bool) or (isinstance(value, int) and not 0 <= value <= MOST_DAYS):
        raise refusal("neither a date nor a number of days", shown(value), A_MOMENT)
    if isinstance(value, (int, date)):
        return value
    try:
        return iso_day(value if isinstance(value, str) else "")
    except ValueError:
        raise refusal("neither a date nor a number of days", shown(value), A_MOMENT) from None


Moment = Annotated[date | int, BeforeValidator(_moment)]
"""A date, or days after the first day of the run."""
Days = Annotated[int, Field(ge=0, le=3650, strict=True)]
NotNegative = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]


class LeverChange(Record):
    """What a lever does to one parameter.

    It acts from ``lead_days`` after the lever's start, phased in over ``ramp_days``.
    """

    parameter: str
    set: Number | None = None
    scale: NotNegative | None = None
    add: Number | None = None
    bounds: Range | None = Field(
        default=None, description="the lever brings the parameter no further than this; it takes back nothing")
    lead_days: Days = 0
    ramp_days: Days = 0
    reason: Text

    @model_validator(mode="after")
    def _one_operation(self) -> "LeverChange":
        given = [name for name in OPERATIONS if getattr(self, name) is not None]
        if len(given) != 1:
            raise refusal("give exactly one of set, scale, add", ", ".join(given) or "none")
        if self.set is not None and self.bounds and not self.bounds[0] <= self.set <= self.bounds[1]:
            raise refusal("the lever sets a value outside its own bounds", f"{self.set:g}",
                          f"{self.bounds[0]:g} to {self.bounds[1]:g}")
        return self

    @property
    def operation(self) -> str:
        """``set``, ``scale`` or ``add``."""
        return next(name for name in OPERATIONS if getattr(self, name) is not None)


class LeverEffect(Record):
    """An effect on departures that nobody may assume.

    It is none, unless a scenario gives a value with its source.
    """

    parameter: str
    operation: Literal["set", "scale"] = "set"
    uncited: Number | None = Field(
        default=None, description="what the parameter is while the lever acts and no source is cited")
    by_intensity: bool = Field(default=False, description="whether half the lever has half the effect; false where "
                               "the equations multiply by the intensity themselves")
    lead_days: Days = 0
    ramp_days: Days = 0
    reason: Text


class SideEffect(Record):
    """What comes with a lever and cannot be dropped.

    It is in words, or the least value of a parameter while the lever acts.
    """

    text: Text
    parameter: str | None = None
    least: Number | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "SideEffect":
        if (self.parameter is None) != (self.least is None):
            raise refusal("parameter and least go together", "one of them", "both or neither")
        return self


class Evidence(Record):
    """Evidence of a lever's effect.

    It says what is known, where that stands, and how far it carries.
    """

    text: Text
    source: SourceKey
    strength: Strength


class LeverCost(Record):
    """What a lever costs in each country, at full intensity.

    Its people, staff and places are charged separately.
    """

    title: Title
    activity: Text
    stage: Stage
    sector: Sector
    phase: Phase
    behaviour: Literal["fixed", "one_off"]
    price: Price
    view: View = "both"
    payers: PayerShares

    def at(
        self, intensity: float, start: date | None, until: date | None, countries: tuple[str, ...] | None
    ) -> OwnCost:
        """Return the cost of a use, as a scenario's own cost.

        The use has an intensity, dates and countries.
        """
        low, high = self.price.range
        price = self.price.model_copy(
            update={"value": self.price.value * intensity, "range": (low * intensity, high * intensity)})
        fields = {name: getattr(self, name) for name in type(self).model_fields if name != "price"}
        return OwnCost(**fields, price=price, start=start, until=until, countries=countries)


class Lever(Record):
    """A policy that can be chosen.

    It says what it changes, what the lever itself costs, what is known, and what comes with it.
    """

    title: Title
    description: Text
    paragraphs: Annotated[tuple[Paragraph, ...], Field(min_length=1)]
    start: Moment | None = None
    until: Moment | None = None
    changes: tuple[LeverChange, ...] = ()
    effects: tuple[LeverEffect, ...] = ()
    side_effects: tuple[SideEffect, ...] = ()
    own_costs: dict[Name, LeverCost] = Field(default_factory=dict)
    evidence: Evidence
    moves: Annotated[dict[Name, Literal["up", "down"]], Field(min_length=1)] = Field(
        description="indicators that the lever moves in the worst case of generic_surge, and which way; tested")
    not_modelled: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _does_something(self) -> "Lever":
        if not (self.changes or self.effects):
            raise refusal("the lever changes nothing", "neither changes nor effects", "changes or effects")
        return self


class LeverFile(Record):
    """A file of ``parameters/levers``: levers by name."""

    entries = ("levers",)
    schema_: Version = Field(alias="schema")
    levers: dict[Name, Lever] = Field(min_length=1)


class PresetLever(Record):
    """A lever of a preset, and its intensity there."""

    lever: Name
    intensity: ShareNumber = 1.0


class Preset(Record):
    """A list of levers that belong together.

    It is a plan or declaration of the founding document.
    """

    title: Title
    description: Text
    paragraphs: Annotated[tuple[Paragraph, ...], Field(min_length=1)]
    levers: Annotated[tuple[PresetLever, ...], Field(min_length=1)]
    left_out: tuple[Text, ...] = Field(default=(), description="what of the plan no lever stands for")


class PresetFile(Record):
    """``parameters/presets.yaml``: presets by name."""

    entries = ("presets",)
    schema_: Version = Field(alias="schema")
    presets: dict[Name, Preset] = Field(min_length=1)


class CitedEffect(Record):
    """The size of an effect on departures, with its source.

    The lever leaves the effect at none.
    """

    parameter: str
    value: Number
    source: SourceKey
    reason: Text


class LeverUse(Record):
    """A use of a lever or preset: how far, when, where."""

    lever: Name | None = None
    preset: Name | None = None
    intensity: ShareNumber = 1.0
    start: Moment | None = None
    until: Moment | None = None
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    when: Condition | None = Field(default=None, description="the lever switches itself, between start and until")
    effects: tuple[CitedEffect, ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> "LeverUse":
        if (self.lever is None) == (self.preset is None):
            given = "neither" if self.lever is None else "both"
            raise refusal("give exactly one of lever, preset", given)
        return self


class FollowedUse(LeverUse):
    """A use that another use of the lever follows on its last day.

    What takes time goes on until the other takes effect. No file can say so; programs that change a lever do.
    """


def moment_day(moment: date | int, start: date) -> date:
    """Return the date of a moment in a run.

    The run starts on ``start``.
    """
    return moment if isinstance(moment, date) else date.fromordinal(start.toordinal() + moment)
