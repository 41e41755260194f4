"""Published rates, and a second currency: what the table gives, what is stated wins, and what is refused."""

import datetime
from dataclasses import replace

import pytest
from faulty_workspace import Faulty, exactly, read_all, swap
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.rates import COLUMNS, RateRow, with_table
from mixedmig_model.inputs.costs.schema import CaseRate
from mixedmig_model.inputs.costs.shown import in_currency, shown_currency
from mixedmig_model.inputs.reading.faults import InputFaultsError

RATES, COSTS = "costs/rates.csv", "cases/andaman_sea_2015/costs.yaml"
HERE = f"parameters/{RATES}:{{line}}: "
RUPEE = "LKR,2017,152.446414,147.0879,142.5044,WDI"
NUMBER = "a number above 0, at most 1e+09, or an empty cell"


def row(column, new, message):
    """The row of Bangladesh in 2017 with another cell."""
    cells = RUPEE.split(",")
    cells[COLUMNS.index(column)] = new
    return Faulty(f"{column} {new}", swap(RATES, RUPEE, ",".join(cells)), HERE + message)


def own(line, message, code="BDT"):
    """A rate of the case's own, below its currency."""
    more = f"currency: USD\nexchange_rates:\n  {code}: {line}\n"
    return Faulty(f"{code} {line}", swap(COSTS, "currency: USD\n", more, 2), f"parameters/{COSTS}:{{line}}: " + message)


RATE = "{for_one: 80, on: 2017-11-01, source: WDI, quality: published}"
FAULTS = [
    row("currency", "Taka", "currency: not the code of a currency; found 'Taka'; allowed: three capital letters, as "
        "EUR"),
    row("year", "17", "year: not a year of prices; found '17'; allowed: a year from 1980 to 2100"),
    row("per_usd", "80,4", "wrong number of cells; found 7; allowed: …"),
    row("per_usd", "eighty", f"per_usd: not a number; found 'eighty'; allowed: {NUMBER}"),
    row("per_usd", "0", f"per_usd: not a rate or an index; found '0'; allowed: {NUMBER}"),
    row("consumer_prices", "-1", f"consumer_prices: not a rate or an index; found '-1'; allowed: {NUMBER}"),
    row("gdp_deflator", "1e12", f"gdp_deflator: not a rate or an index; found '1e12'; allowed: {NUMBER}"),
    row("source", "WDX", "source: not one of the allowed values; found 'WDX'; allowed: …; did you mean 'WDI'?"),
    Faulty("a currency and year twice", swap(RATES, RUPEE, f"{RUPEE}\n{RUPEE}", 1),
           HERE + "the currency and year are already on line …; allowed: one row for a currency and year"),
    Faulty("another column", swap(RATES, "per_usd", "rate"),
           HERE + "unexpected columns; found …; allowed: " + ", ".join(COLUMNS) + "…"),
    own(RATE, "exchange_rates.USD: the base currency has no exchange rate: one unit of it is one unit; found 'USD'; "
        "allowed: the other currencies", "USD"),
    own(RATE.replace("WDI", "WDX"), "exchange_rates.BDT.source: unknown source; found 'WDX'; allowed: …; did you mean "
        "'WDI'?"),
    own(RATE.replace("80", "0"), "exchange_rates.BDT.for_one: …"),
    own(RATE.replace("2017-11-01", "2017"), "exchange_rates.BDT.on: …"),
    own(RATE, "exchange_rates.Taka: …", "Taka"),
    Faulty("a budget in a currency without a rate", swap(COSTS, "currency: USD\n", "currency: ZZZ\n"),
           f"parameters/{COSTS}:{{line}}: currency: no exchange rate for ZZZ; found 'ZZZ'; allowed: AFN, …; a rate is "
           "added in parameters/costs/rates.csv, or stated in money.yaml, or in exchange_rates of this file…"),
]


@pytest.mark.parametrize("faulty", FAULTS, ids=[faulty.name for faulty in FAULTS])
def test_a_faulty_rate_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


@pytest.mark.parametrize(("currency", "year", "factor"), [
    ("GBP", 2017, 1.287), ("EUR", 2017, 1.1297), ("AUD", 2017, 0.7664), ("CAD", 2017, 0.7705),
    ("GBP", 2023, 0.805 * 1.287), ("USD", 2011, 112.4116 / 103.1568), ("EUR", 2023, 0.807 * 1.1297),
])
def test_rates_and_deflators_are_those_of_the_publication(workspace, currency, year, factor):
    """The four rates of 2017, British prices of 2023 and American ones of 2011; Dutch prices of 2023 are stated."""
    assert money_factor(workspace.costs.money, currency, year) == pytest.approx(factor, rel=5e-4)


def test_a_range_reaches_from_consumer_prices_to_the_gdp_deflator(workspace):
    rate = workspace.costs.money.deflators["BDT"]["2014"]
    assert rate.value == pytest.approx(161.2265 / 136.1268)
    assert rate.range == pytest.approx((161.2265 / 136.1268, 156.8308 / 132.1245))
    assert (rate.source, rate.quality) == ("WDI", "published")


def test_a_currency_without_consumer_prices_takes_the_gdp_deflator(workspace):
    rate = workspace.costs.money.deflators["TJS"]["2015"]
    assert rate.range == (rate.value, rate.value)
    assert rate.note.startswith("GDP deflator")


def test_nothing_is_made_up_where_the_table_has_no_rate_of_the_base_year(workspace):
    """North Korea and Turkmenistan have none of 2017."""
    assert not {"KPW", "TMT"} & set(workspace.costs.money.exchange_rates)
    assert len(workspace.costs.money.exchange_rates) >= 50


def test_what_the_rules_state_wins_over_the_table(workspace):
    stated, book = workspace.costs.stated, workspace.costs.money
    assert set(stated.deflators["GBP"]) == {"2003", "2007"} < set(book.deflators["GBP"])
    assert book.deflators["EUR"]["2023"] == stated.deflators["EUR"]["2023"]
    other = {("EUR", 2023): RateRow(1.0, 9.0, 9.0, "WDI"), ("EUR", 2017): RateRow(1.0, 1.0, 1.0, "WDI")}
    assert with_table(stated, other).deflators["EUR"]["2023"].value == 0.807


rates = st.floats(1e-3, 1e4)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(rates, rates, rates)
def test_another_base_currency_goes_through_the_dollar(workspace, base, other, index):
    """A price in the base itself keeps its amount; there and back is the same amount."""
    rules = workspace.costs.stated.model_copy(update={"base_currency": "EUR", "deflators": {}, "exchange_rates": {}})
    table = {("EUR", 2017): RateRow(base, 1.0, 1.0, "WDI"), ("MYR", 2017): RateRow(other, 1.0, 1.0, "WDI"),
             ("MYR", 2015): RateRow(9.9, index, None, "WDI"), ("USD", 2017): RateRow(1.0, 1.0, 1.0, "WDI")}
    filled = with_table(rules, table)
    assert money_factor(filled, "MYR", 2017) == pytest.approx(base / other)
    assert money_factor(filled, "USD", 2017) == pytest.approx(base)
    assert money_factor(filled, "MYR", 2015) == pytest.approx(base / other / index)
    assert "EUR" not in filled.exchange_rates


def test_a_second_currency_is_the_published_average_unless_the_case_has_its_own_rate(inputs):
    costs, book = in_currency(inputs, "BDT").costs, inputs.workspace.costs
    shown = shown_currency(costs, book)
    assert (shown.currency, shown.on, shown.source) == ("BDT", None, "WDI")
    assert shown.for_one == pytest.approx(80.437542)
    rate = CaseRate.model_validate({"for_one": 81.5, "on": "2018-03-01", "source": "FRB", "quality": "published"})
    file = costs.file.model_copy(update={"exchange_rates": {"BDT": rate}})
    own_rate = shown_currency(type(costs)(file, costs.items, costs.prices, costs.local, costs.by_item), book)
    assert (own_rate.for_one, own_rate.on, own_rate.source) == (81.5, datetime.date(2018, 3, 1), "FRB")


def test_a_rate_of_the_cases_own_changes_no_price(folder):
    """It converts what is shown; totals in base currency stay comparable."""
    before = read_all(folder.parent)
    swap(COSTS, "currency: USD\n", f"currency: BDT\nexchange_rates:\n  BDT: {RATE}\n")(folder)
    assert read_all(folder.parent) == before


def test_without_a_cost_book_a_currency_is_refused_in_words(inputs):
    bare = replace(inputs, workspace=replace(inputs.workspace, costs=None), costs=None)
    message = ("--currency: this workspace has no cost book, so nothing has a cost; found 'MYR'; allowed: "
               "parameters/costs of a new workspace (mixedmig init DIR)")
    with pytest.raises(InputFaultsError, match=exactly(message, 0)):
        in_currency(bare, "MYR")


@pytest.mark.parametrize("command", [
    ("report", "andaman_sea_2015"), ("compare", "andaman_sea_2015", "--scenarios", "disembark_within_two_days"),
    ("cost", "andaman_sea_2015", "--to", "plan.xlsx")])
def test_commands_refuse_a_currency_before_they_solve(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [*command, "--currency", "ZZZ"])
    assert done.exit_code == 2
    assert "--currency: no exchange rate for the currency in 2017; found 'ZZZ'" in done.stderr
    assert not list(tmp_path.rglob("*.*"))


def test_the_base_currency_and_no_currency_show_one_amount(inputs):
    assert shown_currency(in_currency(inputs, "USD").costs, inputs.workspace.costs) is None
    assert in_currency(inputs, None) is inputs


@pytest.mark.parametrize(("code", "near"), [("ZZZ", ""), ("myr", "; did you mean 'MYR'?"), ("KPW", "…")])
def test_an_unknown_currency_is_refused_and_the_message_says_where_to_state_a_rate(inputs, code, near):
    message = (f"--currency: no exchange rate for the currency in 2017; found '{code}'; allowed: AFN, …; or state it "
               f"in costs.yaml of the case (exchange_rates: {{{code.upper()}: {{for_one: ..., on: ..., source: ..., "
               f"quality: ...}}}}), or add a row of 2017 to parameters/costs/rates.csv{near}")
    with pytest.raises(InputFaultsError, match=exactly(message, 0)):
        in_currency(inputs, code)
