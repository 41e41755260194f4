"""How a model like this misleads or harms: ``docs/safeguards.md`` names tests for each way, some of them here."""

import ast
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError
from results.hand_dataset import Hand
from results.made_counts import counts

import mixedmig_model
from mixedmig_model.equations.table import FLOWS, PRESSED
from mixedmig_model.inputs import schema
from mixedmig_model.inputs.cases.departures import DEPARTURE_COLUMNS, read_departures
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.observations.published import OBSERVED_COLUMNS, read_observations
from mixedmig_model.inputs.observations.row import COLUMNS
from mixedmig_model.inputs.observations.tables import ObservedNames, read_tables
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.results.indicators.exposure import HARM_KEYS, JudgedCounts, judged_counts
from mixedmig_model.results.indicators.judgement import INDICATOR_OF, judge
from mixedmig_model.results.indicators.table import HARMS, INDICATORS, indicator_table
from mixedmig_model.results.measures import ASSISTED, ENFORCED, INDUCED
from mixedmig_model.vocabulary.labels import PLACES

PACKAGE, ROOT = Path(mixedmig_model.__file__).parent, installed_workspace()
REFERENCE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WITHOUT = re.compile(r"(?:^|(?<=[.:] )|(?<=\n))Not tested: \S")
NUMBERS = range(1, 13)


# ---- the page ---------------------------------------------------------------------------------------------------

def page():
    return (ROOT / "docs" / "safeguards.md").read_text(encoding="utf-8")


def parts(text):
    """The numbered parts of the page, by number."""
    found = re.split(r"^## (\d+)\. ", re.split(r"^## [^\d]", text, flags=re.MULTILINE)[0], flags=re.MULTILINE)
    return {int(number): body for number, body in zip(found[1::2], found[2::2], strict=True)}


def answered(part):
    """Whether a part names a test, or says why there is none."""
    return bool(REFERENCE.search(part) or WITHOUT.search(part))


def defined(text):
    """Test functions of a file that the gate runs: those set aside by a mark are left out."""
    aside = {"skip", "skipif", "xfail", "slow"}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = {n.attr for mark in node.decorator_list for n in ast.walk(mark) if isinstance(n, ast.Attribute)}
            if not marks & aside:
                yield node.name


def test_all_twelve_safeguards_stand_on_the_page_in_order():
    assert re.findall(r"^## (\d+)\. \S", page(), re.MULTILINE) == [str(number) for number in NUMBERS]
    assert page().replace("`file::test`", "").count("::") == len(REFERENCE.findall(page()))  # none is mistyped


@pytest.mark.parametrize("number", NUMBERS)
def test_each_safeguard_names_a_test_or_says_why_there_is_none(number):
    part = parts(page())[number]
    assert answered(part), part
    assert "*Harm.*" in part
    assert "*Today.*" in part


def test_a_part_without_a_test_and_without_a_reason_would_be_found():
    assert not answered("Costs. It does much. See `tests/x.py` and test_y. This is not tested: a pity.\n")
    assert answered("Costs. Not tested: there are none yet.")
    assert answered("Proved by `tests/x.py::test_y`.")
    assert list(defined("def test_a(): ...\n@pytest.mark.slow\ndef test_b(): ...\ndef c(): ...\n")) == ["test_a"]


@pytest.mark.parametrize(("file", "name"), sorted(set(REFERENCE.findall(page()))))
def test_each_test_that_the_page_names_exists_and_is_run(file, name):
    assert name in set(defined((ROOT / file).read_text(encoding="utf-8")))


# ---- 1 and 2: no policy is good because fewer people come or more are sent back ----------------------------------

SCIPY = {"scipy.integrate", "scipy.io", "scipy.sparse", "scipy.special", "scipy.stats"}
"""Parts of scipy that the package may use. None of them searches for a best value."""
MAY_SEARCH: dict[str, str] = {
    "results/distributions.py": "the width of a beta distribution with a given mean and range",
    "study/reproduce/figures.py": (
        "the share at which a published impact assessment breaks even, as its authors worked it out"),
    "study/planning/break_even.py": "the value of one input at which two options cost the same",
}
"""Modules of the package that may import ``scipy.optimize``, and for what. Never over arrivals, deterrence, returns."""
SEARCHERS = {
    "bayes_opt", "casadi", "cvxopt", "cvxpy", "deap", "highspy", "hyperopt", "lmfit", "nevergrad", "nlopt", "optax",
    "optuna", "ortools", "pulp", "pymoo", "pyomo", "pyswarms", "skopt", "sklearn", "torch",
}


def imports(text):
    """Modules that a file imports, and parts imported out of scipy, wherever in it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            whole = node.module == "scipy"
            yield from (f"scipy.{alias.name}" for alias in node.names) if whole else (node.module or "",)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "scipy.optimize" in node.value:
            yield "scipy.optimize"


def searching(text):
    """What a file imports that could search for a best policy."""
    names = set(imports(text))
    strange = {name for name in names if name.split(".")[0] == "scipy" and ".".join(name.split(".")[:2]) not in SCIPY}
    return strange | {name for name in names if name.split(".")[0] in SEARCHERS}


def test_nothing_in_the_package_searches_for_a_best_policy():
    files = {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    found = {file: searching(text) for file, text in files.items() if file not in MAY_SEARCH}
    assert {file: names for file, names in found.items() if names} == {}
    for hidden in ("from scipy import optimize", "import scipy", "import scipy.optimize as so", "import cvxpy",
                   "def f():\n from scipy.optimize import brentq", "import_module('scipy.optimize')"):
        assert searching(hidden), hidden


COMING = {
    "departed": {}, "landed": {"place": "reception"}, "disembarked": {"place": "reception"},
    "arrived_onward": {"place": "reception", "destination": "south"},
}
SENT_BACK = {row: {"place": "reception"} for row in (*ASSISTED, *ENFORCED)}


def counted(row, cell, persons=7.0):
    """Indicators that count the people whom a row moves, one for one."""
    def run(moved):
        hand = Hand(30, ("north", "south")).open("at_sea", 50.0, group="migrant").open("adrift", 50.0, group="migrant")
        hand.open("moving", 50.0, group="migrant")
        for stage in ("registration", "screening", "counselling", "referral", "appeal", "return", "limbo"):
            hand.open("people", 50.0, stage=stage, place="reception", group="migrant")
        return indicator_table(hand.move(row, 9, moved, group="migrant", **cell).dataset())

    before, after = run(0.0), run(persons)
    return [i for i in INDICATORS if i.unit == "person" and after[i.key] - before[i.key] == pytest.approx(persons)]


def test_no_indicator_calls_fewer_people_arriving_or_more_people_sent_back_better():
    arrived = {i.key: i.better for row, cell in COMING.items() for i in counted(row, cell)}
    returned = {i.key: i.better for row, cell in SENT_BACK.items() for i in counted(row, cell)}
    assert set(arrived) >= {"disembarked", "arrived_onward"}
    assert set(returned) >= {"returned_assisted", "returned_enforced"}
    assert "lower" not in arrived.values(), arrived
    assert "higher" not in returned.values(), returned


def test_what_may_be_said_of_an_option_rests_on_breaches_and_harms_alone():
    """Counts that a judgement reads hold harms, breaches and who could suffer them: no money, and nobody who stays."""
    assert {one.name for one in fields(JudgedCounts)} == {
        "harms", "breaches", "survivors", "child_survivors", "children_taken_into_detention", "adrift_deaths",
        "adrift_entries", "served", "outside", "in_countries"}
    assert set(INDICATOR_OF) == set(HARM_KEYS)
    assert set(INDICATOR_OF.values()) == {i.key for i in HARMS}
    base = counts()
    other = replace(base, outside=dict.fromkeys(("departed", "repeat_departures", "needs_missed", "moved_onward"), 1e6))
    found = judge({"default": other}, {"default": base})
    assert {one.word for one in (*found.harms, *found.breaches)} == {"none"}
    served = judge({"default": replace(base, served=dict.fromkeys(base.served, 1e6))}, {"default": base})
    assert {one.word for one in (*served.harms, *served.breaches)} == {"none"}


# ---- 7: aggregates only -----------------------------------------------------------------------------------------

OF_A_PERSON = {
    "person", "individual", "applicant", "forename", "surname", "firstname", "lastname", "fullname", "born", "birth",
    "birthday", "age", "sex", "gender", "nationality", "citizenship", "ethnicity", "race", "religion", "language",
    "passport", "identity", "biometric", "fingerprint", "photo", "face", "phone", "email", "dossier", "latitude",
    "longitude", "lat", "lon", "coordinates", "location", "geometry", "gps", "boat", "vessel", "village", "address",
}
RANKS_PEOPLE = {
    "fraud", "fraudulent", "abuse", "abusive", "credibility", "nationality", "ethnicity", "religion", "race",
    "deserving",
}
WEB_ADDRESS = ("Source", "address")
"""The one field that would be found and describes no person: the web address of a publication."""


def records(kind=schema.Record):
    """All records of the schema."""
    for record in kind.__subclasses__():
        yield record
        yield from records(record)


RECORDS = sorted(set(records()), key=lambda record: record.__name__)


def words(name):
    return set(re.split(r"[._]", name.lower()))


def personal(fields):
    """Fields, by record, whose name is that of something about a person or a spot on the map."""
    return [field for field in fields if words(field[1]) & OF_A_PERSON and field != WEB_ADDRESS]


def test_no_record_and_no_table_has_a_field_about_a_person():
    fields = [(record.__name__, field) for record in RECORDS for field in record.model_fields]
    fields += [("departures", column) for column in DEPARTURE_COLUMNS]
    fields += [("observed", column) for column in (*OBSERVED_COLUMNS, *COLUMNS)]
    assert {"Case", "Group", "Opening", "Scenario"} <= {record for record, _ in fields}
    assert personal(fields) == []
    planted = [("Opening", "date_of_birth"), ("Group", "nationality"), ("Case", "address"), ("observed", "latitude")]
    assert personal(planted) == planted
    # groups are what people are owed and need, never who they are
    assert get_args(schema.NeedName) == ("international", "other", "none")
    assert set(get_args(schema.FlagName)) == {
        "child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant"}
    names = [*CATALOGUE, *(i.key for i in INDICATORS), *(row.name for row in FLOWS)]
    assert [name for name in names if words(name) & RANKS_PEOPLE] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_field_about_a_person_is_refused_in_every_record(record):
    with pytest.raises(ValidationError) as caught:
        record.model_validate({"nationality": "any", "passport": "A1"})
    refused = {error["loc"] for error in caught.value.errors() if error["type"] == "extra_forbidden"}
    assert refused == {("nationality",), ("passport",)}


@pytest.mark.parametrize(("columns", "read"), [
    (DEPARTURE_COLUMNS, lambda path: read_departures(path, "table.csv", {}, {})),
    (OBSERVED_COLUMNS, lambda path: read_observations(path, "table.csv", {}, {}, ())),
    (COLUMNS, lambda path: read_tables({"table.csv": path}, ObservedNames((), (), {}))),
], ids=["departures", "observed", "observations"])
def test_a_column_about_a_person_is_refused_in_every_table(columns, read, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(",".join([*columns, "nationality"]) + "\n", encoding="utf-8")
    with pytest.raises(InputFaultsError, match=r"unexpected columns; found .*nationality"):
        read(path)


def test_what_a_report_writes_knows_no_place_finer_than_a_country(book):
    made, folder = book
    for run in made.runs.values():
        assert set(run.sizes) == {
            "time", "interval", "day", "day_interval", "stage", "place", "group", "country", "destination", "function",
            "grade", "kind", "type", "row", "region_row", "stock"}
        assert set(run["place"].values) == set(PLACES) == {
            "detention", "alternative", "reception", "community", "unsheltered"}
        assert set(run["country"].values) == set(made.countries)
    heads = {file.name: file.read_text(encoding="utf-8-sig").split("\n", 1)[0] for file in folder.glob("*.csv")}
    assert heads == {
        "indicators.csv": "scenario,need_share_run,indicator,kind,title,unit,value",
        "people_by_week.csv": "scenario,time,country,stage,place,persons",
        "costs.csv": "scenario,item,sector,country,year,payer,cost",
    }


# ---- 9: returns -------------------------------------------------------------------------------------------------

def test_an_assisted_return_out_of_detention_or_without_shelter_is_never_counted_as_a_choice():
    allowed = {row.name: set(row.only["place"]) for row in FLOWS if row.name in (*ASSISTED, *INDUCED)}
    assert all(not allowed[name] & set(PRESSED) for name in ASSISTED)
    assert all(allowed[name] == {"detention", "unsheltered"} for name in INDUCED)
    hand = Hand(20)
    for place in ("detention", "unsheltered", "reception"):
        hand.open("people", 50.0, stage="counselling", place=place, group="migrant")
    hand.move("induced_from_counselling", 3, 4.0, place="detention", group="migrant")
    hand.move("induced_from_counselling", 3, 3.0, place="unsheltered", group="migrant")
    hand.move("assisted_from_counselling", 3, 5.0, place="reception", group="migrant")
    found = indicator_table(hand.dataset())
    assert (found["returned_assisted"], found["returned_induced"], found["returned_enforced"]) == (5.0, 7.0, 0.0)
    assert found["voluntary_share"] == pytest.approx(5.0 / 12.0)


# ---- 11: capacity cut -------------------------------------------------------------------------------------------

def test_a_cut_in_places_shows_as_people_without_shelter_and_is_never_called_better():
    def run(housed):
        hand = Hand(40).open("people", housed, stage="screening", place="reception")
        return hand.open("people", 100.0 - housed, stage="screening", place="unsheltered").dataset()

    before, after = run(100.0), run(60.0)
    assert [indicator_table(ds)["without_shelter_days"] for ds in (before, after)] == [0.0, 1600.0]
    found = judge(*({"default": judged_counts(ds)} for ds in (after, before)))
    assert [one.key for one in found.named("worse")] == ["unsheltered"]
    assert not found.better_on_all


# ---- governance -------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("text", [
    "not legal advice", "not a substitute for the assessment of each person",
    "Affected people, civil society and host communities should see and challenge the assumptions",
    "Publish scenario files with results", "Have a protection officer review each deployment",
])
def test_the_readme_says_how_a_deployment_is_governed(text):
    assert text in re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
