"""What made the difference: a share for each measure.

It is the Shapley share of what an option changes against its baseline. A measure is a lever with all that comes with
it, or its own costs. All else that an option changes in one subject (registration, law, ...) is a measure too. A
coalition is a scenario with some of the measures of the option, and with the baseline's own instead of the others. All
coalitions are solved together by the kernel, which differs from the reference by its error. Where it cannot be used,
they are solved on the reference path, and the record says so. Source: ``docs/comparison.md``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.schema import OwnCost
from mixedmig_model.inputs.levers.acting import single_uses
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Change, Scenario
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES, Facts
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import SolveBlock, kernel_block, reference_block
from mixedmig_model.study.attribution.shapley import ShapleyShares, exact_shares, sampled_shares
from mixedmig_model.study.run import LedgerError

MOST_EXACT = 8
"""Measures up to which all coalitions are solved: 256."""
MOST_PLAYERS = 40
PAIRS = 8
"""Orders sampled beyond that, each with its reverse."""
MOST_PAIRS = 1000
TOGETHER = 8
"""Runs in memory at a time."""
OWN_COSTS = "own_costs"
LEVER = "lever_"
"""Prefix of a lever in the name of a measure.

Subjects of inputs have some of the same names.
"""
ATTRIBUTED = (*BREACHES, *HARMS, *HEADLINES)
COST = "cost"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Player:
    """A measure: what the option and the baseline have.

    It is of a lever or in one subject.
    """

    name: str
    option_levers: tuple[LeverUse, ...] = ()
    baseline_levers: tuple[LeverUse, ...] = ()
    option: tuple[Change, ...] = ()
    baseline: tuple[Change, ...] = ()
    option_costs: Mapping[str, OwnCost] | None = None
    baseline_costs: Mapping[str, OwnCost] | None = None


@dataclass(frozen=True)
class Attribution:
    """Shares of measures in the differences.

    They are of all attributed quantities, with how they were found.
    """

    scenario: str
    baseline: str
    players: tuple[Player, ...]
    keys: tuple[str, ...]
    found: ShapleyShares
    runs: int
    solver: str
    note: str

    def record(self) -> dict[str, Any]:
        """Return the attribution as plain data.

        By quantity it has the two levels, the difference, and each measure's share with its standard error. A quantity
        that does not exist in some coalition (a median of nobody) has no shares: None.
        """
        table = {}
        for k, key in enumerate(self.keys):
            levels = float(self.found.none[k]), float(self.found.whole[k])
            table[key] = {
                "baseline": _plain(levels[0]), "option": _plain(levels[1]), "difference": _plain(levels[1] - levels[0]),
                "shares": [_plain(value) for value in self.found.shares[:, k].tolist()],
                "errors": [_plain(value) for value in self.found.error[:, k].tolist()],
            }
        return {
            "scenario": self.scenario, "baseline": self.baseline, "measures": [player.name for player in self.players],
            "exact": self.found.pairs == 0, "pairs_of_orders": self.found.pairs, "coalitions": self.found.coalitions,
            "runs": self.runs, "path": self.solver, "note": self.note, "quantities": table,
        }


def _plain(value: float) -> float | None:
    return value if np.isfinite(value) else None


def with_scenario(inputs: CaseInputs, name: str, scenario: Scenario) -> CaseInputs:
    """Return the case with another scenario under a name.

    It is frozen as before; where its old changes stand is forgotten.
    """
    locations = {key: location for key, location in inputs.locations.items() if key[0] != name}
    return replace(inputs, scenarios={**inputs.scenarios, name: scenario}, locations=locations)


def subject_of(change: Change) -> str:
    """Return the subject of a change.

    It is the first part of its parameter's name.
    """
    return change.parameter.split(".")[0]


def players_of(inputs: CaseInputs, scenario: str, baseline: str) -> tuple[Player, ...]:
    """Return the measures by which a scenario differs.

    They are against its baseline, by name. Raises InputFaultsError where there is none, or where there are more than
    can be distinguished.
    """
    option, base = inputs.scenario(scenario), inputs.scenario(baseline)
    found = _lever_players(inputs, option, base)
    for subject in sorted({subject_of(change) for change in (*option.changes, *base.changes)}):
        ours, theirs = _of(option.changes, subject), _of(base.changes, subject)
        if ours != theirs:
            found.append(Player(subject, option=ours, baseline=theirs))
    if inputs.costs is not None and option.own_costs != base.own_costs:
        found.append(Player(OWN_COSTS, option_costs=option.own_costs, baseline_costs=base.own_costs))
    where = f"scenario {scenario} of case {inputs.name}"
    if not found:
        text = "nothing differs from the baseline, so there is nothing to attribute"
        raise InputFaultsError([Fault(where, 0, "", text, found=scenario,
                                      allowed=f"a scenario that differs from {baseline}")])
    if len(found) > MOST_PLAYERS:
        text = "too many measures to attribute a difference to"
        raise InputFaultsError([Fault(where, 0, "", text, found=str(len(found)), allowed=f"at most {MOST_PLAYERS}")])
    return tuple(found)


def _lever_players(inputs: CaseInputs, option: Scenario, base: Scenario) -> list[Player]:
    """Return a measure for each lever used in another way.

    The two scenarios use it differently; presets are replaced by their levers.
    """
    known = inputs.workspace
    ours, theirs = (single_uses(one, known.presets, known.levers) for one in (option, base))
    found = []
    for name in sorted({str(use.lever) for use in (*ours, *theirs)}):
        mine, others = (tuple(use for use in uses if use.lever == name) for uses in (ours, theirs))
        if mine != others:
            found.append(Player(f"{LEVER}{name}", mine, others))
    return found


def _of(changes: Sequence[Change], subject: str) -> tuple[Change, ...]:
    return tuple(change for change in changes if subject_of(change) == subject)


def coalition(
    inputs: CaseInputs, scenario: str, baseline: str, players: Sequence[Player], members: int
) -> CaseInputs:
    """Return the case with ``scenario`` cut to some measures.

    Bit k of ``members`` says whether measure k is the option's.
    """
    option, base = inputs.scenario(scenario), inputs.scenario(baseline)
    own = {player.name for player in players}
    changes = [change for change in option.changes if subject_of(change) not in own]
    uses = single_uses(option, inputs.workspace.presets, inputs.workspace.levers)
    levers = [use for use in uses if f"{LEVER}{use.lever}" not in own]
    costs: Mapping[str, OwnCost] = base.own_costs
    for k, player in enumerate(players):
        inside = bool(members >> k & 1)
        changes += player.option if inside else player.baseline
        levers += player.option_levers if inside else player.baseline_levers
        if player.name == OWN_COSTS:
            costs = (player.option_costs if inside else player.baseline_costs) or {}
    cut = option.model_copy(update={"levers": tuple(levers), "changes": tuple(changes), "own_costs": dict(costs)})
    return with_scenario(inputs, scenario, cut)


def attribute(
    inputs: CaseInputs, scenario: str, baseline: str, pairs: int = PAIRS, seed: int = 1,
    solver: SolveBlock | None = None, progress: Progress | None = None, path: str = "auto",
) -> Attribution:
    """Attribute what a scenario changes to its measures.

    Changes are against a baseline. Shares are exact up to ``MOST_EXACT`` measures; beyond, orders are sampled. Source:
    ``docs/comparison.md``. ``scenario``: Names of the scenarios. ``baseline``: Names of the scenarios. ``pairs``: Pairs
    of orders that are sampled. ``seed``: The same seed gives the same orders. ``solver``: Function that solves runs of
    one layout. The kernel if None, or the reference path where that cannot be used. ``progress``: Called with runs done
    and in all. ``path``: By which runs are solved, if no solver is given. Returns the shares of the measures. Raises
    InputFaultsError for impossible numbers of pairs or measures. Raises LedgerError where people are not conserved.
    Raises SolveError where a run cannot be solved.
    """
    if not 2 <= pairs <= MOST_PAIRS:
        allowed = f"2 to {MOST_PAIRS:,}"
        raise InputFaultsError([Fault("--pairs", 0, "", "not an allowed number of pairs of orders", found=str(pairs),
                                      allowed=allowed)])
    players = players_of(inputs, scenario, baseline)
    why = available() if solver is None and path != "reference" else ""
    slow = path == "reference" or bool(why)
    game = _Game(inputs, scenario, baseline, players=players,
                 solver=solver or (reference_block if slow else kernel_block), progress=progress)
    if len(players) <= MOST_EXACT:
        found = exact_shares(len(players), game)
    else:
        found = sampled_shares(len(players), game, pairs, seed)
    used = "given" if solver else "reference" if slow else "kernel"
    return Attribution(scenario, baseline, players, keys=game.keys, found=found, runs=game.runs, solver=used, note=why)


class _Game:
    """Worths of coalitions.

    They are attributed indicators, and the total cost where there is a cost book.
    """

    def __init__(
        self, inputs: CaseInputs, scenario: str, baseline: str, players: Sequence[Player], solver: SolveBlock,
        progress: Progress | None,
    ) -> None:
        self.asked = (inputs, scenario, baseline, players)
        self.scenario, self.solver, self.progress = scenario, solver, progress
        self.keys = (*(i.key for i in ATTRIBUTED), *([COST] if inputs.costs is not None else []))
        self.runs = 0

    def __call__(self, coalitions: Sequence[int]) -> np.ndarray:
        """Return worths ``[M, K]``.

        Coalitions whose inputs are the same are solved once.
        """
        cases = [coalition(*self.asked, members) for members in coalitions]
        runs = [resolve(case, self.scenario) for case in cases]
        first = {run.digest: run for run in reversed(runs)}
        alike: dict[str, list[int]] = {}
        for k, run in enumerate(runs):
            alike.setdefault(run.digest, []).append(k)
        worth = np.zeros((len(runs), len(self.keys)))
        digests = list(alike)
        for start in range(0, len(digests), TOGETHER):
            some = digests[start : start + TOGETHER]
            for digest, answer in zip(some, self.solver([first[digest] for digest in some]), strict=True):
                ds = _checked(first[digest], answer)
                values = _indicators(ds)
                for k in alike[digest]:
                    worth[k] = [*values, *_cost(cases[k], self.scenario, ds)]
            if self.progress:
                self.progress(min(start + TOGETHER, len(digests)), len(digests))
        self.runs = len(digests)
        return worth


def _checked(run: RunInputs, answer: Answer) -> xr.Dataset:
    ds = to_dataset(run, answer)
    faults = check_ledger(ds)
    if faults:
        raise LedgerError("; ".join(str(fault) for fault in faults))
    return ds


def _indicators(ds: xr.Dataset) -> list[float]:
    facts = Facts(ds)
    return [indicator.compute(facts) for indicator in ATTRIBUTED]


def _cost(inputs: CaseInputs, scenario: str, ds: xr.Dataset) -> list[float]:
    return [cost_run(ds, price_scenario(inputs, scenario)).total] if inputs.costs is not None else []
