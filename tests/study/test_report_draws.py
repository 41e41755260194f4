"""Draws of a report: made once and kept by what they are made of, and words where there are none."""

from dataclasses import replace

import pytest
from short_case import NAMES, short_case

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.solve import run as solvers
from mixedmig_model.study.ensemble import report_draws as module
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.report_draws import NOT_ASKED, report_draws
from mixedmig_model.study.ensemble.run import EnsembleStoppedError

REASON = "llvmlite is not installed (pip install llvmlite); ..."


@pytest.fixture
def inputs(monkeypatch):
    monkeypatch.setattr(solvers, "available", lambda: REASON)  # the reference path: nothing to compile
    return short_case()


def test_without_llvmlite_no_draws_are_made_unless_asked_for_and_the_report_says_why(inputs, tmp_path):
    made = report_draws(inputs, NAMES, tmp_path / "draws")
    assert made.folder is None
    assert made.why == ("Draws are made without asking only where the kernel can be used. Solved on the "
                        f"reference path: {REASON}.")
    assert report_draws(inputs, NAMES, tmp_path / "draws", 0) == (None, NOT_ASKED)
    assert not (tmp_path / "draws").exists()


def test_an_unchanged_ensemble_is_kept_and_another_has_a_folder_of_its_own(inputs, tmp_path):
    first = report_draws(inputs, NAMES[:1], tmp_path / "draws", 2, workers=1)
    before = {path.name: path.stat().st_mtime_ns for path in first.folder.iterdir()}
    assert report_draws(inputs, NAMES[:1], tmp_path / "draws", 2, workers=1) == first
    assert {path.name: path.stat().st_mtime_ns for path in first.folder.iterdir()} == before
    other = report_draws(inputs, NAMES[:1], tmp_path / "draws", 2, seed=2, workers=1)
    assert other.folder != first.folder
    assert read_ensemble(first.folder).draws == 2


@pytest.mark.parametrize(("draws", "seed", "words"), [
    (-1, 1, "--draws: not an allowed number of draws; found -1"), (5, -2, "--seed: the seed is negative; found -2")])
def test_impossible_wishes_are_refused(inputs, tmp_path, draws, seed, words):
    with pytest.raises(InputFaultsError, match=words):
        report_draws(inputs, NAMES[:1], tmp_path / "draws", draws, seed)


def test_draws_that_stop_are_used_as_far_as_they_are_kept(inputs, tmp_path, monkeypatch):
    real = module.run_ensemble

    def stops(*parts, **named):
        raise EnsembleStoppedError(
            "the disk is full. 0 of 1 blocks are kept in draws, and the same command continues there")

    monkeypatch.setattr(module, "run_ensemble", stops)
    made = report_draws(inputs, NAMES[:1], tmp_path / "draws", 2, workers=1)
    assert made.folder is None
    assert made.why.startswith("The draws stopped before the first were kept: the disk is full.")

    def half(inputs, design, *parts, **named):
        real(inputs, design, *parts, **named)
        last = sorted(parts[0].glob("draws_*.nc"))[-1]
        last.unlink()
        raise EnsembleStoppedError("the disk is full")

    monkeypatch.setattr(module, "run_ensemble", half)
    monkeypatch.setattr(module, "BLOCK", 1)
    kept = report_draws(inputs, NAMES[:1], tmp_path / "draws", 2, workers=1)
    assert read_ensemble(kept.folder).draws == 1


def test_a_changed_input_makes_other_draws(inputs, tmp_path):
    first = report_draws(inputs, NAMES[:1], tmp_path / "draws", 1, workers=1)
    parameters = dict(inputs.case.parameters)
    parameters["arrivals.surge_factor"] = parameters["arrivals.surge_factor"].model_copy(
        update={"by_country": {"harbourland": 5.0, "northmark": 1.0}})
    changed = replace(inputs, case=inputs.case.model_copy(update={"parameters": parameters}))
    assert report_draws(changed, NAMES[:1], tmp_path / "draws", 1, workers=1).folder != first.folder
