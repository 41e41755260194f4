"""Orders and injects of a team as a scenario of the case.

An order holds from the first day of the period of its round, in its countries, until another order of the same key. A
lever at work goes on until the new intensity takes effect. What takes time to build takes the same time to change. An
order of an input overrules what the scenario itself says of that input from that day on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import Inject, PlannedOrder
from mixedmig_model.inputs.levers.acting import single_uses
from mixedmig_model.inputs.levers.schema import FollowedUse, LeverUse, moment_day
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.schema import Change

REASON = "An order of the exercise."
TEAM = "exercise_team"
"""Name of the scenario that a team's decisions make."""


@dataclass(frozen=True)
class Order:
    """A value for a lever or an input, from a round on.

    ``number`` is that of its event; ``countries`` is None for what does not differ by country.
    """

    key: str
    value: float
    round: int
    countries: tuple[str, ...] | None
    role: str = ""
    number: int = 0
    reason: str = REASON


@dataclass(frozen=True)
class Released:
    """An inject that was released to a team in a round."""

    inject: Inject
    round: int


@dataclass(frozen=True)
class OrderedSpan:
    """A value of a lever or an input between two days."""

    value: float
    start: date
    until: date | None


def round_start(inputs: ExerciseInputs, number: int) -> date:
    """Return the first day of the period of a round.

    One more than there are rounds: the day after the exercise.
    """
    passed = sum(one.days for one in inputs.exercise.rounds[: number - 1])
    return inputs.exercise.start + timedelta(days=passed)


def is_lever(inputs: ExerciseInputs, key: str) -> bool:
    """Return whether a key names a lever and not an input."""
    return key not in CATALOGUE


def by_country(inputs: ExerciseInputs, key: str) -> bool:
    """Return whether what a key moves differs by country."""
    if not is_lever(inputs, key):
        return CATALOGUE[key].axis == "country"
    lever = inputs.case.workspace.levers[key]
    names = [*(one.parameter for one in lever.changes), *(one.parameter for one in lever.effects)]
    return all(CATALOGUE[name].axis == "country" for name in names)


def planned(inputs: ExerciseInputs, orders: Iterable[PlannedOrder]) -> tuple[Order, ...]:
    """Return the orders of a reference plan."""
    return tuple(Order(one.key, one.value, one.round, one.countries if by_country(inputs, one.key) else None)
                 for one in orders)


def with_orders(
    inputs: ExerciseInputs, scenario: str, orders: Sequence[Order], released: Sequence[Released] = ()
) -> CaseInputs:
    """Return the case with a scenario of orders and injects.

    Parameters
    ----------
    inputs : ExerciseInputs
        The exercise.
    scenario : str
        The scenario that they change.
    orders : Sequence[Order]
        Orders in the order in which they were given.
    released : Sequence[Released]
        Injects with their rounds.

    Returns
    -------
    CaseInputs
        The case; the scenario is called ``TEAM``.
    """
    case = inputs.case
    base = case.scenario(scenario)
    uses = single_uses(base, case.workspace.presets, case.workspace.levers)
    changes = list(base.changes)
    for (key, country), spans in _spans(inputs, orders).items():
        where = None if country is None else (country,)
        if is_lever(inputs, key):
            uses = [part for use in uses for part in _ended(inputs, use, key, country, spans[0])]
            uses += _uses(key, where, spans)
        else:
            changes = [part for one in changes for part in _clipped(inputs, one, key, where, spans[0].start)]
            changes += [Change(parameter=key, set=one.value, start=one.start, until=one.until, countries=where,
                               reason=REASON) for one in spans]
    for one in released:
        changes = _struck(inputs, changes, one)
    made = base.model_copy(update={"levers": tuple(uses), "changes": tuple(changes)})
    locations = {(TEAM, key): place for (name, key), place in case.locations.items() if name == scenario}
    return replace(case, scenarios={**case.scenarios, TEAM: made}, locations={**case.locations, **locations})


def _spans(inputs: ExerciseInputs, orders: Sequence[Order]) -> dict[tuple[str, str | None], list[OrderedSpan]]:
    """Return values by day of each key and country.

    Of orders of the same round the last one holds.
    """
    values: dict[tuple[str, str | None], dict[int, float]] = {}
    for order in sorted(orders, key=lambda one: (one.round, one.number)):
        everywhere = tuple(inputs.case.case.countries) if by_country(inputs, order.key) else (None,)
        for country in order.countries or everywhere:
            values.setdefault((order.key, country), {})[order.round] = order.value
    found = {}
    for key, rounds in values.items():
        kept = [number for place, number in enumerate(sorted(rounds))
                if place == 0 or rounds[number] != rounds[sorted(rounds)[place - 1]]]
        ends = [*kept[1:], None]
        found[key] = [OrderedSpan(rounds[number], round_start(inputs, number),
                           None if end is None else round_start(inputs, end))
                      for number, end in zip(kept, ends, strict=True)]
    return found


def _uses(key: str, where: tuple[str, ...] | None, spans: Sequence[OrderedSpan]) -> list[LeverUse]:
    """Return the uses of a lever, each followed by the next.

    A lever that is called off ends on the day.
    """
    following = [span.value > 0.0 for span in spans[1:]] + [False]
    return [
        (FollowedUse if followed else LeverUse)(
            lever=key, intensity=one.value, start=one.start, until=one.until, countries=where)
        for one, followed in zip(spans, following, strict=True) if one.value > 0.0
    ]


def _ended(inputs: ExerciseInputs, use: LeverUse, key: str, country: str | None, first: OrderedSpan) -> list[LeverUse]:
    """Return a use of the scenario that ends where an order begins.

    In other countries it goes on.
    """
    case = inputs.case.case
    if use.lever != key or (country is not None and country not in (use.countries or case.countries)):
        return [use]
    others = tuple(name for name in use.countries or case.countries if name != country) if country is not None else ()
    rest = [use.model_copy(update={"countries": others})] if others else []
    own = inputs.case.workspace.levers[key]
    begins = use.start if use.start is not None else own.start
    ends = use.until if use.until is not None else own.until
    if begins is not None and moment_day(begins, case.start) >= first.start:
        return rest
    if ends is not None and moment_day(ends, case.start) <= first.start:
        return [use]
    kind = FollowedUse if first.value > 0.0 else LeverUse
    given = {name: getattr(use, name) for name in LeverUse.model_fields}
    where = None if country is None else (country,)
    return [kind(**{**given, "until": first.start, "countries": where}), *rest]


def _clipped(
    inputs: ExerciseInputs, change: Change, key: str, where: tuple[str, ...] | None, start: date
) -> list[Change]:
    """Return a change that ends where an order of its input begins.

    In other countries it goes on.
    """
    countries = tuple(change.countries or inputs.case.case.countries)
    if change.parameter != key or (where is not None and where[0] not in countries):
        return [change]
    if change.until is not None and change.until <= start:
        return [change]
    others = tuple(name for name in countries if name != where[0]) if where is not None else ()
    rest = [change.model_copy(update={"countries": others})] if others else []
    if (change.start or inputs.case.case.start) >= start:
        return rest
    return [change.model_copy(update={"until": start, "countries": where}), *rest]


def _struck(inputs: ExerciseInputs, changes: list[Change], one: Released) -> list[Change]:
    """Return changes with those of an inject.

    A value that it sets ends earlier ones; they come back where it ends.
    """
    begun, case = round_start(inputs, one.round), inputs.case.case
    for change in one.inject.changes:
        start = begun + timedelta(days=change.after_days)
        until = None if change.days is None else start + timedelta(days=change.days)
        if start >= case.end:
            continue
        if until is not None and until >= case.end:
            until = None
        made = Change(parameter=change.parameter, start=start, until=until, countries=change.countries,
                      groups=change.groups, reason=change.reason,
                      **{change.operation: getattr(change, change.operation)})
        if change.set is not None:
            changes = [part for earlier in changes for part in _interrupted(earlier, made)]
        changes = [*changes, made]
    return changes


def _interrupted(earlier: Change, event: Change) -> list[Change]:
    """Return an earlier value with the days of an event left out."""
    same = earlier.parameter == event.parameter and earlier.set is not None
    if not same or earlier.countries != event.countries or earlier.groups != event.groups:
        return [earlier]
    assert event.start is not None
    if earlier.until is not None and earlier.until <= event.start:
        return [earlier]
    parts = []
    if earlier.start is None or earlier.start < event.start:
        parts.append(earlier.model_copy(update={"until": event.start}))
    if event.until is not None and (earlier.until is None or earlier.until > event.until):
        start = event.until if earlier.start is None or earlier.start < event.until else earlier.start
        parts.append(earlier.model_copy(update={"start": start, "ramp_days": 0}))
    return parts
