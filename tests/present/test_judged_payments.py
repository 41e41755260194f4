"""What an option costs, in sentences after all that is said of harms."""

import pytest

from mixedmig_model.record.schema.costs import BreakEvenRow
from mixedmig_model.record.words.judged.payments import cost_sentences
from mixedmig_model.vocabulary.numbers import MINUS


def even(at, below=True, price=35.0):
    return BreakEvenRow(scenario="x", item="bed", title="Bed day", per="day", price=price, at=at, low=1.0, high=90.0,
                        cheaper_below=below)


def test_who_pays_most_of_the_difference_is_named():
    assert cost_sentences("+USD 3 m", {"host_central": 9.0, "donor": 2.0}, {"host_central": 5.0, "donor": 3.0}, []) == (
        "It costs USD 3 m more than the baseline; the largest part falls to host state, central.")


@pytest.mark.parametrize(("rows", "text"), [
    ([even(70.0), even(41.0)], " It saves nothing if 'Bed day' costs more than USD\N{NO-BREAK SPACE}41 per day (now "
     "USD\N{NO-BREAK SPACE}35)."),
    ([even(20.0, below=False)], " It saves nothing if 'Bed day' costs less than USD\N{NO-BREAK SPACE}20 per day (now "
     "USD\N{NO-BREAK SPACE}35)."), ([], ""),
])
def test_a_saving_names_the_nearest_price_that_would_reverse_it(rows, text):
    found = cost_sentences(f"{MINUS}USD 3 m", {"donor": 2.0}, {"donor": 5.0}, rows)
    assert found == f"It costs USD 3 m less than the baseline; the largest part of the saving goes to donors.{text}"
    dearer = cost_sentences("+USD 3 m", {"donor": 5.0}, {"donor": 2.0}, rows)
    assert dearer == "It costs USD 3 m more than the baseline; the largest part falls to donors."


def test_the_same_cost_is_said_so():
    assert cost_sentences("same", {"donor": 2.0}, {"donor": 2.0}, []) == "It costs the same as the baseline."
