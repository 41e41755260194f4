"""Reports from a panel, the panel as a widget, and the commands that open something on the screen."""

import errno
import re
import threading
from pathlib import Path

import pytest
from panel.small import small_workspace
from typer.testing import CliRunner

from mixedmig_model.cli.main import app as command
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.panel import engine
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.joined import FRONT, ORDER, joined
from mixedmig_model.present.panel.messages import ReportOf
from mixedmig_model.present.panel.session import Session
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.present.panel.widget import Panel, panel
from mixedmig_model.present.report import make
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.storage.kinds import TargetError

CHANGE = {"scenario": "base", "levers": [], "changes": [{"parameter": "screening.officers", "scale": 1.5}]}


@pytest.fixture
def root(tmp_path):
    return small_workspace(tmp_path, option="changes:\n  - {parameter: screening.officers, scale: 2, reason: more}\n")


def test_a_report_saves_the_state_once_and_tells_how_far_it_is(root, monkeypatch):
    engines, asked = Engines(root, "small"), []

    def made(inputs, names, target, progress):
        asked.append((names, target))
        progress("solving", 1, 2)
        progress("solving", 2, 2)
        return target / "report.html"

    monkeypatch.setattr(make, "make_report", made)
    session = Session(engines.of, Files(root / "reports", "/panel/report/{folder}/report.html"))
    message = {"type": "report", "id": 5, "state": CHANGE, "name": "mine", "title": "Mine"}
    found = [reply.plain for reply in session.answer(message)]
    assert [one["type"] for one in found] == ["progress", "progress", "reported"]
    assert found[1] == {"id": 5, "type": "progress", "done": 2, "of": 2, "text": "solving", "buffers": []}
    assert found[2]["address"] == "/panel/report/small_mine/report.html"
    assert asked == [(["mine"], root / "reports" / "small_mine")]
    assert (root / "parameters" / "cases" / "small" / "scenarios" / "mine.yaml").exists()
    again = [reply.plain for reply in session.answer({**message, "name": "other"})]
    assert again[-1]["name"] == "mine"  # the same setting has a name already
    assert not (root / "parameters" / "cases" / "small" / "scenarios" / "other.yaml").exists()


def test_a_scenario_that_is_the_same_is_reported_under_its_own_name(root, monkeypatch):
    engines = Engines(root, "small")
    monkeypatch.setattr(make, "make_report", lambda inputs, names, target, progress: target / names[0])
    files, engine = Files(root / "reports"), engines.of(None)
    state = PanelState.of("option", engine.inputs.scenario("option"))
    found = list(files.report(engine, state, ReportOf(type="report")))
    assert found[-1]["name"] == "option"


def test_a_report_is_made_of_the_files_as_they_are_and_refused_where_others_have_changed(root, monkeypatch):
    """``make_report`` reads the case again in other processes, and refuses files that are not those it was given."""
    made = []
    monkeypatch.setattr(make, "make_report", lambda inputs, names, target, progress: made.append(inputs) or target)
    session = Session(Engines(root, "small").of, Files(root / "reports"))
    message = {"type": "report", "id": 5, "state": CHANGE, "name": "mine", "title": "Mine"}
    assert [reply.plain["type"] for reply in session.answer(message)] == ["reported"]
    assert made[0].files == read_case(read_workspace(root), "small").files
    assert "cases/small/scenarios/mine.yaml" in made[0].files
    folder = root / "parameters" / "cases" / "small"
    for file, old, new in ((folder / "case.yaml", "title: Small", "title: Other"),
                           (folder / "scenarios" / "mine.yaml", "scale: 1.5", "scale: 1.6")):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        (fault,) = (reply.plain for reply in session.answer(message))
        assert fault["text"] == "files of the case have changed since this panel read them"
        assert fault["allowed"] == "a panel that was started after the change"
        file.write_text(text, encoding="utf-8")
    assert [reply.plain["type"] for reply in session.answer(message)] == ["reported"]


def test_a_report_is_stopped_when_asked(root, monkeypatch):
    engines, begun = Engines(root, "small"), threading.Event()

    def made(inputs, names, target, progress):
        for _ in range(1000):
            begun.set()
            progress("solving", 1, 2)
            threading.Event().wait(0.01)
        return target

    monkeypatch.setattr(make, "make_report", made)
    session = Session(engines.of, Files(root / "reports"))
    replies = session.answer({"type": "report", "id": 5, "state": CHANGE, "name": "mine", "title": "Mine"})
    next(replies)
    assert begun.wait(10)
    assert list(session.answer({"type": "report", "id": 6, "stop": True})) == []
    last = [reply.header for reply in replies][-1]
    assert (last["type"], last["text"]) == ("fault", "the report was stopped")


# ---- what fails is said in words, through one door -----------------------------------------------------------------

FULL = OSError(errno.ENOSPC, "No space left on device", "/workspace/small.yaml")
UNEXPECTED = (r"an unexpected error \(KeyError: 'officers'\)\. This is a fault of mixedmig\. "
              r"Please report it .* attach (\S+), ")


def raising(error):
    def fails(*_, **__):
        raise error

    return fails


def said(session, **message):
    """The words of the fault that a message is answered with, the last of its answers."""
    found = [reply.plain for reply in session.answer(message)][-1]
    number = {key: message[key] for key in ("seq", "id") if key in message}
    assert found == {"type": "fault", **number, "lever": "", "text": found["text"], "allowed": "", "buffers": []}
    return found["text"]


@pytest.mark.parametrize("message", [
    {"type": "set", "seq": 4, "state": CHANGE, "view": "people"},
    {"type": "idle", "id": 4, "state": CHANGE, "view": "people", "visible": False},
    {"type": "lines", "id": 4, "state": CHANGE, "view": "people"},
    {"type": "drives", "id": 4, "state": CHANGE, "view": "people", "chart": "ashore", "series": "ashore"},
], ids=lambda message: message["type"])
def test_a_fault_of_the_program_is_said_with_a_file_of_its_details_and_the_panel_goes_on(
    root, monkeypatch, tmp_path, message
):
    monkeypatch.setenv("MIXEDMIG_CACHE", str(tmp_path / "cache"))
    session = Session(Engines(root, "small").of, Files(None))
    with monkeypatch.context() as broken:
        broken.setattr(engine, "numbers_of", raising(KeyError("officers")))
        found = re.match(UNEXPECTED, said(session, **message))
        assert found
        assert "KeyError: 'officers'" in Path(found[1]).read_text(encoding="utf-8")
    assert [one.plain["type"] for one in session.answer({"type": "set", "seq": 5, "state": CHANGE, "view": "people"})
            ][-1] == "run"


def test_memory_that_is_used_up_and_a_solver_that_gives_up_are_said(root, monkeypatch):
    session = Session(Engines(root, "small").of, Files(None))
    message = {"type": "set", "seq": 4, "state": CHANGE, "view": "people"}
    for error, text in ((MemoryError(), "there is not enough memory"),
                        (SolveError("no step is small enough on day 3"), "The run failed: no step is small enough")):
        with monkeypatch.context() as broken:
            broken.setattr(engine, "numbers_of", raising(error))
            assert said(session, **message).startswith(text)


@pytest.mark.parametrize("kind", ["save", "report"])
def test_a_full_disk_is_said_when_a_setting_is_saved(root, monkeypatch, kind):
    """The disk has no room for the file that is written next to its place first."""
    engines = Engines(root, "small")
    session = Session(engines.of, Files(root / "reports"))
    session.engine = engines.of(None)
    folder = root / "parameters" / "cases" / "small" / "scenarios"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with monkeypatch.context() as full:
        full.setattr("os.fsync", raising(OSError(errno.ENOSPC, "No space left on device")))
        assert said(session, type=kind, id=7, state=CHANGE, name="mine", title="Mine") == "the disk is full"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    saved = [one.plain for one in session.answer({"type": "save", "id": 8, "state": CHANGE, "name": "mine",
                                                  "title": "Mine"})][-1]
    assert (saved["type"], saved["name"]) == ("saved", "mine")


@pytest.mark.parametrize(("error", "text"), [
    (FULL, r"/workspace/small\.yaml: the disk is full$"), (KeyError("officers"), UNEXPECTED),
    (make.NotebookError("notebook compare (Small) failed: no room"), r"notebook compare \(Small\) failed: no room$"),
    (TargetError("reports/small_mine: not a folder"), "reports/small_mine: not a folder$"),
    (InputFaultsError([Fault("case.yaml", 3, "start", "not a date", found="1.1.")]), r"not a date \(1\.1\.\)$"),
], ids=["full", "program", "notebook", "target", "inputs"])
def test_a_report_that_fails_is_said(root, monkeypatch, error, text):
    monkeypatch.setattr(make, "make_report", raising(error))
    session = Session(Engines(root, "small").of, Files(root / "reports"))
    assert re.match(text, said(session, type="report", id=7, state=CHANGE, name="mine", title="Mine"))


def test_a_panel_without_reports_refuses_one(root):
    engines = Engines(root, "small")
    with pytest.raises(InputFaultsError, match="read-only"):
        list(Files(None).report(engines.of(None), PanelState.of_message(engines.of(None).inputs, None),
                                ReportOf(type="report", name="mine")))


def test_a_widget_answers_the_messages_of_the_protocol(root, monkeypatch):
    made = panel(root, "small", "option")
    sent = []
    monkeypatch.setattr(made, "send", lambda header, buffers: sent.append((header, buffers)))
    made._asked(None, {"type": "ping", "id": 2}, [])
    assert sent == [({"type": "pong", "id": 2, "buffers": []}, [])]
    made._asked(None, {"type": "set", "seq": 1, "state": CHANGE, "view": "people"}, [])
    header, buffers = sent[-1]
    assert header["type"] == "run"
    assert [len(one) for one in buffers] == header["buffers"]
    assert made.scenario == "option"
    assert "export default" in made._esm
    made.close()


def test_a_report_does_not_keep_a_notebook_from_answering(root, monkeypatch):
    gate, answered = threading.Event(), threading.Event()

    class Slow:
        def answer(self, found):
            if found["type"] == "report":
                gate.wait(10)
                answered.set()
            return iter(())

        def close(self):
            gate.set()

    made = Panel(Slow())
    made._asked(None, {"type": "report", "id": 1}, [])
    assert not answered.is_set()  # and yet the call has come back
    made.close()
    assert answered.wait(10)


def test_an_unknown_case_or_scenario_is_refused_before_anything_is_shown(root):
    with pytest.raises(InputFaultsError, match="case: unknown case; found 'smal'"):
        panel(root, "smal")
    with pytest.raises(InputFaultsError, match="unknown scenario"):
        panel(root, "small", "optoin")


def test_the_front_end_is_joined_in_a_fixed_order_and_small():
    names = (FRONT / ORDER).read_text(encoding="utf-8").split()
    there = {path.name for path in FRONT.iterdir() if path.suffix in (".js", ".css")}
    assert set(names) == there
    assert len(names) == len(there)
    text = joined("js") + joined("css")
    assert len(text.encode()) < 200_000
    assert "http://" not in text.replace("http://www.w3.org/", "")
    assert "https://" not in text


def test_app_says_what_is_wrong_before_it_listens(root):
    done = CliRunner().invoke(command, ["app", "smal", "--no-browser", "--workspace", str(root)])
    assert done.exit_code == 2
    assert "did you mean 'small'" in done.output
    done = CliRunner().invoke(command, ["app", "small", "--host", "0.0.0.0", "--workspace", str(root)])
    assert done.exit_code == 2
    assert "it has no token" in done.output
