"""What stands twice: rows, opening stocks, titles; and signs in titles that no reader sees."""

import re

import pytest
from faulty_workspace import NAME, OBSERVED, SCENARIOS, copy, exactly, read_all
from small_case import WHOLE, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError, has_controls, hidden_signs
from mixedmig_model.inputs.reading.repeats import same_titles
from mixedmig_model.inputs.workspace import read_workspace

TWICE = "duplicate row, first on line 2; allowed: each row once; a note that says how the two differ"
ENTRY = "{stage: screening, place: reception, country: north, persons: 5}"


def faults_of(root):
    with pytest.raises(InputFaultsError) as caught:
        read_case(read_workspace(root), "small")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("again", [
    WHOLE[0], WHOLE[0].replace(",590,", ", 590 ,"), WHOLE[0].replace("north", "north "),
    *(WHOLE[0].replace(",590,", f",{same},") for same in ("590.0", "+590", "5.9e2", "0590"))])
def test_a_row_of_arrivals_that_repeats_another_is_refused(tmp_path, again):
    write_small(tmp_path, *WHOLE, again)
    assert faults_of(tmp_path) == [f"parameters/cases/small/arrivals.csv:4: {TWICE}"]


def test_rows_that_differ_in_anything_are_both_read(tmp_path):
    write_small(tmp_path, *WHOLE, f"{WHOLE[0]}another stream")
    assert len(read_case(read_workspace(tmp_path), "small").departures) == 3


def test_a_published_total_that_repeats_another_is_refused(folder):
    text = (folder / OBSERVED).read_text(encoding="utf-8")
    row = text.splitlines()[2]
    (folder / OBSERVED).write_text(f"{text}{row}\n", encoding="utf-8")
    line = len(text.splitlines()) + 1
    message = f"parameters/{OBSERVED}:{line}: {TWICE}".replace("line 2", "line 3")
    with pytest.raises(InputFaultsError, match=exactly(message)):
        read_all(folder.parent)


def test_an_opening_stock_given_twice_is_refused_and_one_in_two_parts_is_told(tmp_path):
    write_small(tmp_path, more=f"opening:\n  - {ENTRY}\n  - {ENTRY}\n")
    assert faults_of(tmp_path) == [
        "parameters/cases/small/case.yaml:14: opening.1: duplicate entry, first on line 13; "
        "allowed: each entry once"]
    write_small(tmp_path, more=f"opening:\n  - {ENTRY}\n  - {ENTRY.replace('5', '6')}\n")
    assert [str(one) for one in read_case(read_workspace(tmp_path), "small").cautions] == [
        "parameters/cases/small/case.yaml:14: opening.1: stage, place and country are those of line 13; the people of "
        "both are counted"]


@pytest.mark.parametrize("title", [
    "Base", "  base ", "BASE", "\uff22ase", "B\u0430se", "\u0412as\u0435", "\u0392ase", "BAS\u0415"])
def test_two_scenarios_that_a_reader_cannot_tell_apart_are_refused(tmp_path, title):
    folder = write_small(tmp_path, other="")
    path = folder / "scenarios" / "other.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Other", f"title: '{title}'"), encoding="utf-8")
    assert faults_of(tmp_path) == [
        "parameters/cases/small/scenarios/other.yaml:3: title: the title is used by the scenario base; "
        f"found {title!r}; allowed: a different title"]


@pytest.mark.parametrize(("one", "two", "same"), [
    ("Boats \u2013 all", "boats - all", True), ("\u5c71\U000e0100\u7530", "\u5c71\u7530", True),
    ("\u0645\u06cc\u200c\u0631\u0648\u0645", "\u0645\u06cc\u0631\u0648\u0645", True),
    ("\u0412\u0410\u0417\u0410", "\u0432\u0430\u0437\u0430", True),
    ("Plan A", "Plan B", False), ("\u0441\u043e\u0440\u0442", "Sort", False), ("Caf\u00e9", "Cafe", False)])
def test_titles_are_one_where_they_look_the_same(one, two, same):
    assert same_titles({"a": one, "b": two}) == ([("b", "a")] if same else [])


@pytest.mark.parametrize(("more", "message"), [
    ("groups:\n  some: {title: People, need: international}\n  more: {title: people, need: none}\n",
     "parameters/cases/small/case.yaml:14: groups.more.title: the title is used by the group some; found 'people'; "
     "allowed: a different title"),
    ("", "parameters/cases/small/case.yaml:9: countries.south.title: the title is used by the country north; "
     "found 'NORTH'; allowed: a different title")])
def test_two_countries_or_groups_that_a_reader_cannot_tell_apart_are_refused(tmp_path, more, message):
    path = write_small(tmp_path, more=more) / "case.yaml"
    if not more:
        path.write_text(path.read_text(encoding="utf-8").replace("title: South", "title: NORTH"), encoding="utf-8")
    assert message in faults_of(tmp_path)


def test_two_items_of_the_cost_book_with_one_title_are_refused(folder):
    path = folder / "costs" / "solutions.yaml"
    text = path.read_text(encoding="utf-8")
    first, second = re.findall(r"^    title: .*$", text, re.MULTILINE)[:2]
    path.write_text(text.replace(second, first), encoding="utf-8")
    message = r"costs/solutions\.yaml:\d+: items\.\w+\.title: the title is used by the cost item \w+; found "
    with pytest.raises(InputFaultsError, match=message):
        read_workspace(folder.parent)


def test_an_own_cost_with_the_title_of_an_item_is_refused(folder):
    path = folder / SCENARIOS / "as_it_happened.yaml"
    book = (folder / "costs" / "solutions.yaml").read_text(encoding="utf-8")
    title = re.search(r"^    title: (.*)$", book, re.MULTILINE)[1]
    cost = (f"own_costs:\n  mine:\n    title: {title}\n    activity: A\n    stage: screening\n"
            "    sector: protection\n    phase: response\n    behaviour: fixed\n"
            "    price: {value: 1, range: [1, 2], currency: USD, "
            "price_year: 2017, source: assumption, quality: assumption}\n    payers: {donor: 1}\n")
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{cost}", encoding="utf-8")
    message = r"own_costs\.mine\.title: the title is used by the cost \w+; found "
    with pytest.raises(InputFaultsError, match=message):
        read_case(read_workspace(folder.parent), NAME)


ADDED = "  - {parameter: determination.officers, add: 5, reason: R}\n"


@pytest.mark.parametrize("change", [
    ADDED, ADDED.replace("add: 5", "scale: 1.5"), ADDED.replace("reason", "start: 2019-02-01, reason"),
    ADDED.replace("reason", "countries: [north], reason")])
def test_a_change_that_stands_twice_is_refused_and_with_another_reason_it_acts_twice(tmp_path, change):
    write_small(tmp_path, other=f"changes:\n{change}{change}")
    assert faults_of(tmp_path) == [
        "parameters/cases/small/scenarios/other.yaml:7: changes.1: duplicate change, first on line 6; found "
        "'determination.officers'; allowed: each change once; a reason that says how the two differ"]
    write_small(tmp_path, other=f"changes:\n{change}{change.replace('R}', 'S}')}")
    assert len(read_case(read_workspace(tmp_path), "small").scenarios["other"].changes) == 2


def test_a_copy_of_a_scenario_under_another_name_is_refused(folder):
    copy(f"{SCENARIOS}/as_it_happened.yaml", f"{SCENARIOS}/again.yaml")(folder)
    with pytest.raises(InputFaultsError, match="the title is used by the scenario again; found 'As it happened'"):
        read_case(read_workspace(folder.parent), NAME)


def test_two_levers_with_one_title_are_refused(folder):
    path = folder / "levers" / "intake.yaml"
    text = path.read_text(encoding="utf-8")
    first, second = re.findall(r"^    title: .*$", text, re.MULTILINE)[:2]
    path.write_text(text.replace(second, first), encoding="utf-8")
    message = r"levers/intake\.yaml:\d+: levers\.\w+\.title: the title is used by the lever \w+; found "
    with pytest.raises(InputFaultsError, match=message):
        read_workspace(folder.parent)


@pytest.mark.parametrize(("text", "codes"), [
    ("plain", []), ("fin\u200bding", ["U+200B"]), ("abc\u202ecba", ["U+202E"]), ("a\U000e0041b", ["U+E0041"]),
    ("\ufeffa", ["U+FEFF"]), ("a\u2066b\u2069", ["U+2066", "U+2069"]), ("a\u200db", ["U+200D"]),
    ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", []), ("\u0995\u09cd\u200d\u09b7", []), ("\u5c71\u7530", []),
    ("a\ufe0f", ["U+FE0F"]), ("a\U000e0100", ["U+E0100"]), ("a\u034fb", ["U+034F"]), ("a\u3164b", ["U+3164"]),
    ("a\uffa0", ["U+FFA0"]), ("a\u2800", ["U+2800"]), ("\ufe00", ["U+FE00"]), ("\u26a0\ufe0f", []),
    ("\u5c71\U000e0100", []), ("\u5c71\U000e0100\U000e0101", ["U+E0101"]),
    ("\u182d\u180b", []), ("a\u180b", ["U+180B"])])
def test_signs_that_no_reader_sees_are_named_by_their_code(text, codes):
    assert hidden_signs(text) == codes
    assert not has_controls(text)


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\U000e0041", "\u2067", "\ufe0f", "\u3164", "\u034f"])
def test_hidden_signs_in_titles_and_tables_are_refused(tmp_path, sign):
    folder = write_small(tmp_path, f"{WHOLE[0]}a{sign}b", WHOLE[1])
    path = folder / "scenarios" / "base.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Base", f'title: "Base{sign}"'), encoding="utf-8")
    code = f"U+{ord(sign):04X}"
    table, title = faults_of(tmp_path)
    where = "parameters/cases/small/arrivals.csv:2: note"
    assert table.startswith(f"{where}: hidden characters in the text: {code}; found ")
    assert title == ("parameters/cases/small/scenarios/base.yaml:3: title: hidden characters in the text; found "
                     f"{code}; allowed: visible characters")


@pytest.mark.parametrize(("title", "problem"), [
    ("'  '", "the text is empty"), ('"a\\nb"', "the title has more than one line")])
def test_a_title_is_one_line_of_words(tmp_path, title, problem):
    folder = write_small(tmp_path)
    path = folder / "scenarios" / "base.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Base", f"title: {title}"), encoding="utf-8")
    assert problem in faults_of(tmp_path)[0]
