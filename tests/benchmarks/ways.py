"""One run worked out in several ways; each is called in a process of its own: ``ways.py NAME WORDS`` prints JSON.

``docs/benchmarks.md`` says what each way is and what it leaves out.
"""

import json
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
from scipy.integrate import OdeSolver

if str(Path(__file__).resolve().parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mixedmig_model.api import runs as door
from mixedmig_model.equations.layout import build_layout
from mixedmig_model.equations.table import STOCKS
from mixedmig_model.solve.answer import Options
from mixedmig_model.solve.reference import METHODS, STABLE
from mixedmig_model.solve.run import solve, solve_kernel
from tests.benchmarks.case import CUT_DOWN, bar_case, resolved
from tests.benchmarks.kernel import compiled_kernel, numpy_kernel, run_kernel
from tests.benchmarks.measuring import Shares, memory, timed, told

MEMBERS, SETTINGS = 32, 40
KEPT = ("day_totals",)
WRITTEN = ("entered", "lost", "alive", "stock_out", "stock_groups", "sum_out")
"""What a run of daily sums writes for each day."""


def run_of(countries=1, years=3, groups=0, cut=""):
    """Numbers of a run; ``cut`` asks for the cut-down model that other tools can read."""
    more = CUT_DOWN if cut else {"groups": int(groups)}
    return resolved(bar_case(int(countries), int(years), **more))


def reference(*size):
    """scipy's solver with error control; every flow and stock kept."""
    run = run_of(*size)
    return told(timed(lambda: solve(run)))


def kernel(*size):
    """The compiled kernel, all that a report needs."""
    run = run_of(*size)
    return told(timed(lambda: solve_kernel(run), 5))


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


def numpy_heun(*size):
    """The same equation functions under NumPy, a step each half day, no error control."""
    METHODS["NumPy Heun"], STABLE["NumPy Heun"] = Heun, 1.8
    run = run_of(*size)
    return told(timed(lambda: solve(run, Options("NumPy Heun")), 1))


def hand(*size):
    """Plain Python over named stocks, Heun at half a day: the independent loop of the tests."""
    from tests.science.hand_loop import run as loop
    from tests.science.test_hand_loop import plain_numbers

    model = plain_numbers(run_of(*size))
    return told(timed(lambda: loop(model, 2), 1))


def flow_table(which, years=3):
    """Flows and stocks only, hazards held still, two steps a day of 32 members: in C or NumPy."""
    run = run_of(1, years)
    layout, random = build_layout(tuple(run.groups), run.countries), np.random.default_rng(1)
    hazard = random.uniform(0.0, 0.02, (layout.flow_cells, MEMBERS))
    state = random.uniform(0.0, 100.0, (layout.stock_cells, MEMBERS))
    found = {"evaluations": 4 * run.days}
    if which == "numpy":
        return found | told(timed(lambda: numpy_kernel(layout, hazard, state, 2 * run.days, 0.5), 1), MEMBERS)
    heun = compiled_kernel(*(["-ffast-math"] if which == "fast" else []))
    if heun is None:
        return {"words": "no C compiler here"}
    return found | told(timed(lambda: run_kernel(heun, layout, hazard, state, 2 * run.days, 0.5)), MEMBERS)


def sums(*size):
    """A run that keeps daily sums: processor seconds in all, and of the kernel alone, with its evaluations."""
    from mixedmig_model.solve.kernel.memory import Sizes
    from mixedmig_model.solve.kernel.runs import (
        OWN,
        STAGES,
        RunJob,
        _plan,
        grids_of,
        kernel_for,
        layout_of,
        solve_sums,
    )

    run = run_of(*size)
    whole = timed(lambda: solve_sums([run], ("day_stocks", *KEPT)), 5)
    plan = _plan(KEPT, False, Sizes(len(run.groups), len(run.countries)))
    code, layout = kernel_for(KEPT, False), layout_of(tuple(run.groups), run.countries)

    def alone():
        task = RunJob(run, layout, plan, False, grids_of(OWN))
        job = task.job()
        for name in WRITTEN:  # so that the system gives the memory before the clock runs, and not page by page
            task.held[name][:] += 0.0
        start = time.process_time()
        code.call("run", job)
        return time.process_time() - start, STAGES * int(task.outcome().steps.sum())

    seconds, evaluations = min(alone() for _ in range(6))
    return told(whole) | {"kernel": seconds, "evaluations": evaluations}


def together(years=3):
    """Many runs that keep daily sums, on all threads."""
    from mixedmig_model.solve.kernel.runs import solve_sums

    run = run_of(1, years)
    return told(timed(lambda: solve_sums([run] * MEMBERS, ("day_stocks", *KEPT))), MEMBERS)


def numbers(countries=1, years=3):
    """Changed numbers to indicators through the door for scripts, with the parts of it."""
    inputs = bar_case(int(countries), int(years))
    run = door.resolve(inputs)
    ds = door.run(run, "kernel")

    def whole():
        door.indicators(door.run(door.resolve(inputs), "kernel"))

    parts = {"resolve the inputs": lambda: door.resolve(inputs), "solve and label": lambda: door.run(run, "kernel"),
             "indicators": lambda: door.indicators(ds)}
    found = told(timed(whole, 5)) | {"parts": {name: timed(work, 5)[1] for name, work in parts.items()}}
    with Shares() as shares:
        for _ in range(20):
            whole()
    return found | {"shares": shares.largest()}


def pysd(years, *steps):
    """PySD on the translated model: seconds to read and to run, and how far it is from the kernel in each stock."""
    warnings.simplefilter("ignore")
    try:
        import pysd as tool
    except ImportError:
        return {"words": "PySD is not installed (extra dev)"}
    from tests.benchmarks.translate import equations, translate, xmile

    run = run_of(1, years, 0, "cut")
    start = time.process_time()
    model = translate(run)
    found = {"version": tool.__version__, "translating": time.process_time() - start, "stocks": len(model.reached),
             "flows": len(model.flows), "auxiliaries": len(equations(model)[1])}
    ds = door.run(run, "kernel")
    days = np.rint((ds["time"] - ds["time"][0]).values / np.timedelta64(1, "D")).astype(float)
    ours = np.concatenate([ds[stock.name].values.reshape(len(days), -1) for stock in STOCKS], axis=1)
    reached = sorted(model.reached)
    unreached = np.delete(ours, reached, axis=1)
    people = people_of(model)
    names = [model.names[k] for k in reached]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cut_down.xmile"
        file.write_text(xmile(model, float(steps[-1])), encoding="utf-8")
        wall, cpu = time.perf_counter(), time.process_time()
        loaded = tool.read_xmile(str(file))
        found |= {"reading": time.process_time() - cpu, "reading, wall": time.perf_counter() - wall, "runs": []}
        tables = []
        for step in map(float, steps):
            seconds = timed(lambda step=step: tables.append(loaded.run(
                time_step=step, return_timestamps=days, return_columns=names)[names].values), 1)
            found["runs"].append({"step": step, "difference": float(abs(tables[-1] - ours[:, reached]).max() / people),
                                  **told(seconds)})
    limit = 2 * tables[-1] - tables[-2]  # Euler's error falls with the step, so that this is free of its first order
    return found | {"people": people, "extrapolated": float(abs(limit - ours[:, reached]).max() / people),
                    "left out": float(abs(unreached).max() / people), "stock": float(ours[:, reached].max() / people)}


def people_of(model):
    """Departures of a translated model in all, persons."""
    ends = [day for day, _ in model.departures[1:]] + [model.days]
    return float(sum((end - day) * now for (day, now), end in zip(model.departures, ends, strict=True)))


def first_panel():
    """Wall seconds until a panel shows its first numbers on a machine that has no kernel yet."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MIXEDMIG_CACHE"] = folder
        inputs = bar_case()
        start = time.perf_counter()
        from mixedmig_model.present.panel.engine import Engine

        assert Engine(inputs, "kernel").base.lines
        return {"wall": time.perf_counter() - start, "memory": memory()}


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
    return {"median": float(np.median(found)), "most": float(np.quantile(found, 0.95)), "rest": float(np.median(rest)),
            "memory": memory()}


WAYS = {f.__name__: f for f in (reference, kernel, numpy_heun, hand, flow_table, sums, together, numbers, pysd,
                                first_panel, panel)}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
