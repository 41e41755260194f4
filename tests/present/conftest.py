"""Fixtures of pages: the report of each shipped case, made once for all tests that print it."""

from pathlib import Path

import pytest
from printing import can_print, pages

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.present.report.make import make_report

CASES = sorted(path.name for path in (Path(__file__).parents[2] / "parameters" / "cases").iterdir() if path.is_dir())


@pytest.fixture(scope="session", params=CASES)
def printed_case(request, workspace, shared, tmp_path_factory):
    """The report of a shipped case with few draws, and what a page of it is on paper."""
    if not can_print():
        pytest.skip("prints with Chromium")
    folder = shared(f"report_{request.param}", lambda partial: make_report(
        read_case(workspace, request.param), None, partial / "report", workers=1, draws=16, author="A unit"))
    kept = {}

    def pages_of(name, paper):
        if (name, paper) not in kept:
            kept[name, paper] = pages(folder / "report", name, paper, tmp_path_factory.mktemp("paper"))
        return kept[name, paper]

    return folder / "report", pages_of
