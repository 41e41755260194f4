"""The record of a report: everything but the arrays, as plain data that notebooks, pages and programs read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.resolve import labels_of, resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Change, Valued
from mixedmig_model.record.costs import cost_record, not_costed
from mixedmig_model.record.levers import lever_rows
from mixedmig_model.results.indicators.judgement import SIDES, Standing, standing
from mixedmig_model.results.indicators.table import BREACHES, INDICATORS
from mixedmig_model.results.published import compare
from mixedmig_model.results.services import STANDARDS, standard
from mixedmig_model.study.scenarios import (
    NEED_SHARE,
    PROMPT,
    WITHOUT,
    Outcome,
    need_range,
    responses,
    same_people,
    spread,
)
from mixedmig_model.study.trace import trace_part
from mixedmig_model.vocabulary.numbers import day_text, number
from mixedmig_model.vocabulary.titles import NOTICE

NOT_MODELLED = (
    "Chance: stocks are continuous, and waits of small teams near full load are understated (the report names them).",
    "Any effect of policy on how many people depart, unless a scenario sets it: deterrence and information with a "
    "cited source, enforcement and regular places by an assumed size. Results with and without it are shown, and it "
    "never counts in favour of an option.",
    "The supply of water, food and health care: only the need for water, toilets and covered area is worked out.",
    "Rescue as an operation: boats, crews and hours; a share of boats reached lowers the mortality.",
    "Conditions in detention, and what becomes of people inside beyond entries, releases and the limit.",
    "Births, marriages, children who come of age while they wait, families that are parted or reunited.",
    "Interpreters by language, and of other services than status determination.",
    "Repeat applications, and the age of each file: old files are estimated from the backlog.",
    "Host communities, and people in these countries who arrived before the run.",
    "Politics, individual cases, and the quality of care in any place.",
)


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
        "scenarios": [_scenario(inputs, before, name, values=values, baseline=baseline,
                                switched=_switched(runs[name])) for name in names],
        "indicators": [_indicator(i.key, names, values) for i in INDICATORS],
        "need_share": {"low": low, "default": float(before.parameters[NEED_SHARE].values[0, 0]), "high": high},
        "published": _published(inputs, runs[baseline]),
        "services": {o.task.scenario: o.tables for o in outcomes if o.tables and o.task.side != PROMPT},
        "standards": {stage: standard(runs[baseline], stage) for stage in STANDARDS},
        "responses": _responses(inputs, names, values),
        "parameters": _parameters(inputs),
        "traceability": trace_part(inputs, names),
        "not_modelled": [*case.not_modelled, *NOT_MODELLED, *not_costed(inputs)],
        **cost_record(inputs, names, outcomes),
        "runs": {name: {k: _plain(v) for k, v in runs[name].attrs.items()} for name in names},
    }


def _plain(value: Any) -> Any:
    """A netCDF attribute as plain data."""
    return value.item() if hasattr(value, "item") else value


def _scenario(
    inputs: CaseInputs, before: RunInputs, name: str, values: Mapping[tuple[str, str], Mapping[str, float]],
    baseline: str, switched: Mapping[str, Any],
) -> dict[str, Any]:
    scenario = inputs.scenario(name)
    same = same_people(resolve(inputs, name), before)
    verdict = _verdict(name, baseline, values, same)
    return {
        "name": name,
        "title": scenario.title,
        "description": scenario.description,
        "paragraphs": _paragraphs(inputs, name),
        "standing": verdict.sentence,
        "breaches": list(verdict.breaches),
        "worse_harms": list(verdict.worse_harms),
        "same_people": same,
        "levers": lever_rows(inputs, name, lambda change: _change(inputs, before, change), switched),
        "changes": [_change(inputs, before, change) for change in scenario.changes],
    }


def _switched(ds: xr.Dataset) -> dict[str, Any]:
    """When levers that switch themselves were on in a run, days by lever."""
    return dict(json.loads(str(ds.attrs.get("switched_on", "{}"))))


def _paragraphs(inputs: CaseInputs, name: str) -> list[str]:
    """Paragraphs of the founding document that a scenario acts on: its own, or else those of its levers."""
    own = inputs.scenario(name).paragraphs
    return list(own or dict.fromkeys(text for one in inputs.acting(name) for text in one.record.paragraphs))


def _verdict(
    name: str, baseline: str, values: Mapping[tuple[str, str], Mapping[str, float]], same: bool
) -> Standing:
    """What may be said of an option: neither its own effect on departures nor the baseline's counts."""
    verdict = standing(_judged(name, values), _judged(baseline, values), name == baseline, same)
    note = ""
    if (name, WITHOUT["default"]) in values:
        note = " Judged without its effect on departures."
    elif (baseline, WITHOUT["default"]) in values:
        note = " Judged against the baseline without its effect on departures."
    return replace(verdict, sentence=verdict.sentence + note)


def _judged(name: str, values: Mapping[tuple[str, str], Mapping[str, float]]) -> dict[str, Mapping[str, float]]:
    """The three runs by which an option is judged: without responses of departures to policy, where it has any.

    A breach counts in whichever run it happens: responses can neither hide nor excuse one.
    """
    runs: dict[str, Mapping[str, float]] = {}
    for side in SIDES:
        with_ = values[name, side]
        bare = values.get((name, WITHOUT[side]), with_)
        runs[side] = {**bare, **{i.key: max(bare[i.key], with_[i.key]) for i in BREACHES}}
    return runs


def _indicator(key: str, names: Sequence[str], values: Mapping[tuple[str, str], Mapping[str, float]]) -> dict[str, Any]:
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


def _responses(
    inputs: CaseInputs, names: Sequence[str], values: Mapping[tuple[str, str], Mapping[str, float]]
) -> list[dict[str, Any]]:
    """Scenarios in which departures respond to policy: their indicators with the responses and without."""
    rows = []
    for name in names:
        if (name, WITHOUT["default"]) in values:
            acting = responses(resolve(inputs, name))
            titles = [inputs.workspace.parameters[key].title for key in acting]
            both = {
                i.key: [values[name, side][i.key] for side in ("default", WITHOUT["default"])]
                for i in INDICATORS if i.kind != "detail"
            }
            rows.append({"scenario": name, "responses": titles, "values": both})
    return rows


def value_text(inputs: CaseInputs, valued: Valued) -> str:
    """A parameter's value in words: a number, or numbers by label or date."""
    titles = {name: country.title for name, country in inputs.case.countries.items()}
    titles |= {name: group.title for name, group in inputs.groups.items()}
    return value_words(valued, titles)


def value_words(valued: Valued, titles: Mapping[str, str]) -> str:
    """A value in words, its labels by their titles where they have one."""
    if valued.value is not None:
        return number(valued.value)
    if valued.dated is not None:
        return _dated_text(valued.dated)
    table = valued.by_country or valued.by_need or valued.by_group or {}
    parts = []
    for name, entry in table.items():
        text = _dated_text(entry) if isinstance(entry, dict) else number(entry)
        parts.append(f"{titles.get(name, name)}: {text}")
    return "; ".join(parts)


def _dated_text(dated: Mapping[date, float]) -> str:
    dates = sorted(dated)
    first = number(dated[dates[0]])
    return ", ".join([first, *(f"{number(dated[day])} from {day_text(day)}" for day in dates[1:])])


def _parameters(inputs: CaseInputs) -> list[dict[str, Any]]:
    """Every input with its value, unit, range, source and quality, and who set it."""
    rows = []
    for name in CATALOGUE:
        base, local = inputs.workspace.parameters[name], inputs.case.parameters.get(name)
        used = local or base
        source = inputs.workspace.sources[used.source]
        factor = conversion_factor(base.unit, used.unit or base.unit)
        span = local.range if local and local.range else (base.range[0] * factor, base.range[1] * factor)
        rows.append(
            {
                "name": name,
                "title": base.title,
                "value": value_text(inputs, used),
                "unit": used.unit or base.unit,
                "range": [float(span[0]), float(span[1])],
                "role": base.role,
                "row": base.row,
                "quality": used.quality,
                "source": used.source,
                "source_title": source.title,
                "address": source.address,
                "set_by": "case" if local else "base",
                "note": local.note if local else base.description,
            }
        )
    return rows


def _change(inputs: CaseInputs, run: RunInputs, change: Change) -> dict[str, Any]:
    """One change of a scenario in words, with the values of the baseline ``run`` that it replaces."""
    base, need = inputs.workspace.parameters[change.parameter], CATALOGUE[change.parameter]
    factor = conversion_factor(base.unit, need.unit)
    start = change.start or inputs.case.start
    steps = run.parameters[change.parameter]
    before = steps.at((start - inputs.case.start).days) / factor
    names = labels_of(inputs, need.axis)
    chosen = change.countries or change.groups or names
    given = [float(v) for name, v in zip(names, before, strict=True) if name in chosen]
    least, most = min(given), max(given)
    old = number(least) if least == most else f"{number(least)} to {number(most)}"
    operation = next(op for op in ("set", "scale", "add") if getattr(change, op) is not None)
    size = getattr(change, operation)
    words = {"set": f"set to {number(size)}", "scale": f"multiplied by {number(size)}", "add": f"plus {number(size)}"}
    titles = {name: country.title for name, country in inputs.case.countries.items()}
    where = ", ".join(titles.get(name, name) for name in chosen) if len(chosen) < len(names) else "everywhere"
    when = f"from {day_text(start)}" + (f" until {day_text(change.until)}" if change.until else "")
    when += f", phased in over {change.ramp_days} days" if change.ramp_days else ""
    return {
        "parameter": change.parameter,
        "title": base.title,
        "unit": base.unit,
        "before": old,
        "operation": words[operation],
        "where": where,
        "when": when,
        "reason": change.reason,
    }


def _published(inputs: CaseInputs, ds: xr.Dataset) -> list[dict[str, Any]]:
    """Published totals, the model's own, and the miss."""
    rows = []
    for found in compare(ds, inputs.observations):
        seen = found.observation
        source = inputs.workspace.sources[seen.source]
        rows.append(
            {
                "quantity": seen.quantity,
                "start": seen.start.isoformat(),
                "end": seen.end.isoformat(),
                "country": seen.country,
                "low": seen.low,
                "value": seen.value,
                "high": seen.high,
                "kind": seen.kind,
                "ours": found.ours,
                "gap": found.gap,
                "miss": found.miss,
                "missed": found.missed,
                "note": seen.note,
                "source_title": source.title,
                "address": source.address,
            }
        )
    return rows
