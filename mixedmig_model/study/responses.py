"""Responses of departures to policy: which act in a run, and the run by which an option is judged."""

from collections.abc import Sequence

import numpy as np

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import Override, RunInputs, Steps, with_overrides
from mixedmig_model.results.indicators.breaches import MADE_BY
from mixedmig_model.storage.digests import sha256

WHO_DEPARTS = tuple(name for name in CATALOGUE if name.startswith("arrivals."))
"""Inputs that say who departs, and how many, whatever the policy."""
RESPONSES = (
    ("responses.information_effect",),
    ("responses.deterrence_elasticity", "responses.harshness"),
    ("responses.enforcement_effect", "responses.enforcement"),
    ("responses.substitution_share", "responses.pathway_places"),
)
"""Responses of departures to policy, each the product of its parameters; the first of each is its effect."""


def responses(run: RunInputs) -> list[str]:
    """The responses of departures to policy that act in a run, by the parameter of their effect."""
    acting = []
    for names in RESPONSES:
        days = sorted({day for name in names for day in run.parameters[name].starts if day < run.days})
        products = [np.prod([run.parameters[name].at(day) for name in names], axis=0) for day in days]
        if np.any(products):
            acting.append(names[0])
    return acting


def without_responses(run: RunInputs) -> RunInputs:
    """The same run with departures as if no policy changed them; its digest says so."""
    none = [
        Override(names[0], Steps((0.0,), np.zeros_like(run.parameters[names[0]].values[:1]))) for names in RESPONSES
    ]
    digest = sha256(f"{run.digest} without responses")
    return with_overrides(run, none, digest)


def judged_run(run: RunInputs, baseline: RunInputs) -> RunInputs:
    """The run by which an option is judged: the baseline's people depart, and no policy changes how many.

    It is the run itself where nothing else departs in it. Who departs never counts for or against an option.
    """
    if not responses(run) and same_people(run, baseline):
        return run
    held = [Override(name, baseline.parameters[name]) for name in WHO_DEPARTS]
    bare = without_responses(run)
    return with_overrides(bare, held, sha256(f"{bare.digest} with the people who depart in {baseline.digest}"))


def same_people(run: RunInputs, other: RunInputs) -> bool:
    """Whether the same people depart, and as many, in two runs of a case; responses to policy are not counted."""
    return same_inputs(run, other, WHO_DEPARTS)


def made_breaches(option: RunInputs, baseline: RunInputs) -> frozenset[str]:
    """Breaches of which an option changes an input that makes them."""
    return frozenset(key for key, names in MADE_BY.items() if not same_inputs(option, baseline, names))


def same_inputs(run: RunInputs, other: RunInputs, names: Sequence[str]) -> bool:
    """Whether some inputs are the same throughout in two runs of a case."""
    for name in names:
        one, two = run.parameters[name], other.parameters[name]
        days = {day for day in (*one.starts, *two.starts) if day < run.days}
        if not all(np.array_equal(one.at(day), two.at(day)) for day in days):
            return False
    return True
