"""Rules for docstrings: a short first line, a verb for functions, numpy sections that agree with the signature."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from inspect import cleandoc
from pathlib import Path
from typing import NamedTuple

import plain_words
from structure.source import Faults, sources

MOST_SIGNS = 60
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
VERBS = frozenset((
    "Add", "Answer", "Ask", "Attribute", "Begin", "Build", "Call", "Change", "Check", "Choose", "Clean", "Compare",
    "Compute", "Copy", "Cost", "Cut", "Decide", "Delete", "Discard", "Display", "Do", "Draw", "End", "Execute",
    "Explain", "Find", "Fit", "Give", "Grade", "Grant", "Have", "Hold", "Ignore", "Integrate", "Judge", "Keep",
    "Label", "Leave", "List", "Load", "Make", "Mark", "Move", "Note", "Number", "Open", "Parse", "Play", "Print",
    "Put", "Raise", "Read", "Recompute", "Refuse", "Release", "Remove", "Rename", "Replay", "Reproduce", "Request",
    "Reserve", "Resolve", "Return", "Run", "Save", "Say", "Send", "Serve", "Set", "Show", "Sign", "Solve", "Split",
    "Spread", "Start", "State", "Stop", "Submit", "Take", "Tell", "Trace", "Try", "Turn", "Undo", "Update", "Wait",
    "Warn", "Write", "Yield",
))
"""Verbs with which a docstring of a function may begin; a new one is added here, a noun is not."""
GOOGLE = re.compile(r"\b(Args|Arguments|Returns|Raises|Yields|Attributes):")
SECTION = re.compile(r"^(Parameters|Returns|Yields|Raises|Attributes|Examples|Notes|References)\n-{4,}\n", re.MULTILINE)
HEAD = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*) : ", re.MULTILINE)
ENTRY = re.compile(r"(?:^    .*(?:\n|\Z))+", re.MULTILINE)


class Described(NamedTuple):
    """A docstring with what it describes."""

    file: str
    name: str
    node: ast.AST
    text: str

    @property
    def place(self) -> str:
        """File and name, for messages."""
        return f"{self.file}: {self.name or 'module'}"

    @property
    def is_public(self) -> bool:
        """Whether no part of the name begins with an underscore."""
        return not any(part.startswith("_") and not part.startswith("__") for part in self.name.split("."))

    @property
    def is_function(self) -> bool:
        """Whether it describes a function that is no property."""
        return isinstance(self.node, FUNCTION) and not decorated(self.node, "property")

    @property
    def is_help(self) -> bool:
        """Whether a command shows it as its help, which has tests of its own."""
        return self.is_function and "typer." in ast.unparse(self.node.args)


def decorated(node: ast.AST, word: str) -> bool:
    """Return whether a decorator of a function has a word in its name."""
    return any(word in ast.unparse(one) for one in node.decorator_list)


def is_text(node: ast.AST) -> bool:
    """Return whether a statement is a text alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


@lru_cache(maxsize=1)
def described(package: Path) -> tuple[Described, ...]:
    """Return all docstrings of a package, those of constants too."""
    return tuple(one for file, module in sources(package) for one in _within(file, "", module))


def _within(file: str, name: str, node: ast.AST) -> Iterator[Described]:
    """Yield the docstrings of a module, class or function, and of all within it."""
    named = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    for field in ("body", "orelse", "finalbody"):
        statements = getattr(node, field, None) or []
        for before, one in zip([None, *statements], statements, strict=False):
            if is_text(one):
                owner = node if before is None and named and field == "body" else before
                own = name if owner is node else f"{name}.{target(before)}".strip(".")
                yield Described(file, own, owner, cleandoc(one.value.value))
            else:
                yield from _within(file, f"{name}.{getattr(one, 'name', '')}".strip("."), one)


def target(node: ast.AST | None) -> str:
    """Return the name of a constant, or nothing."""
    one = getattr(node, "target", None) or next(iter(getattr(node, "targets", ())), None)
    return ast.unparse(one) if one is not None else ""


def sections(text: str) -> tuple[str, dict[str, str]]:
    """Return the text of a docstring before its numpy sections, and these by title."""
    parts = SECTION.split(text)
    return parts[0], dict(zip(parts[1::2], parts[2::2], strict=True))


def entries(section: str) -> list[str]:
    """Return the names that a numpy section describes, in order."""
    return [name for heads in HEAD.findall(section) for name in heads.split(", ")]


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Return the parameters of a function in order, as numpy sections name them."""
    given = node.args
    any_number = [f"*{given.vararg.arg}"] if given.vararg else []
    keywords = [f"**{given.kwarg.arg}"] if given.kwarg else []
    names = [*(one.arg for one in (*given.posonlyargs, *given.args)), *any_number,
             *(one.arg for one in given.kwonlyargs), *keywords]
    return [name for name in names if name not in ("self", "cls")]


def returns_nothing(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether a function is annotated as returning nothing."""
    return isinstance(node.returns, ast.Constant) and node.returns.value is None


def first_lines(package: Path) -> Faults:
    """Return first lines that are long, do not end, or run on."""
    faults = []
    for one in described(package):
        first, _, rest = one.text.partition("\n")
        if one.is_public and not one.is_help and len(first) > MOST_SIGNS:
            faults.append(f"first lines: {one.place}: {len(first)} signs: {first}")
        if not first.endswith((".", ":", "?")) or (rest and not rest.startswith("\n")):
            faults.append(f"first lines: {one.place}: runs on: {first}")
    return faults


def verbs(package: Path) -> Faults:
    """Return functions whose docstring begins with no verb, or with one that the function does not keep."""
    faults = []
    for one in described(package):
        if not one.is_function or one.is_help:
            continue
        verb = one.text.split()[0]
        if verb not in VERBS:
            faults.append(f"verbs: {one.place}: begins with {verb!r}")
        elif verb in ("Return", "Yield") and returns_nothing(one.node):
            faults.append(f"verbs: {one.place}: returns nothing")
    return faults


def google(package: Path) -> Faults:
    """Return docstrings with sections of another style than numpy's."""
    return [f"google: {one.place}: {found[0]}" for one in described(package) if (found := GOOGLE.search(one.text))]


def named_parameters(package: Path) -> Faults:
    """Return functions whose numpy section does not name each parameter exactly, in order."""
    faults = []
    for one in described(package):
        section = sections(one.text)[1].get("Parameters")
        if one.is_function and section is not None:
            found, has = entries(section), parameters(one.node)
            if found != has:
                faults.append(f"parameters: {one.place}: {', '.join(found)}; has {', '.join(has)}")
    return faults


def door(package: Path, homes: Mapping[str, str]) -> Faults:
    """Return names of the door, and public methods of its types, without complete numpy sections.

    Parameters
    ----------
    package : Path
        Folder of the package.
    homes : Mapping[str, str]
        File of each name.

    Returns
    -------
    list of str
        A line for each fault.
    """
    known = {(one.file, one.name): one for one in described(package)}
    faults = []
    for name, file in homes.items():
        own = [one for (at, called), one in known.items() if at == file and called.split(".")[0] == name]
        if not own:
            faults.append(f"door: {file}: {name}: no docstring")
        for one in own:
            faults += [f"door: {one.place}: lacks {what}" for what in lacking(one)]
    return faults


def lacking(one: Described) -> list[str]:
    """Return the numpy sections that a name of the door should have and has not."""
    found = sections(one.text)[1]
    if one.is_function and one.is_public and not one.name.split(".")[-1].startswith("_"):
        wanted = ["Parameters"] if parameters(one.node) else []
        wanted += [] if returns_nothing(one.node) else ["Returns"]
        return [title for title in wanted if title not in found]
    if isinstance(one.node, ast.ClassDef) and decorated(one.node, "dataclass"):
        fields = [line.target.id for line in one.node.body if isinstance(line, ast.AnnAssign)]
        public = [field for field in fields if not field.startswith("_")]
        return [] if entries(found.get("Attributes", "")) == public else ["Attributes that name each field"]
    return []


def sentences(package: Path) -> Faults:
    """Return what docstrings say in long sentences or in words that nobody uses."""
    faults = []
    for one in described(package):
        if one.is_help:
            continue
        text, found = sections(one.text)
        texts = [text, *(" ".join(entry.split()) for section in found.values() for entry in ENTRY.findall(section))]
        faults += [f"sentences: {one.place}: {fault}" for part in texts for fault in plain_words.faults(part)]
    return faults
