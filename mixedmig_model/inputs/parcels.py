"""The files that a case is read from.

This has their digests, and all of them as a ZIP file for a task on another computer.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import sha256

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file within a parcel.

It lets a copy of a workspace make the same bytes.
"""
LEFT_OUT = ("reproduce", "exercises")
CASES, SCENARIOS = "cases", "scenarios"
MOST_BYTES = 64 * 1024 * 1024


def pack(root: Path, case: str, scenarios: tuple[str, ...]) -> bytes:
    """Return the parameters of a workspace with one case, as ZIP.

    Only the scenarios named are included. Raises OSError.
    """
    parameters, made = root / "parameters", io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in sorted(parameters.rglob("*")):
            parts = path.relative_to(parameters).parts
            if path.is_file() and _wanted(parts, case, scenarios):
                info = zipfile.ZipInfo("/".join(("parameters", *parts)), FIRST_DAY)
                parcel.writestr(info, path.read_bytes())
    return made.getvalue()


Digests = Mapping[str, str]
"""SHA-256 of the content of each file, by name.

Names start from the folder of parameters.
"""


def shared_digests(root: Path) -> Digests:
    """Return digests of files that all cases share.

    They are files of a workspace.
    """
    parameters = root / "parameters"
    return _digests(parameters, [path for path in parameters.glob("*") if path.name not in (CASES, *LEFT_OUT)])


def case_digests(root: Path, case: str, folder: str = CASES) -> Digests:
    """Return digests of the files of one case.

    All its scenarios are included.
    """
    return _digests(root / "parameters", [root / "parameters" / folder / case])


def tree_digests(root: Path, folder: Path) -> Digests:
    """Return digests of the files below a folder of parameters."""
    return _digests(root / "parameters", [folder])


def _digests(parameters: Path, tops: list[Path]) -> Digests:
    """Return digests of all files that are read.

    They lie in some folders, or are named.
    """
    found = {}
    for top in tops:
        for path in (top, *top.rglob("*")):
            parts = path.relative_to(parameters).parts
            if path.is_file() and not _hidden(parts):
                found["/".join(parts)] = _digest(path)
    return found


def _digest(path: Path) -> str:
    """Return the digest of a file, or none if it is unreadable.

    The reader of the file reports the fault.
    """
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def one_digest(digests: Digests, scenario: str | None = None) -> str:
    """Return one digest of many.

    Parameters
    ----------
    digests : Digests
        Digest of each file by name.
    scenario : str | None, default None
        The only scenario whose file counts; all of the case if None.

    Returns
    -------
    str
        The digest.
    """
    kept = {
        name: digest for name, digest in digests.items()
        if scenario is None or name.split("/")[-2:-1] != [SCENARIOS] or PurePosixPath(name).stem == scenario
    }
    return sha256(json.dumps(kept, sort_keys=True))


def _wanted(parts: tuple[str, ...], case: str, scenarios: tuple[str, ...]) -> bool:
    if parts[0] in LEFT_OUT or _hidden(parts):
        return False
    if parts[0] != CASES:
        return True
    if len(parts) < 3 or parts[1] != case:
        return False
    return parts[2] != SCENARIOS or Path(parts[-1]).stem in scenarios


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__")) for part in parts)


def unpack(parcel: bytes, folder: Path) -> None:
    """Write the files of a parcel into a folder.

    Raises ValueError for a name that leads out of it, or for too much.
    """
    with zipfile.ZipFile(io.BytesIO(parcel)) as packed:
        if sum(info.file_size for info in packed.infolist()) > MOST_BYTES:
            raise ValueError("the parcel holds too much")
        for info in packed.infolist():
            name = PurePosixPath(info.filename)
            if name.is_absolute() or ".." in name.parts:
                raise ValueError(f"the parcel holds a file outside its folder: {info.filename}")
            write_file(folder.joinpath(*name.parts), packed.read(info))
