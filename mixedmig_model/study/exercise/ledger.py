"""The ledger of a session.

It has every decision, message, forecast and inject, in order.
It is a file of JSON lines. All else of a session follows from it: nothing is kept that it does not say. What the
facilitator undoes stays in it, marked as undone.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.reading.fields import Day, Name, Number, Record, Text, Title, refusal
from mixedmig_model.inputs.reading.validation import words_of
from mixedmig_model.inputs.reading.yaml_reader import read_text
from mixedmig_model.storage.atomic import write_file

Kind = Literal[
    "started", "order", "sign", "answer", "forecast", "inject", "observe", "sentence", "gap", "advance", "undo"]
Mark = Literal["P", "S", "M", "U"]
"""How far an objective was met.

It was performed without challenges, with some, with major ones, or not at all.
"""
MOST_EVENTS = 20_000


class Expected(Record):
    """What somebody expects of a quantity: a range, and how sure.

    It is of the end of a round: a level on its last day, an amount over its days.
    """

    quantity: Annotated[str, Field(max_length=100)]
    low: Number
    high: Number
    level: Annotated[float, Field(ge=0.5, le=0.99, strict=True)] = 0.9
    round: Annotated[int, Field(ge=1, le=60, strict=True)]
    country: Name | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Expected":
        if self.low > self.high:
            raise refusal("the lower end is above the upper one", f"{self.low:g}", f"at most {self.high:g}")
        return self


class Event(Record):
    """One line of the ledger: who did what, when and why.

    Which of the other keys a line has depends on its kind.
    """

    number: Annotated[int, Field(ge=1, le=MOST_EVENTS, strict=True)]
    kind: Kind
    round: Annotated[int, Field(ge=1, le=61, strict=True)]
    minute: Annotated[int, Field(ge=0, le=600, strict=True)] = 0
    team: Name | None = None
    role: Name | None = None
    key: Annotated[str, Field(max_length=100)] | None = None
    value: Number | None = None
    countries: tuple[Name, ...] | None = None
    text: Text | None = None
    expected: Expected | None = None
    breaches: tuple[Name, ...] = ()
    inject: Name | None = None
    objective: Name | None = None
    mark: Mark | None = None
    owner: Title | None = Field(default=None, description="the office that owns a gap")
    by: Day | None = Field(default=None, description="the day by which a gap is closed")
    of: int | None = Field(default=None, description="number of the event that is signed or undone")
    teams: tuple[Name, ...] = ()
    exercise: Name | None = None
    digest: Annotated[str, Field(max_length=64)] | None = None


def in_force(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that were not undone, without the undoing."""
    listed = tuple(events)
    undone = {one.of for one in listed if one.kind == "undo"}
    return tuple(one for one in listed if one.kind != "undo" and one.number not in undone)


def write_ledger(file: Path, events: Iterable[Event]) -> None:
    """Write a ledger whole.

    The old file stays, or the new one is there.
    Raises OSError, TargetError.
    """
    lines = [json.dumps(one.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"round": one.round},
                        ensure_ascii=False, sort_keys=True) for one in events]
    write_file(file, "\n".join([*lines, ""]))


def read_ledger(file: Path, label: str) -> tuple[Event, ...]:
    """Read a ledger.

    Raises InputFaultsError with the faults of all its lines.
    """
    faults: list[Fault] = []
    events = []
    for line, text in enumerate(read_text(file, label).splitlines(), 1):
        try:
            data = json.loads(text)
            events.append(Event.model_validate(data))
        except RecursionError:
            faults.append(Fault(label, line, "", "values are nested too deeply", allowed="one event a line"))
        except ValidationError as error:
            faults += [_fault(label, line, one) for one in error.errors(include_url=False)]
        except ValueError:
            faults.append(Fault(label, line, "", "not JSON", allowed="one event a line"))
    if not faults and [one.number for one in events] != list(range(1, len(events) + 1)):
        faults.append(Fault(label, 0, "", "events are missing or out of order", allowed="numbers from 1 without gaps"))
    if not faults and (not events or events[0].kind != "started"):
        faults.append(Fault(label, 1, "", "the ledger does not begin with the start of a session"))
    if faults:
        raise InputFaultsError(faults)
    return tuple(events)


def _fault(label: str, line: int, detail: object) -> Fault:
    """Return an error of the schema as a fault."""
    assert isinstance(detail, dict)
    problem, allowed, near = words_of(detail, detail.get("input"))  # type: ignore[arg-type]
    path = ".".join(str(part) for part in detail["loc"])
    return Fault(label, line, path, problem, allowed=allowed, nearest=near)
