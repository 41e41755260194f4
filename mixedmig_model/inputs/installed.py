"""Where the shipped workspace (parameters and workbooks) lies: in the wheel, or in a clone beside the package."""

from pathlib import Path


def installed_workspace() -> Path:
    """Folder with the shipped ``parameters`` and ``workbooks``. Raises FileNotFoundError where neither exists."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "workspace", package.parent):
        if (folder / "parameters" / "base").is_dir():
            return folder
    text = "the shipped parameters are missing from this installation; install mixedmig again"
    raise FileNotFoundError(text)
