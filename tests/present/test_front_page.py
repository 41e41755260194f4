"""The first page: the answer in five sentences, eight rows, how sure it is; the same on a page of its own."""

import math
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.report import front as front_page
from mixedmig_model.present.report.front import front_section, write_front
from mixedmig_model.present.report.make import today
from mixedmig_model.record.finished import Comparison, make_comparison, open_comparison, ordered
from mixedmig_model.record.front.grade import RestsOn, grade_of
from mixedmig_model.record.front.summary import FIRST_ROWS, shown_options, summary_of, with_summary
from mixedmig_model.record.priced import banner
from mixedmig_model.record.rows import front_row
from mixedmig_model.record.schema.inputs import PublishedRow, RestingRow
from mixedmig_model.record.schema.judged import BoundPart, FewerPart, JudgedBreach, JudgedHarm, JudgementPart
from mixedmig_model.record.schema.summary import TeamsPart
from mixedmig_model.record.words.front_page.answer import judged_note, team_note, team_size, wait_note
from mixedmig_model.record.words.front_page.chart import changes_of, chart_alt, chart_title
from mixedmig_model.record.words.front_page.harms import findings, harm_clause
from mixedmig_model.results.indicators.judgement import INDICATOR_OF
from mixedmig_model.vocabulary.numbers import MINUS

CASES = sorted(path.name for path in (Path(__file__).parents[2] / "parameters" / "cases").iterdir() if path.is_dir())
NAMES = ["base", "one", "two", "three", "four"]
SIGN = {"better": -1, "worse": 1}


@pytest.fixture(scope="module")
def page(book):
    """The first page of a comparison of two scenarios."""
    return summary_of(book[0], author="Planning unit <1>", made_on="1 May 2020")


def text_of(html):
    """What a reader reads, without marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", str(html))).split())


# ---- options --------------------------------------------------------------------------------------------------------


def test_the_page_has_the_baseline_and_at_most_three_options():
    assert shown_options(NAMES, None) == ("base", "one", "two", "three")
    assert shown_options(NAMES[:2], None) == ("base", "one")
    assert shown_options(NAMES, ["four", "one", "four", "base"]) == ("base", "four", "one")
    assert shown_options(NAMES, []) == ("base",)


@pytest.mark.parametrize(("asked", "said"), [
    (["tow"], "--options: unknown option; found tow; allowed: one, two, three, four; did you mean "
              "'two'?"),
    (["one", "two", "three", "four"], "--options: too many options for one page; found 4; allowed: at most 3"),
])
def test_options_that_cannot_be_shown_are_refused(asked, said):
    with pytest.raises(InputFaultsError) as caught:
        shown_options(NAMES, asked)
    assert str(caught.value).splitlines()[1].strip() == said


# ---- what it says ---------------------------------------------------------------------------------------------------


def test_the_answer_has_at_most_five_sentences_and_names_the_option_the_cost_and_who_pays(page, book):
    assert 2 <= len(page.answer) <= 5
    title = book[0].title(page.options[1])
    assert page.answer[0].startswith(title)
    assert any(re.search(r"costs USD.[\d.,]+.* (more|less) than As it happened; most of its total cost falls to", one)
               for one in page.answer)
    assert any("reverse" in one for one in page.answer)


def test_numbers_of_the_answer_are_those_of_the_rows(page, book):
    found = re.findall(r"([\d,.]+) (more|fewer) (people|person-years|person-days)", " ".join(page.answer))
    notes = " ".join(cell.note for row in page.rows for cell in row.cells.values())
    shown = [number for number, way, _ in found if f"{MINUS if way == 'fewer' else '+'}{number}," in notes]
    elsewhere = {change for one in book[0].record.shown_indicators if one.key not in {row.key for row in page.rows}
                 for change in differences(book[0], one)}
    assert shown
    assert {number for number, *_ in found} <= {*shown, *elsewhere}


def differences(comparison, indicator):
    """The differences of an indicator to the baseline, as the numbers shown have them, without their sign."""
    row, scale = front_row(indicator, comparison.names[0])
    return {row.difference(one.value / scale).lstrip(f"+{MINUS}") for one in indicator.values.values()}


def harm(key, word, size=400.0):
    bound = BoundPart(baseline=1000.0, option=1000.0 + size, risk=size, exposed=0.0)
    return JudgedHarm(key=key, title=key, word=word, text="", size=size, seen=bound, possible=bound, threshold=10.0,
                      own=10.0, sides={})


@pytest.mark.parametrize(("key", "size", "said"), [
    ("deaths", -1.0, "1 fewer person dies or goes missing"), ("wrongly_returned", 1.0,
     "1 more person owed protection is sent back"), ("without_shelter_days", -731.0,
     "people spend 2 fewer person-years without shelter"),
])
def test_a_harm_is_a_finding_with_number_direction_and_unit(key, size, said):
    assert harm_clause(harm(key, "better", size)) == said


def test_harms_beyond_the_largest_are_counted():
    found = [harm(key, "worse") for key in ("deaths", "adrift_days", "detention_days")]
    assert findings(found, "worse", 2)[2] == "1 more harm is larger"
    assert findings(found, "worse", 1)[1] == "2 more harms are larger"
    assert findings(found, "worse", 3) == [harm_clause(one) for one in found]


def breach(word):
    return JudgedBreach(key="detention_over_limit", title="", word=word, text="", baseline=100.0, option=150.0,
                        risk=50.0, threshold=1.0, side="default")


def judged(*harms, breaches=(), **more):
    return JudgementPart(sentence="", harms=harms, breaches=breaches, **more)


BETTER, WORSE = harm("deaths", "better", -40.0), harm("wrongly_returned", "worse", 20.0)
UNCLEAR, SAME = harm("detention_days", "unclear"), harm("adrift_days", "none")


# the judgement has 40, the row of the page 60 fewer: the sentence has the number of the row
FEWER_DIE, MORE_BACK = "60 fewer people die or go missing", "20 more people owed protection are sent back"
LIMIT, OVER = "people detained over the limit (150)", "a breach grows to 150 people detained over the limit"
UNSURE = "; its effect on time in detention is unclear"
TRADE = "X is better in part and worse in part, a trade-off for you to decide"
THROUGHPUT = (breach("grows_by_throughput"),)


@pytest.mark.parametrize(("found", "said"), [
    (judged(BETTER, better_on_all=True), f"X is better on every harm that differs: {FEWER_DIE}."),
    (judged(BETTER, WORSE), f"{TRADE}: {FEWER_DIE}, but {MORE_BACK}."),
    (judged(BETTER, WORSE, UNCLEAR), f"{TRADE}: {FEWER_DIE}, but {MORE_BACK}{UNSURE}."),
    (judged(BETTER, UNCLEAR), f"X is better in part: {FEWER_DIE}{UNSURE}."),
    (judged(WORSE), f"X is worse, and better on no harm: {MORE_BACK}."),
    (judged(WORSE, UNCLEAR), f"X is worse, and better on no harm: {MORE_BACK}{UNSURE}."),
    (judged(BETTER, UNCLEAR, harm("adrift_days", "depends", 300.0)),
     f"X is better in part: {FEWER_DIE}; its effect on time in detention and 1 more is unclear."),
    (judged(UNCLEAR, SAME), f"X has no clear effect on any harm{UNSURE}."),
    (judged(SAME), "X changes no harm materially."),
    (judged(BETTER, breaches=THROUGHPUT), f"{TRADE}: {FEWER_DIE}, but {OVER}."),
    (judged(SAME, breaches=THROUGHPUT), f"X is worse, and better on no harm: {OVER}."),
    (judged(BETTER, breaches=(breach("adds"),), ranked=False),
     f"X is not ranked, because it adds or enlarges a breach: {LIMIT}."),
])
def test_the_sentence_of_an_option_leaves_out_nothing_that_its_judgement_says(book, found, said):
    record, (base, name) = book[0].record, book[0].names
    option = record.option(name).model_copy(update={"title": "X", "judgement": found})
    changed = record.model_copy(update={"scenarios": (record.option(base), option)})
    page = summary_of(Comparison(changed, book[0].runs))
    assert page.answer[0] == said
    assert page.serves_fewer == ()


def test_a_service_that_sees_fewer_people_is_told_above_the_answer(book):
    record, (base, name) = book[0].record, book[0].names
    fewer = judged(BETTER, serves_fewer=(FewerPart(service="screening", baseline=1200.0, option=0.0),))
    option = record.option(name).model_copy(update={"title": "X", "judgement": fewer})
    comparison = Comparison(record.model_copy(update={"scenarios": (record.option(base), option)}), book[0].runs)
    page = summary_of(comparison)
    assert page.serves_fewer == ("X serves fewer people: screened 1,200 \N{RIGHTWARDS ARROW} 0.",)
    shown = text_of(front_section(comparison, page))
    assert shown.index("X serves fewer people") < shown.index("X is better in part")


def test_where_no_harm_differs_the_chart_says_so_in_title_and_words(book):
    record, (base, name) = book[0].record, book[0].names
    option = record.option(name).model_copy(update={"judgement": judged(SAME)})
    comparison = Comparison(record.model_copy(update={"scenarios": (record.option(base), option)}), book[0].runs)
    title = "No harm changes materially. People in the procedure by stage: As it happened"
    assert chart_title(comparison, (base, name)) == title
    assert chart_alt(comparison, (base, name)) == f"{title}. People by stage over time."
    assert '<figure data-series="people">' in front_section(comparison, summary_of(comparison))


def test_breaches_stand_above_the_answer_with_a_line_for_each_option_that_has_one(page, book):
    shown = text_of(front_section(book[0], page))
    for name in page.options:
        counts = [one.values[name].value for one in book[0].record.indicators if one.kind == "breach"]
        assert any(line.startswith(f"{book[0].title(name)}:") for line in page.breaches) == (max(counts) >= 1.0)
    assert shown.index("Breaches: choices of an authority") < shown.index(page.answer[0][:40])


def test_the_eight_rows_answer_what_an_official_asks(page):
    assert [row.key for row in page.rows] == [*FIRST_ROWS, "", "cost"]
    assert [row.title for row in page.rows] == [
        "Deaths and missing", "Owed protection, sent back", "Specific needs unseen", "Children in detention",
        "Without shelter", "Median wait for a decision", "Smallest team that meets the standards",
        "Cost of the response",
    ]
    for row in page.rows:
        assert set(row.cells) == set(page.options)
    team, cost = (page.rows[k].cells[page.options[0]] for k in (6, 7))
    found = re.findall(r"(?:registration|screening|decisions) ([\d,]+)", team.note)
    sizes = [int(one.replace(",", "")) for one in found]
    assert len(sizes) == 3
    assert sum(sizes) == int(team.value.replace(",", ""))
    assert re.search(r"host state, central \d+ %.*; gap USD", cost.note)


@pytest.mark.parametrize(("change", "word", "said"), [
    ("same", "within", "no material difference"), ("+70", "within", "+70, not material"), ("+1", "none",
     "no material difference"), ("-5", "better", "-5, better"),
    ("+5", "depends", "+5, depends on the share owed protection"),
])
def test_the_second_line_of_a_harm_says_what_its_judgement_says(change, word, said):
    assert judged_note(change, word) == said


@pytest.mark.parametrize(("change", "longer", "fewer", "said"), [
    ("+73", 73.0, 69_512.0, "+73 for those decided; 69,500 fewer wait at the end"),
    ("+73", 73.0, -5.0, "+73"), ("-9", -9.0, 50.0, "-9"), ("same", 0.1, 50.0, "same"),
])
def test_a_longer_wait_says_that_fewer_people_wait(change, longer, fewer, said):
    assert wait_note(change, longer, fewer) == said


def test_a_service_that_comes_late_with_any_team_has_none():
    teams = TeamsPart(teams={"registration": {"a": 3.0, "b": 1.0}, "screening": {"a": 1200.0, "b": 1.0}},
                      on_time={"registration": {"a": 0.96, "b": 1.0}, "screening": {"a": 0.6, "b": 1.0}})
    assert team_size(teams) == "none found"
    assert team_note(teams, 9.0) == (
        "registration 4; none for screening: 60 % on time with any number; 9 posts at the start")
    met = teams.model_copy(update={"on_time": {"registration": {"a": 0.95, "b": math.nan}}})
    assert team_size(met) == "1,205"
    assert team_note(met, 9.4) == "registration 4, screening 1,201; 9.4 posts at the start"


def test_what_a_row_says_is_what_the_judgement_says_and_value_and_difference_agree(page, book):
    name = page.options[1]
    judged = book[0].record.option(name).judgement
    for row in page.rows[:5]:
        base, own = (float(row.cells[one].value.replace(",", "")) for one in page.options)
        note, word = row.cells[name].note, judged.harm(row.key).word
        assert (("better" in note), ("worse" in note)) == (word == "better", word == "worse"), row.key
        if word in SIGN:
            change = float(note.split(",")[0].replace("\N{MINUS SIGN}", "-").replace("+", ""))
            assert change == pytest.approx(own - base, abs=0.5)
            assert math.copysign(1, change) == SIGN[word]


def test_every_harm_of_the_answer_and_of_the_chart_has_a_word_that_says_so(book, page):
    judged = book[0].record.option(page.options[1]).judgement
    told = {one.key for one in judged.harms if one.word in SIGN}
    changes = changes_of(book[0], page.options[1:])
    assert set(changes) == told
    assert list(changes) == [key for key in INDICATOR_OF.values() if key in told]
    for key, by_option in changes.items():
        assert math.copysign(1, by_option[page.options[1]]) == SIGN[judged.harm(key).word]
    assert chart_title(book[0], page.options) == (
        f"{book[0].title(page.options[1])} lowers {sum(one.word == 'better' for one in judged.harms)} of the 11 harms "
        f"and raises {sum(one.word == 'worse' for one in judged.harms)}, compared with As it happened")
    assert chart_alt(book[0], page.options).count("%") == len(told)


def test_a_report_of_one_scenario_has_a_page_too(book):
    page = summary_of(book[0], [])
    assert page.options == (book[0].names[0],)
    assert page.left_out == (book[0].names[1],)
    assert page.answer[0] == "This page shows one course of action and compares it with nothing."
    assert re.match(r"As it happened costs USD.[\d.,]+.m in total; most of it falls to .*\.", page.answer[1])
    shown = text_of(front_section(book[0], page))
    assert "Not on this page: Predictable disembarkation and screening." in shown
    assert chart_title(book[0], page.options) == "People in the procedure by stage: As it happened"


def test_the_chart_is_drawn_once_for_the_report_and_the_page_that_stands_alone(book, page, tmp_path, monkeypatch):
    drawn, whole = [], front_page.front_figure
    monkeypatch.setattr(front_page, "front_figure", lambda *given: drawn.append(given) or whole(*given))
    made = replace(book[0], figures=tmp_path / "figures")
    first = front_section(made, page)
    assert 'href="figures/summary.svg"' in first
    assert front_section(made, page) == first
    assert len(drawn) == 1
    assert front_section(book[0], page) != first  # out of a report there are no files to link
    assert len(drawn) == 2


def test_the_page_stands_alone_with_author_date_and_digest_and_nothing_of_a_user_is_markup(book, page, tmp_path):
    comparison = with_summary(book[0], tmp_path, author="Planning unit <1>", made_on="1 May 2020")
    write_front(comparison, tmp_path, "AN ESTIMATE")
    html = (tmp_path / "summary.html").read_text(encoding="utf-8")
    assert "Planning unit &lt;1&gt;" in html
    digest = comparison.record.runs[page.options[0]].input_digest[:16]
    version = comparison.record.runs[page.options[0]].version
    assert f"Made on 1 May 2020 with mixedmig {version} by Planning unit" in html
    assert f"Digest of the baseline's inputs: {digest}" in unescape(html)
    assert "AN ESTIMATE" in html
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|iframe|object)\b", html)
    harms = " ".join(changes_of(comparison, page.options[1:]))
    assert re.findall("<figure[^>]*>", html) == [f'<figure data-indicator="{harms}">']
    assert re.search(r'<img alt="[^"]{40,}"', html)


@pytest.mark.parametrize(("given", "said"), [("1430438400", "1 May 2015"), ("0", "1 Jan 1970")])
def test_a_build_that_is_repeated_has_the_day_that_it_is_given(monkeypatch, given, said):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert today() == said


@pytest.mark.parametrize("given", ["", "yesterday", "9" * 30, "-1e9"])
def test_what_is_no_moment_leaves_the_day_as_it_is(monkeypatch, given):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    day = today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert today() == day


# ---- evidence -------------------------------------------------------------------------------------------------------


def seen(kind, *, missed=False, scored=True):
    return PublishedRow(
        quantity="departed", start="2015-01-01", end="2016-01-01", country="all", low=1.0, value=1.0, high=1.0,
        bound="exact", rounding=0.0, reliability="good", kind=kind, ours=1.0, gap=0.0, miss=0.0, missed=missed,
        scored=scored, note="", source_title="", address="",
    )


@pytest.mark.parametrize(("published", "sourced", "letter", "said"), [
    ([seen("predicted")], 0.75, "A", "predicts published totals that were not used to set it (1 of 1 inside"),
    ([seen("predicted")], float("nan"), "A", "Published prices support all of the cost"),
    ([seen("predicted"), seen("fitted")], 0.74, "B", "fitted to (1 of 1), and 74 % of the cost rests on published"),
    ([seen("predicted")], 0.6, "B", "Only 60 % of the cost rests on published prices"),
    ([seen("fitted")], 0.9, "B", "Nothing tests it independently"),
    ([seen("fitted")], 0.49, "C", "only 49 % of the cost rests on published prices"),
    ([seen("input")], 0.9, "C", "was an input, so nothing tests"),
    ([seen("predicted"), seen("fitted", missed=True)], 0.9, "C", "misses 1 of 2 published totals"),
    ([], 0.9, "C", "no published total was compared"),
    ([seen("predicted", scored=False)], 0.9, "C", "no published total was compared"),
])
def test_the_grade_of_evidence_has_a_letter_and_its_sentence(published, sourced, letter, said):
    found = grade_of(published, sourced)
    assert found.letter == letter
    assert found.sentence.startswith(f"Grade {letter}: ")
    assert said in found.sentence


def test_an_input_that_the_case_did_not_set_makes_grade_d_whatever_else_holds():
    found = grade_of([seen("predicted")], 1.0, RestsOn("Deaths and missing", "Mortality of the crossing", "Lampedusa"))
    assert (found.letter, found.sentence) == (
        "D", "Grade D: 'Deaths and missing' rests on 'Mortality of the crossing', a value for Lampedusa. This case did "
        "not set it. Set it before anybody uses these numbers.")
    found = grade_of([seen("predicted")], 1.0, RestsOn("Deaths and missing", "Mortality", "Lampedusa", 3))
    assert found.sentence.startswith("Grade D: 3 rows of this page rest on inputs that this case did not set. 'Deaths")


def rests(key):
    return RestingRow(result=key, parameter="journey.mortality", title="Mortality of the crossing",
                      holds_for="boats elsewhere", value=1.0, low=0.0, high=2.0)


def test_rows_that_rest_on_an_input_that_the_case_did_not_set_are_marked_and_make_grade_d(book):
    record = book[0].record.model_copy(update={"resting": (rests("deaths"), rests("cost"), rests("voluntary_share"))})
    page = summary_of(Comparison(record, book[0].runs))
    assert [row.key for row in page.rows if row.rests] == ["deaths", "cost"]
    assert page.grade.letter == "D"
    assert "2 rows of this page" in page.grade.sentence
    text = "'Deaths and missing' rests on 'Mortality of the crossing', a value for boats elsewhere"
    assert text in page.grade.sentence
    assert text_of(front_section(book[0], page)).count("Deaths and missing *") == 1


# ---- on paper -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium") or not shutil.which("pdfinfo"), reason="prints with Chromium")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("case", CASES)
def test_the_page_of_every_shipped_case_is_one_printed_page(workspace, shared, case, paper, tmp_path):
    inputs = read_case(workspace, case)
    folder = shared(f"front_{case}", lambda partial: make_comparison(inputs, ordered(inputs, None), partial, workers=1))
    comparison = with_summary(open_comparison(folder), tmp_path, author="A unit", made_on="1 May 2020")
    write_front(comparison, tmp_path, banner(comparison))
    page = tmp_path / "paper.html"
    html = (tmp_path / "summary.html").read_text(encoding="utf-8")
    assert "size: auto;" in html
    assert "body { font-size: 10pt;" in html
    page.write_text(html.replace("size: auto;", f"size: {paper};"), encoding="utf-8")
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--print-to-pdf={tmp_path / 'page.pdf'}", page.as_uri()], check=True, capture_output=True)
    told = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages:\s+1\n", told), told
