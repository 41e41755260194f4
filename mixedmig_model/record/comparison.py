"""The record of ``mixedmig compare``.

It has scenarios against a named baseline, as plain data for pages and programs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.differences import differences
from mixedmig_model.record.finished import Comparison, make_comparison
from mixedmig_model.record.front.summary import cost_words
from mixedmig_model.record.schema.compared import (
    AttributionPart,
    ComparedCosts,
    ComparedIndicator,
    ComparedOption,
    CompareRecord,
    QueuesPart,
    RegionalPart,
    SharingPart,
)
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.schema.options import IndicatorPart, OptionPart
from mixedmig_model.record.words.measures import measure_title
from mixedmig_model.record.words.pages.decision import standing_words
from mixedmig_model.results.compare import people_by_outcome, sharing, shifts
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.study.attribution.attribute import MOST_PAIRS, PAIRS, Attribution, attribute, players_of
from mixedmig_model.study.attribution.bottleneck import find_bottlenecks
from mixedmig_model.study.ensemble.report_draws import report_draws

DRAWS = "draws"
"""A folder for draws that nobody keeps."""
KINDS = ("breach", "harm", "headline", "detail")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What is compared.

    It has scenarios in order, their baseline, and whether and how differences are attributed. ``draws`` is the number
    of draws of all uncertain inputs, None for as many as a report has. ``store`` is a folder of kept draws, if any.
    """

    scenarios: tuple[str, ...]
    baseline: str
    attribution: bool = False
    pairs: int = PAIRS
    seed: int = 1
    draws: int | None = 0
    store: Path | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """Scenarios other than the baseline."""
        return tuple(name for name in self.scenarios if name != self.baseline)


def checked(inputs: CaseInputs, wanted: Wanted) -> CaseInputs:
    """Return the case with the named baseline as its own.

    Raises InputFaultsError where nothing can be compared.
    """
    for name in (wanted.baseline, *wanted.scenarios):
        inputs.scenario(name)
    faults = []
    twice = sorted({name for name in wanted.scenarios if wanted.scenarios.count(name) > 1})
    if twice:
        faults.append(Fault("--scenarios", 0, "", "duplicate scenario", found=", ".join(twice),
                            allowed="each once"))
    if not wanted.options:
        others = ", ".join(name for name in inputs.scenarios if name != wanted.baseline)
        text = "there is no scenario to compare with the baseline"
        faults.append(Fault("--scenarios", 0, "", text, found=", ".join(wanted.scenarios), allowed=others))
    if not 2 <= wanted.pairs <= MOST_PAIRS:
        text = "not an allowed number of pairs of orders"
        faults.append(Fault("--pairs", 0, "", text, found=str(wanted.pairs), allowed=f"2 to {MOST_PAIRS:,}"))
    if wanted.seed < 0:
        faults.append(Fault("--seed", 0, "", "the seed is negative", found=str(wanted.seed), allowed="0 or more"))
    if faults:
        raise InputFaultsError(faults)
    if wanted.attribution:
        for name in wanted.options:
            players_of(inputs, name, wanted.baseline)
    return replace(inputs, case=inputs.case.model_copy(update={"baseline": wanted.baseline}))


def compare_scenarios(
    inputs: CaseInputs, wanted: Wanted, workers: int = 2, progress: Progress | None = None, path: str = "auto"
) -> tuple[Comparison, CompareRecord]:
    """Solve and compare: return the runs, and the record.

    ``wanted``: What is compared. ``workers``: Processes at a time. ``progress``: Called with what is being solved, runs
    done, and runs in all. ``path``: By which runs are solved. Returns the runs and the record. Raises InputFaultsError
    where nothing can be compared. Raises ComparisonError where a scenario could not be solved. Raises SolveError where
    a run cannot be solved.
    """
    case = checked(inputs, wanted)
    names = [wanted.baseline, *wanted.options]

    def progress_of(phase: str) -> Callable[[int, int], None] | None:
        return (lambda done, whole: progress(phase, done, whole)) if progress else None

    with scratch_folder() as folder:
        drawing, solving = ((lambda done, whole, _, told=told: told(done, whole)) if told else None
                            for told in (progress_of("blocks of draws"), progress_of("solving")))
        drawn = report_draws(case, names, wanted.store or folder / DRAWS, draws=wanted.draws, seed=wanted.seed,
                             workers=workers, progress=drawing, path=path)
        comparison = make_comparison(case, names, folder, workers, solving, draws=drawn, path=path)
    bottlenecks = find_bottlenecks([resolve(case, name) for name in names], path=path)
    attributions = {
        name: attribute(case, name, wanted.baseline, wanted.pairs, wanted.seed,
                        path=path, progress=progress_of(f"attribution of {name}"))
        for name in (wanted.options if wanted.attribution else ())
    }
    return comparison, record_of(case, comparison, Tables(
        {name: QueuesPart.model_validate(one.record()) for name, one in zip(names, bottlenecks, strict=True)},
        {name: _attribution(one) for name, one in attributions.items()},
    ))


def _attribution(one: Attribution) -> AttributionPart:
    return AttributionPart(**one.record(), titles=tuple(measure_title(player.name) for player in one.players))


@dataclass(frozen=True)
class Tables:
    """What further runs of a comparison found, by scenario.

    They say where queues went, and what made the difference.
    """

    bottlenecks: Mapping[str, QueuesPart]
    attribution: Mapping[str, AttributionPart]


def record_of(inputs: CaseInputs, comparison: Comparison, tables: Tables) -> CompareRecord:
    """Return the record; breaches and harms lead.

    Options that are not ranked are marked ``apart``, the name of the field.
    """
    source, names = comparison.record, comparison.names
    groups = {kind: tuple(_indicator(i) for i in source.indicators if i.kind == kind) for kind in KINDS}
    return CompareRecord(
        notice=source.notice, case=source.case, title=source.title, baseline=source.baseline,
        breaches=groups["breach"], harms=groups["harm"], headlines=groups["headline"], details=groups["detail"],
        scenarios=tuple(_option(comparison, one) for one in source.scenarios),
        costs={name: _costs(table) for name, table in source.costs.items()},
        people={name: people_by_outcome(comparison.runs[name]) for name in names},
        inputs={name: differences(inputs, comparison, name) for name in names[1:]},
        bottlenecks=dict(tables.bottlenecks),
        attribution=dict(tables.attribution),
        regional=regional(comparison),
        sharing={name: SharingPart.model_validate(sharing(comparison.runs[name])) for name in names},
    )


def _indicator(one: IndicatorPart) -> ComparedIndicator:
    return ComparedIndicator(key=one.key, title=one.title, unit=one.unit, better=one.better, values=one.values)


def _option(comparison: Comparison, one: OptionPart) -> ComparedOption:
    return ComparedOption(
        name=one.name, title=one.title, judgement=one.judgement, same_people=one.same_people,
        apart=not one.judgement.ranked, said=standing_words(comparison, one.name),
        cost=cost_words(comparison, one.name),
    )


def _costs(table: CostTable) -> ComparedCosts:
    return ComparedCosts(
        currency=table.currency, year=table.year, total=table.total, low=table.low, high=table.high,
        by_country=table.by_country, by_payer=table.by_payer,
    )


def regional(comparison: Comparison) -> RegionalPart:
    """Return the regional part of a comparison.

    It has the regional ledger by option, costs by country, and what falls in one country and rises in another.
    """
    ledgers = {name: comparison.record.services[name].ledger for name in comparison.names}
    costs = {name: table.by_country for name, table in comparison.record.costs.items()}
    countries, base = list(comparison.countries), comparison.names[0]
    return RegionalPart(
        countries=comparison.countries, ledger=ledgers, costs=costs,
        shifts={
            name: tuple(shifts(ledgers[name], ledgers[base], countries, costs.get(name), costs.get(base)))
            for name in comparison.names[1:]
        },
    )
