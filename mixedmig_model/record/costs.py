"""The costs of a comparison as plain data: tables by scenario, cost of delay, prices with sources, break-evens."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.book import DEFAULT_TIER
from mixedmig_model.results.costs.draws import total_range
from mixedmig_model.results.costs.pricing import Pricing, price_scenario
from mixedmig_model.study.planning.break_even import price_break_evens
from mixedmig_model.study.scenarios import PROMPT, Outcome

MOST_BREAK_EVENS = 12


def cost_record(inputs: CaseInputs, names: Sequence[str], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """What a report knows of costs; nothing where the workspace has no cost book."""
    if inputs.costs is None:
        return {"costs": {}}
    tables = {o.task.scenario: o.tables["costs"] for o in outcomes if "costs" in o.tables}
    if any(name not in tables for name in names):  # runs that were not costed
        return {"costs": {}}
    pricings = {name: price_scenario(inputs, name) for name in names}
    base = names[0]
    break_evens = [
        row for name in names[1:] for row in _break_even_rows(name, pricings[name], tables[name], tables[base])]
    return {
        "costs": tables,
        "delay": _delay(outcomes, tables[base]),
        "prices": [row for name in names for row in price_rows(inputs, pricings[name], name == base)],
        "price_break_evens": break_evens[:MOST_BREAK_EVENS],
    }


def _break_even_rows(
    name: str, pricing: Pricing, table: dict[str, Any], base: dict[str, Any]
) -> list[dict[str, Any]]:
    """Prices at which an option costs as much as the baseline. Args: table, base, the costs of both."""
    rows = []
    for even in price_break_evens(pricing, _billed(table), _billed(base), table["total"] - base["total"]):
        record = next(line.record for line in pricing.lines if line.name == even.item)
        rows.append({
            "scenario": name, "item": even.item, "title": record.title, "per": getattr(record, "per", "month"),
            "price": even.price, "at": even.at, "low": even.low, "high": even.high,
            "cheaper_below": even.cheaper_below,
        })
    return rows


def _billed(tables: dict[str, Any]) -> dict[str, np.ndarray]:
    return {row["item"]: np.array(row["billed_by_country"]) for row in tables["items"] if row["billed_by_country"]}


def _delay(outcomes: Sequence[Outcome], base: dict[str, Any]) -> dict[str, Any]:
    """What the baseline costs above the same with teams that keep every standard; why not, where that run failed."""
    prompt = next((o for o in outcomes if o.task.side == PROMPT), None)
    if prompt is None or prompt.failure:
        return {"failure": prompt.failure if prompt else "no run"}
    spread = total_range(np.array(base["draws"]) - np.array(prompt.tables["draws"]))
    return {
        "gap": base["total"] - prompt.tables["total"], "low": spread.low, "high": spread.high,
        "teams": prompt.tables["teams"], "on_time": prompt.tables["on_time"],
    }


def price_rows(inputs: CaseInputs, pricing: Pricing, with_book: bool) -> list[dict[str, Any]]:
    """Every price used, with the countries in which it holds; of scenarios beside the baseline their own costs only."""
    rows = []
    for line in pricing.lines:
        if not (line.own or with_book):
            continue
        groups: dict[int, list[str]] = {}
        for country in pricing.countries:
            groups.setdefault(id(line.prices[country]), []).append(country)
        for members in groups.values():
            price = line.prices[members[0]]
            source = inputs.workspace.sources[price.source]
            where = [inputs.case.countries[country].title for country in members]
            rows.append({
                "item": line.name, "title": line.record.title, "own": line.own, "local": members[0] in line.local,
                "where": "everywhere" if len(members) == len(pricing.countries) else ", ".join(where),
                "value": price.value, "low": price.range[0], "high": price.range[1], "currency": price.currency,
                "price_year": price.price_year, "per": getattr(line.record, "per", "month"),
                "quality": price.quality, "source": price.source, "source_title": source.title,
                "address": source.address, "note": price.note or line.record.activity, "row": price.row,
            })
    return rows


def not_costed(inputs: CaseInputs) -> list[str]:
    """What the costs leave out, in words."""
    if inputs.costs is None:
        return ["Costs: this workspace has no cost book (parameters/costs)."]
    book = inputs.workspace.costs
    left = [book.items[name].title for name in inputs.costs.file.exclude] if book else []
    guessed = [c.title for name, c in inputs.case.countries.items() if name not in inputs.costs.file.tiers]
    lines = [*inputs.costs.file.not_costed]
    if left:
        lines.append(f"Costs left out by this case: {'; '.join(left)}.")
    if guessed:
        lines.append(f"No income tier is stated for {', '.join(guessed)}: prices of {DEFAULT_TIER.replace('_', ' ')} "
                     "countries are used.")
    return [*lines, "Long-run fiscal and labour effects, and the cost to third countries: not costed."]
