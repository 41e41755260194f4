"""How far the start of a case is, for all panels that wait for it."""

import pytest
from panel.small import small_workspace

from mixedmig_model.present.panel import engines as engines_of_panels
from mixedmig_model.present.panel.engines import Engines, StartStep
from mixedmig_model.present.panel.ranking import prepare
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.storage import cache


@pytest.fixture
def engine(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "find", lambda key, default: default)
    return Engines(small_workspace(tmp_path), "small").of(None)


def test_a_start_has_a_step_for_the_baseline_and_for_each_slider(engine):
    told = []
    made = prepare(engine, lambda *step: told.append(StartStep(*step)))
    ranked = [step for step in told if step.text == "Inputs are ordered by their effect in this case."]
    assert told[0] == StartStep(0, 1 + len(made.sliders), "The case is solved.")
    assert [step.done for step in ranked] == list(range(1, 1 + len(made.sliders)))
    assert {step.of for step in told} == {1 + len(made.sliders)}


def test_all_who_wait_for_a_start_see_one_and_the_same(engine, monkeypatch):
    begun = []
    monkeypatch.setattr(engines_of_panels, "prepare", lambda *given: begun.append(1) or prepare(*given))
    first, second = engine.starting(), engine.starting()
    assert next(first).done == 0
    steps = list(second)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert len(engine.prepared.sliders) >= 10
    assert begun == [1]


def test_a_start_that_failed_is_said_to_whoever_waits_and_begun_again(engine, monkeypatch):
    def fails(*_):
        raise SolveError("no end")

    with monkeypatch.context() as broken:
        broken.setattr(engines_of_panels, "prepare", fails)
        for _ in range(2):
            with pytest.raises(SolveError, match="no end"):
                assert engine.prepared
    assert engine.prepared.sliders
