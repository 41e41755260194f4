"""The first page of a report as a record.

It is what an official can put before a minister, a donor and a court.
"""

import math
from collections.abc import Sequence
from pathlib import Path

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, nearest
from mixedmig_model.record.files import write_report
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.front.grade import RestsOn, grade_of
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.rows import cost_row, front_row
from mixedmig_model.record.schema.options import IndicatorPart
from mixedmig_model.record.schema.summary import SummaryCell, SummaryPart, SummaryRow
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.record.words.front_page.answer import (
    answer,
    breach_line,
    cost_note,
    cost_unit,
    fewer_lines,
    judged_note,
    team_note,
    team_size,
    wait_note,
)
from mixedmig_model.record.words.judged.amounts import ONE
from mixedmig_model.record.words.pages.costs import twice
from mixedmig_model.record.words.pages.inputs import marked_results
from mixedmig_model.vocabulary.numbers import unit_word
from mixedmig_model.vocabulary.rows import SAME

MOST_OPTIONS = 3
"""Options next to the baseline on the first page."""
FIRST_ROWS = (
    "deaths", "wrongly_returned", "needs_unseen_days", "child_detention_days", "without_shelter_days",
    "wait_determination",
)
"""Indicators of the first page.

The smallest team and the cost come below them.
"""


def shown_options(names: Sequence[str], asked: Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns of the first page.

    They are the baseline, and the options requested or the first three.

    Parameters
    ----------
    names : Sequence[str]
        Scenarios of the report, the baseline first.
    asked : Sequence[str] | None
        Options to show, in this order; None for the first three.

    Returns
    -------
    tuple[str, ...]
        At most four names.

    Raises
    ------
    InputFaultsError
        For an option that the report does not have, and for more than three.
    """
    if asked is None:
        return tuple(names[: 1 + MOST_OPTIONS])
    chosen = [name for name in dict.fromkeys(asked) if name != names[0]]
    faults = [
        Fault("--options", 0, "", "unknown option", found=name, allowed=", ".join(names[1:]) or "none",
              nearest=nearest(name, names[1:])) for name in chosen if name not in names
    ]
    if len(chosen) > MOST_OPTIONS:
        faults.append(Fault("--options", 0, "", "too many options for one page", found=str(len(chosen)),
                            allowed=f"at most {MOST_OPTIONS}"))
    if faults:
        raise InputFaultsError(faults)
    return (names[0], *chosen)


def summary_of(
    comparison: Comparison, asked: Sequence[str] | None = None, author: str = "", made_on: str = ""
) -> SummaryPart:
    """Return the first page of a finished comparison.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    asked : Sequence[str] | None, default None
        Options to show; the first three if not given.
    author : str, default ''
        Author, as the foot of the page has it.
    made_on : str, default ''
        Date, as the foot of the page has it.

    Returns
    -------
    SummaryPart
        The page.

    Raises
    ------
    InputFaultsError
        For unknown options, and for more than three.
    """
    record = comparison.record
    options = shown_options(comparison.names, asked)
    tables = costs_of(comparison)
    first_costs = tables[options[0]] if tables else None
    sourced = 1.0 - first_costs.assumed_share - first_costs.derived_share if first_costs else math.nan
    rows = [_indicator_row(comparison, record.indicator(key), options) for key in FIRST_ROWS]
    rows += [_team_row(comparison, options), *([_cost_row(comparison, options)] if tables else [])]
    rests = marked_results(comparison, options)
    marked = [row for row in rows if row.key in rests]
    known = [row for row in marked if any(cell.value != "0" for cell in row.cells.values())]
    named = next(iter([*known, *marked]), None)  # a row of zeros says little of what it rests on
    first = rests[named.key] if named else None
    return SummaryPart(
        options=options, left_out=tuple(name for name in comparison.names if name not in options),
        breaches=tuple(_breaches(comparison, options)),
        serves_fewer=fewer_lines(comparison, options), answer=answer(comparison, options),
        rows=tuple(row.model_copy(update={"rests": row.key in rests}) for row in rows),
        grade=grade_of(record.published, sourced,
                       RestsOn(named.title, first.title, first.holds_for, len(marked)) if named and first else None),
        author=author, made_on=made_on,
    )


def with_summary(
    comparison: Comparison, folder: Path, asked: Sequence[str] | None = None, author: str = "", made_on: str = ""
) -> Comparison:
    """Return the comparison with its first page.

    Its file has the page too.

    Parameters
    ----------
    comparison : Comparison
        The comparison.
    folder : Path
        Folder of the report.
    asked : Sequence[str] | None, default None
        Options to show; the first three if not given.
    author : str, default ''
        Author, as the foot of the page has it.
    made_on : str, default ''
        Date, as the foot of the page has it.

    Returns
    -------
    Comparison
        The comparison.

    Raises
    ------
    InputFaultsError
        For unknown options, and for more than three.
    """
    found = summary_of(comparison, asked, author, made_on)
    record = comparison.record.model_copy(update={"first_page": found})
    write_report(record, folder)
    return Comparison(record, comparison.runs)


def _breaches(comparison: Comparison, options: Sequence[str]) -> list[str]:
    """Return a line for each option with a breach.

    In it an authority's choice is a breach.
    """
    said = []
    for name in options:
        counts = {one.key: one.values[name].value for one in comparison.record.indicators if one.kind == "breach"}
        happen = {key: count for key, count in counts.items() if count >= ONE}
        if happen:
            said.append(breach_line(comparison.title(name), happen))
    return said


def _indicator_row(comparison: Comparison, indicator: IndicatorPart, options: Sequence[str]) -> SummaryRow:
    row, scale = front_row(indicator, options[0])
    cells = {}
    for name in options:
        value = indicator.values[name].value / scale
        change = "" if name == options[0] else row.difference(value)
        harm = comparison.record.option(name).judgement.harm(indicator.key)
        note = judged_note(change, harm.word) if harm and change else change
        if change and indicator.key == "wait_determination":
            waiting = comparison.record.indicator("awaiting_decision").values
            fewer = waiting[options[0]].value - waiting[name].value
            note = wait_note(change, value - indicator.values[options[0]].value / scale, fewer)
        cells[name] = SummaryCell(value=row.value(value), note=note)
    return SummaryRow(key=indicator.key, title=front.TITLES[indicator.key], unit=unit_word("2", row.unit), cells=cells)


def _team_row(comparison: Comparison, options: Sequence[str]) -> SummaryRow:
    """Return the smallest constant team that keeps 95 % within each standard, and the posts at the start."""
    cells = {}
    for name in options:
        found = comparison.record.teams.get(name)
        if found is None:
            cells[name] = SummaryCell(value=front.NOT_KNOWN)
            continue
        staff = comparison.record.services[name].staff
        have = sum(row.changes[0].posts for row in staff if row.function in found.teams)
        cells[name] = SummaryCell(value=team_size(found), note=team_note(found, have))
    return SummaryRow(key="", title=front.TEAM_TITLE, unit=front.TEAM_UNIT, cells=cells)


def _cost_row(comparison: Comparison, options: Sequence[str]) -> SummaryRow:
    cells = {name: cost_cell(comparison, name) for name in options}
    return SummaryRow(key="cost", title=front.COST_TITLE, unit=cost_unit(costs_of(comparison)[options[0]]), cells=cells)


def cost_cell(comparison: Comparison, name: str) -> SummaryCell:
    """Return the cost of a scenario in two lines.

    The second line has the difference to the baseline, range, payers and gap.
    """
    own, row = costs_of(comparison)[name], cost_row(comparison)
    change = "" if name == comparison.names[0] else row.difference(own.total)
    note = cost_note(own, row.ends(own.low, own.high), "" if change == SAME else change)
    value, second = twice(row.value(own.total), own.total, comparison.record.local_currency)
    return SummaryCell(value=front.COST_TWICE.format(value=value, second=second) if second else value, note=note)


def cost_words(comparison: Comparison, name: str) -> str:
    """Return what a scenario costs; empty without costs.

    It also says how much more or less than the baseline, who pays, and the gap.
    """
    if name not in costs_of(comparison):
        return ""
    cell = cost_cell(comparison, name)
    return front.COST_WORDS.format(value=cell.value, note=cell.note)
