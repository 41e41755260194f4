"""A workspace of an older version.

This finds each line to change, and makes the files with all changes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from mixedmig_model.inputs.entries import label
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, printable
from mixedmig_model.inputs.reading.yaml_reader import parse_document, read_text
from mixedmig_model.inputs.upgrading import steps
from mixedmig_model.inputs.upgrading.edits import applied, changes_of, schema_of
from mixedmig_model.inputs.upgrading.steps import Step
from mixedmig_model.storage.atomic import write_together

OLDER = "written for an older version: mixedmig upgrade writes the new line"
KEPT = "before_upgrade"
"""The folder next to ``parameters`` that keeps the old files."""
MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class ChangedLine:
    """A line to change.

    It has its file, number and path, the line as it is and as it will be (empty: there is none), and why.
    """

    file: str
    line: int
    path: str
    old: str
    new: str
    why: str

    def as_fault(self) -> Fault:
        """Return the line as a fault of a check."""
        return Fault(self.file, self.line, self.path, OLDER, found=self.old, allowed=self.new)

    def as_record(self) -> dict[str, str | int]:
        """Return the line for programs."""
        return dict(vars(self))


@dataclass(frozen=True)
class Upgrade:
    """What must change in a workspace.

    It has lines in order, and new texts by file.
    """

    root: Path
    lines: tuple[ChangedLine, ...]
    texts: Mapping[Path, str]


def plan_upgrade(root: Path) -> Upgrade:
    """Return what a workspace needs to be read by this version.

    It is nothing where the workspace is up to date. Files that are no YAML are left out: a check says what is wrong
    with them.
    """
    lines: list[ChangedLine] = []
    texts: dict[Path, str] = {}
    patterns = sorted({change.files for step in steps.STEPS for change in step.changes})
    whole = any(step.schemas[0] != step.schemas[1] for step in steps.STEPS)
    for path in sorted((root / "parameters").rglob("*.yaml")) if whole else _files(root, patterns):
        try:
            old = read_text(path, label(root, path))
            parse_document(old, label(root, path))
        except InputFaultsError:
            continue
        new, changed = _upgraded(old, label(root, path), patterns)
        if changed:
            texts[path] = new
            lines += changed
    return Upgrade(root, tuple(lines), texts)


def _files(root: Path, patterns: Iterable[str]) -> list[Path]:
    """Return files of the workspace that fit a pattern."""
    return sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()})


def _upgraded(text: str, file: str, patterns: Iterable[str]) -> tuple[str, list[ChangedLine]]:
    """Return a text after all steps, and its lines that differ.

    Each line has the last step's reason.
    """
    own = [pattern for pattern in patterns if Path(file).match(pattern)]
    new = text
    lines: list[ChangedLine] = []
    for step in steps.STEPS:
        if step.schemas[0] != schema_of(new):
            continue
        changes = [change for pattern in own or [""] for change in changes_of(step, pattern, new)]
        after = applied(new, list(dict.fromkeys(changes)))
        lines += _differences(new, after, file, step, {change.line: change.path for change in changes})
        new = after
    return new, lines


def _differences(old: str, new: str, file: str, step: Step, paths: Mapping[int, str]) -> Iterator[ChangedLine]:
    """Yield lines that a step changes."""
    before, after = old.splitlines(), new.splitlines()
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(b - a, d - c)):
            gone = before[a + place].strip() if a + place < b else ""
            come = after[c + place].strip() if c + place < d else ""
            path = paths.get(a + place + 1, paths.get(a + 1, ""))
            yield ChangedLine(file, a + place + 1, path, printable(gone), printable(come), why=step.why)


def kept_folder(root: Path) -> Path:
    """Return the folder for the old files: a new one each time."""
    names = [KEPT, *(f"{KEPT}_{number}" for number in range(2, 1000))]
    return root / next(name for name in names if not (root / name).exists())


def write_upgrade(upgrade: Upgrade) -> Path:
    """Write new files and copies of the old ones, all or none.

    Return the folder of the copies. Raises OSError.
    """
    folder = kept_folder(upgrade.root)
    contents: dict[Path, bytes | str] = {}
    for path, text in upgrade.texts.items():
        old = path.read_bytes()
        contents[folder / path.relative_to(upgrade.root)] = old
        contents[path] = (MARK if old.startswith(MARK) else b"") + text.encode()
    write_together(contents)
    return folder
