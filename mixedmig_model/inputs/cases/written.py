"""A scenario as the text of its file.

Comments of the text that it began from are kept. Only the lines of what differs are replaced, removed or added, so that
everything else stays as somebody wrote it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any, NamedTuple

from mixedmig_model.inputs.cases.proposed import scenario_record
from mixedmig_model.inputs.reading.fields import iso_day
from mixedmig_model.inputs.schema import Scenario

DATES = ("start", "until")
LISTS = ("levers", "changes")
KEYS = ("schema", "case", "title", "description", "paragraphs", *LISTS, "own_costs")
WIDTH = 118
INDENT = "  "


class LineEdit(NamedTuple):
    """Lines of a text, and the lines that replace them.

    The last line is not included.
    """

    first: int
    last: int
    lines: tuple[str, ...] = ()


def scenario_text(scenario: Scenario, begun: str = "", before: Scenario | None = None) -> str:
    """Return the YAML of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The scenario, checked.
    begun : str, default ""
        The text of a file that it began from. Lines that are the same there stay, with their comments.
    before : Scenario, optional
        The scenario of that text.

    Returns
    -------
    str
        A text that reads as the scenario.
    """
    record = {key: one for key, one in scenario_record(scenario).items() if key in KEYS}
    if not begun or before is None:
        return "".join(f"{line}\n" for key in KEYS if key in record for line in _entry(key, record[key]))
    known, lines = scenario_record(before), begun.splitlines()
    edits: list[LineEdit] = []
    nodes = {key.value: (key, value) for key, value in _composed(begun).value}
    for key in (one for one in KEYS if known.get(one) != record.get(one)):
        if key not in nodes:
            edits.append(LineEdit(len(lines), len(lines), tuple(_entry(key, record[key]))))
        elif key in LISTS and record.get(key) and not nodes[key][1].flow_style:
            edits += _followed(lines, nodes[key][1], known.get(key, []), record[key])
        else:
            first, last = nodes[key][0].start_mark.line, _last_line(nodes[key][1]) + 1
            edits.append(LineEdit(first, last, tuple(_entry(key, record[key])) if key in record else ()))
    for edit in sorted(edits, reverse=True):
        lines[edit.first : edit.last] = edit.lines
    return "".join(f"{line}\n" for line in lines)


def _followed(lines: Sequence[str], node: Any, known: Sequence[Any], wanted: Sequence[Any]) -> list[LineEdit]:
    """Return edits that bring a list to the entries that are wanted.

    They take out entries that are no longer wanted, and add new ones below the list.
    """
    rest, edits = list(wanted), []
    for entry, item in zip(known, node.value, strict=True):
        if entry in rest:
            rest.remove(entry)
        else:
            edits.append(LineEdit(item.start_mark.line, _last_line(item) + 1))
    first, end = lines[node.value[0].start_mark.line], _last_line(node.value[-1]) + 1
    margin = first[: len(first) - len(first.lstrip())]
    return [*edits, LineEdit(end, end, tuple(f"{margin}{line}" for entry in rest for line in _item(entry)))]


def _last_line(node: Any) -> int:
    """Return the last line that a value itself fills.

    Comments below it are not part of it.
    """
    if node.id == "scalar" or node.flow_style or not node.value:
        mark = node.end_mark
        return int(mark.line if mark.column else mark.line - 1)
    parts = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return max(_last_line(part) for part in parts)


def _composed(text: str) -> Any:
    """Return the nodes of a text, with their lines."""
    from ruamel.yaml import YAML

    return YAML().compose(text)


def _entry(key: str, value: Any) -> list[str]:
    """Return the lines of a key and its value."""
    if key in LISTS:
        return [f"{key}:", *(f"{INDENT}{line}" for entry in value for line in _item(entry))]
    return _dumped({key: _dated(value)}, False)


def _item(entry: Any) -> list[str]:
    """Return the lines of an entry of a list.

    It is one line if the entry holds numbers and words alone.
    """
    first, *rest = _dumped(_dated(entry), None)
    return [f"- {first}", *(f"{INDENT}{line}" for line in rest)]


def _dumped(value: Any, flow: bool | None) -> list[str]:
    """Return the lines of a value.

    ``flow`` says whether the value stands in brackets. None means: in brackets if it holds no lists or mappings.
    """
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = flow, WIDTH, True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    text = StringIO()
    yaml.dump(value, text)
    return text.getvalue().splitlines()


def _dated(value: Any) -> Any:
    """Return plain values with dates as dates.

    Dates are then written without quotes.
    """
    if isinstance(value, Mapping):
        return {key: _day(one) if key in DATES else _dated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    return value


def _day(value: Any) -> date | Any:
    return iso_day(value) if isinstance(value, str) else value
