"""The schema of cost files.

It has items with prices by income tier, money, payers, and a case's own prices (``docs/costs.md``). A cost item never
gives a quantity in figures. It names a driver of ``drivers.py``, which each run computes.
"""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from mixedmig_model.inputs.costs.shares import SHARES_TO_ONE, Sector, SectorShares, SectorSplit, ShareNumber
from mixedmig_model.inputs.reading.fields import (
    COUNTRY_PATTERN,
    CURRENCY_PATTERN,
    PRICE_PLACE_PATTERN,
    Day,
    Distribution,
    FileName,
    Name,
    Note,
    Number,
    Quality,
    Range,
    Record,
    SourceKey,
    Text,
    Title,
    Unit,
    Version,
    refusal,
)
from mixedmig_model.vocabulary.labels import ROUTES, Route

Tier = Literal["low_income", "middle_income", "high_income"]
TIERS: tuple[Tier, ...] = ("low_income", "middle_income", "high_income")
WORLD = "world"
"""Where a price is alike in all countries."""
CountryCode = Annotated[str, Field(pattern=COUNTRY_PATTERN)]
PricePlace = Annotated[str, Field(pattern=PRICE_PLACE_PATTERN)]
PriceQuality = Literal["measured", "published", "derived", "assumption"]
"""How well a price is known.

A derived one comes from published ones: by the rule of pay, or as a sum of published parts.
"""
Behaviour = Literal["variable", "step", "fixed", "capital", "one_off", "closing"]
Phase = Literal["preparedness", "response", "recovery"]
Stage = Literal[
    "journey", "registration", "screening", "counselling", "referral", "determination", "appeal", "return", "reception",
    "detention", "alternative", "protected", "limbo", "host", "whole_response",
]
View = Literal["both", "economic", "financial"]
Payer = Literal[
    "host_central", "host_local", "origin_state", "resettlement_state", "donor", "un_agency", "ngo", "private",
    "migrant",
]
PAYERS: tuple[Payer, ...] = get_args(Payer)
CeilingPrices = Literal["nominal", "base_year"]
Currency = Annotated[str, Field(pattern=CURRENCY_PATTERN)]
Component = Name
Positive = Annotated[float, Field(gt=0, strict=True, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, strict=True, allow_inf_nan=False)]
FIRST_YEAR, LAST_YEAR = 1980, 2100
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, strict=True)]
Use = Annotated[float, Field(gt=0, le=1e6, strict=True, allow_inf_nan=False)]
Step = Annotated[float, Field(ge=1e-3, le=1e9, strict=True, allow_inf_nan=False)]
Life = Annotated[float, Field(ge=0.1, le=200, strict=True, allow_inf_nan=False)]
Lead = Annotated[float, Field(ge=0, le=14640, strict=True, allow_inf_nan=False)]
PerOne = Annotated[float, Field(ge=1e-9, le=1e9, strict=True, allow_inf_nan=False)]
Month = Annotated[int, Field(ge=1, le=12, strict=True)]


def _one(value: dict[Payer, float]) -> dict[Payer, float]:
    if abs(sum(value.values()) - 1.0) > SHARES_TO_ONE:
        raise refusal("the shares of payers do not sum to one", f"{sum(value.values()):g}", "shares that sum to 1")
    return value


PayerShares = Annotated[dict[Payer, ShareNumber], Field(min_length=1), AfterValidator(_one)]


class Price(Record):
    """The price of one unit.

    It has amount, currency, price year, range, source and quality.
    """

    value: NotNegative
    range: Range
    distribution: Distribution = "lognormal"
    currency: Currency
    price_year: Year
    source: SourceKey
    quality: PriceQuality
    row: Note = Field(default="", max_length=40)
    note: Note = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _inside(self) -> "Price":
        low, high = self.range
        if not low <= self.value <= high:
            raise refusal("the price lies outside its own range", f"{self.value:g}", f"{low:g} to {high:g}")
        if low < 0 or (low == 0 and self.distribution == "lognormal" and self.value > 0):
            raise refusal("the range of a price starts at or below zero", f"{low:g}",
                          "above 0, or another distribution")
        return self


class CostItem(Record):
    """One item of the cost book.

    It says what is paid for, on what the cost depends, what it costs in which country, and who pays.
    """

    title: Title
    activity: Text
    stage: Stage
    sector: Sector | None = Field(default=None, description="the sector of the whole price, unless sectors has shares")
    sectors: SectorShares | None = Field(default=None, description="shares of the price that belong to each sector")
    sectors_source: SourceKey | None = None
    sectors_quality: Quality | None = None
    sectors_note: Note = Field(default="", max_length=1000)
    phase: Phase
    behaviour: Behaviour
    driver: Name
    use: Use = Field(default=1.0, description="units paid for a unit of the driver")
    use_source: SourceKey | None = None
    serves: Positive = Field(default=1.0, description="people whom one unit reaches: 5 where a kit is for a household")
    per: Unit = Field(description="what the price is paid for: person, person*day, officer*year, month, ...")
    step: Step | None = Field(default=None, description="step costs: the level of the driver that one unit serves")
    contract_minimum: ShareNumber | None = Field(default=None, description="share of places paid even if empty")
    places: Name | None = Field(default=None, description="the driver whose places a contract counts")
    life_years: Life | None = None
    residual_share: ShareNumber = 0.0
    lead_days: Lead = Field(default=0.0, description="days by which money is spent before use")
    view: View = "both"
    component: Component = Field(description="what this item is, for the check of double counting")
    covers: tuple[Component, ...] = Field(default=(), description="components that the price already includes")
    routes: Annotated[tuple[Route, ...], Field(min_length=1)] = Field(
        default=ROUTES, description="counted only where people come in one of these ways"
    )
    optional: bool = Field(default=False, description="counted only where a case includes it by name")
    prices: dict[PricePlace, Price] = Field(
        min_length=1, description="by country (ISO 3166 code), or world for a price that is alike everywhere")
    pay_share: ShareNumber | None = Field(
        default=None, description="share of the price that moves with pay from country to country; the rest is alike")
    payers: PayerShares
    note: Note = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _has_sectors(self) -> "CostItem":
        if (self.sector is None) == (self.sectors is None):
            found = "neither" if self.sector is None else "both"
            raise refusal("an item has one sector, or sectors with shares", found, "one of the two")
        evidence = (self.sectors_source, self.sectors_quality)
        if self.sectors is not None and None in evidence:
            raise refusal("shares of sectors need a source and a quality", "sectors",
                          "sectors_source and sectors_quality")
        if self.sectors is None and (any(evidence) or self.sectors_note):
            raise refusal("a source, quality or note of shares goes with sectors, and only with it", "one sector",
                          "sectors")
        return self

    @model_validator(mode="after")
    def _fits_behaviour(self) -> "CostItem":
        if (self.behaviour == "step") != (self.step is not None):
            raise refusal("step goes with the behaviour step, and only with it", self.behaviour, "both or neither")
        if (self.behaviour == "capital") != (self.life_years is not None):
            raise refusal("life_years goes with the behaviour capital, and only with it", self.behaviour,
                          "both or neither")
        if (self.contract_minimum is None) != (self.places is None):
            raise refusal("contract_minimum and places go together", self.behaviour, "both or neither")
        if self.contract_minimum is not None and self.behaviour != "variable":
            raise refusal("only variable costs have a contract minimum", self.behaviour, "variable")
        return self

    @model_validator(mode="after")
    def _has_prices(self) -> "CostItem":
        found = ", ".join(self.prices)
        if any(tier in self.prices for tier in TIERS):
            if set(self.prices) != set(TIERS):
                raise refusal("prices by income tier need one of each, and none by country", found, ", ".join(TIERS))
        elif WORLD in self.prices:
            if len(self.prices) > 1:
                raise refusal("a price that is alike in the world goes with no other", found, "world, or countries")
            if self.pay_share:
                raise refusal("a price that is alike in the world does not move with pay", f"{self.pay_share:g}",
                              "no pay_share")
        elif self.pay_share is None:
            raise refusal("a price by country needs pay_share, the share of it that moves with pay", "none", "0 to 1")
        return self


class CostFile(Record):
    """A file of ``parameters/costs``: cost items by name."""

    entries = ("items",)
    schema_: Version = Field(alias="schema")
    items: dict[Name, CostItem] = Field(min_length=1)


class Rate(Record):
    """A number of the cost rules.

    It is a rate, share, factor or delay, with range, source and quality.
    """

    value: Number
    range: Range
    unit: Unit
    distribution: Distribution = "fixed"
    source: SourceKey
    quality: Quality
    row: Note = Field(default="", max_length=40)
    note: Note = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _inside(self) -> "Rate":
        low, high = self.range
        if not low <= self.value <= high:
            raise refusal("the value lies outside its own range", f"{self.value:g}", f"{low:g} to {high:g}")
        return self


class MoneyFile(Record):
    """The file ``parameters/costs/money.yaml``.

    It has the base of all prices, how to convert to it, and the rules of counting.
    """

    schema_: Version = Field(alias="schema")
    base_currency: Currency
    base_year: Year
    deflators: dict[Currency, dict[str, Rate]] = Field(
        description="factor from prices of a year to prices of the base year, in the same currency")
    exchange_rates: dict[Currency, Rate] = Field(description="base currency for one unit, in the base year")
    inflation: Rate
    discount_rate: Rate
    contingency: Rate
    support_cost: Rate
    supported_payers: tuple[Payer, ...] = Field(description="payers on whose money agencies charge support cost")
    exchange_rate_spread: Rate
    work_gain: Rate | None = Field(
        default=None, description="taxes and output of a protected person with a right to work; never netted")
    assumed_share_limit: Rate
    funding_coverage: dict[Payer, Rate]
    disbursement_delay: dict[Payer, Rate]
    small_cell: Rate
    pay_exponent: Rate | None = Field(
        default=None, description="pay rises with GDP for each of a country's people to this power; default 0.63")
    pay_spread: Rate | None = Field(
        default=None, description="pay of a country lies within this share of the rule, up and down; default 0.4")


class LocalPrice(Price):
    """A price of a case's own for one item, in one country or all."""

    item: Name
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None


class CaseRate(Record):
    """An exchange rate of a case's own, for amounts shown twice.

    It has units of the currency for one unit of the base currency, the day, source and quality.
    """

    for_one: PerOne = Field(description="units of the currency for one unit of the base currency")
    on: Day = Field(description="the day of the rate")
    source: SourceKey
    quality: Quality
    note: Note = Field(default="", max_length=1000)


class Delivered(Record):
    """What share of an item was delivered in what happened.

    It holds in some countries, or all, and from a day to another. What is not stated was delivered in full.
    """

    item: Name
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    share: ShareNumber
    start: Day | None = Field(default=None, description="first day; default: that of the run")
    until: Day | None = Field(default=None, description="first day after; default: the end of the run")
    source: SourceKey
    quality: Quality
    note: Note = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Delivered":
        if self.start and self.until and self.until <= self.start:
            text = "the time of a delivered share ends before it starts"
            raise refusal(text, f"{self.start} to {self.until}", f"until a date after {self.start}")
        return self


class Ceiling(Record):
    """The most that a payer may spend in a fiscal year.

    It holds in one country, or in all of them together. It is compared with what is needed, and changes no cost.
    """

    payer: Payer
    fiscal_year: Year = Field(description="the fiscal year, named by the calendar year in which it ends")
    country: Name | None = Field(default=None, description="one country; default: all countries together")
    amount: NotNegative = Field(description="the most that the payer may spend in that year")
    currency: Currency | None = Field(default=None, description="currency of the amount; default: the base currency")
    prices: CeilingPrices = Field(
        default="nominal",
        description="nominal: money of the fiscal year, as a budget has it; base_year: prices of the base year")
    source: SourceKey
    quality: Quality
    note: Note = Field(default="", max_length=1000)


class CaseCostsFile(Record):
    """The file ``costs.yaml`` next to ``case.yaml``.

    It has economies, fiscal years, local prices, who pays, ceilings, and what is left out.
    """

    entries = ("prices", "not_costed", "economies", "tiers", "fiscal_year_start", "include", "exclude", "payers",
               "sectors", "exchange_rates", "delivered", "ceilings")
    schema_: Version = Field(alias="schema")
    currency: Currency | None = Field(
        default=None, description="the currency of the case's budget: reports give amounts in it too"
    )
    exchange_rates: dict[Currency, CaseRate] = Field(
        default_factory=dict, description="rates of the case's own for amounts shown in a second currency"
    )
    economies: dict[Name, CountryCode] = Field(
        default_factory=dict, description="the country (ISO 3166 code) whose pay and prices hold in each country")
    tiers: dict[Name, Tier] = Field(default_factory=dict, description="in older files: income tiers by country")
    fiscal_year_start: dict[Name, Month] = Field(default_factory=dict)
    include: tuple[Name, ...] = ()
    exclude: tuple[Name, ...] = ()
    payers: dict[Name, PayerShares] = Field(default_factory=dict)
    sectors: dict[Name, SectorSplit] = Field(
        default_factory=dict, description="shares of the case's own, by item, instead of those of the cost book"
    )
    prices: tuple[LocalPrice, ...] = ()
    delivered: tuple[Delivered, ...] = Field(
        default=(), description="shares of items that were delivered in the baseline, where not all was"
    )
    ceilings: tuple[Ceiling, ...] = Field(
        default=(), description="what payers may spend at most in a fiscal year; a ceiling ranks no option"
    )
    projects: FileName | None = None
    not_costed: tuple[Text, ...] = ()


class OwnCost(Record):
    """Cost of a scenario's own measures.

    It is money a month, or once, beyond what the scenario's people, staff and places cost.
    """

    title: Title
    activity: Text
    stage: Stage
    sector: Sector
    phase: Phase
    behaviour: Literal["fixed", "one_off"]
    price: Price
    countries: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    start: Day | None = None
    until: Day | None = None
    view: View = "both"
    payers: PayerShares

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "OwnCost":
        if self.start and self.until and self.until <= self.start:
            text = "the cost ends before it starts"
            raise refusal(text, f"{self.start} to {self.until}", f"until a date after {self.start}")
        return self
