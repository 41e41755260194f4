"""The place of the shipped workspace.

It has parameters and workbooks, and lies in the wheel, or in a clone next to the package.
"""

from pathlib import Path


def installed_workspace() -> Path:
    """Return the folder of the shipped workspace.

    It has ``parameters`` and ``workbooks``. Raises FileNotFoundError where neither exists.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "workspace", package.parent):
        if (folder / "parameters" / "base").is_dir():
            return folder
    text = "the shipped parameters are missing from this installation; install mixedmig again"
    raise FileNotFoundError(text)
