"""The record of a report: everything but the arrays, as plain data that notebooks, pages and programs read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import switches_of
from mixedmig_model.inputs.levers.conditions import Intervals
from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.record.changes import change_row
from mixedmig_model.record.costs import cost_record, not_costed
from mixedmig_model.record.levers import lever_rows
from mixedmig_model.record.parameters import departure_rows, opening_rows, parameter_rows
from mixedmig_model.record.published import published_rows
from mixedmig_model.record.responses import response_rows
from mixedmig_model.record.verdicts import IndicatorsByRun, verdict
from mixedmig_model.record.words.limits import NOT_MODELLED
from mixedmig_model.results.indicators.judgement import SIDES
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.results.services import STANDARDS, standard
from mixedmig_model.study.responses import same_people
from mixedmig_model.study.scenarios import AGREEMENT, BESIDE, NEED_SHARE, Outcome, need_range, spread
from mixedmig_model.study.trace import trace_part
from mixedmig_model.vocabulary.titles import NOTICE


def build_record(
    inputs: CaseInputs, names: Sequence[str], outcomes: Sequence[Outcome], runs: Mapping[str, xr.Dataset]
) -> dict[str, Any]:
    """The record of a comparison.

    Args: names, scenarios in order, the baseline first; outcomes of all runs; runs, Datasets of the main runs.
    """
    case, baseline = inputs.case, names[0]
    values = {(o.task.scenario, o.task.side): o.indicators for o in outcomes if not o.failure}
    low, high = need_range(inputs)
    before = resolve(inputs)
    levels = resolve(inputs, switched=_intervals(inputs, baseline, _switched(runs[baseline])))
    return {
        "schema": 4,
        "notice": NOTICE,
        "case": inputs.name,
        "title": case.title,
        "question": case.question,
        "summary": case.summary,
        "paragraphs": list(case.paragraphs),
        "start": case.start.isoformat(),
        "end": case.end.isoformat(),
        "countries": {name: country.title for name, country in case.countries.items()},
        "baseline": baseline,
        "scenarios": [_scenario(inputs, before, name, levels=levels, values=values, baseline=baseline,
                                switched=_switched(runs[name])) for name in names],
        "indicators": [_indicator(i.key, names, values) for i in INDICATORS],
        "need_share": {"low": low, "default": float(before.parameters[NEED_SHARE].values[0, 0]), "high": high},
        "published": published_rows(inputs, runs[baseline]),
        "services": {o.task.scenario: o.tables for o in outcomes if o.tables and o.task.side not in BESIDE},
        "standards": {stage: standard(runs[baseline], stage) for stage in STANDARDS},
        "responses": response_rows(inputs, names, values),
        "parameters": parameter_rows(inputs),
        "departures": departure_rows(inputs),
        "opening": opening_rows(inputs),
        "traceability": trace_part(inputs, names),
        "cautions": [one.as_record() for one in cautions_of(inputs, *(resolve(inputs, name) for name in names))],
        "not_modelled": [*case.not_modelled, *NOT_MODELLED, *not_costed(inputs)],
        **cost_record(inputs, names, outcomes),
        "agreement": _agreement(outcomes),
        "runs": {name: {k: _plain(v) for k, v in runs[name].attrs.items()} for name in names},
    }


def _agreement(outcomes: Sequence[Outcome]) -> dict[str, Any] | None:
    """How far kernel and scipy agree on the baseline, or why that is not known; None where scipy solved every run."""
    judged = next((one for one in outcomes if one.task.side == AGREEMENT), None)
    if judged is None:
        return None
    return {"failure": judged.failure} if judged.failure else judged.tables


def _plain(value: Any) -> Any:
    """A netCDF attribute as plain data."""
    return value.item() if hasattr(value, "item") else value


def _scenario(
    inputs: CaseInputs, before: RunInputs, name: str, levels: RunInputs, values: IndicatorsByRun,
    baseline: str, switched: Mapping[str, Any],
) -> dict[str, Any]:
    """One scenario. Args: before, the baseline as it was asked for; levels, as it was, levers on when they were."""
    scenario = inputs.scenario(name)
    same = same_people(resolve(inputs, name), before)
    judged = verdict(name, baseline, values, same)
    return {
        "name": name,
        "title": scenario.title,
        "description": scenario.description,
        "paragraphs": _paragraphs(inputs, name),
        "standing": judged.sentence,
        "breaches": list(judged.breaches),
        "worse_harms": list(judged.worse_harms),
        "same_people": same,
        "levers": lever_rows(inputs, name, lambda change: change_row(inputs, levels, change), switched),
        "changes": [change_row(inputs, levels, change) for change in scenario.changes],
    }


def _switched(ds: xr.Dataset) -> dict[str, Any]:
    """When levers that switch themselves were on in a run, days by lever."""
    return dict(json.loads(str(ds.attrs.get("switched_on", "{}"))))


def _intervals(inputs: CaseInputs, name: str, switched: Mapping[str, Any]) -> Intervals:
    """When levers of a scenario that switch themselves were on in its run, by use."""
    switches = switches_of(inputs.acting(name))
    return {one.use: tuple((on, off) for on, off in switched.get(one.lever, ())) for one in switches}


def _paragraphs(inputs: CaseInputs, name: str) -> list[str]:
    """Paragraphs of the founding document that a scenario acts on: its own, or else those of its levers."""
    own = inputs.scenario(name).paragraphs
    return list(own or dict.fromkeys(text for one in inputs.acting(name) for text in one.record.paragraphs))


def _indicator(key: str, names: Sequence[str], values: IndicatorsByRun) -> dict[str, Any]:
    indicator = next(i for i in INDICATORS if i.key == key)
    table = {}
    for name in names:
        three = [values[name, side][key] for side in SIDES]
        least, most = spread(three)
        table[name] = {"value": three[0], "low": least, "high": most, "low_run": three[1], "high_run": three[2]}
    return {
        "key": key,
        "title": indicator.title,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "better": indicator.better,
        "description": indicator.description,
        "basis": indicator.basis,
        "protection": indicator.protection,
        "values": table,
    }
