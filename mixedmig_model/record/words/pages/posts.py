"""Posts by service and country in words.

They are have, need, what is missing, and by when to recruit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.services import PostsChange, StaffRow
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.results.services import ON_TIME, STANDARDS
from mixedmig_model.vocabulary.numbers import DASH, day_text, number, percent

ROUNDED = 1e-6
"""Part of an officer that is an error of rounding."""
MOST_CHANGES = 2
"""Changes of posts that are named with their dates."""


@dataclass(frozen=True)
class PostsRow:
    """One service of one country.

    It is a row of the baseline or of an option that differs.
    """

    function: str
    title: str
    cells: tuple[str, ...]


def whole_officers(size: float) -> int:
    """Return officers, part of one counted as one."""
    return math.ceil(size - ROUNDED)


def posts_rows(comparison: Comparison, function: str) -> list[PostsRow]:
    """Return the rows of one service.

    Each country comes first, then the options that differ there. Countries without posts have none.
    """
    if function not in STANDARDS:
        return _without_standard(comparison, function)
    rows = []
    for country, title in comparison.countries.items():
        base = _cells(comparison, comparison.names[0], function, country)
        options = {name: _cells(comparison, name, function, country) for name in comparison.names[1:]}
        differ = {name: cells for name, cells in options.items() if cells != base}
        if not differ and base[:2] == ("0", "0"):
            continue
        rows.append(PostsRow(function, title, base))
        rows += [PostsRow(function, said.POSTS_OPTION.format(country=title, option=comparison.title(name)), cells)
                 for name, cells in differ.items()]
    return rows


def _without_standard(comparison: Comparison, function: str) -> list[PostsRow]:
    """Return the posts of a service without a standard.

    There is one row for all countries, and one for each option that differs.
    """
    have = {name: _posts_of(comparison, name, function) for name in comparison.names}
    base, rest = comparison.names[0], (said.POSTS_NO_STANDARD, DASH, DASH, DASH)
    if not any(have.values()):
        return []
    return [
        PostsRow(function, comparison.title(name) if name != base else said.POSTS_ALL_COUNTRIES, (text or "0", *rest))
        for name, text in have.items() if name == base or text != have[base]
    ]


def _posts_of(comparison: Comparison, name: str, function: str) -> str:
    """Return posts by country, those without any left out."""
    start, staff = date.fromisoformat(comparison.record.start), comparison.record.services[name].staff
    found = {row.country: have_words(row.changes, start) for row in staff if row.function == function}
    return "; ".join(said.POSTS_BY_COUNTRY.format(country=comparison.countries[country], posts=text)
                     for country, text in found.items() if text != "0")


def posts_note(comparison: Comparison) -> str:
    """Return what the columns mean.

    The times to hire of the baseline come with it.
    """
    base = comparison.names[0]
    leads = {row.function: row.lead for row in comparison.record.services[base].staff}
    return said.POSTS_NOTE.format(desk=number(leads["registration"]), others=number(leads["determination"]),
                       baseline=comparison.title(base))


def _cells(comparison: Comparison, name: str, function: str, country: str) -> tuple[str, ...]:
    """Return the cells: have, need, missing, late from, recruit by."""
    row = next(one for one in comparison.record.services[name].staff
               if one.function == function and one.country == country)
    start = date.fromisoformat(comparison.record.start)
    have = have_words(row.changes, start)
    need, size = need_words(comparison, name, function, country)
    if row.first_late < 0:
        return have, need, "0" if function in STANDARDS else DASH, DASH, DASH
    late = start + timedelta(days=row.first_late)
    missing = DASH if size is None else f"{max(size - math.floor(_posts_on(row) + ROUNDED), 0):,}"
    by = day_text(late - timedelta(days=round(row.lead)))
    return have, need, missing, day_text(late), DASH if size is None else by


def have_words(changes: Sequence[PostsChange], start: date) -> str:
    """Return posts at the start and what they change to."""
    first, later = number(changes[0].posts), changes[1:]
    if not later:
        return first
    if len(later) > MOST_CHANGES:
        sizes = [one.posts for one in later]
        return said.POSTS_SEVERAL.format(first=first, low=number(min(sizes)), high=number(max(sizes)))
    texts = [said.POSTS_FROM.format(posts=number(one.posts), day=day_text(start + timedelta(days=one.day)))
             for one in later]
    return said.POSTS_THEN.format(first=first, rest=", ".join(texts))


def need_words(comparison: Comparison, name: str, function: str, country: str) -> tuple[str, int | None]:
    """Return the need in words, and in officers if there is one."""
    if function not in STANDARDS:
        return said.POSTS_NO_STANDARD, None
    teams = comparison.record.teams.get(name)
    if teams is None:
        return said.POSTS_UNKNOWN, None
    share, size = teams.on_time[function][country], whole_officers(teams.teams[function][country])
    if share < ON_TIME:
        return said.POSTS_NONE_FOUND.format(share=percent(share)), None
    return f"{size:,}", size


def _posts_on(row: StaffRow) -> float:
    """Return posts on the day from which people come late."""
    return [one.posts for one in row.changes if one.day <= row.first_late][-1]
