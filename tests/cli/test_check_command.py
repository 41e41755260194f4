"""``mixedmig check``: what arrivals cover, cautions, the workspace by name; and how commands find a workspace."""

import json
import shutil

import pytest
from small_case import WHOLE, write_small
from typer.testing import CliRunner

from mixedmig_model.cli.common import find_workspace
from mixedmig_model.cli.main import app
from mixedmig_model.inputs.installed import installed_workspace

MISREAD = WHOLE[0].replace("2019-03-01", "2019-02-28")


def check(*arguments):
    done = CliRunner().invoke(app, ["check", *(str(one) for one in arguments)])
    assert "Traceback" not in done.output
    return done


def test_check_says_what_arrivals_cover_and_exits_with_zero_where_there_are_cautions_alone(tmp_path):
    write_small(tmp_path, MISREAD, WHOLE[1])
    done = check(tmp_path)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "No faults. 1 caution needs attention.", f"Workspace: {tmp_path.resolve()}", "small: 1 scenario (base)",
        "  north: arrivals from 2019-01-01 to 2019-02-27, 590 people in the run",
        "  south: arrivals from 2019-01-01 to 2019-02-28, 590 people in the run",
        "caution: parameters/cases/small/arrivals.csv:2: end: nobody sets out towards north on 2019-02-28; "
        "found 2019-02-28; end is the first day after the period: write 2019-03-01 if 2019-02-28 belongs to it"]


def test_check_without_cautions_says_no_faults(tmp_path):
    write_small(tmp_path)
    assert check(tmp_path).stderr.splitlines()[0] == "No faults and no cautions."


def test_the_record_of_a_check_is_pure_json_with_its_cautions(tmp_path):
    write_small(tmp_path, MISREAD, WHOLE[1])
    record = json.loads(check(tmp_path, "--json").stdout)
    assert record["ok"] is True
    assert record["workspace"] == str(tmp_path.resolve())
    assert record["cases"] == {"small": ["base"]}
    assert record["arrivals"]["small"][0] == {
        "country": "north", "start": "2019-01-01", "end": "2019-02-28", "people": 590.0, "people_in_run": 590.0}
    (caution,) = record["cautions"]
    assert (caution["line"], caution["path"], caution["found"]) == (2, "end", "2019-02-28")


@pytest.mark.parametrize("left", ["cases", "costs", "sources.yaml", "presets.yaml", "Base", ""])
def test_a_workspace_without_its_base_is_a_fault_and_never_the_shipped_one(tmp_path, monkeypatch, left):
    path = tmp_path / "parameters" / left
    (tmp_path / "parameters").mkdir()
    path.touch() if path.suffix else path.mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    done = check()
    assert done.exit_code == 2
    assert f"workspace: {tmp_path.resolve()}" in done.stderr
    assert "no workspace here: the folder parameters/base is missing; allowed: a folder made by" in done.stderr


def test_a_command_says_which_workspace_it_found(tmp_path, monkeypatch, capsys):
    write_small(tmp_path / "plan")
    inside = tmp_path / "plan" / "parameters" / "cases"
    monkeypatch.chdir(inside)
    assert find_workspace(None) == (tmp_path / "plan").resolve()
    assert capsys.readouterr().err == f"workspace: {(tmp_path / 'plan').resolve()}\n"
    monkeypatch.chdir(tmp_path)
    assert find_workspace(None) == installed_workspace()
    assert capsys.readouterr().err == f"workspace: the shipped one, {installed_workspace()}\n"
    assert find_workspace(tmp_path) == tmp_path
    assert capsys.readouterr().err == ""


def test_another_folder_called_parameters_is_no_workspace(tmp_path, monkeypatch):
    (tmp_path / "parameters" / "of_something_else").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_workspace(None) == installed_workspace()


def test_a_check_of_one_case_says_nothing_of_the_others(tmp_path):
    write_small(tmp_path, MISREAD, WHOLE[1])
    folder = tmp_path / "parameters" / "cases"
    shutil.copytree(folder / "small", folder / "other")
    for file in (folder / "other" / "scenarios").iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("case: small", "case: other"), encoding="utf-8")
    both, one = check(tmp_path).stderr, check(tmp_path, "--case", "other").stderr
    assert "No faults. 2 cautions need attention." in both.splitlines()
    assert "No faults. 1 caution needs attention." in one.splitlines()
    assert "cases/small" not in one
    assert "other: 1 scenario (base)" in one
    wrong = check(tmp_path, "--case", "othr")
    assert wrong.exit_code == 2
    assert "did you mean 'other'" in " ".join(wrong.output.split())
