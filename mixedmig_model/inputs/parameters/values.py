"""Checks that the equations can read a parameter's value.

They concern source, axis, labels, unit, range and numbers.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from mixedmig_model.inputs.parameters.catalogue import ALMOST, ASSUMPTION, Need, allowed_by
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, listed, nearest
from mixedmig_model.inputs.reading.numerals import TWO_WAYS, both_ways
from mixedmig_model.inputs.reading.units import conversion_factor, nearest_unit
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import LocalValue, Parameter, Source, Valued

AXES = {"by_country": "country", "by_need": "group", "by_group": "group"}
COUNTED = {"person", "persons", "people", "case", "cases", "officer", "officers", "panel", "panels", "place", "places",
           "desk", "desks"}
"""Units of what is counted, often in thousands."""
UNCITED = "an effect of policy on departures needs a source"
CITED = "zero, or a value with a source in sources.yaml that is not an assumption"
WHOLE_RUN = "the input holds for the whole run"
NOT_WHOLE = "the limit of detention is not a whole number of days"
FORMS = {"country": "value, dated or by_country", "group": "value, dated, by_need or by_group"}


def numbers(valued: Valued) -> list[tuple[Keys, float]]:
    """Return every number of a value, with its path.

    Paths are below the record.
    """
    paths: list[tuple[Keys, float]] = []
    if valued.value is not None:
        paths.append((("value",), valued.value))
    for key in ("dated", "by_country", "by_need", "by_group"):
        for item, entry in (getattr(valued, key) or {}).items():
            if isinstance(entry, dict):
                paths += [((key, str(item), str(day)), number) for day, number in entry.items()]
            else:
                paths.append(((key, str(item)), entry))
    return paths


@lru_cache(maxsize=256)
def is_counted(unit: str) -> bool:
    """Return whether a unit counts what comes in thousands.

    These are people, cases, staff and places.
    """
    return bool(COUNTED & set(re.findall("[a-z0-9_]+", unit.split("/")[0].lower())))


def two_ways(document: Document, keys: Keys, valued: Valued, unit: str) -> list[Caution]:
    """Return cautions of numbers that can be read in two ways.

    Such numbers are of people, staff or places; 1.800 is one.
    """
    if not is_counted(unit):
        return []
    return two_ways_at(document, (((*keys, *path), unit) for path, _ in numbers(valued)))


def two_ways_at(document: Document, places: Iterable[tuple[Keys, str]]) -> list[Caution]:
    """Return cautions of numbers that can be read in two ways.

    Parameters
    ----------
    document : Document
        The file.
    places : Iterable[tuple[Keys, str]]
        Paths of the numbers in the file, each with its unit.

    Returns
    -------
    list[Caution]
        The cautions.
    """
    cautions = []
    for keys, unit in places:
        text = document.two_ways.get(document.in_file(keys), "")
        if text:
            cautions.append(Caution(*document.location(keys), TWO_WAYS, f"{text} {unit}", both_ways(text)))
    return cautions


def later_dates(valued: Valued) -> list[Keys]:
    """Return paths of the later dates of a value.

    The first date of each entry is left out.
    """
    dates: list[Keys] = []
    tables: list[tuple[Keys, dict[date, float]]] = [(("dated",), valued.dated)] if valued.dated else []
    for key in ("by_country", "by_need", "by_group"):
        tables += [((key, str(label)), entry) for label, entry in (getattr(valued, key) or {}).items()
                   if isinstance(entry, dict)]
    for keys, table in tables:
        dates += [(*keys, str(day)) for day in sorted(table)[1:]]
    return dates


def is_whole(number: float) -> bool:
    """Return whether a number is whole, to rounding of its unit."""
    return abs(number - round(number)) < 1e-9 * max(abs(number), 1.0)


def value_faults(
    document: Document, keys: Keys, valued: Valued, base: Parameter, need: Need, sources: Mapping[str, Source]
) -> list[Fault]:
    """Return faults of a value against what the equations need.

    They concern a parameter's source, axis, unit, range and numbers. Without any ``sources`` (their file could not be
    read, which is a fault of its own) the source is not looked up.
    """
    faults = []
    record: Parameter | LocalValue = valued if isinstance(valued, (Parameter, LocalValue)) else base
    if sources and record.source not in sources:
        near = nearest(record.source, sources)
        faults.append(document.fault((*keys, "source"), "unknown source", record.source, listed(sources), near))
    if need.rule == "cited" and record.source == ASSUMPTION and any(number for _, number in numbers(record)):
        faults.append(document.fault((*keys, "source"), UNCITED, record.source, CITED))
    if need.rule == "constant":
        faults += [
            document.fault((*keys, *path[:-1]), WHOLE_RUN, path[-1], "a value without dates")
            for path in later_dates(valued)
        ]
    for key, axis in AXES.items():
        if getattr(valued, key) is not None and axis != need.axis:
            text = f"the parameter does not differ by {axis}"
            faults.append(document.fault((*keys, key), text, allowed=FORMS.get(need.axis, "value or dated")))
    unit = record.unit or base.unit
    try:
        factor, base_factor = conversion_factor(unit, need.unit), conversion_factor(base.unit, need.unit)
    except ValueError as error:
        near = nearest_unit(unit, need.unit)
        allowed = f"a unit that converts to {need.unit}"
        return [*faults, document.fault((*keys, "unit"), str(error), unit, allowed, near)]
    span = record.range or (base.range[0] * base_factor / factor, base.range[1] * base_factor / factor)
    return [*faults, *_number_faults(document, keys, record, need=need, unit=unit, factor=factor, span=span)]


def _number_faults(
    document: Document, keys: Keys, record: Parameter | LocalValue, *, need: Need, unit: str, factor: float,
    span: tuple[float, float],
) -> list[Fault]:
    """Return faults of numbers out of bounds or out of range.

    The bounds are what the equations allow; the ends of the range must lie in them too. ``unit`` is that of the record,
    ``factor`` leads from it to the base unit, and ``span`` is the range in the record's unit.
    """
    faults = []
    allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"

    def readable(number: float) -> bool:
        return allowed_by(need, number * factor)

    for index, end in enumerate(record.range or ()):
        if not readable(end):
            text = "the range leaves what the equations allow"
            faults.append(document.fault((*keys, "range", index), text, end, allowed))
    for path, number in numbers(record):
        if not readable(number):
            faults.append(document.fault((*keys, *path), "outside what the equations allow", number, allowed))
        elif need.rule == "whole" and not is_whole(number * factor):
            faults.append(document.fault((*keys, *path), NOT_WHOLE, number, "whole days"))
        elif not span[0] - ALMOST * abs(span[0]) <= number <= span[1] + ALMOST * abs(span[1]):
            text = f"{span[0]:g} to {span[1]:g} {unit}"
            faults.append(document.fault((*keys, *path), "outside the parameter's own range", number, text))
    return faults


def label_faults(
    document: Document, keys: Keys, valued: Valued, axis: str, expected: Mapping[str, Iterable[str]]
) -> list[Fault]:
    """Return unknown and missing labels of a value.

    They are labels of ``by_country``, ``by_need`` and ``by_group``, where these lie on the right axis.
    """
    faults = []
    for key, labels in expected.items():
        given, names = getattr(valued, key), list(labels)
        if given is None or AXES[key] != axis:
            continue
        meant = set()
        for name in given:
            if name not in names:
                near = nearest(name, names)
                meant.add(near)
                kind = f"unknown {key.removeprefix('by_')}"
                faults.append(document.fault((*keys, key, name), kind, name, listed(names), near))
        missing = [name for name in names if name not in given and name not in meant]
        if missing:
            faults.append(document.fault((*keys, key), f"no value for {listed(missing)}", allowed=_all_of(names)))
    return faults


def _all_of(names: Iterable[str]) -> str:
    """Return the wish for a value for every name."""
    return f"a value for each of {listed(names)}"


def inherited_faults(
    document: Document, name: str, base: Parameter, expected: Mapping[str, Iterable[str]]
) -> list[Fault]:
    """Return faults of base values that lack a label of the case.

    The case does not replace the value, so it must give values.
    """
    for key, labels in expected.items():
        given = getattr(base, key)
        missing = [label for label in labels if given is not None and label not in given]
        if missing:
            text = f"the base value, which the case does not replace, has no value for {listed(missing)}"
            return [document.fault(("parameters", name), text, allowed=f"values of the case's own, {_all_of(labels)}")]
    return []
