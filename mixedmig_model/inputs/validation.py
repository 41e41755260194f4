"""From plain data to records: every fault of the schema as a ``Fault`` with its line and the nearest valid name."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mixedmig_model.inputs.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.schema import Record
from mixedmig_model.inputs.yaml_reader import Document, Keys

R = TypeVar("R", bound=Record)


def validate(document: Document, model: type[R]) -> R:
    """The record that a document holds. Raises InputFaultsError with all faults of the schema at once."""
    if not isinstance(document.data, dict):
        allowed = listed(_field_names(model))
        raise InputFaultsError([document.fault((), "the file must be a mapping of keys", allowed=allowed)])
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        faults = {_fault(document, model, detail) for detail in error.errors(include_url=False)}
        raise InputFaultsError(faults) from None


def _field_names(model: type[BaseModel]) -> list[str]:
    """Names of a record as written in files."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _keys(document: Document, location: tuple[Any, ...]) -> Keys:
    """The part of a pydantic location that is a path in the document (drops union tags and key marks)."""
    keys: list[str | int] = []
    here: Any = document.data
    for part in location:
        if isinstance(here, Mapping) and str(part) in here:
            keys.append(str(part))
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            keys.append(part)
            here = here[part]
    return tuple(keys)


def _owner(model: type[BaseModel], location: tuple[Any, ...]) -> type[BaseModel] | None:
    """The record class whose field a location names, for the list of allowed keys."""
    owner: Any = model
    for part in location[:-1]:
        fields = {info.alias or name: info for name, info in owner.model_fields.items()}
        if part in fields:
            classes = [c for c in _classes(fields[part].annotation) if issubclass(c, BaseModel)]
            if not classes:
                return None
            owner = classes[0]
    return owner if isinstance(owner, type) else None


def _classes(annotation: Any) -> list[type]:
    """All classes inside an annotation such as ``dict[Name, Parameter] | None``."""
    if isinstance(annotation, type) and not getattr(annotation, "__args__", None):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _classes(part)]


def _at(document: Document, keys: Keys) -> Any:
    """The value at a path of the document."""
    value = document.data
    for key in keys:
        value = value[key]
    return value


def _fault(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Fault:
    """One pydantic error as a fault in the project's words."""
    location, kind, context = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    keys = _keys(document, location)
    if kind == "missing":
        path = ".".join(str(key) for key in (*keys, location[-1]))
        return Fault(document.file, document.line(keys), path, "a required key is missing")
    if kind == "extra_forbidden":
        owner = _owner(model, location)
        names = _field_names(owner) if owner else []
        return document.fault(keys, "unknown key", str(location[-1]), listed(names), nearest(location[-1], names))
    found = _at(document, keys)
    if kind == "literal_error":
        expected = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        return document.fault(keys, "not one of the allowed values", found, listed(expected), nearest(found, expected))
    problem, allowed = _PROBLEMS.get(kind, (detail["msg"], ""))
    if kind == "dict_type" and str(location[-1]).startswith("dict["):
        problem, allowed = _PROBLEMS["float_type"]
    if kind == "value_error":
        problem, found = str(context["error"]), None
    for name in ("ge", "le", "min_length", "max_length", "pattern"):
        if name in context and not allowed:
            allowed = f"{_BOUNDS[name]} {context[name]}"
    return document.fault(keys, problem, found, allowed)


_BOUNDS = {
    "ge": "at least", "le": "at most", "min_length": "at least this many characters or entries:",
    "max_length": "at most this many characters or entries:", "pattern": "text that matches",
}
_PROBLEMS = {
    "float_type": ("not a number", "a number, or dates with a number each"),
    "float_parsing": ("not a number", "a number"),
    "int_type": ("not a whole number", "a whole number"),
    "string_type": ("not text", "text"),
    "dict_type": ("not a mapping", "keys and values"),
    "model_type": ("not a record", "keys and values"),
    "tuple_type": ("not a list", "a list"),
    "date_from_datetime_parsing": ("not a date", "YYYY-MM-DD"),
    "date_parsing": ("not a date", "YYYY-MM-DD"),
    "date_type": ("not a date", "YYYY-MM-DD"),
    "greater_than_equal": ("too small", ""),
    "less_than_equal": ("too large", ""),
    "string_pattern_mismatch": ("not a valid name or text", ""),
    "string_too_short": ("the text is too short", ""),
    "string_too_long": ("the text is too long", ""),
    "too_short": ("too few entries", ""),
    "too_long": ("too many entries", ""),
}
