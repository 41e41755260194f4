"""Entries of the folders below ``parameters/``.

Each entry is read, or is a fault; nothing is overlooked in silence. Notes for people (README, LICENSE and ``*.md``) and
what systems leave behind (hidden files, locks) are left alone.
"""

import re
from collections.abc import Collection
from pathlib import Path

from mixedmig_model.inputs.reading.faults import Fault, listed, nearest, plain_name, printable
from mixedmig_model.inputs.reading.fields import FILE_PATTERN, NAME_PATTERN, PATTERNS, is_device_name

NOT_READ = "no command reads a file of this name"
FOLDER_NOT_READ = "no command reads this folder"
TAKEN = "the name is used by another folder of reports"
CASE_FILE = "case.yaml"
TABLE_ENDINGS = (".yaml", ".yml", ".csv")
SYSTEM_FILES = ("__pycache__", "thumbs.db", "desktop.ini")
SHARED_FILES = ("presets.yaml", "sources.yaml", "traceability.yaml")
SHARED_FOLDERS = ("base", "cases", "costs", "exercises", "levers", "reproduce")
RESERVED_CASES = ("batches", "exercises")
"""Names that no case can have.

Their folder below ``reports`` belongs to something else.
"""
READ_ELSEWHERE = (*SHARED_FILES, CASE_FILE, "costs.yaml", "groups.yaml", "money.yaml", "rates.csv",
                  "economies.csv", "evidence.csv")
"""Names that some folder has.

Where one stands in another folder, no other name was meant.
"""


def label(root: Path, path: Path) -> str:
    """Return the name of a file for messages.

    It is relative to the workspace, with forward slashes.
    """
    return printable(path.relative_to(root).as_posix())


def is_there(path: Path) -> bool:
    """Return whether an entry stands at a path.

    A link to nothing counts: it is to be read, and is a fault.
    """
    return path.is_symlink() or path.exists()


def is_left_alone(path: Path) -> bool:
    """Return whether an entry is a note, or belongs to a system.

    A note is for people; systems and editors keep files for themselves. A folder is no note, nor is a file of the kind
    that is read: ``licensed_work.yaml`` may hold a lever.
    """
    small = path.name.lower()
    if small in SYSTEM_FILES or small.startswith((".~lock.", "~$", "._")):
        return True
    if small.startswith("."):
        return not small.endswith(TABLE_ENDINGS)
    if small.endswith(TABLE_ENDINGS) or path.is_dir():
        return False
    return small.startswith(("readme", "license")) or small.endswith(".md")


def yaml_files(
    root: Path, folder: Path, faults: list[Fault], beside_folders: bool = False, tables: Collection[str] = ()
) -> list[Path]:
    """Return the YAML files of a folder.

    Every other entry would be overlooked, and is a fault.

    Parameters
    ----------
    root : Path
        Folder of the workspace.
    folder : Path
        The folder to look at.
    faults : list[Fault]
        Faults so far; new ones are added.
    beside_folders : bool, default False
        Whether folders may stand among the files. They are looked at elsewhere.
    tables : Collection[str], default ()
        Names of tables that may stand among the files. They are read elsewhere.

    Returns
    -------
    list[Path]
        The files in order of name.
    """
    entries = sorted(path for path in folder.glob("*") if not is_left_alone(path))
    for path in entries:
        if path.is_dir():
            faults += [] if beside_folders or path.suffix == ".yaml" else [_folder_fault(root, path, ())]
        elif path.name not in tables and (path.suffix != ".yaml" or path.name.startswith(".")):
            meant = _meant(path.name)
            allowed = listed(("*.yaml", *tables))
            faults.append(Fault(label(root, path), 0, "", NOT_READ, found=repr(printable(path.name)), allowed=allowed,
                                nearest=meant if meant != path.name else ""))
    return [path for path in entries if path.suffix == ".yaml" and not path.name.startswith(".")]


def table_files(root: Path, folder: Path, faults: list[Fault]) -> list[Path]:
    """Return the tables of a folder, in order of name.

    Every other entry would be overlooked, and is a fault. Faults are added to those so far.
    """
    tables = []
    for path in sorted(path for path in folder.glob("*") if not is_left_alone(path)):
        if path.is_dir():
            faults.append(_folder_fault(root, path, ()))
        elif re.fullmatch(FILE_PATTERN, path.name) is None:
            allowed = "*.csv, named with a-z, 0-9, _ and -"
            faults.append(Fault(label(root, path), 0, "", NOT_READ, found=repr(printable(path.name)), allowed=allowed))
        else:
            tables.append(path)
    return tables


def other_entries(root: Path, folder: Path, files: Collection[str], folders: Collection[str]) -> list[Fault]:
    """Return faults of entries of a folder that nothing reads."""
    faults = []
    for path in sorted(folder.glob("*")):
        if is_left_alone(path):
            continue
        if path.is_dir():
            faults += [] if path.name in folders else [_folder_fault(root, path, folders)]
        elif path.name not in files:
            meant = _meant(path.name)
            absent = [name for name in files if meant not in READ_ELSEWHERE and not (folder / name).exists()]
            near = meant if meant in files else nearest(meant, absent)
            faults.append(Fault(label(root, path), 0, "", NOT_READ, found=repr(printable(path.name)),
                                allowed=listed(files), nearest=near))
    return faults


def shared_entries(root: Path) -> list[Fault]:
    """Return faults of entries of ``parameters`` itself."""
    return other_entries(root, root / "parameters", SHARED_FILES, SHARED_FOLDERS)


def case_folders(root: Path, folder: Path, beside: Collection[str] = ()) -> list[Fault]:
    """Return faults of a folder of cases.

    These are files in it, names that no case can have, and folders without a case file.

    Parameters
    ----------
    root : Path
        Folder of the workspace.
    folder : Path
        The folder of cases.
    beside : Collection[str], default ()
        Endings of files that may stand there.

    Returns
    -------
    list[Fault]
        The faults.
    """
    faults = []
    for path in sorted(folder.glob("*")):
        if is_left_alone(path):
            continue
        if not path.is_dir():
            if path.suffix not in beside:
                faults.append(Fault(label(root, path), 0, "", NOT_READ, found=repr(printable(path.name)),
                                    allowed=f"a folder with {CASE_FILE} for each case"))
        else:
            faults += _case_folder(root, path)
    return faults


def _case_folder(root: Path, path: Path) -> list[Fault]:
    """Return faults of a folder that should be a case."""
    name, here = path.name, label(root, path)
    if not re.fullmatch(NAME_PATTERN, name):
        problem, allowed = PATTERNS[NAME_PATTERN]
        return [Fault(here, 0, "", problem, found=repr(printable(name)), allowed=allowed, nearest=plain_name(name))]
    if is_device_name(name):
        return [Fault(here, 0, "", "the name is reserved by Windows", found=repr(name), allowed="another name")]
    if name in RESERVED_CASES:
        return [Fault(here, 0, "", TAKEN, found=repr(name), allowed="another name")]
    if not (path / CASE_FILE).is_file():
        names = [printable(one.name) for one in path.glob("*") if not is_left_alone(one)]
        near = CASE_FILE if any(_meant(one) == CASE_FILE for one in names) else ""
        problem = f"the folder is not a case: {CASE_FILE} is missing"
        return [Fault(here, 0, "", problem, found=listed(names) or "nothing",
                      allowed=f"a folder with {CASE_FILE}", nearest=near)]
    return []


def _folder_fault(root: Path, path: Path, folders: Collection[str]) -> Fault:
    allowed = listed(folders) or "no folder here"
    return Fault(label(root, path), 0, "", FOLDER_NOT_READ, found=repr(printable(path.name)), allowed=allowed,
                 nearest=nearest(path.name, folders))


def _meant(name: str) -> str:
    """Return the name that a file was meant to have.

    It is ``costs.yaml`` for ``costs.yml``, ``.costs.yaml`` and ``costs.yaml.txt``.
    """
    plain = printable(name).strip(".").strip()
    found = re.match(r"(.*?)\.(ya?ml)", plain, re.IGNORECASE)
    return f"{found[1]}.yaml" if found else plain
