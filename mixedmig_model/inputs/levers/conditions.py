"""Conditions by which a lever switches itself.

A condition is a named quantity of the run, and two marks (``docs/levers.md``). It is a record, never an expression. It
is evaluated once a day, on what the run has come to by the start of that day. Two marks keep a lever from switching to
and fro.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mixedmig_model.inputs.reading.fields import Record, refusal
from mixedmig_model.vocabulary.labels import FUNCTIONS

QUANTITIES = {
    **{f"waiting_{stage}": f"people in {stage}, those whose turn it is included" for stage in FUNCTIONS},
    "without_shelter": "people without shelter",
    "in_reception": "people in reception",
    "in_detention": "people in detention",
    "adrift": "people adrift, in the whole region",
    "reception_occupancy": "people in reception or without shelter, over places open",
}
"""Quantities that a condition may look at, in words.

They are persons, except the last, which is a share.
"""
Mark = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]
Pairs = tuple[tuple[int, int | None], ...]
"""Days on which a lever turns on and off again.

None means that it stays on.
"""
Intervals = Mapping[int, Pairs]
"""The same by use of a lever, its number in the scenario."""


class Condition(Record):
    """The condition by which a lever is on.

    It is on from the day on which the quantity passes ``on_at``, until it passes ``off_at`` on its way back.
    """

    quantity: Literal[
        "waiting_registration", "waiting_screening", "waiting_referral", "waiting_determination", "waiting_appeal",
        "waiting_return", "without_shelter", "in_reception", "in_detention", "adrift", "reception_occupancy"]
    op: Literal[">", "<"] = ">"
    on_at: Mark
    off_at: Mark

    @model_validator(mode="after")
    def _marks_apart(self) -> "Condition":
        gap = self.on_at - self.off_at if self.op == ">" else self.off_at - self.on_at
        if gap < 0.0:
            raise refusal("on_at and off_at are in the wrong order", f"{self.off_at:g}",
                          f"off_at {'at most' if self.op == '>' else 'at least'} on_at, {self.on_at:g}")
        return self

    def turns(self, is_on: bool, value: float) -> bool:
        """Return whether a lever switches at a value.

        The lever is on, or off.
        """
        if self.op == ">":
            return value < self.off_at if is_on else value > self.on_at
        return value > self.off_at if is_on else value < self.on_at

    @property
    def words(self) -> str:
        """The condition in words."""
        sides = ("above", "below") if self.op == ">" else ("below", "above")
        name = QUANTITIES[self.quantity]
        return f"on from the day with {name} {sides[0]} {self.on_at:g}, off again from that {sides[1]} {self.off_at:g}"


@dataclass(frozen=True)
class Switch:
    """A lever of a run that switches itself.

    It says whose use it is, by what it switches, in which countries, and between which days.
    """

    use: int
    lever: str
    condition: Condition
    countries: tuple[str, ...] | None
    first: int
    last: int
