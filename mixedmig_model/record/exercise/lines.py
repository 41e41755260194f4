"""The sheets of a team as lines of text."""

from collections.abc import Iterator, Sequence

from mixedmig_model.record.exercise.schema import BreachCount, TeamSheets
from mixedmig_model.record.words.exercise import templates as words


def sheet_lines(sheets: TeamSheets) -> Iterator[str]:
    """Yield the three sheets of a team as text; rights lead."""
    yield f"== {sheets.team} =="
    yield f"{words.RIGHTS}:"
    rights = sheets.rights
    for breach in rights.breaches:
        yield f"  {breach.text}"
    for order in (*rights.held, *rights.lapsed):
        yield f"  {order.text}"
    if rights.text:
        yield f"  {rights.text}"
    yield f"{words.CRAFT}:"
    craft = sheets.craft
    for lines in (craft.decisions, craft.forecasts, craft.injects, craft.objectives):
        yield from (f"  {line.text}" for line in lines)
    yield f"  {craft.text}"
    yield f"{words.HAPPENED}:"
    for run in sheets.happened.runs:
        yield f"  {run.title}: {run.sentence}"
    yield f"  {sheets.happened.own_sentence}"
    yield f"  {sheets.happened.text}"
    yield sheets.question


def strip_lines(team: str, strip: Sequence[BreachCount]) -> Iterator[str]:
    """Yield breaches that a team has, then its harms, as text."""
    yield f"== {team} =="
    breaches = [one for one in strip if one.kind == "breach" and one.value > 0.0]
    yield from (words.BREACH_SO_FAR.format(title=one.title, text=one.text) for one in breaches)
    if not breaches:
        yield words.NO_BREACH_SO_FAR
    yield from (words.HARM_SO_FAR.format(title=one.title, text=one.text) for one in strip if one.kind == "harm")
