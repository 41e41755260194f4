"""The server of the screens.

Each page has its own token. It answers on this computer alone.
"""

import asyncio
import hmac
import json
import logging
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from tornado import web
from tornado.httpserver import HTTPServer

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.exercise.desk import Audience, Desk
from mixedmig_model.record.words.failures import failure_of
from mixedmig_model.storage.workers import off_the_loop

LOCAL = "127.0.0.1"
FIRST_PORT, TRIED = 8830, 50
TOKEN_BYTES, MOST_BYTES = 24, 100_000
FRONT = Path(__file__).parent / "front"
ORDER = "order.txt"
PAGE = """<!doctype html>
<html lang="en" data-audience="{kind}" data-team="{team}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/front/exercise.css?token={token}"></head>
<body><main id="root"></main><script type="module" src="/front/exercise.js?token={token}"></script></body>
</html>
"""
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
    "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
))
KINDS = {"js": "text/javascript", "css": "text/css"}


@cache
def joined(ending: str) -> str:
    """Return the files of the front end with an ending.

    They are joined in the order of ``order.txt``; some are those of the panel.
    """
    names = (FRONT / ORDER).read_text(encoding="utf-8").split()
    return "\n".join((FRONT / name).read_text(encoding="utf-8") for name in names if name.endswith(f".{ending}"))


@dataclass(frozen=True)
class Tokens:
    """Tokens of all who take part."""

    tokens: Mapping[Audience, str]

    def audience(self, token: str) -> Audience | None:
        """Return whose token it is, or None.

        All are compared, each in the same time.
        """
        found = None
        for audience, own in self.tokens.items():
            if hmac.compare_digest(own.encode(), token.encode()):
                found = audience
        return found


def make_doors(teams: tuple[str, ...]) -> Tokens:
    """Return fresh tokens.

    They are for the facilitator, each team, and the projector.
    """
    audiences = (Audience("facilitator"), *(Audience("team", team) for team in teams), Audience("projector"))
    return Tokens({one: secrets.token_hex(TOKEN_BYTES) for one in audiences})


@dataclass(frozen=True)
class ServedSession:
    """What is served: session, tokens, port and title."""

    desk: Desk
    tokens: Tokens
    port: int
    title: str


class ExercisePath(web.RequestHandler):
    """Base of all paths: policy, host and token."""

    def initialize(self, served: ServedSession) -> None:
        """Take what is served."""
        self.served = served

    def set_default_headers(self) -> None:
        """Set the headers of every answer."""
        for name, value in (("Content-Security-Policy", POLICY), ("X-Content-Type-Options", "nosniff"),
                            ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
                            ("Cross-Origin-Resource-Policy", "same-origin")):
            self.set_header(name, value)
        self.clear_header("Server")

    def prepare(self) -> None:
        """Refuse other hosts and origins, and a missing token."""
        port = self.served.port
        hosts = {f"{LOCAL}:{port}", f"localhost:{port}"}
        origin = self.request.headers.get("Origin")
        if self.request.host not in hosts or (origin is not None and origin not in {f"http://{one}" for one in hosts}):
            raise web.HTTPError(403)
        found = self.served.tokens.audience(self.token())
        if found is None:
            raise web.HTTPError(403)
        self.audience: Audience = found

    def token(self) -> str:
        """Return the token of a page: it stands in the address."""
        return self.get_query_argument("token", "")

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the number alone."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(str(status_code))


class ExercisePage(ExercisePath):
    """The page of one audience.

    A token of another does not open it.
    """

    def get(self, *_: str) -> None:
        """Answer with the page."""
        if self.request.path != self.audience.path:
            raise web.HTTPError(403)
        title = self.served.title
        self.finish(PAGE.format(kind=escape(self.audience.kind), team=escape(self.audience.team),
                                title=escape(f"{title} - {self.audience.team or self.audience.kind}"),
                                token=self.token()))


class ExerciseFront(ExercisePath):
    """The module and the style sheet."""

    def get(self, kind: str) -> None:
        """Answer with one of the two."""
        self.set_header("Content-Type", f"{KINDS[kind]}; charset=utf-8")
        self.finish(joined(kind))


class ExerciseData(ExercisePath):
    """What a page shows, and the moves that it makes.

    The token stands in a header, which no other site can send.
    """

    def token(self) -> str:
        """Return the token of the header."""
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token if kind == "token" else ""

    async def get(self) -> None:
        """Answer with the data of the page."""
        await self._answer(lambda: self.served.desk.page(self.audience))

    async def post(self) -> None:
        """Make a move."""
        try:
            message = json.loads(self.request.body)
        except (ValueError, RecursionError):
            message = None
        await self._answer(lambda: self.served.desk.move(self.audience, message))

    async def _answer(self, work: Callable[[], Any]) -> None:
        """Answer with what a job returns, or with its faults."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        try:
            found = await off_the_loop(work)
        except Exception as error:
            failure = failure_of(error)
            self.set_status(400 if isinstance(error, InputFaultsError) else 500)
            found = failure.record
        self.finish(json.dumps(found, ensure_ascii=False, allow_nan=False))


class NotHere(ExercisePath):
    """Everything else: it is not there."""

    def get(self) -> None:
        """Answer 404."""
        raise web.HTTPError(404)

    head = post = put = patch = delete = options = get


HANDLERS: list[tuple[str, type]] = [
    (r"/facilitator", ExercisePage), (r"/projector", ExercisePage), (r"/team/([a-z0-9_-]{1,64})", ExercisePage),
    (r"/front/exercise\.(js|css)", ExerciseFront), (r"/data", ExerciseData), (r".*", NotHere),
]


def free_socket(port: int | None) -> socket.socket:
    """Return a socket on a port, or on the first free one.

    Raises OSError where none is free.
    """
    ports = [port] if port is not None else list(range(FIRST_PORT, FIRST_PORT + TRIED))
    for number in ports[:-1]:
        with suppress(OSError):
            return _listening(number)
    return _listening(ports[-1])


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this computer alone."""
    made = socket.socket()
    try:
        if os.name == "posix":  # elsewhere it would take a port that another program has
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((LOCAL, port))
        made.listen(128)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


def addresses(doors: Tokens, port: int) -> dict[str, str]:
    """Return the address of each page, with its token."""
    return {one.team or one.kind: f"http://{LOCAL}:{port}{one.path}?token={token}"
            for one, token in doors.tokens.items()}


def serve_exercise(desk: Desk, port: int | None, tell: Callable[[dict[str, str]], None]) -> None:
    """Serve the screens until the process is stopped.

    Parameters
    ----------
    desk : Desk
        The session.
    port : int or None
        The port; the first free one from 8830 if None.
    tell : callable
        Called with the address of each page.

    Raises
    ------
    OSError
        Where no port is free.
    """
    asyncio.run(_serve(desk, port, tell))


async def _serve(desk: Desk, port: int | None, tell: Callable[[dict[str, str]], None]) -> None:
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    listening = free_socket(port)
    number, doors = int(listening.getsockname()[1]), make_doors(desk.session.teams)
    served = ServedSession(desk, doors, number, desk.session.inputs.exercise.title)
    paths = [(pattern, handler, {"served": served}) for pattern, handler in HANDLERS]
    server = HTTPServer(web.Application(paths), max_body_size=MOST_BYTES, max_buffer_size=2 * MOST_BYTES)
    server.add_sockets([listening])
    try:
        tell(addresses(doors, number))
        await asyncio.Event().wait()
    finally:
        server.stop()
        await server.close_all_connections()
