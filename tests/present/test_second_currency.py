"""Amounts in a second currency: total times rate to the cent, and next to every amount of the tables of cost."""

from dataclasses import replace
from html import unescape

import pytest

from mixedmig_model.inputs.costs.schema import CaseRate
from mixedmig_model.inputs.costs.shown import in_currency
from mixedmig_model.present.report.sections import costs, items
from mixedmig_model.present.report.sections.totals import decision_rows
from mixedmig_model.record.costs import local_currency
from mixedmig_model.record.front.summary import cost_cell
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.words.costs import money

TABLES = (costs.stage_table, costs.views_table, costs.payer_table, costs.year_payer_table, costs.people_table,
          items.items_table)


def shown_in(book, andaman, code):
    """The comparison with a second currency."""
    local = local_currency(in_currency(andaman, code), costs_of(book[0]))
    return replace(book[0], record=book[0].record.model_copy(update={"local_currency": local}))


@pytest.mark.parametrize("code", ["BDT", "MYR", "EUR"])
def test_cost_by_fiscal_year_and_payer_sums_to_the_total_in_another_currency_to_the_cent(book, andaman, code):
    comparison = shown_in(book, andaman, code)
    local = comparison.record.local_currency
    for name, table in costs_of(comparison).items():
        rows = local.by_year_payer[name]
        assert [(row.year, row.payer) for row in rows] == [(row.year, row.payer) for row in table.by_year_payer]
        assert sum(round(100 * row.cost) for row in rows) == round(100 * local.totals[name])
        for row, base in zip(rows, table.by_year_payer, strict=True):
            assert sum(round(100 * one) for one in row.by_country.values()) == round(100 * row.cost)
            assert row.cost == pytest.approx(base.cost * local.for_one, abs=0.011)


@pytest.mark.parametrize("code", ["BDT", "MYR", "EUR"])
def test_a_total_in_another_currency_is_the_total_times_the_rate_to_the_cent(book, andaman, code):
    comparison = shown_in(book, andaman, code)
    local = comparison.record.local_currency
    rate = 1.0 / andaman.workspace.costs.money.exchange_rates[code].value
    assert set(local.totals) == set(comparison.names)
    for name, table in costs_of(comparison).items():
        assert local.totals[name] == round(table.total * rate, 2)
        assert cost_cell(comparison, name).value.endswith(f" ({money(local.totals[name], code)})")


def test_every_table_of_costs_has_both_amounts_and_the_rate_has_its_year_and_source(book, andaman):
    comparison = shown_in(book, andaman, "MYR")
    tables, options = costs_of(comparison), len(comparison.names)
    paid = {row.item for table in tables.values() for row in table.items if row.cost}
    amounts = {costs.stage_table: 2 * options, costs.views_table: 6 * options, costs.payer_table: 2 * options,
               costs.year_payer_table: 15 * options, costs.people_table: options,
               items.items_table: len(paid) * options}
    for make in TABLES:
        assert "MYR" not in str(make(book[0]))
        assert str(make(comparison)).count('class="second"') >= amounts[make], make.__name__
    text = unescape(str(costs.stage_table(comparison)))
    assert "Total in MYR, at MYR 4.3 for USD 1 (average of 2017; World Bank" in text.replace("\N{NO-BREAK SPACE}", " ")
    rows = [str(row) for row in decision_rows(comparison)]
    assert sum("MYR" in row for row in rows) >= 2


def test_a_rate_of_the_cases_own_has_its_day_and_says_that_it_is_assumed(book, andaman):
    own = CaseRate.model_validate({"for_one": 4.4, "on": "2018-03-01", "source": "assumption", "quality": "assumption"})
    file = andaman.costs.file.model_copy(update={"exchange_rates": {"MYR": own}})
    comparison = shown_in(book, replace(andaman, costs=replace(andaman.costs, file=file)), "MYR")
    text = unescape(str(costs.stage_table(comparison))).replace("\N{NO-BREAK SPACE}", " ")
    assert "Total in MYR, at MYR 4.4 for USD 1 (rate of 1 Mar 2018; assumed)" in text


def test_each_amount_of_a_cell_is_the_first_times_the_rate(book, andaman):
    comparison = shown_in(book, andaman, "BDT")
    rate, base = comparison.record.local_currency.for_one, comparison.names[0]
    table = str(costs.views_table(comparison))
    for amount in (costs_of(comparison)[base].total, costs_of(comparison)[base].economic):
        both = f'{money(amount)}<br><span class="second">{money(amount * rate, "BDT")}</span>'
        assert both in table


def test_without_a_second_currency_nothing_is_shown_twice(book):
    for make in TABLES:
        assert 'class="second"' not in str(make(book[0]))
    assert all('class="second"' not in str(cell) for row in decision_rows(book[0]) for cell in row)
