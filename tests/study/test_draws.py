"""Draws of inputs: their distributions, shapes that are kept, simplices, bounds, the same points for the same seed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from short_case import short_case

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.schema import LocalValue
from mixedmig_model.results.distributions import Spread
from mixedmig_model.study.ensemble import points as points_of_draws
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns, drawn_values
from mixedmig_model.study.ensemble.points import seeds, unit_points


@pytest.fixture(scope="module")
def inputs():
    return short_case()


def drawn(inputs, name, share, scenario="most_likely"):
    """A case whose one parameter is drawn at a share of its distribution, resolved."""
    columns = drawn_columns(inputs, [name])
    values = drawn_values(columns, np.full((1, len(columns)), share))[0]
    return resolve(drawn_case(inputs, columns, values), scenario, held=True).parameters[name]


def test_points_are_one_in_each_equal_part_and_the_same_for_a_seed():
    points = unit_points(3, 50, 7, "latin_hypercube")
    assert (np.sort(np.floor(points * 50), axis=0) == np.arange(50)[:, None]).all()
    np.testing.assert_array_equal(points, unit_points(3, 50, 7, "latin_hypercube"))
    assert (points != unit_points(3, 50, 8, "latin_hypercube")).all()
    sobol = unit_points(2, 64, 7, "sobol")
    assert (np.histogram2d(*sobol.T, bins=(8, 8), range=((0, 1), (0, 1)))[0] == 1).all()


def test_each_draw_has_a_seed_of_its_own_that_more_draws_do_not_change():
    assert len(set(seeds(100, 7))) == 100
    np.testing.assert_array_equal(seeds(100, 7)[:10], seeds(10, 7))
    np.testing.assert_array_equal(seeds(100, 7)[60:80], seeds(80, 7, 60))


def test_points_are_the_same_whether_they_are_kept_or_made_anew_and_nobody_can_change_them(monkeypatch):
    kept = unit_points(3, 50, 7, "latin_hypercube")
    assert unit_points(3, 50, 7, "latin_hypercube") is kept
    with pytest.raises(ValueError, match="read-only"):
        kept[0, 0] = 0.5
    monkeypatch.setattr(points_of_draws, "MOST_KEPT", 100)
    made = unit_points(3, 50, 7, "latin_hypercube")
    assert made is not kept
    np.testing.assert_array_equal(made, kept)


def test_arrivals_are_drawn_from_half_to_double(inputs):
    column = drawn_columns(inputs, ["arrivals.scale"])[0]
    assert column.spread == Spread("lognormal", 0.5, 1.0, 2.0)
    values = drawn_values([column], np.array([[0.05], [0.5], [0.95]]))[:, 0]
    np.testing.assert_allclose(values, [0.5, 1.0, 2.0], rtol=1e-9)


def test_a_range_of_the_case_goes_before_the_factors_of_the_base_file(inputs):
    local = LocalValue(value=1.5, range=(0.9, 4.0), source="assumption", quality="assumption")
    case = inputs.case.model_copy(update={"parameters": {**inputs.case.parameters, "arrivals.scale": local}})
    (column,) = drawn_columns(replace(inputs, case=case), ["arrivals.scale"])
    assert column.spread == Spread("lognormal", 0.9, 1.5, 4.0)
    local = local.model_copy(update={"range": None})
    case = inputs.case.model_copy(update={"parameters": {**inputs.case.parameters, "arrivals.scale": local}})
    (column,) = drawn_columns(replace(inputs, case=case), ["arrivals.scale"])
    assert column.spread == Spread("lognormal", 0.75, 1.5, 3.0)


def test_the_middle_of_every_input_is_the_case_itself(inputs):
    columns = drawn_columns(inputs)
    values = drawn_values(columns, np.full((1, len(columns)), np.nan))[0]
    ours, theirs = resolve(drawn_case(inputs, columns, values), held=True), resolve(inputs)
    for name in CATALOGUE:
        if name != "arrivals.composition":  # weights come out as shares of one
            np.testing.assert_allclose(ours.parameters[name].values, theirs.parameters[name].values, rtol=1e-9,
                                       err_msg=name)


def test_a_dated_value_by_country_is_moved_as_a_whole(andaman):
    before = resolve(andaman).parameters["journey.abandonment_rate"]
    for share in (0.1, 0.9):
        after = drawn(andaman, "journey.abandonment_rate", share, "as_it_happened")
        assert after.starts == before.starts
        moving = before.values > 0.0
        factors = after.values[moving] / before.values[moving]
        np.testing.assert_allclose(factors, factors[0], rtol=1e-9)
        assert (factors[0] < 1.0) == (share < 0.5)
        assert (after.values[~moving] == 0.0).all()


def test_shares_by_need_are_shifted_on_their_logits_and_keep_their_order(inputs):
    def odds(steps):
        return np.log(steps.values / (1.0 - steps.values))

    name = "counselling.claim_share"
    shift = odds(drawn(inputs, name, 0.8)) - odds(resolve(inputs).parameters[name])
    np.testing.assert_allclose(shift, shift[0, 0], rtol=1e-6)
    assert shift[0, 0] > 0.0


def test_shares_of_one_whole_stay_legal(inputs):
    columns = drawn_columns(inputs, ["referral.protected_share", "referral.determination_share"])
    for row in drawn_values(columns, unit_points(2, 200, 1, "latin_hypercube")):
        run = resolve(drawn_case(inputs, columns, row), held=True)
        whole = sum(run.parameters[column.parameter].values for column in columns)
        assert whole.max() <= 1.0 + 1e-9
    high = drawn_values(columns, np.full((1, 2), 0.95))[0]
    assert resolve(drawn_case(inputs, columns, high), held=True).parameters[columns[0].parameter].values.max() > 0.4


def test_weights_of_groups_lie_on_the_simplex_with_the_case_as_their_mean(inputs):
    columns = drawn_columns(inputs, ["arrivals.composition"])
    values = drawn_values(columns, unit_points(len(columns), 4000, 1, "latin_hypercube"))
    international = [k for k, c in enumerate(columns) if inputs.groups[c.label].need == "international"]
    others = [k for k in range(len(columns)) if k not in international]
    for rows in (international, others):
        np.testing.assert_allclose(values[:, rows].sum(axis=1), 1.0, rtol=1e-9)
    np.testing.assert_allclose(values.mean(axis=0), [c.spread.value for c in columns], atol=0.005)
    run = resolve(drawn_case(inputs, columns, values[0]), held=True)
    names = list(inputs.groups)
    table = run.parameters["arrivals.composition"].values[0]
    at = [names.index(columns[k].label) for k in international]
    np.testing.assert_allclose(table[at] / table[at].sum(), values[0, international], rtol=1e-9)


def test_a_case_with_a_range_of_its_own_is_drawn_from_it(inputs):
    from dataclasses import replace

    from mixedmig_model.inputs.schema import LocalValue

    own = LocalValue(value=20.0, unit="percent", range=(15.0, 30.0), source="assumption", quality="assumption")
    parameters = {**inputs.case.parameters, "reception.community_share": own}
    local = replace(inputs, case=inputs.case.model_copy(update={"parameters": parameters}))
    column = drawn_columns(local, ["reception.community_share"])[0]
    assert column.spread.distribution == "beta"
    assert column.spread[1:] == pytest.approx((0.15, 0.2, 0.3))
    values = drawn_values([column], unit_points(1, 2000, 1, "latin_hypercube"))[:, 0]
    assert ((values > 0.15) & (values < 0.30)).mean() == pytest.approx(0.95, abs=0.01)
    assert resolve(drawn_case(local, [column], np.array([0.25]))).parameters[column.parameter].values.max() == 0.25


def test_levers_effects_without_a_source_and_what_is_switched_off_are_not_drawn(inputs):
    names = {column.parameter for column in drawn_columns(inputs)}
    roles = {inputs.workspace.parameters[name].role for name in names}
    assert roles == {"uncertain"}
    assert not names & {"responses.deterrence_elasticity", "responses.information_effect", "onward.mortality"}


def test_what_a_scenario_sets_is_what_it_says_and_its_additions_are_held(inputs):
    from mixedmig_model.inputs.schema import Change

    def with_change(**change):
        scenario = inputs.scenarios["most_likely"].model_copy(update={
            "changes": (Change(parameter="screening.specificity", reason="test", **change),)})
        return type(inputs)(**{**vars(inputs), "scenarios": {**inputs.scenarios, "most_likely": scenario}})

    columns = drawn_columns(inputs, ["screening.specificity"])
    value = np.array([0.7])
    set_ = resolve(drawn_case(with_change(set=0.65), columns, value), "most_likely", held=True)
    assert (set_.parameters["screening.specificity"].values == 0.65).all()
    added = resolve(drawn_case(with_change(add=0.5), columns, value), "most_likely", held=True)
    assert (added.parameters["screening.specificity"].values == 1.0).all()


def test_a_draw_leaves_the_case_as_it_was(inputs):
    before = resolve(inputs).digest
    columns = drawn_columns(inputs)
    drawn_case(inputs, columns, drawn_values(columns, unit_points(len(columns), 1, 5, "latin_hypercube"))[0])
    assert resolve(inputs).digest == before
    assert inputs.case.start == date(2018, 1, 1)


@pytest.mark.parametrize(("spread", "share", "expected"), [
    (Spread("lognormal", 0.0, 2.0, 8.0), 0.05, 0.5),
    (Spread("lognormal", 0.0, 2.0, 8.0), 0.5, 2.0),
    (Spread("lognormal", 0.0, 2.0, 8.0), 0.95, 8.0),
    (Spread("beta", 0.0, 0.5, 1.0), 0.3, 0.3),
    (Spread("beta", 0.0, 0.0, 1.0), 0.9, 0.0),
])
def test_ranges_that_a_distribution_cannot_have_are_read_as_documented(spread, share, expected):
    assert spread.at(np.array([share]))[0] == pytest.approx(expected, abs=1e-6)


def test_a_wide_beta_has_one_peak():
    values = Spread("beta", 0.0, 0.97, 1.0).at(unit_points(1, 1000, 1, "latin_hypercube")[:, 0])
    assert values.mean() == pytest.approx(0.97, abs=0.002)
    assert values.min() > 0.6
