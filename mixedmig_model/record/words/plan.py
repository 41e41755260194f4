"""What the costing of one scenario says to people."""

from mixedmig_model.record.schema.commands import CostedPlan
from mixedmig_model.record.words import spoken
from mixedmig_model.record.words.costs import money_range
from mixedmig_model.record.words.findings import run_finding
from mixedmig_model.results.indicators.table import BREACHES, HARMS
from mixedmig_model.vocabulary.numbers import amount, percent, unit_words


def plan_sentences(record: CostedPlan, has_projects: bool, title: str) -> list[str]:
    """Return what the run shows, and the total of the plan.

    What the total rests on, breaches and harms, and the files written follow. ``record`` is as ``plan_record`` gives
    it. ``has_projects`` says whether agencies submitted budgets. ``title`` is that of the scenario.
    """
    values, nominal = record.breaches | record.harms, record.prices == "nominal"
    harms = [f"{one.kind}: {one.title}: {unit_words(amount(values[one.key], one.unit), one.unit)}"
             for one in (*BREACHES, *HARMS)]
    total = money_range(record.total, record.low, record.high, record.currency)
    if record.assumed_share is None:
        template, share = spoken.TOTAL_OF_NOTHING_NOMINAL if nominal else spoken.TOTAL_OF_NOTHING, ""
    else:
        template, share = spoken.TOTAL_NOMINAL if nominal else spoken.TOTAL, percent(record.assumed_share)
    lines = [run_finding(title, values), template.format(
        title=title, total=total, view=record.view, year=record.year, standing=record.standing.upper(), share=share,
        derived=percent(record.derived_share))]
    if nominal and has_projects:
        lines.append(spoken.PROJECTS_LEFT_OUT)
    return [*lines, *harms, *(spoken.WROTE.format(file=file) for file in (record.file, record.csv) if file)]


def standing_of(assumed: bool) -> str:
    """Return what a total may be taken for.

    Parameters
    ----------
    assumed : bool
        Whether too much of it rests on prices without a source.

    Returns
    -------
    str
        The words.
    """
    return "planning estimate, not a budget" if assumed else "planning estimate"
