"""Queues and waits of several stages and runs in one arithmetic: each is what it is alone, to the byte."""

import numpy as np
import pytest
from hand_dataset import Hand

from mixedmig_model.results.indicators.facts import ADRIFT, INDICATED, Facts, find_waits
from mixedmig_model.results.waits.before import Before
from mixedmig_model.results.waits.heads import StageQueues, Totals, queues_of, waits_of
from mixedmig_model.results.waits.queues import KNOWN_OF_EACH, SERIES, make_queues
from mixedmig_model.results.waits.waiting import served_alike, stage_waits, stages_alike
from mixedmig_model.solve.run_arrays import over_weeks

AGES = np.array([0.0, 30.0, 90.0])
ARRAYS = ("congested", "wait", "arrival_wait", "country", "series")


def totals(seed, queues, days=120, before=None):
    """Totals of queues that grow, lose people and empty, by chance."""
    random = np.random.default_rng(seed)
    entered, served = random.uniform(0.0, 9.0, (days, queues)), random.uniform(0.0, 6.0, (days, queues))
    waiting, lost = [random.uniform(0.0, 40.0, queues)], []
    for came, seen in zip(entered, served, strict=True):
        seen[:] = np.minimum(seen, waiting[-1] + came)
        lost.append(0.03 * (waiting[-1] + came - seen))
        waiting.append(waiting[-1] + came - seen - lost[-1])
    older = None if before is None else Before(AGES, np.tile(np.array([[1.0], [before], [0.0]]), (1, queues)))
    return Totals(entered, served, np.array(lost), np.array(waiting), older)


def alone(part):
    return make_queues(part.entered, part.served, part.lost, part.waiting, before=part.before)


PARTS = [totals(1, 2), totals(2, 1), totals(3, 3, days=70), totals(4, 2, before=0.4), totals(5, 1, before=0.7)]


def test_queues_next_to_others_are_what_they_are_alone():
    for part, found in zip(PARTS, queues_of(PARTS), strict=True):
        own = alone(part)
        for name in SERIES:
            assert getattr(found, name).tobytes() == getattr(own, name).tobytes(), name
        assert found.longest() == own.longest() > 0.0
        assert found.older_than(20.0).tobytes() == own.older_than(20.0).tobytes()


def test_waits_next_to_others_are_what_they_are_alone():
    asked = [StageQueues(str(k), part, np.zeros(part.number, int), np.arange(part.number)[:, None],
                   np.random.default_rng(k).choice([0.0, 0.5, 1.0], part.waiting.shape))
             for k, part in enumerate(PARTS)]
    for one, found in zip(asked, waits_of(asked), strict=True):
        (own,) = waits_of([one])
        assert found.stage == own.stage == one.stage
        for name in ARRAYS:
            assert getattr(found, name).tobytes() == getattr(own, name).tobytes(), name
        assert (found.median, found.p90) == (own.median, own.p90)
        assert found.backlog_at_end == own.backlog_at_end == own.age_of_backlog()


def test_nothing_is_asked_and_nothing_is_found():
    assert queues_of([]) == waits_of([]) == []


def test_some_queues_keep_what_is_known_of_all():
    queues = alone(PARTS[2])
    chosen = np.array([True, False, True])
    fresh, known = queues.of(chosen), queues.known().of(chosen)
    for name in KNOWN_OF_EACH:
        assert name not in vars(fresh)
        assert vars(known)[name].tobytes() == getattr(fresh, name).tobytes()
    assert known.longest() == fresh.longest()


def busy(served):
    """A run of three groups, one of which is served sooner."""
    hand = Hand(60, groups={"one": ("international",), "two": ("none",), "ill": ("other", "ill")})
    for name, rate in (("one", served), ("two", served), ("ill", 8.0)):
        hand.move("landed", slice(None), 10.0, place="reception", group=name)
        hand.move("registered", slice(None), rate, group=name)
    hand.services["service_capacity"][:, 0] = 2.0 * served + 8.0
    return hand.dataset()


def test_waits_of_runs_are_found_together_or_one_by_one():
    runs = [busy(3.0), busy(5.0)]
    known = [Facts(ds) for ds in runs]
    find_waits(known)
    for ds, facts in zip(runs, known, strict=True):
        assert set(facts._waits) == {*INDICATED, ADRIFT}
        for stage in INDICATED:
            own = stage_waits(ds, stage)
            for name in ARRAYS:
                assert getattr(facts.waits(stage), name).tobytes() == getattr(own, name).tobytes(), (stage, name)
        assert facts.waits("registration").median == Facts(ds).waits("registration").median > 0.0
    assert known[0].waits("registration").median != known[1].waits("registration").median


def test_classes_of_several_stages_are_those_of_each():
    ds = busy(3.0)
    found = stages_alike(ds, INDICATED)
    for stage in INDICATED:
        served, waiting = (ds[f"daily_{name}"].sel(stage=stage).values for name in ("served", "waiting"))
        assert np.array_equal(found[stage], served_alike(served, waiting)), stage
    assert found["registration"][:, 0].tolist() == [0, 0, 2]


@pytest.mark.parametrize("cells", [1, 2, 3, 8, 64])
def test_a_flow_is_added_up_alike_alone_and_next_to_others(cells):
    weekly = np.random.default_rng(cells).uniform(0.0, 1.0, (157, 300)) ** 9
    own = over_weeks(np.ascontiguousarray(weekly[:, 40 : 40 + cells]))
    assert own.tobytes() == over_weeks(weekly)[40 : 40 + cells].tobytes()
    assert over_weeks(weekly[:, :6].reshape(157, 2, 3)).shape == (2, 3)
