"""Mutate the small workspace many times and say what became of each mutant (``docs/reliability.md``).

    python tests/fuzzing/run.py --count 2000 --seed 1            # all, in two processes
    python tests/fuzzing/run.py --seed 1 --number 137            # one mutant again, with what was said
    python tests/fuzzing/run.py --count 2000 --seed 1 --write    # put the table into docs/reliability.md
"""

import argparse
import faulthandler
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from fuzzing import folders, keys, raw, tables, values  # noqa: E402, F401  (each registers its kinds)
from fuzzing.commands import BATCH_LIMIT, quicker  # noqa: E402
from fuzzing.mutant import KINDS, make  # noqa: E402
from fuzzing.oracle import Bench, Tried  # noqa: E402

PAGE = TESTS.parent / "docs" / "reliability.md"
FIRST, LAST = "<!-- fuzzing: from here -->\n", "<!-- fuzzing: to here -->\n"
GRACE = 10.0


def try_these(
    seed: int, numbers: Sequence[int], *, show: bool = False, only: str = "", batches: int = 0,
) -> list[Tried]:
    """Try the mutants of these numbers in one process; one that no clock can stop ends the process."""
    tried = []
    with tempfile.TemporaryDirectory() as folder, quicker():
        bench = Bench(Path(folder), batches=batches)
        for number in numbers:
            faulthandler.dump_traceback_later(GRACE * BATCH_LIMIT, exit=True)
            mutant = make(bench.tree, seed, number, only)
            done = bench.try_one(mutant)
            tried.append(replace(done, mutant=mutant.told()))
            if show or done.faults:
                say("\n".join(told(seed, number, done, show)))
        faulthandler.cancel_dump_traceback_later()
    return tried


def say(text: str) -> None:
    """Print a line immediately: a run takes long."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def told(seed: int, number: int, done: Tried, whole: bool = False) -> list[str]:
    """Return a mutant and its faults in words."""
    lines = [f"{number}: {done.mutant.kind}; {done.mutant.what}"]
    lines += [f"    FAULT {fault}" for fault in done.faults]
    return [*lines, *(f"    {line}" for line in done.said.splitlines())] if whole else lines


def summary(tried: Iterable[Tried]) -> str:
    """Return a table in Markdown: by kind of mutation how many were tried, refused, accepted rightly, and neither."""
    counts: dict[str, Counter] = {name: Counter() for name in sorted(KINDS)}
    for one in tried:
        count = counts[one.mutant.kind]
        count["tried"] += 1
        count["wrong"] += bool(one.faults)
        if not one.faults:
            count["same" if one.accepted and one.same else "accepted" if one.accepted else "refused"] += 1
    columns = ("tried", "refused", "accepted", "same", "wrong")
    rows = [(name, *(count[column] for column in columns)) for name, count in counts.items() if count["tried"]]
    total = ("all", *(sum(row[place] for row in rows) for place in range(1, len(columns) + 1)))
    head = ("mutation", "tried", "refused", "accepted, the change is seen", "accepted, it says the same", "wrong")
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (head, ("---",) * len(head), *rows, total)) + "\n"


def report(tried: list[Tried], seed: int, seconds: float) -> str:
    """Return the figures of a run as Markdown."""
    solved, slowest = sum(one.solved for one in tried), max(one.seconds for one in tried)
    return (f"{len(tried):,} mutants of seed {seed}, {solved:,} of them solved and costed, in {seconds / 60:.0f} "
            f"minutes. The slowest command took {slowest:.0f} s of processor.\n\n{summary(tried)}")


def write(text: str, page: Path = PAGE) -> None:
    """Put the figures into the page."""
    before, rest = page.read_text(encoding="utf-8").split(FIRST)
    page.write_text(f"{before}{FIRST}\n{text}\n{LAST}{rest.split(LAST)[1]}", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Try mutants; 1 if one of them went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--number", type=int, help="one mutant, and what was said of it")
    parser.add_argument("--kind", default="", help="mutations of one kind only")
    parser.add_argument("--batches", type=int, default=0, help="how many mutants each process runs as a batch too")
    parser.add_argument("--write", action="store_true", help=f"put the figures into {PAGE.name}")
    given = parser.parse_args(arguments)
    if given.number is not None:
        return int(any(one.faults for one in try_these(given.seed, [given.number], show=True, only=given.kind)))
    began = time.perf_counter()
    parts = [range(start, given.count, given.processes) for start in range(given.processes)]
    with ProcessPoolExecutor(given.processes) as pool:
        futures = [pool.submit(try_these, given.seed, part, only=given.kind, batches=given.batches) for part in parts]
        tried = [one for future in futures for one in future.result()]
    text = report(tried, given.seed, time.perf_counter() - began)
    say(f"\n{text}")
    if given.write:
        write(text)
    return int(any(one.faults for one in tried))


if __name__ == "__main__":
    sys.exit(main())
