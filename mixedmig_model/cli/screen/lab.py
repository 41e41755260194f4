"""The command ``mixedmig lab``: JupyterLab in the workspace."""

from pathlib import Path
from typing import Annotated, Any

import typer

from mixedmig_model.cli.common import Workspace, explained, find_workspace, say

START = "workbooks/start_here.ipynb"
NEWS = "@jupyterlab/apputils-extension:announcements"


def lab(
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, open nothing.")] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to try first.")] = 8888,
    workspace: Workspace = None,
) -> None:
    """Open JupyterLab in the workspace.

    It listens on this computer only, shows the workbooks, and asks no server for news.

    Example: mixedmig lab
    """
    with explained():
        from jupyterlab.labapp import LabApp

        root = find_workspace(workspace)
        say(f"JupyterLab in {root}; Ctrl-C stops it.")
        server = LabApp.initialize_server(argv=_options(root, port, no_browser))
        server.web_app.settings["page_config_hook"] = _without_news
        server.start()


def _options(root: Path, port: int, no_browser: bool) -> list[str]:
    """Return the options of JupyterLab.

    They are arguments, since JupyterLab hands no other settings to its server. It may run as root, since a container
    often has no other user.
    """
    return [
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", f"--ServerApp.root_dir={root}",
        f"--ServerApp.open_browser={not no_browser}", "--ServerApp.allow_root=True",
        f"--LabApp.default_url=/lab{f'/tree/{START}' if (root / START).exists() else ''}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]


def _without_news(_: Any, page: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of the page without its plugin for news.

    The plugin asks each person, also where the server has no news.
    """
    return {**page, "disabledExtensions": [*page.get("disabledExtensions", ()), NEWS]}
