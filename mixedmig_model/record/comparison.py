"""A comparison of scenarios with a named baseline as plain data: what pages and programs read."""

import math
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import Change
from mixedmig_model.record.finished import Comparison, make_comparison
from mixedmig_model.results.compare import people_by_outcome, sharing, shifts
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.attribution.attribute import (
    LEVER,
    MOST_PAIRS,
    OWN_COSTS,
    PAIRS,
    Attribution,
    attribute,
    players_of,
)
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
    inputs: CaseInputs, wanted: Wanted, workers: int = 2, progress: Progress | None = None
) -> tuple[Comparison, dict[str, Any]]:
    """Solve and compare: the book of the runs, and the record. Raises InputFaultsError, ComparisonError, SolveError."""
    case = checked(inputs, wanted)
    names = [wanted.baseline, *wanted.options]

    def told(phase: str) -> Callable[[int, int], None] | None:
        return (lambda done, whole: progress(phase, done, whole)) if progress else None

    with tempfile.TemporaryDirectory(prefix="mixedmig-") as folder:
        solving = told("solving")
        book = make_comparison(case, names, Path(folder), workers, (lambda d, n, _: solving(d, n)) if solving else None)
    bottlenecks = find_bottlenecks([resolve(case, name) for name in names])
    found: dict[str, Attribution] = {}
    if wanted.attribution:
        for name in wanted.options:
            found[name] = attribute(case, name, wanted.baseline, wanted.pairs, wanted.seed,
                                    progress=told(f"attribution of {name}"))
    tables = {
        "bottlenecks": {name: one.record() for name, one in zip(names, bottlenecks, strict=True)},
        "attribution": {
            name: {**one.record(), "titles": [measure_title(player.name) for player in one.players]}
            for name, one in found.items()
        },
    }
    return book, plain(record_of(case, book, tables))


def record_of(inputs: CaseInputs, book: Comparison, tables: Mapping[str, Any]) -> dict[str, Any]:
    """The record: breaches and harms lead. Options with a breach are marked ``apart``."""
    source, names = book.record, book.names
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
        "people": {name: people_by_outcome(book.runs[name]) for name in names},
        "inputs": {name: differences(inputs, book, name) for name in names[1:]},
        **tables,
        "regional": regional(book),
        "sharing": {name: sharing(book.runs[name]) for name in names},
    }


def _costs(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in ("currency", "year", "total", "low", "high", "by_country", "by_payer")}


def regional(book: Comparison) -> dict[str, Any]:
    """The regional ledger by option, costs by country, and what falls in one country and rises in another."""
    ledgers = {name: book.record["services"][name]["ledger"] for name in book.names}
    costs = {name: table["by_country"] for name, table in book.record["costs"].items()}
    countries, base = list(book.countries), book.names[0]
    return {
        "countries": book.countries, "ledger": ledgers, "costs": costs,
        "shifts": {
            name: [asdict(shift) for shift in shifts(ledgers[name], ledgers[base], countries, costs.get(name),
                                                     costs.get(base))]
            for name in book.names[1:]
        },
    }


def differences(inputs: CaseInputs, book: Comparison, name: str) -> list[dict[str, Any]]:
    """What differs in the inputs of an option from the baseline's: its own changes, and the baseline's it lacks.

    Each with unit, what the baseline has, dates, source and quality; and its own costs.
    """
    base = book.record["baseline"]
    ours, theirs = inputs.scenario(name), inputs.scenario(base)
    told = {s["name"]: s for s in book.record["scenarios"]}
    known = {row["name"]: row for row in book.record["parameters"]}

    def row(words: dict[str, Any], kind: str, backed: dict[str, str]) -> dict[str, Any]:
        base_row = known[words["parameter"]]
        return {**words, "kind": kind, **backed, "baseline_source": base_row["source_title"],
                "baseline_quality": base_row["quality"]}

    rows = []
    for who, changes, others in ((name, ours.changes, theirs.changes), (base, theirs.changes, ours.changes)):
        kind, other = ("change", base) if who == name else ("without", name)
        for lever in told[who]["levers"]:
            if lever not in told[other]["levers"]:
                strength = lever["evidence"]["strength"].replace("none", "no")
                backed = {"source": lever["evidence"]["source_title"], "quality": f"{strength} evidence",
                          "lever": lever["title"]}
                rows += [row(change, kind, {**backed, **_cited(change)}) for change in lever["changes"]]
        rows += [row(words, kind, _source(inputs, change))
                 for change, words in zip(changes, told[who]["changes"], strict=True) if change not in others]
    mine, yours = inputs.own_costs(name), inputs.own_costs(base)
    rows += [
        {"kind": OWN_COSTS, "parameter": key, "title": cost.title, "reason": cost.activity,
         "source": inputs.workspace.sources[cost.price.source].title, "quality": cost.price.quality,
         "operation": f"{cost.price.value:g} {cost.price.currency} {_per(cost.behaviour)}"}
        for key, cost in mine.items() if yours.get(key) != cost
    ]
    return rows


def _cited(change: Mapping[str, Any]) -> dict[str, str]:
    """The source of an effect on departures that a scenario cites, in place of the evidence of its lever."""
    return {"source": change["cited"], "quality": "cited"} if "cited" in change else {}


def _per(behaviour: str) -> str:
    return "a month" if behaviour == "fixed" else "once"


def _source(inputs: CaseInputs, change: Change) -> dict[str, str]:
    """Source and quality of a change: without a source it is a choice of the scenario."""
    if change.source is None:
        return {"source": "", "quality": "choice of the scenario"}
    assumed = change.source == "assumption"
    return {"source": inputs.workspace.sources[change.source].title, "quality": "assumption" if assumed else "cited"}


def measure_title(name: str) -> str:
    """A measure in words."""
    if name == OWN_COSTS:
        return "the option's own costs"
    return f"lever '{name.removeprefix(LEVER).replace('_', ' ')}'" if name.startswith(LEVER) else name.replace("_", " ")


def quantity(key: str) -> tuple[str, str]:
    """Title and unit of an attributed quantity; the unit of costs is the base currency."""
    if key == "cost":
        return "Total cost", ""
    found = next(i for i in INDICATORS if i.key == key)
    return found.title, found.unit


def plain(value: Any) -> Any:
    """Data that strict JSON can hold: no number where there is none."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
