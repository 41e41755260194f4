"""Strict YAML, in which every value keeps its line.

A file has at most 2 MB of UTF-8 and 50,000 values, and no aliases, tags or duplicate keys. A foreign workspace is data:
nothing here constructs anything except numbers, text, booleans, dates, lists and mappings.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, dotted, printable, shown
from mixedmig_model.inputs.reading.numerals import is_ambiguous

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_VALUES = 50_000
LARGEST = 1e300
KEPT, KEPT_SIZE = 256, 100_000
"""Documents that a process keeps, and their most characters.

A shipped workspace has some 150, up to 40,000 characters.
"""
UNLIKE = re.compile(
    r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[>|][-+0-9]*#")
"""What libyaml and ruamel read differently.

These are tabs, unusual line breaks, byte order marks, and ``>#``.
"""
ABSENT: Final = object()
"""Stands for "nothing to show".

A found value may itself be null.
"""

Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A file as plain values, with the line of each.

    Lines are of every value and key by its path in the document. ``two_ways`` has numbers that can be read in two ways,
    as the file writes them. ``kept`` is for a document without its faulty parts. It has the numbers that the entries of
    a list had in the file, by the path of the list.
    """

    file: str
    data: Any
    lines: Mapping[Keys, int]
    two_ways: Mapping[Keys, str] = field(default_factory=dict)
    kept: Mapping[Keys, tuple[int, ...]] = field(default_factory=dict)

    def in_file(self, keys: Keys) -> Keys:
        """Return the path that ``keys`` have in the file.

        It is the same, unless faulty entries before them were left out.
        """
        path: Keys = ()
        for position, key in enumerate(keys):
            numbers = self.kept.get(keys[:position])
            path = (*path, numbers[int(key)] if numbers is not None and isinstance(key, int) else key)
        return path

    def line(self, keys: Keys) -> int:
        """Return the line of the value at ``keys``.

        It is that of the nearest value above where there is none.
        """
        path = self.in_file(keys)
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def location(self, keys: Keys) -> Location:
        """Return the place of ``keys``, for faults found later."""
        return Location(self.file, self.line(keys), dotted(self.in_file(keys)))

    def fault(self, keys: Keys, problem: str, found: object = ABSENT, allowed: str = "", near: str = "") -> Fault:
        """Return a fault at ``keys`` of this document."""
        return Fault(*self.location(keys), problem, "" if found is ABSENT else shown(found), allowed, near)


def read_text(path: Path, label: str) -> str:
    """Return the text of a file.

    It is refused above 2 MB or where it is not UTF-8. Raises InputFaultsError.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputFaultsError([Fault(label, 0, "", "not a file", allowed="a text file")])
        if size > MAX_BYTES:
            raise InputFaultsError([Fault(label, 0, "", "the file is too large", found=f"{size} bytes",
                                          allowed="at most 2 MB")])
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputFaultsError(
            [Fault(label, line, "", "the file is not UTF-8 text", found=f"byte {error.object[error.start]:#04x}",
                   allowed="UTF-8")]
        ) from None
    except OSError as error:
        raise InputFaultsError([Fault(label, 0, "", "the file cannot be read", error.strerror or "")]) from None


def read_document(path: Path, label: str) -> Document:
    """Read one YAML file strictly.

    Raises InputFaultsError with every fault of form that was found. A process keeps the documents that it read last, by
    their whole text. To parse a workspace takes a second, and a report, a notebook or a batch reads the same files
    again. Nothing writes into a document.
    """
    text = read_text(path, label)
    return _kept(text, label) if len(text) <= KEPT_SIZE else parse_document(text, label)


@lru_cache(maxsize=KEPT)
def _kept(text: str, label: str) -> Document:
    """Return a document, parsed once for each text and label."""
    return parse_document(text, label)


def parse_document(text: str, label: str) -> Document:
    """Parse YAML text strictly (see ``read_document``)."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yaml = YAML(typ="safe", pure=True)
        events = _quick_events(text)
        if not events:
            faults = _refused_features(YAML(typ="safe", pure=True).parse(text), label, events)
            if faults:
                raise InputFaultsError(faults)
        node = _composed(events, yaml.resolver)
        if node is None:
            raise InputFaultsError([Fault(label, 0, "", "the file is empty", allowed="YAML keys and values")])
        builder = _Builder(yaml.constructor, label)
        data = builder.build(node, ())
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InputFaultsError([Fault(label, line, "", f"not valid YAML: {_problem(error)}")]) from None
    except (YAMLError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else "nested too deeply"
        position = getattr(error, "position", None)
        line = text[:position].count("\n") + 1 if isinstance(position, int) else 0
        raise InputFaultsError([Fault(label, line, "", f"not valid YAML: {printable(first)}")]) from None
    if builder.faults:
        raise InputFaultsError(builder.faults)
    return Document(label, data, builder.lines, builder.two_ways)


def _quick_events(text: str) -> list[Any]:
    """Return the events of a text by libyaml.

    It takes a twentieth of ruamel's time. There are none where ruamel has to read the text. Only ruamel says what is
    wrong with a text, and reads what the two read differently: a test holds them together.
    """
    import yaml

    if not yaml.__with_libyaml__ or UNLIKE.search(text):
        return []
    events: list[Any] = []
    try:
        faults = _refused_features(yaml.parse(text, Loader=yaml.CLoader), "", events)
    except yaml.YAMLError:
        return []
    is_empty = any(type(one).__name__ == "ScalarEvent" and not (one.value or one.style) for one in events)
    return [] if faults or is_empty else events  # libyaml gives an empty value another line


def _problem(error: Any) -> str:
    """Return what the YAML parser says is wrong, as one line."""
    problem = str(error.problem or error.context)
    whole = f"{error.context} {problem}" if problem.startswith("but ") and error.context else problem
    return printable(whole)


def _composed(events: list[Any], resolver: Any) -> Any:
    """Return the node of the one document in a list of events.

    The events have no aliases or tags; the node is None where the document is empty. A second pass of ruamel's scanner
    over the text would take twice as long. Raises ComposerError for two documents.
    """
    from ruamel.yaml.composer import ComposerError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    documents = [k for k, event in enumerate(events) if type(event).__name__ == "DocumentStartEvent"]
    if len(documents) > 1:
        raise ComposerError(
            "expected a single document in the stream", events[documents[0] + 1].start_mark,
            "but found another document", events[documents[1]].start_mark,
        )
    rest = iter(events[documents[0] + 1 :] if documents else ())

    def node(event: Any) -> Any:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            tag = resolver.resolve(ScalarNode, event.value, event.implicit)
            return ScalarNode(tag, event.value, event.start_mark, event.end_mark, style=event.style or None)
        children, end = [], f"{kind.removesuffix('StartEvent')}EndEvent"
        while type(child := next(rest)).__name__ != end:
            children.append(node(child))
        made = SequenceNode if kind == "SequenceStartEvent" else MappingNode
        value = children if made is SequenceNode else list(zip(children[::2], children[1::2], strict=True))
        return made(resolver.resolve(made, None, event.implicit), value, event.start_mark, child.end_mark)

    first = next(rest, None)
    if first is None or (type(first).__name__ == "ScalarEvent" and not first.value and first.implicit[0]):
        return None
    return node(first)


def _refused_features(parsed: Iterable[Any], label: str, events: list[Any]) -> list[Fault]:
    """Return faults of YAML features that are refused.

    These are directives, aliases, anchors, tags, deep nesting and very many values. They are found before anything is
    built. The events read are added to ``events``.
    """
    faults, depth, values = [], 0, 0
    for event in parsed:
        events.append(event)
        kind, line = type(event).__name__, event.start_mark.line + 1
        if kind == "DocumentStartEvent" and (getattr(event, "version", None) or getattr(event, "tags", None)):
            faults.append(Fault(label, line, "", "YAML directives (%YAML, %TAG) are not allowed"))
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            name = shown(str(getattr(event, "anchor", "")))
            faults.append(Fault(label, line, "", "YAML anchors and aliases are not allowed", found=name,
                                allowed="plain values"))
        if kind in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent") and getattr(event, "tag", None):
            faults.append(Fault(label, line, "", "YAML tags are not allowed", found=shown(str(event.tag)),
                                allowed="plain values"))
        depth += kind.endswith("StartEvent") and kind[:3] in ("Map", "Seq")
        depth -= kind.endswith("EndEvent") and kind[:3] in ("Map", "Seq")
        values += kind in ("ScalarEvent", "AliasEvent")
        if depth > MAX_DEPTH:
            return [*faults, Fault(label, line, "", f"values are nested more than {MAX_DEPTH} deep")]
        if values > MAX_VALUES:
            return [*faults, Fault(label, line, "", f"the file holds more than {MAX_VALUES:,} keys and values")]
    return faults


class _Builder:
    """Builds plain values from YAML nodes.

    It keeps lines and finds duplicate keys.
    """

    def __init__(self, constructor: Any, label: str) -> None:
        self.constructor, self.label = constructor, label
        self.lines: dict[Keys, int] = {}
        self.two_ways: dict[Keys, str] = {}
        self.faults: list[Fault] = []

    def build(self, node: Any, keys: Keys) -> Any:
        """Return the plain value of a node."""
        self.lines[keys] = node.start_mark.line + 1
        if node.id == "mapping":
            return self._mapping(node, keys)
        if node.id == "sequence":
            return [self.build(item, (*keys, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, keys)

    def _fault(self, node: Any, keys: Keys, problem: str, found: str, allowed: str = "") -> None:
        line = node.start_mark.line + 1
        self.faults.append(Fault(self.label, line, dotted(keys), problem, found=found, allowed=allowed))

    def _mapping(self, node: Any, keys: Keys) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar":
                self._fault(key_node, keys, "a key must be plain text", f"a {key_node.id}", "text")
                continue
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in result:
                first = self.lines[(*keys, key)]
                self._fault(key_node, (*keys, key), "duplicate key", f"first on line {first}", "once")
            else:
                result[key] = self.build(value_node, (*keys, key))
                self.lines[(*keys, key)] = line
        return result

    def _scalar(self, node: Any, keys: Keys) -> Any:
        try:
            value = self.constructor.construct_object(node)
        except (ValueError, OverflowError):  # no day of the calendar, or a number of thousands of digits: text
            return str(node.value)
        if isinstance(value, datetime):
            return str(node.value)
        if isinstance(value, float) and not math.isfinite(value):
            self._fault(node, keys, "not a finite number", shown(str(node.value)), "a finite number")
        elif isinstance(value, (int, float)) and not -LARGEST < value < LARGEST:
            self._fault(node, keys, "the number is too large", shown(value), f"numbers below {LARGEST:g}")
        elif isinstance(value, float) and is_ambiguous(str(node.value)):
            self.two_ways[keys] = str(node.value)
        return value if isinstance(value, (str, int, float, bool, date, type(None))) else str(node.value)
