"""Breaches of an option next to the baseline's.

They say which the option adds, which grow, and which end. A breach is a choice of an authority. A breach that the
baseline has does not keep an option from being compared. Source: ``docs/model.md`` section 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mixedmig_model.results.indicators.bounds import ONE_PERSON, SHARE, Bound, lives_could, split
from mixedmig_model.results.indicators.decision import BREACHES
from mixedmig_model.results.indicators.exposure import JudgedCounts

CHILDREN = "identified_children_detained"
UNHEARD = "children_returned_unheard"
DETAINS = ("detention.detained_share", "detention.pre_removal_rate", "law.no_penalty_for_irregular_entry")
MADE_BY: Mapping[str, tuple[str, ...]] = {
    CHILDREN: ("law.child_exemption", *DETAINS),
    "enforced_without_decision": ("law.individual_decision", "return.summary_rate"),
    "enforced_pending_appeal": ("law.suspensive_appeal",),
    UNHEARD: ("law.best_interests",),
    "detention_over_limit": ("law.detention_limit", "detention.time_limit", *DETAINS),
    "refused_disembarkation": ("journey.refused_share",),
    "turned_back": ("journey.turn_back_rate",),
    "services_tied_to_status": ("law.services_irrespective_of_status",),
}
"""Inputs that make a breach.

An option that changes one of them answers for its growth.
"""
RETURNS = "returns"
"""The word for an option that raises what returns people.

It stands next to the breaches that an option may make.
"""
ESCORTS = "return.escorted_places"
"""Places without which nobody is returned by force."""
RETURNED_BY = (
    "return.officers", "return.assisted_places", ESCORTS, "return.assisted_uptake_rate",
    "return.uptake_before_decision", "return.readmission_share", "return.readmission_factor", "return.summary_rate",
    "return.late_return_rate",
)
"""Inputs of which more return more people."""
RETURNS_SLOWED_BY = ("return.preparation_effort", "return.documentation_time")
"""Inputs of which less return more people."""
BreachWord = Literal[
    "adds", "grows", "grows_by_throughput", "seen_better", "seen_less", "in_both", "within", "shrinks", "ends", "none"
]
GRAVITY: tuple[BreachWord, ...] = (
    "adds", "grows", "grows_by_throughput", "seen_better", "seen_less", "in_both", "within", "shrinks", "ends", "none"
)
"""Words of a breach, the gravest first.

Of several runs the gravest counts.
"""


@dataclass(frozen=True)
class BreachReading:
    """What two runs say of one breach.

    ``detained`` holds the children taken into detention, the baseline's and the option's, identified or not. A breach
    of children is only seen better where more of them are known to be children. ``side`` is the run that says so.
    """

    key: str
    word: BreachWord
    counts: Bound
    threshold: float
    detained: tuple[float, float] = (0.0, 0.0)
    side: str = "default"
    place: str = ""

    @property
    def named(self) -> bool:
        """Whether there is anything to say of it."""
        return self.word != "none"


def read_breaches(baseline: JudgedCounts, option: JudgedCounts, made: frozenset[str]) -> tuple[BreachReading, ...]:
    """Return what two runs say of each breach.

    Source: ``docs/model.md`` section 6.

    Parameters
    ----------
    baseline : JudgedCounts
        Counts of the baseline.
    option : JudgedCounts
        Counts of the option.
    made : frozenset[str]
        Breaches of which the option changes an input that makes them.

    Returns
    -------
    tuple[BreachReading, ...]
        A reading for each breach.
    """
    return tuple(read_breach(one.key, baseline, option, one.key in made) for one in BREACHES)


def read_breach(key: str, baseline: JudgedCounts, option: JudgedCounts, made: bool) -> BreachReading:
    """Return what two runs say of one breach.

    It is per person who lived.
    """
    exposure = _exposure(key, baseline, option)
    counts = split(baseline.breaches[key], option.breaches[key], exposure)
    detained = (baseline.children_taken_into_detention, option.children_taken_into_detention)
    least = max(ONE_PERSON, lives_could(exposure))
    if abs(counts.risk) >= least and key == CHILDREN and not _with_the_children(counts, detained, exposure, least):
        return BreachReading(key, "seen_better" if counts.risk > 0.0 else "seen_less", counts, least, detained)
    word = _word(counts, least, made)
    forgiven = max(least, SHARE * counts.baseline) if word == "grows_by_throughput" else least
    return BreachReading(key, word, counts, forgiven, detained, place=_place(key, baseline, option, word))


def _exposure(key: str, baseline: JudgedCounts, option: JudgedCounts) -> tuple[float, float]:
    """Return people who lived and could suffer a breach.

    They are children for the breaches of children.
    """
    if key in (CHILDREN, UNHEARD):
        return baseline.child_survivors, option.child_survivors
    return baseline.survivors, option.survivors


def _with_the_children(
    counts: Bound, detained: tuple[float, float], exposure: tuple[float, float], least: float
) -> bool:
    """Return whether all detained children move alike.

    They move as those identified do.
    """
    risk = split(*detained, exposure).risk
    return risk * counts.risk > 0.0 and abs(risk) >= least


def _word(counts: Bound, least: float, made: bool) -> BreachWord:
    if counts.risk >= least:
        if counts.baseline < ONE_PERSON:
            return "adds"
        if made:
            return "grows"
        return "grows_by_throughput" if counts.risk >= SHARE * counts.baseline else "in_both"
    if counts.risk <= -least:
        return "ends" if counts.option < ONE_PERSON else "shrinks"
    if counts.baseline >= ONE_PERSON:
        return "in_both"
    return "within" if counts.option >= ONE_PERSON else "none"


def _place(key: str, baseline: JudgedCounts, option: JudgedCounts, word: BreachWord) -> str:
    """Return the country in which a breach rises most.

    The breach is added or grows; the text is empty where the run does not know.
    """
    if word not in ("adds", "grows", "grows_by_throughput"):
        return ""
    ours, theirs = (one.in_countries.get(key, {}) for one in (option, baseline))
    rises = {country: count - theirs.get(country, 0.0) for country, count in ours.items()}
    return max(rises, key=lambda country: rises[country]) if rises else ""
