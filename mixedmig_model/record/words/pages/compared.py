"""What the page of a comparison says beyond a report.

It says what an input rests on, and has queues and shifts.
"""

from mixedmig_model.record.schema.compared import CompareRecord, InputDifference, QueuesPart
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.comparison import bottleneck_sentence, shift_sentence
from mixedmig_model.results.compare import QUEUES, SEEN
from mixedmig_model.vocabulary.numbers import people, percent


def compared_with(record: CompareRecord) -> str:
    """Return which scenario the others are compared with."""
    return templates.COMPARED_WITH.format(baseline=record.titles[record.baseline])


def compared_footer(record: CompareRecord, version: str) -> str:
    """Return what stands at the foot of the page."""
    return templates.COMPARED_FOOTER.format(version=version, notice=record.notice)


def changed_words(row: InputDifference) -> str:
    """Return what an option does with an input."""
    return row.operation if row.kind == "change" else templates.WITHOUT.format(operation=row.operation)


def backed_words(source: str, quality: str) -> str:
    """Return source and quality of a value.

    An assumption has no source to name.
    """
    return f"{source} ({quality})" if source and quality != "assumption" else quality


def queue_sentences(found: QueuesPart) -> list[str]:
    """Return where the queues of a scenario go.

    They are given stage by stage; it may say that none is shorter.
    """
    told = [bottleneck_sentence(stage, found) for stage in QUEUES if found.moved[stage][stage] <= -SEEN]
    return told or [templates.QUEUES_NONE]


def queue_change(value: float) -> str:
    """Return the change of one queue."""
    return f"{'+' if value > 0 else ''}{people(value)}" if abs(value) >= SEEN else "same"


def queues_note(found: QueuesPart) -> str:
    """Return what the table of queues shows."""
    return templates.QUEUES_NOTE.format(more=percent(found.more), path=found.path)


def shift_sentences(record: CompareRecord) -> list[str]:
    """Return what falls in one country and rises in another.

    It is given option by option.
    """
    return [
        f"{record.titles[name]}: {shift_sentence(shift, record.regional.countries, record.currency)}"
        for name, shifts in record.regional.shifts.items() for shift in shifts
    ]
