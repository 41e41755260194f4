"""Needed and delivered on pages: of what happened alone, with its gap and what the share rests on."""

from html import unescape

from mixedmig_model.present.report.sections import costs, delivered
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.words.costs import money


def test_what_happened_has_needed_delivered_and_gap_and_an_option_has_none(book):
    comparison = book[0]
    base, option = comparison.names[:2]
    part = costs_of(comparison)[base].delivered
    assert costs_of(comparison)[option].delivered is None
    assert round(part.total + part.gap, 2) == costs_of(comparison)[base].total
    assert {row.item for row in part.items} == {
        "detention_review", "guardians", "rescue_vessels", "rescue_aircraft", "rescue_coordination"}
    table = unescape(str(delivered.delivered_table(comparison)))
    assert table.count("<h3>") == 1
    assert comparison.title(base) in table
    for row in part.items:
        for value in (row.needed, row.delivered, row.gap):
            assert money(value) in table, row.item
        assert row.assumed
        assert row.notes[0] in table
    stages = str(costs.stage_table(comparison))
    assert "of which delivered" in stages
    assert money(part.total) in stages


def test_review_and_guardians_of_what_happened_cost_nothing_that_was_delivered(book):
    part = costs_of(book[0])[book[0].names[0]].delivered
    rows = {row.item: row for row in part.items}
    assert rows["guardians"].delivered == rows["detention_review"].delivered == 0.0
    assert 0.0 < rows["rescue_vessels"].delivered < rows["rescue_vessels"].needed
