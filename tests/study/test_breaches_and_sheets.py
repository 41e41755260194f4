"""A breach can never raise a sheet: over random ledgers, with runs that any leak of an order would change."""

import zlib
from dataclasses import dataclass, replace

import pytest
from exercise_files import NAME, write_exercise
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.record.exercise.sheets import craft_sheet
from mixedmig_model.study.exercise import scores
from mixedmig_model.study.exercise.ledger import Expected
from mixedmig_model.study.exercise.session import new_session, orders_in_force

ROUNDS = 4
LEVERS = (("immigration", "registration.officers"), ("reception", "reception.tent_places"), ("rescue", "sar"),
          ("rescue", "journey.refused_share"), ("immigration", "detention.detained_share"))


@pytest.fixture(scope="module")
def inputs(workspace, tmp_path_factory):
    found = read_exercise(write_exercise(workspace, tmp_path_factory.mktemp("exercise")), NAME)
    asking = [one.model_copy(update={"asks": "Answer.", "due_minutes": 10}) for one in found.exercise.injects]
    return replace(found, exercise=found.exercise.model_copy(update={"injects": tuple(asking)}))


@dataclass(frozen=True)
class MarkedRun:
    """A run that stands for exactly the orders and injects that act in it."""

    mark: int


class MarkedRuns:
    """Runs without a model: another order, value, round or inject makes another number."""

    def played(self, orders, released, number, scenario=""):
        acting = sorted((one.key, one.value, one.round, one.countries) for one in orders)
        struck = sorted((one.inject.id, one.round) for one in released)
        return MarkedRun(zlib.crc32(repr((acting, struck, number)).encode()))


def holds(session, runs, run, inject, number):
    return inject.when is not None and (run.mark >> 7) % 5 == 0


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    monkeypatch.setattr(scores, "condition_holds", holds)
    monkeypatch.setattr(scores, "_came", lambda session, runs, run, expected: run.mark % 100)
    monkeypatch.setattr(scores, "_latest", lambda session, runs, team, event, orders: 1 + runs.played(
        orders, scores._released(session, runs, team), 9).mark % ROUNDS)


MOVES = st.lists(st.one_of(
    st.tuples(st.just("order"), st.sampled_from(LEVERS), st.integers(0, 9), st.booleans(), st.booleans()),
    st.tuples(st.just("answer"), st.sampled_from(("press_asks", "crowded", "strike")), st.integers(0, 24)),
    st.tuples(st.just("forecast"), st.integers(0, 90), st.integers(1, ROUNDS)),
), max_size=4)


def session_of(inputs, folder, rounds, lawful):
    """Play a script, with or without its orders that breach: conditions are tested on the run as it is played."""
    session, runs = new_session(inputs, "s", folder, ("red",)), MarkedRuns()
    by = {"team": "red"}
    for number, moves in enumerate(rounds, 1):
        came = {one.inject for one in session.of_team("red", "inject")}
        for name, at in (("press_asks", 1), ("strike", 2)):
            if at == number:
                session = session.added(kind="inject", inject=name, minute=0, **by)
                came.add(name)
        for kind, *told in moves:
            if kind == "answer" and told[0] in came:
                session = session.added(kind="answer", role="rescue", inject=told[0], minute=told[1], text="So.", **by)
            elif kind == "forecast":
                session = session.added(kind="forecast", role="rescue", expected=Expected(
                    quantity="stranded", low=told[0], high=told[0] + 10, round=max(told[1], number)), **by)
            elif kind == "order":
                session = with_order(session, *told, lawful=lawful)
        session = session.added(kind="advance", minute=25)
        orders = tuple(one for one in orders_in_force(session, "red") if one.round <= number)
        run = runs.played(orders, tuple(one for one in session.released("red") if one.round <= number), number)
        for inject in inputs.exercise.injects:
            there = {one.inject for one in session.of_team("red", "inject")}
            if number < ROUNDS and inject.id not in there and holds(session, runs, run, inject, number):
                session = session.added(kind="inject", inject=inject.id, minute=0, **by)
    return session


def with_order(session, lever, value, breaching, signed, *, lawful):
    if breaching and lawful:
        return session
    role, key = lever
    expected = Expected(quantity="stranded", low=0, high=99, round=ROUNDS) if breaching else None
    session = session.added(kind="order", team="red", role=role, key=key, value=float(value), text="So.",
                            breaches=("refused_disembarkation",) if breaching else (), expected=expected)
    if breaching and signed:
        session = session.added(kind="sign", team="red", role=role, of=session.events[-1].number, text="So.")
    return session


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MOVES, min_size=ROUNDS, max_size=ROUNDS))
def test_whatever_is_ordered_a_breach_never_raises_craft(inputs, tmp_path, rounds):
    runs = MarkedRuns()
    bad, good = (craft_sheet(session_of(inputs, tmp_path, rounds, lawful), runs, "red") for lawful in (False, True))
    assert [one.text for one in bad.decisions] == [one.text for one in good.decisions]
    assert [one.text for one in bad.forecasts] == [one.text for one in good.forecasts]
    assert [one.inject for one in bad.injects] == [one.inject for one in good.injects]
    for ours, theirs in zip(bad.injects, good.injects, strict=True):
        assert (ours.in_time, ours.minutes is not None) <= (theirs.in_time, theirs.minutes is not None)


def test_a_breach_that_keeps_an_inject_away_or_calls_one_counts_for_nothing(inputs, tmp_path):
    """Two scripts of one breach: one keeps the inject with a condition away, one calls it and answers it in time."""
    seen = set()
    for value in range(100):
        breach = ("order", LEVERS[3], value % 10, True, True)
        rounds = [[breach, ("order", LEVERS[0], value // 10, False, False)], [("answer", "crowded", 5)], [], []]
        ours, theirs = (session_of(inputs, tmp_path, rounds, lawful) for lawful in (False, True))
        came = ["crowded" in {one.inject for one in session.of_team("red", "inject")} for session in (ours, theirs)]
        listed = [[one.inject for one in scores.handled_injects(session, MarkedRuns(), "red")]
                  for session in (ours, theirs)]
        assert listed[0] == listed[1]
        seen.add(tuple(came))
    assert {(True, False), (False, True)} <= seen


def test_such_runs_would_show_a_leak(inputs, tmp_path, monkeypatch):
    """With orders that breach let in, the property fails: it can fail."""
    monkeypatch.setattr(scores, "orders_in_force", lambda session, team, breaching=True: orders_in_force(session, team))
    rounds = [[("order", LEVERS[0], 3, False, False), ("order", LEVERS[3], 5, True, True),
               ("forecast", 20, 1), ("forecast", 60, 2)], [], [], []]
    bad, good = (craft_sheet(session_of(inputs, tmp_path, rounds, lawful), MarkedRuns(), "red")
                 for lawful in (False, True))
    assert bad != good
