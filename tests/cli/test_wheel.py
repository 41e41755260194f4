"""The wheel, as a user meets it: built, installed in an environment of its own, used in an empty folder, offline."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CASE, END = "andaman_sea_2015", "2015-02-01"
BUILD = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
WHERE = "import mixedmig_model, importlib.metadata as m; print(mixedmig_model.__file__); print(m.version('mixedmig'))"
FOREIGN = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "JUPYTER_PATH", "JUPYTER_DATA_DIR", "PYTHONDONTWRITEBYTECODE")


def done(*command, **settings):
    """Standard output of a command that must succeed; what it said is shown where it does not."""
    found = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **settings)
    assert found.returncode == 0, f"{command}\n{found.stdout}\n{found.stderr}"
    assert "Traceback" not in found.stderr
    return found.stdout


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """The wheel, built by the project's own backend without network."""
    folder = tmp_path_factory.mktemp("wheel")
    return folder / done(sys.executable, "-c", BUILD, folder, cwd=root).split()[-1]


@pytest.fixture(scope="module")
def scripts(wheel, tmp_path_factory):
    """Commands of an environment that holds the wheel; only what it depends on is lent by the one of the tests."""
    home = tmp_path_factory.mktemp("installed") / "env"
    done(sys.executable, "-m", "venv", home)
    folder = home / ("Scripts" if os.name == "nt" else "bin")
    done(folder / "python", "-m", "pip", "install", "--no-index", "--no-deps", "--disable-pip-version-check", wheel)
    packages = done(folder / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    lent = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (Path(packages) / "zz_lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def outside(scripts):
    """Settings of a command run by a user of the wheel: the new environment's path, and pages' templates lent."""
    kept = {name: text for name, text in os.environ.items() if name not in FOREIGN}
    lent = str(Path(sys.prefix) / "share" / "jupyter")
    return {**kept, "PATH": f"{scripts}{os.pathsep}{kept['PATH']}", "JUPYTER_PATH": lent}


def test_the_wheel_holds_parameters_and_workbooks_and_nothing_of_the_workshop(wheel, root):
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = [*(root / "parameters").rglob("*.*"), *(root / "workbooks").glob("*.ipynb")]
    shipped += (root / "docs").glob("*.md")
    wanted = {f"mixedmig_model/workspace/{path.relative_to(root).as_posix()}" for path in shipped if path.is_file()}
    assert len(wanted) > 30
    assert wanted <= names
    assert {f"mixedmig_model/results/browser/{name}" for name in ("kernel.wasm", "kernel.mjs", "stays.mjs")} <= names
    assert "mixedmig_model/py.typed" in names
    assert not [name for name in names if re.match(r"(tests|docs|reports)/", name) or name.endswith(".pyc")]


def test_the_package_comes_from_the_wheel_and_not_from_the_clone(scripts, outside, tmp_path):
    file, version = done(scripts / "python", "-c", WHERE, cwd=tmp_path, env=outside).split()
    assert Path(file).resolve().is_relative_to(scripts.parent.resolve())
    assert done(scripts / "mixedmig", "--version", cwd=tmp_path, env=outside).strip() == version


def shorten(case):
    """A case of one scenario and one month, so that the test is quick."""
    for scenario in (case / "scenarios").iterdir():
        if scenario.stem != "as_it_happened":
            scenario.unlink()
    text, count = re.subn(r"(?m)^end: .*$", f"end: {END}", (case / "case.yaml").read_text(encoding="utf-8"))
    assert count == 1
    (case / "case.yaml").write_text(text, encoding="utf-8")
    for table in ("arrivals.csv", "observed.csv"):
        head, *rows = (case / table).read_text(encoding="utf-8").splitlines()
        start = head.split(",").index("start")
        kept = [row for row in rows if row.split(",")[start] < END]
        (case / table).write_text("\n".join([head, *kept, ""]), encoding="utf-8")


def test_init_check_and_report_work_from_an_empty_folder(scripts, outside, tmp_path):
    def mixedmig(*arguments, cwd=tmp_path):
        return done(scripts / "mixedmig", *arguments, cwd=cwd, env=outside)

    plan = tmp_path / "plan"
    mixedmig("init", plan)
    mixedmig("check", plan)
    shorten(plan / "parameters" / "cases" / CASE)
    report = Path(mixedmig("report", CASE, "--scenarios", "as_it_happened", "--draws", 5, cwd=plan).strip())
    assert report == plan / "reports" / CASE / "comparison" / "report.html"
    assert "Breaches" in report.read_text(encoding="utf-8")
    assert "range of 5 runs in which every uncertain input was varied" in report.read_text(encoding="utf-8")
    assert (report.parent / "data" / "as_it_happened.nc").is_file()
    pages = {page.name: page.read_text(encoding="utf-8") for page in report.parent.glob("*.html")}
    assert {"summary.html", "report.html", "annex.html", "costing.html"} <= pages.keys()
    for name, text in pages.items():
        linked = set(re.findall(r'href="([a-z_]+\.html)"', text))
        assert linked, name
        assert linked <= pages.keys(), name
    assert not [path for path in plan.rglob("*.partial")]


def test_a_case_of_ones_own_is_made_checked_and_reported(scripts, outside, tmp_path):
    def mixedmig(*arguments, cwd=tmp_path):
        return done(scripts / "mixedmig", *arguments, cwd=cwd, env=outside)

    plan = tmp_path / "plan"
    mixedmig("init", plan)
    assert "Place of safety" in (plan / "docs" / "glossary.md").read_text(encoding="utf-8")
    (plan / "months.csv").write_text("month,persons\n2024-01,300\n", encoding="utf-8")
    mixedmig("new", "mine", "--countries", "harbourland", "--start", "2024-01-01", "--end", "2024-02-01", "--route",
             "land", "--currency", "EUR", "--tier", "middle_income", "--arrivals", "months.csv", cwd=plan)
    record = json.loads(mixedmig("check", "--json", cwd=plan))
    assert record["cases"]["mine"] == ["as_it_is"]
    own = [one for one in record["cautions"] if one["file"].startswith("parameters/cases/mine/")]
    assert [one["path"] for one in own if not one["unset"]] == ["question", "summary"]
    assert len([one for one in own if one["unset"]]) > 20
    report = Path(mixedmig("report", "mine", "--draws", 5, cwd=plan).strip())
    text = report.read_text(encoding="utf-8")
    assert "that this case does not set" in text
    assert "People arrived and recorded" in text
    assert "Total in EUR" in text
