"""What tables say of a harm or a breach next to its numbers: the same word as the sentence."""

from mixedmig_model.record.words.judged import templates as words
from mixedmig_model.record.words.judged.amounts import ONE, size_words, way_words
from mixedmig_model.results.indicators.breaches import BreachReading
from mixedmig_model.results.indicators.judgement import HarmReading
from mixedmig_model.vocabulary.numbers import people, unit_words


def harm_cell(one: HarmReading, lived: float) -> str:
    """A harm in a table. Args: lived, how many people more lived under the option."""
    if one.word in words.CELLS:
        return words.CELLS[one.word]
    size, exposed = one.reading.size, one.reading.seen.exposed
    text = words.CELL_SIZE.format(size=size_words(one.key, size), way=way_words(one.key, size))
    if abs(lived) < ONE or exposed * lived <= 0.0 or abs(exposed) < one.reading.threshold.own:
        return text
    template = words.CELL_EXPOSED if exposed > 0.0 else words.CELL_EXPOSED_FEWER
    return template.format(text=text, size=size_words(one.key, exposed),
                           people=unit_words(people(abs(lived)), "person"))


def breach_cell(one: BreachReading) -> str:
    """A breach in a table; empty where there is nothing to say of it."""
    return words.BREACH_CELLS[one.word]
