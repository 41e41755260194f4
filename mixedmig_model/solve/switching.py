"""Levers that switch themselves: a run is solved, the first switch is looked for, and the run is solved again with it.

What happens before a day does not depend on what happens after it, so that each run is right up to the first day on
which it should have switched and did not; one run more for each switch finds them all, on either path and without
anything in the equations. Days are the same on both paths unless a quantity stands within their error of a mark: then a
switch may be a day apart. Source: ``model.md`` 2 and 6.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mixedmig_model.equations.axes import PLACE, STAGES
from mixedmig_model.equations.numbers import TINY
from mixedmig_model.inputs.conditions import Intervals, Switch
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.solve.daily import daily_stock
from mixedmig_model.solve.shapes import places_open

if TYPE_CHECKING:
    from mixedmig_model.solve.reference import Answer

MOST_SWITCHES = 60
TOO_MANY = "a lever of scenario {scenario} switches more than {most} times: set on_at and off_at further apart"
Solve = Callable[[Sequence[RunInputs]], "list[Answer]"]


class SwitchError(RuntimeError):
    """A lever never comes to rest."""


def solve_switching(runs: Sequence[RunInputs], solve: Solve) -> "list[Answer]":
    """Answers of runs, each with the run as it was after all switches. Raises SwitchError.

    Args: solve, which answers runs without switches.
    """
    known: list[dict[int, tuple[tuple[int, int | None], ...]]] = [{} for _ in runs]
    plain = [run.again({}) if run.again else run for run in runs]
    answers = list(solve(plain))
    waiting = [k for k, run in enumerate(runs) if run.again]
    for turn in range(MOST_SWITCHES + 1):
        changed = []
        for k in waiting:
            found = _next(runs[k], plain[k], answers[k], known[k])
            if found:
                known[k] = known[k] | found
                changed.append(k)
        if not changed:
            break
        if turn == MOST_SWITCHES:
            raise SwitchError(TOO_MANY.format(scenario=runs[changed[0]].scenario, most=MOST_SWITCHES))
        for k in changed:
            again = runs[k].again
            assert again is not None
            plain[k] = again(known[k])
        for k, answer in zip(changed, solve([plain[k] for k in changed]), strict=True):
            answers[k] = answer
        waiting = changed
    return [replace(answer, switched=_named(runs[k], plain[k], known[k])) if runs[k].again else answer
            for k, answer in enumerate(answers)]


def _named(run: RunInputs, plain: RunInputs, known: Intervals) -> RunInputs:
    """The run as it was after all switches, under the digest of the one that was asked for."""
    levers = {switch.use: switch.lever for switch in run.switches}
    words = tuple((levers[use], pairs) for use, pairs in sorted(known.items()))
    return replace(plain, digest=run.digest, scenario=run.scenario, title=run.title, switched_on=words)


def _next(
    run: RunInputs, plain: RunInputs, answer: "Answer", known: Intervals
) -> dict[int, tuple[tuple[int, int | None], ...]]:
    """The switches of the first day on which some lever should switch and does not yet; empty where none should."""
    found: dict[int, tuple[int, bool]] = {}
    for switch in run.switches:
        pairs = known.get(switch.use, ())
        is_on = bool(pairs) and pairs[-1][1] is None
        done = max((day for pair in pairs for day in pair if day is not None), default=-1)
        day = _first_turn(switch, quantity(switch, plain, answer), is_on, max(switch.first, done + 1))
        if day is not None:
            found[switch.use] = day, is_on
    if not found:
        return {}
    first = min(day for day, _ in found.values())
    return {
        use: (*known.get(use, ())[:-1], (known[use][-1][0], day)) if is_on else (*known.get(use, ()), (day, None))
        for use, (day, is_on) in found.items() if day == first
    }


def _first_turn(switch: Switch, values: np.ndarray, is_on: bool, start: int) -> int | None:
    """The first day from ``start`` on which a lever that is on, or off, switches."""
    for day in range(start, switch.last):
        if switch.condition.turns(is_on, float(values[day])):
            return day
    return None


def quantity(switch: Switch, run: RunInputs, answer: "Answer") -> np.ndarray:
    """What a condition looks at, at the start of each day: ``[day]``, persons, or a share of places."""
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
