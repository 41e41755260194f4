"""Cautions of the inputs, on the first page.

They are what a reader of the numbers must know.
"""

from collections.abc import Callable, Sequence

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.present.html.builders import Html, bullets, join, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.inputs import (
    MOST_CAUTIONS,
    caution_words,
    cautions_rest,
    cautions_title,
    resting_rows,
    rests_count,
    rests_failed,
    rests_rest,
    rests_words,
    unset_title,
    unset_words,
    unvaried_words,
)


def cautions(comparison: Comparison) -> Html:
    """Return the cautions of the case and of its scenarios.

    Inputs that the case does not set follow; nothing without any.
    """
    found = comparison.record.cautions
    others, unset = [one for one in found if not one.unset], [one for one in found if one.unset]
    parts = [tag("h3", cautions_title(len(others))), _listed(others, caution_words)] if others else []
    if unset:
        parts += [tag("h3", unset_title(len(unset))), tag("p", templates.UNSET_NOTE, class_="note"),
                  _listed(unset, unset_words)]
    return join(parts)


def _listed(found: Sequence[Caution], words: Callable[[Caution], str]) -> Html:
    """Return the first cautions as a list.

    It says how many more there are.
    """
    rest = cautions_rest(len(found))
    return join([
        bullets([words(one) for one in found[:MOST_CAUTIONS]]),
        tag("p", rest, class_="note") if rest else Html(""),
    ])


def resting_short(comparison: Comparison) -> Html:
    """Return how many results rest on inputs that are not set.

    The case does not set them. It is nothing where no result rests on any.
    """
    failed, count = rests_failed(comparison), len(resting_rows(comparison))
    said = [*unvaried_words(comparison), *([failed or rests_count(count)] if failed or count else [])]
    return tag("p", " ".join(said), class_="note") if said else Html("")


def resting(comparison: Comparison) -> Html:
    """Return results that rest on inputs the case leaves unset.

    They are of the decision table; nothing where none does.
    """
    failed, unvaried, rows = rests_failed(comparison), unvaried_words(comparison), resting_rows(comparison)
    if not (failed or unvaried or rows):
        return Html("")
    sentences = [rests_words(comparison, key, found) for key, found in rows.items()]
    notes = [text for text in (rests_rest(len(sentences)), failed) if text]
    shown = [*unvaried, *sentences[:MOST_CAUTIONS]]
    return join([
        *([tag("h3", templates.RESTS_TITLE), bullets(shown)] if shown else []),
        *(tag("p", text, class_="note") for text in notes),
    ])
