"""Random runs of every layout, hard bounds of the inputs among their numbers; a seed makes one run."""

import numpy as np
from science.synthetic import CHILD_ALONE, ILL, MIGRANT, PLAIN, REFUGEE, REFUGEE_CHILD, TRAFFICKED, make_run

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE

GROUPS, COUNTRIES = (1, 3, 7, 11), range(1, 13)
KINDS = (REFUGEE, MIGRANT, CHILD_ALONE, REFUGEE_CHILD, TRAFFICKED, ILL)
HARMLESS = ("standards.", "checks.")
"""Parameters that only judge results."""
SUMMED = {
    "journey.disembarkation_share", "arrivals.composition", "referral.protected_share", "referral.determination_share",
}
"""Parameters of which a sum is bounded."""
STAGES = ("registration", "screening", "counselling", "referral", "determination", "appeal", "return", "limbo",
          "protected")
PLACES = ("community", "reception", "detention", "alternative", "unsheltered")
OFTEN = {"detention.time_limit": (1.0, 40.0), "journey.voyage_time": (0.5, 20.0), "arrivals.scale": (0.2, 3.0),
         "return.uptake_before_decision": (0.0, 2.0), "work.hours_per_week": (3.0, 9.0)}
"""Usual numbers of parameters that their kind does not tell."""


def usual(rng, key, size):
    """Numbers that a case may well have; zero now and then where zero is allowed."""
    need = CATALOGUE[key]
    if key in OFTEN:
        values = rng.uniform(*OFTEN[key], size)
    elif need.high <= 1.0:
        values = rng.uniform(max(need.low, -0.5), need.high, size)
    elif need.unit == "1/day":
        values = np.exp(rng.uniform(np.log(1e-4), np.log(0.1), size))
    elif need.unit == "day":
        values = np.exp(rng.uniform(np.log(max(need.low, 0.5)), np.log(60.0), size))
    elif PLAIN[key] and need.high < 1e9:
        values = PLAIN[key] * np.exp(rng.uniform(-1.0, 1.0, size))
    else:
        values = np.exp(rng.uniform(np.log(0.2), np.log(300.0), size))
    values = np.where((rng.random(size) < 0.15) & (need.low <= 0.0), 0.0, values)
    return np.clip(values, need.low, need.high)


def extreme(rng, key, size):
    """Numbers of which some stand at a hard bound."""
    need = CATALOGUE[key]
    bound = need.low if rng.random() < 0.5 else need.high
    return np.where(rng.random(size) < 0.7, bound, usual(rng, key, size))


def parameter(rng, key, size, jump, make):
    """One parameter: the same throughout, or with other values from one day on."""
    need = CATALOGUE[key]
    size = {"region": 1}.get(need.axis, size)
    several = [make(rng, key, size) for _ in range(1 + (rng.random() < 0.25 and need.rule != "constant"))]
    if need.rule == "whole":
        several = [np.round(values) for values in several]
    return dict(zip((0, jump), (values.tolist() for values in several), strict=False))


def shares(rng, size, low=0.05):
    """Shares that sum to one."""
    values = rng.uniform(low, 1.0, size)
    return (values / values.sum()).tolist()


def in_turn(seed, free):
    """Two inputs of every third run that stand at a hard bound throughout: all go round, first low, then high."""
    numbers = (2 * (seed // 3), 2 * (seed // 3) + 1) if seed % 3 == 2 else ()
    return {free[k % len(free)]: ("low", "high")[k // len(free) % 2] for k in numbers}


def random_run(seed):
    """A run out of a seed: four seeds in turn go through the groups, 48 through all layouts.

    A third of the runs have up to ten inputs at their hard bounds, two of them everywhere and the others in some
    countries or groups.
    """
    rng = np.random.default_rng([17, seed])
    groups, countries = GROUPS[seed % 4], COUNTRIES[seed // 4 % 12]
    days, jump = int(rng.integers(10, 29)), int(rng.integers(3, 9))
    free = [key for key in CATALOGUE if key not in SUMMED and not key.startswith(HARMLESS)]
    ends = set(rng.permutation(free)[: rng.integers(1, 9)] if seed % 3 == 2 else ())
    changes = {}
    for key in free:
        size = groups if CATALOGUE[key].axis == "group" else countries
        if key in ends:
            changes[key] = parameter(rng, key, size, jump, extreme)
        elif rng.random() < 0.6 and CATALOGUE[key].rule != "cited":
            changes[key] = parameter(rng, key, size, jump, usual)
    changes |= {key: float(getattr(CATALOGUE[key], end)) for key, end in in_turn(seed, free).items()}
    changes["journey.disembarkation_share"] = shares(rng, countries)
    changes["arrivals.composition"] = shares(rng, groups)
    protected = rng.uniform(0.0, 1.0, groups)
    changes["referral.protected_share"] = protected.tolist()
    changes["referral.determination_share"] = (rng.uniform(0.0, 1.0, groups) * (1.0 - protected)).tolist()
    names = tuple(f"c{k}" for k in range(countries))
    opening = tuple(
        (str(rng.choice(STAGES)), str(rng.choice(PLACES)), name, float(np.round(rng.uniform(1.0, 300.0))))
        for name in names for _ in range(rng.integers(0, 3))
    )
    departures = {0: rng.uniform(0.5, 60.0, countries).tolist(), jump: rng.uniform(0.0, 60.0, countries).tolist()}
    return make_run(
        days, departures, {f"g{k}": KINDS[k % len(KINDS)] for k in range(groups)}, names, opening,
        **{key.replace(".", "__"): value for key, value in changes.items()},
    )
