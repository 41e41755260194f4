"""Ensembles: scenarios solved for the same draws.

Every scenario of a case is solved for the same draws of its uncertain inputs, in blocks that are kept. Draws are common
to all scenarios, so that a difference between two is theirs and not of chance. A draw is what it is by its seed and
number: the same bytes for any number of processes. A draw that fails is recorded with its message, and stops no other.
Blocks are written one by one (``files.py``) and never solved again. Source: ``docs/ensembles.md``.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from errno import ENOSPC
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.series import series_qualities
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.costs.draws import price_draws
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.ledger import check_ledger, closes
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import COMPILING, SolveBlock, apart, choose_solver, compile_kernel, kernel_block
from mixedmig_model.solve.run_arrays import RunArrays
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import code_digest, sha256
from mixedmig_model.storage.workers import on_cluster, on_processes
from mixedmig_model.study.ensemble.draws import DrawnColumn, drawn_columns, drawn_values
from mixedmig_model.study.ensemble.files import (
    Donor,
    block_bytes,
    block_file,
    block_name,
    damaged_blocks,
    is_free_of_failures,
    kept_blocks,
    open_folder,
)
from mixedmig_model.study.ensemble.manifest import MOST_DRAWS, SCHEMA, sealed
from mixedmig_model.study.ensemble.numbers import (
    Counted,
    Headline,
    block_dataset,
    counted_draws,
    kept_of_draws,
    numbers_in,
)
from mixedmig_model.study.ensemble.points import METHODS, seeds, unit_points
from mixedmig_model.study.ensemble.resolved import DrawnInputs, drawn_inputs, tried
from mixedmig_model.study.responses import judged_run, made_breaches
from mixedmig_model.study.run import LedgerError
from mixedmig_model.vocabulary.titles import NOTICE

T = TypeVar("T")
LOG = logging.getLogger(__name__)
AGAIN = "Blocks of the ensemble in %s are damaged or of another ensemble, and are solved again: %s"
Donors = Mapping[str, Donor]
"""Where else the numbers of a scenario may be, by its name."""
NO_DONORS: Donors = {}


class EnsembleStoppedError(RuntimeError):
    """Raised where the work stopped early.

    The message says why, and what was kept.
    """


@dataclass(frozen=True)
class Design:
    """What an ensemble is.

    With the inputs, it decides its numbers. ``together``: draws solved in one call.
    """

    scenarios: tuple[str, ...]
    draws: int
    seed: int
    block: int = 20
    method: str = "latin_hypercube"
    parameters: tuple[str, ...] | None = None
    together: int = 1

    @property
    def blocks(self) -> list[tuple[int, int]]:
        """First draw of each block, and the draw after its last."""
        return [(first, min(first + self.block, self.draws)) for first in range(0, self.draws, self.block)]


@dataclass(frozen=True)
class FinishedEnsemble:
    """What a call did.

    It has blocks in all, blocks that were there before, and draws that failed, with their messages.
    """

    folder: Path
    blocks: int
    reused: int
    failures: tuple[tuple[str, int, str], ...]  # scenario, draw, message


def design_faults(inputs: CaseInputs, design: Design) -> list[Fault]:
    """Return faults of a design.

    Scenarios are looked up one by one elsewhere.
    """
    least = {"--draws": (design.draws, MOST_DRAWS), "--block": (design.block, MOST_DRAWS)}
    faults = [
        Fault(option, 0, "", "not an allowed number of draws", found=str(found), allowed=f"1 to {most:,}")
        for option, (found, most) in least.items() if not 1 <= found <= most
    ]
    if design.seed < 0:
        faults.append(Fault("--seed", 0, "", "the seed is negative", found=str(design.seed), allowed="0 or more"))
    if design.method not in METHODS:
        faults.append(Fault("--method", 0, "", "unknown method", found=repr(design.method)[:80],
                            allowed=", ".join(METHODS), nearest=nearest(design.method, METHODS)))
    if not design.scenarios:
        faults.append(Fault("--scenarios", 0, "", "no scenario is named", allowed=", ".join(inputs.scenarios)))
    if len(set(design.scenarios)) < len(design.scenarios):
        twice = next(name for name in design.scenarios if design.scenarios.count(name) > 1)
        faults.append(Fault("--scenarios", 0, "", "duplicate scenario", found=repr(twice),
                            allowed="each once"))
    return faults


def manifest(inputs: CaseInputs, design: Design, columns: Sequence[DrawnColumn], solver: str) -> dict[str, object]:
    """Return the record of an ensemble, with a digest.

    It says what the ensemble comes from. Raises InputFaultsError for unknown scenarios.
    """
    runs = {name: resolve(inputs, name) for name in design.scenarios}
    base = resolve(inputs)
    record: dict[str, object] = {
        "schema": SCHEMA, "notice": NOTICE, "case": inputs.name, "version": version("mixedmig"), "solver": solver,
        "code": code_digest(),
        "baseline": inputs.case.baseline, **asdict(design),
        "scenarios": list(design.scenarios), "parameters": list(design.parameters) if design.parameters else None,
        "inputs": {name: run.digest for name, run in runs.items()},
        "columns": _columns(columns),
        "prices": _prices(inputs, design.scenarios),
        "same_people": {name: judged_run(run, base) is run for name, run in runs.items()},
        "makes": {name: sorted(made_breaches(run, base)) for name, run in runs.items()},
        "qualities": {
            name: (inputs.case.parameters.get(name) or base).quality for name, base in
            inputs.workspace.parameters.items()
        } | series_qualities(inputs.departures, inputs.case.opening),
    }
    record["each"] = {name: _one(inputs, record, name, run) for name, run in runs.items()}
    return sealed(record)


def _columns(columns: Sequence[DrawnColumn]) -> list[dict[str, object]]:
    """Return what is drawn, as plain data."""
    return [{"name": column.name, **asdict(column), "spread": list(column.spread)} for column in columns]


def changed_since(inputs: CaseInputs, record: Mapping[str, Any]) -> str:
    """Return what changed of a case since an ensemble was solved.

    It looks at ranges and prices; the text is empty where nothing changed. Scenarios themselves are compared by their
    digests. ``record``: Record of the ensemble. Returns the change, in words.
    """
    drawn = json.loads(json.dumps(_columns(drawn_columns(inputs, record["parameters"])), default=str))
    if drawn != record["columns"]:
        return "ranges of inputs as they were"
    names = [name for name in record["scenarios"] if name in inputs.scenarios]
    if len(names) < len(record["scenarios"]):
        return f"scenario {next(name for name in record['scenarios'] if name not in inputs.scenarios)}, which is gone"
    same = (record["prices"] or {}).get("digest") == _prices(inputs, names).get("digest")
    return "" if same else "prices as they were"


def _one(inputs: CaseInputs, record: Mapping[str, object], name: str, run: RunInputs) -> str:
    """Return a digest of what decides one scenario's numbers.

    Other scenarios solved with it do not count. Its changes and levers are in it as they are written, for draws move
    what they are applied to. Where others depart than in the baseline, so is the baseline, by whose departures the
    scenario is judged.
    """
    base = resolve(inputs)
    held = "" if judged_run(run, base) is run else base.digest
    asked = ("schema", "case", "version", "solver", "code", "draws", "seed", "block", "method", "parameters", "columns")
    levers = [[one.record.model_dump_json(), repr(replace(one, record=None))] for one in inputs.acting(name)]  # type: ignore[arg-type]
    written = inputs.scenario(name).model_dump_json(exclude={"title", "description", "paragraphs"})
    return sha256(json.dumps([
        {key: record[key] for key in asked}, run.digest, written, levers, _prices(inputs, (name,)), held,
    ], sort_keys=True, default=str))


def _prices(inputs: CaseInputs, scenarios: Sequence[str]) -> dict[str, object]:
    """Return the items of the cost book with their quality.

    It is of their prices; a digest of all that decides a cost comes with it.
    """
    if inputs.costs is None:
        return {}
    pricings = [price_scenario(inputs, name) for name in scenarios]
    text = [[repr(line.record), sorted((c, repr(p)) for c, p in line.prices.items()), pricing.payers[k].tolist()]
            for pricing in pricings for k, line in enumerate(pricing.lines)]
    whole = json.dumps([text, [repr(pricing.money) for pricing in pricings]])
    assumed = {
        line.name: "assumption" if pricing.assumed[k].any() else "published"
        for pricing in pricings for k, line in enumerate(pricing.lines)
    }
    money = pricings[0].money
    return {"quality": assumed, "digest": sha256(whole), "currency": money.base_currency,
            "year": money.base_year}


def run_ensemble(
    inputs: CaseInputs, design: Design, folder: Path, workers: int = 2, solver: SolveBlock | None = None,
    scheduler: str | None = None, progress: Callable[[int, int, str], None] | None = None, donors: Donors = NO_DONORS,
) -> FinishedEnsemble:
    """Solve what is missing of an ensemble.

    Blocks that are there are kept. At most one block a worker is in memory. ``design``: What the ensemble is.
    ``folder``: Folder of the ensemble. ``workers``: Processes at a time. ``solver``: Function of a module that solves
    runs, so that other processes find it. The kernel, where there is one, if not given. ``scheduler``: Address of a
    Dask cluster to use instead of processes. ``progress``: Called with blocks done, in all, and words. ``donors``:
    Other ensembles from which the numbers of some scenarios may be taken (not on a cluster). Returns what the call did.
    Raises InputFaultsError for unknown scenarios and impossible numbers, and where the folder holds another ensemble.
    Raises EnsembleStoppedError where the work stops early: what was done by then is kept.
    """
    faults = design_faults(inputs, design)
    if faults:
        raise InputFaultsError(faults)
    columns, solver = drawn_columns(inputs, design.parameters), solver or choose_solver().solve
    record = manifest(inputs, design, columns, f"{solver.__module__}.{solver.__qualname__}")
    open_folder(folder, record)
    digest = str(record["digest"])
    kept = kept_blocks(folder, digest, design.blocks)
    missing = [block for block in design.blocks if block not in kept]
    if lost := damaged_blocks(folder, missing):
        LOG.warning(AGAIN, folder.name, ", ".join(lost))
    donors = NO_DONORS if scheduler else donors
    if missing and solver is kernel_block and not scheduler and set(design.scenarios) - set(donors):
        # in one process, so that others find it compiled
        if progress:
            progress(len(kept), len(design.blocks), COMPILING)
        compile_kernel()
    job = partial(solve_block, inputs, design, columns=columns, digest=digest, solver=solver, donors=donors)
    done = len(kept)
    if progress:
        progress(done, len(design.blocks), f"{done} blocks were there" if done else "draws")
    solved = on_cluster(job, missing, scheduler) if scheduler else on_processes(job, missing, workers)
    try:
        for (first, last), content in solved:
            write_file(folder / block_name(first, last), content)
            done += 1
            if progress:
                progress(done, len(design.blocks), f"draws {first} to {last - 1}")
    except (RuntimeError, OSError) as error:
        why = "the disk is full" if isinstance(error, OSError) and error.errno == ENOSPC else str(error)
        text = f"{done} of {len(design.blocks)} blocks are kept in {folder.name}, and the same command continues there"
        raise EnsembleStoppedError(f"{why}. {text}") from None
    finally:
        solved.close()
    return FinishedEnsemble(folder, len(design.blocks), len(kept), failures(folder, design))


def failures(folder: Path, design: Design) -> tuple[tuple[str, int, str], ...]:
    """Return draws that failed, with their messages.

    They are read block by block.
    """
    found = []
    for first, last in design.blocks:
        if is_free_of_failures(folder / block_name(first, last)):
            continue
        with xr.open_dataset(folder / block_name(first, last), engine="scipy") as ds:
            texts = ds["failure"].values.astype(str)
            found += [(design.scenarios[s], first + k, texts[s, k]) for s, k in np.argwhere(texts != "").tolist()]
    return tuple(found)


def solve_block(
    inputs: CaseInputs, design: Design, block: tuple[int, int], *, columns: Sequence[DrawnColumn], digest: str,
    solver: SolveBlock, donors: Donors,
) -> bytes:
    """Return one block of draws as the bytes of its file.

    It is the work of one task, in any process.
    """
    first, last = block
    drawn = drawn_values(columns, unit_points(len(columns), design.draws, design.seed, design.method)[first:last])
    numbers = {name: given for name, donor in donors.items() if (given := donated(donor, name, block))}
    names = tuple(name for name in design.scenarios if name not in numbers)
    at_once = design.together * len(design.scenarios) // max(len(names), 1)  # as many runs, so that blocks are full
    rest = replace(design, scenarios=names, together=at_once)
    solved = _numbers(inputs, rest, block, columns=columns, drawn=drawn, solver=solver)
    numbers |= dict(zip(rest.scenarios, solved, strict=True))
    by_draw = list(zip(*(numbers[name] for name in design.scenarios), strict=True))
    ds = block_dataset(inputs, design.scenarios, columns, drawn, by_draw)
    chance = seeds(last, design.seed, first)
    ds = ds.assign_coords(draw=np.arange(first, last)).assign(seed=("draw", chance.astype(float)))
    return block_bytes(ds.assign_attrs(notice=NOTICE, case=inputs.name, digest=digest))


def donated(donor: Donor, name: str, block: tuple[int, int]) -> "list[Headline | str] | None":
    """Return the numbers of a scenario from another ensemble.

    They are by draw; None where it has not all of them.
    """
    file = block_file(donor, block)
    return numbers_in(file, name) if file else None


def _numbers(
    inputs: CaseInputs, design: Design, block: tuple[int, int], *, columns: Sequence[DrawnColumn], drawn: np.ndarray,
    solver: SolveBlock,
) -> list[list[Headline | str]]:
    """Return what is kept of each draw of a block.

    It is by scenario and draw, or why it failed.
    """
    if not design.scenarios:
        return []
    first, last = block
    priced = {name: price_scenario(inputs, name) for name in design.scenarios} if inputs.costs else {}
    prices = {
        name: price_draws(pricing, design.draws, design.seed, slice(first, last)) for name, pricing in priced.items()
    }
    base = resolve(inputs)
    others = [name for name in design.scenarios if judged_run(run := resolve(inputs, name), base) is not run]
    ready = drawn_inputs(inputs, columns, design.scenarios)
    found: dict[str, list[Counted | str]] = {name: [] for name in design.scenarios}
    for names, together in apart(design.scenarios, design.together, base, solver):
        part, judged = replace(design, scenarios=names), [name for name in others if name in names]
        for start in range(0, last - first, together):
            rows = slice(start, min(start + together, last - first))
            by_draw = _solved(ready, part, drawn[rows], solver, judged)
            for k, name in enumerate(names):
                found[name] += counted_draws([results[k] for results in by_draw], priced.get(name))
    return [kept_of_draws(counted, priced.get(name), prices.get(name), inputs.days) for name, counted in found.items()]


def _solved(
    ready: DrawnInputs, design: Design, drawn: np.ndarray, solver: SolveBlock, others: Sequence[str]
) -> "list[list[tuple[RunArrays | str, RunArrays | str]]]":
    """Return arrays by draw and scenario.

    They are of the run and of that by which it is judged, or why there are none. Runs are solved together, and one by
    one where that fails. A run in which the baseline's people depart is its own; ``others`` have one.
    """
    runs: list[RunInputs | str] = []
    for row in drawn:
        case = ready.case(row)
        runs += [tried(lambda name=name, case=case, row=row: ready.run(case, row, name)) for name in design.scenarios]  # type: ignore[misc]
        runs += [tried(lambda name=name, case=case, row=row: judged_run(  # type: ignore[misc]
            ready.run(case, row, name), ready.run(case, row, case.case.baseline))) for name in others]
    solvable = [run for run in runs if isinstance(run, RunInputs)]
    answers = tried(lambda: solver(solvable)) if solvable else []
    results = iter(
        [tried(lambda run=run: solver([run])[0]) for run in solvable] if isinstance(answers, str) else _let_go(answers)  # type: ignore[misc]
    )
    found = [run if isinstance(run, str) else _labelled(run, next(results)) for run in runs]
    size, whole = len(design.scenarios), len(design.scenarios) + len(others)
    where = [size + others.index(name) if name in others else k for k, name in enumerate(design.scenarios)]
    by_draw = [found[k : k + whole] for k in range(0, len(found), whole)]
    return [[(one[k], one[judged]) for k, judged in enumerate(where)] for one in by_draw]


def _let_go(answers: list[T]) -> Iterator[T]:
    """Yield answers in turn, and keep none: each is large."""
    answers.reverse()
    while answers:
        yield answers.pop()


def _labelled(run: RunInputs, answer: Answer | str) -> RunArrays | str:
    """Return an answer as arrays whose ledger was checked.

    It may say why there are none.
    """
    if isinstance(answer, str):
        return answer

    def checked() -> RunArrays:
        made = to_arrays(run, answer, when_read=True)
        faults = [] if answer.week_stocks is not None and closes(answer) else check_ledger(made.dataset())
        if faults:
            raise LedgerError("; ".join(str(fault) for fault in faults))
        return made

    return tried(checked)
