"""The kernel as one WebAssembly module.

It is lowered as for a processor, compiled for wasm32, and linked by ``wasm-ld``. The linker comes with the ``ziglang``
wheel and is needed only here, to build the module that is shipped. The module carries a section of its own,
``mixedmig``. It is JSON with the digest of its text, LLVM's version and the linker's, and how many numbers its loops
leave to each other. Code that lays out its memory needs that number.
"""

import json
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, NamedTuple

from mixedmig_model.solve.kernel.lower.daily import daily_text
from mixedmig_model.solve.kernel.lower.layouts import Layouts, lay_out
from mixedmig_model.solve.kernel.lower.nests import NestPlan
from mixedmig_model.solve.kernel.memory import Buffer, Kind
from mixedmig_model.solve.kernel.model.stage import Traces
from mixedmig_model.solve.kernel.native import WORKED_OUT, Machine, machine, text_of
from mixedmig_model.storage.atomic import scratch_folder, write_file
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.workers import run_tool

TOGETHER = 2
"""Numbers that a browser's processor handles together.

Loops take eight groups in four turns, and a quarter of the text is enough. Sums go in the same order.
"""
TRIPLE, FEATURES = "wasm32-unknown-unknown", "+simd128"
STACK = 1 << 16
"""Bytes of stack, beneath everything else.

An overflow is then a fault and no wrong number.
"""
SECTION = "mixedmig"
LINK = ("--no-entry", "--export=run", "--export=__heap_base", "--strip-all", "--gc-sections", "--stack-first",
        "-z", f"stack-size={STACK}")

ADDRESS, ONWARD = "= getelementptr ", "= getelementptr nuw "
"""Options by which addresses only go onward from a buffer.

LLVM then puts the distance into the load itself. This makes the module smaller and a run a sixth faster.
"""


class Built(NamedTuple):
    """The text of a module, and where everything lies.

    Places are in a stage and in the functions of a day.
    """

    text: str
    stage: Layouts
    day: Layouts | None


@dataclass(frozen=True)
class Browser(Machine):
    """LLVM for WebAssembly."""

    @classmethod
    def for_pages(cls) -> "Browser":
        """Return LLVM for the processor of a browser."""
        binding = machine().binding
        binding.initialize_all_targets()
        binding.initialize_all_asmprinters()
        return cls(binding, TRIPLE, "generic", FEATURES)

    def target(self) -> Any:
        """Return what LLVM makes code for."""
        return self.binding.Target.from_triple(self.triple).create_target_machine(
            cpu=self.processor, features=self.features, opt=2, reloc="static", codemodel="default"
        )


def linker() -> str:
    """Return why no module can be linked here, in words.

    The text is empty if one can.
    """
    if find_spec("ziglang") is not None:
        return ""
    return "ziglang is not installed (pip install ziglang), whose wasm-ld links the module"


def built(stage: Traces, day: Traces | None) -> Built:
    """Return the text of a module.

    Parameters
    ----------
    stage : Traces
        Trace of a stage.
    day : Traces or None
        Trace of what is measured of a day, if anything is.

    Returns
    -------
    Built
        The text, and where everything lies.
    """
    daily, of_day = daily_text(day, TOGETHER) if day else ("", None)
    text, of_stage = text_of(stage, daily=daily, lanes=TOGETHER)
    return Built(text, of_stage, of_day)


def module_of(made: Built) -> bytes:
    """Return a module, its own section included.

    Raises RuntimeError where there is no linker or the linker fails.
    """
    reason = linker()
    if reason:
        raise RuntimeError(reason)
    own = Browser.for_pages()
    head = f'target datalayout = "{own.target().target_data}"\ntarget triple = "{TRIPLE}"\n'
    code = own.compiled(head + ONWARD.join(made.text.split(ADDRESS)))
    return _linked(code) + _section(json.dumps(about(made), sort_keys=True).encode())


def about(made: Built) -> dict[str, Any]:
    """Return what a module says of itself.

    It has its text's digest, what compiles and links it, and counts of numbers in its memory.
    """
    return {
        "text": sha256(made.text), "triple": TRIPLE, "features": FEATURES,
        "llvm": ".".join(map(str, machine().binding.llvm_version_info)),
        "linker": f"ziglang {version('ziglang')}" if not linker() else "",
        "counts": {
            part: {name: [[*kind, count] for kind, count in layouts.buffers[name].counts.items()]
                   for name in WORKED_OUT}
            for part, layouts in (("stage", made.stage), ("day", made.day)) if layouts
        },
    }


def _linked(code: bytes) -> bytes:
    """Return a module linked from an object file."""
    with scratch_folder() as folder:
        source, target = folder / "kernel.o", folder / "kernel.wasm"
        write_file(source, code)
        run_tool([sys.executable, "-m", "ziglang", "wasm-ld", *LINK, str(source), "-o", str(target)])
        return target.read_bytes()


def _section(content: bytes) -> bytes:
    """Return a section of WebAssembly that only we read."""
    name = SECTION.encode()
    body = _number(len(name)) + name + content
    return b"\0" + _number(len(body)) + body


def _number(value: int) -> bytes:
    """Return a whole number as WebAssembly writes it.

    It has seven bits a byte.
    """
    result = bytearray()
    while value >= 0x80:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)


def read_about(module: bytes) -> dict[str, Any]:
    """Return what a module says of itself.

    Raises ValueError where it says nothing.
    """
    at = module.rfind(bytes([len(SECTION)]) + SECTION.encode())
    if at < 0:
        raise ValueError(f"the module has no section '{SECTION}': it was not made by this package")
    found: dict[str, Any] = json.loads(module[at + 1 + len(SECTION):])
    return found


def layouts_of(told: dict[str, Any], stage: Traces, day: Traces | None) -> tuple[Layouts, Layouts | None]:
    """Return where everything lies in a module's memory.

    It is for a stage and a day, without lowering again.
    """
    return _layout_of(told, "stage", stage), _layout_of(told, "day", day) if day else None


def _layout_of(told: dict[str, Any], part: str, traced: Traces) -> Layouts:
    """Return where everything of a part lies."""
    layouts = lay_out(traced.inputs, traced.shapes, NestPlan([], {}))
    for name, counts in told["counts"][part].items():
        layouts.buffers[name] = Buffer(counts={Kind(n, groups): count for n, groups, count in counts})
    return layouts
