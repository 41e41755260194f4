"""Sections of a report on costs: what options cost, who pays, what stands beside the money, what would change it.

Breaches and harms stand above these sections on every page. No life has a price here, and nobody who does not arrive
counts as a saving. An option with a breach is shown, never placed beside the others.
"""

from typing import Any

import numpy as np

from mixedmig_model.inputs.costs.schema import PAYERS
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.record.drawn import drawn
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.costs import estimate_banner, money, money_range
from mixedmig_model.record.words.ranges import digits_of
from mixedmig_model.results.costs.draws import HIGH, LOW
from mixedmig_model.vocabulary.numbers import DASH, number, people, percent

STAGE_TITLES = {
    "journey": "Journey, rescue and disembarkation", "registration": "Registration", "screening": "Screening",
    "counselling": "Counselling", "referral": "Care of people with specific needs", "reception": "Reception",
    "detention": "Detention", "alternative": "Alternatives to detention", "determination": "Status determination",
    "appeal": "Appeal", "return": "Return and reintegration", "protected": "Solutions for protected people",
    "limbo": "People whose return cannot be carried out", "host": "Host communities",
    "whole_response": "The response as a whole",
}
RATIOS = {
    "arrival": "a person arriving", "protected": "a person protected",
    "resolved": "a case ended by protection, another solution or return",
}
MIXED = {
    "granted_protection": "more people granted protection", "wrongly_returned": "fewer people wrongly returned",
    "needs_missed": "fewer needs missed",
}


def costs_of(book: Comparison) -> dict[str, dict[str, Any]]:
    """Cost tables by scenario; empty where the workspace has no cost book."""
    return book.record.get("costs") or {}


def banner(book: Comparison) -> str:
    """The words that every page carries while the cost of any option rests on assumptions beyond the stated share."""
    return next((text for name in book.names if (text := estimate_banner(costs_of(book)[name]))), "") if costs_of(
        book) else ""


def spread_of_difference(one: dict[str, Any], other: dict[str, Any]) -> tuple[float, float]:
    """Range of a difference of totals: the same draws of prices for both."""
    low, high = np.quantile(np.array(one["draws"]) - np.array(other["draws"]), (LOW, HIGH))
    return float(low), float(high)


def decision_rows(book: Comparison) -> list[list[Any]]:
    """Rows of the decision table: total with range and difference, who pays most, ratios, unmet need, gap."""
    tables = costs_of(book)
    if not tables:
        return []
    return [
        [join(["Costs: ", tag("strong", banner(book) or "estimate"), " Unmet need stands beside them."])],
        [_named("Cost of the response", "cash, prices of the base year"), *(_total(book, name) for name in book.names)],
        ["Paid by", *(_payers(tables[name]) for name in book.names)],
        *([f"Cost for {text}", *(_ratio(tables[name], key) for name in book.names)] for key, text in RATIOS.items()),
        [_named("Gap of funding at the end", "required less received"), *(_gap(tables[name]) for name in book.names)],
        [_named("Unmet need of shelter", "person-days"),
         *(people(tables[name]["unmet"]["without_shelter_days"]) for name in book.names)],
        ["Cost resting on prices without a source", *(percent(tables[name]["assumed_share"]) for name in book.names)],
    ]


def _named(title: str, unit: str) -> Html:
    return join([title, tag("span", f" {unit}", class_="unit")])


def _total(book: Comparison, name: str) -> Html:
    tables = costs_of(book)
    own, base = tables[name], tables[book.names[0]]
    parts: list[Any] = [_money_drawn(own["total"], drawn(book, "ranges", "cost", name), (own["low"], own["high"]),
                                     own["currency"])]
    if name != book.names[0]:
        gap, draws = own["total"] - base["total"], drawn(book, "differences", "cost", name)
        text = _money_drawn(gap, draws, spread_of_difference(own, base), "", signed=True) if gap else "same"
        parts += [Html("<br>"), tag("span", text, class_="gap")]
    return join(parts)


def _money_drawn(
    value: float, draws: list[Any] | None, plain: tuple[float, float], currency: str, signed: bool = False
) -> str:
    """An amount with its range over all draws, at the digits that it supports, or with that of prices alone."""
    if not draws or draws[0] is None:
        return money_range(value, *plain, currency, signed)
    return money_range(value, draws[0], draws[2], currency=currency, signed=signed,
                       digits=digits_of(draws[0], draws[2]))


def _payers(tables: dict[str, Any]) -> str:
    whole = tables["total"]
    shares = sorted(((cost / whole, name) for name, cost in tables["by_payer"].items() if cost > 0), reverse=True)
    return "; ".join(f"{PAYERS[name]} {percent(share)}" for share, name in shares[:3]) if whole else "nobody"


def _ratio(tables: dict[str, Any], key: str) -> Html:
    found = tables["ratios"][key]
    count = people(found["people"])
    return join([money(found["cost"], tables["currency"]), tag("span", f" of {count}", class_="unit")])


def _gap(tables: dict[str, Any]) -> str:
    gap = sum(row["gap"] for row in tables["funding"]["payers"])
    return money(gap, tables["currency"]) if gap > 1.0 else "none"


def stage_table(book: Comparison) -> Html:
    """Cost by stage of the response, with the difference of each option to the baseline."""
    tables, names = costs_of(book), book.names
    head = ["", *(book.title(name) for name in names)]
    rows: list[list[Any]] = []
    for stage, title in STAGE_TITLES.items():
        sums = {name: sum(r["cost"] for r in tables[name]["items"] if r["stage"] == stage) for name in names}
        if any(sums.values()):
            rows.append([title, *(_with_gap(sums[name], sums[names[0]], name == names[0]) for name in names)])
    rows.append([tag("strong", "Total"), *(money(tables[name]["total"]) for name in names)])
    for title, key in (("of which measures of the option itself", "own"),):
        sums = {name: sum(r["cost"] for r in tables[name]["items"] if r[key]) for name in names}
        rows.append([title, *(money(sums[name]) for name in names)])
    first = tables[names[0]]
    note = (
        f"In {first['currency']} of {first['year']}, cash when it is paid, contingency and support cost included under "
        "the response as a whole. Local inflation comes first and conversion second. Differences are to the baseline, "
        "which is the first column and not zero: people are received and wait in it too."
    )
    return join([table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")])


def _with_gap(value: float, base: float, is_baseline: bool) -> Html:
    if is_baseline or abs(value - base) < 0.5:
        return Html(money(value))
    gap = value - base
    return join([money(value), Html("<br>"), tag("span", f"{'+' if gap > 0 else ''}{money(gap)}", class_="gap")])


def views_table(book: Comparison) -> Html:
    """The same response in other views: economic, nominal, discounted; and by year."""
    tables, names = costs_of(book), book.names
    head = ["", *(book.title(name) for name in names)]
    rows: list[list[Any]] = [["Views"]]
    rows.append(["Cash, undiscounted", *(money(tables[n]["total"]) for n in names)])
    for rate in (r for r in tables[names[0]]["discounted"] if float(r) > 0):
        rows.append([f"Present value at {number(100 * float(rate))} % a year",
                     *(money(tables[n]["discounted"][rate]) for n in names)])
    economic = "Economic: capital over its life, donated goods counted"
    rows.append([economic, *(money(tables[n]["economic"]) for n in names)])
    rows.append(["Nominal: at prices of each year", *(money(tables[n]["nominal"]) for n in names)])
    rows.append(["Exchange rates 15 % lower, higher".replace("15", number(100 * tables[names[0]]["exchange_spread"])),
                 *(" / ".join(money(value) for value in tables[n]["exchange"]) for n in names)])
    gains = [tables[n]["work_gain"] for n in names]
    rows.append(["Taxes and output of people with a right to work: beside costs, never netted",
                 *(money(gain) if gain else "not valued" for gain in gains)])
    rows.append(["By fiscal year of each country"])
    for year in sorted({y for n in names for y in tables[n]["by_year"]}):
        rows.append([year, *(money(tables[n]["by_year"].get(year, 0.0)) for n in names)])
    rows.append(["By country"])
    for country, title in book.countries.items():
        rows.append([title, *(money(tables[n]["by_country"][country]) for n in names)])
    short = tables[names[0]]["years"] < 2.05
    note = (
        "The undiscounted total stands first" + (", as the run is short. " if short else ". ")
        + "A fiscal year is named by the year in which it ends. Not costed: long-run fiscal and labour effects, "
        "schooling by host states beyond the items listed, security, effects in third countries."
    )
    return join([table(head, rows, numeric=range(1, len(head))), tag("p", note, class_="note")])


def payer_table(book: Comparison) -> Html:
    """Who pays, what comes, and the gap."""
    tables, names = costs_of(book), book.names
    head = ["payer and option", "required", "received in the run", "gap at the end", "largest gap", "first month short"]
    rows: list[list[Any]] = []
    for payer, title in PAYERS.items():
        found = [(n, r) for n in names for r in tables[n]["funding"]["payers"] if r["payer"] == payer]
        if found:
            rows.append([title[0].upper() + title[1:]])
        for name, row in found:
            rows.append([book.title(name), money(row["required"]), money(row["received"]), money(row["gap"]),
                         money(row["worst"]), row["first"][:7] or DASH])
    note = (
        "Donors are taken to pay a part of what is asked, and late; governments what they must, when they must. Shares "
        "of payers are assumptions. What a saving for one payer costs another stands in the rows below each other."
    )
    return join([table(head, rows, numeric=range(1, 5)), tag("p", note, class_="note")])


def detention_table(book: Comparison) -> Html:
    """Detention, never without releases, the limit, children inside and the alternative."""
    tables, names = costs_of(book), book.names
    if not any(tables[n]["detention"]["person_days"] > 0.5 for n in names):
        return tag("p", "Nobody is detained in any option.", class_="note")
    head = ["", *(book.title(name) for name in names)]
    boxes = [tables[n]["detention"] for n in names]
    rows: list[list[Any]] = [
        ["Cost of detention", *(money(b["cost"]) for b in boxes)],
        ["Person-days in detention", *(people(b["person_days"]) for b in boxes)],
        ["Cost of a person-day", *(money(b["per_day"]) for b in boxes)],
        ["Ended by release, not by return", *(_share(b["released_share"]) for b in boxes)],
        ["People held over the limit", *(people(b["over_limit"]) for b in boxes)],
        ["Days of children inside", *(people(b["child_days"]) for b in boxes)],
        ["Cost of a person-day in an alternative", *(money(b["alternative_per_day"]) for b in boxes)],
        ["Person-days in alternatives", *(people(b["alternative_days"]) for b in boxes)],
    ]
    return table(head, rows, numeric=range(1, len(head)))


def _share(value: float) -> str:
    return DASH if value != value else percent(value)


def plane_table(book: Comparison) -> Html:
    """Cost against outcomes: what each option without a breach costs more or less, and what it buys, in persons."""
    tables, names = costs_of(book), book.names
    base = names[0]
    head = ["option", "cost against the baseline", *MIXED.values(), "what may be said"]
    rows: list[list[Any]] = []
    for name in names[1:]:
        scenario = next(s for s in book.record["scenarios"] if s["name"] == name)
        low, high = spread_of_difference(tables[name], tables[base])
        gap = tables[name]["total"] - tables[base]["total"]
        gains = [_gain(book, key, name) for key in MIXED]
        rows.append([book.title(name), money_range(gap, low, high, signed=True), *(people_signed(g) for g in gains),
                     _verdict(scenario, low, high)])
    if not rows:
        return tag("p", "There is no option beside the baseline.", class_="note")
    note = (
        "Persons stand beside money and are not turned into it: there is no price of a life here, and no benefit of "
        "people who do not come. Ranges are those of prices alone, drawn together for both options."
    )
    return join([table(head, rows, numeric=range(1, len(head) - 1)), tag("p", note, class_="note")])


def _gain(book: Comparison, key: str, name: str) -> float:
    values = next(i for i in book.record["indicators"] if i["key"] == key)["values"]
    sign = 1.0 if key == "granted_protection" else -1.0
    return float(sign * (values[name]["value"] - values[book.names[0]]["value"]))


def people_signed(value: float) -> str:
    """A difference in persons with its sign; less than half a person is none."""
    if abs(value) < 0.5:
        return "0"
    return f"{'+' if value > 0 else '−'}{people(abs(value))}"


def _verdict(scenario: dict[str, Any], low: float, high: float) -> str:
    if scenario["breaches"]:
        return "Shown, not placed: it has breaches."
    if not scenario["same_people"]:
        return "Not placed: other people depart, or more of them."
    harms = "harms exceed the baseline's." if scenario["worse_harms"] else "no harm exceeds the baseline's."
    first = "Costs less" if high < 0.0 else "Costs more" if low > 0.0 else "Cost differs within the range of prices"
    return f"{first}; {harms}"


def delay_section(book: Comparison) -> Html:
    """The cost of delay of the baseline, and the teams that would have met each standard."""
    found = book.record.get("delay")
    if not found or "failure" in found:
        why = f": {found['failure']}" if found else "."
        return tag("p", f"The cost of delay was not worked out for this report{why}", class_="note")
    gap, low, high = found["gap"], found["low"], found["high"]
    more = gap > 0
    first = (
        f"With teams that keep every wait within its standard, {book.title(book.names[0])} would have cost "
        f"{money_range(abs(gap), *(sorted((abs(low), abs(high)))))} {'less' if more else 'more'}: delay "
        f"{'cost that much' if more else 'saved money, not people: what it does to them stands above'}."
    )
    teams = []
    for stage, sizes in found["teams"].items():
        officers = ", ".join(f"{book.countries[country]} {number(size, 2)}" for country, size in sizes.items())
        on_time = percent(found["on_time"][stage])
        teams.append(f"{STAGE_TITLES[stage]}: {officers} officers; {on_time} within the standard.")
    note = (
        "The smallest teams of constant size that do so, found from the work that arrives and proved by a run of their "
        "own; interpreters grow in step. Referral, appeal and returns have no standard and keep their staff."
    )
    return join([paragraphs(first), bullets(teams), tag("p", note, class_="note")])


def break_even_section(book: Comparison) -> Html:
    """Prices at which an option would cost as much as the baseline."""
    rows = book.record.get("price_break_evens") or []
    if not rows:
        text = "No single price within its range would make an option cost as much as the baseline."
        return tag("p", text, class_="note")
    lines = [
        f"{book.title(row['scenario'])} is cheaper than the baseline only while '{row['title']}' costs "
        f"{'under' if row['cheaper_below'] else 'over'} {money(row['at'])} a {row['per']} "
        f"(now {money(row['price'])}, range {money(row['low'])}{DASH}{money(row['high'])})."
        for row in rows
    ]
    note = (
        "Each price alone, all else as it is. Break-evens of other inputs, such as the time that determination takes, "
        "need runs: mixedmig break-even."
    )
    return join([bullets(lines), tag("p", note, class_="note")])


def items_table(book: Comparison) -> Html:
    """Every item: how it behaves, what it is paid for, what was billed in the baseline, and its cost in each option."""
    names, tables = book.names, costs_of(book)
    head = ["item", "behaves", "for a", "billed", *(book.title(name) for name in names), "rests on"]
    cost = {name: {row["item"]: row["cost"] for row in tables[name]["items"]} for name in names}
    known = {row["item"]: row for name in reversed(names) for row in tables[name]["items"]}
    rows: list[list[Any]] = []
    for stage, title in STAGE_TITLES.items():
        found = [row for item, row in known.items()
                 if row["stage"] == stage and any(cost[name].get(item) for name in names)]
        if found:
            rows.append([title])
        for row in sorted(found, key=lambda r: -r["cost"]):
            billed = number(row["billed"]) if row["billed"] == row["billed"] else DASH
            costs = (money(cost[name].get(row["item"], 0.0), "").strip() for name in names)
            rows.append([row["title"], row["behaviour"].replace("_", "-"), row["per"].replace("*", "-"), billed, *costs,
                         "assumption" if row["assumed"] else "a source"])
    note = (
        f"In {tables[names[0]]['currency']}. Billed: units of the baseline, or of the first option that has the item."
    )
    return join([table(head, rows, numeric=range(3, len(head) - 1)), tag("p", note, class_="note")])


def swings_table(book: Comparison, name: str) -> Html:
    """The prices that move the total most, each alone at the ends of its range."""
    tables = costs_of(book)[name]
    titles = {row["item"]: row["title"] for row in tables["items"]}
    rows = [[titles.get(item, item), money(low), f"+{money(high)}"] for item, low, high in tables["swings"]]
    head = ["price", "at its low end", "at its high end"]
    note = "Get local prices for these first: they go into costs.yaml beside case.yaml."
    return join([table(head, rows, numeric=(1, 2)), tag("p", note, class_="note")])


def prices_table(book: Comparison) -> Html:
    """The book of unit costs: every price with currency, year, range, source and quality."""
    head = ["item", "where", "price", "for a", "range", "quality", "source", "note"]
    rows: list[list[Any]] = []
    classes = []
    for row in book.record.get("prices") or []:
        span = f"{number(row['low'])}{DASH}{number(row['high'])}"
        price = f"{row['currency']} {number(row['value'])} of {row['price_year']}"
        known = [row[key] for key in ("quality", "source_title", "note")]
        rows.append([row["title"], row["where"], price, row["per"], span, *known])
        classes.append("assumed" if row["quality"] == "assumption" else "")
    return table(head, rows, row_classes=classes)


def sector_table(book: Comparison, name: str) -> Html:
    """Cost by sector and phase of one option, with people in need, targeted and reached where a sector counts them."""
    tables = costs_of(book)[name]
    phases = ("preparedness", "response", "recovery")
    sectors: dict[str, dict[str, float]] = {}
    for row in tables["items"]:
        entry = sectors.setdefault(row["sector"], dict.fromkeys(phases, 0.0))
        entry[row["phase"]] += row["cost"]
    head = ["sector", *phases, "total", "share"]
    rows = [
        [sector.replace("_", " "), *(money(entry[p]) if entry[p] else DASH for p in phases), money(sum(entry.values())),
         percent(sum(entry.values()) / tables["total"])]
        for sector, entry in sorted(sectors.items(), key=lambda pair: -sum(pair[1].values())) if sum(entry.values()) > 0
    ]
    return table(head, rows, numeric=range(1, 6))


def people_table(book: Comparison) -> Html:
    """People in need, targeted and reached in each option: three different numbers, and what each means."""
    tables, names = costs_of(book), book.names
    head = ["part of the response and option", "in need", "targeted", "reached", "cost a person targeted"]
    rows: list[list[Any]] = []
    for index, first in enumerate(tables[names[0]]["people"]):
        rows.append([join([f"{first['title']}: ", "; ".join(first["meaning"])])])
        for name in names:
            row = tables[name]["people"][index]
            rows.append([book.title(name), *(people(value) for value in row["people"]), money(row["cost"])])
    return table(head, rows, numeric=range(1, 5))
