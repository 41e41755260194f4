"""Sessions of an exercise: rounds, orders, signatures, returns, replays, and files that go on where they stopped."""

import json

import numpy as np
import pytest
import xarray as xr
from exercise_files import EXERCISE, NAME, write_exercise

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.inputs.observations.quantities import quantity_of
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.record.exercise.screens import breach_strip, role_view
from mixedmig_model.record.exercise.sheets import craft_sheet, happened_sheet, rights_sheet
from mixedmig_model.record.schema.base import strict_text
from mixedmig_model.study.exercise import files, moves
from mixedmig_model.study.exercise.ledger import Expected
from mixedmig_model.study.exercise.orders import Order, Released, with_orders
from mixedmig_model.study.exercise.outcomes import breach_histories, replayed
from mixedmig_model.study.exercise.returns import amount
from mixedmig_model.study.exercise.rounds import played, released_by_hand, ticked
from mixedmig_model.study.exercise.runs import ExerciseRuns, hidden_values
from mixedmig_model.study.exercise.scores import handled_injects, interval_score, scored_forecasts, timed_decisions
from mixedmig_model.study.exercise.session import orders_in_force

TWO = EXERCISE.replace("  - {days: 28, minutes: 25}\n  - {days: 28, minutes: 25}\nobjectives", "objectives").replace(
    "start: 2018-05-14", "start: 2018-07-09")
REFUSE = {"role": "rescue", "key": "journey.refused_share", "value": 0.5, "why": "An order from above."}
HIRE = {"role": "immigration", "key": "registration.officers", "value": 20.0, "why": "The surge."}


@pytest.fixture(scope="module")
def inputs(workspace, tmp_path_factory):
    return read_exercise(write_exercise(workspace, tmp_path_factory.mktemp("exercise"), TWO), NAME)


@pytest.fixture(scope="module")
def runs(inputs):
    return ExerciseRuns(inputs)


def first_round(session, runs):
    """The moves of round 1: an order with a forecast, one that breaches and is signed, one that is not, an answer."""
    expected = Expected(quantity="awaiting_registration", low=0, high=300, round=2)
    session = moves.ordered(session, runs, team="red", expected=expected, **HIRE)
    session = moves.ordered(session, runs, team="red", role="reception", key="reception", value=0.5, why="Beds.")
    session = moves.ordered(session, runs, team="green", **REFUSE)
    number = session.events[-1].number
    session = moves.signed(session, order=number, team="green", role="rescue", reason="It is an order.")
    session = ticked(moves.ordered(session, runs, team="blue", **REFUSE), 5)
    return moves.answered(session, team="red", role="rescue", text="Nine.", inject="press_asks", minute=9)


def second_round(session, runs):
    session = moves.ordered(session, runs, team="red", role="reception", key="reception", value=1.0, why="More beds.")
    return moves.forecast(session, team="blue", role="reception", minute=3,
                          expected=Expected(quantity="without_shelter", low=0, high=1, round=2, country="harbourland"))


@pytest.fixture(scope="module")
def whole(inputs, runs, tmp_path_factory):
    """A session of two rounds, played in one go."""
    session = files.start_session(inputs, tmp_path_factory.mktemp("reports"), "whole", ("red", "green", "blue"))
    session = files.advance_session(first_round(session, runs), runs)
    return files.advance_session(second_round(session, runs), runs)


def test_stopped_and_gone_on_is_the_same_as_uninterrupted(inputs, whole, tmp_path):
    files.start_session(inputs, tmp_path, "parts", ("red", "green", "blue"))
    files.keep(first_round(files.open_session(inputs, tmp_path, "parts"), ExerciseRuns(inputs)))
    files.advance_session(files.open_session(inputs, tmp_path, "parts"), ExerciseRuns(inputs))
    files.keep(second_round(files.open_session(inputs, tmp_path, "parts"), ExerciseRuns(inputs)))
    parts = files.advance_session(files.open_session(inputs, tmp_path, "parts"), ExerciseRuns(inputs))
    assert parts.events == whole.events
    for team in whole.teams:
        for number in (1, 2):
            one, other = (session.folder / "states" / team / f"round-{number}" for session in (whole, parts))
            assert one.with_suffix(".json").read_text() == other.with_suffix(".json").read_text()
            with xr.open_dataset(one.with_suffix(".nc")) as first, xr.open_dataset(other.with_suffix(".nc")) as second:
                for name in first.data_vars:
                    if first[name].dtype.kind == "f":
                        np.testing.assert_allclose(first[name].values, second[name].values, rtol=0, atol=1e-9)


def test_what_comes_later_changes_nothing_before(inputs, runs, whole):
    """The state after round 1 is the first part of the state after round 2, though orders came in between."""
    first = runs.dataset(played(whole, runs, "red", 1).run, 1)
    second = runs.dataset(played(whole, runs, "red", 2).run, 2)
    days = runs.days(1)
    assert len(second.day) == days + 28 + 1
    for name in ("daily_people", "daily_flow", "daily_adrift"):
        np.testing.assert_allclose(first[name].values, second[name].values[: len(first[name])], rtol=0, atol=1e-9)


def test_a_lever_that_is_raised_goes_on_until_the_new_intensity_takes_effect(inputs):
    """The lever reception opens a third more places 30 days after its order."""
    orders = (Order("reception", 0.5, 1, ("harbourland",)), Order("reception", 1.0, 2, ("harbourland",)))
    _, run = ExerciseRuns(inputs).resolved(orders, ())
    _, bare = ExerciseRuns(inputs).resolved((), ())
    first = (inputs.exercise.start - inputs.case.case.start).days
    at = [float(run.parameters["reception.places"].at(day)[0] / bare.parameters["reception.places"].at(day)[0])
          for day in (first + 29, first + 30, first + 57, first + 58)]
    assert at == pytest.approx([1.0, 1.165, 1.165, 1.33])
    called_off = (*orders, Order("reception", 0.0, 2, ("harbourland",), number=9))
    _, run = ExerciseRuns(inputs).resolved(called_off, ())
    assert run.parameters["reception.places"].at(first + 58)[0] == bare.parameters["reception.places"].at(first + 58)[0]


def test_an_order_of_an_input_overrules_the_scenario_in_its_country_alone(inputs):
    """The scenario hires screeners by date; from round 2 on the order holds in Harbourland."""
    _, bare = ExerciseRuns(inputs).resolved((), ())
    _, run = ExerciseRuns(inputs).resolved((Order("registration.officers", 33.0, 2, ("harbourland",)),), ())
    begun = (inputs.exercise.start - inputs.case.case.start).days + 28
    for day in (begun - 1, begun, begun + 100):
        ours, theirs = (one.parameters["registration.officers"].at(day) for one in (run, bare))
        assert ours[1] == theirs[1]
        assert ours[0] == (33.0 if day >= begun else theirs[0])


def test_an_inject_strikes_for_its_days_and_is_over(inputs):
    inject = inputs.injects["strike"]
    _, bare = ExerciseRuns(inputs).resolved((), ())
    _, run = ExerciseRuns(inputs).resolved((), (Released(inject, 2),))
    begun = (inputs.exercise.start - inputs.case.case.start).days + 28
    name = "interpretation.interpreters"
    factors = [run.parameters[name].at(day)[0] / bare.parameters[name].at(day)[0] for day in
               (begun - 1, begun, begun + 13, begun + 14)]
    assert factors == pytest.approx([1.0, 0.5, 0.5, 1.0])
    assert with_orders(inputs, "most_likely", (), (Released(inject, 2),)).scenario("exercise_team").changes


def test_an_order_that_adds_a_breach_is_held_until_it_is_signed(whole, runs):
    held = next(one for one in whole.of_team("blue", "order"))
    assert held.breaches == ("refused_disembarkation",)
    assert [one.breaches for one in whole.of_team("red", "order")] == [(), (), ()]
    assert orders_in_force(whole, "blue") == ()
    assert played(whole, runs, "blue", 2).table["refused_disembarkation"] == 0.0
    assert played(whole, runs, "green", 2).table["refused_disembarkation"] > 1.0
    sheet = rights_sheet(whole, runs, "green")
    line = next(one for one in sheet.breaches if one.key == "refused_disembarkation")
    assert (line.signed[0].signer, line.signed[0].reason, line.ended) == ("rescue", "It is an order.", None)
    assert [one.order for one in rights_sheet(whole, runs, "blue").lapsed] == [held.number]
    assert rights_sheet(whole, runs, "red").text == "The decisions of this team added no breach."
    assert breach_histories(whole, runs, "red")[0].signed == ()


@pytest.mark.parametrize("value", [0.1, 0.9])
def test_a_breach_never_raises_a_sheet(whole, runs, inputs, value):
    """Whatever is signed: craft stays as it was, and what happened is not called better."""
    before = files.ExerciseSession(inputs, "two", whole.folder, whole.events)
    before = moves.undone(before, back_to=2)
    made = moves.ordered(before, runs, team="red", **{**REFUSE, "value": value})
    made = moves.signed(made, order=made.events[-1].number, team="red", role="rescue", reason="It is an order.")
    after, before = (one.added(kind="advance", minute=25) for one in (made, before))
    assert craft_sheet(after, runs, "red") == craft_sheet(before, runs, "red")
    own = {name: next(one for one in happened_sheet(session, runs, "red").runs if one.name == "red")
           for name, session in (("after", after), ("before", before))}
    assert own["before"].ranked
    assert not own["after"].ranked
    assert not own["after"].better_on_all
    assert own["after"].sentence.startswith("Not ranked")
    assert len(rights_sheet(after, runs, "red").breaches) > len(rights_sheet(before, runs, "red").breaches)


def test_returns_are_late_and_undercounted(whole, runs, inputs):
    view = role_view(whole, runs, "red", "immigration")
    ds = runs.dataset(played(whole, runs, "red", 2).run, 2)
    row = next(one for one in view.returns if one.quantity == "awaiting_registration")
    true = amount(inputs, ds, quantity_of("awaiting_registration"), 2, ("harbourland",), lag=7)
    assert row.values[2] == pytest.approx(0.9 * true)
    assert len(row.values) == 3
    assert true != pytest.approx(amount(inputs, ds, quantity_of("awaiting_registration"), 2, ("harbourland",)))
    cash = role_view(whole, runs, "red", "reception").cash[0]
    assert (cash.payer, cash.given) == ("host_central", 500000.0)
    assert cash.committed > 0.0
    spent = role_view(whole, runs, "red", "rescue").returns[-1]
    assert (spent.quantity, spent.unit) == ("cost", "USD")
    assert min(spent.values[1:]) > 0.0
    strip = {one.key: one.value for one in breach_strip(whole, runs, "green")}
    assert strip["refused_disembarkation"] > 1.0


def test_hidden_inputs_are_drawn_by_the_seed_and_reach_no_role(whole, runs, inputs):
    value = hidden_values(inputs)["journey.mortality"]
    assert value == hidden_values(inputs)["journey.mortality"]
    assert 0.004 <= value <= 0.02
    run = played(whole, runs, "red", 2).run
    assert float(run.parameters["journey.mortality"].at(0.0)[0]) == value
    ledger = (whole.folder / "ledger.jsonl").read_text(encoding="utf-8")
    for role in ("immigration", "reception", "rescue"):
        text = strict_text(role_view(whole, runs, "red", role))
        for hidden in (repr(value), f"{value:.6g}", "journey.mortality", "A number, a range"):
            assert hidden not in text
            assert hidden not in ledger


def test_injects_come_by_the_clock_by_a_condition_and_where_nobody_answered(whole, runs):
    came = {team: {one.inject: (one.round, one.minute) for one in whole.of_team(team, "inject")}
            for team in whole.teams}
    assert came["red"] == {"press_asks": (1, 5), "crowded": (2, 0), "strike": (2, 0)}
    assert came["green"]["press_again"] == (1, 25)
    again = released_by_hand(whole, "press_again", "red", 3)
    assert again.events[-1].inject == "press_again"
    assert released_by_hand(again, "press_again", "red", 4).events == again.events
    assert [(one.minutes, one.in_time) for one in handled_injects(whole, runs, "red")] == [(4, True)]
    assert [one.in_time for one in handled_injects(whole, runs, "green")] == [False]


def test_forecasts_are_scored_by_the_interval_score(whole, runs):
    assert interval_score(Expected(quantity="x", low=2, high=5, round=1), 3.0) == 3.0
    assert interval_score(Expected(quantity="x", low=2, high=5, round=1), 6.0) == pytest.approx(3.0 + 20.0)
    assert interval_score(Expected(quantity="x", low=2, high=5, round=1, level=0.5), 0.0) == pytest.approx(3.0 + 8.0)
    found, = scored_forecasts(whole, runs, "red")
    assert found.inside
    assert found.score == 300.0
    missed, = scored_forecasts(whole, runs, "blue")
    assert not missed.inside
    assert missed.score > 1.0
    decisions = {one.event.key: one for one in timed_decisions(whole, runs, "red")}
    assert decisions["reception"].in_time


def test_undo_and_replay_with_one_decision_changed(whole, runs):
    back = moves.undone(whole, back_to=2)
    assert (back.round, back.played) == (2, 1)
    assert back.valid[-1].kind == "advance"
    assert len(back.events) > len(whole.events)
    assert moves.undone(back).played == 0
    number = next(one.number for one in whole.of_team("red", "order") if one.value == 0.5)
    before, after, found = replayed(whole, runs, "red", order=number, number=2, value=None)
    assert after.table["without_shelter_days"] > before.table["without_shelter_days"]
    assert found.named("worse")


REFUSED = {
    "unknown team": ({**HIRE, "team": "rde"}, "order: team: unknown team; found 'rde'; allowed: blue, green, red; did"),
    "unknown role": ({**HIRE, "role": "customs"}, "order: role: unknown role; found 'customs'"),
    "a lever of another role": (
        {**HIRE, "key": "sar"}, "key: unknown lever or input of the role immigration; found 'sar'"),
    "beyond the limits": ({**HIRE, "value": 99.0}, "value: outside the limits of the role; found 99; allowed: 0 to 40"),
    "another country": ({**HIRE, "countries": ("northmark",)}, "countries: not a country of the role immigration"),
    "no reason": ({**HIRE, "why": " "}, "why: an order without a reason; allowed: words"),
    "unknown quantity": (
        {**HIRE, "expected": Expected(quantity="in_recption", low=0, high=1, round=1)},
        "expected.quantity: unknown quantity; found 'in_recption'"),
    "a largest number": (
        {**HIRE, "expected": Expected(quantity="peak_stranded", low=0, high=1, round=1)},
        "expected.quantity: the largest number of a period cannot be followed"),
    "a round that is over": (
        {**HIRE, "expected": Expected(quantity="in_reception", low=0, high=1, round=9)},
        "expected.round: not a round still to be played; found 9; allowed: 1 to 2"),
}


@pytest.fixture
def fresh(inputs, tmp_path):
    return files.start_session(inputs, tmp_path, "fresh", ("red", "green", "blue"))


@pytest.mark.parametrize("name", REFUSED)
def test_an_order_that_is_not_allowed_is_refused(name, fresh, runs):
    given, message = REFUSED[name]
    with pytest.raises(InputFaultsError) as refused:
        moves.ordered(fresh, runs, **{"team": "red", **given})
    assert message in str(refused.value)


def test_other_moves_that_are_not_allowed_are_refused(fresh, whole, runs, inputs, tmp_path):
    def refuses(message, move, *args, **given):
        with pytest.raises(InputFaultsError) as refused:
            move(*args, **given)
        assert message in str(refused.value)

    refuses("no held order of the team has this number; found 4; allowed: none is held", moves.signed, fresh,
            order=4, team="red", role="rescue", reason="So.")
    refuses("reason: a signature without a reason", moves.signed, fresh, order=4, team="red", role="rescue",
            reason="")
    refuses("inject: unknown inject of the team; found 'strike'", moves.answered, fresh, team="red", role="rescue",
            text="Yes.", inject="strike")
    refuses("text: a message without words", moves.answered, fresh, team="red", role="rescue", text="")
    refuses("mark: unknown mark; found 'A'; allowed: M, P, S, U", moves.observed, fresh, team="red",
            objective="answer", mark="A", note="x")
    refuses("note: a mark without a note", moves.observed, fresh, team="red", objective="answer", mark="P", note="")
    refuses("text: a sentence without words", moves.sentenced, fresh, team="red", text="")
    refuses("nothing to undo", moves.undone, fresh)
    refuses("not a round that was begun; found 3; allowed: 1 to 1", moves.undone, fresh, back_to=3)
    refuses("all rounds of the session were played", moves.ordered, whole, runs, team="red", **HIRE)
    refuses("all rounds of the session were played", files.advance_session, whole, runs)
    refuses("no round was played yet", breach_histories, fresh, runs, "red")
    refuses("nothing is changed", replayed, whole, runs, "red", order=2, number=None, value=None)
    refuses("not a round that was played; found 7; allowed: 1 to 2", replayed, whole, runs, "red", order=2, number=7,
            value=None)
    refuses("outside the limits of the role; found 99; allowed: 0 to 40", replayed, whole, runs, "red", order=2,
            number=None, value=99.0)
    refuses("no order of the team in force has this number; found 99", replayed, whole, runs, "red", order=99, number=1,
            value=None)
    refuses("expected.high", moves.expected_of, "order",
            {"quantity": "in_reception", "low": 1.0, "round": 1})
    refuses("the lower end is above the upper one", moves.expected_of, "order",
            {"quantity": "in_reception", "low": 2.0, "high": 1.0, "round": 1})
    refuses("the session exists; found 'fresh'", files.start_session, inputs, tmp_path, "fresh", ("red",))
    refuses("not a valid name", files.start_session, inputs, tmp_path, "../out", ("red",))
    refuses("the name is used by the exercise itself; found 'facilitator'", files.start_session, inputs, tmp_path, "x",
            ("facilitator",))
    refuses("not a list of teams; found a name twice", files.start_session, inputs, tmp_path, "x", ("a", "a"))
    refuses("reserved by Windows", files.start_session, inputs, tmp_path, "con", ("a",))
    refuses("unknown session; found 'frsh'; allowed: fresh; did you mean 'fresh'", files.open_session, inputs, tmp_path,
            "frsh")


LINES = {
    "not json": ("no", "ledger.jsonl:2: not JSON; allowed: one event a line"),
    "a gap": ('{"number": 3, "kind": "advance", "round": 1}', "events are missing or out of order"),
    "another kind": ('{"number": 2, "kind": "pay", "round": 1}', "kind: not one of the allowed values"),
    "an unknown key": ('{"number": 2, "kind": "advance", "round": 1, "eval": "x"}', "eval"),
    "an unknown team": ('{"number": 2, "kind": "sentence", "round": 1, "team": "x", "text": "y"}',
                        "unknown team; found 'x'"),
    "another's lever": (
        '{"number": 2, "kind": "order", "round": 1, "team": "red", "role": "rescue", "key": "law", "value": 1}',
        "no lever or input of the role; found 'law'"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_ledger_that_was_changed_by_hand_is_refused(name, fresh, inputs, tmp_path):
    line, message = LINES[name]
    ledger = fresh.folder / "ledger.jsonl"
    ledger.write_text(f"{ledger.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(InputFaultsError) as refused:
        files.open_session(inputs, tmp_path, "fresh")
    assert message in str(refused.value)


def test_a_session_does_not_go_on_with_other_inputs(fresh, workspace, tmp_path):
    other = read_exercise(write_exercise(workspace, tmp_path / "other", TWO.replace("seed: 7", "seed: 8")), NAME)
    with pytest.raises(InputFaultsError, match="the exercise, its case or the shared files changed since the session"):
        files.open_session(other, tmp_path, "fresh")
    first = json.loads((fresh.folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["teams"] == ["red", "green", "blue"]
    text = "{}\n"
    (fresh.folder / "ledger.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(InputFaultsError, match="number"):
        files.open_session(other, tmp_path, "fresh")


SAR = "      - {lever: sar, most: 1}\n"
AGREED = TWO.replace(SAR, f"{SAR}      - {{lever: reception, most: 1}}\n")


@pytest.mark.parametrize(("rule", "acting"), [("agree", [0.7]), ("last", [0.7, 0.3, 0.7])])
def test_what_two_roles_share_follows_their_rule(rule, acting, workspace, tmp_path):
    text = AGREED.replace("shared: []", f"shared: [{{lever: reception, rule: {rule}}}]")
    inputs = read_exercise(write_exercise(workspace, tmp_path, text), NAME)
    session = files.start_session(inputs, tmp_path, "a", ("red",))
    for role, value in (("reception", 0.7), ("rescue", 0.3), ("rescue", 0.7)):
        session = session.added(kind="order", team="red", role=role, key="reception", value=value, text="So.",
                                countries=("harbourland",))
    assert [one.value for one in orders_in_force(session, "red")] == acting
