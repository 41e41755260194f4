"""The costs of a comparison as plain data.

They are tables by scenario, cost of delay, prices with sources, and break-evens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.case import default_economy
from mixedmig_model.inputs.costs.schema import Price
from mixedmig_model.inputs.costs.shown import shown_currency
from mixedmig_model.record.schema.costs import (
    BreakEvenRow,
    CeilingLine,
    CeilingRow,
    CostTable,
    DelayPart,
    DetentionPart,
    LocalCurrency,
    PriceRow,
    PromptTable,
    RatioPart,
    SplitRow,
    UnmetPart,
    YearPayerRow,
)
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.record.schema.services import StaffRow
from mixedmig_model.record.words import templates
from mixedmig_model.results.costs.draws import total_range
from mixedmig_model.results.costs.lines import CENTS, CostRun, whole
from mixedmig_model.results.costs.plan import source_title
from mixedmig_model.results.costs.pricing import Pricing, price_scenario
from mixedmig_model.results.costs.tables import detention_box, ratios, unmet_needs
from mixedmig_model.results.services import staff_rows
from mixedmig_model.study.planning.break_even import price_break_evens
from mixedmig_model.study.scenarios import PROMPT, Outcome
from mixedmig_model.vocabulary.numbers import day_text

MOST_BREAK_EVENS = 12
"""Of each option."""


@dataclass(frozen=True)
class CostParts:
    """What a report knows of costs.

    It is empty where the workspace has no cost book.
    """

    costs: Mapping[str, CostTable]
    local_currency: LocalCurrency | None = None
    delay: DelayPart | NotWorkedOut | None = None
    prices: tuple[PriceRow, ...] = ()
    splits: tuple[SplitRow, ...] = ()
    price_break_evens: tuple[BreakEvenRow, ...] = ()


def cost_parts(inputs: CaseInputs, names: Sequence[str], outcomes: Sequence[Outcome]) -> CostParts:
    """Return the parts of a report on costs."""
    if inputs.costs is None:
        return CostParts({})
    tables = {o.task.scenario: _with_sources(inputs, CostTable.model_validate(o.tables["costs"]))
              for o in outcomes if "costs" in o.tables}
    if any(name not in tables for name in names):  # runs that were not costed
        return CostParts({})
    pricings = {name: price_scenario(inputs, name) for name in names}
    base = names[0]
    break_evens = [
        row for name in names[1:] for row in _break_even_rows(name, pricings[name], tables[name], tables[base])]
    return CostParts(
        costs=tables,
        local_currency=local_currency(inputs, {name: tables[name] for name in names}),
        delay=_delay([one for one in outcomes if one.task.scenario == base], tables[base]),
        prices=tuple(row for name in names for row in price_rows(inputs, pricings[name], name == base)),
        splits=tuple(split_rows(inputs, pricings[base])),
        price_break_evens=tuple(break_evens),
    )


def local_currency(inputs: CaseInputs, tables: Mapping[str, CostTable] = MappingProxyType({})) -> LocalCurrency | None:
    """Return the second currency with its rate, and amounts in it.

    It is None where that is the base currency, or the case names none. ``tables`` are the costs by scenario.
    """
    book, costs = inputs.workspace.costs, inputs.costs
    shown = shown_currency(costs, book) if costs and book else None
    if shown is None or book is None:
        return None
    source = inputs.workspace.sources.get(shown.source)
    when = (templates.RATE_ON.format(day=day_text(shown.on)) if shown.on
            else templates.RATE_AVERAGE.format(year=book.money.base_year))
    return LocalCurrency(
        currency=shown.currency, for_one=shown.for_one, when=when, source=shown.source,
        source_title=source.title if source else shown.source, quality=shown.quality,
        totals={name: _times(table.total, shown.for_one) for name, table in tables.items()},
        by_year_payer={name: _years_in(table, shown.for_one) for name, table in tables.items()},
        ceilings={name: tuple(_ceiling_in(row, shown.for_one) for row in table.ceilings)
                  for name, table in tables.items()})


def _times(value: float, rate: float) -> float:
    """Return an amount times a rate, to the cent.

    Halves are rounded as those of lines, which is the rule of spreadsheets.
    """
    return float(whole(np.array(value * rate * CENTS))) / CENTS


def _years_in(table: CostTable, rate: float) -> tuple[YearPayerRow, ...]:
    """Return cost by fiscal year and payer in a second currency.

    Cells are running totals times the rate, each less the one before: they sum to the total times the rate.
    """
    done, before, rows = 0, 0.0, []
    for row in table.by_year_payer:
        cells = {}
        for country, cost in row.by_country.items():
            done += round(cost * CENTS)
            upto = _times(done / CENTS, rate)
            cells[country], before = round(upto - before, 2), upto
        rows.append(row.model_copy(update={"cost": round(sum(cells.values()), 2), "by_country": cells}))
    return tuple(rows)


def _ceiling_in(row: CeilingRow, rate: float) -> CeilingLine:
    """Return a ceiling in a second currency, each amount times the rate."""
    most, cost = (_times(value, rate) for value in (row.ceiling, row.cost))
    return CeilingLine(payer=row.payer, year=row.year, country=row.country, ceiling=most, cost=cost,
                       left=round(most - cost, 2))


def _with_sources(inputs: CaseInputs, table: CostTable) -> CostTable:
    """Return costs whose ceilings name the titles of their sources."""
    sources = inputs.workspace.sources
    rows = tuple(row.model_copy(update={"source_title": source_title(row.source, sources)}) for row in table.ceilings)
    return table.model_copy(update={"ceilings": rows})


def _break_even_rows(
    name: str, pricing: Pricing, table: CostTable, base: CostTable
) -> list[BreakEvenRow]:
    """Return prices at which an option costs as much.

    It is compared with the baseline; ``table`` and ``base`` are the costs of both.
    """
    rows = []
    for even in price_break_evens(pricing, _billed(table), _billed(base), table.total - base.total):
        record = next(line.record for line in pricing.lines if line.name == even.item)
        rows.append(BreakEvenRow(
            scenario=name, item=even.item, title=record.title, per=getattr(record, "per", "month"),
            price=even.price, at=even.at, low=even.low, high=even.high, cheaper_below=even.cheaper_below,
        ))
    return rows[:MOST_BREAK_EVENS]


def _billed(table: CostTable) -> dict[str, np.ndarray]:
    return {row.item: np.array(row.billed_by_country) for row in table.items if row.billed_by_country}


def _delay(outcomes: Sequence[Outcome], base: CostTable) -> DelayPart | NotWorkedOut:
    """Return what the baseline costs above the run with enough teams.

    That run is the same with the teams that it needs. Where it failed, the text says why not.
    """
    prompt = next((o for o in outcomes if o.task.side == PROMPT), None)
    if prompt is None or prompt.failure:
        return NotWorkedOut(failure=prompt.failure if prompt else "no run")
    other = PromptTable.model_validate(prompt.tables)
    spread = total_range(np.array(base.draws) - np.array(other.draws))
    return DelayPart(gap=base.total - other.total, low=spread.low, high=spread.high, teams=other.teams,
                     on_time=other.on_time)


def price_rows(inputs: CaseInputs, pricing: Pricing, with_book: bool) -> list[PriceRow]:
    """Return every price used, with the countries it holds in.

    Scenarios other than the baseline have only their own costs.
    """
    rows = []
    for line in pricing.lines:
        if not (line.own or with_book):
            continue
        groups: dict[Price, list[str]] = {}
        for country in pricing.countries:
            if line.counts_in(country):
                groups.setdefault(line.prices[country], []).append(country)
        for price, members in groups.items():
            source = inputs.workspace.sources[price.source]
            where = [inputs.case.countries[country].title for country in members]
            rows.append(PriceRow(
                item=line.name, title=line.record.title, own=line.own, local=members[0] in line.local,
                where="everywhere" if len(members) == len(pricing.countries) else ", ".join(where),
                value=price.value, low=price.range[0], high=price.range[1], currency=price.currency,
                price_year=price.price_year, per=getattr(line.record, "per", "month"),
                quality=price.quality, source=price.source, source_title=source.title,
                address=source.address, note=price.note or line.record.activity, row=price.row,
            ))
    return rows


def split_rows(inputs: CaseInputs, pricing: Pricing) -> list[SplitRow]:
    """Return items whose price is shared among sectors."""
    rows = []
    for line in pricing.lines:
        if line.split is not None:
            source = inputs.workspace.sources[line.split.source]
            rows.append(SplitRow(
                item=line.name, title=line.record.title, shares=line.sectors, own=line.own_split is not None,
                source=line.split.source, source_title=source.title, address=source.address,
                quality=line.split.quality, note=line.split.note))
    return rows


def not_costed(inputs: CaseInputs) -> list[str]:
    """Return what the costs leave out, in words."""
    if inputs.costs is None:
        return [templates.NOT_COSTED_NO_BOOK]
    book = inputs.workspace.costs
    left = [book.items[name].title for name in inputs.costs.file.exclude] if book else []
    guessed = [c.title for name, c in inputs.case.countries.items() if not inputs.costs.has_economy(name)]
    lines = [*inputs.costs.file.not_costed]
    if left:
        lines.append(templates.NOT_COSTED_LEFT.format(items="; ".join(left)))
    if guessed and book:
        economy = default_economy(book).title
        lines.append(templates.NOT_COSTED_ECONOMY.format(countries=", ".join(guessed), economy=economy))
    return [*lines, templates.NOT_COSTED_LONG_RUN]


def plan_ratios(ds: xr.Dataset, total: float) -> dict[str, RatioPart]:
    """Return what a total is divided by, and the cost of each."""
    return {key: RatioPart.model_validate(found) for key, found in ratios(ds, total).items()}


def plan_detention(ds: xr.Dataset, run: CostRun) -> DetentionPart:
    """Return what detention costs in a plan, with what it does."""
    return DetentionPart.model_validate(detention_box(ds, run))


def plan_unmet(ds: xr.Dataset) -> UnmetPart:
    """Return needs that a plan does not meet.

    It iterates by name and person-days.
    """
    return UnmetPart.model_validate(unmet_needs(ds))


def plan_staff(ds: xr.Dataset) -> list[StaffRow]:
    """Return staff against need by function and country."""
    return [StaffRow.model_validate(row) for row in staff_rows(ds)]
