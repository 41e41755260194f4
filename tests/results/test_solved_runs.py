"""Results of runs that were solved: breaches where law is kept and where it is not, waits, ledgers, time taken."""

import time

import numpy as np
import pytest
import xarray as xr
from science.synthetic import CHILD_ALONE, ILL, MIGRANT, REFUGEE, REFUGEE_CHILD, TRAFFICKED, make_run

from mixedmig_model.equations.table import SERVED
from mixedmig_model.results.checks import CHECKS, checks
from mixedmig_model.results.indicators.table import BREACHES, INDICATORS, indicator_table
from mixedmig_model.results.outcomes import outcomes
from mixedmig_model.results.regional import gaps
from mixedmig_model.results.waits.stays import detention_stays
from mixedmig_model.results.waits.waiting import stage_waits, utilisation, warned
from mixedmig_model.study.run import run_one, save

GROUPS = {
    "refugee": REFUGEE, "refugee_child": REFUGEE_CHILD, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED,
    "ill": ILL, "migrant": MIGRANT,
}
COUNTRIES = ("north", "south")
BUSY = {
    "detention__detained_share": 0.3, "detention__places": 400.0, "detention__pre_removal_rate": 0.02,
    "detention__time_limit": 30.0, "detention__review_release_rate": 0.01, "alternative__places": 40.0,
    "alternative__offered_share": 0.3, "onward__rate": 0.002, "onward__irregular_rate": 0.01,
    "onward__within_region_share": 0.6, "onward__mortality": 0.01, "absconding__rate": 0.001,
    "irregular__found_rate": 0.005, "sharing__transfers": [2.0, 0.0], "remigration__enforced_share": 0.3,
    "disclosure__rate": 0.002, "journey__abandonment_rate": 0.01, "journey__adrift_death_rate": 0.001,
    "return__summary_rate": 0.02, "return__late_return_rate": 0.002, "regularisation__rate": 0.001,
    "solutions__resettlement_share": 1e-4, "reception__places": [500.0, 150.0], "determination__officers": 6.0,
    "work__vulnerable_first": 1.0,
}
BROKEN = {
    "law__child_exemption": 0.0, "law__individual_decision": 0.0, "law__suspensive_appeal": 0.0,
    "law__services_irrespective_of_status": 0.0, "law__detention_limit": 0.0, "journey__refused_share": 0.1,
    "journey__turn_back_rate": 0.01,
}
OPENING = (("return", "detention", "north", 60.0), ("limbo", "reception", "north", 40.0))


def solved(**changes):
    departures = {0: [12.0, 8.0], 100: [40.0, 10.0], 160: [5.0, 5.0]}
    return run_one(make_run(280, departures, GROUPS, COUNTRIES, OPENING, **(BUSY | changes)))


@pytest.fixture(scope="module")
def lawful():
    return solved(law__detention_limit=1.0, law__best_interests=1.0)


@pytest.fixture(scope="module")
def broken():
    return solved(**BROKEN)


def test_with_every_switch_of_law_on_every_breach_is_exactly_zero(lawful):
    values = indicator_table(lawful)
    assert {i.key: values[i.key] for i in BREACHES} == {i.key: 0.0 for i in BREACHES}
    assert values["children_assessed_adult_detained"] > 1.0
    assert values["detention_longest"] < 31.0
    assert values["detention_median_stay"] < 30.5


def test_with_the_switches_off_every_breach_is_counted(broken):
    values = indicator_table(broken)
    assert all(values[i.key] > 0.5 for i in BREACHES), {i.key: values[i.key] for i in BREACHES}
    assert values["wrongly_returned"] > values["wrongly_returned_pending_appeal"] > 0.0


def test_results_of_a_solved_run_reconcile(lawful, broken):
    for ds in (lawful, broken):
        people = float(ds["flow_departed"].sum()) + sum(opening[3] for opening in OPENING)
        assert float(outcomes(ds).sum()) == pytest.approx(people, rel=1e-9)
        assert np.abs(gaps(ds).values).max() < 1e-6 * people
        values = indicator_table(ds)
        shares = [values[i.key] for i in INDICATORS if i.unit == "share" and not i.key.startswith("reception_demand")]
        assert all(np.isnan(share) or -1e-9 <= share <= 1.0 + 1e-9 for share in shares)
        assert all(check.inside is not None for check in checks(ds, dict.fromkeys(CHECKS, (0.0, 1.0))))


def test_waits_of_a_solved_run(lawful):
    for stage in SERVED:
        waits = stage_waits(lawful, stage)
        assert waits.queues.waiting[1:].sum() == pytest.approx(
            float(lawful["daily_waiting"].sel(stage=stage).sum()), rel=1e-6, abs=1.0)
        assert (waits.wait[waits.queues.served > 1e-3] > -1e-6).all()
        assert waits.median <= waits.p90
        assert float(utilisation(lawful, stage).max()) < 1.05
    light, crowded = stage_waits(lawful, "registration"), stage_waits(lawful, "determination")
    assert light.label == "at its minimum time"
    assert light.mean == pytest.approx(1.0, rel=0.01)
    assert light.p90 == pytest.approx(np.log(10.0), rel=0.02)
    assert crowded.label == ""
    assert crowded.p90 > 60.0
    assert all(0.05 < w.share <= 1.0 and w.team > 0.0 for w in warned(lawful))


def test_those_known_to_have_specific_needs_wait_less_where_they_come_first(lawful):
    child = stage_waits(lawful, "determination", "north", ("refugee_child",))
    adult = stage_waits(lawful, "determination", "north", ("refugee",))
    assert child.by_day()[100] < 0.6 * adult.by_day()[100]
    assert child.age_of_backlog().oldest < 0.6 * adult.age_of_backlog().oldest


def test_people_detained_are_those_of_the_queue(broken):
    stays = detention_stays(broken)
    held = broken["daily_detained"].sum().values
    assert stays.queues.waiting.sum() == pytest.approx(float(held), rel=1e-6)
    assert stays.over_limit.max() <= float(broken["daily_detained"].sum(("group", "country")).max())
    assert stays.over_limit_days > 30.0


def test_the_whole_table_is_worked_out_quickly(broken):
    started = time.process_time()
    indicator_table(broken)
    assert time.process_time() - started < 1.5  # 0.05 s on an idle core; room for a busy one


def test_a_saved_run_gives_the_same_numbers(broken, tmp_path):
    save(broken, tmp_path / "run.nc")
    read = xr.load_dataset(tmp_path / "run.nc")
    assert indicator_table(read) == pytest.approx(indicator_table(broken), nan_ok=True)
    assert warned(read) == warned(broken)
