"""The shipped cost book: it reads, holds what it must, names its sources, and counts nothing twice."""

import re

import faulty_workspace
import pytest

from mixedmig_model.inputs.costs.book import read_costs, unit_factor
from mixedmig_model.inputs.costs.case import read_case_costs
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.schema import WORLD
from mixedmig_model.inputs.costs.sectors import sector_shares

COUNTRIES = ("here",)
PRICED_ROWS = (
    "P14", "P14b", "P15", "P23", "P24", "P33", "P33c", "P47", "P47b", "P48", "P53", "P54", "P60", "P61", "P62",
    "P63", "P64", "P65", "P66", "P67", "P68", "P71", "P73", "P74", "P75", "P76", "P77", "P80b", "P81", "P82",
    "P88", "P89", "P94", "P94b", "P95", "P96", "P97", "P101", "P102", "P104", "P110", "P111", "P112", "P113",
    "P118",
)
"""Rows of the parameter table that hold money an item costs."""
MONEY_ROWS = ("P114", "P115", "P116", "P117")

PARAGRAPH_47B = {
    "procedures and legislation": "procedures_and_law",
    "registration": "registration_desks",
    "registration, people": "registration_staff",
    "information and identity management": "identity_system_running",
    "document verification": "document_verification",
    "ad hoc camps at border points, establishment": "tents_set_up",
    "ad hoc camps at border points, management": "reception_tents",
    "roads": "roads_to_camps",
    "adequate shelter": "site_set_up",
    "buildings": "new_buildings",
    "office spaces": "office_space",
    "furnishings": "office_furniture",
    "electricity": "power",
    "communications": "communications",
    "specialists in security": "security_specialists",
    "training in security": "security_training",
    "specialists in public and migration health": "health_specialists",
    "training in public and migration health": "health_training",
    "specialists in trafficking and smuggling": "trafficking_specialists",
    "training in trafficking and smuggling": "screening_training",
    "specialists in human rights law": "rights_law_specialists",
    "training in human rights law": "rights_law_training",
    "specialists in search and rescue": "rescue_coordination",
    "training in search and rescue": "rescue_training",
    "passport, registration and passenger checks": "passport_examiners",
    "training in passport, registration and passenger checks": "border_officer_training",
}
"""What paragraph 47(b) of the founding document names, and the item that pays for it."""

TRAPS = {
    "rescue_navy_operation": {"rescue_vessels", "rescue_aircraft", "rescue_coordination", "naval_assets"},
    "rescue_per_person": {"rescue_vessels", "rescue_aircraft", "rescue_coordination", "naval_assets"},
    "camp_day_all_sectors": {"reception_sites", "reception_tents", "household_items", "clinics", "children_learning"},
    "food_in_reception": {"reception_sites", "reception_existing_buildings"},
    "first_decision_all_in": {"determination_staff", "interpreters"},
    "appeal_all_in": {"appeal_panels", "appeal_hearings", "legal_aid_appeal"},
    "tribunal_fees_oral": {"appeal_panels", "appeal_hearings"},
    "removal_all_in": {"detention", "travel_documents_enforced", "removal_by_air", "return_staff"},
    "detention_remote": {"detention"},
    "alternative_monitoring": {"alternative_case_management"},
    "child_place_all_in": {"care_of_children_alone", "guardians"},
    "reintegration_grant": {"reintegration_package"},
}
"""All-in prices, or parts of one, and some of what each would count twice."""
NO_RIVAL = {"information_campaign"}
"""Optional items that are optional because few cases pay them, not because another holds them."""


@pytest.fixture(scope="module")
def book(workspace):
    return workspace.costs


def rows(priced):
    """Rows of the parameter table that prices come from."""
    return {row for one in priced for row in one.row.split(", ") if row}


def prices(book):
    return [(name, place, price) for name, item in book.items.items() for place, price in item.prices.items()]


def rivals(book, name):
    """Items that count by default and that an optional item includes, or that include it."""
    item = book.items[name]
    return {
        other for other, one in book.items.items()
        if not one.optional and other != name
        and (one.component in (item.component, *item.covers) or item.component in one.covers)
    }


def faults_with(book, workspace, path, **lists):
    """The faults of a case that includes or excludes items of the book."""
    path.write_text("schema: 1\n" + "".join(f"{key}: [{', '.join(names)}]\n" for key, names in lists.items()),
                    encoding="utf-8")
    faults = []
    read_case_costs(path, "costs.yaml", book, COUNTRIES, workspace.sources, faults)
    return faults


def test_the_book_reads_without_fault(workspace):
    faults = []
    book = read_costs(faulty_workspace.ROOT, "parameters/costs", workspace.sources, faults)
    assert faults == []
    assert book.items.keys() == workspace.costs.items.keys()


def test_the_book_prices_at_least_75_items_by_default_in_known_countries_and_no_tier(book):
    assert sum(not item.optional for item in book.items.values()) >= 75
    for name, item in book.items.items():
        assert item.prices.keys() <= {*book.economies, WORLD}, name
        assert (item.pay_share is None) == (WORLD in item.prices), name
        assert all(price.value > 0 for price in item.prices.values()), name


def test_every_item_hangs_on_a_quantity_of_the_model_that_its_unit_fits(book):
    for name, item in book.items.items():
        assert item.driver in DRIVERS, name
        assert unit_factor(item) > 0, name


def test_all_behaviours_phases_and_views_are_in_use(book):
    items = book.items.values()
    assert {item.behaviour for item in items} == {"variable", "step", "fixed", "capital", "one_off", "closing"}
    assert {item.phase for item in items} == {"preparedness", "response", "recovery"}
    assert sum(item.view == "economic" for item in items if not item.optional) >= 2
    assert any(item.view == "financial" for item in items)
    assert any("migrant" in item.payers for item in items)


def test_places_that_close_cost_something_and_hotels_are_paid_when_empty(book):
    closing = {item.driver for item in book.items.values() if item.behaviour == "closing"}
    assert {"site_places", "tent_places", "existing_building_places", "new_building_places"} <= closing
    assert "detention_places" in closing
    hotel = book.items["reception_existing_buildings"]
    assert hotel.places == "existing_building_places"
    assert hotel.contract_minimum > 0.5


def test_every_row_with_money_is_in_the_book(book):
    found = rows(price for _, _, price in prices(book))
    assert [row for row in PRICED_ROWS if row not in found] == []
    money = book.money
    rates = [money.support_cost, money.contingency, money.discount_rate, money.funding_coverage["donor"],
             money.disbursement_delay["donor"]]
    assert [rate.row for rate in rates] == [*MONEY_ROWS, "P117"]


def test_every_thing_that_paragraph_47b_names_has_an_item_that_counts_by_default(book):
    for thing, name in PARAGRAPH_47B.items():
        assert name in book.items, thing
        assert not book.items[name].optional, thing


def test_published_prices_name_a_publication_and_others_say_what_they_rest_on(book):
    for name, place, price in prices(book):
        if price.quality != "assumption":
            assert price.source not in ("assumption", "recalled"), (name, place)
        if price.quality == "derived":
            assert price.note, (name, place)
        assert price.row or price.note or price.quality == "measured", (name, place)


@pytest.mark.parametrize(("name", "place", "usd"), [
    ("rescue_navy_operation", "ITA", 10.4e6), ("rescue_per_person", "ITA", 820),
    ("child_place_all_in", "GBR", 195), ("tribunal_fees_oral", "GBR", 1030),
    ("tribunal_fees_paper", "GBR", 630), ("assisted_return", "LBY", 1370), ("assisted_return", "GRC", 975),
    ("assisted_return", "GBR", 1900), ("removal_all_in", "GBR", 18800), ("removal_all_in", "USA", 11085),
    ("removal_by_air", "DEU", 6600), ("removal_by_air", "GBR", 9114), ("removal_by_air", "USA", 2020),
    ("community_placement", "AUS", 200 * 365.2425), ("bridging_visa_support", "AUS", 3160),
    ("detention_compensation", "GBR", 0.03 * 130), ("detention", "AUS", 282244 / 365.2425), ("detention", "USA", 130),
    ("reception_sites", "NLD", 75.9), ("reception_sites", "FIN", 53.64), ("new_buildings", "BGD", 3453),
    ("first_decision_all_in", "NOR", 3069), ("health_screening", "DEU", 26.85),
    ("resettlement_processing", "world", 1558),
    ("reception_existing_buildings", "NLD", 173.1), ("legal_aid_appeal", "GBR", 1117),
])
def test_foreign_prices_give_the_value_of_their_row_in_usd_of_2017(book, name, place, usd):
    price = book.items[name].prices[place]
    assert price.value * money_factor(book.money, price.currency, price.price_year) == pytest.approx(usd, rel=0.015)


def test_the_default_book_counts_nothing_twice(book, workspace, tmp_path):
    faults = []
    costs = read_case_costs(tmp_path / "none.yaml", "costs.yaml", book, COUNTRIES, workspace.sources, faults)
    assert faults == []
    assert len(costs.items) == sum("sea" in item.routes and not item.optional for item in book.items.values())


def test_no_two_items_of_the_default_book_are_the_same_component(book):
    components = [item.component for item in book.items.values() if not item.optional]
    assert len(components) == len(set(components))


def test_what_an_item_includes_is_an_item_or_a_part_named_for_readers(book):
    components = {item.component for item in book.items.values()}
    named = {part for item in book.items.values() for part in item.covers}
    parts = {"site_management", "water_sanitation_installation", "arrival_help"}
    assert named - components == parts


def test_each_trap_of_double_counting_is_caught(book):
    for name, twice in TRAPS.items():
        assert book.items[name].optional, name
        assert twice <= rivals(book, name), name


def test_an_optional_item_beside_what_it_includes_is_refused_and_without_it_is_not(book, workspace, tmp_path):
    optional = [name for name, item in book.items.items() if item.optional]
    assert len(optional) >= 15
    for name in optional:
        against = rivals(book, name)
        faults = faults_with(book, workspace, tmp_path / "costs.yaml", include=[name])
        assert len(faults) == len(against), name
        assert bool(against) == (name not in NO_RIVAL), name
        assert faults_with(book, workspace, tmp_path / "costs.yaml", include=[name], exclude=sorted(against)) == []


def test_a_price_that_includes_items_of_other_sectors_is_shared_among_sectors(book):
    """An all-in price under one sector would hide what it buys of another."""
    sector = {item.component: set(sector_shares(item)) for item in book.items.values()}
    for name, item in book.items.items():
        others = {one for part in item.covers for one in sector.get(part, set())} - set(sector_shares(item))
        if item.sectors is None:
            assert others == set(), name
    shared = {name for name, item in book.items.items() if item.sectors is not None}
    assert {"camp_day_all_sectors", "reception_sites", "community_housing", "detention", "removal_all_in"} <= shared
    assert all(len(sector_shares(book.items[name])) > 1 for name in shared)


def test_shares_of_sectors_name_a_publication_or_say_that_they_are_assumed(book):
    for name, item in book.items.items():
        if item.sectors is not None:
            assert item.sectors_note, name
            published = item.sectors_source not in ("assumption", "recalled")
            assert published or item.sectors_quality == "assumption", name


def test_shares_of_a_camp_are_those_of_the_published_plans(book):
    """Of 920.5 million in 2019; food, water and shelter were 54 % in 2018."""
    day, tents = book.items["camp_day_all_sectors"].sectors, book.items["reception_tents"].sectors
    plan = {"food": 254.1, "health": 88.7 + 48.1, "shelter": 128.8, "camp_coordination": 98.7, "protection": 38.9}
    for sector, millions in plan.items():
        assert day[sector] == pytest.approx(millions / 920.5, abs=6e-4), sector
    water = 0.54 - 0.25 - plan["shelter"] / 920.5
    assert day["water_sanitation"] == pytest.approx(water, abs=6e-4)
    held = {sector: plan[sector] / 920.5 for sector in ("food", "shelter", "camp_coordination")} | {
        "water_sanitation": water}
    assert tents == pytest.approx({name: share / sum(held.values()) for name, share in held.items()}, abs=6e-3)


def test_shares_of_a_case_replace_those_of_the_book_and_unused_ones_are_a_caution(book, workspace, tmp_path):
    path, cautions = tmp_path / "costs.yaml", []
    split = "{shares: {food: 1}, source: assumption, quality: assumption}"
    path.write_text(f"schema: 1\nexclude: [guardians]\nsectors:\n  reception_tents: {split}\n  guardians: {split}\n",
                    encoding="utf-8")
    costs = read_case_costs(path, "costs.yaml", book, COUNTRIES, workspace.sources, [], cautions)
    assert sector_shares(book.items["reception_tents"], costs.file.sectors["reception_tents"]) == {"food": 1.0}
    assert [(one.line, one.text, one.found) for one in cautions] == [
        (5, "the item is not counted in this case, and this is not used", "guardians")]


def test_the_message_says_which_item_is_counted_twice(book, workspace, tmp_path):
    faults = faults_with(book, workspace, tmp_path / "costs.yaml", include=["detention_remote"])
    text = (faulty_workspace.ROOT / "parameters/costs/detention.yaml").read_text(encoding="utf-8")
    line = text[: text.index("  detention_remote:")].count("\n") + 1
    assert [str(fault) for fault in faults] == [
        f"parameters/costs/detention.yaml:{line}: items.detention_remote: counted twice: the item already includes "
        "detention, which is detention; found detention_remote; allowed: one of the two; leave the other out under "
        "exclude in costs.yaml"
    ]


def test_every_cost_file_says_in_two_lines_what_is_in_it(root):
    for path in sorted((root / "parameters" / "costs").glob("*.yaml")):
        first, second, third = path.read_text(encoding="utf-8").splitlines()[:3]
        assert re.match(r"# \w", first), path.name
        assert re.match(r"# \w", second), path.name
        assert third == "schema: 1", path.name


def test_the_andaman_case_has_economies_and_fiscal_years_for_all(inputs):
    costs = inputs.costs
    assert costs.file.economies.keys() == costs.file.fiscal_year_start.keys() == inputs.case.countries.keys()
    assert costs.prices["community_housing", "indonesia"].row == "P62"
    assert ("community_housing", "indonesia") in costs.local
