"""The app is closed to all but the panel: with the right token everything else is 404; wrong ones, foreign origins and
large messages are refused."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest
from panel.small import small_workspace
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

from mixedmig_model.present.panel.app.handlers import MOST_BYTES

NOT_OURS = ("/api/kernels", "/api/contents", "/api/contents/parameters/sources.yaml", "/api/contents/workbooks",
            "/api/sessions", "/view", "/terminals", "/nbconvert", "/notebooks/workbooks/mine.ipynb",
            "/nbconvert/html/workbooks/mine.ipynb", "/files/workbooks/mine.ipynb", "/api/spec.yaml", "/api/events",
            "/kernelspecs/python3", "/lsp/status", "/voila", "/lab/api/workspaces", "/panel/",
            "/panel", "/api/kernelspecs", "/api/terminals", "/api/config/x",
            "/files", "/files/parameters/sources.yaml", "/view/parameters/sources.yaml", "/terminals/1",
            "/terminals/websocket/1", "/lab", "/tree", "/nbconvert/html/workbooks/explore.ipynb", "/edit/x", "/doc",
            "/panel/report/../parameters", "/panel/report/small/report.html", "/panel/front/words.js",
            "/panel/panel.py", "/api/shutdown", "/api/nbconvert", "/api", "/api/status", "/api/me", "/metrics",
            "/static/favicon.ico", "/custom/custom.css", "/api/security/csp-report")
PATIENCE = 600
"""Seconds that a busy computer has."""
NONE = {"scenario": "base", "levers": [], "changes": []}


class App:
    """A running app."""

    def __init__(self, root, *options, cwd=None):
        command = [sys.executable, "-m", "mixedmig_model.cli", "app", *options, "--no-browser", "--workspace",
                   str(root)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd,
                                        env={**os.environ, "PYTHONUNBUFFERED": "1"})
        self.address = self.process.stdout.readline().strip()
        self.said = []
        self.reader = threading.Thread(target=lambda: self.said.extend(self.process.stderr), daemon=True)
        self.reader.start()
        found = re.fullmatch(r"(http://[0-9.]+:(\d+))/\?token=(\w+)", self.address)
        assert found, self.address
        self.base, self.port, self.token = found[1], int(found[2]), found[3]
        self.wait()

    def wait(self):
        for _ in range(600):
            try:
                self.get("/", token=False)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("no answer")

    def get(self, path, token=True, method="GET", **headers):
        data = b"{}" if method == "POST" else None
        request = urllib.request.Request(self.base + path, method=method, data=data, headers={
            **({"Authorization": f"token {self.token}"} if token else {}), **headers})
        with urllib.request.build_opener(NoRedirect).open(request, timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()

    def status(self, path, **given):
        try:
            return self.get(path, **given)[0]
        except urllib.error.HTTPError as error:
            return error.code

    def close(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return small_workspace(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="module")
def app(root):
    made = App(root, "small")
    yield made
    made.close()


def talk(app, messages, origin=None, token=None, wait=1, until=""):
    """Open a WebSocket, send messages, and read the headers of as many answers as are waited for.

    Args: until, the type of the last answer that is waited for, instead of a number of them.
    """
    async def talked():
        headers = {"Authorization": f"token {token if token is not None else app.token}"}
        if origin:
            headers["Origin"] = origin
        request = HTTPRequest(f"ws://127.0.0.1:{app.port}/panel/socket", headers=headers, request_timeout=60)
        socket = await websocket_connect(request)
        try:
            return await answers(socket, messages, wait, until)
        finally:
            socket.close()
            while await asyncio.wait_for(socket.read_message(), PATIENCE) is not None:
                pass

    return asyncio.run(talked())


async def answers(socket, messages, wait, until):
    """The headers of the answers to some messages; None where the connection was closed."""
    found = []
    try:
        for message in messages:
            await socket.write_message(message)
    except WebSocketClosedError:
        return [None]
    while found[-1:] == [] or (found[-1]["type"] != until if until else len(found) < wait):
        frame = await asyncio.wait_for(socket.read_message(), PATIENCE)
        if frame is None:
            return [*found, None]
        header = json.loads(frame[4 : 4 + int.from_bytes(frame[:4], "little")])
        if header["type"] != "progress":
            found.append(header)
    return found


def test_the_page_has_a_strict_policy_and_only_files_of_its_own(app):
    status, headers, text = app.get("/")
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy.split(";")[1]
    assert "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert re.findall(r'(?:src|href)="([^"]+)"', text) == ["data:,", "/panel/panel.css", "/panel/panel.js"]
    assert not re.search(r"<script(?![^>]*src=)", text)
    for path, kind in (("/panel/panel.js", "text/javascript"), ("/panel/panel.css", "text/css")):
        status, headers, text = app.get(path)
        assert status == 200
        assert headers["Content-Type"].startswith(kind)
        assert text


@pytest.mark.parametrize("path", NOT_OURS)
def test_with_the_right_token_everything_else_is_not_there(app, path):
    assert app.status(path) == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
def test_with_the_right_token_nothing_can_be_started_written_or_deleted(app, root, method):
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for path in ("/api/kernels", "/api/contents/parameters/sources.yaml", "/api/sessions", "/api/terminals",
                 "/api/shutdown", "/files/parameters/sources.yaml"):
        assert app.status(path, method=method) == 404, path
    for path in ("/", "/panel/panel.js"):
        assert app.status(path, method=method) == 405, path
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert app.status("/") == 200


def test_a_notebook_of_the_workspace_never_runs(root, tmp_path):
    """Nothing that a panel may ask for starts it; ``test_report_this.py`` holds the same of a report."""
    marker, folder = tmp_path / "ran", root / "workbooks"
    folder.mkdir()
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [],
            "source": f"from pathlib import Path\nPath({str(marker)!r}).write_text('x')"}
    for name in ("mine", "start_here", "explore", "compare"):
        (folder / f"{name}.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4,
                                                          "nbformat_minor": 5}), encoding="utf-8")
    app = App(root, "small", cwd=folder)
    try:
        for path in NOT_OURS:
            app.status(path)
        app.status("/api/sessions", method="POST")
        asked = [{"type": "hello", "id": 1, "version": 1}, {"type": "set", "seq": 1, "view": "people", "state": NONE},
                 {"type": "copy", "id": 2, "form": "python", "state": NONE},
                 {"type": "open", "id": 3, "name": "base"}]
        found = talk(app, [json.dumps(one) for one in asked], until="opened")
        assert [one["type"] for one in found if one["type"] != "later"] == ["hello", "run", "copied", "opened"]
    finally:
        app.close()
        shutil.rmtree(folder)
    assert not marker.exists()


@pytest.mark.parametrize("path", ["/", "/panel/panel.js", "/panel/panel.css", "/panel/socket"])
def test_without_a_token_or_with_a_wrong_one_nothing_is_served(app, path):
    assert app.status(path, token=False) in (302, 403)
    assert app.status(path, token=False, Authorization="token wrong") in (302, 403)


def test_a_foreign_host_is_refused(app):
    assert app.status("/", Host="evil.example") == 403


def test_a_socket_answers_with_the_token_alone(app):
    (header,) = talk(app, [json.dumps({"type": "hello", "id": 1, "version": 1})])
    assert header["type"] == "hello"
    assert header["may"] == {"save": True, "report": True}
    with pytest.raises(HTTPClientError, match="403"):
        talk(app, [], token="wrong")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:1"])
def test_a_foreign_origin_is_refused(app, origin):
    with pytest.raises(HTTPClientError, match="403"):
        talk(app, [], origin=origin)


def test_its_own_origin_is_not(app):
    found = talk(app, [json.dumps({"type": "ping", "id": 3})], origin=app.base)
    assert found == [{"type": "pong", "id": 3, "buffers": []}]


def test_a_message_of_ten_megabytes_closes_the_connection_and_nothing_else(app):
    assert MOST_BYTES < 10_000_000
    assert talk(app, ["x" * 10_000_000]) == [None]
    assert talk(app, [json.dumps({"type": "ping", "id": 1})])[0]["type"] == "pong"


@pytest.mark.parametrize("message", ["", "{", "[" * 100_000, "null", '{"type": "set"}', '{"type": ["set"]}', "\x00"])
def test_what_is_no_message_is_answered_with_a_fault(app, message):
    assert talk(app, [message])[0]["type"] == "fault"


def test_of_messages_that_wait_the_newest_set_is_answered(app):
    sets = [json.dumps({"type": "set", "seq": k, "view": "people", "state": {
        **NONE, "changes": [{"parameter": "screening.officers", "scale": 1 + k / 100}]}}) for k in range(1, 31)]
    found = talk(app, [json.dumps({"type": "hello", "id": 1, "version": 1}), *sets,
                       json.dumps({"type": "copy", "id": 9, "form": "command", "state": NONE})], until="copied")
    seqs = [header["seq"] for header in found if header["type"] == "run"]
    assert seqs == sorted(seqs)
    assert seqs[-1] == 30
    assert len(seqs) < 30


def test_a_port_that_is_taken_is_said(app, root):
    command = [sys.executable, "-m", "mixedmig_model.cli", "app", "small", "--port", str(app.port), "--no-browser",
               "--workspace", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 2
    assert "another program uses this port" in done.stderr


def test_others_reach_it_with_a_token_of_their_own_only_and_read_only(root):
    command = [sys.executable, "-m", "mixedmig_model.cli", "app", "small", "--host", "0.0.0.0", "--no-browser",
               "--workspace", str(root)]
    for token in ([], ["--token", "short"]):
        done = subprocess.run([*command, *token], capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert done.returncode == 2
        assert "it has no token" in done.stderr
    app = App(root, "small", "--host", "0.0.0.0", "--token", "a" * 20)
    try:
        assert app.token == "a" * 20
        (header,) = talk(app, [json.dumps({"type": "hello", "id": 1, "version": 1})])
        assert header["may"] == {"save": False, "report": False}
        save = {"type": "save", "id": 2, "state": None, "name": "mine", "title": "T"}
        found = talk(app, [json.dumps({"type": "hello", "id": 1, "version": 1}), json.dumps(save)], wait=2)
        assert (found[1]["type"], found[1]["text"]) == ("fault", "this panel is read-only")
        report = {**save, "type": "report"}
        (refused,) = talk(app, [json.dumps(report)])
        assert (refused["type"], refused["text"]) == ("fault", "this panel is read-only")
        (root / "reports" / "small_mine").mkdir(parents=True, exist_ok=True)
        (root / "reports" / "small_mine" / "report.html").write_text("x", encoding="utf-8")
        assert app.status("/panel/report/small_mine/report.html") == 404
        assert not (root / "parameters" / "cases" / "small" / "scenarios" / "mine.yaml").exists()
    finally:
        app.close()


def test_files_of_reports_are_shown_without_their_scripts(app, root):
    folder = root / "reports" / "small_mine"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    (folder / "run.py").write_text("x", encoding="utf-8")
    (root / "reports" / "secret.html").write_text("x", encoding="utf-8")
    status, headers, _ = app.get("/panel/report/small_mine/report.html")
    assert status == 200
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert "allow-scripts" not in headers["Content-Security-Policy"]
    for path in ("/panel/report/small_mine/run.py", "/panel/report/small_mine/%2e%2e/secret.html",
                 "/panel/report/small_mine/../secret.html", "/panel/report/../report.html",
                 "/panel/report/small_mine/missing.html", "/panel/report/small_mine/"):
        assert app.status(path) == 404, path
    assert app.status("/panel/report/small_mine/report.html", token=False) in (302, 403)


def test_a_workspace_cannot_bring_settings_of_the_server(root, tmp_path):
    marker = tmp_path / "ran"
    for name in ("jupyter_server_config.py", "jupyter_config.py", "mixedmig-app_config.py"):
        (root / name).write_text(f"from pathlib import Path\nPath({str(marker)!r}).write_text('x')\n"
                                 "c.IdentityProvider.token = ''\n", encoding="utf-8")
    app = App(root, "small", cwd=root)
    try:
        assert app.token
        assert app.status("/", token=False) in (302, 403)
        assert not marker.exists()
    finally:
        app.close()


def test_text_of_a_workspace_is_text_on_the_page(app):
    status, _, text = app.get("/")
    assert status == 200
    assert "<html lang=\"en\" data-case=\"small\">" in text
