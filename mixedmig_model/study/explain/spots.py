"""Where something stands.

It is a file, a line, and a sign that the line holds.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mixedmig_model.inputs.reading.faults import Location

PACKAGE = Path(__file__).resolve().parents[2]
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


class Spot(NamedTuple):
    """A line of a file.

    It is of the package as ``mixedmig_model/...``, of a workspace as ``parameters/...``. ``sign``: what the line holds,
    so that a reader and a test find it.
    """

    file: str
    line: int
    sign: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def spot_of_location(location: Location) -> Spot:
    """Return the spot of a value of a workspace.

    Its sign is the last key of its path that is no number.
    """
    keys = [key for key in location.path.split(".") if not key.isdigit()]
    return Spot(location.file, location.line, keys[-1] if keys else "")


@cache
def tree(file: str) -> ast.Module:
    """Return a file of the package, parsed once.

    Parameters
    ----------
    file : str
        The file, relative to the package.

    Returns
    -------
    ast.Module
        Its syntax tree.
    """
    return ast.parse((PACKAGE / file).read_text(encoding="utf-8"))


def called(file: str) -> str:
    """Return what a file of the package is called in a spot."""
    return f"{PACKAGE.name}/{file}"


@cache
def _texts(file: str) -> tuple[ast.expr, ...]:
    """Return all texts of a file, those with parts left open too."""
    return tuple(node for node in ast.walk(tree(file)) if isinstance(node, ast.JoinedStr)
                 or (isinstance(node, ast.Constant) and isinstance(node.value, str)))


@cache
def _calls(file: str) -> tuple[ast.Call, ...]:
    """Return all calls of functions by their plain name.

    They have an argument.
    """
    return tuple(node for node in ast.walk(tree(file))
                 if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args)


@cache
def _functions(file: str) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    """Return functions and methods of a file.

    Those inside others are left out.
    """
    found: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
    for node in tree(file).body:
        found += [one for one in (node.body if isinstance(node, ast.ClassDef) else [node]) if isinstance(one, FUNCTION)]
    return tuple(found)


def function_at(file: str, line: int) -> Spot | None:
    """Return the function or method that holds a line.

    Functions inside others count as the outer one.
    """
    for node in _functions(file):
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        if first <= line <= (node.end_lineno or node.lineno):
            return Spot(called(file), node.lineno, f"def {node.name}")
    return None


def spot_of(function: Callable[..., Any]) -> Spot:
    """Return where a function of the package is defined."""
    code = function.__code__
    file = Path(code.co_filename).resolve().relative_to(PACKAGE).as_posix()
    if code.co_name == "<lambda>":
        return Spot(called(file), code.co_firstlineno, "lambda")
    return function_at(file, code.co_firstlineno) or Spot(called(file), code.co_firstlineno, code.co_name)


def entry_spot(file: str, key: str, makers: Collection[str]) -> Spot:
    """Return where a table has the entry ``key``.

    It is the first argument of a call of one of its makers. Raises KeyError.
    """
    for call in _calls(file):
        if getattr(call.func, "id", "") in makers and (sign := sign_of(call.args[0], key)):
            return Spot(called(file), call.args[0].lineno, sign)
    raise KeyError(key)


def label_spot(file: str, target: str, key: str) -> Spot:
    """Return where a list or mapping names ``key``.

    ``target`` is its name in the file. Raises KeyError.
    """
    for node in tree(file).body:
        named = [*getattr(node, "targets", ()), getattr(node, "target", None)]
        if target in {getattr(name, "id", "") for name in named}:
            for one in ast.walk(node):
                if sign := sign_of(one, key):
                    return Spot(called(file), getattr(one, "lineno", node.lineno), sign)
    raise KeyError(key)


def sign_of(node: ast.AST, text: str) -> str:
    """Return what a line shows where a node fits a text.

    The node is ``text``, or a text with parts left open that ``text`` fits; else nothing is returned.
    """
    if isinstance(node, ast.Constant):
        return f'"{text}"' if node.value == text else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    fixed = [str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values]
    pattern = "".join(re.escape(part) if part else r"\w+" for part in fixed)
    longest = max(fixed, key=len)  # "." alone says nothing
    return longest if re.search(r"\w\w", longest) and re.fullmatch(pattern, text) else ""


def mentions(file: str, text: str) -> Iterator[Spot]:
    """Yield each function of a file that names a text.

    Where none holds it, it is the line itself.
    """
    for node in _texts(file):
        if sign := sign_of(node, text):
            yield function_at(file, node.lineno) or Spot(called(file), node.lineno, sign)
