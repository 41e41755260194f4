"""The aims of speed beside what this machine needs, each measured in a process of its own: ``bench.py`` prints them.

One country, eight groups and three years, unless a row says otherwise. A quick run draws 100 times and says so.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from mixedmig_model.equations.layout import build_layout  # noqa: E402
from mixedmig_model.inputs.resolving.resolve import resolve  # noqa: E402
from mixedmig_model.results.indicators.table import indicator_table  # noqa: E402
from mixedmig_model.solve.dataset import to_dataset  # noqa: E402
from mixedmig_model.solve.kernel.memory import Sizes  # noqa: E402
from mixedmig_model.solve.kernel.native import available  # noqa: E402
from mixedmig_model.solve.kernel.runs import (  # noqa: E402
    OWN,
    STAGES,
    RunJob,
    _plan,
    grids_of,
    kernel_for,
    layout_of,
    solve_sums,
)
from mixedmig_model.solve.run import TOGETHER, kernel_block, solve, solve_kernel  # noqa: E402
from mixedmig_model.study.ensemble.run import Design, run_ensemble  # noqa: E402
from tests.benchmarks.bench import memory  # noqa: E402
from tests.benchmarks.compare import MEMBERS, apart, bar_case, timed  # noqa: E402
from tests.benchmarks.kernel import compiled_kernel, run_kernel  # noqa: E402

TURNS, ALL_DRAWS, KEPT, SETTINGS = 5, 10_000, ("day_totals",), 40


def sums(countries=1, years=3, groups=0):
    """Processor seconds of a run that keeps daily sums; of the kernel alone; and evaluations."""
    run = resolve(bar_case(int(countries), int(years), int(groups)))
    whole = timed(lambda: solve_sums([run], ("day_stocks", *KEPT)), TURNS)[1]
    layout, sizes = layout_of(tuple(run.groups), run.countries), Sizes(len(run.groups), len(run.countries))
    plan, kernel = _plan(KEPT, False, sizes), kernel_for(KEPT, False)
    tasks = [RunJob(run, layout, plan, False, grids_of(OWN)) for _ in range(TURNS + 1)]
    jobs = iter([task.job() for task in tasks])
    alone = timed(lambda: kernel.call("run", next(jobs)), TURNS)[1]
    return {"cpu": whole, "kernel": alone, "evaluations": STAGES * int(tasks[0].outcome().steps.sum())}


def flow_table(evaluations):
    """Processor seconds a member of the flow table alone in C, at as many evaluations; Heun takes two a step."""
    heun = compiled_kernel()
    if heun is None:
        return {"words": "no C compiler here"}
    run = resolve(bar_case())
    layout, random = build_layout(tuple(run.groups), run.countries), np.random.default_rng(1)
    hazard = random.uniform(0.0, 0.02, (layout.flow_cells, MEMBERS))
    state, steps = random.uniform(0.0, 100.0, (layout.stock_cells, MEMBERS)), int(evaluations) // 2
    return {"cpu": timed(lambda: run_kernel(heun, layout, hazard, state, steps, 0.5), TURNS)[1] / MEMBERS}


def indicators(countries):
    """Processor seconds from changed numbers to indicators."""
    inputs = bar_case(int(countries))
    return {"cpu": timed(lambda: indicator_table(to_dataset(run := resolve(inputs), solve_kernel(run))), TURNS)[1]}


def together():
    """Wall seconds a member of many runs on all threads, and of one run of the reference."""
    run = resolve(bar_case())
    members = timed(lambda: solve_sums([run] * MEMBERS))[0]
    return {"member": members / MEMBERS, "reference": timed(lambda: solve(run))[0]}


def draws(number):
    """Wall seconds of an ensemble with indicators and costs on two processes, and the memory of both."""
    inputs = bar_case()
    assert inputs.costs is not None
    solve_kernel(resolve(inputs))
    with tempfile.TemporaryDirectory() as folder:
        design = Design(tuple(inputs.scenarios), int(number), seed=1, together=TOGETHER)
        seconds = timed(lambda: run_ensemble(inputs, design, Path(folder) / "draws", 2, kernel_block), 1)[0]
    return {"wall": seconds, "memory": memory(), "memory of a process": _memory_of_children()}


def _memory_of_children():
    try:
        import resource
    except ImportError:
        return float("nan")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def first_panel():
    """Wall seconds until a panel shows its first numbers on a machine that has no kernel yet."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MIXEDMIG_CACHE"] = folder
        inputs = bar_case()
        start = time.perf_counter()
        from mixedmig_model.present.panel.engine import Engine

        assert Engine(inputs, "kernel").base.lines
        return {"wall": time.perf_counter() - start}


def panel():
    """Wall seconds from a message of the panel to its answer: half and 95 % of settings, and all but the run itself."""
    from mixedmig_model.present.panel.engines import PreparedEngine
    from mixedmig_model.present.panel.files import Files
    from mixedmig_model.present.panel.session import Session

    engine = PreparedEngine(bar_case(5, 2))
    session = Session(lambda _: engine, Files(None))
    assert engine.prepared
    found, rest = [], []
    for k in range(SETTINGS):
        change = {"parameter": "screening.officers", "scale": 1.01 + k / 100}
        message = {"type": "set", "seq": k, "view": "people", "state": {
            "scenario": engine.inputs.case.baseline, "levers": [], "changes": [change]}}
        start = time.perf_counter()
        reply = list(session.answer(message))[-1]
        assert reply.frame()
        found.append(time.perf_counter() - start)
        rest.append(found[-1] - (reply.header["ms"]["solve"] + reply.header["ms"]["numbers"]) / 1e3)
    return {"median": float(np.median(found)), "most": float(np.quantile(found, 0.95)), "rest": float(np.median(rest))}


def reports():
    """Wall seconds of a report with nothing kept, and of the same again."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {"MIXEDMIG_CACHE": str(Path(folder) / "cache"), "PYTHONPATH": str(ROOT)}
        environment = {name: text for name, text in os.environ.items() if name != "MIXEDMIG_RUNS"} | kept
        command = [sys.executable, "-m", "mixedmig_model.cli"]
        plan = Path(folder) / "plan"
        subprocess.run([*command, "init", str(plan)], check=True, env=environment, capture_output=True)
        found = []
        for _ in range(2):
            start = time.perf_counter()
            subprocess.run([*command, "report", "andaman_sea_2015"], check=True, env=environment, cwd=plan,
                           capture_output=True)
            found.append(time.perf_counter() - start)
        return {"first": found[0], "again": found[1]}


WAYS = {f.__name__: f for f in (sums, flow_table, indicators, together, draws, first_panel, panel, reports)}


class Aim(NamedTuple):
    """An aim, what was measured, and whether it is met."""

    words: str
    aim: float
    measured: float
    unit: str
    least: bool = False
    note: str = ""

    def line(self) -> str:
        """A row of a table in Markdown."""
        met = self.measured >= self.aim if self.least else self.measured <= self.aim
        sign = ">=" if self.least else "<="
        note = f" ({self.note})" if self.note else ""
        return (f"| {self.words} | {sign} {self.aim:,g} {self.unit} | {self.measured:,.3g} {self.unit}{note} | "
                f"{'yes' if met else 'no'} |")


def measured(full: bool, ask: Callable[..., dict]) -> list[Aim]:
    """All aims with what they take here. Args: full, 10,000 draws and reports too; ask, tells a way's numbers."""
    one = ask("sums")
    rows = [Aim("a member-run for daily sums, processor", 6.0, 1e3 * one["cpu"], "ms")]
    table = ask("flow_table", one["evaluations"])
    if "cpu" in table:
        rows.append(Aim("the kernel of it, to the flow table alone in C at as many evaluations", 2.0,
                        one["kernel"] / table["cpu"], "times", note=f"{one['evaluations']:,} evaluations"))
    rows += [Aim(f"changed numbers to indicators, {words}, processor", aim,
                 1e3 * ask("indicators", countries)["cpu"], "ms")
             for words, countries, aim in (("one country", 1, 25.0), ("five countries", 5, 60.0))]
    number = ALL_DRAWS if full else 100
    found = ask("draws", number)
    note = "" if full else f"from {number} draws"
    rows.append(Aim("10,000 draws with indicators and costs, two processes, wall", 60.0,
                    found["wall"] * ALL_DRAWS / number, "s", note=note))
    rows.append(Aim("memory of them, all processes", 1000.0, found["memory"] + 2 * found["memory of a process"], "MB",
                    note=note))
    pace = ask("together")
    rows.append(Aim("ratio to the reference, one at a time, wall", 300.0, pace["reference"] / pace["member"], "times",
                    least=True, note=f"{os.cpu_count()} processors"))
    many = {countries: ask("sums", countries)["kernel"] / countries for countries in (2, 5, 12)}
    rows += [Aim(f"time of the kernel a country, {countries} countries to one", 1.3, each / one["kernel"], "times")
             for countries, each in many.items()]
    rows.append(Aim("time of the kernel a year, ten years to three", 1.3,
                    ask("sums", 1, 10)["kernel"] / one["kernel"] * 3 / 10, "times"))
    rows.append(Aim("first panel on a machine without a kernel, wall", 5.0, ask("first_panel")["wall"], "s"))
    moved = ask("panel")
    rows += [Aim(f"an answer of the panel, five countries, two years, wall, {words}", aim, 1e3 * moved[key], "ms")
             for words, key, aim in (("half of the settings", "median", 100.0), ("95 % of them", "most", 150.0),
                                     ("all but the run and its numbers", "rest", 25.0))]
    if full:
        times = ask("reports")
        rows += [Aim("a report, nothing kept, wall", 60.0, times["first"], "s"),
                 Aim("the same again, wall", 15.0, times["again"], "s")]
    return rows


def ask(name: str, *words: object) -> dict:
    """The numbers of a way, or words why there are none. Raises RuntimeError where it failed."""
    found = apart(name, *words, script=__file__)
    if found.get("words", "").startswith("failed"):
        raise RuntimeError(f"{name}: {found['words']}")
    return found


def table(full: bool) -> list[str]:
    """Lines of a table in Markdown."""
    if available():
        return [f"No aims of the kernel: {available()}"]
    rows = measured(full, ask)
    return ["| what | aim | measured | met |", "|---|---|---|---|", *(row.line() for row in rows)]


if __name__ == "__main__":
    if sys.argv[1] == "table":
        print("\n".join(table("full" in sys.argv)))
    else:
        print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
