"""The compiled path: the same equations under JAX, a fixed step, many runs at once (``model.md`` 2).

JAX is imported in the files of this name only, and only when a run is asked for. What is compiled depends on the layout
(groups, countries, weeks), the block of members, the step and what is kept: never on a number or a date of a scenario.
Compiled loops are kept in the folder that ``MIXEDMIG_CACHE`` names, else in the user's cache folder.
"""

import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.layout import Layout, build_layout
from mixedmig_model.equations.table import Flow
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options
from mixedmig_model.solve.compiled.inputs import Columns, daily_table, weeks
from mixedmig_model.solve.daily import stock_sums
from mixedmig_model.solve.schedule import Schedule, opening_state
from mixedmig_model.storage.cache import cache_folder
from mixedmig_model.storage.workers import on_threads
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK

STEP = 0.5
"""Default step, days."""
METHOD, STAGES = "SSPRK3", 3
BLOCK = 32
"""Members of a block when sums are kept only; answers in full take a quarter of it, for their memory."""
FULL_BLOCK = 8
DAILY = ("day_stocks", "day_totals", "queue_totals", "detention_totals")
FULL = (*DAILY, "week_totals")
WHOLE_LOOP = "xla_cpu_small_while_loop_byte_threshold=1000000000"
"""XLA builds a loop of at most so many bytes as one function, instead of a call for each of its 600 operations: six
times faster for one run. It can be set only before XLA starts."""
OPTIONS: dict[str, Any] = {"xla_cpu_use_fusion_emitters": False}
"""Compiles in half the time, and to faster loops."""

OTHERWISE = "the reference path does all that the compiled one does"
Progress = Callable[[str], None]


class _Loops:
    """Compiled loops of this process, by plan."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: dict[Any, Any] = {}


_LOOPS = _Loops()


def available() -> str:
    """Why the compiled path cannot be used here, in words; empty if it can."""
    if find_spec("jax") is not None and find_spec("jaxlib") is not None:
        return ""
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        return f"there is no JAX for Macs with an Intel processor; {OTHERWISE}"
    return f"JAX is not installed (pip install jax); {OTHERWISE}"


def solve_layout(
    runs: Sequence[RunInputs], step: float = STEP, progress: Progress | None = None, block: int = FULL_BLOCK
) -> list[Answer]:
    """Runs of one layout, in blocks of ``block`` members, a block a thread. Raises ValueError where layouts differ."""
    if not runs:
        return []
    _check_layouts(runs)
    layout = build_layout(tuple(runs[0].groups), runs[0].countries)
    opening = [opening_state(run, layout, Schedule(run).at(0.0)) for run in runs]
    kept = _solve(runs, layout, opening, step=step, kept=FULL, block=block, progress=progress)
    days = runs[0].days
    edges = np.array(sorted({*range(0, days, DAYS_A_WEEK), days}))
    options = Options(METHOD)
    return [
        Answer(layout, opening[k], edges, week_totals=kept["week_totals"][k], day_stocks=kept["day_stocks"][k],
               day_totals=kept["day_totals"][k], queue_totals=kept["queue_totals"][k],
               detention_totals=kept["detention_totals"][k], evaluations=int(kept["evaluations"][k]), options=options,
               week_stocks=kept["week_stocks"][k], step=step)
        for k in range(len(runs))
    ]


def solve_sums(
    runs: Sequence[RunInputs], kept: Sequence[str] = ("day_stocks", "day_totals"), step: float = STEP,
    progress: Progress | None = None, block: int = BLOCK,
) -> dict[str, np.ndarray]:
    """Daily arrays of many runs of one layout, ``[run, day, cells]``, as ``Answer`` has them; for ensembles.

    Args: kept, some of ``DAILY``. Raises ValueError for another name, or where layouts differ.
    """
    unknown = sorted(set(kept) - set(DAILY))
    if unknown or not kept:
        raise ValueError(f"'{', '.join(unknown)}' cannot be kept; what can be: {', '.join(DAILY)}")
    if not runs:
        return {name: np.zeros((0, 0, 0)) for name in kept}
    _check_layouts(runs)
    layout = build_layout(tuple(runs[0].groups), runs[0].countries)
    opening = [opening_state(run, layout, Schedule(run).at(0.0)) for run in runs]
    kept_arrays = _solve(runs, layout, opening, step=step, kept=tuple(sorted(kept)), block=block, progress=progress)
    return {name: np.stack(values) for name, values in kept_arrays.items()}


def _solve(
    runs: Sequence[RunInputs], layout: Layout, opening: Sequence[np.ndarray], step: float, kept: tuple[str, ...],
    block: int, progress: Progress | None,
) -> dict[str, list[np.ndarray]]:
    """What is kept of each run."""
    reason = available()
    if reason:
        raise RuntimeError(reason)
    loop = _loop(_LoopKey(len(runs[0].groups), len(runs[0].countries), weeks(runs[0].days), members=block,
                          steps=_steps(step), kept=kept),
                 progress)
    starts = range(0, len(runs), block)

    def one(start: int) -> dict[str, np.ndarray]:
        return _block(loop, runs[start : start + block], opening[start : start + block], layout, block)

    parts = on_threads(one, starts)
    return {name: [member for part in parts for member in part[name]] for name in parts[0]}


def _check_layouts(runs: Sequence[RunInputs]) -> None:
    """Runs that are solved together have the same groups, countries and number of days."""
    first = runs[0]
    for run in runs[1:]:
        for what, ours, theirs in (
            ("groups", tuple(first.groups), tuple(run.groups)), ("countries", first.countries, run.countries),
            ("days", first.days, run.days),
        ):
            if ours != theirs:
                raise ValueError(
                    f"runs that are solved together must have the same {what}: scenario {first.scenario} has {ours}, "
                    f"scenario {run.scenario} has {theirs}"
                )


def _steps(step: float) -> int:
    """Steps in a day. Raises ValueError."""
    steps = round(1.0 / step) if 0.0 < step <= 1.0 else 0
    if steps < 1 or abs(steps * step - 1.0) > 1e-9:
        raise ValueError(f"a whole number of steps must make a day; a step of {step:g} days does not")
    return steps


class _LoopKey(NamedTuple):
    """What a compiled loop is made for."""

    groups: int
    countries: int
    weeks: int
    members: int
    steps: int
    kept: tuple[str, ...]


def _block(
    loop: Any, runs: Sequence[RunInputs], opening: Sequence[np.ndarray], layout: Layout, block: int
) -> dict[str, np.ndarray]:
    """Solve one block, filled up with copies of its last run; what is kept, runs first."""
    filled = [*range(len(runs)), *[len(runs) - 1] * (block - len(runs))]
    tables = [daily_table(run) for run in runs]
    table = np.stack([tables[k] for k in filled], axis=-1)
    table = table.reshape(-1, DAYS_A_WEEK, *table.shape[1:])
    state = np.stack([opening[k] for k in filled], axis=-1)
    stocks = {name: state[where].reshape(*shape, block) for name, (where, shape) in layout.stock_at.items()}
    made = loop(table, stocks)
    arrays = {name: _daily(made[name], layout, state, name=name, days=runs[0].days,
                          members=len(runs)) for name in DAILY if name in made}
    if "week_totals" in made:
        steps = np.asarray(made["steps"]).reshape(-1, block)[: runs[0].days].sum(axis=0)
        arrays["evaluations"] = STAGES * steps[: len(runs)].astype(int)
        flows = [_narrowed(layout, flow, np.asarray(made["week_totals"][flow.name])) for flow in layout.flows]
        arrays["week_totals"] = _side_by_side(flows, np.zeros((sum(part.shape[1] for part in flows), block)), len(runs))
        parts = [np.asarray(made["week_stocks"][name]) for name in layout.stock_at]
        flat = [part.reshape(len(part), -1, block) for part in parts]
        arrays["week_stocks"] = _side_by_side(flat, state, len(runs))
    return arrays


def _side_by_side(parts: Sequence[np.ndarray], first: np.ndarray, members: int) -> np.ndarray:
    """Parts ``[time, cells, member]`` beside each other after a first row, members first, each copied once."""
    joined = np.empty((members, len(parts[0]) + 1, len(first)))
    joined[:, 0] = first[:, :members].T
    at = 0
    for part in parts:
        joined[:, 1:, at : at + part.shape[1]] = np.moveaxis(part[..., :members], -1, 0)
        at += part.shape[1]
    return joined


def _daily(made: Any, layout: Layout, state: np.ndarray, name: str, days: int, members: int) -> np.ndarray:
    """Daily arrays at edges, members first: stocks with the opening before them, flows as running totals from zero."""
    values = np.asarray(made)[..., :members]
    values = np.moveaxis(values.reshape(-1, *values.shape[2:])[:days], -1, 0)
    joined = np.empty((members, days + 1, values.shape[2]))
    if name == "day_stocks":
        joined[:, 0], joined[:, 1:] = (stock_sums(layout) @ state[:, :members]).T, values
    else:
        joined[:, 0] = 0.0
        np.cumsum(values, axis=1, out=joined[:, 1:])
    return joined


def _narrowed(layout: Layout, flow: Flow, values: np.ndarray) -> np.ndarray:
    """Weekly totals of a flow ``[week, axes, member]`` on the labels to which it is narrowed, flat."""
    for axis, names in flow.only.items():
        labels = layout.labels[axis]
        values = np.take(values, [labels.index(name) for name in names], axis=1 + flow.axes.index(axis))
    return values.reshape(len(values), -1, values.shape[-1])


def _loop(asked: _LoopKey, progress: Progress | None) -> Any:
    """The compiled loop for a plan, made once in a process."""
    with _LOOPS.lock:
        if asked not in _LOOPS.made:
            if progress:
                progress("compiling")
            _LOOPS.made[asked] = _compiled(asked)
        return _LOOPS.made[asked]


def _compiled(asked: _LoopKey) -> Any:
    """Compile a loop: 64-bit, on the processor, from the cache where it was compiled before."""
    flags = os.environ.get("XLA_FLAGS", "")
    if "xla_backend_extra_options" not in flags:  # read when XLA starts: before the first array of this process
        os.environ["XLA_FLAGS"] = f"{flags} --xla_backend_extra_options={WHOLE_LOOP}".strip()
    import jax

    from mixedmig_model.solve.compiled.step import Plan, loop

    _use_cache(jax)
    layout = build_layout(
        tuple(f"g{k}" for k in range(asked.groups)), tuple(f"c{k}" for k in range(asked.countries))
    )
    device = jax.devices("cpu")[0]
    with jax.enable_x64(True), jax.default_device(device):
        width = Columns(asked.groups, asked.countries).width
        table = np.zeros((asked.weeks, DAYS_A_WEEK, width, asked.members))
        stocks = {name: np.zeros((*shape, asked.members)) for name, (_, shape) in layout.stock_at.items()}
        made = jax.jit(loop(layout, Plan(*asked))).lower(table, stocks).compile(OPTIONS)

    def run(table: np.ndarray, stocks: dict[str, np.ndarray]) -> Any:
        with jax.enable_x64(True), jax.default_device(device):
            return jax.tree.map(np.asarray, made(table, stocks))

    return run


def _use_cache(jax: Any) -> None:
    """Keep what is compiled for other processes, unless the caller said where or the folder cannot be written."""
    if jax.config.jax_compilation_cache_dir:
        return
    folder = cache_folder("compiled")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))
