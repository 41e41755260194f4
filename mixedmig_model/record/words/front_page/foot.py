"""What stands at the foot of the first page."""

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.report import Report
from mixedmig_model.record.schema.summary import SummaryPart
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.vocabulary.titles import NOTICE


def left_out_words(comparison: Comparison, summary: SummaryPart) -> str:
    """Return options that the first page does not show."""
    return front.LEFT_OUT.format(options=", ".join(comparison.title(name) for name in summary.left_out))


def foot_words(record: Report, summary: SummaryPart) -> str:
    """Return date, version, author and digest."""
    run = record.runs[record.baseline]
    author = front.BY.format(author=summary.author) if summary.author else ""
    return front.FOOT.format(date=summary.made_on, version=run.version, author=author, digest=run.input_digest[:16],
                             notice=NOTICE)
