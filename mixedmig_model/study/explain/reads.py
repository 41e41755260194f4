"""What functions of results read of a run.

They read the flows, stocks, stages and inputs that their code names. The code of a function is walked with all that it
uses of results (``walk.py``).
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from types import FunctionType
from typing import Any

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.results.costs.quantities import COMPUTED, Quantities
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.explain.spots import PACKAGE, Spot, mentions, spot_of
from mixedmig_model.study.explain.walk import Walk, strings
from mixedmig_model.vocabulary.labels import PLACES, STAGES

FLOW_NAMES, STOCK_NAMES = tuple(flow.name for flow in FLOWS), tuple(stock.name for stock in STOCKS)
VARIABLE = re.compile(r"(daily|flow|staff|work|service|places|group|reception)_[a-z_]*[a-z]")
"""What variables of a saved run are called."""
STOCK_CALL = re.compile(r'\bstock\("([a-z_]+)"\)')
"""How a formula asks for a stock.

Some flows have the name of a stock.
"""
QUEUES = ("entered", "served", "lost", "waiting", "detained", "detention_entered", "detention_left",
          "detention_limit_released")
"""What is kept of queues and of detention.

An example is ``daily_entered``.
"""
READING_ROOMS = ("inputs/resolving/funded.py", "solve/shapes.py", "solve/schedule.py", "solve/detention_limit.py")


@dataclass(frozen=True)
class Reads:
    """Names that a formula reads, each in the order of its table."""

    flows: tuple[str, ...] = ()
    stocks: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    """Other variables of a saved run, such as queues and stays.

    ``docs/data.md`` lists them.
    """
    functions: tuple[Spot, ...] = ()
    """The formula itself, and functions of results that it uses.

    They are in the order in which they are met.
    """


def reads_of(function: Callable[..., Any], owner: type) -> Reads:
    """Return what a formula reads.

    Parameters
    ----------
    function : Callable[..., Any]
        The formula.
    owner : type
        Class of what it is given.

    Returns
    -------
    Reads
        What it reads.
    """
    walk = Walk()
    texts = frozenset(walk.texts(function, owner))
    flows = tuple(name for name in FLOW_NAMES if texts & {name, f"flow_{name}"})
    stocks = {name.removeprefix("daily_") for name in texts}
    asked = {name for one in walk.met for name in STOCK_CALL.findall(inspect.getsource(one))}
    return Reads(
        flows=flows,
        stocks=tuple(name for name in STOCK_NAMES if name in asked or (name in stocks and name not in flows)),
        stages=tuple(name for name in STAGES if name in texts),
        places=tuple(name for name in PLACES if name in texts),
        parameters=tuple(name for name in CATALOGUE if name in texts or texts > _halves(name, ".")),
        variables=tuple(sorted(_variables(texts))),
        functions=tuple(dict.fromkeys(spot_of(one) for one in walk.met)),
    )


def _halves(name: str, joint: str) -> set[str]:
    """Return the two texts of which code makes a name.

    They are ``standards.`` and ``water``, for example.
    """
    first, sign, rest = name.partition(joint)
    return {first + sign, rest}


def _variables(texts: frozenset[str]) -> Iterator[str]:
    """Yield variables of a saved run among texts.

    They are neither a stock nor a flow of the table.
    """
    made = {f"daily_{name}" for name in QUEUES if "daily_" in texts and name in texts}
    for name in texts | made:
        known = name.removeprefix("daily_") in STOCK_NAMES or name.removeprefix("flow_") in FLOW_NAMES
        if VARIABLE.fullmatch(name) and not known:
            yield name


@cache
def indicator_reads() -> dict[str, Reads]:
    """Return what each indicator reads, by key."""
    return {one.key: reads_of(one.compute, Facts) for one in INDICATORS}


@cache
def driver_reads(name: str) -> Reads:
    """Return what the quantity behind a driver reads.

    The drivers that it comes from are included.
    """
    own = COMPUTED[name]
    assert isinstance(own, FunctionType)
    parts = [reads_of(own, Quantities)]
    parts += [driver_reads(other) for other in strings(own.__code__.co_consts) if other in COMPUTED and other != name]
    return Reads(**{
        one.name: tuple(dict.fromkeys(entry for part in parts for entry in getattr(part, one.name)))
        for one in fields(Reads)
    })


@cache
def result_readers(parameter: str) -> tuple[Spot, ...]:
    """Return functions that read a parameter around a run.

    They read it before or after the run is solved: its shapes, results and costs.
    """
    results = sorted(path.relative_to(PACKAGE).as_posix() for path in (PACKAGE / "results").rglob("*.py"))
    return tuple(dict.fromkeys(spot for file in (*READING_ROOMS, *results) for spot in mentions(file, parameter)))
