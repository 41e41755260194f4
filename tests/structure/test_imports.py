"""Imports go one way between rooms, without circles; heavy modules stand in one place and load late."""

import subprocess
import sys

import pytest
from structure import imports
from structure.source import PACKAGE, none, planted, sources

HEAVY = {
    "pandas", "xarray", "scipy", "numpy", "pint", "pydantic", "papermill", "ipywidgets", "matplotlib", "seaborn",
    "nbconvert", "anywidget", "jupyter_server", "tornado", "llvmlite", "distributed", "dask", "openpyxl", "xlsxwriter",
}


def test_rooms_import_only_what_stands_left_of_them():
    none(imports.floors(PACKAGE))


@pytest.mark.parametrize(("file", "text", "other"), [
    ("results/a.py", "from mixedmig_model.study import b", "study/b.py"),
    ("results/a.py", "def f():\n    import mixedmig_model.study.b", "study/b.py"),
    ("record/a.py", "if TYPE_CHECKING:\n    from mixedmig_model.present.b import c", "present/b.py"),
    ("inputs/a.py", "from mixedmig_model.equations.b import c", "equations/b.py"),
    ("equations/a.py", "from mixedmig_model.inputs.b import c", "inputs/b.py"),
    ("storage/a.py", "from mixedmig_model.inputs.b import c", "inputs/b.py"),
    ("vocabulary/a.py", "from mixedmig_model.storage.b import c", "storage/b.py"),
    ("cli/a.py", "from mixedmig_model.api.b import c", "api/b.py"),
    ("present/a.py", "from mixedmig_model.api.b import c", "api/b.py"),
    ("helpers/a.py", "from mixedmig_model.storage.b import c", "storage/b.py"),
])
def test_an_import_to_the_right_is_reported(file, text, other, tmp_path):
    package = planted(tmp_path, {file: text, other: "c = 1", "cli/c.py": "import mixedmig_model.present.b"})
    assert imports.floors(package) == [f"floors: {file}: imports {other}"]


def test_no_file_imports_itself_by_way_of_others():
    none(imports.circles(PACKAGE))


def test_a_circle_is_reported(tmp_path):
    package = planted(tmp_path, {
        "study/a.py": "from mixedmig_model.study import b", "study/c.py": "from mixedmig_model.study.a import f",
        "study/b.py": "if TYPE_CHECKING:\n    from mixedmig_model.study.a import f",
    })
    assert imports.circles(package) == [
        f"circles: study/{name}.py: imports itself by way of others" for name in ("a", "b")]


def test_no_import_is_relative():
    none(imports.relative_imports(PACKAGE))


def test_a_relative_import_is_reported(tmp_path):
    package = planted(tmp_path, {"study/a.py": "\nfrom . import b", "study/b.py": "from mixedmig_model.study import a"})
    assert imports.relative_imports(package) == ["relative imports: study/a.py: line 2"]


def test_no_module_is_imported_by_a_text():
    none(imports.hidden_imports(PACKAGE))


def test_an_import_by_a_text_is_reported(tmp_path):
    package = planted(tmp_path, {
        "study/a.py": "b = import_module('mixedmig_model.cli.b')", "cli/b.py": "",
        "__init__.py": "x = 'mixedmig_model.cli.b'",
    })
    assert imports.hidden_imports(package) == ["hidden imports: study/a.py: mixedmig_model.cli.b"]


def test_heavy_modules_stand_in_one_place_each():
    none(imports.heavy_modules(PACKAGE))


@pytest.mark.parametrize(("file", "text", "name"), [
    ("record/a.py", "import matplotlib.pyplot", "matplotlib"),
    ("solve/run.py", "def f():\n    from llvmlite import binding", "llvmlite"),
    ("study/ensemble/a.py", "import distributed", "distributed"),
    ("cli/a.py", "from papermill.iorw import papermill_io", "papermill"),
])
def test_a_heavy_module_elsewhere_is_reported(file, text, name, tmp_path):
    package = planted(tmp_path, {
        file: text, "present/b.py": "import papermill, matplotlib", "solve/kernel/b.py": "import llvmlite"})
    assert imports.heavy_modules(package) == [f"heavy modules: {file}: imports {name}"]


def test_equations_read_no_file_and_no_table_library():
    for file, module in sources(PACKAGE, "equations"):
        names = {name.split(".")[0] for name in imports.imported(module)}
        assert not names & {"pandas", "xarray", "pathlib", "io", "scipy", "os"}, file


def loaded_after(code):
    program = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("code", [
    "import mixedmig_model",
    "import mixedmig_model\ndir(mixedmig_model)",
    "from mixedmig_model.cli.main import app\nfrom typer.main import get_command\nget_command(app)",
], ids=["import", "names", "help"])
def test_heavy_modules_are_absent_after_import_and_help(code):
    assert not loaded_after(code) & HEAVY
    assert "pandas" in loaded_after("import pandas")
