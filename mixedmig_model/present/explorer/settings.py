"""A setting of the page as numbers.

These functions are compiled into the page. What a lever or a change does to an input, and whether it is allowed, they
leave to the functions that resolve scenarios.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mixedmig_model.inputs.levers.acting import Acting, Applied, applied_change, named
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.changes import break_days
from mixedmig_model.inputs.resolving.checks import check_bounds, check_sums, check_whole
from mixedmig_model.inputs.resolving.levels import Influences, acting_labels, concerning, labels_of, level_of
from mixedmig_model.inputs.resolving.ranges import check_range
from mixedmig_model.inputs.resolving.run_inputs import Steps, merged
from mixedmig_model.present.explorer.page import FIRST_DAY, PageChange, PageFacts, PageRequest, PageRun, PageUse
from mixedmig_model.record.schema.plain import PlainView
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.solve.kernel.inputs import front_edges
from mixedmig_model.solve.shapes import places_open

SCENARIO = "panel"
PLACES = "reception.places"


def resolved(page: PageFacts, state: PlainView, digest: str) -> tuple[PageRun, Any, list[str]]:
    """Return the run of a setting, its faults, and what it moves.

    Parameters
    ----------
    page : PageFacts
        The case.
    state : PlainView
        The setting, as the panel sends it, with days as numbers.
    digest : str
        What the run is called.

    Returns
    -------
    tuple
        The run, the request, and the names.
    """
    request: Any = PageRequest(page.inputs, SCENARIO)
    levers = [one for use in state.get("levers", []) for one in _acting(page, use_of(use))]
    changes = [change_of(change) for change in state.get("changes", [])]
    names = {one.change.parameter for one in levers} | {one.parameter for one in changes}
    moved = sorted(name for name in names if name in page.movable)
    parameters = {**page.base, **{name: _moved(page, request, name, levers, changes) for name in moved}}
    if not request.faults:
        check_sums(request, parameters)
    run = PageRun(digest, SCENARIO, page.inputs.days, tuple(page.inputs.case.countries), groups=page.inputs.groups,
                  parameters=parameters, cautions=tuple(request.cautions))
    return run, request, moved


def use_of(found: PlainView) -> PageUse:
    """Return a lever or preset of a setting as a record."""
    return PageUse(found.get("lever"), found.get("preset"), found.get("intensity", 1.0), start=_first(found),
                   until=found.get("until"), countries=_countries(found))


def change_of(found: PlainView) -> PageChange:
    """Return a change of a setting as a record."""
    return PageChange(found.get("parameter", ""), _first(found), set=found.get("set"), scale=found.get("scale"),
                      add=found.get("add"), until=found.get("until"), ramp_days=found.get("ramp_days", 0),
                      countries=_countries(found))


def _first(found: PlainView) -> int:
    """Return the day from which a part of a setting holds."""
    return max(found.get("start") or FIRST_DAY, FIRST_DAY)


def _countries(found: PlainView) -> tuple[str, ...] | None:
    given = found.get("countries")
    return tuple(given) if given else None


def _acting(page: PageFacts, use: Any) -> list[Applied]:
    """Return the changes that a lever or preset of a setting makes."""
    made, days = [], _of_run(page)
    for name, intensity in named(use, page.presets):
        if intensity > 0.0:
            one = Acting(name, page.levers[name], 0, intensity=intensity, start=use.start, until=use.until,
                         countries=use.countries, effects=(), days=days)
            made += [applied_change(one, change, one.intensity, change.bounds) for change in one.record.changes]
    return [one for one in made if one is not None]


def _of_run(page: PageFacts) -> Any:
    """Return the first and the last day of the run, as numbers."""
    return 0, page.inputs.days


def _moved(
    page: PageFacts, request: Any, key: str, levers: Sequence[Applied], changes: Sequence[Any]
) -> Steps:
    """Return an input under a setting, as ``parameter_steps`` makes it."""
    inputs, need, base = request.inputs, CATALOGUE[key], page.base[key]
    influences = Influences(sorted([one for one in levers if one.change.parameter == key], key=lambda one: one.lever),
                            [one for one in changes if one.parameter == key])
    breaks = break_days(inputs, [], [*influences.changes, *(one.change for one in influences.levers)])
    days = sorted({*base.starts, *breaks})
    by_label = [concerning(influences, need, label) for label in labels_of(inputs, need.axis)]
    levels = [
        [level_of(inputs, key, day, float(given), own) for given, own in zip(base.at(day), by_label, strict=True)]
        for day in days
    ]
    acting = acting_labels(inputs, key)
    checked = [[level for level, acts in zip(of_day, acting, strict=True) if acts] for of_day in levels]
    before = len(request.faults)
    check_bounds(request, key, days, checked)
    if len(request.faults) == before:
        check_range(request, key, days, checked)
    check_whole(request, key, days, checked)
    return merged(days, np.array(levels))


def columns(run: Any, moved: Sequence[str]) -> dict[str, np.ndarray]:
    """Return the daily numbers of inputs that a setting moves.

    They are ``[D, labels]``. Places of reception are those of all types that are open.
    """
    days = np.arange(run.days)
    found = {name: run.parameters[name].by_day(days) for name in moved}
    if any(name.startswith("reception.") for name in moved):
        found[PLACES] = places_open(run).by_day(days)
    return found


def fronts_of(run: Any) -> np.ndarray:
    """Return the front of the limit of detention.

    It is the day of entry that the limit has reached, by edge of day, ``[D + 1, C]``.
    """
    return front_edges(run, np.arange(run.days + 1))


def said_fault(page: PageFacts, request: Any) -> dict[str, str]:
    """Return the first fault of a setting as a message has it."""
    first = request.faults[0]
    text = words.FAULT.format(problem=first.problem, found=first.found) if first.found else first.problem
    return {"lever": first.path if first.path in page.titles else "", "text": text, "allowed": first.allowed}
