"""What all records share.

They are frozen, refuse unknown keys, and are written as JSON in one way.
"""

import json
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from mixedmig_model.record.schema.plain import PlainData, plain

NONE = float("nan")


def _number(value: Any) -> Any:
    """Return a number, or none for ``null`` of strict JSON."""
    return NONE if value is None else value


OR_NONE = WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]})
Number = Annotated[float, BeforeValidator(_number), OR_NONE]
"""A number that may not exist.

It is NaN in Python and in ``report.json``, ``null`` in strict JSON.
"""
Band = tuple[float | None, float | None, float | None]
"""5 %, half and 95 % of draws lie below.

It is None where no draw has the number.
"""


class Frozen(BaseModel):
    """Base of all records: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def data_of(record: Frozen) -> PlainData:
    """Return a record as plain data, keys as files have them."""
    return record.model_dump(by_alias=True)


def strict_data(record: Frozen) -> PlainData:
    """Return a record as data that strict JSON can hold.

    It has None for each number that does not exist.
    """
    return dict(plain(data_of(record)))


def strict_text(record: Frozen) -> str:
    """Return a record as the text of a file of strict JSON."""
    return json.dumps(strict_data(record), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
