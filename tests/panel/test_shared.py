"""What panels share: answers bounded in bytes, turns in a fair order, and one run for all who ask for it."""

import threading
import time

import pytest
from panel.small import small_workspace

from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.shared import KeptAnswers, Turns
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.study.responses import judged_run
from mixedmig_model.study.run import run_one

PEOPLE = 10


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    return Engines(small_workspace(tmp_path_factory.mktemp("shared")), "small")


@pytest.fixture
def counted(engines, monkeypatch):
    """The engine, and how often it solves from now on."""
    engine, solved = engines.of(None), []
    assert engine.base.digest
    solve = engine._solve

    def counting(run, notice):
        solved.append(run.digest)
        return solve(run, notice)

    monkeypatch.setattr(engine, "_solve", counting)
    return engine, solved


def state_of(engine, **change):
    return PanelState.of_message(engine.inputs, {"scenario": "base", "levers": [], "changes": [change]})


def in_threads(job, many):
    threads = [threading.Thread(target=job, args=(k,)) for k in range(many)]
    for one in threads:
        one.start()
    return threads


def test_what_was_not_used_longest_goes_where_there_is_no_room():
    kept = KeptAnswers(100)
    for k in range(3):
        kept.put(k, str(k), 40)
    assert (kept.get(0), kept.get(1), kept.get(2), kept.size) == (None, "1", "2", 80)
    kept.get(1)
    kept.put(3, "3", 40)
    assert (kept.get(2), kept.get(1)) == (None, "1")
    kept.put(1, "one", 10)
    assert (kept.get(1), kept.size, len(kept)) == ("one", 50, 2)
    kept.put(4, "too large", 101)
    assert kept.get(4) is None
    assert kept.size <= 100


def test_a_run_that_many_ask_for_is_solved_once(counted):
    engine, solved = counted
    state, found = state_of(engine, parameter="reception.places", scale=1.7), []
    for one in in_threads(lambda _: found.append(engine.of_state(state)[1]), PEOPLE):
        one.join()
    assert len(found) == PEOPLE
    assert len({one.digest for one in found}) == 1
    assert len(solved) == 1


def test_ten_people_with_settings_of_their_own_are_all_answered_within_the_bounds(counted, monkeypatch):
    engine, solved = counted
    at_once, most, lock = [], [], threading.Lock()
    solve = engine._solve

    def watched(run, notice):
        with lock:
            at_once.append(run.digest)
            most.append(len(at_once))
        try:
            return solve(run, notice)
        finally:
            with lock:
                at_once.remove(run.digest)

    monkeypatch.setattr(engine, "_solve", watched)
    arrays, found = engine.shared.arrays, []
    one_run = arrays.size // len(arrays)
    monkeypatch.setattr(arrays, "most", 3 * one_run + one_run // 2)
    for one in in_threads(lambda k: found.append(
            engine.of_state(state_of(engine, parameter="reception.places", scale=1.8 + k / 100))[1]), PEOPLE):
        one.join()
    assert len({one.digest for one in found}) == len(solved) == PEOPLE
    assert max(most) <= 4
    assert arrays.size <= arrays.most
    assert len(arrays) == 3


def test_people_who_wait_are_served_in_their_order_and_before_runs_ahead():
    turns, order, begun = Turns(1), [], []

    def ask(name, ahead):
        if ahead:
            with turns.turn(ahead=True):
                order.append(name)
            return
        with turns.asked(), turns.turn():
            order.append(name)

    with turns.asked(), turns.turn():
        for name, ahead in (("ahead", True), ("one", False), ("two", False), ("three", False)):
            begun.append(threading.Thread(target=ask, args=(name, ahead)))
            begun[-1].start()
            while turns.waiting < len(begun) - 1:
                time.sleep(0.001)
    for one in begun:
        one.join(10)
    assert order == ["one", "two", "three", "ahead"]


def test_a_run_ahead_gives_way_and_goes_on_at_once_where_it_is_wanted():
    turns, order, wanted = Turns(1), [], threading.Event()
    begun, go = threading.Event(), threading.Event()

    def ahead():
        with turns.turn(ahead=True):
            begun.set()
            go.wait(10)
            turns.give_way(wanted.is_set)
            order.append("ahead")

    running = threading.Thread(target=ahead)
    running.start()
    assert begun.wait(10)
    with turns.asked():
        go.set()
        with turns.turn():
            order.append("asked")
        wanted.set()
        turns.wake()
        running.join(10)
    assert order == ["asked", "ahead"]


def test_people_of_the_baseline_are_solved_once_for_all_numbers_of_people(counted):
    """Moves of who sets out share the run that judges them; it is the one that a report judges by."""
    engine, solved = counted
    inputs, first = engine.of_state(state_of(engine, parameter="arrivals.international_need_share", set=0.25))
    assert len(solved) == 2, "the setting, and the run in which the baseline's people depart"
    second = engine.of_state(state_of(engine, parameter="arrivals.international_need_share", set=0.75))[1]
    assert len(solved) == 3, "the run that judges both is solved once"
    run = engine.resolved(inputs, "panel")
    judged = judged_run(run, engine.resolved(inputs))
    assert judged is not run
    ds = run_one(judged)
    table = indicator_table(ds)
    assert first.numbers.judged.flat() == pytest.approx(judged_counts(ds, table).flat(), rel=1e-9, nan_ok=True)
    for key, value in first.numbers.held.items():
        assert value == pytest.approx(table[key], rel=1e-9, nan_ok=True), key
        assert second.numbers.held[key] == pytest.approx(value, nan_ok=True), key
    own = indicator_table(run_one(run))
    assert any(first.numbers.table[key] != pytest.approx(table[key], nan_ok=True) for key in first.numbers.table)
    for key, value in first.numbers.table.items():
        assert value == pytest.approx(own[key], rel=1e-9, nan_ok=True), key


def test_numbers_of_other_people_and_another_change_are_held_next_to_that_change_alone(counted):
    engine, solved = counted
    places = {"parameter": "reception.places", "scale": 0.6}
    alone = engine.of_state(state_of(engine, **places))[1]
    assert alone.numbers.held == alone.numbers.table
    both = PanelState.of_message(engine.inputs, {"scenario": "base", "levers": [], "changes": [
        places, {"parameter": "arrivals.international_need_share", "set": 0.3}]})
    found = engine.of_state(both)[1]
    assert len(solved) == 3
    for key, value in alone.numbers.table.items():
        assert found.numbers.held[key] == pytest.approx(value, rel=1e-9, nan_ok=True), key
    assert found.numbers.judged.flat() == pytest.approx(alone.numbers.judged.flat(), rel=1e-9, nan_ok=True)
    assert found.numbers.table != found.numbers.held


def test_a_run_kept_for_another_state_has_the_words_of_the_one_that_asks(counted):
    engine, solved = counted
    first = engine.of_state(state_of(engine, parameter="reception.places", scale=1.4))[0]
    again = engine.resolved(first, "panel")
    found = engine.kept(again)
    assert found is not None
    assert found.numbers.run is again
    assert len(solved) == 1
