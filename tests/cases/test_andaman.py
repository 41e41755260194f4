"""The Andaman case: published totals as reported, every input acts, outcomes add up, directions of its scenarios."""

from dataclasses import replace

import numpy as np
import pytest

from mixedmig_model.inputs.catalogue import CATALOGUE, SUMS_TO_ONE
from mixedmig_model.inputs.resolve import Steps, resolve
from mixedmig_model.results.indicators import indicator_table
from mixedmig_model.results.outcomes import outcomes
from mixedmig_model.results.published import compare
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.reference import Options, solve


@pytest.fixture(scope="module")
def happened(book):
    return book[0].runs["as_it_happened"]


def test_published_totals_are_reported_as_they_are_missed_or_not(andaman, happened):
    """The misses stand in the case's README; whoever changes the model must change both."""
    found = {(c.observation.quantity, str(c.observation.end)): c for c in compare(happened, andaman.observations)}
    shown = {key: (round(c.ours, -1), c.missed) for key, c in found.items()}
    assert shown == {
        ("departed", "2016-01-01"): (32600, False),
        ("deaths_at_sea", "2016-01-01"): (330, True),
        ("peak_stranded", "2015-07-01"): (2960, True),
        ("abandoned", "2015-06-01"): (5290, False),
        ("disembarked", "2015-05-23"): (2940, True),
        ("disembarked", "2015-07-28"): (4950, False),
        ("returned_with_assistance", "2015-08-05"): (670, True),
    }
    kinds = {c.observation.kind for c in found.values()}
    assert kinds == {"input", "fitted", "predicted"}


def test_misses_in_the_readme_are_the_models(andaman, happened):
    text = (andaman.workspace.root / "parameters/cases/andaman_sea_2015/README.md").read_text(encoding="utf-8")
    for found in compare(happened, andaman.observations):
        if found.missed:
            assert f"{abs(100 * found.miss):.0f} %" in text, found.observation.quantity


def test_crossing_deaths_are_the_mortality_of_all_who_departed(happened):
    """However a voyage ends, by landing, refusal or abandonment, the share of deaths of the crossing is the same."""
    arrived = float(happened["flow_departed"].sum() - happened["at_sea"].isel(time=-1).sum())
    assert float(happened["flow_crossing_deaths"].sum()) == pytest.approx(0.0092 * arrived, rel=1e-4)


def test_outcomes_add_up_to_all_who_departed(happened):
    assert float(outcomes(happened).sum()) == pytest.approx(32600.0, abs=1e-6)


def test_the_option_without_detention_has_no_breach(book):
    table = indicator_table(book[0].runs["predictable_disembarkation_and_screening"])
    assert table["identified_children_detained"] == 0.0
    assert table["children_assessed_adult_detained"] == 0.0
    assert table["refused_disembarkation"] == 0.0
    base = indicator_table(book[0].runs["as_it_happened"])
    assert base["identified_children_detained"] > 100
    assert table["deaths"] < base["deaths"]
    assert table["time_adrift"] < 0.3 * base["time_adrift"]


# ---- every shipped parameter acts -----------------------------------------------------------------------------

BINDING = {  # inputs that bind only in a named variant of the case, and the variant that makes them bind
    "screening.prima_facie_share": {}, "journey.turn_back_rate": {},
    "detention.review_release_rate": {}, "determination.largest_quality_loss": {},
    "appeal.panels": {"appeal.panels": 0.3}, "appeal.cases_per_week": {"appeal.panels": 0.3},
    "return.officers": {"return.officers": 0.1, "return.escorted_places": 20.0},
    "return.preparation_effort": {"return.officers": 0.1, "return.escorted_places": 20.0},
    "return.escorted_places": {"return.escorted_places": 0.2},
    "registration.officers": {"registration.officers": 0.5},
    "registration.persons_per_desk_day": {"registration.officers": 0.5},
    "registration.staff_per_desk": {"registration.officers": 0.5},
    "detention.places": {"detention.places": 100.0},
    "detention.pre_removal_rate": {},
}
SHORT = Options(rtol=1e-4, atol=0.1)


def perturbed(run, name):
    """The run with one parameter moved by a tenth, or by a little where it is zero; shares that must sum still do."""
    need, steps = CATALOGUE[name], run.parameters[name]
    if name in SUMS_TO_ONE:
        values = np.roll(steps.values, 1, axis=1)
    elif name == "arrivals.composition":  # weights: only their proportions count
        values = steps.values * np.linspace(1.0, 1.2, steps.values.shape[1])
    else:
        moved = np.where(steps.values == 0.0, 0.05 * min(need.high, 1.0), steps.values * 1.1)
        values = np.where(moved > need.high, steps.values * 0.9, moved)
    return replace(run, parameters={**run.parameters, name: Steps(steps.starts, values)})


def totals(run):
    answer = solve(run, SHORT)
    return answer.week_totals[-1]


@pytest.fixture(scope="module")
def quarter(andaman):
    """The case cut to a time in which everything happens: April 2015 to the end of the year, sea stock included."""
    def make(values):
        run = resolve(andaman, values=values)
        return replace(run, days=330)

    return make


@pytest.fixture(scope="module")
def references(quarter):
    known = {}

    def find(values):
        key = tuple(sorted(values.items()))
        if key not in known:
            run = quarter(values)
            known[key] = (run, totals(run))
        return known[key]

    return find


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_perturbing_a_parameter_changes_the_case(name, references):
    run, before = references(BINDING.get(name, {}))
    after = totals(perturbed(run, name))
    assert np.abs(after - before).max() > 0.5, f"nothing reads {name}, or it does not bind in this variant"


def test_a_parameter_that_nothing_reads_would_be_found(references):
    """The same test on an input that is not read: the solver's own noise is far below the threshold."""
    run, before = references({})
    extra = {**run.parameters, "nothing.reads_this": Steps((0.0,), np.array([[1.0]]))}
    assert np.abs(totals(replace(run, parameters=extra)) - before).max() == 0.0


def test_the_tolerances_are_as_close_as_they_say(quarter):
    run = quarter({})
    tight = solve(run, Options(rtol=1e-8, atol=1e-5)).week_totals
    assert np.abs(solve(run).week_totals - tight).max() < 1e-5 * 32600
    assert np.abs(solve(run, SHORT).week_totals - tight).max() < 5e-4 * 32600


def test_a_dataset_names_what_made_it(andaman):
    run = replace(resolve(andaman), days=30)
    ds = to_dataset(run, solve(run, SHORT))
    assert ds.attrs["input_digest"] == run.digest
    assert ds.attrs["path"] == "reference"
    assert {"version", "scenario", "method", "rtol", "atol", "seed", "schema"} <= set(ds.attrs)
    for name in ds.data_vars:
        if ds[name].dtype.kind == "f":
            assert ds[name].attrs["units"], name
            assert ds[name].attrs["long_name"], name
