"""One harm of an option next to the baseline's.

It has two bounds, the split into risk and exposure, and the threshold. Source: ``docs/model.md`` section 6. Everything
is counted per person who could suffer the harm. Where people leave what a run can see, a harm has a count that is seen
and one that is possible. Only the risk part of a difference decides.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from mixedmig_model.results.indicators.exposure import HarmCount, JudgedCounts
from mixedmig_model.vocabulary.calendar import WHOLE_YEAR_DAYS

IN_PERSONS = ("deaths", "sent_back")
"""Harms counted in persons.

All others are counted in person-days.
"""
ONE_PERSON, ONE_YEAR = 1.0, WHOLE_YEAR_DAYS
"""The smallest difference that is material.

It is in persons, and in person-days.
"""
SHARE = 0.01
"""Share of the baseline below which nothing is material.

It is a share of the baseline's count.
"""
MOST_DEATHS = 10.0
"""Deaths that are always material.

This holds however large the baseline's count is.
"""
SOLVER_ERROR = 4e-4
"""Share of a count by which two solvers may differ.

The threshold is twice that.
"""
PUSHED = 1.5
"""Times adrift that a life saved adrift may add.

It is its own, and half of another's. A death adrift takes as much away.
"""
WITHOUT_OUTCOME = "outcome"
"""A reason for doubt: another number got an outcome."""
WAITING = "waiting"
"""A reason for doubt: another number wait at the end."""
Sign = Literal["better", "worse", "unclear", "within", "none"]
"""What one pair of runs says of a harm.

``within``: what the lives saved alone could cause.
"""


def least_of_unit(unit: str) -> float:
    """Return the smallest material difference of an indicator.

    It is in its unit; next to nothing for other units.
    """
    return {"person": ONE_PERSON, "person-day": ONE_YEAR}.get(unit, 1e-9)


class Bound(NamedTuple):
    """One count of a harm, with the difference split.

    It has the baseline's and the option's; ``risk + exposed`` is all of the difference.
    """

    baseline: float
    option: float
    risk: float
    exposed: float


class Threshold(NamedTuple):
    """The least risk part that is material.

    ``own`` is of the harm alone, ``lives`` what the lives saved could cause.
    """

    own: float
    lives: float

    @property
    def whole(self) -> float:
        """The larger of both."""
        return max(self.own, self.lives)


@dataclass(frozen=True)
class Reading:
    """What one pair of runs says of one harm.

    ``size`` is the risk part of the bound nearer to zero. ``reason`` and ``moved`` are set where the sign is unclear:
    the part that moves against what is seen, and by how much.
    """

    key: str
    sign: Sign
    seen: Bound
    possible: Bound
    threshold: Threshold
    size: float
    reason: str = ""
    moved: float = 0.0


def split(baseline: float, option: float, exposure: tuple[float, float]) -> Bound:
    """Split a difference into risk and exposure.

    Where nobody is exposed in one of the runs there is no risk to compare: all of the difference is exposure. Source:
    ``docs/model.md`` section 6.

    Parameters
    ----------
    baseline : float
        The baseline's count.
    option : float
        The option's count.
    exposure : tuple[float, float]
        The baseline's and the option's exposure.

    Returns
    -------
    Bound
        The counts with the split difference.
    """
    before, after = exposure
    if min(before, after) <= 1e-9:
        return Bound(baseline, option, 0.0, option - baseline)
    rate = option / after
    return Bound(baseline, option, (rate - baseline / before) * before, rate * (after - before))


def threshold(key: str, baseline: JudgedCounts, option: JudgedCounts) -> Threshold:
    """Return the least risk part that is material, in its unit."""
    seen = baseline.harms[key].seen
    share = min(SHARE * seen, MOST_DEATHS) if key == "deaths" else SHARE * seen
    floor = least_of_unit("person" if key in IN_PERSONS else "person-day")
    return Threshold(max(floor, share, 2.0 * SOLVER_ERROR * seen), _lives(key, baseline, option))


def _lives(key: str, baseline: JudgedCounts, option: JudgedCounts) -> float:
    """Return what the lives saved alone could do to a harm.

    It is in the harm's unit. A survivor can at worst spend all their time in the harm, or push one other into it.
    Deaths are what is saved. Time adrift that falls because people die adrift is no gain: they would have spent it.
    """
    if key == "deaths":
        return 0.0
    if key == "adrift":
        changed = option.adrift_deaths - baseline.adrift_deaths
        falls = option.harms[key].seen < baseline.harms[key].seen
        counted = max(-changed, changed if falls else 0.0, 0.0)
        return PUSHED * counted * max(_time_adrift(baseline), _time_adrift(option))
    return lives_could((baseline.harms[key].exposure, option.harms[key].exposure))


def lives_could(exposure: tuple[float, float]) -> float:
    """Return the largest risk part that exposure can cause.

    It comes from a difference of exposure alone. The risk part is given at the baseline's exposure, so a smaller
    exposure of the option is scaled up with it. Source: ``docs/model.md`` section 6.

    Parameters
    ----------
    exposure : tuple[float, float]
        The baseline's and the option's exposure.

    Returns
    -------
    float
        The risk part, in the unit of the exposure.
    """
    before, after = exposure
    return abs(after - before) * max(1.0, before / after) if min(before, after) > 1e-9 else abs(after - before)


def _time_adrift(counts: JudgedCounts) -> float:
    """Return mean time adrift of those who came adrift, days."""
    return counts.harms["adrift"].seen / counts.adrift_entries if counts.adrift_entries > 1e-6 else 0.0


def read_harm(key: str, baseline: JudgedCounts, option: JudgedCounts) -> Reading:
    """Return what two runs say of one harm.

    Both bounds must move the same way by more than the threshold.
    """
    ours, theirs = option.harms[key], baseline.harms[key]
    seen = split(theirs.seen, ours.seen, (theirs.exposure, ours.exposure))
    possible = _possible(key, theirs, ours, seen)
    least = threshold(key, baseline, option)
    size = min(seen.risk, possible.risk, key=abs)
    if abs(seen.risk) < least.whole:
        sign: Sign = "within" if abs(seen.risk) >= least.own else "none"
        return Reading(key, sign, seen, possible, threshold=least, size=size)
    if abs(possible.risk) >= least.whole and possible.risk * seen.risk > 0.0:
        return Reading(key, "worse" if seen.risk > 0.0 else "better", seen, possible, threshold=least, size=size)
    reason, moved = _against(key, theirs, ours, seen.risk)
    return Reading(key, "unclear", seen, possible, threshold=least, size=size, reason=reason, moved=moved)


def _possible(key: str, theirs: HarmCount, ours: HarmCount, seen: Bound) -> Bound:
    """Return the count that is possible, split.

    It has the baseline's and the option's.
    """
    if key == "sent_back":
        return _per_outcome(theirs, ours, seen)
    days = _days_settled(theirs)
    before, after = (one.seen + sum(one.beyond.values()) + days * one.waiting for one in (theirs, ours))
    return split(before, after, (theirs.exposure, ours.exposure))


def _days_settled(baseline: HarmCount) -> float:
    """Return days of a harm for a person with an outcome.

    They are of the baseline, and are imputed to those who still wait at the end.
    """
    return baseline.seen / baseline.settled if baseline.settled > 1.0 else 0.0


def _per_outcome(theirs: HarmCount, ours: HarmCount, seen: Bound) -> Bound:
    """Return people sent back per person with any outcome.

    Nobody is safe from return because they still wait.
    """
    before, after = theirs.seen + theirs.settled, ours.seen + ours.settled
    if min(before, after) > 1.0:
        return split(theirs.seen, ours.seen, (before, after))
    return seen if before <= 1.0 else Bound(theirs.seen, ours.seen, 0.0, ours.seen - theirs.seen)


def _against(key: str, theirs: HarmCount, ours: HarmCount, risk: float) -> tuple[str, float]:
    """Return what moves most against what is seen.

    It is the part of what is possible, and by how much it moves.
    """
    if key == "sent_back":
        return WITHOUT_OUTCOME, (ours.seen + ours.settled) - (theirs.seen + theirs.settled)
    names, days = dict.fromkeys([*theirs.beyond, *ours.beyond]), _days_settled(theirs)
    parts = {name: (theirs.beyond.get(name, 0.0), ours.beyond.get(name, 0.0)) for name in names}
    parts[WAITING] = (days * theirs.waiting, days * ours.waiting)
    exposure = (theirs.exposure, ours.exposure)
    moves = {name: split(*both, exposure).risk for name, both in parts.items()}
    reason = min(moves, key=lambda name: moves[name] * (1.0 if risk > 0.0 else -1.0))
    return reason, moves[reason]
