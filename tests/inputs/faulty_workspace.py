"""A copy of the shipped workspace with one thing changed, and the message that a user must then meet."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace

ROOT = Path(__file__).parents[2]
NAME = "andaman_sea_2015"
CASE = f"cases/{NAME}/case.yaml"
SCENARIOS = f"cases/{NAME}/scenarios"
SCENARIO = f"{SCENARIOS}/disembark_within_two_days.yaml"
DEPARTURES = f"cases/{NAME}/arrivals.csv"
OBSERVED = f"cases/{NAME}/observed.csv"
COUNTRIES = "bangladesh, indonesia, malaysia, myanmar, thailand"
BASE_GROUPS = (
    "child_alone, other_child_in_family, other_migrant, other_vulnerable, refugee, refugee_child_in_family, "
    "stateless, trafficked"
)
GROUPS = (
    "child_alone, other_child_in_family, other_migrant, other_vulnerable, stateless, stateless_child_alone, "
    "stateless_child_in_family, trafficked"
)

Edit = Callable[[Path], int]
"""Changes one thing in a ``parameters`` folder and returns the line that the fault must name."""


@dataclass(frozen=True)
class Faulty:
    """A faulty input: ``{line}`` in the message is the line the edit returns, an ellipsis stands for any text."""

    name: str
    edit: Edit
    message: str


def swap(file: str, old: str, new: str, down: int = 0) -> Edit:
    """Replace the first ``old`` by ``new``; the fault stands ``down`` lines below the line of the change."""

    def edit(folder: Path) -> int:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is no longer in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
        return text[: text.index(old)].count("\n") + 1 + down

    return edit


def at(edit: Edit, file: str, text: str) -> Edit:
    """An edit whose fault stands elsewhere: at the first ``text`` of ``file`` once it is done."""

    def elsewhere(folder: Path) -> int:
        edit(folder)
        content = (folder / file).read_text(encoding="utf-8")
        return content[: content.index(text)].count("\n") + 1

    return elsewhere


def write(file: str, content: str | bytes, line: int = 1) -> Edit:
    """Replace a whole file, or make one."""

    def edit(folder: Path) -> int:
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        return line

    return edit


def remove(file: str) -> Edit:
    """Remove a file or folder."""

    def edit(folder: Path) -> int:
        path = folder / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return 0

    return edit


def copy(old: str, new: str) -> Edit:
    """Copy a file within the workspace."""

    def edit(folder: Path) -> int:
        shutil.copy(folder / old, folder / new)
        return 0

    return edit


def shipped(folder: Path) -> Path:
    """A copy of the shipped parameters in ``folder``; returns the copied ``parameters``."""
    return Path(shutil.copytree(ROOT / "parameters", folder / "parameters"))


def read_all(root: Path) -> None:
    """Read a workspace and its case, and resolve every scenario, as a run would."""
    inputs = read_case(read_workspace(root), NAME)
    for scenario in inputs.scenarios:
        resolve(inputs, scenario)


def exactly(message: str, line: int = 0) -> str:
    """A pattern for a whole message that tells of one fault and of nothing else."""
    expected = re.escape(message.replace("{line}", str(line))).replace("…", r"[^\n]*")
    return rf"\A1 fault in the input:\n  {expected}\Z"
