"""What tables say of a harm or a breach next to its numbers.

It is the same word as in the sentence.
"""

from mixedmig_model.record.words.judged import templates as words
from mixedmig_model.record.words.judged.amounts import ONE, change_words, people_change
from mixedmig_model.results.indicators.breaches import BreachReading
from mixedmig_model.results.indicators.judgement import HarmReading
from mixedmig_model.vocabulary.numbers import ONE as ONLY_ONE
from mixedmig_model.vocabulary.numbers import people


def harm_cell(one: HarmReading, lived: float) -> str:
    """Return a harm in a table.

    Parameters
    ----------
    one : HarmReading
        What may be said of the harm.
    lived : float
        How many people more lived under the option.

    Returns
    -------
    str
        The text.
    """
    if one.word in words.CELLS:
        return words.CELLS[one.word]
    size, exposed = one.reading.size, one.reading.seen.exposed
    text = change_words(one.key, size)
    if abs(lived) < ONE or exposed * lived <= 0.0 or abs(exposed) < one.reading.threshold.own:
        return text
    template = words.CELL_EXPOSED_ONE if people(abs(lived)) in ONLY_ONE else words.CELL_EXPOSED
    return template.format(text=text, change=change_words(one.key, exposed), people=people_change(lived))


def breach_cell(one: BreachReading) -> str:
    """Return a breach in a table.

    It is empty where there is nothing to say of it.
    """
    return words.BREACH_CELLS[one.word]
