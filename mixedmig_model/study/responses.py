"""Responses of departures to policy: which act in a run, the run without them, and whether the same people depart."""

import numpy as np

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.run_inputs import Override, RunInputs, Steps, with_overrides
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


def same_people(run: RunInputs, other: RunInputs) -> bool:
    """Whether the same people depart, and as many, in two runs of a case; responses to policy are not counted."""
    for name in WHO_DEPARTS:
        one, two = run.parameters[name], other.parameters[name]
        days = {day for day in (*one.starts, *two.starts) if day < run.days}
        if not all(np.array_equal(one.at(day), two.at(day)) for day in days):
            return False
    return True
