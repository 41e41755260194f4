"""Levers of a scenario as dated changes of parameters.

Their order does not depend on the file's. A parameter under levers is (base or ``set``) x product of scales + sum of
adds. Each is at the lever's intensity i: base + i (set - base), 1 + i (factor - 1), i x amount. What a lever at
intensity 0 does is left out before anything is computed. A scenario's own changes come after, on what the levers made
(``docs/levers.md``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from mixedmig_model.inputs.costs.schema import OwnCost
from mixedmig_model.inputs.levers.conditions import Condition, Intervals, Switch
from mixedmig_model.inputs.levers.schema import (
    OPERATIONS,
    CitedEffect,
    FollowedUse,
    Lever,
    LeverChange,
    LeverEffect,
    LeverUse,
    Preset,
    SideEffect,
    moment_day,
)
from mixedmig_model.inputs.reading.fields import Range
from mixedmig_model.inputs.schema import Case, Change, Scenario


@dataclass(frozen=True)
class Applied:
    """One dated change that a lever makes in a scenario."""

    lever: str
    use: int  # its number in the scenario's list
    change: Change
    share: float  # of the change: the lever's intensity, or 1
    bounds: Range | None = None  # in the unit of the base file

    @property
    def key(self) -> tuple[str, str]:
        """What changes are sorted by: never their order in a file."""
        return self.lever, f"{self.change.model_dump_json()} {self.share!r}"


@dataclass(frozen=True)
class Acting:
    """A lever that acts in a scenario, alone or from a preset."""

    lever: str
    record: Lever
    use: int
    intensity: float
    start: date | None  # None: from the first day
    until: date | None  # None: to the last
    countries: tuple[str, ...] | None
    effects: tuple[CitedEffect, ...]
    days: tuple[date, date]  # of the run
    when: Condition | None = None  # where it switches itself; start and until then bound it
    followed: bool = False  # another use follows: what takes time goes on until that takes effect

    def starts(self, lead_days: int) -> date | None:
        """Return the date from which a change of the lever acts.

        The change has a lead time. None means from the first day.
        """
        if not lead_days:
            return self.start
        return (self.start or self.days[0]) + timedelta(days=lead_days)

    def ends(self, lead_days: int) -> date | None:
        """Return the date on which a change of the lever ends.

        It goes on for its lead time where another use follows.
        """
        return self.until + timedelta(days=lead_days) if self.followed and self.until else self.until


def acting(
    scenario: Scenario, case: Case, levers: Mapping[str, Lever], presets: Mapping[str, Preset],
    switched: Intervals | None = None,
) -> tuple[Acting, ...]:
    """Return the levers that act in a scenario.

    Levers at intensity 0 are left out.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    case : Case
        The case.
    levers : Mapping[str, Lever]
        Levers of the workspace by name.
    presets : Mapping[str, Preset]
        Presets of the workspace by name.
    switched : Intervals | None, default None
        When levers that switch themselves are on, in days. If None, as long as they may be, for checks and costs.

    Returns
    -------
    tuple[Acting, ...]
        The levers with their dates and intensities.

    Raises
    ------
    KeyError
        For an unknown name.
    """
    made = []
    for index, use in enumerate(scenario.levers):
        for name, intensity in named(use, presets):
            one = _acting(index, use, name, intensity=intensity, lever=levers[name], case=case)
            if intensity > 0.0 and not (one.start and one.until and one.until <= one.start):
                made += [one] if use.when is None or switched is None else _switched(one, switched.get(index, ()))
    return tuple(made)


def _switched(one: Acting, pairs: tuple[tuple[int, int | None], ...]) -> list[Acting]:
    """Return a lever once for each time that it is on.

    The lever switches itself.
    """
    def day(number: int | None) -> date | None:
        return one.until if number is None else one.days[0] + timedelta(days=number)

    return [replace(one, start=day(on), until=day(off)) for on, off in pairs]


def switches_of(levers: tuple[Acting, ...]) -> tuple[Switch, ...]:
    """Return the levers of a scenario that switch themselves.

    Parameters
    ----------
    levers : tuple[Acting, ...]
        Levers of the scenario, as long as each may act.

    Returns
    -------
    tuple[Switch, ...]
        A switch for each lever that has a condition.
    """
    made = []
    for one in levers:
        if one.when is not None:
            first, last = one.start or one.days[0], one.until or one.days[1]
            made.append(Switch(one.use, one.lever, one.when, countries=one.countries,
                               first=(first - one.days[0]).days, last=(last - one.days[0]).days))
    return tuple(made)


def named(use: LeverUse, presets: Mapping[str, Preset]) -> list[tuple[str, float]]:
    """Return the levers that a use names, with intensities.

    A preset is replaced by its levers.
    """
    if use.lever is not None:
        return [(use.lever, use.intensity)]
    assert use.preset is not None  # the schema asks for one of the two
    return [(one.lever, use.intensity * one.intensity) for one in presets[use.preset].levers]


def single_uses(scenario: Scenario, presets: Mapping[str, Preset], levers: Mapping[str, Lever]) -> list[LeverUse]:
    """Return the uses of a scenario, one lever each.

    Presets are replaced by their levers. Each use keeps the cited effects that are its own. Uses at intensity 0 are
    left out. The others come in an order of their own, so that two lists are alike where they do the same.
    """
    uses = []
    for use in scenario.levers:
        for name, intensity in named(use, presets):
            own = {effect.parameter for effect in levers[name].effects}
            effects = tuple(effect for effect in use.effects if effect.parameter in own)
            if intensity > 0.0:
                uses.append(use.model_copy(update={"lever": name, "preset": None, "intensity": intensity,
                                                   "effects": effects}))
    return sorted(uses, key=LeverUse.model_dump_json)


def _acting(index: int, use: LeverUse, name: str, intensity: float, lever: Lever, case: Case) -> Acting:
    def day(given: Any, otherwise: Any) -> date | None:
        moment = otherwise if given is None else given
        return None if moment is None else moment_day(moment, case.start)

    own = {effect.parameter for effect in lever.effects}
    effects = tuple(effect for effect in use.effects if effect.parameter in own)
    return Acting(name, lever, index, intensity=intensity, start=day(use.start, lever.start),
                  until=day(use.until, lever.until), countries=use.countries, effects=effects,
                  days=(case.start, case.end), when=use.when,
                  followed=isinstance(use, FollowedUse))


def applied(levers: tuple[Acting, ...]) -> tuple[Applied, ...]:
    """Return all changes that levers make in a scenario, sorted.

    Changes that would begin after their end are left out.
    """
    made = []
    for one in levers:
        made += [applied_change(one, change, one.intensity, change.bounds) for change in one.record.changes]
        made += [_effect(one, effect) for effect in one.record.effects]
    return tuple(sorted((change for change in made if change is not None), key=lambda change: change.key))


def applied_change(
    one: Acting, change: LeverChange, share: float, bounds: Range | None, source: str | None = None
) -> Applied | None:
    """Return a change of a lever with its dates.

    It is None where it never begins.
    """
    start, until = one.starts(change.lead_days), one.ends(change.lead_days)
    last = min(until or one.days[1], one.days[1])
    if start is not None and start >= last:
        return None
    made = Change(
        parameter=change.parameter, start=start, until=until, ramp_days=change.ramp_days, countries=one.countries,
        source=source, reason=change.reason, **{name: getattr(change, name) for name in OPERATIONS},
    )
    return Applied(one.lever, one.use, made, share, bounds)


def _effect(one: Acting, effect: LeverEffect) -> Applied | None:
    """Return an effect on departures.

    It is as cited in the scenario, else what it is uncited, else nothing.
    """
    cited = [given for given in one.effects if given.parameter == effect.parameter]
    value = cited[0].value if cited else effect.uncited
    if value is None:
        return None
    reason = cited[0].reason if cited else effect.reason
    change = LeverChange(
        parameter=effect.parameter, lead_days=effect.lead_days, ramp_days=effect.ramp_days, reason=reason,
        set=value if effect.operation == "set" else None, scale=value if effect.operation == "scale" else None,
    )
    share = one.intensity if effect.by_intensity else 1.0
    return applied_change(one, change, share, None, cited[0].source if cited else None)


def least_values(levers: tuple[Acting, ...]) -> list[tuple[Acting, SideEffect]]:
    """Return side effects that set a least value.

    A parameter has the least value while a lever acts.
    """
    return [(one, side) for one in levers for side in one.record.side_effects if side.parameter is not None]


def lever_costs(levers: tuple[Acting, ...]) -> dict[str, OwnCost]:
    """Return the costs of a scenario's levers.

    Each is at its intensity and for as long as it acts. Costs are sorted by lever and start, so that totals do not
    depend on the order in the file, to the last bit. The second use of a lever, later or elsewhere, has a number after
    the name of its cost.
    """
    costs: dict[str, OwnCost] = {}
    for one in sorted(levers, key=lambda one: (one.lever, one.start or one.days[0], one.countries or ())):
        start = one.start if one.start and one.start > one.days[0] else None
        until = one.until if one.until and one.until < one.days[1] else None
        for name, cost in one.record.own_costs.items():
            key, again = name, 1
            while key in costs:
                again += 1
                key = f"{name}_{again}"
            costs[key] = cost.at(one.intensity, start, until, one.countries)
    return costs
