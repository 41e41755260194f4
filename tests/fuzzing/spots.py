"""Where things stand in YAML text: every value and key with its span, so that text is changed and not rewritten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True)
class Spot:
    """A value in a text. ``key``: span of its key, None in a list; ``flow``: whether it stands within brackets."""

    path: tuple[str | int, ...]
    key: Span | None
    value: Span
    sort: str
    tag: str
    flow: bool

    @property
    def name(self) -> str:
        """The last key of its path."""
        return str(self.path[-1])

    @property
    def dotted(self) -> str:
        """Its path in words."""
        return ".".join(str(part) for part in self.path)


@lru_cache(maxsize=256)
def spots(text: str) -> tuple[Spot, ...]:
    """Return all values of a YAML text, the whole excepted. Raises what the parser raises."""
    from ruamel.yaml import YAML

    return tuple(_inside(YAML(typ="safe", pure=True).compose(text), ()))


def _inside(node: Any, path: tuple[str | int, ...]) -> Iterator[Spot]:
    if node is None or node.id == "scalar":
        return
    pairs = node.value if node.id == "mapping" else [(None, item) for item in node.value]
    for index, (key, value) in enumerate(pairs):
        here = (*path, index if key is None else str(key.value))
        span = None if key is None else (key.start_mark.index, key.end_mark.index)
        at = value.start_mark.index, value.end_mark.index
        yield Spot(here, span, at, value.id, str(value.tag).rpartition(":")[2], bool(node.flow_style))
        yield from _inside(value, here)


def is_number(spot: Spot) -> bool:
    return spot.sort == "scalar" and spot.tag in ("int", "float")


def is_text(spot: Spot) -> bool:
    return spot.sort == "scalar" and spot.tag == "str"


def entry(text: str, spot: Spot) -> Span:
    """Return the span of an entry: key and value, or an item of a list with its dash; within brackets with a comma."""
    start, end = spot.key[0] if spot.key else spot.value[0], spot.value[1]
    if not spot.flow:
        if spot.key is None:
            start = text.rindex("-", 0, start)
        return start, max(end, start)
    rest = text[end:]
    skipped = len(rest) - len(rest.lstrip())
    if rest[skipped : skipped + 1] == ",":
        return start, end + skipped + 1
    return start, end


def column(text: str, position: int) -> int:
    """Return how far a position stands from the start of its line."""
    return position - (text.rfind("\n", 0, position) + 1)


def replaced(text: str, span: Span, new: str) -> str:
    """Return the text with a span replaced. A value that starts on a line of its own ends with its line break."""
    old = text[span[0] : span[1]]
    tail = "\n" + " " * column(text, span[1]) if old.endswith((" ", "\n")) and "\n" in old else ""
    return text[: span[0]] + new + tail + text[span[1] :]
