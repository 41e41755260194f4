"""What a report says of the services of one run.

It has waits, staff, places, the backlog, and the ledger of countries.
"""

from pydantic import Field

from mixedmig_model.record.schema.base import NONE, Frozen, Number
from mixedmig_model.results.checks import Check


class WaitRow(Frozen):
    """Waits (days) of a class of people in one stage.

    It has people served, and people (persons) who wait at the end. ``members`` is the class: ``all``, ``specific``
    (with specific needs) or ``others``. ``within`` is the share within the standard; ``at_minimum`` the share served in
    the minimum time. ``over_180`` and ``over_365`` are shares of those who wait at the end by the days that they have
    waited.
    """

    stage: str
    members: str = Field(alias="class")
    served: float
    median: Number
    p90: Number
    within: Number
    at_minimum: Number
    waiting: float
    oldest: Number
    over_180: Number
    over_365: Number


class PostsChange(Frozen):
    """Posts (officers) from a day (index) on."""

    day: int
    posts: float


class StaffRow(Frozen):
    """Officers occupied and in post, on the day of most work.

    The work that waits would occupy them. Rows are by function and country. ``first_short`` is the first day (index) on
    which staff fall short of that work, -1 for none. ``start`` is the day on which recruitment would have had to start.
    ``changes`` has the posts at the start and each change. ``first_late`` is the day from which people who arrive come
    late, -1 for none or where 95 % are on time. ``lead`` is the time to hire (days).
    """

    function: str
    country: str
    need: float
    day: int
    have: float
    posts: float
    short_months: float
    first_short: int
    start: Number
    changes: tuple[PostsChange, ...] = ()
    first_late: int = -1
    lead: Number = NONE


class PlacesRow(Frozen):
    """People who need a place of reception, and places.

    They are on the day (index) of most need, with days with too few.
    """

    country: str
    need: float
    day: int
    have: float
    days_short: int


class BacklogPart(Frozen):
    """People (persons) who wait in one stage by age class.

    There is a list for each class, on some days (indices).
    """

    stage: str
    days: tuple[int, ...]
    persons: tuple[tuple[float, ...], ...]


class BusyRow(Frozen):
    """A service near capacity.

    It has the share of days on which it is, and its team (officers).
    """

    function: str
    country: str
    share: float
    team: float


class BetweenPart(Frozen):
    """People who went from a country (row) to another (column).

    They are persons: of their own accord, and by agreement.
    """

    onward: tuple[tuple[float, ...], ...]
    transferred: tuple[tuple[float, ...], ...]


class ServicesPart(Frozen):
    """Tables of one option.

    ``ledger``: persons by entry of the ledger of countries, in the order of countries.
    """

    waits: tuple[WaitRow, ...]
    staff: tuple[StaffRow, ...]
    places: tuple[PlacesRow, ...]
    backlog: BacklogPart
    warnings: tuple[BusyRow, ...]
    ledger: dict[str, tuple[float, ...]]
    between: BetweenPart
    checks: tuple[Check, ...]
