"""Batches: only what is missing is run, one failure stops no other, the index is the same however it came about."""

import errno
import io
import json
import os
import re
import zipfile
from dataclasses import replace
from functools import partial
from html import unescape
from importlib.metadata import version
from pathlib import Path

import pytest
from papermill.iorw import papermill_io

from mixedmig_model.cli.batch import TimeLeft
from mixedmig_model.inputs import parcels
from mixedmig_model.inputs.batch import read_batch
from mixedmig_model.inputs.parcels import pack, unpack
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import check_name, read_workspace
from mixedmig_model.present.batch import index as batch_index
from mixedmig_model.present.batch import make as module
from mixedmig_model.present.batch.make import make_batch
from mixedmig_model.present.report.make import DRAWS_FOLDER
from mixedmig_model.present.report.notebooks import notebook_path
from mixedmig_model.study import batch as study_batch
from mixedmig_model.study.batch import FILES, BatchStoppedError, RunFiles, is_whole, isolated, jobs_of, store_run
from mixedmig_model.vocabulary.rows import Row

GRID = ("schema: 1\ntitle: Screening <and> more\ncase: andaman_sea_2015\ngrid:\n  levers: {screening: [0, 0.5, 1]}\n"
        "  values: {detention.detained_share: [0.1, 0.2]}\n")


@pytest.fixture
def batch(tmp_path, workspace):
    (tmp_path / "intake.yaml").write_text(GRID, encoding="utf-8")
    return read_batch(tmp_path / "intake.yaml", workspace)


@pytest.fixture
def quick(book, monkeypatch):
    """Work that gives the files of a run at once; what was asked for is in the list."""
    record = json.loads((book[1] / "report.json").read_text(encoding="utf-8"))
    asked = []

    def work(job):
        asked.append(job.digest)
        made = {**record, "scenarios": [record["scenarios"][0], {**record["scenarios"][1], "title": job.title}]}
        return RunFiles({"scenario.ipynb": b"{}", "scenario.html": b"<p>", "report.json": json.dumps(made).encode()})

    monkeypatch.setattr(module, "work", work)
    monkeypatch.setattr(batch_index, "batch_charts", lambda _: "")  # test_batch_charts.py draws them
    return asked, work


def index_of(folder):
    return {name: (folder / f"intake.{name}").read_bytes() for name in ("html", "json", "csv")}


def test_what_is_there_is_not_run_again_and_the_index_does_not_change(batch, quick, tmp_path):
    done = make_batch(batch, tmp_path / "out", 1)
    assert (done.runs, done.reused, done.failures, len(quick[0])) == (6, 0, (), 6)
    before = index_of(tmp_path / "out")
    again = make_batch(batch, tmp_path / "out", 1)
    assert (again.reused, len(quick[0])) == (6, 6)
    assert index_of(tmp_path / "out") == before


def test_a_batch_that_was_stopped_goes_on_with_what_is_missing_to_the_same_index(batch, quick, tmp_path, monkeypatch):
    make_batch(batch, tmp_path / "whole", 1)
    asked, work = quick
    asked.clear()

    def killed(job):
        if len(asked) == 3:
            raise KeyboardInterrupt
        return work(job)

    monkeypatch.setattr(module, "work", killed)
    with pytest.raises(KeyboardInterrupt):
        make_batch(batch, tmp_path / "out", 1)
    assert len(list((tmp_path / "out" / "runs").iterdir())) == 3
    monkeypatch.setattr(module, "work", work)
    done = make_batch(batch, tmp_path / "out", 1)
    assert (done.reused, len(asked)) == (3, 6)
    assert index_of(tmp_path / "out") == index_of(tmp_path / "whole")


def test_a_poisoned_run_is_told_stops_no_other_and_is_tried_again(batch, quick, tmp_path, monkeypatch):
    _, work = quick
    notebook = notebook_path("scenario", batch.inputs.workspace.root).read_bytes()
    poisoned = jobs_of(batch, notebook)[2].digest
    monkeypatch.setattr(module, "work", lambda job: RunFiles({}, "a <poison>") if job.digest == poisoned else work(job))
    done = make_batch(batch, tmp_path / "out", 1)
    assert done.failures == (("run-00003", "a <poison>"),)
    page = index_of(tmp_path / "out")["html"].decode()
    assert "Runs that failed" in page
    assert "a &lt;poison&gt;" in page
    assert "5 of 6 runs are done" in page
    record = json.loads(index_of(tmp_path / "out")["json"])
    assert [run["status"] for run in record["runs"]] == ["done", "done", "failed", "done", "done", "done"]
    monkeypatch.setattr(module, "work", work)
    assert make_batch(batch, tmp_path / "out", 1).failures == ()


def test_a_full_disk_loses_nothing_and_says_so(batch, quick, tmp_path, monkeypatch):
    real, count = Path.write_bytes, [0]

    def full(path, content):
        if ".report.json." in path.name:
            count[0] += 1
            if count[0] > 2:
                raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    done = make_batch(batch, tmp_path / "out", 1)
    assert {text for _, text in done.failures} == {"the disk is full"}
    assert len(done.failures) == 4
    assert len(list((tmp_path / "out" / "runs").iterdir())) == 2  # nothing half-written is left
    monkeypatch.setattr(Path, "write_bytes", real)
    assert make_batch(batch, tmp_path / "out", 1).reused == 2


def test_an_index_that_cannot_be_written_keeps_all_runs(batch, quick, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(batch_index, "write_together", full)
    text = r"the index cannot be written: the disk is full\. 6 of 6 runs are kept, and the same command writes it"
    with pytest.raises(BatchStoppedError, match=text):
        make_batch(batch, tmp_path / "out", 1)


def test_a_folder_that_cannot_be_made_is_told(batch, quick, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(BatchStoppedError, match="the folder out cannot be made"):
        make_batch(batch, tmp_path / "out", 1)


def test_of_two_batches_at_once_the_first_to_finish_a_run_is_kept(batch, quick, tmp_path):
    folder, job = tmp_path / "out", jobs_of(batch, b"{}")[0]
    (folder / "runs").mkdir(parents=True)
    first = {name: b"first" for name in FILES}
    assert store_run(folder, job.digest, first) == ""
    assert store_run(folder, job.digest, {name: b"second" for name in FILES}) == ""
    assert {(folder / "runs" / job.digest / name).read_bytes() for name in FILES} == {b"first"}
    (folder / "runs" / job.digest / "scenario.html").unlink()  # broken by somebody: made again
    assert store_run(folder, job.digest, {name: b"third" for name in FILES}) == ""
    assert {(folder / "runs" / job.digest / name).read_bytes() for name in FILES} == {b"third"}
    assert [path.name for path in (folder / "runs").iterdir()] == [job.digest]


def edited(name, change):
    return lambda run: (run / name).write_bytes(change((run / name).read_bytes()))


@pytest.mark.parametrize("damage", [
    edited("report.json", lambda content: content.replace(b"1", b"2", 1)), edited("report.json", lambda _: b"{"),
    edited("scenario.html", lambda content: content[:-1]), edited("digests.json", lambda _: b"{}"),
    edited("digests.json", lambda _: b"[" * 100_000), lambda run: (run / "digests.json").unlink(),
    lambda run: ((run / "report.json").unlink(), (run / "report.json").symlink_to("scenario.html"))])
def test_a_run_that_was_damaged_or_edited_is_done_again_and_that_is_said(batch, quick, tmp_path, damage, caplog):
    make_batch(batch, tmp_path / "out", 1)
    before, asked = index_of(tmp_path / "out"), quick[0]
    asked.clear()
    run = sorted((tmp_path / "out" / "runs").iterdir())[0]
    damage(run)
    assert make_batch(batch, tmp_path / "out", 1).reused == 5
    assert len(asked) == 1
    assert index_of(tmp_path / "out") == before
    assert [record.getMessage() for record in caplog.records] == [
        f"Runs of the batch in out are damaged or were changed, and are done again: {run.name}"]


def test_runs_of_another_version_are_told_from_damaged_and_from_new_ones(batch, quick, tmp_path, caplog, monkeypatch):
    make_batch(batch, tmp_path / "out", 1)
    assert not caplog.records, "runs that were never made are not told"
    (tmp_path / "out" / "runs" / "foreign").mkdir()
    (tmp_path / "out" / "runs" / "foreign" / "made.json").write_bytes(b"[1")
    monkeypatch.setattr(study_batch, "code_digest", lambda rooms: "another program")
    done = make_batch(batch, tmp_path / "out", 1)
    assert (done.runs, done.reused) == (6, 0)
    names = ", ".join(sorted(job.digest for job in jobs_of(batch, notebook_bytes(batch))))
    assert [record.getMessage() for record in caplog.records] == [
        "Runs of the batch in out were made by another version of mixedmig or of its libraries "
        f"({version('mixedmig')}), and are done again: {names}. The old ones stay in runs"]
    caplog.clear()
    assert make_batch(batch, tmp_path / "out", 1).reused == 6
    assert not caplog.records


def notebook_bytes(batch):
    return notebook_path("scenario", batch.inputs.workspace.root, False).read_bytes()


def test_the_index_has_the_baseline_and_differences_that_are_those_of_the_numbers_shown(batch, quick, tmp_path):
    make_batch(batch, tmp_path / "out", 1)
    record = json.loads(index_of(tmp_path / "out")["json"])
    page, first = unescape(index_of(tmp_path / "out")["html"].decode()), record["runs"][0]
    heads = re.findall(r"<th[^>]*>([^<]*)</th>", page)
    assert heads[1:3] == [record["baseline_title"], first["title"]]
    told = [found["told"] for kind in ("breaches", "harms", "headlines") for found in first[kind].values()]
    assert sum(map(bool, told)) > 10
    for text in {*filter(None, told), first["cost"]["told"]}:
        assert f'<span class="gap">{text}</span>' in page
    headlines = first["headlines"].values()
    assert headlines
    for one in headlines:
        assert Row(one["unit"], one["baseline"]).difference(one["value"]) == one["told"]


def test_a_killed_worker_is_told_with_what_is_kept(batch, quick, tmp_path, monkeypatch):
    def lost(job, tasks, workers):
        yield tasks[0], job(tasks[0])
        raise RuntimeError("a worker process was killed")

    monkeypatch.setattr(study_batch, "on_processes", lost)
    with pytest.raises(BatchStoppedError, match=r"process was killed\. 1 of 6 runs are kept, and the same command"):
        make_batch(batch, tmp_path / "out", 2)


def test_a_digest_changes_with_what_a_run_is_and_not_with_its_place_in_the_file(batch, monkeypatch):
    before = [job.digest for job in jobs_of(batch, b"{}")]
    assert len(set(before)) == 6
    turned = replace(batch, points=tuple(reversed(batch.points)))
    assert [job.digest for job in jobs_of(turned, b"{}")] == before[::-1]
    monkeypatch.setattr(study_batch, "code_digest", lambda rooms: "another program")
    assert not set(before) & {job.digest for job in jobs_of(batch, b"{}")}


def test_the_page_leads_with_breaches_and_links_each_run(batch, quick, tmp_path):
    make_batch(batch, tmp_path / "out", 1)
    page = index_of(tmp_path / "out")["html"].decode()
    assert page.index("What may be said") < page.index("Breaches:") < page.index("Harms:") < page.index("Headline")
    assert "Screening &lt;and&gt; more" in page
    assert "<script" not in page
    for target in re.findall(r'href="([^"]+)"', page):
        assert (tmp_path / "out" / target).is_file()
    rows = index_of(tmp_path / "out")["csv"].decode("utf-8-sig").splitlines()
    assert rows[0] == "run,title,kind,indicator,unit,value,low,high,baseline,said"
    assert len(rows) > 6 * 20


def test_notebooks_and_index_are_copied_by_the_storage_handlers_of_papermill(batch, quick, tmp_path, monkeypatch):
    class Store:
        kept: dict = {}

        def write(self, buf, path):
            if path.endswith("intake.json") and "broken" in path:
                raise OSError("no such bucket")
            self.kept[path] = buf

    monkeypatch.setattr(papermill_io, "_handlers", [("store://", Store()), *papermill_io._handlers])
    make_batch(batch, tmp_path / "out", 1, publish="store://plans/")
    assert len(Store.kept) == 7
    assert "store://plans/intake.json" in Store.kept
    text = (r"intake\.json cannot be copied to store://broken: no such bucket\. All runs are kept in out, and the same "
            "command copies them")
    with pytest.raises(BatchStoppedError, match=text):
        make_batch(batch, tmp_path / "out", 1, publish="store://broken")


def test_progress_in_plain_lines_tells_the_time_that_is_left(capsys):
    now = iter([0.0, 30.0, 60.0, 90.0])
    told = TimeLeft(lambda: next(now))
    told(2, 100, "")
    told(3, 100, "a")
    told(4, 100, "b")
    told(100, 100, "c")
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["2 of 100 runs are already done.", "3 of 100: a (about 48 minutes left)",
                     "4 of 100: b (about 48 minutes left)", "100 of 100: c"]


def test_a_parcel_holds_one_case_and_no_way_out_of_its_folder(workspace, tmp_path, monkeypatch):
    parcel = pack(workspace.root, "andaman_sea_2015", ("as_it_happened",))
    assert parcel == pack(workspace.root, "andaman_sea_2015", ("as_it_happened",))
    unpack(parcel, tmp_path)
    cases = tmp_path / "parameters" / "cases"
    assert [path.name for path in cases.iterdir()] == ["andaman_sea_2015"]
    assert [path.name for path in (cases / "andaman_sea_2015" / "scenarios").iterdir()] == ["as_it_happened.yaml"]
    bad = io.BytesIO()
    with zipfile.ZipFile(bad, "w") as packed:
        packed.writestr("../outside.yaml", "x")
    with pytest.raises(ValueError, match=r"the parcel holds a file outside its folder: \.\./outside\.yaml"):
        unpack(bad.getvalue(), tmp_path)
    monkeypatch.setattr(parcels, "MOST_BYTES", 10)
    with pytest.raises(ValueError, match="the parcel holds too much"):
        unpack(parcel, tmp_path)


@pytest.mark.parametrize(("baseline", "run"), [("run", "run_2"), ("base", "run"), ("run_2", "run")])
def test_a_run_of_a_batch_never_takes_the_place_of_the_users_baseline(
    baseline, run, workspace, tmp_path, monkeypatch
):
    """A baseline in a file called run.yaml was overwritten, and the option was compared with itself."""
    root, case = tmp_path / "plan", "andaman_sea_2015"
    unpack(pack(workspace.root, case, ("as_it_happened",)), root)
    folder = root / "parameters" / "cases" / case
    (folder / "scenarios" / "as_it_happened.yaml").rename(folder / "scenarios" / f"{baseline}.yaml")
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    text = text.replace("baseline: as_it_happened", f"baseline: {baseline}")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(f"schema: 1\ntitle: B\ncase: {case}\nruns:\n  - name: a\n    values: "
                                     "{detention.detained_share: 0.123}\n", encoding="utf-8")
    compared = []

    def comparison(inputs, names, *_, **__):
        compared.append((inputs, names))
        raise ArithmeticError("enough is known")

    monkeypatch.setattr(module, "make_comparison", comparison)
    job = jobs_of(read_batch(tmp_path / "b.yaml", read_workspace(root)), b"{}")[0]
    with pytest.raises(ArithmeticError):
        module.pages_of_run(job, tmp_path / "here")
    inputs, names = compared[0]
    assert names == [baseline, run]
    changed = [[c.set for c in inputs.scenario(name).changes if c.parameter == "detention.detained_share"]
               for name in names]
    assert changed == [[], [0.123]]


def test_a_name_is_free_that_nobody_has():
    assert module.free_name("run", {"run", "run_2", "run_4", "other"}) == "run_3"
    assert module.free_name("run", ()) == "run"


def test_no_report_can_take_the_place_of_the_draws_kept_beside_it():
    with pytest.raises(InputFaultsError, match="not a valid name"):
        check_name(DRAWS_FOLDER, "report name", (DRAWS_FOLDER,))


def test_a_run_that_cannot_be_written_is_told_in_words(batch, tmp_path, monkeypatch):
    def refused(*_, **__):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    assert store_run(tmp_path, "x", {}) == "the run cannot be written: Permission denied"


@pytest.mark.parametrize(("number", "tries", "failure"), [
    (errno.EIO, 2, "OSError: Input/output error"), (errno.ENOSPC, 1, "the disk is full")])
def test_a_fault_of_the_disk_is_tried_once_more_and_a_full_disk_is_not(number, tries, failure):
    asked = []

    def broken(job, folder, once=False):
        asked.append(folder)
        if not once or len(asked) == 1:
            raise OSError(number, os.strerror(number))
        return RunFiles({"made": b"made"})

    assert isolated(broken, "job") == RunFiles({}, failure)
    assert len(asked) == len(set(asked)) == tries
    asked.clear()
    passed = isolated(partial(broken, once=True), "job")
    assert passed == (RunFiles({"made": b"made"}) if tries == 2 else RunFiles({}, failure))


def test_a_run_is_written_once_more_where_the_disk_failed(tmp_path, monkeypatch):
    real, faults = Path.mkdir, [OSError(errno.EIO, "Input/output error")]

    def mkdir(path, *given, **named):
        if faults and path.suffix == ".partial":
            raise faults.pop()
        return real(path, *given, **named)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert store_run(tmp_path, "x", dict.fromkeys(FILES, b"made")) == ""
    assert faults == []
    assert is_whole(tmp_path, "x")
