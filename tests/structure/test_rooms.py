"""Imports go one way between rooms, heavy modules are lazy, and one truth stands in one place."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import mixedmig_model
from mixedmig_model.equations import levels
from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs import schema
from mixedmig_model.inputs.parameters import catalogue
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.results.published import QUANTITIES
from mixedmig_model.vocabulary import labels as axes

PACKAGE = Path(mixedmig_model.__file__).parent
ALLOWED = {
    "inputs": {"inputs"},
    "equations": {"equations"},
    "solve": {"inputs", "equations", "solve"},
    "results": {"inputs", "equations", "solve", "results"},
    "study": {"inputs", "equations", "solve", "results", "study"},
    "present": {"inputs", "equations", "solve", "results", "study", "present"},
    "cli": {"inputs", "equations", "solve", "results", "study", "present", "cli"},
}
ONLY_IN = {
    "papermill": "present", "ipywidgets": "present", "matplotlib": "present", "seaborn": "present",
    "nbconvert": "present", "jax": "solve/compiled", "dask": "study",
    "distributed": "study",
}


def imported(path):
    """Names of all modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module


def room(path):
    return room_of(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))


def room_of(part):
    """Commands with a module of their own belong to the command line."""
    return "cli" if part.endswith("_cli") else part


def test_rooms_import_only_what_stands_left_of_them():
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        if path.name == "__init__.py" and path.parent == PACKAGE:
            continue
        for name in imported(path):
            if name.startswith("mixedmig_model.") and room_of(name.split(".")[1]) not in ALLOWED[room(path)]:
                wrong.append(f"{path.name} imports {name}")
            top = name.split(".")[0]
            home = ONLY_IN.get(top)
            if home and not path.relative_to(PACKAGE).as_posix().startswith(home):
                wrong.append(f"{path.name} imports {name}")
    assert wrong == []


def test_equations_read_no_file_and_no_table_library():
    for path in (PACKAGE / "equations").glob("*.py"):
        found = {name.split(".")[0] for name in imported(path)}
        assert not found & {"pandas", "xarray", "pathlib", "io", "scipy", "os"}, path.name


def test_nothing_evaluates_or_unpickles_text():
    calls = {"eval", "exec", "compile", "__import__"}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert not used & calls, path.name
        assert not {"pickle", "marshal", "shelve"} & {name.split(".")[0] for name in imported(path)}, path.name


def loaded_after(code):
    program = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_heavy_modules_are_absent_after_import_and_help():
    tables = {"pandas", "xarray", "scipy", "numpy", "pint", "pydantic"}
    heavy = tables | {"papermill", "ipywidgets", "matplotlib", "seaborn"}
    assert not loaded_after("import mixedmig_model") & heavy
    code = "from mixedmig_model.cli.main import app\nfrom typer.main import get_command\nget_command(app)"
    assert not loaded_after(code) & heavy


def test_every_level_of_the_equations_is_in_the_catalogue_and_the_reverse():
    made = {"arrivals.departures", "arrivals.mix"}  # from the table of departures, and from need share and composition
    read = {*catalogue.READ_BY_SCHEDULE, *catalogue.READ_BY_RESULTS}
    fields = {
        f"{name.rstrip('_')}.{field}"
        for name, kind in levels.Levels.__annotations__.items() if name != "groups" for field in kind._fields
    }
    assert fields - made == set(catalogue.CATALOGUE) - read


def test_labels_are_the_same_in_files_and_equations():
    assert catalogue.STAGES == axes.STAGES
    assert catalogue.PLACES == axes.PLACES
    assert schema.FlagName.__args__ == axes.FLAGS
    assert schema.NeedName.__args__ == axes.NEEDS
    assert set(catalogue.QUANTITIES) == set(QUANTITIES)


def test_rows_stocks_and_indicators_say_what_they_are():
    for row in FLOWS:
        assert row.description, row.name
        assert row.basis, row.name
    for stock in STOCKS:
        assert stock.description, stock.name
    for indicator in INDICATORS:
        assert indicator.unit, indicator.key
        assert indicator.description, indicator.key
        assert indicator.basis, indicator.key
    assert len({i.key for i in INDICATORS}) == len(INDICATORS)


def test_words_that_demean_people_have_no_place(root):
    words = r"illegals?|illegal (im)?migrants?|flood(s|ing)? of|bogus|swarm|hordes?|aliens?"
    banned = re.compile(rf"\b({words})\b", re.IGNORECASE)
    files = [
        *PACKAGE.rglob("*.py"), *(root / "parameters").rglob("*.yaml"), *(root / "parameters").rglob("*.csv"),
        *(root / "workbooks").glob("*.ipynb"),
    ]
    found = []
    for path in files:
        if path.name != "sources.yaml":  # titles of publications are theirs
            found += [f"{path.name}: {m.group(0)}" for m in banned.finditer(path.read_text(encoding="utf-8"))]
    assert found == []
