"""Documents of Word and PDF: real headings, tables and alt texts, numbers of the record, and no text that is code."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import page as pdf_checker
import pytest
from docx.oxml.ns import qn
from pdf_rules import checked
from pdf_rules import said as said_of
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.figures.base import embedded
from mixedmig_model.present.html.builders import Html, bullets, join, table, tag
from mixedmig_model.present.html.page import CONTENTS, PAGE
from mixedmig_model.present.office import blocks, house
from mixedmig_model.present.office.blocks import GridTable, Heading, Illustration, OfficeDocument, Prose, TextRun
from mixedmig_model.present.office.make import OfficeWanted, write_office
from mixedmig_model.present.office.memo import limits_of
from mixedmig_model.present.office.pdf import PdfError, set_pages
from mixedmig_model.present.office.reading import read_page
from mixedmig_model.present.office.widths import crowding, shares
from mixedmig_model.present.office.word import word_bytes
from mixedmig_model.present.report.front import front_section, page_links
from mixedmig_model.present.report.make import _write_around
from mixedmig_model.present.report.sections import decision, services
from mixedmig_model.record.front.summary import summary_of
from mixedmig_model.record.priced import banner
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.decision import footer

DAY = date(2020, 5, 1)
RULES = 104
"""Rules of PDF/UA-1 that the checker has, as docs/documents.md says."""
HOSTILE = 'TOC \\o "1-3" =1+2 #eval("1") $x^2$ *b* _i_ `c` <b> & {{x}} \\input{a} @x // {PAGE}'
PDFTOTEXT = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


def png(wide=800, high=100):
    from PIL import Image

    stream = BytesIO()
    Image.new("RGB", (wide, high), "white").save(stream, format="png")
    return stream.getvalue()


def document(*content, **parts):
    """A report of some blocks."""
    given = {"name": "report", "title": "Title", "author": "Unit", "subject": "S", "head": "AN ESTIMATE",
             "foot": "Not for decisions", "blocks": (Heading(0, "Title"), *content)}
    return OfficeDocument(**given | parts)


def opened(content, **options):
    return docx.Document(BytesIO(word_bytes(content, options.pop("template", None), "a4", DAY, **options)))


def words_of(made):
    """All text of a Word document, tables, headers and footers too."""
    parts = [made.element.body, *(part._element for one in made.sections for part in (one.header, one.footer))]
    return " ".join("".join(text.text or "" for text in paragraph.iter(qn("w:t")))
                    for part in parts for paragraph in part.iter(qn("w:p")))


def text_of(pdf):
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


# ---- a page, read ---------------------------------------------------------------------------------------------------


def test_a_page_is_read_in_its_order_without_what_is_on_screen_only():
    body = join([
        tag("h1", "T & <t>"), tag("div", join([tag("strong", "Breaches"), bullets(["one", "two"])]), class_="breaches"),
        tag("p", join(["a ", tag("strong", "b"), tag("span", " c", class_="unit")])), Html(CONTENTS),
        tag("h2", "First"), tag("p", "files", class_="files"),
        tag("p", tag("a", "link", href="x.html"), class_="links"),
        tag("details", tag("summary", "Numbers"), class_="onscreen"),
        tag("div", tag("pre", "building the font cache"), class_="output_stream output_stderr"),
        tag("figure", join([embedded(png(), "what it shows"), tag("figcaption", "below")])),
        tag("h3", "Second"), tag("p", tag("a", "source", href="https://example.org/a")),
        tag("p", tag("a", "local", href="file:///etc/passwd")),
    ])
    found = read_page(PAGE.format(title="", style="p { color: red }", body=body, footer="foot", estimate=""))
    kinds = [type(one).__name__ for one in found]
    assert kinds == ["Heading", "Prose", "Bullets", "Prose", "ContentsPlace", "Heading", "Illustration", "Heading",
                     "Prose", "Prose"]
    assert found[0] == Heading(0, "T & <t>")
    assert (found[1].kind, found[2].kind) == ("breaches", "breaches")
    assert found[3].runs == (TextRun("a "), TextRun("b", strong=True), TextRun(" c", soft=True))
    assert (found[6].alt, found[6].image, found[6].caption) == ("what it shows", png(), (TextRun("below"),))
    assert [one.runs[0].link for one in found[-2:]] == ["https://example.org/a", ""]


def test_a_table_is_read_with_sections_kinds_lines_and_lists():
    rows = [["Breaches"], [join(["Deaths", tag("span", " people", class_="unit")]),
                           join(["3", Html("<br>"), tag("span", "2 fewer", class_="gap")])],
            ["Who", bullets(["a", "b"])]]
    found, = read_page(table(["", "option"], rows, "Caption", row_classes=["", "harm", ""], numeric=(1,)))
    assert isinstance(found, GridTable)
    assert [cell.words for cell in found.head] == [("item",), ("option",)], "a screen reader needs a head"
    assert [(row.section, row.kind) for row in found.rows] == [(True, ""), (False, "harm"), (False, "")]
    assert found.rows[1].cells[1].words == ("3", "2 fewer")
    assert found.rows[2].cells[1].bulleted
    assert (found.caption, found.numeric) == ("Caption", (1,))


def test_signs_that_no_document_can_hold_are_left_out():
    found, = read_page("<p>a\x00\x07b\x1b\ufffe\ud800c\u200dd</p>")
    assert blocks.plain_text(found.runs) == "abc\u200dd"


def test_columns_have_room_for_what_is_in_them():
    rows = [["a long name of an indicator with many words in it", "1", "a sentence that says what may be said of it"],
            ["b", "100", "short"]]
    found, = read_page(table(["name", "count", "said"], rows))
    name, count, text = shares(found)
    assert name + count + text == pytest.approx(1.0)
    assert count < 0.15 < min(name, text)


def test_a_column_has_room_for_an_amount_as_a_whole():
    """Its blanks hold it together: a narrow column broke USD 11.3 m after the point."""
    amount, text = "USD\N{NO-BREAK SPACE}11.3\N{NO-BREAK SPACE}m", " ".join(["detention"] * 40)
    found, = read_page(table(["what", "a"], [[text, amount], *[[text, "1"]] * 20]))
    assert shares(found)[1] * 118 >= len(amount)


def crowded(columns):
    heads = ["item", *(f"{'Disembarkation'} option {number}" for number in range(columns))]
    found, = read_page(table(heads, [["a name", *["1,234,567"] * columns]], numeric=range(1, columns + 1)))
    return found


def test_a_crowded_table_has_smaller_type_and_stays_within_its_margins():
    assert crowding(crowded(3)) == 1.0
    grid = crowded(13)
    part = crowding(grid)
    assert 0.4 < part < 0.6
    made = opened(document(grid))
    sizes = {run.font.size.pt for cell in made.tables[0].rows[1].cells for run in cell.paragraphs[0].runs}
    assert sizes == {round(2 * part * 8.5) / 2}
    wide = sum(one.width for one in made.tables[0].columns)
    section = made.sections[0]
    assert wide == pytest.approx(section.page_width - section.left_margin - section.right_margin, rel=0.01)


# ---- Word -----------------------------------------------------------------------------------------------------------


def test_word_has_headings_and_a_list_of_contents_with_its_entries():
    made = opened(document(blocks.ContentsPlace(), Heading(1, "First"), Heading(2, "Second"), Heading(1, "Third")))
    styles = [(one.style.name, one.text) for one in made.paragraphs]
    assert [one for one in styles if one[0].startswith("Heading")] == [
        ("Heading 1", "First"), ("Heading 2", "Second"), ("Heading 1", "Third")]
    links = [(one.get(qn("w:anchor")), "".join(text.text for text in one.iter(qn("w:t"))))
             for one in made.element.body.iter(qn("w:hyperlink"))]
    marks = {one.get(qn("w:name")): one.getnext().text for one in made.element.body.iter(qn("w:bookmarkStart"))}
    assert links == list(marks.items())
    assert [text for _, text in links] == ["First", "Second", "Third"]
    assert [one.text.split()[0] for one in made.element.body.iter(qn("w:instrText"))] == ["TOC"]
    assert [one.get(qn("w:fldCharType")) for one in made.element.body.iter(qn("w:fldChar"))] == [
        "begin", "separate", "end"]


def test_word_has_tables_with_header_rows_and_pictures_with_alt_text():
    content, = read_page(table(["", "x"], [["Section"], ["a", "1"]], numeric=(1,)))
    made = opened(document(content, Illustration(png(), "what it shows", (TextRun("below"),)),
                           Illustration(png(4000), "wide")))
    grid, = made.tables
    assert grid.style.name == house.GRID
    assert [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in grid.rows] == [True, False, False]
    assert [cell.text for cell in grid.rows[2].cells] == ["a", "1"]
    assert len(set(grid.rows[1].cells)) == 1, "a section goes over all columns"
    alts = [one.get("descr") for one in made.element.body.iter(qn("wp:docPr"))]
    assert alts == ["what it shows", "wide"]
    room = made.sections[0].page_width - made.sections[0].left_margin - made.sections[0].right_margin
    for shape, dots in zip(made.inline_shapes, (800, 4000), strict=True):
        assert shape.width <= room
        assert dots / shape.width.inches >= 199.9
    assert "below" in [one.text for one in made.paragraphs if one.style.name == "Caption"]


def test_every_page_of_word_says_that_it_is_an_estimate_and_what_for():
    made = opened(document())
    section, = made.sections
    assert [one.text for one in section.header.paragraphs] == ["AN ESTIMATE"]
    assert section.footer.paragraphs[-1].text.startswith("Not for decisions")
    assert (made.core_properties.title, made.core_properties.language) == ("Title", "en-GB")
    assert made.styles.element.xpath(".//w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert made.settings.element.xpath('.//w:compatSetting[@w:name="compatibilityMode"]/@w:val') == ["15"]


def test_text_is_text_in_word():
    long = "x" * 300
    made = opened(document(Heading(1, HOSTILE), Prose((TextRun(HOSTILE, link="https://example.org/?a=1&b=2"),)),
                           head=HOSTILE, foot=HOSTILE, title=long, author=long))
    section, = made.sections
    codes = [one.text for part in (made.element.body, section.footer._element, section.header._element)
             for one in part.iter(qn("w:instrText"))]
    assert codes == [" PAGE "]
    assert words_of(made).count(HOSTILE) == 4
    assert len(made.core_properties.title) == 255


def test_the_same_report_has_the_same_bytes():
    content = document(Heading(1, "First"), Illustration(png(), "alt"), Prose((TextRun("a"),)))
    assert word_bytes(content, None, "a4", DAY) == word_bytes(content, None, "a4", DAY)
    assert set_pages(content, "a4", DAY) == set_pages(content, "a4", DAY)


# ---- templates ------------------------------------------------------------------------------------------------------


@pytest.fixture
def ministry(tmp_path):
    """A template: a document of ours with other looks, a letterhead and a text that goes."""
    made = opened(document(Heading(1, "Old text")))
    made.styles["Heading 1"].font.name = "Georgia"
    made.styles[house.NOTE].font.italic = True
    made.sections[0].header.paragraphs[0].text = "MINISTRY"
    made.sections[0].left_margin = 1234567
    made.save(tmp_path / "ministry.docx")
    return tmp_path / "ministry.docx"


def test_a_template_restyles_a_document_and_keeps_its_letterhead(ministry):
    made = opened(document(Heading(1, "New text"), Prose((TextRun("a"),), "note")), template=ministry)
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert made.styles[house.NOTE].font.italic
    assert [one.text for one in made.sections[0].header.paragraphs] == ["MINISTRY", "AN ESTIMATE"]
    assert abs(made.sections[0].left_margin - 1234567) < 1000
    assert "Old text" not in words_of(made)
    assert [one.style.name for one in made.paragraphs] == ["Title", "Heading 1", house.NOTE]


def without_style(path, *names):
    made = docx.Document(path)
    for name in names:
        style = made.styles[name]
        style.element.getparent().remove(style.element)
    made.save(path)


def test_a_template_without_styles_of_our_own_gets_them(ministry):
    without_style(ministry, house.NOTE, house.GRID)
    content, = read_page(table(["a", "b"], [["c", "d"]]))
    made = opened(document(content, Prose((TextRun("a"),), "note")), template=ministry)
    assert made.styles[house.NOTE].font.size.pt == 9.0
    assert made.tables[0].style.name == house.GRID


def faults(**wanted):
    with pytest.raises(InputFaultsError) as caught:
        OfficeWanted(**wanted).check()
    return [str(one) for one in caught.value.faults]


def test_a_template_that_lacks_a_style_is_refused_with_its_name(ministry):
    without_style(ministry, "Heading 2", "Caption")
    assert faults(word=True, template=ministry) == [
        f"--template: the template lacks styles that a report needs: 'Heading 2', 'Caption'; found {ministry}; "
        "allowed: a template with these styles, such as a report.docx that mixedmig made"]


def test_a_template_that_is_no_word_document_is_refused(tmp_path):
    text, parcel = tmp_path / "a.docx", tmp_path / "b.docx"
    text.write_text("no document", encoding="utf-8")
    with zipfile.ZipFile(parcel, "w") as made:
        made.writestr("x.txt", "x")
    for path in (text, parcel):
        assert faults(word=True, template=path) == [
            f"--template: the template is no Word document; found {path}; allowed: a file .docx of Word"]
    missing = tmp_path / "c.docx"
    assert faults(word=True, template=missing) == [
        f"--template: the template does not exist; found {missing}; allowed: a file .docx of Word"]
    assert faults(word=True, template=tmp_path)[0].startswith("--template: the template cannot be read: ")


def test_a_template_for_no_document_and_an_unknown_paper_are_refused(tmp_path):
    assert faults(pdf=True, template=tmp_path / "a.docx", paper="leter") == [
        "--paper: unknown paper size; found leter; allowed: a4, letter; did you mean 'letter'?",
        "--template: a template is for Word documents, and none is requested; found "
        f"{tmp_path / 'a.docx'}; allowed: --template together with --docx"]


@pytest.mark.parametrize(("options", "words"), [
    (["--docx", "--template", "none.docx"], "--template: the template does not exist; found none.docx"),
    (["--template", "none.docx"], "--template: a template is for Word documents"),
    (["--pdf", "--paper", "a5"], "--paper: unknown paper size; found a5; allowed: a4, letter"),
])
def test_the_command_refuses_them_before_it_reads_a_case(options, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["report", "andaman_sea_2015", *options])
    assert (done.exit_code, words in done.output, "Traceback" in done.output) == (2, True, False), done.output
    assert list(tmp_path.iterdir()) == []


# ---- PDF ------------------------------------------------------------------------------------------------------------


def test_a_pdf_passes_all_rules_of_an_independent_checker():
    content, = read_page(table(["", "x"], [["Section"], ["a", "1"]], "Caption", row_classes=["", "harm"], numeric=(1,)))
    made = set_pages(document(blocks.ContentsPlace(), Heading(1, "First"), content,
                              Prose((TextRun("a"), TextRun("link", link="https://example.org"))),
                              Illustration(png(), "what it shows")), "letter", DAY).content
    assert checked(made) == (RULES, {})


def test_the_checker_finds_what_is_wrong_with_a_pdf():
    import typst

    total, broken = checked(typst.compile(b"No title\n\n= First\n$x$", pdf_tags=False))
    assert (total, len(broken) > 3) == (RULES, True)
    first, *others = said_of("a.pdf", total, broken)
    assert first.startswith(f"a.pdf: {RULES} rules of PDF/UA-1 checked by page-validation 0.")
    assert first.endswith(f", {len(broken)} broken")
    assert [one.split(":")[0].strip() for one in others] == list(broken)


def test_the_docs_say_how_many_rules_are_checked(root):
    assert f"covers {RULES} rules of\nPDF/UA-1" in (root / "docs" / "documents.md").read_text(encoding="utf-8")


def test_the_docs_name_the_styles_of_a_template(root):
    text = (root / "docs" / "documents.md").read_text(encoding="utf-8")
    for name in (*house.STANDARD, *(one.name for one in house.OWN), house.GRID):
        assert name.replace("toc", "TOC") in text


def test_a_picture_without_alt_text_makes_no_pdf():
    with pytest.raises(PdfError, match=r"the PDF could not be made: .*missing alt text"):
        set_pages(document(Illustration(png(), "")), "a4", DAY)


def test_letters_that_no_font_has_make_no_pdf():
    content = document(Prose((TextRun("a\U0010fffd"),)))
    with pytest.raises(PdfError, match=r"no font here has some letters of a text \(.*\)\. Install a font that has"):
        set_pages(content, "a4", DAY)
    assert "\U0010fffd" in words_of(opened(content)), "Word may have a font for it"


@PDFTOTEXT
def test_text_is_text_in_a_pdf():
    short = HOSTILE[:52]
    made = set_pages(document(Heading(1, HOSTILE), Prose((TextRun(HOSTILE), TextRun(HOSTILE, code=True))),
                              head=short, foot=short), "a4", DAY).content
    text = " ".join(text_of(made).split())
    assert text.count(HOSTILE) == 3
    assert text.count(short) == 5


# ---- a whole report -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(book, tmp_path_factory):
    """The folder of a report with its documents, its comparison, and what a reader of its pages sees."""
    folder = tmp_path_factory.mktemp("report")
    summary = summary_of(book[0], author="Planning unit <1>", made_on="1 May 2020")
    record = book[0].record.model_copy(update={"first_page": summary})
    comparison = replace(book[0], record=record, figures=folder / "figures")
    body = join([front_section(comparison, summary), page_links(comparison, "report"),
                 decision.five_questions(comparison), tag("h2", "Decision table"), decision.decision_table(comparison),
                 decision.evidence(comparison), services.waits_table(comparison), services.posts_table(comparison),
                 decision.published_table(comparison), decision.compared(comparison),
                 decision.not_modelled(comparison)])
    page = PAGE.format(title="", style="", body=body, footer="", estimate="")
    (folder / "report.html").write_text(page, encoding="utf-8")
    _write_around(comparison, folder, OfficeWanted(word=True, pdf=True, paper="letter"))
    return folder, comparison


def tokens(text):
    """Numbers of a text, as they are written."""
    return set(re.findall(r"\d[\d,.]*\d|\d", text))


def shown(folder, comparison):
    """All numbers that the pages of the report show, and those of the words on every page."""
    pages = [re.sub(r"<style>.*?</style>|<img[^>]*>|<[^>]+>", " ", (folder / name).read_text(encoding="utf-8"),
                    flags=re.DOTALL) for name in ("report.html", "summary.html")]
    limits = said.MEMO_MORE_LIMITS.format(count=len(limits_of(comparison)))
    return tokens(" ".join([*pages, banner(comparison), limits, footer(comparison.record)]))


@pytest.mark.parametrize("name", ["memo", "report"])
def test_word_shows_the_numbers_of_the_pages_and_no_other(report, name):
    folder, comparison = report
    made = docx.Document(folder / f"{name}.docx")
    found = tokens(words_of(made))
    assert len(found) > 20
    assert found - shown(folder, comparison) == set()


@PDFTOTEXT
@pytest.mark.parametrize("name", ["memo", "report"])
def test_a_pdf_shows_the_numbers_of_the_pages_and_no_other(report, name):
    folder, comparison = report
    text = text_of((folder / f"{name}.pdf").read_bytes())
    pages = {str(number) for number in range(1, text.count("\f") + 1)}
    assert len(tokens(text)) > 20
    assert tokens(text) - shown(folder, comparison) <= pages


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_memo_has_two_pages_that_begin_with_breaches_and_harms(report, paper, tmp_path):
    folder, comparison = report
    (tmp_path / "report.html").write_text("<main></main>", encoding="utf-8")
    write_office(comparison, tmp_path, OfficeWanted(pdf=True, paper=paper), DAY)
    made = (tmp_path / "memo.pdf").read_bytes()
    assert pdf_checker.validate_pdf_bytes(made, profile="ua1").document.page_count == 2
    assert checked(made) == (RULES, {})
    first = docx.Document(folder / "memo.docx").paragraphs
    assert first[1].text == "Breaches: choices of an authority"
    headings = [one for one in first if one.style.name == "Heading 1"]
    breaks = [one.text for one in headings if one.paragraph_format.page_break_before]
    assert breaks == ["Harms that differ"]
    assert [one.text for one in headings].count("What is not modelled") == 2


def test_the_full_report_passes_the_checker_and_has_all_alt_texts(report):
    folder, _ = report
    assert checked((folder / "report.pdf").read_bytes()) == (RULES, {})
    made = docx.Document(folder / "report.docx")
    alts = [one.get("descr") for one in made.element.body.iter(qn("wp:docPr"))]
    assert alts
    assert all(len(one) > 40 for one in alts)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_documents_and_shows_the_memo_on_two_pages(report, tmp_path):
    folder, _ = report
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    names = [str(folder / f"{name}.docx") for name in ("memo", "report")]
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *names],
                   check=True, capture_output=True, timeout=300)
    memo, whole = (text_of((tmp_path / f"{name}.pdf").read_bytes()) for name in ("memo", "report"))
    assert memo.count("\f") == 2
    assert all("PLANNING ESTIMATE" in one and "Not for decisions" in one for one in memo.split("\f")[:2])
    assert all("This is not legal advice" in " ".join(one.split()) for one in whole.split("\f")[:-1])
