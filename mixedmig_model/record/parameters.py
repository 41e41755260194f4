"""Inputs in words: values, and a row for every parameter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.schema import Valued
from mixedmig_model.vocabulary.numbers import day_text, number


def value_text(inputs: CaseInputs, valued: Valued) -> str:
    """A parameter's value in words: a number, or numbers by label or date."""
    titles = {name: country.title for name, country in inputs.case.countries.items()}
    titles |= {name: group.title for name, group in inputs.groups.items()}
    return value_words(valued, titles)


def value_words(valued: Valued, titles: Mapping[str, str]) -> str:
    """A value in words, its labels by their titles where they have one."""
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


def parameter_rows(inputs: CaseInputs) -> list[dict[str, Any]]:
    """A row for every input: its value, unit, range, source and quality, and who set it."""
    rows = []
    for name in CATALOGUE:
        base, local = inputs.workspace.parameters[name], inputs.case.parameters.get(name)
        used = local or base
        source = inputs.workspace.sources[used.source]
        factor = conversion_factor(base.unit, used.unit or base.unit)
        span = local.range if local and local.range else (base.range[0] * factor, base.range[1] * factor)
        rows.append(
            {
                "name": name,
                "title": base.title,
                "value": value_text(inputs, used),
                "unit": used.unit or base.unit,
                "range": [float(span[0]), float(span[1])],
                "role": base.role,
                "row": base.row,
                "quality": used.quality,
                "source": used.source,
                "source_title": source.title,
                "address": source.address,
                "set_by": "case" if local else "base",
                "note": local.note if local else base.description,
            }
        )
    return rows
