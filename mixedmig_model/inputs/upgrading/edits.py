"""Changes of keys in the text of a YAML file.

Everything else in it, comments too, stays as it is.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from mixedmig_model.inputs.upgrading.steps import AddedKey, RenamedKey, Step

SCHEMA = "schema"


class Edit(NamedTuple):
    """A piece of text that replaces another.

    It replaces the text from the sign ``start`` to the one before ``end``.
    """

    start: int
    end: int
    text: str


class TextChange(NamedTuple):
    """An edit with its reason, the path of its key, and its line."""

    edit: Edit
    path: str
    line: int


def composed(text: str) -> Any:
    """Return the node of a YAML text, with places of all keys.

    Raises YAMLError.
    """
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).compose(text)


def changes_of(step: Step, pattern: str, text: str) -> list[TextChange]:
    """Return what a step changes in a text.

    Parameters
    ----------
    step : Step
        The step.
    pattern : str
        Pattern of the step's files to which the text belongs.
    text : str
        Text of the file.

    Returns
    -------
    list[TextChange]
        The changes.
    """
    root = composed(text)
    line_end = "\r\n" if "\r\n" in text else "\n"
    found = [change for one in step.changes if one.files == pattern for change in _changes(one, root, line_end)]
    before, after = step.schemas
    if before != after and (number := _value(root, SCHEMA)) is not None and number.value == str(before):
        edit = Edit(number.start_mark.index, number.end_mark.index, str(after))
        found.append(TextChange(edit, SCHEMA, number.start_mark.line + 1))
    return found


def applied(text: str, changes: list[TextChange]) -> str:
    """Return a text with changes made, the last place first."""
    for change in sorted(changes, key=lambda one: one.edit, reverse=True):
        text = text[: change.edit.start] + change.edit.text + text[change.edit.end :]
    return text


def schema_of(text: str) -> int | None:
    """Return the schema number of a file, where it names one."""
    number = _value(composed(text), SCHEMA)
    return int(number.value) if number is not None and number.value.isdigit() else None


def _value(node: Any, key: str) -> Any:
    """Return the value of a key of a mapping node, or None."""
    pairs = node.value if node is not None and node.id == "mapping" else ()
    return next((value for name, value in pairs if name.value == key), None)


def _reached(node: Any, keys: tuple[str, ...], path: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield nodes to which keys lead, with their paths."""
    if not keys:
        yield node, path
    elif node is not None and node.id == "mapping":
        for name, value in node.value:
            if keys[0] in ("*", name.value):
                yield from _reached(value, keys[1:], (*path, name.value))
    elif node is not None and node.id == "sequence" and keys[0] == "*":
        for index, value in enumerate(node.value):
            yield from _reached(value, keys[1:], (*path, str(index)))


def _changes(one: AddedKey | RenamedKey, root: Any, line_end: str) -> Iterator[TextChange]:
    """Yield the places at which a file is changed."""
    if isinstance(one, RenamedKey):
        for node, path in _reached(root, one.keys[:-1]):
            for name, _ in node.value if node.id == "mapping" else ():
                if name.value == one.keys[-1]:
                    edit = Edit(name.start_mark.index, name.end_mark.index, one.new)
                    yield TextChange(edit, ".".join((*path, name.value)), name.start_mark.line + 1)
        return
    for node, path in _reached(root, one.parent):
        if node.id == "mapping" and node.value and _value(node, one.key) is None:
            names = [name for name, _ in node.value]
            place = next((name for name in names if name.value == one.before), names[0]).start_mark
            joint = ", " if node.flow_style else line_end + " " * place.column
            text = f"{one.key}: {one.value}{joint}"
            yield TextChange(Edit(place.index, place.index, text), ".".join((*path, one.key)), place.line + 1)
