"""What a report says of its inputs.

It has values, sources, people who depart, the founding document, and published totals.
"""

from typing import Annotated, Literal

from pydantic import Field

from mixedmig_model.inputs.traceability import Act
from mixedmig_model.record.schema.base import Frozen, Number


class Sourced(Frozen):
    """What an input rests on.

    It has its source with title and address, its quality, and a note.
    """

    source: str
    source_title: str
    address: str
    quality: str
    note: str

    @property
    def assumed(self) -> bool:
        """Whether the input has no source."""
        return self.quality == "assumption"


class InputRow(Sourced):
    """One input.

    It has its value in words, unit, range (in that unit) and role, who set it, and its source. ``fitted_to`` names the
    observations to which it was fitted.
    """

    name: str
    title: str
    value: str
    unit: str
    range: tuple[float, float]
    role: str
    row: str
    set_by: Literal["base", "case"]
    fitted_to: tuple[str, ...] = ()


class DepartureRow(Sourced):
    """People (persons) who set out towards a country.

    They are in a period, with those of them within the run, and the source.
    """

    start: str
    end: str
    country: str
    persons: float
    inside: float


class OpeningRow(Sourced):
    """People (persons) who are there when the run opens.

    They are by stage, place and country, with the source. ``group`` is a title, and ``waited`` says in words how long
    they have waited; each is empty where the case does not say so.
    """

    stage: str
    place: str
    country: str
    persons: float
    group: str = ""
    waited: str = ""


class LandingRow(Sourced):
    """How likely people of a group are to land in a country.

    The weight is 1 for every group and country without a row.
    """

    group: str
    country: str
    weight: float


class PublishedRow(Frozen):
    """A published total (persons) next to the model's own.

    ``gap`` is how far the model lies outside the published range. ``miss`` is the same as a share of its nearer end
    (none where that end is 0). ``missed`` says whether that is called a miss. One of a table of observations
    (``table``) has its own unit, and its ``group`` (empty for all). It is of a period, or of a date: a level at the end
    of the day ``start``. ``fits`` names the inputs that were fitted to it.
    """

    quantity: str
    start: str
    end: str
    country: str
    low: float
    value: float
    high: float
    bound: str
    rounding: float
    reliability: str
    kind: str
    ours: float
    gap: float
    miss: float | None
    missed: bool
    scored: bool
    note: str
    source_title: str
    address: str
    table: Literal["totals", "observations"] = "totals"
    title: str = ""
    group: str = ""
    unit: str = "person"
    counts: str = "persons"
    time: Literal["period", "date"] = "period"
    as_of: str = ""
    fits: tuple[str, ...] = ()


class BalanceRow(Frozen):
    """A published stock at two dates with the flows between.

    ``came`` and ``went`` are amounts by title. ``unexplained`` is the change less what came, plus what went.
    """

    title: str
    country: str
    group: str
    unit: str
    first: str
    last: str
    before: float
    after: float
    change: float
    came: dict[str, float]
    went: dict[str, float]
    unexplained: float


class TracedRow(Frozen):
    """One paragraph of the founding document.

    It has what it asks, what answers it, or why nothing can.
    """

    paragraph: str
    asks: str
    levers: tuple[str, ...]
    presets: tuple[str, ...]
    law: tuple[str, ...]
    indicators: tuple[str, ...]
    cases: tuple[str, ...]
    acts: tuple[Act, ...]
    note: str
    not_representable: str
    status: str


class TracePart(Frozen):
    """Paragraphs of the founding document for a case.

    The case and its scenarios name them; others are those that the model cannot represent in full.
    """

    used: tuple[TracedRow, ...]
    left: tuple[TracedRow, ...]


class RestingRow(Frozen):
    """A result of a scenario that rests on an unset input.

    The case must set that input itself and does not. ``value`` is the result with the value that is used, ``low`` and
    ``high`` with the input at the ends of its range. ``result`` is the key of an indicator, or ``cost``. Without a
    ``scenario`` it is a result of the baseline.
    """

    result: str
    parameter: str
    title: str
    holds_for: str
    value: Number
    low: Number
    high: Number
    scenario: str = ""


class UnvariedRow(Frozen):
    """An input that the case does not set and has no range.

    The case must set it itself. Results cannot be tried over a range. ``reaches`` says which results rest on it, all of
    them or the cost alone.
    """

    parameter: str
    title: str
    holds_for: str
    reaches: Literal["all", "cost"]


class NeedShares(Frozen):
    """The true share of people due international protection.

    It is that of the main runs, and of the low and high runs.
    """

    low: float
    default: float
    high: float


class RunPart(Frozen):
    """What made the results of a scenario.

    It has the attributes of its netCDF file. ``path`` is ``kernel`` or ``reference``; ``step`` (days, or words) belongs
    to the kernel, ``rtol`` and ``atol`` (persons) to the reference path. ``input_digest`` is the SHA-256 of all inputs.
    ``switched_on`` has the days on which levers that switch themselves were on and off, as JSON.
    """

    schema_: Annotated[int, Field(alias="schema")]
    version: str
    case: str
    scenario: str
    scenario_title: str
    input_digest: str
    seed: str
    evaluations: int
    switched_on: str = "{}"
    path: str
    method: str
    step: float | str | None = None
    rtol: float | None = None
    atol: float | None = None
    notice: str = ""
