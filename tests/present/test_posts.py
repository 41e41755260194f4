"""The table of posts: have, need, missing and recruit by, by service and country, the words the same everywhere."""

import re
from datetime import date

import pytest
from changed_report import changed

from mixedmig_model.present.report.sections.services import posts_table
from mixedmig_model.record.front.summary import summary_of
from mixedmig_model.record.schema.base import data_of
from mixedmig_model.record.schema.services import PostsChange
from mixedmig_model.record.words.pages.posts import have_words, posts_rows, whole_officers
from mixedmig_model.results.services import ON_TIME, STANDARDS

START = date(2015, 1, 1)


def test_the_need_of_all_countries_is_the_team_of_the_first_page(book):
    base = book[0].names[0]
    cell = summary_of(book[0]).rows[6].cells[base]
    teams = book[0].record.teams[base]
    total = 0
    for function in STANDARDS:
        needs = {row.title: row.cells[1] for row in posts_rows(book[0], function) if ": " not in row.title}
        assert {title: int(need) for title, need in needs.items()} == {
            book[0].countries[country]: whole_officers(size) for country, size in teams.teams[function].items()
            if book[0].countries[country] in needs}
        total += sum(int(need) for need in needs.values())
    assert int(cell.value) == total
    assert min(share for shares in teams.on_time.values() for share in shares.values()) >= ON_TIME


def test_whoever_comes_late_has_a_day_and_a_day_to_recruit_by_before_it(book):
    late = 0
    for function in STANDARDS:
        for row in posts_rows(book[0], function):
            missing, first, by = row.cells[2:]
            assert (first == "\N{EN DASH}") == (by == "\N{EN DASH}")
            late += first != "\N{EN DASH}"
            assert re.fullmatch(r"[\d,]+", missing)
    assert late > 3
    staff = book[0].record.services[book[0].names[0]].staff
    served = {(row.stage, row.members): row.within for row in book[0].record.services[book[0].names[0]].waits}
    for function in STANDARDS:
        if served[function, "all"] < ON_TIME:
            assert any(row.first_late >= 0 for row in staff if row.function == function)


def test_where_no_team_is_found_the_table_says_so_in_words_and_names_no_day_to_recruit_by(book):
    base = book[0].names[0]
    teams = {name: data_of(one) for name, one in book[0].record.teams.items()}
    country = next(iter(book[0].countries))
    teams[base]["on_time"]["screening"][country] = 0.42
    row = posts_rows(changed(book[0], teams=teams), "screening")[0]
    assert row.cells[1] == "none found: 42 % on time with any number"
    assert (row.cells[2], row.cells[4]) == ("\N{EN DASH}", "\N{EN DASH}")
    assert posts_rows(changed(book[0], teams={}), "screening")[0].cells[1] == "not worked out"


@pytest.mark.parametrize(("changes", "said"), [
    ([(0, 3.0)], "3"), ([(0, 3.0), (120, 6.5)], "3, then 6.5 from 1 May 2015"),
    ([(0, 3.0), (1, 4.0), (2, 9.0), (3, 1.0)], "3 at the start, 1 to 9 later"),
])
def test_posts_are_told_with_the_days_on_which_they_change(changes, said):
    assert have_words([PostsChange(day=day, posts=posts) for day, posts in changes], START) == said


def test_staff_needed_has_one_definition_in_the_report(book):
    html = str(posts_table(book[0]))
    assert "smallest constant team, in whole officers, that keeps 95 % within the standard" in html
    assert html.count("no standard") >= 3
