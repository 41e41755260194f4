"""A case of claims: where people enter, what numbers count, and who waits as the run opens."""

import numpy as np
import pytest
from small_case import SETS_ALL, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.solve.schedule import opening_by_group, opening_waited, waited_ages
from mixedmig_model.solve.shapes import shaped_departures

WAITING = "opening:\n  - {{stage: determination, place: community, country: north, persons: 100{more}}}\n"


def resolved(root, **small):
    write_small(root, **small)
    return resolve(read_case(read_workspace(root), "small"))


def refused(root, text, **small):
    write_small(root, **small)
    with pytest.raises(InputFaultsError, match=text):
        read_case(read_workspace(root), "small")


def test_a_case_as_before_has_a_journey_and_persons(tmp_path):
    run = resolved(tmp_path)
    assert run.counts == "persons"
    assert run.parameters["arrivals.claim_share"].values.tolist() == [[0.0, 0.0]]


def test_one_line_says_that_all_enter_with_a_claim(tmp_path):
    run = resolved(tmp_path, more="entry: determination\n")
    assert run.parameters["arrivals.claim_share"].values.tolist() == [[1.0, 1.0]]


def test_inputs_of_the_journey_are_not_asked_for(tmp_path):
    """Nobody is at sea or without a record, and nobody passes registration."""
    parameters = "parameters:\n  absconding.rate: {value: 0, range: [0, 1], source: assumption, quality: assumption}\n"
    write_small(tmp_path, more=f"route: air\nentry: determination\n{parameters}")
    asked = {one.path for one in check_workspace(tmp_path).cases["small"].cautions if one.unset}
    assert "parameters.determination.officers" in asked
    assert not asked & {f"parameters.{name}" for name in (
        "journey.mortality", "journey.unrecorded_share", "registration.officers", "screening.officers",
        "irregular.found_rate")}


def test_the_line_and_the_input_cannot_both_say_it(tmp_path):
    own = "  arrivals.claim_share: {value: 0.5, source: assumption, quality: assumption}\n"
    refused(tmp_path, r"parameters.arrivals.claim_share: the line entry says where all people enter",
            more=f"entry: determination\nparameters:\n{own}")


@pytest.mark.parametrize(("line", "allowed"), [("entry: appeal", "journey"), ("counts: files", "persons")])
def test_another_word_is_refused(tmp_path, line, allowed):
    refused(tmp_path, f"case.yaml:.*{line.split(':')[0]}: .*{allowed}", more=f"{line}\n")


def test_numbers_may_count_cases(tmp_path):
    more = "counts: cases\n" + WAITING.format(more="") + SETS_ALL.replace("opening: []\n", "") + (
        "  work.persons_per_case: {value: 1.5, source: assumption, quality: assumption}\n")
    run = resolved(tmp_path, more=more)
    assert shaped_departures(run).at(0.0) == pytest.approx([15.0, 15.0])  # 590 cases in 59 days
    assert opening_by_group(run, run.opening[0]).sum() == pytest.approx(150.0)


def test_an_opening_may_be_of_one_group(tmp_path):
    run = resolved(tmp_path, more=WAITING.format(more=", group: trafficked"))
    found = dict(zip(run.groups, opening_by_group(run, run.opening[0]), strict=True))
    assert found["trafficked"] == 100.0
    assert sum(found.values()) == 100.0


def test_two_groups_of_one_stage_are_no_duplicate(tmp_path):
    one, two = (WAITING.format(more=f", group: {name}") for name in ("trafficked", "refugee"))
    write_small(tmp_path, more=one + two.removeprefix("opening:\n"))
    cautions = check_workspace(tmp_path).cases["small"].cautions
    assert not [one for one in cautions if "stage, place and country" in one.text]


def test_an_unknown_group_is_refused(tmp_path):
    refused(tmp_path, r"opening.0.group: unknown group.*did you mean 'refugee'",
            more=WAITING.format(more=", group: refugees"))


def test_people_have_waited_as_the_case_says(tmp_path):
    run = resolved(tmp_path, more=WAITING.format(more=", waited: {100: 0.4, 200: 1}"))
    ages = waited_ages(run)
    assert ages.tolist() == [0, 1, 100, 200]
    older = opening_waited(run, ages).sum(axis=(1, 2, 3))
    assert np.allclose(older, [100.0, 99.6, 60.0, 0.0])


@pytest.mark.parametrize("waited", ["{100: 0.4, 200: 0.9}", "{100: 0.6, 200: 0.5, 300: 1}", "{}"])
def test_shares_by_time_waited_rise_to_one(tmp_path, waited):
    refused(tmp_path, r"opening.0.*: the shares of people by time waited do not rise to 1",
            more=WAITING.format(more=f", waited: {waited}"))
