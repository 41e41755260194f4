"""The command ``mixedmig init``: a workspace of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, explained, say, show

LEFT_ALONE = ("__pycache__", ".ipynb_checkpoints")


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")], as_json: Json = False) -> None:
    """Write a workspace: parameters, cases and workbooks, to change as you like.

    Example: mixedmig init myplan
    """
    with explained(as_json):
        write_workspace(folder)
        if as_json:
            show({"ok": True, "workspace": str(folder)})
        say(f"Wrote a workspace to {folder}. Next: cd {folder} and mixedmig report andaman_sea_2015")


def write_workspace(folder: Path) -> None:
    """Copy the shipped workspace whole. Raises InputFaultsError where the folder holds something, TargetError."""
    import shutil

    from mixedmig_model.inputs.installed import installed_workspace
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
    from mixedmig_model.storage.atomic import check_folder_target, whole_folder

    folder = folder.resolve()
    check_folder_target(folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise InputFaultsError([Fault(str(folder), 0, "", "the folder is not empty", allowed="a new or empty folder")])
    with whole_folder(folder) as partial:
        for part in ("parameters", "workbooks"):
            shutil.copytree(installed_workspace() / part, partial / part, ignore=shutil.ignore_patterns(*LEFT_ALONE))
        (partial / "reports").mkdir()
