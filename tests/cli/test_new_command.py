"""``mixedmig new``: a case of one's own, complete, commented, with only the warnings of inputs to own."""

import json
import re
import shutil

import pytest
import yaml
from small_case import ROOT
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.cases.placeholders import QUESTION, SUMMARY
from mixedmig_model.inputs.check import check_workspace

MONTHS = "month,persons\n2024-01,300\n2024-02,400.5\n2024-03,350\n"
DATES = ("--start", "2024-01-01", "--end", "2024-04-01")


@pytest.fixture
def plan(tmp_path):
    """A workspace of one's own without cases, and a table of arrivals beside it."""
    ignore = shutil.ignore_patterns("cases", "exercises", "reproduce", "traceability.yaml")
    shutil.copytree(ROOT / "parameters", tmp_path / "plan" / "parameters", ignore=ignore)
    (tmp_path / "months.csv").write_text(MONTHS, encoding="utf-8")
    return tmp_path / "plan"


def new(plan, name="mine", *options, countries="harbourland", dates=DATES, table="months.csv"):
    arguments = ["new", name, "--countries", countries, *dates, "--arrivals", str(plan.parent / table), *options,
                 "--workspace", str(plan)]
    done = CliRunner().invoke(app, arguments)
    assert "Traceback" not in done.output
    return done


def folder(plan, name="mine"):
    return plan / "parameters" / "cases" / name


@pytest.mark.parametrize("route", ["sea", "land", "air"])
@pytest.mark.parametrize("countries", ["harbourland", "north,south,no"])
def test_a_new_case_has_no_faults_and_only_the_warnings_to_own(plan, route, countries):
    if "," in countries:
        months = MONTHS.replace("month,persons", "month,country,persons")
        text = re.sub(r"(?m)^(2024-0\d),", r"\1,no,", months)
        (plan.parent / "months.csv").write_text(text, encoding="utf-8")
    done = new(plan, "mine", "--route", route, countries=countries)
    assert done.exit_code == 0, done.output
    cautions = check_workspace(plan).all_cautions
    others = {one.path for one in cautions if not one.unset}
    assert others == {"question", "summary"} | ({"country"} if "," in countries else set())
    unset = {one.path.removeprefix("parameters.") for one in cautions if one.unset}
    assert {"opening", "currency", "registration.officers", "law.work_right"} <= unset
    assert ("journey.refused_share" in unset) is (route == "sea")
    assert ("journey.mortality" in unset) is (route != "air")


@pytest.mark.parametrize("table", [
    "month,country,persons,route\n2024-01,north,300,\n2024-02,south,400,land\n2024-03,no,90,sea\n",
    "start,end,country,persons,source,quality,note,route\n2024-01-01,2024-02-01,north,300,assumption,assumption,,\n"
    "2024-02-01,2024-03-01,south,400,assumption,assumption,,land\n"
    "2024-03-01,2024-04-01,no,90,assumption,assumption,,sea\n"])
def test_a_column_route_says_how_people_come_to_each_country(plan, table):
    (plan.parent / "months.csv").write_text(table, encoding="utf-8")
    done = new(plan, "mine", countries="north,south,no")
    assert done.exit_code == 0, done.output
    rows = (folder(plan) / "arrivals.csv").read_text(encoding="utf-8").splitlines()
    assert [row.rsplit(",", 1)[1] for row in rows] == ["route", "sea", "land", "sea"]
    case = (folder(plan) / "case.yaml").read_text(encoding="utf-8")
    assert '  journey.disembarkation_share: {by_country: {"north": 0.5, "no": 0.5}, ' in case
    used = re.sub(r"(?m)^  # ([a-z]+\.[a-z_]+: \{)", r"  \1", case)
    mortality = yaml.safe_load(used)["parameters"]["journey.mortality"]["by_country"]
    assert mortality == {"north": 0.0092, "south": 0.0, "no": 0.0092}
    unset = [one.text for one in check_workspace(plan).all_cautions if one.unset]
    assert "the case does not set Mortality of the journey (South)" in unset
    (folder(plan) / "case.yaml").write_text(used, encoding="utf-8")
    assert "journey" not in " ".join(str(one) for one in check_workspace(plan).all_cautions)


def test_a_month_by_another_route_to_the_same_country_is_refused(plan):
    (plan.parent / "months.csv").write_text("month,persons,route\n2024-01,300,\n2024-02,400,land\n", encoding="utf-8")
    done = new(plan, "mine")
    assert done.exit_code == 2
    assert "months.csv:3: route: people come to the country by another route in an earlier row" in done.output


def test_every_input_to_own_stands_as_a_comment_that_can_be_used(plan):
    assert new(plan, "mine", "--currency", "EUR", "--economy", "GBR").exit_code == 0
    case = folder(plan) / "case.yaml"
    text = case.read_text(encoding="utf-8")
    assert 35 <= len(text.splitlines()) <= 55
    used = re.sub(r"(?m)^  # ([a-z]+\.[a-z_]+: \{)", r"  \1", text).replace("# opening:\n", "opening: []\n")
    case.write_text(used, encoding="utf-8")
    left = [(one.path, one.text) for one in check_workspace(plan).all_cautions]
    assert left == [(key, f"the {key} is still the one of a new case") for key in ("question", "summary")]
    case.write_text(used.replace(QUESTION, "Are places enough?").replace(SUMMARY, "People come."), encoding="utf-8")
    assert [str(one) for one in check_workspace(plan).all_cautions] == []
    assert yaml.safe_load(used)["parameters"]["journey.mortality"]["value"] == 0.0092
    costs = yaml.safe_load((folder(plan) / "costs.yaml").read_text(encoding="utf-8"))
    assert (costs["currency"], costs["economies"]) == ("EUR", {"harbourland": "GBR"})


def test_months_become_periods_and_rows_of_arrivals_are_kept(plan):
    assert new(plan, "mine").exit_code == 0
    assert (folder(plan) / "arrivals.csv").read_text(encoding="utf-8").splitlines() == [
        "start,end,country,persons,source,quality,note",
        "2024-01-01,2024-02-01,harbourland,300,assumption,assumption,",
        "2024-02-01,2024-03-01,harbourland,400.5,assumption,assumption,",
        "2024-03-01,2024-04-01,harbourland,350,assumption,assumption,",
    ]
    rows = 'start,end,country,persons,source,quality,note\n2024-01-01,2024-04-01,north,90,S1,published,"a, b"\n'
    (plan.parent / "rows.csv").write_text(rows, encoding="utf-8")
    assert new(plan, "other", countries="north", table="rows.csv").exit_code == 0
    assert (folder(plan, "other") / "arrivals.csv").read_text(encoding="utf-8") == rows


def test_the_month_of_december_ends_in_january(plan):
    (plan.parent / "months.csv").write_text("month,persons\n2023-12,31\n", encoding="utf-8")
    assert new(plan, "mine", dates=("--start", "2023-12-01", "--end", "2024-01-01")).exit_code == 0
    assert "2023-12-01,2024-01-01,harbourland,31," in (folder(plan) / "arrivals.csv").read_text(encoding="utf-8")


def test_the_record_names_the_files_and_the_inputs_to_own(plan):
    done = new(plan, "mine", "--route", "land", "--json")
    record = json.loads(done.stdout)
    assert record["ok"] is True
    assert record["case"] == "mine"
    assert record["files"] == [f"parameters/cases/mine/{name}" for name in
                               ("case.yaml", "arrivals.csv", "costs.yaml", "scenarios/as_it_is.yaml")]
    assert "reception.places" in record["inputs_to_own"]
    assert "journey.refused_share" not in record["inputs_to_own"]
    assert f"{len(record['inputs_to_own'])} inputs of case.yaml must be your own. Next: mixedmig check" in done.stderr


def test_all_faults_come_in_one_round_and_nothing_is_written(plan):
    table = "month,persons\n2024-13,5\n2024-02,many\n2024-03,1\n2024-03,2\n2025-01,3\n"
    (plan.parent / "months.csv").write_text(table, encoding="utf-8")
    options = ("--route", "see", "--currency", "EUX", "--tier", "high")
    done = new(plan, "My Case", *options, countries="con,north,north,all")
    assert done.exit_code == 2
    for said in (
        "CASE: not a valid name; found 'My Case'; allowed: a-z, 0-9, _ and -, 1 to 64 characters; did you mean "
        "'my_case'?",
        "--countries: the name is reserved by Windows; found 'con'",
        "--countries: duplicate country; found 'north'; allowed: each country once",
        "--countries: the name means all countries together; found 'all'",
        "--route: unknown route; found 'see'; allowed: air, land, sea; did you mean 'sea'?",
        "--currency: no exchange rate for EUX; found 'EUX'; allowed: AFN, AMD, AUD, AZN, ",
        "--economy: unknown country of prices; found 'high'; allowed: AFG, ",
        "months.csv:2: month: not a month; found '2024-13'; allowed: YYYY-MM, years from 1900 to 2199",
        "months.csv:3: persons: not a number; found 'many'",
        "months.csv:5: month: duplicate month, first on line 4; found '2024-03'; allowed: each month once",
        "months.csv:6: month: the month lies outside the run of the case; found '2025-01'; allowed: 2024-01-01 to",
        "months.csv:3: the row names no country, and the case has several; allowed: a column country with",
    ):
        assert said in done.stderr
    assert not folder(plan, "").exists()


@pytest.mark.parametrize(("dates", "said"), [
    (("--start", "01.01.2024", "--end", "2024-04-31"), ("--start: not a date; found '01.01.2024'; allowed: YYYY-MM-DD",
                                                        "--end: not a date; found '2024-04-31'")),
    (("--start", "1024-01-01", "--end", "2024-04-01"), ("--start: implausible year",)),
    (("--start", "2024-04-01", "--end", "2024-01-01"), ("--end: the case ends before it starts; found '2024-01-01'; "
                                                        "allowed: after 2024-04-01",)),
    (("--start", "1950-04-01", "--end", "2024-01-01"), ("--end: the run is too long; found '2024-01-01'; allowed: at "
                                                        "most 40 years",)),
])
def test_wrong_dates_are_refused(plan, dates, said):
    done = new(plan, dates=dates)
    assert done.exit_code == 2
    assert all(text in done.stderr for text in said)


@pytest.mark.parametrize(("table", "said"), [
    (None, "--arrivals: the file does not exist"),
    ("month,people\n2024-01,3\n", "unexpected columns; found 'month, people'; allowed: month, persons, and country "
                                  "where there are several; or start, end, country, persons, source, quality, note"),
    ("start,end,country,persons,source,quality,note\n2024-01-01,2024-02-01,harborland,3,S0,published,\n",
     "did you mean 'harbourland'"),
    ("month,country,persons\n2024-01,harborland,3\n", "country: not one of the allowed values; found 'harborland'"),
])
def test_a_faulty_table_of_arrivals_is_refused(plan, table, said):
    (plan.parent / "months.csv").unlink() if table is None else (plan.parent / "months.csv").write_text(
        table, encoding="utf-8")
    done = new(plan)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(("countries", "said"), [
    (" , ", "--countries: not a number of countries; found '0'; allowed: 1 to 40 names"),
    ("Sri Lanka", "--countries: not a valid name; found 'Sri Lanka'; allowed: a-z, 0-9, _ and -, 1 to 64 characters; "
                  "did you mean 'sri_lanka'?"),
])
def test_wrong_countries_are_refused(plan, countries, said):
    done = new(plan, countries=countries)
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_existing_case_is_never_changed(plan):
    assert new(plan).exit_code == 0
    before = (folder(plan) / "case.yaml").read_bytes()
    done = new(plan, "mine", "--route", "land")
    assert done.exit_code == 2
    assert "CASE: there is a case of this name; found 'mine'; allowed: another name" in done.stderr
    assert (folder(plan) / "case.yaml").read_bytes() == before
    assert new(plan, "batches").exit_code == 2


def test_somebody_who_was_first_keeps_the_case(plan, monkeypatch):
    from mixedmig_model.inputs.starting import write

    def first(workspace, case):
        folder(plan).mkdir(parents=True)
        (folder(plan) / "case.yaml").write_text("theirs", encoding="utf-8")
        return {"case.yaml": "ours"}

    monkeypatch.setattr(write, "files_of", first)
    done = new(plan)
    assert done.exit_code == 2
    assert "CASE: there is a case of this name" in done.stderr
    assert [path.name for path in folder(plan).iterdir()] == ["case.yaml"]
    assert (folder(plan) / "case.yaml").read_text(encoding="utf-8") == "theirs"


def test_the_shipped_workspace_is_never_written_to(tmp_path):
    (tmp_path / "months.csv").write_text(MONTHS, encoding="utf-8")
    arguments = ["new", "mine", "--countries", "x", *DATES, "--arrivals", str(tmp_path / "months.csv")]
    done = CliRunner().invoke(app, [*arguments, "--workspace", str(ROOT)])
    assert done.exit_code == 2
    assert "the shipped workspace is read only; allowed: a workspace made by 'mixedmig init DIR'" in done.stderr
    assert not (ROOT / "parameters" / "cases" / "mine").exists()


def test_a_workspace_without_prices_has_no_file_of_costs(plan):
    shutil.rmtree(plan / "parameters" / "costs")
    shutil.rmtree(plan / "parameters" / "levers")
    (plan / "parameters" / "presets.yaml").unlink()
    assert new(plan, "mine", "--currency", "XXX").exit_code == 0
    assert sorted(path.name for path in folder(plan).iterdir()) == ["arrivals.csv", "case.yaml", "scenarios"]
