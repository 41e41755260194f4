"""Documents of a batch: made once, each failure on its own, with the numbers of the index."""

import errno
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from io import BytesIO
from types import SimpleNamespace

import docx
import pytest
from docx.oxml.ns import qn
from pdf_rules import checked

from mixedmig_model.inputs.batch import batch_in, read_batch
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.batch import documents as run_documents
from mixedmig_model.present.batch import make as module
from mixedmig_model.present.batch import office as index_office
from mixedmig_model.present.batch.make import make_batch
from mixedmig_model.present.office.make import NO_OFFICE, OfficeWanted
from mixedmig_model.present.office.pdf import PdfError
from mixedmig_model.record.commands.batch import read_index
from mixedmig_model.record.costs import local_currency
from mixedmig_model.record.priced import costs_of
from mixedmig_model.study.batch import RunFiles
from mixedmig_model.study.documents import NAMES, DocumentsPlan

GRID = ("schema: 1\ntitle: Detention <and> more\ncase: andaman_sea_2015\ngrid:\n"
        "  values: {detention.detained_share: [0.1, 0.2, 0.3]}\n")
BOTH = OfficeWanted(word=True, pdf=True)
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture
def batch(tmp_path, workspace):
    (tmp_path / "intake.yaml").write_text(GRID, encoding="utf-8")
    return read_batch(tmp_path / "intake.yaml", workspace)


@pytest.fixture
def quick(book, monkeypatch):
    """Work that gives the files of a run without solving it, and the documents that are missing."""
    record = json.loads((book[1] / "report.json").read_text(encoding="utf-8"))
    asked = []

    def work(job):
        asked.append((job.is_done, job.kinds))
        made = {**record, "scenarios": [record["scenarios"][0], {**record["scenarios"][1], "title": job.title}]}
        files = {"scenario.ipynb": b"{}", "scenario.html": b"<p>", "report.json": json.dumps(made).encode()}
        documents = {kind: {name: f"{name} of {job.title}".encode() for name in NAMES[kind]} for kind in job.kinds}
        return RunFiles({} if job.is_done else files, documents=documents)

    monkeypatch.setattr(module, "work", work)
    return asked, work


def page_of(folder):
    return unescape((folder / "intake.html").read_text(encoding="utf-8"))


def made(batch, tmp_path, office=BOTH, **more):
    return make_batch(batch, tmp_path / "out", 1, office=office, **more)


def test_each_run_has_its_documents_and_the_index_links_them(batch, quick, tmp_path):
    done = made(batch, tmp_path)
    assert (len(done.documents), done.refused, done.failures) == (3, (), ())
    page = page_of(tmp_path / "out")
    links = re.findall(r'href="([^"]+)"', page)
    for files in done.documents.values():
        assert [name.rsplit("/", 1)[-1] for name in files] == ["memo.docx", "report.docx", "memo.pdf", "report.pdf"]
        assert all((tmp_path / "out" / name).is_file() and name in links for name in files)
    assert {"intake.docx", "intake.pdf"} <= set(links)
    assert "memo (Word)</a>, <a" in page
    run = read_index(done.index).runs[1]
    memo = next(tmp_path / "out" / name for name in run.documents if name.endswith("memo.pdf"))
    assert memo.read_bytes().decode() == f"memo.pdf of {run.title}", "a document is that of its run"


def test_documents_that_are_there_are_not_made_again_and_only_missing_kinds_are(batch, quick, tmp_path):
    asked = quick[0]
    made(batch, tmp_path, OfficeWanted(word=True))
    assert asked == [(False, ("docx",))] * 3
    asked.clear()
    made(batch, tmp_path, OfficeWanted(word=True))
    assert asked == []
    done = made(batch, tmp_path)
    assert asked == [(True, ("pdf",))] * 3, "runs and Word files are there"
    assert done.reused == 3
    asked.clear()
    made(batch, tmp_path, author="Unit")
    assert asked == [(True, ("docx", "pdf"))] * 3, "another author is another document"
    asked.clear()
    made(batch, tmp_path, NO_OFFICE)
    assert asked == []


def test_a_document_comes_from_its_run_this_version_and_what_was_asked():
    plan = DocumentsPlan(("docx", "pdf"), b"notebook", "a4", "Unit", b"template")
    others = [replace(plan, notebook=b"x"), replace(plan, paper="letter"), replace(plan, author=""),
              replace(plan, template=b"")]
    word = {one.digest("run", "docx") for one in (plan, *others)} | {plan.digest("other", "docx")}
    assert len(word) == 6
    assert plan.digest("run", "pdf") == others[-1].digest("run", "pdf"), "a PDF has no template"


def test_a_damaged_document_is_made_again_and_that_is_said(batch, quick, tmp_path, caplog):
    done = made(batch, tmp_path)
    run = read_index(done.index).runs[0]
    before = page_of(tmp_path / "out")
    (tmp_path / "out" / run.documents[0]).write_bytes(b"edited")
    quick[0].clear()
    made(batch, tmp_path)
    assert quick[0] == [(True, ("docx",))]
    assert [record.getMessage() for record in caplog.records] == [
        f"Documents of runs of the batch in out are damaged or were changed, and are made again: {run.digest}"]
    assert page_of(tmp_path / "out") == before


def test_one_document_that_fails_stops_no_other_and_its_reason_stands_in_the_index(
    batch, quick, tmp_path, monkeypatch
):
    _, work = quick

    def failing(job):
        found = work(job)
        if "0.2" not in job.title:
            return found
        return replace(found, documents={"docx": found.documents["docx"]}, refused={"pdf": "no <font> here"})

    monkeypatch.setattr(module, "work", failing)
    done = made(batch, tmp_path)
    assert done.refused == (("run-00002", "no <font> here."),)
    assert done.failures == ()
    assert [len(files) for files in done.documents.values()] == [4, 2, 4]
    page = (tmp_path / "out" / "intake.html").read_text(encoding="utf-8")
    assert "Documents that are missing" in page
    assert "(run-00002): no &lt;font&gt; here." in page
    assert "no <font> here" in words_of(docx.Document(tmp_path / "out" / "intake.docx"))
    monkeypatch.setattr(module, "work", work)
    quick[0].clear()
    assert made(batch, tmp_path).refused == ()
    assert quick[0] == [(True, ("pdf",))], "the next call tries it again"


def test_a_run_that_cannot_be_solved_again_says_so_for_its_documents(batch, quick, tmp_path, monkeypatch):
    made(batch, tmp_path, NO_OFFICE)
    monkeypatch.setattr(module, "work", lambda job: RunFiles({}, "the solver stopped"))
    done = made(batch, tmp_path)
    assert {why for _, why in done.refused} == {"the solver stopped."}
    assert [run.status for run in read_index(done.index).runs] == ["done"] * 3, "the runs themselves stay"


def test_documents_that_cannot_be_written_are_said(batch, quick, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "documents").write_text("mine", encoding="utf-8")
    done = made(batch, tmp_path)
    assert len(done.refused) == 3
    assert all(why.startswith("the documents cannot be written: ") for _, why in done.refused)
    assert str(tmp_path) not in page_of(tmp_path / "out")


# ---- documents of a run ---------------------------------------------------------------------------------------------


def job(**parts):
    plan = DocumentsPlan(("docx", "pdf"), b"{}", "letter", "Unit", b"a template")
    return SimpleNamespace(**{"plan": plan, "kinds": ("docx", "pdf"), "case": "c"} | parts)


def test_what_goes_wrong_with_the_page_of_documents_keeps_the_run(monkeypatch, tmp_path):
    def fails(*_):
        raise RuntimeError("first\na cell failed")

    monkeypatch.setattr(run_documents, "_report", fails)
    found = run_documents.add_documents(job(), None, tmp_path, RunFiles({"a": b"1"}))
    assert (found.files, found.failure) == ({"a": b"1"}, "")
    assert found.refused == {"docx": "a cell failed", "pdf": "a cell failed"}


def test_word_is_kept_where_no_pdf_can_be_made_and_both_have_what_was_asked(monkeypatch, tmp_path):
    asked = []

    def write(comparison, folder, wanted, day):
        asked.append(wanted)
        if wanted.pdf:
            raise PdfError("no font")
        assert wanted.template.read_bytes() == b"a template"
        for name in NAMES["docx"]:
            (folder / name).write_bytes(name.encode())

    monkeypatch.setattr(run_documents, "_report", lambda *_: None)
    monkeypatch.setattr(run_documents, "write_office", write)
    found = run_documents.add_documents(job(), None, tmp_path, RunFiles({}))
    assert found.documents == {"docx": {"memo.docx": b"memo.docx", "report.docx": b"report.docx"}}
    assert found.refused == {"pdf": "no font"}
    assert [(one.word, one.pdf, one.paper, bool(one.template)) for one in asked] == [
        (True, False, "letter", True), (False, True, "letter", False)]


def test_a_fault_of_the_disk_that_passes_costs_no_document(monkeypatch, tmp_path):
    faults = [OSError(errno.EIO, "Input/output error")]

    def write(comparison, folder, wanted, day):
        if faults:
            raise faults.pop()
        for name in NAMES["pdf"]:
            (folder / name).write_bytes(b"made")

    monkeypatch.setattr(run_documents, "_report", lambda *_: None)
    monkeypatch.setattr(run_documents, "write_office", write)
    found = run_documents.add_documents(job(kinds=("pdf",)), None, tmp_path, RunFiles({}))
    assert (faults, found.refused, list(found.documents)) == ([], {}, ["pdf"])


# ---- the index as a document ----------------------------------------------------------------------------------------


def words_of(opened):
    return " ".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in
                    opened.element.body.iter(qn("w:p")))


def numbers(text):
    return sorted(set(NUMBER.findall(text)))


def test_the_documents_of_the_index_have_its_numbers_headings_tables_and_alt_text(batch, quick, tmp_path):
    made(batch, tmp_path, author="Unit")
    folder = tmp_path / "out"
    page = re.sub(r"(?s)<(style|details|footer)\b.*?</\1>|<div class=.estimate.*?</div>", "", page_of(folder))
    opened = docx.Document(folder / "intake.docx")
    text = words_of(opened)
    told = numbers(re.sub(r"<[^>]+>", " ", page))
    assert len(told) > 100
    assert told == numbers(text)
    styles = [one.text for one in opened.paragraphs if one.style.name.startswith(("Title", "Heading"))]
    assert styles == ["Detention <and> more", "What the runs vary", "What may be said", "All runs"]
    heads = [cell.text for cell in opened.tables[0].rows[0].cells]
    index = read_index(folder / "intake.html")
    assert heads == ["item", index.baseline_title, *(run.title for run in index.runs)], "the baseline comes first"
    alts = [one.get("descr") for one in opened.element.body.iter(qn("wp:docPr"))]
    assert alts == [unescape(one) for one in re.findall(r'<img alt="([^"]+)"', page)]
    assert "Detained at landing (share)" in alts[0]
    assert opened.core_properties.author == "Unit"
    assert opened.sections[0].header.paragraphs[0].text == index.estimate != ""
    assert checked((folder / "intake.pdf").read_bytes())[1] == {}


def test_the_same_index_has_the_same_documents(batch, quick, tmp_path, monkeypatch):
    monkeypatch.setattr(index_office, "day_made", lambda: date(2020, 5, 1))
    made(batch, tmp_path)
    files = [tmp_path / "out" / f"intake.{ending}" for ending in ("docx", "pdf", "html", "json")]
    before = [file.read_bytes() for file in files]
    made(batch, tmp_path)
    assert [file.read_bytes() for file in files] == before


def test_an_index_without_its_pdf_says_why_on_its_page(batch, quick, tmp_path, monkeypatch):
    def fails(*_):
        raise PdfError("no <font> has some letters")

    monkeypatch.setattr(index_office, "set_pages", fails)
    done = made(batch, tmp_path)
    index = read_index(done.index)
    assert (index.documents, index.refused) == (("intake.docx",), "no <font> has some letters")
    page = (tmp_path / "out" / "intake.html").read_text(encoding="utf-8")
    assert "This page as a document: no &lt;font&gt; has some letters" in page


def test_the_index_takes_the_styles_of_a_template(batch, quick, tmp_path):
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "MINISTRY"
    stream = BytesIO()
    template.save(stream)
    (tmp_path / "t.docx").write_bytes(stream.getvalue())
    made(batch, tmp_path, OfficeWanted(word=True, template=tmp_path / "t.docx"))
    found = docx.Document(tmp_path / "out" / "intake.docx")
    assert found.sections[0].header.paragraphs[0].text == "MINISTRY"


# ---- a second currency ----------------------------------------------------------------------------------------------


def test_the_index_shows_a_second_currency_with_its_rate_and_runs_know_it(batch, book, quick, tmp_path, monkeypatch):
    other = batch_in(batch, "MYR")
    totals = costs_of(book[0])
    local = local_currency(other.inputs, totals)
    _, work = quick
    codes = []

    def shown(job):
        found = work(job)
        codes.append(job.currency)
        record = json.loads(found.files["report.json"])
        record["local_currency"] = local.model_dump(mode="json")
        return replace(found, files={**found.files, "report.json": json.dumps(record).encode()})

    monkeypatch.setattr(module, "work", shown)
    done = make_batch(other, tmp_path / "out", 1, office=OfficeWanted(word=True))
    assert codes == ["MYR"] * 3
    index = read_index(done.index)
    page = page_of(tmp_path / "out")
    names = list(totals)
    assert index.runs[0].cost.second == tuple(
        f"MYR\N{NO-BREAK SPACE}{local.totals[name] / 1e6:.0f}\N{NO-BREAK SPACE}m" for name in (names[1], names[0]))
    assert page.count('class="second"') == 4, "the baseline and three runs"
    assert "Total in MYR, at MYR 4.3 for USD 1 (average of 2017; World Bank" in page
    text = words_of(docx.Document(tmp_path / "out" / "intake.docx"))
    assert text.count(index.runs[0].cost.second[0]) >= 3
    plain = {one.digest for one in module.jobs_of(batch, b"{}")}
    assert not plain & {one.digest for one in module.jobs_of(other, b"{}")}, "a run knows its currency"


def test_a_currency_without_a_rate_is_refused(batch):
    assert batch_in(batch, None).currency is None
    with pytest.raises(InputFaultsError, match="--currency: no exchange rate for the currency in 2017; found 'XYZ'"):
        batch_in(batch, "XYZ")
