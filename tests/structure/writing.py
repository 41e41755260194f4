"""Texts that a person meets, by the place where they stand: for the rules of ``tests/plain_words.py``.

A collector yields pairs: where a text stands, and the text.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from mixedmig_model.inputs.starting import texts as starting

Texts = Iterator[tuple[str, str]]
LEFT_OUT = {
    "docs/levers_read.md": "sentences of reports, made from the templates of record/words",
    "parameters/sources.yaml": "titles of publications",
}
"""Files without a rule, and why."""
ALLOWED: dict[str, str] = {}
"""Phrases that break a rule and stay, and why."""
COMMENT = re.compile(r"(?:^|(?<=\s))# ?(.*)$")
ENTRY = re.compile(r"^(?:- )?[a-z_][\w.]*:( |$)|[{}]")
"""A commented line that is YAML, not prose."""


def documents(root: Path) -> Texts:
    """Yield pages in Markdown: of the top folder, docs, reports and cases."""
    for pattern in ("*.md", "docs/*.md", "reports/*.md", "parameters/**/*.md"):
        for path in sorted(root.glob(pattern)):
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def inputs(root: Path) -> Texts:
    """Yield titles, descriptions, notes and other texts of YAML files, and their comments."""
    for path in sorted((root / "parameters").rglob("*.yaml")):
        file, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        yield from ((f"{file}: {place}", words) for place, words in strings(yaml.load(text, yaml.CSafeLoader)))
        yield from ((f"{file}: a comment", words) for words in comments(text))


def strings(value: Any, place: str = "") -> Texts:
    """Yield texts of several words within a record, with the keys that lead there."""
    if isinstance(value, str) and " " in value:
        yield place, value
    elif isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, entry in entries:
            yield from strings(entry, f"{place}.{key}" if place else str(key))


def comments(text: str) -> Iterator[str]:
    """Yield the comments of a YAML file: lines that follow one another are one text."""
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        found = COMMENT.search(line)
        alone = found is not None and not line[:found.start()].strip() and not ENTRY.search(found[1])
        if lines and not alone:
            yield "\n".join(lines)
            lines = []
        if found and alone:
            lines.append(found[1])
        elif found and line[:found.start()].strip():
            yield found[1]


def tables(root: Path) -> Texts:
    """Yield the notes of tables."""
    for path in sorted((root / "parameters").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                yield f"{path.relative_to(root).as_posix()}: row {number}", row.get("note") or ""


def workbooks(root: Path) -> Texts:
    """Yield the prose of notebooks."""
    for path in sorted((root / "workbooks").glob("*.ipynb")):
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                yield f"{path.name}: cell {number}", "".join(cell["source"])


def new_case(root: Path) -> Texts:
    """Yield the comments that ``mixedmig new`` writes."""
    for name in ("CASE", "COSTS", "SCENARIO"):
        yield from ((f"a new case: {name}", words) for words in comments(getattr(starting, name)))


COLLECTORS: tuple[Callable[[Path], Texts], ...] = (documents, inputs, tables, workbooks, new_case)
"""Where texts come from. Add a function here, and its texts are checked too."""
