"""A workspace of one small case for panels."""

from pathlib import Path

from small_case import write_small


def small_workspace(root: Path, **scenarios: str) -> Path:
    """Write the small case with more scenarios, and return the workspace."""
    write_small(root, **scenarios)
    return root
