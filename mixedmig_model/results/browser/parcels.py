"""The shipped module, and runs as parcels for it."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.results.indicators.kernel_counts import SHOWN, counted
from mixedmig_model.results.waits.queues import FASTEST_LOSS
from mixedmig_model.results.waits.stays import ACCURACY, GRACE
from mixedmig_model.solve.kernel.browser.module import Built, built, read_about
from mixedmig_model.solve.kernel.browser.parcel import parcel
from mixedmig_model.solve.kernel.model.day import trace_day
from mixedmig_model.solve.kernel.model.stage import Traces, kept_sums, trace_stage
from mixedmig_model.solve.kernel.runs import SUMS

HERE = Path(__file__).parent
MODULE, LOADER = HERE / "kernel.wasm", HERE / "kernel.mjs"
WHOLE, STAYS = HERE / "whole.wasm", HERE / "stays.mjs"
"""The module that keeps every cell, and the loader's part.

Pages that judge runs as reports do need every cell.
"""


class ModuleTraces(NamedTuple):
    """The traces that the module comes from."""

    stage: Traces
    day: Traces


@cache
def traces() -> ModuleTraces:
    """Trace the equations and the formulas of indicators.

    They are traced once in a process.
    """
    stage = trace_stage(kept_sums(SUMS), False)
    return ModuleTraces(stage, trace_day(stage, counted))


def text_of_module() -> Built:
    """Return the module as text of LLVM.

    The second part says where everything lies in its memory.
    """
    return built(*traces())


def text_of_whole() -> Built:
    """Return the module that keeps every cell, as text of LLVM."""
    return built(_whole_stage(), None)


@cache
def _whole_stage() -> Traces:
    return trace_stage([], True)


def whole_parcel(run: RunInputs) -> bytes:
    """Return a run as a parcel for the module of every cell."""
    return parcel(run, read_about(WHOLE.read_bytes()), _whole_stage(), None, shown=[], more=_stays())


def run_parcel(run: RunInputs) -> bytes:
    """Return a run as a parcel for the shipped module."""
    stage, day = traces()
    said = [{"key": one.key, "title": one.title, "unit": one.unit, "kind": one.kind, "better": one.better}
            for one in SHOWN]
    return parcel(run, read_about(MODULE.read_bytes()), stage, day, shown=said, more=_stays())


def _stays() -> dict[str, dict[str, float]]:
    """Return what the arithmetic of stays in detention needs."""
    return {"stays": {"grace": GRACE, "accuracy": ACCURACY, "fastest": FASTEST_LOSS}}
