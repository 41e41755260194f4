"""Inputs that are edited while a program runs: new results for new inputs, and never old ones beside new."""

import json
import re
import shutil
from dataclasses import replace

import pytest
import xarray as xr
from two_weeks import two_weeks

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.parcels import case_digests, one_digest, shared_digests
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.workbook import load
from mixedmig_model.record import finished
from mixedmig_model.record.finished import ComparisonError, make_comparison, open_comparison
from mixedmig_model.study import scenarios
from mixedmig_model.study.batch import BatchStoppedError, jobs_of
from mixedmig_model.study.ensemble import run as ensemble_run

CHANGED = "the files of case small have changed since they were read"


@pytest.fixture
def plan(root, tmp_path):
    """A workspace with one small case of two scenarios."""
    return two_weeks(root, tmp_path / "plan")


def edit(plan, file, old, new):
    path = plan / "parameters" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, file
    path.write_text(text.replace(old, new), encoding="utf-8")


def read(plan):
    return read_case(read_workspace(plan), "small")


def agree(comparison, inputs):
    """The digest of every Dataset is that of the inputs that the record shows."""
    shown = {name: resolve(inputs, name).digest for name in comparison.names}
    assert {name: ds.attrs["input_digest"] for name, ds in comparison.runs.items()} == shown
    assert {name: run.input_digest for name, run in comparison.record.runs.items()} == shown


EDITS = {
    "case": ("cases/small/case.yaml", "value: 50", "value: 5"),
    "arrivals": ("cases/small/arrivals.csv", "here,280,", "here,28,"),
    "scenario": ("cases/small/scenarios/more.yaml", "set: 9", "set: 1"),
    "base": ("base/registration.yaml", "", ""),
}


@pytest.mark.parametrize("file", EDITS)
def test_an_edited_file_gives_new_results_in_the_same_process(file, plan):
    """In one kernel a comparison was loaded, a file edited, and new inputs stood beside the old results."""
    first = load("", str(plan), "small")
    agree(first, read(plan))
    if file == "base":  # its first value: officers who register
        path = plan / "parameters" / EDITS[file][0]
        path.write_text(re.sub(r"value: \d+", "value: 1", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    else:
        edit(plan, *EDITS[file])
    again = load("", str(plan), "small")
    agree(again, read(plan))
    changed = [name for name in first.names
               if first.runs[name].attrs["input_digest"] != again.runs[name].attrs["input_digest"]]
    assert changed == (["more"] if file == "scenario" else ["plain", "more"])
    for name in first.names:
        same = all((first.runs[name][key] == again.runs[name][key]).all() for key in ("daily_people", "daily_at_sea"))
        assert same != (name in changed), name


def test_a_case_is_read_once_while_its_files_stay_the_same(plan, monkeypatch, tmp_path):
    reads = []
    monkeypatch.setattr(scenarios, "read_case", lambda *given: reads.append(given) or read_case(*given))
    inputs = read(plan)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        make_comparison(inputs, ["plain"], tmp_path / name, workers=1)
    assert len(reads) == 1


@pytest.mark.parametrize("file", ["case", "arrivals", "scenario"])
def test_inputs_that_were_edited_after_they_were_read_are_refused_before_anything_is_solved(
    file, plan, tmp_path, monkeypatch
):
    monkeypatch.setattr(scenarios, "run_one", lambda *_: pytest.fail("it was solved"))
    inputs = read(plan)
    edit(plan, *EDITS[file])
    with pytest.raises(ComparisonError, match=f"plain: InputsChangedError: {CHANGED}"):
        make_comparison(inputs, ["plain", "more"], tmp_path, workers=1)
    assert not (tmp_path / finished.RECORD_FILE).exists()


def test_prices_that_were_edited_after_they_were_read_are_refused_too(root, tmp_path, monkeypatch):
    """Prices are in no digest of a run: the files are."""
    shutil.copytree(root / "parameters", tmp_path / "plan" / "parameters", ignore=shutil.ignore_patterns("reproduce"))
    inputs = read_case(read_workspace(tmp_path / "plan"), "generic_surge")
    path = tmp_path / "plan" / "parameters" / "costs" / "money.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# dearer\n", encoding="utf-8")
    monkeypatch.setattr(scenarios, "run_one", lambda *_: pytest.fail("it was solved"))
    with pytest.raises(ComparisonError, match="the files of case generic_surge have changed"):
        make_comparison(inputs, ["most_likely"], tmp_path, workers=1)


def test_inputs_that_were_changed_in_memory_never_stand_beside_results_of_the_files(plan, tmp_path):
    inputs = read(plan)
    case = inputs.case.model_copy(update={"end": inputs.case.end.replace(day=10)})
    text = "the results of plain come from other inputs than those of the page: make the comparison"
    with pytest.raises(ComparisonError, match=text):
        make_comparison(replace(inputs, case=case), ["plain"], tmp_path, workers=1)
    assert not (tmp_path / finished.RECORD_FILE).exists()


def test_a_finished_comparison_is_not_opened_with_the_data_of_another(plan, tmp_path):
    make_comparison(read(plan), ["plain", "more"], tmp_path, workers=1)
    assert open_comparison(tmp_path).names == ["plain", "more"]
    shutil.copy(tmp_path / "data" / "plain.nc", tmp_path / "data" / "more.nc")
    with pytest.raises(ComparisonError, match="the results of more come from other inputs"):
        open_comparison(tmp_path)
    assert open_comparison(tmp_path, ["plain"]).names == ["plain"]
    xr.Dataset(attrs={"title": "no digest"}).to_netcdf(tmp_path / "data" / "plain.nc", engine="scipy")
    with pytest.raises(ComparisonError, match="the results of plain, more come from other inputs"):
        open_comparison(tmp_path)


def test_a_batch_is_not_run_with_files_that_it_was_not_planned_with(plan, tmp_path):
    from mixedmig_model.inputs.batch import read_batch

    (tmp_path / "b.yaml").write_text("schema: 1\ntitle: B\ncase: small\nruns: [{name: a}]\n", encoding="utf-8")
    batch = read_batch(tmp_path / "b.yaml", read_workspace(plan))
    assert len(jobs_of(batch, b"{}")) == 1
    edit(plan, *EDITS["case"])
    with pytest.raises(BatchStoppedError, match=CHANGED):
        jobs_of(batch, b"{}")


def test_the_digest_of_files_tells_scenarios_apart_and_leaves_out_what_is_not_read(plan):
    files = {**shared_digests(plan), **case_digests(plan, "small")}
    assert {"sources.yaml", "cases/small/case.yaml", "cases/small/scenarios/more.yaml"} <= set(files)
    whole, more, plain = one_digest(files), one_digest(files, "more"), one_digest(files, "plain")
    assert len({whole, more, plain}) == 3
    (plan / "parameters" / "cases" / "small" / ".case.yaml.swp").write_text("x", encoding="utf-8")
    edit(plan, *EDITS["scenario"])
    after = {**shared_digests(plan), **case_digests(plan, "small")}
    assert set(after) == set(files)
    assert one_digest(after, "plain") == plain
    assert one_digest(after, "more") != more
    assert read(plan).files == after


@pytest.mark.parametrize(("change", "what"), [
    ({}, ""),
    ({"columns": []}, "ranges of inputs as they were"),
    ({"scenarios": ["plain", "gone"]}, "scenario gone, which is gone"),
    ({"prices": {"digest": "another"}}, "prices as they were"),
])
def test_an_ensemble_of_other_ranges_or_prices_is_not_shown(change, what, plan):
    inputs = read(plan)
    design = ensemble_run.Design(("plain",), 4, 1)
    record = ensemble_run.manifest(inputs, design, ensemble_run.drawn_columns(inputs), "a.solver")
    kept = json.loads(json.dumps({**record, **change}, default=str))
    assert ensemble_run.changed_since(inputs, kept) == what
