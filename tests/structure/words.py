"""Rules for what pages say: sentences and verdicts are made in ``record``, records are read by attributes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from structure.source import Faults, sources, walk

MOST_DICTS, MOST_SUBSCRIPTS = 10, 50
ROOMS = ("record", "present")
SENTENCE = re.compile(r"\b[a-z]+,? [a-z]+,? [a-z]+\b.*\.(\s|$)", re.DOTALL)
"""Three words in lower case one after the other, and later a full stop that ends a sentence."""
DOCS = ("present/handbook/",)
"""Pages of docs, written from the source of the package: they are about the package, and about no report."""
TEMPLATES = tuple(f"record/words/{name}.py" for name in (
    "templates", "sheets", "spoken", "limits", "failures", "charts/templates", "front_page/templates",
    "exercise/templates", "exercise/printed", "judged/templates", "pages/templates", "pages/claims",
    "panel/explorer", "panel/templates", "panel/starting", "teaching/lessons", "teaching/pack"))
"""Where sentences stand."""
LAYOUT = ("present/diagram/", "present/spreadsheet/cells.py", "present/spreadsheet/evaluate.py")
"""Files that draw and set: their numbers are sizes on paper."""
ARRAYS = {"ds", "data", "housed", "places", "table", "run"}
"""Names that Datasets and tables of pandas bear in these rooms."""


def docstrings(module: ast.Module) -> set[int]:
    """Return the identities of texts that stand alone: docstrings of modules, classes, functions and constants."""
    return {id(node.value) for node in walk(module) if isinstance(node, ast.Expr)}


def raised(module: ast.Module) -> set[int]:
    """Return the identities of texts within ``raise``: messages of errors stand where the error is."""
    return {id(part) for node in walk(module) if isinstance(node, ast.Raise) for part in ast.walk(node)}


def texts(module: ast.Module, slot: str, left_out: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines, some left out by identity, with a word in place of each slot."""
    parts = {id(part) for node in walk(module) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in walk(module):
        if id(node) in left_out or id(node) in parts:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else slot
                                       for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def sentences(package: Path) -> Faults:
    """Find sentences of records and pages outside the files of templates."""
    return [
        f"sentences: {file}: line {line}: {' '.join(text.split())[:60]}"
        for room in ROOMS for file, module in sources(package, room) if not file.startswith((*DOCS, *TEMPLATES))
        for line, text in texts(module, "x", docstrings(module) | raised(module)) if SENTENCE.search(text)
    ]


def thresholds(package: Path) -> Faults:
    """Find comparisons of pages with a number other than 0: what is little, much or the same is judged elsewhere."""
    return [
        f"thresholds: {file}: line {node.lineno}: {ast.unparse(node)}"
        for file, module in sources(package, "present") if not file.startswith((*DOCS, *LAYOUT))
        for node in walk(module) if isinstance(node, ast.Compare)
        and any(isinstance(part, ast.Constant) and isinstance(part.value, float) and part.value != 0.0
                for part in (node.left, *node.comparators))
    ]


def dicts(package: Path) -> list[str]:
    """Find annotations ``dict[str, Any]`` (or ``Mapping``, or ``object`` in place of ``Any``)."""
    return [
        f"{file}: line {node.lineno}"
        for room in ROOMS for file, module in sources(package, room) for node in walk(module)
        if isinstance(node, ast.Subscript) and re.fullmatch(
            r"(dict|Dict|Mapping|MutableMapping)\[str, (Any|object)\]", ast.unparse(node))
    ]


def subscripts(package: Path) -> list[str]:
    """Find what is read by a text in brackets, of anything but a Dataset or a table of pandas."""
    return [
        f"{file}: line {node.lineno}: {ast.unparse(node)}"
        for room in ROOMS for file, module in sources(package, room) for node in walk(module)
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str) and not is_array(node.value) and ast.unparse(node.value) != "Literal"
    ]


def is_array(node: ast.expr) -> bool:
    """Whether a value is a Dataset, a table of pandas, or a part of one, by its name."""
    while isinstance(node, ast.Subscript | ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "runs":
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id in ARRAYS
