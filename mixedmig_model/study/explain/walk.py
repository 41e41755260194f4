"""Texts that a function of results names.

It names them directly, or through the functions, constants and records that it uses. The function's own code is read,
so that a formula and what is said of it cannot differ. Attributes are followed by the annotations of what they belong
to: ``facts.stays.longest`` is the ``longest`` of what ``Facts.stays`` returns.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, get_type_hints

from mixedmig_model.study.explain.spots import PACKAGE, tree

RESULTS = f"{PACKAGE.name}.results."
Code = ast.FunctionDef | ast.Lambda


class Walk:
    """Walks functions of ``results``.

    ``met`` holds them in the order in which they were met.
    """

    def __init__(self) -> None:
        self.met: list[FunctionType] = []

    def texts(self, function: Any, owner: type | None = None) -> set[str]:
        """Return the texts that a function names.

        Parameters
        ----------
        function : Any
            The function.
        owner : type | None, default None
            Class of its first argument where nothing annotates it.

        Returns
        -------
        set[str]
            The texts.
        """
        if not isinstance(function, FunctionType) or not function.__module__.startswith(RESULTS):
            return set()
        if any(function.__code__ is one.__code__ for one in self.met):
            return set()
        self.met.append(function)
        code = code_of(function.__code__)
        given = [*(function.__defaults__ or ()), *(cell.cell_contents for cell in function.__closure__ or ())]
        found = set(strings(given)) | self._constants(code, function.__globals__)
        for one in [*given, *_named(code, function.__globals__)]:
            found |= self.texts(one)
        types = _types(function, code, owner)
        for node in ast.walk(code):
            if isinstance(node, ast.Attribute) and (kind := _type(node.value, types, function.__globals__)):
                found |= self.texts(member(kind, node.attr), kind)
        return found

    @staticmethod
    def _constants(code: Code, known: Mapping[str, Any]) -> set[str]:
        """Return texts of a function, and of constants it names.

        Of a table only what it picks by a text counts.
        """
        parts = code.body[1:] if isinstance(code, ast.FunctionDef) and ast.get_docstring(code) else [code]
        found: set[str] = set()
        for node in (one for part in parts for one in ast.walk(part)):
            if isinstance(node, ast.Constant):
                found |= set(strings([node.value]))
            elif isinstance(node, ast.Name) and isinstance(known.get(node.id), (str, tuple)):
                found |= set(strings([known[node.id]]))
            elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
                table, key = known.get(node.value.id), getattr(node.slice, "value", None)
                if isinstance(table, dict) and isinstance(key, str):
                    found |= set(strings([table.get(key)]))
        return found


def strings(values: Iterable[Any]) -> Iterator[str]:
    """Yield texts among values, those in tuples too."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, (tuple, frozenset)):
            yield from strings(value)


@cache
def _codes(file: str) -> dict[tuple[int, str], Code]:
    """Return functions of a file by first line and name."""
    found: dict[tuple[int, str], Code] = {}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef):
            found[min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.name] = node
        elif isinstance(node, ast.Lambda):
            found.setdefault((node.lineno, "<lambda>"), node)
    return found


def code_of(code: CodeType) -> Code:
    """Return the source of a function, parsed.

    Raises KeyError where it is not of the package.
    """
    file = Path(code.co_filename).resolve().relative_to(PACKAGE).as_posix()
    return _codes(file)[code.co_firstlineno, code.co_name]


def _named(code: Code, known: Mapping[str, Any]) -> Iterator[FunctionType]:
    """Yield functions of the module's names that a function uses."""
    for node in ast.walk(code):
        if isinstance(node, ast.Name) and isinstance(known.get(node.id), FunctionType):
            yield known[node.id]


def member(owner: type, name: str) -> Any:
    """Return the function behind a method or property.

    It is None where the class has none.
    """
    found = next((vars(base)[name] for base in owner.__mro__ if name in vars(base)), None)
    if isinstance(found, cached_property):
        return found.func
    if isinstance(found, property):
        return found.fget
    return found.__func__ if isinstance(found, (staticmethod, classmethod)) else found


def _hints(of: Callable[..., Any] | type) -> dict[str, Any]:
    """Return annotations of a function or class.

    There are none where they cannot be resolved.
    """
    try:
        return get_type_hints(of)
    except (NameError, TypeError):
        return {}


def _class(hint: Any) -> type | None:
    """Return an annotation that is a class of results, else None."""
    return hint if isinstance(hint, type) and hint.__module__.startswith(RESULTS) else None


def _types(function: FunctionType, code: Code, owner: type | None) -> dict[str, type | None]:
    """Return classes of the names in a function.

    They are of the arguments and plain local names.
    """
    hints = _hints(function)
    types = {one.arg: _class(hints.get(one.arg)) for one in code.args.args}
    first = next(iter(types), None)
    if first is not None and types[first] is None:
        types[first] = owner
    for node in ast.walk(code):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            types[node.targets[0].id] = _type(node.value, types, function.__globals__)
    return types


def _type(node: ast.expr, types: Mapping[str, type | None], known: Mapping[str, Any]) -> type | None:
    """Return the class of an expression.

    It goes as far as annotations say.
    """
    if isinstance(node, ast.Name):
        return types.get(node.id)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Name):
            value = known.get(node.func.id)
            return _class(value) if isinstance(value, type) else _class(_hints(value).get("return")) if value else None
        return _type(node.func, types, known)
    if isinstance(node, ast.Attribute) and (owner := _type(node.value, types, known)):
        found = member(owner, node.attr)
        return _class(_hints(found).get("return") if callable(found) else _hints(owner).get(node.attr))
    return None
