"""What an ensemble says to people."""

from mixedmig_model.record.schema.commands import EnsembleSummary
from mixedmig_model.record.words import spoken
from mixedmig_model.record.words.findings import DEATHS, said_of
from mixedmig_model.record.words.ranges import range_text
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.vocabulary.numbers import counted, unit_words

MOST_TOLD = 5
"""Failed runs that are named; a command's record has all."""


def ensemble_sentences(record: EnsembleSummary, titles: dict[str, str]) -> list[str]:
    """Return what draws say of each option.

    Deaths, breaches and harms follow by scenario with ranges, then what failed. ``record`` is as ``ensemble_record``
    gives it; ``titles`` are those of the scenarios.
    """
    judged = ((titles[name], found.sentence) for name, found in record.judged.items())
    lines = [*said_of(judged), *_deaths(record, titles)]
    for indicator in (*BREACHES, *HARMS):
        for name, title in titles.items():
            group = record.breaches if indicator.kind == "breach" else record.harms
            text = range_text(group[indicator.key][name], indicator.unit)
            lines.append(f"{indicator.kind}: {indicator.title}: {title}: {unit_words(text, indicator.unit)}")
    failed = record.failures
    if failed:
        template = spoken.FAILED_ONE if len(failed) == 1 else spoken.FAILED
        lines.append(template.format(runs=counted(len(failed), "run")))
        lines += [spoken.FAILED_DRAW.format(**dict(one)) for one in failed[:MOST_TOLD]]
    wrote = spoken.WROTE.format(file=f"{record.folder}.")
    return [*lines, record.path, spoken.DRAWS.format(draws=record.draws), wrote]


def _deaths(record: EnsembleSummary, titles: dict[str, str]) -> list[str]:
    """Return deaths with their range, a line for each scenario."""
    return [spoken.DRAWN_DEATHS.format(title=title, people=unit_words(range_text(record.harms[DEATHS][name], "person"),
                                                                      "person"))
            for name, title in titles.items()]
