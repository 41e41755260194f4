"""Levers of a scenario as plain data.

They say how far, where, when, on what evidence, and what comes with them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Acting, Applied, applied
from mixedmig_model.inputs.levers.schema import Evidence
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record.changes import dates_words
from mixedmig_model.record.schema.options import ChangeRow, EvidenceRow, LeverRow
from mixedmig_model.record.words import spoken
from mixedmig_model.vocabulary.numbers import day_text, percent

Pairs = Sequence[tuple[int, int | None]]
"""Days from which a lever was on, and off.

It switches itself (None: on until the end).
"""
STRENGTHS = {
    "strong": "strong evidence", "moderate": "moderate evidence", "weak": "weak evidence",
    "none": "no evidence of its size: a planning value",
}


def lever_rows(
    inputs: CaseInputs, name: str, row: Callable[[Change], ChangeRow],
    switched: Mapping[str, Pairs] | None = None,
) -> tuple[LeverRow, ...]:
    """Return the levers that act in a scenario.

    They are in the order of its file, each with the rows of its changes.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    name : str
        Name of the scenario.
    row : Callable[[Change], ChangeRow]
        Function that puts one change in words.
    switched : Mapping[str, Pairs] | None, default None
        Days on which levers that switch themselves were on and off.

    Returns
    -------
    tuple[LeverRow, ...]
        The levers.
    """
    found = inputs.acting(name)
    changes = applied(found)
    return tuple(_lever(inputs, one, [c for c in changes if c.lever == one.lever and c.use == one.use], row,
                        (switched or {}).get(one.lever, ())) for one in found)


def _lever(
    inputs: CaseInputs, one: Acting, changes: list[Applied], row: Callable[[Change], ChangeRow], pairs: Pairs,
) -> LeverRow:
    record, start = one.record, inputs.case.start
    rows = [_row(row(change.change), change.share, _cited(inputs, change)) for change in changes]
    if one.when:
        rows = [told.model_copy(update={"when": spoken.WHILE_ON}) for told in rows]
    when = dates_words(one.start or start, one.until)
    return LeverRow(
        name=one.lever, title=record.title, description=record.description,
        paragraphs=record.paragraphs, intensity=one.intensity, where=_where(inputs, one.countries),
        when=spoken.ITSELF.format(when=when, condition=one.when.words) if one.when else when,
        switched=_switched(start, pairs) if one.when else "",
        evidence=_evidence(inputs, record.evidence),
        side_effects=tuple(side.text for side in record.side_effects), not_modelled=record.not_modelled,
        changes=tuple(rows),
    )


def _evidence(inputs: CaseInputs, evidence: Evidence) -> EvidenceRow:
    source = inputs.workspace.sources[evidence.source]
    return EvidenceRow(text=evidence.text, strength=evidence.strength, source=evidence.source,
                       source_title=source.title, address=source.address)


def _where(inputs: CaseInputs, countries: tuple[str, ...] | None) -> str:
    return ", ".join(inputs.case.countries[name].title for name in countries) if countries else "everywhere"


def _switched(first: date, pairs: Pairs) -> str:
    """Return when a lever was on in the main run.

    It switches itself.
    """
    if not pairs:
        return spoken.NEVER_ON
    days = [(first + timedelta(days=on), None if off is None else first + timedelta(days=off)) for on, off in pairs]
    return spoken.ON.format(days="; ".join(
        dates_words(on, off) if off else spoken.TO_THE_END.format(start=day_text(on)) for on, off in days))


def _cited(inputs: CaseInputs, made: Applied) -> str:
    """Return the source of an effect on departures.

    A scenario cites it; the text is empty where the lever itself is the choice.
    """
    source = made.change.source
    return inputs.workspace.sources[source].title if source else ""


def _row(row: ChangeRow, share: float, cited: str) -> ChangeRow:
    """Return a change in words.

    At less than the whole of the lever, it says how much of it.
    """
    words = row.operation if share == 1.0 else spoken.PART_OF.format(
        share=percent(share), operation=row.operation)
    return row.model_copy(update={"operation": words, "cited": cited})
