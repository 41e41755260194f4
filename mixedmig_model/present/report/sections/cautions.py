"""Cautions of the inputs, on the first page: what a reader of the numbers must know."""

from mixedmig_model.present.html.builders import Html, bullets, join, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.pages.inputs import MOST_CAUTIONS, caution_words, cautions_rest, cautions_title


def cautions(comparison: Comparison) -> Html:
    """The cautions of the case and of its scenarios as a list; nothing where there are none."""
    found = comparison.record.cautions
    if not found:
        return Html("")
    rest = cautions_rest(len(found))
    return join([
        tag("h3", cautions_title(len(found))),
        bullets([caution_words(one) for one in found[:MOST_CAUTIONS]]),
        tag("p", rest, class_="note") if rest else Html(""),
    ])
