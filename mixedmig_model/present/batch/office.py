"""The index of a batch as documents of Word and PDF."""

from mixedmig_model.present.html.builders import Html
from mixedmig_model.present.office.blocks import OfficeDocument
from mixedmig_model.present.office.make import OfficeWanted
from mixedmig_model.present.office.pdf import PdfError, set_pages
from mixedmig_model.present.office.reading import read_page, readable
from mixedmig_model.present.office.word import word_bytes
from mixedmig_model.present.report.make import day_made
from mixedmig_model.record.schema.commands import BatchIndex
from mixedmig_model.record.words.pages import templates as said

WORD_ENDING, PDF_ENDING = ".docx", ".pdf"


def index_documents(
    record: BatchIndex, body: Html, wanted: OfficeWanted, author: str
) -> tuple[dict[str, bytes], str]:
    """Return the documents of an index by ending.

    It also says why some are missing.

    Parameters
    ----------
    record : BatchIndex
        The index.
    body : Html
        Its contents.
    wanted : OfficeWanted
        Which documents.
    author : str
        Author among the properties.

    Returns
    -------
    tuple[dict[str, bytes], str]
        The files, and a reason, which is empty where all were made.

    Raises
    ------
    InputFaultsError
        Where the template cannot be used.
    """
    made: dict[str, bytes] = {}
    if not (wanted.word or wanted.pdf):
        return made, ""
    document = OfficeDocument(
        name="index", title=readable(record.title), author=readable(author), subject=said.DOCUMENT_SUBJECT,
        head=readable(record.estimate), foot=readable(record.notice), blocks=read_page(body))
    if wanted.word:
        made[WORD_ENDING] = word_bytes(document, wanted.template, wanted.paper, day_made())
    try:
        if wanted.pdf:
            made[PDF_ENDING] = set_pages(document, wanted.paper, day_made()).content
    except PdfError as error:
        return made, str(error)
    return made, ""
