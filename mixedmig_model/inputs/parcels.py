"""What a task on another computer needs of a workspace, as a ZIP file: the same bytes for the same files."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import sha256

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file within, so that a copy of a workspace makes the same bytes."""
LEFT_OUT = ("reproduce",)
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


def files_digest(root: Path, case: str, scenario: str) -> str:
    """SHA-256 of all files that a scenario of a case is read from. Raises OSError."""
    return sha256(pack(root, case, (scenario,)))


def _wanted(parts: tuple[str, ...], case: str, scenarios: tuple[str, ...]) -> bool:
    if parts[0] in LEFT_OUT or any(part.startswith((".", "__")) for part in parts):
        return False
    if parts[0] != "cases":
        return True
    if len(parts) < 3 or parts[1] != case:
        return False
    return parts[2] != "scenarios" or Path(parts[-1]).stem in scenarios


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
