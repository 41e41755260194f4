"""Small functions of the kernel.

They copy, clear and add whole buffers, and sum daily numbers.
"""

from collections.abc import Callable

from mixedmig_model.solve.kernel.lower.driver import LISTS
from mixedmig_model.solve.kernel.lower.text import Code, D, V, eight, lanes_of, number
from mixedmig_model.solve.kernel.memory import LANES


def helpers(lanes: int = LANES) -> str:
    """Return all helpers as text."""
    narrow = lanes_of(lanes)
    return "\n".join([
        _over("copy", "ptr noalias %to, ptr noalias %from", lambda code, k: code.load(V, code.at("%from", k))),
        _over("clear", "ptr %to", lambda code, k: eight(0.0)),
        _over("grow", "ptr noalias %to, ptr noalias %from", lambda code, k: code.paired(
            "add", V, code.load(V, code.at("%to", k)), code.load(V, code.at("%from", k)))),
        _over("halfway", "ptr noalias %to, ptr noalias %one, ptr noalias %other", lambda code, k: code.paired(
            "mul", V, code.paired("add", V, code.load(V, code.at("%one", k)), code.load(V, code.at("%other", k))),
            eight(0.5))),
        _gather(),
        f"declare {V} @llvm.fabs.v8f64({V})", f"declare {D} @llvm.fabs.f64({D})",
        f"declare {V} @llvm.sqrt.v8f64({V})", f"declare {D} @llvm.sqrt.f64({D})",
        *(f"declare {narrow} @llvm.{name}.v{lanes}f64({narrow})" for name in ("fabs", "sqrt") if lanes != LANES), "",
    ])


def _over(name: str, args: str, value: Callable[[Code, str], str]) -> str:
    """Return a function that writes a buffer.

    It writes eight numbers at a time.
    """
    code = Code(f"define internal void @{name}({args}, i64 %many) nounwind #0")
    with code.loop(code.get(f"sdiv i64 %many, {LANES}")) as turn:
        place = code.whole("mul", turn, str(LANES))
        code.store(V, value(code, place), code.at("%to", place))
    code.put("ret void")
    return code.done()


def _gather() -> str:
    """Return the function that sums daily numbers of a buffer.

    It sums over groups, single numbers, and by group.
    """
    code = Code("define internal void @gather(ptr %buffer, ptr %lists, i64 %day) nounwind #0")
    of = {name: code.load("i64", code.at("%lists", str(k), "i64")) for k, name in enumerate(LISTS)}
    for name in LISTS:
        if not name.startswith("many") and not name.endswith("width") and name != "running":
            of[name] = code.get(f"inttoptr i64 {of[name]} to ptr")
    running = code.get(f"icmp ne i64 {of['running']}, 0")
    before = code.at(of["out"], code.whole("mul", "%day", of["width"]))
    out = code.at(before, of["width"])
    for kind, own in (("vector", V), ("single", D)):
        with _lists(code, of, kind, own) as (turn, total):
            to = code.load("i64", code.at(of[f"{kind}_out"], turn, "i64"))
            value = code.load(own, total)
            value = code.added_up(value) if own == V else value
            code.store(D, _grown(code, D, code.at(before, to), value, running), code.at(out, to))
    before = code.at(of["group_out"], code.whole("mul", "%day", of["group_width"]))
    groups = code.at(before, of["group_width"])
    with _lists(code, of, "group", V) as (turn, total):
        to = code.whole("mul", turn, str(LANES))
        code.store(V, _grown(code, V, code.at(before, to), code.load(V, total), running), code.at(groups, to))
    code.put("ret void")
    return code.done()


def _grown(code: Code, kind: str, before: str, value: str, running: str) -> str:
    """Return a value, or the running total that it makes.

    The total adds it to that of the day before.
    """
    sum_ = code.paired("add", kind, code.load(kind, before), value)
    return code.get(f"select i1 {running}, {kind} {sum_}, {kind} {value}")


class _lists:
    """A loop over lists of places.

    Each list is summed before the body of the loop.
    """

    def __init__(self, code: Code, of: dict[str, str], kind: str, own: str) -> None:
        self.code, self.of, self.kind, self.own = code, of, kind, own

    def __enter__(self) -> tuple[str, str]:
        code, of, kind, own = self.code, self.of, self.kind, self.own
        self.place, total = code.room("i64"), code.room(own)
        code.put(f"store i64 0, ptr {self.place}")
        self.loop = code.loop(of[f"many_{kind}s"])
        turn = self.loop.__enter__()
        code.store(own, eight(0.0) if own == V else number(0.0), total)
        first = code.get(f"load i64, ptr {self.place}")
        count = code.load("i64", code.at(of[f"{kind}_counts"], turn, "i64"))
        with code.loop(count) as k:
            at = code.load("i64", code.at(of[f"{kind}_places"], code.whole("add", first, k), "i64"))
            more = code.load(own, code.at("%buffer", at))
            code.store(own, code.paired("add", own, code.load(own, total), more), total)
        code.put(f"store i64 {code.whole('add', first, count)}, ptr {self.place}")
        return turn, total

    def __exit__(self, *_: object) -> None:
        self.loop.__exit__(None, None, None)
