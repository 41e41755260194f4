"""What ``mixedmig compare`` says.

It has scenarios against a named baseline, and what made the difference.
"""

from typing import Annotated, Literal

from pydantic import Field

from mixedmig_model.record.schema.base import Frozen, Number
from mixedmig_model.record.schema.judged import JudgementPart
from mixedmig_model.record.schema.options import IndicatorValues
from mixedmig_model.results.compare import Shift

InputKind = Literal["change", "without", "own_costs"]


class InputDifference(Frozen):
    """An input of an option that differs from the baseline's.

    ``kind``: a change of the option, a change of the baseline that the option is without, or costs of its own.
    """

    kind: InputKind
    parameter: str
    title: str
    unit: str = ""
    before: str = ""
    operation: str
    where: str = ""
    when: str = ""
    reason: str
    cited: str = ""
    source: str
    quality: str
    lever: str = ""
    baseline_source: str = ""
    baseline_quality: str = ""


class ComparedIndicator(Frozen):
    """One indicator, with its values by option.

    It has title, unit, and which way is better.
    """

    key: str
    title: str
    unit: str
    better: str
    values: dict[str, IndicatorValues]


class ComparedOption(Frozen):
    """What may be said of an option.

    ``apart`` says that it is not ranked. ``said`` are the words of the report: the judgement, how often draws bear it
    out, and money. ``cost`` says who pays and what is not covered; it is empty where nothing is costed.
    """

    name: str
    title: str
    judgement: JudgementPart
    same_people: bool
    apart: bool
    said: str = ""
    cost: str = ""


class ComparedCosts(Frozen):
    """The total cost of an option, by country and payer.

    It has the range of prices.
    """

    currency: str
    year: int
    total: float
    low: Number
    high: Number
    by_country: dict[str, float]
    by_payer: dict[str, float]


class QueuesPart(Frozen):
    """People in each stage on an average day.

    Their change is with a share ``more`` of posts in one stage.
    """

    more: float
    path: str
    waiting: dict[str, float]
    moved: dict[str, dict[str, float]]
    went_to: dict[str, tuple[str, ...]]


class QuantityRow(Frozen):
    """Two levels of a quantity, and their difference.

    Each measure has its share of it with its standard error.
    """

    baseline: float | None
    option: float | None
    difference: float | None
    shares: tuple[float | None, ...]
    errors: tuple[float | None, ...]


class AttributionPart(Frozen):
    """What made the difference of one option.

    It has measures with titles, how shares were found, and shares by quantity.
    """

    scenario: str
    baseline: str
    measures: tuple[str, ...]
    exact: bool
    pairs_of_orders: int
    coalitions: int
    runs: int
    path: str
    note: str
    quantities: dict[str, QuantityRow]
    titles: tuple[str, ...]


class RegionalPart(Frozen):
    """The ledger and costs by country of each option.

    It also has what falls in one country and rises in another.
    """

    countries: dict[str, str]
    ledger: dict[str, dict[str, tuple[float, ...]]]
    costs: dict[str, dict[str, float]]
    shifts: dict[str, tuple[Shift, ...]]


class SharingPart(Frozen):
    """The index of responsibility sharing.

    It has weights, shares of the key, and shares of person-days, by country.
    """

    index: float | None
    weights: dict[str, float]
    key: dict[str, Number]
    hosted: dict[str, Number]


class CompareRecord(Frozen):
    """What a comparison found; breaches and harms lead.

    Mappings are by scenario.
    """

    ok: bool = True
    schema_: Annotated[Literal[3], Field(alias="schema")] = 3
    notice: str
    case: str
    title: str
    baseline: str
    breaches: tuple[ComparedIndicator, ...]
    harms: tuple[ComparedIndicator, ...]
    headlines: tuple[ComparedIndicator, ...]
    details: tuple[ComparedIndicator, ...]
    scenarios: tuple[ComparedOption, ...]
    costs: dict[str, ComparedCosts]
    people: dict[str, dict[str, dict[str, float]]]
    inputs: dict[str, tuple[InputDifference, ...]]
    bottlenecks: dict[str, QueuesPart]
    attribution: dict[str, AttributionPart]
    regional: RegionalPart
    sharing: dict[str, SharingPart]

    @property
    def indicators(self) -> tuple[ComparedIndicator, ...]:
        """All indicators, breaches and harms first."""
        return (*self.breaches, *self.harms, *self.headlines, *self.details)

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the scenarios by name."""
        return {scenario.name: scenario.title for scenario in self.scenarios}

    @property
    def currency(self) -> str:
        """The currency of all costs; empty where nothing is costed."""
        return next((costs.currency for costs in self.costs.values()), "")
