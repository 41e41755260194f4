"""Right values that are known from arithmetic: each is derived here, and the model must give it."""

import numpy as np
import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.record.changes import change_row
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.places import needed_at_peak
from mixedmig_model.results.waits.waiting import stage_waits
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve

from .synthetic import REFUGEE, make_run

WEEK = 7.0
ONE_A_CASE = {"work__persons_per_case": 1.0}
STRAIGHT_TO_DETERMINATION = {
    # 4 days from setting out: 1 at sea, 1 until registration, 2 until screening; all arrive, all are identified
    "journey__voyage_time": 1.0, "registration__minimum_time": 1.0, "screening__minimum_time": 2.0,
    "journey__mortality": 0.0, "journey__unrecorded_share": 0.0, "screening__sensitivity_with_access": 1.0,
    "screening__sensitivity_without_access": 1.0, "registration__officers": 1e3, "screening__officers": 1e3,
}


def determination(days, opening, a_week, arriving=0.0, minimum_time=1.0, officers=1.0):
    """A solved run of status determination. Args: a_week, decisions of an officer a week; arriving, persons a day."""
    run = make_run(
        days, arriving, {"refugee": REFUGEE}, opening=(("determination", "reception", "here", opening),),
        determination__officers=officers, determination__cases_per_week=a_week,
        determination__minimum_time=minimum_time, reception__places=1e6, **ONE_A_CASE, **STRAIGHT_TO_DETERMINATION,
    )
    return to_dataset(run, solve(run))


WAITING, ARRIVING, WEEKS, DELAY = 1200.0, 780.0, 26.0, 4.0
DAYS = WEEKS * WEEK


def test_a_queue_of_1200_served_at_27_a_week_waits_91_7_days():
    """The opening queue is longer than all that is served, so that those served all stood in it.

    By the model's convention they entered evenly over the day before the run: the person served at t was number c t of
    q, and entered at c t / q - 1. The mean wait over the run T is the mean of t + 1 - c t / q: T/2 + 1 - c T / 2q.
    """
    served = 27.0 * WEEKS
    assert served == 702.0
    derived = DAYS / 2.0 + 1.0 - served / WAITING / 2.0
    assert derived == pytest.approx(91.7, abs=0.05)
    waits = stage_waits(determination(int(DAYS), WAITING, 27.0, ARRIVING / DAYS), "determination")
    assert float(waits.queues.served.sum()) == pytest.approx(served, rel=1e-4)
    assert waits.mean == pytest.approx(derived, abs=0.05)


def test_a_queue_served_at_1590_in_26_weeks_ends_with_a_wait_of_87_5_days():
    """The opening queue is served first; then those who arrived, in their order, four days after they set out.

    In the middle of the last day 1,590 less half a day's decisions are served, the last of them number n of those who
    came, at n / a + 4 days with a arrivals a day.
    """
    a_week = 1590.0 / WEEKS
    done = 1590.0 * (1.0 - 0.5 / DAYS)
    derived = DAYS - 0.5 - ((done - WAITING) / (ARRIVING / DAYS) + DELAY)
    assert derived == pytest.approx(87.5, abs=0.05)
    waits = stage_waits(determination(int(DAYS), WAITING, a_week, ARRIVING / DAYS), "determination")
    assert float(waits.queues.served.sum()) == pytest.approx(1590.0, rel=1e-4)
    assert float(waits.wait[-1].max()) == pytest.approx(derived, abs=0.1)


def test_348691_cases_and_563_officers_take_77_4_weeks():
    """People waiting over decisions a week, nobody new."""
    waiting, officers, each = 348_691.0, 563.0, 8.0
    weeks = waiting / (officers * each)
    assert weeks == pytest.approx(77.4, abs=0.05)
    days = int(np.ceil(weeks * WEEK)) + 7
    ds = determination(days, waiting, each, minimum_time=0.1, officers=officers)
    left = np.asarray(ds["daily_waiting"].sel(stage="determination").sum(["group", "country"]))
    a_day = officers * each / WEEK
    assert -np.diff(left)[: days - 10] == pytest.approx(a_day, rel=1e-6)
    assert left[int(weeks * WEEK)] > 0.5 * a_day
    assert left[int(weeks * WEEK) + 1] < 0.2 * a_day
    assert waiting / (waiting - left[70]) * 70 / WEEK == pytest.approx(weeks, rel=1e-6)


PEOPLE = 884_000.0
PLANNED = {"standards.water": 18.1, "standards.persons_per_toilet": 17.68}


@pytest.fixture(scope="module")
def surge():
    return read_case(read_workspace(installed_workspace()), "generic_surge")


def needs(standards):
    """Water and toilets for the people of a site, by standards by name."""
    given = {name.replace(".", "__"): value for name, value in standards.items()}
    run = make_run(14, opening=(("determination", "reception", "here", PEOPLE),), reception__places=2e6, **given)
    facts = Facts(to_dataset(run, solve(run)))
    return needed_at_peak(facts, "water"), needed_at_peak(facts, "persons_per_toilet", each=False)


def test_884000_people_need_13_26_million_litres_and_44200_toilets_by_the_shipped_standards(surge):
    shipped = {name: surge.workspace.parameters[name].value for name in PLANNED}
    assert shipped == {"standards.water": 15.0, "standards.persons_per_toilet": 20.0}
    water, toilets = needs(shipped)
    assert (PEOPLE * 15.0, PEOPLE / 20.0) == (13_260_000.0, 44_200.0)
    assert (water, toilets) == (pytest.approx(13_260_000.0, rel=1e-5), pytest.approx(44_200.0, rel=1e-5))


def test_a_published_plan_for_them_follows_from_other_standards():
    derived = PEOPLE * PLANNED["standards.water"], PEOPLE / PLANNED["standards.persons_per_toilet"]
    assert derived == (pytest.approx(16_000_400.0), pytest.approx(50_000.0))
    water, toilets = needs(PLANNED)
    assert (water, toilets) == (pytest.approx(16_000_400.0, rel=1e-5), pytest.approx(50_000.0, rel=1e-5))


@pytest.mark.parametrize(("name", "shipped", "planned"), [
    ("standards.water", "15", "set to 18.1"), ("standards.persons_per_toilet", "20", "set to 17.68"),
])
def test_the_page_says_which_standard_differs_with_all_its_digits(surge, name, shipped, planned):
    """17.7 persons for one toilet would be 49,944 toilets, not 50,000."""
    change = Change.model_validate({"parameter": name, "set": PLANNED[name], "reason": "as in the published plan"})
    row = change_row(surge, resolve(surge), change)
    assert (row.before, row.operation) == (shipped, planned)
    assert row.title.startswith("Standard: ")


def test_change_rows_show_other_numbers_as_they_were_written(surge):
    for value, text in ((1234.5678, "1,234.5678"), (0.00025, "0.00025"), (3.0, "3"), (1_500_000.0, "1,500,000")):
        change = Change.model_validate({"parameter": "standards.water", "set": value, "reason": "a test"})
        assert change_row(surge, resolve(surge), change).operation == f"set to {text}"
