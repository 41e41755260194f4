"""Pages of docs that are written from the source are up to date; the README's commands exist."""

import re

import pytest

from mixedmig_model.cli import app
from mixedmig_model.present import reference


@pytest.mark.parametrize(("file", "page"), [
    ("indicators.md", reference.indicators_page), ("flows.md", reference.flows_page),
])
def test_reference_pages_are_those_of_the_source(file, page, root):
    """Renew with: python tests/renew_docs.py"""
    assert (root / "docs" / file).read_text(encoding="utf-8") == page()


def test_the_readme_names_commands_and_files_that_exist(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    known = {command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(r"mixedmig (init|check|run|report|\w+ing)\b", text)) <= known
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (root / target).is_file(), target


def test_the_readme_counts_assumptions_as_the_report_does(root, book):
    rows = book[0].record["parameters"]
    assumed = sum(row["quality"] == "assumption" for row in rows)
    for file in ("README.md", "parameters/cases/andaman_sea_2015/README.md"):
        assert re.search(rf"{assumed} of (the )?{len(rows)} inputs", (root / file).read_text(encoding="utf-8")), file
