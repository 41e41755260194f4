"""What may hold up an invented country.

It also says what a learner may change. Five causes look alike from outside: people without shelter. One of them is
put into each country.
"""

from dataclasses import dataclass
from typing import Literal

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE

CauseName = Literal["registration", "interpreters", "referral", "reception", "cash"]


@dataclass(frozen=True)
class Cause:
    """A cause that a learner can name, and the input that it is.

    ``short``: shares of the planned level that the input keeps where it is the cause. For money it says how far funding
    binds. ``enough``: the same where another input is the cause.
    """

    name: CauseName
    parameter: str
    words: str
    short: tuple[float, float]
    enough: tuple[float, float]


CAUSES = (
    Cause("registration", "registration.officers", "too few officers who register people", (0.32, 0.42), (0.95, 1.05)),
    Cause("interpreters", "interpretation.interpreters", "too few interpreters, so that caseworkers wait", (0.28, 0.38),
          (0.95, 1.05)),
    Cause("referral", "referral.officers", "too few caseworkers for people with specific needs", (0.05, 0.10),
          (0.95, 1.05)),
    Cause("reception", "reception.places", "too few places in reception", (0.62, 0.74), (0.99, 1.01)),
    Cause("cash", "funding.binds", "money that does not come, so that planned posts and places do not open",
          (1.0, 1.0), (0.02, 0.08)),
)
NAMES = tuple(cause.name for cause in CAUSES)
CASH = "cash"
MEANS = (
    *(cause.parameter for cause in CAUSES), "screening.officers", "determination.officers", "appeal.panels",
    *(name for name in CATALOGUE if name.startswith(("law.", "detention."))),
)
"""Inputs that a plan may change.

None of them says who comes, who leaves or who is returned. Rights in law and detention are there, because a learner may
choose wrongly: a breach is then found first.
"""


def cause_of(parameter: str) -> Cause:
    """Return the cause that an input stands for.

    Parameters
    ----------
    parameter : str
        The input, or its subject.

    Returns
    -------
    Cause
        The cause.

    Raises
    ------
    KeyError
        Where it stands for none.
    """
    for cause in CAUSES:
        if parameter in (cause.parameter, cause.parameter.split(".")[0]):
            return cause
    raise KeyError(parameter)
