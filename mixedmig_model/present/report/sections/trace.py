"""What the founding document asks.

It has the rows that a report uses, and those that no model here can represent.
"""

from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.inputs import answered, trace_missing


def trace_section(comparison: Comparison) -> Html:
    """Return two tables of the founding document.

    They are what is used, and what is not representable, with the reasons.
    """
    part = comparison.record.traceability
    if part is None:
        return paragraphs(trace_missing())
    used = [[row.paragraph, row.asks, answered(row)] for row in part.used]
    left = [[row.paragraph, row.asks, row.not_representable] for row in part.left]
    first = (
        table(["paragraph", "asks", "answered here by"], used) if used else paragraphs(templates.TRACE_NOT_NAMED)
    )
    return join([
        tag("p", templates.TRACE_USED),
        first,
        tag("p", templates.TRACE_LEFT),
        table(["paragraph", "asks", "why not"], left),
    ])
