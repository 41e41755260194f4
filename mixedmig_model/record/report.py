"""The record of a report, built once.

It has everything except the arrays, for notebooks, pages and programs.
"""

import json
from collections.abc import Mapping, Sequence

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import switches_of
from mixedmig_model.inputs.levers.conditions import Intervals
from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.record.changes import change_row, event_rows
from mixedmig_model.record.costs import cost_parts, not_costed
from mixedmig_model.record.front.resting import resting_part, unvaried_rows
from mixedmig_model.record.levers import Pairs, lever_rows
from mixedmig_model.record.parameters import departure_rows, landing_rows, opening_rows, origins_of, parameter_rows
from mixedmig_model.record.published import balance_rows, published_rows
from mixedmig_model.record.responses import response_rows
from mixedmig_model.record.schema.draws import DrawsPart
from mixedmig_model.record.schema.inputs import NeedShares, RunPart, TracePart
from mixedmig_model.record.schema.options import IndicatorPart, IndicatorValues, OptionPart
from mixedmig_model.record.schema.report import AgreementPart, NotWorkedOut, Report
from mixedmig_model.record.schema.services import ServicesPart
from mixedmig_model.record.schema.summary import TeamsPart
from mixedmig_model.record.verdicts import CountsByRun, IndicatorsByRun, counts_by_run, judgement_of
from mixedmig_model.record.words.limits import not_modelled
from mixedmig_model.results.indicators.facts import Indicator
from mixedmig_model.results.indicators.judgement import SIDES
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.results.services import STANDARDS, standard
from mixedmig_model.study.responses import same_people
from mixedmig_model.study.scenarios import AGREEMENT, BESIDE, NEED_SHARE, PROMPT, Outcome, need_range, spread
from mixedmig_model.study.trace import trace_part
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import NOTICE


def build_record(
    inputs: CaseInputs, names: Sequence[str], outcomes: Sequence[Outcome], runs: Mapping[str, xr.Dataset],
    ensemble: DrawsPart | None = None, draws: str = "",
) -> Report:
    """Return the record of a comparison.

    ``names``: Scenarios in order, the baseline first. ``outcomes``: Outcomes of all runs. ``runs``: Datasets of the
    main runs. ``ensemble``: What draws say. ``draws``: Why there are no draws. Returns the record.
    """
    case, baseline = inputs.case, names[0]
    values = {(o.task.scenario, o.task.side): o.indicators for o in outcomes if not o.failure}
    counts = counts_by_run(outcomes)
    before = resolve(inputs)
    levels = resolve(inputs, switched=_intervals(inputs, baseline, _switched(runs[baseline])))
    costs = cost_parts(inputs, names, outcomes)
    return Report(
        notice=NOTICE,
        case=inputs.name, title=case.title,
        question=case.question, summary=case.summary,
        paragraphs=case.paragraphs,
        start=case.start.isoformat(), end=case.end.isoformat(), route=case.route, entry=case.entry,
        routes=case.routes if len(case.ways) > 1 else {},
        countries={name: country.title for name, country in case.countries.items()},
        baseline=baseline,
        scenarios=tuple(_option(inputs, before, name, levels=levels, counts=counts, values=values,
                                switched=_switched(runs[name])) for name in names),
        indicators=tuple(_indicator(i, names, values, case.coming) for i in INDICATORS),
        need_share=_need_shares(inputs, before),
        published=published_rows(inputs, runs[baseline], baseline), balances=balance_rows(inputs),
        services={o.task.scenario: _services(o) for o in outcomes if o.tables and o.task.side not in BESIDE},
        standards={stage: standard(runs[baseline], stage) for stage in STANDARDS},
        responses=response_rows(inputs, names, values),
        parameters=parameter_rows(inputs),
        departures=departure_rows(inputs),
        opening=opening_rows(inputs), landing=landing_rows(inputs), origins=origins_of(inputs),
        events=event_rows(inputs, names),
        traceability=_trace(inputs, names),
        cautions=tuple(cautions_of(inputs, *(resolve(inputs, name) for name in names))),
        resting=resting_part(inputs, names, outcomes), unvaried=unvaried_rows(inputs, names),
        not_modelled=(*case.not_modelled, *not_modelled(case.coming), *not_costed(inputs)),
        costs=dict(costs.costs),
        local_currency=costs.local_currency, delay=costs.delay,
        prices=costs.prices, splits=costs.splits,
        price_break_evens=costs.price_break_evens,
        agreement=_agreement(outcomes),
        teams=_teams(outcomes),
        runs={name: _run(runs[name]) for name in names},
        ensemble=ensemble,
        draws=draws,
    )


def _teams(outcomes: Sequence[Outcome]) -> dict[str, TeamsPart]:
    """Return the smallest teams by scenario.

    They are constant teams that keep 95 % within each standard; none where that run failed.
    """
    known = TeamsPart.model_fields
    return {
        o.task.scenario: TeamsPart.model_validate({key: table for key, table in o.tables.items() if key in known})
        for o in outcomes if o.task.side == PROMPT and not o.failure
    }


def _need_shares(inputs: CaseInputs, before: RunInputs) -> NeedShares:
    low, high = need_range(inputs)
    return NeedShares(low=low, default=float(before.parameters[NEED_SHARE].values[0, 0]), high=high)


def _services(outcome: Outcome) -> ServicesPart:
    """Return the tables of one main run.

    Its costs stand elsewhere in the record.
    """
    return ServicesPart.model_validate({key: table for key, table in outcome.tables.items() if key != "costs"})


def _trace(inputs: CaseInputs, names: Sequence[str]) -> TracePart | None:
    """Return what the founding document asks.

    It is None where the workspace does not say.
    """
    found = trace_part(inputs, names)
    return TracePart.model_validate(found) if found else None


def _agreement(outcomes: Sequence[Outcome]) -> AgreementPart | NotWorkedOut | None:
    """Return how far kernel and scipy agree on the baseline.

    It may say why that is not known; None where scipy solved every run.
    """
    judged = next((one for one in outcomes if one.task.side == AGREEMENT), None)
    if judged is None:
        return None
    return NotWorkedOut(failure=judged.failure) if judged.failure else AgreementPart.model_validate(judged.tables)


def _run(ds: xr.Dataset) -> RunPart:
    """Return what made a run.

    It has the attributes of its netCDF as plain data.
    """
    return RunPart.model_validate(
        {key: value.item() if hasattr(value, "item") else value for key, value in ds.attrs.items()})


def _option(
    inputs: CaseInputs, before: RunInputs, name: str, levels: RunInputs, counts: CountsByRun, values: IndicatorsByRun,
    switched: Mapping[str, Pairs],
) -> OptionPart:
    """Return one scenario.

    ``before`` is the baseline as requested; ``levels`` is the scenario as it was, levers on when they were.
    """
    scenario = inputs.scenario(name)
    return OptionPart(
        name=name,
        title=scenario.title,
        description=scenario.description,
        paragraphs=_paragraphs(inputs, name),
        judgement=judgement_of(inputs, before, name, counts, values),
        same_people=same_people(resolve(inputs, name), before),
        levers=lever_rows(inputs, name, lambda change: change_row(inputs, levels, change), switched),
        changes=tuple(change_row(inputs, levels, change) for change in scenario.changes),
    )


def _switched(ds: xr.Dataset) -> dict[str, Pairs]:
    """Return when levers were on in a run, days by lever.

    They switch themselves.
    """
    found = json.loads(str(ds.attrs.get("switched_on", "{}")))
    return {lever: [(on, off) for on, off in pairs] for lever, pairs in found.items()}


def _intervals(inputs: CaseInputs, name: str, switched: Mapping[str, Pairs]) -> Intervals:
    """Return when levers of a scenario were on, by use.

    They switch themselves.
    """
    switches = switches_of(inputs.acting(name))
    return {one.use: tuple((on, off) for on, off in switched.get(one.lever, ())) for one in switches}


def _paragraphs(inputs: CaseInputs, name: str) -> tuple[str, ...]:
    """Return paragraphs of the founding document for a scenario.

    They are its own, or else those of its levers.
    """
    own = inputs.scenario(name).paragraphs
    return tuple(own or dict.fromkeys(text for one in inputs.acting(name) for text in one.record.paragraphs))


def _indicator(indicator: Indicator, names: Sequence[str], values: IndicatorsByRun, coming: Coming) -> IndicatorPart:
    return IndicatorPart(
        key=indicator.key,
        title=on_route(indicator.title, coming),
        unit=indicator.unit,
        kind=indicator.kind,
        better=indicator.better,
        description=on_route(indicator.description, coming),
        basis=indicator.basis,
        protection=indicator.protection,
        values={name: _values([values[name, side][indicator.key] for side in SIDES]) for name in names},
    )


def _values(three: Sequence[float]) -> IndicatorValues:
    """Return the values of one option.

    ``three`` are of the main run, the low and the high one.
    """
    least, most = spread(three)
    return IndicatorValues(value=three[0], low=least, high=most, low_run=three[1], high_run=three[2])
