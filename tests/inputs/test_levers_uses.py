"""Levers in a scenario: more faults than test_lever_faults.py has, all of them at once, and what is no clash."""

import pytest
from faulty_workspace import NAME, SCENARIO, Faulty, exactly, read_all, write

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace

HEAD = "schema: 1\ncase: andaman_sea_2015\ntitle: T\ndescription: D\n"
HERE = f"parameters/{SCENARIO}:{{line}}: levers"
SECOND_LEVER = """
  patrols:
    title: T
    description: D
    paragraphs: ['12']
    changes:
      - {parameter: journey.refused_share, set: 0.1, reason: R}
    evidence: {text: None., source: assumption, strength: none}
    moves: {deaths: down}
"""


def uses(*lines, more="", line=6):
    """A scenario that uses levers, one a line; the fault stands on ``line``, the first of them where not given."""
    text = HEAD + "levers:\n" + "".join(f"  - {{{text}}}\n" for text in lines) + more
    return write(SCENARIO, text, line)


TABLE = [
    Faulty("less than nothing of a lever", uses("lever: sar, intensity: -0.5"),
           HERE + ".0.intensity: too small; found -0.5; allowed: at least 0"),
    Faulty("a start before the run", uses("lever: sar, start: 2014-12-31"),
           HERE + ".0.start: outside the run of the case; found 2014-12-31; allowed: 2015-01-01 to 2016-12-31, or days "
           "after 2015-01-01"),
    Faulty("an effect of another lever", uses(
        "lever: information, effects: [{parameter: responses.enforcement_effect, value: 0.1, source: S90, reason: R}]"),
           HERE + ".0.effects.0.parameter: not an effect of the lever; found 'responses.enforcement_effect'; allowed: "
           "responses.information_effect…"),
]


def read_one(root):
    """Read the workspace and its case, and resolve the scenario whose file is changed."""
    resolve(read_case(read_workspace(root), NAME), "disembark_within_two_days")


@pytest.mark.parametrize("faulty", TABLE, ids=[faulty.name for faulty in TABLE])
def test_a_faulty_use_of_a_lever_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_one(folder.parent)


def test_all_faults_of_a_scenario_come_at_once(folder):
    uses("lever: screning", "lever: sar, start: 4000", "preset: crff", "lever: avrr, intensity: 0.5")(folder)
    with pytest.raises(InputFaultsError) as caught:
        read_all(folder.parent)
    assert [fault.path for fault in caught.value.faults] == ["levers.0.lever", "levers.1.start", "levers.2.preset"]


def test_every_clash_of_a_scenario_is_told(folder):
    path = folder / "levers/journey.yaml"
    path.write_text(path.read_text(encoding="utf-8") + SECOND_LEVER, encoding="utf-8")
    uses("lever: disembarkation", "lever: patrols", "lever: sar", "lever: sar")(folder)
    with pytest.raises(InputFaultsError) as caught:
        read_one(folder.parent)
    assert [fault.path for fault in caught.value.faults] == ["levers.1", "levers.3"]


@pytest.mark.parametrize("lines", [
    ("lever: sar, until: 2015-05-01", "lever: sar, start: 2015-05-01"),
    ("lever: agency_access, countries: [thailand]", "lever: agency_access, countries: [malaysia]"),
    ("preset: crrf, until: 2015-05-01", "lever: avrr, start: 2015-05-01"),
    ("lever: sar, start: 120", "lever: information, start: 2015-05-01, countries: [bangladesh]"),
    ("lever: disembarkation", "lever: screening", "lever: taskforce"),
])
def test_levers_that_meet_nowhere_or_change_other_things_do_not_clash(folder, lines):
    uses(*lines)(folder)
    read_one(folder.parent)
