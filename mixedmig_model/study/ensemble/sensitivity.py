"""What an ensemble says.

It has bands, how often one option does better than another, and which inputs matter. Draws are common to all options,
so that they are compared draw by draw. An option with a breach is never said to do better, and neither is one whose
advantage may be that other people depart. Which inputs matter is found in two steps. Rank correlations pick some
fifteen. Their shares of the variance (Sobol indices) are computed on a surrogate fitted to the draws, or on the model
itself where it is fast. Source: ``docs/ensembles.md``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap, rankdata, sobol_indices, uniform

from mixedmig_model.results.indicators.bounds import SOLVER_ERROR

LEVELS = (0.05, 0.5, 0.95)
MOST = 15
"""Inputs of which shares of the variance are computed."""
CERTAIN = 3.5
"""Standard errors beyond which an input is not chance."""
TRUSTED = 0.7
"""Share of the variance that a surrogate must explain.

It is on draws that it has not seen.
"""
FOLDS = 5
RESAMPLES = 500
TIE = 2.0 * SOLVER_ERROR
"""Relative difference below which two results are the same."""
Model = Callable[[np.ndarray], np.ndarray]
"""Points ``[n, k]`` between 0 and 1 to values ``[n]``."""


def bands(values: np.ndarray, axis: int = 0) -> np.ndarray:
    """Return 5 %, half and 95 % of the draws along an axis.

    They are ``[3, ...]``. Draws without a value are left out, and without any draw the result is NaN.
    """
    moved = np.moveaxis(np.asarray(values, float), axis, 0)
    flat = moved.reshape(len(moved), int(np.prod(moved.shape[1:], dtype=int)))
    found = np.full((len(LEVELS), flat.shape[1]), np.nan)
    real = ~np.isnan(flat)
    whole = real.all(axis=0)
    if whole.any() and len(flat):
        found[:, whole] = np.quantile(flat[:, whole], LEVELS, axis=0)
    for k in np.flatnonzero(~whole & real.any(axis=0)):
        found[:, k] = np.quantile(flat[real[:, k], k], LEVELS)
    return found.reshape(len(LEVELS), *moved.shape[1:])


BREACHES_IT, OTHERS_DEPART = "the option adds a breach", "other people depart under the option"
SILENT = (BREACHES_IT, OTHERS_DEPART)
"""Reasons why nothing is said of an option on any indicator."""


@dataclass(frozen=True)
class Beats:
    """How often an option does better than another.

    It is on one indicator, with what must be said with it. ``share`` is NaN where nothing may be said; ``reason`` says
    why. ``low`` and ``high`` are what chance leaves open with so few draws (95 %). ``harmed``: share of draws in which
    some harm is worse than the other option's.
    """

    share: float
    low: float
    high: float
    draws: int
    harmed: float
    reason: str = ""


def gaps(option: np.ndarray, other: np.ndarray, better: str) -> np.ndarray:
    """Return by how much an option does better than another.

    Values ``[draw]`` are no harm; 0 where they tie.
    """
    gap = np.asarray(other - option if better == "lower" else option - other)
    return np.where(np.abs(gap) <= TIE * np.maximum(np.abs(option), np.abs(other)), 0.0, gap)


def beats(gap: np.ndarray, better: str, breached: bool, harmed: float, same_people: bool = True) -> Beats:
    """Return the share of draws in which an option does better.

    It is compared with another. Ties count half, draws without a value not at all. ``gap``: By how much the option does
    better, ``[draw]``. Above 0 where it does. ``better``: Which way is better. ``breached``: Whether the option adds a
    breach in any draw. ``harmed``: Share of draws in which a harm is worse. ``same_people``: Whether the same people
    depart. Returns the share with its interval.
    """
    real = gap[~np.isnan(gap)]
    nothing = (float("nan"),) * 3
    if better not in ("lower", "higher"):
        return Beats(*nothing, len(real), harmed, "no way is better on this indicator")
    if breached:
        return Beats(*nothing, len(real), harmed, BREACHES_IT)
    if not same_people:
        return Beats(*nothing, len(real), harmed, OTHERS_DEPART)
    if not len(real):
        return Beats(*nothing, 0, harmed, "no draw has a value for both")
    share = float((real > 0).sum() + 0.5 * (real == 0).sum()) / len(real)
    low, high = wilson(share, len(real))
    return Beats(share, low, high, len(real), harmed)


def wilson(share: float, draws: int, score: float = 1.959964) -> tuple[float, float]:
    """Return Wilson's interval of 95 % of a share.

    It is what chance leaves open of a share found in some draws.
    """
    grown = 1.0 + score**2 / draws
    middle = (share + score**2 / (2.0 * draws)) / grown
    half = score / grown * float(np.sqrt(share * (1.0 - share) / draws + score**2 / (4.0 * draws**2)))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Screened:
    """An input with its rank correlation to a result."""

    column: int
    correlation: float


def screened(points: np.ndarray, values: np.ndarray, most: int = MOST) -> list[Screened]:
    """Return the inputs that a result follows most.

    There are at most ``most``: those whose rank correlation chance does not explain. ``points``: Points ``[draw,
    column]`` between 0 and 1. ``values``: Result ``[draw]``. Draws without a value are left out. ``most``: The most
    inputs. Returns the inputs, strongest first.
    """
    real = ~np.isnan(values)
    if real.sum() < 4 or np.ptp(values[real]) == 0.0:
        return []
    ranks = rankdata(points[real], axis=0)
    result = rankdata(values[real])
    ranks, result = ranks - ranks.mean(axis=0), result - result.mean()
    size = np.sqrt((ranks**2).sum(axis=0) * (result**2).sum())
    found = np.divide(ranks.T @ result, size, out=np.zeros(ranks.shape[1]), where=size > 0.0)
    order = np.argsort(-np.abs(found), kind="stable")[:most]
    least = CERTAIN / np.sqrt(real.sum())
    return [Screened(int(k), float(found[k])) for k in order if abs(found[k]) >= least]


@dataclass(frozen=True)
class Surrogate:
    """A polynomial fitted to draws.

    It is cheap, smooth, and wrong by as much as ``explained`` falls short of one. It has Legendre polynomials of each
    input up to the third degree, and products of two where the draws suffice for them.
    """

    weights: np.ndarray
    pairs: bool
    explained: float

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return values ``[n]`` at points ``[n, k]`` between 0 and 1."""
        return np.asarray(_terms(points, self.pairs) @ self.weights)


def _terms(points: np.ndarray, pairs: bool) -> np.ndarray:
    x = 2.0 * points - 1.0
    columns = [np.ones((len(x), 1)), x, 1.5 * x**2 - 0.5, 2.5 * x**3 - 1.5 * x]
    if pairs:
        one, two = np.triu_indices(x.shape[1], 1)
        columns.append(x[:, one] * x[:, two])
    return np.concatenate(columns, axis=1)


def surrogate(points: np.ndarray, values: np.ndarray) -> Surrogate:
    """Fit a surrogate to draws.

    What it explains is measured on a fifth of the draws at a time, left out of the fit. ``points``: Points ``[draw,
    k]`` between 0 and 1. ``values``: Result ``[draw]`` without gaps. Returns the surrogate.
    """
    best = Surrogate(np.zeros(1), False, -np.inf)
    for pairs in (False, True):
        terms = _terms(points, pairs)
        if terms.shape[1] * 1.5 > len(values) and pairs:
            continue
        missed = np.empty(len(values))
        for fold in range(FOLDS):
            out = np.arange(len(values)) % FOLDS == fold
            missed[out] = values[out] - terms[out] @ _fitted(terms[~out], values[~out])
        explained = 1.0 - float((missed**2).sum() / ((values - values.mean()) ** 2).sum())
        if explained > best.explained:
            best = Surrogate(_fitted(terms, values), pairs, explained)
    return best


def _fitted(terms: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.asarray(np.linalg.lstsq(terms, values, rcond=1e-8)[0])


@dataclass(frozen=True)
class VarianceShares:
    """Shares of the variance by input.

    They are alone (first order) and with all that the input does together with others (total). ``low`` and ``high`` are
    ends of bootstrap intervals of 95 %. ``explained``: what the surrogate explains; 1 where the model itself was used.
    """

    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray
    explained: float

    @property
    def trusted(self) -> bool:
        """Whether the surrogate explains enough to be believed."""
        return self.explained >= TRUSTED


def variance_shares(
    model: Model, inputs: int, size: int = 4096, seed: int = 1, explained: float = 1.0
) -> VarianceShares:
    """Return the Sobol indices of a model.

    Its inputs are uniform between 0 and 1; the indices have bootstrap intervals. Source: Saltelli et al. 2010, table 2,
    (b) and (f). ``model``: Function of points. ``inputs``: Number of inputs. ``size``: Points (a power of two): the
    model is called for size x (inputs + 2) points. ``seed``: The same seed gives the same points. ``explained``: What a
    surrogate explains of the variance. Returns shares of the variance.
    """
    def asked(points: np.ndarray) -> np.ndarray:
        return np.asarray(model(points.T[:, :inputs]))[None, :]

    random = np.random.default_rng(np.random.SeedSequence(seed))
    several = max(inputs, 2)  # scipy cannot share out the variance of one input: a second that does nothing is added
    told: list[np.ndarray] = []

    def indices(f_A: np.ndarray, f_B: np.ndarray, f_AB: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        told[:] = [f_A[0], f_B[0], f_AB[:, 0]]
        first, total = _sobol(*told)
        return first[:, None], total[:, None]

    def again(rows: np.ndarray, axis: int) -> np.ndarray:
        return np.stack(_sobol(*(values[..., rows] for values in told)))

    found = sobol_indices(func=asked, n=size, dists=[uniform()] * several, method=indices, rng=random)
    around = bootstrap((np.arange(size),), again, vectorized=True, batch=16, n_resamples=RESAMPLES,
                       method="percentile", rng=random).confidence_interval
    first, total, low, high = (
        np.asarray(values)[..., :inputs] for values in (found.first_order, found.total_order, around.low, around.high)
    )
    return VarianceShares(first, low[0], high[0], total=total, total_low=low[1], total_high=high[1],
                          explained=explained)


def _sobol(one: np.ndarray, two: np.ndarray, mixed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return first-order and total indices ``[input, ...]``.

    They are of centred answers; Saltelli et al. 2010, table 2, (b) and (f). ``one`` and ``two`` ``[..., point]`` are
    answers at points A and B, and ``mixed`` ``[input, ..., point]`` at A with one of B. Where answers do not vary the
    indices are zero.
    """
    variance = np.concatenate([one, two], axis=-1).var(axis=-1)
    per = np.divide(1.0, variance, out=np.zeros_like(variance), where=variance > 0.0)
    return (two * (mixed - one)).mean(axis=-1) * per, 0.5 * ((one - mixed) ** 2).mean(axis=-1) * per


@dataclass(frozen=True)
class InputShare:
    """An input with its correlation and shares of the variance."""

    column: int
    correlation: float
    first: float
    total: float
    low: float
    high: float


@dataclass(frozen=True)
class Drivers:
    """What moves a result, strongest first.

    It has what the surrogate explains (``explained``), and the assumed share of the variance.
    """

    found: tuple[InputShare, ...]
    explained: float
    assumed: float

    @property
    def trusted(self) -> bool:
        """Whether shares of the variance may be shown."""
        return self.explained >= TRUSTED


def drivers(
    points: np.ndarray, values: np.ndarray, assumed: Sequence[bool], most: int = MOST, seed: int = 1
) -> Drivers:
    """Return which inputs move a result.

    It uses the draws alone: screening, a surrogate, and its Sobol indices. Source: ``docs/ensembles.md``. ``points``:
    Points ``[draw, column]`` between 0 and 1. ``values``: Result ``[draw]``. ``assumed``: Whether an input has no
    source, by column. ``most``: The most inputs. ``seed``: The same seed gives the same points. Returns the inputs,
    strongest first.
    """
    real = ~np.isnan(values)
    picked = screened(points, values, most)
    if not picked:
        return Drivers((), float("nan"), float("nan"))
    columns = [one.column for one in picked]
    fitted = surrogate(points[real][:, columns], values[real])
    shares = variance_shares(fitted, len(columns), seed=seed, explained=fitted.explained)
    found = sorted(
        (InputShare(one.column, one.correlation, float(shares.first[k]), total=float(shares.total[k]),
                    low=float(shares.total_low[k]),
                    high=float(shares.total_high[k])) for k, one in enumerate(picked)),
        key=lambda driver: -driver.total,
    )
    marks = np.array([assumed[column] for column in columns])
    return Drivers(tuple(found), fitted.explained, group_share(fitted, marks, seed))


def group_share(model: Model, members: np.ndarray, seed: int = 1, size: int = 4096) -> float:
    """Return the share of the variance that some inputs bring.

    It is of a model; the inputs ``[k]`` count as one, by the total index of all of them.
    """
    if not members.any():
        return 0.0
    random = np.random.default_rng(np.random.SeedSequence(seed))
    one, two = random.random((size, len(members))), random.random((size, len(members)))
    values = model(one)
    gap = values - model(np.where(members, two, one))
    return float(np.clip(0.5 * (gap**2).mean() / max(float(values.var()), 1e-300), 0.0, 1.0))


@dataclass(frozen=True)
class Swing:
    """A result with one input at its ends, the others as planned."""

    column: int
    low: float
    high: float


def tornado(
    model: Model, centre: np.ndarray, columns: Sequence[int], ends: tuple[float, float] = (0.05, 0.95)
) -> list[Swing]:
    """Move one input at a time to its ends.

    ``model``: Function of points between 0 and 1. ``centre``: The point that stands for the case itself, ``[k]``.
    ``columns``: Inputs to move. ``ends``: Shares of their distributions. Returns swings, the widest first.
    """
    points = np.repeat(np.asarray(centre, float)[None, :], 2 * len(columns), axis=0)
    for row, column in enumerate(columns):
        points[2 * row, column], points[2 * row + 1, column] = ends
    values = np.asarray(model(points)) if len(columns) else np.empty(0)
    found = [Swing(column, float(values[2 * k]), float(values[2 * k + 1])) for k, column in enumerate(columns)]
    return sorted(found, key=lambda swing: -abs(np.nan_to_num(swing.high - swing.low)))


@dataclass(frozen=True)
class EvidenceShares:
    """Indicator I-32: what rests on assumptions.

    It has shares of inputs, and of the variance of each result.
    """

    inputs: int
    assumed: int
    variance: Mapping[str, float]

    @property
    def share(self) -> float:
        """Share of inputs without a source."""
        return self.assumed / self.inputs


def evidence(qualities: Mapping[str, str], variance: Mapping[str, float]) -> EvidenceShares:
    """Return the evidence index.

    ``qualities``: Quality of each input. ``variance``: Assumed share of the variance by result. Returns the index.
    """
    assumed = sum(quality == "assumption" for quality in qualities.values())
    return EvidenceShares(len(qualities), assumed, dict(variance))
