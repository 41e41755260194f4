"""The door for scripts: few names, loaded late, typed, described; a user's script that uses nothing else."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import mixedmig_model as mm
from mixedmig_model.vocabulary import contract

SCRIPT = Path(__file__).parents[1] / "data" / "script.py"
PACKAGE = Path(mm.__file__).parent


def settings(tmp_path):
    """Settings of a Python that finds the package and no folder of tests."""
    import os

    return {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}}


@pytest.fixture
def week(andaman):
    return replace(mm.resolve(andaman), days=7)


def test_the_door_has_few_names_and_each_has_a_description():
    assert len(mm.__all__) <= 20
    assert list(mm.__all__) == sorted(mm.__all__)
    assert set(mm.__all__) <= set(dir(mm))
    for name in mm.__all__:
        assert getattr(mm, name).__doc__, name


def test_functions_say_parameters_returns_and_raises():
    for name in mm.__all__:
        if name.islower():
            text = getattr(mm, name).__doc__
            wanted = ["Parameters", "Raises", *([] if name == "save" else ["Returns"])]
            for section in wanted:
                assert re.search(rf"^ *{section}\n *-+\n", text, re.MULTILINE), (name, section)


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(AttributeError, match=r"no attribute 'simulate'; it offers: CaseInputs, .*, run, save"):
        _ = mm.simulate


def test_a_script_that_uses_the_door_alone_changes_officers_and_prints_indicators(tmp_path):
    text = SCRIPT.read_text(encoding="utf-8")
    assert set(re.findall(r"\bmm\.(\w+)", text)) <= set(mm.__all__)
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=True, **settings(tmp_path))
    before, after = (dict(line.rsplit(": ", 1) for line in lines)
                     for lines in (done.stdout.splitlines()[:3], done.stdout.splitlines()[3:]))
    assert len(before) == len(after) == 3
    wait = "Median wait for a first decision"
    assert float(after[wait].split()[0]) < 0.6 * float(before[wait].split()[0])
    assert before["First decisions within the standard"].endswith(" share")


@pytest.mark.slow
def test_the_script_passes_a_strict_type_check_and_a_slip_in_it_does_not(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "slip.py").write_text(
        "import mixedmig_model as mm\nfound = mm.indicators(mm.open_run('a.nc'))\nfound['deaths'].vlue\nmm.runn\n",
        encoding="utf-8")
    cache = ("--cache-dir", PACKAGE.parent / ".mypy_cache" / "script")

    def checked(file):
        return subprocess.run([sys.executable, "-m", "mypy", "--strict", "--config-file", "", *cache, file],
                              capture_output=True, text=True, check=False, **settings(tmp_path))

    done = checked("script.py")
    assert done.returncode == 0, done.stdout + done.stderr
    done = checked("slip.py")
    assert '"IndicatorValue" has no attribute "vlue"' in done.stdout
    assert 'Module has no attribute "runn"' in done.stdout


def test_a_run_is_saved_and_opened(week, tmp_path):
    ds = mm.run(week, path="reference")
    mm.save(ds, tmp_path / "week.nc")
    again = mm.open_run(tmp_path / "week.nc")
    assert set(again.data_vars) == set(ds.data_vars)
    assert mm.indicators(again)["deaths"] == mm.indicators(ds)["deaths"]


def test_a_file_that_is_no_run_is_refused(tmp_path):
    (tmp_path / "text.nc").write_text("not a run", encoding="utf-8")
    for name in ("text.nc", "missing.nc"):
        with pytest.raises(mm.InputFaultsError, match=r"the file cannot be read as a run; found \w+; allowed: a net"):
            mm.open_run(tmp_path / name)


def test_old_names_of_files_and_indicators_work_for_a_version_with_a_warning(week, tmp_path, monkeypatch):
    ds = mm.run(week, path="reference")
    mm.save(ds.rename({"places_open": "open_places", "kind": "sort"}), tmp_path / "old.nc")
    monkeypatch.setattr(contract, "RENAMED", (
        contract.Renamed("variable", "open_places", "places_open", "9.9.0"),
        contract.Renamed("dimension", "sort", "kind", "9.9.0"),
        contract.Renamed("indicator", "dead", "deaths", "9.9.0"),
    ))
    with pytest.warns(DeprecationWarning, match="since version 9.9.0") as told:
        again = mm.open_run(tmp_path / "old.nc")
    assert [str(one.message) for one in told] == [
        f"the {old} is called {new} since version 9.9.0; the old name stops working with the next version"
        for old, new in (("variable open_places", "places_open"), ("dimension sort", "kind"))]
    assert again["places_open"].dims == ds["places_open"].dims
    found = mm.indicators(again)
    with pytest.warns(DeprecationWarning, match="the indicator dead is called deaths since version 9"):
        assert found["dead"] == found["deaths"]
    assert "dead" not in list(found)


def test_explain_takes_a_case_or_a_workspace(andaman, workspace):
    (one,) = mm.explain("determination.officers", case=andaman)
    assert one.part("in the case")
    assert mm.explain("determination.officers", workspace)[0].part("in the case") == ()
    with pytest.raises(mm.InputFaultsError, match="unknown name"):
        mm.explain("officers_of_determination")


def test_compare_and_ensemble_are_those_of_the_commands(andaman, tmp_path):
    with pytest.raises(mm.InputFaultsError, match="there is no scenario to compare with the baseline"):
        mm.compare(andaman, ["as_it_happened"])
    with pytest.raises(mm.InputFaultsError, match="not an allowed number of draws; found 0"):
        mm.ensemble(andaman, tmp_path / "draws", draws=0)
    with pytest.raises(mm.InputFaultsError, match="unknown scenario"):
        mm.report(andaman, tmp_path / "report", ["as_it_hapened"])
