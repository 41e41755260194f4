"""Tables of observations: what they say, what is refused, and that an old table means the same."""

import json
import math
from dataclasses import replace
from datetime import date

import jsonschema
import pytest
from faulty_workspace import exactly
from hypothesis import given
from hypothesis import strategies as st
from small_case import SHARES, write_small

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.editor_schemas import table_schema
from mixedmig_model.inputs.observations.quantities import COUNTED, NAMES, QuantityError, quantity_of
from mixedmig_model.inputs.observations.row import COLUMNS
from mixedmig_model.inputs.observations.tables import ObservedNames, read_tables
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.vocabulary import observed

HEAD = "quantity,start,end,country,group,value,low,high,unit,counts,bound,rounding,as_of,reliability,use,source,note"
LEVEL = ("in_detention,2019-01-31,,north,refugee,120,100,140,person,persons,at_least,10,2019-02-15,weak,predicted,"
         "assumption,held")
HERE = "parameters/cases/small/observations/held.csv:{line}: "


def cells(**given):
    """A row, with some cells of ``LEVEL`` changed."""
    return ",".join({**dict(zip(HEAD.split(","), LEVEL.split(","), strict=True)), **given}.values())


def write(root, *rows, head=HEAD, file="held.csv", more=""):
    folder = write_small(root, more=f"{more}parameters:\n  {SHARES}\n")
    (folder / "observations").mkdir(exist_ok=True)
    (folder / "observations" / file).write_text("\n".join((head, *rows, "")), encoding="utf-8")
    return folder


def seen(root):
    return read_case(read_workspace(root), "small").observations


def test_a_row_says_what_when_where_of_whom_how_much_and_how_sure(tmp_path):
    write(tmp_path, LEVEL)
    (one,) = seen(tmp_path)
    assert (one.quantity, one.start, one.end, one.level) == ("in_detention", date(2019, 1, 31), date(2019, 2, 1), True)
    assert (one.country, one.group, one.value, one.unit, one.counts) == ("north", "refugee", 120.0, "person", "persons")
    assert (one.ends, one.bound, one.rounding) == ((95.0, math.inf), "at_least", 10.0)
    assert (one.as_of, one.reliability, one.kind, one.note) == (date(2019, 2, 15), "weak", "predicted", "held")
    assert (one.file, one.line) == ("parameters/cases/small/observations/held.csv", 2)


def test_empty_cells_are_as_if_they_were_not_there(tmp_path):
    write(tmp_path, "registered,2019-01-01,2019-02-01,,,7,,,,,,,,,predicted,assumption,")
    (one,) = seen(tmp_path)
    assert (one.country, one.group, one.unit, one.counts) == ("all", "all", "person", "persons")
    assert (one.low, one.high) == (7.0, 7.0)
    assert (one.bound, one.rounding, one.as_of, one.reliability) == ("exact", 0.0, None, "good")
    assert (one.level, one.scored, one.fits) == (False, True, ())


def test_several_countries_stand_in_the_order_of_the_case(tmp_path):
    write(tmp_path, cells(country="south  north"))
    assert [one.country for one in seen(tmp_path)] == ["north south"]


def test_an_old_table_and_a_new_one_with_the_same_rows_mean_the_same(tmp_path):
    old = write_small(tmp_path / "old", more=f"observed: observed.csv\nparameters:\n  {SHARES}\n")
    (old / "observed.csv").write_text(
        "quantity,start,end,country,low,value,high,bound,rounding,reliability,kind,source,note\n"
        "departed,2019-01-01,2019-02-01,north,1,2,3,,,,input,assumption,a\n"
        "registered,2019-01-01,2019-02-01,all,,100,,at_most,10,weak,predicted,assumption,b\n", encoding="utf-8")
    write(tmp_path / "new", "departed,2019-01-01,2019-02-01,north,,2,1,3,,,,,,,input,assumption,a",
          "registered,2019-01-01,2019-02-01,all,,100,,,,,at_most,10,,weak,predicted,assumption,b")
    assert [replace(one, file="") for one in seen(tmp_path / "new")] == [
        replace(one, file="") for one in seen(tmp_path / "old")]


def test_both_kinds_of_table_are_read_the_old_one_first_and_files_in_order(tmp_path):
    folder = write(tmp_path, cells(value="110"), file="b.csv", more="observed: observed.csv\n")
    (folder / "observations" / "a.csv").write_text(f"{HEAD}\n{LEVEL}\n", encoding="utf-8")
    (folder / "observed.csv").write_text("quantity,start,end,country,low,value,high,kind,source,note\n"
                                         "departed,2019-01-01,2019-02-01,all,,9,,input,assumption,\n", encoding="utf-8")
    assert [one.value for one in seen(tmp_path)] == [9.0, 120.0, 110.0]


def test_a_fitted_figure_names_the_parameters_and_a_caution_reports_one_that_does_not(tmp_path):
    write(tmp_path, f"{cells(use='fitted')},detention.places onward.rate", f"{cells(use='fitted', value='110')},",
          head=f"{HEAD},fits")
    case = read_case(read_workspace(tmp_path), "small")
    assert [one.fits for one in case.observations] == [("detention.places", "onward.rate"), ()]
    assert [str(one) for one in case.cautions] == [
        HERE.format(line=3) + "fits: no parameter is named that was fitted to this figure; write its name into the "
        "column fits"]


def amount(start, end, note):
    return cells(quantity="registered", start=start, end=end, as_of="", note=note)


@pytest.mark.parametrize("row", [
    cells(start="2018-12-31"), cells(start="2019-02-28", as_of=""), amount("2019-01-01", "2019-03-01", "whole run")])
def test_figures_of_the_first_and_last_day_of_a_run_are_compared(tmp_path, row):
    write(tmp_path, row)
    case = read_case(read_workspace(tmp_path), "small")
    assert (len(case.observations), case.cautions) == (1, ())


@pytest.mark.parametrize("row", [
    cells(start="2018-12-30"), cells(start="2019-03-01", as_of=""),
    amount("2018-12-31", "2019-02-01", "starts before"), amount("2019-02-01", "2019-03-02", "ends after"),
    amount("2019-03-01", "2019-04-01", "after")])
def test_a_figure_with_days_outside_the_run_is_left_out_with_one_caution(tmp_path, row):
    """A case that is cut to one month keeps its tables, and its pages call none of their figures missed."""
    write(tmp_path, LEVEL, row)
    case = read_case(read_workspace(tmp_path), "small")
    assert [one.line for one in case.observations] == [2]
    assert [str(one) for one in case.cautions] == [
        HERE.format(line=3) + "start: 1 figure has days outside the run and is left out of every comparison; the run: "
        "2019-01-01 to 2019-03-01"]


def test_figures_left_out_of_several_tables_have_one_caution(tmp_path):
    folder = write(tmp_path, LEVEL, cells(start="2018-12-30"))
    (folder / "observations" / "other.csv").write_text(
        f"{HEAD}\n{cells(start='2019-03-01', as_of='')}\n{cells(start='2020-01-31', as_of='')}\n", encoding="utf-8")
    case = read_case(read_workspace(tmp_path), "small")
    assert [str(one) for one in case.cautions] == [
        HERE.format(line=3) + "start: 3 figures have days outside the run and are left out of every comparison; the "
        "run: 2019-01-01 to 2019-03-01"]


@pytest.mark.parametrize(("changed", "message"), [
    ({"quantity": ""}, "quantity: the cell is empty; found ''; allowed: what is counted: docs/inputs.md"),
    ({"quantity": "in_detenton"}, "quantity: unknown quantity; found 'in_detenton'; allowed: …; did you mean "
     "'in_detention'?"),
    ({"quantity": "flow:enforcd"}, "quantity: unknown flow; found 'flow:enforcd'; allowed: a row of docs/flows.md; did "
     "you mean 'flow:enforced'?"),
    ({"quantity": "stock:peple"}, "quantity: unknown stock; found 'stock:peple'; allowed: …; did you mean "
     "'stock:people'?"),
    ({"quantity": "stock:people[stage=appeal"}, "quantity: the brackets of the stock are not closed; found …"),
    ({"quantity": "stock:people[stge=appeal]"}, "quantity: the stock has no axis 'stge'; found …; allowed: place, "
     "stage; did you mean 'stage'?"),
    ({"quantity": "stock:irregular[stage=appeal]"}, "quantity: the stock has no axis 'stage'; found …; allowed: no "
     "brackets"),
    ({"quantity": "stock:people[stage=apeal]"}, "quantity: unknown stage 'apeal'; found …; did you mean 'appeal'?"),
    ({"quantity": '"stock:people[stage=appeal,stage=appeal]"'}, "quantity: duplicate axis 'stage'; found …; "
     "allowed: each axis once"),
    ({"quantity": "waiting_over:apeal:183d"}, "quantity: unknown stage 'apeal'; found …; did you mean 'appeal'?"),
    ({"quantity": "waiting_over:appeal:183"}, "quantity: not a number of days; found …; allowed: 1d to 3650d, such as "
     "waiting_over:appeal:183d"),
    ({"quantity": "cost:shelers"}, "quantity: unknown sector; found 'cost:shelers'; allowed: …; did you mean "
     "'cost:shelter'?"),
    ({"quantity": "cost", "end": "2019-02-01", "group": "all", "start": "2019-01-01", "unit": "USD"},
     "quantity: money needs a cost book; found 'cost'; allowed: a workspace with parameters/costs"),
    ({"start": "31.1.2019"}, "start: not a date; found '31.1.2019'; allowed: YYYY-MM-DD"),
    ({"start": "3019-01-31"}, "start: implausible year; found '3019-01-31'; allowed: years from 1900 to 2199"),
    ({"end": "2019-02-01"}, "end: a level has one date; found '2019-02-01'; allowed: an empty cell"),
    ({"quantity": "registered"}, "end: an amount needs a period; found ''; allowed: the first day after it, after "
     "2019-01-31"),
    ({"quantity": "registered", "end": "2019-01-31"}, "end: the period ends before it starts; found '2019-01-31'; "
     "allowed: a date after 2019-01-31"),
    ({"as_of": "2019-01-30"}, "as_of: the figure is older than what it counts; found '2019-01-30'; allowed: a date "
     "from 2019-01-31"),
    ({"country": "nort"}, "country: not one of the allowed values; found 'nort'; allowed: all, north, south; did you "
     "mean 'north'?"),
    ({"country": "north suth"}, "country: not one of the allowed values; found 'suth'; allowed: north, south; did you "
     "mean 'south'?"),
    ({"country": "north north"}, "country: duplicate country; found 'north north'; allowed: each country once"),
    ({"country": "all north"}, "country: not one of the allowed values; found 'all'; allowed: north, south"),
    ({"group": "refuge"}, "group: not one of the allowed values; found 'refuge'; allowed: …; did you mean 'refugee'?"),
    ({"quantity": "determination_staff", "unit": "officer"}, "group: the quantity is not known by group; found "
     "'refugee'; allowed: all"),
    ({"quantity": "stock:adrift"}, "country: the quantity is not known by country; found 'north'; allowed: all"),
    ({"value": ""}, "value: the cell is empty; found ''; allowed: a number from 0 to 1e+15"),
    ({"value": "many"}, "value: not a number; found 'many'; allowed: a number from 0 to 1e+15"),
    ({"value": "1.200"}, "value: …; found '1.200'; allowed: …"),
    ({"value": "-1"}, "value: not an amount; found '-1'; allowed: a number from 0 to 1e+15"),
    ({"low": "150"}, "low: low is above high; found '150'; allowed: at most 140"),
    ({"high": "110"}, "value: the value lies outside its own low and high; found '120'; allowed: 100 to 110"),
    ({"rounding": "1000"}, "rounding: the rounding is larger than the figure; found '1000'; allowed: at most 120"),
    ({"unit": "officer"}, "unit: not the unit of the quantity; found 'officer'; allowed: person; did you mean "
     "'person'?"),
    ({"counts": "case"}, "counts: not one of the allowed values; found 'case'; allowed: cases, persons; did you mean "
     "'cases'?"),
    ({"quantity": "staff", "group": "all", "counts": "cases"}, "counts: the quantity does not count people; found "
     "'cases'; allowed: persons"),
    ({"quantity": "claims", "group": "all", "end": "2019-02-05", "unit": ""}, "counts: the quantity counts cases; "
     "found 'persons'; allowed: cases; did you mean 'cases'?"),
    ({"bound": "atleast"}, "bound: not one of the allowed values; found 'atleast'; allowed: at_least, at_most, exact; "
     "did you mean 'at_least'?"),
    ({"reliability": "poor"}, "reliability: not one of the allowed values; found 'poor'; allowed: doubtful, good, weak"
     "…"),
    ({"use": ""}, "use: the cell is empty; found ''; allowed: fitted, input, predicted"),
    ({"use": "predict"}, "use: not one of the allowed values; found 'predict'; allowed: fitted, input, predicted; did "
     "you mean 'predicted'?"),
    ({"quantity": "departed", "group": "all", "end": "2019-02-05"}, "use: departures are given to the model, never "
     "fitted or predicted; found 'predicted'; allowed: input; did you mean 'input'?"),
    ({"source": "S 1"}, "source: not a valid key of a source; found 'S 1'; allowed: letters, digits, _ and -, 1 to 64 "
     "characters"),
    ({"source": "asumption"}, "source: not one of the allowed values; found 'asumption'; allowed: …; did you mean "
     "'assumption'?"),
])
def test_what_a_row_cannot_say_is_refused_with_file_line_and_the_closest_name(tmp_path, changed, message):
    path = tmp_path / "held.csv"
    path.write_text(f"{HEAD}\n{cells(**changed)}\n", encoding="utf-8")
    known = ObservedNames(("north", "south"), ("refugee", "migrant"), {"assumption": None})
    with pytest.raises(InputFaultsError, match=exactly(HERE + message, 2)) as caught:
        read_tables({HERE.split(":")[0]: path}, known)
    assert len(caught.value.faults) == 1


def test_parameters_that_cannot_have_been_fitted_are_refused(tmp_path):
    write(tmp_path, f"{LEVEL},onward.rate", f"{cells(use='fitted')},onward.rte", head=f"{HEAD},fits")
    with pytest.raises(InputFaultsError) as caught:
        seen(tmp_path)
    assert [str(one) for one in caught.value.faults] == [
        HERE.format(line=2) + "fits: only a figure whose use is fitted names parameters; found 'onward.rate'; allowed: "
        "an empty cell, or use: fitted",
        HERE.format(line=3) + "fits: unknown parameter; found 'onward.rte'; allowed: names of parameters/base, "
        "separated by spaces; did you mean 'onward.rate'?"]


def test_all_faults_of_all_tables_are_told_in_one_round(tmp_path):
    folder = write(tmp_path, cells(country="nort", use="x"), cells(value="many", group="refuge"))
    (folder / "observations" / "other.csv").write_text(f"{HEAD}\n{cells(quantity='what')}\n", encoding="utf-8")
    (folder / "observations" / "third.csv").write_text("quantity,start\n", encoding="utf-8")
    (folder / "observations" / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "observations" / "deep").mkdir()
    with pytest.raises(InputFaultsError) as caught:
        seen(tmp_path)
    assert [(one.file.rsplit("/", 1)[-1], one.line, one.path) for one in caught.value.faults] == [
        ("deep", 0, ""), ("held.csv", 2, "country"), ("held.csv", 2, "use"), ("held.csv", 3, "group"),
        ("held.csv", 3, "value"), ("notes.txt", 0, ""), ("other.csv", 2, "quantity"), ("third.csv", 1, "")]
    texts = "\n".join(map(str, caught.value.faults))
    assert ("notes.txt: no command reads a file of this name; found 'notes.txt'; allowed: *.csv, named with a-z, 0-9, "
            "_ and -") in texts
    assert f"unexpected columns; found 'quantity, start'; allowed: {', '.join(COLUMNS)}; and, if wanted, fits" in texts


def test_a_figure_that_stands_twice_is_refused_in_one_table_and_in_two(tmp_path):
    folder = write(tmp_path, LEVEL, LEVEL)
    (folder / "observations" / "more.csv").write_text(f"{HEAD}\n{LEVEL}\n", encoding="utf-8")
    with pytest.raises(InputFaultsError) as caught:
        seen(tmp_path)
    assert [str(one).split("small/observations/", 1)[1] for one in caught.value.faults] == [
        "held.csv:3: duplicate row, first on line 2; allowed: each row once; a note that says how the two differ",
        "more.csv:2: duplicate row, first in parameters/cases/small/observations/held.csv:2; allowed: each figure once"]


def test_the_names_of_flows_and_stocks_are_those_of_the_flow_table():
    people = [flow for flow in FLOWS if flow.unit == "person"]
    assert tuple(flow.name for flow in people) == observed.PEOPLE_FLOWS
    assert tuple(flow.name for flow in FLOWS if flow.unit == "officer") == observed.STAFF_FLOWS
    assert tuple(flow.name for flow in people if "country" not in flow.axes) == observed.FLOWS_AT_SEA
    assert tuple(stock.name for stock in STOCKS) == tuple(observed.STOCK_AXES)
    assert tuple(stock.name for stock in STOCKS if "country" not in stock.axes) == observed.STOCKS_AT_SEA
    for stock in STOCKS:
        assert set(observed.STOCK_AXES[stock.name]) == set(stock.axes) - {"group", "country"}


def test_no_name_means_two_things():
    assert not set(NAMES) & set(COUNTED)
    assert len(set(NAMES)) == len(NAMES)
    assert {DRIVERS[name].unit for name in COUNTED} == {"person", "case", "place", "officer", "desk"}


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_:=[],0123456789d", max_size=40))
def test_any_text_is_a_quantity_or_is_refused_with_a_reason(text):
    try:
        said = quantity_of(text).time
    except QuantityError as error:
        said = error.allowed
    assert said


def test_the_schema_of_a_row_is_published_and_marks_slips(root):
    schema = table_schema("observation")
    check = jsonschema.Draft202012Validator(schema)
    row = {"quantity": "in_detention", "start": "2019-01-31", "value": 1.0, "use": "input", "source": "S1"}
    assert list(check.iter_errors(row)) == []
    assert any("'predict' is not one of" in one.message for one in check.iter_errors(row | {"use": "predict"}))
    published = json.loads((root / "docs" / "schemas" / "observation.schema.json").read_text(encoding="utf-8"))
    assert published == schema
    assert tuple(schema["properties"])[:-1] == COLUMNS == tuple(HEAD.split(","))
