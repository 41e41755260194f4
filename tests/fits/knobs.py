"""Fit inputs of a case to published totals, through the names that the package offers to scripts.

A knob is one change of a scenario. The fit minimises the squared logarithms of model over published total. It says
the values, the window, the totals that it used and what is left over, and writes no file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import yaml
from scipy.optimize import least_squares

import mixedmig_model as mm
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.results.published import compare


@dataclass(frozen=True)
class Knob:
    """An input that is fitted: where it acts, the first guess, and the ends between which it is sought."""

    parameter: str
    guess: float
    low: float
    high: float
    start: str = ""
    until: str = ""
    countries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def change(self, value: float) -> dict[str, object]:
        """The change of a scenario that sets the input."""
        given = {"start": self.start and date.fromisoformat(self.start), "countries": list(self.countries),
                 "until": self.until and date.fromisoformat(self.until), "groups": list(self.groups)}
        return {"parameter": self.parameter, "set": round(float(value), 6), "reason": "fitted",
                **{key: one for key, one in given.items() if one}}

    def __str__(self) -> str:
        where = ", ".join((*self.countries, *self.groups))
        when = f"{self.start or 'the first day'} to {self.until or 'the last day'}"
        return f"{self.parameter} ({where or 'all'}; {when})"


def totals(case: mm.CaseInputs, ds: object, used: Sequence[Observation]) -> np.ndarray:
    """The model's numbers of published totals."""
    return np.array([one.ours for one in compare(ds, tuple(used))])


def fit(
    name: str, knobs: Sequence[Knob], used: Callable[[Observation], bool], window: str, accuracy: float = 3e-3
) -> str:
    """Fit a case, and return the values found, the totals used and what is left over, a line each.

    ``used`` says which of the case's totals are used.
    """
    case = mm.read_case(None, name)
    chosen = [one for one in case.observations if used(one)]
    published = np.array([one.value for one in chosen])
    guess, low, high = (np.array([getattr(knob, end) for knob in knobs]) for end in ("guess", "low", "high"))

    def modelled(ratios: np.ndarray) -> np.ndarray:
        changes = [knob.change(value) for knob, value in zip(knobs, guess * np.exp(ratios - 1.0), strict=True)]
        text = yaml.safe_dump({"schema": 1, "case": name, "title": "Fitted inputs", "description": "Tried by the fit.",
                               "changes": changes})
        return totals(case, mm.run(mm.resolve(mm.propose(case, text, "fitted"), "fitted")), chosen)

    found = least_squares(
        lambda ratios: np.log(np.maximum(modelled(ratios), 1.0) / published), np.ones(len(knobs)),
        bounds=(1.0 + np.log(low / guess), 1.0 + np.log(high / guess)), diff_step=0.05, xtol=accuracy, ftol=accuracy,
        gtol=1e-9,
    )
    values, ours = guess * np.exp(found.x - 1.0), modelled(found.x)
    lines = [f"{name}: {window}; {len(chosen)} totals, {len(knobs)} inputs, {found.nfev} steps"]
    lines += [f"  {knob}: {value:.4g}" for knob, value in zip(knobs, values, strict=True)]
    for one, number in zip(chosen, ours, strict=True):
        when = f"{one.start}" if one.level else f"{one.start} to {one.end}"
        lines.append(f"  {one.quantity}, {one.country}, {one.group}, {when}: {one.value:,.0f}, model {number:,.0f} "
                     f"({100.0 * (number / one.value - 1.0):+.1f} %)")
    return "\n".join(lines) + "\n"
