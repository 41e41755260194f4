"""Machine code against the functions that it is made of: one stage on random states; mistakes planted are found."""

import numpy as np
import pytest

from mixedmig_model.solve.kernel.lower import emit, nests, scalars, text
from mixedmig_model.solve.kernel.lower.elementary import Numeric
from mixedmig_model.solve.kernel.memory import Buffer, Kind, Sizes, positions, starts
from mixedmig_model.solve.kernel.model.stage import kept_sums, run_stage, trace_stage
from mixedmig_model.solve.kernel.native import available, kernel_of
from mixedmig_model.solve.kernel.runs import SUMS
from mixedmig_model.solve.kernel.trace.evaluate import evaluate
from mixedmig_model.solve.kernel.trace.graph import Axis
from solve.kernel_examples import C, G, kernel_of_example, traced
from solve.kernel_states import machine_stage, random_values

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
CLOSE = 1e-12
SIZES = [(1, 1), (3, 2), (7, 1), (8, 1), (11, 3), (5, 12)]


@pytest.fixture(scope="module")
def stages():
    """Both kernels: the one that keeps sums, and the one that keeps every cell."""
    return {whole: kernel_of(trace_stage([] if whole else kept_sums(SUMS), whole)) for whole in (False, True)}


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(("groups", "countries"), SIZES)
def test_one_stage_is_what_numpy_makes_of_the_same_functions(stages, whole, groups, countries):
    for seed in range(3):
        values = random_values(seed, groups, countries)
        theirs = run_stage(values, kept_sums(SUMS), whole)
        ours = machine_stage(stages[whole], values, groups, countries)
        for name, value in theirs.items():
            kind, own, *at = name.split("/")
            mine = ours[name] if kind == "sums" else ours[f"state/{own}"][tuple(map(int, at))]
            # a cell that is emptied keeps a rounding of what was in it
            there = 0.0 if kind == "sums" else np.abs(values[f"state/{own}"]).max()
            assert np.abs(mine - value).max() <= CLOSE * np.maximum(np.abs(value).max(), there), name


def pairs(x, y):
    """Sums along both countries of pairs, of numbers that are computed again where they are used."""
    moving = x[:, :, None] * y[None, None, :] * (1.0 - xp(x).eye(y.shape[0]))[None]
    left = xp(x).sum(moving * (x[:, :, None] + 0.1 * x[:, None, :]), axis=2)
    return left + xp(x).sum(moving * left[:, :, None], axis=1) + xp(x).sum(moving / (1.0 + left[:, None, :]), axis=1)


P = Axis("place", 5)
EVERYTHING = {
    "arithmetic": (lambda x, y: (x + 2.0) * y / (x * x + 1.0) - y, {"x": (G, C), "y": (C,)}),
    "bounds": (lambda x, y: xp(x).maximum(xp(x).minimum(x, y), xp(x).clip(-x, 0.3, 0.6)), {"x": (G, C), "y": (C,)}),
    "choices": (lambda x, y: xp(x).where((x > y) & ~(y >= 1.0) | (x <= 0.2), x, -y), {"x": (G, C), "y": (C,)}),
    "equals": (lambda x: xp(x).where(x == x[0, :][None, :], 1.0, 0.0) + (x != 0.5) * x, {"x": (G, C)}),
    "functions": (lambda x: xp(x).exp(-3.0 * x) + xp(x).log(x + 0.1) + xp(x).sqrt(abs(x)) + x**3, {"x": (G, C)}),
    "sums": (lambda x: xp(x).sum(x, axis=0)[None, :] + x * xp(x).sum(x, axis=(0, 1)), {"x": (G, C)}),
    "sum of what is the same": (lambda x, y: xp(x).sum(x[None, :] + 0.0 * y[:, None], axis=0), {"x": (C,), "y": (G,)}),
    "sum of more than none": (lambda x: xp(x).sum(xp(x).exp(-x) + 1.0, axis=0), {"x": (G, C)}),
    "largest": (lambda x: xp(x).max(x, axis=0) - xp(x).min(x, axis=1)[0] * x[0, :], {"x": (G, C)}),
    "pairs": (lambda x, y: (x @ (y[:, None] * (1.0 - xp(x).eye(y.shape[0])))) / 3.0, {"x": (G, C), "y": (C,)}),
    "pairs and groups": (pairs, {"x": (G, C), "y": (C,)}),
    "other countries": (lambda y: y[:, None] * xp(y).sum(y, axis=0) - y[None, :], {"y": (C,)}),
    "first of all": (lambda x: x * x[0, 0] + x[:, :1 if False else None] * x[0, :][None, :], {"x": (G, C)}),
    "places": (lambda x: xp(x).sum(x[1:4] * xp(x).asarray((1.0, 2.0, 0.5))[:, None, None], axis=0) + x[-1],
               {"x": (P, G, C)}),
    "stacks": (lambda x: xp(x).stack((x, 2.0 * x, x[:, :] - 1.0))[2] + xp(x).concat((x[None], x[None]))[1],
               {"x": (G, C)}),
    "turned": (lambda x: xp(x).sum(xp(x).permute_dims(x, (1, 2, 0))[:, :, ::2], axis=-1), {"x": (P, G, C)}),
}


def xp(x):
    return x.__array_namespace__()


def furthest(name, groups=11, countries=3):
    """How far machine code is from numpy in one example."""
    function, axes = EVERYTHING[name]
    example = traced(function, **{f"front__{key}": own for key, own in axes.items()})
    rng, size = np.random.default_rng(5), {"group": groups, "country": countries}
    values = {key: rng.uniform(0.05, 1.0, [axis.size or size[axis.name] for axis in own])
              for key, own in example.inputs.items()}
    theirs = evaluate(example.outputs, values, size)["sums/made"]
    ours = machine_stage(kernel_of_example(example), values, groups, countries)["sums/made"]
    return float(np.abs(ours - theirs).max())


@pytest.mark.parametrize("name", list(EVERYTHING))
def test_every_operation_is_what_numpy_makes_of_it(name):
    for groups, countries in ((1, 1), (3, 2), (11, 4)):
        assert furthest(name, groups, countries) <= 1e-14


def swapped(function):
    """The same function with its last two arguments in each other's place."""
    return lambda self, *args: function(self, *args[:-2], args[-1], args[-2])


def no_mask(self):
    self.mask = "splat (i1 true)"


PLANTED = {
    "operands swapped": (text.Code, "paired", swapped(text.Code.paired), "arithmetic"),
    "no mask of lanes": (emit.NestWriter, "_write_mask", no_mask, "sum of more than none"),
    "the wrong branch": (emit.NestWriter, "truth", lambda self, value, vector: "splat (i1 true)", "choices"),
    "a sum that starts at one": (emit, "NEUTRAL", {"sum": 1.0, "largest": 0.0, "smallest": 0.0}, "sums"),
    "another country's number": (scalars.Numbers, "view", lambda self, value, moved: value, "other countries"),
    "a country that is not its own": (scalars.Numbers, "same", lambda self, *_: self.constant(0.0), "pairs"),
    "a bound that is none": (scalars, "_bounded", lambda op, one, other: one, "bounds"),
    "loops in another order": (nests, "_turn", lambda one, turns: 0, "sums"),
    "a lane that is left out": (emit, "LANES", 7, "sums"),
    "a short series": (Numeric, "turn", lambda self, op, one, other: "0" if not self.vector else "splat (i64 0)",
                       "functions"),
}


@pytest.mark.parametrize("name", list(PLANTED))
def test_a_mistake_planted_in_the_lowering_is_found(monkeypatch, name):
    owner, attribute, planted, example = PLANTED[name]
    assert furthest(example) <= 1e-14
    monkeypatch.setattr(owner, attribute, planted)
    try:
        found = furthest(example)
    except (KeyError, RuntimeError, AssertionError):
        return  # it does not even compile
    assert not found <= 1e-3


def test_the_order_of_loops_over_pairs_changes_no_byte(monkeypatch):
    example = traced(pairs, front__x=(G, C), front__y=(C,))
    values = {"front/x": np.random.default_rng(3).uniform(0.05, 1.0, (11, 12)), "front/y": np.linspace(0.1, 0.9, 12)}
    fast = machine_stage(kernel_of_example(example), values, 11, 12)["sums/made"]
    monkeypatch.setattr(emit.NestWriter, "_innermost", lambda self: "")
    monkeypatch.setattr(nests, "made_again", lambda one: False)
    assert machine_stage(kernel_of_example(example), values, 11, 12)["sums/made"].tobytes() == fast.tobytes()


@pytest.mark.parametrize("whole", [False, True])
def test_memory_that_a_stage_works_in_grows_with_countries_and_not_with_their_pairs(stages, whole):
    counts = stages[whole].layouts.buffers["changing"].counts
    assert counts.get(Kind(2, True), 0) == 0  # of pairs and groups nothing is kept between loops
    one, twelve = (starts(stages[whole].layouts.buffers["changing"], Sizes(8, many))[1] for many in (1, 12))
    assert twelve <= 12.1 * one


def test_exponential_and_logarithm_are_right_to_the_last_places():
    x = np.concatenate([-np.geomspace(1e-12, 700.0, 3000), np.geomspace(1e-12, 700.0, 3000), [0.0, -800.0]])
    for name, given in (("exp", x), ("log", np.exp(x[:-1]))):
        def function(v, name=name):
            return getattr(xp(v), name)(v)

        example = traced(function, front__v=(G,))
        ours = machine_stage(kernel_of_example(example), {"front/v": given}, len(given), 1)["sums/made"]
        theirs = getattr(np, name)(given)
        theirs = np.where(theirs < 1e-307, 0.0, theirs) if name == "exp" else theirs
        assert np.abs(ours - theirs).max(where=theirs == 0.0, initial=0.0) == 0.0
        off = np.abs(ours - theirs) / np.where(theirs == 0.0, 1.0, np.abs(theirs))
        assert off.max() <= 4e-16


def test_no_number_comes_through_arithmetic_unseen():
    example = traced(lambda v: xp(v).maximum(v, 0.0) + xp(v).minimum(v, 1.0), front__v=(G,))
    given = np.array([np.nan, 1.0, 2.0])
    made = machine_stage(kernel_of_example(example), {"front/v": given}, 3, 1)["sums/made"]
    assert np.isnan(made[0])
    assert made[1:].tolist() == [2.0, 3.0]


def test_every_number_has_its_own_place():
    buffer = Buffer()
    arrays = {"a": (P, G, C), "b": (G, C), "c": (C,), "d": (G,), "e": (), "f": (G, C, C), "h": (Axis("f", 6), C)}
    for name, axes in arrays.items():
        buffer.add(name, axes)
    for groups, countries in SIZES:
        sizes = Sizes(groups, countries)
        every = np.concatenate([positions(buffer, name, sizes).ravel() for name in arrays])
        assert len(np.unique(every)) == len(every)
        assert every.max() < starts(buffer, sizes)[1]
        assert all(start % 8 == 0 for start in starts(buffer, sizes)[0].values())
    assert buffer.slots["a"].kind == Kind(1, True)
