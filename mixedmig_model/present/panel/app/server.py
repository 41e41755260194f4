"""The app: a Jupyter server with nothing but the panel (token, cookies and the check of origins are Jupyter's)."""

import logging
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from jupyter_server.services.contents.manager import ContentsManager

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.panel.app.handlers import HANDLERS, MOST_BYTES, REPORT
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.session import FAILURES, Session
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.storage.workers import in_background

LOCAL = "127.0.0.1"
RETRIES = 50
TOKEN_BYTES = 24


class NoContents(ContentsManager):
    """No files are listed, read or written."""

    def get_extra_handlers(self) -> list[Any]:
        """No paths of its own."""
        return []


class PanelServer(ServerApp):
    """The server; settings of other Jupyter servers on this computer do not reach it."""

    name = "mixedmig-app"
    default_services = ("api", "auth", "security")  # type: ignore[assignment]

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no file of settings."""


def make_server(
    engines: Engines, reports: Path | None, *, port: int | None = None, host: str = LOCAL, token: str | None = None,
    browser: bool = False,
) -> PanelServer:
    """The server, listening, but not yet answering.

    Args: port, the first free one from 8780 if None; host, an address that others reach makes it read-only and wants
    a token; browser, whether a browser is opened.
    """
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
    """The address of the panel with its token."""
    return f"http://{server.ip}:{server.port}/?token={server.identity_provider.token}"


def serve(server: PanelServer, engines: Engines) -> None:
    """Answer until the process is stopped; the case is prepared meanwhile."""
    in_background(_prepare, engines)
    server.start()


def _prepare(engines: Engines) -> None:
    with suppress(InputFaultsError, *FAILURES):  # said to the first panel that asks
        engines.prepare()
