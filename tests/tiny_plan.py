"""A workspace of one's own with one case of four months, for tests that need files to write, break and kill."""

import os
import shutil
from pathlib import Path

from mixedmig_model.inputs.installed import installed_workspace

CASE, NAMES = "tiny", ("base", "alt")
DATA = Path(__file__).parent / "data" / CASE
GRID = """schema: 1
title: Two runs
case: tiny
runs:
  - {name: planned, scenario: base}
  - {name: changed, scenario: alt}
"""


def make_plan(folder, copy=shutil.copy2):
    """Write the workspace to a folder and return it. Args: copy, how a file is copied."""
    shipped = installed_workspace() / "parameters"
    ignore = shutil.ignore_patterns("cases", "reproduce")
    shutil.copytree(shipped, folder / "parameters", ignore=ignore, copy_function=copy)
    shutil.copytree(DATA, folder / "parameters" / "cases" / CASE, copy_function=copy)
    return folder


def contents(folder):
    """Every file below a folder by its path, with its bytes; links are not followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
    }


def linked(source, target):
    """A second name for a file, or a copy of it where there is no room for names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
