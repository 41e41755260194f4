"""Inputs that a case must set itself: a caution for each that it does not set, where the input can act."""

import shutil

import pytest
from small_case import MIX, OWNED, ROOT, SHARES, write_small

from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.parameters.catalogue import OWNED_BY_CASE
from mixedmig_model.inputs.reading.faults import InputFaultsError

BARE = f"parameters:\n  {SHARES}\n"
OPENED = "opening:\n  - {stage: limbo, place: community, country: north, persons: 10}\n"


def unset(root, more, *rows, **scenarios):
    """What the check says of inputs that the small case does not set, by their path."""
    write_small(root, *rows, more=more, **scenarios)
    return {one.path: one for one in check_workspace(root).all_cautions if one.unset}


def without(*names):
    """The lines of a case that sets all inputs of its own but some."""
    kept = [line for line in OWNED.splitlines(keepends=True) if line.split(":")[0].strip() not in names]
    return f"parameters:\n  {SHARES}\n{''.join(kept)}{MIX}opening: []\n"


def setting(**values):
    """The lines of a case that sets all inputs of its own, some to other values."""
    names = {key.replace("__", "."): value for key, value in values.items()}
    lines = [f"  {name}: {{value: {value}, source: assumption, quality: assumption}}\n"
             for name, value in names.items()]
    return without(*names).replace(MIX, "".join(lines) + MIX)


def test_a_case_of_arrivals_alone_is_warned_of_each_input_to_own(tmp_path):
    found = unset(tmp_path, BARE)
    assert set(found) == {f"parameters.{name}" for name in OWNED_BY_CASE} | {"opening"}
    one = found["parameters.journey.mortality"]
    assert str(one) == (
        "parameters/cases/small/case.yaml: parameters.journey.mortality: the case does not set Mortality of the "
        "crossing; found 0.0092 share, for boats in the Bay of Bengal in 2015; set it with its source")
    assert found["parameters.reception.places"].found == "1000 places, for a middle-income host in Asia and the Pacific"
    assert found["parameters.arrivals.composition"].found.startswith("the base values, for ")
    assert str(found["opening"]) == (
        "parameters/cases/small/case.yaml: opening: the case does not say who is present on the first day; found "
        "nobody; list them, or write opening: []")


def test_once_all_are_set_no_warning_is_left(tmp_path):
    assert unset(tmp_path, "") == {}


@pytest.mark.parametrize("name", [line.split(":")[0].strip() for line in OWNED.splitlines()])
def test_each_is_missed_alone(tmp_path, name):
    acts = {"detention.places", "law.child_exemption", "law.specific_needs_exemption", "law.detention_limit"}
    more = without(name) if name not in acts else without(name, "detention.detained_share")
    found = set(unset(tmp_path, more))
    assert f"parameters.{name}" in found
    assert found <= {f"parameters.{name}", "parameters.detention.detained_share",
                     "parameters.journey.adrift_death_rate"}


def test_where_nobody_is_detained_places_and_law_of_detention_do_not_matter(tmp_path):
    law = ("law.child_exemption", "law.specific_needs_exemption", "law.detention_limit")
    assert unset(tmp_path, without("detention.places", *law)) == {}


def test_where_there_is_no_place_shares_of_detention_do_not_matter(tmp_path):
    names = ("detention__detained_share", "detention__pre_removal_rate", "law__no_penalty_for_irregular_entry")
    more = setting(detention__places=0)
    for name in names:
        more = "".join(line for line in more.splitlines(keepends=True) if name.replace("__", ".") not in line)
    assert unset(tmp_path, more) == {}


def test_an_entry_that_is_penalised_makes_detention_matter(tmp_path):
    more = setting(law__no_penalty_for_irregular_entry=0).replace("  detention.places: {value: 200", "  x: {value: 200")
    more = "".join(line for line in more.splitlines(keepends=True) if not line.startswith("  x:"))
    assert set(unset(tmp_path, more)) == {"parameters.detention.places"}


def test_alternatives_to_detention_make_its_shares_matter(tmp_path):
    more = setting(detention__places=0, alternative__places=50, alternative__offered_share=1)
    more = "".join(line for line in more.splitlines(keepends=True) if "detention.detained_share" not in line)
    assert set(unset(tmp_path, more)) == {"parameters.detention.detained_share"}


def test_an_option_that_opens_a_door_counts(tmp_path):
    change = "changes:\n  - {parameter: journey.refused_share, set: 0.2, reason: For a test.}\n"
    assert unset(tmp_path / "without", "") == {}
    assert set(unset(tmp_path / "with", "", refusing=change)) == {"parameters.journey.adrift_death_rate"}


def test_the_journey_does_not_matter_where_nobody_departs(tmp_path):
    rows = [f"2019-01-01,2019-03-01,{country},0,assumption,assumption," for country in ("north", "south")]
    journey = ("journey.mortality", "journey.refused_share")
    more = without(*journey).replace("opening: []\n", OPENED)
    assert unset(tmp_path, more, *rows) == {}


def test_without_anybody_nothing_matters_but_who_is_there(tmp_path):
    rows = [f"2019-01-01,2019-03-01,{country},0,assumption,assumption," for country in ("north", "south")]
    assert set(unset(tmp_path, BARE, *rows)) == {"opening"}


def test_escorts_decide_whether_returns_without_a_decision_and_out_of_limbo_matter(tmp_path):
    names = ("law.individual_decision", "return.late_return_rate")
    assert set(unset(tmp_path / "some", without(*names))) == {f"parameters.{name}" for name in names}
    more = setting(return__escorted_places=0)
    more = "".join(line for line in more.splitlines(keepends=True) if not any(name in line for name in names))
    assert unset(tmp_path / "none", more) == {}


def priced(root, text):
    """The small case, all inputs set, with a cost book and what its ``costs.yaml`` says."""
    folder = write_small(root)
    shutil.copytree(ROOT / "parameters" / "costs", root / "parameters" / "costs")
    (folder / "costs.yaml").write_text(f"schema: 1\n{text}", encoding="utf-8")
    return root


def test_economies_and_the_currency_are_the_cases_own(tmp_path):
    found = [str(one) for one in check_workspace(priced(tmp_path, "economies: {north: GBR}\n")).all_cautions]
    assert found == [
        "parameters/cases/small/costs.yaml: currency: the case does not name the currency of its budget; found USD; "
        "write currency: and its three letters",
        "parameters/cases/small/costs.yaml: economies.south: the case does not say whose pay and prices hold in South; "
        "found MYS; write the code of a country",
    ]


def test_a_currency_without_a_rate_is_refused(tmp_path):
    text = "currency: EUX\ntiers: {north: high_income, south: high_income}\n"
    message = ("currency: no exchange rate for EUX; found 'EUX'; allowed: AFN, .*; a rate is added in "
               "parameters/costs/rates.csv, or stated in money.yaml, or in exchange_rates of this file; "
               "did you mean 'EUR'")
    with pytest.raises(InputFaultsError, match=message):
        check_workspace(priced(tmp_path, text))
    good = priced(tmp_path / "good", text.replace("EUX", "EUR"))
    assert check_workspace(good).all_cautions == ()


def test_cautions_of_inputs_to_own_come_last_and_are_marked_for_programs(tmp_path):
    write_small(tmp_path, more=BARE, start="2018-12-31")
    cautions = check_workspace(tmp_path).all_cautions
    marks = [one.as_record()["unset"] for one in cautions]
    assert marks == sorted(marks)
    assert marks[0] is False
    assert marks[-1] is True
