"""Every label has a title, and no title is of a label that is not there."""

from typing import get_args

import pytest

from mixedmig_model.inputs.costs.schema import PAYERS, Stage
from mixedmig_model.results.costs.lines import CONTINGENCY, SUPPORT
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.results.outcomes import OUTCOMES
from mixedmig_model.results.regional import BESIDE, CAME, ENTRIES, WENT
from mixedmig_model.vocabulary import titles
from mixedmig_model.vocabulary.calendar import AGE_CLASSES
from mixedmig_model.vocabulary.labels import (
    FUNCTIONS,
    NEEDS,
    OBSERVED_FLOWS,
    OBSERVED_LEVELS,
    PUBLISHED_QUANTITIES,
    STAGES,
)

KINDS = tuple(dict.fromkeys(indicator.kind for indicator in INDICATORS))


@pytest.mark.parametrize(("table", "labels"), [
    ("NEED_TITLES", NEEDS), ("STAGE_TITLES", STAGES), ("QUEUE_TITLES", FUNCTIONS), ("FUNCTION_TITLES", FUNCTIONS),
    ("OUTCOME_TITLES", OUTCOMES), ("LEDGER_TITLES", ENTRIES), ("QUANTITY_TITLES", PUBLISHED_QUANTITIES),
    ("OBSERVED_TITLES", (*OBSERVED_LEVELS, *OBSERVED_FLOWS, "cost", "money_received")),
    ("COST_STAGE_TITLES", get_args(Stage)), ("PAYER_WORDS", PAYERS), ("PAYER_TITLES", PAYERS),
    ("ADDED_TITLES", (CONTINGENCY, SUPPORT)), ("KIND_TITLES", KINDS), ("DECISION_KIND_TITLES", KINDS),
    ("BATCH_KIND_TITLES", [kind for kind in KINDS if kind != "detail"]), ("PLAN_KIND_TITLES", ("breach", "harm")),
    ("PLAN_RATIO_TITLES", titles.RATIO_TITLES),
])
def test_titles_are_of_the_labels_there_are_and_of_all_of_them(table, labels):
    assert set(getattr(titles, table)) == set(labels)


def test_there_is_a_title_for_each_age_between_the_limits_of_ages():
    assert len(titles.AGE_TITLES) == len(AGE_CLASSES) + 1


def test_the_ledger_has_a_title_for_every_way_in_and_out():
    assert {*CAME, *WENT, *BESIDE} <= set(titles.LEDGER_TITLES)


def test_no_two_labels_of_a_table_share_a_title():
    tables = [(name, table) for name, table in vars(titles).items() if name.isupper() and isinstance(table, dict)]
    assert len(tables) > 15
    for name, table in tables:
        assert len(set(table.values())) == len(table), name
        assert all(text for text in table.values()), name


def test_payers_begin_a_row_with_a_capital_letter():
    assert titles.PAYER_TITLES["un_agency"] == "UN agencies, own funds"
    assert titles.PAYER_TITLES["donor"] == "Donors"
    assert titles.sector_title("water_sanitation") == "water sanitation"
