"""What may be said of an option next to its baseline.

There is one rule for reports, comparisons, ensembles, batches and sliders. Only harms and breaches decide, in runs in
which the same people depart. A harm is named only where it moves the same way at a low, the default and a high share of
people due protection. Source: ``docs/model.md`` section 6.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mixedmig_model.results.indicators.bounds import ONE_PERSON, Reading, Sign, read_harm
from mixedmig_model.results.indicators.breaches import GRAVITY, RETURNS, BreachReading, read_breaches
from mixedmig_model.results.indicators.exposure import HARM_KEYS, JudgedCounts

SIDES = ("default", "low", "high")
"""The run itself, and runs at the ends of the true-need share."""
FEWER = 0.5
"""Share below which a service is said to serve fewer.

It is of the baseline's people.
"""
MOVED = 0.2
"""Share from which a harm has moved between countries.

It is of the larger of falls and rises.
"""
STAYED = 0.5
"""Share of a rise in harm that names its reason.

People who no longer left must explain that much of it.
"""
GONE = ("elsewhere", "unrecorded")
"""Parts of what is possible with people who left.

They left the procedure.
"""
INDICATOR_OF: Mapping[str, str] = {
    "deaths": "deaths", "adrift": "adrift_days", "sent_back": "wrongly_returned", "unprotected": "unprotected_days",
    "needs_unseen": "needs_unseen_days", "unsheltered": "without_shelter_days", "detention": "detention_days",
    "children_detained": "child_detention_days", "children_separated": "child_separation_days",
    "without_status": "without_status_days", "without_solution": "without_solution_days",
}
"""The indicator that shows what is seen of each harm."""
HARM_OF: Mapping[str, str] = {indicator: key for key, indicator in INDICATOR_OF.items()}
"""The harm that each of these indicators shows."""
GAINED_BY_RETURNS = frozenset(
    ("needs_unseen", "unsheltered", "detention", "children_detained", "children_separated", "without_status"))
"""Harms that a run no longer sees of a person returned.

More returns alone can make them smaller.
"""
Word = Literal["better", "worse", "unclear", "depends", "within", "none"]
"""What may be said of a harm.

``depends``: on how many people are due protection.
"""
Runs = Mapping[str, JudgedCounts]
"""Counts of the runs of an option by side.

The default run stands alone where there are no others.
"""


@dataclass(frozen=True)
class HarmReading:
    """What may be said of one harm.

    It is a word, the reading of the run it comes from, and the sign of each run. ``side`` is the run that the reading
    comes from. ``stayed``: how many people fewer left before a decision, where that explains a harm that is worse.
    """

    key: str
    word: Word
    reading: Reading
    sides: Mapping[str, Sign]
    side: str = "default"
    stayed: float = 0.0

    @property
    def weight(self) -> float:
        """Size relative to the baseline: the order of lists."""
        return abs(self.reading.size) / max(self.reading.seen.baseline, self.reading.threshold.whole)


@dataclass(frozen=True)
class ServesFewer:
    """A service that sees less than half of the baseline's people."""

    service: str
    baseline: float
    option: float


@dataclass(frozen=True)
class MovedHarm:
    """A harm that fell in some countries and rose in others.

    It is in its unit.
    """

    key: str
    amount: float
    fell_in: tuple[str, ...]
    rose_in: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """What may be said of an option.

    ``lived``: people who lived because of the option, negative where fewer did. ``returns_more``: the option raises
    what returns people.
    """

    harms: tuple[HarmReading, ...]
    breaches: tuple[BreachReading, ...]
    serves_fewer: tuple[ServesFewer, ...]
    moved: tuple[MovedHarm, ...]
    lived: float
    outside: Mapping[str, tuple[float, float]]
    returns_more: bool = False

    def named(self, word: Word) -> tuple[HarmReading, ...]:
        """Return harms with a word, the largest first."""
        return tuple(sorted((one for one in self.harms if one.word == word), key=lambda one: -one.weight))

    def breached(self, *words: str) -> tuple[BreachReading, ...]:
        """Return breaches with any of some words."""
        return tuple(one for one in self.breaches if one.word in words)

    @property
    def ranked(self) -> bool:
        """Whether the option may be compared.

        It adds no breach, and makes none grow by what it changes.
        """
        return not self.breached("adds", "grows")

    @property
    def better_on_all(self) -> bool:
        """Whether every harm that differs is smaller.

        No breach appears or grows. Returns are no gain: who is returned is no longer counted, so an option that raises
        them must make smaller what no return can.
        """
        turns = any(sign in ("worse", "unclear") for one in self.named("depends") for sign in one.sides.values())
        others = self.named("worse") or self.named("unclear") or self.breached("adds", "grows", "grows_by_throughput")
        gains = {one.key for one in self.named("better")} - (GAINED_BY_RETURNS if self.returns_more else set())
        return bool(gains) and not others and not turns


def judge(option: Runs, baseline: Runs, made: Iterable[str] = ()) -> Judgement:
    """Judge an option by its runs and the baseline's.

    The same people depart in all of them. Source: ``docs/model.md`` section 6.

    Parameters
    ----------
    option, baseline : Runs
        Counts by side; the default run must be there.
    made : Iterable[str], default ()
        Breaches of which the option changes an input that makes them (``breaches.MADE_BY``), and ``RETURNS`` where it
        raises one that returns people.

    Returns
    -------
    Judgement
        A word for each harm and each breach, with the numbers behind it.
    """
    sides, makes = [side for side in SIDES if side in option and side in baseline], frozenset(made)
    ours, theirs = option["default"], baseline["default"]
    breaches = {side: read_breaches(baseline[side], option[side], makes) for side in sides}
    return Judgement(
        tuple(_harm(key, option, baseline, sides) for key in HARM_KEYS),
        tuple(_gravest(breaches, k) for k in range(len(breaches["default"]))),
        serves_fewer=_serves_fewer(theirs, ours), moved=_moved(theirs, ours),
        lived=ours.survivors - theirs.survivors,
        outside={key: (theirs.outside.get(key, 0.0), count) for key, count in ours.outside.items()},
        returns_more=RETURNS in makes,
    )


def _harm(key: str, option: Runs, baseline: Runs, sides: Sequence[str]) -> HarmReading:
    readings = {side: read_harm(key, baseline[side], option[side]) for side in sides}
    signs = {side: one.sign for side, one in readings.items()}
    word = common_word(signs)
    side = next(side for side in sides if signs[side] == "unclear") if word == "unclear" else "default"
    found = HarmReading(key, word, readings[side], signs, side)
    return replace(found, stayed=_stayed(found, baseline["default"], option["default"]))


def common_word(signs: Mapping[str, Sign]) -> Word:
    """Return what several runs together say of one harm.

    The runs are at several shares of people due protection. A sign stands where all runs have it. A doubt of any run is
    a doubt, unless nothing differs in the default run. A harm that is worse in some run alone is never passed over: it
    depends on how many are due protection.
    """
    found, default = set(signs.values()), signs["default"]
    if found <= {default}:
        return default
    if default in ("none", "within") and "worse" not in found:
        return default
    return "unclear" if "unclear" in found else "depends"


def _stayed(found: HarmReading, baseline: JudgedCounts, option: JudgedCounts) -> float:
    """Return how many people fewer left before a decision.

    Their time here must explain at least half of a worse harm. They are taken to suffer as much a day as others did in
    the baseline.
    """
    before, after = (one.outside.get("left_before_decision", 0.0) for one in (baseline, option))
    if found.word != "worse" or before - after < ONE_PERSON:
        return 0.0
    theirs, ours = (one.harms["unsheltered"] for one in (baseline, option))
    gone = [sum(one.beyond.get(name, 0.0) for name in GONE) for one in (theirs, ours)]
    here = max(theirs.exposure - gone[0], 1.0)
    explained = found.reading.seen.baseline * (gone[0] - gone[1]) / here
    if found.key == "sent_back":
        explained = max(explained, _of_those_who_stayed(baseline, before - after))
    return before - after if explained >= STAYED * found.reading.size else 0.0


def _of_those_who_stayed(baseline: JudgedCounts, stayed: float) -> float:
    """Return people sent back among those who no longer left.

    As many of them are due protection, and as many with an outcome are sent back, as in the baseline.
    """
    sent = baseline.harms["sent_back"]
    outcomes = sent.seen + sent.settled
    return stayed * sent.exposure / max(baseline.survivors, 1.0) * sent.seen / outcomes if outcomes > 1.0 else 0.0


def _gravest(breaches: Mapping[str, tuple[BreachReading, ...]], number: int) -> BreachReading:
    """Return the gravest reading of one breach over all runs.

    It is the default run's where several are as grave.
    """
    readings = [replace(found[number], side=side) for side, found in breaches.items()]
    return min(readings, key=lambda one: GRAVITY.index(one.word))


def _serves_fewer(baseline: JudgedCounts, option: JudgedCounts) -> tuple[ServesFewer, ...]:
    return tuple(
        ServesFewer(service, before, option.served.get(service, 0.0)) for service, before in baseline.served.items()
        if before >= ONE_PERSON and option.served.get(service, 0.0) < FEWER * before
    )


def _moved(baseline: JudgedCounts, option: JudgedCounts) -> tuple[MovedHarm, ...]:
    """Return harms that moved between countries.

    They fell in some and rose in others, by as much as is material. This is never a reason for better.
    """
    return tuple(found for key in HARM_KEYS if (found := _moved_harm(key, baseline, option)))


def _moved_harm(key: str, baseline: JudgedCounts, option: JudgedCounts) -> MovedHarm | None:
    theirs = baseline.in_countries.get(key, {})
    gaps = {country: count - theirs.get(country, 0.0) for country, count in option.in_countries.get(key, {}).items()}
    least = read_harm(key, baseline, option).threshold.whole
    fell, rose = (sum(max(sign * gap, 0.0) for gap in gaps.values()) for sign in (-1.0, 1.0))
    if min(fell, rose) < max(least, MOVED * max(fell, rose)):
        return None
    return MovedHarm(key, min(fell, rose), _most(gaps, fell, -1.0), _most(gaps, rose, 1.0))


def _most(gaps: Mapping[str, float], whole: float, sign: float) -> tuple[str, ...]:
    """Return countries that make most of a fall or a rise.

    The largest comes first.
    """
    order = sorted(gaps, key=lambda country: -sign * gaps[country])
    return tuple(country for country in order if sign * gaps[country] >= MOVED * whole)


@dataclass(frozen=True)
class DrawShares:
    """How often draws say a word of a harm.

    Draws are of all uncertain inputs; shares of the draws are by key. ``adds``: the share in which the option adds a
    breach, or makes one grow. ``any_worse``: at least one harm is worse.
    """

    draws: int
    better: Mapping[str, float]
    worse: Mapping[str, float]
    any_worse: float
    adds: float


def judge_draws(
    option: Sequence[JudgedCounts | None], baseline: Sequence[JudgedCounts | None], made: Iterable[str]
) -> list[Judgement | None]:
    """Judge an option draw by draw.

    Parameters
    ----------
    option, baseline : Sequence[JudgedCounts | None]
        Counts by draw.
    made : Iterable[str]
        Breaches of which the option changes an input that makes them, as in ``judge``.

    Returns
    -------
    list[Judgement | None]
        A judgement for each draw; None where one of the two runs failed.
    """
    return [
        judge({"default": ours}, {"default": theirs}, made) if ours is not None and theirs is not None else None
        for ours, theirs in zip(option, baseline, strict=True)
    ]


def draw_shares(found: Sequence[Judgement | None]) -> DrawShares | None:
    """Return how often draws say a word of each harm.

    It is None where no draw could be judged.
    """
    known = [one for one in found if one is not None]
    if not known:
        return None

    def shares(word: Word) -> dict[str, float]:
        counts = {key: sum(one.harms[k].word == word for one in known) for k, key in enumerate(HARM_KEYS)}
        return {key: count / len(known) for key, count in counts.items()}

    return DrawShares(
        len(known), shares("better"), shares("worse"),
        any_worse=sum(bool(one.named("worse")) for one in known) / len(known),
        adds=sum(not one.ranked for one in known) / len(known),
    )
