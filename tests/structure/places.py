"""Rules for things that stand in one place: writing files, starting workers, the length of a year."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from structure.source import Faults, imported, last_name, nodes, sources, walk

WRITER, WORKERS, CALENDAR = "storage/atomic.py", "storage/workers.py", "vocabulary/calendar.py"
WRITES = {
    "write_text", "write_bytes", "touch", "rename", "symlink_to", "hardlink_to", "save", "savez", "savetxt", "tofile",
    "dump", "execute_notebook", "to_excel", "to_feather", "to_hdf", "to_json", "to_parquet", "to_pickle", "to_zarr",
}
"""Methods and functions that write, move or make a file, however they are called."""
WRITES_INTO = {"to_csv": "path_or_buf", "to_netcdf": "path", "to_html": "buf", "to_string": "buf", "to_markdown": "buf"}
"""Methods that return the content, and write it where an argument says into which file."""
MODULE_WRITES = {
    "os": {"link", "mkfifo", "open", "rename", "renames", "replace", "symlink", "truncate"},
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "copytree", "make_archive", "move", "unpack_archive"},
    "tempfile": {"NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mktemp"},
    "nbformat": {"write"}, "papermill_io": {"write"}, "io": {"FileIO", "open"}, "gzip": {"open"}, "tarfile": {"open"},
}
EXCEPTIONS = {
    "cli/plan/init.py: copytree": "into the partial folder of the writer",
    "inputs/cases/written.py: dump": "ruamel writes the text of a scenario, into memory",
    "present/panel/app/handlers.py: open": "a WebSocket, as Tornado names it",
    "present/batch/make.py: write": "to the address of an object store, which is no file of this machine",
    "present/office/word.py: save": "python-docx writes a document itself, into memory",
    "present/report/notebooks.py: execute_notebook": "papermill writes a notebook itself, into a temporary folder",
    "storage/system.py: open": "what the writer has written, to have it on the disk",
    "results/outcomes.py: rename": "an array",
    "results/regional.py: rename": "an array",
    "results/waits/waiting.py: rename": "an array",
    "study/run.py: to_netcdf": "xarray writes a large run itself, into the partial file of the writer",
}
"""Calls outside the writer that the rule would report, and why they may stay."""
START_MODULES = {"concurrent", "multiprocessing", "subprocess", "_thread"}
START_CALLS = {"Thread", "fork", "spawnv", "posix_spawn", "to_thread", "run_in_executor", "create_subprocess_exec"}
DAYS_OF_YEARS = ((365.0, 366.0), (730.0, 732.0), (30.4, 30.5))
"""Days of one year, of two, and of a twelfth of one."""
YEAR_IN_TEXT = re.compile(r"\b(365\.\d+|30\.4\d*)\b")
NO_YEARS = {"equations/procedure.py: 730.0": "a cap of 730 days by assumption, as docs/model.md 4 says"}
"""Numbers that look like days of years and are not, and what they are."""


def buffers(module: ast.Module) -> set[str]:
    """Return the names in a file that stand for a buffer in memory."""
    pairs = []
    for node in walk(module):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                pairs += zip(target.elts, node.value.elts, strict=False) if several else [(target, node.value)]
    return {last_name(target) for target, value in pairs if is_buffer(value)}


def is_buffer(value: ast.AST | None) -> bool:
    return isinstance(value, ast.Call) and last_name(value.func) in ("BytesIO", "StringIO")


def goes_into_memory(value: ast.AST | None, in_memory: set[str]) -> bool:
    """Tell whether an argument is a buffer in memory and not a file."""
    return is_buffer(value) or last_name(value) in in_memory


def argument(call: ast.Call, name: str, position: int = 0) -> ast.expr | None:
    """Return an argument of a call, or None where it is not given."""
    named = [given.value for given in call.keywords if given.arg == name]
    return named[0] if named else call.args[position] if len(call.args) > position else None


def opens_to_write(call: ast.Call) -> bool:
    """Tell whether ``open`` may write: any mode but a plain one for reading."""
    mode = argument(call, "mode", 1 if isinstance(call.func, ast.Name) else 0)
    if isinstance(call.func, ast.Attribute) and last_name(call.func.value) == "webbrowser":
        return False
    return mode is not None and not (isinstance(mode, ast.Constant) and mode.value in ("r", "rb", "rt"))


def writes(call: ast.Call, in_memory: set[str]) -> bool:
    """Tell whether a call writes, moves or makes a file."""
    name, method = last_name(call.func), isinstance(call.func, ast.Attribute)
    if method and name in MODULE_WRITES.get(last_name(call.func.value), ()):
        return True
    if name in WRITES_INTO:
        return argument(call, WRITES_INTO[name]) is not None
    if name in ("savefig", "ZipFile"):
        return not goes_into_memory(argument(call, "fname" if name == "savefig" else "file"), in_memory)
    if name == "open":
        return opens_to_write(call)
    if method and name == "replace":  # of a path: a text takes two, a date or a record names them
        return len(call.args) == 1 and not call.keywords
    if method and name == "rename":  # an array's dimensions are named by keywords
        return bool(call.args)
    return name in WRITES and (method or name == "execute_notebook")


def imported_writers(module: ast.Module) -> Iterator[str]:
    """Yield functions that write and are imported by name, or as all names of a module."""
    for node in walk(module):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names if alias.name in MODULE_WRITES.get(node.module or "", ()))


def writing_calls(package: Path) -> Iterator[str]:
    """Yield ``file: call`` for all that writes outside the writer."""
    for file, module in sources(package):
        if file == WRITER:
            continue
        in_memory = buffers(module)
        calls = [node for node in walk(module) if isinstance(node, ast.Call)]
        yield from (f"{file}: {last_name(call.func)}" for call in calls if writes(call, in_memory))
        yield from (f"{file}: {name}" for name in imported_writers(module))


def second_writers(package: Path) -> Faults:
    """Find calls that write a file and are not the writer's."""
    return [f"one writer: {call}" for call in sorted(set(writing_calls(package)) - set(EXCEPTIONS))]


def stale_exceptions(package: Path) -> Faults:
    """Find exceptions that nothing needs any more."""
    stale = set(EXCEPTIONS) - set(writing_calls(package))
    return [f"one writer: {call}: exception without a call" for call in sorted(stale)]


def starters(module: ast.Module) -> set[str]:
    """Return what starts processes or threads in a file: modules imported for it, and calls."""
    tops = {name.split(".")[0] for name in imported(module)}
    names = {name.split(".")[-1] for name in imported(module)}
    calls = {last_name(node.func) for node in walk(module) if isinstance(node, ast.Call)}
    return tops & START_MODULES | (names | calls) & START_CALLS


def second_workers(package: Path) -> Faults:
    """Find files that start processes or threads and are not the one for it."""
    return [
        f"one place for workers: {file}: {name}"
        for file, module in sources(package) if file != WORKERS for name in sorted(starters(module))
    ]


def year_lengths(package: Path) -> Faults:
    """Find numbers that are the days of a year or of a month outside the calendar, also in texts that are read."""
    return [
        f"one year: {file}: line {node.lineno}, {length}"
        for file, node in nodes(package, ast.Constant) if file != CALENDAR
        for length in lengths(node.value) if f"{file}: {length}" not in NO_YEARS
    ]


def lengths(value: object) -> list[str]:
    """Return the lengths of years and months in a constant."""
    if isinstance(value, str):
        return YEAR_IN_TEXT.findall(value)
    number = isinstance(value, int | float) and any(low <= value <= high for low, high in DAYS_OF_YEARS)
    return [str(value)] if number else []
