"""Origins of groups, who lands where, and readmission by group: read from files, and their faults."""

import pytest
from small_case import write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace

FILE = "parameters/cases/small/case.yaml"
GROUPS = """groups:
  refugee: {{title: Refugees, need: international, origin: {refugee}}}
  migrant: {{title: Migrants, need: none, origin: {migrant}}}
"""
SETS = """parameters:
  journey.disembarkation_share: {{by_country: {{north: 0.5, south: 0.5}}, source: assumption, quality: assumption}}
  arrivals.composition: {{value: 1, source: assumption, quality: assumption}}
{more}"""
FACTOR = "  return.readmission_factor: {{{value}, source: assumption, quality: assumption}}\n"


def read(root, more=""):
    write_small(root, more=more)
    return read_case(read_workspace(root), "small")


def faults_of(root, more):
    with pytest.raises(InputFaultsError) as caught:
        read(root, more)
    return [str(fault) for fault in caught.value.faults]


def case(refugee="stateless", migrant="north", more=""):
    return GROUPS.format(refugee=refugee, migrant=migrant) + SETS.format(more=more)


def factor_of(root, value=""):
    more = FACTOR.format(value=value) if value else ""
    run = resolve(read(root, case(more=more)))
    return run.parameters["return.readmission_factor"].values.tolist()


def test_stateless_people_are_never_readmitted_unless_a_case_says_so_by_group(tmp_path):
    assert factor_of(tmp_path) == [[0.0, 1.0]]
    assert factor_of(tmp_path, "value: 0.5") == [[0.0, 0.5]]
    assert factor_of(tmp_path, "by_need: {international: 0.4, other: 1, none: 0.5}") == [[0.0, 0.5]]
    assert factor_of(tmp_path, "by_group: {refugee: 0.2, migrant: 0.5}") == [[0.2, 0.5]]


def test_a_case_without_origins_keeps_its_digest(tmp_path):
    plain, again = resolve(read(tmp_path)), resolve(read(tmp_path, "landing: []\n"))
    assert plain.digest == again.digest
    weighed = read(tmp_path, "landing:\n  - {group: refugee, country: north, weight: 2}\n")
    assert resolve(weighed).digest != plain.digest
    assert [(row.weight, row.quality) for row in weighed.case.landing] == [(2.0, "assumption")]


@pytest.mark.parametrize(("row", "message"), [
    ("{group: refuge, country: north, weight: 1}",
     "landing.0.group: unknown group; found 'refuge'; allowed: child_alone, …; did you mean 'refugee'?"),
    ("{group: refugee, country: nort, weight: 1}",
     "landing.0.country: unknown country; found 'nort'; allowed: north, south; did you mean 'north'?"),
    ("{group: refugee, country: north, weight: -1}",
     "landing.0.weight: too small; found -1; allowed: at least 0"),
])
def test_rows_of_landing_with_faults_are_refused(tmp_path, row, message):
    found = faults_of(tmp_path, f"landing:\n  - {row}\n")
    head, _, tail = message.partition("…")
    assert len(found) == 1
    assert found[0].startswith(f"{FILE}:13: {head}")
    assert found[0].endswith(tail)


def test_a_pair_with_two_weights_is_refused(tmp_path):
    row = "  - {group: refugee, country: north, weight: 2}\n"
    assert faults_of(tmp_path, f"landing:\n{row}{row}") == [
        f"{FILE}:14: landing.1: duplicate entry, first on line 13; found 'refugee, north'; "
        "allowed: one weight for each group and country"]


def test_a_country_in_which_no_group_lands_is_refused(tmp_path):
    rows = "".join(f"  - {{group: {name}, country: south, weight: 0}}\n" for name in ("refugee", "migrant"))
    groups = GROUPS.format(refugee="north", migrant="north")
    found = faults_of(tmp_path, f"{groups}landing:\n{rows}{SETS.format(more='')}")
    assert found == [f"{FILE}:17: landing.1.weight: no group lands in south; found 0; "
                     "allowed: a weight above 0 for at least one group"]


def test_people_present_where_every_group_is_at_home_are_refused(tmp_path):
    opening = "opening:\n  - {stage: screening, place: reception, country: north, persons: 5}\n"
    found = faults_of(tmp_path, case("north", "north") + opening)
    assert len(found) == 1
    assert "opening.0.country: every group is at home in north, so that nobody can be in the procedure" in found[0]


def test_an_origin_that_resembles_a_country_of_the_case_gets_a_caution(tmp_path):
    cautions = [str(one) for one in read(tmp_path, case("norht", "bangladesh")).cautions if "origin" in one.text]
    assert cautions == [f"{FILE}:13: groups.refugee.origin: the origin is no country of the case; found norht; "
                        "did you mean north?"]
