"""Cautions on the first page: each with its input and its place, text of users escaped, and nothing where none is."""

from dataclasses import replace

from changed_report import bare

from mixedmig_model.present import workbook
from mixedmig_model.present.report.sections.cautions import cautions
from mixedmig_model.record.words.pages.inputs import MOST_CAUTIONS

ONE = {"file": "parameters/cases/c/arrivals.csv", "line": 3, "path": "end", "text": "nobody sets out", "found": "x",
       "advice": "write y"}


def with_cautions(*found):
    return bare(cautions=found)


def test_each_caution_is_a_sentence_with_its_place():
    assert str(cautions(with_cautions(ONE))) == (
        "<h3>1 caution about the inputs</h3><ul><li>nobody sets out (found x); write y. "
        "parameters/cases/c/arrivals.csv, line 3</li></ul>")
    whole = {**ONE, "line": 0, "found": "", "advice": ""}
    assert "<li>nobody sets out. parameters/cases/c/arrivals.csv</li>" in cautions(with_cautions(whole))


def test_text_of_a_file_is_text_and_many_are_counted():
    text = cautions(with_cautions(*({**ONE, "text": "<b>x</b>", "line": k} for k in range(1, MOST_CAUTIONS + 4))))
    assert "<b>x" not in text
    assert f"<h3>{MOST_CAUTIONS + 3} cautions about the inputs</h3>" in text
    assert text.count("<li>") == MOST_CAUTIONS
    assert "There are 3 more: mixedmig check lists them all." in text


def test_inputs_that_a_case_does_not_set_have_a_list_of_their_own():
    unset = {"file": "parameters/cases/c/case.yaml", "line": 0, "path": "parameters.journey.mortality", "unset": True,
             "text": "the case does not set Mortality of the crossing", "found": "0.0092 share, for boats",
             "advice": "set it with its source"}
    text = str(cautions(with_cautions(ONE, unset)))
    assert "<h3>1 caution about the inputs</h3>" in text
    assert "<h3>1 input that this case does not set</h3>" in text
    assert "<li>the case does not set Mortality of the crossing: 0.0092 share, for boats</li>" in text
    alone = str(cautions(with_cautions(*({**unset, "path": str(k)} for k in range(MOST_CAUTIONS + 2)))))
    assert "cautions about" not in alone
    assert f"<h3>{MOST_CAUTIONS + 2} inputs that this case does not set</h3>" in alone
    assert "There are 2 more: mixedmig check lists them all." in alone


def test_without_cautions_there_is_no_section():
    assert cautions(with_cautions()) == ""


def test_the_first_pages_of_a_report_show_the_cautions_of_its_inputs(book, monkeypatch):
    shown = []
    monkeypatch.setattr(workbook, "show", lambda *made: shown.append("".join(made)))
    workbook.first_page(book[0])
    cautions_of_files = [one for one in book[0].record.cautions if not one.unset]
    assert {one.path for one in cautions_of_files} == {"country", "end"}
    for text in shown:
        assert "nobody sets out towards thailand, malaysia, indonesia from 2015-05-11 to 2015-09-14" in text
        assert "parameters/cases/andaman_sea_2015/arrivals.csv, line 5" in text


def test_a_level_beyond_its_range_is_on_the_page(book, andaman):
    from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve
    from mixedmig_model.inputs.schema import Change

    base = andaman.scenario("as_it_happened")
    change = Change(parameter="screening.officers", set=100_000.0, reason="R")
    made = replace(andaman, scenarios={"as_it_happened": base.model_copy(update={"changes": (change,)})})
    found = cautions_of(made, resolve(made))
    assert "screening.officers lies outside its range from 2015-01-01" in cautions(with_cautions(*found))
