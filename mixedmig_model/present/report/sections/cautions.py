"""Cautions of the inputs, on the first page: what a reader of the numbers must know."""

from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.vocabulary.numbers import counted

MOST_SHOWN = 12


def cautions(comparison: Comparison) -> Html:
    """The cautions of the case and of its scenarios as a list; nothing where there are none."""
    found = comparison.record.get("cautions", [])
    if not found:
        return Html("")
    more = len(found) - MOST_SHOWN
    rest = tag("p", f"And {more} more: mixedmig check lists them all.", class_="note") if more > 0 else Html("")
    return join([
        tag("h3", f"{counted(len(found), 'caution')} about the inputs"),
        bullets([_words(one) for one in found[:MOST_SHOWN]]), rest,
    ])


def _words(caution: dict[str, Any]) -> str:
    """A caution as a sentence, with the file and line in which its input stands."""
    where = f"{caution['file']}, line {caution['line']}" if caution["line"] else caution["file"]
    found = f" (found {caution['found']})" if caution["found"] else ""
    advice = f"; {caution['advice']}" if caution["advice"] else ""
    return f"{caution['text']}{found}{advice}. {where}"
