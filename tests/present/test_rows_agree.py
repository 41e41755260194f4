"""Rows of tables: option shown less baseline shown is the difference shown, whatever the numbers are."""

import math
import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.comparison.page import regional_part
from mixedmig_model.present.report.sections import costs, decision
from mixedmig_model.record.comparison import Tables
from mixedmig_model.record.comparison import record_of as record_of_comparison
from mixedmig_model.record.front.summary import summary_of
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.schema.compared import AttributionPart, RegionalPart
from mixedmig_model.record.words.comparison import differences_told, indicator_rows, lines, shift_sentence
from mixedmig_model.record.words.costs import MoneyRow
from mixedmig_model.record.words.pages import option as option_words
from mixedmig_model.results.compare import Shift
from mixedmig_model.vocabulary.numbers import MINUS
from mixedmig_model.vocabulary.rows import SAME, Row, row_of_ranges

MANY = settings(max_examples=400, deadline=None, derandomize=True)
UNITS = ("person", "person-day", "day", "share", "per 1,000", "")
SIZES = {"\N{NO-BREAK SPACE}m": 1e6, "\N{NO-BREAK SPACE}bn": 1e9}
NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def scale(text):
    return next((size for word, size in SIZES.items() if text.endswith(word)), 1.0)


def ends(text):
    """The least and largest number that a text may stand for: 'under 10' is anything up to 10."""
    sign = -1.0 if text.startswith(MINUS) else 1.0
    number = sign * scale(text) * float(NUMBER.search(text).group().replace(",", ""))
    return sorted((0.0, number)) if "under " in text else [number, number]


def last_digit(text):
    """The size of the last digit of a text: of a whole number above 999 the third, as no number here has more."""
    found = NUMBER.search(text)
    decimals, whole = len(found.group(1) or ""), len(found.group().split(".")[0].replace(",", ""))
    return scale(text) * 10.0 ** (-decimals if decimals else max(whole - 3, 0))


def digits(text):
    """Significant digits as printed; zeros at the end of a whole number do not count."""
    found = NUMBER.search(text).group().replace(",", "")
    return len(found.replace(".", "").lstrip("0") if "." in found else found.strip("0"))


def assert_agree(option, baseline, gap):
    """Shown option less shown baseline is the shown difference, within half a unit of its last digit."""
    assert "none" not in (option, baseline)
    if gap == SAME:
        assert option == baseline
        return
    (low, high), (least, most), (first, last) = ends(option), ends(baseline), ends(gap)
    half = 0.5 * last_digit(gap) * (1.0 + 1e-9)
    assert low - most - half <= last, (option, baseline, gap)
    assert first <= high - least + half, (option, baseline, gap)
    assert digits(gap) <= 3, gap


@pytest.mark.parametrize(("value", "baseline", "unit", "texts"), [
    (183.4, 163.1, "day", ("183", "163", "+20")),
    (100.4, 199.6, "day", ("100", "200", f"{MINUS}100")),
    (91.71, 87.52, "day", ("91.7", "87.5", "+4.2")),
    (12_345.0, 12_290.0, "person", ("12,300", "12,300", "+under 100")),
    (12_345.0, 812.0, "person", ("12,300", "812", "+11,500")),
    (12_345.0, 40.0, "person", ("12,300", "40", "+12,300")),
    (1006.0, 1004.0, "person", ("1,010", "1,000", "+under 10")),
    (25.4, 25.1, "person", ("25", "25", "+under 1")),
    (0.4, 0.0, "person", ("under 1", "0", "+under 1")),
    (5.2, 0.4, "person", ("5", "under 1", "+5")),
    (0.0, 3.0, "person", ("0", "3", f"{MINUS}3")),
    (332.0, 332.0, "person", ("332", "332", "same")),
    (25.51, 25.4999, "person", ("26", "25", "+under 1")),
    (0.5632, 0.4001, "share", ("56 %", "40 %", "+16 points")),
    (0.5632, 0.5601, "share", ("56 %", "56 %", "+under 1 point")),
    (0.57, 0.56, "share", ("57 %", "56 %", "+1 point")),
    (math.nan, 3.0, "day", ("none", "3", "")),
])
def test_a_difference_is_that_of_the_numbers_shown(value, baseline, unit, texts):
    row = Row(unit, baseline)
    assert (row.value(value), row.value(baseline), row.difference(value)) == texts


NUMBERS = st.one_of(st.floats(0.0, 3.0), st.floats(0.0, 1000.0), st.floats(0.0, 1e9), st.just(0.0),
                    st.floats(1e-9, 1e-3))


@MANY
@given(NUMBERS, NUMBERS, st.sampled_from(UNITS), st.sampled_from([None, 1, 2, 3]))
@example(2.5, 1.5, "person", None)
@example(200.0, 120.0, "day", 1)
@example(99.96, 100.4, "day", None)
def test_numbers_of_a_row_agree_and_no_difference_is_rounded_to_nothing(option, baseline, unit, count):
    row = Row(unit, baseline, count)
    gap = row.difference(option)
    assert_agree(row.value(option), row.value(baseline), gap)
    if gap != SAME:
        assert ends(gap) != [0.0, 0.0]
        assert (gap[0] == "+") == (option > baseline)


@MANY
@given(st.lists(NUMBERS, min_size=1, max_size=4), NUMBERS, st.sampled_from(UNITS), st.sampled_from([1, 2]))
@example([183.4], 163.1, "day", 1)
def test_rows_at_the_digits_of_ranges_get_more_where_a_difference_needs_them(options, baseline, unit, count):
    row = row_of_ranges(options, baseline, unit, count)
    assert count <= row.digits <= 3
    for option in options:
        assert_agree(row.value(option), row.value(baseline), row.difference(option))
        assert row.digits == 3 or row.is_faithful(option)


def test_a_difference_of_20_between_200_and_100_days_cannot_be_printed():
    """At one digit 163.1 days are 200, and 143.1 are 100."""
    row = row_of_ranges([143.1, 163.1], 163.1, "day", 1)
    assert (row.value(163.1), row.value(143.1), row.difference(143.1)) == ("160", "140", f"{MINUS}20")


@MANY
@given(st.floats(0.0, 1e12), st.floats(0.0, 1e12), st.sampled_from([None, 1, 2]))
@example(5_000.0, 2e9, None)
@example(1.2000004e9, 1.2e9, None)
@example(980e6, 1.02e9, 2)
def test_amounts_of_money_agree(option, baseline, count):
    row = MoneyRow(baseline, "USD", (option, baseline), count)
    for gap in (row.difference(option), row.signed(option)):
        assert_agree(row.value(option), row.value(baseline), gap)
    wide = row.difference_with_ends(option, -1e9, 2e9)
    if wide != SAME:
        assert_agree(row.with_ends(option, 0.0, 3e12).split(" (")[0], row.value(baseline), wide.split(" (")[0])


def test_costs_on_both_sides_of_a_break_even_have_the_digits_that_tell_them_apart():
    row = MoneyRow(54_212_300.0, "USD", (54_215_400.0,), most=9)
    space = "\N{NO-BREAK SPACE}"
    assert row.value(54_215_400.0) == f"USD{space}54.215{space}m"
    assert row.size_of_difference(54_215_400.0) == f"USD{space}3,000"
    assert MoneyRow(54_212_300.0, "USD").size_of_difference(54_215_400.0) == f"under USD{space}100,000"


def cells(html):
    """Value, value of the baseline and difference of every cell of a table that has a difference."""
    for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL):
        texts = [unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for text in texts[1:]:
            if 'class="gap"' in text and text.count("<br>") == 1:
                value, gap = (re.sub(r"<[^>]+>", "", part) for part in text.split("<br>"))
                if change := change_in(gap):
                    yield alone(value), alone(re.sub(r"<[^>]+>", "", texts[0].split("<br>")[0])), change


SPACE = "\N{NO-BREAK SPACE}"
CHANGE = re.compile(
    rf"(?:[+{MINUS}](?:under )?(?:[A-Z]{{3}}{SPACE})?[\d.,]*\d(?:{SPACE}(?:m|bn))?|{SAME})(?= points?|$|[,;( ])")
"""A difference at the head of a second line."""


def change_in(text):
    """The difference at the head of a second line; nothing where words alone stand there."""
    found = CHANGE.match(text)
    return re.sub(r"[A-Z]{3}\N{NO-BREAK SPACE}", "", found.group()) if found else ""


def alone(text):
    """A text without the range in brackets behind it."""
    return re.sub(r" \([^)]*\)", "", text)


def test_every_cell_of_the_tables_of_a_solved_comparison_agrees(book):
    tables = (decision.decision_table, decision.details_table, costs.stage_table)
    seen = [cell for make in tables for cell in cells(make(book[0]))]
    assert len(seen) >= 75
    for option, baseline, gap in seen:
        assert_agree(option, baseline, gap)


def test_harms_that_are_better_or_worse_have_the_difference_of_the_numbers_shown(book):
    judged = book[0].record.option(book[0].names[1]).judgement
    told = [one for one in judged.harms if one.word in ("better", "worse")]
    rows = re.findall(r'<tr class="harm">.*?</tr>', str(decision.decision_table(book[0])), re.DOTALL)
    seen = [cell for row in rows for cell in cells(row)]
    assert len(seen) == len(told) >= 3


def test_every_cell_of_the_first_page_agrees(book):
    page = summary_of(book[0])
    base = page.options[0]
    seen = 0
    for row in page.rows:
        if not row.key:
            continue
        for name in page.options[1:]:
            if change := change_in(row.cells[name].note):
                assert_agree(row.cells[name].value, row.cells[base].value, change)
                seen += 1
    assert seen >= 5


def test_every_row_of_the_page_of_an_option_agrees(book):
    name, seen = book[0].names[1], 0
    rows = [option_words.option_row(book[0], one, name) for one in option_words.option_indicators(book[0], name)]
    rows += option_words.money_rows(book[0], name)
    for _, baseline, value, gap in rows:
        if change := change_in(gap):
            assert_agree(alone(value), alone(baseline), change)
            seen += 1
    assert seen >= 5


def test_what_a_payer_does_not_get_is_the_difference_of_what_is_shown(book):
    for name in book[0].names:
        for row in costs_of(book[0])[name].funding.payers:
            both = MoneyRow(row.received, "USD")
            gap = both.size_of_difference(row.required)
            if not gap.endswith("\N{NO-BREAK SPACE}0"):
                change = gap.replace("USD\N{NO-BREAK SPACE}", "+")
                assert_agree(both.value(row.required), both.value(row.received), change)


def test_countries_on_the_page_of_a_comparison_agree(book):
    record = record_of(book[0])
    whole = record_of_comparison(
        read_case(read_workspace(installed_workspace()), book[0].record.case), book[0], Tables({}, {}))
    html = str(regional_part(book[0], whole)).split("<details")[0]
    body = [[unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
            for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL)[1:]]
    seen = 0
    for base, option in zip(*body, strict=True):
        value, gap = (re.sub(r"<[^>]+>", "", part) for part in option.split("<br>"))
        assert_agree(value, base, gap)
        seen += 1
    assert seen == 2 * len(book[0].countries)
    assert record.baseline == whole.baseline


def record_of(book):
    """The record of ``mixedmig compare`` of a finished comparison, without what needs further runs."""
    base, option = (book.record.indicator("deaths").values[name].value for name in book.names[:2])
    quantity = {"baseline": base, "option": option, "difference": option - base, "shares": [1.0], "errors": [0.0]}
    found = {"quantities": {"deaths": quantity}, "titles": ["a measure"], "measures": ["a"], "exact": True,
             "coalitions": 2, "runs": 2, "path": "reference", "note": "", "pairs_of_orders": 0,
             "scenario": book.names[1], "baseline": book.names[0]}
    attributed = Tables({}, {book.names[1]: AttributionPart.model_validate(found)})
    whole = record_of_comparison(read_case(read_workspace(installed_workspace()), book.record.case), book, attributed)
    nothing = RegionalPart(shifts={}, countries={}, ledger={}, costs={})
    return whole.model_copy(update={"regional": nothing})


def test_the_text_of_compare_agrees_with_its_own_differences(book):
    record = record_of(book[0])
    told = lines(record)
    titles = record.titles
    shown = {
        name: next(t for t in told if t.startswith("harm: Deaths and missing on the way") and titles[name] in t)
        .removesuffix(" persons").rsplit(": ", 1)[1] for name in book[0].names[:2]
    }
    sentence = next(text for text in told if text.startswith("  Deaths and missing on the way"))
    gap = sentence.split(": ")[1].rstrip(".")
    assert_agree(shown[book[0].names[1]], shown[book[0].names[0]], gap)
    rows, option = indicator_rows(record), book[0].names[1]
    for key, gap in differences_told(record, option).items():
        if key == "cost":
            continue
        values = book[0].record.indicator(key).values
        assert_agree(rows[key].value(values[option].value), rows[key].value(rows[key].baseline), gap)


@MANY
@given(st.lists(st.floats(1000.0, 1e6), min_size=1, max_size=3),
       st.lists(st.floats(1000.0, 1e6), min_size=1, max_size=3), st.sampled_from(["landed", "cost"]))
def test_countries_that_fall_and_rise_sum_to_what_is_said_of_both_together(falls, rises, measure):
    fell = {f"f{k}": -gap for k, gap in enumerate(falls)}
    rose = {f"r{k}": gap for k, gap in enumerate(rises)}
    countries = {name: f"<{name}>" for name in (*fell, *rose)}
    text = shift_sentence(Shift(measure, fell, rose), countries, "")
    told = r"<[fr]\d> ([^,;:]*(?:,\d{3})*[^,.:]*?)(?=, <|, but|\. The sum)"
    parts = [ends(part)[0] for part in re.findall(told, text)]
    together = text.rsplit("The sum is ", 1)[1].removesuffix(".")
    assert len(parts) == len(countries)
    assert abs(sum(parts) - ends(together)[0]) <= 0.5 * last_digit(together) * (1.0 + 1e-9)
