"""Pages kept between reports: what follows from the same record, runs, notebooks and program is not made again."""

import errno
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import mixedmig_model
from mixedmig_model.inputs import parcels
from mixedmig_model.present.office.make import OfficeWanted
from mixedmig_model.present.report import kept, make
from mixedmig_model.storage import cache

STEMS = ["report", "annex", "costing", "scenario_predictable_disembarkation_and_screening"]
DAY = 86_400


class Reports:
    """Reports of a solved comparison, and the notebooks that ran for each; no kernel starts."""

    def __init__(self, book, inputs, folder, monkeypatch):
        self.comparison, self.data, self.inputs, self.folder = book[0], book[1] / "data", inputs, folder
        self.ran, self.words, self.change = [], "a page", lambda data: None
        monkeypatch.setenv("MIXEDMIG_RUNS", str(folder / "store"))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(18_000 * DAY))
        monkeypatch.setattr(make, "make_comparison", self.compared)
        monkeypatch.setattr(make, "run_notebook", self.run)
        monkeypatch.setattr(make, "export", self.export)

    def compared(self, inputs, names, folder, **_):
        shutil.copytree(self.data, folder / "data")
        self.change(folder / "data")
        return self.comparison

    def run(self, source, target, parameters, cwd, shared):
        self.ran.append((target.stem, shared))
        (cwd / "figures").mkdir(exist_ok=True)
        (cwd / "figures" / f"{target.stem}.svg").write_text(self.words, encoding="utf-8")
        target.write_text(json.dumps({"of": source.read_text(encoding="utf-8")[:9]}), encoding="utf-8")

    def export(self, notebook, target, title, footer, estimate):
        target.write_text(f"{self.words} {title} {footer} {estimate}", encoding="utf-8")

    def make(self, name="comparison", **asked):
        """Make a report; returns its files, and the notebooks that ran."""
        self.ran.clear()
        folder = make.make_report(self.inputs, self.comparison.names, self.folder / name, workers=1, draws=0,
                                  **asked).parent
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return files, [stem for stem, _ in self.ran]


@pytest.fixture
def reports(book, andaman, tmp_path, monkeypatch):
    return Reports(book, andaman, tmp_path, monkeypatch)


def test_a_report_of_which_nothing_changed_runs_no_notebook_and_is_the_same_to_the_byte(reports):
    first, ran = reports.make()
    assert ran == STEMS
    reports.words = "another page"
    again, ran = reports.make("another_name")
    assert ran == []
    assert again == first
    assert {f"figures/{stem}.svg" for stem in STEMS} < set(again)


def test_documents_are_written_with_the_pages_or_with_kept_ones_to_the_same_bytes(reports):
    plain, _ = reports.make()
    first, ran = reports.make(office=OfficeWanted(word=True, pdf=True))
    names = {"memo.docx", "memo.pdf", "report.docx", "report.pdf"}
    assert (set(first) - set(plain), ran) == (names, [])
    assert all(name in first["SHA256SUMS"].decode() for name in names)
    again, _ = reports.make("another_name", office=OfficeWanted(word=True, pdf=True))
    assert again == first
    only, _ = reports.make("one_more", office=OfficeWanted(word=True))
    assert set(only) - set(plain) == {"memo.docx", "report.docx"}


def changed_record(**update):
    def change(reports, monkeypatch):
        record = reports.comparison.record
        monkeypatch.setattr(reports, "comparison", replace(reports.comparison, record=record.model_copy(
            update={key: make_it(getattr(record, key)) for key, make_it in update.items()})))
    return change


def first_with(**update):
    """The first of some rows changed."""
    return lambda rows: (rows[0].model_copy(update=update), *rows[1:])


def changed_run(reports, monkeypatch):
    def change(data):
        file = sorted(data.iterdir())[0]
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.write_bytes(bytes(content))
    monkeypatch.setattr(reports, "change", change)


def variable(name, text):
    return lambda reports, monkeypatch: monkeypatch.setenv(name, text)


CHANGES = [
    pytest.param(changed_record(parameters=first_with(title="Another input")), id="an input"),
    pytest.param(changed_record(prices=first_with(title="Another price")), id="a price"),
    pytest.param(changed_record(question=lambda text: f"{text} And when?"), id="a text of the case"),
    pytest.param(changed_run, id="a run"),
    pytest.param(variable("SOURCE_DATE_EPOCH", str(18_001 * DAY)), id="the day"),
    pytest.param(variable("LC_TIME", "de_DE.UTF-8"), id="the language"),
    pytest.param(lambda _, monkeypatch: monkeypatch.setattr(kept, "code_digest", lambda rooms: "other templates"),
                 id="the program"),
    pytest.param(lambda _, monkeypatch: monkeypatch.setattr(kept, "version", lambda name: "99"), id="a library"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_what_a_page_is_made_from_runs_all_notebooks_again(change, reports, monkeypatch):
    reports.make()
    change(reports, monkeypatch)
    reports.words = "a new page"
    files, ran = reports.make()
    assert ran == STEMS
    assert all(files[f"{stem}.html"].startswith(b"a new page") for stem in STEMS)


def test_another_author_or_other_options_on_the_first_page_run_all_notebooks_again(reports):
    option = reports.comparison.names[1]
    assert reports.make(author="One unit", options=[option])[1] == STEMS
    assert reports.make(author="Another unit", options=[option])[1] == STEMS
    assert reports.make(author="Another unit", options=[])[1] == STEMS
    assert reports.make(author="One unit", options=[option])[1] == []


def test_a_changed_notebook_runs_again_and_one_of_the_workspace_always_does(reports, tmp_path, monkeypatch):
    folder = tmp_path / "workbooks"
    shutil.copytree(reports.inputs.workspace.root / "workbooks", folder)
    monkeypatch.setattr(make, "notebook_path", lambda name, root, trust: folder / f"{name}.ipynb")
    assert reports.make()[1] == STEMS
    text = (folder / "annex.ipynb").read_text(encoding="utf-8")
    (folder / "annex.ipynb").write_text(text.replace("## Country by country", "## By country"), encoding="utf-8")
    assert reports.make()[1] == STEMS
    assert {shared for _, shared in reports.ran} == {True}
    for _ in range(2):
        assert reports.make(trust=True)[1] == STEMS
        assert {shared for _, shared in reports.ran} == {False}


def test_the_notebook_of_sliders_runs_each_time(reports):
    assert reports.make(explore=True)[1] == [*STEMS, "explore"]
    files, ran = reports.make(explore=True)
    assert ran == ["explore"]
    assert "notebooks/explore.ipynb" in files


def test_pages_that_were_damaged_are_made_again_which_is_said(reports, tmp_path, caplog):
    first, _ = reports.make()
    for path in (tmp_path / "store").glob("*.zip"):
        path.write_bytes(path.read_bytes()[:-1])
    again, ran = reports.make()
    assert (again, ran) == (first, STEMS)
    assert "Cached pages are damaged or were changed, and are made again" in caplog.text
    assert reports.make()[1] == []


def test_pages_of_a_report_that_failed_are_not_kept(reports, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(make, "export", lambda *_: 1 / 0)
        with pytest.raises(make.NotebookError, match=r"notebook annex \(.*\) failed: division by zero"):
            reports.make()
    assert not list((tmp_path / "store").glob("*.zip"))
    assert reports.make()[1] == STEMS


def test_more_pages_than_a_parcel_may_hold_are_made_again(reports, monkeypatch):
    reports.make()
    whole = kept.unpack

    def unpack(parcel, folder):
        with monkeypatch.context() as patched:
            patched.setattr(parcels, "MOST_BYTES", 10)
            whole(parcel, folder)

    monkeypatch.setattr(kept, "unpack", unpack)
    assert reports.make()[1] == STEMS


def test_without_room_for_work_the_report_is_made_all_the_same(reports, monkeypatch):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(kept, "scratch_folder", full)
    first, ran = reports.make()
    assert (ran, reports.make()) == (STEMS, (first, STEMS))


def test_nothing_is_kept_where_runs_are_not(reports, monkeypatch):
    monkeypatch.setenv("MIXEDMIG_RUNS", "off")
    assert reports.make()[1] == STEMS
    assert reports.make()[1] == STEMS


def test_pages_not_used_for_longest_make_room(reports, tmp_path):
    reports.make()
    cache.prune(most=0)
    assert list((tmp_path / "store").iterdir()) == []


def test_the_program_of_pages_is_every_room_but_the_doors():
    package = Path(mixedmig_model.__file__).parent
    rooms = {path.name for path in package.iterdir() if (path / "__init__.py").is_file()}
    assert set(kept.ROOMS) == rooms - {"api", "cli"}
