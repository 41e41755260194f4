"""The command ``mixedmig explorer``: a case as one file.

The HTML file solves every setting itself, offline.
"""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import CaseName, Workspace, explained, find_workspace, inputs_of, say


def explorer(
    case: CaseName,
    to: Annotated[Path, typer.Option("--to", help="The file to write, which ends in .html.")],
    workspace: Workspace = None,
) -> None:
    """Write a case as one HTML file for a class.

    The file has the whole model. It opens without a connection or Python, and asks for nothing.

    Example: mixedmig explorer generic_surge --to explorer.html
    """
    with explained():
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.present.explorer.html import write_explorer
        from mixedmig_model.present.panel.engine import Engine
        from mixedmig_model.present.panel.ranking import prepare
        from mixedmig_model.record.words.panel.explorer import WRITTEN
        from mixedmig_model.storage.targets import FileTarget, check_targets

        root = find_workspace(workspace)
        target = FileTarget("--to", to, ".html")
        check_targets([target], inputs_of(root))
        engine = Engine(read_case(read_workspace(root), case))
        size = write_explorer(engine, target.path, lambda: prepare(engine).sliders)
        say(WRITTEN.format(path=target.path, size=f"{size / 1e6:.1f}"))
