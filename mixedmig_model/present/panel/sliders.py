"""Sliders of a case: inputs to decide on, levers and presets.

An idle one says why it is idle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import named
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, SUMS_TO_ONE, Need, passed_over
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.levels import labels_of
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Parameter
from mixedmig_model.present.panel.scale import Scale, absolute, multiples, switch, unit_title
from mixedmig_model.record.parameters import value_text
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.vocabulary.numbers import number

LEFT_OUT = (*SUMS_TO_ONE, "sharing.key")
"""Weights and shares that must sum to one.

One of them alone cannot be moved.
"""
SWITCHES = "law."
SHARE = "share"


@dataclass(frozen=True)
class Slider:
    """An input that the panel can move, with its scale.

    A second scale is for countries where the case has none of it. ``case_value`` is the number of the case, in the
    unit of the positions, if it is one everywhere and on all days.
    """

    name: str
    parameter: Parameter
    need: Need
    kind: str
    scale: Scale
    fallback: Scale | None
    by_country: Mapping[str, tuple[float, ...]]
    case_value: float | None = None

    @property
    def operation(self) -> str:
        """What a position writes."""
        return "scale" if self.kind == "multiple" else "set"

    def change(self, value: float) -> PlainData:
        """Return the change that a position writes.

        It holds everywhere and for the whole run.
        """
        return {"parameter": self.name, self.operation: value}


def sliders(inputs: CaseInputs, base: RunInputs | None = None) -> tuple[Slider, ...]:
    """Return the sliders of a case in the order of the catalogue.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    base : RunInputs, optional
        The baseline's numbers without its scenario.

    Returns
    -------
    tuple of Slider
        The sliders.
    """
    run = base or resolve(inputs)
    return tuple(_slider(inputs, run, name) for name in slider_names(inputs))


def slider_names(inputs: CaseInputs) -> Iterator[str]:
    """Yield inputs to decide on that act in a case."""
    for name, need in CATALOGUE.items():
        if inputs.workspace.parameters[name].role != "lever" or need.rule == "cited" or name in LEFT_OUT:
            continue
        if need.axis != "group" and not passed_over(name, inputs.case.coming):
            yield name


def _slider(inputs: CaseInputs, run: RunInputs, name: str) -> Slider:
    parameter, need, steps = inputs.workspace.parameters[name], CATALOGUE[name], run.parameters[name]
    factor = conversion_factor(parameter.unit, need.unit)
    inside = [k for k, day in enumerate(steps.starts) if day < run.days]
    table = steps.values[inside]
    labels = labels_of(inputs, need.axis)
    by_label = {label: tuple(np.unique(table[:, k]).tolist()) for k, label in enumerate(labels)}
    levels = [float(level) for level in np.unique(table)]
    units = [level / factor for level in levels]
    local = inputs.case.parameters.get(name)
    low, high = parameter.range
    if local and local.range and local.range[0] < local.range[1]:
        own = conversion_factor(local.unit or parameter.unit, parameter.unit)
        low, high = local.range[0] * own, local.range[1] * own
    fallback = absolute(need, factor, low, high, [0.0])
    if name.startswith(SWITCHES):
        kind, scale = "switch", switch(units)
    elif need.unit == SHARE or need.rule == "whole" or not any(levels):
        kind, scale = "absolute", absolute(need, factor, low, high, units)
    else:
        kind, scale = "multiple", multiples(need, levels)
    some_none = kind == "multiple" and any(not any(one) for one in by_label.values())
    return Slider(name, parameter, need, kind, scale=scale, fallback=fallback if some_none else None,
                  by_country=by_label if need.axis == "country" else {},
                  case_value=units[0] if kind != "multiple" and len(units) == 1 else None)


def slider_message(
    inputs: CaseInputs, one: Slider, rank: int | None, effect: str, idle: Mapping[str, str] | None
) -> PlainData:
    """Return a slider as ``hello`` has it.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    one : Slider
        The slider.
    rank : int or None
        1 for the largest effect; None if it is not among the first.
    effect : str
        What it does here, in words.
    idle : Mapping[str, str] or None
        Why it changes nothing here, and where that stands.

    Returns
    -------
    dict
        The fields of the message.
    """
    parameter, need = one.parameter, one.need
    factor, share = conversion_factor(parameter.unit, need.unit), need.unit == SHARE
    local = inputs.case.parameters.get(one.name)
    used = local or parameter
    source, (least, most) = inputs.workspace.sources[used.source], one.scale.ends
    low, high = parameter.range
    titles = {name: country.title for name, country in inputs.case.countries.items()}
    unit = unit_title(parameter.unit)
    return {
        "name": one.name, "group": one.name.split(".")[0], "rank": rank, "title": parameter.title,
        "description": parameter.description, "unit": parameter.unit, "unit_words": unit,
        "kind": one.kind, "operation": one.operation, **one.scale.message(),
        "absolute": one.fallback.message() if one.fallback else None,
        "scale": 100 if share and one.kind != "multiple" else 1, "least": least, "most": most,
        "case_text": value_text(inputs, used), "case_value": one.case_value,
        "by_country": {name: {"title": titles[name], "text": _levels(levels, factor, share=share),
                              "zero": not any(levels)} for name, levels in one.by_country.items()} or None,
        "dates": need.rule != "constant", "whole": need.rule == "whole", "range": [low, high],
        "range_text": words.RANGE.format(low=number(low), high=number(high), unit=unit_title(parameter.unit)),
        "quality": used.quality, "source": source.title, "address": source.address,
        "holds_for": parameter.holds_for if used is parameter else "",
        "evidence": words.EVIDENCE.format(quality=words.QUALITIES[used.quality], source=source.title),
        "effect": effect, "idle": dict(idle) if idle else None,
    }


def _levels(levels: tuple[float, ...], factor: float, *, share: bool) -> str:
    """Return a country's level in the case, or the ends of its levels."""
    shown = [100.0 * level if share else level / factor for level in (min(levels), max(levels))]
    text = [f"{number(one)} %" if share else number(one) for one in shown]
    return text[0] if text[0] == text[1] else words.RANGE.format(low=text[0], high=text[1], unit="").strip()


def use_messages(inputs: CaseInputs, idle: Mapping[str, Mapping[str, str]]) -> dict[str, list[PlainData]]:
    """Return levers and presets of the catalogue for ``hello``."""
    levers, presets = inputs.workspace.levers, inputs.workspace.presets
    sources = inputs.workspace.sources
    uses: dict[str, PlainData] = {}
    for name, lever in levers.items():
        changed = [*(one.parameter for one in lever.changes), *(one.parameter for one in lever.effects)]
        touched = [CATALOGUE[parameter] for parameter in changed]
        source = sources[lever.evidence.source]
        uses[name] = {
            "name": name, "group": "levers", "title": lever.title, "description": lever.description,
            "paragraphs": list(lever.paragraphs), "evidence": lever.evidence.text,
            "strength": lever.evidence.strength, "source": source.title, "address": source.address,
            "side_effects": [side.text for side in lever.side_effects], "not_modelled": list(lever.not_modelled),
            "members": [], "countries": all(need.axis == "country" for need in touched),
            "dates": all(need.rule != "constant" for need in touched), "idle": idle.get(name),
        }
    made = []
    for name, preset in presets.items():
        members = [uses[one.lever] for one in preset.levers]
        made.append({
            "name": name, "group": "presets", "title": preset.title, "description": preset.description,
            "paragraphs": list(preset.paragraphs), "evidence": "", "strength": "", "source": "", "address": "",
            "side_effects": [], "not_modelled": list(preset.left_out), "members": [one.get("title") for one in members],
            "countries": all(one.get("countries") for one in members),
            "dates": all(one.get("dates") for one in members),
            "idle": idle.get(name),
        })
    return {"levers": list(uses.values()), "presets": made}


def idle_sliders(inputs: CaseInputs, scenario: str, all_sliders: tuple[Slider, ...]) -> dict[str, dict[str, str]]:
    """Return what changes no input next to a scenario.

    Each slider, lever and preset comes with the reason and its place.
    """
    found: dict[str, dict[str, str]] = {}
    record = inputs.scenario(scenario)
    for index, change in enumerate(record.changes):
        everybody = not change.countries or set(change.countries) == set(inputs.case.countries)
        whole = not change.start and not change.until and not change.ramp_days and everybody
        if change.set is None or not (whole or _writes_set(all_sliders, change.parameter)):
            continue
        if change.set != 0.0 and not _writes_set(all_sliders, change.parameter):
            continue
        value = number(change.set)
        place = inputs.locations.get((scenario, index))
        found[change.parameter] = {"text": words.IDLE_SET.format(value=value),
                                   "place": f"{place.file}:{place.line}" if place else ""}
    for index, use in enumerate(record.levers):
        place = inputs.locations.get((scenario, f"levers.{index}"))
        for name in {use.lever, use.preset, *(one for one, _ in named(use, inputs.workspace.presets))} - {None}:
            found[str(name)] = {"text": words.IDLE_USED, "place": f"{place.file}:{place.line}" if place else ""}
    return found


def _writes_set(all_sliders: tuple[Slider, ...], name: str) -> bool:
    return any(one.name == name and one.operation == "set" for one in all_sliders)


def ranked(all_sliders: tuple[Slider, ...], order: tuple[str, ...]) -> tuple[Slider, ...]:
    """Return the sliders with those of an order first.

    Parameters
    ----------
    all_sliders : tuple of Slider
        The sliders.
    order : tuple of str
        Names, the largest effect first.

    Returns
    -------
    tuple of Slider
        The same sliders.
    """
    first = {name: k for k, name in enumerate(order)}
    return tuple(sorted(all_sliders, key=lambda one: first.get(one.name, len(first))))


