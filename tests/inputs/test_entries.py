"""Entries below ``parameters/``: each is read, or is a fault that names it and what it was meant to be."""

import re

import pytest
from small_case import write_small

from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.reading.faults import InputFaultsError, nearest, plain_name
from mixedmig_model.inputs.workspace import check_name

NOT_READ, FOLDER = "no command reads a file of this name", "no command reads this folder"
NO_CASE, OF_CASE = "the folder is not a case: case.yaml is missing", "allowed: a folder with case.yaml"
SHARED, SMALL = "allowed: presets.yaml, sources.yaml, traceability.yaml", "allowed: arrivals.csv, case.yaml"
MEANT = "did you mean '{}'?".format
FILES = {
    "presets.yml": f"{SHARED}; {MEANT('presets.yaml')}",
    "notes.txt": SHARED,
    "base/law.yml": f"allowed: *.yaml; {MEANT('law.yaml')}",
    "base/mine.yaml.txt": f"allowed: *.yaml; {MEANT('mine.yaml')}",
    "base/.mine.yaml": f"allowed: *.yaml; {MEANT('mine.yaml')}",
    "cases/small/costs.yml": SMALL,
    "cases/small/case.yml": f"{SMALL}; {MEANT('case.yaml')}",
    "cases/small/observed.csv": SMALL,
    "cases/small/scenarios/other.yaml.txt": f"allowed: *.yaml; {MEANT('other.yaml')}",
    "cases/other.yaml": "allowed: a folder with case.yaml for each case",
    "cases/small/readme.csv": SMALL,
    "cases/license.yaml": "allowed: a folder with case.yaml for each case",
}
"""Files that nothing reads, and what is allowed in their place."""
FOLDERS = {
    "cases/small/scenarios/later/other.yaml": (
        "cases/small/scenarios/later", f"{FOLDER}; found 'later'; allowed: no folder here"),
    "cases/small/scenario/other.yaml": (
        "cases/small/scenario", f"{FOLDER}; found 'scenario'; allowed: observations, scenarios; {MEANT('scenarios')}"),
    "case/small/case.yaml": (
        "case", f"{FOLDER}; found 'case'; allowed: base, cases, costs, exercises, levers, reproduce; {MEANT('cases')}"),
    "cases/empty/arrivals.csv": ("cases/empty", f"{NO_CASE}; found arrivals.csv; {OF_CASE}"),
    "cases/almost/case.yml": ("cases/almost", f"{NO_CASE}; found case.yml; {OF_CASE}; {MEANT('case.yaml')}"),
    "cases/\u00c5land 2019/case.yaml": (
        "cases/\u00c5land 2019", "not a valid name; found '\u00c5land 2019'; allowed: a-z, 0-9, _ and -, "
        f"1 to 64 characters; {MEANT('aland_2019')}"),
    "cases/README/case.yaml": ("cases/README", "not a valid name; found 'README'; allowed: a-z, 0-9, _ and -, "
                               f"1 to 64 characters; {MEANT('readme')}"),
    "cases/small/scenarios/notes.md/other.yaml": (
        "cases/small/scenarios/notes.md", f"{FOLDER}; found 'notes.md'; allowed: no folder here"),
    "cases/con/case.yaml": ("cases/con", "the name is reserved by Windows; found 'con'; allowed: another name"),
}
"""Files of folders that nothing reads: the folder that the fault names, and its words."""


def faults_of(root):
    with pytest.raises(InputFaultsError) as caught:
        check_workspace(root)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", [*FILES, *FOLDERS])
def test_what_nothing_reads_is_a_fault_that_names_it(tmp_path, name):
    write_small(tmp_path)
    path = tmp_path / "parameters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("schema: 1\n", encoding="utf-8")
    place, text = FOLDERS.get(name) or (name, f"{NOT_READ}; found '{path.name}'; {FILES[name]}")
    assert faults_of(tmp_path) == [f"parameters/{place}: {text}"]


@pytest.mark.parametrize("name", [
    "README.md", "cases/README", "cases/small/notes.md", "base/LICENSE", ".DS_Store", "cases/small/~$arrivals.csv",
    "cases/small/.~lock.arrivals.csv#", "cases/small/scenarios/.gitkeep", "cases/Thumbs.db", "base/._law.yaml"])
def test_notes_and_what_systems_leave_behind_are_left_alone(tmp_path, name):
    write_small(tmp_path)
    (tmp_path / "parameters" / name).write_text("x", encoding="utf-8")
    assert list(check_workspace(tmp_path).cases) == ["small"]


@pytest.mark.parametrize("name", ["readme", "license", "licensed_work", "readme_first"])
def test_a_file_of_the_kind_that_is_read_is_no_note_whatever_its_name(tmp_path, name):
    folder = write_small(tmp_path, **{name: ""})
    assert check_workspace(tmp_path).cases["small"].scenarios == tuple(sorted(("base", name)))
    (folder / "scenarios" / f"{name}.yaml").write_text("schema: 2\n", encoding="utf-8")
    assert f"parameters/cases/small/scenarios/{name}.yaml:1: schema" in "".join(faults_of(tmp_path))
    (tmp_path / "parameters" / "levers").mkdir()
    (tmp_path / "parameters" / "levers" / f"{name}.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert f"parameters/levers/{name}.yaml:1: levers: a required key is missing" in faults_of(tmp_path)


def test_the_costs_of_a_case_are_a_fault_where_there_is_no_cost_book(tmp_path):
    folder = write_small(tmp_path)
    (folder / "costs.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert faults_of(tmp_path) == [f"parameters/cases/small/costs.yaml: {NOT_READ}; found 'costs.yaml'; {SMALL}"]


@pytest.mark.parametrize(("text", "name"), [
    ("\u00c5land 2019", "aland_2019"), ("Andaman Sea!", "andaman_sea"), ("../x", "x"), ("\u6d77", ""),
    ("a-b_c", "a-b_c")])
def test_a_valid_name_is_made_of_any_text(text, name):
    assert plain_name(text) == name


def test_a_hint_never_repeats_the_wrong_name():
    assert nearest("small", ["small", "smell"]) == "smell"
    assert nearest("small", ["small"]) == ""
    with pytest.raises(InputFaultsError) as caught:
        check_name("\u00c5land 2019", "case", ("\u00c5land 2019", "aland"))
    assert not re.search("did you mean '\u00c5land", str(caught.value))
