"""Fiscal years, payers and ceilings on pages: sums agree, an excess is one sentence, and nothing is judged by it."""

from dataclasses import replace
from html import unescape

import pytest

from mixedmig_model.inputs.costs.shown import in_currency
from mixedmig_model.present import workbook
from mixedmig_model.present.office.memo import memo_blocks
from mixedmig_model.present.report.sections import costs
from mixedmig_model.record.costs import local_currency
from mixedmig_model.record.files import read_report, write_report
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.schema.costs import CeilingRow
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.pages.costs import over_sentences
from mixedmig_model.record.words.pages.questions import questions

PLAIN = {"stated": 1.0, "currency": "USD", "prices": "base_year", "source": "assumption", "assumed": True, "note": ""}


def row_of(table, year, payer, ceiling, country="", **more):
    """A ceiling on the costs of an option."""
    found = next(row for row in table.by_year_payer if (row.year, row.payer) == (year, payer))
    cost = found.by_country[country] if country else found.cost
    plain = {"payer": payer, "year": year, "country": country, "ceiling": ceiling, "cost": cost,
             "left": round(ceiling - cost, 2)}
    return CeilingRow.model_validate(PLAIN | plain | more)


def under(book, *ceilings):
    """The comparison with ceilings: tuples of year, payer, amount, and more by name."""
    tables = {}
    for name, table in costs_of(book[0]).items():
        rows = tuple(row_of(table, *one[:3], **(one[3] if len(one) > 3 else {})) for one in ceilings)
        tables[name] = table.model_copy(update={"ceilings": rows})
    return replace(book[0], record=book[0].record.model_copy(update={"costs": tables}))


def text_of(html):
    return " ".join(unescape(str(html)).replace("\N{NO-BREAK SPACE}", " ").split())


def cost(book, name, year, payer):
    return next(row.cost for row in costs_of(book[0])[name].by_year_payer if (row.year, row.payer) == (year, payer))


def test_rows_by_fiscal_year_and_payer_sum_to_the_totals_of_every_option_to_the_cent(book):
    for table in costs_of(book[0]).values():
        cents = {}
        for row in table.by_year_payer:
            cents[row.year] = cents.get(row.year, 0) + round(100 * row.cost)
        assert {year: value / 100 for year, value in cents.items()} == table.by_year
        assert sum(cents.values()) == round(100 * table.total)
        for payer, whole in table.by_payer.items():
            assert sum(round(100 * row.cost) for row in table.by_year_payer if row.payer == payer) == round(100 * whole)
        for country, whole in table.by_country.items():
            assert sum(round(100 * row.by_country[country]) for row in table.by_year_payer) == round(100 * whole)


def test_the_table_has_every_year_payer_and_total_and_stands_without_ceilings(book):
    comparison = book[0]
    text = text_of(costs.year_payer_table(comparison))
    assert "Cost by fiscal year and payer" in text
    assert str(costs.ceiling_table(comparison)) == ""
    assert over_sentences(comparison) == []
    for name in comparison.names:
        for row in costs_of(comparison)[name].by_year_payer:
            assert money(row.cost).replace("\N{NO-BREAK SPACE}", " ") in text
        assert money(costs_of(comparison)[name].total).replace("\N{NO-BREAK SPACE}", " ") in text


def test_a_long_table_is_on_screen_and_not_on_paper(book, monkeypatch):
    assert 'class="onscreen"' not in str(costs.year_payer_table(book[0]))
    monkeypatch.setattr(costs, "MOST_ON_PAPER", 10)
    page = str(costs.year_payer_table(book[0]))
    assert "rows: on screen, and in report.json; not printed." in page
    assert page.index('class="onscreen"') < page.index("<table")


def test_a_ceiling_that_is_exceeded_has_one_sentence_with_who_pays(book):
    base, option = book[0].names[:2]
    spent = cost(book, base, "2016", "host_central")
    comparison = under(book, ("2016", "host_central", spent - 1e6))
    sentences = over_sentences(comparison)
    assert [text_of(one) for one in sentences if comparison.title(base) in one] == [
        f"{comparison.title(base)}: in fiscal year 2016 this needs USD 1 m more than the ceiling of the host state's "
        f"central budget, {text_of(money(spent - 1e6))} at prices of 2017."]
    answers = dict(questions(comparison))["Who pays?"]
    assert answers[-len(sentences):] == sentences
    assert sum("ceiling" in line for _, lines in questions(comparison) for line in lines) == len(sentences)
    assert "ceiling" not in " ".join(line for _, lines in questions(book[0]) for line in lines)
    assert option in comparison.names


def test_options_with_the_same_excess_share_a_sentence_and_more_ceilings_are_counted(book):
    names = book[0].names
    comparison = under(book, ("2015", "donor", 0.0, {"country": "malaysia"}), ("2016", "donor", 0.0))
    for name in names:
        rows = costs_of(comparison)[name].ceilings
        most = min(rows, key=lambda row: row.left)
        found = next(one for one in over_sentences(comparison) if comparison.title(name) in one)
        assert f"in fiscal year {most.year}" in found
        assert text_of(money(most.cost)) in text_of(found)
        assert found.endswith("More ceilings are exceeded: 1.")
    alike = {name: table.model_copy(update={"ceilings": costs_of(comparison)[names[0]].ceilings})
             for name, table in costs_of(comparison).items()}
    same = replace(comparison, record=comparison.record.model_copy(update={"costs": alike}))
    assert len(over_sentences(same)) == 1
    assert over_sentences(same)[0].startswith("; ".join(same.title(name) for name in names))


def test_a_ceiling_of_one_country_names_it_and_one_that_holds_has_no_sentence(book):
    comparison = under(book, ("2015", "host_central", 0.0, {"country": "malaysia"}))
    assert all("the host state's central budget in Malaysia" in one for one in over_sentences(comparison))
    assert over_sentences(comparison)
    assert over_sentences(under(book, ("2016", "donor", 1e12))) == []
    exact = cost(book, book[0].names[0], "2016", "donor")
    assert [one for one in over_sentences(under(book, ("2016", "donor", exact)))
            if one.startswith(book[0].title(book[0].names[0]))] == []


def test_the_table_of_ceilings_has_what_is_stated_what_is_left_and_what_it_rests_on(book):
    spent = cost(book, book[0].names[0], "2016", "host_central")
    comparison = under(
        book, ("2016", "host_central", spent + 2e6, {"stated": 9e6, "currency": "MYR", "prices": "nominal"}),
        ("2016", "donor", 0.0, {"assumed": False, "source_title": "A budget law", "stated": 0.0, "currency": "EUR"}),
        ("2016", "ngo", cost(book, book[0].names[0], "2016", "ngo")))
    text = text_of(costs.ceiling_table(comparison))
    for expected in ("Host state, central, 2016 \N{DAGGER}", "stated: MYR 9 m, money of 2016", "USD 2 m left",
                     "source: A budget law", "stated: EUR 0, at prices of 2017", "over", "nothing left",
                     "\N{DAGGER}: an assumption, which has no source.",
                     "A ceiling changes no cost and ranks no option."):
        assert expected in text, expected
    assert str(costs.ceiling_table(comparison)).count('class="flag"') == len(comparison.names) + sum(
        row.left < -0.5 for table in costs_of(comparison).values() for row in table.ceilings if row.payer == "ngo")


@pytest.mark.parametrize("code", ["MYR", "BDT"])
def test_ceilings_stand_in_both_currencies(book, andaman, code):
    spent = cost(book, book[0].names[0], "2016", "host_central")
    comparison = under(book, ("2016", "host_central", spent - 1e6))
    local = local_currency(in_currency(andaman, code), costs_of(comparison))
    comparison = replace(comparison, record=comparison.record.model_copy(update={"local_currency": local}))
    row = local.ceilings[comparison.names[0]][0]
    assert row.left == round(row.ceiling - row.cost, 2)
    assert row.ceiling == pytest.approx((spent - 1e6) * local.for_one, abs=0.006)
    text = text_of(costs.ceiling_table(comparison))
    assert text.count(code) == 1 + 2 * len(comparison.names)
    assert "more than the ceiling of the host state's central budget" in over_sentences(comparison)[0]
    assert f"USD 1 m ({code} " in text_of(over_sentences(comparison)[0])


def test_no_judgement_and_nothing_above_who_pays_changes_with_a_ceiling(book, tmp_path, monkeypatch):
    """A ceiling ranks nothing: judgements, first page and order are the same to the byte."""
    plain, comparison = book[0], under(book, *(("2016", payer, 0.0) for payer in ("host_central", "donor")))
    assert [one.judgement for one in comparison.record.scenarios] == [one.judgement for one in plain.record.scenarios]
    pages = {}
    for key, one in (("plain", plain), ("under", comparison)):
        (tmp_path / key).mkdir()
        made, shown = with_summary(one, tmp_path / key), []
        monkeypatch.setattr(workbook, "show", lambda *parts, into=shown: into.extend(parts))
        workbook.first_page(made)
        pages[key] = made, "".join(str(part) for part in shown)
    assert pages["plain"][0].record.first_page == pages["under"][0].record.first_page
    page = pages["under"][1]
    assert page.count("more than the ceiling") == len(over_sentences(comparison))
    assert page.index("breaches") < page.index("more than the ceiling")
    before = pages["plain"][1]
    assert page[: page.index("Who pays?")] == before[: before.index("Who pays?")]


def test_the_memo_and_the_full_report_have_the_sentence_and_the_report_the_table(book, tmp_path, monkeypatch):
    comparison = with_summary(under(book, ("2016", "host_central", 0.0)), tmp_path)
    for blocks in memo_blocks(comparison, comparison.record.first_page):
        assert str(blocks).count("more than the ceiling") == len(over_sentences(comparison))
    shown = []
    monkeypatch.setattr(workbook, "show", lambda *parts: shown.extend(parts))
    workbook.costs(comparison)
    assert "Ceilings by fiscal year and payer" in "".join(str(part) for part in shown)


def test_the_record_on_disk_has_rows_and_ceilings_and_is_read_again(book, andaman, tmp_path):
    comparison = under(book, ("2016", "host_central", 1.0))
    local = local_currency(in_currency(andaman, "MYR"), costs_of(comparison))
    record = comparison.record.model_copy(update={"local_currency": local})
    write_report(record, tmp_path)
    found = read_report(tmp_path)
    for name in comparison.names:
        assert found.costs[name].by_year_payer == record.costs[name].by_year_payer != ()
        assert found.costs[name].ceilings == record.costs[name].ceilings != ()
    assert found.local_currency == local
