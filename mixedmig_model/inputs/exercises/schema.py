"""The schema of exercises.

An exercise is a file ``parameters/exercises/NAME/exercise.yaml``. Its injects may stand in ``injects.yaml`` next to it,
and the briefs of its roles in ``roles``. It uses a case of the workspace, or its own in ``case``.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from mixedmig_model.inputs.costs.schema import NotNegative, Payer
from mixedmig_model.inputs.levers.schema import OPERATIONS
from mixedmig_model.inputs.reading.faults import shown
from mixedmig_model.inputs.reading.fields import (
    Day,
    Name,
    Note,
    Number,
    Paragraph,
    Record,
    Text,
    Title,
    Version,
    refusal,
)

FACILITATOR, PROJECTOR, EVERYONE = "facilitator", "projector", "everyone"
RESERVED = (FACILITATOR, PROJECTOR, EVERYONE, "observer", "safeguards", "no_action", "as_planned", "hindsight")
"""Names that no role and no team can have."""
Evidence = Literal["decision", "message", "indicator"]
Channel = Literal["email", "radio", "phone", "letter", "press", "meeting", "map", "rumour"]
Operator = Literal[">", ">=", "<", "<="]
SharedRule = Literal["agree", "last"]
Format = Literal["A", "B", "C"]
Reference = Literal["no_action", "as_planned", "hindsight"]
REFERENCES: tuple[Reference, ...] = get_args(Reference)
"""Runs that a team's run is shown next to.

They are a run without orders, the plan that was written before, and the plan that one would write afterwards.
"""


def _not_reserved(value: str) -> str:
    if value in RESERVED:
        raise refusal("the name is used by the exercise itself", shown(value), "another name")
    return value


def _brief(value: str) -> str:
    if re.fullmatch(r"[a-z0-9_-]{1,60}\.md", value) is None:
        raise refusal("not a valid file name of a brief", shown(value), "a .md file in the folder roles")
    return value


OwnName = Annotated[Name, AfterValidator(_not_reserved)]
Minutes = Annotated[int, Field(ge=1, le=600, strict=True)]
RoundNumber = Annotated[int, Field(ge=1, le=60, strict=True)]
Delay = Annotated[int, Field(ge=0, le=3650, strict=True)]


class Round(Record):
    """A round: minutes to decide in, and days that then pass."""

    days: Annotated[int, Field(ge=1, le=3660, strict=True)]
    minutes: Minutes
    title: Title | None = None


class Objective(Record):
    """What the exercise is to train, and what shows it.

    ``names`` are levers or inputs of a decision, injects of a message, or indicators.
    """

    id: OwnName
    text: Text
    paragraph: Paragraph | None = None
    evidence: Evidence
    names: tuple[str, ...] = ()


class Ordered(Record):
    """A lever or an input: exactly one of the two."""

    lever: Name | None = None
    input: Annotated[str, Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Ordered":
        if (self.lever is None) == (self.input is None):
            raise refusal("give exactly one of lever, input", "neither" if self.lever is None else "both")
        return self

    @property
    def key(self) -> str:
        """The name of the lever or of the input."""
        return str(self.lever if self.lever is not None else self.input)


class RoleLever(Ordered):
    """What a role may order, and within which limits.

    A lever has an intensity from 0 to 1, an input a value in the unit of its base file.
    """

    least: Number = 0.0
    most: Number
    note: Note = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _limits_in_order(self) -> "RoleLever":
        if self.least > self.most:
            raise refusal("the lower limit is above the upper one", f"{self.least:g}", f"at most {self.most:g}")
        return self


class ExerciseRole(Record):
    """A role of a team: what it may order, sees and pays."""

    entries = ("levers",)
    name: OwnName
    title: Title
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = Field(
        default=None, description="countries in which the role acts; all of the case if left out")
    levers: tuple[RoleLever, ...] = ()
    money: dict[Payer, NotNegative] = Field(
        default_factory=dict, description="what each payer has for the exercise, in the base currency")
    sees: tuple[Annotated[str, Field(max_length=100)], ...] = Field(
        default=(), description="quantities in the returns of the role, as in tables of observations")
    lag_days: Delay = Field(default=0, description="days after which a number reaches the role")
    undercount: Annotated[float, Field(ge=0, le=0.95, strict=True)] = Field(
        default=0.0, description="share of each number that the returns of the role miss")
    brief: Annotated[str, AfterValidator(_brief)] | None = Field(
        default=None, description="file in the folder roles; NAME.md if left out")

    @property
    def brief_file(self) -> str:
        """The file of the brief, in the folder ``roles``."""
        return self.brief or f"{self.name}.md"


class SharedLever(Ordered):
    """What decides where two roles order the same thing.

    ``agree``: the orders of all of them are equal. ``last``: the last order holds.
    """

    rule: SharedRule


class Clock(Record):
    """A moment of an exercise: a minute of a round's deciding."""

    round: RoundNumber
    minute: Annotated[int, Field(ge=0, le=600, strict=True)] = 0


class When(Record):
    """A condition on what a team's run has come to.

    It is tested at the end of each round, on the true number of people.
    """

    quantity: Annotated[str, Field(max_length=100)]
    op: Operator
    value: Number
    country: Name | None = None
    first_round: RoundNumber = Field(default=1, description="the first round at whose end it is tested")

    def holds(self, found: float) -> bool:
        """Return whether a number meets the condition."""
        return {">": found > self.value, ">=": found >= self.value, "<": found < self.value,
                "<=": found <= self.value}[self.op]


class InjectChange(Record):
    """What an inject changes, from the start of its round.

    It begins ``after_days`` after the day on which the round's period begins, and ends ``days`` later.
    """

    parameter: Annotated[str, Field(max_length=100)]
    set: Number | None = None
    scale: NotNegative | None = None
    add: Number | None = None
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    groups: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    after_days: Delay = 0
    days: Annotated[int, Field(ge=1, le=3660, strict=True)] | None = None
    reason: Text

    @model_validator(mode="after")
    def _one_operation(self) -> "InjectChange":
        given = [name for name in OPERATIONS if getattr(self, name) is not None]
        if len(given) != 1:
            raise refusal("give exactly one of set, scale, add", ", ".join(given) or "none")
        return self

    @property
    def operation(self) -> str:
        """``set``, ``scale`` or ``add``."""
        return next(name for name in OPERATIONS if getattr(self, name) is not None)


class Inject(Record):
    """An event that roles hear of, at a time or by a condition.

    Without ``at`` and ``when`` it comes only where another inject was ignored, or when the facilitator releases it.
    """

    entries = ("changes",)
    id: OwnName
    title: Title
    at: Clock | None = None
    when: When | None = None
    to: Annotated[tuple[Name, ...], Field(min_length=1)] = Field(description="roles; everyone means all of them")
    channel: Channel
    text: Text
    changes: tuple[InjectChange, ...] = ()
    asks: Text | None = Field(default=None, description="what the roles must do or answer")
    due_minutes: Minutes | None = Field(default=None, description="minutes after its release until an answer is due")
    expected: Text | None = Field(default=None, description="what a good answer holds; for the facilitator alone")
    objective: Name | None = None
    paragraph: Paragraph | None = None
    if_ignored: Name | None = Field(default=None, description="the inject that follows where no answer came in time")
    content_note: Text | None = Field(default=None, description="warning that is read out before the text")
    not_modelled: Text | None = Field(default=None, description="what of it the model cannot represent")

    @model_validator(mode="after")
    def _makes_sense(self) -> "Inject":
        if self.at is not None and self.when is not None:
            raise refusal("an inject has a time or a condition", "both", "at, when, or neither")
        if self.due_minutes is not None and self.asks is None:
            raise refusal("an answer is due that nobody is asked for", "due_minutes without asks", "asks as well")
        if self.if_ignored is not None and self.due_minutes is None:
            raise refusal("nothing says when the inject counts as ignored", "if_ignored without due_minutes",
                          "due_minutes as well")
        return self


class PlannedOrder(Ordered):
    """An order of a reference plan."""

    round: RoundNumber
    value: Number
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None


class ReferencePlan(Record):
    """A reference: a scenario of the case, orders, or both."""

    scenario: Name | None = Field(default=None, description="the exercise's own scenario if left out")
    orders: tuple[PlannedOrder, ...] = ()


class HiddenInput(Record):
    """An input whose true value is drawn and hidden.

    The draw is uniform between the two ends, in the unit of the base file.
    """

    least: Number
    most: Number

    @model_validator(mode="after")
    def _ends_in_order(self) -> "HiddenInput":
        if self.least > self.most:
            raise refusal("the lower end is above the upper one", f"{self.least:g}", f"at most {self.most:g}")
        return self


class ShortForm(Record):
    """A short form: fewer rounds, roles and injects.

    Injects that it does not name wait until the facilitator releases them.
    """

    rounds: Annotated[tuple[Round, ...], Field(min_length=1, max_length=60)]
    roles: Annotated[tuple[Name, ...], Field(min_length=1)] | None = Field(
        default=None, description="roles that are played; all if left out")
    injects: dict[Name, Clock] = Field(default_factory=dict, description="injects by the clock of the short form")


class Exercise(Record):
    """``exercise.yaml``: everything of an exercise."""

    entries = ("objectives", "roles", "shared", "injects", "references", "truth")
    schema_: Version = Field(alias="schema")
    title: Title
    summary: Text
    licence: Title
    format: Format
    case: Name | None = Field(default=None, description="a case of the workspace; the folder case if left out")
    scenario: Name | None = Field(default=None, description="where teams begin; the case's baseline if left out")
    start: Day = Field(description="first day of the period of round 1, within the case")
    seed: Annotated[int, Field(ge=0, le=2**32 - 1, strict=True)]
    rounds: Annotated[tuple[Round, ...], Field(min_length=1, max_length=60)]
    objectives: tuple[Objective, ...] = ()
    roles: Annotated[tuple[ExerciseRole, ...], Field(min_length=1, max_length=20)]
    shared: tuple[SharedLever, ...] = Field(
        default=(), description="what decides where two roles order the same lever or input")
    injects: tuple[Inject, ...] = ()
    truth: dict[str, HiddenInput] = Field(default_factory=dict)
    references: dict[Reference, ReferencePlan] = Field(default_factory=dict)
    short: ShortForm | None = Field(default=None, description="what is played as NAME_short, in format A")

    @property
    def days(self) -> int:
        """Days of all rounds together."""
        return sum(one.days for one in self.rounds)


class InjectFile(Record):
    """``injects.yaml``: injects of an exercise."""

    entries = ("injects",)
    schema_: Version = Field(alias="schema")
    injects: Annotated[tuple[Inject, ...], Field(min_length=1)]
