"""Levers that switch themselves.

A run is solved, the first switch is looked for, and the run is solved again with it. What happens before a day does not
depend on what happens after it. Each run is then right up to the first day on which it should have switched and did
not. One run more for each switch finds them all, on either path and without anything in the equations. Days are the
same on both paths unless a quantity stands within their error of a mark: then a switch may be a day off. Source:
``docs/model.md`` sections 2 and 6.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from mixedmig_model.equations.numbers import TINY
from mixedmig_model.inputs.levers.conditions import Intervals, Pairs, Switch
from mixedmig_model.inputs.resolving.resolve import resolve_switched
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.daily import daily_stock
from mixedmig_model.solve.shapes import places_open
from mixedmig_model.vocabulary.labels import PLACE, STAGES

MOST_SWITCHES = 60
TOO_MANY = "a lever of scenario {scenario} switches more than {most} times: increase the gap between on_at and off_at"
Solve = Callable[[Sequence[RunInputs]], list[Answer]]


class SwitchError(RuntimeError):
    """Raised where a lever never comes to rest."""


def solve_switching(runs: Sequence[RunInputs], solve: Solve) -> list[Answer]:
    """Return answers of runs, as they were after all switches.

    Parameters
    ----------
    runs : Sequence[RunInputs]
        Inputs of each run.
    solve : Solve
        Function that answers runs without switches.

    Returns
    -------
    list[Answer]
        An answer for each run.

    Raises
    ------
    SwitchError
        Where a lever does not come to rest.
    """
    known: list[Intervals] = [{} for _ in runs]
    plain = [resolve_switched(run, {}) if run.switches else run for run in runs]
    answers = list(solve(plain))
    waiting = [k for k, run in enumerate(runs) if run.switches]
    for turn in range(MOST_SWITCHES + 1):
        changed = []
        for k in waiting:
            after = switched_once(runs[k].switches, known[k], plain[k], answers[k])
            if after != known[k]:
                known[k] = after
                changed.append(k)
        if not changed:
            break
        if turn == MOST_SWITCHES:
            raise SwitchError(TOO_MANY.format(scenario=runs[changed[0]].scenario, most=MOST_SWITCHES))
        for k in changed:
            plain[k] = resolve_switched(runs[k], known[k])
        for k, answer in zip(changed, solve([plain[k] for k in changed]), strict=True):
            answers[k] = answer
        waiting = changed
    return [replace(answer, switched=_named(runs[k], plain[k], known[k])) if runs[k].switches else answer
            for k, answer in enumerate(answers)]


def _named(run: RunInputs, plain: RunInputs, known: Intervals) -> RunInputs:
    """Return the run as it was after all switches.

    It has the digest of the requested run.
    """
    levers = {switch.use: switch.lever for switch in run.switches}
    words = tuple((levers[use], pairs) for use, pairs in sorted(known.items()))
    return replace(plain, digest=run.digest, scenario=run.scenario, title=run.title, switched_on=words)


def switched_once(switches: Sequence[Switch], known: Intervals, run: RunInputs, answer: Answer) -> Intervals:
    """Add the turns of the first day on which a lever turns.

    Only turns that are not yet known count; the result is the same where there are none.

    Parameters
    ----------
    switches : Sequence[Switch]
        Levers that switch themselves.
    known : Intervals
        Intervals on which levers are on so far, by use.
    run : RunInputs
        The run solved with those intervals, and its answer.
    answer : Answer
        The run solved with those intervals, and its answer.

    Returns
    -------
    Intervals
        Intervals by use.
    """
    next_turns = {switch.use: _next_turn(switch, known.get(switch.use, ()), run, answer) for switch in switches}
    days = {use: day for use, day in next_turns.items() if day is not None}
    first = min(days.values(), default=None)
    return {**known, **{use: _turned(known.get(use, ()), day) for use, day in days.items() if day == first}}


def _next_turn(switch: Switch, pairs: Pairs, run: RunInputs, answer: Answer) -> int | None:
    """Return the next day on which a lever turns on or off.

    It is after the last known turn; None if never.
    """
    last = max((day for pair in pairs for day in pair if day is not None), default=-1)
    values, is_on = quantity(switch, run, answer), _is_on(pairs)
    days = range(max(switch.first, last + 1), switch.last)
    return next((day for day in days if switch.condition.turns(is_on, float(values[day]))), None)


def _is_on(pairs: Pairs) -> bool:
    """Return whether a lever is on after its last turn."""
    return bool(pairs) and pairs[-1][1] is None


def _turned(pairs: Pairs, day: int) -> Pairs:
    """Return intervals after one more turn on a day.

    The last is closed, or a new one opened.
    """
    return (*pairs[:-1], (pairs[-1][0], day)) if _is_on(pairs) else (*pairs, (day, None))


def quantity(switch: Switch, run: RunInputs, answer: Answer) -> np.ndarray:
    """Return what a condition looks at, by day.

    It is at the start of each day: ``[day]``, persons, or a share of places.
    """
    name = switch.condition.quantity
    chosen = [run.countries.index(c) for c in switch.countries or run.countries]
    if name == "adrift":
        return np.asarray(daily_stock(answer.layout, answer.day_stocks, "adrift"))
    people = daily_stock(answer.layout, answer.day_stocks, "people")[..., chosen].sum(axis=-1)  # [day, stage, place]
    if name.startswith("waiting_"):
        return np.asarray(people[:, STAGES.index(name.removeprefix("waiting_"))].sum(axis=-1))
    sheltered, without = (people[:, :, PLACE[place]].sum(axis=1) for place in ("reception", "unsheltered"))
    if name == "without_shelter":
        return np.asarray(without)
    if name == "in_detention":
        return np.asarray(people[:, :, PLACE["detention"]].sum(axis=1))
    if name == "in_reception":
        return np.asarray(sheltered)
    places = places_open(run)
    open_ = np.array([places.at(float(day))[chosen].sum() for day in range(len(people))])
    return np.asarray((sheltered + without) / np.maximum(open_, TINY))
