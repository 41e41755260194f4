"""The package as text: what the rules of the house read, and small packages with a planted fault."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import mixedmig_model

NAME = "mixedmig_model"
PACKAGE = Path(mixedmig_model.__file__).parent
Faults = list[str]
"""Sentences ``rule: file: fault``."""


def none(faults: Faults) -> None:
    """Assert that there are no faults, else name them all with their rules."""
    assert not faults, "\n" + "\n".join(faults)


def planted(folder: Path, files: dict[str, str]) -> Path:
    """Write a small package with these files and return its folder."""
    package = folder / NAME
    for name, text in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return package


@lru_cache(maxsize=512)
def tree(path: Path) -> ast.Module:
    """Parse a file, once."""
    return ast.parse(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def walk(module: ast.Module) -> tuple[ast.AST, ...]:
    """Return all nodes of a file, once."""
    return tuple(ast.walk(module))


def sources(package: Path, room: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Yield all Python files of a package, or of one room, with their trees."""
    for path in sorted((package / room).rglob("*.py")):
        yield path.relative_to(package).as_posix(), tree(path)


def nodes(package: Path, kind: type, room: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield all nodes of a kind, with their files."""
    for file, module in sources(package, room):
        for node in walk(module):
            if isinstance(node, kind):
                yield file, node


def last_name(node: ast.AST | None) -> str:
    """Return the last name of ``a.b.name`` or ``name``, or nothing."""
    return getattr(node, "attr", "") or getattr(node, "id", "")


def modules(package: Path) -> dict[str, str]:
    """Return the file of each module of the package."""
    names = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        names[".".join((NAME, *parts))] = path.relative_to(package).as_posix()
    return names


def imported(module: ast.Module) -> Iterator[str]:
    """Yield the names of what a file imports, wherever in it; of ``from a import b`` both a.b and a."""
    for node in walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
