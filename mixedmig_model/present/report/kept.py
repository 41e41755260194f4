"""Pages of a report that are kept.

Pages, executed notebooks and figures follow from the record, the runs, the notebooks and the program. Where all of
these are as they were, no notebook runs again and no figure is drawn again. The record is made anew each time, so that
pages never show another number than it has.
"""

import io
import json
import os
import platform
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mixedmig_model.inputs.parcels import FIRST_DAY, unpack
from mixedmig_model.record.files import RECORD_FILE
from mixedmig_model.record.finished import DATA_FOLDER, FIGURES_FOLDER
from mixedmig_model.storage import cache
from mixedmig_model.storage.atomic import scratch_folder, write_file
from mixedmig_model.storage.digests import LIBRARIES, NUMBERS, code_digest, sha256
from mixedmig_model.storage.kinds import TargetError

SCHEMA = 1
ROOMS = (*NUMBERS, "storage", "record", "present")
"""Rooms of the package that make pages."""
DRAWN_WITH = (
    *LIBRARIES, "ipykernel", "ipython", "jinja2", "matplotlib", "mistune", "nbclient", "nbconvert", "nbformat",
    "papermill", "pillow", "pygments", "seaborn",
)
"""What pages are made with, where it is installed."""
AROUND = ("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "MATPLOTLIBRC", "TZ")
"""Variables of the environment that may change a page."""
NOTEBOOKS = "notebooks"


def pages_key(folder: Path, asked: Sequence[object], sources: Mapping[str, Path]) -> str:
    """Return the name under which the pages of a report are kept.

    Parameters
    ----------
    folder : Path
        Folder of the report, with its record and its runs.
    asked : Sequence[object]
        Which pages, with their titles and the words around them.
    sources : Mapping[str, Path]
        The notebooks by name.

    Returns
    -------
    str
        A digest of all that decides the pages.

    Raises
    ------
    OSError
        Where a file cannot be read.
    """
    files = [folder / RECORD_FILE, *sorted((folder / DATA_FOLDER).iterdir()), *sources.values()]
    made_from = [[path.name, sha256(path.read_bytes())] for path in files]
    around = {name: os.environ.get(name) for name in AROUND}
    return sha256(json.dumps([SCHEMA, code_digest(ROOMS), made_from, list(asked), _made_with(), around]))


def _made_with() -> list[str]:
    """Return Python and the libraries of pages, with their versions."""
    found = [platform.platform(), platform.python_version()]
    for name in DRAWN_WITH:
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return found


def restore_pages(key: str, folder: Path) -> bool:
    """Write the kept pages of a report into its folder.

    Parameters
    ----------
    key : str
        Their name.
    folder : Path
        Folder of the report.

    Returns
    -------
    bool
        Whether there were any.

    Raises
    ------
    OSError
        Where they cannot be written.
    """
    content = b""
    with suppress(OSError, TargetError), scratch_folder() as scratch:
        if cache.find(key, scratch / "pages", cache.PAGES) is not None:
            content = (scratch / "pages").read_bytes()
    if content:
        with suppress(ValueError):  # more than a parcel may hold
            unpack(content, folder)
            return True
    return False


def keep_pages(key: str, stems: Sequence[str], folder: Path) -> None:
    """Keep the pages of a report.

    Where they cannot be kept, only time is lost.

    Parameters
    ----------
    key : str
        Their name.
    stems : Sequence[str]
        Names of the pages without an ending.
    folder : Path
        Folder of the report.
    """
    pages = [path for stem in stems for path in (folder / f"{stem}.html", folder / NOTEBOOKS / f"{stem}.ipynb")]
    with suppress(OSError, TargetError), scratch_folder() as scratch:
        write_file(scratch / "pages", _packed([*pages, *sorted((folder / FIGURES_FOLDER).glob("*"))], folder))
        cache.keep(key, {"pages": list(stems)}, scratch / "pages", cache.PAGES)


def _packed(files: Sequence[Path], folder: Path) -> bytes:
    """Return files of a folder as ZIP, the same bytes each time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parcel:
        for path in files:
            parcel.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix(), FIRST_DAY), path.read_bytes())
    return made.getvalue()
