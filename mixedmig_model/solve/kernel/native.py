"""From text to machine code by LLVM.

The code is kept in the user's cache, and this has the function that a run calls. What is kept is found by a digest of
the graph, of the files that lower it, of LLVM and of the processor. The package llvmlite is imported only here, and
only when a kernel is wanted.
"""

import ctypes
import json
import os
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from mixedmig_model.solve.kernel.lower.driver import FIELDS, RunText
from mixedmig_model.solve.kernel.lower.elementary import functions
from mixedmig_model.solve.kernel.lower.emit import lowered
from mixedmig_model.solve.kernel.lower.helpers import helpers
from mixedmig_model.solve.kernel.lower.layouts import Layouts, lay_out
from mixedmig_model.solve.kernel.lower.nests import NestPlan
from mixedmig_model.solve.kernel.lower.scalarise import scalarise
from mixedmig_model.solve.kernel.lower.scalars import Numbers
from mixedmig_model.solve.kernel.memory import LANES, Buffer, Kind
from mixedmig_model.solve.kernel.model.stage import Traces
from mixedmig_model.solve.kernel.trace.graph import digest
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.cache import cache_folder
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.kinds import TargetError, kind_of

WIDTH = 'attributes #0 = { "prefer-vector-width"="512" "min-legal-vector-width"="512" }\n'
WORKED_OUT = ("still", "changing")
LEVEL = 1
"""How far LLVM rewrites the text.

Further takes longer and gains nothing.
"""
Progress = Callable[[str], None]


OTHERWISE = "the reference path does all that the kernel does"


def available() -> str:
    """Return why the kernel cannot be used here, in words.

    The text is empty if it can.
    """
    if find_spec("llvmlite") is not None:
        return ""
    if sys.platform == "darwin" and platform.machine() == "x86_64":
        return f"llvmlite is not available for Macs with an Intel processor; {OTHERWISE}"
    return f"llvmlite is not installed (pip install llvmlite); {OTHERWISE}"


def text_of(traced: Traces, with_run: bool = True, daily: str = "", lanes: int = LANES) -> tuple[str, Layouts]:
    """Return the whole kernel as text of LLVM.

    Parameters
    ----------
    traced : Traces
        Trace of a stage.
    with_run : bool, default True
        Include the run; without it there is only one stage.
    daily : str, default ''
        Functions that measure each day, if there are any.
    lanes : int, default 8
        How many groups the equations handle together.

    Returns
    -------
    tuple[str, Layouts]
        The text, and where everything lies.
    """
    body, layouts = lowered(traced.inputs, traced.shapes, scalarise(traced.outputs, traced.shapes, Numbers()),
                            lanes)
    state = layouts.buffers["state"]
    run = [daily, RunText(state, bool(daily)).written()] if with_run else []
    return "\n".join([functions(lanes), helpers(lanes), body, *run, RunText(state).once(), WIDTH]), layouts


@dataclass(frozen=True)
class Machine:
    """LLVM for this processor."""

    binding: Any  # llvmlite.binding
    triple: str
    processor: str
    features: str

    @property
    def name(self) -> str:
        """LLVM and the processor, in words."""
        return f"{self.binding.llvm_version_info} {self.triple} {self.processor} {self.features}"

    @classmethod
    def here(cls) -> "Machine":
        """Return LLVM for the processor of this computer."""
        import llvmlite.binding as binding

        with suppress(RuntimeError, AttributeError):  # later versions do it themselves, and say so
            binding.initialize()
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        return cls(binding, binding.get_process_triple(), binding.get_host_cpu_name(),
                   binding.get_host_cpu_features().flatten())

    def target(self) -> Any:
        """Return what LLVM makes code for.

        An engine takes it over, so that each needs its own.
        """
        return self.binding.Target.from_triple(self.triple).create_target_machine(
            cpu=self.processor, features=self.features, opt=2, reloc="pic", codemodel="jitdefault"
        )

    def compiled(self, text: str) -> bytes:
        """Return machine code of a text."""
        module = self.binding.parse_assembly(text)
        module.verify()
        options = self.binding.create_pipeline_tuning_options(speed_level=LEVEL)
        options.loop_vectorization = options.slp_vectorization = False
        target = self.target()
        builder = self.binding.create_pass_builder(target, options)
        builder.getModulePassManager().run(module, builder)
        return bytes(target.emit_object(module))

    def loaded(self, code: bytes) -> Any:
        """Return an engine that holds machine code, ready to call."""
        engine = self.binding.create_mcjit_compiler(self.binding.parse_assembly(""), self.target())
        engine.add_object_file(self.binding.ObjectFileRef.from_data(code))
        engine.finalize_object()
        return engine


@cache
def machine() -> Machine:
    """Return LLVM for this processor, set up once in a process."""
    return Machine.here()


@cache
def lowering_digest() -> str:
    """Return the SHA-256 of the files that lower a graph.

    They make machine code of it.
    """
    here = Path(__file__).parent
    return sha256("".join(path.read_text(encoding="utf-8") for path in sorted(here.rglob("*.py"))))


@dataclass(frozen=True)
class Kernel:
    """Machine code in memory.

    It has where everything lies in its own memory.
    """

    layouts: Layouts
    engine: Any  # holds the code as long as it may be called

    def call(self, name: str, job: np.ndarray) -> None:
        """Call a function of the kernel without Python's lock.

        Parameters
        ----------
        name : str
            Name of the function.
        job : numpy.ndarray
            Numbers and addresses as ``FIELDS`` has them.
        """
        assert len(job) == len(FIELDS)
        address = self.engine.get_function_address(name)
        ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_void_p)(address)(job.ctypes.data)


_LOCK = Lock()


def kernel_of(traced: Traces, progress: Progress | None = None) -> Kernel:
    """Return the kernel of a trace, from the cache or new.

    A new one is kept.

    Parameters
    ----------
    traced : Traces
        Trace of a stage.
    progress : Progress | None, default None
        Called with ``compiling`` before the kernel is built.

    Returns
    -------
    Kernel
        The kernel.

    Raises
    ------
    RuntimeError
        Where there is no LLVM.
    """
    reason = available()
    if reason:
        raise RuntimeError(reason)
    with _LOCK:
        own = machine()
        key = sha256("\n".join([digest(traced.outputs), lowering_digest(), own.name]))
        found = _found(key)
        if found is not None:
            counts, code = found
            layouts = lay_out(traced.inputs, traced.shapes, NestPlan([], {}))
            for name, own_counts in counts.items():
                layouts.buffers[name] = Buffer(counts=own_counts)
        else:
            if progress:
                progress("compiling")
            text, layouts = text_of(traced)
            code = own.compiled(text)
            _keep(key, {name: layouts.buffers[name].counts for name in WORKED_OUT}, code)
        return Kernel(layouts, own.loaded(code))


def _file(key: str) -> Path:
    return cache_folder("kernel") / f"{key[:32]}.o"


def _found(key: str) -> tuple[dict[str, dict[Kind, int]], bytes] | None:
    """Return what is kept of a kernel, if it is whole.

    It has sizes of its memory, and its code.
    """
    try:
        if kind_of(_file(key)) != "a file":  # a pipe would never end
            return None
        head, _, code = _file(key).read_bytes().partition(b"\n")
        about = json.loads(head)
        if about["digest"] != _digest(key, about["counts"], code):
            return None
        return {
            name: {Kind(countries, groups): count for countries, groups, count in counts}
            for name, counts in about["counts"].items()
        }, code
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _digest(key: str, counts: object, code: bytes) -> str:
    """Return a digest of all that is kept.

    Sizes count too, since code that is given too little memory writes over other numbers.
    """
    return sha256(json.dumps([key, counts]).encode() + code)


def _keep(key: str, counts: dict[str, dict[Kind, int]], code: bytes) -> None:
    """Keep machine code for other processes.

    Where it cannot be kept, only time is lost.
    """
    plain = {name: [[*kind, count] for kind, count in own.items()] for name, own in counts.items()}
    head = json.dumps({"digest": _digest(key, plain, code), "counts": plain}).encode()
    with suppress(OSError, TargetError):
        folder = _file(key).parent
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            write_file(_file(key), head + b"\n" + code)
