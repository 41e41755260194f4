"""Ends that are most likely misread, and published totals that the run covers in part: each has a caution."""

import pytest
from small_case import SHARES, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace

FILE = "parameters/cases/small/observed.csv"
HEAD = "quantity,start,end,country,low,value,high,kind,source,note"
OTHER = "parameters/cases/small/scenarios/other.yaml"
UNTIL = "until is the first day after the {0}: write {1} if {2} belongs to it"
LATER = "  - {parameter: determination.officers, set: 9, start: 2019-02-11, reason: R}\n"
COST = ("own_costs:\n  mine:\n    title: Mine\n    activity: A\n    stage: screening\n    sector: protection\n"
        "    phase: response\n    behaviour: fixed\n    price: {value: 1, range: [1, 2], currency: USD, "
        "price_year: 2017, source: assumption, quality: assumption}\n    payers: {donor: 1}\n    until: 2019-01-31\n")


def cautions(root):
    return [str(one) for one in read_case(read_workspace(root), "small").cautions]


def with_totals(root, *periods):
    folder = write_small(root, more=f"observed: observed.csv\nparameters:\n  {SHARES}\n")
    rows = [f"departed,{period},1,1,1,input,assumption,{number}" for number, period in enumerate(periods)]
    (folder / "observed.csv").write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    return cautions(root)


@pytest.mark.parametrize(("period", "said"), [
    ("2018-12-01,2019-02-01,all", "start: 31 days of the 62 of the period lie outside the run: the model's total "
     "leaves them out; found 2018-12-01 to 2019-02-01; the run: 2019-01-01 to 2019-03-01"),
    ("2019-02-01,2019-03-02,north", "end: 1 day of the 29 of the period lie outside the run: the model's total leaves "
     "them out; found 2019-02-01 to 2019-03-02; the run: 2019-01-01 to 2019-03-01"),
    ("2018-01-01,2020-01-01,all", "start: 671 days of the 730 of the period lie outside the run: the model's total "
     "leaves them out; found 2018-01-01 to 2020-01-01; the run: 2019-01-01 to 2019-03-01"),
    ("2019-01-01,2019-01-31,all", "end: the period stops before 2019-01-31, the last day of a month; found 2019-01-31; "
     "end is the first day after the period: write 2019-02-01 if 2019-01-31 belongs to it")])
def test_a_published_total_of_another_period_than_the_runs_is_told(tmp_path, period, said):
    assert with_totals(tmp_path, period) == [f"{FILE}:2: {said}"]


def test_totals_of_periods_that_leave_one_day_between_them_are_told(tmp_path):
    second = "2019-01-08,2019-01-15,{}".format
    assert with_totals(tmp_path, "2019-01-01,2019-01-07,all", second("all"), second("north")) == [
        f"{FILE}:2: end: the period stops before 2019-01-07, and the next one starts after it; found 2019-01-07; "
        "end is the first day after the period: write 2019-01-08 if 2019-01-07 belongs to it"]


@pytest.mark.parametrize("periods", [
    ("2019-01-01,2019-02-01,all", "2019-02-01,2019-03-01,all"), ("2019-01-01,2019-03-01,all",),
    ("2019-01-01,2019-01-07,north", "2019-01-08,2019-01-15,south"), ("2019-01-05,2019-01-20,all",)])
def test_totals_whose_periods_fit_need_no_word(tmp_path, periods):
    assert with_totals(tmp_path, *periods) == []


@pytest.mark.parametrize(("lines", "said"), [
    ("changes:\n  - {parameter: determination.officers, add: 9, until: 2019-01-31, reason: R}\n",
     "6: changes.0.until: the change stops before 2019-01-31, the last day of a month; found 2019-01-31; "
     f"{UNTIL.format('change', '2019-02-01', '2019-01-31')}"),
    ("changes:\n  - {parameter: determination.officers, set: 8, until: 2019-02-10, reason: R}\n" + LATER,
     "6: changes.0.until: the change stops before 2019-02-10, and the next one starts after it; found 2019-02-10; "
     f"{UNTIL.format('change', '2019-02-11', '2019-02-10')}"),
    (COST, "15: own_costs.mine.until: the cost stops before 2019-01-31, the last day of a month; found 2019-01-31; "
     f"{UNTIL.format('cost', '2019-02-01', '2019-01-31')}")])
def test_an_until_that_most_likely_was_meant_as_the_last_day_is_told(tmp_path, lines, said):
    write_small(tmp_path, other=lines)
    assert cautions(tmp_path) == [f"{OTHER}:{said}"]


@pytest.mark.parametrize("first", [
    "{parameter: determination.officers, set: 8, until: 2019-02-11, reason: R}",
    "{parameter: registration.officers, set: 8, until: 2019-02-10, reason: R}",
    "{parameter: determination.officers, set: 8, until: 2019-02-09, reason: R}"])
def test_changes_that_follow_each_other_or_leave_more_than_a_day_need_no_word(tmp_path, first):
    write_small(tmp_path, other=f"changes:\n  - {first}\n{LATER}")
    assert cautions(tmp_path) == []


def test_changes_in_different_countries_do_not_follow_each_other(tmp_path):
    here = "  - {{parameter: determination.officers, set: 8, {}, countries: [{}], reason: R}}\n".format
    write_small(tmp_path, other=f"changes:\n{here('until: 2019-02-10', 'north')}{here('start: 2019-02-11', 'south')}")
    assert cautions(tmp_path) == []


def test_a_lever_that_ends_on_the_last_day_of_a_month_is_told(folder):
    path = folder / "cases" / "andaman_sea_2015" / "scenarios" / "as_it_happened.yaml"
    assert "levers:" not in path.read_text(encoding="utf-8")
    lever = "levers:\n  - {lever: screening, start: 2015-06-01, until: 2015-08-31}\n"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{lever}", encoding="utf-8")
    found = [str(one) for one in read_case(read_workspace(folder.parent), "andaman_sea_2015").cautions]
    said = ("levers.0.until: the lever stops before 2015-08-31, the last day of a month; found 2015-08-31; "
            f"{UNTIL.format('lever', '2015-09-01', '2015-08-31')}")
    assert any(said in one for one in found)
