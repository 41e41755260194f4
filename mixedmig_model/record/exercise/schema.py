"""Records of the sheets of a team.

There is no sum of the three sheets, and no order of teams.
"""

from mixedmig_model.record.schema.base import Frozen, Number


class SignatureLine(Frozen):
    """A signature under an order that breaches."""

    order: int
    round: int
    role: str
    signer: str
    reason: str
    text: str


class BreachLine(Frozen):
    """A breach in a team's run: people by the end of each round.

    ``ended`` is the first round without a further person; None while it goes on.
    """

    key: str
    title: str
    by_round: tuple[Number, ...]
    no_action: Number
    ended: int | None
    signed: tuple[SignatureLine, ...]
    text: str


class OrderLine(Frozen):
    """An order that is held, or lapsed without a signature."""

    order: int
    round: int
    role: str
    breaches: tuple[str, ...]
    text: str


class RightsSheet(Frozen):
    """Each breach, who signed for it, and when it ended."""

    breaches: tuple[BreachLine, ...]
    held: tuple[OrderLine, ...]
    lapsed: tuple[OrderLine, ...]
    text: str


class DecisionLine(Frozen):
    """A decision next to the last round in which it helps."""

    order: int
    key: str
    round: int
    latest: int | None
    in_time: bool
    text: str


class ForecastLine(Frozen):
    """A forecast next to what came, with its interval score."""

    number: int
    role: str
    quantity: str
    round: int
    low: Number
    high: Number
    came: Number
    score: Number
    inside: bool
    text: str


class InjectLine(Frozen):
    """An inject that asked for an answer."""

    inject: str
    title: str
    round: int
    minutes: int | None
    due: int | None
    in_time: bool
    text: str


class ObjectiveLine(Frozen):
    """An objective with the latest mark of an observer."""

    objective: str
    mark: str
    text: str


class CraftSheet(Frozen):
    """Decisions, forecasts, injects and objectives."""

    decisions: tuple[DecisionLine, ...]
    forecasts: tuple[ForecastLine, ...]
    injects: tuple[InjectLine, ...]
    objectives: tuple[ObjectiveLine, ...]
    text: str


class PlayedLine(Frozen):
    """A run and what may be said of it next to no action.

    ``breaches`` and ``harms`` are by key of their indicators.
    """

    name: str
    title: str
    ranked: bool
    better_on_all: bool
    breaches: dict[str, Number]
    harms: dict[str, Number]
    sentence: str


class HappenedSheet(Frozen):
    """The team's run next to the references, and its own sentence."""

    runs: tuple[PlayedLine, ...]
    own_sentence: str
    text: str


class TeamSheets(Frozen):
    """The three sheets of a team."""

    notice: str
    team: str
    round: int
    rights: RightsSheet
    craft: CraftSheet
    happened: HappenedSheet
    question: str


class ReplayRecord(Frozen):
    """A replay with one decision changed.

    It stands next to the run as it was.
    """

    notice: str
    order: int
    before: dict[str, Number]
    after: dict[str, Number]
    ranked: bool
    sentence: str


class ReturnLine(Frozen):
    """A quantity as a role knows it, by round."""

    quantity: str
    title: str
    level: bool
    unit: str
    values: tuple[Number, ...]


class CashLine(Frozen):
    """Money of a payer: given, and committed so far."""

    payer: str
    title: str
    given: Number
    committed: Number


class LeverLine(Frozen):
    """A lever or an input of a role, with its last order."""

    key: str
    title: str
    description: str
    unit: str
    least: Number
    most: Number
    ordered: Number | None


class InjectCard(Frozen):
    """An inject as a role reads it; what is expected stays hidden."""

    inject: str
    title: str
    channel: str
    text: str
    asks: str | None
    due: int | None
    round: int
    minute: int
    note: str | None
    answer: str | None


class RoleView(Frozen):
    """What a role of a team knows."""

    role: str
    title: str
    countries: tuple[str, ...]
    brief: str
    returns: tuple[ReturnLine, ...]
    cash: tuple[CashLine, ...]
    levers: tuple[LeverLine, ...]
    injects: tuple[InjectCard, ...]


class BreachCount(Frozen):
    """A breach or a harm of a team so far."""

    key: str
    title: str
    unit: str
    kind: str
    value: Number
    text: str
