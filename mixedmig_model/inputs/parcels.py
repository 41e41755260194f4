"""The files that a case is read from: their digests, and all of them as a ZIP file for a task on another computer."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import sha256

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file within, so that a copy of a workspace makes the same bytes."""
LEFT_OUT = ("reproduce",)
CASES, SCENARIOS = "cases", "scenarios"
MOST_BYTES = 64 * 1024 * 1024


def pack(root: Path, case: str, scenarios: tuple[str, ...]) -> bytes:
    """The parameters of a workspace with one case, of its scenarios those named only. Raises OSError."""
    parameters, made = root / "parameters", io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for path in sorted(parameters.rglob("*")):
            parts = path.relative_to(parameters).parts
            if path.is_file() and _wanted(parts, case, scenarios):
                info = zipfile.ZipInfo("/".join(("parameters", *parts)), FIRST_DAY)
                parcel.writestr(info, path.read_bytes())
    return made.getvalue()


Digests = Mapping[str, str]
"""SHA-256 of the content of each file, by its name from the folder of parameters."""


def shared_digests(root: Path) -> Digests:
    """Digests of the files that all cases of a workspace share."""
    parameters = root / "parameters"
    return _digests(parameters, [path for path in parameters.glob("*") if path.name not in (CASES, *LEFT_OUT)])


def case_digests(root: Path, case: str, folder: str = CASES) -> Digests:
    """Digests of the files of one case with all its scenarios."""
    return _digests(root / "parameters", [root / "parameters" / folder / case])


def _digests(parameters: Path, tops: list[Path]) -> Digests:
    """Digests of all files that are read of some folders and files."""
    found = {}
    for top in tops:
        for path in (top, *top.rglob("*")):
            parts = path.relative_to(parameters).parts
            if path.is_file() and not _hidden(parts):
                found["/".join(parts)] = _digest(path)
    return found


def _digest(path: Path) -> str:
    """The digest of a file; of one that cannot be read none, and whoever reads it tells the fault."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def one_digest(digests: Digests, scenario: str | None = None) -> str:
    """One digest of many. Args: scenario, the only one whose file counts; all of the case if None."""
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
    """Write the files of a parcel into a folder. Raises ValueError for a name that leads out of it, or for too much."""
    with zipfile.ZipFile(io.BytesIO(parcel)) as packed:
        if sum(info.file_size for info in packed.infolist()) > MOST_BYTES:
            raise ValueError("the parcel holds too much")
        for info in packed.infolist():
            name = PurePosixPath(info.filename)
            if name.is_absolute() or ".." in name.parts:
                raise ValueError(f"the parcel holds a file outside its folder: {info.filename}")
            write_file(folder.joinpath(*name.parts), packed.read(info))
