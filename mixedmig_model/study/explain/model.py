"""Explanations of what the program defines.

These are indicators, flows, stocks and stages.
"""

from collections.abc import Iterable, Iterator

from mixedmig_model.equations.table import FLOWS, MARKS, STOCKS, Flow
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.explain.explanation import Entry, Explanation, Library, explanation
from mixedmig_model.study.explain.hazards import hazards
from mixedmig_model.study.explain.names import Named
from mixedmig_model.study.explain.reads import Reads, driver_reads, indicator_reads
from mixedmig_model.study.explain.spots import Spot, entry_spot, label_spot, spot_of
from mixedmig_model.vocabulary import glossary

TABLE = "equations/table.py"
FLOW_MAKERS = ("Flow", "_stage_flow", "_leaving", "_place_flow")
INDICATOR_FILES = tuple(f"results/indicators/{name}.py" for name in ("decision", "procedure", "places", "movement"))
INDICATOR_MAKERS = ("Indicator", "_fewer_is_better", "_people_moved")
INDICATOR = {one.key: one for one in INDICATORS}
FLOW, STOCK = {one.name: one for one in FLOWS}, {one.name: one for one in STOCKS}


def flow_spot(name: str) -> Spot:
    """Return where the flow table has a flow."""
    return entry_spot(TABLE, name, FLOW_MAKERS)


def stock_spot(name: str) -> Spot:
    """Return where the flow table has a stock."""
    return entry_spot(TABLE, name, ("Stock",))


def stage_spot(name: str) -> Spot:
    """Return where the list of stages has a stage."""
    return label_spot("vocabulary/labels.py", "STAGES", name)


def indicator_spot(key: str) -> Spot:
    """Return where the record of an indicator stands.

    Raises KeyError.
    """
    for file in INDICATOR_FILES:
        try:
            return entry_spot(file, key, INDICATOR_MAKERS)
        except KeyError:
            continue
    raise KeyError(key)


def parameters_read(library: Library, names: Iterable[str]) -> Iterator[Entry]:
    """Yield parameters with their titles.

    Each has where the workspace has it.
    """
    for name in names:
        one, location = library.workspace.parameters[name], library.workspace.locations[name]
        yield Entry(f"{name}: {one.title}", library.spot(location.file, ("parameters", name.split(".")[1])))


def what_is_read(library: Library, reads: Reads) -> dict[str, Iterable[Entry]]:
    """Return what a formula of results reads of a run, as parts."""
    return {
        "computed by": (Entry(spot.sign.removeprefix("def "), spot) for spot in reads.functions[1:]),
        "reads flows": (Entry(f"{name}: {FLOW[name].description}", flow_spot(name)) for name in reads.flows),
        "reads stocks": (Entry(f"{name}: {STOCK[name].description}", stock_spot(name)) for name in reads.stocks),
        "reads stages": (Entry(name, stage_spot(name)) for name in reads.stages),
        "reads places": (Entry(name, label_spot("vocabulary/labels.py", "PLACES", name)) for name in reads.places),
        "reads parameters": parameters_read(library, reads.parameters),
        "reads of a saved run": (Entry(name) for name in reads.variables),
    }


def explain_indicator(library: Library, named: Named) -> Explanation:
    """Explain an indicator: its formula, and what it reads."""
    one, reads = INDICATOR[named.name], indicator_reads()[named.name]
    levers = [
        Entry(f"{name} moves it {lever.moves[one.key]}: {lever.title}", _lever_moves(library, name, one.key))
        for name, lever in library.workspace.levers.items() if one.key in lever.moves
    ]
    return explanation(named, f"{one.description} A {one.kind}; better: {one.better}. Basis: {one.basis}.",
                       indicator_spot(one.key), {
        "formula": [Entry("formula", spot_of(one.compute))],
        **what_is_read(library, reads),
        "levers tested to move it": levers,
    })


def _lever_moves(library: Library, lever: str, key: str) -> Spot:
    file = library.workspace.lever_locations[lever].file
    return library.spot(file, ("levers", lever, "moves", key))


def explain_flow(library: Library, named: Named) -> Explanation:
    """Explain a flow.

    It says where it comes from and goes to, its hazard, and what reads it.
    """
    one, hazard = FLOW[named.name], hazards()[named.name]
    marks = "".join(f" Mark {mark}: {MARKS[mark]}." for mark in one.marks)
    kind = " It is counted and moves nobody." if one.count else ""
    return explanation(named, f"{one.description}.{kind}{marks} Basis: {one.basis}.", flow_spot(one.name), {
        "comes from": _end(one.source, one.at_source, "outside the model: a rate, people or officers a day"),
        "goes to": _end(one.sink, one.at_sink, "outside the model" if one.unit == "officer" else "nowhere: a count"),
        "formula": [Entry(f"the hazard of {one.name}", hazard.named), *_functions(hazard.functions[:1])],
        "computed by": _functions(hazard.functions[1:]),
        "reads parameters": parameters_read(library, hazard.parameters),
        "read by indicators": _indicators(one.name, "flows"),
    })


def _functions(spots: Iterable[Spot]) -> list[Entry]:
    return [Entry(spot.sign.removeprefix("def "), spot) for spot in spots]


def _end(stock: str | None, labels: object, outside: str) -> list[Entry]:
    """Return the stock at one end of a flow, and its labels there."""
    if stock is None:
        return [Entry(outside)]
    assert hasattr(labels, "items")
    fixed = [Entry(f"{axis} {name}", stage_spot(name) if axis == "stage" else None) for axis, name in labels.items()]
    return [Entry(f"{stock}: {STOCK[stock].description}", stock_spot(stock)), *fixed]


def _indicators(name: str, kind: str) -> list[Entry]:
    """Return indicators that read a name."""
    return [
        Entry(f"{key}: {INDICATOR[key].title}", indicator_spot(key))
        for key, reads in indicator_reads().items() if name in getattr(reads, kind)
    ]


def explain_stock(library: Library, named: Named) -> Explanation:
    """Explain a stock: the flows in and out, and what reads it."""
    one = STOCK[named.name]
    kind = " Never left again." if one.counter else ""
    return explanation(named, f"{glossary.STOCKS[one.name]} Axes: {', '.join(one.axes)}.{kind}", stock_spot(one.name), {
        "entered by": _flows(flow for flow in FLOWS if flow.sink == one.name),
        "left by": _flows(flow for flow in FLOWS if flow.source == one.name and not flow.count),
        "read by indicators": _indicators(one.name, "stocks"),
    })


def explain_stage(library: Library, named: Named) -> Explanation:
    """Explain a stage: the flows in and out, and what reads it."""
    name = named.name
    return explanation(named, glossary.STAGES[name], stage_spot(name), {
        "stock": [Entry("people", stock_spot("people"))],
        "entered by": _flows(flow for flow in FLOWS
                             if flow.at_sink.get("stage") == name != flow.at_source.get("stage")),
        "left by": _flows(flow for flow in FLOWS if _leaves(flow, name)),
        "read by indicators": _indicators(name, "stages"),
    })


def _leaves(flow: Flow, stage: str) -> bool:
    """Return whether a flow moves people out of a stage."""
    if flow.count or flow.source != "people" or flow.at_sink.get("stage") == stage:
        return False
    return flow.at_source.get("stage") == stage or ("stage" in flow.axes and flow.sink != "people"
                                                    and stage in flow.only.get("stage", (stage,)))


def _flows(flows: Iterable[Flow]) -> list[Entry]:
    return [Entry(f"{flow.name}: {flow.description}", flow_spot(flow.name)) for flow in flows]


def driver_parts(library: Library, driver: str) -> dict[str, Iterable[Entry]]:
    """Return what the quantity behind a cost reads, as parts."""
    return what_is_read(library, driver_reads(driver))
