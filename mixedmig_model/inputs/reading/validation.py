"""From plain data to records.

Every fault of the schema becomes a ``Fault`` with its line and the nearest valid name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, plain_name
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, Record
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys

R = TypeVar("R", bound=Record)
NO_MAPPING = "the file must be a mapping of keys"
READ_BY_PEOPLE = ("title", "question", "summary", "description", "about", "in_view")
"""Texts that only people read.

A faulty one hides nothing else of its file.
"""
STAND_IN = "?"


def validate(document: Document, model: type[R]) -> R:
    """Return the record that a document holds.

    Raises InputFaultsError with all faults of the schema.
    """
    if not isinstance(document.data, dict):
        allowed = listed(_field_names(model))
        fault = document.fault((), NO_MAPPING, document.data, allowed)
        raise InputFaultsError([fault])
    record, details = _validated(document, model)
    if record is None:
        raise InputFaultsError(_fault(document, model, detail) for detail in details)
    return record


@dataclass(frozen=True)
class Rest(Generic[R]):
    """What is sound of a file, and the faults.

    The record comes without faulty entries; it is None where too little is sound. ``document`` is the one that the
    record stands in, and ``left_out`` names the faulty entries by collection and name. A record that comes with faults
    is for further checks only, so that one round finds what it can.
    """

    document: Document
    record: R | None
    faults: tuple[Fault, ...] = ()
    left_out: frozenset[tuple[str, str | int]] = frozenset()

    def names(self, collection: str) -> set[str]:
        """Return names of the entries that were left out.

        They are those of a collection.
        """
        return {str(name) for key, name in self.left_out if key == collection}


def validate_rest(document: Document, model: type[R]) -> Rest[R]:
    """Return the record of a document, without faulty entries.

    Such entries are those of ``Record.entries``.
    """
    if not isinstance(document.data, dict):
        allowed = listed(_field_names(model))
        return Rest(document, None, (document.fault((), NO_MAPPING, document.data, allowed),))
    record, details = _validated(document, model)
    if record is not None:
        return Rest(document, record)
    faults = tuple(_fault(document, model, detail) for detail in details)
    sound = _without(document, model, details)
    if sound is None:
        return Rest(document, None, faults)
    rest, left_out = sound
    return Rest(rest, _validated(rest, model)[0], faults, left_out)


def _validated(document: Document, model: type[R]) -> tuple[R | None, list[ErrorDetails]]:
    """Return the record, or None and all errors of the schema."""
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, [detail for detail in error.errors(include_url=False) if not _spurious(detail)]


def _without(
    document: Document, model: type[Record], details: Collection[ErrorDetails]
) -> tuple[Document, frozenset[tuple[str, str | int]]] | None:
    """Return the document without its faulty entries.

    A faulty title or description is replaced. None stands where more is faulty.
    """
    data, left_out = dict(document.data), set()
    for detail in details:
        path = _keys(document, tuple(detail["loc"]))
        if detail["type"] == "missing" and not path:
            path = (str(detail["loc"][-1]),)
        if len(path) > 1 and path[0] in model.entries:
            left_out.add((str(path[0]), path[1]))
        elif len(path) == 1 and path[0] in model.entries:
            data.pop(str(path[0]), None)
        elif len(path) == 1 and path[0] in READ_BY_PEOPLE and str(path[0]) in model.model_fields:
            data[str(path[0])] = STAND_IN
        elif detail["type"] == "extra_forbidden" and len(path) == 1:
            data.pop(str(path[0]), None)
        else:
            return None
    kept: dict[Keys, tuple[int, ...]] = {}
    for key in {key for key, _ in left_out} & set(data):
        gone, entries = {name for one, name in left_out if one == key}, data[key]
        if isinstance(entries, list):
            kept[(key,)] = tuple(index for index in range(len(entries)) if index not in gone)
            data[key] = [entries[index] for index in kept[(key,)]]
        else:
            data[key] = {name: entry for name, entry in entries.items() if name not in gone}
    return replace(document, data=data, kept=kept), frozenset(left_out)


def _spurious(detail: ErrorDetails) -> bool:
    """Return whether a list only seems too short.

    Some of its entries have faults, which are reported separately.
    """
    least = detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and isinstance(detail["input"], (list, dict)) and len(detail["input"]) >= least


def _field_names(model: type[BaseModel]) -> list[str]:
    """Return names of a record as written in files."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _keys(document: Document, loc: tuple[Any, ...]) -> Keys:
    """Return the part of a pydantic ``loc`` that is a path.

    Union tags and key marks are dropped.
    """
    keys: list[str | int] = []
    here: Any = document.data
    for part in loc:
        if isinstance(here, Mapping) and str(part) in here:
            keys.append(str(part))
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            keys.append(part)
            here = here[part]
    return tuple(keys)


def _owner(model: type[BaseModel], loc: tuple[Any, ...]) -> type[BaseModel] | None:
    """Return the record class whose field a ``loc`` names.

    It serves the list of allowed keys.
    """
    owner: Any = model
    for part in loc[:-1]:
        fields = {info.alias or name: info for name, info in owner.model_fields.items()}
        if part in fields:
            classes = [c for c in _classes(fields[part].annotation) if issubclass(c, BaseModel)]
            if not classes:
                return None
            owner = classes[0]
    return owner if isinstance(owner, type) else None


def _classes(annotation: Any) -> list[type]:
    """Return all classes inside an annotation.

    An example is ``dict[Name, Parameter] | None``.
    """
    if isinstance(annotation, type) and not getattr(annotation, "__args__", None):
        return [annotation]
    return [one for part in getattr(annotation, "__args__", ()) for one in _classes(part)]


def _at(document: Document, keys: Keys) -> Any:
    """Return the value at a path of the document."""
    value = document.data
    for key in keys:
        value = value[key]
    return value


def _fault(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Fault:
    """Return one pydantic error as a fault in the project's words."""
    loc, kind, context = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    keys = _keys(document, loc)
    if kind == "missing":
        location = document.location((*keys, str(loc[-1])))
        return Fault(*location, "a required key is missing")
    if kind == "extra_forbidden":
        owner = _owner(model, loc)
        names = _field_names(owner) if owner else []
        return document.fault(keys, "unknown key", str(loc[-1]), listed(names), nearest(loc[-1], names))
    if kind == "in_words":
        fault = document.fault(keys, str(context["problem"]), allowed=str(context["allowed"]))
        return replace(fault, found=str(context["found"]))
    found = str(loc[-2]) if loc[-1] == "[key]" else _at(document, keys)
    if kind == "float_type" and loc[-1] == "number":
        kind = "level_type"
    problem, allowed, near = _words(kind, context, found)
    return document.fault(keys, problem or detail["msg"], found, allowed, near)


def words_of(detail: ErrorDetails, found: Any) -> tuple[str, str, str]:
    """Return the words for a pydantic error of one value.

    They are the problem, what is allowed, and the nearest valid name.
    """
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "in_words":
        return str(context["problem"]), str(context["allowed"]), ""
    problem, allowed, near = _words(kind, context, found)
    return problem or detail["msg"], allowed, near


def _words(kind: str, context: Mapping[str, Any], found: Any) -> tuple[str, str, str]:
    """Return the words for one kind of pydantic error.

    They are the problem, what is allowed, and the nearest valid name.
    """
    if kind == "literal_error":
        expected = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        near = nearest(found, expected) if isinstance(found, str) else ""
        return "not one of the allowed values", listed(expected), near
    if kind == "string_pattern_mismatch":
        problem, allowed = PATTERNS.get(context["pattern"], ("not valid text", f"text like {context['pattern']}"))
        return problem, allowed, plain_name(str(found)) if context["pattern"] == NAME_PATTERN else ""
    problem, allowed = _PROBLEMS.get(kind, ("", ""))
    bounds = {name: f"{limit:g}" for name, limit in context.items() if isinstance(limit, (int, float))}
    return problem, allowed.format_map(bounds), ""


_PROBLEMS = {
    "level_type": ("not a number", "a number, or dates with a number each"),
    "float_type": ("not a number", "a number"),
    "int_type": ("not a whole number", "a whole number"),
    "string_type": ("not text", "text, in quotes where it looks like something else"),
    "string_unicode": ("not text", "text of valid characters"),
    "dict_type": ("not a mapping", "keys and values"),
    "model_type": ("not a record", "keys and values"),
    "tuple_type": ("not a list", "a list"),
    "date_type": ("not a date", "YYYY-MM-DD"),
    "greater_than": ("too small", "more than {gt}"),
    "greater_than_equal": ("too small", "at least {ge}"),
    "less_than_equal": ("too large", "at most {le}"),
    "string_too_short": ("the text is too short", "characters: at least {min_length}"),
    "string_too_long": ("the text is too long", "characters: at most {max_length}"),
    "too_short": ("too few entries", "at least {min_length}"),
    "too_long": ("too many entries", "at most {max_length}"),
}
