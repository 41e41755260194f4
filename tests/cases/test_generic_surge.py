"""The case of a surge in an invented country: its scenarios, every driver of costs, and the figures of its README."""

import re
import shutil
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from said import judgement_of, sentence_of

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.results.indicators.table import BREACHES, INDICATORS, indicator_table
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.measures import kept_input, labels, living, trailing_mean, values, where_label
from mixedmig_model.results.services import place_rows
from mixedmig_model.results.waits.waiting import load, stage_waits
from mixedmig_model.study.responses import same_people
from mixedmig_model.study.run import run_one

CASE, HERE = "generic_surge", "harbourland"
SCENARIOS = ("most_likely", "early_hiring", "comprehensive_response", "worst_case", "detention_first")
MOST_EVALUATIONS = 4000
"""Evaluations of the equations that a run of this case may take: what its time goes with on any machine."""


@pytest.fixture(scope="module")
def surge(workspace):
    return read_case(workspace, CASE)


@pytest.fixture(scope="module")
def solved(surge):
    """Each scenario solved once."""
    found = {}
    for name in SCENARIOS:
        found[name] = run_one(resolve(surge, name))
    return found


@pytest.fixture(scope="module")
def runs(solved):
    return solved


@pytest.fixture(scope="module")
def tables(runs):
    return {name: indicator_table(ds) for name, ds in runs.items()}


@pytest.fixture(scope="module")
def quantities(runs):
    return {name: Quantities(ds) for name, ds in runs.items()}


@pytest.fixture(scope="module")
def readme(surge):
    return (surge.workspace.root / "parameters/cases" / CASE / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def judged(surge, runs):
    """Each scenario judged against the most likely case."""
    return {name: judgement_of(surge, name, runs) for name in SCENARIOS if name != "most_likely"}


# ---- what the case is -------------------------------------------------------------------------------------------

def test_the_case_has_the_scenarios_that_its_readme_explains(surge, readme):
    assert surge.case.baseline == "most_likely"
    assert set(surge.scenarios) == set(SCENARIOS)
    assert all(f"`{name}`" in readme for name in SCENARIOS)


def test_nothing_in_the_case_claims_to_be_more_than_an_assumption(surge):
    assert {local.quality for local in surge.case.parameters.values()} == {"assumption"}
    assert {row.quality for row in surge.departures} == {"assumption"}
    prices = [cost.price for scenario in surge.scenarios.values() for cost in scenario.own_costs.values()]
    assert {(price.source, price.quality) for price in prices} == {("assumption", "assumption")}


def test_there_are_no_published_totals_and_the_case_says_so(surge, readme):
    assert surge.observations == ()
    assert "no published totals" in surge.case.summary
    assert "no published totals" in readme


def test_measures_with_costs_of_their_own_bring_them(surge):
    kinds = {name: {cost.behaviour for cost in one.own_costs.values()} for name, one in surge.scenarios.items()}
    assert kinds["comprehensive_response"] == {"fixed", "one_off"}
    assert [name for name, found in kinds.items() if not found] == ["most_likely", "worst_case"]


def written(entry):
    """A value as the README writes it: 14; 34 from 2018-12-01."""
    if not isinstance(entry, dict):
        return f"{entry:g}"
    (_, first), *later = sorted(entry.items())
    return "; ".join([f"{first:g}", *(f"{level:g} from {day}" for day, level in later)])


def test_the_readme_lists_every_assumption_of_the_case(surge, readme):
    shown = table_of(readme, "What is assumed: all of it")
    expected = {}
    for key, local in surge.case.parameters.items():
        entries = local.by_country or dict.fromkeys(surge.case.countries, local.value)
        expected[f"`{key}`"] = [written(entries[country]) for country in surge.case.countries]
    assert shown == expected


# ---- its runs ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", SCENARIOS)
def test_the_ledger_of_a_scenario_closes_and_the_solver_takes_no_more_steps_than_it_should(name, solved):
    assert check_ledger(solved[name]) == []
    assert solved[name].attrs["evaluations"] < MOST_EVALUATIONS


def test_scipy_takes_no_more_steps_than_it_should(surge):
    assert run_one(resolve(surge), path="reference").attrs["evaluations"] < MOST_EVALUATIONS


# ---- its costs --------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def costed(surge, runs):
    """The costs of each scenario, and of everything that its case could include by name."""
    return {name: cost_run(ds, price_scenario(surge, name)) for name, ds in runs.items()}


NEVER_BILLED = {"new_building_closing", "help_at_arrival", "transport_from_arrival"}
"""New buildings never close in any scenario of the shipped cases, and this case is one of boats."""


def test_every_item_of_the_cost_book_but_one_is_billed_in_some_scenario(surge, costed, book):
    billed = {name for run in costed.values() for name, units in zip(run.pricing.names, run.units, strict=True)
              if units.sum() > 0}
    for tables in book[0].record.costs.values():  # the Andaman case
        billed |= {row.item for row in tables.items if row.cost > 0}
    economic = {line.name for run in costed.values() for line in run.pricing.lines if line.record.view == "economic"}
    book = {name for name, item in surge.workspace.costs.items.items() if not item.optional}
    assert book - billed - economic == NEVER_BILLED
    assert len(billed & book) >= 60


def test_hiring_before_a_surge_costs_no_more_and_people_wait_less(costed, runs):
    """The direction of the audit finding that staff hired late cost more than they save (source S31)."""
    assert costed["early_hiring"].total < costed["most_likely"].total
    late, early = (float(runs[name]["daily_waiting"].sel(stage="determination").sum())
                   for name in ("most_likely", "early_hiring"))
    assert early < 0.9 * late


@pytest.mark.parametrize("driver", DRIVERS)
def test_some_scenario_moves_the_driver_of_a_cost(driver, quantities):
    """An item attached to a driver that is always zero would never be billed, and nobody would see it."""
    totals = {name: float(found[driver].sum()) for name, found in quantities.items()}
    assert max(totals.values()) > 1.0, totals
    assert min(float(found[driver].min()) for found in quantities.values()) > -0.05


def test_hiring_before_the_surge_shortens_the_wait_for_a_decision_with_no_more_posts(tables, runs):
    early, later = tables["early_hiring"], tables["most_likely"]
    assert early["wait_determination_p90"] < 0.8 * later["wait_determination_p90"]
    assert early["decided_in_time"] >= later["decided_in_time"]
    posts = {
        name: float(runs[name]["staff_target"].sel(country=HERE, function="determination").sum())
        for name in ("early_hiring", "most_likely")
    }
    assert posts["early_hiring"] == pytest.approx(posts["most_likely"], rel=1e-12)


def test_the_worst_case_leaves_more_people_without_shelter(tables):
    for key in ("without_shelter_peak", "without_shelter_days"):
        assert tables["worst_case"][key] > 3.0 * tables["most_likely"][key] > 0.0


def test_the_worst_case_differs_in_who_sets_out_alone_which_never_counts(surge, runs):
    alike = {name: same_people(resolve(surge, name), resolve(surge)) for name in SCENARIOS}
    assert alike == {name: name != "worst_case" for name in SCENARIOS}
    number = f"{indicator_table(runs['most_likely'])['children_returned_unheard']:.0f}"
    assert sentence_of(surge, "worst_case", runs) == (
        "It does not end 1 breach: children returned without a best-interests decision "
        f"({number} \N{RIGHTWARDS ARROW} {number}). "
        "No harm differs. It changes only who sets out, and that never counts.")


def test_detention_first_alone_adds_breaches_and_is_not_ranked(tables, judged):
    assert [name for name, found in judged.items() if not found.ranked] == ["detention_first"]
    table, told = tables["detention_first"], judged["detention_first"]
    assert table["identified_children_detained"] > 100.0
    assert table["detention_over_limit"] > 100.0
    assert {one.key for one in told.breached("adds")} == {"identified_children_detained", "detention_over_limit"}
    assert table["without_shelter_days"] < tables["most_likely"]["without_shelter_days"]  # and yet: not ranked


def test_the_comprehensive_response_has_no_breach_and_detains_nobody(tables):
    table = tables["comprehensive_response"]
    assert [breach.key for breach in BREACHES if table[breach.key] > 0.0] == []
    for key in ("identified_children_detained", "children_detained", "detention_days", "child_detention_days"):
        assert table[key] == 0.0, key


def test_the_comprehensive_response_is_better_on_all_that_differ(judged):
    assert judged["comprehensive_response"].better_on_all
    assert {one.key for one in judged["comprehensive_response"].named("better")} >= {
        "deaths", "unprotected", "needs_unseen", "unsheltered", "detention"}


def test_people_move_on_and_are_transferred_to_the_neighbour(runs):
    there = {"country": HERE, "destination": "northmark"}
    assert float(runs["most_likely"]["daily_onward"].sel(there).sum()) > 100.0
    assert float(runs["most_likely"]["daily_transferred"].sum()) == 0.0
    assert float(runs["comprehensive_response"]["daily_transferred"].sel(there).sum()) > 100.0


# ---- the figures of its README ----------------------------------------------------------------------------------

def at_home(ds, series):
    """The part ``[D]`` of Harbourland of a series by day and country."""
    return np.asarray(series)[:, labels(ds, "country").index(HERE)]


def here(driver) -> Callable:
    return lambda ds: at_home(ds, Quantities(ds)[driver])


def place(ds):
    return next(row for row in place_rows(ds) if row["country"] == HERE)


def heaviest(function):
    return lambda ds: float(np.nanmax(load(ds, function).sel(country=HERE).values[28:]))


def posts(function):
    return lambda ds: float(ds["staff_target"].sel(country=HERE, function=function).max())


def waited(stage):
    return lambda ds: stage_waits(ds, stage, HERE).p90


SERVICES = {name: name for name in ("registration", "screening", "referral")} | {"first decisions": "determination"}
PLANNING = {
    "people landed and recorded": lambda ds: float(here("landings")(ds).sum()),
    "landings a day, busiest four weeks": lambda ds: float(trailing_mean(here("landings")(ds), 28).max()),
    "people in need of a place, peak": lambda ds: place(ds)["need"],
    "places open on that day": lambda ds: place(ds)["have"],
    "people without shelter, peak": lambda ds: float(at_home(ds, living(ds, "unsheltered")).max()),
    "days with fewer places than people": lambda ds: float(place(ds)["days_short"]),
    **{
        f"{title}: {what}": figure(stage) for title, stage in SERVICES.items() for what, figure in (
            ("posts", posts), ("load, worst four weeks", heaviest), ("wait, nine in ten", waited))
    },
    "children on record, peak": lambda ds: float(here("children")(ds).max()),
    "water, litres a day at the peak (both)": "water_needed",
    "toilets at the peak (both)": "toilets_needed",
    "covered area at the peak, m2 (both)": "covered_area_needed",
}
"""Figures of Harbourland; of both countries where the key of an indicator stands."""
BESIDE = (
    "identified_children_detained", "detention_over_limit", "deaths", "wrongly_returned", "needs_missed",
    "children_assessed_adult_detained", "without_shelter_peak", "without_shelter_days", "wait_determination_p90",
    "granted_protection", "granted_owed", "detention_days", "moved_onward", "without_status", "returned_assisted",
    "returned_induced", "returned_enforced", "resettled", "regularised", "sharing_index",
)
HIRING = {
    "caseworker-months of posts": lambda ds: float(
        ds["staff_target"].sel(country=HERE, function="determination").sum()) / 30.44,
    "caseworker-months in post": lambda ds: float(here("determination_staff")(ds).sum()) / 30.44,
    "waiting for a first decision, peak": lambda ds: float(
        ds["daily_waiting"].sel(stage="determination", country=HERE).sum("group").max()),
    "first decision: wait, nine in ten, days": waited("determination"),
    "person-days of waiting for a decision": lambda ds: float(here("people_awaiting_decision")(ds).sum()),
    "person-days in reception": lambda ds: float(here("people_in_reception")(ds).sum()),
    "person-days without shelter": lambda ds: float(here("people_without_shelter")(ds).sum()),
    "people who moved on or left the procedure": lambda ds: float(
        ds["daily_flow"].sel(row=["moved_onward", "absconded"], country=HERE).sum()),
}
USUAL = 120
"""Days before the surge over whose mean landings are called usual."""


def held(condition, days=1):
    """The first day by whose end a condition has held for some days running; None for never."""
    run = 0
    for day, true in enumerate(condition):
        run = run + 1 if true else 0
        if run == days:
            return day
    return None


def arrivals_double(ds):
    series = at_home(ds, Quantities(ds)["landings"])
    return held(trailing_mean(series, 7) > 2.0 * series[:USUAL].mean())


def occupied(share):
    def over(ds):
        places = values(ds, "places_open")[:, where_label(ds, "kind", "reception")]
        return held(at_home(ds, living(ds, "reception")[1:] > share * places), 7)

    return over


def wait_over(stage):
    def over(ds):
        return held(stage_waits(ds, stage, HERE).by_day() > at_home(ds, kept_input(ds, f"standards.{stage}_time")))

    return over


def caseload_over_norm(ds, norm=40.0):
    cases = ds["daily_waiting"].sel(stage="determination", country=HERE).sum("group").values[1:] / at_home(
        ds, kept_input(ds, "work.persons_per_case"))
    return held(cases > norm * ds["staff_effective"].sel(function="determination", country=HERE).values)


def caseworkers_short(ds):
    gap = ds["work_needed"] - ds["staff_effective"]
    return held(gap.sel(function="determination", country=HERE).values >= 0.5)


def first_without_shelter(ds):
    return held(at_home(ds, living(ds, "unsheltered"))[1:] >= 1.0)


def tents_may_close(ds):
    """Four weeks in which all who need a place fill at most 85 % of the places that are no tents, after the surge."""
    wanted = at_home(ds, living(ds, "reception", "unsheltered"))[1:]
    left = at_home(ds, values(ds, "places_open")[:, 0]) - at_home(ds, Quantities(ds)["tent_places"])
    opened = held(at_home(ds, Quantities(ds)["tent_places"]) > 0.0) or 0
    found = held(wanted[opened:] <= 0.85 * left[opened:], 28)
    return None if found is None else opened + found


TRIGGERS = {
    "landings of a week twice the usual": arrivals_double,
    "a caseworker is lacking": caseworkers_short,
    "screening takes over three days": wait_over("screening"),
    "reception above 70 % for a week": occupied(0.70),
    "reception above 85 % for a week": occupied(0.85),
    "first person without shelter": first_without_shelter,
    "over 40 cases a caseworker": caseload_over_norm,
    "registration takes over three days": wait_over("registration"),
    "tents may close": tents_may_close,
}


def table_of(text, heading):
    """The rows of the Markdown table below a heading, by their first cell."""
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows[2:]}


def number(cell):
    """The number in a cell: 1,230 or 88 % or 0."""
    text = re.sub(r"[,\s]", "", cell)
    return float(text.rstrip("%")) / (100.0 if text.endswith("%") else 1.0)


def day_of(ds, index):
    return date.fromisoformat(str(ds["day_interval"].values[index])[:10])


FIGURES = {
    "Planning figures": (PLANNING, ("most_likely", "worst_case")),
    "Hire now or later": (HIRING, ("most_likely", "early_hiring")),
    "Scenarios compared": ({one.title: one.key for one in INDICATORS if one.key in BESIDE}, SCENARIOS),
}


@pytest.mark.parametrize("heading", FIGURES)
def test_figures_of_the_readme_are_the_runs(heading, readme, runs, tables):
    figures, scenarios = FIGURES[heading]
    shown = table_of(readme, heading)
    assert set(shown) == set(figures)
    for name, compute in figures.items():
        for cell, scenario in zip(shown[name], scenarios, strict=True):
            value = tables[scenario][compute] if isinstance(compute, str) else compute(runs[scenario])
            assert number(cell) == pytest.approx(value, rel=6e-3, abs=6e-3), (name, scenario)


def test_triggers_of_the_readme_are_the_runs(readme, runs):
    """To the day before or after."""
    shown = table_of(readme, "Triggers")
    assert set(shown) == set(TRIGGERS)
    for name, find in TRIGGERS.items():
        for column, scenario in ((0, "most_likely"), (2, "worst_case")):
            ds, (cell, left) = runs[scenario], shown[name][column : column + 2]
            found, harm = find(ds), first_without_shelter(ds)
            if found is None:
                assert (cell, left) == ("never", ""), (name, scenario)
            else:
                assert abs(date.fromisoformat(cell) - day_of(ds, found)).days <= 1, (name, scenario)
                assert int(left) == pytest.approx(harm - found, abs=2), (name, scenario)


def test_tents_closed_before_the_sign_leave_people_without_shelter(runs):
    outside = runs["most_likely"]["daily_people"].sel(place="unsheltered", country=HERE).sum("stage")
    assert float(outside.sel(day="2019-06-30")) < 1.0 < float(outside.sel(day="2019-07-15"))


def test_recruitment_for_the_most_likely_case_must_start_when_the_readme_says(readme, tables, runs):
    day = day_of(runs["most_likely"], round(tables["most_likely"]["recruitment_start"]))
    assert f"no later than {day}" in readme


def test_what_the_readme_says_of_each_scenario_is_its_standing(surge, readme, runs):
    """Of the runs themselves: the report asks the side runs of the true-need share too."""
    for name in SCENARIOS:
        assert sentence_of(surge, name, runs) in readme, name


def test_a_copy_under_another_name_and_country_is_legal_at_once(surge, tmp_path):
    """The ten minutes of the README: copy the folder, replace two names, check."""
    shutil.copytree(surge.workspace.root / "parameters", tmp_path / "parameters")
    own = tmp_path / "parameters/cases/my_case"
    (tmp_path / "parameters/cases" / CASE).rename(own)
    for file in (*own.glob("*.yaml"), *own.glob("*.csv"), *own.glob("scenarios/*.yaml")):
        text = file.read_text(encoding="utf-8").replace(CASE, "my_case").replace(HERE, "my_country")
        file.write_text(text, encoding="utf-8")
    copied = read_case(read_workspace(tmp_path), "my_case")
    assert list(copied.case.countries) == ["my_country", "northmark"]
    for name in SCENARIOS:
        assert resolve(copied, name).days == surge.days
