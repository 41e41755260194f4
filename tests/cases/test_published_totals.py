"""Totals of the older cases that are met, and the ten dearest items of each case (docs/published_totals.md)."""

import pytest
from case_figures import Solved, check_evidence, dearest, number, table_of

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.published import in_table
from mixedmig_model.results.costs.lines import cost_run, is_book_item
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.study.run import run_one
from mixedmig_model.vocabulary.numbers import per_unit

CHANCE = {("aegean_2014_2016", "deaths_at_sea")}
"""Totals whose misses lie within chance; tests/cases/test_aegean.py computes it."""
FOR_OTHERS = {"andaman_sea_2015": ("assisted_return", "induced_return")}
"""Items with a price of the case's own in a country that pays none of them."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page(workspace):
    return (workspace.root / "docs" / "published_totals.md").read_text(encoding="utf-8")


def test_most_totals_of_the_older_cases_are_met(workspace, page):
    """Within 10 %, inside the published range or within chance: as many as the page says, and at least 30 of 42."""
    counts, missed = table_of(page, "Totals of the five older cases"), []
    for case, (met, of) in counts.items():
        totals = [one for one in Solved(read_case(workspace, case)).published if not in_table(one.observation)]
        found = [one for one in totals if _met(case, one)]
        missed += [case] * (len(totals) - len(found))
        assert (number(met), number(of)) == (len(found), len(totals)), case
    assert sum(number(met) for met, _ in counts.values()) >= 30
    assert sum(number(of) for _, of in counts.values()) == 42
    lines = page.split("## Totals that are not met\n")[1].split("\n## ")[0].splitlines()
    named = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]
    assert sorted(named) == sorted(missed)


def _met(case, found):
    if found.observation.reliability == "doubtful":
        return False
    return found.gap == 0.0 or abs(found.miss) <= 0.1 or (case, found.observation.quantity) in CHANCE


def test_the_ten_dearest_items_of_each_case_are_those_of_the_page(workspace, page):
    """Share, prices of the countries that pay, their quality, and what all of the cost rests on."""
    sections = page.split("## The ten dearest items\n")[1].split("\n### ")[1:]
    assert len(sections) == 10
    for section in sections:
        inputs = read_case(workspace, section.split("\n", 1)[0].strip())
        name = inputs.case.baseline
        run = run_one(resolve(inputs, name))
        bill = cost_run(run, price_scenario(inputs, name))
        check_evidence(inputs, run, section)
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines()
                if line.startswith("| ")][1:]
        units = {line.name: per_unit(line.record.per) for line in bill.pricing.lines if is_book_item(line)}
        ours = dearest(bill, 10)
        assert [row[:4] for row in rows] == [
            [one.title, f"{100 * one.share:.1f} %", f"{one.price} {units[one.item]}", one.quality] for one in ours
        ], inputs.name
        local = {price.item for price in inputs.costs.file.prices}
        for one, (*_, rests_on) in zip(ours, rows, strict=True):
            own = rests_on.startswith("own price")
            assert own == (one.item in local and one.item not in FOR_OTHERS.get(inputs.name, ())), (inputs.name, one)
