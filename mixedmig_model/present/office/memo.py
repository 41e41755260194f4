"""The memo: two pages for people who decide.

The first page has breaches, question, options, findings, harms and cost, what decides, and what is not modelled.
"""

from collections.abc import Sequence

from mixedmig_model.present.figures.base import embedded
from mixedmig_model.present.figures.files import drawn_before
from mixedmig_model.present.html.builders import Html, bullets, join, tag, with_strong
from mixedmig_model.present.office.blocks import Block, PageEnd
from mixedmig_model.present.office.reading import read_page
from mixedmig_model.present.report.front import FIGURE, breaches_of, rows_of
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.summary import SummaryPart
from mixedmig_model.record.words.front_page.chart import chart_alt
from mixedmig_model.record.words.front_page.foot import left_out_words
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.decision import routes_words
from mixedmig_model.record.words.pages.questions import questions

FIRST_LIMITS = 3
"""How many limits the first page has.

Those that the case itself names come first.
"""


def memo_blocks(comparison: Comparison, summary: SummaryPart) -> list[tuple[Block, ...]]:
    """Return the two pages of a memo, ever briefer.

    The first page describes the options, or the second does, or they have only their titles.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison, with the folder of its figures.
    summary : SummaryPart
        Its first page.

    Returns
    -------
    list[tuple[Block, ...]]
        The blocks of each.
    """
    first = {long: read_page(_first(comparison, summary, long)) for long in (True, False)}
    second = {long: read_page(_second(comparison, summary, long)) for long in (True, False)}
    return [(*first[on_first], PageEnd(), *second[on_second])
            for on_first, on_second in ((True, False), (False, True), (False, False))]


def _first(comparison: Comparison, summary: SummaryPart, long: bool) -> Html:
    record, limits = comparison.record, limits_of(comparison)
    titles = [comparison.title(name) for name in comparison.names]
    asked = {question: lines for question, lines in questions(comparison)}
    left = len(limits) > FIRST_LIMITS
    return join([
        tag("h1", record.title), breaches_of(summary),
        tag("h2", said.MEMO_ASKED), tag("p", record.question, class_="question"),
        *([tag("p", routes_words(record), class_="note")] if record.routes else []),
        _options(comparison, summary, long),
        *([tag("p", left_out_words(comparison, summary), class_="note")] if summary.left_out else []),
        tag("h2", said.MEMO_FOUND),
        *(_said(lines, titles) for lines in (summary.serves_fewer, summary.answer) if lines),
        tag("h2", said.MEMO_ROWS), rows_of(comparison, summary),
        tag("h2", said.MEMO_DECIDES), _said(asked[said.ASK_REVERSED], titles),
        tag("p", tag("strong", summary.grade.sentence), class_="grade"),
        tag("h2", said.MEMO_LIMITS), bullets(limits[:FIRST_LIMITS]),
        *([tag("p", said.MEMO_MORE_LIMITS.format(count=len(limits)), class_="note")] if left else []),
    ])


def _options(comparison: Comparison, summary: SummaryPart, long: bool) -> Html:
    """Return the options, with what they are, or their titles."""
    found = [comparison.record.option(name) for name in summary.options]
    told = bullets([join([tag("strong", one.title), ": ", one.description]) for one in found])
    named = tag("p", join([tag("strong", one.title) for one in found], between="; "))
    return join([tag("h2", said.MEMO_OPTIONS), told if long else named])


def _second(comparison: Comparison, summary: SummaryPart, options: bool) -> Html:
    titles = [comparison.title(name) for name in comparison.names]
    drawn = drawn_before(comparison, FIGURE)
    asked = [(question, lines) for question, lines in questions(comparison) if question != said.ASK_REVERSED]
    return join([
        *([tag("h2", said.MEMO_CHART), tag("figure", embedded(drawn[0], chart_alt(comparison, summary.options)))]
          if drawn else []),
        *([_options(comparison, summary, True)] if options else []),
        *(join([tag("h2", question), _said(lines, titles)]) for question, lines in asked),
        tag("h2", said.MEMO_LIMITS), bullets(limits_of(comparison)),
    ])


def limits_of(comparison: Comparison) -> list[str]:
    """Return what is not modelled, each limit once."""
    return list(dict.fromkeys(comparison.record.not_modelled))


def _said(lines: Sequence[str], titles: Sequence[str]) -> Html:
    return bullets([with_strong(one, titles) for one in lines])
