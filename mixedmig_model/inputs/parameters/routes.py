"""Base parameters on another route than the sea.

They have words and values of their own, and none of what happens at sea.
"""

from collections.abc import Iterator, Mapping

from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE, OFF_ASHORE
from mixedmig_model.inputs.parameters.values import value_faults
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Parameter, Source
from mixedmig_model.vocabulary.labels import Route

AT_SEA_ONLY = "the input acts at sea only, and the route of the case is {route}"


def on_route(parameters: Mapping[str, Parameter], route: Route) -> Mapping[str, Parameter]:
    """Return the base parameters as a case on a route sees them.

    At sea they stay the same.
    """
    if route == "sea":
        return parameters
    return {name: parameter_on(name, parameter, route) for name, parameter in parameters.items()}


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
    values = {key: None for key in ("dated", "by_country", "by_need", "by_group")}
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
