"""Text in the language of LLVM.

These are a few helpers for loops, addresses and arithmetic.
"""

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mixedmig_model.solve.kernel.memory import LANES

V, D, P = f"<{LANES} x double>", "double", "ptr"
"""Types: eight numbers, a number, an address."""


def number(value: float) -> str:
    """Return a constant, bit by bit."""
    return "0x" + struct.pack(">d", value).hex().upper()


def eight(value: float) -> str:
    """Return eight times a constant."""
    return eight_of(number(value))


def eight_of(text: str) -> str:
    """Return eight times a constant that is written already."""
    return f"splat ({D} {text})"


def lanes_of(many: int) -> str:
    """Return the type of so many numbers together."""
    return f"<{many} x double>"


class Code:
    """A function as it is written, line by line.

    ``lanes`` is how many numbers by group it handles together.
    """

    def __init__(self, head: str, lanes: int = LANES) -> None:
        self.lanes = lanes
        self.entry: list[str] = []  # what must stand at the start: room for sums
        self.lines: list[str] = []
        self.head, self.block, self.count = head, "entry", 0

    def name(self, prefix: str = "v") -> str:
        """Return a name that is not used yet."""
        self.count += 1
        return f"%{prefix}{self.count}"

    def put(self, text: str) -> None:
        """Write a line."""
        self.lines.append("  " + text)

    def get(self, text: str) -> str:
        """Write a line that makes a value; return its name."""
        name = self.name()
        self.put(f"{name} = {text}")
        return name

    def label(self, name: str) -> None:
        """Begin a block."""
        self.lines.append(f"{name}:")
        self.block = name

    def room(self, kind: str) -> str:
        """Return room for a value that changes in a loop."""
        name = self.name("room")
        self.entry.append(f"  {name} = alloca {kind}, align 64")
        return name

    def load(self, kind: str, address: str) -> str:
        """Read a value."""
        return self.get(f"load {kind}, ptr {address}, align {_align(kind)}")

    def store(self, kind: str, value: str, address: str) -> None:
        """Write a value."""
        self.put(f"store {kind} {value}, ptr {address}, align {_align(kind)}")

    def at(self, address: str, offset: str, kind: str = D) -> str:
        """Return an address some numbers further on."""
        return address if offset == "0" else self.get(f"getelementptr {kind}, ptr {address}, i64 {offset}")

    def whole(self, op: str, one: str, other: str) -> str:
        """Return arithmetic of whole numbers."""
        if op == "mul" and "1" in (one, other):
            return other if one == "1" else one
        if op == "add" and "0" in (one, other):
            return other if one == "0" else one
        return self.get(f"{op} i64 {one}, {other}")

    def kind(self, vector: bool) -> str:
        """Return the type of a number by group, or of a single one."""
        return lanes_of(self.lanes) if vector else D

    def truth(self, vector: bool) -> str:
        """Return the type of true or false, by group or single."""
        return f"<{self.lanes} x i1>" if vector else "i1"

    def suffix(self, vector: bool) -> str:
        """Return how functions by group, or of a single number, end."""
        return ("v" if self.lanes == LANES else f"v{self.lanes}") if vector else "d"

    def splat(self, value: str) -> str:
        """Return a value in all lanes."""
        kind = self.kind(True)
        first = self.get(f"insertelement {kind} poison, double {value}, i64 0")
        return self.get(f"shufflevector {kind} {first}, {kind} poison, <{self.lanes} x i32> zeroinitializer")

    def added_up(self, value: str, op: str = "add") -> str:
        """Return the sum (or largest, smallest) of eight numbers.

        It is always taken in the same order.
        """
        half, kind = LANES // 2, V
        while half:
            below, above = (
                self._part(value, kind, [first + k for k in range(half)]) for first in (0, half)
            )
            kind = f"<{half} x double>"
            value = self.paired(op, kind, below, above)
            half //= 2
        return self.get(f"extractelement {kind} {value}, i64 0")

    def _part(self, value: str, kind: str, which: Sequence[int]) -> str:
        mask = ", ".join(f"i32 {k}" for k in which)
        return self.get(f"shufflevector {kind} {value}, {kind} poison, <{len(which)} x i32> <{mask}>")

    def paired(self, op: str, kind: str, one: str, other: str) -> str:
        """Return arithmetic of two values.

        A number that is none comes through from the second of ``max`` and ``min``.
        """
        if op in ("max", "min"):
            which = self.get(f"fcmp {'ogt' if op == 'max' else 'olt'} {kind} {one}, {other}")
            return self.get(f"select {_truth(kind)} {which}, {kind} {one}, {kind} {other}")
        return self.get(f"f{op} {kind} {one}, {other}")

    @contextmanager
    def loop(self, times: str) -> Iterator[str]:
        """Write a loop; its body is written inside ``with``.

        Yields the turn, from zero.
        """
        self.count += 1
        own = f"loop{self.count}"
        before = self.block
        self.put(f"br label %{own}")
        self.label(own)
        place = len(self.lines)
        self.put(f"%{own}.more = icmp slt i64 %{own}.k, {times}")
        self.put(f"br i1 %{own}.more, label %{own}.body, label %{own}.end")
        self.label(f"{own}.body")
        yield f"%{own}.k"
        self.put(f"%{own}.next = add i64 %{own}.k, 1")
        after = self.block
        self.put(f"br label %{own}")
        self.lines.insert(place, f"  %{own}.k = phi i64 [0, %{before}], [%{own}.next, %{after}]")
        self.label(f"{own}.end")

    @contextmanager
    def only_if(self, condition: str) -> Iterator[None]:
        """Yield something that is done where a condition holds."""
        self.count += 1
        own = f"if{self.count}"
        self.put(f"br i1 {condition}, label %{own}, label %{own}.end")
        self.label(own)
        yield
        self.put(f"br label %{own}.end")
        self.label(f"{own}.end")

    def done(self) -> str:
        """Return the whole function as text."""
        return "\n".join([self.head + " {", "entry:", *self.entry, *self.lines, "}", ""])


def _align(kind: str) -> int:
    return 64 if kind == V else 16 if kind.startswith("<") else 8


def _truth(kind: str) -> str:
    """Return the type of a comparison."""
    return kind.replace("double", "i1")
