"""The page of names for scripts.

It comes from their signatures and docstrings (numpy sections).
"""

import inspect
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from mixedmig_model.present.handbook.reference import markdown_table, page

SECTION = re.compile(r"^(?P<title>[A-Z][a-z]+)\n-+\n", re.MULTILINE)
ENTRY = re.compile(r"^(?P<head>\S.*)\n(?P<text>(?:[ ]{4}.*\n?|\n)*)", re.MULTILINE)
INTRODUCTION = """# Names for scripts

Generated from the docstrings of `mixedmig_model`. Each name is loaded when it is first used. This script runs a case,
changes the number of caseworkers and prints three indicators:

```python
import mixedmig_model as mm

case = mm.read_case(None, "andaman_sea_2015")
ds = mm.run(mm.resolve(case, changes={"determination.officers": 12}))
found = mm.indicators(ds)
for key in ("deaths", "wait_determination", "decided_in_time"):
    print(found[key].title, found[key].value, found[key].unit)
```

[contract.md](contract.md) lists the names that stay."""


def api_page(names: Mapping[str, Any]) -> str:
    """Return Markdown of all names.

    Parameters
    ----------
    names : Mapping[str, Any]
        What each name stands for.

    Returns
    -------
    str
        The page.
    """
    functions = {name: one for name, one in names.items() if inspect.isfunction(one)}
    classes = {name: one for name, one in names.items() if inspect.isclass(one)}
    lines = [INTRODUCTION, "", "## Functions"]
    for name, function in functions.items():
        lines += ["", f"### `{name}`", "", f"```python\n{name}{signature(function)}\n```", "", *body(function)]
    lines += ["", "## Types and errors"]
    for name, kind in classes.items():
        lines += ["", f"### `{name}`", "", *body(kind), *_members(kind)]
    return page(lines)


def signature(function: Any) -> str:
    """Return the arguments of a function with their types.

    Modules are left out.
    """
    text = str(inspect.signature(function))
    return re.sub(r"\b(?:\w+\.)+(?=[A-Z]\w*)", "", text).replace("'", '"')


def body(one: Any) -> list[str]:
    """Return a docstring as Markdown.

    It has its text, then a table for each numpy section.
    """
    text = inspect.getdoc(one) or ""
    parts = SECTION.split(text)
    lines = [_code(parts[0].strip())]
    for title, section in zip(parts[1::2], parts[2::2], strict=True):
        entries = [(entry["head"], _one_line(entry["text"])) for entry in ENTRY.finditer(section)]
        first = {"Returns": "type", "Raises": "error"}.get(title, "name and type")
        lines += ["", f"**{title}**", "", *markdown_table(
            (first, "meaning"), [[f"`{head}`", _code(words)] for head, words in entries])]
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    """Return text of a docstring as Markdown."""
    return text.replace("``", "`")


def _members(kind: type) -> list[str]:
    """Return what a type offers beyond its docstring.

    It has fields of a record without a section, properties and methods.
    """
    described = "Attributes\n---" in (inspect.getdoc(kind) or "")
    rows = []
    if is_dataclass(kind) and not described:
        rows += [[f"`{one.name}`", f"`{_type_text(one.type)}`"] for one in fields(kind) if not one.name.startswith("_")]
    for name, member in vars(kind).items():
        if not name.startswith("_") and (isinstance(member, property) or inspect.isfunction(member)):
            words = _one_line((inspect.getdoc(member) or "").split("\n\n")[0])
            rows.append([f"`{name}`", _code(words)])
    return ["", *markdown_table(("name", "type or meaning"), rows)] if rows else []


def _type_text(hint: Any) -> str:
    """Return an annotation as text, modules left out."""
    text = hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", text)
