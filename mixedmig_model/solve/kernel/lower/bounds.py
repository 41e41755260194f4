"""What is known of a number before a run.

The catalogue bounds inputs, and arithmetic bounds what comes from them.
"""

import math

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.solve.kernel.model.stage import REMEMBERED

Bounds = tuple[float, float]
ANY: Bounds = (-math.inf, math.inf)
AT_LEAST_NONE: Bounds = (0.0, math.inf)
SHARE: Bounds = (0.0, 1.0)


def input_bounds(name: str) -> Bounds:
    """Return the bounds of an input by its full name.

    Of upper bounds only that of a share is taken: a test may pass others.
    """
    kind, _, own = name.partition("/")
    if kind in ("state", "base"):
        return ANY if own in REMEMBERED else AT_LEAST_NONE
    if kind == "part":
        return SHARE
    if kind == "front":
        return AT_LEAST_NONE if own == "due" else ANY
    if kind != "levels":
        return ANY
    subject, _, field = own.partition(".")
    if own == "groups.landing":
        return AT_LEAST_NONE
    if subject == "groups" or field == "mix":
        return SHARE
    if field == "departures":
        return AT_LEAST_NONE
    need = CATALOGUE.get(f"{subject.rstrip('_')}.{field}")
    if need is None:
        return ANY
    return need.low, need.high if need.high <= 1.0 else math.inf


def bounds_of(op: str, args: list[Bounds], extra: object) -> Bounds:
    """Return the bounds of a number computed from others."""
    if op == "const":
        assert isinstance(extra, float)
        return ANY if math.isnan(extra) else (extra, extra)
    result = _made(op, args)
    return ANY if math.isnan(result[0]) or math.isnan(result[1]) else result


def _made(op: str, args: list[Bounds]) -> Bounds:
    """Return bounds by operation, of numbers without end as well."""
    if op in ("add", "sub", "mul", "div", "max", "min"):
        return _pair(op, *args)
    if op == "where":
        return min(args[1][0], args[2][0]), max(args[1][1], args[2][1])
    if op == "neg":
        return -args[0][1], -args[0][0]
    if op in ("exp", "abs", "sqrt", "extent"):
        return AT_LEAST_NONE
    if op in ("view", "largest", "smallest"):
        return args[0]
    if op == "sum":
        return (0.0 if args[0][0] >= 0.0 else -math.inf), (0.0 if args[0][1] <= 0.0 else math.inf)
    return ANY


def _pair(op: str, one: Bounds, other: Bounds) -> Bounds:
    """Return bounds of two numbers in arithmetic."""
    if op == "add":
        return one[0] + other[0], one[1] + other[1]
    if op == "sub":
        return one[0] - other[1], one[1] - other[0]
    if op == "mul":
        ends = [0.0 if x == 0.0 or y == 0.0 else x * y for x in one for y in other]
        return min(ends), max(ends)
    if op == "max":
        return max(one[0], other[0]), max(one[1], other[1])
    if op == "min":
        return min(one[0], other[0]), min(one[1], other[1])
    if one[0] >= 0.0 and other[0] >= 0.0:
        most = one[1] / other[0] if other[0] > 0.0 and one[1] < math.inf else math.inf
        return 0.0 if other[1] in (0.0, math.inf) else one[0] / other[1], most
    return ANY
