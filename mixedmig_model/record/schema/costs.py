"""What a report says of costs.

It has tables by option, cost of delay, prices with sources, and break-evens.
"""

from typing import NamedTuple

from pydantic import Field

from mixedmig_model.record.schema.base import Frozen, Number
from mixedmig_model.record.schema.inputs import Sourced


class SwingRow(NamedTuple):
    """Change of the total with the price of one item alone.

    The price is at the low end, and at the high end, of its range.
    """

    item: str
    low: float
    high: float


class ItemRow(Frozen):
    """One item, with units billed and its cost.

    Costs are total, by sector, by country and by calendar year.
    """

    item: str
    cost: float
    by_country: dict[str, float]
    by_year: dict[str, float]
    title: str
    stage: str
    by_sector: dict[str, float]
    phase: str
    behaviour: str
    own: bool
    per: str
    billed: Number
    billed_by_country: tuple[float, ...]
    assumed: bool
    derived: bool = False


class SectorRow(Frozen):
    """The cost of a sector, of contingency, or of support cost.

    ``by_assumed_shares`` is what of it comes from prices of several sectors whose shares are an assumption. Sums of
    sectors have the cents of the total.
    """

    sector: str
    cost: float
    by_phase: dict[str, float]
    by_country: dict[str, float]
    by_payer: dict[str, float]
    by_year: dict[str, float]
    by_assumed_shares: float


class PayerRow(Frozen):
    """What a payer must pay and what comes in the run.

    It has the gap at its end, the largest gap, and the first month short.
    """

    payer: str
    required: float
    received: float
    gap: float
    worst: float
    first: str


class FundingPart(Frozen):
    """Money by payer.

    It is required and received by all payers, summed up to each month.
    """

    payers: tuple[PayerRow, ...]
    required: tuple[float, ...]
    received: tuple[float, ...]


class PeopleRow(Frozen):
    """People in need, targeted and reached by part.

    Parts are of the response; it has what each means, and the cost of one targeted.
    """

    part: str
    title: str
    people: tuple[float, float, float]
    meaning: tuple[str, str, str]
    cost: Number


class RatioPart(Frozen):
    """The total divided by a number of people or cases."""

    people: float
    cost: Number


class DetentionPart(Frozen):
    """What detention costs and does.

    It has what its alternatives cost: money, person-days, persons, a share.
    """

    cost: float
    person_days: float
    per_day: Number
    child_days: float
    released_share: Number
    over_limit: float
    alternative_cost: float
    alternative_days: float
    alternative_per_day: Number


class UnmetPart(Frozen):
    """Needs that the money does not meet: person-days."""

    without_shelter_days: float
    adrift_days: float
    waiting_days: float


class DeliveredRow(Frozen):
    """An item that was not delivered in full.

    It has what was needed and delivered, the gap, and what the share rests on.
    """

    item: str
    title: str
    needed: float
    delivered: float
    gap: float
    sources: tuple[str, ...]
    assumed: bool
    notes: tuple[str, ...]


class DeliveredPart(Frozen):
    """What was delivered in what happened, in money.

    ``total`` is the cost delivered and ``gap`` what is needed beyond it, both with contingency and support cost.
    """

    total: float
    gap: float
    items: tuple[DeliveredRow, ...]
    by_country: dict[str, float]
    by_year: dict[str, float]


class YearPayerRow(Frozen):
    """What a payer pays in a fiscal year, in all and by country.

    It includes contingency and support cost.
    """

    year: str
    payer: str
    cost: float
    by_country: dict[str, float]


class CeilingLine(Frozen):
    """A ceiling of a payer in a fiscal year, and what is left.

    ``left`` is ``ceiling`` less ``cost``: below zero the ceiling is exceeded. ``country`` is empty where it holds for
    all countries together.
    """

    payer: str
    year: str
    country: str
    ceiling: float
    cost: float
    left: float


class CeilingRow(CeilingLine):
    """A ceiling in base currency at prices of the base year.

    ``stated`` is the amount as the case has it, in ``currency``: money of the fiscal year (``nominal``), or at prices
    of the base year. It has what it rests on.
    """

    stated: float
    currency: str
    prices: str
    source: str
    source_title: str = ""
    assumed: bool
    note: str


class CostTable(Frozen):
    """All costs of one option, in a currency at prices of a year.

    ``low``, ``high`` and ``draws`` are of prices alone. ``discounted`` is by yearly rate, ``exchange`` with all
    exchange rates lower and higher by ``exchange_spread``. ``assumed_share``: of the cost, on prices without a source;
    ``derived_share``: on prices derived from published ones.
    """

    currency: str
    year: int
    total: float
    low: Number
    high: Number
    draws: tuple[float, ...]
    economic: float
    nominal: float
    discounted: dict[str, float]
    years: float
    assumed_share: Number
    derived_share: Number = 0.0
    assumed_limit: float
    months: tuple[str, ...]
    items: tuple[ItemRow, ...]
    sectors: tuple[SectorRow, ...]
    by_country: dict[str, float]
    by_payer: dict[str, float]
    by_year: dict[str, float]
    by_month: tuple[float, ...]
    by_month_payer: tuple[tuple[float, ...], ...]
    funding: FundingPart
    swings: tuple[SwingRow, ...]
    exchange: tuple[float, float]
    exchange_spread: float
    people: tuple[PeopleRow, ...]
    work_gain: float
    ratios: dict[str, RatioPart]
    detention: DetentionPart
    unmet: UnmetPart
    delivered: DeliveredPart | None = None
    by_year_payer: tuple[YearPayerRow, ...] = ()
    ceilings: tuple[CeilingRow, ...] = ()


class LocalCurrency(Frozen):
    """The second currency of a report.

    It has units of it for one unit of the base currency, when that held, and what it rests on. ``totals`` are by
    scenario, to the cent. ``by_year_payer`` sums to them; ``ceilings`` are the amounts times the rate.
    """

    currency: str
    for_one: float
    when: str
    source: str
    source_title: str
    quality: str
    totals: dict[str, float] = Field(default_factory=dict)
    by_year_payer: dict[str, tuple[YearPayerRow, ...]] = Field(default_factory=dict)
    ceilings: dict[str, tuple[CeilingLine, ...]] = Field(default_factory=dict)


class DelayPart(Frozen):
    """What delay costs in the baseline, and the teams.

    It costs above the same run with the teams that it needs. These teams are in officers.
    """

    gap: float
    low: Number
    high: Number
    teams: dict[str, dict[str, float]]
    on_time: dict[str, dict[str, Number]]


class PromptTable(Frozen):
    """What the baseline costs with the teams that it needs.

    It has total, draws of prices, teams, and shares on time.
    """

    total: float
    draws: tuple[float, ...]
    teams: dict[str, dict[str, float]]
    on_time: dict[str, dict[str, Number]]


class PriceRow(Sourced):
    """One price.

    It has the countries in which it holds, its range, source and quality.
    """

    item: str
    title: str
    own: bool
    local: bool
    where: str
    value: float
    low: float
    high: float
    currency: str
    price_year: int
    per: str
    row: str


class SplitRow(Sourced):
    """An item whose price is shared among sectors.

    It has the shares, what they rest on, and whether they are the case's own.
    """

    item: str
    title: str
    shares: dict[str, float]
    own: bool


class BreakEvenRow(Frozen):
    """The price of one item at which two options cost the same.

    One is the baseline; it has the range of that price.
    """

    scenario: str
    item: str
    title: str
    per: str
    price: float
    at: float
    low: float
    high: float
    cheaper_below: bool
