"""Rules for the shape of the package: folders, names, lengths, calls."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from structure.source import Faults, last_name, nodes, sources, tree, walk

MOST_FILES, MOST_ALIKE, MOST_LINES, MOST_FUNCTION, MOST_POSITIONAL = 15, 2, 400, 50, 5
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
TAKE_ANY_NUMBER = {"chain", "map", "max", "min", "partial", "print", "product", "zip"}
"""Functions of Python that take any number of arguments."""
NO_DATA = {"solve/run.py: Solver": "it is a way to solve, chosen once, and no data"}
"""Classes that hold a function, and why they may."""


def python_files(folder: Path) -> list[Path]:
    """Return the Python files of one folder, ``__init__.py`` not counted."""
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


def folders(package: Path) -> Iterator[tuple[str, list[Path]]]:
    """Yield each folder with its Python files."""
    for folder in [package, *sorted(path for path in package.rglob("*") if path.is_dir())]:
        yield folder.relative_to(package).as_posix(), python_files(folder)


def loose_files(package: Path) -> Faults:
    """Find files outside all rooms."""
    return [f"loose files: {path.name}: belongs to a room" for path in python_files(package)]


def full_folders(package: Path) -> Faults:
    return [
        f"full folders: {name}: {len(files)} files, at most {MOST_FILES}"
        for name, files in folders(package) if len(files) > MOST_FILES
    ]


def shared_words(package: Path) -> Faults:
    """Find three files of a folder whose names start with the same word and ``_``: they want a folder."""
    faults = []
    for name, files in folders(package):
        alike = defaultdict(list)
        for path in files:
            word, rest, _ = path.stem.partition("_")
            if word and rest:
                alike[word].append(path.name)
        faults += [f"shared words: {name}: {', '.join(these)}" for these in alike.values() if len(these) > MOST_ALIKE]
    return faults


def class_names(package: Path) -> Faults:
    """Find names that two classes bear."""
    files = defaultdict(list)
    for file, node in nodes(package, ast.ClassDef):
        files[node.name].append(file)
    return [f"class names: {', '.join(these)}: {name}" for name, these in sorted(files.items()) if len(these) > 1]


def long_files(package: Path) -> Faults:
    lines = {
        path.relative_to(package).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted(package.rglob("*")) if path.suffix in (".py", ".js", ".mjs", ".css")
    }
    return [f"long files: {file}: {count} lines" for file, count in lines.items() if count > MOST_LINES]


def long_functions(package: Path) -> Faults:
    """Find functions of too many lines, docstring included."""
    lengths = [
        (file, node.name, node.end_lineno - node.lineno + 1)
        for file, module in sources(package) for node in walk(module) if isinstance(node, FUNCTION)
    ]
    return [
        f"long functions: {file}: {name} has {count} lines"
        for file, name, count in lengths if count > MOST_FUNCTION
    ]


def take_any_number(package: Path) -> set[str]:
    """Return the names of functions that take ``*args``."""
    return TAKE_ANY_NUMBER | {node.name for _, module in sources(package) for node in walk(module)
                              if isinstance(node, FUNCTION) and node.args.vararg}


def positional_arguments(package: Path) -> Faults:
    """Find calls with more than five positional arguments."""
    exempt = take_any_number(package)
    return [
        f"positional arguments: {file}: line {node.lineno}, {last_name(node.func)} with {len(node.args)}"
        for file, node in nodes(package, ast.Call)
        if len(node.args) > MOST_POSITIONAL and last_name(node.func) not in exempt
        and not any(isinstance(given, ast.Starred) for given in node.args)
    ]


def data_fields(module: ast.Module) -> Iterator[tuple[str, ast.AnnAssign]]:
    """Yield the annotated fields of all classes of a file."""
    for node in walk(module):
        if isinstance(node, ast.ClassDef):
            yield from ((node.name, field) for field in node.body if isinstance(field, ast.AnnAssign))


def functions_in_records(package: Path, rooms: tuple[str, ...] = ("inputs", "solve", "record")) -> Faults:
    """Find fields of data records that hold a function, under any name the file gives to ``Callable``."""
    faults = []
    for file, module in sources(package):
        names = {"Callable"} | {last_name(target) for node in module.body if isinstance(node, ast.Assign)
                                for target in node.targets if "Callable" in ast.unparse(node.value)}
        faults += [
            f"functions in records: {file}: {name}.{ast.unparse(field.target)}"
            for name, field in data_fields(module)
            if file.split("/")[0] in rooms and f"{file}: {name}" not in NO_DATA
            and names & {last_name(part) for part in ast.walk(field.annotation)}
        ]
    return faults


def module_docstrings(package: Path) -> Faults:
    """Find files that do not say what they are."""
    return [
        f"module docstrings: {path.relative_to(package).as_posix()}: none"
        for path in sorted(package.rglob("*.py")) if not ast.get_docstring(tree(path))
    ]
