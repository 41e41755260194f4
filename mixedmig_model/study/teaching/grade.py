"""The rule by which a plan is graded.

Rights come first. A plan that adds a breach, or makes one grow, meets nothing: the other gates are not looked at. There
is no sum of points, and no order of learners.
"""

from dataclasses import dataclass
from datetime import date

RIGHTS, STANDARD, MONEY, CAUSE = "rights", "standard", "budget", "cause"
GATES = (RIGHTS, STANDARD, MONEY, CAUSE)
"""Gates in their order."""


@dataclass(frozen=True)
class Standards:
    """What is asked of a plan.

    From a day on, at most some people are without shelter or detained. The response costs at most ``budget``. The
    answer names the ``cause``.
    """

    day: date
    people: int
    budget: int
    cause: str


@dataclass(frozen=True)
class PlanResult:
    """What a plan does.

    It has breaches that it adds or makes grow, harms that it makes worse, and its cost. ``people`` are the most without
    shelter or detained on the last days.
    """

    breaches: tuple[str, ...]
    harms: tuple[str, ...]
    people: float
    cost: float


@dataclass(frozen=True)
class Gate:
    """A gate, and whether the plan passes it.

    None: it is not looked at, because of a breach.
    """

    name: str
    passed: bool | None


def gates_of(result: PlanResult, cause: str, asked: Standards) -> tuple[Gate, ...]:
    """Return the gates of a plan.

    Parameters
    ----------
    result : PlanResult
        What the plan does.
    cause : str
        The cause that the learner names; empty for none.
    asked : Standards
        What is asked.

    Returns
    -------
    tuple[Gate, ...]
        The gates in their order.
    """
    if result.breaches:
        return (Gate(RIGHTS, False), *(Gate(name, None) for name in GATES[1:]))
    return (
        Gate(RIGHTS, True), Gate(STANDARD, result.people <= asked.people), Gate(MONEY, result.cost <= asked.budget),
        Gate(CAUSE, cause == asked.cause),
    )


def met(gates: tuple[Gate, ...]) -> int:
    """Return how many gates a plan passes."""
    return sum(gate.passed is True for gate in gates)


def passed(gates: tuple[Gate, ...]) -> bool:
    """Return whether a plan passes all gates."""
    return met(gates) == len(gates)
