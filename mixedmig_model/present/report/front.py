"""The first page as HTML.

It is ``summary.html``, and the head of the full report.
"""

from html import escape
from pathlib import Path

from mixedmig_model.present.figures.base import embedded
from mixedmig_model.present.figures.files import drawn_before, saved
from mixedmig_model.present.figures.front import front_figure
from mixedmig_model.present.html.builders import Html, bullets, join, link_within, table, tag, with_strong
from mixedmig_model.present.html.page import CONTENTS, PAGE, STYLE, estimate_head
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.summary import SummaryCell, SummaryPart
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.record.words.front_page.chart import changes_of, chart_alt
from mixedmig_model.record.words.front_page.foot import foot_words, left_out_words
from mixedmig_model.record.words.pages.decision import routes_words
from mixedmig_model.storage.atomic import write_file

FILE, FIGURE = "summary.html", "summary"
PRINTED = """
@media print {
  @page { size: auto; margin: 7mm 11mm; }
  body { font-size: 10pt; line-height: 1.12; }
  .front table { font-size: 9pt; line-height: 1.15; }
  .front th, .front td { padding: 0 4px; }
  .front thead th { font-size: 8pt; }
  .front .gap, .front .unit, .front p.note, .front figcaption { font-size: 7.5pt; line-height: 1.1; }
  .front figure img { max-height: 30mm; }
  .front .breaches { font-size: 8.5pt; }
  .front p, .front ul, .front .breaches, .front table { margin-top: 0.15em; margin-bottom: 0.15em; }
  .front h1 { font-size: 13pt; }
  .front p.more { display: none; }
  .estimate { padding: 0; font-size: 8pt; }
  footer { font-size: 7.5pt; line-height: 1.1; }
}
"""
"""Sizes on paper of the page that stands alone: it fills one."""


def breaches_and_rows(comparison: Comparison, summary: SummaryPart) -> Html:
    """Return breaches and the eight rows, above costs.

    Money never stands without them.
    """
    return tag("div", join([breaches_of(summary), rows_of(comparison, summary)]), class_="front")


def breaches_of(summary: SummaryPart) -> Html:
    """Return the breaches of the options shown.

    Where there are none, it says so.
    """
    named = join([tag("strong", front.BREACHES_TITLE), bullets(summary.breaches)])
    return tag("div", named, class_="breaches") if summary.breaches else tag("p", front.NO_BREACHES)


def rows_of(comparison: Comparison, summary: SummaryPart) -> Html:
    """Return the eight rows."""
    heads = ["", *(comparison.title(name) for name in summary.options)]
    rows = [[join([row.title, front.RESTS_MARK if row.rests else "", tag("span", f" {row.unit}", class_="unit")]),
             *(_cell(row.cells[name]) for name in summary.options)] for row in summary.rows]
    return table(heads, rows, numeric=range(1, len(heads)), row_keys=[row.key for row in summary.rows])


def front_section(comparison: Comparison, summary: SummaryPart) -> Html:
    """Return the first page.

    It has breaches, the answer, eight rows, one chart, and the grade of evidence.
    """
    record, titles = comparison.record, [comparison.title(name) for name in comparison.names]
    alt = chart_alt(comparison, summary.options)
    image, links = drawn_before(comparison, FIGURE) or saved(
        comparison, FIGURE, *front_figure(comparison, summary.options))
    return join([
        tag("h1", record.title), tag("p", record.question, class_="question"),
        breaches_of(summary),
        *([tag("p", routes_words(record), class_="note")] if record.routes else []),
        *(bullets([with_strong(one, titles) for one in said])
          for said in (summary.serves_fewer, summary.answer) if said),
        rows_of(comparison, summary),
        tag("figure", embedded(image, alt), **_marks(comparison, summary)), links,
        tag("p", tag("strong", summary.grade.sentence), class_="grade"),
        *([tag("p", left_out_words(comparison, summary), class_="note")] if summary.left_out else []),
    ])


def _marks(comparison: Comparison, summary: SummaryPart) -> dict[str, str]:
    """Return what the chart shows, to walk back from it.

    It is indicators of harms, or the people of the baseline.
    """
    harms = " ".join(changes_of(comparison, summary.options[1:]))
    return {"data_indicator": harms} if harms else {"data_series": "people"}


def page_links(comparison: Comparison, here: str, contents: bool = True) -> Html:
    """Return links to the other pages of a report.

    The place of the list of contents comes with them. Out of a report there are no links. ``here`` is the page's own
    name, without its ending. ``contents`` says whether the page is long enough for a list.
    """
    record, place = comparison.record, Html(CONTENTS if contents else "")
    if record.first_page is None:
        return place
    pages = {"summary": front.PAGE_SUMMARY, "report": front.PAGE_REPORT, "annex": front.PAGE_ANNEX}
    pages |= {"costing": front.PAGE_COSTS} if record.costs else {}
    pages |= {f"scenario_{name}": comparison.title(name) for name in comparison.names[1:]}
    links = [tag("a", title, href=f"{name}.html") for name, title in pages.items() if name != here]
    return join([tag("p", join([front.PAGES, join(links, ", ")]), class_="note links"), place])


def _cell(cell: SummaryCell) -> Html:
    """Return a value, and what stands below it."""
    return join([cell.value, *([Html("<br>"), tag("span", cell.note, class_="gap")] if cell.note else [])])


def write_front(comparison: Comparison, folder: Path, estimate: str) -> None:
    """Write ``summary.html``.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison.
    folder : Path
        Folder of the report.
    estimate : str
        Words that its costs carry.
    """
    summary = comparison.record.first_page
    if summary is None:
        return
    whole = link_within(front.MORE, "report.html", class_="more")
    body = tag("div", join([front_section(comparison, summary), whole]), class_="front")
    page = PAGE.format(title=escape(comparison.record.title), style=STYLE + PRINTED, body=body,
                       estimate=estimate_head(estimate), footer=escape(foot_words(comparison.record, summary)))
    write_file(folder / FILE, page)
