"""Fits of shipped cases: scipy's least squares over the doors for scripts (read_case, propose, resolve, run).

A fit sets inputs of the baseline, from given days on, in some countries or groups. It minimises the squared logarithms
of ours over published. It says the values, the totals that it used and what is left over, and writes no file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import least_squares

import mixedmig_model as mm
from mixedmig_model.results.published import compare


@dataclass(frozen=True)
class Level:
    """An input that is fitted: the day from which it acts, the first guess, where, and the ends of the search.

    It acts to ``until``, or else to the next level of the same input. Without days it acts throughout.
    """

    parameter: str
    start: str
    guess: float
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    low: float = 1e-9
    high: float = 1e9
    until: str = ""

    def change(self, value: float, until: str) -> str:
        """Return the level as a change of a scenario file, to a day."""
        parts = [f"parameter: {self.parameter}", f"set: {value!r}"]
        parts += [f"{key}: {day}" for key, day in (("start", self.start), ("until", until)) if day]
        parts += [f"{key}: [{', '.join(names)}]" for key, names in (
            ("countries", self.countries), ("groups", self.groups)) if names]
        return f"  - {{{', '.join(parts)}, reason: 'Fitted.'}}"

    def __str__(self) -> str:
        where, until = ", ".join((*self.countries, *self.groups)), f" to {self.until}" if self.until else ""
        return f"{self.parameter}{f' in {where}' if where else ''} from {self.start or 'the first day'}{until}"


@dataclass(frozen=True)
class Fit:
    """What a fit found: values of the levels, what is left over, and the totals that were used, with ours."""

    values: np.ndarray
    fun: np.ndarray  # logarithms of ours over published
    nfev: int
    totals: tuple = field(default=())


def with_levels(case: mm.CaseInputs, levels: Sequence[Level], values: Sequence[float]) -> mm.RunInputs:
    """Return the baseline of a case with levels of inputs set."""
    lines = []
    for level, value in zip(levels, values, strict=True):
        own = (level.parameter, level.countries, level.groups)
        later = (one.start for one in levels if (one.parameter, one.countries, one.groups) == own)
        until = level.until or min((day for day in later if day > level.start), default="")
        lines.append(level.change(float(value), until))
    head = ("schema: 1", f"case: {case.name}", "title: Fitted", "description: Levels that are tried.", "changes:")
    text = "\n".join([*head, *lines])
    return mm.resolve(mm.propose(case, text, "fitted"), "fitted")


def fitted_figures(case: mm.CaseInputs, levels: Sequence[Level]) -> tuple:
    """Return the figures of a case that were fitted by one of the inputs."""
    names = {level.parameter for level in levels}
    return tuple(seen for seen in case.observations if seen.kind == "fitted" and names & set(seen.fits))


def fit(
    case: mm.CaseInputs, levels: Sequence[Level], *, used: Callable | None = None, miss: Callable | None = None,
    step: float = 1e-3, accuracy: float = 1e-7,
) -> Fit:
    """Fit levels to the figures of a case.

    ``used`` says which figures are used; without it they are those that name one of the inputs. ``miss`` turns a run
    into residuals instead. ``step`` is that of the differences, a share of a level. Levels with days on which a service
    or a place runs short need larger steps.
    """
    figures = tuple(filter(used, case.observations)) if used else fitted_figures(case, levels)

    def totals(ds) -> tuple:
        return tuple(compare(ds, figures))

    def residuals(ratios: np.ndarray) -> np.ndarray:
        ds = mm.run(with_levels(case, levels, guess * np.exp(ratios - 1.0)))
        return miss(ds) if miss else np.log([max(one.ours, 1.0) / one.observation.value for one in totals(ds)])

    guess, low, high = (np.array([getattr(level, end) for level in levels]) for end in ("guess", "low", "high"))
    found = least_squares(
        residuals, np.ones(len(levels)), method="trf", bounds=(1.0 + np.log(low / guess), 1.0 + np.log(high / guess)),
        diff_step=step, xtol=accuracy, ftol=accuracy)
    values = guess * np.exp(found.x - 1.0)
    return Fit(values, found.fun, found.nfev, () if miss else totals(mm.run(with_levels(case, levels, values))))


def report(levels: Sequence[Level], found: Fit) -> str:
    """Return the fitted levels, the totals that were used, and how far the worst figure is missed, a line each."""
    lines = [f"{level}: {value:.4g}" for level, value in zip(levels, found.values, strict=True)]
    for total in found.totals:
        seen = total.observation
        when = f"{seen.start}" if seen.level else f"{seen.start} to {seen.end}"
        lines.append(f"  {seen.quantity}, {seen.country}, {seen.group}, {when}: {seen.value:,.0f}, "
                     f"ours {total.ours:,.0f} ({total.ours / seen.value - 1.0:+.1%})")
    return "\n".join([*lines, f"runs {found.nfev}, worst figure missed by {np.abs(found.fun).max():.2%}"])
