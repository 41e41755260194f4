"""Results that rest on inputs that a case does not set.

The case must set them itself. The results are rows of the record (``docs/inputs.md``).
"""

from collections.abc import Iterator, Sequence

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.parts import part_named, part_title
from mixedmig_model.inputs.costs.case import economy_in
from mixedmig_model.inputs.resolving.owned import unset_inputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.schema.inputs import RestingRow, UnvariedRow
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.record.words import templates
from mixedmig_model.study.resting import ECONOMY, is_asked
from mixedmig_model.study.scenarios import RESTING, Outcome

OPENING, CURRENCY = "opening", "currency"
"""Keys of a case that are no parameters."""


def resting_part(
    inputs: CaseInputs, names: Sequence[str], outcomes: Sequence[Outcome]
) -> tuple[RestingRow, ...] | NotWorkedOut | None:
    """Return results that rest on inputs that are not set.

    They are by scenario; none where the case sets all. Where no run looked for them, for want of the kernel, or one of
    these runs failed, it says so.
    """
    found = [one for one in outcomes if one.task.side == RESTING]
    failures = [one.failure for one in found if one.failure]
    if failures:
        return NotWorkedOut(failure=failures[0])
    if not found:
        solved = {one.task.scenario for one in outcomes}
        asked = any(is_asked(inputs, resolve(inputs, name)) for name in names if name in solved)
        return NotWorkedOut(failure=templates.RESTS_SLOW) if asked else None
    return tuple(row for one in found for row in _rows(inputs, one))


def _rows(inputs: CaseInputs, moved: Outcome) -> Iterator[RestingRow]:
    """Yield a row for each result of one scenario and each input that moves it."""
    for parameter, results in moved.tables.items():
        title, place = _named(inputs, parameter)
        for key, (value, low, high) in results.items():
            yield RestingRow(result=key, parameter=parameter, title=title, holds_for=place, value=value, low=low,
                             high=high, scenario=moved.task.scenario)


def _named(inputs: CaseInputs, parameter: str) -> tuple[str, str]:
    """Return the title of an input, and where its value holds.

    It names the people, place and time for which the value that is used holds.
    """
    countries = {ECONOMY.format(country=name): country for name, country in inputs.case.countries.items()}
    book = inputs.workspace.costs
    if parameter in countries and inputs.costs is not None and book is not None:
        economy = economy_in(inputs.costs.file, book, parameter.removeprefix(ECONOMY.format(country="")))
        return templates.ECONOMY_TITLE.format(country=countries[parameter].title), economy.title
    part = part_named(inputs, parameter)
    return part_title(inputs, part), part.parameter.holds_for


def unvaried_rows(inputs: CaseInputs, names: Sequence[str]) -> tuple[UnvariedRow, ...]:
    """Return inputs that are not set and have no range.

    The case must set them. They are tables by group, opening and currency.
    """
    unset = unset_inputs(inputs, [resolve(inputs, name) for name in names])
    bases = [(key, inputs.workspace.parameters[key]) for key in unset]
    rows = [UnvariedRow(parameter=key, title=base.title, holds_for=base.holds_for, reaches="all")
            for key, base in bases if base.value is None and key not in inputs.workspace.parts]
    if OPENING not in inputs.case.model_fields_set:
        rows.append(UnvariedRow(parameter=OPENING, title=templates.OPENING_TITLE, holds_for=templates.OPENING_PLACE,
                                reaches="all"))
    book = inputs.workspace.costs
    if inputs.costs is not None and inputs.costs.file.currency is None and book is not None:
        place = templates.CURRENCY_PLACE.format(currency=book.money.base_currency)
        rows.append(UnvariedRow(parameter=CURRENCY, title=templates.CURRENCY_TITLE, holds_for=place, reaches="cost"))
    return tuple(rows)
