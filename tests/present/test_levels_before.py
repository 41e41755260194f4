"""What differs in the inputs: beside a change stand all levels of the baseline over the dates of the change."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from mixedmig_model.inputs.levers.acting import applied
from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record import report
from mixedmig_model.record.changes import change_row
from mixedmig_model.record.words.levels import Span, levels_text

BASE, START = "as_it_happened", date(2015, 1, 1)


def change(parameter, **given):
    return Change(parameter=parameter, reason="A test.", **given)


@pytest.fixture
def told(andaman):
    """What stands as 'in the baseline' for a change, where the baseline has changes of its own."""
    def before(asked, *changes):
        base = andaman.scenarios[BASE].model_copy(update={"changes": changes, "levers": ()})
        inputs = replace(andaman, scenarios={**andaman.scenarios, BASE: base})
        return change_row(inputs, resolve(inputs), asked).before

    return before


REFUSED = "journey.refused_share"
MAY = change(REFUSED, set=0.5, start="2015-05-11", until="2015-05-21")


@pytest.mark.parametrize(("asked", "words"), [
    (change(REFUSED, set=0.0), "0.1, 0.5 from 11 May 2015, 0.1 from 21 May 2015"),
    (change(REFUSED, set=0.0, start="2015-05-01", until="2015-05-21"), "0.1, 0.5 from 11 May 2015"),
    (change(REFUSED, set=0.0, start="2015-05-15"), "0.5, 0.1 from 21 May 2015"),
    (change(REFUSED, set=0.0, start="2015-05-12", until="2015-05-20"), "0.5"),
    (change(REFUSED, set=0.0, start="2015-06-01"), "0.1"),
])
def test_every_step_of_the_baseline_within_the_dates_of_a_change_is_told(asked, words, told):
    """'In the baseline 0, set to 0' stood beside a baseline of 0.5 for ten days: the level of one day only."""
    assert told(asked, change(REFUSED, set=0.1, until="2015-05-11"), MAY,
                change(REFUSED, set=0.1, start="2015-05-21")) == words


def test_a_ramp_is_told_with_its_first_and_last_day(told):
    ramp = change(REFUSED, set=1.0, start="2015-03-01", ramp_days=10)
    found = told(change(REFUSED, scale=0.5), change(REFUSED, set=0.0, until="2015-03-01"), ramp)
    first, rise = found.split(", ", 1)
    assert first == "0"
    assert rise.startswith("rising to 1 from 1 Mar 2015 to ")
    down = told(change(REFUSED, scale=0.5), change(REFUSED, set=1.0),
                change(REFUSED, add=-1.0, start="2015-03-01", ramp_days=10))
    assert down == "1, falling to 0 from 1 Mar 2015 to 11 Mar 2015"


def test_countries_are_told_apart_where_their_levels_differ(told):
    places = "reception.places"
    asked = change(places, set=50.0, countries=("thailand", "malaysia"))
    assert told(asked, change(places, set=100.0)) == "100"
    scaled = (change(places, set=100.0), change(places, scale=0.5, start="2015-05-01", countries=("thailand",)))
    assert told(asked, *scaled) == "Thailand: 100, 50 from 1 May 2015; Malaysia: 100"
    alone = change(places, set=50.0, countries=("malaysia",))
    assert told(alone, *scaled) == "100"


def test_groups_and_the_region_are_told_by_their_titles(told, andaman):
    names = tuple(andaman.groups)[:2]
    asked = change("counselling.claim_share", set=0.5, groups=names)
    found = told(asked, change("counselling.claim_share", set=0.2, groups=names[:1]),
                 change("counselling.claim_share", set=0.4, groups=names[1:]))
    titles = [andaman.groups[name].title for name in names]
    assert found == f"{titles[0]}: 0.2; {titles[1]}: 0.4"
    region = "journey.time_to_place_of_safety"
    assert told(change(region, set=1.0), change(region, set=7.0)) == "7"


def steps(levels):
    return Steps(tuple(float(day) for day in levels), np.array([[value] for value in levels.values()]))


def words(levels, last=100):
    return levels_text(steps(levels), 1.0, Span(0, last), START, labels=("x",), chosen=("x",), titles={"x": "X"})


def test_many_levels_are_told_by_their_bounds_and_number():
    assert words({7 * k: float((3 * k) % 11) for k in range(12)}) == (
        "between 0 and 10, first 0, last 0, with 11 changes")
    assert words({0: 1.0, 30: 1.0001, 60: 1.0002}) == "1"  # the same as printed


def test_levels_that_rise_and_fall_day_by_day_are_two_ramps():
    up = {k: float(k) for k in range(5)}
    down = {5 + k: 4.0 - 1.0 - k for k in range(4)}
    assert words(up | down) == (
        "0, rising to 4 from 2 Jan 2015 to 5 Jan 2015, falling to 0 from 6 Jan 2015 to 9 Jan 2015")


def test_many_countries_with_levels_of_their_own_are_told_by_their_bounds():
    labels = tuple("abcdefgh")
    table = Steps((0.0,), np.arange(8.0)[None, :])
    text = levels_text(table, 1.0, Span(0, 9), START, labels=labels, chosen=labels, titles={})
    assert text == "0 to 7, by place or group and date"


def test_a_lever_of_the_baseline_that_switches_itself_counts_while_it_was_on(andaman):
    use = LeverUse(lever="screening", when={"quantity": "waiting_screening", "on_at": 100.0, "off_at": 50.0})
    inputs = andaman.with_levers(BASE, [use], BASE)
    on = report._intervals(inputs, BASE, {"screening": [[31, 59]]})
    assert on == {0: ((31, 59),)}
    made = applied(inputs.acting(BASE))[0].change
    off = change_row(inputs, resolve(inputs, switched={}), made).before
    was_on = change_row(inputs, resolve(inputs, switched=on), made).before
    assert was_on != off
    assert "Feb 2015" in was_on
