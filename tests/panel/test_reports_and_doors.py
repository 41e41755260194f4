"""Reports from a panel, the panel as a widget, and the commands that open something on the screen."""

import threading

import pytest
from panel.small import small_workspace
from typer.testing import CliRunner

from mixedmig_model.cli.main import app as command
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.joined import FRONT, ORDER, joined
from mixedmig_model.present.panel.messages import ReportOf
from mixedmig_model.present.panel.session import Session
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.present.panel.widget import Panel, panel
from mixedmig_model.present.report import make

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
    assert [reply.header["type"] for reply in replies][-1] == "fault"


def test_a_report_that_fails_is_said(root, monkeypatch):
    engines = Engines(root, "small")

    def fails(*_, **__):
        raise RuntimeError("the disk is <full>")

    monkeypatch.setattr(make, "make_report", fails)
    files = Files(root / "reports")
    found = list(files.report(engines.of(None), PanelState.of_message(engines.of(None).inputs, CHANGE),
                              ReportOf(type="report", name="mine", title="Mine")))
    assert found[-1] == {"type": "fault", "lever": "", "text": "the disk is <full>", "allowed": ""}


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


def test_lab_opens_the_workspace_without_news(root, monkeypatch):
    asked = []
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", lambda argv, config: asked.append((argv, config)))
    done = CliRunner().invoke(command, ["lab", "--no-browser", "--workspace", str(root)])
    assert done.exit_code == 0, done.output
    (argv, config), = asked
    assert argv == []
    assert config.LabApp.news_url is None
    assert config.ServerApp.root_dir == str(root.resolve())
    assert config.ServerApp.ip == "127.0.0.1"
    assert config.ServerApp.open_browser is False
    assert config.LabApp.default_url == "/lab"  # no notebook to start with in this workspace


def test_app_says_what_is_wrong_before_it_listens(root):
    done = CliRunner().invoke(command, ["app", "smal", "--no-browser", "--workspace", str(root)])
    assert done.exit_code == 2
    assert "did you mean 'small'" in done.output
    done = CliRunner().invoke(command, ["app", "small", "--host", "0.0.0.0", "--workspace", str(root)])
    assert done.exit_code == 2
    assert "it has no token" in done.output
