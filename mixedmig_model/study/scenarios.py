"""Scenarios of a case next to each other.

They have low, default and high runs of the true-need share, on a pool of processes.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.parcels import Digests, case_digests, one_digest, shared_digests
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.checks import CHECKS, checks
from mixedmig_model.results.costs.draws import total_draws
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.tables import cost_tables
from mixedmig_model.results.indicators.exposure import JudgedCounts, judged_counts
from mixedmig_model.results.indicators.judgement import SIDES
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.results.regional import between, regional_ledger
from mixedmig_model.results.services import service_tables
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.storage import cache as kept_runs
from mixedmig_model.storage.workers import on_processes
from mixedmig_model.study.agreement import agreement
from mixedmig_model.study.planning.delay import prompt_run
from mixedmig_model.study.responses import judged_run
from mixedmig_model.study.resting import is_asked, resting
from mixedmig_model.study.run import run_one, save

NEED_SHARE = "arrivals.international_need_share"
WITHOUT = {"default": "without", "low": "without_low", "high": "without_high"}
"""The runs without any response of departures to policy.

The people who depart in the baseline depart in them. They are by the run that each goes with. They are solved where a
scenario has a response or other people depart. They are shown next to it, and are what it is judged by.
"""
CHANGED = (
    "the files of case {case} have changed since they were read. New results would not match the old inputs: read the "
    "case again, or give the command again"
)
MAIN = "default"
"""The run of a scenario that the pages show."""
AGREEMENT = "agreement"
"""The baseline by the kernel and by scipy, compared.

A report says how far they agree.
"""
DEFAULT_WITHOUT = WITHOUT["default"]
PROMPT = "prompt"
"""An option with the teams that it needs.

What delay costs is measured against it.
"""
RESTING = "resting"
"""A scenario at both ends of each input that is not set.

The case must set these inputs itself.
"""
BESIDE = (PROMPT, AGREEMENT, RESTING)
"""Runs that are no option.

A report that lacks one of them says why.
"""


@dataclass(frozen=True)
class Task:
    """One run to do in a worker process.

    It is small and picklable; inputs are read again there.
    """

    root: Path
    case: str
    scenario: str
    side: str
    need_share: float | None
    restart_days: tuple[float, ...]
    file: Path | None
    inputs: str = ""
    """Digest of all files that the case was read from.

    The caller read them, and shows those inputs.
    """
    path: str = "reference"
    baseline: str = ""
    """The scenario with whose departures an option is judged."""

    @property
    def name(self) -> str:
        """The name of the run for messages."""
        if self.side == PROMPT:
            return f"{self.scenario} (the smallest teams that meet the standards)"
        if self.side == AGREEMENT:
            return f"{self.scenario} (kernel and scipy compared)"
        if self.side == RESTING:
            return f"{self.scenario} (inputs that the case does not set)"
        side = self.side.removeprefix("without_")
        parts = ["without responses"] if self.side in WITHOUT.values() else []
        parts += [f"{side} need share"] if side in ("low", "high") else []
        return f"{self.scenario} ({', '.join(parts)})" if parts else self.scenario


@dataclass(frozen=True)
class Outcome:
    """What a task gave.

    It has its indicators, what a judgement reads, of a main run its tables; or why it failed.
    """

    task: Task
    indicators: dict[str, float]
    failure: str = ""
    tables: dict[str, Any] = field(default_factory=dict)
    judged: JudgedCounts | None = None


def need_range(inputs: CaseInputs) -> tuple[float, float]:
    """Return low and high ends of the true-need share.

    They are of the case's own range, else the base file's.
    """
    local = inputs.case.parameters.get(NEED_SHARE)
    base = inputs.workspace.parameters[NEED_SHARE]
    if local is None or local.range is None:
        return float(base.range[0]), float(base.range[1])
    factor = conversion_factor(local.unit or base.unit, base.unit)
    return local.range[0] * factor, local.range[1] * factor


def plan(inputs: CaseInputs, scenarios: Sequence[str], folder: Path, path: str = "reference") -> list[Task]:
    """Return the runs of a comparison, the longest first.

    Each scenario runs three times, and three more where others depart; all share restart days. Each scenario also runs
    with the teams that it needs. Where the kernel solves, scipy solves the first too. The kernel also runs over the
    ranges of inputs that the case does not set.
    """
    resolved = [resolve(inputs, name) for name in scenarios]
    restart_days = tuple(sorted({day for run in resolved for day in run.jumps}))
    others = [run.scenario for run in resolved if judged_run(run, resolved[0]) is not run]
    low, high = need_range(inputs)
    inputs_digest = one_digest(inputs.files)
    shares = {"default": None, "low": low, "high": high}

    def task(name: str, side: str, share: float | None = None, file: Path | None = None) -> Task:
        return Task(inputs.workspace.root, inputs.name, name, side=side, need_share=share, restart_days=restart_days,
                    file=file, path=path, inputs=inputs_digest, baseline=scenarios[0])

    prompt = [task(name, PROMPT) for name in scenarios]
    planned = [
        task(name, side, shares[side], folder / f"{name}.nc" if side == "default" else None)
        for side in SIDES for name in scenarios
    ]
    without = [task(name, WITHOUT[side], shares[side]) for side in SIDES for name in others]
    judged = [task(scenarios[0], AGREEMENT)] if path == "kernel" else []
    rests = [task(run.scenario, RESTING) for run in resolved if path == "kernel" and is_asked(inputs, run)]
    return [*prompt, *judged, *rests, *planned, *without]


class InputsChangedError(RuntimeError):
    """Raised where the files of a case have changed.

    They are not what they were when the inputs that a page shows were read.
    """


def files_now(root: Path, case: str) -> Digests:
    """Return digests of all files of a case as they are now."""
    return {**shared_digests(root), **case_digests(root, case)}


@lru_cache(maxsize=4)
def _read(root: Path, case: str, state: str) -> CaseInputs:
    """Return a case, read once in each process.

    It is read again for each state of its files. Raises InputsChangedError.
    """
    inputs = read_case(read_workspace(root), case)
    if one_digest(files_now(root, case)) != state:
        raise InputsChangedError(CHANGED.format(case=case))
    return inputs


def _inputs_of(task: Task) -> tuple[CaseInputs, str]:
    """Return the case of a task, and a digest of its files.

    The files are of its scenario. Raises InputsChangedError.
    """
    files = files_now(task.root, task.case)
    state = one_digest(files)
    if state != task.inputs:
        raise InputsChangedError(CHANGED.format(case=task.case))
    return _read(task.root, task.case, state), one_digest(files, task.scenario)


def perform(tasks: Sequence[Task]) -> list[Outcome]:
    """Do some tasks in turn, or find them done.

    What compares a main run with others takes it as it was solved, if it stands before it.
    """
    solved: dict[str, xr.Dataset] = {}
    return [_performed(task, solved) for task in tasks]


def _performed(task: Task, solved: dict[str, xr.Dataset]) -> Outcome:
    """Do one task, or find it done.

    A failure is returned as text, so that one scenario never stops another.
    """
    try:
        inputs, files = _inputs_of(task)
        run, key = _asked(task, inputs, files)
        if (found := _kept(task, key)) is not None:
            return found
        made = _solved(task, inputs, run, solved)
        judged = made.judged and {"flat": made.judged.flat(), "in_countries": made.judged.in_countries}
        kept_runs.keep(key, {"indicators": made.indicators, "tables": made.tables, "judged": judged}, task.file)
        return made
    except Exception as error:  # one failed run must not take the others with it; the report names it
        return Outcome(task, {}, f"{type(error).__name__}: {error}")


def _asked(task: Task, inputs: CaseInputs, files: str) -> tuple[RunInputs, str]:
    """Return the run of a task, and the name under which it is kept."""
    values = {} if task.need_share is None else {NEED_SHARE: task.need_share}
    run = resolve(inputs, task.scenario, values)
    if task.side in WITHOUT.values():
        run = judged_run(run, resolve(inputs, task.baseline or task.scenario, values))
    asked = (task.case, task.scenario, task.side, task.need_share, task.restart_days, bool(task.file), task.path)
    return run, kept_runs.key_of(files, run.digest, asked)


def _kept(task: Task, key: str) -> Outcome | None:
    """Return what was kept of a task, or None."""
    found = kept_runs.find(key, task.file)
    if not found:
        return None
    return Outcome(task, found["indicators"], tables=found["tables"], judged=_unkept(found["judged"]))


def _found(inputs: CaseInputs, tasks: Sequence[Task]) -> Iterator[Outcome]:
    """Yield what was kept of tasks, found in this process.

    Where everything was kept no other process starts. A fault is left to the task itself, which reports it.
    """
    if not kept_runs.any_kept():
        return
    with suppress(Exception):
        files = files_now(inputs.workspace.root, inputs.name)
        if one_digest(files) != one_digest(inputs.files):
            return
        for task in tasks:
            if found := _kept(task, _asked(task, inputs, one_digest(files, task.scenario))[1]):
                yield found


def _unkept(judged: Mapping[str, Any] | None) -> JudgedCounts | None:
    """Return counts of a judgement out of plain data."""
    if judged is None:
        return None
    return replace(JudgedCounts.of_flat(judged["flat"]), in_countries=judged["in_countries"])


def _solved(task: Task, inputs: CaseInputs, run: RunInputs, solved: dict[str, xr.Dataset]) -> Outcome:
    """Solve one task; ``solved`` holds main runs by digest. Raises LedgerError, SolveError."""
    if task.side == PROMPT:
        return Outcome(task, {}, tables=delay_tables(inputs, run, task.restart_days, task.path))
    if task.side == AGREEMENT:
        return Outcome(task, {}, tables=agreement(run, task.restart_days, solved.get(run.digest)))
    if task.side == RESTING:
        return Outcome(task, {}, tables=resting(inputs, task.scenario, solved.get(run.digest)))
    ds = run_one(run, None, task.restart_days, task.path)
    if task.side == MAIN:
        solved[run.digest] = ds
    table = indicator_table(ds)
    judged = judged_counts(ds, table)
    if task.file is None:
        return Outcome(task, table, judged=judged)
    save(ds, task.file)
    return Outcome(task, table, tables=tables(inputs, ds), judged=judged)


def tables(inputs: CaseInputs, ds: xr.Dataset) -> dict[str, Any]:
    """Return tables of one main run as plain data.

    They are services, the ledger of countries, and figures observed elsewhere.
    """
    ranges = {}
    for name in CHECKS:
        local, base = inputs.case.parameters.get(name), inputs.workspace.parameters[name]
        ranges[name] = local.range if local and local.range else base.range
    priced = {"costs": cost_tables(ds, price_scenario(inputs, str(ds.attrs["scenario"])))} if inputs.costs else {}
    matrices = {kind: between(ds, kind).sum("group").values.tolist() for kind in ("onward", "transferred")}
    ledger = regional_ledger(ds)
    return service_tables(ds) | priced | {
        "ledger": {str(entry): ledger.sel(entry=entry).values.tolist() for entry in ledger["entry"].values},
        "between": matrices,
        "checks": [asdict(check) for check in checks(ds, ranges)],
    }


def delay_tables(
    inputs: CaseInputs, run: RunInputs, restart_days: Sequence[float], path: str = "reference"
) -> dict[str, Any]:
    """Return what the run would cost with the teams it needs.

    It has total, draws of prices, teams, and shares on time.
    """
    prompt = prompt_run(run, lambda changed: run_one(changed, None, restart_days, path))
    teams = {stage: dict(zip(run.countries, size.tolist(), strict=True)) for stage, size in prompt.teams.items()}
    on_time = {stage: dict(zip(run.countries, share.tolist(), strict=True)) for stage, share in prompt.on_time.items()}
    found: dict[str, Any] = {"teams": teams, "on_time": on_time}
    if inputs.costs is None:
        return found
    priced = cost_run(prompt.ds, price_scenario(inputs, run.scenario))
    return found | {"total": priced.total, "draws": total_draws(priced).tolist()}


def solve_scenarios(
    inputs: CaseInputs,
    scenarios: Sequence[str],
    folder: Path,
    workers: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
    *,
    path: str = "auto",
) -> list[Outcome]:
    """Run all tasks of a comparison on several processes.

    Datasets of the main runs are written to ``folder``. Runs that were kept (``storage/cache.py``) and did not change
    are not solved again.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    scenarios : Sequence[str]
        Names of the scenarios.
    folder : Path
        Folder of the Datasets.
    workers : int, default 2
        Number of processes.
    progress : Callable[[int, int, str], None] | None, default None
        Called with runs done, runs in all, and the name of the run just finished.
    path : str, default 'auto'
        By which runs are solved (``solve/run.py``).

    Returns
    -------
    list[Outcome]
        What each task gave.
    """
    tasks = plan(inputs, scenarios, folder, choose_solver(path).path)
    kept_runs.prune()
    results: dict[Task, Outcome] = {}

    def done(outcome: Outcome) -> None:
        results[outcome.task] = outcome
        if progress:
            progress(len(results), len(tasks), outcome.task.name)

    for outcome in _found(inputs, tasks):
        done(outcome)
    missing = _by_main_run([task for task in tasks if task not in results])
    with closing(on_processes(perform, missing, workers)) as finished:  # before a folder that workers write to goes
        for outcome in (one for _, outcomes in finished for one in outcomes):
            done(outcome)
    return [results[task] for task in tasks]


def _by_main_run(tasks: Sequence[Task]) -> list[tuple[Task, ...]]:
    """Return tasks that share a main run together, it first."""
    shared: dict[Task | str, list[Task]] = {}
    for task in sorted(tasks, key=lambda one: one.side in BESIDE):
        uses = task.path == "kernel" and task.side in (MAIN, AGREEMENT, RESTING)
        shared.setdefault(task.scenario if uses else task, []).append(task)
    return sorted(map(tuple, shared.values()), key=lambda some: (-len(some), some[0].side != PROMPT))


def spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the smallest and largest of some values.

    Values that do not exist are left out; NaN where none exists.
    """
    real = [value for value in values if not math.isnan(value)]
    return (min(real), max(real)) if real else (float("nan"), float("nan"))
