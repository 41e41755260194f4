"""What an ensemble on disk says.

It is plain data for reports and programs: ranges, comparisons, drivers, evidence. What would change the answer are the
inputs that decide whether an option does better than the baseline. Each has how often the option does better where the
input is low and where it is high.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.costs.draws import points as price_points
from mixedmig_model.results.indicators.judgement import INDICATOR_OF, DrawShares, Judgement, draw_shares, judge_draws
from mixedmig_model.results.indicators.table import INDICATORS, indicator_table
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import SolveBlock
from mixedmig_model.study.ensemble.draws import DrawnColumn, drawn_case, drawn_values
from mixedmig_model.study.ensemble.files import Ensemble
from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.ensemble.sensitivity import (
    CERTAIN,
    Beats,
    Drivers,
    Model,
    bands,
    beats,
    drivers,
    evidence,
    gaps,
)
from mixedmig_model.vocabulary.labels import FUNCTIONS

WAITING = tuple(name for name in FUNCTIONS if name != "return")
"""Stages in which people wait for staff."""
ASKED = ("without_shelter_days", "awaiting_decision", "wrongly_returned", "deaths", "detention_days")
"""Indicators whose drivers are shown, where the run has them.

The cost is shown with them.
"""
COST = "cost"
BETTER = {i.key: i.better for i in INDICATORS if i.better != "neither" and i.kind != "breach"} | {COST: "lower"}
"""Which way is better.

It is of results on which options are compared.
"""
HARM_INDICATORS = tuple(INDICATOR_OF.values())
SCORES = {"better": 1.0, "worse": -1.0}
"""What the word of a harm counts where draws are counted.

Any other word is a tie.
"""
PRICE = "price of "
FIFTH = 0.2


@dataclass(frozen=True)
class Draws:
    """The draws of an ensemble.

    They are points ``[draw, column]`` between 0 and 1, prices last, with names and qualities.
    """

    points: np.ndarray
    names: tuple[str, ...]
    assumed: tuple[bool, ...]
    inputs: int

    @property
    def without_prices(self) -> np.ndarray:
        """Points of the inputs alone."""
        return self.points[:, : self.inputs]


def draws_of(ensemble: Ensemble) -> Draws:
    """Compute the points behind an ensemble from its seed."""
    record = ensemble.manifest
    columns, prices = record["columns"], (record["prices"] or {}).get("quality", {})
    rows = np.concatenate([np.arange(first, last) for first, last in ensemble.blocks])
    own = unit_points(len(columns), record["draws"], record["seed"], record["method"])[rows]
    theirs = [price_points(name, record["draws"], record["seed"])[rows][:, None] for name in prices]
    return Draws(
        np.concatenate([own, *theirs], axis=1),
        (*(column["name"] for column in columns), *(f"{PRICE}{name}" for name in prices)),
        (*(column["quality"] == "assumption" for column in columns), *(q == "assumption" for q in prices.values())),
        len(columns),
    )


def findings(ensemble: Ensemble) -> dict[str, Any]:
    """Return everything that a report says of an ensemble.

    Options are compared with the case's baseline, or the first.
    """
    names, reference = ensemble.scenarios, reference_of(ensemble)
    table, keys = ensemble.table("indicators"), ensemble.labels("indicator").tolist()
    draws, cost = draws_of(ensemble), ensemble.table(COST) if ensemble.has(COST) else None
    whole = {key: table[:, :, k] for k, key in enumerate(keys)} | ({COST: cost} if cost is not None else {})
    results = {key: whole[key] for key in (*ASKED, COST) if key in whole}
    judged = judged_draws(ensemble, reference)
    compared = Compared(names, reference, whole, judged=judged, same_people=ensemble.manifest["same_people"])
    moved = {key: _drivers(draws, values[names.index(reference)], key) for key, values in results.items()}
    variance = {key: found.assumed for key, found in moved.items() if found.trusted}
    return {
        "draws": ensemble.draws, "wanted": ensemble.manifest["draws"], "seed": ensemble.manifest["seed"],
        "method": ensemble.manifest["method"], "baseline": reference, "scenarios": names,
        "failed": {name: int((ensemble.failed[s] != "").sum()) for s, name in enumerate(names)},
        "judged": _shares(judged),
        "currency": (ensemble.manifest["prices"] or {}).get("currency", ""),
        "ranges": {key: {name: _list(bands(values[s])) for s, name in enumerate(names)}
                   for key, values in whole.items()},
        "differences": _differences(whole, names, reference),
        "beats": {key: {name: asdict(compared.beats(key, name)) for name in compared.options} for key in BETTER
                  if key in whole},
        "time": over_time(ensemble),
        "drivers": {key: _driver_rows(draws, found) for key, found in moved.items()},
        "changes": _answers(compared, draws, list(results)),
        "evidence": asdict(evidence(ensemble.manifest["qualities"], variance)),
    }


def _differences(
    values: dict[str, np.ndarray], names: Sequence[str], reference: str
) -> dict[str, dict[str, list[float | None]]]:
    """Return bands of an option less the baseline.

    Both are in the same draw: chance that is common to both is not in them.
    """
    base = names.index(reference)
    return {
        key: {name: _list(bands(table[s] - table[base])) for s, name in enumerate(names) if s != base}
        for key, table in values.items()
    }


def _list(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _drivers(draws: Draws, values: np.ndarray, key: str) -> Drivers:
    """Return what moves a result: prices only where it is a cost."""
    used = draws.points if key == COST else draws.without_prices
    return drivers(used, values, draws.assumed[: used.shape[1]])


def _driver_rows(draws: Draws, found: Drivers) -> dict[str, Any]:
    rows = [
        {"name": draws.names[one.column], "assumed": draws.assumed[one.column], "correlation": one.correlation,
         "first": one.first, "total": one.total, "low": one.low, "high": one.high}
        for one in found.found
    ]
    return {"found": rows, "explained": found.explained, "assumed": found.assumed, "trusted": found.trusted}


def over_time(ensemble: Ensemble) -> dict[str, Any]:
    """Return bands over time by scenario, ``[3, time]``.

    They are people without shelter, people waiting, and the cost as it grows.
    """
    stages = ensemble.labels("stage").tolist()
    shelterless = ensemble.table("people_in_place", place="unsheltered")
    waiting = np.sum([ensemble.table("people_in_stage", stage=name) for name in WAITING if name in stages], axis=0)
    found = {
        "days": [str(day)[:10] for day in ensemble.labels("time")],
        "without_shelter": _by_scenario(ensemble, shelterless), "waiting": _by_scenario(ensemble, waiting),
    }
    if ensemble.has("cost_by_month"):
        found["months"] = [str(day)[:10] for day in ensemble.labels("month")]
        found[COST] = _by_scenario(ensemble, np.cumsum(ensemble.table("cost_by_month"), axis=2))
    return found


def _by_scenario(ensemble: Ensemble, table: np.ndarray) -> dict[str, list[list[float | None]]]:
    return {name: [_list(row) for row in bands(table[s])] for s, name in enumerate(ensemble.scenarios)}


@dataclass(frozen=True)
class Compared:
    """The options of an ensemble next to one of them.

    It has values ``[scenario, draw]`` by result, and judgements by option. ``same_people``: options in which the same
    people depart as in the reference.
    """

    names: Sequence[str]
    reference: str
    values: Mapping[str, np.ndarray]
    judged: Mapping[str, Sequence[Judgement | None]]
    same_people: Mapping[str, bool]

    @property
    def options(self) -> list[str]:
        """Scenarios but the reference."""
        return [name for name in self.names if name != self.reference]

    def gap(self, key: str, option: str) -> np.ndarray:
        """Return by how much an option does better, ``[draw]``.

        Of a harm it is what its judgement says, 1, 0 or -1.
        """
        if key in HARM_INDICATORS:
            number = HARM_INDICATORS.index(key)
            return np.array([np.nan if one is None else SCORES.get(one.harms[number].word, 0.0)
                             for one in self.judged[option]])
        rows = self.values[key]
        return gaps(rows[self.names.index(option)], rows[self.names.index(self.reference)], BETTER[key])

    def beats(self, key: str, option: str) -> Beats:
        """Return how often an option beats the reference.

        It is on one result.
        """
        known = [one for one in self.judged[option] if one is not None]
        harmed = sum(bool(one.named("worse")) for one in known) / len(known) if known else float("nan")
        breached = any(not one.ranked for one in known)
        fair = key in HARM_INDICATORS or (self.same_people[option] and self.same_people[self.reference])
        return beats(self.gap(key, option), BETTER[key], breached, harmed, same_people=fair)


def judged_draws(ensemble: Ensemble, reference: str) -> dict[str, list[Judgement | None]]:
    """Judge each option of an ensemble draw by draw.

    It is judged against another of its scenarios.
    """
    names, counts = ensemble.scenarios, dict(zip(ensemble.scenarios, ensemble.judged(), strict=True))
    makes = ensemble.manifest["makes"]
    return {name: judge_draws(counts[name], counts[reference], makes[name]) for name in names if name != reference}


def reference_of(ensemble: Ensemble) -> str:
    """Return the scenario with which others are compared.

    It is the baseline of the case, or the first.
    """
    baseline = str(ensemble.manifest["baseline"])
    return baseline if baseline in ensemble.scenarios else ensemble.scenarios[0]


def judged_shares(ensemble: Ensemble) -> dict[str, DrawShares]:
    """Return how often draws say a word of each harm, by option."""
    return _shares(judged_draws(ensemble, reference_of(ensemble)))


def _shares(judged: Mapping[str, Sequence[Judgement | None]]) -> dict[str, DrawShares]:
    """Return how often draws say a word of each harm.

    It is by option; options without any judged draw are left out.
    """
    found = {name: draw_shares(draws) for name, draws in judged.items()}
    return {name: shares for name, shares in found.items() if shares is not None}


def _answers(found: Compared, draws: Draws, results: Sequence[str]) -> list[dict[str, Any]]:
    """Return the input that decides most, by option and result.

    It decides whether the option does better, where one does.
    """
    rows = []
    for key in results:
        for name in found.options:
            whole = found.beats(key, name)
            if not np.isnan(whole.share):
                rows.append({
                    "result": key, "option": name, "share": whole.share, "low": whole.low, "high": whole.high,
                    "harmed": whole.harmed, "inputs": _deciding(draws, found.gap(key, name), key),
                })
    return rows


def _deciding(draws: Draws, gap: np.ndarray, key: str, most: int = 3) -> list[dict[str, Any]]:
    """Return inputs that decide whether an option does better.

    The share of draws in which it does changes most with them, from lowest to highest fifth.
    """
    used = draws.points if key == COST else draws.without_prices
    real = ~np.isnan(gap)
    won = np.where(gap > 0, 1.0, np.where(gap == 0, 0.5, 0.0))[real]
    if len(won) < 50:
        return []
    points = used[real]
    below = np.array([won[points[:, k] <= FIFTH].mean() for k in range(points.shape[1])])
    above = np.array([won[points[:, k] >= 1.0 - FIFTH].mean() for k in range(points.shape[1])])
    chance = CERTAIN * np.sqrt(2.0 * 0.25 / (FIFTH * len(won)))
    order = np.argsort(-np.abs(above - below), kind="stable")[:most]
    return [{"name": draws.names[k], "low": float(below[k]), "high": float(above[k])}
            for k in order if abs(above[k] - below[k]) > chance]


def run_model(
    inputs: CaseInputs, columns: Sequence[DrawnColumn], scenario: str, indicator: str, solver: SolveBlock,
    together: int = 32,
) -> Model:
    """Return an indicator of one scenario as a function.

    It takes points ``[n, columns]``, each answered by a run: for fast solvers. Where a point is NaN the input is as in
    the case. Raises InputFaultsError for an unknown indicator.
    """
    known = [one.key for one in INDICATORS]
    if indicator not in known:
        near = nearest(indicator, known)
        raise InputFaultsError([Fault("indicator", 0, "", "unknown indicator", found=repr(indicator),
                                      allowed="a key of docs/indicators.md", nearest=near)])

    def answered(points: np.ndarray) -> np.ndarray:
        drawn, found = drawn_values(columns, points), []
        for start in range(0, len(drawn), together):
            rows = drawn[start : start + together]
            runs = [resolve(drawn_case(inputs, columns, row), scenario, held=True) for row in rows]
            found += [indicator_table(to_dataset(run, answer))[indicator]
                      for run, answer in zip(runs, solver(runs), strict=True)]
        return np.array(found)

    return answered
