"""Inputs in words.

They are values, a row for every parameter, and the people who depart and who are there at the opening.
"""

from collections.abc import Mapping
from datetime import date

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.parts import InputPart, part_title, parts_of
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, passed_over
from mixedmig_model.inputs.parameters.routes import base_entry
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.run_inputs import PER_CASE
from mixedmig_model.inputs.schema import Valued
from mixedmig_model.record.schema.inputs import DepartureRow, InputRow, LandingRow, OpeningRow
from mixedmig_model.record.schema.report import Report
from mixedmig_model.record.words.pages.observed import fitted_words, waited_words
from mixedmig_model.vocabulary.numbers import day_text, number


def value_text(inputs: CaseInputs, valued: Valued) -> str:
    """Return a parameter's value in words.

    It is a number, or numbers by label or date.
    """
    titles = {name: country.title for name, country in inputs.case.countries.items()}
    titles |= {name: group.title for name, group in inputs.groups.items()}
    return value_words(valued, titles)


def value_words(valued: Valued, titles: Mapping[str, str]) -> str:
    """Return a value in words, its labels by their titles."""
    if valued.value is not None:
        return number(valued.value)
    if valued.dated is not None:
        return _dated_words(valued.dated)
    table = valued.by_country or valued.by_need or valued.by_group or {}
    parts = []
    for name, entry in table.items():
        text = _dated_words(entry) if isinstance(entry, dict) else number(entry)
        parts.append(f"{titles.get(name, name)}: {text}")
    return "; ".join(parts)


def _dated_words(dated: Mapping[date, float]) -> str:
    dates = sorted(dated)
    first = number(dated[dates[0]])
    return ", ".join([first, *(f"{number(dated[day])} from {day_text(day)}" for day in dates[1:])])


def parameter_rows(inputs: CaseInputs) -> tuple[InputRow, ...]:
    """Return a row for every input.

    It has its value, unit, range, source and quality, and who set it.
    """
    rows: list[InputRow] = []
    for name in CATALOGUE:
        if passed_over(name, inputs.case.coming):
            continue
        rows += [_row(inputs, part) for part in parts_of(inputs, name)]
    return tuple(rows)


def _row(inputs: CaseInputs, part: InputPart) -> InputRow:
    """Return the row of an input, or of its part on one route."""
    base, local = part.parameter, inputs.case.parameters.get(part.name)
    used = local or base
    source = inputs.workspace.sources[used.source]
    factor = conversion_factor(base.unit, used.unit or base.unit)
    span = local.range if local and local.range else (base.range[0] * factor, base.range[1] * factor)
    return InputRow(
        name=part.name,
        title=part_title(inputs, part),
        value=value_text(inputs, used),
        unit=used.unit or base.unit,
        range=(span[0], span[1]),
        role=base.role,
        row=base.row,
        quality=used.quality,
        source=used.source,
        source_title=source.title,
        address=source.address,
        set_by="case" if local else "base",
        note=local.note if local else base.description,
        fitted_to=_fitted_to(inputs, part.name),
    )


def _fitted_to(inputs: CaseInputs, name: str) -> tuple[str, ...]:
    """Return the observations that an input was fitted to, in words."""
    countries = {key: country.title for key, country in inputs.case.countries.items()}
    groups = {key: group.title for key, group in inputs.groups.items()}
    return tuple(fitted_words(one, countries, groups) for one in inputs.observations if name in one.fits)


def departure_rows(inputs: CaseInputs) -> tuple[DepartureRow, ...]:
    """Return a row for every row of the table of departures.

    It has people, and those of them within the run.
    """
    run = inputs.case.start, inputs.case.end
    return tuple(
        DepartureRow(start=row.start.isoformat(), end=row.end.isoformat(), country=row.country,
                     persons=row.persons * each, inside=row.within(run) * each,
                     **_origin(inputs, row.source, row.quality, row.note))
        for row in inputs.departures for each in [_in_each(inputs, row.country, row.start)]
    )


def opening_rows(inputs: CaseInputs) -> tuple[OpeningRow, ...]:
    """Return a row for all people present at the opening.

    They are by stage, place and country.
    """
    return tuple(
        OpeningRow(stage=one.stage, place=one.place, country=one.country,
                   group=inputs.groups[one.group].title if one.group else "", waited=waited_words(one.waited or {}),
                   persons=one.persons * _in_each(inputs, one.country, inputs.case.start),
                   **_origin(inputs, one.source, one.quality, one.note))
        for one in inputs.case.opening
    )


def _in_each(inputs: CaseInputs, country: str, day: date) -> float:
    """Return the persons in what a row counts: one, or a case of several."""
    if inputs.case.counts == "persons":
        return 1.0
    entry = base_entry(inputs.case.parameters.get(PER_CASE) or inputs.workspace.parameters[PER_CASE], country)
    if not isinstance(entry, dict):
        return entry
    return entry[max((known for known in entry if known <= day), default=min(entry))]


def landing_rows(inputs: CaseInputs) -> tuple[LandingRow, ...]:
    """Return a row for every weight of a group in a country."""
    return tuple(
        LandingRow(group=inputs.groups[one.group].title, country=one.country, weight=one.weight,
                   **_origin(inputs, one.source, one.quality, one.note))
        for one in inputs.case.landing
    )


def origins_of(inputs: CaseInputs) -> dict[str, str]:
    """Return the origin of each group that has one, by title."""
    return {group.title: group.origin for group in inputs.groups.values() if group.origin}


def _origin(inputs: CaseInputs, source: str, quality: str, note: str) -> dict[str, str]:
    known = inputs.workspace.sources[source]
    return {"source": source, "source_title": known.title, "address": known.address, "quality": quality, "note": note}


def evidence_count(report: Report) -> tuple[int, int]:
    """Return how many inputs are assumptions, and how many exist.

    They are of a report. The people of a country who depart, are there at the opening, or rather land there, count once
    for each source and quality.
    """
    people: tuple[tuple[DepartureRow | OpeningRow | LandingRow, ...], ...] = (
        report.departures, report.opening, report.landing
    )
    series = {(part, row.country, row.source, row.quality): row.assumed
              for part, rows in enumerate(people) for row in rows}
    every = [*(row.assumed for row in report.parameters), *series.values()]
    return sum(every), len(every)
