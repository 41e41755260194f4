"""The command ``mixedmig init``: a workspace of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, explained, find_workspace, inputs_of, say, show

PARTS, LAST = ("docs", "parameters", "workbooks"), "parameters"
LEFT_ALONE = ("__pycache__", ".ipynb_checkpoints")


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")], as_json: Json = False) -> None:
    """Write a workspace: parameters, cases, workbooks, docs.

    You can change all files. `mixedmig new` then adds a case of your own.

    Example: mixedmig init myplan
    """
    with explained(as_json):
        write_workspace(folder)
        if as_json:
            show({"ok": True, "workspace": str(folder)})
        say(f"Wrote a workspace to {folder}. Next: cd {folder}, then mixedmig new (see --help) for a case of "
            f"your own, or mixedmig report andaman_sea_2015")


def write_workspace(folder: Path) -> None:
    """Copy the shipped workspace whole.

    Raises InputFaultsError where the folder holds something, TargetError.
    """
    import shutil

    from mixedmig_model.inputs.editor_schemas import FOLDER, editor_schemas
    from mixedmig_model.inputs.installed import installed_workspace
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
    from mixedmig_model.storage.atomic import new_folder, write_file
    from mixedmig_model.storage.targets import check_folder_target

    folder = folder.resolve()  # also where it is the current one: it stays the folder that it is
    holds_something = Fault(str(folder), 0, "", "the folder is not empty", allowed="a new or empty folder")
    check_folder_target(folder, inputs_of(find_workspace(None)))
    clear_interrupted(folder)
    if _entries(folder):
        raise InputFaultsError([holds_something])
    try:
        with new_folder(folder, LAST) as partial:
            ignore = shutil.ignore_patterns(*LEFT_ALONE)
            for part in PARTS:
                shutil.copytree(installed_workspace() / part, partial / part, ignore=ignore)
            (partial / "reports").mkdir()
            for name, text in editor_schemas().items():
                write_file(partial / FOLDER / name, text)
    except FileExistsError:
        raise InputFaultsError([holds_something]) from None


def clear_interrupted(folder: Path) -> None:
    """Remove what an interrupted call had put into a folder.

    The folder existed before the call was killed; only what is still as shipped is removed.
    """
    import shutil

    from mixedmig_model.inputs.editor_schemas import FOLDER, editor_schemas
    from mixedmig_model.inputs.installed import installed_workspace

    entries = _entries(folder)
    if len(entries) < len(list(folder.glob("*"))):  # another process is filling it
        return
    names = {path.name for path in entries}
    if not names or names - {"docs", "workbooks", "reports", FOLDER}:
        return
    if _contents(folder / FOLDER) not in ({}, {name: text.encode() for name, text in editor_schemas().items()}):
        return
    if any((folder / "reports").glob("*")):
        return
    for part in ("docs", "workbooks"):
        if _contents(folder / part) not in ({}, _contents(installed_workspace() / part)):
            return
    for name in names:
        shutil.rmtree(folder / name)


def _entries(folder: Path) -> list[Path]:
    """Return what a folder holds.

    Unfinished work of other processes is left out.
    """
    from mixedmig_model.storage.atomic import is_temporary, tidy

    tidy(folder)
    return [path for path in folder.glob("*") if not is_temporary(path)] if folder.is_dir() else []


def _contents(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder.

    Files that are never copied are left out.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
        if path.is_file() and not set(LEFT_ALONE) & set(path.relative_to(folder).parts)
    }
