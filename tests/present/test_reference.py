"""Pages of docs that are written from the source are up to date; the README's commands exist."""

import re

import pytest
from renew_docs import PAGES

from mixedmig_model.cli.main import app
from mixedmig_model.present.handbook.cost_book import rates
from mixedmig_model.present.handbook.data import variable_group
from mixedmig_model.present.handbook.parameters import counts
from mixedmig_model.present.handbook.reference import cell
from mixedmig_model.record.parameters import evidence_count
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary.titles import KIND_TITLES

NO_SUCH_ROWS = {56, 57, 58, 59}
"""Numbers that the parameter table leaves out."""


@pytest.mark.parametrize("file", PAGES)
def test_reference_pages_are_those_of_the_source(file, workspace, root):
    """Renew with: python tests/renew_docs.py"""
    assert (root / "docs" / file).read_text(encoding="utf-8") == PAGES[file](workspace)


def rows_of(text):
    """Numbers of rows of the parameter table that a text names, ranges included."""
    found = set()
    for low, high in re.findall(r"P(\d+)[a-z]?(?:-P?(\d+))?", text):
        found |= set(range(int(low), int(high or low) + 1))
    return found


def test_every_row_of_the_parameter_table_is_an_input_a_price_or_a_rule_of_money(workspace):
    read = set().union(*(rows_of(p.row) for p in workspace.parameters.values()))
    prices = [price.row for item in workspace.costs.items.values() for price in item.prices.values()]
    money = set().union(*map(rows_of, [*prices, *(row[3] for row in rates(workspace.costs))]))
    assert set(range(1, 119)) - NO_SUCH_ROWS == read | money


def test_the_parameter_book_counts_its_parameters(workspace):
    text = counts(workspace)
    total = int(re.match(r"(\d+) parameters", text).group(1))
    by_quality, by_role = text.split(" By role: ")
    assert total == len(workspace.parameters)
    for part in (by_quality.split(":")[1], by_role):
        assert sum(map(int, re.findall(r"\d+", part))) == total


def test_the_page_of_indicators_has_a_place_for_every_kind(root):
    text = (root / "docs" / "indicators.md").read_text(encoding="utf-8")
    assert {indicator.kind for indicator in INDICATORS} <= set(KIND_TITLES)
    assert all(f"| `{indicator.key}` |" in text for indicator in INDICATORS)


def test_text_of_files_cannot_break_a_table():
    assert cell("a | b\n c") == r"a \| b c"


def test_a_variable_without_a_place_on_the_page_is_refused():
    assert variable_group("daily_waiting") == "Queues"
    with pytest.raises(KeyError, match="daily_unheard_of"):
        variable_group("daily_unheard_of")


def test_the_readme_names_commands_and_files_that_exist(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    known = {command.callback.__name__ for command in app.registered_commands}
    assert set(re.findall(r"mixedmig (init|check|run|report|\w+ing)\b", text)) <= known
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (root / target.partition("#")[0]).is_file(), target


def test_the_readme_counts_assumptions_as_the_report_does(root, book):
    assumed, inputs = evidence_count(book[0].record)
    for file in ("README.md", "parameters/cases/andaman_sea_2015/README.md"):
        assert re.search(rf"{assumed} of (the )?{inputs} inputs", (root / file).read_text(encoding="utf-8")), file
