"""Commands on a disk that breaks: each runs in a fork of this process, and its N-th file operation fails or kills it.

Run as a script: ``broken_disk.py FOLDER COMMAND:WAY:NUMBERS ...``. It prints, as JSON by job, how many operations
the command has and of how many kinds, how many were broken, and what went wrong. NUMBERS are how many operations are
broken, ``all`` of them, or the first, the last and one of each kind (``kinds``). The way ``twins`` starts a command
twice at the same time instead, NUMBERS times. Runs are solved once, before the forks, and commands with very many
operations find them kept; notebooks are stood in for, because they run in processes of their own.
"""

import errno
import io
import json
import os
import pickle
import shutil
import signal
import sys
import time
import zipfile
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tiny_plan import CASE, GRID, contents, linked, make_plan

from mixedmig_model.storage import atomic

WAYS = ("fail", "full", "kill")
"""One operation fails; from one on nothing new can be made; one kills the process."""
NEVER = 1_000_000
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}
NEW = {"open", "os.mkdir", "os.link", "os.fsync"}
OPENED_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Command:
    """A command, what it writes (below the folder of a world), and what was there before, by path."""

    words: tuple[str, ...]
    outputs: tuple[str, ...]
    before: dict[str, str] = field(default_factory=dict)
    codes: tuple[int, ...] = (0,)  # of the second call
    is_whole: bool = True  # all or nothing; else it is done in parts, and goes on
    finds_runs: bool = False  # kept by a call before, as in a report made again


PLAN = ("--workspace", "{world}/plan")
COMMANDS = {
    "init": Command(("init", "{world}/out/new"), ("out/new",), codes=(0, 2)),
    "init_empty": Command(("init", "{world}/out"), ("out",), codes=(0, 2)),
    "run": Command(("run", CASE, "--to", "{world}/out/run.nc", *PLAN), ("out/run.nc",), {"out/run.nc": "old"}),
    "cost": Command(
        ("cost", CASE, "--to", "{world}/out/plan.xlsx", "--csv", "{world}/out/plan.csv", *PLAN),
        ("out/plan.xlsx", "out/plan.csv"), {"out/plan.xlsx": "old", "out/plan.csv": "old"}),
    "compare": Command(
        ("compare", CASE, "--scenarios", "alt", "--to", "{world}/out/compared", "--workers", "1", *PLAN),
        ("out/compared/compare.html", "out/compared/compare.json"),
        {"out/compared/compare.html": "old", "out/compared/compare.json": "old", "out/compared/mine.txt": "mine"}),
    "ensemble": Command(
        ("ensemble", CASE, "--scenarios", "base", "--draws", "2", "--block", "1", "--path", "reference", "--workers",
         "1", "--to", "{world}/out/draws", *PLAN), ("out/draws",), is_whole=False),
    "batch": Command(
        ("batch", "{world}/two.yaml", "--to", "{world}/out/batch", "--workers", "1", *PLAN), ("out/batch",),
        {"two.yaml": GRID, **{f"out/batch/two.{ending}": "old" for ending in ("html", "csv", "json")}}, is_whole=False,
        finds_runs=True),
    "report": Command(
        ("report", CASE, "--draws", "0", "--workers", "1", *PLAN), ("plan/reports/tiny/comparison",),
        {"plan/reports/tiny/comparison/report.html": "old"}, finds_runs=True),
}


MORE = {"run": ("--scenario", "alt"), "cost": ("--scenario", "alt")}
"""What the second of two that start together is asked for besides."""


# ---- worlds and forks ----------------------------------------------------------------------------------------------


class Worlds:
    """Makes folders in which a command finds all it needs, and runs it there in forks."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.plan = make_plan(home / "plan")
        self.count = 0
        self.runs: dict[tuple[str, ...], Path] = {}

    def make(self, command: Command) -> Path:
        """A new world, the one before it gone."""
        shutil.rmtree(self.home / f"world{self.count}", ignore_errors=True)
        self.count += 1
        world = self.home / f"world{self.count}"
        shutil.copytree(self.plan, world / "plan", copy_function=linked)
        for name in ("out", "tmp"):
            (world / name).mkdir()
        if command.words in self.runs:
            shutil.copytree(self.runs[command.words], world / "runs")
        for name, text in command.before.items():
            (world / name).parent.mkdir(parents=True, exist_ok=True)
            (world / name).write_text(text, encoding="utf-8")
        return world

    def call(self, world: Path, command: Command, way: str = "fail", number: int = NEVER) -> tuple[int, str, list[str]]:
        """Exit code, output and the kinds of all file operations of a command in a fork."""
        child = os.fork()
        if not child:
            work(world, command, way, number)
        _, status = os.waitpid(child, 0)
        counted = world / "count"
        return (os.waitstatus_to_exitcode(status), (world / "said").read_text(encoding="utf-8"),
                counted.read_text(encoding="utf-8").splitlines() if counted.exists() else [])


def work(
    world: Path, command: Command, way: str, number: int, start: float = 0.0, notes: Path | None = None
) -> int:
    """Be the child: run the command, count what it does to files, and never return. Args: start, when to begin."""
    code, notes = 99, notes or world
    os.environ |= {"TMPDIR": str(world / "tmp"), "MIXEDMIG_CACHE": str(world / "cache"),
                   "MIXEDMIG_RUNS": str(world / "runs")}
    said = os.open(notes / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.stdout, sys.stderr = io.TextIOWrapper(os.fdopen(1, "wb")), io.TextIOWrapper(os.fdopen(2, "wb"))
    atomic.tempfile.tempdir = None
    atomic.tidy.cache_clear()
    sys.argv = ["mixedmig", *(word.format(world=world) for word in command.words)]
    while time.monotonic() < start:
        pass
    disk = Disk(world, way, number)
    try:
        from mixedmig_model.cli.__main__ import main

        main()
    except SystemExit as done:
        code = done.code or 0
    finally:
        disk.is_watched = False
        (notes / "count").write_text("\n".join(disk.kinds), encoding="utf-8")
        os._exit(code if isinstance(code, int) else 98)


class Disk:
    """What a process does to files below a folder: counted, and broken at one number."""

    def __init__(self, world: Path, way: str, number: int) -> None:
        self.world, self.way, self.number, self.done, self.is_watched = str(world), way, number, 0, True
        self.kinds: list[str] = []
        sys.addaudithook(self.see)
        real = os.fsync
        os.fsync = lambda handle: (self.step("os.fsync", ""), real(handle))[1]

    def see(self, event: str, args: tuple) -> None:
        """Take one event of the interpreter."""
        if not self.is_watched or not (event == "open" or event in CHANGES):
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & OPENED_TO_WRITE):
            return
        is_below_handle = event in ("os.remove", "os.rmdir") and args[1] >= 0
        if is_below_handle or (isinstance(args[0], str | os.PathLike) and os.fspath(args[0]).startswith(self.world)):
            self.step(event, os.fspath(args[0]))

    def step(self, event: str, path: str) -> None:
        """Count one operation, and break it where its number has come."""
        self.done += 1
        self.kinds.append(kind_of(event, path))
        if self.way == "kill" and self.done == self.number:
            os.kill(os.getpid(), signal.SIGKILL)
        if (self.done == self.number and self.way == "fail") or (
                self.done >= self.number and self.way == "full" and event in NEW):
            number = errno.EIO if self.way == "fail" else errno.ENOSPC
            raise OSError(number, os.strerror(number))


def kind_of(event: str, path: str) -> str:
    """What an operation does, and to what: by the ending of a temporary name, and of a file that is opened."""
    owned = atomic.OWNED.match(Path(path).name)
    opened = Path(owned["name"] if owned else path).suffix if event == "open" else ""
    return f"{event} {opened}{owned['ending'] if owned else ''}".strip()


def one_of_each(kinds: list[str]) -> list[int]:
    """Numbers of the first operation, the last, and the middle one of each kind."""
    places: dict[str, list[int]] = {}
    for number, kind in enumerate(kinds, start=1):
        places.setdefault(kind, []).append(number)
    return sorted({1, len(kinds), *(own[len(own) // 2] for own in places.values())})


# ---- what is in the place of slow things ---------------------------------------------------------------------------


def prepare() -> None:
    """Load what commands load, and have each run solved once for all forks."""
    import mixedmig_model.present.batch.make
    import mixedmig_model.present.report.make
    from mixedmig_model.cli.main import app  # noqa: F401
    from mixedmig_model.present.report import notebooks
    from mixedmig_model.solve import run as solvers
    from mixedmig_model.study.attribution import attribute, bottleneck

    for module in (solvers, attribute, bottleneck):
        module.available = lambda: "runs are kept by the reference path for all forks"
    kept, real = {}, solvers.solve_reference

    def once(run, options, days, flows, progress):
        key = sha256(pickle.dumps((run.digest, options, days))).hexdigest()
        if key not in kept:
            kept[key] = real(run, options, days, flows, progress)
        return kept[key]

    solvers.solve_reference = once
    for module in (notebooks, mixedmig_model.present.batch.make, mixedmig_model.present.report.make):
        module.run_notebook = stand_in


def stand_in(source, target, parameters, cwd, shared=False):
    """A notebook that says what it was run with."""
    import nbformat

    text = f"# {source.stem}\n\n{sorted(key for key in parameters)}"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="only")])
    atomic.write_file(target, nbformat.writes(notebook))


# ---- what must hold ------------------------------------------------------------------------------------------------


def found(world: Path, command: Command) -> dict[str, str]:
    """Every file that a command writes, by path, with a digest of what it says."""
    files = {}
    for name in command.outputs:
        path = world / name
        each = contents(path) if path.is_dir() else {"": path.read_bytes()} if path.is_file() else {}
        files |= {f"{name}/{key}": digest(key or name, content) for key, content in each.items()}
    return {name: value for name, value in files.items() if not any(map(atomic.OWNED.match, Path(name).parts))}


def digest(name: str, content: bytes) -> str:
    """A digest of a file; of a spreadsheet, without the times of writing."""
    if name.endswith(".xlsx") and content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(part) for part in sorted(book.namelist()) if part != "docProps/core.xml")
    return sha256(content).hexdigest()


def left_over(world: Path) -> list[str]:
    """Temporary files and folders below a world."""
    names = [path for path in world.rglob("*") if atomic.OWNED.match(path.name)]
    return sorted(path.relative_to(world).as_posix() for path in names)


def faults_of(worlds: Worlds, command: Command, way: str, number: int, new: dict[str, str]) -> list[str]:
    """Break one operation, look, call again, and look again: what went wrong, in words."""
    world = worlds.make(command)
    old = found(world, command)
    code, said, _ = worlds.call(world, command, way, number)
    faults = [f"a traceback: {said[-300:]}"] if "Traceback" in said else []
    if way == "kill" and code != -signal.SIGKILL:
        faults.append(f"it was not killed: {code}: {said[-300:]}")
    if code not in (0, 1, 2, -signal.SIGKILL) or (code and code > 0 and not said.strip()):
        faults.append(f"exit code {code}, said {said[-300:]!r}")
    between = found(world, command)
    for name in old.keys() | between.keys():
        if between.get(name) not in (old.get(name), new.get(name)):
            faults.append(f"neither old nor new: {name}")
    if code == 0 and between != new:
        faults.append("it said that all is well, and its files are not there")
    if code in (1, 2) and command.is_whole and between != old:
        faults.append(f"it failed, and changed {sorted(set(between.items()) ^ set(old.items()))[:4]}")
    again, said, _ = worlds.call(world, command)
    if again not in command.codes or (again and between != new):
        faults.append(f"the second call: exit code {again}, said {said[-300:]!r}")
    if found(world, command) != new:
        faults.append(f"after the second call: {sorted(set(found(world, command).items()) ^ set(new.items()))[:4]}")
    if left := left_over(world):
        faults.append(f"left over: {left}")
    return [f"operation {number}: {fault}" for fault in faults]


def result_of(worlds: Worlds, command: Command) -> tuple[dict[str, str], list[str]]:
    """What a command writes when nothing goes wrong, and the kinds of its file operations; its runs solved first."""
    saved = dict(os.environ)
    solve_once(worlds.make(command), command)
    os.environ.clear()
    os.environ.update(saved)
    if command.finds_runs:
        kept = worlds.home / f"runs_{command.words[0]}"
        shutil.copytree(worlds.home / f"world{worlds.count}" / "runs", kept)
        worlds.runs[command.words] = kept
    world = worlds.make(command)
    code, said, kinds = worlds.call(world, command)
    assert code == 0, said
    return found(world, command), kinds


def main(home: str, *jobs: str) -> None:
    """Break operations of commands. Args: jobs, command, way, and how many operations, spread evenly, or which."""
    prepare()
    worlds = Worlds(Path(home))
    results: dict[str, tuple[dict[str, str], list[str]]] = {}
    sys.stdout.write(json.dumps({job: done(worlds, results, *job.split(":")) for job in jobs}) + "\n")


def done(
    worlds: Worlds, results: dict[str, tuple[dict[str, str], list[str]]], name: str, way: str, numbers: str
) -> dict[str, object]:
    """Do one job. Args: results, of commands when nothing goes wrong, worked out once for each."""
    command = COMMANDS[name]
    if name not in results:
        results[name] = result_of(worlds, command)
    new, kinds = results[name]
    count = len(kinds)
    if way == "twins":
        return twins(worlds, command, new, int(numbers))
    if numbers == "kinds":
        chosen = one_of_each(kinds)
    else:
        wanted = count if numbers == "all" else min(int(numbers), count)
        chosen = sorted({1 + round(k * (count - 1) / max(wanted - 1, 1)) for k in range(wanted)})
    faults = [fault for number in chosen for fault in faults_of(worlds, command, way, number, new)]
    return {"operations": count, "kinds": len(set(kinds)), "broken": len(chosen), "faults": faults}


def twins(worlds: Worlds, command: Command, new: dict[str, str], times: int) -> dict[str, object]:
    """Start a command twice at the same time, the second for another scenario where it has one."""
    other = replace(command, words=(*command.words, *MORE.get(command.words[0], ())))
    allowed = [new, result_of(worlds, other)[0]] if command.words[0] in MORE else [new]
    faults = []
    for number in range(times):
        world = worlds.make(command)
        (world / "second").mkdir()
        start = time.monotonic() + 0.05
        forks = [os.fork() or work(world, command, "fail", NEVER, start)]
        forks.append(os.fork() or work(world, other, "fail", NEVER, start + 0.002 * number, world / "second"))
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) for fork in forks)
        said = "".join((folder / "said").read_text(encoding="utf-8") for folder in (world, world / "second"))
        if codes not in ([[0, 2]] if command.words[0] == "init" else [[0, 0]]) or "Traceback" in said:
            faults.append(f"time {number}: exit codes {codes}: {said[-300:]}")
        if found(world, command) not in allowed:
            faults.append(f"time {number}: the result of neither: {found(world, command)}")
        if left := left_over(world):
            faults.append(f"time {number}: left over: {left}")
    return {"operations": 0, "broken": times, "faults": faults}


def solve_once(world: Path, command: Command) -> None:
    """Run a command in this process, so that its forks find its runs solved."""
    from typer.testing import CliRunner

    from mixedmig_model.cli.main import app

    os.environ |= {"MIXEDMIG_CACHE": str(world / "cache"), "MIXEDMIG_RUNS": str(world / "runs")}
    done = CliRunner().invoke(app, [word.format(world=world) for word in command.words])
    assert done.exit_code == 0, done.output


if __name__ == "__main__":
    main(*sys.argv[1:])
