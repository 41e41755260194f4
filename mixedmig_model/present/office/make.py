"""Documents of a report, written into its folder.

They are a memo of two pages and the full report, each as Word, as PDF, or both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.present.office.blocks import Block, OfficeDocument
from mixedmig_model.present.office.house import check_template
from mixedmig_model.present.office.memo import memo_blocks
from mixedmig_model.present.office.pdf import LARGE, PAPERS, PdfError, SetPages, set_memo, set_pages
from mixedmig_model.present.office.reading import read_page, readable
from mixedmig_model.present.office.word import word_bytes
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import banner
from mixedmig_model.record.schema.summary import SummaryPart
from mixedmig_model.record.words.front_page.foot import foot_words
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.decision import footer
from mixedmig_model.storage.atomic import write_file

PAGE = "report.html"
"""The page whose contents the full report has."""
WORD_PART, LEAST_SCALE = 0.9, 0.75
"""Parts of the size of the text of a PDF.

Letters of Word are wider: the first is taken for a memo. The second is that of a memo of which no PDF can be made.
"""


@dataclass(frozen=True)
class OfficeWanted:
    """Which documents a report is to have.

    ``template`` is a Word file whose styles they take, and ``paper`` a4 or letter.
    """

    word: bool = False
    pdf: bool = False
    template: Path | None = None
    paper: str = "a4"

    def check(self) -> None:
        """Refuse what cannot be made, before anything is solved.

        Raises
        ------
        InputFaultsError
            For an unknown paper size, for a template without Word documents, and for one that cannot be used.
        """
        faults = []
        if self.paper not in PAPERS:
            faults.append(Fault("--paper", 0, "", said.PAPER_UNKNOWN, found=self.paper, allowed=", ".join(PAPERS),
                                nearest=nearest(self.paper, PAPERS)))
        if self.template and not self.word:
            faults.append(Fault("--template", 0, "", said.TEMPLATE_ALONE, found=str(self.template),
                                allowed=said.TEMPLATE_WITH))
        if faults:
            raise InputFaultsError(faults)
        if self.template:
            check_template(self.template)


NO_OFFICE = OfficeWanted()
"""No documents."""


def write_office(comparison: Comparison, folder: Path, wanted: OfficeWanted, made_on: date) -> None:
    """Write the documents of a report into its folder.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison, with the folder of its figures.
    folder : Path
        Folder of the report, with its pages.
    wanted : OfficeWanted
        Which documents.
    made_on : date
        The day of the report.

    Raises
    ------
    PdfError
        Where a PDF cannot be made.
    InputFaultsError
        Where the template cannot be used.
    """
    summary = comparison.record.first_page
    if summary is None or not (wanted.word or wanted.pdf):
        return
    memos = [_document(comparison, summary, found) for found in memo_blocks(comparison, summary)]
    page = (folder / PAGE).read_text(encoding="utf-8")
    report = replace(memos[0], name="report", foot=readable(footer(comparison.record)), blocks=read_page(page))
    memo, made = _memo(memos, wanted, made_on)
    if wanted.word:
        scale = WORD_PART * made.size / LARGE[0].size if made else LEAST_SCALE
        write_file(folder / "memo.docx", word_bytes(memo, wanted.template, wanted.paper, made_on, scale))
        write_file(folder / "report.docx", word_bytes(report, wanted.template, wanted.paper, made_on))
    if wanted.pdf and made:
        write_file(folder / "memo.pdf", made.content)
        write_file(folder / "report.pdf", set_pages(report, wanted.paper, made_on).content)


def _memo(
    memos: Sequence[OfficeDocument], wanted: OfficeWanted, made_on: date
) -> tuple[OfficeDocument, SetPages | None]:
    """Return the memo that fits two pages, with its PDF.

    Only Word knows its own pages: a memo of Word has the text that fits as PDF. Where only Word is wanted and no font
    here has some letter, it is the briefest, and there is no PDF. Raises PdfError.
    """
    try:
        return set_memo(memos, wanted.paper, made_on)
    except PdfError:
        if wanted.pdf:
            raise
        return memos[-1], None


def _document(comparison: Comparison, summary: SummaryPart, blocks: tuple[Block, ...]) -> OfficeDocument:
    """Return a memo with some blocks, and with what stands on every page."""
    record = comparison.record
    return OfficeDocument(
        name="memo", title=readable(record.title), author=readable(summary.author), subject=said.DOCUMENT_SUBJECT,
        head=readable(banner(comparison)), foot=readable(foot_words(record, summary)), blocks=blocks)
