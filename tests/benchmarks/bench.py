"""Timings and memory on this machine, side by side in one run: `make bench`.

Bars: one country for three years, five for three, ten for twenty, each solved, labelled and checked in a process of its
own, so that its peak memory is its own. Aims: 3 s and 300 MB; 20 s and 800 MB; 2 GB.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.solve.answer import Options
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import solve

BARS = ((1, 3, "3 s, 300 MB"), (5, 3, "20 s, 800 MB"), (10, 20, "2,000 MB"))


NEEDS = ("international", "other", "none", "other")


def own_groups(number: int) -> tuple[str, str]:
    """Lines of ``number`` groups of one weight each and kinds of need in turn, and their weights."""
    kinds = [f"  g{k}: {{title: Group {k}, need: {NEEDS[k % 4]}, flags: []}}" for k in range(number)]
    return "groups:\n" + "\n".join(kinds) + "\n", "by_group: {" + ", ".join(f"g{k}: 1" for k in range(number)) + "}"


def write_case(root: Path, countries: int, years: int, groups: int = 0) -> str:
    """A case of ``countries`` countries with a surge, detention with a limit, and onward movement.

    Args: groups, how many of its own the case has; 0: the usual eight.
    """
    names = [f"c{k}" for k in range(countries)]
    name = f"bar_{countries}_{years}"
    folder = root / "parameters" / "cases" / name
    (folder / "scenarios").mkdir(parents=True)
    kinds, weights = own_groups(groups) if groups else ("", "")
    titles = "\n".join(f"  {c}: {{title: Country {c}}}" for c in names)
    local = {
        "journey.disembarkation_share": "by_country: {" + ", ".join(f"{c}: {1 / countries}" for c in names) + "}",
        "detention.detained_share": "value: 0.2",
        "detention.pre_removal_rate": "value: 0.01",
        "onward.within_region_share": "value: 0.5",
        "determination.officers": "value: 20",
        **({"arrivals.composition": weights} if groups else {}),
    }
    values = "\n".join(f"  {k}:\n    {v}\n    source: assumption\n    quality: assumption" for k, v in local.items())
    (folder / "case.yaml").write_text(
        f"schema: 1\ntitle: Bar\nquestion: How fast?\nsummary: A bar of the benchmark.\nstart: 2020-01-01\n"
        f"end: {2020 + years}-01-01\ncountries:\n{titles}\n{kinds}baseline: base\ndepartures: arrivals.csv\n"
        f"parameters:\n{values}\n", encoding="utf-8",
    )
    rows = ["start,end,country,persons,source,quality,note"]
    for year in range(2020, 2020 + years):
        rows += [f"{year}-01-01,{year}-06-01,{c},{2000 + 1500 * (year % 3)},assumption,assumption," for c in names]
        rows += [f"{year}-06-01,{year + 1}-01-01,{c},1500,assumption,assumption," for c in names]
    (folder / "arrivals.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "scenarios" / "base.yaml").write_text(
        f"schema: 1\ncase: {name}\ntitle: Base\ndescription: The base.\n", encoding="utf-8"
    )
    return name


def memory() -> float:
    """Peak memory of this process in MB; NaN where the platform does not tell."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def bar(countries: int, years: int) -> dict[str, float]:
    """Solve, label and check one bar; seconds of each and the peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(Path(installed_workspace()) / "parameters", root / "parameters")
        run = resolve(read_case(read_workspace(root), write_case(root, countries, years)))
        start = time.perf_counter()
        answer = solve(run)
        solved = time.perf_counter() - start
        start = time.perf_counter()
        ds = to_dataset(run, answer)
        evaluations = answer.evaluations
        del answer
        assert check_ledger(ds) == []
        return {
            "solve": solved, "label and check": time.perf_counter() - start, "memory": memory(),
            "evaluations": evaluations,
        }


def clock(work):
    """Seconds that a call takes, the best of three, and what it returns."""
    best, result = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return best, result


def parts():
    """The parts of a run of the shipped case, as ratios to its solution."""
    root = Path(installed_workspace())
    seconds, inputs = clock(lambda: read_case(read_workspace(root), "andaman_sea_2015"))
    run = resolve(inputs)
    rows = [("read and check a workspace", seconds)]
    seconds, answer = clock(lambda: solve(run))
    rows.append((f"solve the shipped case, five countries, two years ({answer.evaluations} evaluations)", seconds))
    reference = seconds
    seconds, ds = clock(lambda: to_dataset(run, answer))
    rows.append(("label as a Dataset", seconds))
    rows.append(("check the ledger", clock(lambda: check_ledger(ds))[0]))
    rows.append(("all indicators", clock(lambda: indicator_table(ds))[0]))
    command = [sys.executable, "-m", "mixedmig_model.cli", "--help"]
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    rows.append(("mixedmig --help, a fresh process", clock(lambda: subprocess.run(command, **quiet))[0]))
    for title, taken in rows:
        print(f"{taken:8.3f} s  {taken / reference:6.2f} x  {title}")
    return run


def solver_study(run):
    """Methods and tolerances against a tight solution: seconds, evaluations, largest error of a flow total."""
    tight = solve(run, Options(rtol=1e-8, atol=1e-5))
    people = tight.week_totals[-1][tight.layout.flow_at["departed"][0]].sum()
    print(f"\n{'method':8s} {'rtol':>7s} {'atol':>7s} {'seconds':>8s} {'ratio':>6s} {'evaluations':>12s} {'error':>9s} "
          f"{'peak MB':>8s}")
    reference = None
    for method, rtol, atol in (
        ("RK23", 1e-6, 3e-4), ("RK23", 1e-4, 1e-1), ("RK23", 1e-5, 1e-2), ("RK23", 1e-7, 1e-4),
        ("RK45", 1e-6, 3e-4), ("RK45", 1e-4, 1e-1), ("DOP853", 1e-6, 3e-4),
    ):
        start = time.perf_counter()
        found = solve(run, Options(method, rtol, atol))
        seconds = time.perf_counter() - start
        reference = reference or seconds
        error = abs(found.week_totals - tight.week_totals).max() / people
        print(f"{method:8s} {rtol:7.0e} {atol:7.0e} {seconds:8.2f} {seconds / reference:6.2f} "
              f"{found.evaluations:12d} {error:9.1e} {peak_of(method, rtol, atol):8.0f}")


def peak_of(method, rtol, atol):
    """Peak memory in MB of a process that solves the shipped case and does nothing else."""
    command = [sys.executable, __file__, "--peak", method, str(rtol), str(atol)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_peak(method, rtol, atol):
    solve(resolve(read_case(read_workspace(Path(installed_workspace())), "andaman_sea_2015")),
          Options(method, float(rtol), float(atol)))
    print(memory())


def loads():
    """What else ran: processes waiting in the last minute, on average."""
    return f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "not known"


def script(name, *words):
    """What another file of this folder tells from a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name(name)), *words]
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=root,
                          env={**os.environ, "PYTHONPATH": str(root)}).stdout


def side_by_side(full):
    """One country for three years, worked out in several ways: a table in Markdown (``docs/benchmarks.md``)."""
    print(script("compare.py", "table", *(["full"] if full else [])))


def aims(full):
    """What was aimed at beside what it takes here: a table in Markdown."""
    print(script("aims.py", "table", *(["full"] if full else [])))


def named():
    """The machine, and what else ran on it."""
    print(f"{platform.node()}, {platform.processor() or platform.machine()}, {os.cpu_count()} processors, "
          f"Python {platform.python_version()}, load {loads()}, {time.strftime('%d %B %Y %H:%M')}\n")


def profile():
    """How changed numbers become indicators by the kernel: milliseconds of each part."""
    for name, (wall, cpu) in json.loads(script("compare.py", "profile")).items():
        print(f"{1000 * wall:8.1f} ms  {1000 * cpu:8.1f} ms of processor  {name}")


def main():
    if len(sys.argv) == 5 and sys.argv[1] == "--peak":
        print_peak(*sys.argv[2:])
        return
    if "--markdown" in sys.argv:
        named()
        side_by_side("--full" in sys.argv)
        aims("--full" in sys.argv)
        return
    if "--aims" in sys.argv:
        named()
        aims("--full" in sys.argv)
        return
    if "--profile" in sys.argv:
        profile()
        return
    if len(sys.argv) == 3:
        print(json.dumps(bar(int(sys.argv[1]), int(sys.argv[2]))))
        return
    named()
    aims("--full" in sys.argv)
    for countries, years, aim in BARS:
        command = [sys.executable, __file__, str(countries), str(years)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.splitlines()[-1])
        print(f"{countries:2d} countries x {years:2d} years: solve {found['solve']:6.1f} s, label and check "
              f"{found['label and check']:5.1f} s, peak {found['memory']:6.0f} MB (aim {aim}), "
              f"{found['evaluations']:.0f} evaluations")
    print()
    side_by_side("--full" in sys.argv)
    print()
    run = parts()
    if "--study" in sys.argv:
        solver_study(run)


if __name__ == "__main__":
    main()
