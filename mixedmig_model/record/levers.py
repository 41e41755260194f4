"""Levers of a scenario as plain data: how far, where, when, on what evidence, and what comes with them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Acting, Applied, applied
from mixedmig_model.inputs.levers.schema import Evidence
from mixedmig_model.inputs.schema import Change
from mixedmig_model.vocabulary.numbers import day_text, percent

STRENGTHS = {
    "strong": "strong evidence", "moderate": "moderate evidence", "weak": "weak evidence",
    "none": "no evidence of its size: a planning value",
}


def lever_rows(
    inputs: CaseInputs, name: str, row: Callable[[Change], dict[str, Any]],
    switched: Mapping[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """The levers that act in a scenario, in the order of its file, each with the rows of its changes.

    Args: row, which puts one change in words; switched, days on which levers that switch themselves were on and off.
    """
    found = inputs.acting(name)
    changes = applied(found)
    return [_lever(inputs, one, [c for c in changes if c.lever == one.lever and c.use == one.use], row,
                   (switched or {}).get(one.lever, ())) for one in found]


def _lever(
    inputs: CaseInputs, one: Acting, changes: list[Applied], row: Callable[[Change], dict[str, Any]],
    pairs: Sequence[Sequence[Any]],
) -> dict[str, Any]:
    record, start = one.record, inputs.case.start
    rows = [_row(row(change.change), change.share, _cited(inputs, change)) for change in changes]
    itself = f", {one.when.words}" if one.when else ""
    return {
        "name": one.lever, "title": record.title, "description": record.description,
        "paragraphs": list(record.paragraphs), "intensity": one.intensity, "where": _where(inputs, one.countries),
        "when": _when(start, one.start, one.until) + itself,
        "switched": _switched(start, pairs) if one.when else "",
        "evidence": {"text": record.evidence.text, "strength": record.evidence.strength,
                     **_source(inputs, record.evidence)},
        "side_effects": [side.text for side in record.side_effects], "not_modelled": list(record.not_modelled),
        "changes": [{**told, "when": "while it is on"} for told in rows] if one.when else rows,
    }


def _source(inputs: CaseInputs, evidence: Evidence) -> dict[str, str]:
    source = inputs.workspace.sources[evidence.source]
    return {"source": evidence.source, "source_title": source.title, "address": source.address}


def _where(inputs: CaseInputs, countries: tuple[str, ...] | None) -> str:
    return ", ".join(inputs.case.countries[name].title for name in countries) if countries else "everywhere"


def _when(first: date, start: date | None, until: date | None) -> str:
    return f"from {day_text(start or first)}" + (f" until {day_text(until)}" if until else "")


def _switched(first: date, pairs: Sequence[Sequence[Any]]) -> str:
    """When a lever that switches itself was on in the main run."""
    if not pairs:
        return "never on in this run"
    days = [[None if day is None else day_text(first + timedelta(days=day)) for day in pair] for pair in pairs]
    return "on in this run " + "; ".join(f"from {on} until {off or 'the end'}" for on, off in days)


def _cited(inputs: CaseInputs, made: Applied) -> dict[str, str]:
    """The source that a scenario cites for an effect on departures; nothing where the lever itself is the choice."""
    source = made.change.source
    return {"cited": inputs.workspace.sources[source].title} if source else {}


def _row(row: dict[str, Any], share: float, cited: dict[str, str]) -> dict[str, Any]:
    """A change in words; at less than the whole of the lever, how much of it."""
    words = row["operation"] if share == 1.0 else f"{percent(share)} of: {row['operation']}"
    return {**row, "operation": words, **cited}
