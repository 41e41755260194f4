"""Inputs of an option that differ from its baseline's.

Each has unit, dates, source and quality.
"""

from typing import NamedTuple

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.compared import InputDifference, InputKind
from mixedmig_model.record.schema.options import ChangeRow, LeverRow


class Backing(NamedTuple):
    """What a change rests on.

    It has source, quality, and the lever that makes the change, if one does.
    """

    source: str
    quality: str
    lever: str = ""


def differences(inputs: CaseInputs, comparison: Comparison, name: str) -> tuple[InputDifference, ...]:
    """Return a row for each input that differs.

    Inputs are those of an option, compared with its baseline. The option's own changes come first. The baseline's that
    it lacks follow (both with source and quality, and with those of the baseline), and then its own costs.
    """
    base = comparison.record.baseline
    return (
        *_rows_of(inputs, comparison, name, other=base, kind="change"),
        *_rows_of(inputs, comparison, base, other=name, kind="without"),
        *_cost_rows(inputs, name, base),
    )


def _rows_of(
    inputs: CaseInputs, comparison: Comparison, name: str, *, other: str, kind: InputKind
) -> list[InputDifference]:
    """Return changes that one scenario makes and another does not.

    A lever makes them, or the scenario itself.
    """
    ours, theirs = comparison.record.option(name), comparison.record.option(other)
    parameters = {row.name: row for row in comparison.record.parameters}
    backed = [
        (words, _evidence(lever, words))
        for lever in ours.levers if lever not in theirs.levers for words in lever.changes
    ]
    others = inputs.scenario(other).changes
    changes = zip(inputs.scenario(name).changes, ours.changes, strict=True)
    backed += [(words, _source(inputs, change)) for change, words in changes if change not in others]
    return [
        InputDifference(
            **dict(words), kind=kind, **backing._asdict(),
            baseline_source=parameters[words.parameter].source_title,
            baseline_quality=parameters[words.parameter].quality,
        )
        for words, backing in backed
    ]


def _evidence(lever: LeverRow, words: ChangeRow) -> Backing:
    """Return source and quality of what a lever changes.

    The source that a scenario cites for an effect replaces its own.
    """
    if words.cited:
        return Backing(words.cited, "cited", lever.title)
    strength = lever.evidence.strength.replace("none", "no")
    return Backing(lever.evidence.source_title, f"{strength} evidence", lever.title)


def _source(inputs: CaseInputs, change: Change) -> Backing:
    """Return source and quality of a change.

    Without a source it is a choice of the scenario.
    """
    if change.source is None:
        return Backing("", "choice of the scenario")
    assumed = change.source == "assumption"
    return Backing(inputs.workspace.sources[change.source].title, "assumption" if assumed else "cited")


def _cost_rows(inputs: CaseInputs, name: str, base: str) -> list[InputDifference]:
    """Return own costs of an option that the baseline lacks.

    The baseline does not have them in the same way.
    """
    ours, theirs = inputs.own_costs(name), inputs.own_costs(base)
    return [
        InputDifference(
            kind="own_costs", parameter=key, title=cost.title, reason=cost.activity,
            source=inputs.workspace.sources[cost.price.source].title, quality=cost.price.quality,
            operation=f"{cost.price.value:g} {cost.price.currency} {_per(cost.behaviour)}",
        )
        for key, cost in ours.items() if theirs.get(key) != cost
    ]


def _per(behaviour: str) -> str:
    return "a month" if behaviour == "fixed" else "once"
