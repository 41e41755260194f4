"""A report made again from the inputs that it keeps: equal, or every difference by name and with both values."""

import json
import re
import shutil

import pytest
import xarray as xr
from two_weeks import two_weeks
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.record.finished import make_comparison, ordered
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.verify.compare import data_differences, same, table_differences
from mixedmig_model.record.verify.inputs import keep_inputs
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.storage.sums import write_sums
from mixedmig_model.study.ensemble.report_draws import report_draws
from mixedmig_model.study.scenarios import InputsChangedError

DRAWS = 0 if available() else 4


@pytest.fixture(scope="module")
def finished(root, tmp_path_factory):
    """A finished report of two weeks with draws, all but its pages and notebooks."""
    inputs = read_case(read_workspace(two_weeks(root, tmp_path_factory.mktemp("two") / "plan")), "small")
    names, folder = ordered(inputs, None), tmp_path_factory.mktemp("reports") / "comparison"
    folder.mkdir()
    draws = report_draws(inputs, names, folder.parent / "draws", draws=DRAWS, seed=3, workers=1)
    made = make_comparison(inputs, names, folder, workers=1, draws=draws, path="auto")
    with_summary(made, folder, author="An author", made_on="1 May 2020")
    (folder / "report.html").write_text("<p>23 people die.</p>", encoding="utf-8")
    keep_inputs(inputs, names, folder)
    write_sums(folder)
    return folder


@pytest.fixture
def report(finished, tmp_path):
    """A copy of one's own, as somebody else got it: neither its workspace nor its draws lie near it."""
    return shutil.copytree(finished, tmp_path / "from_somebody")


def verify(report, *more):
    done = CliRunner().invoke(app, ["verify", str(report), "--workers", "1", *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def found(report):
    """The exit code, and what a program is told."""
    done = CliRunner().invoke(app, ["verify", str(report), "--workers", "1", "--json"])
    return done.exit_code, json.loads(done.stdout)


def edit(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_fresh_report_is_equal(report):
    code, words = verify(report / "report.json")
    assert code == 0
    assert words.rstrip().endswith("every number was reproduced from the inputs kept in the report.")
    assert "added later" not in words


def test_an_edited_input_is_named_with_all_that_follows_from_it(report):
    edit(report / "inputs/parameters/cases/small/scenarios/more.yaml", "set: 9", "set: 1")
    code, record = found(report)
    assert code == 1
    assert record["changed"] == ["inputs/parameters/cases/small/scenarios/more.yaml"]
    places = {(one["file"], one["where"]): (one["report"], one["found"]) for one in record["differences"]}
    assert places["report.json", "scenarios.more.changes[0].operation"] == ("set to 9", "set to 1")
    assert any(where.startswith("indicators.wait_screening.values.more") for _, where in places)
    assert not any(where.startswith("indicators.wait_screening.values.plain") for _, where in places)
    assert {"data/more.nc", "indicators.csv", "people_by_week.csv"} <= {file for file, _ in places}
    code, words = verify(report)
    assert code == 1
    assert words.splitlines()[-1] == f"... and {len(places) - 20} more (--json lists all)"


def test_an_edited_number_is_named_with_what_it_should_be(report):
    text = (report / "report.json").read_text(encoding="utf-8")
    data = json.loads(text)
    number = next(one for one in data["indicators"] if one["key"] == "disembarked")["values"]["more"]
    before, number["value"] = number["value"], number["value"] + 1.0
    (report / "report.json").write_text(json.dumps(data), encoding="utf-8")
    code, words = verify(report)
    assert code == 1
    lines = words.splitlines()
    assert "Not equal: 1 file changed or missing, 1 value not reproduced." in lines
    assert "report.json: changed since it was written" in lines
    assert (f"report.json: indicators.disembarked.values.more.value: the report says {before + 1.0!r}; "
            f"recomputed it is {before!r}") in lines


def test_an_edited_result_is_named(report):
    file = report / "data/plain.nc"
    with xr.open_dataset(file, engine="scipy") as opened:
        ds = opened.load()
    ds["daily_people"].values[7, 1, 1, 0] += 5.0
    ds.to_netcdf(file, engine="scipy", format="NETCDF3_64BIT")
    edit(report / "people_by_week.csv", ",0.000\n", ",5.000\n")
    code, record = found(report)
    assert code == 1
    assert record["changed"] == ["data/plain.nc", "people_by_week.csv"]
    assert [(one["file"], one["where"]) for one in record["differences"]] == [
        ("data/plain.nc", "daily_people at day 7, stage 1, place 1, country 0"),
        ("people_by_week.csv", record["differences"][1]["where"]),
    ]
    assert re.fullmatch(r"line \d+, column persons", record["differences"][1]["where"])


def test_pages_that_were_changed_lost_or_added_are_named(report):
    edit(report / "report.html", "23 people", "3 people")
    (report / "README.txt").unlink()
    (report / "notes.txt").write_text("mine", encoding="utf-8")
    code, words = verify(report)
    assert code == 1
    for line in ("report.html: changed since it was written", "README.txt: missing",
                 "notes.txt: added later; it is not part of the report",
                 "Not equal: 2 files changed or missing, 0 values not reproduced."):
        assert line in words.splitlines()


@pytest.mark.skipif(not DRAWS, reason="no kernel, no draws")
def test_an_ensemble_that_was_brought_along_is_not_made_again_which_is_said(report):
    data = json.loads((report / "report.json").read_text(encoding="utf-8"))
    data["draws"] = ""
    (report / "report.json").write_text(json.dumps(data), encoding="utf-8")
    write_sums(report)
    code, words = verify(report)
    assert code == 0
    assert "The ranges come from an ensemble that was given to the report. They are not recomputed." in words


def test_another_version_is_said(report):
    data = json.loads((report / "report.json").read_text(encoding="utf-8"))
    for run in data["runs"].values():
        run["version"] = "0.0.9"
    (report / "report.json").write_text(json.dumps(data), encoding="utf-8")
    write_sums(report)
    code, words = verify(report)
    assert code == 0
    assert "The report was made by mixedmig 0.0.9; this is " in words


@pytest.mark.parametrize("missing", ["SHA256SUMS", "inputs", "report.json"])
def test_a_folder_that_cannot_be_made_again_is_told(report, missing):
    path = report / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    code, words = verify(report)
    assert code == 1
    assert f"{report} is not a report that can be verified: {missing} is missing" in words


def test_no_report_and_faulty_inputs_are_bad_input(report, tmp_path):
    code, words = verify(tmp_path / "nothing")
    assert code == 2
    assert "the report does not exist" in words
    edit(report / "inputs/parameters/cases/small/case.yaml", "baseline: plain", "baseline: plane")
    code, words = verify(report)
    assert code == 2
    assert "plane" in words


def test_inputs_that_change_while_a_report_is_made_are_not_kept(root, tmp_path):
    plan = two_weeks(root, tmp_path / "plan")
    inputs = read_case(read_workspace(plan), "small")
    edit(plan / "parameters/cases/small/arrivals.csv", "280", "290")
    with pytest.raises(InputsChangedError, match="the files of case small have changed since they were read"):
        keep_inputs(inputs, ["plain", "more"], tmp_path / "report")


@pytest.mark.parametrize(("ours", "theirs", "where"), [
    ({"a": 1.0}, {"a": 1.0 + 1e-12}, []),
    ({"a": float("nan")}, {"a": float("nan")}, []),
    ({"a": float("nan")}, {"a": 1.0}, ["a"]),
    ({"a": None}, {"a": 0.0}, ["a"]),
    ({"a": True}, {"a": 1}, []),
    ({"a": [1, 2]}, {"a": [1, 3, 4]}, ["a[1]", "a[2]"]),
    ({"a": [{"name": "x", "v": 1}, {"name": "y", "v": 2}]}, {"a": [{"name": "y", "v": 2}, {"name": "x", "v": 3}]},
     ["a.x.v"]),
    ({"a": [{"name": "x"}, {"name": "x"}]}, {"a": [{"name": "x"}]}, ["a[1]"]),
    ({"a": {"b": 1}}, {"a": {"c": 1}}, ["a.b", "a.c"]),
    ({"a": "one"}, {"a": "two"}, ["a"]),
])
def test_data_are_compared_by_place(ours, theirs, where):
    assert [one.where for one in data_differences("f", ours, theirs)] == where


def test_tables_are_compared_by_cell(tmp_path):
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text("run,value\nx,1.0\ny,2\n", encoding="utf-8")
    theirs.write_text("run,value\nx,1\ny,3\nz,4\n", encoding="utf-8")
    assert [(one.where, one.report, one.found) for one in table_differences(ours, theirs)] == [
        ("line 3, column value", "2", "3"), ("line 4, column run", "nothing", "z"),
        ("line 4, column value", "nothing", "4"),
    ]
    assert same("1", "1")
