"""Dividing a group in two alike, or renaming a country, changes no verdict and no sentence of an option.

The inputs are changed, not the results: the run is solved again with one group more, or under other names.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from judged_options import BASELINES, MORTALITY, SERVICES, base_of, case, closed, counted, setting, times
from test_random_options import drawn

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.record.verdicts import largest_outside, speeds_up
from mixedmig_model.record.words.judged.sentence import About, judgement_sentence
from mixedmig_model.results.indicators.judgement import judge
from mixedmig_model.study.responses import made_breaches

WEIGHTS = "arrivals.composition"
THIRD = 0.3
RENAMED = "renamed_{name}"
QUICK = "generic_surge"
CASES = [pytest.param(name, marks=() if name == QUICK else pytest.mark.slow) for name in BASELINES]
FEW, MANY = 1, 100
SEEDS = [pytest.param(seed, marks=() if seed < FEW else pytest.mark.slow) for seed in range(MANY)]


def plain(run):
    """A run whose levers do not switch themselves: such a run is resolved again from its files."""
    return replace(run, switching=None)


def divided(run, group):
    """A run in which a group is two that differ in nothing: the first has a third of its people."""
    at = list(run.groups).index(group)
    names = [*list(run.groups)[:at], f"{group}_1", f"{group}_2", *list(run.groups)[at + 1:]]
    places = [*range(at + 1), *range(at, len(run.groups))]
    parameters = {}
    for key, steps in run.parameters.items():
        if CATALOGUE[key].axis == "group":
            values = steps.values[:, places].copy()
            if key == WEIGHTS:
                values[:, at] *= THIRD
                values[:, at + 1] *= 1.0 - THIRD
            steps = Steps(steps.starts, values)
        parameters[key] = steps
    kinds = list(run.groups.values())
    groups = {name: kinds[place] for name, place in zip(names, places, strict=True)}
    return replace(run, groups=groups, parameters=parameters, digest=f"{run.digest} {group} divided")


def renamed(run):
    """A run whose countries have other names."""
    opening = tuple(one.model_copy(update={"country": RENAMED.format(name=one.country)}) for one in run.opening)
    countries = tuple(RENAMED.format(name=name) for name in run.countries)
    return replace(run, countries=countries, opening=opening, digest=f"{run.digest} renamed")


def said(base, options, titles):
    """The verdict and the sentence of each option. Args: titles, of the countries by name."""
    counts, tables = counted({"": base, **options}, tables=True)
    found = {}
    for name, run in options.items():
        judged = judge({"default": counts[name]}, {"default": counts[""]}, made_breaches(run, base))
        about = About(titles, largest_outside(tables[name], tables[""]), False, speeds_up(run, base))
        found[name] = (judged.ranked, judged.better_on_all, judgement_sentence(judged, about))
    return found


def titles_of(name):
    return {key: country.title for key, country in case(name).case.countries.items()}


@cache
def options(name):
    """A case and options of it that differ in many ways: its own, closures, mortality, and turning people back."""
    base = plain(base_of(name))
    made = {one: plain(resolve(case(name), one)) for one in case(name).scenarios if one != BASELINES[name]}
    made |= {
        "nobody served": closed(base, SERVICES), "fewer die": times(base, 0.5, *MORTALITY),
        "detained": setting(base, detention__detained_share=1.0, detention__places=1e5),
        "turned back": setting(base, journey__refused_share=1.0, journey__turn_back_rate=0.5),
    }
    return base, made, said(base, made, titles_of(name))


def largest_group(run):
    weights = run.parameters[WEIGHTS].values[0]
    return list(run.groups)[int(np.argmax(weights))]


@pytest.mark.parametrize("name", CASES)
def test_a_country_by_another_name_changes_no_sentence_of_a_case(name):
    base, made, before = options(name)
    titles = {RENAMED.format(name=key): title for key, title in titles_of(name).items()}
    assert said(renamed(base), {one: renamed(run) for one, run in made.items()}, titles) == before
    assert len({sentence for _, _, sentence in before.values()}) > 3


@pytest.mark.parametrize("name", CASES)
def test_a_group_divided_in_two_alike_changes_no_sentence_of_a_case(name):
    base, made, before = options(name)
    group = largest_group(base)
    assert said(divided(base, group), {one: divided(run, group) for one, run in made.items()},
                titles_of(name)) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_changes_a_sentence_of_a_random_scenario(seed):
    run, dice = drawn(seed)
    base, gone = plain(run), dice.choice(SERVICES)
    made = {"closed": closed(base, [gone]), "fewer": times(base, 0.5, *MORTALITY)}
    names = {key: key.capitalize() for key in base.countries}
    others = {RENAMED.format(name=key): title for key, title in names.items()}
    before, group = said(base, made, names), dice.choice(list(base.groups))
    assert said(renamed(base), {one: renamed(other) for one, other in made.items()}, others) == before
    assert said(divided(base, group), {one: divided(other, group) for one, other in made.items()}, names) == before
