"""Inputs of a case that differ by route.

People come to its countries by several routes, and the case does not set the input. Each route then has a base value
with words, range and source of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.parameters.routes import base_entry
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.schema import LocalValue, Parameter
from mixedmig_model.vocabulary.labels import Route


@dataclass(frozen=True)
class InputPart:
    """A base parameter in the countries of one route.

    ``name`` is that of the parameter, with the route in brackets except for the leading route. ``countries`` are their
    names; none where the input does not differ by route.
    """

    name: str
    parameter: Parameter
    route: Route | None = None
    countries: tuple[str, ...] = ()


def parts_of(inputs: CaseInputs, name: str) -> tuple[InputPart, ...]:
    """Return an input as it is on each route of a case.

    It is one part where it does not differ by route, or where the case sets it.
    """
    parts = inputs.workspace.parts.get(name)
    if parts is None or name in inputs.case.parameters:
        return (InputPart(name, inputs.workspace.parameters[name]),)
    return tuple(
        InputPart(f"{name}[{route}]" if number else name, parameter, route,
             tuple(country for country, one in inputs.case.routes.items() if one == route))
        for number, (route, parameter) in enumerate(parts.items())
    )


def part_named(inputs: CaseInputs, name: str) -> InputPart:
    """Return the part of an input that has a name.

    Raises StopIteration for a name that no part has.
    """
    return next(part for part in parts_of(inputs, name.partition("[")[0]) if part.name == name)


def part_title(inputs: CaseInputs, part: InputPart) -> str:
    """Return the title of a part, with its countries."""
    countries = ", ".join(inputs.case.countries[name].title for name in part.countries)
    return f"{part.parameter.title} ({countries})" if countries else part.parameter.title


def seen_from(inputs: CaseInputs, part: InputPart) -> CaseInputs:
    """Return the case as one route of an input sees it."""
    if part.route is None:
        return inputs
    name = part.name.partition("[")[0]
    parameters = {**inputs.workspace.parameters, name: part.parameter}
    return replace(inputs, workspace=replace(inputs.workspace, parameters=parameters))


def with_parts(inputs: CaseInputs, name: str, moved: Mapping[Route, LocalValue]) -> LocalValue:
    """Return an input by country, some of its parts moved.

    ``moved`` has values in the base unit of the equations. Other parts keep their values.
    """
    table = {}
    for part in parts_of(inputs, name):
        factor = conversion_factor(part.parameter.unit, CATALOGUE[name].unit)
        value = moved.get(part.route) if part.route else None
        for country in part.countries:
            if value is not None:
                table[country] = base_entry(value, country)
            else:
                entry = base_entry(part.parameter, country)
                table[country] = ({day: one * factor for day, one in entry.items()} if isinstance(entry, dict)
                                  else entry * factor)
    base = inputs.workspace.parameters[name]
    return LocalValue.model_construct(by_country={country: table[country] for country in inputs.case.countries},
                                      unit=CATALOGUE[name].unit, source=base.source, quality=base.quality)
