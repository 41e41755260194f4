"""Budgets that agencies submitted: read strictly, every fault named with file, line and column."""

import faulty_workspace
import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.projects import PROJECT_COLUMNS, read_projects
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace

FILE = f"parameters/cases/{faulty_workspace.NAME}/projects.csv"
HEAD = ",".join(PROJECT_COLUMNS)
GOOD = "P-1,Tents,Agency,shelter,malaysia,1000,USD,2017,a note"


@pytest.fixture
def reading(folder):
    """Reads the projects of a copy of the shipped workspace, with some rows in the table; none: without the table."""
    beside = folder / "cases" / faulty_workspace.NAME
    costs = beside / "costs.yaml"
    costs.write_text(costs.read_text(encoding="utf-8") + "\nprojects: projects.csv\n", encoding="utf-8")

    def read(*rows, head=HEAD):
        if rows:
            (beside / "projects.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
        return read_projects(read_case(read_workspace(folder.parent), faulty_workspace.NAME))

    return read


def test_budgets_are_read_and_moved_to_the_base_currency_and_year(reading):
    one, two = reading(GOOD, "", "P-1,Tents,Agency,shelter,thailand,500.5,EUR,2016,")
    assert (one.project, one.agency, one.sector, one.country, one.amount, one.year) == (
        "P-1", "Agency", "shelter", "malaysia", 1000.0, 2017)
    assert one.in_base == 1000.0
    assert two.in_base == pytest.approx(500.5 * (108.4180 / 107.0168) / 0.885206, rel=1e-3)


def test_a_case_that_names_no_table_has_no_budgets(inputs):
    assert read_projects(inputs) == ()


FAULTS = {
    "sector": ("P-2,Tents,Agency,sheltr,malaysia,1,USD,2017,", "sector: not one of the allowed values; found 'sheltr'",
               "did you mean 'shelter'?"),
    "country": ("P-2,Tents,Agency,shelter,malasia,1,USD,2017,",
                "country: not one of the allowed values; found 'malasia'", "did you mean 'malaysia'?"),
    "text": ("P-2,Tents,Agency,shelter,malaysia,1k,USD,2017,", "amount: not a number; found '1k'", "from 0 to 1e15"),
    "infinite": ("P-2,Tents,Agency,shelter,malaysia,inf,USD,2017,", "amount: not a number; found 'inf'", ""),
    "negative": ("P-2,Tents,Agency,shelter,malaysia,-1,USD,2017,", "amount: not an amount of money; found '-1'", ""),
    "huge": ("P-2,Tents,Agency,shelter,malaysia,1e300,USD,2017,", "amount: not an amount of money; found '1e300'", ""),
    "currency": ("P-2,Tents,Agency,shelter,malaysia,1,GPB,2017,", "currency: no exchange rate for GPB; found 'GPB'",
                 "did you mean 'GBP'?"),
    "deflator": ("P-2,Tents,Agency,shelter,malaysia,1,EUR,1999,",
                 "year: no deflator for EUR of 1999; found '1999'", ""),
    "year": ("P-2,Tents,Agency,shelter,malaysia,1,USD,2017.5,",
             "year: not a year; found '2017.5'", "from 1980 to 2100"),
    "early": ("P-2,Tents,Agency,shelter,malaysia,1,USD,1900,", "year: not a year; found '1900'", ""),
    "empty": ("P-2,,Agency,shelter,malaysia,1,USD,2017,", "title: the cell is empty; found ''", "1 to 200 characters"),
    "long": (f"{'x' * 65},Tents,Agency,shelter,malaysia,1,USD,2017,",
             "project: the text has more than 64 characters", ""),
    "twice": ("P-1,Tents,Agency,shelter,malaysia,7,USD,2017,",
              "project: the project already has a budget for this sector and country, on line 2", "one budget for"),
    "control": ("P-2,Te\x07nts,Agency,shelter,malaysia,1,USD,2017,", "title: control characters in the text", ""),
    "cells": ("P-2,Tents", "wrong number of cells; found 2", "9 cells"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_budget_is_refused_with_file_line_and_column(name, reading):
    row, problem, allowed = FAULTS[name]
    with pytest.raises(InputFaultsError) as found:
        reading(GOOD, row)
    text = str(found.value)
    assert text.startswith("1 fault in the input:")
    assert f"{FILE}:3: {problem}" in text
    assert allowed in text


def test_all_faults_are_named_at_once(reading):
    with pytest.raises(InputFaultsError) as found:
        reading("P-2,,Agency,sheltr,malasia,x,USD,y,")
    assert len(found.value.faults) == 5


def test_other_columns_a_missing_and_a_large_table_are_refused(reading):
    with pytest.raises(InputFaultsError, match=r"costs.yaml: projects: the file does not exist; found 'projects.csv'"):
        reading()
    with pytest.raises(InputFaultsError, match=r"projects.csv:1: unexpected columns; found 'project, sum'"):
        reading(GOOD, head="project,sum")
    with pytest.raises(InputFaultsError, match=r"projects.csv: the file is too large"):
        reading(*(f"P-{k},{'x' * 150},Agency,shelter,malaysia,1,USD,2017," for k in range(12_000)))
