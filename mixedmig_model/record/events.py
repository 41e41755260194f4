"""Days on which inputs change, for the axes of figures: those of the case, and those of each scenario."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.record.schema.options import EventRow

Found = tuple[date, bool, str]
"""A day, whether something ends on it, and what."""


def event_rows(inputs: CaseInputs, names: Sequence[str]) -> tuple[EventRow, ...]:
    """Return the days within the run on which inputs of the case or of the scenarios change, in order of time."""
    case, rows = inputs.case, []
    for scenario, found in (("", _of_case(inputs)), *((name, _of_scenario(inputs, name)) for name in names)):
        within = sorted({one for one in found if case.start < one[0] < case.end})
        for day, ends in dict.fromkeys((day, ends) for day, ends, _ in within):
            titles = tuple(dict.fromkeys(title for one, end, title in within if (one, end) == (day, ends)))
            rows.append(EventRow(day=day.isoformat(), scenario=scenario, titles=titles, ends=ends))
    return tuple(rows)


def _of_case(inputs: CaseInputs) -> list[Found]:
    """Days on which an input that the case sets has a new value."""
    titles = inputs.workspace.parameters
    return [(day, False, titles[name].title) for name, local in inputs.case.parameters.items()
            for part in (local.dated, local.by_country, local.by_need, local.by_group) for day in _dates(part)]


def _dates(value: Any) -> Iterator[date]:
    """Dates that are keys of a value, at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, date):
                yield key
            else:
                yield from _dates(inner)


def _of_scenario(inputs: CaseInputs, name: str) -> list[Found]:
    """Days on which levers and other changes of a scenario begin and end."""
    base, scenario = inputs.workspace.parameters, inputs.scenario(name)
    spans = [(one.start, one.until, one.record.title) for one in inputs.acting(name) if one.when is None]
    spans += [(one.start, one.until, base[one.parameter].title) for one in scenario.changes]
    found: list[Found] = []
    for start, until, title in spans:
        found += [(start, False, title)] if start else []
        found += [(until, True, title)] if until else []
    return found
