"""Findings of an ensemble on disk: ranges, comparisons and drivers, and a run as a function of points."""

import json

import numpy as np
import pytest
from results.made_counts import counts
from short_case import FEW, NAMES, design, short_case

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.results.indicators.exposure import HARM_KEYS
from mixedmig_model.results.indicators.judgement import judge_draws
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.ensemble.draws import drawn_columns
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.findings import Compared, draws_of, findings, judged_draws, run_model
from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.ensemble.run import run_ensemble
from mixedmig_model.study.ensemble.sensitivity import tornado


@pytest.fixture(scope="module")
def inputs():
    return short_case()


@pytest.fixture(scope="module")
def found(inputs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ensemble") / "one"
    run_ensemble(inputs, design(draws=24, block=12, parameters=FEW), folder, workers=2)
    return read_ensemble(folder)


def test_findings_are_plain_data_with_a_range_for_every_indicator(found):
    record = findings(found)
    json.dumps({key: value for key, value in record.items() if key != "judged"})
    assert set(record["ranges"]) == {i.key for i in INDICATORS} | {"cost"}
    low, half, high = record["ranges"]["cost"]["most_likely"]
    assert low < half < high
    assert record["baseline"] == "most_likely"
    assert record["failed"] == dict.fromkeys(NAMES, 0)
    assert set(record["time"]) == {"days", "without_shelter", "waiting", "months", "cost"}
    assert len(record["time"]["waiting"]["early_hiring"][0]) == len(record["time"]["days"])
    assert 0.5 < record["evidence"]["assumed"] / record["evidence"]["inputs"] < 1.0


def test_equal_options_tie(found):
    pair = findings(found)["beats"]["awaiting_decision"]["early_hiring"]
    assert pair["share"] == 0.5 or pair["reason"]
    assert "turned_back" not in findings(found)["beats"]


def test_an_option_is_judged_draw_by_draw(found):
    shares = findings(found)["judged"]["early_hiring"]
    assert shares.draws == 24
    assert set(shares.better) == set(shares.worse) == set(HARM_KEYS)
    judged = judged_draws(found, "most_likely")["early_hiring"]
    assert shares.better["unsheltered"] == sum(one.harms[5].word == "better" for one in judged) / 24


def comparison(judged):
    """An option of two with these judgements, which always costs less."""
    values = {"cost": np.array([[2.0] * len(judged), [1.0] * len(judged)])}
    return Compared(["base", "option"], "base", values, judged={"option": judged},
                    same_people={"base": True, "option": True})


def test_an_option_that_adds_a_breach_in_any_draw_is_never_said_to_beat_another():
    base, added = counts(), counts(breaches={"turned_back": 1.0})
    clean = judge_draws([base] * 4, [base] * 4, ())
    assert comparison(clean).beats("cost", "option").share == 1.0
    found = comparison(judge_draws([base, base, base, added], [base] * 4, ())).beats("cost", "option")
    assert np.isnan(found.share)
    assert found.reason == "the option adds a breach"


def test_on_a_harm_the_share_of_draws_is_that_of_the_judgement():
    base, better = counts(), counts({"deaths": {"seen": 200.0}})
    worse, hair = counts({"deaths": {"seen": 400.0}}), counts({"deaths": {"seen": 299.5}})
    found = comparison(judge_draws([better, worse, hair, better], [base] * 4, ())).beats("deaths", "option")
    assert (found.share, found.harmed) == (0.625, 0.25)


def test_points_behind_the_draws_are_worked_out_again(found):
    draws = draws_of(found)
    assert draws.points.shape == (24, len(draws.names))
    assert draws.names[0] == "arrivals.scale"
    assert draws.names[draws.inputs].startswith("price of ")
    order = np.argsort(draws.points[:, 0])
    assert (np.diff(found.drawn[order, 0]) > 0.0).all()


def test_a_run_is_a_function_of_points(inputs, found):
    columns = drawn_columns(inputs, FEW)
    model = run_model(inputs, columns, "most_likely", "awaiting_decision", choose_solver().solve, together=2)
    keys = found.labels("indicator").tolist()
    table = found.table("indicators")[0, :, keys.index("awaiting_decision")]
    points = unit_points(len(columns), 24, 7, "latin_hypercube")[:3]
    np.testing.assert_allclose(model(points), table[:3], rtol=1e-6)
    swings = tornado(model, np.full(len(columns), np.nan), [0])
    assert swings[0].low < float(model(np.full((1, len(columns)), np.nan))[0]) < swings[0].high


def test_an_unknown_indicator_is_refused(inputs):
    with pytest.raises(InputFaultsError, match=r"unknown indicator; found 'death'.*did you mean 'deaths'"):
        run_model(inputs, drawn_columns(inputs, FEW), "most_likely", "death", choose_solver().solve)
