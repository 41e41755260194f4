"""Explanations of what a workspace defines.

They have lines of its files: parameters, levers, presets and cost items.
"""

from collections.abc import Iterable, Iterator, Mapping

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.schema import CostItem
from mixedmig_model.inputs.costs.sectors import split_of
from mixedmig_model.inputs.costs.shares import SectorSplit
from mixedmig_model.inputs.levers.schema import Lever, LeverChange, LeverEffect
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE
from mixedmig_model.inputs.parameters.routes import parameter_on
from mixedmig_model.inputs.reading.yaml_reader import Keys
from mixedmig_model.inputs.schema import VALUE_KEYS, Valued
from mixedmig_model.results.costs.quantities import COMPUTED
from mixedmig_model.study.explain.explanation import Entry, Explanation, Library, explanation
from mixedmig_model.study.explain.hazards import equation_readers, hazards
from mixedmig_model.study.explain.model import FLOW, INDICATOR, driver_parts, flow_spot, indicator_spot
from mixedmig_model.study.explain.names import Named
from mixedmig_model.study.explain.reads import driver_reads, indicator_reads, result_readers
from mixedmig_model.study.explain.spots import Spot, label_spot, spot_of, spot_of_location
from mixedmig_model.vocabulary.labels import Route
from mixedmig_model.vocabulary.numbers import number

PRESETS = "parameters/presets.yaml"


def explain_parameter(library: Library, named: Named) -> Explanation:
    """Explain a parameter.

    It says its value and source, what reads it, what moves it, and what a case and its scenarios make of it.
    """
    name = named.name
    one, need, location = library.workspace.parameters[name], CATALOGUE[name], library.workspace.locations[name]
    keys: Keys = ("parameters", name.split(".")[1])
    meaning = (
        f"{one.description} Role: {one.role}, quality: {one.quality}, draws: {one.distribution}, by {need.axis}."
        + (f" Row {one.row} of the parameter table." if one.row else "")
        + (f" Each case must set it itself; the base value holds for {one.holds_for}." if need.owned_by_case else "")
    )
    readers = dict.fromkeys([*equation_readers()[name], *result_readers(name)])
    return explanation(named, meaning, library.spot(location.file, keys), {
        "value": _values(library, location.file, keys, one, one.unit),
        "range": [Entry(f"{number(one.range[0])} to {number(one.range[1])} {one.unit}",
                        library.spot(location.file, (*keys, "range")))],
        "source": [library.source(one.source)],
        "bounds of the equations": [Entry(f"{number(need.low)} to {number(need.high)} {need.unit}", label_spot(
            "inputs/parameters/catalogue.py", "CATALOGUE", name))],
        "in the case": _in_case(library, name),
        "read by": (Entry(spot.sign.removeprefix("def "), spot) for spot in readers),
        "read by flows": _moved_flows(name),
        "read by indicators": (Entry(f"{key}: {INDICATOR[key].title}", indicator_spot(key))
                               for key, reads in indicator_reads().items() if name in reads.parameters),
        "read by drivers of costs": (Entry(driver, _driver_spot(driver)) for driver in DRIVERS
                                     if name in driver_reads(driver).parameters),
        "moved by levers": _movers(library, name),
    })


def _values(library: Library, file: str, keys: Keys, valued: Valued, unit: str) -> Iterator[Entry]:
    """Yield the numbers of a value, and where they stand.

    There is one for each label or date.
    """
    kind = next(name for name in VALUE_KEYS if getattr(valued, name) is not None)
    given = getattr(valued, kind)
    if kind == "value":
        yield Entry(f"{number(given)} {unit}", library.spot(file, (*keys, kind)))
    else:
        for path, value in _leaves(given):
            yield Entry(f"{', '.join(path)}: {number(value)} {unit}", library.spot(file, (*keys, kind, *path)))


def _leaves(table: Mapping[object, object]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield numbers of a table by label, by date, or both."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from (((str(key), *path), number_) for path, number_ in _leaves(value))
        else:
            yield (str(key),), float(str(value))


def _in_case(library: Library, name: str) -> Iterator[Entry]:
    """Yield the case's own value of a parameter.

    What its scenarios change follows.
    """
    case = library.case
    if case is None:
        return
    local = case.case.parameters.get(name)
    if local is None:
        yield Entry(f"{case.name} has no value of its own: the one of the base file holds")
    else:
        location = case.locations["", name]
        unit = local.unit or case.workspace.parameters[name].unit
        for entry in _values(library, location.file, ("parameters", name), local, unit):
            yield Entry(f"{case.name}: {entry.text} ({local.quality}, {local.source})", entry.spot)
    yield from _on_routes(library, case, name, local is None)
    for label, scenario in case.scenarios.items():
        for index, change in enumerate(scenario.changes):
            if change.parameter == name:
                word = next(key for key in ("set", "scale", "add") if getattr(change, key) is not None)
                since = f" from {change.start}" if change.start else ""
                yield Entry(f"scenario {label}: {word} {number(getattr(change, word))}{since}",
                            spot_of_location(case.locations[label, index]))


def _on_routes(library: Library, case: CaseInputs, name: str, unset: bool) -> Iterator[Entry]:
    """Yield what a parameter is where people come by land or by air.

    It says in which countries. ``unset``: Whether the base values hold.
    """
    location, base = library.workspace.locations[name], library.workspace.parameters[name]
    keys: Keys = ("parameters", name.split(".")[1])
    for route, countries in _countries_by_route(case).items():
        where = ", ".join(countries)
        if name in AT_SEA and route != "sea":
            yield Entry(f"{where}: it does nothing, because people come by {route}")
        elif unset and route in base.routes:
            own = parameter_on(name, base, route)
            spot = library.spot(location.file, (*keys, "routes", route, "value"))
            yield Entry(f"{where}: {number(own.value or 0.0)} {own.unit}, where people come by {route}", spot)


def _countries_by_route(case: CaseInputs) -> dict[Route, list[str]]:
    """Return the countries to which people come by each route."""
    found: dict[Route, list[str]] = {}
    for country, route in case.case.routes.items():
        found.setdefault(route, []).append(country)
    return found


def _moved_flows(name: str) -> Iterator[Entry]:
    """Yield flows whose hazard depends on a parameter."""
    for flow, hazard in hazards().items():
        if name in hazard.parameters:
            yield Entry(f"{flow}: {FLOW[flow].description}", flow_spot(flow))


def _lever_entries(lever: Lever) -> Iterator[tuple[Keys, str, str]]:
    """Yield what a lever does.

    It is where in its record, to which parameter, and how.
    """
    entries: list[tuple[str, int, LeverChange | LeverEffect]] = [
        *(("changes", index, change) for index, change in enumerate(lever.changes)),
        *(("effects", index, effect) for index, effect in enumerate(lever.effects)),
    ]
    for key, index, entry in entries:
        if isinstance(entry, LeverChange):
            words = f"{entry.operation} {number(getattr(entry, entry.operation))}"
        else:
            words = f"{entry.operation} by a cited value, none without one"
        yield (key, index), entry.parameter, words
    for index, side in enumerate(lever.side_effects):
        if side.parameter is not None and side.least is not None:
            yield ("side_effects", index), side.parameter, f"at least {number(side.least)}"


def _movers(library: Library, parameter: str) -> Iterator[Entry]:
    """Yield levers that move a parameter."""
    for name, lever in library.workspace.levers.items():
        file = library.workspace.lever_locations[name].file
        for path, moved, words in _lever_entries(lever):
            if moved == parameter:
                spot = library.spot(file, ("levers", name, *path, "parameter"))
                yield Entry(f"{name}: {words}", spot)


def explain_lever(library: Library, named: Named) -> Explanation:
    """Explain a lever.

    It says what it changes, the evidence, what it costs, and which indicators it moves.
    """
    name = named.name
    one, file = library.workspace.levers[name], library.workspace.lever_locations[name].file
    keys: Keys = ("levers", name)
    meaning = f"{one.description} Paragraphs: {', '.join(one.paragraphs)}."
    return explanation(named, meaning, library.spot(file, keys), {
        "changes": (Entry(f"{moved}: {words}", library.spot(file, (*keys, *path, "parameter")))
                    for path, moved, words in _lever_entries(one)),
        "side effects": (Entry(side.text, library.spot(file, (*keys, "side_effects", index, "text")))
                         for index, side in enumerate(one.side_effects)),
        "evidence": [Entry(f"{one.evidence.strength}: {one.evidence.text}",
                           library.spot(file, (*keys, "evidence", "strength")))],
        "source": [library.source(one.evidence.source)],
        "own costs": (Entry(f"{cost}: {record.title}, {_price(record.price)}",
                            library.spot(file, (*keys, "own_costs", cost, "price")))
                      for cost, record in one.own_costs.items()),
        "tested to move indicators": (Entry(f"{key}: {way}", library.spot(file, (*keys, "moves", key)))
                                      for key, way in one.moves.items()),
        "in presets": (Entry(preset, library.spot(PRESETS, ("presets", preset)))
                       for preset, record in library.workspace.presets.items()
                       if name in {use.lever for use in record.levers}),
    })


def explain_preset(library: Library, named: Named) -> Explanation:
    """Explain a preset: its levers, and what it leaves out."""
    one, keys = library.workspace.presets[named.name], ("presets", named.name)
    meaning = f"{one.description} Paragraphs: {', '.join(one.paragraphs)}."
    return explanation(named, meaning, library.spot(PRESETS, keys), {
        "levers": (Entry(f"{use.lever} at intensity {number(use.intensity)}",
                         library.spot(PRESETS, (*keys, "levers", index, "lever")))
                   for index, use in enumerate(one.levers)),
        "left out": (Entry(text) for text in one.left_out),
    })


def _price(price: object) -> str:
    """Return a price in words."""
    return f"{price.currency} {number(price.value)} of {price.price_year}"  # type: ignore[attr-defined]


def explain_item(library: Library, named: Named) -> Explanation:
    """Explain a cost item.

    It says what it attaches to, its prices with their sources, who pays, and what a case says of it.
    """
    name, book = named.name, library.workspace.costs
    assert book is not None  # only a cost book has items
    one, file = book.items[name], book.locations[name].file
    keys: Keys = ("items", name)
    belongs = f"sector {one.sector}" if one.sector else "several sectors"
    meaning = (f"{one.activity} Stage {one.stage}, {belongs}, {one.phase}; {one.behaviour} cost, priced "
               f"for a {one.per}." + (" Counted only where a case includes it by name." if one.optional else ""))
    driver = DRIVERS[one.driver]
    return explanation(named, meaning, library.spot(file, keys), {
        "driver": [Entry(f"{one.driver}: {driver.title} ({driver.unit}), times {number(one.use)}",
                         library.spot(file, (*keys, "driver")))],
        "formula": [Entry("formula", _driver_spot(one.driver))],
        **driver_parts(library, one.driver),
        "prices": (Entry(f"{place}: {_price(price)} ({number(price.range[0])} to {number(price.range[1])}; "
                         f"{price.quality})", library.spot(file, (*keys, "prices", place)))
                   for place, price in one.prices.items()),
        "source": _sources(library, one),
        "payers": (Entry(f"{payer}: {number(100 * share)} %", library.spot(file, (*keys, "payers", payer)))
                   for payer, share in one.payers.items() if share),
        "sectors": _sectors(library, name),
        "in the case": _priced_in_case(library, name),
    })


def _sectors(library: Library, name: str) -> Iterator[Entry]:
    """Yield the shares of sectors in a price.

    They are those of the book, then the case's own. What they rest on follows.
    """
    book, case = library.workspace.costs, library.case
    assert book is not None  # only a cost book has items
    split, file = split_of(book.items[name]), book.locations[name].file
    if split is not None:
        yield Entry(_shares(split), library.spot(file, ("items", name, "sectors")))
    own = case.costs.file.sectors.get(name) if case is not None and case.costs is not None else None
    if case is not None and own is not None:
        own_file = f"parameters/{case.workspace.case_folder}/{case.name}/costs.yaml"
        yield Entry(f"{case.name}: {_shares(own)}", library.spot(own_file, ("sectors", name)))


def _shares(split: SectorSplit) -> str:
    """Return shares of sectors in words, with their source."""
    shares = ", ".join(f"{sector} {number(100 * share)} %" for sector, share in split.shares.items() if share)
    return f"{shares} ({split.quality}, {split.source})"


def _driver_spot(driver: str) -> Spot:
    """Return where the quantity behind a driver is computed."""
    return spot_of(COMPUTED[driver])


def _sources(library: Library, item: CostItem) -> Iterable[Entry]:
    """Return sources of an item's prices, each once."""
    return (library.source(key) for key in dict.fromkeys(price.source for price in item.prices.values()))


def _priced_in_case(library: Library, name: str) -> Iterator[Entry]:
    """Yield the case's own prices of an item.

    Whether it includes or leaves it out follows.
    """
    case = library.case
    if case is None or case.costs is None:
        return
    file = f"parameters/{case.workspace.case_folder}/{case.name}/costs.yaml"
    item = library.workspace.costs.items[name] if library.workspace.costs else None
    for route, countries in _countries_by_route(case).items():
        if item is not None and route not in item.routes:
            yield Entry(f"{', '.join(countries)}: not counted, because people come by {route}")
    for index, price in enumerate(case.costs.file.prices):
        if price.item == name:
            where = f" in {', '.join(price.countries)}" if price.countries else ""
            yield Entry(f"{case.name}: {_price(price)}{where} ({price.quality}, {price.source})",
                        library.spot(file, ("prices", index, "item")))
    for key in ("include", "exclude"):
        if name in getattr(case.costs.file, key):
            index = getattr(case.costs.file, key).index(name)
            yield Entry(f"{case.name}: {key}d by name", library.spot(file, (key, index)))
