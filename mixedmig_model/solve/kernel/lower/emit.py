"""The functions ``day`` and ``stage`` as text of LLVM."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import inf

from mixedmig_model.solve.kernel.lower.instructions import Value, arithmetic
from mixedmig_model.solve.kernel.lower.layouts import ARGUMENTS, BUFFERS, LAID_OUT, SIGNATURE, Kept, Layouts, lay_out
from mixedmig_model.solve.kernel.lower.nests import Nest, by_turn, schedule
from mixedmig_model.solve.kernel.lower.scalarise import JOINED, REDUCTIONS, Stored
from mixedmig_model.solve.kernel.lower.scalars import Number
from mixedmig_model.solve.kernel.lower.text import Code, D, V, eight, eight_of, number
from mixedmig_model.solve.kernel.memory import KINDS, LANES, Kind
from mixedmig_model.solve.kernel.trace.graph import Axis

NEUTRAL = {"sum": 0.0, "largest": -inf, "smallest": inf}


def lowered(
    inputs: Mapping[str, tuple[Axis, ...]], shapes: Mapping[str, tuple[Axis, ...]], stored: Sequence[Stored],
    lanes: int = LANES,
) -> tuple[str, Layouts]:
    """Return ``day`` and ``stage`` as text, and all places.

    ``lanes`` is how many groups are handled together: eight, or as many as a processor can.
    """
    plan = schedule(stored)
    layouts = lay_out(inputs, shapes, plan)
    nests = by_turn(plan.nests)
    return "\n".join(Function(name, layouts, lanes).written(nests[changing])
                     for name, changing in (("day", False), ("stage", True))), layouts


class Function:
    """One function as it is written."""

    def __init__(self, name: str, layouts: Layouts, lanes: int) -> None:
        self.layouts = layouts
        self.code = Code(f"define internal void @{name}({SIGNATURE}) nounwind #0", lanes)
        self.blocks: dict[tuple[str, Kind], str] = {}

    def written(self, nests: Sequence[Nest]) -> str:
        """Return the whole function from its loop nests, in order."""
        code = self.code
        for name in ARGUMENTS:
            buffer = LAID_OUT.get(name, name)
            for kind, count in self.layouts.buffers[buffer].counts.items():
                if count:
                    place = BUFFERS.index(buffer) * len(KINDS) + KINDS.index(kind)
                    start = code.load("i64", code.at("%starts", str(place), "i64"))
                    self.blocks[name, kind] = code.at(f"%{name}", start)
        self.extents = {name: code.get(f"sitofp i64 {size} to double") for name, size in (("g", "%G"), ("c", "%C"))}
        for nest in nests:
            NestWriter(self, nest).write()
        code.put("ret void")
        return code.done()


class NestWriter:
    """One loop nest as it is written."""

    def __init__(self, function: Function, nest: Nest) -> None:
        self.function, self.nest, self.code = function, nest, function.code
        self.layouts = function.layouts
        self.values: dict[int, Value] = {}
        self.cells: dict[tuple[str, Kind, tuple[str, ...]], str] = {}
        self.turns: dict[str, str] = {}
        self.sums = [one for one in nest.body if one.op in REDUCTIONS]
        self.room: dict[int, str] = {}
        self.mask = ""
        self.first_lane = "0"
        self.inner = self._innermost()

    def write(self) -> None:
        """Write the loops, from outside in."""
        self._begin_sums()
        if self.inner:
            self._pairs("d" if self.inner == "c" else "c")
        else:
            self._loops([name for name in self.nest.key.loops if name != "g"])

    def _innermost(self) -> str:
        """Return the country along which most sums of pairs go.

        Its loop is the innermost, so that these sums stay in registers. None where nothing is summed by pairs.
        """
        along = [one.extra for one in self.sums]
        if "d" not in self.nest.key.loops or not along or "g" in along:
            return ""
        return max("dc", key=along.count)

    def _pairs(self, outer: str) -> None:
        """Write loops over pairs of countries.

        Each sum adds the same terms in the same order as in any other order of the loops.
        """
        code, own = self.code, [one for one in self.sums if one.extra == self.inner]
        with code.loop("%C") as turn, self.over_groups("g" in self.nest.key.loops):
            self.turns[outer] = turn
            for one in own:
                vector = self.layouts.kept[one.id].kind.groups
                self.room[one.id] = code.room(code.kind(vector))
                start = NEUTRAL[one.op]
                code.store(code.kind(vector), eight(start) if vector else number(start), self.room[one.id])
            with code.loop("%C") as inner:
                self.turns[self.inner] = inner
                self._body()
            self.cells.clear()
            for one in own:
                kept = self.layouts.kept[one.id]
                kind = code.kind(kept.kind.groups)
                code.store(kind, code.load(kind, self.room[one.id]), self._kept_address(kept, {}))

    @contextmanager
    def over_groups(self, grouped: bool = True) -> Iterator[None]:
        """Write loops over eight groups, and over their lanes.

        A turn of the inner loop has the lanes that are handled together; there is one where these are all eight.
        """
        code, turns = self.code, LANES // self.code.lanes if grouped else 1
        with code.loop("%B" if grouped else "1") as block:
            self.turns["g"] = block
            if turns == 1:
                yield
                return
            with code.loop(str(turns)) as turn:
                self.first_lane = code.whole("mul", turn, str(code.lanes))
                yield
            self.first_lane = "0"

    def _loops(self, left: list[str]) -> None:
        if left:
            with self.code.loop("%C") as turn:
                self.turns[left[0]] = turn
                self._loops(left[1:])
        elif "g" in self.nest.key.loops:
            self._groups()
        else:
            self._body()

    def _groups(self) -> None:
        """Write the loop over eight groups, and sums after it."""
        own = [one for one in self.sums if one.extra == "g"]
        for one in own:
            self.room[one.id] = self.code.room(V)
            self.code.store(V, eight(NEUTRAL[one.op]), self.room[one.id])
        with self.over_groups():
            if own:
                self._write_mask()
            self._body()
        del self.turns["g"]
        self.cells.clear()
        for one in own:
            whole = self.code.load(V, self.room[one.id])
            kept = self.layouts.kept[one.id]
            self.code.store(D, self.code.added_up(whole, JOINED[one.op]), self._kept_address(kept, {}))

    def _write_mask(self) -> None:
        """Write which lanes hold a group."""
        code, many = self.code, self.code.lanes
        left = code.whole("sub", "%G", code.whole("mul", self.turns["g"], str(LANES)))
        if self.first_lane != "0":
            left = code.whole("sub", left, self.first_lane)
        first = code.get(f"insertelement <{many} x i64> poison, i64 {left}, i64 0")
        kind = f"<{many} x i64>"
        every = code.get(f"shufflevector {kind} {first}, {kind} poison, <{many} x i32> zeroinitializer")
        lanes = "<" + ", ".join(f"i64 {k}" for k in range(many)) + ">"
        self.mask = code.get(f"icmp slt {kind} {lanes}, {every}")

    def _begin_sums(self) -> None:
        """Set to nothing what is summed over countries in memory."""
        for one in self.sums:
            if one.extra not in ("g", self.inner):
                kept = self.layouts.kept[one.id]
                Clearing(self, kept).write(NEUTRAL[one.op])

    def _body(self) -> None:
        """Write what is computed in the innermost loop."""
        for one in self.nest.body:
            if one.op in REDUCTIONS:
                self._add_up(one)
                continue
            self.values[one.id] = self._worked_out(one)
            if one.id in self.layouts.kept:
                self._leave(one)
        for stored in self.nest.stored:
            self._store(stored)

    def _add_up(self, one: Number) -> None:
        """Write one more term of a sum."""
        value, op = self.value(one.args[0]), JOINED[one.op]
        if one.extra == "g":
            kind, room = self.code.kind(True), self.code.at(self.room[one.id], self.first_lane)
            text = self.code.get(f"select {self.code.truth(True)} {self.mask}, {kind} {self.vector(value)}, "
                                 f"{kind} {eight(NEUTRAL[one.op])}")
            before = self.code.load(kind, room)
            self.code.store(kind, self.code.paired(op, kind, before, text), room)
            return
        kept = self.layouts.kept[one.id]
        address = self.room.get(one.id) or self._kept_address(kept, {})
        kind = self.code.kind(kept.kind.groups)
        before = self.code.load(kind, address)
        self.code.store(kind, self.code.paired(op, kind, before, self.as_kind(value, kept.kind.groups)), address)

    def _leave(self, one: Number) -> None:
        """Leave a number for other loops."""
        kept = self.layouts.kept[one.id]
        value = self.numeric(self.values[one.id])
        vector = kept.kind.groups
        self.code.store(self.code.kind(vector), self.as_kind(value, vector), self._kept_address(kept, {}))

    def _store(self, stored: Stored) -> None:
        """Write an output; sums grow."""
        whole = stored.name.split("/")
        sums = whole[0] == "sums"
        leaf = stored.name if sums else "/".join(whole[:2])
        slot = self.layouts.buffers["sums" if sums else "state"].slots[leaf]
        place = slot.number(() if sums else tuple(map(int, whole[2:])))
        loops = [name for name in "cd" if name in stored.space]
        address = self._address("sums" if sums else "made", slot.kind, place, loops)
        kind = self.code.kind(slot.kind.groups)
        text = self.as_kind(self.numeric(self.value(stored.number)), slot.kind.groups)
        if sums:
            text = self.code.paired("add", kind, self.code.load(kind, address), text)
        self.code.store(kind, text, address)

    # Values.

    def value(self, one: Number) -> Value:
        """Return a number as a value in this loop."""
        found = self.values.get(one.id)
        if found is None:
            again = not one.free and one.id not in self.layouts.kept
            found = self.values[one.id] = self._worked_out(one) if again else self._read(one)
        return found

    def _read(self, one: Number) -> Value:
        """Return a number that is read or written where it is used."""
        if one.op == "const":
            return Value(number(one.extra), False)
        if one.op == "extent":
            return Value(self.function.extents[one.extra], False)
        if one.op == "same":
            first, second = (self.turns[k] if isinstance(k, str) else "0" for k in one.extra)
            return Value(self.code.get(f"icmp eq i64 {first}, {second}"), False, True)
        if one.op == "input":
            return self._input(one)
        base, moved = (one.args[0], dict(one.extra)) if one.op == "view" else (one, {})
        kept = self.layouts.kept[base.id]
        vector = kept.kind.groups and "g" not in moved
        text = self.code.load(self.code.kind(vector), self._kept_address(kept, moved))
        if base.logical:
            none = eight(0.0) if vector else number(0.0)
            return Value(self.code.get(f"fcmp une {self.code.kind(vector)} {text}, {none}"), vector, True)
        return Value(text, vector)

    def _input(self, one: Number) -> Value:
        """Return a number of an input."""
        name, at = one.extra
        buffer = name.split("/")[0]
        laid = LAID_OUT.get(buffer, buffer)
        slot = self.layouts.buffers[laid].slots[name.replace(f"{buffer}/", f"{laid}/", 1)]
        named = list(zip(at, slot.axes, strict=True))
        fixed = [k for k, axis in named if not axis and isinstance(k, int)]
        countries = [k if isinstance(k, str) else "" for k, axis in named if axis == "country"]
        vector = slot.kind.groups and "g" in at
        return Value(self.code.load(self.code.kind(vector), self._address(
            buffer, slot.kind, slot.number(fixed), countries, first_group=not vector)), vector)

    def _kept_address(self, kept: Kept, moved: Mapping[str, str | int]) -> str:
        """Return where a number lies that another loop has left."""
        names = [moved.get(k, k) for k in kept.loops if k != "g"]
        return self._address(kept.buffer, kept.kind, kept.place, [k if isinstance(k, str) else "" for k in names],
                             first_group="g" in moved)

    def _address(
        self, buffer: str, kind: Kind, place: int, countries: Sequence[str], *, first_group: bool = False
    ) -> str:
        """Return an address; an empty country is the first."""
        group = "" if first_group or not kind.groups else self.turns["g"]
        key = (buffer, kind, (*countries, group))
        if key not in self.cells:
            self.cells[key] = self._cell(buffer, kind, countries, group)
        return self.code.at(self.cells[key], str(place * (LANES if kind.groups else 1)))

    def _cell(self, buffer: str, kind: Kind, countries: Sequence[str], group: str) -> str:
        """Return where numbers of a country and eight groups begin."""
        code, cell = self.code, "0"
        for name in countries:
            cell = code.whole("add", code.whole("mul", cell, "%C") if cell != "0" else "0",
                              self.turns[name] if name else "0")
        if kind.groups:
            cell = code.whole("mul", cell, "%B") if cell != "0" else "0"
            cell = code.whole("add", cell, group or "0")
        count = self.layouts.buffers[LAID_OUT.get(buffer, buffer)].counts[kind] * (LANES if kind.groups else 1)
        offset = code.whole("mul", cell, str(count)) if cell != "0" else "0"
        start = code.at(self.function.blocks[buffer, kind], offset)
        return code.at(start, self.first_lane) if group else start

    def vector(self, value: Value) -> str:
        """Return a value as eight numbers."""
        if value.vector:
            return value.text
        return eight_of(value.text) if value.text.startswith("0x") else self.code.splat(value.text)

    def as_kind(self, value: Value, vector: bool) -> str:
        """Return a value as eight numbers, or as one."""
        return self.vector(value) if vector else value.text

    def numeric(self, value: Value) -> Value:
        """Return true as one, false as none."""
        if not value.logical:
            return value
        kind, truth = self.code.kind(value.vector), self.code.truth(value.vector)
        one, none = (eight(k) if value.vector else number(k) for k in (1.0, 0.0))
        return Value(self.code.get(f"select {truth} {value.text}, {kind} {one}, {kind} {none}"), value.vector)

    def truth(self, value: Value, vector: bool) -> str:
        """Return a value as true or false, by group if needed."""
        if not value.logical:
            kind = self.code.kind(value.vector)
            none = eight(0.0) if value.vector else number(0.0)
            value = Value(self.code.get(f"fcmp une {kind} {value.text}, {none}"), value.vector, True)
        if value.vector == vector:
            return value.text
        kind = self.code.truth(True)
        first = self.code.get(f"insertelement {kind} poison, i1 {value.text}, i64 0")
        return self.code.get(f"shufflevector {kind} {first}, {kind} poison, <{self.code.lanes} x i32> zeroinitializer")

    def _worked_out(self, one: Number) -> Value:
        """Return the result of an operation."""
        args = [self.value(arg) for arg in one.args]
        vector = "g" in one.space
        kind, truth = self.code.kind(vector), self.code.truth(vector)
        if one.op in ("and", "or", "not"):
            parts = [self.truth(arg, vector) for arg in args]
            every = "splat (i1 true)" if vector else "true"
            op, other = ("xor", every) if one.op == "not" else (one.op, parts[-1])
            return Value(self.code.get(f"{op} {truth} {parts[0]}, {other}"), vector, True)
        if one.op == "where":
            which = self.truth(args[0], vector)
            yes, no = (self.as_kind(self.numeric(arg), vector) for arg in args[1:])
            return Value(self.code.get(f"select {truth} {which}, {kind} {yes}, {kind} {no}"), vector)
        parts = [self.as_kind(self.numeric(arg), vector) for arg in args]
        return arithmetic(self.code, one, parts, vector)


class Clearing:
    """A loop that sets a number that others are added to."""

    def __init__(self, nest: NestWriter, kept: Kept) -> None:
        self.nest, self.kept = nest, kept

    def write(self, value: float) -> None:
        """Write the loops."""
        self._loops([name for name in self.kept.loops if name != "g"], value)
        self.nest.cells.clear()
        self.nest.turns.clear()

    def _loops(self, left: list[str], value: float) -> None:
        nest = self.nest
        if left:
            with nest.code.loop("%C") as turn:
                nest.turns[left[0]] = turn
                self._loops(left[1:], value)
        elif self.kept.kind.groups:
            with nest.over_groups():
                nest.cells.clear()
                nest.code.store(nest.code.kind(True), eight(value), nest._kept_address(self.kept, {}))
        else:
            nest.code.store(D, number(value), nest._kept_address(self.kept, {}))
