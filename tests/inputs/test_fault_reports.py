"""Faulty tables and names, several faults at once, hostile files, and what programs read of a fault."""

import json
import pickle
import random
import re
import time
from copy import deepcopy
from itertools import pairwise

import pytest
from faulty_workspace import (
    CASE,
    COUNTRIES,
    DEPARTURES,
    NAME,
    OBSERVED,
    ROOT,
    SCENARIO,
    Faulty,
    exactly,
    read_all,
    swap,
    write,
)

from mixedmig_model.inputs.costs.schema import CaseCostsFile, CostFile, MoneyFile
from mixedmig_model.inputs.exercises.schema import Exercise, InjectFile
from mixedmig_model.inputs.levers.schema import LeverFile, PresetFile
from mixedmig_model.inputs.observations.schema import ReproduceFile
from mixedmig_model.inputs.reading import yaml_reader
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest, shown
from mixedmig_model.inputs.reading.fields import Record
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import parse_document, read_document
from mixedmig_model.inputs.schema import Case, GroupFile, ParameterFile, Scenario, SourceFile
from mixedmig_model.inputs.traceability import TraceabilityFile
from mixedmig_model.inputs.workspace import check_name, read_workspace

HERE = f"parameters/{DEPARTURES}:{{line}}: "
SEEN_HERE = f"parameters/{OBSERVED}:{{line}}: "
COLUMNS = "start, end, country, persons, source, quality, note"
HEADER = f"{COLUMNS}; and, if wanted, route"
PEOPLE = "allowed: a number from 0 to 1,000,000,000"
FIRST = "2015-01-01,2015-04-01,thailand,20000,"
TABLES = [
    Faulty("wrong columns", swap(DEPARTURES, "start,end,country", "start,end,contry"),
           HERE + "unexpected columns; found 'start, end, contry, persons, source, quality, note'; "
           f"allowed: {HEADER}; did you mean 'country'?"),
    Faulty("an empty table", write(DEPARTURES, ""), HERE + f"unexpected columns; found ''; allowed: {HEADER}"),
    Faulty("a cell too few", swap(DEPARTURES, FIRST, FIRST.replace("20000,", "")),
           HERE + f"wrong number of cells; found 6; allowed: 7 cells: {COLUMNS}; text with a comma in double quotes"),
    Faulty("a comma without quotes", swap(DEPARTURES, "in the quarter;", "in, the quarter;"),
           HERE + f"wrong number of cells; found 8; allowed: 7 cells: {COLUMNS}; text with a comma in double quotes"),
    Faulty("negative people", swap(DEPARTURES, "20000", "-20000"),
           HERE + f"persons: not a number of people; found '-20000'; {PEOPLE}"),
    Faulty("infinite people", swap(DEPARTURES, "20000", "inf"), HERE + f"persons: not a number; found 'inf'; {PEOPLE}"),
    Faulty("people in words", swap(DEPARTURES, "20000", "many"),
           HERE + f"persons: not a number; found 'many'; {PEOPLE}"),
    Faulty("an underscore in a number", swap(DEPARTURES, "20000", "20_000"),
           HERE + f"persons: not a number; found '20_000'; {PEOPLE}"),
    Faulty("a bad date", swap(DEPARTURES, "2015-01-01", "2015-13-01"),
           HERE + "start: not a date; found '2015-13-01'; allowed: YYYY-MM-DD"),
    Faulty("a date by week", swap(DEPARTURES, "2015-01-01", "2015-W01-4"),
           HERE + "start: not a date; found '2015-W01-4'; allowed: YYYY-MM-DD"),
    Faulty("a period backwards", swap(DEPARTURES, "2015-01-01,2015-04-01", "2015-04-01,2015-01-01"),
           HERE + "end: the period ends before it starts; found '2015-01-01'; allowed: a date after 2015-04-01"),
    Faulty("a period before the run", swap(DEPARTURES, "2015-01-01,2015-04-01", "2005-01-01,2005-04-01"),
           HERE + "end: the period lies outside the run of the case; found '2005-04-01'; "
           "allowed: 2015-01-01 to 2017-01-01"),
    Faulty("a misspelt country", swap(DEPARTURES, "thailand", "tailand"),
           HERE + f"country: not one of the allowed values; found 'tailand'; allowed: {COUNTRIES}; "
           "did you mean 'thailand'?"),
    Faulty("an unknown source", swap(DEPARTURES, ",S3,", ",S9999,"),
           HERE + "source: not one of the allowed values; found 'S9999'; allowed: AO15, …; did you mean 'S…'?"),
    Faulty("a misspelt quality", swap(DEPARTURES, "published", "publishd"),
           HERE + "quality: not one of the allowed values; found 'publishd'; "
           "allowed: assumption, measured, published; did you mean 'published'?"),
    Faulty("an open quote", swap(DEPARTURES, "25000 in", '"25000 in'),
           HERE + "not a valid table: a double quote is never closed; allowed: a comma-separated table"),
    Faulty("an endless cell", swap(DEPARTURES, "25000 in", "x" * 200_000),
           HERE + "not a valid table: field larger than field limit (131072); allowed: a comma-separated table"),
    Faulty("terminal codes", swap(DEPARTURES, "25000 in", "\x1b[31m"),
           HERE + "note: control characters in the text; found …; allowed: plain text"),
    Faulty("a table that is not UTF-8", write(DEPARTURES, b"start\n\xff", 2),
           HERE + "the file is not UTF-8 text; found byte 0xff; allowed: UTF-8"),
    Faulty("a misspelt quantity", swap(OBSERVED, "deaths_at_sea", "death_at_sea"),
           SEEN_HERE + "quantity: not one of the allowed values; found 'death_at_sea'; allowed: …; "
           "did you mean 'deaths_at_sea'?"),
    Faulty("departures called predicted", swap(OBSERVED, ",input,", ",predicted,"),
           SEEN_HERE + "kind: departures are given to the model, never fitted or predicted; found 'predicted'; "
           "allowed: input; did you mean 'input'?"),
    Faulty("departures called fitted", swap(OBSERVED, ",input,", ",fitted,"),
           SEEN_HERE + "kind: departures are given to the model, never fitted or predicted; found 'fitted'; "
           "allowed: input; did you mean 'input'?"),
    Faulty("low above high", swap(OBSERVED, "32600,32600,33600", "33600,32600,31600"),
           SEEN_HERE + "low: low is above high; found '33600'; allowed: at most 31600"),
    Faulty("a value outside low and high", swap(OBSERVED, "32600,32600,33600", "300,500,400"),
           SEEN_HERE + "value: the value lies outside its own low and high; found '500'; allowed: 300 to 400"),
    Faulty("a total after the run", swap(OBSERVED, "2015-01-01,2016-01-01", "2025-01-01,2026-01-01"),
           SEEN_HERE + "start: the period lies outside the run of the case; found '2025-01-01'; "
           "allowed: 2015-01-01 to 2017-01-01"),
]
LABEL = "allowed: a-z, 0-9, _ and -, 1 to 64 characters"
NAMES = [
    ("../x", f"case: not a valid name; found '../x'; {LABEL}"),
    ("", f"case: not a valid name; found ''; {LABEL}"),
    (f"{NAME}\n", f"case: not a valid name; found '{NAME}\\n'; {LABEL}; did you mean '{NAME}'?"),
    ("Andaman_Sea_2015", f"case: not a valid name; found 'Andaman_Sea_2015'; {LABEL}; did you mean '{NAME}'?"),
    ("con", "case: the name is reserved by Windows; found 'con'; allowed: another name"),
    ("lpt1", "case: the name is reserved by Windows; found 'lpt1'; allowed: another name"),
    ("andaman_sea_2016", "case: unknown case; found 'andaman_sea_2016'; "
     f"allowed: {NAME}; did you mean '{NAME}'?"),
]
KINDS: dict[str, type[Record]] = {
    "sources.yaml": SourceFile, "groups.yaml": GroupFile, "case.yaml": Case, "money.yaml": MoneyFile,
    "costs.yaml": CaseCostsFile, "presets.yaml": PresetFile,
    "traceability.yaml": TraceabilityFile, "exercise.yaml": Exercise, "injects.yaml": InjectFile,
}
FOLDERS: dict[str, type[Record]] = {"scenarios": Scenario, "costs": CostFile, "reproduce": ReproduceFile,
                                    "levers": LeverFile}
FILES = sorted((ROOT / "parameters").rglob("*.yaml"))


@pytest.mark.parametrize("faulty", TABLES, ids=[faulty.name for faulty in TABLES])
def test_a_faulty_table_is_refused_with_one_exact_message(folder, faulty):
    line = faulty.edit(folder)
    with pytest.raises(InputFaultsError, match=exactly(faulty.message, line)):
        read_all(folder.parent)


@pytest.mark.parametrize("ending", [b"\r\n", b"\r"])
def test_tables_may_end_their_lines_as_other_systems_do(folder, ending):
    path = folder / DEPARTURES
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", ending))
    read_all(folder.parent)


@pytest.mark.parametrize(("name", "message"), NAMES)
def test_a_wrong_name_of_a_case_is_refused(name, message):
    with pytest.raises(InputFaultsError, match=exactly(message)):
        check_name(name, "case", (NAME,))


def test_an_unknown_scenario_names_the_nearest(inputs):
    expected = (f"scenario of {NAME}: unknown scenario of {NAME}; found 'standing_preparednes'; "
                "allowed: as_it_happened, …; did you mean 'standing_preparedness'?")
    with pytest.raises(InputFaultsError, match=exactly(expected)):
        inputs.scenario("standing_preparednes")


def test_an_empty_folder_says_how_to_make_a_workspace(tmp_path):
    expected = (f"{tmp_path.name}: no workspace here: the folder parameters/base is missing; "
                "allowed: a folder made by 'mixedmig init DIR'")
    with pytest.raises(InputFaultsError, match=exactly(expected)):
        read_workspace(tmp_path)


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(ROOT).as_posix() for path in FILES])
def test_every_shipped_yaml_file_loads_without_fault(path):
    kind = KINDS.get(path.name) or FOLDERS.get(path.parent.name, ParameterFile)
    assert validate(read_document(path, path.name), kind)


def test_the_shipped_workspace_resolves_without_fault():
    read_all(ROOT)


def test_faults_of_several_base_files_come_at_once(folder):
    swap("base/appeal.yaml", "value: 0.7", "value: 1.7")(folder)
    swap("base/work.yaml", "    unit: person/case\n", "")(folder)
    swap("base/onward.yaml", "source: assumption", "source: nowhere")(folder)
    swap("base/law.yaml", "schema: 1", "schema: [1")(folder)
    with pytest.raises(InputFaultsError, match=r"\A4 faults in the input:\n") as caught:
        read_workspace(folder.parent)
    assert [(fault.file, fault.path) for fault in caught.value.faults] == [
        ("parameters/base/appeal.yaml", "parameters.appealed_share.value"),
        ("parameters/base/law.yaml", ""),
        ("parameters/base/onward.yaml", "parameters.rate.source"),
        ("parameters/base/work.yaml", "parameters.persons_per_case.unit"),
    ]
    assert all(f"\n  {fault}" in str(caught.value) for fault in caught.value.faults)


def test_faults_of_a_case_its_tables_and_scenarios_come_at_once(folder):
    swap(CASE, "journey.voyage_time:", "journey.voyage_tme:")(folder)
    swap(CASE, "{thailand: 0.13, ", "{")(folder)
    swap(DEPARTURES, "20000", "-1")(folder)
    swap(OBSERVED, "deaths_at_sea", "deaths")(folder)
    swap(SCENARIO, "set: 2", "set: two")(folder)
    five = r"\A5 faults in the input:\n(  parameters/[^\n]*:[0-9]+: [^\n]*\n?){5}\Z"
    with pytest.raises(InputFaultsError, match=five):
        read_all(folder.parent)


def test_the_faults_of_unreadable_sources_and_groups_bring_no_others(folder):
    write("sources.yaml", "schema: 1\nsources:\n")(folder)
    write("base/groups.yaml", "schema: 1\ngroups: []\n")(folder)
    with pytest.raises(InputFaultsError, match=r"\A2 faults in the input:\n"):
        read_workspace(folder.parent)


def test_a_fault_as_a_record_has_all_keys_and_is_json():
    with pytest.raises(InputFaultsError) as caught:
        check_name("andaman", "case", (NAME,))
    record = caught.value.faults[0].as_record()
    assert json.loads(json.dumps(record)) == {
        "file": "case", "line": 0, "path": "", "problem": "unknown case", "found": "'andaman'",
        "allowed": NAME, "nearest": NAME,
    }


def test_faults_survive_the_way_between_processes():
    error = InputFaultsError([Fault("a.yaml", 3, "x.y", "wrong"), Fault("a.yaml", 2, "x", "wrong", "1", "2", "3")])
    copied = pickle.loads(pickle.dumps(error))
    assert (copied.faults, str(copied)) == (error.faults, str(error))


def test_the_message_of_very_many_faults_is_cut_but_none_is_lost():
    error = InputFaultsError(Fault("a.yaml", line, "", "wrong") for line in range(1, 1001))
    assert len(error.faults) == 1000
    assert str(error).count("\n") == 201
    assert str(error).endswith("and 800 more")


def test_found_values_and_names_are_short_and_safe_to_print():
    assert shown("\x1b[31m" + "x" * 999).isprintable()
    assert len(shown(["x" * 999])) <= 60
    assert [shown(value) for value in (None, True, 2.0, 0.1)] == ["null", "true", "2", "0.1"]
    assert nearest("thailand" + "x" * 1_000_000, ("thailand",)) == ""


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmnop"))
HOSTILE = {
    "alias bomb": BOMB, "braces": "{a: " * 5000, "dashes": "- " * 5000,
    "questions": "? " * 5000, "tags": "!!a " * 3000, "anchors": "&a " * 3000, "nul": "\ufeff\x00", "percent": "%",
    "tag handle": "%TAG ! tag:x:\n---\na: !b 1\n", "brace": "{", "quote": "'", "star": "*", "binary": "a: !!binary x",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_within_seconds(text):
    begin = time.perf_counter()
    with pytest.raises(InputFaultsError, match=r"^[0-9]+ faults? in the input:\n  x\.yaml:?[0-9]*: "):
        parse_document(text, "x.yaml")
    assert time.perf_counter() - begin < 20.0


def test_a_file_of_very_many_values_is_refused_before_it_is_built(monkeypatch):
    monkeypatch.setattr(yaml_reader, "MAX_VALUES", 1000)
    with pytest.raises(InputFaultsError, match=exactly("x.yaml:1: the file holds more than 1,000 keys and values")):
        parse_document("a: [" + "1, " * 2000 + "1]", "x.yaml")


def test_times_and_impossible_dates_are_text():
    data = parse_document("a: 2015-01-01 00:00:00\nb: 0001-01-01T00:00:00+23:59\nc: 2015-02-30\n", "x.yaml").data
    assert data == {"a": "2015-01-01 00:00:00", "b": "0001-01-01T00:00:00+23:59", "c": "2015-02-30"}


WEIRD = [None, [], {}, [None], {"": 1}, {"a": None}, True, 0, -1, 1.5, 1e299, 10**25, "", "x" * 3000, "2015-02-30",
         "\ud800", "a\nb", "../x", "con", {"2015-01-01": 1}, {"x": {"y": {}}}, [1, 2, 3], "\x1b[31m", "١"]
JARGON = re.compile(r"Input|should|pydantic|Value error|\[key\]|dict\[|tuple|NoneType|datetime|Traceback")


def _paths(data, above=()):
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*above, key)
        yield from _paths(value, (*above, key))


def _message(root):
    """What a user reads, empty where the input is right; anything but InputFaultsError gets through."""
    try:
        read_all(root)
    except InputFaultsError as error:
        return str(error)
    return ""


def _mutated(data, keys, value, how):
    """A copy with one value replaced, removed, or renamed."""
    result = deepcopy(data)
    here = result
    for key in keys[:-1]:
        here = here[key]
    if how == "rename" and isinstance(here, dict):
        here[json.dumps(value)] = here.pop(keys[-1])
    elif how == "remove":
        del here[keys[-1]]
    else:
        here[keys[-1]] = value
    return result


@pytest.mark.parametrize(("file", "count"), [
    (SCENARIO, 70), ("base/groups.yaml", 30), ("base/counselling.yaml", 60), ("base/arrivals.yaml", 40), (CASE, 20),
    ("levers/journey.yaml", 60), ("presets.yaml", 20),
])
def test_no_weird_value_anywhere_raises_anything_but_faults_in_plain_words(folder, file, count):
    chance = random.Random(file)
    original = json.loads(json.dumps(read_document(folder / file, file).data, default=str))
    places = list(_paths(original))
    for _ in range(count):
        keys, value = chance.choice(places), chance.choice(WEIRD)
        how = chance.choice(("replace", "replace", "remove", "rename"))
        (folder / file).write_text(json.dumps(_mutated(original, keys, value, how), indent=0))
        message = _message(folder.parent)
        assert not JARGON.search(message), (keys, value, how)
        assert all(line.isprintable() for line in message.split("\n")), (keys, value, how)
