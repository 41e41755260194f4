"""Methods and tolerances of scipy's solver on the shipped case: the table of ``docs/benchmarks.md``, measured again."""

import subprocess
import sys
import time
from pathlib import Path

if str(Path(__file__).resolve().parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mixedmig_model.api.runs import read_case, resolve
from mixedmig_model.solve.answer import Options
from mixedmig_model.solve.run import solve
from tests.benchmarks.measuring import memory

CASE = "andaman_sea_2015"
TRIED = (("RK23", 1e-6, 3e-4), ("RK23", 1e-7, 1e-4), ("RK23", 1e-5, 1e-2), ("RK23", 1e-4, 1e-1),
         ("RK45", 1e-6, 3e-4), ("RK45", 1e-4, 1e-1), ("DOP853", 1e-6, 3e-4))


def table():
    """Lines of a table in Markdown: ratios of time, and the largest error of a weekly total of any flow."""
    run = resolve(read_case(None, CASE))
    tight = solve(run, Options(rtol=1e-8, atol=1e-5))
    people = tight.week_totals[-1][tight.layout.flow_at["departed"][0]].sum()
    lines = ["| method | rtol, atol (person) | evaluations | ratio of time | difference | peak MB |",
             "|---|---|---|---|---|---|"]
    first = None
    for method, rtol, atol in TRIED:
        start = time.process_time()
        found = solve(run, Options(method, rtol, atol))
        seconds = time.process_time() - start
        first = first or seconds
        error = abs(found.week_totals - tight.week_totals).max() / people
        lines.append(f"| {method} | {rtol:.0e}, {atol:.0e} | {found.evaluations:,} | {seconds / first:.2f} | "
                     f"{error:.1e} | {peak_of(method, rtol, atol):.0f} |")
    return lines


def peak_of(method, rtol, atol):
    """Peak memory in MB of a process that solves the case and does nothing else."""
    command = [sys.executable, __file__, method, str(rtol), str(atol)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        solve(resolve(read_case(None, CASE)), Options(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])))
        print(memory())
    else:
        print("\n".join(table()))
