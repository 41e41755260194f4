"""Periods that are most likely misread.

An end may be taken for the last day, and published totals may lie partly outside the run. ``end`` and ``until`` are the
first day that no longer belongs to a period. People often write the last day of a month, or let the next entry start a
day later. They most often mean the day to belong to the period.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from mixedmig_model.inputs.levers.checks import meet
from mixedmig_model.inputs.levers.schema import moment_day
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.tables import Span
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Case, Change, Scenario
from mixedmig_model.vocabulary.numbers import counted

ONE_DAY = timedelta(days=1)


def total_cautions(totals: Sequence[Observation], file: str, run: Span) -> Iterator[Caution]:
    """Yield cautions of the periods of published totals."""
    for total in totals:
        days, inside = (total.end - total.start).days, (min(total.end, run[1]) - max(total.start, run[0])).days
        if inside < days:
            left = counted(float(days - inside), "day")
            text = f"{left} of the {days:,} of the period lie outside the run: the model's total leaves them out"
            yield Caution(file, total.line, "start" if total.start < run[0] else "end", text,
                          found=f"{total.start} to {total.end}", advice=f"the run: {run[0]} to {run[1]}")
            continue
        others = [one.start for one in totals if _series(one) == _series(total)]
        if said := _misread(total.end, "end", "period", others):
            yield Caution(file, total.line, "end", *said)


def _series(one: Observation) -> tuple[str, str, str]:
    """Return what an observation counts, where and of whom."""
    return one.quantity, one.country, one.group


def left_out_cautions(left: Sequence[Observation], run: Span) -> Iterator[Caution]:
    """Yield one caution of all figures that a run leaves out.

    A case that is cut to other days keeps its tables. Figures with days outside the run cannot be held against it.
    """
    if left:
        text = "1 figure has days outside the run and is" if len(left) == 1 else (
            f"{len(left)} figures have days outside the run and are")
        text += " left out of every comparison"
        yield Caution(left[0].file, left[0].line, "start", text, advice=f"the run: {run[0]} to {run[1]}")


def observation_cautions(found: Sequence[Observation], file: str, run: Span) -> Iterator[Caution]:
    """Yield cautions of a table of observations.

    They are of periods, and of fitted figures that name no parameter.
    """
    yield from total_cautions([one for one in found if not one.level], file, run)
    for one in found:
        if one.kind == "fitted" and not one.fits:
            yield Caution(file, one.line, "fits", "no parameter is named that was fitted to this figure",
                          advice="write its name into the column fits")


def scenario_cautions(document: Document, scenario: Scenario, case: Case) -> Iterator[Caution]:
    """Yield cautions of the dates of a scenario.

    They are of its changes, levers and own costs.
    """
    for keys, until, what, starts in _ends(scenario, case):
        said = _misread(until, "until", what, starts) if until != case.end else None
        if said:
            yield Caution(*document.location((*keys, "until")), *said)


def _ends(scenario: Scenario, case: Case) -> Iterator[tuple[Keys, date, str, list[date]]]:
    """Yield each ``until`` of a scenario.

    Each has its place in the file, what ends, and when entries of the same kind start.
    """
    for index, change in enumerate(scenario.changes):
        others = [one.start for one in scenario.changes if one.start and _same(one, change)]
        if change.until:
            yield ("changes", index), change.until, "change", others
    for index, use in enumerate(scenario.levers):
        later = [moment_day(one.start, case.start) for one in scenario.levers
                 if one.start is not None and (one.lever, one.preset) == (use.lever, use.preset)]
        if isinstance(use.until, date):
            yield ("levers", index), use.until, "lever", later
    for name, cost in scenario.own_costs.items():
        if cost.until:
            yield ("own_costs", name), cost.until, "cost", []


def _same(one: Change, two: Change) -> bool:
    """Return whether two changes concern the same input.

    They are of one parameter, for some of the same people.
    """
    always = {"start": None, "until": None}
    return one.parameter == two.parameter and meet(one.model_copy(update=always), two.model_copy(update=always))


def _misread(end: date, key: str, what: str, starts: Collection[date]) -> tuple[str, str, str] | None:
    """Return the caution of an end that is most likely misread.

    Such an end is the last day of a period. The texts are the caution, what was found, and advice.
    """
    if (end + ONE_DAY).day == 1:
        text = f"the {what} stops before {end}, the last day of a month"
    elif end + ONE_DAY in starts:
        text = f"the {what} stops before {end}, and the next one starts after it"
    else:
        return None
    return text, str(end), f"{key} is the first day after the {what}: write {end + ONE_DAY} if {end} belongs to it"


def repeated_changes(document: Document, scenario: Scenario) -> list[Fault]:
    """Return faults of changes that repeat an earlier one.

    10 more beds twice are 20 more. Changes that set a value twice are found elsewhere.
    """
    faults = []
    first: dict[Change, int] = {}
    for index, change in enumerate(scenario.changes):
        earlier = first.setdefault(change, index)
        if earlier != index and change.set is None:
            text = f"duplicate change, first on line {document.line(('changes', earlier))}"
            faults.append(document.fault(("changes", index), text, change.parameter,
                                         "each change once; a reason that says how the two differ"))
    return faults
