"""The first answer of a panel: all that a case is drawn from."""

from collections.abc import Mapping
from datetime import date, timedelta

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.messages import VERSION
from mixedmig_model.present.panel.ranking import Prepared
from mixedmig_model.present.panel.scale import unit_title
from mixedmig_model.present.panel.sliders import Slider, idle_sliders, slider_message, use_messages
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.record.panel.said import panel_rows
from mixedmig_model.record.panel.views import views
from mixedmig_model.record.schema.base import strict_data
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.solve.dataset import SCHEMA
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.numbers import number, percent, published_span
from mixedmig_model.vocabulary.routes import on_route

FIRST_VIEW = "people"
STRANDED = "peak_stranded"
"""The published quantity that is a point of a line.

All others are totals of a period.
"""


def hello_of(engine: Engine, scenario: str, order: Prepared, may: Mapping[str, bool]) -> PlainData:
    """Return the header of ``hello`` without the baseline's words.

    Parameters
    ----------
    engine : Engine
        The case and its runs.
    scenario : str
        The scenario to begin with.
    order : Prepared
        The sliders in order.
    may : Mapping[str, bool]
        Whether the panel may save and make reports.

    Returns
    -------
    dict
        The header.
    """
    inputs, base = engine.inputs, engine.base
    case = inputs.case
    idle = idle_sliders(inputs, scenario, order.sliders)
    cost = engine.cost(inputs, case.baseline, base.numbers.run)
    return {
        "version": VERSION, "schema": SCHEMA, "digest": base.digest, "case": inputs.name, "title": case.title,
        "question": case.question, "summary": case.summary, "start": case.start.isoformat(),
        "end": case.end.isoformat(), "days": inputs.days, "route": case.route, "baseline": case.baseline,
        "scenario": scenario, "may": dict(may), "solver": engine.solver.words, "kernel": engine.solver.kernel,
        "countries": [{"name": name, "title": country.title} for name, country in case.countries.items()],
        "scenarios": _scenarios(inputs), "groups": _groups(order, inputs.case.coming), "cases": _cases(inputs),
        "inputs": [_slider(inputs, order, one, idle) for one in order.sliders],
        **use_messages(inputs, idle),
        "rows": [strict_data(row) for row in panel_rows(inputs, base.numbers, cost.total if cost else None)],
        "views": [strict_data(view) for view in views(inputs)], "first_view": FIRST_VIEW,
        "events": case_events(inputs), "published": _published(inputs),
    }


def _slider(inputs: CaseInputs, order: Prepared, one: Slider, idle: Mapping[str, Mapping[str, str]]) -> PlainData:
    return slider_message(inputs, one, order.rank(one.name), order.effects.get(one.name, ""), idle.get(one.name))


def _scenarios(inputs: CaseInputs) -> list[PlainData]:
    """Return the scenarios of a case, the baseline first."""
    first = inputs.case.baseline
    return [
        {"name": name, "title": inputs.scenarios[name].title, "description": inputs.scenarios[name].description,
         "digest": resolve(inputs, name).digest, "state": PanelState.of(name, inputs.scenarios[name]).message()}
        for name in sorted(inputs.scenarios, key=lambda name: (name != first, name))
    ]


def _cases(inputs: CaseInputs) -> list[dict[str, str]]:
    return [{"name": name, "title": name.replace("_", " ")} for name in inputs.workspace.cases]


def _groups(order: Prepared, coming: Coming) -> list[dict[str, str]]:
    """Return the themes that have a slider, in the panel's order."""
    used = {one.name.split(".")[0] for one in order.sliders} | {"levers", "presets"}
    return [{"name": name, "title": on_route(title, coming)} for name, title in words.GROUPS.items() if name in used]


def case_events(inputs: CaseInputs) -> list[PlainData]:
    """Return the days on which the case itself changes an input.

    Parameters
    ----------
    inputs : CaseInputs
        The case.

    Returns
    -------
    list of dict
        A day, its number, and what changes in words.
    """
    found: dict[date, list[str]] = {}
    for name, local in inputs.case.parameters.items():
        base = inputs.workspace.parameters[name]
        labelled = local.by_country or local.by_need or local.by_group or {}
        tables = [local.dated] if local.dated else [one for one in labelled.values() if isinstance(one, dict)]
        share = base.unit == "share"
        for day in sorted({day for table in tables for day in table}):
            if inputs.case.start < day < inputs.case.end:
                values = {table[day] for table in tables if day in table}
                text = ", ".join(percent(value) if share else f"{number(value)} {unit_title(base.unit)}"
                                 for value in sorted(values))
                found.setdefault(day, []).append(words.EVENT.format(title=base.title, value=text))
    return [{"date": day.isoformat(), "day": (day - inputs.case.start).days, "text": "; ".join(texts)}
            for day, texts in sorted(found.items())]


def _published(inputs: CaseInputs) -> list[PlainData]:
    """Return published numbers that are points of a line.

    A point stands in the middle of its period.
    """
    made = []
    for one in inputs.observations:
        if one.quantity == STRANDED and one.country == "all":
            middle = one.start + timedelta(days=(one.end - one.start).days // 2)
            source = inputs.workspace.sources[one.source]
            value = published_span(number(one.low), number(one.high), one.bound)
            made.append({"view": FIRST_VIEW, "chart": "adrift", "date": middle.isoformat(),
                         "day": (middle - inputs.case.start).days, "low": one.low, "high": one.high,
                         "text": words.PUBLISHED.format(value=value, unit=" people", source=source.title),
                         "source": source.title, "address": source.address})
    return made


