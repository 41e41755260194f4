"""Scenarios beside a baseline: where queues go, what falls in one country and rises in another, how it is shared."""

import pytest
from hand_dataset import Hand

from mixedmig_model.results.compare import QUEUES, bottleneck, moved_queues, people_by_outcome, sharing, shifts


def queues(**persons):
    return {stage: persons.get(stage, 0.0) for stage in QUEUES}


def test_a_queue_goes_where_others_grow_by_a_tenth_of_it_the_largest_first():
    moved = moved_queues(queues(screening=100.0, appeal=10.0, determination=50.0),
                         queues(screening=40.0, appeal=16.5, determination=90.0, referral=5.0))
    assert bottleneck("screening", moved) == ("determination", "appeal")  # referral: less than a tenth of 60
    assert bottleneck("determination", moved) == ()  # it did not lose
    assert bottleneck("return", queues(**{"return": -0.5})) == ()


COUNTRIES = ("here", "there")


def ledger(**entries):
    return {name: entries.get(name, [0.0, 0.0]) for name in
            ("hosted_at_end", "landed", "arrived_from_countries", "transferred_in", "regularised")}


def test_people_moved_to_a_neighbour_are_seen():
    found = shifts(ledger(hosted_at_end=[700.0, 900.0], landed=[50.0, 60.0]),
                   ledger(hosted_at_end=[1000.0, 650.0], landed=[50.2, 60.0]), COUNTRIES,
                   {"here": 1e6, "there": 9e6}, {"here": 4e6, "there": 5e6})
    assert [shift.measure for shift in found] == ["hosted_at_end", "cost"]
    assert (found[0].fell, found[0].rose) == ({"here": -300.0}, {"there": 250.0})
    assert (found[1].fell, found[1].rose) == ({"here": -3e6}, {"there": 4e6})


def test_a_fall_everywhere_or_within_a_hair_is_no_shift():
    assert shifts(ledger(hosted_at_end=[700.0, 600.0]), ledger(hosted_at_end=[1000.0, 650.0]), COUNTRIES) == []
    assert shifts(ledger(hosted_at_end=[99_990.0, 600.0]), ledger(hosted_at_end=[100_000.0, 500.0]), COUNTRIES) == []
    assert shifts(ledger(), ledger(), COUNTRIES, {"here": 500.0, "there": 0.0}, {"here": 0.0, "there": 500.0}) == []


def test_the_sharing_index_comes_with_its_key_and_who_hosts():
    hand = Hand(10, COUNTRIES)
    hand.opening["people"][1, 1, 0] = [30.0, 10.0]  # one stage, one place, one group: hosted three to one
    found = sharing(hand.dataset())
    assert found["weights"] == {"here": 1.0, "there": 1.0}
    assert found["key"] == {"here": 0.5, "there": 0.5}
    assert found["hosted"] == pytest.approx({"here": 0.75, "there": 0.25})
    assert found["index"] == pytest.approx(0.75)  # 1 - (|0.75 - 0.5| + |0.25 - 0.5|) / 2


def test_people_by_outcome_sum_to_all_of_them():
    hand = Hand(3, COUNTRIES)
    hand.opening["people"][1, 1, 0] = [30.0, 10.0]
    hand.opening["people"][2, 1, 4] = [0.0, 5.0]
    found = people_by_outcome(hand.dataset())
    for row in found.values():
        assert row["all"] == pytest.approx(sum(value for need, value in row.items() if need != "all"))
    assert sum(row["all"] for row in found.values()) == pytest.approx(45.0)
