"""What must hold for every mutant: it is refused in words that name it, or read, and nothing is half-done."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from unittest.mock import patch

from fuzzing.commands import BATCH_LIMIT, LIMIT, MAKE_BATCH, Done, call, insane, planned
from fuzzing.meaning import Noticed, meaning, noticed
from fuzzing.mutant import Mutant
from fuzzing.workspace import CASE, GRIDS, HOME, change, found, put, small

SHORTEST_WORD = 3
ROUNDING = 1e-6
UNEXPECTED = "an unexpected error"
"""How a command calls a fault of the program."""
KEPT = "kept"
"""The kind of a mutant that is no mutant: it is solved though nothing has changed."""


@dataclass(frozen=True)
class Tried:
    """What became of a mutant. ``faults``: what should not have been, in words."""

    mutant: Mutant
    accepted: bool
    same: bool
    solved: bool
    faults: tuple[str, ...]
    seconds: float
    said: str


class Bench:
    """A workspace on the disk that becomes one mutant after the other. Use within ``quicker``."""

    def __init__(self, folder: Path, limit: float = LIMIT, batches: int = 0) -> None:
        """Make the workspace. Args: limit, seconds of a command; batches, how many mutants are run as a batch too."""
        self.tree, self.root, self.out, self.limit = small(), folder / "plan", folder / "out", limit
        self.batches = batches
        self.root.mkdir()
        put(self.tree, self.root)
        self.meaning = meaning(self.tree)
        self.before = {grid: (self._first(grid), noticed(self.root, grid)) for grid in ("", *GRIDS)}

    def try_one(self, mutant: Mutant, solve: bool = True) -> Tried:
        """Make a mutant, give it to the commands, and put the workspace back."""
        shutil.rmtree(self.out, ignore_errors=True)
        self.out.mkdir()
        change(self.root, self.tree, mutant.tree)
        try:
            return self._judged(mutant, solve)
        finally:
            change(self.root, mutant.tree, self.tree)

    def _judged(self, mutant: Mutant, solve: bool) -> Tried:
        there = found(self.root)
        grid = mutant.file if mutant.file in GRIDS and mutant.file in mutant.tree else ""
        first = self._first(grid)
        same = meaning(mutant.tree) == self.meaning
        faults, solved, seconds = of_command(first, (0, 2)), False, first.seconds
        if first.code == 0 and not first.error:
            faults += self._of_acceptance(mutant, first, grid, same)
            if solve and not grid and not (same and mutant.kind != KEPT):
                more, seconds, solved = self._solved(mutant, first)
                faults += more
        elif not first.error:
            faults += of_refusal(mutant, first)
            faults += of_output(self._call("run", CASE, self.out / "x.nc"), self.out / "x.nc", needed=False)
        if found(self.root) != there:
            faults.append("the workspace was changed")
        return Tried(mutant, first.code == 0, same, solved, tuple(faults), max(seconds, first.seconds),
                     first.stderr or first.error)

    def _first(self, grid: str) -> Done:
        """Return the command that reads a file: ``batch`` for a batch file, ``check`` for everything else."""
        if grid:
            with patch(MAKE_BATCH, planned):  # what is read, and no run solved
                return self._batch(grid)
        return call("check", self.root, "--json", limit=self.limit)

    def _batch(self, grid: str, limit: float | None = None) -> Done:
        return call("batch", self.root / grid, "--workspace", self.root, "--to", self.out / "batch", "--workers", 1,
                    "--json", limit=limit or self.limit)

    def _call(self, command: str, case: str, to: Path, *more: str) -> Done:
        return call(command, case, "--workspace", self.root, "--to", to, "--path", "reference", "--json", *more,
                    limit=self.limit)

    def _of_acceptance(self, mutant: Mutant, first: Done, grid: str, same: bool) -> list[str]:
        """Return what is wrong with having accepted a mutant."""
        if mutant.must == "be refused" and not same:
            return ["accepted, and no reading of it is right"]
        said, before = self.before[grid]
        after = noticed(self.root, grid)
        if mutant.must == "be said" and words(first) == words(said):
            return ["accepted without a word of caution"]
        if same:
            return [] if after == before else ["it says the same as before, and was read in another way"]
        if mutant.must == "keep its numbers":
            return [] if after.numbers == before.numbers else ["another order gives other numbers"]
        return of_notice(before, after, said, first)

    def _solved(self, mutant: Mutant, first: Done) -> tuple[list[str], float, bool]:
        """Solve and cost an accepted mutant, where its case is still there."""
        cases = json.loads(first.stdout)["cases"]
        path = PurePosixPath(mutant.file)
        wanted = path.stem if str(path.parent) == f"{HOME}/scenarios" else "alt" if "levers" in path.parts else "base"
        if wanted not in cases.get(CASE, ()):
            return [], 0.0, False
        run = self._call("run", CASE, self.out / "x.nc", "--scenario", wanted)
        faults = of_output(run, self.out / "x.nc") + of_indicators(run)
        cost = self._call("cost", CASE, self.out / "x.xlsx", "--scenario", wanted)
        faults += of_output(cost, self.out / "x.xlsx") + of_money(cost)
        if self.batches and run.code == 0:
            self.batches -= 1
            faults += of_batch(self._batch(GRIDS[1], BATCH_LIMIT), self.out / "batch")
        return faults, max(run.seconds, cost.seconds), True


def of_command(done: Done, codes: tuple[int, ...]) -> list[str]:
    """Return what must never come out of a command."""
    faults = [f"escaped: {done.error}"] if done.error else []
    text = done.stdout + done.stderr
    faults += [f"{words}: {text.strip()[:200]}" for words in ("Traceback", UNEXPECTED) if words in text]
    if not done.error and done.code not in codes:
        faults.append(f"exit code {done.code}: {done.stderr.strip()[:200]}")
    return faults


def of_refusal(mutant: Mutant, done: Done) -> list[str]:
    """Return what is wrong with a refusal: it names nothing that was changed, or refuses what is right."""
    faults = []
    words = [word for word in mutant.words if len(word) >= SHORTEST_WORD]
    if done.code == 2 and not any(word in done.stderr or repr(word)[1:-1] in done.stderr for word in words):
        faults.append(f"refused without naming what was changed: {done.stderr.strip()[:200]}")
    if mutant.must == "be accepted":
        faults.append(f"refused, and it says the same as before: {done.stderr.strip()[:200]}")
    return faults


def of_notice(before: Noticed, after: Noticed, said: Done, done: Done) -> list[str]:
    """Return whether a change of meaning left no trace in what was read, and no word about it was said."""
    if after.everything == before.everything and words(done) == words(said):
        return ["ignored in silence: what was read is the same as before"]
    return []


def words(done: Done) -> str:
    """Return all that a command said."""
    return done.stdout + done.stderr


def of_output(done: Done, file: Path, needed: bool = True) -> list[str]:
    """Return what is wrong with a command that writes: its exit code, and what it left. Args: needed, it must do it."""
    faults = of_command(done, (0, 1, 2) if needed else (0, 2))
    left = sorted(path.name for path in file.parent.iterdir() if path.suffix != ".nc" or file.suffix == ".nc")
    if needed and done.code == 2:
        faults.append(f"check found no fault, and a command did: {done.stderr.strip()[:300]}")
    if done.code == 1 and "failed: " not in done.stderr:
        faults.append(f"failed without saying so: {done.stderr.strip()[:200]}")
    if left != ([file.name] if done.code == 0 else []):
        faults.append(f"exit code {done.code} and left behind: {', '.join(left) or 'nothing'}")
    elif done.code == 0:
        faults += unreadable(file)
    return faults


def of_batch(done: Done, folder: Path) -> list[str]:
    """Return what is wrong with a batch: its exit code, runs that are not there or not whole."""
    faults = of_command(done, (0, 1, 2))
    hidden = [path.name for path in folder.rglob("*") if path.name.startswith(".")]
    faults += [f"a batch left behind: {', '.join(hidden)}"] if hidden else []
    record = record_of(done)
    there = len(list(folder.glob("runs/*"))) if record else 0
    if record and not 0 < there <= record["runs"]:
        faults.append(f"a batch of {record['runs']} runs has {there}")
    return faults


def unreadable(file: Path) -> list[str]:
    """Return why an output is not whole."""
    try:
        if file.suffix == ".nc":
            import xarray as xr

            with xr.open_dataset(file, engine="scipy") as ds:
                ds.load()
        else:
            from zipfile import ZipFile

            with ZipFile(file) as parts:
                assert parts.testzip() is None
    except Exception as error:  # whatever a reader of the file raises
        return [f"{file.name} cannot be read: {type(error).__name__}: {error}"]
    return []


def record_of(done: Done) -> dict[str, Any]:
    return dict(json.loads(done.stdout)) if done.code == 0 and not done.error else {}


def of_indicators(done: Done) -> list[str]:
    """Return indicators that no run can give: infinite ones, and fewer people than none."""
    from mixedmig_model.results.indicators.table import BREACHES, HARMS

    indicators = record_of(done).get("indicators", {})
    people = {indicator.key: indicators.get(indicator.key) for indicator in (*BREACHES, *HARMS)}
    below = [f"{key} is {value}" for key, value in people.items() if value is not None and value < -ROUNDING]
    return [f"impossible: {text}" for text in (*insane(indicators), *below)]


def of_money(done: Done) -> list[str]:
    """Return totals of a cost that cannot be: infinite, negative, outside their own range."""
    record = record_of(done)
    if not record:
        return []
    low, total, high = (record[key] for key in ("low", "total", "high"))
    faults = [f"impossible: {text}" for text in insane(record)]
    if not 0.0 <= low <= total * (1 + ROUNDING) <= high * (1 + 2 * ROUNDING):
        faults.append(f"impossible: a total of {total:g} from {low:g} to {high:g}")
    return faults
