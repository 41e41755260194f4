"""Catalogues of levers: more faults than test_lever_faults.py has, all at once, and what the shipped ones hold."""

import pytest
from faulty_workspace import Faulty, exactly, remove, swap, write

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.results.indicators.table import INDICATORS

FILE, PRESETS, OWN = "levers/journey.yaml", "presets.yaml", "levers/own.yaml"
HERE, SAR = f"parameters/{FILE}:{{line}}: levers", f"parameters/{FILE}:{{line}}: levers.sar"
EVIDENCE = "    evidence: {text: None., source: assumption, strength: none}\n    moves: {deaths: down}\n"
A_COST = (
    "    own_costs:\n      patrol_boats:\n        title: T\n        activity: A\n        stage: journey\n        "
    "sector: rescue\n        phase: response\n        behaviour: fixed\n        price: {value: 5, range: [1, 9], "
    "currency: ZZZ, price_year: 2017, source: assumption, quality: assumption}\n        payers: {donor: 1}\n"
)


def a_lever(changes, more="", evidence=EVIDENCE, line=0):
    """A file with one lever of its own."""
    text = f"schema: 1\nlevers:\n  patrols:\n    title: T\n    description: D\n    paragraphs: ['12']\n{changes}{more}"
    return write(OWN, text + evidence, line)


def change(rest, more="", line=9):
    return a_lever(f"    changes:\n      - {{{rest}, reason: R}}\n", more, line=line)


MINE = f"parameters/{OWN}:{{line}}: levers.patrols"
TABLE = [
    Faulty("a misspelt key", swap(FILE, "    not_modelled: ['Boats", "    not_modeled: ['Boats"),
           SAR + ".not_modeled: unknown key; found 'not_modeled'; allowed: changes, description, …; did you mean "
           "'not_modelled'?"),
    Faulty("a factor below nothing", change("parameter: rescue.reach, scale: -1", line=8),
           MINE + ".changes.0.scale: too small; found -1; allowed: at least 0"),
    Faulty("an unknown strength of evidence", swap(FILE, "strength: weak", "strength: proven"),
           SAR + ".evidence.strength: not one of the allowed values; found 'proven'; allowed: moderate, none, strong, "
           "weak; did you mean 'strong'?"),
    Faulty("a date in words", change("parameter: rescue.reach, add: 0.1", "    start: soon\n"),
           MINE + ".start: neither a date nor a number of days; found 'soon'; allowed: YYYY-MM-DD, or days after the "
           "first day of the run: a whole number from 0"),
    Faulty("a day before the run", change("parameter: rescue.reach, add: 0.1", "    start: -3\n"),
           MINE + ".start: neither a date nor a number of days; found -3; allowed: YYYY-MM-DD, or days after the first "
           "day of the run: a whole number from 0"),
    Faulty("an unknown parameter of a side effect", swap(
        FILE, "parameter: responses.enforcement_abandonment_share", "parameter: responses.abandonment"),
           HERE + ".smuggling_enforcement.side_effects.0.parameter: unknown parameter; found "
           "'responses.abandonment'; allowed: a name of parameters/base; did you mean '…'?"),
    Faulty("a side effect that the equations do not allow", swap(FILE, "least: 0.01", "least: 1.5"),
           HERE + ".smuggling_enforcement.side_effects.0.least: outside what the equations allow; found 1.5; allowed: "
           "0 to 1 share"),
    Faulty("a set that the equations do not allow", change("parameter: rescue.reach, set: 1.5", line=8),
           MINE + ".changes.0.set: outside what the equations allow; found 1.5; allowed: 0 to 1 share"),
    Faulty("fewer departures that are assumed", change("parameter: arrivals.scale, scale: 0.5", line=8),
           MINE + ".changes.0.parameter: a lever cannot assume an effect on departures; found "
           "'arrivals.scale'; allowed: under effects, with no value"),
    Faulty("a value without a source beyond what the equations allow", a_lever(
        "    effects:\n      - {parameter: responses.information_effect, uncited: 2, reason: R}\n", line=8),
           MINE + ".effects.0.uncited: outside what the equations allow; found 2; allowed: -1 to 1 share"),
    Faulty("a cost in a currency without a rate", change("parameter: rescue.reach, add: 0.1", A_COST, 17),
           MINE + ".own_costs.patrol_boats.price.currency: no exchange rate for ZZZ; found 'ZZZ'; allowed: …"),
    Faulty("a preset beyond all of a lever", swap(PRESETS, "intensity: 0.5", "intensity: 1.5"),
           f"parameters/{PRESETS}:{{line}}: presets.comprehensive_plan_of_action.levers.0.intensity: too large; found "
           "1.5; allowed: at most 1"),
]


@pytest.mark.parametrize("faulty", TABLE, ids=[faulty.name for faulty in TABLE])
def test_a_faulty_catalogue_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_workspace(folder.parent)


def test_all_faults_of_all_files_come_at_once(folder):
    swap(FILE, "source: S54", "source: S9999")(folder)
    swap(PRESETS, "{lever: rsd_staff}", "{lever: rsd_staf}")(folder)
    change("parameter: rescue.reech, add: 0.1")(folder)
    with pytest.raises(InputFaultsError) as caught:
        read_workspace(folder.parent)
    assert [fault.file for fault in caught.value.faults] == [
        f"parameters/{FILE}", f"parameters/{OWN}", f"parameters/{PRESETS}",
    ]


def test_a_workspace_without_levers_is_read_as_before(folder):
    remove("levers")(folder)
    remove(PRESETS)(folder)
    read = read_workspace(folder.parent)
    assert (dict(read.levers), dict(read.presets)) == ({}, {})


# ---- what ships -------------------------------------------------------------------------------------------------

def test_every_lever_moves_indicators_that_exist_and_says_what_is_known(workspace):
    keys = {indicator.key for indicator in INDICATORS}
    for name, lever in workspace.levers.items():
        assert set(lever.moves) <= keys, name
        assert len(lever.evidence.text) > 30, name
        assert lever.evidence.source in workspace.sources, name
        assert lever.evidence.strength == "none" or lever.evidence.source != "recalled", name


def test_no_lever_assumes_anything_of_how_many_people_depart(workspace):
    for name, lever in workspace.levers.items():
        changed = {change.parameter for change in lever.changes}
        assert not [p for p in changed if p.startswith("arrivals.") or CATALOGUE[p].rule == "cited"], name
        assert not changed & {"responses.enforcement_effect", "responses.substitution_share"}, name
        assert all(effect.uncited in (None, 0.0) for effect in lever.effects), name


def test_enforcement_against_smuggling_carries_abandonment(workspace):
    sides = workspace.levers["smuggling_enforcement"].side_effects
    least = {side.parameter: side.least for side in sides}
    assert least["responses.enforcement_abandonment_share"] > 0.0


def test_a_lever_costs_by_itself_or_through_staff_places_and_people_that_the_cost_book_prices(workspace):
    priced = ("officers", "panels", "places", "interpreters", "_share", "_rate", "reach", "regularisation.rate")
    for name, lever in workspace.levers.items():
        through = [change.parameter for change in lever.changes if change.parameter.endswith(priced)]
        assert lever.own_costs or through or any("cost" in text for text in lever.not_modelled), name
