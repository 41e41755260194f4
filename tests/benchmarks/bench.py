"""Measure this machine and write ``docs/benchmarks.md``: ``make bench``.

The full form takes 6 to 8 minutes on two quiet cores. ``--quick`` takes two, prints the page and writes nothing. Stop
it with Ctrl-C: the next call goes on where it ended.
"""

import argparse
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

if str(Path(__file__).resolve().parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mixedmig_model.storage.cache import cache_folder
from tests.benchmarks.measuring import ROOT
from tests.benchmarks.page import failures, in_short, measured, today, write, years_of
from tests.benchmarks.plan import plan
from tests.benchmarks.runner import Kept, Measure, apart, digest_of_code, read_latest, run_all

PAGE = ROOT / "docs" / "benchmarks.md"
PACKAGES = ("numpy", "scipy", "llvmlite", "xarray", "pysd")


def processor() -> str:
    """The processor by its maker's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def gigabytes() -> str:
    """The machine's memory."""
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.0f} GB"
    except (AttributeError, ValueError, OSError):
        return "memory not known"


def version(package: str) -> str:
    """A package with its version."""
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"no {package}"


def first_line(*command: str) -> str:
    """The first line that a command prints, or nothing."""
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    return (done.stdout.splitlines() or [""])[0]


def load() -> str:
    """What else runs: processes that wait, on average over the last minute."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"


def machine(name: str, before: str) -> list[str]:
    """Lines that say on what was measured."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "") if platform.system() == "Linux" else ""
    compiler = first_line("cc", "--version") or "no C compiler"
    changed = " with changes" if first_line("git", "status", "--porcelain", "--", "mixedmig_model") else ""
    commit = first_line("git", "rev-parse", "--short", "HEAD") or "not known"
    named = f"{name}: " if name else ""
    return [f"Machine: {named}{processor()}, {os.cpu_count()} cores, {gigabytes()}.",
            f"System: {system or platform.platform(terse=True)}, Python {platform.python_version()}.",
            f"Packages: {', '.join(map(version, PACKAGES))}. Compiler: `{compiler}`.",
            f"Measured on {today()}, commit {commit}{changed}. Load before and after: {before} and {load()}."]


def asked(words: list[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description="Measure this machine and write docs/benchmarks.md.")
    parser.add_argument("--quick", action="store_true", help="two minutes; prints the page instead of writing it")
    parser.add_argument("--all", action="store_true", help="10,000 draws even if they take long")
    parser.add_argument("--again", action="store_true", help="measure all anew after an interruption")
    parser.add_argument("--only", default="", help="measurements whose names begin so; prints the page")
    parser.add_argument("--page", action="store_true", help="only write the page, from the latest whole bench")
    parser.add_argument("--name", default="", help="a name of the machine for the page")
    parser.add_argument("--to", type=Path, help="a page with the two marks to write instead of docs/benchmarks.md")
    return parser.parse_args(words)


def say(words: str) -> None:
    """Say something while the bench runs."""
    print(words, file=sys.stderr, flush=True)


def measure(wanted: argparse.Namespace, way: Measure) -> tuple[list[str], dict] | None:
    """Measure what is wanted: lines about the machine, and the numbers; None after Ctrl-C."""
    before, beginnings = load(), tuple(filter(None, wanted.only.split(",")))
    measurements = [one for one in plan(wanted.quick) if not beginnings or one.name.startswith(beginnings)]
    kept = Kept(file_of(wanted), digest_of_code(), wanted.again)
    try:
        found = run_all(measurements, kept, say, measure=way, everything=wanted.all)
    except KeyboardInterrupt:
        say("Interrupted. The next call goes on from here.")
        return None
    about = machine(wanted.name, before)
    if not beginnings and not failures("", found):
        kept.done(about)
    return about, found


def file_of(wanted: argparse.Namespace) -> Path:
    """Where an interrupted bench keeps what it measured."""
    return cache_folder("bench") / f"{'quick' if wanted.quick else 'full'}.json"


def main(words: list[str] | None = None, way: Measure = apart) -> int:
    """Measure, and write or print the page; 1 where something failed, 130 after Ctrl-C."""
    wanted = asked(words)
    made = read_latest(file_of(wanted)) if wanted.page else measure(wanted, way)
    if made is None:
        if wanted.page:
            say("No bench was finished on this machine yet.")
        return 1 if wanted.page else 130
    about, found = made
    part = measured(found, wanted.quick, about)
    target = wanted.to or (None if wanted.quick or wanted.only else PAGE)
    if target is None:
        print(part)
    else:
        write(target, part)
        say("\n".join([*in_short(found, years_of(wanted.quick)), f"written: {target}"]))
    wrong = failures(part, found)
    for line in wrong:
        say(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
