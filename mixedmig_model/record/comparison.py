"""The record of ``mixedmig compare``: scenarios against a named baseline, as plain data for pages and programs."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.differences import differences
from mixedmig_model.record.finished import Comparison, make_comparison
from mixedmig_model.record.plain import plain
from mixedmig_model.record.words.measures import measure_title
from mixedmig_model.results.compare import people_by_outcome, sharing, shifts
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.study.attribution.attribute import MOST_PAIRS, PAIRS, Attribution, attribute, players_of
from mixedmig_model.study.attribution.bottleneck import find_bottlenecks

SCHEMA = 1
KINDS = {"breach": "breaches", "harm": "harms", "headline": "headlines", "detail": "details"}
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What is compared: scenarios in order, their baseline, and whether and how differences are attributed."""

    scenarios: tuple[str, ...]
    baseline: str
    attribution: bool = False
    pairs: int = PAIRS
    seed: int = 1

    @property
    def options(self) -> tuple[str, ...]:
        """Scenarios beside the baseline."""
        return tuple(name for name in self.scenarios if name != self.baseline)


def checked(inputs: CaseInputs, wanted: Wanted) -> CaseInputs:
    """The case with the named baseline as its own. Raises InputFaultsError where nothing can be compared."""
    for name in (wanted.baseline, *wanted.scenarios):
        inputs.scenario(name)
    faults = []
    twice = sorted({name for name in wanted.scenarios if wanted.scenarios.count(name) > 1})
    if twice:
        faults.append(Fault("--scenarios", 0, "", "a scenario is named twice", found=", ".join(twice),
                            allowed="each once"))
    if not wanted.options:
        others = ", ".join(name for name in inputs.scenarios if name != wanted.baseline)
        text = "there is no scenario to compare with the baseline"
        faults.append(Fault("--scenarios", 0, "", text, found=", ".join(wanted.scenarios), allowed=others))
    if not 2 <= wanted.pairs <= MOST_PAIRS:
        text = "not a possible number of pairs of orders"
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
) -> tuple[Comparison, dict[str, Any]]:
    """Solve and compare: the runs, and the record. Raises InputFaultsError, ComparisonError, SolveError.

    Args: progress, called with what is being solved, runs done, and runs in all; path, by which runs are solved.
    """
    case = checked(inputs, wanted)
    names = [wanted.baseline, *wanted.options]

    def progress_of(phase: str) -> Callable[[int, int], None] | None:
        return (lambda done, whole: progress(phase, done, whole)) if progress else None

    with scratch_folder() as folder:
        solving = progress_of("solving")
        comparison = make_comparison(
            case, names, folder, workers, (lambda done, whole, _: solving(done, whole)) if solving else None,
            path=path)
    bottlenecks = find_bottlenecks([resolve(case, name) for name in names], path=path)
    attributions = {
        name: attribute(case, name, wanted.baseline, wanted.pairs, wanted.seed,
                        path=path, progress=progress_of(f"attribution of {name}"))
        for name in (wanted.options if wanted.attribution else ())
    }
    tables = {
        "bottlenecks": {name: one.record() for name, one in zip(names, bottlenecks, strict=True)},
        "attribution": {name: _attribution(one) for name, one in attributions.items()},
    }
    return comparison, plain(record_of(case, comparison, tables))


def _attribution(one: Attribution) -> dict[str, Any]:
    return {**one.record(), "titles": [measure_title(player.name) for player in one.players]}


def record_of(inputs: CaseInputs, comparison: Comparison, tables: Mapping[str, Any]) -> dict[str, Any]:
    """The record: breaches and harms lead. Options with a breach are marked ``apart``."""
    source, names = comparison.record, comparison.names
    marks = ("key", "title", "unit", "better", "values")
    return {
        "ok": True, "schema": SCHEMA, "notice": source["notice"], "case": source["case"], "title": source["title"],
        "baseline": source["baseline"],
        **{group: [{key: i[key] for key in marks} for i in source["indicators"] if i["kind"] == kind]
           for kind, group in KINDS.items()},
        "scenarios": [
            {**{key: s[key] for key in ("name", "title", "standing", "breaches", "worse_harms", "same_people")},
             "apart": bool(s["breaches"])}
            for s in source["scenarios"]
        ],
        "costs": {name: _costs(table) for name, table in source["costs"].items()},
        "people": {name: people_by_outcome(comparison.runs[name]) for name in names},
        "inputs": {name: differences(inputs, comparison, name) for name in names[1:]},
        **tables,
        "regional": regional(comparison),
        "sharing": {name: sharing(comparison.runs[name]) for name in names},
    }


def _costs(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in ("currency", "year", "total", "low", "high", "by_country", "by_payer")}


def regional(comparison: Comparison) -> dict[str, Any]:
    """The regional ledger by option, costs by country, and what falls in one country and rises in another."""
    ledgers = {name: comparison.record["services"][name]["ledger"] for name in comparison.names}
    costs = {name: table["by_country"] for name, table in comparison.record["costs"].items()}
    countries, base = list(comparison.countries), comparison.names[0]
    return {
        "countries": comparison.countries, "ledger": ledgers, "costs": costs,
        "shifts": {
            name: [asdict(shift) for shift in shifts(ledgers[name], ledgers[base], countries, costs.get(name),
                                                     costs.get(base))]
            for name in comparison.names[1:]
        },
    }
