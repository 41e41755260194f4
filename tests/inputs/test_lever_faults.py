"""Faults of the lever catalogue, of presets, and of levers in scenarios: each with its file, line and words."""

import shutil

import pytest
from faulty_workspace import COUNTRIES, NAME, SCENARIO, Faulty, at, exactly, read_all, swap

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace

SEA, MONEY, INTAKE, RETURN, PRESETS = (
    "levers/journey.yaml", "levers/readiness.yaml", "levers/intake.yaml", "levers/return.yaml", "presets.yaml")
AT_SEA = f"parameters/{SEA}:{{line}}: levers."
IN_PRESETS = f"parameters/{PRESETS}:{{line}}: presets."
USED = f"parameters/{SCENARIO}:{{line}}: levers."
REACH = "        add: 0.35\n        bounds: [0, 0.95]\n        lead_days: 30\n"
ONE_OPERATION = "levers.sar.changes.0: give exactly one of set, scale, add; found "


def uses(text, down=0):
    """Put levers before the changes of a scenario; the fault stands ``down`` lines below the first of them."""
    return swap(SCENARIO, "changes:\n", f"levers:\n{text}changes:\n", 1 + down)


def in_scenario(text, old, new, down=0):
    """Levers in a scenario, and another edit of it."""
    def edit(folder):
        line = uses(text, down)(folder)
        swap(SCENARIO, old, new)(folder)
        return line
    return edit


def cited(value, source="S90"):
    """An effect on departures with its source, as it stands in a scenario."""
    return f"{{parameter: arrivals.scale, value: {value}, source: {source}, reason: x}}"


def condition(op=">", on_at=200, off_at=100, quantity="waiting_screening"):
    """When a lever switches itself, as it stands in a scenario."""
    return f"{{quantity: {quantity}, op: '{op}', on_at: {on_at}, off_at: {off_at}}}"


CATALOGUE_FAULTS = [
    *(Faulty(f"the indicator {name}", swap(SEA, "moves: {deaths: down", f"moves: {{{name}: down"),
             AT_SEA + f"sar.moves.{name}: unknown indicator; found '{name}'; allowed: …{near}")
      for name, near in (("happiness", ""), ("deathz", "; did you mean 'deaths'?"),
                         ("disembark", "; did you mean 'disembarked'?"))),
    Faulty("two operations", at(swap(SEA, REACH, REACH + "        scale: 2\n"), SEA, "- parameter: rescue.reach"),
           AT_SEA + "sar.changes.0: give exactly one of set, scale, add; found scale, add"),
    Faulty("no operation", at(swap(SEA, REACH, ""), SEA, "- parameter: rescue.reach"),
           AT_SEA + "sar.changes.0: give exactly one of set, scale, add; found none"),
    Faulty("a value outside its own bounds",
           at(swap(SEA, "add: 0.35\n        bounds: [0, 0.95]", "set: 0.99\n        bounds: [0, 0.95]"), SEA,
              "- parameter: rescue.reach"),
           AT_SEA + "sar.changes.0: the lever sets a value outside its own bounds; found 0.99; allowed: 0 to 0.95"),
    Faulty("bounds that the equations do not allow", swap(SEA, "[0, 0.95]", "[0, 1.95]"),
           AT_SEA + "sar.changes.0.bounds.1: outside what the equations allow; found 1.95; allowed: 0 to 1 share"),
    Faulty("a misspelt parameter", swap(SEA, "rescue.reach", "rescue.reech"),
           AT_SEA + "sar.changes.0.parameter: unknown parameter; found 'rescue.reech'; allowed: a name of "
           "parameters/base; did you mean 'rescue.reach'?"),
    Faulty("the same parameter twice",
           swap(SEA, "parameter: journey.turn_back_rate", "parameter: journey.refused_share"),
           AT_SEA + "disembarkation.changes.1.parameter: duplicate parameter in the lever; found "
           "'journey.refused_share'; allowed: once"),
    Faulty("an unknown source", swap(SEA, "source: S54", "source: S5444"),
           AT_SEA + "sar.evidence.source: unknown source; found 'S5444'; allowed: AO15, …; did you mean 'S…'?"),
    Faulty("an effect of policy assumed",
           swap(SEA, "parameter: rescue.reach", "parameter: responses.information_effect"),
           AT_SEA + "sar.changes.0.parameter: a lever cannot assume an effect on departures; found "
           "'responses.information_effect'; allowed: under effects, with no value"),
    Faulty("a lead time of what holds for the whole run",
           at(swap(MONEY, "        bounds: [0, 0.3]\n", "        bounds: [0, 0.3]\n        lead_days: 5\n"), MONEY,
              "lead_days: 5"),
           f"parameters/{MONEY}:{{line}}: levers.preparedness.changes.0.lead_days: the input holds for the whole run; "
           "found 5; allowed: a change without dates"),
    Faulty("a price of a source that is not there",
           swap(MONEY, "price_year: 2017, source: assumption, quality: assumption,\n", "price_year: 2017, source: "
                "assumptin, quality: assumption,\n"),
           f"parameters/{MONEY}:{{line}}: levers.preparedness.own_costs.roster_retainers.price.source: …"),
    Faulty("a cost under the name of an item", swap(MONEY, "roster_retainers:", "assisted_return:"),
           f"parameters/{MONEY}:{{line}}: levers.preparedness.own_costs.assisted_return: the name is used by an item "
           "of the cost book; found 'assisted_return'; allowed: another name"),
    Faulty("a cost under the name of another lever's", swap(MONEY, "roster_retainers:", "disembarkation_liaison:"),
           f"parameters/{MONEY}:{{line}}: levers.preparedness.own_costs.disembarkation_liaison: the name is used by a "
           "cost of the lever disembarkation; found 'disembarkation_liaison'; allowed: another name"),
    Faulty("an unknown lever in a preset", swap(PRESETS, "lever: reception", "lever: recepton"),
           IN_PRESETS + "….lever: unknown lever; found 'recepton'; allowed: …; did you mean 'reception'?"),
]
USE_FAULTS = [
    Faulty("an unknown lever", uses("  - {lever: sarr}\n"),
           USED + "0.lever: unknown lever; found 'sarr'; allowed: …; did you mean 'sar'?"),
    Faulty("an unknown preset", uses("  - {preset: crf}\n"),
           USED + "0.preset: unknown preset; found 'crf'; allowed: bali_declaration, comprehensive_plan_of_action, "
           "crrf, ten_point_plan; did you mean 'crrf'?"),
    Faulty("neither", uses("  - {intensity: 0.5}\n"), USED + "0: give exactly one of lever, preset; found neither"),
    Faulty("both", uses("  - {lever: sar, preset: crrf}\n"), USED + "0: give exactly one of lever, preset; found both"),
    Faulty("too much of it", uses("  - {lever: sar, intensity: 1.5}\n"),
           USED + "0.intensity: …; found 1.5; allowed: …"),
    Faulty("no date", uses("  - {lever: sar, start: soon}\n"),
           USED + "0.start: neither a date nor a number of days; found 'soon'; allowed: YYYY-MM-DD, or days after the "
           "first day of the run: a whole number from 0"),
    Faulty("a day after the run", uses("  - {lever: sar, start: 9000}\n"),
           USED + "0.start: outside the run of the case; found 9000; allowed: 2015-01-01 to 2016-12-31, or days after "
           "2015-01-01"),
    Faulty("an end before the start", uses("  - {lever: sar, start: 90, until: 60}\n"),
           USED + "0.until: the lever ends before it starts; found '2015-04-01 to 2015-03-02'; allowed: a date after "
           "2015-04-01"),
    Faulty("a misspelt country", uses("  - {lever: reception, countries: [tailand]}\n"),
           USED + f"0.countries.0: unknown country; found 'tailand'; allowed: {COUNTRIES}; did you mean 'thailand'?"),
    Faulty("somewhere only, where the input is everywhere's",
           uses("  - {lever: disembarkation, countries: [thailand]}\n"),
           USED + "0.countries: the lever disembarkation changes inputs that do not differ by country; found "
           "'journey.time_to_place_of_safety, journey.turn_back_rate'; allowed: the lever everywhere"),
    Faulty("from a day on, where the input is the whole run's", uses("  - {lever: preparedness, start: 30}\n"),
           USED + "0.start: the lever preparedness changes inputs that hold for the whole run; found …; allowed: the "
           "lever without dates"),
    Faulty("an effect that it does not have",
           uses(f"  - lever: sar\n    effects: [{cited(0.9)}]\n", 1),
           USED + "0.effects.0.parameter: not an effect of the lever; found 'arrivals.scale'; allowed: no effects: the "
           "lever has none"),
    Faulty("an effect given twice",
           uses(f"  - lever: drivers\n    effects:\n      - {cited(0.9)}\n      - {cited(0.8)}\n", 3),
           USED + "0.effects.1.parameter: duplicate effect; found 'arrivals.scale'; allowed: once"),
    Faulty("an effect that is impossible",
           uses(f"  - lever: drivers\n    effects: [{cited(-1)}]\n", 1),
           USED + "0.effects.0.value: outside what the equations allow; found -1; allowed: 0 to 1000 share"),
    Faulty("an effect that is assumed",
           uses(f"  - lever: drivers\n    effects: [{cited(0.9, 'assumption')}]\n", 1),
           USED + "0.effects.0.source: an effect of policy on departures needs a source; found 'assumption'; "
           "allowed: zero, or a value with a source in sources.yaml that is not an assumption"),
    Faulty("an effect of an unknown source",
           uses(f"  - lever: drivers\n    effects: [{cited(0.9, 'S9000')}]\n", 1),
           USED + "0.effects.0.source: unknown source; found 'S9000'; allowed: …; did you mean 'S…'?"),
    Faulty("marks the wrong way round",
           uses(f"  - lever: screening\n    when: {condition(on_at=100, off_at=200)}\n", 1),
           USED + "0.when: on_at and off_at are in the wrong order; found 200; allowed: off_at at most "
           "on_at, 100"),
    Faulty("marks the wrong way round, below",
           uses(f"  - lever: screening\n    when: {condition('<', 100, 50)}\n", 1),
           USED + "0.when: on_at and off_at are in the wrong order; found 50; allowed: off_at at least "
           "on_at, 100"),
    Faulty("an expression for a quantity",
           uses(f"  - lever: screening\n    when: {condition(quantity='waiting_screening + adrift')}\n", 1),
           USED + "0.when.quantity: …; found 'waiting_screening + adrift'; allowed: …"),
    Faulty("a lever on departures that switches itself",
           uses(f"  - lever: smuggling_enforcement\n    when: {condition()}\n", 1),
           USED + "0.when: the lever smuggling_enforcement changes inputs that act on departures, and cannot switch "
           "itself; found …; allowed: the lever with dates"),
    Faulty("a lever of the whole run that switches itself",
           uses(f"  - lever: preparedness\n    when: {condition()}\n", 1),
           USED + "0.when: the lever preparedness changes inputs that hold for the whole run, and cannot switch "
           "itself; found …; allowed: the lever with dates"),
    Faulty("a lever twice at one time", uses("  - {lever: sar, until: 200}\n  - {lever: sar, start: 100}\n", 1),
           USED + "1: the lever is already used at this time by levers.0 on line …; found 'sar'; allowed: one use at a "
           "time"),
    Faulty("a lever twice by a preset", uses("  - {lever: reception}\n  - {preset: crrf}\n", 1),
           USED + "1: the lever is already used at this time by levers.0 on line …; found 'reception'; allowed: one "
           "use at a time"),
]


@pytest.mark.parametrize("faulty", CATALOGUE_FAULTS, ids=lambda faulty: faulty.name)
def test_a_faulty_catalogue_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


@pytest.mark.parametrize("faulty", USE_FAULTS, ids=lambda faulty: faulty.name)
def test_a_faulty_use_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


def resolved(folder, scenario="disembark_within_two_days"):
    return resolve(read_case(read_workspace(folder.parent), NAME), scenario)


def test_two_levers_that_set_one_input_at_one_time_are_refused(folder):
    swap(SEA, "      - parameter: rescue.reach\n" + REACH,
         "      - parameter: journey.refused_share\n        set: 0.1\n")(folder)
    line = uses("  - {lever: sar}\n  - {lever: disembarkation}\n", 1)(folder)
    words = (USED + "1: the levers sar and disembarkation both set journey.refused_share at this time; found "
             "'disembarkation'; allowed: one of the two")
    with pytest.raises(InputFaultsError, match=exactly(words, line)):
        resolved(folder)


def test_a_lever_in_two_files_is_refused(folder):
    swap(INTAKE, "  registration_surge:", "  sar:")(folder)
    with pytest.raises(InputFaultsError, match=r"levers\.sar: duplicate lever; found .*first in parameters/"
                                               r"levers/intake\.yaml:\d+.*; allowed: one file"):
        read_workspace(folder.parent)


def test_a_lever_twice_in_a_preset_is_refused(folder):
    swap(PRESETS, "{lever: reception", "{lever: sharing")(folder) if "{lever: reception" in (
        folder / PRESETS).read_text(encoding="utf-8") else swap(PRESETS, "lever: reception", "lever: sharing")(folder)
    with pytest.raises(InputFaultsError, match="duplicate lever in the preset; found 'sharing'; allowed: once"):
        read_workspace(folder.parent)


def test_a_lever_without_changes_and_effects_is_refused(folder):
    text = (folder / RETURN).read_text(encoding="utf-8")
    start = text.index("    changes:\n      - parameter: remigration.package_share")
    end = text.index("    evidence:", start)
    (folder / RETURN).write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(InputFaultsError, match=r"levers\.reintegration: the lever changes nothing; found .*neither "
                                               "changes nor effects.*; allowed: changes or effects"):
        read_workspace(folder.parent)


def test_a_side_effect_needs_both_a_parameter_and_its_least_value(folder):
    before = "    side_effects:\n      - "
    swap(RETURN, f"{before}text: >-", f"{before}parameter: rescue.reach\n        text: >-")(folder)
    with pytest.raises(InputFaultsError, match="parameter and least go together; found one of them; allowed: both or "):
        read_workspace(folder.parent)


def test_whole_days_are_not_phased_in(folder):
    swap(SEA, "        scale: 0.2\n        bounds: [1, 365]\n", "        scale: 0.2\n        ramp_days: 10\n")(folder)
    swap(SEA, "journey.time_to_place_of_safety", "detention.time_limit")(folder)
    with pytest.raises(InputFaultsError, match=r"ramp_days: a number of whole days cannot be phased in; found 10"):
        read_workspace(folder.parent)


def test_a_lever_with_dates_may_not_change_what_holds_for_the_whole_run(folder):
    first = "    changes:\n      - parameter: preparedness"
    swap(MONEY, first, f"    start: 5\n{first}")(folder)
    with pytest.raises(InputFaultsError, match=r"the input holds for the whole run; found 'preparedness\.standing_share"
                                               "'; allowed: a lever without start and until"):
        read_workspace(folder.parent)


def test_a_scenarios_own_change_beside_a_lever_cannot_assume_its_effect(folder):
    uses("  - {lever: drivers}\n")(folder)
    swap(SCENARIO, "changes:\n", "changes:\n  - {parameter: arrivals.scale, scale: 0.5, reason: Fewer.}\n")(folder)
    with pytest.raises(InputFaultsError, match="an effect of policy on departures needs a source, next to the lever "
                                               r"drivers; found 'arrivals\.scale'"):
        resolved(folder)


def test_the_side_effect_of_enforcement_cannot_be_dropped(folder):
    uses("  - {lever: smuggling_enforcement}\n")(folder)
    swap(SCENARIO, "changes:\n", "changes:\n  - {parameter: responses.enforcement_abandonment_share, set: 0, reason: "
         "Nobody.}\n")(folder)
    with pytest.raises(InputFaultsError, match="a side effect of the lever smuggling_enforcement cannot be dropped: "
                                               r"responses\.enforcement_abandonment_share; found 0; allowed: at least"):
        resolved(folder)


def test_a_cost_of_the_scenario_under_the_name_of_a_levers_is_refused(folder):
    uses("  - {lever: disembarkation}\n")(folder)
    own = (folder / "cases/generic_surge/scenarios/early_hiring.yaml").read_text(encoding="utf-8")
    block = own[own.index("own_costs:\n") :].replace("2018-", "2015-").replace("2019-", "2016-")
    first = block.splitlines()[1].strip().rstrip(":")
    block = block.replace(f"  {first}:", "  disembarkation_liaison:", 1).replace("[harbourland]", "[thailand]")
    path = folder / SCENARIO
    path.write_text(f"{path.read_text(encoding='utf-8')}{block}\n", encoding="utf-8")
    with pytest.raises(InputFaultsError, match=r"own_costs\.disembarkation_liaison: the name is used by a cost of one "
                                               "of the levers; found 'disembarkation_liaison'; allowed: another name"):
        resolved(folder)


def test_without_a_catalogue_the_message_says_where_to_get_one(folder):
    shutil.rmtree(folder / "levers")
    (folder / PRESETS).unlink()
    uses("  - {lever: sar}\n")(folder)
    with pytest.raises(InputFaultsError, match="unknown lever; found 'sar'; allowed: none here: copy parameters/levers "
                                               "from a new workspace made by 'mixedmig init DIR'"):
        resolved(folder)


def test_a_good_use_changes_the_inputs_from_its_day_on(folder):
    uses("  - {lever: reception, intensity: 0.5, start: 2015-03-01, countries: [thailand]}\n")(folder)
    run = resolved(folder)
    base = resolve(read_case(read_workspace(folder.parent), NAME), "as_it_happened")
    name = "reception.places"
    day = 59.0 + 90.0
    moved = run.parameters[name].at(day) - base.parameters[name].at(day)
    assert (moved != 0.0).any() or (run.digest != base.digest)
