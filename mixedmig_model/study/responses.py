"""Responses of departures to policy.

It says which act in a run, and gives the run by which an option is judged.
"""

from collections.abc import Sequence

import numpy as np

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import Override, RunInputs, Steps, with_overrides
from mixedmig_model.results.indicators.breaches import ESCORTS, MADE_BY, RETURNED_BY, RETURNS, RETURNS_SLOWED_BY
from mixedmig_model.storage.digests import sha256

WHO_DEPARTS = tuple(name for name in CATALOGUE if name.startswith("arrivals."))
"""Inputs that say who departs, and how many.

They hold under any policy.
"""
RESPONSES = (
    ("responses.information_effect",),
    ("responses.deterrence_elasticity", "responses.harshness"),
    ("responses.enforcement_effect", "responses.enforcement"),
    ("responses.substitution_share", "responses.pathway_places"),
)
"""Responses of departures to policy.

Each is the product of its parameters; the first of each is its effect.
"""


def responses(run: RunInputs) -> list[str]:
    """Return the responses of departures that act in a run.

    They are named by the parameter of their effect.
    """
    acting = []
    for names in RESPONSES:
        days = sorted({day for name in names for day in run.parameters[name].starts if day < run.days})
        products = [np.prod([run.parameters[name].at(day) for name in names], axis=0) for day in days]
        if np.any(products):
            acting.append(names[0])
    return acting


def without_responses(run: RunInputs) -> RunInputs:
    """Return the same run with departures that ignore policy.

    Its digest says so.
    """
    none = [
        Override(names[0], Steps((0.0,), np.zeros_like(run.parameters[names[0]].values[:1]))) for names in RESPONSES
    ]
    digest = sha256(f"{run.digest} without responses")
    return with_overrides(run, none, digest)


def judged_run(run: RunInputs, baseline: RunInputs) -> RunInputs:
    """Return the run by which an option is judged.

    In it the baseline's people depart, and no policy changes how many. It is the run itself where nothing else departs
    in it. The people who depart never count for or against an option.
    """
    if not responses(run) and same_people(run, baseline):
        return run
    held = [Override(name, baseline.parameters[name]) for name in WHO_DEPARTS]
    bare = without_responses(run)
    return with_overrides(bare, held, sha256(f"{bare.digest} with the people who depart in {baseline.digest}"))


def same_people(run: RunInputs, other: RunInputs) -> bool:
    """Return whether the same people depart in two runs.

    As many must depart; both runs are of a case, and responses to policy are not counted.
    """
    return same_inputs(run, other, WHO_DEPARTS)


def made_breaches(option: RunInputs, baseline: RunInputs) -> frozenset[str]:
    """Return breaches that an option may make.

    It changes an input that makes them. ``RETURNS`` is among them where it changes an input so that more people return,
    and people are returned by force in it.
    """
    made = {key for key, names in MADE_BY.items() if not same_inputs(option, baseline, names)}
    more = raises(option, baseline, RETURNED_BY) or raises(baseline, option, RETURNS_SLOWED_BY)
    return frozenset(made | ({RETURNS} if more and forces(option) else set()))


def forces(run: RunInputs) -> bool:
    """Return whether people can be returned by force.

    Somebody must escort them.
    """
    escorts = run.parameters[ESCORTS]
    return any(np.any(escorts.at(day) > 0.0) for day in escorts.starts if day < run.days)


def raises(run: RunInputs, other: RunInputs, names: Sequence[str]) -> bool:
    """Return whether some input is larger in a run.

    It is larger than in the other one, in a country on some day.
    """
    for name in names:
        one, two = run.parameters[name], other.parameters[name]
        if any(np.any(one.at(day) > two.at(day)) for day in (*one.starts, *two.starts) if day < run.days):
            return True
    return False


def same_inputs(run: RunInputs, other: RunInputs, names: Sequence[str]) -> bool:
    """Return whether some inputs are the same in two runs.

    They are the same throughout; the runs are of a case.
    """
    for name in names:
        one, two = run.parameters[name], other.parameters[name]
        days = {day for day in (*one.starts, *two.starts) if day < run.days}
        if not all(np.array_equal(one.at(day), two.at(day)) for day in days):
            return False
    return True
