"""Digests of bytes and text, and of the program itself.

Results of another program are then never taken for its own.
"""

import hashlib
import platform
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

NUMBERS = ("vocabulary", "inputs", "equations", "solve", "results", "study")
"""The rooms of the package that make numbers."""
LIBRARIES = ("llvmlite", "mixedmig", "numpy", "pandas", "scipy", "xarray")
"""What it counts with, where it is installed."""


def sha256(content: bytes | str) -> str:
    """Return SHA-256 of bytes or text, in hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@cache
def code_digest(rooms: tuple[str, ...] = NUMBERS) -> str:
    """Return the SHA-256 of the program that makes numbers.

    It covers its source, the libraries it counts with, Python and the processor. The version alone does not say it: a
    clone that is updated keeps its version and changes its numbers.

    Parameters
    ----------
    rooms : tuple[str, ...], default NUMBERS
        Rooms of the package; all else in it is left out.

    Returns
    -------
    str
        The digest.
    """
    package = Path(__file__).resolve().parents[1]
    whole = hashlib.sha256()
    for path in sorted(path for room in rooms for path in (package / room).rglob("*.py")):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode() + content)
    made_with = []
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            made_with.append(f"{name} {version(name)}")
    whole.update("\n".join([*made_with, platform.python_version(), platform.machine()]).encode())
    return whole.hexdigest()
