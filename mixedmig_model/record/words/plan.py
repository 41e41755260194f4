"""What the costing of one scenario says to people."""

from mixedmig_model.record.schema.commands import CostedPlan
from mixedmig_model.record.words.costs import money_range
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.vocabulary.numbers import amount, percent, unit_words


def plan_sentences(record: CostedPlan, has_projects: bool) -> list[str]:
    """Breaches and harms, then the total and what it rests on, then the files written.

    Args: record, as ``plan_record`` gives it; has_projects, whether agencies submitted budgets.
    """
    values, nominal = record.breaches | record.harms, record.prices == "nominal"
    lines = [f"{one.kind}: {one.title}: {unit_words(amount(values[one.key], one.unit), one.unit)}"
             for one in (*BREACHES, *HARMS)]
    share = "nothing is paid for" if record.assumed_share is None else (
        f"{percent(record.assumed_share)} of it rests on prices without a source")
    prices = "prices of each year" if nominal else f"prices of {record.year}"
    total = money_range(record.total, record.low, record.high, record.currency)
    lines.append(f"Total: {total}, {record.view}, {prices}. {record.standing.upper()}: {share}.")
    if nominal and has_projects:
        lines.append("Submitted budgets are left out: they are compared at prices of the base year.")
    return [*lines, *(f"Wrote {file}" for file in (record.file, record.csv) if file)]


def standing_of(assumed: bool) -> str:
    """What a total may be taken for. Args: assumed, whether too much of it rests on prices without a source."""
    return "planning estimate, not a budget" if assumed else "planning estimate"
