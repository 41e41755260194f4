"""SHA-256 sums of the files of a folder.

They are in the form that ``sha256sum --check`` reads.
"""

from dataclasses import dataclass
from pathlib import Path

from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.digests import sha256

SUMS_FILE = "SHA256SUMS"


@dataclass(frozen=True)
class ChangedFiles:
    """Names of files that are not as they were written.

    Names start from their folder; ``added`` came later.
    """

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


def write_sums(folder: Path) -> Path:
    """Write the sums of all files of a folder. Raises OSError."""
    lines = [f"{sha256(path.read_bytes())}  {name}\n" for name, path in _files(folder)]
    file = folder / SUMS_FILE
    write_file(file, "".join(lines))
    return file


def changed_files(folder: Path) -> ChangedFiles:
    """Compare the files of a folder with their sums.

    Raises FileNotFoundError where there are none, OSError.
    """
    lines = (folder / SUMS_FILE).read_text(encoding="utf-8").splitlines()
    known = {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}
    found = dict(_files(folder))
    return ChangedFiles(
        tuple(name for name, digest in known.items() if name in found and sha256(found[name].read_bytes()) != digest),
        tuple(name for name in known if name not in found),
        tuple(name for name in found if name not in known),
    )


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Return all files of a folder by name, without the sums."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path != folder / SUMS_FILE]
    return sorted((path.relative_to(folder).as_posix(), path) for path in paths)
