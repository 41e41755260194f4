"""What a panel answers: every message of the protocol, on one small case."""

import json
import struct
import threading

import numpy as np
import pytest
from panel.small import small_workspace

from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.panel import ahead as solving_ahead
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.messages import Reply
from mixedmig_model.present.panel.session import Session, fault_words
from mixedmig_model.record.panel.said import shown_indicators
from mixedmig_model.record.verdicts import judged_option
from mixedmig_model.record.words.judged.sentence import About
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.study.responses import made_breaches
from mixedmig_model.study.run import run_one

NONE = {"scenario": "base", "levers": [], "changes": []}


def with_change(**change):
    return {**NONE, "changes": [change]}


CLOSED = with_change(parameter="screening.officers", scale=0)
REFUSED = with_change(parameter="journey.refused_share", set=0.5)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    option = "changes:\n  - {parameter: screening.officers, scale: 2, reason: more}\n"
    return small_workspace(tmp_path_factory.mktemp("panel"), option=option)


@pytest.fixture(scope="module")
def engines(root):
    found = Engines(root, "small")
    found.prepare()
    return found


@pytest.fixture
def session(engines):
    made = Session(engines.of, Files(None))
    yield made
    made.close()


def ask(session, **message):
    """The last answer to a message; headers are read back from the frame as a browser reads them."""
    found = list(session.answer(message))
    return opened(found[-1].frame()) if found else None


def opened(frame):
    length = struct.unpack("<I", frame[:4])[0]
    header = json.loads(frame[4 : 4 + length])
    at, buffers = 4 + length, []
    for size in header["buffers"]:
        buffers.append(frame[at : at + size])
        at += size
    assert at == len(frame)
    return header, buffers


def test_hello_has_everything_to_draw_a_case(session, engines):
    header, (lines, rows) = ask(session, type="hello", id=7, version=1)
    engine = engines.of(None)
    assert (header["type"], header["id"], header["case"], header["baseline"]) == ("hello", 7, "small", "base")
    assert header["digest"] == resolve(engine.inputs).digest
    assert [one["name"] for one in header["countries"]] == ["north", "south"]
    assert [one["name"] for one in header["scenarios"]] == ["base", "option"]
    ranks = [one["rank"] for one in header["inputs"]]
    assert ranks[:10] == list(range(1, 11))
    assert set(ranks[10:]) == {None}
    view = next(one for one in header["views"] if one["key"] == header["first_view"])
    points = sum(len(one["series"]) * (header["days"] + 1) for one in view["charts"])
    assert len(lines) == 4 * points
    assert len(rows) == 8 * len(header["rows"])
    kinds = [one["kind"] for one in header["rows"]]
    assert kinds == sorted(kinds, key=("breach", "harm", "headline", "cost").index)
    groups = {one["name"] for one in header["groups"]}
    assert {one["group"] for one in header["inputs"]} <= groups


def test_hello_tells_how_far_it_is(engines):
    session = Session(engines.of, Files(None))
    found = [reply.header for reply in session.answer({"type": "hello", "id": 1, "version": 1})]
    assert [one["type"] for one in found] == ["progress"] * (len(found) - 1) + ["hello"]
    assert (found[0]["done"], found[0]["of"], found[0]["text"]) == (0, 0, "The workspace is read.")
    assert {one["text"] for one in found[1:-1]} <= {
        "The case is solved.", "Inputs are ordered by their effect in this case."}


def test_a_run_has_lines_numbers_and_words(session, engines):
    header, (lines, rows) = ask(session, type="set", seq=3, state=CLOSED, view="people")
    inputs = engines.of(None).inputs
    assert (header["type"], header["seq"], header["view"], header["set"]) == ("run", 3, "people", 1)
    assert set(header["ms"]) == {"resolve", "solve", "numbers", "words", "all", "cached"}
    numbers = dict(zip((one.key for one in shown_indicators(inputs)), np.frombuffer(rows, "<f8"), strict=False))
    proposed = session._state(CLOSED).proposed(inputs)
    ds = run_one(resolve(proposed, "panel"))
    assert header["digest"] == ds.attrs["input_digest"]
    table = indicator_table(ds)
    for key, value in numbers.items():
        assert value == pytest.approx(table[key], rel=1e-9, nan_ok=True), key
    people = np.frombuffer(lines, "<f4").reshape(-1, inputs.days + 1)
    assert people[0] == pytest.approx(ds["daily_adrift"].values.reshape(inputs.days + 1, -1).sum(axis=1), rel=1e-5)
    assert people[1] == pytest.approx(ds["daily_people"].sum(("stage", "place", "country")).values, rel=1e-5)
    assert people[2] == pytest.approx(
        ds["daily_people"].sel(place="unsheltered").sum(("stage", "country")).values, rel=1e-5, abs=1e-4)


def test_the_words_of_a_run_are_those_of_a_report(session, engines):
    header, _ = ask(session, type="set", seq=1, state=CLOSED, view="people")
    inputs = engines.of(None).inputs
    run, base = resolve(session._state(CLOSED).proposed(inputs), "panel"), resolve(inputs)
    counts = {"default": judged_counts(run_one(run))}, {"default": judged_counts(run_one(base))}
    said = judged_option(*counts, made_breaches(run, base), About({"north": "North", "south": "South"}))
    words = header["words"]
    assert words["sentence"].split(". ")[0] == said.sentence.split(". ")[0]
    texts = {one["key"]: row for one, row in zip(hello(session)["rows"], words["rows"], strict=True)}
    for harm in said.harms:
        assert texts[harm.key][1:] == [harm.text, harm.word], harm.key
    for breach in said.breaches:
        assert texts[breach.key][1:] == [breach.text, breach.word], breach.key


def hello(session):
    return ask(session, type="hello", id=1, version=1)[0]


def test_closed_screening_is_a_warning_and_not_praise(session):
    words = ask(session, type="set", seq=1, state=CLOSED, view="people")[0]["words"]
    assert any("people are screened" in text and text.endswith("become 0.") for text in words["warnings"])
    assert not words["better_on_all"]


def test_a_breach_that_is_added_leads_the_strip_and_is_not_ranked(session):
    words = ask(session, type="set", seq=1, state=REFUSED, view="people")[0]["words"]
    assert words["strip"][0]["alarm"]
    assert words["strip"][0]["text"].startswith("Breaches added: people refused disembarkation (0 ")
    assert not words["ranked"]
    assert words["sentence"].startswith("Not ranked, because it adds ")


def test_the_same_state_is_solved_once(session):
    state = with_change(parameter="reception.places", scale=1.3)
    first, lines = ask(session, type="set", seq=1, state=state, view="people")
    again, same = ask(session, type="set", seq=2, state=state, view="people")
    assert (first["ms"]["cached"], again["ms"]["cached"]) == (0, 1)
    assert again["ms"]["solve"] == 0
    assert lines == same
    other, more = ask(session, type="set", seq=3, state=state, view="waits")
    assert other["ms"]["cached"] == 1
    assert more[0] != lines[0]


def test_every_view_has_the_lines_that_it_promises(session):
    header = hello(session)
    for view in header["views"]:
        found, (lines, _) = ask(session, type="lines", id=1, state=None, view=view["key"])
        points = sum(len(one["series"]) * (header["days"] + 1 if one["x"] == "day" else len(one["x"]))
                     for one in view["charts"])
        assert found["digest"] == header["digest"]
        assert len(lines) == 4 * points, view["key"]
        assert np.isfinite(np.frombuffer(lines, "<f4")).all(), view["key"]


def test_outcomes_are_those_of_a_report(session, engines):
    from mixedmig_model.results.outcomes import outcomes

    _, (lines, _) = ask(session, type="lines", id=1, state=None, view="outcomes")
    table = outcomes(run_one(resolve(engines.of(None).inputs)))
    shown = np.frombuffer(lines, "<f4").reshape(3, -1)
    for k, need in enumerate(("international", "other", "none")):
        if need in table["need"].values:
            assert shown[k] == pytest.approx(table.sel(need=need).values, rel=1e-5, abs=1e-3)


@pytest.mark.parametrize(("message", "lever", "text"), [
    ({"type": "set", "seq": 1, "state": with_change(parameter="screening.officers", scale=-1), "view": "people"},
     "screening.officers", "too small (-1)"),
    ({"type": "set", "seq": 1, "state": with_change(parameter="screening.oficers", scale=1), "view": "people"},
     "screening.oficers", "unknown parameter"),
    ({"type": "set", "seq": 1, "state": with_change(parameter="journey.refused_share", scale=3, add=1),
      "view": "people"}, "journey.refused_share", "exactly one of set, scale, add"),
    ({"type": "set", "seq": 1, "state": with_change(parameter="screening.agency_access", set=2), "view": "people"},
     "screening.agency_access", "leaves its bounds"),
    ({"type": "set", "seq": 1, "state": with_change(parameter="screening.officers", scale=1, start="2031-01-01"),
      "view": "people"}, "screening.officers", "outside the run of the case"),
    ({"type": "set", "seq": 1, "state": NONE, "view": "nothing"}, "", "unknown view"),
    ({"type": "hello", "id": 1, "version": 99}, "", "another version"),
    ({"type": "shell", "id": 1}, "", "unknown message"),
    ({"type": "set", "seq": "1", "state": NONE, "view": "people"}, "", "unknown message"),
    ({"type": "set", "seq": 1, "state": NONE, "view": "people", "path": "/etc"}, "", "unknown message"),
    ({"type": "open", "id": 1, "name": "../base"}, "", "not a valid name"),
    ({"type": "drives", "id": 1, "state": NONE, "view": "people", "chart": "x", "series": "y"}, "", "unknown line"),
    ({"type": "save", "id": 1, "state": NONE, "name": "../x", "title": "T"}, "", "not a valid name"),
    (["set"], "", "unknown message"), (None, "", "unknown message"), ("x" * 100, "", "unknown message"),
])
def test_a_fault_says_what_is_wrong_and_where(session, message, lever, text):
    header, buffers = opened(next(iter([*session.answer(message)][-1:])).frame())
    assert header["type"] == "fault", header
    assert header["lever"] in (lever, "view", "version", "name", "type", "") if not lever else header["lever"] == lever
    assert text in header["text"], header
    assert buffers == []
    if isinstance(message, dict) and "id" in message:
        assert header["id"] == message["id"]


def test_after_a_fault_the_next_message_is_answered(session):
    assert ask(session, type="set", seq=1, state={"changes": [1]}, view="people")[0]["type"] == "fault"
    assert ask(session, type="set", seq=2, state=NONE, view="people")[0]["type"] == "run"


def test_a_fault_without_a_place_in_the_state_names_no_slider():
    fault = Fault("f", 0, "changes.7.scale", "wrong")
    assert fault_words([fault], {"state": with_change(parameter="p")})["lever"] == ""
    assert fault_words([fault], None)["lever"] == ""


def test_ping_is_answered_and_stops_nothing(session, engines, monkeypatch):
    gate = threading.Event()
    engine = engines.of(None)
    monkeypatch.setattr(engine, "of_state", lambda *_, **__: gate.wait(10))
    state = session._state(NONE)
    session.ahead.start(engine, [state, state, state])
    assert ask(session, type="ping", id=4)[0] == {"type": "pong", "id": 4, "buffers": []}
    assert not session.ahead._stopped.is_set()
    gate.set()


def test_solving_ahead_ends_with_the_next_message(session, engines, monkeypatch):
    engine, solved, gate = engines.of(None), [], threading.Event()

    def slow(state, **_):
        solved.append(state)
        gate.wait(10)

    ask(session, type="hello", id=1, version=1)
    monkeypatch.setattr(engine, "of_state", slow)
    assert ask(session, type="ahead", id=1, state=NONE, name="screening.officers", view="people") is None
    while not solved:
        gate.wait(0.01)
    assert ask(session, type="copy", id=2, form="command", state=NONE)[0]["type"] == "copied"
    gate.set()
    assert session.ahead.wait(10)
    assert len(solved) == 1


def test_positions_that_were_solved_ahead_come_from_what_is_kept(session, engines):
    ask(session, type="hello", id=1, version=1)
    ask(session, type="ahead", id=1, state=NONE, name="referral.officers", view="people")
    near = next(one for one in session._sliders if one.name == "referral.officers")
    first = next(iter(solving_ahead.near_states(session._state(NONE), near)))
    engine = engines.of(None)
    for _ in range(400):
        if engine.kept(first.run(engine.inputs)):
            break
        threading.Event().wait(0.05)
    found, _ = ask(session, type="set", seq=1, state=first.message(), view="people")
    assert found["ms"]["cached"] == 1


def test_after_each_answer_the_next_positions_of_a_held_slider_are_solved_the_way_it_moves(session, engines):
    """A drag sends one setting after the other: the next one is solved while the last one is painted."""
    ask(session, type="hello", id=1, version=1)
    engine, name = engines.of(None), "registration.officers"
    slider = next(one for one in session._sliders if one.name == name)
    values = [one.value for one in slider.scale.positions]
    here = slider.scale.case
    ask(session, type="ahead", id=1, state=NONE, name=name, view="people")
    at = with_change(parameter=name, scale=values[here + 3])
    ask(session, type="set", seq=1, state=at, view="people")
    wanted = session._state(with_change(parameter=name, scale=values[here + 4])).run(engine.inputs)
    for _ in range(400):
        if engine.kept(wanted):
            break
        threading.Event().wait(0.05)
    found, _ = ask(session, type="set", seq=2, state=with_change(parameter=name, scale=values[here + 4]), view="people")
    assert found["ms"]["cached"] == 1
    ask(session, type="ahead", id=2, state=None, name="", view="")
    assert session.ahead.wait(10)
    ask(session, type="set", seq=3, state=at, view="people")
    assert session.ahead.wait(0), "a slider that is let go is not followed"


def test_nothing_is_solved_ahead_while_the_tab_is_hidden(session, monkeypatch):
    started = []
    monkeypatch.setattr(session.ahead, "start", lambda *_: started.append(1))
    ask(session, type="idle", id=1, state=NONE, view="people", visible=False)
    assert started == []
    ask(session, type="idle", id=1, state=NONE, view="people", visible=True)
    assert started == [1]


def test_what_drives_a_line_is_said_in_five_sentences_with_numbers(session):
    state = {**NONE, "changes": [{"parameter": "screening.officers", "scale": 0.25},
                                 {"parameter": "reception.places", "scale": 0.5}]}
    header, _ = ask(session, type="drives", id=1, state=state, view="people", chart="ashore", series="ashore")
    assert 3 <= len(header["sentences"]) <= 5
    assert header["title"] == "What drives this: People on record"
    assert any(sign.isdigit() for sign in header["sentences"][0])
    calm, _ = ask(session, type="drives", id=1, state=NONE, view="people", chart="ashore", series="ashore")
    assert "nothing that was set here moves it" in calm["sentences"][1]


def test_a_scenario_and_a_text_are_opened_as_states(session, engines):
    header, _ = ask(session, type="open", id=1, name="option")
    assert header["digest"] == resolve(engines.of(None).inputs, "option").digest
    assert header["state"]["changes"][0]["scale"] == 2
    text, _ = ask(session, type="copy", id=2, form="yaml", state=header["state"], title="Mine")
    again, _ = ask(session, type="open", id=3, text=text["text"])
    assert (again["title"], again["digest"]) == ("Mine", header["digest"])
    broken, _ = ask(session, type="open", id=3, text="schema: 1\nschema: 2\n")
    assert broken["type"] == "fault"


def test_a_command_is_copied_as_a_shell_reads_it(session):
    header, _ = ask(session, type="copy", id=2, form="command", state=NONE, name="mine; rm -rf x", title="T")
    assert "mixedmig run small --scenario mine_rm_-rf_x --to mine_rm_-rf_x.nc" in header["text"]


def test_text_with_signs_of_html_stays_text(session):
    state = with_change(parameter="screening.officers", scale=2, reason="<script>alert(1)</script>")
    header, _ = ask(session, type="set", seq=1, state=state, view="people")
    assert header["type"] == "run"
    text, _ = ask(session, type="copy", id=1, form="yaml", state=state, title="<img src=x onerror=alert(1)>")
    assert "<img src=x onerror=alert(1)>" in text["text"]


def test_a_frame_is_aligned_and_holds_no_nan():
    frame = Reply({"type": "x", "value": float("nan")}, [b"\0" * 8]).frame()
    header, buffers = opened(frame)
    assert header == {"type": "x", "value": None, "buffers": [8]}
    assert (len(frame) - 8) % 8 == 0
    assert buffers == [b"\0" * 8]
