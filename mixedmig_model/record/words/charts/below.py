"""What stands below a figure.

It names equal lines, dated events, and what is too small to be seen.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.options import EventRow
from mixedmig_model.record.words.charts import templates
from mixedmig_model.vocabulary.numbers import day_text

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def equal_words(groups: Mapping[str, Sequence[Sequence[str]]]) -> str:
    """Return which lines are equal and drawn once.

    It is empty for none. ``groups`` are names of lines by the title of a panel.
    """
    said: dict[str, list[str]] = {}
    for panel, equal in groups.items():
        for names in equal:
            said.setdefault(templates.EQUAL.join(names), []).append(panel)
    parts = [templates.EQUAL_IN.format(panel=", ".join(panels), lines=lines) if any(panels) else lines
             for lines, panels in said.items()]
    return templates.EQUAL_LINES.format(groups="; ".join(parts)) if parts else ""


def too_few_words(series: Sequence[str]) -> str:
    """Return which series cannot be seen; empty for none."""
    return templates.TOO_FEW.format(series=", ".join(series)) if series else ""


def too_few_in(name: str, panels: Sequence[str]) -> str:
    """Return a series that cannot be seen in some panels."""
    return templates.TOO_FEW_IN.format(series=name, panels=", ".join(panels))


def events_of(comparison: Comparison, name: str) -> list[EventRow]:
    """Return dated changes of the case and of one scenario.

    They are in order of time.
    """
    shown = [row for row in comparison.record.events if row.scenario in ("", name)]
    return sorted(shown, key=lambda row: row.day)


def event_words(comparison: Comparison, groups: Sequence[Sequence[EventRow]]) -> str:
    """Return what each mark on an axis is; empty for none.

    ``groups`` are the events of each mark, in the order of letters.
    """
    parts = [templates.EVENT.format(letter=letter, days=_days(group), what=_what(group),
                                    option=_option(comparison, group))
             for letter, group in zip(LETTERS, groups, strict=False)]
    return templates.EVENTS.format(events="; ".join(parts)) if parts else ""


def _option(comparison: Comparison, group: Sequence[EventRow]) -> str:
    """Return the option that a mark belongs to, if it belongs to one alone."""
    found = {row.scenario for row in group}
    name = found.pop() if len(found) == 1 else ""
    return templates.EVENT_OPTION.format(option=comparison.title(name)) if name else ""


def _days(group: Sequence[EventRow]) -> str:
    first, last = (day_text(date.fromisoformat(row.day)) for row in (group[0], group[-1]))
    return first if first == last else templates.EVENT_DAYS.format(first=first, last=last)


def _what(group: Sequence[EventRow]) -> str:
    """Return the first change of a mark, and how many more there are."""
    titles = list(dict.fromkeys((title, row.ends) for row in group for title in row.titles))
    title, ends = titles[0]
    first = templates.EVENT_ENDS.format(title=title) if ends else title
    more = len(titles) - 1
    return templates.EVENT_MORE.format(title=first, more=more) if more else first
