"""A workspace of one small case with costs, and an option that closes screening."""

import shutil
from pathlib import Path

from panel.small import small_workspace
from small_case import ROOT

CLOSED = "changes:\n  - {parameter: screening.officers, set: 0, reason: For a test.}\n"


def priced_workspace(root: Path) -> Path:
    """Write the small case, its option ``closed`` and the shipped cost book, and return the workspace."""
    small_workspace(root, closed=CLOSED)
    shutil.copytree(ROOT / "parameters" / "costs", root / "parameters" / "costs")
    return root
