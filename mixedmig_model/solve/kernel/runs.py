"""Runs by the kernel.

Each run is solved alone, with its own steps, a run a thread (``docs/model.md`` section 2). One kernel serves all
groups, countries, days and scenarios. There are two, one that keeps sums and one that keeps every cell. A run is the
same to the byte with any other runs next to it.
"""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from mixedmig_model.equations.carried import opening_carried
from mixedmig_model.equations.inside import kinds_held
from mixedmig_model.equations.layout import Layout, build_layout
from mixedmig_model.equations.levels import Levels
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer, Options, SolveError
from mixedmig_model.solve.daily import group_sums, stock_sums
from mixedmig_model.solve.kernel.inputs import HASTY_STEPS, Columns, daily_table, steps_of_day
from mixedmig_model.solve.kernel.lower.driver import A_DAY, BEFORE, FIELDS, MOST_STEPS
from mixedmig_model.solve.kernel.memory import LANES, Sizes
from mixedmig_model.solve.kernel.model.stage import kept_sums, trace_stage
from mixedmig_model.solve.kernel.native import Kernel, Progress, kernel_of
from mixedmig_model.solve.kernel.plan import BY_GROUP_KEPT, KIND_OF_ADDRESS, Plan, plan_of, record
from mixedmig_model.solve.schedule import Schedule, opening_state
from mixedmig_model.storage.workers import on_threads
from mixedmig_model.vocabulary.calendar import DAYS_A_WEEK
from mixedmig_model.vocabulary.labels import PLACE

OWN = 0.0
"""Steps by their own error, day by day; others are in days."""
METHOD, STAGES = "SSPRK3", 3
SUMS = ("day_totals", "queue_totals", "detention_totals")
DAILY = ("day_stocks", BY_GROUP_KEPT, *SUMS)
ALLOWED, EASY = 2e-3, 2.5e-4
"""Error that a stock may have in a day.

It is a share of itself and of a few people more. Below ``EASY`` the next day takes half as many steps.
"""
FEW_SHARE, FEW = 1e-3, 1.0
"""These few people.

They are a share of all people of the run, one at most, so that few in a large case are not hidden.
"""
EVENLY = (1, 2, 4, 8, 16)
"""Steps of an unchanged day: each time twice as many."""


class Grids(NamedTuple):
    """How days may be stepped.

    It has the length of each step, what has passed at their edges, which end at noon, and their number. ``grids`` says
    with which a day of each pace begins, ``finest`` up to which it may go on, ``control`` when.
    """

    shares: np.ndarray
    passed: np.ndarray
    noons: np.ndarray
    numbers: np.ndarray
    grids: np.ndarray
    control: np.ndarray
    finest: int


class Solved(NamedTuple):
    """What the kernel leaves of a run."""

    opening: np.ndarray
    day_stocks: np.ndarray  # [D+1, ...]
    day_totals: np.ndarray  # [D+1, ...] since the opening
    by_group: np.ndarray  # [D+1, sum, G, C] since the opening
    overdue: np.ndarray  # [D+1, G x C] persons
    identified: np.ndarray  # [D+1, G x C] persons
    group_stocks: np.ndarray  # [D+1, stock x G] persons
    steps: np.ndarray  # [D]
    week_sums: np.ndarray  # [W+1, cells] since the opening
    week_states: np.ndarray  # [W+1, cells]
    schedule: Schedule


_KERNELS: dict[tuple[tuple[str, ...], bool], Kernel] = {}
_LOCK = Lock()


def kernel_for(kept: tuple[str, ...], whole: bool, progress: Progress | None = None) -> Kernel:
    """Return the kernel that keeps some sums, or every cell.

    It is built once in a process. ``kept``: Names of daily arrays. ``whole``: Whether every cell is kept. ``progress``:
    Called with ``compiling`` before the kernel is built. Returns the kernel. Raises RuntimeError where there is no
    LLVM.
    """
    with _LOCK:
        if (kept, whole) not in _KERNELS:
            _KERNELS[kept, whole] = kernel_of(trace_stage([] if whole else kept_sums(kept), whole), progress)
        return _KERNELS[kept, whole]


def _sums(kept: Sequence[str]) -> tuple[str, ...]:
    """Return the daily arrays that a kernel is built for."""
    return tuple(name for name in SUMS if name in kept)


@lru_cache(maxsize=32)
def _plan(kept: tuple[str, ...], whole: bool, sizes: Sizes) -> Plan:
    return plan_of(kernel_for(_sums(kept), whole).layouts, sizes, (*SUMS, BY_GROUP_KEPT) if whole else kept, whole)


@lru_cache(maxsize=16)
def grids_of(step: float) -> Grids:
    """Return all ways to step a day.

    ``step``: Length of a step (day), or ``OWN``. Returns the grids. Raises ValueError where steps do not make a day.
    """
    if step == OWN:
        graded = steps_of_day(2)[2]
        ways = [*((1.0 / many,) * many for many in EVENLY), graded, *((1.0 / many,) * many for many in HASTY_STEPS)]
        begin, finest = (0, 2, len(EVENLY), len(EVENLY) + 1, len(EVENLY) + 2), len(EVENLY) - 1
    else:
        steps = steps_in_day(step)
        ways = list(steps_of_day(steps))
        begin, finest = (0, 1, 2, 2, 2), 0
    most = max(len(way) for way in ways)
    if most >= MOST_STEPS:
        raise ValueError(f"a day takes {most} steps, at most {MOST_STEPS - 1} are possible")
    shares = np.zeros((len(ways), MOST_STEPS))
    for k, way in enumerate(ways):
        shares[k, : len(way)] = way
    passed = np.zeros((len(ways), MOST_STEPS))
    passed[:, 1:] = np.cumsum(shares, axis=1)[:, :-1]
    noons = np.zeros_like(shares)
    noons[:, :-1] = np.abs(passed[:, 1:] - 0.5) < 1e-9
    noons *= shares > 0.0
    noons[:, -1] = ~noons.any(axis=1)  # where no step ends at noon, it is halfway between the midnights
    numbers = np.array([len(way) for way in ways], dtype=np.int64)
    return Grids(shares, passed, noons, numbers, grids=np.array(begin, dtype=np.int64),
                 control=np.array([ALLOWED, EASY, FEW_SHARE, FEW]), finest=finest)


def _memory(size: int, known: int | None = None) -> np.ndarray:
    """Return zeros, or ``known`` of them, at an address of 64."""
    whole = np.zeros(size + LANES) if known is None else np.empty(size + LANES)  # the kernel writes the others
    skip = (-whole.ctypes.data // 8) % LANES
    whole[skip : skip + (known or 0)] = 0.0
    return whole[skip : skip + size]


class RunJob:
    """One run as the kernel reads it, with all its memory."""

    def __init__(self, run: RunInputs, layout: Layout, plan: Plan, whole: bool, grids: Grids) -> None:
        self.run, self.layout, self.plan, self.whole = run, layout, plan, whole
        self.columns = Columns(len(run.groups), len(run.countries))
        self.lanes = plan.sizes.countries * plan.sizes.blocks * LANES
        self.schedule = Schedule(run)
        table = daily_table(run, self.schedule)
        self.held: dict[str, np.ndarray] = {"table": table.rows, "changed": table.changed}
        self._scratch()
        self.opening = self._open(self.schedule.first)
        self._outputs()
        self.grids = grids
        self.held |= {name: value for name, value in grids._asdict().items() if isinstance(value, np.ndarray)}

    def _scratch(self) -> None:
        """Reserve memory to work in."""
        lengths = self.plan.lengths
        for name in ("levels", "still", "changing", "front", "part", "sums"):
            self.held[name] = _memory(lengths[name])
        for name in ("first", "second", "third", "fourth", "today", "noon"):
            self.held[name] = _memory(lengths["state"])
        edges = (BEFORE + self.run.days) * A_DAY + 1
        for name in ("entered", "lost", "alive"):
            self.held[name] = _memory(edges * self.lanes)
        for name in ("edge_entered", "edge_alive"):
            self.held[name] = _memory(MOST_STEPS * self.lanes)
        self.held["lost_now"] = _memory(self.lanes)
        self.held["places"], self.held["starts"] = self.plan.places, self.plan.starts

    def _open(self, first: Levels) -> np.ndarray:
        """Return the opening state; the detained entered a day before."""
        opening = opening_state(self.run, self.layout, first)
        today, state = self.held["today"], self.plan.state
        for name, (where, shape) in self.layout.stock_at.items():
            today[state[f"state/{name}"]] = opening[where].reshape(shape)
        held = self.layout.stock(opening, "people")[:, PLACE["detention"]].sum(axis=0)
        kinds = kinds_held(held, first)
        self.remembered = kinds.identified
        for name, kind in kinds._asdict().items():
            today[state[f"state/inside_{name}"]] = kind
        today[state["state/inside_alive"]], today[state["state/inside_survival"]] = held, 1.0
        for name, values in opening_carried(self.layout.stock(opening, "people"), first)._asdict().items():
            today[state[f"state/carried_{name}"]] = values
        lanes = np.zeros((self.plan.sizes.countries, self.plan.sizes.blocks * LANES))
        lanes[:, : self.plan.sizes.groups] = held.T
        for k in range(BEFORE * A_DAY + 1):
            share, where = k / (BEFORE * A_DAY), slice(k * self.lanes, (k + 1) * self.lanes)
            self.held["alive"][where] = (share * lanes).ravel()
            self.held["entered"][where] = ((share - 1.0) * lanes).ravel()
        return opening

    def _outputs(self) -> None:
        """Reserve memory for what is kept."""
        days, plan = self.run.days, self.plan
        out = {"stock": plan.stock_lists, "sum": plan.sum_lists}
        for name, lists in out.items():
            self.held[f"{name}_out"] = np.zeros((days + 1, lists.width))
            self.held[f"{name}_groups"] = _memory((days + 1) * lists.group_width)
            self.held[f"{name}_lists"] = record(lists, self.held[f"{name}_out"], self.held[f"{name}_groups"])
        self.held["stock_out"][0] = stock_sums_of(self.layout) @ self.opening
        self.held["steps"] = np.zeros(days)
        if self.whole:
            weeks = -(-days // DAYS_A_WEEK)
            sums, states = (_memory((weeks + 1) * plan.lengths[name], plan.lengths[name]) for name in ("sums", "state"))
            states[: plan.lengths["state"]] = self.held["today"]
            self.held |= {"week_sums": sums, "week_states": states, "week_sum": _memory(plan.lengths["sums"])}
            first = (sums[plan.lengths["sums"] :], states[plan.lengths["state"] :], self.held["week_sum"])
            self.held["weeks"] = np.array([part.ctypes.data for part in first], dtype=KIND_OF_ADDRESS)

    def job(self) -> np.ndarray:
        """Return all numbers and addresses in the order of ``FIELDS``."""
        columns, sizes = self.columns, self.plan.sizes
        numbers = {
            "groups": sizes.groups, "countries": sizes.countries, "blocks": sizes.blocks, "days": self.run.days,
            "columns": self.held["table"].shape[1], "inputs": len(self.plan.places),
            "front_column": columns.front.start, "moves_column": columns.front_moves.start,
            "pace_column": columns.pace, "everybody_column": columns.everybody,
            "state_size": self.plan.lengths["state"], "sums_size": self.plan.lengths["sums"], "weeks": 0,
            "measures": 0, "finest": self.grids.finest,
        }
        addresses = {name: array.ctypes.data for name, array in self.held.items() if name in FIELDS}
        given: dict[str, Any] = numbers | addresses
        return np.array([given[name] for name in FIELDS], dtype=KIND_OF_ADDRESS)

    def outcome(self) -> Solved:
        """Return what the kernel left. Raises SolveError."""
        held, days = self.held, self.run.days
        if not np.isfinite(held["stock_out"]).all():
            day = int(np.flatnonzero(~np.isfinite(held["stock_out"]).all(axis=1))[0]) - 1
            raise SolveError(f"the run stopped on day {day}: a stock is not a number")
        inside = 2 if self.plan.by_group else 1  # overdue, identified: by country; other stocks are not
        stocks = held["stock_groups"].reshape(days + 1, -1)
        remembered = self._by_country(stocks[:, : inside * self.lanes])
        none = np.zeros(0)
        return Solved(
            self.opening, held["stock_out"], held["sum_out"],
            by_group=self._by_country(held["sum_groups"].reshape(days + 1, -1)),
            overdue=np.maximum(_flat(remembered[:, :1]), 0.0),
            identified=self._identified(remembered[:, 1:]),
            group_stocks=self._group_stocks(stocks[:, inside * self.lanes :]), steps=held["steps"],
            week_sums=held.get("week_sums", none), week_states=held.get("week_states", none),
            schedule=self.schedule,
        )

    def _by_country(self, kept: np.ndarray) -> np.ndarray:
        """Return numbers by group, ``[D+1, number, G, C]``."""
        sizes = self.plan.sizes
        kept = kept.reshape(len(kept), -1, sizes.countries, sizes.blocks * LANES)
        return np.asarray(np.swapaxes(kept, 2, 3)[:, :, : sizes.groups])

    def _identified(self, kept: np.ndarray) -> np.ndarray:
        """Return the identified in detention, ``[D+1, G x C]``."""
        made: np.ndarray = np.maximum(_flat(kept), 0.0)
        if made.size:
            made[0] = self.remembered.ravel()
        return made

    def _group_stocks(self, kept: np.ndarray) -> np.ndarray:
        """Return stocks by group, persons ``[D+1, stock x G]``."""
        sizes = self.plan.sizes
        made = _flat(kept.reshape(len(kept), -1, sizes.blocks * LANES)[:, :, : sizes.groups])
        if made.size:
            made[0] = group_sums_of(self.layout) @ self.opening
        return made


def solve_task(run: RunInputs, kept: tuple[str, ...], whole: bool, step: float) -> Solved:
    """Solve one run by the kernel. Raises SolveError."""
    sizes = Sizes(len(run.groups), len(run.countries))
    layout = layout_of(tuple(run.groups), run.countries)
    task = RunJob(run, layout, _plan(kept, whole, sizes), whole, grids_of(step))
    kernel_for(_sums(kept), whole).call("run", task.job())
    return task.outcome()


def solve_runs(runs: Sequence[RunInputs], step: float = OWN, progress: Progress | None = None) -> list[Answer]:
    """Solve runs in full, a run a thread.

    ``runs``: Inputs of each run. ``step``: Length of a step (day), a whole number of which make a day, or ``OWN``.
    ``progress``: Called with ``compiling`` before the kernel is built. Returns an answer for each run. Raises
    RuntimeError where there is no kernel. Raises ValueError where steps do not make a day. Raises SolveError where a
    run cannot be solved.
    """
    grids_of(step)
    kernel_for((), True, progress)
    return on_threads(lambda run: _answer(run, solve_task(run, (), True, step), step), runs)


def _answer(run: RunInputs, made: Solved, step: float) -> Answer:
    """Return an answer from what the kernel has left."""
    plan = _plan((), True, Sizes(len(run.groups), len(run.countries)))
    weeks = -(-run.days // DAYS_A_WEEK) + 1
    queues = made.by_group.shape[1] - 3
    return Answer(
        layout_of(tuple(run.groups), run.countries), made.opening,
        np.array(sorted({*range(0, run.days, DAYS_A_WEEK), run.days})),
        week_totals=np.take(made.week_sums.reshape(weeks, -1), plan.cells, axis=1), day_stocks=made.day_stocks,
        day_totals=made.day_totals, queue_totals=_flat(made.by_group[:, :queues]),
        detention_totals=_flat(made.by_group[:, queues:]), evaluations=STAGES * int(made.steps.sum()),
        group_stocks=made.group_stocks, identified=made.identified,
        options=Options(METHOD), week_stocks=np.take(made.week_states.reshape(weeks, -1), plan.stocks, axis=1),
        step=step, overdue=made.overdue, schedule=made.schedule,
    )


def _flat(values: np.ndarray) -> np.ndarray:
    return values.reshape(len(values), -1)


@lru_cache(maxsize=32)
def layout_of(groups: tuple[str, ...], countries: tuple[str, ...]) -> Layout:
    """Return the layout of groups and countries, numbered once."""
    return build_layout(groups, countries)


def stock_sums_of(layout: Layout) -> Any:
    """Return the matrix of daily sums of stocks, built once."""
    return _stock_sums(layout.labels["group"], layout.labels["country"])


def group_sums_of(layout: Layout) -> Any:
    """Return the matrix of stocks by group, built once."""
    return _group_sums(layout.labels["group"], layout.labels["country"])


@lru_cache(maxsize=32)
def _stock_sums(groups: tuple[str, ...], countries: tuple[str, ...]) -> Any:
    return stock_sums(layout_of(groups, countries))


@lru_cache(maxsize=32)
def _group_sums(groups: tuple[str, ...], countries: tuple[str, ...]) -> Any:
    return group_sums(layout_of(groups, countries))


def solve_sums(
    runs: Sequence[RunInputs], kept: Sequence[str] = ("day_stocks", "day_totals"), step: float = OWN,
    progress: Progress | None = None,
) -> dict[str, np.ndarray]:
    """Return daily arrays of many runs of one layout.

    They are ``[run, day, cells]``, as ``Answer`` has them. ``runs``: Inputs of each run. ``kept``: Names of arrays,
    some of ``DAILY``. ``step``: Length of a step (day), or ``OWN``. ``progress``: Called with ``compiling`` before the
    kernel is built. Returns arrays by name. Raises ValueError for an unknown name. Raises SolveError where a run cannot
    be solved.
    """
    unknown = sorted(set(kept) - set(DAILY))
    if unknown or not kept:
        raise ValueError(f"'{', '.join(unknown)}' cannot be kept; what can be: {', '.join(DAILY)}")
    for run in runs:
        _check_size(runs[0], run)
    asked = tuple(name for name in DAILY if name in kept and name != "day_stocks")
    grids_of(step)
    kernel_for(_sums(asked), False, progress)
    made = on_threads(lambda run: _daily(solve_task(run, asked, False, step), asked), runs)
    return {name: np.stack([one[name] for one in made]) for name in kept} if made else {
        name: np.zeros((0, 0, 0)) for name in kept}


def _check_size(first: RunInputs, run: RunInputs) -> None:
    """Refuse runs of other sizes. Raises ValueError."""
    for what, ours, theirs in (
        ("groups", tuple(first.groups), tuple(run.groups)), ("countries", first.countries, run.countries),
        ("days", first.days, run.days),
    ):
        if ours != theirs:
            raise ValueError(
                f"runs whose sums are kept together must have the same {what}: scenario {first.scenario} has {ours}, "
                f"scenario {run.scenario} has {theirs}"
            )


def _daily(made: Solved, kept: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Return daily arrays of a run."""
    queues = made.by_group.shape[1] - (3 if "detention_totals" in kept else 0)
    return {
        "day_stocks": made.day_stocks, BY_GROUP_KEPT: made.group_stocks, "day_totals": made.day_totals,
        "queue_totals": _flat(made.by_group[:, :queues]), "detention_totals": _flat(made.by_group[:, queues:]),
    }


def steps_in_day(step: float) -> int:
    """Return steps in a day. Raises ValueError."""
    steps = round(1.0 / step) if 0.0 < step <= 1.0 else 0
    if steps < 1 or abs(steps * step - 1.0) > 1e-9:
        raise ValueError(f"a whole number of steps must make a day; a step of {step:g} days does not")
    return steps
