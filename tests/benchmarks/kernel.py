"""The C kernel of the flow table: compiled where there is a compiler, called by ctypes, and told again in NumPy."""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from mixedmig_model.equations.layout import Layout
from mixedmig_model.solve.problem import incidence


def compiled_kernel(*flags: str):
    """The function ``heun`` of ``kernel.c``; None where there is no C compiler."""
    compiler = shutil.which("cc")
    if not compiler:
        return None
    folder = Path(tempfile.mkdtemp())
    made = folder / "kernel.so"
    source = Path(__file__).with_name("kernel.c")
    try:
        subprocess.run([compiler, "-O3", "-march=native", *flags, "-shared", "-fPIC", str(source), "-o", str(made)],
                       check=True)
        return ctypes.CDLL(str(made)).heun
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_kernel(heun, layout: Layout, hazard: np.ndarray, state: np.ndarray, steps: int, dt: float) -> np.ndarray:
    """Stocks ``[stock cells, members]`` after some steps with hazards ``[flow cells, members]`` held still."""
    cells = [np.where(part < layout.stock_cells, part, -1).astype(np.int32)
             for part in (layout.sources, layout.leaves, layout.enters)]
    state, hazard = np.ascontiguousarray(state, float).copy(), np.ascontiguousarray(hazard, float)
    scratch = [np.zeros_like(state) for _ in range(3)]
    pointers = [ctypes.c_void_p(a.ctypes.data) for a in (*cells, hazard, state, *scratch)]
    heun(steps, ctypes.c_double(dt), layout.flow_cells, layout.stock_cells, state.shape[1], *pointers)
    return state


def numpy_kernel(layout: Layout, hazard: np.ndarray, state: np.ndarray, steps: int, dt: float) -> np.ndarray:
    """The same by NumPy and scipy's sparse product."""
    matrix, state = incidence(layout), np.asarray(state, float)
    ones = np.ones((1, state.shape[1]))

    def slope(now):
        return matrix @ (hazard * np.concatenate([now, ones])[layout.sources])

    for _ in range(steps):
        first = slope(state)
        state = state + 0.5 * dt * (first + slope(state + dt * first))
    return state
