"""Whom each item of a plan reaches: its own people, or nobody said; whatever its driver, sector and stage."""

from datetime import date

import numpy as np
import pytest
from cost_examples import COUNTRIES, item, own, pricing, run_of
from hand_dataset import Hand

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.schema import Source
from mixedmig_model.results.costs.export import plan_rows
from mixedmig_model.results.costs.lines import units_billed
from mixedmig_model.results.costs.people import people_of_plan
from mixedmig_model.results.costs.plan import activity_based
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.costs.recipients import counts_people, people_of_rows
from mixedmig_model.results.costs.views import project_based
from mixedmig_model.vocabulary.calendar import run_calendar

SOURCES = {"assumption": Source(title="No source")}
DAYS = 20
COLUMNS = ("people in need", "people targeted", "people reached")


@pytest.fixture(scope="module")
def ds():
    """50 people land in the first country and live in homes; 30 stand in reception and 10 without shelter there."""
    half = {"journey__disembarkation_share", "remigration__package_share", "remigration__induced_package_share"}
    run = Hand(DAYS, COUNTRIES, work__persons_per_case=2.0, **dict.fromkeys(half, 0.5))
    run.open("people", 30.0, stage="determination").open("people", 10.0, stage="screening", place="unsheltered")
    run.open("people", 8.0, stage="appeal", place="detention", country="south")
    run.move("departed", 0, 50.0).move("landed", 1, 50.0, place="community")
    run.move("registered", 3, 40.0, place="community").move("screened_to_counselling", 5, 10.0, place="community")
    run.move("recognised", 4, 6.0)
    run.places[:] = 100.0
    found = run.dataset()
    found["reception_places"] = (("day_interval", "type", "country"), np.full((DAYS, 4, 2), 25.0))
    return found.assign_coords(type=["site", "tent", "existing_building", "new_building"])


def rows_of(ds, records, sectors=()):
    """Rows of the plan of some items, in the first country, by item."""
    priced = pricing(records, start=date(2030, 1, 1))
    months = run_calendar(priced.start, DAYS)
    run = run_of(units_billed(Quantities(ds), priced, months, financial=True), priced, DAYS)
    rows = project_based(activity_based(run, SOURCES), sectors)
    found = plan_rows(run, rows, people_of_rows(ds, priced))
    return {row.name: one for row, one in zip(rows, found, strict=True) if one["country"] == "north"}


def counts(row):
    return tuple(row[column] for column in COLUMNS)


KIT = {"driver": "landings", "per": "person"}


def test_kits_for_everybody_who_lands_reach_those_who_land_whatever_their_sector(ds):
    assert people_of_plan(ds)["shelter"].in_country("north")[2] == 30.0, "of reception, which the kits have no part in"
    for sector in ("shelter", "food", "protection"):
        assert counts(rows_of(ds, {"kit": item(**KIT, sector=sector)})["kit"]) == (None, 50.0, 50.0)


@pytest.mark.parametrize(("given", "reached"), [
    ({"use": 0.2, "serves": 5.0}, 50.0),  # a kit for each household of five reaches everybody
    ({"use": 0.2, "serves": 4.0}, 40.0),
    ({"use": 0.3}, 15.0),  # paid for three in ten
    ({"use": 2.0}, 50.0),  # two kits each do not reach twice as many people
])
def test_items_for_households_or_for_a_share_of_people_reach_those_who_get_them(ds, given, reached):
    kit = rows_of(ds, {"kit": item(**KIT, **given)})["kit"]
    assert counts(kit)[1:] == pytest.approx((reached, reached))
    assert kit["quantity"] == pytest.approx(50.0 * given["use"])


@pytest.mark.parametrize(("given", "expected"), [
    ({"driver": "people_in_community", "per": "person*day"}, (None, 50.0, 50.0)),  # the fullest day
    ({"driver": "people_without_shelter", "per": "person*day", "sector": "food"}, (None, 10.0, 10.0)),
    ({"driver": "people_in_community", "per": "year", "behaviour": "step", "step": 20.0, "sector": "health"},
     (None, 50.0, 50.0)),
    ({"driver": "protection_granted", "per": "person", "stage": "protected"}, (None, 6.0, 6.0)),
    ({"driver": "registrations", "per": "person", "stage": "registration"}, (50.0, 50.0, 40.0)),
    ({"driver": "first_decisions", "per": "case", "stage": "determination", "sector": "asylum"}, (30.0, 30.0, 6.0)),
])
def test_an_item_reaches_the_people_whom_its_driver_counts(ds, given, expected):
    assert counts(rows_of(ds, {"one": item(**given)})["one"]) == pytest.approx(expected, nan_ok=True)




def test_shelter_of_one_type_reaches_those_in_it_and_has_the_need_of_all(ds):
    tents = counts(rows_of(ds, {"tent": item(driver="people_in_tents")})["tent"])
    need, targeted, reached = people_of_plan(ds)["shelter"].in_country("north")
    assert tents == pytest.approx((need, targeted, reached / 4.0))
    everybody = counts(rows_of(ds, {"bed": item(driver="people_in_reception")})["bed"])
    assert everybody == pytest.approx((need, targeted, reached))


@pytest.mark.parametrize(("given", "part"), [
    ({"driver": "reception_places", "per": "place*day"}, "shelter"),
    ({"driver": "registration_staff", "per": "officer*day", "stage": "registration"}, "registration"),
    ({"driver": "reception_places", "per": "place*day", "sector": "protection", "stage": "detention"}, ""),
    ({"driver": "reception_places", "per": "place*day", "sector": "shelter", "stage": "host"}, ""),
    ({"driver": "deaths", "per": "person", "sector": "protection", "stage": "journey"}, ""),
])
def test_an_item_without_people_of_its_own_serves_those_of_its_part_or_none_are_named(ds, given, part):
    priced = pricing({"one": item(**given)}, start=date(2030, 1, 1))
    people = people_of_rows(ds, priced)
    assert "item one" not in people
    run = run_of(np.ones((1, 1, 2)), priced, DAYS)
    row = plan_rows(run, activity_based(run, SOURCES), people)[0]
    assert (row["item"], row["country"]) == ("An item", "north")
    assert counts(row) == (people[part].in_country("north") if part else (None, None, None))


def test_a_measures_own_cost_has_the_people_of_its_part(ds):
    rows = rows_of(ds, {"desk": own(stage="registration")})
    assert counts(rows["desk"]) == people_of_plan(ds)["registration"].in_country("north")


def test_a_project_reaches_as_many_as_its_item_that_reaches_most(ds):
    records = {"kit": item(**KIT), "bed": item(driver="people_in_reception", component="bed")}
    project = next(row for name, row in rows_of(ds, records, ("shelter",)).items() if name.endswith("_shelter"))
    assert counts(project) == (None, 50.0, 50.0), "the need of reception is not that of those who land"
    alone = rows_of(ds, {"bed": records["bed"]}, ("shelter",))
    assert counts(next(iter(alone.values()))) == people_of_plan(ds)["shelter"].in_country("north")


def test_numbers_of_every_driver_that_counts_people_are_nested_and_never_more_than_it_counts(ds):
    quantities = Quantities(ds)
    chosen = [name for name in DRIVERS if counts_people(name)]
    assert len(chosen) > 35
    records = {name: item(driver=name, per=f"{DRIVERS[name].unit}*day" if DRIVERS[name].kind == "level" else
                          DRIVERS[name].unit, component=name) for name in chosen}
    people = people_of_rows(ds, pricing(records))
    for name in chosen:
        need, targeted, reached = people[f"item {name}"].by_country
        assert (reached <= targeted + 1e-9).all(), name
        assert (np.isnan(need) | (targeted <= need + 1e-9)).all(), name
        daily = np.maximum(quantities[name], 0.0) * (2.0 if DRIVERS[name].unit == "case" else 1.0)
        most = daily.sum(axis=0) if DRIVERS[name].kind == "amount" else daily.max(axis=0)
        assert (reached <= most + 1.0).all(), name
