"""Rules of money: units, hard bounds and consistency, each fault with file, line, path, what was found and allowed."""

import re

import pytest
from faulty_workspace import ROOT, Faulty, exactly, read_all, swap

from mixedmig_model.inputs.costs.money import MOST_PRICE, RULES, rates_of
from mixedmig_model.inputs.costs.schema import MoneyFile
from mixedmig_model.inputs.reading.faults import InputFaultsError

MONEY, CASE_COSTS, BOOK = "costs/money.yaml", "cases/andaman_sea_2015/costs.yaml", "costs/registration.yaml"
HERE = f"parameters/{MONEY}:{{line}}: "
OUT = "outside what a rule of money may be"
RECALLED = "unit: '1', source: recalled, quality: assumption}"
MIDDLE = "{value: 12, range: [4, 30], currency: USD, price_year: 2017"


def rule(old, new, path, found, allowed, down=0):
    """A rule of money that is out of bounds at one place."""
    message = f"{HERE}{path}: {OUT}; found {found}; allowed: {allowed}"
    return Faulty(f"{path} {found}", swap(MONEY, old, new, down), message)


BOUNDS = [
    rule("contingency:\n  {value: 0.1, range: [0.05", "contingency:\n  {value: 0.1, range: [-0.5",
         "contingency.range.0", "-0.5", "0 to 1 share", 1),
    rule("contingency:\n  {value: 0.1, range: [0.05, 0.2]", "contingency:\n  {value: 0.1, range: [0.05, 10]",
         "contingency.range.1", "10", "0 to 1 share", 1),
    rule("{value: 0.07, range: [0.04", "{value: 0.07, range: [-0.07", "support_cost.range.0", "-0.07", "0 to 1 share"),
    *(rule("exchange_rates: {}\n", f"exchange_rates:\n  {code}: {{value: {value}, range: [{low}, 2], {RECALLED}\n",
           f"exchange_rates.{code}.range.0", low, "above 0 to 1e+09 1", 1)
      for code, value, low in (("EUR", 1.13, "0"), ("CAD", 0.77, "-0.77"))),
    rule("{value: 1.33, range: [1.33", "{value: 1.33, range: [0", "deflators.GBP.2003.range.0", "0",
         "above 0 to 1e+09 1"),
    rule("{value: 0.55, range: [0.3, 0.9]", "{value: 0.55, range: [0.3, 2]", "funding_coverage.donor.range.1", "2",
         "0 to 1 share"),
    rule("{value: 3, range: [1, 8]", "{value: 3, range: [-3, 8]", "disbursement_delay.donor.range.0", "-3",
         "0 to 480 month"),
    rule("{value: 0.03, range: [0, 0.07]", "{value: 0.03, range: [-1, 0.07]", "discount_rate.range.0", "-1",
         "0 to 1 1/year"),
    rule("{value: 0.02, range: [0, 0.05]", "{value: 0.02, range: [-0.9, 0.05]", "inflation.range.0", "-0.9",
         "-0.5 to 10 1/year"),
    rule("small_cell: {value: 5, range: [5, 5]", "small_cell: {value: 5, range: [-5, 5]", "small_cell.range.0", "-5",
         "0 to 1e+06 person"),
    rule("{value: 0.25, range: [0, 1]", "{value: 0.25, range: [0, 1.5]", "assumed_share_limit.range.1", "1.5",
         "0 to 1 share"),
    rule("{value: 0.15, range: [0, 0.3]", "{value: 0.15, range: [0, 1]", "exchange_rate_spread.range.1", "1",
         "0 to 0.99 share"),
    rule("work_gain:\n  {value: 0, range: [0", "work_gain:\n  {value: 0, range: [-1", "work_gain.range.0", "-1",
         "0 to 1e+09 person*year", 1),
]
OTHERS = [
    *(Faulty(f"{path} in another unit", swap(MONEY, f"unit: {unit}, distribution: {spread}",
                                             f"unit: {other}, distribution: {spread}"),
             f"{HERE}{path}.unit: the rule is in another unit; found '{other}'; allowed: {unit}; "
             f"did you mean '{unit}'?")
      for path, unit, spread, other in (
          ("inflation", "1/year", "pert", "1/day"), ("contingency", "share", "pert", "percent"),
          ("disbursement_delay.donor", "month", "lognormal", "day"))),
    Faulty("a rate of the base currency", swap(
        MONEY, "exchange_rates: {}\n", "exchange_rates:\n  USD: {value: 2, range: [2, 2], unit: '1', "
        "source: recalled, quality: assumption}\n", 1),
           HERE + "exchange_rates.USD: the base currency has no exchange rate: one unit of it is one unit; found 2; "
           "allowed: the other currencies"),
    Faulty("a deflator of the base year", swap(MONEY, "    '2003':\n", "    '2017': {value: 1.09, range: "
                                                  f"[1, 2], {RECALLED}\n    '2003':\n"),
           HERE + "deflators.GBP.2017: the base year has no deflator: its prices are prices of the base year; "
           "found 1.09; allowed: the other years"),
    Faulty("a deflator of no year", swap(
        MONEY, "    '2003':\n", f"    '11': {{value: 1, range: [1, 2], {RECALLED}\n    '2003':\n"),
           HERE + "deflators.GBP.11: not a year of prices; found '11'; allowed: a year from 1980 to 2100"),
    Faulty("deflators of a currency without a rate", swap(
        MONEY, "deflators:\n", "deflators:\n  ZZZ:\n    '2016': {value: 1, range: [1, 1], unit: '1', source: recalled, "
        "quality: assumption}\n", 1),
           HERE + "deflators.ZZZ: no exchange rate for the currency of these deflators; found 'ZZZ'; "
           "allowed: …"),
    Faulty("a payer twice", swap(MONEY, "[donor, un_agency, ngo]", "[donor, un_agency, donor]"),
           HERE + "supported_payers.2: duplicate payer; found 'donor'; allowed: once"),
    Faulty("a lognormal delay from zero", swap(MONEY, "{value: 3, range: [1, 8]", "{value: 3, range: [0, 8]"),
           HERE + "disbursement_delay.donor.range.0: the range of a lognormal number starts at or below zero; "
           "found 0; allowed: above 0, or another distribution"),
    Faulty("an item both in and out", swap(
        CASE_COSTS, "prices:\n", "include: [language_courses]\nexclude: [language_courses]\nprices:\n"),
           f"parameters/{CASE_COSTS}:{{line}}: include.0: the item is both included and excluded; "
           "found 'language_courses'; allowed: one of the two"),
    Faulty("a price of two trillion", swap(BOOK, MIDDLE, MIDDLE.replace("30]", "2.0e+12]")),
           f"parameters/{BOOK}:…: items.registration_materials.prices.MYS.range.1: the price is too large; "
           "found 2000000000000; allowed: at most 1e+09 USD of 2017 for one unit"),
    Faulty("a price too large in another currency", swap(
        BOOK, MIDDLE, MIDDLE.replace("30]", "9.0e+8]").replace("USD", "GBP")),
           f"parameters/{BOOK}:…: items.registration_materials.prices.MYS.range.1: the price is too large; "
           "found 900000000; allowed: at most 1e+09 USD of 2017 for one unit"),
]


@pytest.mark.parametrize("faulty", [*BOUNDS, *OTHERS], ids=[faulty.name for faulty in [*BOUNDS, *OTHERS]])
def test_a_rule_of_money_out_of_bounds_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


def test_every_rule_of_money_has_a_unit_and_bounds_that_hold_the_shipped_numbers(workspace):
    rates = {str(keys[0]) for keys, _ in rates_of(workspace.costs.money)}
    fields = {name for name in MoneyFile.model_fields if name not in (
        "schema_", "base_currency", "base_year", "supported_payers")}
    assert set(RULES) == fields >= rates
    assert max(price.range[1] for item in workspace.costs.items.values() for price in item.prices.values()) < MOST_PRICE


def test_several_faults_of_money_come_together(folder):
    swap("costs/money.yaml", "value: 0.1, range: [0.05", "value: -0.5, range: [-0.5")(folder)
    swap("costs/money.yaml", "{value: 3, range: [1, 8]", "{value: 3, range: [-3, 8]")(folder)
    with pytest.raises(InputFaultsError, match=r"\A3 faults in the input:"):
        read_all(folder.parent)


def test_the_bounds_of_the_documents_are_those_of_the_code():
    text = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8")
    table = text.split("| rule | unit | bounds |\n")[1].split("\n\n")[0]
    written = {
        name: (unit.strip(), bounds.strip().replace("1e6", "1e+06").replace("1e9", "1e+09"))
        for names, unit, bounds in (row.strip("|").split("|") for row in table.splitlines()[1:])
        for name in re.findall("`([a-z_]+)`", names)
    }
    assert written == {
        name: (rule.unit, f"{'above ' if rule.above else ''}{rule.low:g} to {rule.high:g}")
        for name, rule in RULES.items()}
