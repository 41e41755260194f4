"""Base parameters on another route than the sea.

They have words and values of their own, and none of what happens at sea.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION, AT_SEA, CATALOGUE, OFF_ASHORE
from mixedmig_model.inputs.parameters.values import value_faults
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Parameter, Source, Valued
from mixedmig_model.vocabulary.labels import ROUTES, Route

AT_SEA_ONLY = "the input acts at sea only, and the route of the case is {route}"
AT_SEA_THERE = "the input acts at sea only, and people come to {country} by {route}"
ONE_VALUE = "one value holds in countries that people reach by {routes}"
VALUES = ("dated", "by_country", "by_need", "by_group")

Parts = Mapping[str, Mapping[Route, Parameter]]
"""Base parameters that differ by route, by name."""


def on_route(parameters: Mapping[str, Parameter], route: Route) -> Mapping[str, Parameter]:
    """Return the base parameters as a case on a route sees them.

    At sea they stay the same.
    """
    if route == "sea":
        return parameters
    return {name: parameter_on(name, parameter, route) for name, parameter in parameters.items()}


def parts_by_route(parameters: Mapping[str, Parameter], routes: Mapping[str, Route]) -> Parts:
    """Return base parameters that differ between countries.

    There are none where people come to all countries by one route.

    Parameters
    ----------
    parameters : Mapping[str, Parameter]
        Base parameters by name, as they are at sea.
    routes : Mapping[str, Route]
        Routes by country.

    Returns
    -------
    Parts
        Each such parameter on each route of the countries, the leading route first.
    """
    ways = [route for route in ROUTES if route in routes.values()]
    if len(ways) < 2:
        return {}
    return {
        name: {route: parameter_on(name, parameter, route) for route in ways} for name, parameter in parameters.items()
        if name in CATALOGUE and CATALOGUE[name].axis == "country" and name not in AT_SEA
        and any(way in parameter.routes for way in ways)
    }


def on_routes(parameters: Mapping[str, Parameter], routes: Mapping[str, Route]) -> Mapping[str, Parameter]:
    """Return the base parameters as a case sees them.

    People may come to its countries by several routes. An input then has the words of the leading route, values by
    country, and a range that holds those of all routes.

    Parameters
    ----------
    parameters : Mapping[str, Parameter]
        Base parameters by name, as they are at sea.
    routes : Mapping[str, Route]
        Routes by country.

    Returns
    -------
    Mapping[str, Parameter]
        The parameters.
    """
    leading = next(route for route in ROUTES if route in routes.values())
    found = on_route(parameters, leading)
    return {**found, **{
        name: _joined(found[name], parts, routes) for name, parts in parts_by_route(parameters, routes).items()
    }}


def _joined(leading: Parameter, parts: Mapping[Route, Parameter], routes: Mapping[str, Route]) -> Parameter:
    """Return one parameter with the values of several routes."""
    ends = [part.range for part in parts.values()]
    table = {country: base_entry(parts[route], country) for country, route in routes.items()}
    return leading.model_copy(update={
        "value": None, "dated": None, "by_country": table, "drawn_factors": None,
        "range": (min(low for low, _ in ends), max(high for _, high in ends)),
        "quality": next((part.quality for part in parts.values() if part.quality == ASSUMPTION), leading.quality),
    })


def base_entry(valued: Valued, country: str) -> float | dict[date, float]:
    """Return what a value holds for a country."""
    if valued.by_country is not None:
        return valued.by_country[country]
    whole = valued.dated if valued.dated is not None else valued.value
    assert whole is not None  # the schema asks for exactly one value
    return whole


def parameter_on(name: str, parameter: Parameter, route: Route) -> Parameter:
    """Return a base parameter on a route.

    On other routes, what acts at sea only is fixed, and zero where it would do something.
    """
    if route == "sea":
        return parameter
    if name in AT_SEA:
        off = {"value": 0.0, "range": (0.0, 0.0)} if name in OFF_ASHORE else {}
        return parameter.model_copy(update={"role": "fixed", "distribution": "fixed", **off})
    own = parameter.routes.get(route)
    if own is None:
        return parameter
    values = dict.fromkeys(VALUES)
    named = {key: getattr(own, key) for key in ("title", "description", "value", "range", "source", "quality")}
    return parameter.model_copy(update={
        **values, **named, "row": "", "drawn_factors": None, "holds_for": own.holds_for or parameter.holds_for,
    })


def route_faults(
    document: Document, keys: Keys, name: str, parameter: Parameter, sources: Mapping[str, Source]
) -> Iterator[Fault]:
    """Yield faults of what a base parameter is on other routes.

    Parameters
    ----------
    document : Document
        The file.
    keys : Keys
        Path of the parameter in its file.
    name : str
        Name of the parameter.
    parameter : Parameter
        The base parameter.
    sources : Mapping[str, Source]
        Sources of the workspace by key.

    Yields
    ------
    Fault
        A fault.
    """
    for route in parameter.routes:
        if name in AT_SEA:
            yield document.fault((*keys, "routes", route), "the input acts at sea only", route, "no routes")
            continue
        made = parameter_on(name, parameter, route)
        yield from value_faults(document, (*keys, "routes", route), made, base=made, need=CATALOGUE[name],
                                sources=sources)
