"""Which cause makes how much of the time without shelter.

Shares are those of ``mixedmig compare --attribution`` (``docs/comparison.md``). The error of the model has two parts.
The share of the first cause depends on the order in which causes are put right, and solvers differ. Inputs of an
invented country are given, so that their uncertainty is no error. Draws of all uncertain inputs give ranges: the
answers if inputs were different. In a draw the share of a cause is the mean of what it adds first and last. That takes
fewer runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.measures import living
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import SolveBlock, choose_solver
from mixedmig_model.study.attribution.attribute import Player, coalition, players_of
from mixedmig_model.study.attribution.shapley import exact_shares
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns, drawn_values
from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.teaching.causes import cause_of

DRAWS = 8
LOW, HIGH = 5.0, 95.0
"""Percentiles between which a range lies."""
TOGETHER = 8
"""Runs solved in one call."""
METHOD = "latin_hypercube"
SOLVERS_DIFFER = 0.005
"""Share by which the solvers may differ in a harm."""


@dataclass(frozen=True)
class Extent90:
    """A number with its 90 % range over draws."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class CauseShares:
    """Nights without shelter by cause, and how sure the first is.

    ``gap`` is from the largest cause to the second, ``error`` that of the model. ``stays``: share of draws in which the
    first cause is the largest too.
    """

    shares: Mapping[str, Extent90]
    nights: Extent90
    top: str
    gap: float
    error: float
    stays: float


def identifiable(found: CauseShares) -> bool:
    """Return whether the gap exceeds the error of the model."""
    return found.gap > found.error


def extent(value: float, draws: Sequence[float] | np.ndarray) -> Extent90:
    """Return a number with the range of its draws."""
    low, high = np.percentile(np.asarray(draws, dtype=float), [LOW, HIGH]).tolist()
    return Extent90(float(value), min(low, float(value)), max(high, float(value)))


def cause_shares(
    inputs: CaseInputs, scenario: str, baseline: str, draws: int = DRAWS, seed: int = 1, path: str = "auto"
) -> CauseShares:
    """Return how many nights without shelter each cause makes.

    Parameters
    ----------
    inputs : CaseInputs
        A case.
    scenario, baseline : str
        A scenario that puts all causes right, and the case as it is.
    draws : int, default DRAWS
        Draws of the uncertain inputs.
    seed : int, default 1
        The same seed makes the same draws.
    path : str, default "auto"
        By which runs are solved.

    Returns
    -------
    CauseShares
        Nights that each cause makes.

    Raises
    ------
    InputFaultsError
        Where nothing differs between the two.
    SolveError
        Where a run cannot be solved.
    """
    solver = choose_solver(path).solve
    players = players_of(inputs, scenario, baseline)
    names = [cause_of(player.name).name for player in players]

    def worth(coalitions: Sequence[int]) -> np.ndarray:
        cases = [coalition(inputs, scenario, baseline, players, members) for members in coalitions]
        return -_nights(cases, scenario, solver)[:, None]

    worths = worth(range(2 ** len(players)))
    found = exact_shares(len(players), lambda asked: worths[list(asked)])
    each, nights = _drawn(inputs, scenario, baseline, players=players, design=(draws, seed), solver=solver)
    main, none = found.shares[:, 0], float(-found.none[0])
    order = np.argsort(main)[::-1]
    return CauseShares(
        {name: extent(main[k], each[:, k]) for k, name in enumerate(names)}, extent(none, nights),
        top=names[order[0]], gap=float(main[order[0]] - main[order[1]]),
        error=_order_error(worths[:, 0], int(order[0])) + SOLVERS_DIFFER * none,
        stays=float(np.mean(np.argmax(each, axis=1) == order[0])),
    )


def _order_error(worths: np.ndarray, player: int) -> float:
    """Return half of what the order of causes makes for one."""
    whole, bit = len(worths) - 1, 1 << player
    first, last = worths[bit] - worths[0], worths[whole] - worths[whole ^ bit]
    return float(abs(first - last)) / 2.0


def nights_without_shelter(run: RunInputs, path: str = "auto") -> float:
    """Return nights without shelter of a run, in person-days."""
    return float(_nights_of([run], choose_solver(path).solve)[0])


def _nights(cases: Sequence[CaseInputs], scenario: str, solver: SolveBlock) -> np.ndarray:
    return _nights_of([resolve(case, scenario, held=True) for case in cases], solver)


def _nights_of(runs: Sequence[RunInputs], solver: SolveBlock) -> np.ndarray:
    """Return nights without shelter ``[M]``; equal runs once."""
    first = {run.digest: run for run in runs}
    found: dict[str, float] = {}
    digests = list(first)
    for start in range(0, len(digests), TOGETHER):
        some = digests[start : start + TOGETHER]
        for digest, answer in zip(some, solver([first[one] for one in some]), strict=True):
            people = living(to_arrays(first[digest], answer, True), "unsheltered").sum(axis=-1)
            found[digest] = float(np.trapezoid(people))
    return np.array([found[run.digest] for run in runs])


def _drawn(
    inputs: CaseInputs, scenario: str, baseline: str, *, players: Sequence[Player], design: tuple[int, int],
    solver: SolveBlock,
) -> tuple[np.ndarray, np.ndarray]:
    """Return shares ``[draw, N]`` and nights ``[draw]`` of draws."""
    (draws, seed), count = design, len(players)
    columns = drawn_columns(inputs)
    table = drawn_values(columns, unit_points(len(columns), draws, seed, METHOD))
    whole = 2**count - 1
    asked = [0, whole, *(1 << k for k in range(count)), *(whole ^ 1 << k for k in range(count))]
    shares, nights = [], []
    for row in table:
        case = drawn_case(inputs, columns, row)
        cut = [coalition(case, scenario, baseline, players, members) for members in asked]
        worth = -_nights(cut, scenario, solver)
        alone, without = worth[2 : 2 + count] - worth[0], worth[1] - worth[2 + count :]
        shares.append((alone + without) / 2.0)
        nights.append(-worth[0])
    return np.array(shares), np.array(nights)
