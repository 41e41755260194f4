"""Timings of the shipped case on this machine, side by side in one run: `make bench`."""

import platform
import subprocess
import sys
import time
from pathlib import Path

from mixedmig_model.inputs.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.reference import Options, solve


def clock(work):
    """Seconds that a call takes, the best of three, and what it returns."""
    best, result = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def main():
    print(f"{platform.node()}, {platform.processor() or platform.machine()}, Python {platform.python_version()}")
    root = Path(installed_workspace())
    seconds, inputs = clock(lambda: read_case(read_workspace(root), "andaman_sea_2015"))
    run = resolve(inputs)
    rows = [("read and check a workspace", seconds)]
    seconds, answer = clock(lambda: solve(run))
    rows.append((f"solve, five countries, two years, default ({answer.evaluations} evaluations)", seconds))
    reference = seconds
    seconds, loose = clock(lambda: solve(run, Options(rtol=1e-4, atol=0.1)))
    rows.append((f"solve, looser tolerance ({loose.evaluations} evaluations)", seconds))
    seconds, tight = clock(lambda: solve(run, Options(rtol=1e-8, atol=1e-5)))
    rows.append((f"solve, tight tolerance ({tight.evaluations} evaluations)", seconds))
    seconds, ds = clock(lambda: to_dataset(run, answer))
    rows.append(("label as a Dataset", seconds))
    rows.append(("check the ledger", clock(lambda: check_ledger(ds))[0]))
    command = [sys.executable, "-m", "mixedmig_model.cli", "--help"]
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    rows.append(("mixedmig --help, a fresh process", clock(lambda: subprocess.run(command, **quiet))[0]))
    for title, taken in rows:
        print(f"{taken:8.3f} s  {taken / reference:6.2f} x  {title}")
    arrivals = 32600.0
    for name, other in (("default", answer), ("looser", loose)):
        error = abs(other.week_totals - tight.week_totals)[-1].max() / arrivals
        print(f"largest difference of a flow total to the tight run, {name}: {error:.1e} of arrivals")


if __name__ == "__main__":
    main()
