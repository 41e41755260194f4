"""Two countries, one by sea and one by land: people, costs and words, and the same numbers as each country alone."""

import re
from html import unescape

import numpy as np
import pytest
from mixed_case import mixed

from mixedmig_model.equations.table import FLOWS
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.report.front import write_front
from mixedmig_model.present.report.sections import decision
from mixedmig_model.record.finished import make_comparison
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.study.agreement import agreement
from mixedmig_model.study.resting import resting
from mixedmig_model.study.run import run_one

NEAR = {"rtol": 2e-4, "atol": 0.01}
"""The error of the solver, in persons: its steps follow the whole system, and differ from those of a country alone."""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Inputs, run and costs of the case of both countries, and of each country alone."""
    found = {}
    for countries in (("north", "south"), ("north",), ("south",)):
        inputs = mixed(tmp_path_factory.mktemp("_".join(countries)), countries)
        ds = run_one(resolve(inputs), path="reference")
        found[countries] = inputs, ds, cost_run(ds, price_scenario(inputs, "base"))
    return found


def test_people_are_conserved_and_nobody_by_land_is_adrift_or_abandoned(runs):
    _, ds, _ = runs["north", "south"]
    assert float(ds["daily_adrift"].max()) > 1.0
    for name in ("refused", "abandoned", "disembarked"):
        assert float(ds[f"flow_{name}"].sel(country="north").sum()) > 1.0, name
        assert float(ds[f"flow_{name}"].sel(country="south").sum()) == 0.0, name
    ended = sum(float(ds[f"flow_{name}"].sel(country="south").sum())
                for name in ("crossing_deaths", "landed", "landed_unrecorded"))
    assert float(ds["flow_crossing_deaths"].sel(country="south").sum()) == pytest.approx(0.01 * ended, rel=1e-6)
    entered = sum(float(ds[f"flow_{flow.name}"].sel(country="south").sum()) for flow in FLOWS if flow.sink == "at_sea")
    left = float(ds["daily_at_sea"].sel(country="south")[-1].sum())
    assert entered > 600.0
    assert ended + left == pytest.approx(entered, rel=1e-6)


@pytest.mark.parametrize("country", ["north", "south"])
def test_each_country_has_the_numbers_of_its_case_alone(runs, country):
    (_, both, costs), (_, alone, own_costs) = runs["north", "south"], runs[(country,)]
    for name, variable in alone.data_vars.items():
        axes = set(variable.dims)
        if str(name).startswith(("daily_", "flow_")) and "country" in axes and "destination" not in axes:
            ours, theirs = both[name].sel(country=country), variable.sel(country=country)
            np.testing.assert_allclose(ours, theirs, **NEAR, err_msg=str(name))
    here = costs.pricing.countries.index(country)
    ours = dict(zip(costs.items, costs.by("item", "country")[:, here].tolist(), strict=True))
    theirs = dict(zip(own_costs.items, own_costs.by("item").tolist(), strict=True))
    assert {name for name, cents in ours.items() if cents} == {name for name, cents in theirs.items() if cents}
    for name, cents in theirs.items():
        assert ours[name] == pytest.approx(cents, rel=2e-4, abs=100), name


def test_rescue_costs_nothing_where_people_come_by_land(runs):
    _, _, costs = runs["north", "south"]
    cents = dict(zip(costs.items, costs.by("item", "country").tolist(), strict=True))
    for name in ("rescue_vessels", "rescue_coordination", "disembarkation", "transport_from_landing"):
        assert (cents[name][0] > 0, cents[name][1]) == (True, 0), name
    assert (cents["help_at_arrival"][0], cents["help_at_arrival"][1] > 0) == (0, True)


def test_kernel_and_scipy_agree(runs):
    inputs, _, _ = runs["north", "south"]
    found = agreement(resolve(inputs))
    assert found["stocks"] < 1e-3
    assert found["gap"] < 0.01


def test_results_rest_on_the_input_of_the_route_that_moves_them(tmp_path):
    inputs = mixed(tmp_path, leave=("journey.mortality",))
    found = resting(inputs, "base")
    assert {"journey.mortality", "journey.mortality[land]"} <= set(found)
    sea, land = found["journey.mortality"]["deaths"], found["journey.mortality[land]"]["deaths"]
    assert sea[1] < sea[0] < sea[2]
    assert land[0] == land[1] < land[2]


def test_pages_keep_words_of_the_sea_and_say_who_comes_how(tmp_path):
    made = make_comparison(mixed(tmp_path / "plan"), ["base"], tmp_path / "out", workers=1, path="kernel")
    made = with_summary(made, tmp_path / "out")
    assert (made.record.route, made.record.routes) == ("sea", {"north": "sea", "south": "land"})
    said = "People come by sea to North; by land to South."
    assert said in str(decision.question(made))
    write_front(made, tmp_path / "out", "")
    text = unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")))
    assert said in text
    prices = {row.item: row.where for row in made.record.prices}
    assert (prices["disembarkation"], prices["help_at_arrival"]) == ("North", "South")
