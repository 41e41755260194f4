"""Changes of a scenario in words, and the days of changes.

Each stands next to the value of the baseline that it replaces.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.levels import acting_labels, labels_of
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record.schema.options import ChangeRow, EventRow
from mixedmig_model.record.words import spoken
from mixedmig_model.record.words.levels import Span, levels_text
from mixedmig_model.vocabulary.numbers import counted, day_text, given

Dated = tuple[date, bool, str]
"""A day, whether something ends on it, and what."""


def change_row(inputs: CaseInputs, run: RunInputs, change: Change) -> ChangeRow:
    """Return one change of a scenario in words.

    It has all levels of the baseline ``run`` that it replaces, over its dates.
    """
    base = inputs.workspace.parameters[change.parameter]
    start = change.start or inputs.case.start
    axis = CATALOGUE[change.parameter].axis
    names, titles = labels_of(inputs, axis), _titles(inputs, axis)
    acting = zip(names, acting_labels(inputs, change.parameter), strict=True)
    chosen = change.countries or change.groups or tuple(name for name, acts in acting if acts)
    return ChangeRow(
        parameter=change.parameter,
        title=base.title,
        unit=base.unit,
        before=_before(inputs, run, change, chosen, titles),
        operation=_operation(change),
        where=", ".join(titles[name] for name in chosen) if len(chosen) < len(names) else "everywhere",
        when=_when(change, start),
        reason=change.reason,
    )


def _before(
    inputs: CaseInputs, run: RunInputs, change: Change, chosen: Collection[str], titles: Mapping[str, str]
) -> str:
    """Return the levels that a change replaces.

    They are all levels of the chosen countries or groups over its dates, in the unit of the base file.
    """
    base, need = inputs.workspace.parameters[change.parameter], CATALOGUE[change.parameter]
    first, until = (((day or edge) - inputs.case.start).days for day, edge in (
        (change.start, inputs.case.start), (change.until, inputs.case.end)))
    span = Span(max(first, 0), min(until, inputs.days))
    return levels_text(
        run.parameters[change.parameter], conversion_factor(base.unit, need.unit), span, inputs.case.start,
        labels=labels_of(inputs, need.axis), chosen=chosen, titles=titles,
    )


def _operation(change: Change) -> str:
    operation = next(op for op in ("set", "scale", "add") if getattr(change, op) is not None)
    size = given(getattr(change, operation))
    return {"set": spoken.SET_TO, "scale": spoken.MULTIPLIED, "add": spoken.PLUS}[operation].format(size=size)


def _titles(inputs: CaseInputs, axis: str) -> Mapping[str, str]:
    """Return titles of the labels of an axis by name."""
    titles = {
        "country": {name: country.title for name, country in inputs.case.countries.items()},
        "group": {name: group.title for name, group in inputs.groups.items()}, "region": {"region": "everywhere"},
    }
    return titles[axis]


def _when(change: Change, start: date) -> str:
    when = dates_words(start, change.until)
    return spoken.PHASED.format(when=when, days=counted(change.ramp_days, "day")) if change.ramp_days else when


def dates_words(start: date, until: date | None) -> str:
    """Return from when, and until when if there is an end."""
    if until is None:
        return spoken.FROM.format(start=day_text(start))
    return spoken.FROM_UNTIL.format(start=day_text(start), until=day_text(until))


def event_rows(inputs: CaseInputs, names: Sequence[str]) -> tuple[EventRow, ...]:
    """Return the days within the run on which inputs change.

    They are inputs of the case or of the scenarios, in order of time.
    """
    case, rows = inputs.case, []
    for scenario, found in (("", _of_case(inputs)), *((name, _of_scenario(inputs, name)) for name in names)):
        within = sorted({one for one in found if case.start < one[0] < case.end})
        for day, ends in dict.fromkeys((day, ends) for day, ends, _ in within):
            titles = tuple(dict.fromkeys(title for one, end, title in within if (one, end) == (day, ends)))
            rows.append(EventRow(day=day.isoformat(), scenario=scenario, titles=titles, ends=ends))
    return tuple(rows)


def _of_case(inputs: CaseInputs) -> list[Dated]:
    """Return days on which an input that the case sets has a new value."""
    titles = inputs.workspace.parameters
    return [(day, False, titles[name].title) for name, local in inputs.case.parameters.items()
            for part in (local.dated, local.by_country, local.by_need, local.by_group) for day in _dates(part)]


def _dates(value: Any) -> Iterator[date]:
    """Yield dates that are keys of a value, at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, date):
                yield key
            else:
                yield from _dates(inner)


def _of_scenario(inputs: CaseInputs, name: str) -> list[Dated]:
    """Return days on which levers and other changes of a scenario begin and end."""
    base, scenario = inputs.workspace.parameters, inputs.scenario(name)
    spans = [(one.start, one.until, one.record.title) for one in inputs.acting(name) if one.when is None]
    spans += [(one.start, one.until, base[one.parameter].title) for one in scenario.changes]
    found: list[Dated] = []
    for start, until, title in spans:
        found += [(start, False, title)] if start else []
        found += [(until, True, title)] if until else []
    return found
