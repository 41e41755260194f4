"""``mixedmig reproduce CASE``: the published totals of a shipped case beside its baseline's."""

import json
import re

import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.results.published import compare
from mixedmig_model.study.reproduce.case import reproduce_case

CASE = "andaman_sea_2015"
MONTHLY = 16
"""Monthly figures of IOM in the table of observations; they follow the totals."""


@pytest.fixture(scope="module")
def answered(root):
    found = CliRunner().invoke(app, ["reproduce", CASE, "--workspace", str(root), "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_the_totals_are_those_of_the_report(answered, andaman, book):
    totals = compare(book[0].runs["as_it_happened"], andaman.observations)
    assert [(one["quantity"], one["kind"], one["missed"]) for one in answered["totals"]] == [
        (one.observation.quantity, one.observation.kind, one.missed) for one in totals]
    for shown, one in zip(answered["totals"], totals, strict=True):
        assert shown["ours"] == pytest.approx(one.ours, rel=1e-3)


def test_the_table_calls_misses_missed(root):
    found = CliRunner().invoke(app, ["reproduce", CASE, "--workspace", str(root)])
    assert found.exit_code == 0
    rows = [line for line in found.stdout.splitlines() if re.search(r"\b(input|fitted|predicted)$", line)]
    totals = rows[:7]  # of these, returns to 5 August alone are missed
    assert len(rows) == 7 + MONTHLY
    assert [" missed " in row for row in totals] == [False] * 6 + [True]
    first = r"Departures +all +2015-01-01 to 2016-01-01 +32,600.33,600 +32,\d+ +inside +met +input"
    assert re.search(first, found.stdout)


def test_a_case_without_published_totals_says_so(workspace, root):
    text = ("case generic_surge: observed: the case has no published totals; found none; "
            "allowed: a case with a table of published totals")
    with pytest.raises(InputFaultsError, match=text):
        reproduce_case(workspace, "generic_surge")
    found = CliRunner().invoke(app, ["reproduce", "generic_surge", "--workspace", str(root)])
    assert found.exit_code == 2
    assert "the case has no published totals" in found.output
