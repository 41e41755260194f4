"""What the draws of a report say.

They have ranges, comparisons, what drives results, and what rests on assumptions.
"""

from pydantic import Field

from mixedmig_model.record.schema.base import Band, Frozen, Number
from mixedmig_model.record.schema.judged import DrawSharesPart
from mixedmig_model.study.ensemble.sensitivity import Beats, EvidenceShares

Bands = dict[str, Band]
"""Ranges over draws by scenario."""


class DriverRow(Frozen):
    """An input that moves a result.

    It has rank correlation, and its share of the variance alone and in total, with range.
    """

    name: str
    assumed: bool
    correlation: Number
    first: Number
    total: Number
    low: Number
    high: Number


class DriversPart(Frozen):
    """What moves a result, strongest first.

    Shares are shown only where the surrogate is ``trusted``.
    """

    found: tuple[DriverRow, ...]
    explained: Number
    assumed: Number
    trusted: bool


class DecidingRow(Frozen):
    """An input that decides.

    It has shares of draws in which the option does better where the input is lowest, and highest.
    """

    name: str
    low: float
    high: float


class AnswerRow(Frozen):
    """How often an option does better than the baseline.

    It is a share of draws, on one result, with what decides it.
    """

    result: str
    option: str
    share: Number
    low: Number
    high: Number
    harmed: Number
    inputs: tuple[DecidingRow, ...]


class TimePart(Frozen):
    """Bands over time by scenario (5 %, half, 95 %).

    They have a number a day, or of cost a month: persons, and money.
    """

    days: tuple[str, ...]
    without_shelter: dict[str, tuple[tuple[float | None, ...], ...]]
    waiting: dict[str, tuple[tuple[float | None, ...], ...]]
    months: tuple[str, ...] = ()
    cost: dict[str, tuple[tuple[float | None, ...], ...]] = Field(default_factory=dict)


class DrawsPart(Frozen):
    """What an ensemble of the report's inputs says.

    Keys of results are those of indicators, and ``cost``. ``judged`` has how often each option is better or worse; an
    option without judged draws is not in it.
    """

    draws: int
    wanted: int
    seed: int
    method: str
    baseline: str
    scenarios: tuple[str, ...]
    failed: dict[str, int]
    judged: dict[str, DrawSharesPart]
    currency: str
    ranges: dict[str, Bands]
    differences: dict[str, Bands]
    beats: dict[str, dict[str, Beats]]
    time: TimePart
    drivers: dict[str, DriversPart]
    changes: tuple[AnswerRow, ...]
    evidence: EvidenceShares
