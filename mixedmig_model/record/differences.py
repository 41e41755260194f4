"""Inputs of an option that differ from its baseline's, each with unit, dates, source and quality."""

from collections.abc import Mapping
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record.finished import Comparison
from mixedmig_model.study.attribution.attribute import OWN_COSTS

Row = dict[str, Any]


def differences(inputs: CaseInputs, comparison: Comparison, name: str) -> list[Row]:
    """A row for each input of an option that differs from the baseline's.

    First the option's own changes, then the baseline's that it lacks (both with source and quality, and with those of
    the baseline), then its own costs.
    """
    base = comparison.record["baseline"]
    return [
        *_rows_of(inputs, comparison, name, other=base, kind="change"),
        *_rows_of(inputs, comparison, base, other=name, kind="without"),
        *_cost_rows(inputs, name, base),
    ]


def _rows_of(inputs: CaseInputs, comparison: Comparison, name: str, *, other: str, kind: str) -> list[Row]:
    """Changes that one scenario makes, by a lever or by itself, and another does not."""
    scenarios = {scenario["name"]: scenario for scenario in comparison.record["scenarios"]}
    parameters = {row["name"]: row for row in comparison.record["parameters"]}
    backed = []
    for lever in scenarios[name]["levers"]:
        if lever not in scenarios[other]["levers"]:
            backed += [(words, {**_evidence(lever), **_cited(words)}) for words in lever["changes"]]
    others = inputs.scenario(other).changes
    changes = zip(inputs.scenario(name).changes, scenarios[name]["changes"], strict=True)
    backed += [(words, _source(inputs, change)) for change, words in changes if change not in others]
    return [
        {**words, "kind": kind, **source,
         "baseline_source": parameters[words["parameter"]]["source_title"],
         "baseline_quality": parameters[words["parameter"]]["quality"]}
        for words, source in backed
    ]


def _evidence(lever: Mapping[str, Any]) -> dict[str, str]:
    """Source and quality of all that a lever changes."""
    strength = lever["evidence"]["strength"].replace("none", "no")
    return {"source": lever["evidence"]["source_title"], "quality": f"{strength} evidence", "lever": lever["title"]}


def _cited(words: Mapping[str, Any]) -> dict[str, str]:
    """The source that a scenario cites for an effect on departures; it replaces the evidence of the lever."""
    return {"source": words["cited"], "quality": "cited"} if "cited" in words else {}


def _source(inputs: CaseInputs, change: Change) -> dict[str, str]:
    """Source and quality of a change: without a source it is a choice of the scenario."""
    if change.source is None:
        return {"source": "", "quality": "choice of the scenario"}
    assumed = change.source == "assumption"
    return {"source": inputs.workspace.sources[change.source].title, "quality": "assumption" if assumed else "cited"}


def _cost_rows(inputs: CaseInputs, name: str, base: str) -> list[Row]:
    """Own costs of an option that the baseline does not have in the same way."""
    ours, theirs = inputs.own_costs(name), inputs.own_costs(base)
    return [
        {"kind": OWN_COSTS, "parameter": key, "title": cost.title, "reason": cost.activity,
         "source": inputs.workspace.sources[cost.price.source].title, "quality": cost.price.quality,
         "operation": f"{cost.price.value:g} {cost.price.currency} {_per(cost.behaviour)}"}
        for key, cost in ours.items() if theirs.get(key) != cost
    ]


def _per(behaviour: str) -> str:
    return "a month" if behaviour == "fixed" else "once"
