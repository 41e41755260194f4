"""The app: a Jupyter server that serves only the panel.

Token, cookies and the check of origins are Jupyter's.
"""

import logging
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.manager import ContentsManager

from mixedmig_model.present.panel.app.handlers import HANDLERS, MOST_BYTES, REPORT
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.session import Session
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.storage.system import reuse_memory
from mixedmig_model.storage.workers import in_background

LOCAL = "127.0.0.1"
RETRIES = 50
TOKEN_BYTES = 24


class NoContents(ContentsManager):
    """No files are listed, read or written."""

    def get_extra_handlers(self) -> list[Any]:
        """Return no paths."""
        return []


class PanelServer(ServerApp):
    """The server.

    Settings of other Jupyter servers on this computer do not reach it.
    """

    name = "mixedmig-app"
    default_services = ("api", "auth", "security")  # type: ignore[assignment]

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no file of settings."""


def make_server(
    engines: Engines, reports: Path | None, *, port: int | None = None, host: str = LOCAL, token: str | None = None,
    browser: bool = False,
) -> PanelServer:
    """Make the server, which listens but does not answer yet.

    Parameters
    ----------
    engines : Engines
        The cases that it shows.
    reports : Path or None
        The folder of reports.
    port : int, optional
        The port; if None, the first free one from 8780.
    host : str, default "127.0.0.1"
        The address. One that others reach makes the panel read-only, and needs a token.
    token : str, optional
        The token; if None, a random one is made.
    browser : bool, default False
        Whether a browser is opened.

    Returns
    -------
    PanelServer
        The server.
    """
    reuse_memory()
    read_only = host != LOCAL
    settings = {
        "websocket_max_message_size": MOST_BYTES, "mixedmig_case": engines.case or "",
        "mixedmig_reports": None if read_only else reports,
        "mixedmig_session": lambda: Session(
            engines.of, Files(None if read_only else reports, REPORT, read_only=read_only)),
    }
    options: PlainData = {
        "ip": host, "port": 8780 if port is None else port, "port_retries": RETRIES if port is None else 0,
        "open_browser": browser, "allow_root": True, "allow_unauthenticated_access": False,
        "contents_manager_class": NoContents, "root_dir": str(engines.root), "jpserver_extensions": {},
        "allow_remote_access": read_only, "tornado_settings": settings, "log_level": logging.WARNING,
        "default_url": "/", "terminals_enabled": False, "answer_yes": True,
    }
    server = PanelServer(**options)
    server.config.IdentityProvider.token = token or secrets.token_hex(TOKEN_BYTES)
    server.initialize(argv=[], find_extensions=False)
    server.web_app.add_handlers(".*$", HANDLERS)  # type: ignore[no-untyped-call]
    return server


def address_of(server: PanelServer) -> str:
    """Return the address of the panel with its token."""
    return f"http://{server.ip}:{server.port}/?token={server.identity_provider.token}"


def serve(server: PanelServer, engines: Engines) -> None:
    """Answer until the process is stopped.

    The case is prepared meanwhile.
    """
    in_background(_prepare, engines)
    server.start()


def _prepare(engines: Engines) -> None:
    with suppress(Exception):  # whatever it is, it is said to the first panel that asks
        engines.prepare()
