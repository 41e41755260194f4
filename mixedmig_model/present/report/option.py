"""The page of one option.

It is one printed page for those who must defend the option.
"""

from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.present.report.front import page_links
from mixedmig_model.present.report.sections.decision import evidence
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.pages import option as words
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.decision import paragraph_words, standing_words


def option_page(comparison: Comparison, name: str) -> Html:
    """Return what an option changes, does and costs.

    Each change has its reasons. ``name`` is that of the option.
    """
    option = comparison.record.option(name)
    shown = words.option_indicators(comparison, name)
    rows = [words.option_row(comparison, one, name) for one in shown]
    money = words.money_rows(comparison, name)
    heads = ["", comparison.title(comparison.names[0]), option.title, ""]
    classes = [*(one.kind if one.kind in words.SHOWN_KINDS else "" for one in shown), *("words" for _ in money)]
    found = table(heads, [*rows, *money], row_classes=classes, numeric=(1, 2), row_keys=[one.key for one in shown])
    body = join([
        tag("h1", join([comparison.record.title, ": ", option.title])),
        page_links(comparison, f"scenario_{name}", contents=False),
        tag("p", join([option.description, paragraph_words(option.paragraphs)])),
        paragraphs(standing_words(comparison, name)),
        tag("h2", said.OPTION_DOES_TITLE), found,
        tag("h2", said.OPTION_CHANGES_TITLE), bullets(words.change_lines(option)),
        tag("p", said.OPTION_ELSEWHERE, class_="note"),
        evidence(comparison),
    ])
    return tag("div", body, class_="one")
