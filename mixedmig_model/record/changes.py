"""Changes of a scenario in words, next to the values of the baseline that they replace."""

from collections.abc import Collection
from datetime import date
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.levels import labels_of
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Change
from mixedmig_model.vocabulary.numbers import day_text, number


def change_row(inputs: CaseInputs, run: RunInputs, change: Change) -> dict[str, Any]:
    """One change of a scenario in words, with the values of the baseline ``run`` that it replaces."""
    base = inputs.workspace.parameters[change.parameter]
    start = change.start or inputs.case.start
    names = labels_of(inputs, CATALOGUE[change.parameter].axis)
    chosen = change.countries or change.groups or names
    return {
        "parameter": change.parameter,
        "title": base.title,
        "unit": base.unit,
        "before": _before(inputs, run, change.parameter, start=start, chosen=chosen),
        "operation": _operation(change),
        "where": _where(inputs, chosen) if len(chosen) < len(names) else "everywhere",
        "when": _when(change, start),
        "reason": change.reason,
    }


def _before(inputs: CaseInputs, run: RunInputs, name: str, *, start: date, chosen: Collection[str]) -> str:
    """The values of the chosen countries or groups on the day of a change, in the unit of the base file."""
    base, need = inputs.workspace.parameters[name], CATALOGUE[name]
    factor = conversion_factor(base.unit, need.unit)
    values = run.parameters[name].at((start - inputs.case.start).days) / factor
    labels = labels_of(inputs, need.axis)
    given = [float(value) for label, value in zip(labels, values, strict=True) if label in chosen]
    least, most = min(given), max(given)
    return number(least) if least == most else f"{number(least)} to {number(most)}"


def _operation(change: Change) -> str:
    operation = next(op for op in ("set", "scale", "add") if getattr(change, op) is not None)
    size = number(getattr(change, operation))
    return {"set": f"set to {size}", "scale": f"multiplied by {size}", "add": f"plus {size}"}[operation]


def _where(inputs: CaseInputs, chosen: Collection[str]) -> str:
    titles = {name: country.title for name, country in inputs.case.countries.items()}
    return ", ".join(titles.get(name, name) for name in chosen)


def _when(change: Change, start: date) -> str:
    until = f" until {day_text(change.until)}" if change.until else ""
    ramp = f", phased in over {change.ramp_days} days" if change.ramp_days else ""
    return f"from {day_text(start)}{until}{ramp}"
