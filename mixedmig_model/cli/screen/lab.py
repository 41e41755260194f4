"""The command ``mixedmig lab``: JupyterLab in the workspace."""

from typing import Annotated

import typer

from mixedmig_model.cli.common import Workspace, explained, find_workspace, say

START = "workbooks/start_here.ipynb"


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
        from traitlets.config import Config

        root = find_workspace(workspace)
        say(f"JupyterLab in {root}; Ctrl-C stops it.")
        config = Config({
            "LabApp": {"news_url": None, "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
                       "default_url": f"/lab/tree/{START}" if (root / START).exists() else "/lab"},
            "ServerApp": {"ip": "127.0.0.1", "port": port, "root_dir": str(root), "open_browser": not no_browser},
        })
        LabApp.launch_instance(argv=[], config=config)
