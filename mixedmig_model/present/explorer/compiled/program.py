"""Functions with all that they use, as one program.

Whatever a function uses is followed to the object itself: other functions, classes of data, and constants. So the page
has the very rules and words of the package, and none is written a second time.
"""

import dataclasses
import functools
import json
import math
from collections.abc import Callable, Mapping, Set
from types import FunctionType
from typing import Any, cast

import numpy as np
from pydantic import BaseModel

from mixedmig_model.present.explorer.compiled.expressions import CompileError
from mixedmig_model.present.explorer.compiled.functions import compiled
from mixedmig_model.record.schema.plain import PlainData, PlainView

PACKAGE = "mixedmig_model."


class Program:
    """Compiles functions and whatever they use, each once.

    Parameters
    ----------
    given : Mapping[Callable, str]
        Functions that the page has already, with their text in JavaScript.
    """

    def __init__(self, given: Mapping[Any, str]) -> None:
        self._names: dict[int, str] = {id(one): text for one, text in given.items()}
        self._kept: list[Any] = list(given)
        self._waiting: list[tuple[str, Any]] = []
        self._parts: list[str] = []
        self._constants: list[str] = []

    def named(self, value: Any) -> str:
        """Return the name of an object in JavaScript, or a constant.

        Raises CompileError for what a page cannot have.
        """
        if value is None or isinstance(value, (bool, str)):
            return json.dumps(value)
        if id(value) not in self._names and isinstance(getattr(value, "__wrapped__", None), FunctionType):
            return self.named(value.__wrapped__)  # what is remembered in Python is worked out again in a page
        if isinstance(value, (int, float)):
            return _number(value)
        if id(value) not in self._names:
            self._keep(value)
        return self._names[id(value)]

    def _keep(self, value: Any) -> None:
        """Give an object a name, and see to its text."""
        self._kept.append(value)
        label = getattr(value, "__qualname__", type(value).__name__)
        name = f"{''.join(sign if sign.isalnum() else '_' for sign in label)}${len(self._kept)}"
        self._names[id(value)] = name
        if isinstance(value, (FunctionType, type)):
            if not value.__module__.startswith(PACKAGE):
                raise CompileError(f"{value.__module__}.{label} is not of this package and not in the page's runtime")
            self._waiting.append((name, value))
        else:
            self._constants.append(f"const {name} = {self._literal(value)};")

    def _literal(self, value: Any) -> str:
        """Return a constant as JavaScript. Raises CompileError."""
        if isinstance(value, np.ndarray):
            return f"$.array({json.dumps(value.ravel().tolist())}, {json.dumps(value.shape)})"
        if isinstance(value, slice):
            return f"$.slice({json.dumps(value.start)}, {json.dumps(value.stop)}, null)"
        if isinstance(value, Mapping):
            pairs = (f"[{self.named(key)}, {self.named(one)}]" for key, one in value.items())
            return f"$.dict([{', '.join(pairs)}])"
        if isinstance(value, Set):
            return f"$.set([{', '.join(map(self.named, sorted(value)))}])"
        if fields := fields_of(type(value)):
            parts = ", ".join(f"{json.dumps(name)}: {self.named(getattr(value, name))}" for name in fields)
            return f"$.made(() => {self.named(type(value))}, {{ {parts} }})"
        if isinstance(value, (tuple, list)):
            return f"[{', '.join(map(self.named, value))}]"
        raise CompileError(f"a constant of {type(value).__qualname__} cannot stand in a page: {value!r:.80}")

    def add(self, name: str, function: Callable[..., Any]) -> None:
        """Add a function to the program by a name."""
        made = f"{self.named(function)}{'.$new' if isinstance(function, type) else ''}"
        self._parts.append(f"$.main[{json.dumps(name)}] = (...given) => {made}(...given);")

    def constant(self, name: str, value: Any) -> None:
        """Put a record into the program by a name."""
        self._parts.append(f"$.main[{json.dumps(name)}] = {self.named(value)};")

    def same(self, one: Callable[..., Any], other: Callable[..., Any]) -> None:
        """Set another function wherever one is asked for."""
        self._kept.append(one)
        self._names[id(one)] = self.named(other)

    def text(self) -> str:
        """Return the program. Raises CompileError."""
        bodies = []
        while self._waiting:
            name, value = self._waiting.pop()
            if isinstance(value, type):
                bodies.append(self._class(name, value))
            else:
                bodies.append(f"const {name} = {compiled(value, self.named)};")
        return "\n".join([*bodies, *self._constants, *self._parts])

    def _class(self, name: str, kind: type) -> str:
        """Return a class: its fields, and what it can do."""
        fields = fields_of(kind)
        defaults = ", ".join(f"{json.dumps(one)}: () => {text}" for one, text in self._defaults(kind).items())
        parts = [f"const {name} = $.kind({json.dumps(kind.__name__)}, {json.dumps([*fields])}, {{ {defaults} }});"]
        for one, value in members_of(kind).items():
            role, function = _role(value)
            try:
                body = compiled(function, self.named, method=role != "static")
            except CompileError as error:  # said where it is called: a class may do more than a page needs
                body = f"$.refused({json.dumps(str(error))})"
            parts.append(f"$.{'method' if role == 'static' else role}({name}.prototype, {json.dumps(one)}, {body});")
        return "\n".join(parts)

    def _defaults(self, kind: type) -> dict[str, str]:
        """Return what fields are where nothing is given."""
        found: dict[str, str] = {}
        if dataclasses.is_dataclass(kind):
            for one in dataclasses.fields(kind):
                if one.default is not dataclasses.MISSING:
                    found[one.name] = self.named(one.default)
                elif one.default_factory is not dataclasses.MISSING:
                    found[one.name] = self._literal(one.default_factory())
        elif issubclass(kind, BaseModel):
            for name, field in kind.model_fields.items():
                if not field.is_required():
                    found[name] = self._literal_or_name(field.get_default(call_default_factory=True))
        else:
            found |= {name: self.named(value) for name, value in getattr(kind, "_field_defaults", {}).items()}
        return found

    def _literal_or_name(self, value: Any) -> str:
        return self._literal(value) if isinstance(value, (Mapping, tuple, list)) else self.named(value)


def fields_of(kind: type) -> tuple[str, ...]:
    """Return the fields of a class of data, none for any other."""
    if dataclasses.is_dataclass(kind):
        return tuple(one.name for one in dataclasses.fields(kind))
    if issubclass(kind, BaseModel):
        return tuple(kind.model_fields)
    return tuple(getattr(kind, "_fields", ()))


def members_of(kind: type) -> PlainView:
    """Return the methods and properties of a class."""
    found: PlainData = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith(PACKAGE):
            own = {name: value for name, value in vars(one).items()
                   if not name.startswith("__") or name == "__getitem__"
                   or (name == "__init__" and not fields_of(kind))}
            found |= own
    return {name: value for name, value in found.items()
            if isinstance(value, (property, functools.cached_property, staticmethod))
            or (isinstance(value, FunctionType) and value.__module__.startswith(PACKAGE))}


def _role(value: Any) -> tuple[str, FunctionType]:
    """Return what a member of a class is, and its function."""
    if isinstance(value, property):
        return "property", cast(FunctionType, value.fget)
    if isinstance(value, functools.cached_property):
        return "cached", cast(FunctionType, value.func)
    if isinstance(value, staticmethod):
        return "static", cast(FunctionType, value.__func__)
    return "method", cast(FunctionType, value)


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value)
