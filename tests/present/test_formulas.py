"""Formulas worked out as spreadsheets do: what is known gives the known value, and the rest is refused by name."""

import re
from datetime import date

import pytest

from mixedmig_model.present.spreadsheet.cells import Formula, column_number, letter
from mixedmig_model.present.spreadsheet.evaluate import FormulaError, Values, rounded


def worked(formula, cells=None):
    """The value of one formula beside some cells."""
    here = {**(cells or {}), "Z9": Formula(f"={formula}")}
    given = placed([("Other", {"A1": 2.0, "A2": 3.0, "A3": "text"}), ("Some sheet", here)])
    return Values(given).at("Some sheet", 9, 26)


def placed(sheets):
    """Cells of sheets by sheet, row and column."""
    for sheet, cells in sheets:
        for name, value in cells.items():
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
            yield (sheet, int(row), column_number(letters)), value


CELLS = {"A1": 1.0, "A2": 2.0, "A3": 3.0, "B1": 60.0, "C1": "y", "C2": "x", "C3": "x", "D1": 5, "D2": 5, "D3": 5,
         "E2": 2017, "F1": date(2018, 1, 1), "F2": date(2018, 2, 1)}


@pytest.mark.parametrize(("formula", "value"), [
    ("1+2*3", 7.0), ("(1+2)*3", 9.0), ("2^3*2", 16.0), ("7-2-1", 4.0), ("8/4/2", 1.0), ("1e3+2.5", 1002.5),
    ("SUM(A1:A3)", 6.0), ("SUM('Other'!$A$1:$A$3)", 5.0), ("SUM(A1:C1)", 61.0), ("A1+D7", 1.0),
    ("ROUND(2.345,2)", 2.35), ("ROUND(0-2.345,2)", -2.35), ("ROUND(1.005,2)", 1.01), ("ROUND(1234.5,0-2)", 1200.0),
    ("ROUND(1234.5,2-INT(LOG10(ABS(1234.5))))", 1230.0), ("ROUND(0.0001,2)", 0.0),
    ('IF(A1=1,"yes","no")', "yes"), ("IF(A2=0,1,2)", 2.0), ("IF(D7=0,1,1/D7)", 1.0), ('IF(C2="USD",1,2)', 2.0),
    ('"a "&A1&" "&E2', "a 1 2017"),
    ('SUMIFS(A1:A3,C1:C3,"x",D1:D3,5)', 5.0), ('SUMIFS(A1:A3,C1:C3,"nobody")', 0.0), ("SUMIFS(A1:A3,C1:C3,C3)", 5.0),
    ("SUMIFS(A1:A2,F1:F2,F2)", 2.0), ('INDEX(A1:A3,MATCH("X",C1:C3,0))', 2.0), ("INDEX(A1:A3,3)", 3.0),
])
def test_what_our_formulas_use_gives_what_a_spreadsheet_gives(formula, value):
    found = worked(formula, CELLS)
    assert found == (pytest.approx(value, rel=1e-15) if isinstance(value, float) else value)


def test_halves_are_rounded_away_from_zero_also_where_they_came_out_too_small():
    assert rounded(0.285 * 100.0, 0) == 29.0  # 28.499999999999996
    assert rounded(-0.5, 0) == -1.0
    assert rounded(155.005, 2) == 155.01
    assert str(rounded(-0.001, 2)) == "0.0"


@pytest.mark.parametrize(("formula", "problem"), [
    ("NPV(1,2)", "NPV is not known"), ("1+", "cannot be read from ''"), ("(1", "'\\)' is missing"),
    ("A1:A2+1", "a range stands where a number should"), ("1 2", "cannot be read from ' 2' on"),
    ("1/D7", "division by zero"), ("A3+1", "'text' is no number"), ("MATCH(9,A1:A2,0)", "9.0"),
])
def test_what_cannot_be_worked_out_is_named_with_its_cell(formula, problem):
    with pytest.raises(FormulaError, match=f"Some sheet, row 9, column 26: =.*{problem}"):
        worked(formula, {"A1": 1.0, "A2": 2.0, "A3": "text"})


def test_a_formula_is_worked_out_from_others_and_read_once_for_all_rows():
    cells = {f"A{row}": float(row) for row in range(1, 101)}
    cells |= {f"B{row}": Formula(f"=A{row}*2" if row == 1 else f"=B{row - 1}+A{row}*2") for row in range(1, 101)}
    values = Values(placed([("Sheet", cells)]))
    assert values.at("Sheet", 100, 2) == 2.0 * 5050.0
    assert len(values.read) == 2
    assert len(values.results()) == 100


def test_columns_have_letters_and_letters_columns():
    assert [letter(column) for column in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
    assert all(column_number(letter(column)) == column for column in range(1, 800))
