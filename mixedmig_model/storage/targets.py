"""Files and folders that a command is to write.

They are tried before anything is computed. A file is replaced only if it is a regular file whose name has the right
ending. Nothing is written into the folders that a command reads.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import ENOTDIR
from pathlib import Path

from mixedmig_model.storage.atomic import OPEN_ELSEWHERE, tidy, try_file
from mixedmig_model.storage.kinds import TargetError, require_kind

NEW_FILE, NEW_FOLDER = "a new file, or one to replace", "a new folder, or one that is there"


@dataclass(frozen=True)
class FileTarget:
    """A file to write.

    It has the option that names it, its path, and how its name must end (such as ``.nc``).
    """

    option: str
    path: Path
    ending: str


def check_targets(targets: Sequence[FileTarget], inputs: Iterable[Path] = ()) -> None:
    """Try files before anything is computed.

    All faults are reported together.

    Parameters
    ----------
    targets : Sequence[FileTarget]
        The files.
    inputs : Iterable[Path], default ()
        Folders that are read and below which nothing is written.

    Raises
    ------
    TargetError
        Where a file cannot be written.
    """
    faults = [text for target in targets if (text := _fault(target, tuple(inputs)))]
    if faults:
        raise TargetError("\n".join(faults))


def _fault(target: FileTarget, inputs: tuple[Path, ...]) -> str:
    """Return what is wrong with one file, or nothing."""
    try:
        _refuse_home(target.path)
        require_kind(target.path, "a file", NEW_FILE)
        if target.path.suffix.lower() != target.ending:
            return (f"{target.option}: the file's name has another ending; found {target.path.name[-80:]!r}; allowed: "
                    f"a name that ends in {target.ending}")
        _refuse_inputs(target.path, inputs)
        check_file_target(target.path)
    except TargetError as error:
        return str(error)
    return ""


def check_file_target(file: Path) -> None:
    """Try whether a file can be written.

    Missing folders above it are made and removed again. Raises TargetError.
    """
    require_kind(file, "a file", NEW_FILE)
    _try(file, file)


def check_folder_target(folder: Path, inputs: Iterable[Path] = (), files: Sequence[str] = ()) -> None:
    """Try whether a folder can be made or filled.

    Parameters
    ----------
    folder : Path
        The folder.
    inputs : Iterable[Path], default ()
        Folders that are read and below which nothing is written.
    files : Sequence[str], default ()
        Names that will be written in it.

    Raises
    ------
    TargetError
        Where the folder cannot be written.
    """
    _refuse_home(folder)
    require_kind(folder, "a folder", NEW_FOLDER)
    _refuse_inputs(folder, tuple(inputs))
    _try(folder / "x" if folder.is_dir() else folder, folder)
    faults = []
    for name in files if folder.is_dir() else ():
        try:
            check_file_target(folder / name)
        except TargetError as error:
            faults.append(str(error))
    if faults:
        raise TargetError("\n".join(faults))


def _refuse_home(target: Path) -> None:
    """Refuse ``~`` where the shell has not replaced it.

    Nobody means a folder of that name. Raises TargetError.
    """
    first = Path(*target.parts[:1])
    with suppress(RuntimeError):  # nobody has that home: a name like any other
        if first.expanduser() != first:
            text = f"the shell has not replaced {first} by a home folder; allowed: the path in full"
            raise TargetError(f"{target}: {text}")


def _refuse_inputs(target: Path, inputs: tuple[Path, ...]) -> None:
    """Refuse what lies in a folder that is read.

    It does not matter by which name or link it is reached. Raises TargetError.
    """
    above = [path for path in (target.absolute(), *target.absolute().parents) if path.exists()]
    real = [path for one in above[:1] for path in (one.resolve(), *one.resolve().parents)]
    for folder in inputs:
        if folder.exists() and any(path.samefile(folder) for path in real):
            raise TargetError(f"{target}: this lies in the inputs of the workspace ({folder}); allowed: a place "
                              "outside that folder")


def _try(probe: Path, target: Path) -> None:
    """Try to make or open a file.

    What killed processes left next to it is cleaned up first. ``target`` is what messages name. Raises TargetError.
    """
    tidy(target.absolute().parent)
    try:
        try_file(probe)
    except PermissionError as error:
        if probe.is_file():
            raise TargetError(f"{target}: {OPEN_ELSEWHERE}") from None
        raise TargetError(_unwritable(target, error)) from None
    except OSError as error:
        raise TargetError(_unwritable(target, error)) from None


def _unwritable(target: Path, error: OSError) -> str:
    is_in_the_way = isinstance(error, FileExistsError)  # a file where a folder must be
    why = os.strerror(ENOTDIR) if is_in_the_way else error.strerror
    return f"{target}: it cannot be written: {why or error}; allowed: a folder that you may write to"
