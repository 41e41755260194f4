"""Small functions of arrays through all stages of the kernel, for its tests."""

import textwrap

from mixedmig_model.solve import kernel as package
from mixedmig_model.solve.kernel.model.stage import Traces
from mixedmig_model.solve.kernel.native import Kernel, machine, text_of
from mixedmig_model.solve.kernel.trace.arrays import parameter
from mixedmig_model.solve.kernel.trace.graph import Axis, Graph

G, C = Axis("group", 0), Axis("country", 0)


def traced(function, outputs=None, name="made", **axes):
    """A function of arrays, traced. Args: outputs, axes that its result is kept with; axes, of each ``kind__name``."""
    graph = Graph()
    inputs = {key.replace("__", "/"): own for key, own in axes.items()}
    made = function(*(parameter(graph, key, own) for key, own in inputs.items()))
    shape = tuple(axis for axis in made.made.axes if axis.size == 0) if outputs is None else outputs
    return Traces(inputs, {f"sums/{name}": shape}, {f"sums/{name}": made.made})


def kernel_of_example(example):
    """Machine code of a small trace, without a run around it."""
    text, layouts = text_of(example, with_run=False)
    return Kernel(layouts, machine().loaded(machine().compiled(text)))


def example_of_docstring():
    """The example of the package's docstring: its function, and the lines that it shows of each stage."""
    blocks = [[]]
    for line in package.__doc__.splitlines():
        if line.startswith("    "):
            blocks[-1].append(line)
        elif blocks[-1] and line:
            blocks.append([])
    parts = [textwrap.dedent("\n".join(block)).splitlines() for block in blocks if block]
    at = next(k for k, part in enumerate(parts) if part[0].startswith("def "))
    scope = {}
    exec(compile("\n".join(parts[at]), "served.py", "exec"), scope)
    return scope["served"], parts[at + 1 :]
