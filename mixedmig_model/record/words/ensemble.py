"""What an ensemble says to people."""

from mixedmig_model.record.schema.commands import EnsembleSummary
from mixedmig_model.record.words.ranges import range_text
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.vocabulary.numbers import counted, unit_words

MOST_TOLD = 5
"""Failed runs that are named; a command's record has all."""


def ensemble_sentences(record: EnsembleSummary, titles: dict[str, str]) -> list[str]:
    """Breaches and harms by scenario with their ranges, then what failed and where it lies.

    Args: record, as ``ensemble_record`` gives it, titles, of the scenarios.
    """
    lines = []
    for indicator in (*BREACHES, *HARMS):
        for name, title in titles.items():
            group = record.breaches if indicator.kind == "breach" else record.harms
            text = range_text(group[indicator.key][name], indicator.unit)
            lines.append(f"{indicator.kind}: {indicator.title}: {title}: {unit_words(text, indicator.unit)}")
    failed = record.failures
    if failed:
        lines.append(f"{counted(len(failed), 'run')} failed and {'is' if len(failed) == 1 else 'are'} left out:")
        lines += [f"  {one.scenario}, draw {one.draw}: {one.message}" for one in failed[:MOST_TOLD]]
    lines.append(record.path)
    lines.append(f"Half of {record.draws} draws lie below each number; in brackets 5 % below, 5 % above.")
    lines.append(f"Wrote {record.folder}.")
    return lines
