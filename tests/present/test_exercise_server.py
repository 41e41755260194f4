"""The screens' server: each token opens its own page and data, and nothing else; the desk makes the moves of a page."""

import asyncio
import contextlib
import json
import threading
import urllib.error
import urllib.request

import pytest
from exercise_files import EXERCISE, NAME, write_exercise

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.exercise.desk import Audience, Desk
from mixedmig_model.present.exercise.server import MOST_BYTES, _serve, joined
from mixedmig_model.study.exercise.files import keep, open_session, start_session
from mixedmig_model.study.exercise.moves import gap_found
from mixedmig_model.study.exercise.runs import ExerciseRuns, hidden_values

SHORT = EXERCISE.replace("  - {days: 28, minutes: 25}\n" * 4, "  - {days: 7, minutes: 25}\n" * 2).replace(
    "2018-05-14", "2018-02-05").replace("title: A surge in", "title: <b>A surge</b> in")
RED, BLUE, LEADER = Audience("team", "red"), Audience("team", "blue"), Audience("facilitator")


@pytest.fixture(scope="module")
def inputs(workspace, tmp_path_factory):
    return read_exercise(write_exercise(workspace, tmp_path_factory.mktemp("exercise"), SHORT), NAME)


@pytest.fixture(scope="module")
def runs(inputs):
    return ExerciseRuns(inputs)


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def desk(inputs, runs, tmp_path):
    return Desk(start_session(inputs, tmp_path, "s", ("red", "blue")), runs, Clock())


class Served:
    """A server in a thread of its own."""

    def __init__(self, desk):
        self.addresses, ready = {}, threading.Event()

        def tell(addresses):
            self.addresses.update(addresses)
            ready.set()

        async def serve():
            self.loop, self.task = asyncio.get_running_loop(), asyncio.current_task()
            await _serve(desk, None, tell)

        def work():
            with contextlib.suppress(asyncio.CancelledError):
                asyncio.run(serve())

        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()
        assert ready.wait(60)
        self.base = self.addresses["facilitator"].split("/facilitator")[0]

    def token(self, who):
        return self.addresses[who].partition("token=")[2]

    def ask(self, path, who=None, message=None, **headers):
        data = None if message is None else message if isinstance(message, bytes) else json.dumps(message).encode()
        given = {"Authorization": f"token {self.token(who)}"} if who else {}
        request = urllib.request.Request(self.base + path, data, headers={**given, **headers})
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error, contextlib.suppress(ConnectionError):
                return error.code, error.read().decode(), dict(error.headers)
            return error.code, "", {}
        except (ConnectionError, urllib.error.URLError):  # the server hangs up on what is too large
            return 0, "", {}

    def close(self):
        self.loop.call_soon_threadsafe(self.task.cancel)
        self.thread.join(30)


@pytest.fixture
def served(desk):
    one = Served(desk)
    yield one
    one.close()


def test_a_token_opens_its_own_page_and_no_other(served):
    paths = {"facilitator": "/facilitator", "red": "/team/red", "blue": "/team/blue", "projector": "/projector"}
    assert set(served.addresses) == set(paths)
    assert len({served.token(who) for who in paths}) == 4
    assert all(len(served.token(who)) == 48 for who in paths)
    for who in paths:
        for page, path in paths.items():
            assert served.ask(f"{path}?token={served.token(who)}")[0] == (200 if who == page else 403)
        assert served.ask(paths[who])[0] == 403
        assert served.ask(f"{paths[who]}?token=wrong")[0] == 403
        assert served.ask(f"/front/exercise.js?token={served.token(who)}")[0] == 200
        assert served.ask(f"/other?token={served.token(who)}")[0] == 404
    assert served.ask("/front/exercise.js")[0] == 403
    assert served.ask("/data")[0] == 403
    assert served.ask(f"/data?token={served.token('red')}")[0] == 403


def test_other_hosts_and_origins_and_large_messages_are_refused(served):
    assert served.ask("/data", "red", Host="evil.example")[0] == 403
    assert served.ask("/data", "red", Origin="http://evil.example")[0] == 403
    assert served.ask("/data", "red", b"x" * (MOST_BYTES + 1))[0] in (0, 400)
    status, text, headers = served.ask(f"/team/red?token={served.token('red')}")
    assert status == 200
    assert "&lt;b&gt;A surge&lt;/b&gt;" in text
    assert "<b>" not in text
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_team_reads_its_own_data_and_cannot_move_for_others(served, inputs):
    first = json.loads(served.ask("/data", "red")[1])
    assert (first["audience"], first["clock"]["round"]) == ("team red", 1)
    order = {"kind": "order", "role": "immigration", "key": "registration.officers", "value": 12, "why": "Ours alone.",
             "team": "blue"}
    assert served.ask("/data", "red", order)[0] == 200
    for who, other in (("red", True), ("blue", False), ("projector", False), ("facilitator", True)):
        text = served.ask("/data", who)[1]
        assert ("Ours alone." in text) is other
        for hidden in (repr(hidden_values(inputs)["journey.mortality"]), "journey.mortality"):
            assert hidden not in text
        assert ("A number, a range and the people behind it." in text) is (who == "facilitator")
    status, text, _ = served.ask("/data", "red", {"kind": "advance"})
    assert status == 400
    assert json.loads(text)["faults"][0]["problem"] == "not a move of this page"
    assert served.ask("/data", "projector", order)[0] == 400
    assert served.ask("/data", "red", b"no json")[0] == 400
    assert served.ask("/data", "red", {**order, "value": "12"})[0] == 400


def test_the_desk_runs_the_clock_and_plays_rounds(desk, inputs, tmp_path):
    assert desk.move(LEADER, {"kind": "clock", "running": True})["events"] == []
    desk.now.seconds = 7 * 60.0
    page = desk.page(RED)
    assert page["clock"]["minute"] == 7
    assert page["roles"][0]["injects"][0]["inject"] == "press_asks"
    assert page["roles"][1]["injects"] == []
    assert page["strip"]["sentence"] == "No round was played yet."
    desk.move(RED, {"kind": "answer", "role": "rescue", "inject": "press_asks", "text": "Nine."})
    assert desk.session.events[-1].minute == 7
    desk.move(LEADER, {"kind": "clock", "running": False})
    desk.now.seconds = 3600.0
    assert desk.minute == 7
    held = desk.move(BLUE, {"kind": "order", "role": "rescue", "key": "journey.refused_share", "value": 0.9,
                            "why": "No landing.", "quantity": "stranded", "low": 0, "high": 9, "round": 1})
    if not held["events"][0].get("breaches"):
        pytest.fail("the order should add a breach")
    number = held["events"][0]["number"]
    assert desk.page(BLUE)["given"][-1]["held"]
    desk.move(BLUE, {"kind": "sign", "order": number, "role": "rescue", "reason": "An order."})
    desk.move(RED, {"kind": "forecast", "role": "rescue", "quantity": "stranded", "low": 0, "high": 9})
    desk.move(LEADER, {"kind": "release", "inject": "crowded", "team": "red"})
    desk.move(LEADER, {"kind": "advance"})
    assert (desk.session.played, desk.minute) == (1, 0)
    desk.move(LEADER, {"kind": "observe", "team": "red", "objective": "answer", "mark": "P", "note": "Quick."})
    desk.move(RED, {"kind": "sentence", "text": "Speed before beds."})
    desk.move(LEADER, {"kind": "gap", "text": "No port at night", "owner": "", "by": "2027-01-31"})
    assert [(one["text"], one["owner"], one["by"]) for one in desk.page(LEADER)["gaps"]] == [
        ("No port at night", "nobody yet", "31 Jan 2027")]
    picture = desk.page(Audience("projector"))
    assert picture["pictures"][0]["kind"] == "breach"
    assert list(picture["pictures"][0]["runs"]) == ["red", "blue", "No action"]
    assert picture["strips"][1]["sentence"].startswith("Not ranked")
    assert open_session(inputs, tmp_path, "s").events == desk.session.events
    desk.move(LEADER, {"kind": "advance"})
    assert desk.page(LEADER)["clock"]["finished"]
    assert any("Signed by" in line for line in desk.page(BLUE)["sheets"])
    assert not any("blue" in line for line in desk.page(RED)["sheets"])
    desk.move(LEADER, {"kind": "undo", "round": 2})
    assert desk.page(RED)["sheets"] == []


def test_pages_take_over_what_a_command_writes_and_lose_nothing(desk, inputs, tmp_path):
    desk.move(RED, {"kind": "answer", "role": "rescue", "text": "From the page."})
    keep(gap_found(open_session(inputs, tmp_path, "s"), text="From a command."))
    assert [one["text"] for one in desk.page(LEADER)["gaps"]] == ["From a command."]
    desk.move(RED, {"kind": "answer", "role": "rescue", "text": "From the page again."})
    texts = [one.text for one in open_session(inputs, tmp_path, "s").events[1:]]
    assert texts == ["From the page.", "From a command.", "From the page again."]
    desk.now.seconds = 600.0
    desk.move(LEADER, {"kind": "clock", "running": True})
    keep(open_session(inputs, tmp_path, "s").added(kind="advance", minute=25))
    assert not desk.page(LEADER)["clock"]["running"]
    assert (desk.session.played, desk.minute) == (1, 0)


@pytest.mark.parametrize(("message", "text"), [
    ({"kind": "ordr"}, "kind: not a move of this page; found 'ordr'; allowed: answer, forecast, order, sentence"),
    ([], "kind: not a move of this page; found 'no name of a move'"),
    ({"kind": "order", "role": 3}, "role: not what this field takes; allowed: text of at most 2000 characters"),
    ({"kind": "order", "role": "rescue", "value": None}, "value: not what this field takes; allowed: a number"),
    ({"kind": "order", "role": "rescue", "value": 1, "countries": "x"},
     "countries: not what this field takes; allowed: a list"),
    ({"kind": "sign", "order": 1.5}, "order: not what this field takes; allowed: a whole number"),
    ({"kind": "forecast", "role": "rescue"}, "expected.quantity: a required key is missing"),
])
def test_messages_that_are_none_are_refused_in_words(message, text, desk):
    with pytest.raises(InputFaultsError) as refused:
        desk.move(RED, message)
    assert text in str(refused.value)


def test_the_front_end_loads_nothing_from_elsewhere():
    text = joined("js") + joined("css")
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write", "new Function"):
        assert word not in text
