"""One truth stands in one place: labels, inputs, flows and indicators agree, and words do not demean."""

import ast
import re

import pytest
from structure.source import PACKAGE, imported, tree

from mixedmig_model.equations import levels
from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.parameters import catalogue
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary.labels import INDICATOR_KEYS

DEMEANING = re.compile(
    r"\b(illegals?|illegal (im)?migrants?|flood(s|ing)? of|bogus|swarm\w*|hordes?|aliens?|infiltrat\w*|influx|"
    r"(waves?|tides?|streams?) of (people|persons|migrants|refugees|arrivals)|boat people|queue.?jump\w*|"
    r"economic (migrants?|refugees?)|(genuine|fake|false) (refugees?|asylum.?seekers?)|invad\w*|invasion|"
    r"asylum.?shopp\w*|clandestines?|deportees?|(migrant|refugee) crisis)\b", re.IGNORECASE)
"""Words that demean people, or count them as a threat."""


def test_nothing_evaluates_or_unpickles_text():
    calls = {"eval", "exec", "compile", "__import__"}
    for path in PACKAGE.rglob("*.py"):
        used = {n.func.id for n in ast.walk(tree(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert not used & calls, path.name
        assert not {"pickle", "marshal", "shelve"} & {name.split(".")[0] for name in imported(tree(path))}, path.name


def test_every_level_of_the_equations_is_in_the_catalogue_and_the_reverse():
    made = {"arrivals.departures", "arrivals.mix"}  # from the table of departures, and from need share and composition
    read = {*catalogue.READ_BY_SCHEDULE, *catalogue.READ_BY_RESULTS, *catalogue.READ_BEFORE_RUNS}
    fields = {
        f"{name.rstrip('_')}.{field}"
        for name, kind in levels.Levels.__annotations__.items() if name != "groups" for field in kind._fields
    }
    assert fields - made == set(catalogue.CATALOGUE) - read


def test_flows_stocks_and_indicators_say_what_they_are():
    for row in FLOWS:
        assert row.description, row.name
        assert row.basis, row.name
    for stock in STOCKS:
        assert stock.description, stock.name
    for indicator in INDICATORS:
        assert indicator.unit, indicator.key
        assert indicator.description, indicator.key
        assert indicator.basis, indicator.key
    assert len({i.key for i in INDICATORS}) == len(INDICATORS)


def test_inputs_can_name_every_indicator():
    assert tuple(indicator.key for indicator in INDICATORS) == INDICATOR_KEYS


def test_words_that_demean_people_have_no_place(root):
    parameters = root / "parameters"
    files = [
        *PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js"), *(path for ending in ("yaml", "csv", "md")
                                                          for path in parameters.rglob(f"*.{ending}")),
        *(root / "workbooks").rglob("*.ipynb"), *(root / "docs").rglob("*.md"), root / "README.md",
    ]
    found = []
    for path in files:
        if path.name != "sources.yaml":  # titles of publications are theirs
            text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8"))  # addresses are of others
            found += [f"{path.name}: {m.group(0)}" for m in DEMEANING.finditer(text)]
    assert found == []


@pytest.mark.parametrize("text", ["an influx", "Waves of refugees", "queue-jumpers", "economic migrants", "boat people",
                                  "genuine refugees", "they infiltrated", "illegals", "the refugee crisis"])
def test_a_word_that_demeans_is_found(text):
    assert DEMEANING.search(f"The report speaks of {text}.")
