"""One operation on numbers as an instruction of LLVM."""

from collections.abc import Sequence
from typing import NamedTuple

from mixedmig_model.solve.kernel.lower.scalars import COMPARED, Number
from mixedmig_model.solve.kernel.lower.text import Code
from mixedmig_model.solve.kernel.trace.graph import TracingError

ORDERED = {"gt": "ogt", "lt": "olt", "ge": "oge", "le": "ole", "eq": "oeq", "ne": "une"}
ARITHMETIC = ("add", "sub", "mul", "div", "max", "min")


class Value(NamedTuple):
    """A value: name, whether by group, and whether true or false."""

    text: str
    vector: bool
    logical: bool = False


def arithmetic(code: Code, one: Number, parts: Sequence[str], vector: bool) -> Value:
    """Return the result of an operation on numbers.

    ``parts`` are the names of its arguments, all of one kind. Raises TracingError.
    """
    kind, named = code.kind(vector), list(parts)
    if one.op in COMPARED:
        return Value(code.get(f"fcmp {ORDERED[one.op]} {kind} {named[0]}, {named[1]}"), vector, True)
    if one.op in ("max", "min") and one.args[1].op == "const":
        named.reverse()  # so that a number that is none comes through
    if one.op in ARITHMETIC:
        return Value(code.paired(one.op, kind, *named), vector)
    if one.op == "neg":
        return Value(code.get(f"fneg {kind} {named[0]}"), vector)
    if one.op in ("exp", "log"):
        return Value(code.get(f"call {kind} @{one.op}.{code.suffix(vector)}({kind} {named[0]})"), vector)
    if one.op in ("abs", "sqrt"):
        name = f"llvm.{'fabs' if one.op == 'abs' else 'sqrt'}.{f'v{code.lanes}f64' if vector else 'f64'}"
        return Value(code.get(f"call {kind} @{name}({kind} {named[0]})"), vector)
    raise TracingError(f"'{one.op}' has no instruction of the kernel")
