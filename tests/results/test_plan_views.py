"""The three views of a plan agree with the cost run to the cent; people are counted as their meanings say."""

import csv
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hand_dataset import Hand
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.costs.projects import Project
from mixedmig_model.inputs.costs.schema import CostItem, MoneyFile, OwnCost
from mixedmig_model.inputs.costs.sectors import SECTORS
from mixedmig_model.inputs.costs.shares import SectorSplit
from mixedmig_model.inputs.schema import Source
from mixedmig_model.results.costs.export import (
    PLAN_COLUMNS,
    hidden,
    plan_rows,
    planning_estimate,
    total_span,
    write_csv,
)
from mixedmig_model.results.costs.lines import CENTS, CONTINGENCY, SUPPORT, CostRun, line_cents, shared_out, whole
from mixedmig_model.results.costs.people import cost_per_targeted, part_of, people_of_plan
from mixedmig_model.results.costs.plan import activity_based
from mixedmig_model.results.costs.pricing import PAYER_NAMES, Line, Pricing
from mixedmig_model.results.costs.sectors import part_cents, sector_cents, sector_rows, split_cents
from mixedmig_model.results.costs.tables import item_rows
from mixedmig_model.results.costs.views import overlay, project_based, totals
from mixedmig_model.vocabulary.calendar import run_calendar

COUNTRIES = ("here", "there")
SOURCES = {"assumption": Source(title="No source"), "S1": Source(title="A published price")}


def rate(value):
    return {"value": value, "range": [0, 1], "unit": "1", "source": "assumption", "quality": "assumption"}


def money(contingency=0.1, support=0.07):
    return MoneyFile.model_validate({
        "schema": 1, "base_currency": "USD", "base_year": 2017, "deflators": {}, "exchange_rates": {},
        "inflation": rate(0.02), "discount_rate": rate(0.03), "contingency": rate(contingency),
        "support_cost": rate(support), "supported_payers": ["donor", "un_agency", "ngo"],
        "exchange_rate_spread": rate(0.15), "assumed_share_limit": rate(0.25), "funding_coverage": {},
        "disbursement_delay": {}, "small_cell": rate(1) | {"value": 5, "range": [5, 5]},
    })


def price(value, quality="assumption"):
    source = "assumption" if quality == "assumption" else "S1"
    return {"value": value, "range": [0.5 * value, 2 * value], "currency": "USD", "price_year": 2017,
            "source": source, "quality": quality}


def record(name, sector="shelter", stage="reception", payers=None, value=1.0, quality="assumption", per="person"):
    """An item; ``sector`` may be shares of several."""
    shares = {"sectors": sector, "sectors_source": "assumption", "sectors_quality": "assumption"}
    return CostItem.model_validate({
        "title": f"Title of {name}", "activity": f"Activity of {name}", "stage": stage,
        **({"sector": sector} if isinstance(sector, str) else shares),
        "phase": "response", "behaviour": "variable", "driver": "registrations", "per": per, "component": name,
        "prices": {tier: price(value, quality) for tier in ("low_income", "middle_income", "high_income")},
        "payers": payers or {"donor": 1.0},
    })


def cost_run_of(records, units, start=date(2017, 11, 1), months=4, nominal=False, fiscal=(7, 1), rules=None):
    """A cost run by hand. Args: units ``[I, M, C]``."""
    rules = rules or money()
    lines = tuple(
        Line(name, one, dict.fromkeys(COUNTRIES, next(iter(one.prices.values())) if isinstance(one, CostItem)
                                      else one.price), isinstance(one, OwnCost), frozenset())
        for name, one in records.items()
    )
    value = np.array([[line.prices[c].value for c in COUNTRIES] for line in lines])
    shares = np.array([[line.record.payers.get(p, 0.0) for p in PAYER_NAMES] for line in lines])
    pricing = Pricing(lines, COUNTRIES, start, value, 0.5 * value, 2.0 * value, shares, rules, fiscal)
    days = sum((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[(start.month - 1 + k) % 12] for k in range(months))
    when = run_calendar(start, days)
    years = np.array([month.year for month in when.months]) - 2017 if nominal else np.zeros(months)
    paid = value[:, None, :] * (1.02 ** years)[None, :, None]
    units = np.round(np.asarray(units, dtype=float), 6)
    return CostRun(pricing, when, units, paid, line_cents(units, paid, pricing), True, nominal)


SHARES = st.lists(st.integers(0, 7), min_size=9, max_size=9).filter(any).map(
    lambda parts: {p: n / sum(parts) for p, n in zip(PAYER_NAMES, parts, strict=True) if n})
SECTOR_SHARES = st.dictionaries(st.sampled_from(SECTORS), st.integers(0, 9), min_size=1, max_size=6).filter(
    lambda parts: any(parts.values())).map(lambda parts: {name: n / sum(parts.values()) for name, n in parts.items()})
RECORDS = st.lists(st.tuples(st.one_of(st.sampled_from(SECTORS), SECTOR_SHARES), SHARES, st.integers(0, 10**7)),
                   min_size=1, max_size=4)


@st.composite
def runs(draw):
    given_ = draw(RECORDS)
    records = {
        f"item{k}": record(f"item{k}", sector, "reception", shares, value / 1000.0)
        for k, (sector, shares, value) in enumerate(given_)
    }
    quantity = st.one_of(st.just(0.0), st.integers(0, 1000).map(float), st.floats(0, 1e5))
    units = draw(st.lists(quantity, min_size=len(records) * 8, max_size=len(records) * 8))
    rules = money(draw(st.sampled_from([0.0, 0.05, 0.1])), draw(st.sampled_from([0.0, 0.07])))
    fiscal = draw(st.tuples(st.integers(1, 12), st.integers(1, 12)))
    table = np.array(units).reshape(len(records), 4, 2)
    return cost_run_of(records, table, nominal=draw(st.booleans()), fiscal=fiscal, rules=rules)


@settings(max_examples=60, deadline=None)
@given(runs(), st.sets(st.sampled_from(SECTORS)))
def test_all_views_agree_with_the_run_to_the_cent_by_country_payer_and_year(run, sectors):
    by_country, by_sector = run.by("country", "payer"), sector_cents(run)
    by_added = run.cents[-2:].sum(axis=(0, 1, 2))
    assert (sum(by_sector.values()) == run.cents[:-2].sum(axis=0)).all()
    for years in ("fiscal", "calendar"):
        rows = activity_based(run, SOURCES, years)
        views = rows, project_based(rows), project_based(rows, sectors)
        for view in views:
            assert sum(row.total for row in view) == round(run.total * CENTS)
            for (country,), cents in totals(view, "country").items():
                assert (cents == by_country[COUNTRIES.index(country)]).all()
            for (year,), cents in totals(view, "year").items():
                assert (cents == totals(rows, "year")[year,]).all()
            for (sector,), cents in totals(view, "sector").items():
                assert (cents == (by_sector[sector].sum(axis=(0, 1)) if sector else by_added)).all()
            for name, place in ((CONTINGENCY, -2), (SUPPORT, -1)):
                own = [row for row in view if row.name == name]
                assert sum(row.total for row in own) == run.cents[place].sum()
                assert all(row.basis == "added" for row in own)
    fiscal = {str(key[0]): int(cents.sum()) for key, cents in totals(activity_based(run, SOURCES), "year").items()}
    assert {k: v for k, v in fiscal.items() if v} == {k: v for k, v in run.fiscal_years().items() if v}


@settings(max_examples=60, deadline=None)
@given(runs())
def test_a_row_is_quantity_times_unit_cost_and_its_shares_sum_to_one(run):
    for row in activity_based(run, SOURCES):
        if row.basis == "activity":
            several = len(run.pricing.lines[run.items.index(row.name)].sectors) > 1
            each = 0.01 * np.count_nonzero(run.pricing.payers.any(axis=0)) if several else 0.0
            rounding = (0.005 + 2 * each) * len(row.months)
            assert abs(row.quantity * row.unit_cost - row.total / CENTS) <= rounding + 1e-9 * row.total
        if row.total:
            assert sum(row.charged.values()) == pytest.approx(1.0)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_halves_are_rounded_away_from_zero_as_a_spreadsheet_rounds_them(quantity, thousandths):
    exact = Decimal(quantity) / 1000 * Decimal(thousandths) / 1000 * 100
    expected = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    product = np.array(quantity / 1000 * (thousandths / 1000) * 100.0)
    assert int(whole(product)) == expected
    assert int(whole(-product)) == -expected


def test_a_half_cent_goes_up_where_numpy_would_go_to_the_even_cent():
    assert whole(np.array([0.5, 1.5, 2.5, 1.005 * 100, -0.5])).tolist() == [1.0, 2.0, 3.0, 101.0, -1.0]
    assert np.round(2.5) == 2.0


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**13), SHARES)
def test_cents_shared_among_payers_sum_to_the_line(cents, shares):
    table = np.array([shares.get(p, 0.0) for p in PAYER_NAMES])
    parts = shared_out(np.array(float(cents)), table)
    assert parts.sum() == cents
    assert (np.abs(parts - cents * table) <= 1.0 + 1e-12 * cents).all()
    assert (parts[table == 0.0] == 0).all()


def small_run(**options):
    records = {
        "tent": record("tent", payers={"donor": 0.6, "host_central": 0.4}, value=100.5, quality="published"),
        "kit": record("kit", "documentation", "registration", {"host_central": 1.0}, 3.0),
        "aid": record("aid", "asylum", "determination", {"ngo": 1.0}, 10.0, per="case"),
        "drive": OwnCost.model_validate({
            "title": "Drive", "activity": "=cmd", "stage": "determination", "sector": "asylum", "phase": "preparedness",
            "behaviour": "fixed", "price": price(50.0), "payers": {"donor": 1.0}}),
    }
    units = np.zeros((4, 4, 2))
    units[0, :, 0] = 2.0
    units[1, 0, 1], units[2, 1, 0] = 100.0, 3.0
    units[3, 1:3, 0] = 1.0
    return cost_run_of(records, units, **options)


def test_an_activity_row_says_what_how_many_how_long_who_pays_and_on_what_it_rests():
    rows = {(row.name, row.country, row.year): row for row in activity_based(small_run(), SOURCES)}
    tent = rows["tent", "here", 2018]
    assert (tent.activity, tent.sector, tent.unit, tent.quantity, tent.unit_cost) == (
        "Activity of tent", "shelter", "person", 8.0, 100.5)
    assert (len(tent.months), tent.total, tent.quality, tent.source) == (4, 80400, "published", "A published price")
    assert tent.charged == {"host_central": 0.4, "donor": 0.6}
    assert rows["drive", "here", 2018].unit == "month"
    assert ("kit", "there", 2017) in rows
    assert ("kit", "here", 2018) not in rows
    calendar_years = {row.year for row in activity_based(small_run(), SOURCES, "calendar")}
    assert calendar_years == {2017, 2018}
    reserve = rows["contingency", "here", 2018]
    assert reserve.unit_cost == 0.1
    assert reserve.total == round(reserve.quantity * 10.0)


def test_a_project_is_what_one_lead_payer_pays_for_in_a_sector_and_country():
    rows = activity_based(small_run(), SOURCES)
    asylum = [row for row in project_based(rows) if row.basis == "project" and row.sector == "asylum"]
    assert [(row.name, row.title, row.total) for row in asylum] == [
        ("ngo_asylum", "Asylum, Non-governmental organisations, own funds", 3000),
        ("donor_asylum", "Asylum, Donors", 10000)]
    assert all(row.unit == "project" and row.quantity == 1.0 for row in asylum)
    mixed = project_based(rows, ["shelter"])
    assert {row.basis for row in mixed if row.sector == "shelter"} == {"project"}
    assert {row.basis for row in mixed if row.sector == "asylum"} == {"activity"}
    with pytest.raises(ValueError, match=r"unknown sector 'sheltr'; did you mean 'shelter'\?"):
        project_based(rows, ["sheltr"])


def shared_run(own=False, **options):
    """A bed-day of three sectors and a camp day of two; the case may have shares of its own for the first."""
    records = {
        "bed": record("bed", {"food": 1 / 3, "shelter": 1 / 3, "water_sanitation": 1 / 3},
                      payers={"donor": 0.335, "host_central": 0.665}, value=0.03),
        "camp": record("camp", {"protection": 0.5, "shelter": 0.5}, payers={"ngo": 1.0}, value=7.03),
        "kit": record("kit", "documentation", "registration", {"host_central": 1.0}, 3.0),
    }
    units = np.zeros((3, 4, 2))
    units[0] = 7.0
    units[1, 1:, 1] = 1.0
    units[2, 0, 1] = 100.0
    run = cost_run_of(records, units, **options)
    if not own:
        return run
    split = SectorSplit.model_validate({"shares": {"food": 1.0}, "source": "S1", "quality": "published", "note": "N"})
    lines = (replace(run.pricing.lines[0], own_split=split), *run.pricing.lines[1:])
    return replace(run, pricing=replace(run.pricing, lines=lines))


def test_a_line_is_shared_among_sectors_cent_by_cent_as_among_payers():
    run = shared_run()
    assert run.cents[0, 0, 0].sum() == 21
    parts = split_cents(run, 0)
    assert list(parts) == ["shelter", "water_sanitation", "food"]  # the order of all sectors
    assert sum(parts.values()).tolist() == run.cents[0].tolist()
    donors = [int(cents[0, 0, PAYER_NAMES.index("donor")]) for cents in parts.values()]
    assert (sum(donors), donors) == (7, [2, 3, 2])
    camp = split_cents(run, 1)
    assert [int(cents[1, 1].sum()) for cents in camp.values()] == [352, 351]  # 7.03, the half cent goes up first


def test_an_item_of_several_sectors_has_a_row_for_each_at_its_share_of_the_price():
    rows = {(row.name, row.sector): row for row in activity_based(shared_run(), SOURCES)
            if row.country == "there" and row.year == 2018}
    shelter, protection = rows["camp", "shelter"], rows["camp", "protection"]
    assert (shelter.quantity, shelter.unit_cost, shelter.total, protection.total) == (2.0, 3.515, 704, 702)
    projects = project_based(activity_based(shared_run(), SOURCES))
    by_project = {row.sector: row for row in projects if row.country == "there" and row.year == 2018}
    assert by_project["protection"].total == 702
    assert {member.name for member in by_project["protection"].members} == {"camp"}


def test_shares_of_the_case_win_over_those_of_the_book():
    own = shared_run(own=True)
    assert list(split_cents(own, 0)) == ["food"]
    bed, camp, kit = (line.split for line in own.pricing.lines)
    assert (bed.shares, bed.source, bed.quality, bed.note) == ({"food": 1.0}, "S1", "published", "N")
    assert (camp.source, camp.quality, kit) == ("assumption", "assumption", None)


@settings(max_examples=40, deadline=None)
@given(runs())
def test_sectors_of_a_record_sum_to_the_totals_to_the_cent(run):
    rows = sector_rows(run)
    for key, expected in (("by_country", dict(zip(COUNTRIES, run.by("country"), strict=True))),
                          ("by_payer", dict(zip(PAYER_NAMES, run.by("payer"), strict=True)))):
        for name, cents in expected.items():
            assert sum(round(row[key][name] * CENTS) for row in rows) == cents
    assert sum(round(row["cost"] * CENTS) for row in rows) == run.cents.sum()
    years = [month.year for month in run.calendar.months]
    for year in set(years):
        cents = run.by("month")[[y == year for y in years]].sum()
        assert sum(round(row["by_year"][str(year)] * CENTS) for row in rows) == cents
    for row in rows:
        added = row["sector"] in (CONTINGENCY, SUPPORT)
        assert round(sum(row["by_phase"].values()) * CENTS) == (0 if added else round(row["cost"] * CENTS))
        assert 0.0 <= row["by_assumed_shares"] <= row["cost"]
    items = [row for row in item_rows(run) if row["item"] not in (CONTINGENCY, SUPPORT)]
    assert all(round(sum(row["by_sector"].values()) * CENTS) == round(row["cost"] * CENTS) for row in items)


def test_money_that_rests_on_assumed_shares_is_said_by_sector():
    rows = {row["sector"]: row for row in sector_rows(shared_run(own=True))}
    assert rows["shelter"]["by_assumed_shares"] == rows["shelter"]["cost"] == 10.56
    assert (rows["food"]["by_assumed_shares"], rows["documentation"]["by_assumed_shares"]) == (0.0, 0.0)
    assert part_cents(shared_run()) == {"": 112, "shelter": 1056 + 56, "protection": 1053, "registration": 30000}


def project(name, sector, country, amount):
    return Project(name, "A title", "Agency", sector, country, amount, "USD", 2017, "", amount)


def test_submitted_budgets_stand_beside_ours_and_are_never_added():
    run = small_run()
    before = run.total
    budgets = [project("A", "shelter", "here", 900.0), project("B", "shelter", "here", 100.005),
               project("C", "food", "there", 7.0)]
    found = {(one.sector, one.country): one for one in overlay(run, budgets)}
    shelter = found["shelter", "here"]
    assert (shelter.ours, shelter.submitted, shelter.difference) == (80400, 100001, 19601)
    assert shelter.through_agencies == 48240  # what donors pay; the rest is the state's
    assert (found["food", "there"].ours, found["food", "there"].difference) == (0, 700)
    assert found["documentation", "there"].submitted == 0
    assert run.total == before
    with pytest.raises(ValueError, match="compared at prices of the base year, not at those of each year"):
        overlay(small_run(nominal=True), [])


def hand():
    """Ten days in one country: 60 land, 30 of them unseen; 20 are registered, 8 screened, 4 referred, 3 decided."""
    run = Hand(10, work__persons_per_case=1.0)
    run.open("people", 10.0, stage="determination", group="refugee")
    run.open("irregular", 5.0, group="migrant")
    run.move("departed", 0, 60.0, group="refugee").move("departed", 0, 7.0, group="trafficked")
    run.move("landed", 1, 30.0, group="refugee").move("landed_unrecorded", 1, 30.0, group="refugee")
    run.move("landed", 1, 7.0, group="trafficked")
    run.move("found", 2, 4.0, group="migrant")
    run.move("registered", 3, 20.0, group="refugee").move("registered", 3, 7.0, group="trafficked")
    run.move("screened_to_counselling", 4, 8.0, group="refugee").move("referred", 4, 4.0, group="trafficked")
    run.move("referral_to_determination", 6, 3.0, group="trafficked")
    run.move("recognised", 5, 3.0, group="refugee")
    run.services["service_capacity"] = np.full_like(run.services["service_capacity"], 1.5)  # 15 in the run
    run.places[:] = 12.0
    return run.dataset()


def test_people_in_need_targeted_and_reached_are_three_numbers_that_mean_what_they_say():
    found = {part: who.total for part, who in people_of_plan(hand()).items()}
    assert found["overall"] == (82.0, 51.0, 37.0)  # 15 there + 67 landed; 10 + 37 + 4 recorded; 10 + 27 registered
    assert found["registration"] == (41.0, 27.0, 27.0)  # 37 landed and 4 found; could see 15, and saw 27
    assert found["screening"] == (27.0, 15.0, 12.0)
    assert found["asylum"] == (13.0, 13.0, 3.0)  # 10 there and 3 from referral
    assert found["protection"] == (7.0, 4.0, 3.0)
    assert found["shelter"] == (51.0, 51.0, 51.0)


def test_the_three_numbers_are_nested_and_kept_apart():
    for part, who in people_of_plan(hand()).items():
        assert who.total[0] >= who.total[1] >= who.total[2] >= 0.0, part
        assert (np.diff(who.by_country, axis=0) <= 0.0).all()
        assert len(set(who.meaning)) == 3


def test_shelter_targets_as_many_as_places_are_open():
    run = Hand(4)
    run.open("people", 30.0, stage="screening", place="unsheltered").open("people", 10.0, stage="screening")
    run.places[:] = 25.0
    assert people_of_plan(run.dataset())["shelter"].total == (40.0, 25.0, 10.0)


def test_arrivals_between_countries_count_in_each_country_and_once_in_all():
    run = Hand(10, COUNTRIES)
    run.move("departed", 0, 20.0).move("landed", 1, 20.0)
    run.move("moved_onward", 3, 8.0, stage="registration").move("arrived_onward", 5, 8.0, destination="there")
    everybody = people_of_plan(run.dataset())["overall"]
    assert everybody.total[0] == 20.0
    assert everybody.in_country("here")[0] == 20.0
    assert everybody.in_country("there")[:2] == (8.0, 8.0)


def test_cost_of_a_person_targeted_exists_where_somebody_is():
    people = people_of_plan(hand())
    found = cost_per_targeted({"screening": 30000, "overall": 51000}, people)
    assert found["screening"] == 20.0
    assert found["overall"] == 10.0
    assert np.isnan(cost_per_targeted({}, people_of_plan(Hand(3).dataset()))["shelter"])
    assert part_of("registration", "documentation") == "registration"
    assert part_of("appeal", "asylum") == ""


def test_plan_rows_have_the_columns_of_a_response_plan_and_charge_every_cent(tmp_path):
    run = small_run()
    people = people_of_plan(Hand(3, COUNTRIES).open("people", 3.0, stage="determination", country="here").dataset())
    records = plan_rows(run, activity_based(run, SOURCES), people)
    assert all(tuple(one) == PLAN_COLUMNS for one in records)
    assert round(sum(one["charged to payer"] for one in records) * CENTS) == round(run.total * CENTS)
    aid = next(one for one in records if one["item"] == "Title of aid")
    assert (aid["people in need"], aid["% charged"]) == (3.0, 100.0)
    assert aid["payer"] == "Non-governmental organisations, own funds"
    assert aid["standing"] == "planning estimate, not a budget"
    reserve = next(one for one in records if one["item"] == "Contingency")
    assert reserve["people in need"] is None
    write_csv(run, records, tmp_path / "plan.csv")
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    shared = next(one for one in table if one["item"] == "Title of aid")
    assert (shared["people in need"], shared["quantity"], shared["line total"]) == ("<5", "<5", "30.00")
    assert next(one for one in table if one["item"] == "Drive")["activity"] == "'=cmd"
    assert sum(Decimal(one["charged to payer"]) for one in table) == Decimal(f"{run.total:.2f}")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


def test_small_counts_are_hidden():
    assert [hidden(count, 5.0) for count in (0.0, 0.2, 4.9, 5.0, 17.4)] == [0.0, "<5", "<5", 5.0, 17.0]


def test_a_table_is_replaced_only_when_it_is_done(tmp_path):
    run = small_run()
    target = tmp_path / "plan.csv"
    target.write_text("kept", encoding="utf-8")
    with pytest.raises(KeyError):
        write_csv(run, [{"item": "no other column"}], target)
    assert target.read_text(encoding="utf-8") == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]


def test_a_total_has_a_range_and_says_what_it_rests_on():
    run = small_run()
    low, high = total_span(run)
    assert 0.5 * run.total < low < run.total < high < 2.0 * run.total
    assert planning_estimate(run)
    nominal = small_run(nominal=True)
    dearer = (nominal.units * nominal.price).sum() / (run.units * run.price).sum()
    assert total_span(nominal)[1] == pytest.approx(high * dearer)
    published = cost_run_of({"tent": record("tent", quality="published")}, np.ones((1, 4, 2)))
    assert not planning_estimate(published)
