"""What delay costs, and prices that would change the answer."""

from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.costs import DelayPart
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.costs import break_even_words, delay_missing, delay_words


def delay_section(comparison: Comparison) -> Html:
    """Return the cost of delay of the baseline."""
    found = comparison.record.delay
    if not isinstance(found, DelayPart):
        return tag("p", delay_missing(found), class_="note")
    note = tag("p", templates.DELAY_NOTE, class_="note")
    return join([paragraphs(delay_words(comparison, found)), note])


def break_even_section(comparison: Comparison) -> Html:
    """Return prices at which two options cost the same.

    One is the baseline.
    """
    rows = [row for row in comparison.record.price_break_evens if row.scenario in comparison.names]
    if not rows:
        return tag("p", templates.BREAK_EVEN_NONE, class_="note")
    lines = [break_even_words(comparison, row) for row in rows]
    return join([bullets(lines), tag("p", templates.BREAK_EVEN_NOTE, class_="note")])
