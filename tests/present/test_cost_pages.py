"""Costs on pages: never without breaches and harms, ranges, payers, unmet need, and the words: no budget."""

import re
from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pytest
from changed_report import changed

from mixedmig_model.present.figures import costs as cost_plots
from mixedmig_model.present.html.page import ON_PAPER, _css_text
from mixedmig_model.present.report.sections import costs as cost_sections
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.present.report.sections import delay, items, plane
from mixedmig_model.present.report.sections.totals import decision_rows
from mixedmig_model.record.finished import COSTS_FILE
from mixedmig_model.record.priced import banner, costs_of, spread_of_difference
from mixedmig_model.record.words.costs import ESTIMATE, estimate_banner, money, money_range
from mixedmig_model.results.costs.pricing import NoCostsError, price_scenario
from mixedmig_model.vocabulary.titles import COST_STAGE_TITLES

HARD = "\N{NO-BREAK SPACE}"
OPTION = "predictable_disembarkation_and_screening"


def words(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", str(html))).replace(HARD, " "))


@pytest.mark.parametrize(("value", "text"), [
    (0.0, "USD 0"), (12.345, "USD 12.3"), (171_234.0, "USD 171,000"), (999_600.0, "USD 1 m"),
    (61_311_018.8, "USD 61.3 m"), (2.5e9, "USD 2.5 bn"), (-1.27e6, "USD −1.27 m"), (float("nan"), "none"),
])
def test_amounts_read_in_three_digits_and_one_unit(value, text):
    assert money(value).replace(HARD, " ") == text


def test_an_amount_and_its_range_share_one_unit():
    assert money_range(61.3e6, 56.4e6, 101e6).replace(HARD, " ") == "USD 61.3 m (56.4–101)"
    assert money_range(-1.27e6, -2.96e6, -0.829e6, "", signed=True).replace(HARD, " ") == "−1.27 m (−2.96 to −0.829)"
    assert money_range(8.49e6, 4.76e6, 15.9e6, "", signed=True).replace(HARD, " ") == "+8.49 m (4.76–15.9)"


def test_costs_follow_breaches_harms_and_headlines_in_the_decision_table(book):
    text = words(sections.decision_table(book[0]))
    parts = ("Breaches", "Harms", "Headline indicators", "Costs:", "Paid by", "Unmet need of shelter")
    order = [text.index(part) for part in parts]
    assert order == sorted(order)
    for name in book[0].names:
        own = costs_of(book[0])[name]
        assert money_range(own.total, own.low, own.high).replace(HARD, " ") in text
        assert own.low < own.total < own.high


def test_every_page_says_that_it_is_no_budget_while_prices_lack_sources(book):
    tables = costs_of(book[0])[book[0].names[0]]
    assert tables.assumed_share + tables.derived_share > tables.assumed_limit
    assert banner(book[0]).startswith(f"{ESTIMATE}: ")
    assert ESTIMATE in words(sections.decision_table(book[0]))
    assert estimate_banner(0.1, 0.25) == estimate_banner(0.1, 0.25, 0.15) == ""
    assert estimate_banner(0.1, 0.25, 0.2) == (
        f"{ESTIMATE}: 10 % of the cost rests on prices without a source, and 20 % on derived ones (stated limit 25 %).")
    assert estimate_banner(0.3, 0.25).endswith("30 % of the cost rests on prices without a source (stated limit 25 %).")
    assert ESTIMATE in ON_PAPER.format(words=_css_text(banner(book[0])))
    assert _css_text('a"; } body { x: url(y) \\ <') == "a  body  x: url(y)  "


def test_stages_add_up_to_the_total_of_each_option(book):
    for name in book[0].names:
        tables = costs_of(book[0])[name]
        stages = {row.stage for row in tables.items}
        assert stages <= set(COST_STAGE_TITLES)
        total = round(100 * tables.total)
        assert sum(round(100 * row.cost) for row in tables.items) == total
        for sums in (tables.by_country, tables.by_payer, tables.by_year):
            assert sum(round(100 * value) for value in sums.values()) == total
        assert sum(round(100 * value) for value in tables.by_month) == total


def test_sectors_add_up_to_the_total_and_are_those_of_the_table_of_lines(book):
    made, folder = book
    lines = pd.read_csv(folder / COSTS_FILE)
    for name in made.names:
        tables = costs_of(made)[name]
        assert sum(round(100 * row.cost) for row in tables.sectors) == round(100 * tables.total)
        found = lines[lines["scenario"] == name].groupby("sector")["cost"].sum()
        assert {row.sector: round(row.cost, 2) for row in tables.sectors} == {
            sector: round(cost, 2) for sector, cost in found.items()}
        for sums in ("by_payer", "by_country", "by_year"):
            for key, whole in getattr(tables, sums).items():
                parts = sum(round(100 * getattr(row, sums).get(key, 0.0)) for row in tables.sectors)
                assert sums == "by_year" or parts == round(100 * whole), (sums, key)


def test_the_page_shares_all_in_prices_among_sectors_and_says_what_shares_rest_on(book):
    text = words(items.sector_table(book[0], book[0].names[0]))
    for part in ("by assumed shares", "food", "water sanitation", "contingency", "support cost"):
        assert part in text, part
    shares = words(items.split_table(book[0]))
    assert "Bed-day, site or centre food 37 %, camp coordination 30 %, shelter 22 %, water sanitation 11 %" in shares
    assert "shared among them, to the cent" in shares
    tents = next(row for row in book[0].record.splits if row.item == "reception_tents")
    assert (tents.own, tents.source, tents.quality) == (False, "CB11", "published")
    assert tents.source_title in shares
    own = [row.model_copy(update={"own": True}) for row in book[0].record.splits]
    assert "the cost book" in shares
    assert "the case" in words(items.split_table(changed(book[0], splits=own)))


def test_the_table_of_lines_beside_the_report_adds_up_to_the_same(book):
    made, folder = book
    lines = pd.read_csv(folder / COSTS_FILE)
    for name in made.names:
        whole = lines.loc[lines["scenario"] == name, "cost"].sum()
        assert whole == pytest.approx(costs_of(made)[name].total, abs=0.005)


def test_detention_never_has_a_cost_without_what_it_does(book):
    text = words(cost_sections.detention_table(book[0]))
    for part in ("Cost of detention", "Ended by release", "over the limit", "Days of children inside", "alternative"):
        assert part in text, part


def test_nobody_detained_is_said_in_words(book):
    costs = {
        name: table.model_copy(update={"detention": table.detention.model_copy(update={"person_days": 0.0})})
        for name, table in costs_of(book[0]).items()
    }
    assert "Nobody is detained" in words(cost_sections.detention_table(changed(book[0], costs=costs)))


def test_an_option_with_a_breach_is_shown_and_not_placed(book):
    def scenarios(ranked):
        return [one if one.name != OPTION else one.model_copy(update={
            "judgement": one.judgement.model_copy(update={"ranked": ranked})}) for one in book[0].record.scenarios]

    breaching = changed(book[0], scenarios=scenarios(False))
    assert "Not placed: it adds a breach or makes one grow." in words(plane.plane_table(breaching))
    others = changed(book[0], scenarios=[one.model_copy(update={"same_people": False}) for one in scenarios(True)])
    assert "Not placed: it changes how many people depart, or who." in words(plane.plane_table(others))
    assert "<img" not in str(cost_plots.plane_figure(others))
    assert "No option is placed, because each adds a breach" in words(cost_plots.plane_figure(breaching))
    clean = changed(book[0], scenarios=scenarios(True))
    assert "not placed" not in words(plane.plane_table(clean)).replace("are not placed", "")
    assert "<img" in str(cost_plots.plane_figure(clean))


def test_no_life_has_a_price_and_nobody_who_stays_away_is_a_gain(book):
    text = words(plane.plane_table(book[0])) + words(cost_sections.stage_table(book[0]))
    assert "People are counted, not priced. People who do not come are no benefit." in text
    assert "per death" not in text
    assert not {"departed", "deaths", "disembarked"} & set(plane.MIXED)


def test_differences_are_drawn_with_the_same_prices(book):
    tables = costs_of(book[0])
    one, other = tables[OPTION], tables[book[0].names[0]]
    low, high = spread_of_difference(one, other)
    assert low <= one.total - other.total <= high
    apart = (one.high - one.low) + (other.high - other.low)
    assert high - low < 0.8 * apart, "draws of one price move both"
    assert spread_of_difference(one, one) == (0.0, 0.0)


def test_the_cost_of_delay_is_that_of_the_teams_that_are_needed(book):
    text = words(delay.delay_section(book[0]))
    assert re.search(r"costs USD [\d.,]+( m)? \([^)]+\) (less|more)", text)
    assert "smallest constant teams that keep 95 % within each standard" in text
    assert book[0].record.delay.teams == book[0].record.teams[book[0].names[0]].teams
    failed = words(delay.delay_section(changed(book[0], delay={"failure": "SolveError: the run stopped"})))
    assert "This report does not have the cost of delay: SolveError: the run stopped" in failed


def test_break_evens_say_when_there_are_none_and_what_they_are_else(book):
    assert "No single price" in words(delay.break_even_section(changed(book[0], price_break_evens=[])))
    row = {"scenario": OPTION, "item": "bed", "title": "Bed-day", "per": "person*day", "price": 8.0, "at": 5.5,
           "low": 4.0, "high": 18.0, "cheaper_below": True}
    text = words(delay.break_even_section(changed(book[0], price_break_evens=[row])))
    assert "only if 'Bed-day' costs less than USD 5.5 per person-day (now USD 8, range USD 4–USD 18)" in text


def test_every_price_used_leads_to_currency_year_source_and_quality(book):
    rows = book[0].record.prices
    text = words(items.prices_table(book[0]))
    used = {row.item for row in costs_of(book[0])[book[0].names[0]].items}
    assert used - {row.item for row in rows} == {"contingency", "support_cost"}
    for row in rows:
        assert row.source_title
        assert row.quality in ("measured", "published", "derived", "assumption")
        assert f"{row.currency} " in text
        assert row.low <= row.value <= row.high


def test_funding_gaps_stand_by_payer(book):
    text = words(cost_sections.payer_table(book[0]))
    for part in ("Host state, central", "Donors", "; gap USD", "short since 2015"):
        assert part in text, part
    donors = [row for row in costs_of(book[0])[book[0].names[0]].funding.payers if row.payer == "donor"]
    assert donors[0].gap == pytest.approx(donors[0].required - donors[0].received)
    assert donors[0].gap > 0


def test_figures_have_alt_text_and_a_table_of_their_numbers(book):
    base = book[0].names[0]
    for figure in (cost_plots.waterfall_figure(book[0]), cost_plots.cash_figure(book[0]),
                   cost_plots.swings_figure(book[0], base)):
        assert re.search(r'<img alt="[^"]{40,}"', str(figure))
        assert "<table" in str(figure)


def test_a_workspace_without_a_cost_book_still_reports_and_says_so(andaman, book):
    bare = changed(book[0], costs={})
    assert decision_rows(bare) == []
    assert banner(bare) == ""
    assert "Costs:" not in words(sections.decision_table(bare))
    without = replace(andaman, costs=None, workspace=replace(andaman.workspace, costs=None))
    with pytest.raises(NoCostsError, match="this workspace has no cost book"):
        price_scenario(without, book[0].names[0])


def test_costing_takes_less_than_a_tenth_of_what_solving_reads(book):
    """A proxy, not the clock: no array of the costs of a run is as large as the run's own stocks."""
    made = book[0]
    largest = max(variable.nbytes for variable in made.runs[made.names[0]].data_vars.values())
    tables = costs_of(made)[made.names[0]]
    cells = len(tables.items) * len(tables.months) * len(made.countries) * 9 * np.dtype(np.int64).itemsize
    assert cells < largest
