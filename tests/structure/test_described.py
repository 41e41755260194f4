"""Everything says what it is: equations name units, inputs sources, rows and indicators a basis, labels a meaning."""

import ast
import re
from pathlib import Path

import mixedmig_model
from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary import glossary as terms
from mixedmig_model.vocabulary import labels as axes

EQUATIONS = Path(mixedmig_model.__file__).parent / "equations"
UNITS = re.compile(r"person|officer|1/day|share|hour|day", re.IGNORECASE)
KEEPS_BOOKS = ("layout.py", "table.py")
"""Modules that number cells and name flows: no quantity, so no unit."""


def functions(path):
    """Public functions of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def test_every_equation_names_its_units():
    lacking = [
        f"{path.name}: {function.name}"
        for path in sorted(EQUATIONS.glob("*.py")) if path.name not in KEEPS_BOOKS
        for function in functions(path) if not UNITS.search(ast.get_docstring(function) or "")
    ]
    assert lacking == []


def test_every_parameter_has_unit_source_and_description(workspace):
    for name, parameter in workspace.parameters.items():
        assert parameter.unit, name
        assert parameter.source in workspace.sources, name
        assert len(parameter.description) > 10, name
        assert parameter.title, name


def test_every_row_and_stock_has_unit_description_and_basis():
    for row in FLOWS:
        assert row.unit in ("person", "officer", *(("person-day",) if row.count else ())), row.name
        assert row.description, row.name
        assert row.basis, row.name
    for stock in STOCKS:
        assert stock.unit in ("person", "officer"), stock.name
        assert stock.description, stock.name


def test_every_indicator_has_unit_description_and_basis():
    for indicator in INDICATORS:
        assert indicator.title, indicator.key
        assert indicator.unit, indicator.key
        assert len(indicator.description) > 10, indicator.key
        assert indicator.basis, indicator.key


def test_a_basis_names_nothing_that_a_reader_lacks():
    known = re.compile(r"(model\.md|para|P|I-|breach|harm|dated)")
    for thing in (*FLOWS, *INDICATORS):
        assert known.match(thing.basis), thing.basis
        assert "domain" not in thing.basis, thing.basis


def test_every_label_and_stock_has_an_entry_in_the_glossary():
    assert tuple(terms.STAGES) == axes.STAGES
    assert tuple(terms.PLACES) == axes.PLACES
    assert tuple(terms.FUNCTIONS) == axes.FUNCTIONS
    assert tuple(terms.GRADES) == axes.GRADES
    assert tuple(terms.NEEDS) == axes.NEEDS
    assert tuple(terms.FLAGS) == axes.FLAGS
    assert tuple(terms.STOCKS) == tuple(stock.name for stock in STOCKS)
    for section in terms.SECTIONS.values():
        assert all(len(text) > 5 and text.endswith(".") for text in section.values())
