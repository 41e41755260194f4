"""The Afghan case: two streams of status, an unequal grant, returns under pressure; every figure of its README."""

import re

import pytest
from case_figures import COST, Solved, check_delivered, check_published, compare_table, keys, number, spent, table_of

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.results.costs.quantities import Quantities

CASE = "afghan_returns_2016"
STREAMS = ("registered", "undocumented")
IN_2016 = slice(0, 366)


def returned(stream, days=slice(None)):
    """People who travelled on inland, of a stream."""
    rows = ["induced_from_counselling", "induced_after_referral"]
    return lambda ds: float(ds["daily_flow"].sel(row=rows, country=stream).isel(day_interval=days).sum())


def grants(stream, days=slice(None)):
    """Grants paid, in grants of USD 400."""
    def count(ds):
        at = [str(name) for name in ds["country"].values].index(stream)
        return float(Quantities(ds)["reintegration_packages"][days, at].sum())

    return count


def left_again(stream):
    return lambda ds: float(ds["daily_flow"].sel(row="remigrated_induced", country=stream).sum())


def grant_money(ds):
    return 400.0 * sum(grants(stream)(ds) for stream in STREAMS) / 1e6


GRANTS = {
    "registered: returned": returned("registered"),
    "registered: grants of USD 400": grants("registered"),
    "registered: left again by the end of 2018": left_again("registered"),
    "undocumented: returned": returned("undocumented"),
    "undocumented: grants of USD 400": grants("undocumented"),
    "undocumented: left again by the end of 2018": left_again("undocumented"),
    "grants, million USD, before overhead": grant_money,
    COST: "cost",
}
BESIDE = keys("wrongly_returned", "needs_missed", "without_shelter_peak", "without_shelter_days", "returned_assisted",
              "returned_induced", "voluntary_share")
TABLES = {"Two streams": (GRANTS, None), "Scenarios compared": (BESIDE, None)}


@pytest.fixture(scope="module")
def afghan(workspace):
    return Solved(read_case(workspace, CASE))


def test_published_totals_of_the_readme_are_as_they_are_missed_or_not(afghan):
    check_published(afghan)
    assert {found.observation.kind for found in afghan.published} == {"input", "predicted"}


@pytest.mark.parametrize("heading", TABLES)
def test_figures_of_the_readme_are_the_runs(afghan, heading):
    compare_table(afghan, heading, *TABLES[heading])


def test_what_the_readme_says_of_each_scenario_is_its_standing(afghan):
    for name in afghan.names:
        assert afghan.said(name) in " ".join(afghan.readme.split()), name


def test_arrivals_of_each_stream_are_the_published_totals_of_2016(afghan):
    for stream, total in (("registered refugees", 370_102.0), ("undocumented people", 248_054.0)):
        folder = afghan.case.workspace.root / "parameters/cases" / CASE
        rows = [line.split(",") for line in (folder / "arrivals.csv").read_text(encoding="utf-8").splitlines()]
        assert sum(float(row[3]) for row in rows if row[0].startswith("2016") and row[6].startswith(stream)) == total


def test_the_two_streams_keep_their_published_proportion(afghan):
    ds = afghan.runs["unequal_grant"]
    assert returned("registered", IN_2016)(ds) == pytest.approx(370_102.0, rel=0.02)
    assert returned("undocumented", IN_2016)(ds) == pytest.approx(248_054.0, rel=0.02)


def test_no_return_is_counted_or_called_voluntary_without_saying_why(afghan):
    for name, table in afghan.tables.items():
        assert table["returned_assisted"] == 0.0, name
        assert table["voluntary_share"] == 0.0, name
        assert table["returned_induced"] > 700_000.0, name
    texts = [afghan.readme, afghan.case.case.summary, afghan.case.case.question,
             *(scenario.description for scenario in afghan.case.scenarios.values())]
    for text in texts:
        if re.search(r"\bvoluntar", text):
            assert "pressure" in text, text
    assert "pressure in Pakistan" in afghan.case.case.summary
    assert "under pressure" in afghan.case.case.question


def test_an_equal_grant_costs_what_the_arithmetic_says(afghan):
    """248,054 people x USD 400 = 99.2 million of grants for the returns of 2016, before overhead."""
    unequal, equal = afghan.runs["unequal_grant"], afghan.runs["equal_grant"]
    more = grants("undocumented", IN_2016)(equal) - grants("undocumented", IN_2016)(unequal)
    assert 400.0 * more == pytest.approx(99.2e6, rel=0.02)
    assert grants("registered")(equal) == pytest.approx(grants("registered")(unequal), rel=1e-6)
    added = 400.0 * (grants("undocumented")(equal) - grants("undocumented")(unequal))
    overhead = 1.1 * 1.07
    assert afghan.costs["equal_grant"] - afghan.costs["unequal_grant"] == pytest.approx(overhead * added, rel=0.02)


def test_fewer_leave_again_only_where_a_grant_is_taken_to_work(afghan):
    left = {name: left_again("undocumented")(ds) for name, ds in afghan.runs.items()}
    assert left["equal_grant"] < 0.8 * left["unequal_grant"]
    assert left["equal_grant_without_effect"] == pytest.approx(left["unequal_grant"], rel=0.01)
    assert left["no_grant"] == pytest.approx(left["unequal_grant"], rel=0.01)
    assert afghan.said("equal_grant_without_effect") == "No harm and no headline indicator differs."
    assert left_again("registered")(afghan.runs["no_grant"]) > 1.1 * left_again("registered")(
        afghan.runs["unequal_grant"])


def test_what_was_delivered_is_that_of_the_readme(afghan):
    check_delivered(afghan)


def test_the_dearest_lines_are_those_of_the_readme(afghan):
    start, end = afghan.case.case.start, afghan.case.case.end
    lines, payers = spent(afghan, start, end, tuple(afghan.case.case.countries))
    rows = table_of(afghan.readme, "Cost and published totals")
    lines["all"] = sum(payers.values())
    for title, (ours, *_) in rows.items():
        assert number(ours) == pytest.approx(lines[title] / 1e6, rel=6e-3), title
    assert lines["all"] == pytest.approx(afghan.costs["unequal_grant"])
