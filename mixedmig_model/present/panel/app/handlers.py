"""Paths of the app: a page, its files, a WebSocket, reports.

The files of the page are its module and its style sheet. The reports are those that the panel made.
"""

import asyncio
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from tornado import web
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from mixedmig_model.inputs.reading.fields import NAME_PATTERN
from mixedmig_model.present.panel.joined import joined
from mixedmig_model.present.panel.session import Session
from mixedmig_model.storage.workers import off_the_loop

MOST_BYTES = 400_000
"""Most bytes of a message of the front end.

This is some ten times the largest state that a person makes.
"""
SOCKET = "/panel/socket"
PAGE = """<!doctype html>
<html lang="en" data-case="{case}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/panel/panel.css"></head>
<body><main id="root" data-mixedmig-socket="/panel/socket"></main>
<script type="module" src="/panel/panel.js"></script></body>
</html>
"""
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
    "font-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
))
REPORT_POLICY = "; ".join((
    "sandbox allow-popups allow-downloads", "default-src 'none'", "style-src 'unsafe-inline'", "img-src 'self' data:",
    "font-src data:", "base-uri 'none'", "form-action 'none'",
))
KINDS = {"js": "text/javascript", "css": "text/css"}
FILES = {".html": "text/html", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml",
         ".json": "application/json", ".csv": "text/csv", ".txt": "text/plain"}
REPORT = "/panel/report/{folder}/report.html"


class Closed(JupyterHandler):
    """Base of all pages: a strict policy, and nothing cached."""

    policy = POLICY

    @property
    def content_security_policy(self) -> str:
        """What a page may load: its own files."""
        return self.policy

    def set_default_headers(self) -> None:
        """Set the headers of every answer."""
        super().set_default_headers()
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", "no-store")


class Page(Closed):
    """The page of the panel."""

    @web.authenticated
    def get(self) -> None:
        """Answer with the page."""
        case = self.settings.get("mixedmig_case", "")
        self.finish(PAGE.format(case=escape(case), title=escape(f"mixedmig {case}")))


class FrontPart(Closed):
    """The module and the style sheet."""

    @web.authenticated
    def get(self, kind: str) -> None:
        """Answer with one of the two."""
        self.set_header("Content-Type", f"{KINDS[kind]}; charset=utf-8")
        self.finish(joined(kind))


class ReportPart(Closed):
    """A file of a report below the folder of reports.

    Scripts in it do not run.
    """

    policy = REPORT_POLICY

    @web.authenticated
    def get(self, folder: str, name: str) -> None:
        """Answer with the file; 404 for anything else."""
        reports: Path | None = self.settings.get("mixedmig_reports")
        if reports is None or not re.fullmatch(NAME_PATTERN, folder):
            raise web.HTTPError(404)
        root = (reports / folder).resolve()
        file = (root / name).resolve()
        if root.parent != reports.resolve() or root not in file.parents or file.suffix not in FILES:
            raise web.HTTPError(404)
        if not file.is_file():
            raise web.HTTPError(404)
        self.set_header("Content-Type", f"{FILES[file.suffix]}; charset=utf-8")
        self.finish(file.read_bytes())


class Socket(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """One panel: messages are answered in the order they came.

    A ``set`` that a newer one has overtaken is not answered.
    """

    session: Session | None = None

    def skip_check_origin(self) -> bool:
        """Return False: the origin is checked for everybody.

        Requests with the token are checked too.
        """
        return False

    @web.authenticated
    def get(self, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """Open the connection."""
        return super().get(*args, **kwargs)

    def open(self, *args: Any, **kwargs: Any) -> None:
        """Begin a session."""
        super().open(*args, **kwargs)
        begin: Callable[[], Session] = self.settings.get("mixedmig_session")  # type: ignore[assignment]
        self.session = begin()
        self.waiting: list[Any] = []
        self.working: asyncio.Task[None] | None = None
        self.reports: set[asyncio.Task[None]] = set()

    def on_message(self, text: str | bytes) -> None:
        """Take a message; what is no JSON is answered with a fault."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        kind = found.get("type") if isinstance(found, dict) else None
        if kind == "ping" and self.session is not None:  # answered here, however busy the threads are
            for reply in self.session.answer(found):
                self.write_message(reply.frame(), binary=True)
            return
        if kind == "report":
            task = asyncio.ensure_future(self._answer(found))
            self.reports.add(task)
            task.add_done_callback(self.reports.discard)
            return
        if self.session is not None:
            self.session.ahead.stop()
        if kind == "set":
            self.waiting = [one for one in self.waiting if not (isinstance(one, dict) and one.get("type") == "set")]
        self.waiting.append(found)
        if self.working is None or self.working.done():
            self.working = asyncio.ensure_future(self._work())

    def on_close(self) -> None:
        """End the session."""
        if self.session is not None:
            self.session.close()
        super().on_close()

    async def _work(self) -> None:
        while self.waiting:
            await self._answer(self.waiting.pop(0))

    async def _answer(self, found: Any) -> None:
        if self.session is None:
            return
        replies = self.session.answer(found)
        try:
            while (reply := await off_the_loop(next, replies, None)) is not None:
                await self.write_message(reply.frame(), binary=True)
        except WebSocketClosedError:
            self.session.close()


class Missing(Closed):
    """Everything else that a Jupyter server has: it is not there."""

    @web.authenticated
    def get(self) -> None:
        """Answer 404."""
        raise web.HTTPError(404)

    head = post = put = patch = delete = options = get


HANDLERS: list[tuple[str, type]] = [
    (r"/", Page), (r"/panel/panel\.(js|css)", FrontPart), (SOCKET, Socket), (r"/panel/report/([^/]+)/(.+)", ReportPart),
    (r"/(?!login$|logout$).*", Missing),
]
"""Paths in the order in which they are tried.

Only logging in and out is left to Jupyter.
"""
