"""Fits of shipped cases: scipy's least squares over the doors for scripts (read_case, propose, resolve, run).

A fit changes levels of inputs from given days on. It meets the figures that the case marks as fitted and that name one
of its inputs. Levels are fitted as logarithms, so that none falls below zero.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, least_squares

import mixedmig_model as mm
from mixedmig_model.results.published import compare


@dataclass(frozen=True)
class Level:
    """A level of an input that is fitted: from ``start`` on, until the next level of the same input."""

    parameter: str
    start: str
    guess: float
    countries: tuple[str, ...] = ()

    def change(self, value: float, until: str | None) -> str:
        """Return the level as a change of a scenario file, to the day on which the next level of the input starts."""
        where = f", countries: [{', '.join(self.countries)}]" if self.countries else ""
        end = f", until: {until}" if until else ""
        return (f"  - {{parameter: {self.parameter}, set: {value!r}, start: {self.start}{end}{where}, "
                f"reason: 'Fitted from {self.start} on.'}}")


def with_levels(case: mm.CaseInputs, levels: Sequence[Level], values: Sequence[float]) -> mm.RunInputs:
    """Return the baseline of a case with levels of inputs set."""
    lines = []
    for level, value in zip(levels, values, strict=True):
        later = (one.start for one in levels if (one.parameter, one.countries) == (level.parameter, level.countries))
        lines.append(level.change(float(value), min((day for day in later if day > level.start), default=None)))
    head = ("schema: 1", f"case: {case.name}", "title: Fitted", "description: Levels that are tried.", "changes:")
    text = "\n".join([*head, *lines])
    return mm.resolve(mm.propose(case, text, "fitted"), "fitted")


def fitted_figures(case: mm.CaseInputs, levels: Sequence[Level]) -> tuple:
    """Return the figures of a case that were fitted by one of the inputs."""
    names = {level.parameter for level in levels}
    return tuple(seen for seen in case.observations if seen.kind == "fitted" and names & set(seen.fits))


def fit(case: mm.CaseInputs, levels: Sequence[Level], *, miss: Callable | None = None) -> OptimizeResult:
    """Fit levels to the figures of a case.

    ``miss`` turns a run into residuals. Without one they are the logarithms of ours over published.
    """
    figures = fitted_figures(case, levels)

    def by_figure(ds):
        return np.array([np.log(one.ours / one.observation.value) for one in compare(ds, figures)])

    def residuals(logs: np.ndarray) -> np.ndarray:
        return (miss or by_figure)(mm.run(with_levels(case, levels, np.exp(logs))))

    start = np.log([level.guess for level in levels])
    return least_squares(residuals, start, method="trf", diff_step=1e-3, xtol=1e-7, ftol=1e-7)


def report(levels: Sequence[Level], found: OptimizeResult) -> str:
    """Return the fitted levels, one a line, and how far the worst figure is missed."""
    values = zip(levels, np.exp(found.x), strict=True)
    lines = [f"{level.parameter} from {level.start}: {value:.4g}" for level, value in values]
    return "\n".join([*lines, f"runs {found.nfev}, worst figure missed by {np.abs(found.fun).max():.2%}"])
