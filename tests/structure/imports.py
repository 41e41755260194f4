"""Rules for imports: the floors, no circles, no relative imports, heavy modules in one place."""

import ast
from pathlib import Path

from structure.source import NAME, Faults, imported, modules, nodes, sources

ORDER = ("vocabulary", "storage", "inputs", "equations", "solve", "results", "study", "record", "present", "api", "cli")
APART = {"storage": {"inputs"}, "equations": {"inputs", "storage"}, "cli": {"api"}}
"""Rooms further left that are not imported all the same: what reads and what computes know nothing of each other, and
the two doors, for scripts and for the command line, stand side by side."""
ONLY_IN = {
    "papermill": "present/", "ipywidgets": "present/", "matplotlib": "present/", "seaborn": "present/",
    "nbconvert": "present/", "anywidget": "present/panel/", "jupyter_server": "present/panel/app/",
    "tornado": ("present/panel/app/", "present/exercise/server.py"), "llvmlite": "solve/kernel/",
    "dask": "storage/workers.py", "distributed": "storage/workers.py",
}


def graph(package: Path) -> dict[str, set[str]]:
    """Return the files that each file imports. A folder's ``__init__.py`` counts where it is named itself."""
    known = modules(package)
    edges = {}
    for file, module in sources(package):
        names = set(imported(module))
        deeper = {name for name in names if any(other.startswith(f"{name}.") and other in known for other in names)}
        edges[file] = {known[name] for name in names - deeper if name in known} - {file}
    return edges


def room(file: str) -> str:
    return file.split("/")[0]


def allowed(name: str) -> set[str]:
    """Return the rooms that a room may import."""
    return set(ORDER[: ORDER.index(name) + 1]) - APART.get(name, set())


def floors(package: Path) -> Faults:
    """Find imports of a room further right. The public names of the package itself stand above all rooms."""
    return [
        f"floors: {file}: imports {other}"
        for file, others in sorted(graph(package).items()) if "/" in file
        for other in sorted(others) if room(file) not in ORDER or room(other) not in allowed(room(file))
    ]


def circles(package: Path) -> Faults:
    """Find files that import each other, directly or by way of others."""
    edges = graph(package)
    reached = {file: set(others) for file, others in edges.items()}
    for middle in edges:
        for others in reached.values():
            if middle in others:
                others |= reached[middle]
    return [f"circles: {file}: imports itself by way of others" for file in sorted(reached) if file in reached[file]]


def relative_imports(package: Path) -> Faults:
    return [
        f"relative imports: {file}: line {node.lineno}"
        for file, node in nodes(package, ast.ImportFrom) if node.level
    ]


def hidden_imports(package: Path) -> Faults:
    """Find modules of the package that are imported by a text: the rules above cannot see them."""
    known = modules(package)
    return [
        f"hidden imports: {file}: {node.value}"
        for file, node in nodes(package, ast.Constant)
        if "/" in file and isinstance(node.value, str) and node.value.startswith(f"{NAME}.") and node.value in known
    ]


def heavy_modules(package: Path) -> Faults:
    """Find heavy libraries outside their own place."""
    return [
        f"heavy modules: {file}: imports {top}"
        for file, module in sources(package)
        for top in sorted({name.split(".")[0] for name in imported(module)})
        if top in ONLY_IN and not file.startswith(ONLY_IN[top])
    ]
