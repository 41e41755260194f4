"""The command ``mixedmig cost``: what it writes and says, and what it refuses."""

import csv
import json
import re
import shutil
from decimal import Decimal

import openpyxl
import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app

CASE = "generic_surge"
SCENARIO = "detention_first"


def call(*arguments):
    done = CliRunner().invoke(app, ["cost", *(str(a) for a in arguments)])
    assert "Traceback" not in done.output
    if done.exception is not None:
        assert isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def done(root, tmp_path_factory):
    """One costing of the shipped case, written over an older spreadsheet."""
    folder = tmp_path_factory.mktemp("cost")
    (folder / "plan.xlsx").write_text("older", encoding="utf-8")
    found = call(CASE, "--scenario", SCENARIO, "--to", folder / "plan.xlsx", "--csv", folder / "plan.csv",
                 "--by-project", "shelter", "--workspace", root, "--json")
    assert found.exit_code == 0, found.output
    return found, folder


def test_help_has_an_example_and_every_option():
    text = call("--help").output
    assert "Example: mixedmig cost andaman_sea_2015" in text
    for option in ("--to", "--scenario", "--csv", "--economic", "--nominal", "--by-project", "--workspace", "--json"):
        assert option in text


def test_breaches_and_deaths_come_first_then_the_total_with_what_it_rests_on(done):
    lines = [line for line in done[0].stderr.splitlines() if not line.startswith("caution: ")]
    assert re.fullmatch(r".+ has \d breach(es)?: .+\. \d+ people die or go missing\.", lines[0])
    assert re.fullmatch(
        r".+ costs USD\s[\d.]+\sm \(.+\), financial view, prices of 2017\. PLANNING ESTIMATE, "
        r"NOT A BUDGET: \d+ % of it rests on prices without a source, \d+ % on derived ones\.", lines[1])
    assert [line.split(":")[0] for line in lines[2:21]] == ["breach"] * 8 + ["harm"] * 11
    assert [line.split("/")[-1] for line in lines[21:]] == ["plan.xlsx", "plan.csv"]


def test_the_record_spreadsheet_and_table_tell_of_one_total(done):
    found, folder = done
    record = json.loads(found.stdout)
    assert list(record)[:6] == ["ok", "notice", "scenario", "digest", "breaches", "harms"]
    assert record["standing"] == "planning estimate, not a budget"
    assert record["low"] < record["total"] < record["high"]
    assert set(record["people"]["shelter"]) == {"in_need", "targeted", "reached"}
    spreadsheet = openpyxl.load_workbook(folder / "plan.xlsx", read_only=True)
    model = next(row for row in spreadsheet["Read me"].iter_rows(values_only=True) if row[0] == "Total of the model")
    assert model[1] == record["total"]
    with (folder / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(Decimal(row["charged to payer"]) for row in rows) == Decimal(f"{record['total']:.2f}")
    assert {row["unit"] for row in rows if row["sector"] == "shelter"} == {"project"}
    assert sorted(path.name for path in folder.iterdir()) == ["plan.csv", "plan.xlsx"]


def test_unknown_scenario_sector_and_endings_are_refused_before_anything_is_solved(root, tmp_path):
    target = tmp_path / "plan.xlsx"
    found = call(CASE, "--scenario", "worst_cas", "--to", target, "--workspace", root)
    assert found.exit_code == 2
    assert "did you mean 'worst_case'?" in found.output
    found = call(CASE, "--to", target, "--by-project", "sheltr,food", "--workspace", root, "--json")
    assert found.exit_code == 2
    assert json.loads(found.stdout)["faults"][0]["nearest"] == "shelter"
    assert "--by-project: unknown sector; found 'sheltr'" in found.stderr
    found = call(CASE, "--to", tmp_path / "plan.ods", "--csv", tmp_path / "plan.txt", "--workspace", root)
    assert found.exit_code == 2
    ending = "the file's name has another ending; found 'plan"
    assert f"--to: {ending}.ods'; allowed: a name that ends in .xlsx" in found.output
    assert f"--csv: {ending}.txt'; allowed: a name that ends in .csv" in found.output
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_without_a_cost_book_is_told_how_to_get_one(root, tmp_path):
    parameters = tmp_path / "plan" / "parameters"
    shutil.copytree(root / "parameters", parameters, ignore=shutil.ignore_patterns("costs", "costs.yaml"))
    found = call(CASE, "--to", tmp_path / "plan.xlsx", "--workspace", tmp_path / "plan")
    assert found.exit_code == 1
    assert "failed: this workspace has no cost book (parameters/costs): copy it from a new one made by" in found.output
    assert not (tmp_path / "plan.xlsx").exists()


def test_a_spreadsheet_that_cannot_be_written_leaves_nothing(root, tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    found = call(CASE, "--to", tmp_path / "file" / "plan.xlsx", "--workspace", root)
    assert found.exit_code == 2
    assert f"{tmp_path / 'file' / 'plan.xlsx'}: it cannot be written: " in found.output
    assert "allowed: a folder that you may write to" in found.output
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("option", ["--to", "--csv"])
def test_a_target_that_is_a_folder_is_refused_before_anything_is_solved(root, tmp_path, monkeypatch, option):
    monkeypatch.setattr("mixedmig_model.study.run.run_one", lambda *_: pytest.fail("something was solved"))
    targets = {"--to": tmp_path / "plan.xlsx", "--csv": tmp_path / "plan.csv"}
    targets[option].mkdir()
    found = call(CASE, *(part for pair in targets.items() for part in pair), "--workspace", root)
    assert found.exit_code == 2
    assert f"{targets[option]}: this is a folder; allowed: a new file, or one to replace" in found.output
    assert [path for path in tmp_path.iterdir()] == [targets[option]]


def test_faulty_budgets_of_agencies_are_named_with_line_and_column(root, tmp_path):
    parameters = tmp_path / "plan" / "parameters"
    shutil.copytree(root / "parameters", parameters)
    beside = parameters / "cases" / CASE
    text = (beside / "costs.yaml").read_text(encoding="utf-8")
    (beside / "costs.yaml").write_text(f"{text}\nprojects: projects.csv\n", encoding="utf-8")
    (beside / "projects.csv").write_text(
        "project,title,agency,sector,country,amount,currency,year,note\nP,T,A,shelter,nowhere,-1,USD,2017,\n",
        encoding="utf-8")
    found = call(CASE, "--to", tmp_path / "plan.xlsx", "--workspace", tmp_path / "plan")
    assert found.exit_code == 2
    assert f"parameters/cases/{CASE}/projects.csv:2: country: not one of the allowed values" in found.output
    assert f"parameters/cases/{CASE}/projects.csv:2: amount: not an amount of money; found '-1'" in found.output
    assert not (tmp_path / "plan.xlsx").exists()
