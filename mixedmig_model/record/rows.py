"""Rows of a comparison, printed so that numbers agree.

Numbers are of an indicator, or of its costs.
"""

from collections.abc import Iterable

from mixedmig_model.record.drawn import drawn
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.schema.base import Band
from mixedmig_model.record.schema.options import IndicatorPart
from mixedmig_model.record.words.costs import MoneyRow
from mixedmig_model.record.words.front_page.templates import YEARS as PERSON_YEARS
from mixedmig_model.record.words.judged.amounts import YEARS
from mixedmig_model.record.words.ranges import digits_of
from mixedmig_model.vocabulary.calendar import YEAR_DAYS
from mixedmig_model.vocabulary.rows import DIGITS, Row, row_of_ranges


def indicator_row(comparison: Comparison, indicator: IndicatorPart) -> Row:
    """Return the row of an indicator.

    It has all its scenarios, also those not in a table, with their draws if there are.
    """
    base, values = comparison.names[0], {name: found.value for name, found in indicator.values.items()}
    digits = _digits(drawn(comparison, "ranges", indicator.key, name) for name in values)
    if digits is None:
        return Row(indicator.unit, values[base])
    return row_of_ranges(values.values(), values[base], indicator.unit, digits)


def front_row(indicator: IndicatorPart, base: str) -> tuple[Row, float]:
    """Return the row of an indicator on the first page.

    Its scale comes too. Days of people are divided by the scale: they are years where a scenario has two years or more.
    """
    values, unit = {name: found.value for name, found in indicator.values.items()}, indicator.unit
    in_years = unit == "person-day" and max(values.values()) >= YEARS * YEAR_DAYS
    scale, unit = (YEAR_DAYS, PERSON_YEARS) if in_years else (1.0, unit)
    return row_of_ranges([one / scale for one in values.values()], values[base] / scale, unit, DIGITS - 1), scale


def cost_row(comparison: Comparison) -> MoneyRow:
    """Return the row of the total cost of all scenarios.

    Raises KeyError where there are no costs.
    """
    tables, base = costs_of(comparison), comparison.names[0]
    totals = {name: table.total for name, table in tables.items()}
    digits = _digits(drawn(comparison, "ranges", "cost", name) for name in totals)
    return MoneyRow(totals[base], tables[base].currency, tuple(totals.values()), digits)


def _digits(ranges: Iterable[Band | None]) -> int | None:
    """Return digits that the ranges of a row support.

    They are of the narrowest; None where a scenario has no range.
    """
    counts = [
        None if three is None or three[0] is None or three[2] is None else digits_of(three[0], three[2])
        for three in ranges
    ]
    known = [count for count in counts if count is not None]
    return max(known) if known and len(known) == len(counts) else None
