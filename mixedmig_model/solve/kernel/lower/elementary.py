"""Exponential and logarithm, of arithmetic alone.

They give the same bytes on every system, eight numbers together.

- The exponential is x = n ln 2 + r, a polynomial of degree 13 in r, times 2^n, and zero below -708.
- The logarithm is x = 2^k m with m about one, and the series of fdlibm (Sun Microsystems 1993) in (m - 1)/(m + 1).

Both are right to about one unit in the last place.
"""

from math import factorial, inf, nan, sqrt

from mixedmig_model.solve.kernel.lower.text import Code, D, V, eight, lanes_of, number
from mixedmig_model.solve.kernel.memory import LANES

LN2_HIGH, LN2_LOW, LOG2_E = 6.93147180369123816490e-01, 1.90821492927058770002e-10, 1.44269504088896338700e00
SHIFT = 1.5 * 2.0**52
"""A number that rounds what it is added to.

It leaves the nearest whole number in the last bits.
"""
LOWEST, HIGHEST = -708.0, 709.0
DEGREE = 13
SERIES = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
    1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
)


class Numeric:
    """Arithmetic on one number or on eight, as it is written."""

    def __init__(self, code: Code, kind: str) -> None:
        self.code, self.kind = code, kind
        self.vector = kind != D
        self.whole, self.truth = kind.replace("double", "i64"), kind.replace("double", "i1")

    def of(self, value: float) -> str:
        """Return a constant."""
        return eight(value) if self.vector else number(value)

    def bits(self, value: int) -> str:
        """Return a constant whole number."""
        return f"splat (i64 {value})" if self.vector else str(value)

    def do(self, op: str, one: str, other: str | float) -> str:
        """Return arithmetic."""
        return self.code.paired(op, self.kind, one, self.of(other) if isinstance(other, float) else other)

    def back(self, op: str, one: float, other: str) -> str:
        """Return arithmetic with a constant on the left."""
        return self.code.paired(op, self.kind, self.of(one), other)

    def turn(self, op: str, one: str, other: int) -> str:
        """Return arithmetic of bits with a constant."""
        return self.code.get(f"{op} {self.whole} {one}, {self.bits(other)}")

    def to_bits(self, value: str) -> str:
        """Return the bits of a number."""
        return self.code.get(f"bitcast {self.kind} {value} to {self.whole}")

    def from_bits(self, value: str) -> str:
        """Return the number that some bits encode."""
        return self.code.get(f"bitcast {self.whole} {value} to {self.kind}")

    def where(self, test: str, value: str, bound: float, one: str, other: str) -> str:
        """Return one of two, by a comparison with a constant."""
        which = self.code.get(f"fcmp {test} {self.kind} {value}, {self.of(bound)}")
        return self.code.get(f"select {self.truth} {which}, {self.kind} {one}, {self.kind} {other}")


def exponential(kind: str, name: str) -> str:
    """Return the function exp."""
    code = Code(f"define internal {kind} @{name}({kind} %x) nounwind #0")
    n = Numeric(code, kind)
    x = n.back("min", HIGHEST, n.back("max", LOWEST, "%x"))
    shifted = n.do("add", n.do("mul", x, LOG2_E), SHIFT)
    turns = n.do("sub", shifted, SHIFT)
    rest = n.do("sub", n.do("sub", x, n.do("mul", turns, LN2_HIGH)), n.do("mul", turns, LN2_LOW))
    result = n.of(1.0 / factorial(DEGREE))
    for power in range(DEGREE - 1, -1, -1):
        result = n.do("add", n.do("mul", result, rest), 1.0 / factorial(power))
    scale = n.from_bits(n.turn("shl", n.turn("add", n.to_bits(shifted), 1023), 52))
    value = n.where("olt", "%x", LOWEST, n.of(0.0), n.do("mul", result, scale))
    code.put(f"ret {kind} {n.where('ogt', '%x', HIGHEST, n.of(inf), value)}")
    return code.done()


def logarithm(kind: str, name: str) -> str:
    """Return the function log."""
    code = Code(f"define internal {kind} @{name}({kind} %x) nounwind #0")
    n = Numeric(code, kind)
    bits = n.to_bits("%x")
    one = n.turn("or", n.turn("and", bits, 2**52 - 1), 1023 << 52)
    mantissa = n.from_bits(one)
    power = code.get(f"sitofp {n.whole} {n.turn('sub', n.turn('lshr', bits, 52), 1023)} to {kind}")
    near = n.where("ogt", mantissa, sqrt(2.0), n.do("mul", mantissa, 0.5), mantissa)
    power = n.where("ogt", mantissa, sqrt(2.0), n.do("add", power, 1.0), power)
    f = n.do("sub", near, 1.0)
    s = n.do("div", f, n.do("add", f, 2.0))
    z = n.do("mul", s, s)
    series = n.of(SERIES[-1])
    for term in reversed(SERIES[:-1]):
        series = n.do("add", n.do("mul", series, z), term)
    half = n.do("mul", n.do("mul", f, f), 0.5)
    inner = n.do("add", n.do("mul", s, n.do("add", half, n.do("mul", z, series))), n.do("mul", power, LN2_LOW))
    value = n.do("sub", n.do("mul", power, LN2_HIGH), n.do("sub", n.do("sub", half, inner), f))
    value = n.where("olt", "%x", 2.0**-1022, n.of(-inf), value)
    value = n.where("olt", "%x", 0.0, n.of(nan), value)
    value = n.where("uno", "%x", 0.0, "%x", n.where("oeq", "%x", inf, "%x", value))
    code.put(f"ret {kind} {value}")
    return code.done()


def functions(lanes: int = LANES) -> str:
    """Return all functions, by number, by eight and by ``lanes``."""
    kinds = [(V, "v"), (D, "d"), *([(lanes_of(lanes), f"v{lanes}")] if lanes != LANES else [])]
    return "\n".join(
        make(kind, f"{name}.{short}")
        for kind, short in kinds for make, name in ((exponential, "exp"), (logarithm, "log"))
    )
