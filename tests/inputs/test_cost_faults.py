"""Faulty cost books, costs of cases and of scenarios: each refused with one exact message."""

import pytest
from faulty_workspace import COUNTRIES, ROOT, SCENARIO, Faulty, copy, exactly, read_all, remove, swap, write

from mixedmig_model.inputs.costs.schema import CostFile
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.reading.yaml_reader import read_document
from mixedmig_model.inputs.workspace import read_workspace

BOOK, MONEY, CASE_COSTS = "costs/registration.yaml", "costs/money.yaml", "cases/andaman_sea_2015/costs.yaml"
HERE = f"parameters/{BOOK}:{{line}}: items.registration_materials"
THERE = f"parameters/{BOOK}:…: items.registration_materials"
MATERIALS = "    driver: registrations\n    per: person\n    component: registration_materials\n"
MIDDLE = (
    "{value: 12, range: [4, 30], currency: USD, price_year: 2017, source: assumption, quality: assumption,\n"
    "         row"
)
FOR_MYS = f"      MYS:\n        {MIDDLE}"
OWN = (
    "schema: 1\ncase: andaman_sea_2015\ntitle: T\ndescription: D\nown_costs:\n  {name}:\n    title: A roster\n"
    "    activity: A roster\n    stage: screening\n    sector: protection\n    phase: preparedness\n"
    "    behaviour: fixed\n    price: {{value: 5, range: [1, 9], currency: {currency}, price_year: 2017, "
    "source: assumption, "
    "quality: assumption}}\n    payers: {{donor: 1}}\n{more}"
)


def own(line, name="roster", currency="USD", more=""):
    return write(SCENARIO, OWN.format(name=name, currency=currency, more=more), line)


ITEMS = [
    Faulty("a misspelt driver", swap(BOOK, "driver: registrations", "driver: registration"),
           HERE + ".driver: unknown quantity; found 'registration'; allowed: …; "
           "did you mean 'registrations'?"),
    Faulty("a price of another dimension", swap(BOOK, "per: person\n    component: registration_materials",
                                                "per: person*day\n    component: registration_materials"),
           HERE + ".per: the unit measures something else; found 'person*day'; allowed: a unit that converts from "
           "person, which registrations gives"),
    Faulty("an unknown unit", swap(BOOK, "per: person\n    component: registration_materials",
                                   "per: persn\n    component: registration_materials"),
           HERE + ".per: unknown unit; found 'persn'; allowed: a unit that converts from person, which "
           "registrations gives"),
    Faulty("capital that hangs on what happens in a day", swap(
        BOOK, "behaviour: variable\n    driver: registrations\n    per: person\n",
        "behaviour: fixed\n    driver: registrations\n    per: month\n", 1),
           HERE + ".driver: a fixed cost needs a level, not what happens in a day; found 'registrations'; allowed: …"),
    Faulty("a step cost without a step", swap(
        BOOK, "behaviour: variable\n    driver: registrations\n    per: person\n",
        "behaviour: step\n    driver: desks\n    per: month\n", -6),
           HERE + ": step goes with the behaviour step, and only with it; found step; allowed: both or neither"),
    Faulty("a life without capital", swap(BOOK, MATERIALS, MATERIALS + "    life_years: 3\n", -7),
           HERE + ": life_years goes with the behaviour capital, and only with it; found variable; "
           "allowed: both or neither"),
    Faulty("a contract without places", swap(BOOK, MATERIALS, MATERIALS + "    contract_minimum: 0.5\n", -7),
           HERE + ": contract_minimum and places go together; found variable; allowed: both or neither"),
    Faulty("a contract on people", swap(
        BOOK, MATERIALS, MATERIALS + "    contract_minimum: 0.5\n    places: children\n", 4),
           HERE + ".places: not a number of places; found 'children'; allowed: …"),
    Faulty("payers that do not sum to one", swap(
        BOOK, "payers: {host_central: 0.6, donor: 0.3, un_agency: 0.1}", "payers: {host_central: 0.6, donor: 0.3}"),
           HERE + ".payers: the shares of payers do not sum to one; found 0.9; allowed: shares that sum to 1"),
    Faulty("an unknown payer", swap(
        BOOK, "payers: {host_central: 0.6, donor: 0.3, un_agency: 0.1}",
        "payers: {host_central: 0.6, donors: 0.3, un_agency: 0.1}"),
           HERE + ".payers.donors: not one of the allowed values; found 'donors'; allowed: …; did you mean 'donor'?"),
    Faulty("a price outside its own range", swap(BOOK, MIDDLE, MIDDLE.replace("value: 12", "value: 50"), -1),
           HERE + ".prices.MYS: the price lies outside its own range; found 50; allowed: 4 to 30"),
    Faulty("a price of minus twelve", swap(BOOK, MIDDLE, MIDDLE.replace("value: 12", "value: -12")),
           HERE + ".prices.MYS.value: too small; found -12; allowed: at least 0"),
    Faulty("a range from zero", swap(BOOK, MIDDLE, MIDDLE.replace("[4, 30]", "[0, 30]"), -1),
           HERE + ".prices.MYS: the range of a price starts at or below zero; found 0; "
           "allowed: above 0, or another distribution"),
    Faulty("a currency in words", swap(BOOK, MIDDLE, MIDDLE.replace("USD", "dollars")),
           HERE + ".prices.MYS.currency: not a currency; found 'dollars'; "
           "allowed: three capital letters, such as USD"),
    Faulty("a currency without a rate", swap(BOOK, MIDDLE, MIDDLE.replace("USD", "ZZZ")),
           HERE + ".prices.MYS.currency: no exchange rate for ZZZ; found 'ZZZ'; allowed: AFN, …"),
    Faulty("a price year without a deflator", swap(BOOK, MIDDLE, MIDDLE.replace("year: 2017", "year: 1999")),
           HERE + ".prices.MYS.price_year: no deflator for USD of 1999; found 1999; allowed: …"),
    Faulty("an unknown source of a price", swap(BOOK, MIDDLE, MIDDLE.replace("source: assumption", "source: S9999")),
           HERE + ".prices.MYS.source: unknown source; found 'S9999'; allowed: …; did you mean 'S…'?"),
    Faulty("a price of a country that nobody knows", swap(
        BOOK, FOR_MYS, FOR_MYS.replace("MYS", "MYX")),
           HERE + ".prices.MYX: unknown country; found 'MYX'; allowed: …; a country is added in "
           "parameters/costs/economies.csv; did you mean 'MYS'?"),
    Faulty("a price of a place that is no code", swap(
        BOOK, FOR_MYS, FOR_MYS.replace("MYS", "Malaysia")),
           HERE + ".prices.Malaysia: not the code of a country; found 'Malaysia'; allowed: three capital letters, such "
           "as MYS, or world"),
    Faulty("a price by country whose share of pay is not stated", swap(
        BOOK, f"    pay_share: 0\n    prices:\n{FOR_MYS}", f"    prices:\n{FOR_MYS}"),
           THERE + ": a price by country needs pay_share, the share of it that moves with pay; found none; "
           "allowed: 0 to 1"),
    Faulty("a price alike in the world that moves with pay", swap(
        BOOK, f"    pay_share: 0\n    prices:\n{FOR_MYS}",
        "    pay_share: 1\n    prices:\n" + FOR_MYS.replace("MYS", "world")),
           THERE + ": a price that is alike in the world does not move with pay; found 1; allowed: no pay_share"),
    Faulty("a price of the world and of a country", swap(
        BOOK, f"    pay_share: 0\n    prices:\n{FOR_MYS}",
        "    prices:\n      BGD: {value: 1, range: [1, 2], currency: USD, price_year: 2017, source: assumption, "
        "quality: assumption}\n" + FOR_MYS.replace("MYS", "world")),
           THERE + ": a price that is alike in the world goes with no other; found BGD, world; "
           "allowed: world, or countries"),
    Faulty("one tier of an older file", swap(
        BOOK, FOR_MYS, FOR_MYS.replace("MYS", "low_income")),
           THERE + ": prices by income tier need one of each, and none by country; found low_income; "
           "allowed: low_income, middle_income, high_income"),
    Faulty("a misspelt sector", swap(BOOK, "sector: documentation", "sector: documentaton"),
           HERE + ".sector: not one of the allowed values; found 'documentaton'; allowed: …; "
           "did you mean 'documentation'?"),
    Faulty("an item with one sector and shares of several", swap(
        BOOK, "sector: documentation", "sector: documentation\n    sectors: {documentation: 1}", -4),
           HERE + ": an item has one sector, or sectors with shares; found both; allowed: one of the two"),
    Faulty("an item without a sector", swap(BOOK, "    sector: documentation\n", "", -4),
           HERE + ": an item has one sector, or sectors with shares; found neither; allowed: one of the two"),
    Faulty("shares of sectors that do not sum to one", swap(
        BOOK, "sector: documentation", "sectors: {documentation: 0.5, protection: 0.4}"),
           HERE + ".sectors: the shares of sectors do not sum to one; found 0.9; allowed: shares that sum to 1"),
    Faulty("a misspelt sector among shares", swap(BOOK, "sector: documentation", "sectors: {food_security: 1}"),
           HERE + ".sectors.food_security: not one of the allowed values; found 'food_security'; allowed: …"),
    Faulty("shares of sectors without a source", swap(
        BOOK, "sector: documentation", "sectors: {documentation: 1}\n    sectors_quality: assumption", -4),
           HERE + ": shares of sectors need a source and a quality; found sectors; allowed: sectors_source and "
           "sectors_quality"),
    Faulty("a source of shares that are not there", swap(
        BOOK, "sector: documentation", "sector: documentation\n    sectors_source: assumption", -4),
           HERE + ": a source, quality or note of shares goes with sectors, and only with it; found one sector; "
           "allowed: sectors"),
    Faulty("an unknown source of shares", swap(
        BOOK, "sector: documentation", "sectors: {documentation: 1}\n    sectors_source: S9999\n"
        "    sectors_quality: assumption", 1),
           HERE + ".sectors_source: unknown source; found 'S9999'; allowed: …; did you mean 'S…'?"),
    Faulty("an item that includes itself", swap(
        BOOK, MATERIALS, MATERIALS + "    covers: [registration_materials]\n", 3),
           HERE + ".covers: an item cannot include itself; found 'registration_materials'"),
]
RULES = [
    Faulty("no rules of money", remove(MONEY), "parameters/costs/money.yaml: the file cannot be read; found …"),
    Faulty("a rate outside its range", swap(MONEY, "range: [1.33, 1.33]", "range: [2, 3]", -1),
           f"parameters/{MONEY}:{{line}}: deflators.GBP.2003: the value lies outside its own range; found 1.33; "
           "allowed: 2 to 3"),
]
OWN_SHARES = ("sectors:\n  {item}:\n    shares: {{{shares}}}\n    source: {source}\n    quality: assumption\n"
              "payers:\n")
GUARDIANS = "{item: guardians, share: 0,"
CASES = [
    Faulty("a delivered item that does not exist", swap(CASE_COSTS, GUARDIANS, GUARDIANS.replace("guard", "gard")),
           f"parameters/{CASE_COSTS}:{{line}}: delivered.1.item: unknown cost item; found 'gardians'; allowed: …; "
           "did you mean 'guardians'?"),
    Faulty("a delivered share above one", swap(CASE_COSTS, GUARDIANS, GUARDIANS.replace("0", "2")),
           f"parameters/{CASE_COSTS}:{{line}}: delivered.1.share: …; found 2; …"),
    Faulty("a delivered share in another country", swap(
        CASE_COSTS, GUARDIANS, f"{GUARDIANS} countries: [tailand],"),
           f"parameters/{CASE_COSTS}:{{line}}: delivered.1.countries.0: unknown country; found 'tailand'; "
           f"allowed: {COUNTRIES}; did you mean 'thailand'?"),
    Faulty("two delivered shares for one day", swap(
        CASE_COSTS, f"  - {GUARDIANS}", "  - {item: guardians, share: 0.5, start: 2015-03-01, source: "
        "assumption, quality: assumption}\n  - {item: guardians, share: 0, until: 2015-03-02,", 1),
           f"parameters/{CASE_COSTS}:{{line}}: delivered.2: the item already has a share in {COUNTRIES} at that "
           "time, at delivered.1; found 'guardians'; allowed: one share for an item, country and day"),
    Faulty("a delivered share that ends before it starts", swap(
        CASE_COSTS, "{item: rescue_vessels, share: 0,", "{item: rescue_vessels, share: 0, start: 2015-06-01,"),
           f"parameters/{CASE_COSTS}:{{line}}: delivered.2: the time of a delivered share ends before it starts; "
           "found 2015-06-01 to 2015-05-20; allowed: until a date after 2015-06-01"),
    Faulty("a delivered share of an unknown source", swap(
        CASE_COSTS, "share: 0, source: RP16", "share: 0, source: RP1666"),
           f"parameters/{CASE_COSTS}:{{line}}: delivered.0.source: unknown source; found 'RP1666'; allowed: …; "
           "did you mean 'RP16'?"),
    Faulty("a misspelt country of an economy", swap(CASE_COSTS, "{thailand: THA", "{tailand: THA"),
           f"parameters/{CASE_COSTS}:{{line}}: economies.tailand: unknown country; found 'tailand'; "
           f"allowed: {COUNTRIES}; did you mean 'thailand'?"),
    Faulty("an unknown economy", swap(CASE_COSTS, "{thailand: THA", "{thailand: THL"),
           f"parameters/{CASE_COSTS}:{{line}}: economies.thailand: unknown country of prices; found 'THL'; allowed: …; "
           "a country is added in parameters/costs/economies.csv; did you mean 'TLS'?"),
    Faulty("an economy in words", swap(CASE_COSTS, "{thailand: THA", "{thailand: Thailand"),
           f"parameters/{CASE_COSTS}:{{line}}: economies.thailand: not the code of a country; found 'Thailand'; "
           "allowed: three capital letters, such as MYS"),
    Faulty("an economy and a tier", swap(
        CASE_COSTS, "fiscal_year_start", "tiers: {thailand: low_income}\nfiscal_year_start"),
           f"parameters/{CASE_COSTS}:{{line}}: tiers.thailand: the country has an economy, and an income tier as in "
           "older files; found 'low_income'; allowed: one of the two"),
    Faulty("an unknown tier of an older file", swap(
        CASE_COSTS, "economies: {thailand: THA, malaysia", "tiers: {thailand: midle_income}\neconomies: {malaysia"),
           f"parameters/{CASE_COSTS}:{{line}}: tiers.thailand: not one of the allowed values; found 'midle_income'; "
           "allowed: high_income, low_income, middle_income; did you mean 'middle_income'?"),
    Faulty("a thirteenth month", swap(CASE_COSTS, "{thailand: 10,", "{thailand: 13,"),
           f"parameters/{CASE_COSTS}:{{line}}: fiscal_year_start.thailand: too large; found 13; allowed: at most 12"),
    Faulty("a misspelt item of a local price", swap(CASE_COSTS, "item: community_housing", "item: community_housin"),
           f"parameters/{CASE_COSTS}:{{line}}: prices.0.item: unknown cost item; found 'community_housin'; allowed: …; "
           "did you mean 'community_housing'?"),
    Faulty("two prices for one item and country", swap(
        CASE_COSTS, "    countries: [bangladesh, myanmar]", "    countries: [malaysia, myanmar]", -1),
           f"parameters/{CASE_COSTS}:{{line}}: prices.1: the item already has a price in malaysia, at prices.0; "
           "found 'community_housing'; allowed: one price for an item and country"),
    Faulty("shares of sectors of an item that does not exist", swap(CASE_COSTS, "payers:\n", OWN_SHARES.format(
        item="reception_sits", shares="food: 1", source="assumption"), 1),
           f"parameters/{CASE_COSTS}:{{line}}: sectors.reception_sits: unknown cost item; found 'reception_sits'; "
           "allowed: …; did you mean 'reception_sites'?"),
    Faulty("a case's shares of sectors that do not sum to one", swap(CASE_COSTS, "payers:\n", OWN_SHARES.format(
        item="reception_sites", shares="food: 0.7, shelter: 0.4", source="assumption"), 2),
           f"parameters/{CASE_COSTS}:{{line}}: sectors.reception_sites.shares: the shares of sectors do not sum to "
           "one; found 1.1; allowed: shares that sum to 1"),
    Faulty("a case's shares of sectors of an unknown source", swap(CASE_COSTS, "payers:\n", OWN_SHARES.format(
        item="reception_sites", shares="food: 1", source="RP1666"), 3),
           f"parameters/{CASE_COSTS}:{{line}}: sectors.reception_sites.source: unknown source; found 'RP1666'; "
           "allowed: …; did you mean 'RP16'?"),
    Faulty("an all-in item beside what it covers", swap(
        CASE_COSTS, "payers:\n", "include: [alternative_monitoring]\npayers:\n", -1000),
           "parameters/costs/detention.yaml:…: items.…: counted twice: the item already includes "
           "alternative_monitoring, which is alternative_monitoring; found …; allowed: one of the two; leave the other "
           f"out under exclude in parameters/{CASE_COSTS}"),
]
SCENARIOS = [
    Faulty("a scenario's cost named like an item", own(6, name="registration_materials"),
           f"parameters/{SCENARIO}:{{line}}: own_costs.registration_materials: the name is used by an item of the cost "
           "book; found 'registration_materials'; allowed: another name"),
    Faulty("a scenario's cost in a currency without a rate", own(13, currency="ZZZ"),
           f"parameters/{SCENARIO}:{{line}}: own_costs.roster.price.currency: no exchange rate for ZZZ; found 'ZZZ'; "
           "allowed: …"),
    Faulty("a scenario's cost that ends before it starts", own(
        6, more="    start: 2015-05-01\n    until: 2015-04-01\n"),
           f"parameters/{SCENARIO}:{{line}}: own_costs.roster: the cost ends before it starts; found 2015-05-01 to "
           "2015-04-01; allowed: until a date after 2015-05-01"),
    Faulty("a scenario's cost in an unknown country", own(15, more="    countries: [tailand]\n"),
           f"parameters/{SCENARIO}:{{line}}: own_costs.roster.countries.0: unknown country; found 'tailand'; "
           f"allowed: {COUNTRIES}; did you mean 'thailand'?"),
]
TABLE = [*ITEMS, *RULES, *CASES, *SCENARIOS]


@pytest.mark.parametrize("faulty", TABLE, ids=[faulty.name for faulty in TABLE])
def test_a_faulty_cost_book_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


def test_the_table_holds_more_than_the_twelve_that_were_asked_for():
    assert len({faulty.name for faulty in TABLE}) == len(TABLE) >= 12


def test_every_item_that_stands_in_two_files_is_named_with_both(folder):
    copy("costs/solutions.yaml", "costs/more.yaml")(folder)
    with pytest.raises(InputFaultsError) as caught:
        read_workspace(folder.parent)
    assert len(caught.value.faults) == len(CostFile.model_validate(
        read_document(folder / "costs/more.yaml", "more.yaml").data).items)
    assert str(caught.value.faults[0]) == (
        "parameters/costs/solutions.yaml:5: items.resettlement_processing: duplicate cost item; found 'first in "
        "parameters/costs/more.yaml:5'; allowed: one file"
    )


def test_a_workspace_without_a_cost_book_is_read_as_before(folder):
    remove("costs")(folder)
    remove(CASE_COSTS)(folder)
    assert read_workspace(folder.parent).costs is None


def test_the_shipped_cost_book_reads_without_fault():
    assert len(read_workspace(ROOT).costs.items) > 100


def test_a_missing_file_of_the_cost_book_is_named_where_its_items_are_missed(folder):
    remove("costs/reception.yaml")(folder)
    with pytest.raises(InputFaultsError) as refused:
        read_all(folder.parent)
    told = "unknown cost item: parameters/costs/reception.yaml, which holds it as shipped, is missing; found"
    assert len(refused.value.faults) > 1
    assert all(told in line for line in str(refused.value).splitlines()[1:])
