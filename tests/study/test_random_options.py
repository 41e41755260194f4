"""What the rule of judgement must hold of any scenario: random levers, inputs and mortalities in the shipped cases.

A few run in the gate, a hundred in the slow tests.
"""

import random

import pytest
from judged_options import (
    BASELINES,
    CITED,
    CLOSED,
    MORTALITY,
    OWN,
    case,
    closed,
    counted,
    games_of,
    judged,
    times,
)

from mixedmig_model.inputs.levers.schema import LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve

FEW, MANY = 2, 100
SEEDS = [pytest.param(seed, marks=() if seed < FEW else pytest.mark.slow) for seed in range(MANY)]
TURNED = ("registration.officers", "screening.officers", "determination.officers", "reception.places", "onward.rate",
          "absconding.rate", "journey.unrecorded_share", "return.officers", "appeal.panels")
QUICK = ("generic_surge", "japan_2011")
"""Cases of the few."""


def scenario(dice, name):
    """A case with up to four levers more than its baseline has, and up to two inputs turned."""
    inputs, base = case(name), BASELINES[name]
    levers = [key for key, one in inputs.workspace.levers.items()
              if not {effect.parameter for effect in one.effects} & set(CITED)]
    chosen = dice.sample(sorted(levers), dice.randint(0, 4))
    uses = [LeverUse(lever=lever, intensity=dice.choice([0.5, 1.0])) for lever in chosen]
    run = resolve(inputs.with_levers(base, [*inputs.scenario(base).levers, *uses], "one"), "one")
    for parameter in dice.sample(TURNED, dice.randint(0, 2)):
        run = times(run, dice.choice([0.3, 0.7, 1.5]), parameter)
    return run


def drawn(seed):
    """A random scenario, the dice after it."""
    dice = random.Random(seed)
    name = dice.choice(QUICK if seed < FEW else sorted(BASELINES))
    return scenario(dice, name), dice


def named(found):
    """Harms of which anything is said but that they do not differ."""
    return {one.key for word in ("better", "worse", "unclear", "depends") for one in found.named(word)}


@pytest.mark.parametrize("seed", SEEDS)
def test_where_fewer_die_and_nothing_else_changes_only_deaths_are_named(seed):
    run, dice = drawn(seed)
    more = dice.choice([1.0, 1.0, 5.0])
    base = times(run, more, *MORTALITY)
    found = judged(base, {"fewer": times(run, more * dice.choice([0.0, 0.25, 0.5, 0.8]), *MORTALITY)})["fewer"]
    assert named(found) <= {"deaths"}
    assert not found.named("worse")
    assert {one.word for one in found.breaches} <= {"in_both", "none", "within"}


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_services_close_it_is_never_better_on_all_and_is_told(seed):
    run, dice = drawn(seed)
    gone = dice.sample(CLOSED, dice.randint(1, 3))
    tents = run.parameters["reception.tent_places"].values.any()  # they stay when other places of reception close
    found = judged(run, {"closed": closed(run, gone)})["closed"]
    assert not found.better_on_all
    served = counted({"": run})[""].served
    told = {one.service for one in found.serves_fewer}
    kinds = [key.split(".")[0] for key in gone if not (tents and key == "reception.places")]
    assert {kind for kind in kinds if served[kind] >= 1.0} <= told


HIDING = ("returns x 3", "absconding x 5", "onward x 3", "half unrecorded", "nobody recorded", "everybody detained",
          "turned back")
"""Ways to have fewer people in view."""


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_earned_by_hiding_moving_or_sending_people_back(seed):
    run, dice = drawn(seed)
    games = games_of(run)
    chosen = dice.sample(HIDING, 2)
    found = judged(run, {way: games[way] for way in (*chosen, "arrivals x 0.9", "resettled")})
    assert [way for way in chosen if found[way].better_on_all] == []
    assert named(found["arrivals x 0.9"]) == set()
    worse = found["resettled"].named("worse")
    assert all(one.key == "sent_back" and one.stayed for one in worse)  # fewer left before a decision, and it is told


@pytest.mark.parametrize("seed", SEEDS)
def test_more_of_a_service_is_never_worse_on_its_own_harm(seed):
    run, dice = drawn(seed)
    service = dice.choice(sorted(OWN))
    found = judged(run, {"more": times(run, 1.5, service)})["more"]
    assert {one.key for one in found.named("worse")} & OWN[service] == set()
