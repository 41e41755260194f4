"""Messages between the panel's front end and Python.

They are the same on every transport (``docs/panel_protocol.md``).
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, shown
from mixedmig_model.record.schema.plain import PlainData, PlainView, plain
from mixedmig_model.record.words.panel import templates as words

VERSION = 1
ALIGNED = 8
"""Bytes to which the first buffer of a frame is aligned."""


class FromPanel(BaseModel):
    """Base of all messages of the front end.

    Unknown fields are refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    id: int = 0


class Hello(FromPanel):
    """The first message of a front end."""

    type: Literal["hello"]
    version: int
    case: str | None = None
    scenario: str | None = None


class Set(FromPanel):
    """Solve a state, and show a view of it."""

    type: Literal["set"]
    seq: int
    state: PlainData | None
    view: str


class Lines(FromPanel):
    """The lines of a view of some state."""

    type: Literal["lines"]
    state: PlainData | None
    view: str


class AheadOf(FromPanel):
    """Positions of a held slider that are likely to come next."""

    type: Literal["ahead"]
    state: PlainData | None
    name: str
    view: str


class Idle(FromPanel):
    """Nobody has moved for a while."""

    type: Literal["idle"]
    state: PlainData | None
    view: str
    visible: bool
    seq: int = 0


class Drives(FromPanel):
    """What drives a line."""

    type: Literal["drives"]
    state: PlainData | None
    view: str
    chart: str
    series: str


class Save(FromPanel):
    """Keep a state as a scenario."""

    type: Literal["save"]
    state: PlainData | None
    name: str
    title: str
    description: str = ""
    replace: bool = False


class Open(FromPanel):
    """A scenario of the case, or the YAML of one, as a state."""

    type: Literal["open"]
    name: str = ""
    text: Annotated[str, Field(max_length=100_000)] = ""


class Copy(FromPanel):
    """A state as text."""

    type: Literal["copy"]
    form: Literal["yaml", "python", "command"]
    state: PlainData | None
    name: str = ""
    title: str = ""
    description: str = ""


class ReportOf(FromPanel):
    """A report of the baseline and a state, or the end of one."""

    type: Literal["report"]
    state: PlainData | None = None
    name: str = ""
    title: str = ""
    description: str = ""
    stop: bool = False


class Ping(FromPanel):
    """Is anybody there."""

    type: Literal["ping"]


Message = Hello | Set | Lines | AheadOf | Idle | Drives | Save | Open | Copy | ReportOf | Ping
_ADAPTER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


@dataclass(frozen=True)
class Reply:
    """A message to the front end: a header, and buffers.

    Numbers in buffers are little-endian.
    """

    header: PlainView
    buffers: Sequence[bytes] = field(default=())

    @property
    def plain(self) -> PlainData:
        """The header as strict JSON, with the lengths of the buffers.

        It holds no NaN.
        """
        return dict(plain({**self.header, "buffers": [len(one) for one in self.buffers]}))

    def frame(self) -> bytes:
        """Return the message as one binary frame."""
        text = json.dumps(self.plain, ensure_ascii=False, allow_nan=False).encode()
        text += b" " * (-(len(text) + 4) % ALIGNED)
        return b"".join((struct.pack("<I", len(text)), text, *self.buffers))


def parsed(found: Any) -> Message:
    """Return a message of the front end.

    InputFaultsError is raised for a message that the protocol does not have.
    """
    try:
        return _ADAPTER.validate_python(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(part) for part in first.get("loc", ()))
        raise InputFaultsError([Fault(words.PANEL_FILE, 0, path, words.UNKNOWN_MESSAGE, found=shown(
            found.get("type") if isinstance(found, Mapping) else None), allowed=words.MESSAGE_ALLOWED)]) from None


def numbers(found: Any) -> PlainData:
    """Return the fields of a header that identify its answer.

    They are the number of the request, if it has one.
    """
    if not isinstance(found, Mapping):
        return {}
    return {key: found[key] for key in ("seq", "id") if type(found.get(key)) is int}
