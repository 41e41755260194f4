"""Routes by country: rows of arrivals say how people come, and inputs, costs and words follow country by country."""

import numpy as np
import pytest
from mixed_case import OWN, mixed

from mixedmig_model.inputs.cases.parts import part_title, parts_of
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, OFF_ASHORE
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.record.parameters import parameter_rows
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns
from mixedmig_model.study.explain.explanation import Library
from mixedmig_model.study.explain.names import Named
from mixedmig_model.study.explain.workspace import explain_item, explain_parameter

UNSET = ("journey.mortality", "journey.unrecorded_share")


def test_rows_say_how_people_come_and_the_leading_route_is_the_sea(tmp_path):
    case = mixed(tmp_path).case
    assert case.routes == {"north": "sea", "south": "land"}
    assert (case.route, case.ways) == ("sea", ("sea", "land"))


def test_base_values_are_those_of_the_route_of_each_country(tmp_path):
    inputs = mixed(tmp_path, leave=UNSET)
    assert resolve(inputs).parameters["journey.mortality"].values.tolist() == [[0.0092, 0.0]]
    assert [(part.name, part_title(inputs, part)) for part in parts_of(inputs, "journey.mortality")] == [
        ("journey.mortality", "Mortality of the crossing (North)"),
        ("journey.mortality[land]", "Mortality of the journey (South)")]
    rows = {row.name: row for row in parameter_rows(inputs)}
    assert (rows["journey.mortality"].value, rows["journey.mortality"].source) == ("0.0092", "S1")
    assert (rows["journey.mortality[land]"].value, rows["journey.mortality[land]"].source) == ("0", "assumption")


def test_inputs_of_the_sea_are_zero_where_people_come_by_land(tmp_path):
    run = resolve(mixed(tmp_path))
    for key in (*OFF_ASHORE, "journey.disembarkation_share"):
        if CATALOGUE[key].axis == "country":
            assert run.parameters[key].values[:, 1].tolist() == [0.0]
    assert run.parameters["journey.refused_share"].values.tolist() == [[0.2, 0.0]]
    assert run.parameters["journey.disembarkation_share"].values.tolist() == [[1.0, 0.0]]


def test_what_the_case_leaves_unset_is_named_for_the_countries_of_each_route(tmp_path):
    mixed(tmp_path, leave=UNSET)
    found = {one.text: one.found for one in check_workspace(tmp_path).all_cautions if one.unset}
    assert found["the case does not set Mortality of the crossing (North)"] == (
        "0.0092 share, for boats in the Bay of Bengal in 2015")
    assert found["the case does not set Mortality of the journey (South)"] == (
        "0 share, for a journey overland on which nobody counts the dead")


def test_check_says_how_people_come_to_each_country(tmp_path):
    mixed(tmp_path)
    covered = check_workspace(tmp_path).cases["small"].arrivals
    assert [str(one).split(" from ")[0] for one in covered] == ["north: arrivals by sea", "south: arrivals by land"]


@pytest.mark.parametrize("name", ["rescue.effect", "journey.disembarkation_share", "rescue.observed_reach"])
def test_an_input_of_the_sea_has_no_value_for_a_country_by_land(tmp_path, name):
    said = rf"parameters\.{name}\.by_country\.south: the input acts at sea only, and people come to south by land"
    with pytest.raises(InputFaultsError, match=said):
        mixed(tmp_path, extra=f"  {name}: {{by_country: {{north: 0.5, south: 0.5}}, {OWN}}}\n")


def test_one_value_for_countries_by_sea_and_by_land_is_a_caution(tmp_path):
    inputs = mixed(tmp_path, leave=("journey.mortality",), extra=f"  journey.mortality: {{value: 0.01, {OWN}}}\n")
    assert resolve(inputs).parameters["journey.mortality"].values.tolist() == [[0.01, 0.01]]
    said = [one for one in inputs.cautions if one.found == "journey.mortality"]
    assert [(one.text, one.advice) for one in said] == [
        ("one value holds in countries that people reach by sea and by land", "values by_country")]


def test_a_change_at_sea_in_a_country_by_land_is_refused(tmp_path):
    change = "changes:\n  - {parameter: journey.refused_share, set: 0.3, countries: [south], reason: R}\n"
    said = (r"changes\.0\.countries\.0: the input acts at sea only, and people come to south by land; found 'south'; "
            "allowed: a country to which people come by sea")
    with pytest.raises(InputFaultsError, match=said):
        mixed(tmp_path, refusing=change)


def test_a_change_everywhere_acts_where_people_come_by_sea(tmp_path):
    change = "changes:\n  - {parameter: journey.refused_share, set: 0.3, reason: R}\n"
    run = resolve(mixed(tmp_path, refusing=change), "refusing")
    assert run.parameters["journey.refused_share"].values.tolist() == [[0.3, 0.0]]


@pytest.mark.parametrize(("where", "said"), [
    ("", []), (", countries: [north]", []),
    (", countries: [south]", ["the lever sar acts at sea only, and does nothing to rescue.reach in south, to which "
                              "people come by land"])])
def test_a_lever_of_the_sea_says_in_which_country_it_does_nothing(tmp_path, where, said):
    inputs = mixed(tmp_path, rescuing=f"levers:\n  - {{lever: sar{where}}}\n")
    assert [one.text for one in resolve(inputs, "rescuing").cautions] == said


def test_a_side_effect_at_sea_asks_nothing_of_a_country_by_land(tmp_path):
    run = resolve(mixed(tmp_path, enforcing="levers:\n  - {lever: smuggling_enforcement}\n"), "enforcing")
    sea, land = run.parameters["responses.enforcement_abandonment_share"].values.max(axis=0)
    assert (sea > 0.0, land) == (True, 0.0)


def test_each_route_is_drawn_with_its_own_range(tmp_path):
    inputs = mixed(tmp_path, leave=(*UNSET, "journey.voyage_time"))
    columns = {column.name: column for column in drawn_columns(inputs)}
    assert "journey.mortality" in columns
    assert "journey.mortality[land]" not in columns  # zero, and drawn from a distribution that keeps zero
    assert [columns[f"journey.voyage_time{which}"].spread.low for which in ("", "[land]")] == [2.0, 0.5]
    chosen = [columns["journey.voyage_time"], columns["journey.voyage_time[land]"]]
    drawn = resolve(drawn_case(inputs, chosen, np.array([4.0, 20.0])))
    assert drawn.parameters["journey.voyage_time"].values.tolist() == [[4.0, 20.0]]
    alone = resolve(drawn_case(inputs, chosen[1:], np.array([20.0])))
    assert alone.parameters["journey.voyage_time"].values.tolist() == [[10.0, 20.0]]


def test_explain_says_which_value_and_which_cost_hold_where(tmp_path):
    inputs = mixed(tmp_path, leave=UNSET)
    library = Library(read_workspace(tmp_path), inputs)

    def texts(explained):
        return [entry.text for part in explained.parts for entry in part.entries]

    named = Named("parameter", "journey.mortality", "Mortality of the crossing", "share")
    assert "south: 0 share, where people come by land" in texts(explain_parameter(library, named))
    named = Named("parameter", "rescue.reach", "Reach", "share")
    assert "south: it does nothing, because people come by land" in texts(explain_parameter(library, named))
    named = Named("cost item", "rescue_coordination", "Rescue coordination centre", "month")
    assert "south: not counted, because people come by land" in texts(explain_item(library, named))


def test_items_of_both_routes_count_in_their_own_countries_only(tmp_path):
    costs = mixed(tmp_path).costs
    assert costs.by_item["disembarkation"] == {"north"}
    assert costs.by_item["help_at_arrival"] == {"south"}
    assert costs.by_item["registration_staff"] == {"north", "south"}


def test_a_price_of_an_item_where_it_does_not_count_is_a_caution(tmp_path):
    price = "{item: disembarkation, countries: [south], value: 1, range: [1, 2], currency: USD, price_year: 2017, "
    inputs = mixed(tmp_path, costs=f"prices:\n  - {price}{OWN}}}\n")
    said = [one.text for one in inputs.cautions if one.found == "disembarkation"]
    assert said == ["the item is not counted in south, to which people come by land"]
