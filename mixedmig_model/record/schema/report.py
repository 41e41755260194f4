"""Everything that ``report.json`` says.

Arrays are left out; they stand in the netCDF files next to it.
"""

from typing import Annotated, Literal

from pydantic import Field

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.record.schema.base import Frozen
from mixedmig_model.record.schema.costs import BreakEvenRow, CostTable, DelayPart, LocalCurrency, PriceRow, SplitRow
from mixedmig_model.record.schema.draws import DrawsPart
from mixedmig_model.record.schema.inputs import (
    BalanceRow,
    DepartureRow,
    InputRow,
    LandingRow,
    NeedShares,
    OpeningRow,
    PublishedRow,
    RestingRow,
    RunPart,
    TracePart,
    UnvariedRow,
)
from mixedmig_model.record.schema.options import EventRow, IndicatorPart, OptionPart, ResponseRow
from mixedmig_model.record.schema.services import ServicesPart
from mixedmig_model.record.schema.summary import SummaryPart, TeamsPart
from mixedmig_model.vocabulary.labels import Coming, Entry, Route
from mixedmig_model.vocabulary.routes import left_out

SCHEMA = 6


class NotWorkedOut(Frozen):
    """Why a part of a report is missing: the run behind it failed."""

    failure: str


class AgreementPart(Frozen):
    """How far kernel and scipy agree on the baseline.

    ``stocks`` is the largest difference of a daily stock as a share of all who enter the run. ``gap`` is the share by
    which the indicator differs that differs most, infinite where only one of the two has it.
    """

    stocks: float
    indicator: str
    gap: float


class Report(Frozen):
    """What a report says of a case and its options.

    The baseline comes first. Mappings are by scenario, country or key. Costs are empty without a cost book. ``delay``,
    ``agreement`` and ``resting`` are none where they were not asked for. ``draws`` says why there are none. ``teams``
    has the smallest constant teams that keep 95 % within each standard. ``unvaried`` has the inputs that the case does
    not set and that have no range. ``origins`` has the origin of each group that has one. ``route`` is the leading
    route, and ``routes`` has those of the countries where they differ. ``entry`` says where people of the table of
    arrivals enter: on a journey, or in status determination with a claim.
    """

    schema_: Annotated[Literal[6], Field(alias="schema")] = 6
    notice: str
    case: str
    title: str
    question: str
    summary: str
    paragraphs: tuple[str, ...]
    start: str
    end: str
    route: Route = "sea"
    entry: Entry = "journey"
    routes: dict[str, Route] = Field(default_factory=dict)
    countries: dict[str, str]
    baseline: str
    scenarios: tuple[OptionPart, ...]
    indicators: tuple[IndicatorPart, ...]
    need_share: NeedShares
    published: tuple[PublishedRow, ...]
    balances: tuple[BalanceRow, ...] = ()
    services: dict[str, ServicesPart]
    standards: dict[str, float]
    responses: tuple[ResponseRow, ...]
    parameters: tuple[InputRow, ...]
    departures: tuple[DepartureRow, ...] = ()
    opening: tuple[OpeningRow, ...] = ()
    landing: tuple[LandingRow, ...] = ()
    origins: dict[str, str] = Field(default_factory=dict)
    events: tuple[EventRow, ...] = ()
    traceability: TracePart | None = None
    cautions: tuple[Caution, ...] = ()
    resting: tuple[RestingRow, ...] | NotWorkedOut | None = None
    unvaried: tuple[UnvariedRow, ...] = ()
    not_modelled: tuple[str, ...]
    costs: dict[str, CostTable] = Field(default_factory=dict)
    local_currency: LocalCurrency | None = None
    delay: DelayPart | NotWorkedOut | None = None
    prices: tuple[PriceRow, ...] = ()
    splits: tuple[SplitRow, ...] = ()
    price_break_evens: tuple[BreakEvenRow, ...] = ()
    agreement: AgreementPart | NotWorkedOut | None = None
    runs: dict[str, RunPart]
    ensemble: DrawsPart | None = None
    draws: str = ""
    teams: dict[str, TeamsPart] = Field(default_factory=dict)
    first_page: SummaryPart | None = None

    @property
    def coming(self) -> Coming:
        """How pages say that people come.

        It is the leading route, or a claim where all people of the table of arrivals enter with one.
        """
        return "claim" if self.entry == "determination" else self.route

    @property
    def shown_indicators(self) -> tuple[IndicatorPart, ...]:
        """Indicators that pages show.

        Where people do not come by sea, indicators of what happens at sea are left out. In a case of claims those of
        a journey are left out too.
        """
        hidden = left_out(self.coming)
        return tuple(one for one in self.indicators if one.key not in hidden)

    @property
    def names(self) -> list[str]:
        """Scenarios in the order of the report, the baseline first."""
        return [scenario.name for scenario in self.scenarios]

    def option(self, name: str) -> OptionPart:
        """Return a scenario.

        Raises StopIteration for a name that the report does not have.
        """
        return next(scenario for scenario in self.scenarios if scenario.name == name)

    def indicator(self, key: str) -> IndicatorPart:
        """Return an indicator.

        Raises StopIteration for a key that the report does not have.
        """
        return next(indicator for indicator in self.indicators if indicator.key == key)
