"""Harms of the first page as findings.

A finding has a number, a direction, and what happens to whom.
"""

from collections.abc import Sequence

from mixedmig_model.record.schema.judged import JudgedBreach, JudgedHarm
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.record.words.judged import templates as judged
from mixedmig_model.record.words.judged.amounts import change_words
from mixedmig_model.results.indicators.judgement import HARM_OF
from mixedmig_model.vocabulary.numbers import ONE, people

BETTER, WORSE = "better", "worse"


def and_words(texts: Sequence[str]) -> str:
    """Return several texts as one, the last after an 'and'."""
    if len(texts) < 2:
        return "".join(texts)
    return front.LIST_AND.format(first=", ".join(texts[:-1]), last=texts[-1])


def harm_clause(one: JudgedHarm) -> str:
    """Return what an option changes for people.

    An example is "27 fewer people die or go missing".
    """
    key = HARM_OF[one.key]
    clauses = front.ONE_CLAUSES if key in front.ONE_CLAUSES and people(abs(one.size)) in ONE else front.CLAUSES
    return clauses[key].format(change=change_words(key, one.size))


def findings(harms: Sequence[JudgedHarm], word: str, most: int) -> list[str]:
    """Return the largest harms with a word as clauses.

    It also has how many more there are. ``word`` is better or worse.
    """
    chosen = by_weight(harms, word)
    texts = [harm_clause(one) for one in chosen[:most]]
    if left := len(chosen) - most if len(chosen) > most else 0:
        texts.append((front.MORE_HARM if left == 1 else front.MORE_HARMS)[word].format(count=left))
    return texts


def grown_clauses(breaches: Sequence[JudgedBreach]) -> list[str]:
    """Return as clauses breaches that grow.

    They grow with the numbers of people served.
    """
    return [front.GROWN.format(count=people(one.option), breach=judged.BREACHES[one.key])
            for one in breaches if one.word == "grows_by_throughput"]


def by_weight(harms: Sequence[JudgedHarm], *words: str) -> list[JudgedHarm]:
    """Return harms with any of some words, the largest first."""
    return sorted((one for one in harms if one.word in words), key=lambda one: one.weight, reverse=True)
