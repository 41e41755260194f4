"""The lever catalogue and presets, read and checked.

All faults of a workspace are noted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mixedmig_model.inputs.costs.book import CostBook, added_faults, price_cautions, price_faults
from mixedmig_model.inputs.entries import is_there
from mixedmig_model.inputs.levers.schema import Lever, LeverChange, LeverEffect, LeverFile, Preset, PresetFile
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, allowed_by
from mixedmig_model.inputs.parameters.values import WHOLE_RUN, is_counted, two_ways_at
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, Location, listed, nearest
from mixedmig_model.inputs.reading.fields import Record
from mixedmig_model.inputs.reading.repeats import Titles
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.unread import ALL, Unread, may_exist
from mixedmig_model.inputs.reading.validation import validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.schema import Parameter, Source
from mixedmig_model.vocabulary.labels import INDICATOR_KEYS

R = TypeVar("R", bound=Record)
UNKNOWN_PARAMETER = "unknown parameter"
NO_RAMP = "a number of whole days cannot be phased in"


@dataclass(frozen=True)
class Known:
    """What levers may name.

    These are parameters of the base files, sources, and the cost book.
    """

    parameters: Mapping[str, Parameter]
    sources: Mapping[str, Source]
    book: CostBook | None


@dataclass
class LeverCatalogue:
    """The levers and presets of a workspace, and their places."""

    levers: dict[str, Lever] = field(default_factory=dict)
    presets: dict[str, Preset] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    cautions: list[Caution] = field(default_factory=list)
    unread: Unread = frozenset()


def read_levers(
    files: Iterable[tuple[Path, str]], presets: tuple[Path, str], known: Known, faults: list[Fault]
) -> LeverCatalogue:
    """Read all levers of ``files`` and the presets of ``presets``.

    Each comes with its name for messages. Faults are added.
    """
    catalogue = LeverCatalogue()
    costs: dict[str, str] = {}
    titles = Titles("lever")
    for path, name in files:
        document, read = _sound(path, name, "lever", LeverFile, catalogue=catalogue, faults=faults)
        if read is None:
            continue
        for lever_name, lever in read.levers.items():
            keys: Keys = ("levers", lever_name)
            if lever_name in catalogue.locations:
                first = f"first in {catalogue.locations[lever_name].file}:{catalogue.locations[lever_name].line}"
                faults.append(document.fault(keys, "duplicate lever", first, "one file"))
            catalogue.levers[lever_name], catalogue.locations[lever_name] = lever, document.location(keys)
            faults.extend(_lever_faults(document, keys, lever, known))
            catalogue.cautions += _two_ways(document, keys, lever, known)
            faults.extend(titles.faults(document, keys, lever.title))
            faults.extend(_cost_faults(document, keys, lever, known, costs))
    if is_there(presets[0]):
        _read_presets(*presets, catalogue, faults)
    return catalogue


def _sound(
    path: Path, name: str, kind: str, model: type[R], catalogue: LeverCatalogue, faults: list[Fault]
) -> tuple[Document, R | None]:
    """Return what is sound of a file of levers or presets.

    What is not sound is noted.
    """
    try:
        rest = validate_rest(read_document(path, name), model)
    except InputFaultsError as error:
        faults.extend(error.faults)
        catalogue.unread |= {(kind, ALL)}
        return Document(name, {}, {}), None
    faults.extend(rest.faults)
    missing = rest.names(f"{kind}s") if rest.record else {ALL}
    catalogue.unread |= {(kind, one) for one in missing}
    return rest.document, rest.record


def _read_presets(path: Path, name: str, catalogue: LeverCatalogue, faults: list[Fault]) -> None:
    """Read the presets; each names existing levers, once each."""
    document, read = _sound(path, name, "preset", PresetFile, catalogue=catalogue, faults=faults)
    if read is None:
        return
    for preset_name, preset in read.presets.items():
        seen: set[str] = set()
        for index, one in enumerate(preset.levers):
            keys: Keys = ("presets", preset_name, "levers", index, "lever")
            if one.lever not in catalogue.levers and not may_exist(catalogue.unread, "lever", one.lever):
                near, allowed = nearest(one.lever, catalogue.levers), listed(catalogue.levers) or "none here"
                faults.append(document.fault(keys, "unknown lever", one.lever, allowed, near))
            if one.lever in seen:
                faults.append(document.fault(keys, "duplicate lever in the preset", one.lever, "once"))
            seen.add(one.lever)
    catalogue.presets.update(read.presets)


def _lever_faults(document: Document, keys: Keys, lever: Lever, known: Known) -> list[Fault]:
    """Return faults of a lever beyond its schema.

    These concern parameters, bounds, dates and sources.
    """
    faults = []
    dated = lever.start is not None or lever.until is not None
    entries: list[tuple[Keys, LeverChange | LeverEffect]] = [
        *((("changes", index), change) for index, change in enumerate(lever.changes)),
        *((("effects", index), effect) for index, effect in enumerate(lever.effects)),
    ]
    seen: set[str] = set()
    for path, entry in entries:
        here: Keys = (*keys, *path)
        faults += _entry_faults(document, here, entry, dated)
        if entry.parameter in seen:
            text = "duplicate parameter in the lever"
            faults.append(document.fault((*here, "parameter"), text, entry.parameter, "once"))
        seen.add(entry.parameter)
        if entry.parameter in known.parameters and entry.parameter in CATALOGUE:
            faults += _number_faults(document, here, entry.parameter, _numbers(entry), known)
    for index, side in enumerate(lever.side_effects):
        here = (*keys, "side_effects", index)
        if side.parameter is None or side.least is None:
            continue
        if side.parameter not in CATALOGUE:
            faults.append(_unknown(document, (*here, "parameter"), side.parameter))
        elif side.parameter in known.parameters:
            faults += _number_faults(document, here, side.parameter, [(("least",), side.least)], known)
    for name in lever.moves:
        if name not in INDICATOR_KEYS:
            faults.append(document.fault((*keys, "moves", name), "unknown indicator", name,
                                         listed(INDICATOR_KEYS), nearest(name, INDICATOR_KEYS)))
    source = lever.evidence.source
    if known.sources and source not in known.sources:
        near = nearest(source, known.sources)
        here = (*keys, "evidence", "source")
        faults.append(document.fault(here, "unknown source", source, listed(known.sources), near))
    return faults


def _two_ways(document: Document, keys: Keys, lever: Lever, known: Known) -> list[Caution]:
    """Return cautions of numbers of a lever that are ambiguous.

    They can be read in two ways, such as 1.800. Its prices are included.
    """
    units = {name: record.unit for name, record in known.parameters.items() if is_counted(record.unit)}
    parameters = [
        *((("changes", index), change.parameter) for index, change in enumerate(lever.changes)),
        *((("side_effects", index), side.parameter or "") for index, side in enumerate(lever.side_effects)),
    ]
    places: list[tuple[Keys, str]] = [
        ((*keys, *path, *last), units[name]) for path, name in parameters if name in units
        for last in (("set",), ("add",), ("least",), ("bounds", 0), ("bounds", 1))
    ]
    cautions = two_ways_at(document, places)
    for name, cost in lever.own_costs.items():
        cautions += price_cautions(document, (*keys, "own_costs", name, "price"), cost.price)
    return cautions


def _unknown(document: Document, keys: Keys, parameter: str) -> Fault:
    """Return the fault of a parameter that nothing reads."""
    near = nearest(parameter, CATALOGUE)
    return document.fault(keys, UNKNOWN_PARAMETER, parameter, "a name of parameters/base", near)


def _entry_faults(document: Document, keys: Keys, entry: LeverChange | LeverEffect, dated: bool) -> list[Fault]:
    """Return faults of one change or effect of a lever.

    These are an unknown parameter, dates of one that holds for the whole run, a ramp of whole days, and an effect that
    is assumed.
    """
    if entry.parameter not in CATALOGUE:
        return [_unknown(document, (*keys, "parameter"), entry.parameter)]
    faults = []
    rule = CATALOGUE[entry.parameter].rule
    if rule == "constant":
        for key in ("lead_days", "ramp_days"):
            if getattr(entry, key):
                faults.append(document.fault((*keys, key), WHOLE_RUN, getattr(entry, key), "a change without dates"))
        if dated:
            faults.append(document.fault(keys, WHOLE_RUN, entry.parameter, "a lever without start and until"))
    if rule == "whole" and entry.ramp_days:
        faults.append(document.fault((*keys, "ramp_days"), NO_RAMP, entry.ramp_days, "0"))
    who_departs = rule == "cited" or entry.parameter.startswith("arrivals.")
    if who_departs and isinstance(entry, LeverChange):
        text = "a lever cannot assume an effect on departures"
        faults.append(document.fault((*keys, "parameter"), text, entry.parameter, "under effects, with no value"))
    return faults


def _numbers(entry: LeverChange | LeverEffect) -> list[tuple[Keys, float]]:
    """Return the numbers of a change that must fit its parameter.

    They are a value set and ends of bounds, each with its place.
    """
    if isinstance(entry, LeverEffect):
        return [(("uncited",), entry.uncited)] if entry.uncited is not None else []
    ends: list[tuple[Keys, float]] = [(("set",), entry.set)] if entry.set is not None else []
    return [*ends, *((("bounds", index), end) for index, end in enumerate(entry.bounds or ()))]


def _number_faults(
    document: Document, keys: Keys, parameter: str, numbers: Iterable[tuple[Keys, float]], known: Known
) -> list[Fault]:
    """Return faults of numbers that the equations do not allow.

    Numbers are in the unit of the base file. A parameter that is faulty is skipped.
    """
    need, unit = CATALOGUE[parameter], known.parameters[parameter].unit
    try:
        factor = conversion_factor(unit, need.unit)
    except ValueError:
        return []
    allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"
    return [
        document.fault((*keys, *path), "outside what the equations allow", number, allowed)
        for path, number in numbers if not allowed_by(need, number * factor)
    ]


def _cost_faults(
    document: Document, keys: Keys, lever: Lever, known: Known, names: dict[str, str]
) -> list[Fault]:
    """Return faults of a lever's own costs.

    These are a name that is taken, sources, and currencies.
    """
    faults = []
    for name, cost in lever.own_costs.items():
        here: Keys = (*keys, "own_costs", name)
        faults += added_faults(document, here)
        if known.book is not None and name in known.book.items:
            faults.append(document.fault(here, "the name is used by an item of the cost book", name, "another name"))
        if name in names:
            text = f"the name is used by a cost of the lever {names[name]}"
            faults.append(document.fault(here, text, name, "another name"))
        names[name] = str(keys[-1])
        faults += price_faults(document, (*here, "price"), cost.price, known.sources,
                               known.book.money if known.book else None)
    return faults
