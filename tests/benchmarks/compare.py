"""One country for three years, worked out in several ways, each in a process of its own: ``bench.py`` prints it.

What each way covers, and what it does not, stands in ``docs/benchmarks.md``. Only what was run is told.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from scipy.integrate import OdeSolver

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from mixedmig_model.equations.layout import build_layout  # noqa: E402
from mixedmig_model.inputs.cases.case import read_case  # noqa: E402
from mixedmig_model.inputs.installed import installed_workspace  # noqa: E402
from mixedmig_model.inputs.resolving.resolve import resolve  # noqa: E402
from mixedmig_model.inputs.workspace import read_workspace  # noqa: E402
from mixedmig_model.results.indicators.table import indicator_table  # noqa: E402
from mixedmig_model.solve.answer import Options  # noqa: E402
from mixedmig_model.solve.dataset import to_dataset  # noqa: E402
from mixedmig_model.solve.kernel.inputs import daily_table  # noqa: E402
from mixedmig_model.solve.kernel.native import available  # noqa: E402
from mixedmig_model.solve.kernel.runs import solve_sums  # noqa: E402
from mixedmig_model.solve.reference import METHODS, STABLE  # noqa: E402
from mixedmig_model.solve.run import solve, solve_kernel  # noqa: E402
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns, drawn_values, unit_points  # noqa: E402
from tests.benchmarks.bench import memory, write_case  # noqa: E402
from tests.benchmarks.kernel import compiled_kernel, numpy_kernel, run_kernel  # noqa: E402

CHUNK, MEMBERS, TURNS = 128, 32, 3


def bar_case(countries=1, years=3, groups=0):
    """Inputs of a bar of the benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(Path(installed_workspace()) / "parameters", root / "parameters")
        return read_case(read_workspace(root), write_case(root, countries, years, groups))


def timed(work, turns=TURNS):
    """Least wall and processor seconds of some turns, after one that is not counted where there are several."""
    found = []
    for _ in range(turns + (turns > 1)):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    return tuple(min(part) for part in zip(*found[turns > 1 :], strict=True))


def told(seconds, members=1):
    return {"wall": seconds[0], "cpu": seconds[1], "members": members, "memory": memory()}


def reference(countries=1, years=3, groups=0):
    run = resolve(bar_case(int(countries), int(years), int(groups)))
    return told(timed(lambda: solve(run)))


class Heun(OdeSolver):
    """Heun's method at half a day, and less where a hazard asks for it (``Options`` bound the step)."""

    def __init__(self, fun, t0, y0, t_bound, max_step=0.5, rtol=0.0, atol=0.0):
        super().__init__(fun, t0, y0, t_bound, vectorized=False)
        self.max_step, self.f, self.before = max_step, self.fun(t0, y0), (t0, y0)

    def _step_impl(self):
        step = min(0.5, self.max_step, self.t_bound - self.t)
        self.before = self.t, self.y
        ahead = self.fun(self.t + step, self.y + step * self.f)
        self.y = self.y + step / 2 * (self.f + ahead)
        self.t = self.t_bound if self.t_bound - self.t - step < 1e-9 else self.t + step
        self.f = self.fun(self.t, self.y)
        return True, None

    def _dense_output_impl(self):
        (t0, y0), t1, y1 = self.before, self.t, self.y
        return lambda t: y0 + (y1 - y0) * ((t - t0) / (t1 - t0))


def heun_answer(run):
    """Our equations under NumPy by Heun's method."""
    METHODS["NumPy Heun"], STABLE["NumPy Heun"] = Heun, 1.8
    return solve(run, Options("NumPy Heun"))


def numpy_heun():
    run = resolve(bar_case())
    return told(timed(lambda: heun_answer(run), 1))


def kernel(countries=1, years=3, groups=0):
    run = resolve(bar_case(int(countries), int(years), int(groups)))
    return told(timed(lambda: solve_kernel(run)))


def ensemble(draws):
    """Real draws of all uncertain inputs, resolved and solved in chunks; the clock covers both."""
    inputs, draws = bar_case(), int(draws)
    columns = drawn_columns(inputs)
    values = drawn_values(columns, unit_points(len(columns), draws, 1, "latin_hypercube"))
    solve_sums([resolve(inputs)])  # made before the clock starts

    def work():
        for start in range(0, draws, CHUNK):
            cases = [drawn_case(inputs, columns, row) for row in values[start : start + CHUNK]]
            solve_sums([resolve(case, held=True) for case in cases])

    return told(timed(work, 1), draws)


def hand():
    """Plain Python over named stocks, Heun at half a day: the independent loop of the tests."""
    from tests.science.hand_loop import run as loop
    from tests.science.test_hand_loop import plain_numbers

    model = plain_numbers(resolve(bar_case()))
    return told(timed(lambda: loop(model, 2), 1))


def flow_table(which):
    """Flows and stocks only, hazards held still, 2,192 steps of 32 members: in C or NumPy."""
    run = resolve(bar_case())
    layout, random = build_layout(tuple(run.groups), run.countries), np.random.default_rng(1)
    hazard = random.uniform(0.0, 0.02, (layout.flow_cells, MEMBERS))
    state = random.uniform(0.0, 100.0, (layout.stock_cells, MEMBERS))
    if which == "numpy":
        return told(timed(lambda: numpy_kernel(layout, hazard, state, 2 * run.days, 0.5), 1), MEMBERS)
    heun = compiled_kernel(*(["-ffast-math"] if which == "fast" else []))
    if heun is None:
        return {"words": "no C compiler here"}
    return told(timed(lambda: run_kernel(heun, layout, hazard, state, 2 * run.days, 0.5)), MEMBERS)


def profile():
    """Changed numbers to indicators by the kernel: seconds of its parts."""
    inputs = bar_case()
    run = resolve(inputs)
    answer = solve_kernel(run)
    ds = to_dataset(run, answer)
    parts = {
        "resolve": lambda: resolve(inputs), "table of inputs": lambda: daily_table(run),
        "solve_kernel, table included": lambda: solve_kernel(run), "dataset": lambda: to_dataset(run, answer),
        "indicators": lambda: indicator_table(ds),
    }
    return {name: timed(work) for name, work in parts.items()}


WAYS = {f.__name__: f for f in (reference, kernel, numpy_heun, ensemble, hand, flow_table, profile)}


def apart(name, *words, script=__file__):
    """One way of a script in a process of its own."""
    done = subprocess.run([sys.executable, script, name, *map(str, words)], capture_output=True, text=True, cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    if done.returncode:
        return {"words": "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]}
    return json.loads(done.stdout.splitlines()[-1])


def plan(full):
    """What is run: title, way, words."""
    rows = [("reference, one run", "reference"), ("our equations in NumPy, Heun at half a day", "numpy_heun"),
            ("pure-Python loop over named stocks, half a day", "hand"),
            ("flow table only, NumPy, 32 members", "flow_table", "numpy"),
            ("flow table only, C, 32 members", "flow_table", "strict"),
            ("flow table only, C with -ffast-math, 32 members", "flow_table", "fast")]
    fast = [("kernel, one run in full", "kernel")]
    fast += [(f"kernel, ensemble of {n:,} draws", "ensemble", n) for n in (100, 1000, *([10000] if full else []))]
    for countries, years, groups in ((1, 1, 0), (1, 10, 0), (2, 3, 0), (5, 3, 0), (1, 3, 4), (1, 3, 16)):
        size = f"{countries} countries, {years} years" if countries > 1 else f"1 country, {years} years"
        size += f", {groups} groups" if groups else ""
        rows.append((f"reference, {size}", "reference", countries, years, groups))
        fast.append((f"kernel, {size}", "kernel", countries, years, groups))
    return rows + ([] if available() else fast)


def table(full):
    """Lines of the table in Markdown; the ratio is of a member-run to one of the reference."""
    lines = ["| what | wall, s | processor, s | s a member-run | ratio | peak MB |", "|---|---|---|---|---|---|"]
    base = None
    for title, *call in plan(full):
        found = apart(*call)
        if "words" in found:
            lines.append(f"| {title} | {found['words']} | | | | |")
            continue
        each = found["wall"] / found["members"]
        base = base or each
        lines.append(f"| {title} | {found['wall']:.3g} | {found['cpu']:.3g} | {each:.3g} | {each / base:.2g} | "
                     f"{found['memory']:.0f} |")
    return lines + ([f"\nKernel not run: {available()}"] if available() else [])


if __name__ == "__main__":
    if sys.argv[1] == "table":
        print("\n".join(table("full" in sys.argv)))
    else:
        print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
