"""Prices from country to country: the rule of pay, prices between countries, what is derived, and faulty tables."""

import csv
import math

import pytest
from cost_examples import item, price
from faulty_workspace import ROOT, Faulty, exactly, read_all, remove, swap
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.book import EVIDENCE_COLUMNS
from mixedmig_model.inputs.costs.economies import TIER_ECONOMIES, Economy
from mixedmig_model.inputs.costs.placed import foreign_share, pay_factor, price_in
from mixedmig_model.inputs.costs.schema import TIERS, Price
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.handbook.price_evidence import evidence_rows

TABLE = "costs/economies.csv"
HERE = f"parameters/{TABLE}:{{line}}: "
LAOS = "LAO,Lao People's Democratic Republic,2439.5,lower_middle,WDIG"
INDEX = {"low": 6.4, "lower_middle": 4.2, "upper_middle": 2.2, "high": 1.5}
"""Earnings of nurses over GDP for each person, by group of income (Serje and others 2018, table 4)."""
POOR, MIDDLE, RICH = (Economy(code, code.title(), gdp) for code, gdp in (("AAA", 1000.0), ("BBB", 8000.0),
                                                                        ("CCC", 64000.0)))
THREE = {one.code: one for one in (POOR, MIDDLE, RICH)}


@pytest.fixture(scope="module")
def book(workspace):
    return workspace.costs


def in_country(book, name, code):
    return price_in(book.items[name], book.economies[code], book.economies, book.money)


def known(shares=1.0, **prices):
    return item(prices=prices, pay_share=shares)


def published(value, **changes):
    return price(value, source="WAGE", quality="published", **changes)


@pytest.mark.parametrize(("code", "low", "high"), [
    ("MYS", 20900, 23100), ("BGD", 0, 10000), ("GRC", 0, 40000), ("MMR", 0, 8000), ("GBR", 50000, 80000),
])
def test_a_caseworker_has_the_pay_of_the_country(book, code, low, high):
    found = in_country(book, "determination_staff", code)
    assert low < found.value < high
    assert found.quality == "derived"
    assert found.range[0] < found.value < found.range[1]


def test_one_factor_of_pay_moves_every_salary_of_a_country(book):
    factor = pay_factor(book.money, book.economies["BGD"], book.economies["MYS"])
    for name, one in book.items.items():
        if one.pay_share == 1.0 and tuple(one.prices) == ("MYS",) and one.prices["MYS"].currency == "USD":
            assert in_country(book, name, "BGD").value == pytest.approx(one.prices["MYS"].value * factor, rel=0.006)


def test_the_spread_of_pay_is_that_of_66_countries(book):
    base = book.economies["MYS"]
    with (ROOT / "parameters" / TABLE).open(encoding="utf-8", newline="") as file:
        groups = {row["code"]: row["income_group"] for row in csv.DictReader(file)}
    ratios = sorted(
        INDEX[groups[code]] * one.gdp_per_head / (INDEX["upper_middle"] * base.gdp_per_head)
        / pay_factor(book.money, one, base) for code, one in book.economies.items())
    assert len(ratios) == 66
    low, high = ratios[3], ratios[-4]  # three of 66 on each side: nine in ten
    spread = 1.0 + book.money.pay_spread.value
    assert low == pytest.approx(0.72, abs=0.01)
    assert high == pytest.approx(1.41, abs=0.01)
    assert 1.0 / low <= spread * 1.01
    assert high <= spread * 1.01


def test_beyond_the_known_countries_only_pay_moves(book):
    half = known(0.5, BBB=published(100.0, low=50.0, high=200.0))
    found = price_in(half, RICH, THREE, book.money)
    ratio = 8.0**0.63
    assert found.value == pytest.approx(100.0 * (0.5 + 0.5 * ratio), rel=0.005)
    assert found.range[0] == pytest.approx(50.0 * (0.5 + 0.5 * ratio / 1.4), rel=0.005)
    assert found.range[1] == pytest.approx(200.0 * (0.5 + 0.5 * ratio * 1.4), rel=0.005)
    assert found.quality == "derived"
    assert "Bbb: USD 100 of 2017, published; times" in found.note
    alike = known(0.0, BBB=published(100.0))
    assert [price_in(alike, one, THREE, book.money).value for one in (POOR, RICH)] == [100.0, 100.0]


def test_between_two_countries_a_price_lies_in_proportion_of_the_logarithms(book):
    two = known(1.0, AAA=published(2.0), CCC=published(32.0))
    found = price_in(two, MIDDLE, THREE, book.money)
    assert found.value == pytest.approx(8.0)
    assert found.range == (4.0, 16.0)
    assert found.note.startswith("Between Aaa (USD 2 of 2017, published) and Ccc (USD 32 of 2017, published), by GDP")


def test_a_price_moves_with_exchange_rates_as_those_do_that_it_comes_from(book):
    euro, dollar = published(2.0, currency="EUR"), published(32.0)
    assert [foreign_share(one, "USD") for one in map(Price.model_validate, (euro, dollar))] == [1.0, 0.0]
    moved = price_in(known(1.0, AAA=euro), MIDDLE, THREE, book.money)
    assert (moved.currency, foreign_share(moved, "USD")) == ("USD", 1.0)
    between = price_in(known(1.0, AAA=euro, CCC=dollar), MIDDLE, THREE, book.money)
    assert foreign_share(between, "USD") == pytest.approx(0.5)


def test_one_assumption_among_its_parts_makes_a_price_an_assumption(book):
    mixed = known(1.0, AAA=published(2.0), CCC=price(32.0))
    assert price_in(mixed, MIDDLE, THREE, book.money).quality == "assumption"
    assert price_in(mixed, POOR, THREE, book.money).quality == "published"


def test_a_range_that_reaches_zero_is_kept_and_no_lognormal(book):
    two = known(1.0, AAA=published(2.0) | {"range": [0.0, 4.0], "distribution": "pert"}, CCC=published(32.0))
    found = price_in(two, MIDDLE, THREE, book.money)
    assert (found.range[0], found.distribution) == (0.0, "pert")


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.floats(300.0, 120000.0), st.floats(0.0, 1.0))
@settings(max_examples=200, deadline=None)
def test_a_price_is_never_outside_its_range_nor_outside_its_neighbours(book, poor, rich, gdp, share):
    two = known(share, AAA=published(poor), CCC=published(rich))
    found = price_in(two, Economy("DDD", "D", gdp), THREE, book.money)
    assert 0.0 < found.range[0] <= found.value <= found.range[1] < math.inf
    if POOR.gdp_per_head <= gdp <= RICH.gdp_per_head:
        assert min(poor, rich) * 0.994 <= found.value <= max(poor, rich) * 1.006


def test_files_with_income_tiers_are_read_as_they_were(book):
    old = item(prices={tier: price(value) for tier, value in zip(TIERS, (5.0, 10.0, 40.0), strict=True)})
    for tier, value in zip(TIERS, (5.0, 10.0, 40.0), strict=True):
        found = price_in(old, TIER_ECONOMIES[tier], book.economies, book.money)
        assert (found.value, found.quality) == (value, "assumption")
    assert 10.0 < price_in(old, book.economies["GRC"], book.economies, book.money).value < 40.0
    assert price_in(old, book.economies["CHE"], book.economies, book.money).value == 40.0


def test_a_case_with_income_tiers_is_read(workspace, tmp_path):
    inputs = read_case(workspace, "generic_surge")
    assert inputs.costs.file.economies == {"harbourland": "MYS", "northmark": "GBR"}
    assert inputs.costs.prices["registration_staff", "harbourland"].value == 12974


CELL = "a number above 0, at most 1e+06"
FAULTS = [
    Faulty("a code in words", swap(TABLE, "LAO,", "Laos,"),
           HERE + "code: not the code of a country; found 'Laos'; allowed: three capital letters, as MYS"),
    Faulty("no name", swap(TABLE, "LAO,Lao People's Democratic Republic", "LAO,"),
           HERE + "country: the country has no name; found ''; allowed: its name"),
    Faulty("a group in words", swap(TABLE, "2439.5,lower_middle", "2439.5,lower"),
           HERE + "income_group: not an income group; found 'lower'; allowed: low, lower_middle, upper_middle, high"),
    Faulty("an income in words", swap(TABLE, "2439.5", "little"),
           HERE + f"gdp_per_head: not a number; found 'little'; allowed: {CELL}"),
    Faulty("an income of nothing", swap(TABLE, "2439.5", "0"),
           HERE + f"gdp_per_head: not an income of a person; found '0'; allowed: {CELL}"),
    Faulty("an unknown source", swap(TABLE, "2439.5,lower_middle,WDIG", "2439.5,lower_middle,WDIX"),
           HERE + "source: not one of the allowed values; found 'WDIX'; allowed: …; did you mean 'WDI…'?"),
    Faulty("a country twice", swap(TABLE, LAOS, f"{LAOS}\n{LAOS}", 1),
           HERE + "the country is already on line …; allowed: one row for a country"),
    Faulty("another column", swap(TABLE, "gdp_per_head", "income"),
           HERE + "unexpected columns; found …; allowed: code, country, gdp_per_head, income_group, source…"),
]


FOUND = "costs/evidence.csv"
FAULTS += [
    Faulty("another column of what was found", swap(FOUND, ",includes,", ",INCLUDES,"),
           f"parameters/{FOUND}:{{line}}: unexpected columns; found …; allowed: item, country, year, …"),
    Faulty("a use that nobody knows", swap(FOUND, ",value,detention_remote.AUS", ",valu,detention_remote.AUS"),
           f"parameters/{FOUND}:{{line}}: use: not a use of a price; found 'valu'; allowed: range, refused, rule, "
           "value; did you mean 'value'?"),
    Faulty("a refusal without a reason", swap(FOUND, ",refused,,A total without person-days.", ",refused,,"),
           f"parameters/{FOUND}:{{line}}: reason: the price is refused without a reason; found ''; "
           "allowed: why it is not used"),
]


@pytest.mark.parametrize("faulty", FAULTS, ids=[faulty.name for faulty in FAULTS])
def test_a_faulty_table_of_countries_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


def test_a_book_by_country_without_the_table_names_each_country_that_it_lacks(folder):
    remove(TABLE)(folder)
    with pytest.raises(InputFaultsError, match="unknown country; found 'MYS'; allowed: world; a country is added in "):
        read_all(folder.parent)


def test_every_price_that_was_found_is_used_or_refused_with_a_reason(book):
    rows = evidence_rows(ROOT)
    assert rows[0]._fields == EVIDENCE_COLUMNS
    assert len(rows) >= 77
    for row in rows:
        assert row.use in ("value", "range", "rule", "refused"), row
        assert row.title, row
        assert row.address.startswith("http"), row
        if row.use == "refused":
            assert not row.where, row
            assert len(row.reason.split()) >= 4, row
            continue
        name, _, place = row.where.partition(".")
        if row.use == "rule":
            assert name in book.items or hasattr(book.money, name), row
            continue
        assert place in book.items[name].prices, row
        if row.use == "range":
            assert row.reason, row
        elif place != "MYS" or row.year != "1999":  # the year of the Thai health centre has no deflator
            assert book.items[name].prices[place].quality != "assumption", row


@pytest.mark.parametrize(("item_", "place", "currency", "price_"), [
    ("detention", "MYS", "MYR", 75), ("detention", "GRC", "EUR", 16), ("reception_sites", "NLD", "EUR", 83.3),
    ("new_buildings", "BGD", "BDT", 309500), ("children_learning", "BGD", "USD", 137),
])
def test_a_price_that_is_used_is_the_price_that_was_found(book, item_, place, currency, price_):
    found = book.items[item_].prices[place]
    assert (found.currency, found.value) == (currency, price_)
    assert any(row.where == f"{item_}.{place}" and float(row.price) == price_ for row in evidence_rows(ROOT)
               if row.price)
