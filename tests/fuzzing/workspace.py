"""The small workspace that is mutated, as a tree of files in memory, and how a tree is put on the disk.

It holds the shipped parameters, levers, costs and one check of a published figure, one case of four months with every
kind of file that a case can have, and two batch files.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "parameters"
CASE = "tiny"
HOME = f"parameters/cases/{CASE}"
GRIDS = ("grid.yaml", "list.yaml")
SHARED = ("traceability.yaml",)
"""Files that stand beside the case here, and in ``parameters`` in the workspace."""
TAKEN = ("base/*.yaml", "costs/*.yaml", "costs/*.csv", "levers/*.yaml", "presets.yaml", "sources.yaml",
         "reproduce/iom_appeal_2015.yaml")
"""Files of the shipped workspace that the small one has too."""


@dataclass(frozen=True)
class Link:
    """A symbolic link. Args: target, as it is written in the link."""

    target: str


@dataclass(frozen=True)
class Special:
    """An entry that is no file with content: an empty ``folder``, a ``pipe``, or a file that is ``locked``."""

    kind: str


Entry = bytes | Link | Special
Tree = Mapping[str, Entry]
"""Entries of a workspace by their path, with forward slashes."""


def small() -> dict[str, Entry]:
    """Return the workspace without faults."""
    tree: dict[str, Entry] = {}
    for pattern in TAKEN:
        for path in sorted(SHIPPED.glob(pattern)):
            tree[f"parameters/{path.relative_to(SHIPPED).as_posix()}"] = path.read_bytes()
    for path in sorted((HERE / CASE).rglob("*")):
        if path.is_file():
            name = path.relative_to(HERE / CASE).as_posix()
            home = "" if name in GRIDS else "parameters/" if name in SHARED else f"{HOME}/"
            tree[f"{home}{name}"] = path.read_bytes()
    return tree


def put(tree: Tree, root: Path) -> None:
    """Write a whole tree to an empty folder."""
    for name, entry in tree.items():
        _put_one(root / name, entry)


def changed(before: Tree, after: Tree) -> set[str]:
    """Return the paths that differ between two trees."""
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def change(root: Path, before: Tree, after: Tree) -> None:
    """Make a folder that holds one tree hold another one; only what differs is touched."""
    differing = changed(before, after)
    for name in differing & set(before):
        _remove(root / name)
    for name in sorted(differing & set(before), key=len, reverse=True):
        _drop_empty(root, root / PurePosixPath(name).parent)
    for name in sorted(differing & set(after)):
        _put_one(root / name, after[name])


def found(root: Path) -> dict[str, bytes]:
    """Return what lies in a folder, links not followed: to see that nobody has changed it."""
    there = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            there[name] = f"-> {path.readlink()}".encode()
        elif path.is_file() and os.access(path, os.R_OK):
            there[name] = path.read_bytes()
        else:
            there[name] = b""
    return there


def _put_one(path: Path, entry: Entry) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(entry, Link):
        path.symlink_to(entry.target)
    elif isinstance(entry, bytes):
        path.write_bytes(entry)
    elif entry.kind == "folder":
        path.mkdir()
    elif entry.kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"schema: 1\n")
        path.chmod(0)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _drop_empty(root: Path, folder: Path) -> None:
    """Remove a folder that a tree has no file in any more, and those above it."""
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
