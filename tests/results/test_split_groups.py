"""Dividing a group of people in two, without any difference between them, changes no indicator."""

import math

import numpy as np
import pytest
import xarray as xr
from hand_dataset import Hand
from hypothesis import given, settings
from hypothesis import strategies as st

from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.results.waits.queues import make_queues
from mixedmig_model.results.waits.stays import detention_stays
from mixedmig_model.results.waits.waiting import stage_waits

THIRDS = (0.3, 0.7)


def split(ds, group, shares=THIRDS):
    """A run in which one group is two: of every number of people the first part has the first share."""
    at = [str(name) for name in ds["group"].values].index(group)
    parts = []
    for number, share in enumerate(shares):
        part = ds.isel(group=[at]).assign_coords(group=[f"{group}_{number}"])
        counted = [n for n, one in part.data_vars.items() if "group" in one.dims and one.dtype.kind == "f"]
        parts.append(part.assign({name: part[name] * share for name in counted}))
    whole = [ds.isel(group=[k]) for k in range(ds.sizes["group"]) if k != at]
    by_group = [name for name, one in ds.variables.items() if "group" in one.dims]
    joined = xr.concat([one[[n for n in by_group if n in one.data_vars]] for one in (*whole, *parts)], "group")
    return joined.merge(ds.drop_dims("group"))


def assert_same(found, expected, split_by):
    for indicator in INDICATORS:
        one, other = found[indicator.key], expected[indicator.key]
        if math.isnan(other):
            assert math.isnan(one), (indicator.key, split_by)
        else:
            assert one == pytest.approx(other, rel=1e-9, abs=1e-6), (indicator.key, split_by)


@pytest.mark.parametrize("scenario", ["as_it_happened", "predictable_disembarkation_and_screening"])
def test_dividing_a_group_changes_no_indicator_of_a_solved_run(book, scenario):
    """The smallest and the largest group: of the smallest a part is easily less than the half person that counts."""
    ds = book[0].runs[scenario].load()
    expected = indicator_table(ds)
    people = np.asarray(ds["flow_departed"].sum([dim for dim in ds["flow_departed"].dims if dim != "group"]))
    names = [str(name) for name in ds["group"].values]
    for at in {int(np.argmax(people)), int(np.argmin(np.where(people > 0.0, people, np.inf)))}:
        assert_same(indicator_table(split(ds, names[at])), expected, names[at])


def few_detained(people=1.2):
    """Little more than a person of each of two groups, detained one after the other, and both let out at the end."""
    hand = Hand(90, groups={"refugee": ("international",), "child": ("other", "child")})
    hand.open("people", people, stage="registration", place="detention", group="refugee")
    hand.move("landed", 30, people, place="detention", group="child")
    return hand


def test_the_longest_detention_of_one_person_is_not_that_of_nobody():
    whole = few_detained(0.9).dataset()
    assert detention_stays(whole).longest == pytest.approx(91.0 - 0.5 / 0.9, abs=0.01)  # entered over the day before
    for parts in ((0.5, 0.5), (0.2, 0.8), (0.25, 0.25, 0.25, 0.25)):
        found = split(whole, "refugee", parts)
        assert detention_stays(found).longest == pytest.approx(detention_stays(whole).longest, abs=1e-5)


def test_the_oldest_who_wait_are_half_a_person_of_all_groups_together():
    hand = Hand(50, groups={name: ("international",) for name in ("one", "two", "three")})
    for group in hand.groups:
        hand.open("people", 0.4, stage="determination", group=group)
    backlog = stage_waits(hand.dataset(), "determination").age_of_backlog()
    # 1.2 persons entered evenly over the day before the run: half a person of them more than 51 - 0.5 / 1.2 days ago
    assert backlog.oldest == pytest.approx(51.0 - 0.5 / 1.2, abs=1e-4)


def queues_of(columns, days):
    """Queues without losses: entries and what is served of each."""
    entered, served = (np.array(part).T for part in zip(*columns, strict=True))
    waiting = np.concatenate([np.zeros((1, len(columns))), np.cumsum(entered - served, axis=0)])
    return make_queues(entered, served, np.zeros((days, len(columns))), waiting)


@st.composite
def totals(draw):
    """Entries by day of some queues, and of each the day before which all are served."""
    days = 30
    daily = st.lists(st.one_of(st.just(0.0), st.floats(0.0, 2.0)), min_size=days, max_size=days)
    columns = []
    for _ in range(draw(st.integers(1, 4))):
        entered, share = np.array(draw(daily)), draw(st.floats(0.0, 0.9))
        served = np.diff(np.concatenate([[0.0], share * np.cumsum(np.concatenate([[0.0], entered[:-1]]))]))
        columns.append((entered, served))
    return columns


@settings(max_examples=60, deadline=None, derandomize=True)
@given(totals(), st.floats(0.05, 0.95))
def test_ages_do_not_change_when_a_queue_is_divided(columns, share):
    queues = queues_of(columns, 30)
    (entered, served), rest = columns[0], columns[1:]
    divided = queues_of([(share * entered, share * served), ((1 - share) * entered, (1 - share) * served), *rest], 30)
    assert divided.longest() == pytest.approx(queues.longest(), abs=1e-4)
    assert divided.oldest_together()[-1] == pytest.approx(queues.oldest_together()[-1], abs=1e-4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(totals())
def test_the_oldest_of_all_is_half_a_person_of_the_sum_and_never_younger_than_of_a_part(columns):
    queues = queues_of(columns, 30)
    age = queues.oldest_together()
    assert queues.longest() == pytest.approx(age.max(), abs=1e-5)
    for edge in (5, 17, 31):
        waiting = queues.waiting[edge].sum()
        if waiting < 0.5:
            assert age[edge] == 0.0
            continue
        assert queues.older_than(age[edge] - 1e-4)[edge].sum() >= 0.5 - 1e-6
        assert queues.older_than(age[edge] + 1e-4)[edge].sum() <= 0.5 + 1e-3
    for column in columns:
        assert queues_of([column], 30).oldest_together()[-1] <= age[-1] + 1e-4
