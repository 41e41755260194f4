"""Ceilings of a case: each fault with its exact message, and how an amount reaches prices of the base year."""

import pytest
from faulty_workspace import COUNTRIES, ROOT, Faulty, exactly, read_all, swap

from mixedmig_model.inputs.costs.ceilings import exchange_of, in_base, to_base_year
from mixedmig_model.inputs.costs.schema import CaseRate, Ceiling
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace

COSTS = "cases/andaman_sea_2015/costs.yaml"
ASSUMED = "source: assumption, quality: assumption"
PLAIN = {"payer": "host_central", "fiscal_year": 2016, "amount": 4e7, "source": "assumption", "quality": "assumption"}


def stated(*ceilings, rates=""):
    """The costs of the case with ceilings above what was delivered; the fault stands at the last of them."""
    lines = "".join(f"  - {{{one}, {ASSUMED}}}\n" for one in ceilings)
    text = f"{rates}ceilings:\n{lines}delivered:\n"
    return swap(COSTS, "delivered:\n", text, rates.count("\n") + len(ceilings))


def refused(number, key, rest):
    return f"parameters/{COSTS}:{{line}}: ceilings.{number}.{key}: {rest}"


CENTRAL = "payer: host_central, fiscal_year: 2016, amount: 40000000"
TABLE = [
    Faulty("a misspelt payer", stated(CENTRAL.replace("central", "centrl")), refused(
        0, "payer", "not one of the allowed values; found 'host_centrl'; allowed: …; did you mean 'host_central'?")),
    Faulty("a misspelt country", stated(f"{CENTRAL}, country: tailand"), refused(
        0, "country", f"unknown country; found 'tailand'; allowed: {COUNTRIES}; did you mean 'thailand'?")),
    Faulty("an unknown source", swap(
        COSTS, "delivered:\n", f"ceilings:\n  - {{{CENTRAL}, source: RP1666, quality: published}}\ndelivered:\n", 1),
        refused(0, "source", "unknown source; found 'RP1666'; allowed: …; did you mean 'RP16'?")),
    Faulty("a negative amount", stated(CENTRAL.replace("40000000", "-1")), refused(
        0, "amount", "too small; found -1; allowed: at least 0")),
    Faulty("an amount beyond whole cents", stated(CENTRAL.replace("40000000", "9.9e13")), refused(
        0, "amount", "the ceiling is too large; found 99000000000000; allowed: at most 9e+13 USD of 2017")),
    Faulty("a year before the run", stated(CENTRAL.replace("2016", "2014")), refused(
        0, "fiscal_year", "the run has no day in this fiscal year; found 2014; allowed: 2015 to 2017")),
    Faulty("a year that the run has in another country only", stated(
        f"{CENTRAL.replace('2016', '2017')}, country: malaysia"), refused(
        0, "fiscal_year", "the run has no day in this fiscal year; found 2017; allowed: 2015 to 2016")),
    Faulty("a currency in words", stated(f"{CENTRAL}, currency: ringgit"), refused(
        0, "currency", "not a currency; found 'ringgit'; allowed: three capital letters, such as USD")),
    Faulty("a currency without a rate", stated(f"{CENTRAL}, currency: KPW"), refused(
        0, "currency", "no exchange rate for KPW; found 'KPW'; allowed: AFN, …; a rate is added in "
        "parameters/costs/rates.csv, or stated in money.yaml, or in exchange_rates of this file; did you mean 'KRW'?")),
    Faulty("money of a year without a deflator", stated(
        f"{CENTRAL}, currency: TMT", rates=f"exchange_rates:\n  TMT: {{for_one: 3.5, on: 2017-01-01, {ASSUMED}}}\n"),
        refused(0, "fiscal_year", "no deflator for TMT of 2016; found 2016; allowed: none, and 2017 itself; a rate is "
                "added in parameters/costs/rates.csv, or stated in money.yaml; or give the amount at prices of 2017 "
                "(prices: base_year)")),
    Faulty("prices of no kind", stated(f"{CENTRAL}, prices: real"), refused(
        0, "prices", "not one of the allowed values; found 'real'; allowed: base_year, nominal…")),
    Faulty("the same ceiling twice", stated(CENTRAL, CENTRAL), refused(
        1, "payer", "the payer already has this ceiling, at ceilings.0; found 'host_central'; allowed: one ceiling for "
        "a payer, fiscal year and country")),
    Faulty("the same ceiling of a country twice", stated(
        f"{CENTRAL}, country: malaysia", f"{CENTRAL}, country: malaysia"), refused(
        1, "payer", "the payer already has this ceiling, at ceilings.0; found 'host_central'; allowed: one ceiling for "
        "a payer, fiscal year and country")),
    Faulty("a ceiling of one country within that of all", stated(CENTRAL, f"{CENTRAL}, country: malaysia"), refused(
        1, "payer", "the payer already has a ceiling for all countries in that year, at ceilings.0; found "
        "'host_central'; allowed: one ceiling for all countries together, or one for each country")),
    Faulty("a ceiling of all countries over that of one", stated(
        f"{CENTRAL}, country: malaysia", f"{CENTRAL}, country: thailand", CENTRAL), refused(
        2, "payer", "the payer already has a ceiling in one country for that year, at ceilings.0; found "
        "'host_central'; allowed: one ceiling for all countries together, or one for each country")),
]


@pytest.mark.parametrize("faulty", TABLE, ids=[faulty.name for faulty in TABLE])
def test_a_faulty_ceiling_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


def test_sound_ceilings_are_read_and_change_no_run(folder):
    stated(CENTRAL, "payer: donor, fiscal_year: 2017, amount: 5e6, country: thailand, currency: THB, prices: base_year",
           f"{CENTRAL.replace('2016', '2015')}, country: malaysia, currency: MYR")(folder)
    read_all(folder.parent)


@pytest.fixture(scope="module")
def money():
    return read_workspace(ROOT).costs.money


def ceiling(**changes):
    return Ceiling.model_validate(PLAIN | changes)


def test_money_of_a_year_moves_with_the_prices_of_its_own_currency_and_converts_at_the_base_years_rate(money):
    one = ceiling(currency="MYR")
    factor = money.deflators["MYR"]["2016"].value
    assert to_base_year(one, money) == factor > 1.0
    assert in_base(one, money, {}) == 4e7 * (factor * money.exchange_rates["MYR"].value)
    assert in_base(ceiling(prices="base_year"), money, {}) == 4e7
    assert in_base(ceiling(fiscal_year=2017), money, {}) == 4e7


def test_after_the_last_published_year_expected_inflation_goes_on(money):
    last = max(int(year) for year in money.deflators["USD"])
    known = money.deflators["USD"][str(last)].value
    assert to_base_year(ceiling(fiscal_year=last), money) == known
    later = to_base_year(ceiling(fiscal_year=last + 3), money)
    assert later == pytest.approx(known / (1.0 + money.inflation.value) ** 3, rel=1e-15)
    assert later < known


def test_a_rate_of_the_cases_own_wins_and_serves_where_none_is_published(money):
    own = {code: CaseRate.model_validate({"for_one": 4.0, "on": "2018-03-01", "source": "assumption",
                                          "quality": "assumption"}) for code in ("MYR", "KPW")}
    for code in own:
        assert exchange_of(ceiling(currency=code), money, own) == 0.25
    assert exchange_of(ceiling(currency="MYR"), money, {}) == money.exchange_rates["MYR"].value != 0.25
    assert in_base(ceiling(currency="KPW", prices="base_year"), money, own) == 1e7
