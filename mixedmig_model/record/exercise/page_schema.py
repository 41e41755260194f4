"""Records of the screens of an exercise: what each page shows."""

from mixedmig_model.record.exercise.after_schema import GapLine
from mixedmig_model.record.exercise.schema import BreachCount, InjectCard, RoleView
from mixedmig_model.record.schema.base import Frozen, Number


class ClockPart(Frozen):
    """The round and its clock."""

    round: int
    rounds: int
    minute: int
    minutes: int
    running: bool
    finished: bool
    days: int


class TeamStrip(Frozen):
    """Breaches and harms of a team, and what may be said."""

    team: str
    since: str
    counts: tuple[BreachCount, ...]
    sentence: str


class GivenLine(Frozen):
    """An order, a forecast or a message as its team reads it."""

    number: int
    kind: str
    round: int
    minute: int
    role: str
    role_title: str
    text: str
    held: tuple[str, ...] = ()


class TeamPage(Frozen):
    """The page of one team, with nothing of another.

    Nothing hidden is in it.
    """

    audience: str
    version: int
    title: str
    notice: str
    clock: ClockPart
    strip: TeamStrip
    countries: dict[str, str]
    quantities: dict[str, str]
    roles: tuple[RoleView, ...]
    given: tuple[GivenLine, ...]
    sheets: tuple[str, ...]


class CardPart(Frozen):
    """An inject as the facilitator reads it."""

    card: InjectCard
    to: tuple[str, ...]
    expected: str
    released: tuple[str, ...]
    answered: tuple[str, ...]
    when: str


class FacilitatorPage(Frozen):
    """The page of the facilitator: all teams, all injects."""

    audience: str
    version: int
    title: str
    notice: str
    clock: ClockPart
    strips: tuple[TeamStrip, ...]
    cards: tuple[CardPart, ...]
    objectives: dict[str, str]
    given: dict[str, tuple[GivenLine, ...]]
    gaps: tuple[GapLine, ...]
    sheets: tuple[str, ...]


class PictureSeries(Frozen):
    """A breach or a harm by round, by team and for no action."""

    key: str
    title: str
    unit: str
    unit_words: str
    kind: str
    rounds: tuple[int, ...]
    runs: dict[str, tuple[Number, ...]]


class ProjectorPage(Frozen):
    """The picture of the round for everybody.

    Teams stand by name, never by result.
    """

    audience: str
    version: int
    title: str
    notice: str
    clock: ClockPart
    strips: tuple[TeamStrip, ...]
    pictures: tuple[PictureSeries, ...]
