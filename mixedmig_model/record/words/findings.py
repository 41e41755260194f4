"""What commands say first.

It is the finding in words, before any number, path or caution.
"""

from collections.abc import Iterable, Mapping, Sequence

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.record.schema.commands import BatchIndex
from mixedmig_model.record.schema.summary import SummaryPart
from mixedmig_model.record.words import spoken
from mixedmig_model.record.words.judged.sentence import BREACH, breach_counts
from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.vocabulary.numbers import ONE, counted, people, unit_words

DEATHS = "deaths"
MOST_RUNS = 5
"""Runs of a batch that are named; its page has all."""


def run_finding(title: str, values: Mapping[str, float]) -> str:
    """Return what a run shows.

    It has breaches with their numbers, and how many people die. ``values`` are those of indicators.
    """
    named = breach_counts({one.key: values[one.key] for one in BREACHES})
    template = spoken.HAS_BREACHES if named else spoken.HAS_NO_BREACH
    first = template.format(title=title, count=counted(len(named), BREACH), breaches="; ".join(named))
    return f"{first} {deaths_words(values[DEATHS])}"


def deaths_words(deaths: float) -> str:
    """Return how many people die or go missing, as a sentence."""
    count = people(deaths)
    if count == "0":
        return spoken.NOBODY_DIES
    if count == ONE[1]:
        return spoken.FEWER_THAN_ONE_DIES
    return (spoken.DIES if count in ONE else spoken.DIE).format(people=unit_words(count, "person"))


def report_findings(summary: SummaryPart) -> list[str]:
    """Return the breaches and the answer of the first page."""
    return [*(spoken.BREACHES_OF.format(line=line) for line in summary.breaches), *summary.serves_fewer,
            *summary.answer]


def check_finding(cautions: Sequence[Caution]) -> str:
    """Return how many cautions need attention.

    It also has how many inputs a case must set.
    """
    if not cautions:
        return spoken.NO_FAULTS
    unset = sum(one.unset for one in cautions)
    more = spoken.CAUTIONS_UNSET.format(inputs=counted(unset, "input")) if unset else ""
    template = spoken.CAUTION_ONE if len(cautions) == 1 else spoken.CAUTIONS
    return template.format(cautions=counted(len(cautions), "caution"), unset=more)


def batch_findings(index: BatchIndex) -> list[str]:
    """Return how many runs can be ranked.

    What may be said of the first of them follows.
    """
    done = [one for one in index.runs if one.status == "done"]
    apart = sum(one.apart for one in done)
    if not done:
        return [spoken.BATCH_NOTHING]
    runs = counted(len(done), "run")
    first = spoken.BATCH_ALL_RANKED.format(runs=runs) if not apart else spoken.BATCH_RANKED.format(
        ranked=len(done) - apart, runs=runs, apart=apart, add="adds" if apart == 1 else "add",
        make="makes" if apart == 1 else "make")
    return [first, *said_of((one.title, one.standing) for one in done[:MOST_RUNS])]


def said_of(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return what may be said, a line each.

    ``pairs`` are of a title and a sentence.
    """
    return [spoken.SAID_OF.format(title=title, sentence=sentence) for title, sentence in pairs]
