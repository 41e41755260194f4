"""Sizes of harms in words.

They are people, person-days or person-years, and shares that are never 0 %.
"""

from mixedmig_model.results.indicators.bounds import IN_PERSONS
from mixedmig_model.vocabulary.calendar import YEAR_DAYS
from mixedmig_model.vocabulary.numbers import MINUS, number, people, percent, unit_words

ONE = 1.0
"""Persons below which no survivor and no breach is named."""
YEARS = 2.0
"""Person-years from which time is given in them."""
MORE, FEWER, UNDER = "more", "fewer", "under "
MOST_SHARE = 10.0
"""Share beyond which a change is given in its unit alone.

It is of the baseline.
"""


def size_words(key: str, value: float) -> str:
    """Return the size of a harm, without its sign.

    It is people, person-days or person-years.
    """
    if key in IN_PERSONS:
        return unit_words(people(abs(value)), "person")
    years = abs(value) / YEAR_DAYS
    return unit_words(number(years), "person-year") if years >= YEARS else unit_words(people(abs(value)), "person-day")


def change_words(key: str, value: float) -> str:
    """Return the change of a harm with its direction.

    Examples are "43 fewer people" and "137 more person-years".
    """
    return changed_words(size_words(key, value), value)


def people_change(value: float) -> str:
    """Return a change in people with its direction.

    Examples are "1 more person" and "43 fewer people".
    """
    return changed_words(unit_words(people(abs(value)), "person"), value)


def changed_words(size: str, value: float) -> str:
    """Return a size with its direction before the unit.

    ``size`` is a number and its unit; the sign of ``value`` counts.
    """
    way = MORE if value > 0.0 else FEWER
    if size.startswith(UNDER):  # "under 1 more person" is no English
        return f"{size} {way}"
    number_text, unit = size.split(" ", 1)
    return f"{number_text} {way} {unit}"


def share_words(value: float, baseline: float) -> str:
    """Return a change as a share of the baseline, with its sign."""
    return f"{'+' if value > 0.0 else MINUS}{percent(abs(value) / baseline)}"


def listed(names: list[str], template: str, most: int = 3) -> str:
    """Return some names of a list, and how many more.

    Parameters
    ----------
    names : list[str]
        The names.
    template : str
        Text with ``listed`` and ``count``.
    most : int, default 3
        The most names.

    Returns
    -------
    str
        The text.
    """
    text = "; ".join(names[:most])
    return template.format(listed=text, count=len(names) - most) if len(names) > most else text
