"""Routes: a case by land or by air has values and words of its own, and nothing of what happens at sea."""

import shutil
from pathlib import Path

import pytest
from small_case import OWN, ROOT, SETS_ALL, WHOLE, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, OFF_ASHORE
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.study.run import run_one

OF_SEA = ("journey.refused_share", "journey.disembarkation_share")


def lines(route, *, leave=()):
    """Lines of a small case on a route that sets all inputs of its own but those at sea and some others."""
    leave = (*leave, "journey.mortality") if route == "air" else leave
    text = SETS_ALL if route == "sea" else "".join(
        line for line in SETS_ALL.splitlines(keepends=True) if not any(name in line for name in (*OF_SEA, *leave)))
    return f"route: {route}\n{text}"


def small(root: Path, more: str, **scenarios: str):
    write_small(root, more=more, **scenarios)
    return read_case(read_workspace(root), "small")


def test_a_case_that_names_no_route_is_by_sea_to_the_digest(tmp_path):
    without, named = small(tmp_path / "a", ""), small(tmp_path / "b", lines("sea"))
    assert (without.case.route, named.case.route) == ("sea", "sea")
    assert resolve(without).digest == resolve(named).digest


@pytest.mark.parametrize("route", ["land", "air"])
def test_on_another_route_nothing_of_the_sea_acts(tmp_path, route):
    run = resolve(small(tmp_path, lines(route)))
    for key in OFF_ASHORE:
        assert run.parameters[key].values.tolist() == [[0.0] * run.parameters[key].values.shape[1]]
    assert run.parameters["journey.disembarkation_share"].values.tolist() == [[0.5, 0.5]]
    ds = run_one(run, path="reference")
    for name in ("daily_adrift", "flow_refused", "flow_abandoned", "flow_disembarked", "flow_deaths_adrift"):
        assert abs(ds[name].values).max() == 0.0
    assert float(ds["flow_landed"].sum()) > 100.0


def test_deaths_on_land_are_those_of_the_mortality_of_the_case_whatever_rescue_does(tmp_path):
    more = lines("land").replace("journey.mortality: {value: 0.0092", "journey.mortality: {value: 0.01")
    inputs = small(tmp_path, more)
    run = run_one(resolve(inputs), path="reference")
    ended = sum(float(run[f"flow_{name}"].sum()) for name in ("crossing_deaths", "landed", "landed_unrecorded"))
    assert float(run["flow_crossing_deaths"].sum()) == pytest.approx(0.01 * ended, rel=1e-6)


def test_each_route_has_its_own_words_and_values(tmp_path):
    found = {route: small(tmp_path / route, lines(route)).workspace.parameters for route in ("sea", "land", "air")}
    titles = {route: one["journey.mortality"].title for route, one in found.items()}
    assert titles == {"sea": "Mortality of the crossing", "land": "Mortality of the journey",
                      "air": "Mortality of the journey"}
    assert [one["journey.mortality"].value for one in found.values()] == [0.0092, 0.0, 0.0]
    assert [one["journey.voyage_time"].value for one in found.values()] == [10.0, 10.0, 1.0]
    assert found["land"]["journey.mortality"].range == (0.0, 0.02)
    assert {found["land"][name].role for name in AT_SEA} == {"fixed"}


def test_a_land_case_is_warned_of_its_own_inputs_only(tmp_path):
    write_small(tmp_path, more="route: land\nopening: []\nparameters:\n  arrivals.scale: {value: 1, "
                               f"{OWN}}}\n")
    found = {one.path: one for one in check_workspace(tmp_path).all_cautions if one.unset}
    assert "parameters.journey.refused_share" not in found
    assert "parameters.journey.adrift_death_rate" not in found
    assert found["parameters.journey.mortality"].text == "the case does not set Mortality of the journey"
    said = found["parameters.journey.mortality"].found
    assert said == "0 share, for a journey overland on which nobody counts the dead"


@pytest.mark.parametrize("name", AT_SEA)
def test_a_case_by_land_cannot_set_what_acts_at_sea(tmp_path, name):
    with pytest.raises(InputFaultsError, match=f"parameters.{name}: the input acts at sea only, and the route of the "
                                               f"case is land; found '{name}'; allowed: no value, or route: sea"):
        small(tmp_path, lines("land") .replace("parameters:\n", f"parameters:\n  {name}: {{value: 0, {OWN}}}\n"))


def test_a_scenario_by_air_cannot_change_what_acts_at_sea(tmp_path):
    change = "changes:\n  - {parameter: journey.refused_share, set: 0.2, reason: R}\n"
    said = (r"changes\.0\.parameter: the input acts at sea only, and the route of the case is air; found "
            "'journey.refused_share'; allowed: another input")
    with pytest.raises(InputFaultsError, match=said):
        small(tmp_path, lines("air"), refusing=change)


def with_levers(root: Path):
    """Copy the levers, with all that they read, into a workspace."""
    for folder in ("levers", "costs", "base"):
        shutil.copytree(ROOT / "parameters" / folder, root / "parameters" / folder)
    shutil.copy(ROOT / "parameters" / "sources.yaml", root / "parameters")


def test_a_lever_whose_side_effect_is_at_sea_acts_on_land_without_it(tmp_path):
    with_levers(tmp_path)
    enforcing = "levers:\n  - {lever: smuggling_enforcement}\n"
    run = resolve(small(tmp_path, lines("land"), enforcing=enforcing), "enforcing")
    assert run.parameters["responses.enforcement"].values.max() == 1.0
    assert run.parameters["responses.enforcement_abandonment_share"].values.max() == 0.0


def test_a_lever_of_the_sea_does_nothing_on_land_and_says_so(tmp_path):
    with_levers(tmp_path)
    inputs = small(tmp_path, lines("land"), rescuing="levers:\n  - {lever: sar}\n")
    run = resolve(inputs, "rescuing")
    said = [caution.text for caution in run.cautions]
    assert said == ["the lever sar acts at sea only, and does nothing to rescue.reach in a case by land"]
    before, after = (run_one(one, path="reference") for one in (resolve(inputs), run))
    deaths = [float(ds["flow_crossing_deaths"].sum()) for ds in (before, after)]
    assert deaths[0] == pytest.approx(deaths[1], rel=1e-6)
    assert deaths[0] > 5.0


def with_routes(root: Path, route: str, *routes: str, countries=("north", "south")):
    """A small case on a route whose rows of arrivals each name one."""
    folder = write_small(root, more=lines(route))
    rows = [f"2019-01-01,2019-03-01,{country},{590 + number},assumption,assumption,,{one}"
            for number, (country, one) in enumerate(zip(countries, routes, strict=True))]
    head = "start,end,country,persons,source,quality,note,route"
    (folder / "arrivals.csv").write_text("\n".join((head, *rows, "")), encoding="utf-8")
    return read_case(read_workspace(root), "small")


def test_a_row_of_arrivals_may_name_the_route_of_its_case(tmp_path):
    inputs = with_routes(tmp_path, "land", "land", "")
    assert sum(row.persons for row in inputs.departures) == 1181.0
    assert inputs.case.routes == {"north": "land", "south": "land"}


@pytest.mark.parametrize("second", ["sea", ""])
def test_two_routes_to_one_country_are_refused_and_say_what_to_do(tmp_path, second):
    said = (r"arrivals\.csv:3: route: people come to the country by another route in an earlier row; found "
            rf"'{second}'; allowed: land, as on line 2; or make two places of north in the case, or two cases "
            r"\(docs/inputs\.md, Routes\)")
    with pytest.raises(InputFaultsError, match=said):
        with_routes(tmp_path, "sea", "land", second, countries=("north", "north"))


def test_an_unknown_route_of_a_row_is_refused(tmp_path):
    with pytest.raises(InputFaultsError, match=r"arrivals\.csv:3: route: not one of the allowed values; found 'rail'"):
        with_routes(tmp_path, "land", "land", "rail")


def test_an_unknown_route_is_refused(tmp_path):
    with pytest.raises(InputFaultsError, match="route: not one of the allowed values"):
        small(tmp_path, lines("sea").replace("route: sea", "route: rail"))


def base_with(root: Path, name: str, text: str):
    """The faults of a workspace in whose base file ``name`` stands a text under ``routes``."""
    write_small(root, *WHOLE)
    file = root / "parameters" / "base" / "journey.yaml"
    lines_ = file.read_text(encoding="utf-8").replace(f"  {name}:\n", f"  {name}:\n    routes: {text}\n", 1)
    file.write_text(lines_, encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        read_workspace(root)
    return str(caught.value)


def test_values_of_routes_in_base_files_are_checked(tmp_path):
    one = "{title: T, description: D, value: %s, range: [0, 1], source: %s, quality: assumption}"
    said = base_with(tmp_path / "a", "refused_share", "{land: %s}" % (one % ("0", "assumption")))
    assert "parameters.refused_share.routes.land: the input acts at sea only; found 'land'; allowed: no routes" in said
    said = base_with(tmp_path / "b", "disembarkation_share", "{rail: %s}" % (one % ("0", "assumption")))
    assert "parameters.disembarkation_share.routes.rail" in said


def test_a_value_of_a_route_outside_its_range_or_without_a_source_is_refused(tmp_path):
    write_small(tmp_path, *WHOLE)
    file = tmp_path / "parameters" / "base" / "journey.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("        value: 0\n        range: [0, 0.02]\n        source: assumption",
                        "        value: 0.5\n        range: [0, 0.02]\n        source: S0")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        read_workspace(tmp_path)
    assert "parameters.mortality.routes.land.value: outside the parameter's own range; found 0.5" in str(caught.value)
    assert "parameters.mortality.routes.land.source: unknown source; found 'S0'" in str(caught.value)


def priced(root: Path, more: str, costs: str):
    folder = write_small(root, more=more)
    shutil.copytree(ROOT / "parameters" / "costs", root / "parameters" / "costs")
    (folder / "costs.yaml").write_text(f"schema: 1\n{costs}", encoding="utf-8")
    return read_case(read_workspace(root), "small")


def test_each_route_pays_for_its_own_items(tmp_path):
    sea, land = (priced(tmp_path / route, lines(route), "currency: USD\n").costs for route in ("sea", "land"))
    only_sea, only_land = set(sea.items) - set(land.items), set(land.items) - set(sea.items)
    assert only_land == {"help_at_arrival", "transport_from_arrival"}
    assert {"rescue_vessels", "rescue_coordination", "rescue_aircraft", "naval_assets", "disembarkation",
            "rescue_training", "transport_from_landing"} <= only_sea
    assert not any("rescue" in name for name in land.items)


def test_an_item_of_another_route_cannot_be_included_and_its_price_is_not_used(tmp_path):
    with pytest.raises(InputFaultsError, match=r"include\.0: the item is not counted where people come by land; found "
                                               "'rescue_per_person'; allowed: an item for land; this one is for sea"):
        priced(tmp_path / "a", lines("land"), "include: [rescue_per_person]\n")
    price = "{item: disembarkation, value: 1, range: [1, 2], currency: USD, price_year: 2017, " + OWN + "}"
    inputs = priced(tmp_path / "b", lines("land"), f"prices:\n  - {price}\n")
    said = [one.advice for one in inputs.cautions if one.found == "disembarkation"]
    assert said == ["it belongs to people who come by sea: take this away"]


