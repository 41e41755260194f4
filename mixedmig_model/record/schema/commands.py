"""What single commands found.

They are an ensemble, the costs of one scenario, published totals, and a batch.
"""

from typing import Annotated, Literal

from pydantic import Field

from mixedmig_model.record.schema.base import Band, Frozen, Number
from mixedmig_model.record.schema.judged import DrawSharesPart


class FailedDraw(Frozen):
    """A run that failed: scenario, draw, and why."""

    scenario: str
    draw: int
    message: str


class EnsembleSummary(Frozen):
    """Ranges by scenario, what was done, and what failed.

    Ranges are of breaches, harms, headlines and cost; it also has the solver.
    """

    ok: bool = True
    notice: str
    breaches: dict[str, dict[str, Band]]
    harms: dict[str, dict[str, Band]]
    headlines: dict[str, dict[str, Band]]
    judged: dict[str, DrawSharesPart]
    folder: str
    digest: str
    draws: int
    blocks: int
    reused: int
    failures: tuple[FailedDraw, ...]
    cost: dict[str, Band] | None = None
    path: str


class PeopleCounts(Frozen):
    """People (persons) in need, targeted and reached."""

    in_need: float
    targeted: float
    reached: float


class CostedPlan(Frozen):
    """The costs of one scenario.

    It has breaches and harms, the total with its range and what it rests on, and files written.
    """

    ok: bool = True
    notice: str
    scenario: str
    digest: str
    breaches: dict[str, Number]
    harms: dict[str, Number]
    standing: str
    assumed_share: float | None
    derived_share: float
    total: float
    low: Number
    high: Number
    currency: str
    year: int
    prices: Literal["nominal", "real"]
    view: Literal["financial", "economic"]
    people: dict[str, PeopleCounts]
    file: str
    csv: str | None


class PublishedTotal(Frozen):
    """A published total and ours (persons, or its own unit).

    The miss is a share beyond the published range. A ``level`` holds at the end of the day ``start``.
    """

    quantity: str
    start: str
    end: str
    country: str
    low: float
    published: float
    high: float
    ours: float
    miss: float | None
    bound: str
    rounding: float
    reliability: str
    scored: bool
    missed: bool
    kind: str
    source: str
    group: str = "all"
    unit: str = "person"
    counts: str = "persons"
    level: bool = False


class BatchValue(Frozen):
    """An indicator of a run with its range.

    The range is over the true-need share; the baseline's has the same unit. ``told`` is what stands below the value in
    a report: what may be said of a harm or a breach, or the difference. ``differs`` is whether a harm or a breach
    differs materially, and any other indicator as it is shown.
    """

    title: str
    unit: str
    baseline: Number
    value: Number
    low: Number
    high: Number
    told: str = ""
    differs: bool = False


class BatchCost(Frozen):
    """The total cost of a run with the range of prices.

    It has the baseline's total, and the difference in words. ``second`` has total and baseline in the second currency,
    in words; both are empty where there is none.
    """

    baseline: float = 0.0
    told: str = ""
    second: tuple[str, str] = ("", "")

    total: float
    low: Number
    high: Number
    currency: str


class BatchRunRow(Frozen):
    """One run of a batch.

    A run that is not done has its failure alone. ``standing`` and ``money`` are the words of the report. ``rests`` has
    the keys of results that rest on inputs that the case does not set, and ``unset`` a sentence that names these
    inputs. ``rate`` names the rate of the second currency. ``at`` is the place on each axis of the index.
    ``documents`` are paths next to the index; ``refused`` says why some are missing.
    """

    name: str
    title: str
    digest: str
    status: Literal["done", "failed", "missing"]
    failure: str
    page: str = ""
    standing: str = ""
    money: str = ""
    rests: tuple[str, ...] = ()
    at: tuple[float, ...] = ()
    unset: str = ""
    estimate: str = ""
    rate: str = ""
    apart: bool = False
    documents: tuple[str, ...] = ()
    refused: str = ""
    breaches: dict[str, BatchValue] = Field(default_factory=dict)
    harms: dict[str, BatchValue] = Field(default_factory=dict)
    headlines: dict[str, BatchValue] = Field(default_factory=dict)
    cost: BatchCost | None = None


class BatchAxis(Frozen):
    """What the runs of a batch vary: its values in order.

    Each value has a label. A scenario has its number among those of the file as value, and its title as label.
    """

    kind: Literal["scenario", "lever", "input"]
    key: str
    title: str
    unit: str
    values: tuple[float, ...]
    labels: tuple[str, ...]


class BatchIndex(Frozen):
    """All runs of a batch in order, next to the case's baseline.

    ``axes`` are the one or two that charts have. ``uncharted`` says why there are none. ``estimate`` has the words that
    pages with costs carry. ``documents`` are files of the index itself; ``refused`` says why some are missing.
    """

    schema_: Annotated[Literal[2], Field(alias="schema")] = 2
    notice: str
    title: str
    case: str
    case_title: str
    baseline: str
    baseline_title: str
    runs: tuple[BatchRunRow, ...]
    axes: tuple[BatchAxis, ...] = ()
    uncharted: str = ""
    estimate: str = ""
    documents: tuple[str, ...] = ()
    refused: str = ""
