"""Faulty YAML: every fault says what is wrong, where, what was found, what is allowed, and the nearest valid name."""

import pytest
from faulty_workspace import (
    BASE_GROUPS,
    CASE,
    COUNTRIES,
    GROUPS,
    NAME,
    SCENARIO,
    SCENARIOS,
    Faulty,
    at,
    copy,
    exactly,
    read_all,
    remove,
    swap,
    write,
)

from mixedmig_model.inputs.reading.faults import InputFaultsError

APPEAL, GROUP_FILE, SOURCES = "base/appeal.yaml", "base/groups.yaml", "sources.yaml"
ONE, RESPONSES = "base/disclosure.yaml", "base/responses.yaml"
DETERRED = (
    "    value: 0\n    unit: share\n    range: [-0.3, 0.1]\n    distribution: pert\n    role: uncertain\n    source: "
)
UNCITED = "an effect of policy on departures needs a source"
CITED = "allowed: zero, or a value with a source in sources.yaml that is not an assumption"
SHARE = "    value: 0.7\n"
HERE = "parameters/base/appeal.yaml:{line}: "
SHARE_HERE = f"{HERE}parameters.appealed_share"
CASE_HERE = f"parameters/{CASE}:{{line}}: "
SCENARIO_HERE = f"parameters/{SCENARIO}:{{line}}: "
NO_UNIT = "allowed: names of units joined by * and /, such as person/day or 1/month"
LABEL = "allowed: a-z, 0-9, _ and -, 1 to 64 characters"
STATED = "refused_share:\n    by_country:\n      thailand: {2015-01-01: 0, 2015-05-11: 0.5"
OPENING = "opening:\n  - {stage: screening, place: reception, country: thailand, persons: 5}\n"
MADE = f"schema: 1\ncase: {NAME}\ntitle: T\ndescription: D\nchanges:"


def opened(old: str, new: str):
    return swap(CASE, "opening: []\n", OPENING.replace(old, new), down=1)


FORM = [
    Faulty("no YAML", write(APPEAL, "schema: 1\n  subject: x\n", 2),
           HERE + "not valid YAML: mapping values are not allowed here"),
    Faulty("an open bracket", write(APPEAL, "schema: [1\nsubject: x\n", 2),
           HERE + "not valid YAML: expected ',' or ']', but got ':'"),
    Faulty("a tab", write(APPEAL, "schema: 1\n\tsubject: x\n", 2),
           HERE + "not valid YAML: found character '\\t' that cannot start any token"),
    Faulty("two documents", write(APPEAL, "schema: 1\n---\nschema: 1\n", 2),
           HERE + "not valid YAML: expected a single document in the stream but found another document"),
    Faulty("a control character", write(APPEAL, "schema: 1\nsubject: a\x07\n", 2),
           HERE + "not valid YAML: unacceptable character #x0007: special characters are not allowed"),
    Faulty("an empty file", write(APPEAL, "# only a remark\n"),
           "parameters/base/appeal.yaml: the file is empty; allowed: YAML keys and values"),
    Faulty("a list for a file", write(APPEAL, "- 1\n- 2\n"),
           HERE + "the file must be a mapping of keys; found [1, 2]; allowed: parameters, schema, subject"),
    Faulty("not UTF-8", write(APPEAL, b"schema: 1\nsubject: caf\xe9\n", 2),
           HERE + "the file is not UTF-8 text; found byte 0xe9; allowed: UTF-8"),
    Faulty("over 2 MB", write(APPEAL, b"#" * 2_000_001),
           "parameters/base/appeal.yaml: the file is too large; found 2000001 bytes; allowed: at most 2 MB"),
    Faulty("nested too deep", write(APPEAL, "a: " + "[" * 100_000), HERE + "values are nested more than 20 deep"),
    Faulty("an anchor", swap(APPEAL, "value: 0.7", "value: &x 0.7"),
           HERE + "YAML anchors and aliases are not allowed; found 'x'; allowed: plain values"),
    Faulty("an alias", swap(APPEAL, "value: 0.7", "value: *x"),
           HERE + "YAML anchors and aliases are not allowed; found 'x'; allowed: plain values"),
    Faulty("a Python tag", swap(APPEAL, "value: 0.7", "value: !!python/object/apply:os.system [x]"),
           HERE + "YAML tags are not allowed; found 'tag:yaml.org,2002:python/object/apply:os.system'; "
           "allowed: plain values"),
    Faulty("a directive", write(APPEAL, "%YAML 1.1\n---\nschema: 1\n", 2),
           HERE + "YAML directives (%YAML, %TAG) are not allowed"),
    Faulty("a list for a key", write(APPEAL, "schema: 1\n? [a, b]\n: 1\n", 2),
           HERE + "a key must be plain text; found a sequence; allowed: text"),
    Faulty("a key twice", swap(APPEAL, "    role: lever\n", "    role: lever\n    role: fixed\n", 1),
           HERE + "parameters.panels.role: duplicate key; found first on line …; allowed: once"),
    Faulty("a folder for a file", lambda folder: remove(APPEAL)(folder) or (folder / APPEAL).mkdir() or 0,
           "parameters/base/appeal.yaml: not a file; allowed: a text file"),
]
KEYS = [
    Faulty("an unknown key", swap(APPEAL, "    role: lever\n", "    role: lever\n    rolle: x\n", 1),
           HERE + "parameters.panels.rolle: unknown key; found 'rolle'; allowed: by_country, by_group, by_need, dated, "
           "description, distribution, drawn_factors, holds_for, quality, range, role, routes and 5 more; "
           "did you mean 'role'?"),
    Faulty("a merge key", swap(APPEAL, SHARE, "    <<: {value: 0.7}\n    value: 0.7\n"),
           SHARE_HERE + ".<<: unknown key; found '<<'; allowed: …"),
    Faulty("a number for a key", swap(APPEAL, "subject: appeal", "subject: appeal\n1: 2", 1),
           HERE + "1: unknown key; found '1'; allowed: parameters, schema, subject"),
    Faulty("a long key with a line break", swap(APPEAL, "subject: appeal", f'"{"k" * 99}\\n": 2\nsubject: appeal'),
           HERE + f"{'k' * 67}...: unknown key; found '{'k' * 56}...; allowed: parameters, schema, subject"),
    Faulty("a missing key", swap(APPEAL, "    unit: panel\n", "", -3),
           HERE + "parameters.panels.unit: a required key is missing"),
    Faulty("the factors of draws missing", swap("base/arrivals.yaml", "    drawn_factors: [0.5, 2]\n", "", -5),
           "parameters/base/arrivals.yaml:{line}: parameters.scale.drawn_factors: the factors within which draws "
           "lie are missing; allowed: two factors, such as [0.5, 2]"),
    Faulty("another schema", swap(APPEAL, "schema: 1", "schema: 2"),
           HERE + "schema: not one of the allowed values; found 2; allowed: 1"),
    Faulty("true for a schema", swap(APPEAL, "schema: 1", "schema: true"),
           HERE + "schema: not one of the allowed values; found true; allowed: 1"),
    Faulty("a misspelt subject", swap(APPEAL, "subject: appeal", "subject: apeal"),
           HERE + "subject: unknown subject; found 'apeal'; allowed: absconding, alternative, …; "
           "did you mean 'appeal'?"),
    Faulty("a misspelt base parameter", swap(APPEAL, "  panels:", "  panel:"),
           HERE + "parameters.panel: unknown parameter; found 'panel'; allowed: appealed_share, "
           "cases_per_week, legal_aid_gain, legal_aid_share, minimum_time, overturn_share, panels; "
           "did you mean 'panels'?"),
    Faulty("null for a parameter", swap("base/law.yaml", "parameters:\n", "parameters:\n  age:\n", 1),
           "parameters/base/law.yaml:{line}: parameters.age: not a record; found null; allowed: keys and values"),
    Faulty("a list for parameters", write("base/law.yaml", "schema: 1\nsubject: law\nparameters: [1]\n"),
           "parameters/base/law.yaml:3: parameters: not a mapping; found [1]; allowed: keys and values"),
    Faulty("a missing parameter", write(ONE, "schema: 1\nsubject: disclosure\nparameters: {}\n"),
           "parameters/base/disclosure.yaml: parameters.rate: a parameter that the equations read is missing"),
    Faulty("a missing file", remove(ONE),
           "parameters/base/disclosure.yaml: parameters.rate: a parameter that the equations read is missing"),
    Faulty("a parameter in two files", copy(ONE, "base/more_disclosure.yaml"),
           "parameters/base/more_disclosure.yaml:…: parameters.rate: duplicate parameter; "
           "found first in parameters/base/disclosure.yaml:…; allowed: one file"),
    Faulty("deterrence on assumption", swap(
        RESPONSES, f"{DETERRED}S67", f"{DETERRED}assumption".replace(" 0\n", " -0.2\n"), 5),
           "parameters/base/responses.yaml:{line}: parameters.deterrence_elasticity.source: " + UNCITED
           + "; found 'assumption'; " + CITED),
    Faulty("half a day of limit", swap("base/detention.yaml", "    value: 180\n", "    value: 180.5\n"),
           "parameters/base/detention.yaml:{line}: parameters.time_limit.value: the limit of detention is not a whole "
           "number of days; found 180.5; allowed: whole days"),
    Faulty("a file ending in .yml", copy("base/law.yaml", "base/more.yml"),
           "parameters/base/more.yml: no command reads a file of this name; found 'more.yml'; allowed: *.yaml; "
           "did you mean 'more.yaml'?"),
    Faulty("no sources", remove(SOURCES), "parameters/sources.yaml: the file cannot be read; found …"),
    Faulty("a script for an address", swap(SOURCES, "'https://unhcr.atavist.com/mmm2015'", "'javascript:alert(1)'"),
           "parameters/sources.yaml:{line}: sources.S1.address: not a web address; found 'javascript:alert(1)'; "
           "allowed: an address that starts with http:// or https://"),
    Faulty("a misspelt need", swap(GROUP_FILE, "need: other", "need: othr"),
           "parameters/base/groups.yaml:{line}: groups.trafficked.need: not one of the allowed values; found 'othr'; "
           "allowed: international, none, other; did you mean 'other'?"),
    Faulty("a misspelt flag", swap(GROUP_FILE, "[trafficked]", "[traficked]"),
           "parameters/base/groups.yaml:{line}: groups.trafficked.flags.0: not one of the allowed values; "
           "found 'traficked'; allowed: …; did you mean 'trafficked'?"),
    Faulty("no groups", write(GROUP_FILE, "schema: 1\ngroups: {}\n"),
           "parameters/base/groups.yaml:2: groups: too few entries; found {}; allowed: at least 1"),
    Faulty("terminal codes", swap(APPEAL, "title: Appeal panels", 'title: "\\e[31mred"'),
           HERE + "parameters.panels.title: control characters in the text; found '\\x1b[31mred'; allowed: plain text"),
]
VALUES = [
    Faulty("another dimension", swap(APPEAL, "unit: panel", "unit: day"),
           HERE + "parameters.panels.unit: the unit measures something else; found 'day'; "
           "allowed: a unit that converts to officer"),
    Faulty("an unknown unit", swap(APPEAL, "unit: panel", "unit: pannel"),
           HERE + "parameters.panels.unit: unknown unit; found 'pannel'; allowed: a unit that converts to officer; "
           "did you mean 'panel'?"),
    Faulty("a unit without end", swap(APPEAL, "unit: panel", "unit: 10**10**10"),
           HERE + f"parameters.panels.unit: not a valid unit; found '10**10**10'; {NO_UNIT}"),
    Faulty("a division by zero", swap(APPEAL, "unit: panel", "unit: panel/0"),
           HERE + f"parameters.panels.unit: not a valid unit; found 'panel/0'; {NO_UNIT}"),
    Faulty("a long unit", swap(APPEAL, "unit: panel", f"unit: {'panel*' * 9999}panel"),
           HERE + f"parameters.panels.unit: the text is too long; found '{'panel*' * 9}pa...; "
           "allowed: characters: at most 64"),
    Faulty("outside what the equations allow", swap(APPEAL, "value: 0.7", "value: 1.7"),
           SHARE_HERE + ".value: outside what the equations allow; found 1.7; allowed: 0 to 1 share"),
    Faulty("outside its own range", swap(APPEAL, "value: 0.7", "value: 0.99"),
           SHARE_HERE + ".value: outside the parameter's own range; found 0.99; allowed: 0.3 to 0.95 share"),
    Faulty("a range upside down", swap(APPEAL, "range: [0.3, 0.95]", "range: [0.95, 0.3]"),
           SHARE_HERE + ".range: low is above high; found 0.95 to 0.3; allowed: [low, high]"),
    Faulty("a range of one", swap(APPEAL, "range: [0.3, 0.95]", "range: [0.95]"),
           SHARE_HERE + ".range: not a range; found [0.95]; allowed: [low, high]"),
    Faulty("a range too wide", swap(APPEAL, "range: [0.3, 0.95]", "range: [0.3, 7]"),
           SHARE_HERE + ".range.1: the range leaves what the equations allow; found 7; allowed: 0 to 1 share"),
    Faulty("an unknown source", swap("base/determination.yaml", "source: S28", "source: S9999"),
           "parameters/base/determination.yaml:{line}: parameters.cases_per_week.source: unknown source; "
           "found 'S9999'; allowed: AO15, AU14, …; did you mean 'S…'?"),
    Faulty("a wrong quality", swap(APPEAL, "quality: assumption", "quality: asumption"),
           HERE + "parameters.panels.quality: not one of the allowed values; found 'asumption'; "
           "allowed: assumption, measured, published; did you mean 'assumption'?"),
    Faulty("two forms of a value", swap(APPEAL, SHARE, SHARE + "    dated: {2015-01-01: 0.7}\n", -2),
           SHARE_HERE + ": give exactly one of value, dated, by_country, by_need, by_group; found value, dated"),
    Faulty("no form of a value", swap(APPEAL, SHARE, "", -2),
           SHARE_HERE + ": give exactly one of value, dated, by_country, by_need, by_group; found none"),
    Faulty("text for a number", swap(APPEAL, SHARE, "    value: '0.7'\n"),
           SHARE_HERE + ".value: not a number; found '0.7'; allowed: a number"),
    Faulty("true for a number", swap(APPEAL, SHARE, "    value: true\n"),
           SHARE_HERE + ".value: not a number; found true; allowed: a number"),
    Faulty("a date for a number", swap(APPEAL, SHARE, "    value: 2015-01-01\n"),
           SHARE_HERE + ".value: not a number; found 2015-01-01; allowed: a number"),
    Faulty("not a number", swap(APPEAL, SHARE, "    value: .nan\n"),
           SHARE_HERE + ".value: not a finite number; found '.nan'; allowed: a finite number"),
    Faulty("infinity", swap(APPEAL, SHARE, "    value: 1.0e+999\n"),
           SHARE_HERE + ".value: not a finite number; found '1.0e+999'; allowed: a finite number"),
    Faulty("a number of 400 digits", swap(APPEAL, SHARE, f"    value: {'9' * 400}\n"),
           SHARE_HERE + f".value: the number is too large; found {'9' * 57}...; allowed: numbers below 1e+300"),
    Faulty("a number of 5,000 digits", swap(APPEAL, SHARE, f"    value: {'9' * 5000}\n"),
           SHARE_HERE + f".value: not a number; found '{'9' * 56}...; allowed: a number"),
    Faulty("no dates", swap(APPEAL, SHARE, "    dated: {}\n"),
           SHARE_HERE + ".dated: too few entries; found {}; allowed: at least 1"),
    Faulty("no day of the calendar", swap(APPEAL, SHARE, "    dated: {2015-02-30: 0.7}\n"),
           SHARE_HERE + ".dated.2015-02-30: not a date; found '2015-02-30'; allowed: YYYY-MM-DD"),
    Faulty("a number for a date", swap(APPEAL, SHARE, "    dated: {20150101: 0.7}\n"),
           SHARE_HERE + ".dated.20150101: not a date; found '20150101'; allowed: YYYY-MM-DD"),
    Faulty("text at a date", swap(APPEAL, SHARE, "    dated: {2015-01-01: half}\n"),
           SHARE_HERE + ".dated.2015-01-01: not a number; found 'half'; allowed: a number"),
    Faulty("a wrong axis", swap(APPEAL, SHARE, "    by_group: {refugee: 0.5}\n"),
           SHARE_HERE + ".by_group: the parameter does not differ by group; allowed: value, dated or by_country"),
    Faulty("a capital letter", swap(APPEAL, SHARE, "    by_country: {Thailand: 0.5}\n"),
           SHARE_HERE + f".by_country.Thailand: not a valid name; found 'Thailand'; {LABEL}; "
           "did you mean 'thailand'?"),
    Faulty("null by need", swap("base/counselling.yaml", "international: 0.6", "international:"),
           "parameters/base/counselling.yaml:{line}: parameters.claim_share.by_need.international: not a number; "
           "found null; allowed: a number, or dates with a number each"),
    Faulty("a need left out", swap("base/counselling.yaml", "      other: 0.3\n", "", -2),
           "parameters/base/counselling.yaml:{line}: parameters.claim_share.by_need: no value for other; "
           "allowed: a value for each of international, none, other"),
    Faulty("a base value for one country", at(
        swap(APPEAL, SHARE, "    by_country: {thailand: 0.5}\n"), CASE, "parameters:"),
           CASE_HERE + "parameters.appeal.appealed_share: the base value, which the case does not replace, "
           "has no value for bangladesh, indonesia, malaysia, myanmar; allowed: values of the case's own, "
           f"a value for each of {COUNTRIES}"),
    Faulty("a misspelt group", swap("base/arrivals.yaml", "      refugee:", "      refuge:"),
           "parameters/base/arrivals.yaml:{line}: parameters.composition.by_group.refuge: unknown group; "
           f"found 'refuge'; allowed: {BASE_GROUPS}; did you mean 'refugee'?"),
]
CASES = [
    Faulty("a misspelt parameter of a case", swap(CASE, "journey.voyage_time:", "journey.voyage_tme:"),
           CASE_HERE + "parameters.journey.voyage_tme: unknown parameter; found 'journey.voyage_tme'; "
           "allowed: a name of parameters/base; did you mean 'journey.voyage_time'?"),
    Faulty("a misspelt country", swap(CASE, "{thailand: 0.13", "{tailand: 0.13"),
           CASE_HERE + "parameters.journey.disembarkation_share.by_country.tailand: unknown country; found 'tailand'; "
           f"allowed: {COUNTRIES}; did you mean 'thailand'?"),
    Faulty("a country left out", swap(CASE, "{thailand: 0.13, ", "{"),
           CASE_HERE + "parameters.journey.disembarkation_share.by_country: no value for thailand; "
           f"allowed: a value for each of {COUNTRIES}"),
    Faulty("a misspelt group of a case", swap(CASE, "      stateless: 0.5", "      stateles: 0.5"),
           CASE_HERE + "parameters.arrivals.composition.by_group.stateles: unknown group; found 'stateles'; "
           f"allowed: {GROUPS}; did you mean 'stateless'?"),
    Faulty("a dated share above one", swap(CASE, STATED, STATED.replace("0.5", "1.5"), 2),
           CASE_HERE + "parameters.journey.refused_share.by_country.thailand.2015-05-11: "
           "outside what the equations allow; found 1.5; allowed: 0 to 1 share"),
    Faulty("a dated value for what holds for the whole run", swap(
        CASE, "  journey.voyage_time:\n", "  arrivals.seasonality:\n    dated: {2015-01-01: 1, 2015-06-01: 1.2}\n"
        "    source: assumption\n    quality: assumption\n  journey.voyage_time:\n", 1),
           CASE_HERE + "parameters.arrivals.seasonality.dated: the input holds for the whole run; found '2015-06-01'; "
           "allowed: a value without dates"),
    Faulty("another dimension in a case", swap(CASE, "    value: 30\n", "    value: 30\n    unit: person\n", 1),
           CASE_HERE + "parameters.journey.voyage_time.unit: the unit measures something else; found 'person'; "
           "allowed: a unit that converts to day"),
    Faulty("draws that leave out the value",
           at(swap("base/arrivals.yaml", "factors: [0.5, 2]", "factors: [2, 3]"), "base/arrivals.yaml", "  scale:"),
           "parameters/base/arrivals.yaml:{line}: parameters.scale: the draws leave out the value itself; "
           "found 2 to 3; allowed: low above 0 to 1, high from 1"),
    Faulty("a range of a case upside down", swap(CASE, "range: [0.5, 60]", "range: [60, 0.5]"),
           CASE_HERE + "parameters.journey.time_to_place_of_safety.range: low is above high; found 60 to 0.5; "
           "allowed: [low, high]"),
    Faulty("a date in words", swap(CASE, "start: 2015-01-01", "start: 1 January 2015"),
           CASE_HERE + "start: not a date; found '1 January 2015'; allowed: YYYY-MM-DD"),
    Faulty("30 February", swap(CASE, "start: 2015-01-01", "start: 2015-02-30"),
           CASE_HERE + "start: not a date; found '2015-02-30'; allowed: YYYY-MM-DD"),
    Faulty("seconds for a date", swap(CASE, "start: 2015-01-01", "start: 1420070400"),
           CASE_HERE + "start: not a date; found 1420070400; allowed: YYYY-MM-DD"),
    Faulty("an end before the start", swap(CASE, "end: 2017-01-01", "end: 2014-01-01"),
           CASE_HERE + "end: the case ends before it starts; found 2014-01-01; allowed: after 2015-01-01"),
    Faulty("a run of a century", swap(CASE, "end: 2017-01-01", "end: 2117-01-01"),
           CASE_HERE + "end: the run is too long; found 2117-01-01; allowed: at most 40 years"),
    Faulty("an unknown baseline", swap(CASE, "baseline: as_it_happened", "baseline: as_it_hapened"),
           CASE_HERE + "baseline: unknown scenario; found 'as_it_hapened'; allowed: as_it_happened, …; "
           "did you mean 'as_it_happened'?"),
    Faulty("no scenarios", at(remove(SCENARIOS), CASE, "baseline:"), CASE_HERE + "baseline: unknown scenario; "
           "found 'as_it_happened'; allowed: a file in the folder scenarios"),
    Faulty("a table outside the workspace", swap(CASE, "departures: arrivals.csv", "departures: ../../x.csv"),
           CASE_HERE + "departures: not a valid file name; found '../../x.csv'; "
           "allowed: a .csv file next to case.yaml, named with a-z, 0-9, _ and -"),
    Faulty("a device for a table", swap(CASE, "departures: arrivals.csv", "departures: con.csv"),
           CASE_HERE + "departures: the name is reserved by Windows; found 'con.csv'; allowed: another name"),
    Faulty("a missing table", swap(CASE, "departures: arrivals.csv", "departures: arivals.csv"),
           CASE_HERE + "departures: the file does not exist; found 'arivals.csv'; allowed: arrivals.csv, observed.csv; "
           "did you mean 'arrivals.csv'?"),
    Faulty("an invalid paragraph", swap(CASE, "['12', '13']", "['12', 'xiii']"),
           CASE_HERE + "paragraphs.1: not a valid paragraph; found 'xiii'; "
           "allowed: a paragraph in quotes, such as '12' or '12(b)'"),
    Faulty("a paragraph without quotes", swap(CASE, "['12', '13']", "[12, '13']"),
           CASE_HERE + "paragraphs.0: not text; found 12; allowed: text, in quotes where it looks like something else"),
    Faulty("text for a country", swap(CASE, "thailand: {title: Thailand}", "thailand: Thailand"),
           CASE_HERE + "countries.thailand: not a record; found 'Thailand'; allowed: keys and values"),
    Faulty("a country named all", swap(CASE, "  thailand: {title", "  all: {title: All}\n  thailand: {title"),
           CASE_HERE + "countries.all: the name means all countries together; found 'all'; allowed: another name"),
    Faulty("a misspelt stage", opened("screening", "screning"),
           CASE_HERE + "opening.0.stage: unknown stage; found 'screning'; allowed: appeal, …; "
           "did you mean 'screening'?"),
    Faulty("a misspelt place", opened("reception", "recepton"),
           CASE_HERE + "opening.0.place: unknown place; found 'recepton'; "
           "allowed: alternative, community, detention, reception, unsheltered; did you mean 'reception'?"),
    Faulty("too many people", opened("5}", "2.0e+9}"),
           CASE_HERE + "opening.0.persons: too large; found 2000000000; allowed: at most 1e+09"),
    Faulty("text for an opening", swap(CASE, "opening: []\n", "opening: [a]\n"),
           CASE_HERE + "opening.0: not a record; found 'a'; allowed: keys and values"),
    Faulty("shares that do not sum to one", swap(CASE, "{thailand: 0.13", "{thailand: 0.23", -1),
           CASE_HERE + "parameters.journey.disembarkation_share: the countries' shares of "
           "journey.disembarkation_share do not sum to one in scenario as_it_happened; found 1.1; allowed: 1"),
]
SCENARIO_FAULTS = [
    Faulty("a misspelt parameter of a scenario", swap(SCENARIO, "time_to_place_of_safety", "time_to_place_of_safty"),
           SCENARIO_HERE + "changes.0.parameter: unknown parameter; found 'journey.time_to_place_of_safty'; "
           "allowed: a name of parameters/base; did you mean 'journey.time_to_place_of_safety'?"),
    Faulty("deterrence without a source", swap(
        SCENARIO, "    set: 2\n", "    set: 2\n    start: 2015-05-01\n    reason: R\n"
        "  - parameter: responses.deterrence_elasticity\n    set: -0.1\n", 4),
           SCENARIO_HERE + f"changes.1.set: {UNCITED}; found -0.1; {CITED}"),
    Faulty("an unknown source of a change", swap(SCENARIO, "    set: 2\n", "    set: 2\n    source: S1000\n", 1),
           SCENARIO_HERE + "changes.0.source: unknown source; found 'S1000'; allowed: …; did you mean 'S100'?"),
    Faulty("set and scale", swap(SCENARIO, "    set: 2\n", "    set: 2\n    scale: 1\n", -1),
           SCENARIO_HERE + "changes.0: give exactly one of set, scale, add; found set, scale"),
    Faulty("no operation", swap(SCENARIO, "    set: 2\n", "", -1),
           SCENARIO_HERE + "changes.0: give exactly one of set, scale, add; found none"),
    Faulty("text to set", swap(SCENARIO, "    set: 2\n", "    set: two\n"),
           SCENARIO_HERE + "changes.0.set: not a number; found 'two'; allowed: a number"),
    Faulty("a negative scale", swap(SCENARIO, "    set: 2\n", "    scale: -1\n"),
           SCENARIO_HERE + "changes.0.scale: too small; found -1; allowed: at least 0"),
    Faulty("half a day of ramp", swap(SCENARIO, "    set: 2\n", "    set: 2\n    ramp_days: 1.5\n", 1),
           SCENARIO_HERE + "changes.0.ramp_days: not a whole number; found 1.5; allowed: a whole number"),
    Faulty("a misspelt country of a change", swap(SCENARIO, "    set: 0", "    set: 0\n    countries: [tailand]", 1),
           SCENARIO_HERE + f"changes.1.countries.0: unknown country; found 'tailand'; allowed: {COUNTRIES}; "
           "did you mean 'thailand'?"),
    Faulty("a capital country", swap(SCENARIO, "    set: 0\n", "    set: 0\n    countries: [Thailand]\n", 1),
           SCENARIO_HERE + f"changes.1.countries.0: not a valid name; found 'Thailand'; {LABEL}; "
           "did you mean 'thailand'?"),
    Faulty("no countries", swap(SCENARIO, "    set: 0\n", "    set: 0\n    countries: []\n", 1),
           SCENARIO_HERE + "changes.1.countries: too few entries; found []; allowed: at least 1"),
    Faulty("a misspelt group of a change", swap(
        SCENARIO, "journey.refused_share\n", "counselling.claim_share\n    groups: [stateles]\n", 1),
           SCENARIO_HERE + f"changes.1.groups.0: unknown group; found 'stateles'; allowed: {GROUPS}; "
           "did you mean 'stateless'?"),
    Faulty("countries of a regional parameter", swap(
        SCENARIO, "    set: 2\n", "    set: 2\n    countries: [thailand]\n", 1),
           SCENARIO_HERE + "changes.0.countries: the parameter does not differ by country; "
           "found 'journey.time_to_place_of_safety'; allowed: a change without countries"),
    Faulty("a date for what holds for the whole run", swap(
        SCENARIO, "journey.refused_share\n    set: 0\n", "arrivals.surge_factor\n    set: 2\n", 2),
           SCENARIO_HERE + "changes.1.start: the input holds for the whole run; found 2015-05-01; "
           "allowed: a change without dates"),
    Faulty("a change after the run", swap(SCENARIO, "start: 2015-05-01", "start: 2035-05-01"),
           SCENARIO_HERE + "changes.0.start: outside the run of the case; found 2035-05-01; "
           "allowed: 2015-01-01 to 2016-12-31"),
    Faulty("a change over before the run", swap(SCENARIO, "start: 2015-05-01", "until: 2015-01-01"),
           SCENARIO_HERE + "changes.0.until: outside the run of the case; found 2015-01-01; "
           "allowed: 2015-01-02 to 2017-01-01"),
    Faulty("a change that ends before it starts", swap(
        SCENARIO, "start: 2015-05-01", "start: 2015-05-01\n    until: 2015-04-01", -2),
           SCENARIO_HERE + "changes.0: the change ends before it starts; found 2015-05-01 to 2015-04-01; "
           "allowed: until a date after 2015-05-01"),
    Faulty("one parameter set twice", swap(
        SCENARIO, "journey.refused_share\n    set: 0", "journey.time_to_place_of_safety\n    set: 5"),
           SCENARIO_HERE + "changes.1: the parameter is already set at this time by changes.0 on line …; "
           "found 'journey.time_to_place_of_safety'; allowed: one set at a time"),
    Faulty("the scenario of another case", swap(SCENARIO, f"case: {NAME}", "case: andaman_sea_2016"),
           SCENARIO_HERE + "case: the scenario belongs to another case; found 'andaman_sea_2016'; "
           f"allowed: {NAME}; did you mean '{NAME}'?"),
    Faulty("an invalid name", copy(SCENARIO, f"{SCENARIOS}/My Scenario.yaml"),
           f"parameters/{SCENARIOS}/My Scenario.yaml: the file's name is not a valid scenario name; "
           f"found 'My Scenario'; {LABEL}"),
    Faulty("a device's name", copy(SCENARIO, f"{SCENARIOS}/con.yaml"),
           f"parameters/{SCENARIOS}/con.yaml: the file's name is reserved by Windows; found 'con'; "
           "allowed: another name"),
    Faulty("nothing for changes", write(SCENARIO, MADE + "\n", 5),
           SCENARIO_HERE + "changes: not a list; found null; allowed: a list"),
    Faulty("a mapping for changes", write(SCENARIO, MADE + " {a: b}\n", 5),
           SCENARIO_HERE + "changes: not a list; found {'a': 'b'}; allowed: a list"),
    Faulty("a change without a reason", swap(SCENARIO, "    reason: Nobody is refused disembarkation.\n", "", -3),
           SCENARIO_HERE + "changes.1.reason: a required key is missing"),
    Faulty("a share driven above one", swap(SCENARIO, "    set: 0\n", "    add: 0.6\n"),
           SCENARIO_HERE + "changes.1.add: journey.refused_share leaves its bounds on 2015-05-11 in scenario "
           "disembark_within_two_days; found 1.1; allowed: 0 to 1 share"),
    Faulty("referral shares above one", write(
        SCENARIO, MADE + "\n  - {parameter: referral.protected_share, set: 0.9, reason: R}\n", 6),
           SCENARIO_HERE + "changes.0.set: referral.protected_share and referral.determination_share together exceed "
           "one in scenario disembark_within_two_days; found 1.5; allowed: at most 1"),
    Faulty("groups without weight", write(SCENARIO, MADE + (
        "\n  - {parameter: arrivals.composition, set: 0, reason: R, "
        "groups: [stateless, stateless_child_alone, stateless_child_in_family]}\n"), 6),
           SCENARIO_HERE + "changes.0.set: all weights of groups with international need are zero in "
           "arrivals.composition in scenario disembark_within_two_days; found 0; allowed: at least one above 0"),
]
TABLE = [*FORM, *KEYS, *VALUES, *CASES, *SCENARIO_FAULTS]


@pytest.mark.parametrize("faulty", TABLE, ids=[faulty.name for faulty in TABLE])
def test_a_faulty_input_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)) as caught:
        read_all(folder.parent)
    assert len(caught.value.faults) == 1


def test_the_table_holds_many_distinct_inputs():
    assert len({faulty.name for faulty in TABLE}) == len(TABLE) >= 30


def test_there_are_forty_distinct_faulty_inputs_at_least():
    assert len({faulty.message for faulty in TABLE}) >= 40
