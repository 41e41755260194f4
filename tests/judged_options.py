"""Options of shipped cases judged for tests and for docs/levers_read.md: levers, presets, closures, and their signs."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.levers.schema import CitedEffect, LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Override, RunInputs, Steps, with_overrides
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.indicators.exposure import HARM_KEYS, judged_counts
from mixedmig_model.results.indicators.judgement import Judgement, judge
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.responses import judged_run, made_breaches

BASELINES = {
    "generic_surge": "worst_case", "andaman_sea_2015": "as_it_happened",
    "aegean_2014_2016": "statement_as_it_happened", "comprehensive_plan_of_action_1989_1996": "as_it_was",
    "libya_2011_evacuation": "as_it_was", "afghan_returns_2016": "no_grant", "japan_2011": "as_assumed",
    "pacific_climate_mobility": "status_quo", "coxs_bazar_2017": "as_it_happened",
    "uk_asylum_2010_2022": "as_it_happened",
}
"""The scenario of each shipped case to which levers are added."""
CITED = {
    "responses.information_effect": -0.1, "responses.substitution_share": 0.5, "arrivals.scale": 0.9,
    "responses.enforcement_effect": -0.3,
}
"""Effects on departures that are none unless cited: values to see that they do not count, not findings."""
CODES = dict(zip(HARM_KEYS, "DASUNHTCFLX", strict=True))
"""A letter for each harm."""
BREACH_CODES = {"adds": "!", "grows": "^", "grows_by_throughput": "^", "ends": "r", "shrinks": "s", "seen_better": "~",
                "seen_less": "~"}
SERVICES = ("registration.officers", "screening.officers", "referral.officers", "determination.officers",
            "appeal.panels", "return.officers")
CLOSED = (*SERVICES, "reception.places")
MORTALITY = ("journey.mortality", "journey.adrift_death_rate", "onward.mortality")
OWN = {
    "registration.officers": {"unprotected", "needs_unseen"}, "screening.officers": {"needs_unseen"},
    "referral.officers": {"needs_unseen", "unprotected"}, "determination.officers": {"unprotected"},
    "appeal.panels": {"sent_back"}, "reception.places": {"unsheltered"},
}
"""Services, and the harms that more of them must not worsen."""
TOGETHER = 16


@cache
def case(name: str) -> CaseInputs:
    """A shipped case."""
    return read_case(read_workspace(installed_workspace()), name)


def with_lever(name: str, lever: str, *, preset: bool = False) -> RunInputs:
    """A case with one lever or preset more than its baseline has, at full intensity."""
    inputs, scenario = case(name), BASELINES[name]
    if preset:
        used = LeverUse(preset=lever)
    else:
        own = [one.parameter for one in inputs.workspace.levers[lever].effects if one.parameter in CITED]
        effects = tuple(CitedEffect(parameter=key, value=CITED[key], source="S90", reason="A test.") for key in own)
        used = LeverUse(lever=lever, effects=effects)
    return resolve(inputs.with_levers(scenario, [*inputs.scenario(scenario).levers, used], "one"), "one")


def base_of(name: str) -> RunInputs:
    """The baseline of a case to which levers are added."""
    return resolve(case(name), BASELINES[name])


def times(run: RunInputs, factor: float, *names: str) -> RunInputs:
    """A run with some inputs multiplied, held inside what they may be where they are shares."""
    made = [Override(key, factor=factor) for key in names]
    return with_overrides(run, made, f"{run.digest} {factor} {names}")


def setting(run: RunInputs, **values: float) -> RunInputs:
    """A run with some inputs set to one value throughout. Args: by name, with two underscores for the dot."""
    made = []
    for key, value in values.items():
        steps = run.parameters[key.replace("__", ".")]
        made.append(Override(key.replace("__", "."), Steps((0.0,), np.full_like(steps.values[:1], value))))
    return with_overrides(run, made, f"{run.digest} {sorted(values.items())}")


def counted(runs: Mapping[str, RunInputs], path: str = "auto", *, tables: bool = False) -> Any:
    """What a judgement reads of some runs, by name; with ``tables`` also their indicators."""
    solver, names, found, indicators = choose_solver(path).solve, list(runs), {}, {}
    for start in range(0, len(names), TOGETHER):
        part = names[start : start + TOGETHER]
        answers = solver([runs[name] for name in part])
        for name, answer in zip(part, answers, strict=True):
            assert not isinstance(answer, str), (name, answer)
            arrays = to_arrays(runs[name], answer)
            indicators[name] = indicator_table(arrays)
            found[name] = judged_counts(arrays, indicators[name])
    return (found, indicators) if tables else found


def judged(base: RunInputs, options: Mapping[str, RunInputs], path: str = "auto") -> dict[str, Judgement]:
    """Options judged against a baseline by their default runs, by name."""
    runs = {"": judged_run(base, base)} | {name: judged_run(run, base) for name, run in options.items()}
    counts = counted(runs, path)
    return {name: judge({"default": counts[name]}, {"default": counts[""]}, made_breaches(run, base))
            for name, run in options.items()}


def signs(found: Judgement) -> str:
    """A judgement in letters: better +, worse -, unclear ?, breaches b; a dot where nothing differs."""
    parts = []
    for mark, word in (("+", "better"), ("-", "worse"), ("?", "unclear")):
        letters = "".join(CODES[one.key] for one in found.harms if one.word == word)
        parts += [f"{mark}{letters}"] if letters else []
    breaches = "".join(sorted({BREACH_CODES[one.word] for one in found.breaches if one.word in BREACH_CODES}))
    return " ".join([*parts, *([f"b{breaches}"] if breaches else [])]) or "."


def small(found: Judgement, share: float = 0.02) -> set[str]:
    """Letters of harms whose size is below a share of the baseline: they may be silent."""
    return {CODES[one.key] for one in found.harms
            if abs(one.reading.seen.risk) < share * max(one.reading.seen.baseline, 1.0)}


def differing(expected: str, found: Judgement) -> str:
    """Letters of an expected reading that are not found so, or found and not expected, small sizes left out."""
    quiet, ours = small(found), signs(found)
    wanted, seen = _letters(expected), _letters(ours)
    return "".join(sorted(letter for letter in {*wanted, *seen}
                          if wanted.get(letter) != seen.get(letter) and letter not in quiet))


def _letters(text: str) -> dict[str, str]:
    """The sign of each letter of a reading."""
    return {letter: part[0] for part in text.split() if part[0] in "+-?" for letter in part[1:]}


def closed(run: RunInputs, names: Iterable[str]) -> RunInputs:
    """A run in which some services see nobody from the first day on."""
    return setting(run, **{name.replace(".", "__"): 0.0 for name in names})


def games_of(base: RunInputs) -> dict[str, RunInputs]:
    """Attempts to look better than one is, and changes of mortality alone. Args: base, the run that they change."""
    return {
        "mortality halved": times(base, 0.5, *MORTALITY), "mortality x 2": times(base, 2.0, *MORTALITY),
        "mortality x 20": times(base, 20.0, *MORTALITY),
        "returns x 3": times(base, 3.0, "return.officers", "return.assisted_places", "return.escorted_places",
                             "return.assisted_uptake_rate"),
        "absconding x 5": times(base, 5.0, "absconding.rate"),
        "onward x 3": times(base, 3.0, "onward.rate", "onward.irregular_rate"),
        "half unrecorded": setting(base, journey__unrecorded_share=0.5),
        "nobody recorded": setting(base, journey__unrecorded_share=1.0),
        "everybody detained": setting(base, detention__detained_share=1.0, detention__places=1e5),
        "turned back": setting(base, journey__refused_share=1.0, journey__turn_back_rate=0.5),
        "arrivals x 0.9": times(base, 0.9, "arrivals.scale"),
        "resettled": setting(base, solutions__resettlement_share=0.05, solutions__resettlement_places=20.0),
    }
