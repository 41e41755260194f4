"""The print pack of an exercise: whole, legible on paper, and nothing secret where a team reads."""

import re
from dataclasses import replace

import pytest
from exercise_files import EXERCISE, NAME, write_exercise
from plain_words import faults

from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.present.exercise.pack.make import SECRET, pack_files, pack_pages, write_pack
from mixedmig_model.present.exercise.pack.room import room_plan
from mixedmig_model.present.exercise.pack.schedule import debrief_minutes, length, schedule
from mixedmig_model.present.exercise.pack.text import markdown, read_testimony
from mixedmig_model.record.words.teaching import pack

FORMS = ("boats", "surge", "surge_short")
HOSTILE = "<script>alert(1)</script> & \"quotes\" <img src='http://elsewhere.example/x'>"


@pytest.fixture(scope="module")
def shipped(workspace):
    return {name: read_exercise(workspace, name) for name in FORMS}


@pytest.fixture(scope="module")
def pages(shipped):
    return {name: pack_pages(inputs) for name, inputs in shipped.items()}


def texts(value):
    """All texts of the words of a pack."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_pack_is_a_folder_of_pages_without_scripts(shipped, tmp_path, paper):
    index = write_pack(shipped["boats"], tmp_path, paper)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(pack_files())
    assert index.read_text(encoding="utf-8").count('href="') == len(pack.PAGES)
    for path in tmp_path.iterdir():
        page = path.read_text(encoding="utf-8")
        assert f"@page {{ size: {paper}; margin: 14mm; }}" in page
        assert "default-src 'none'" in page
        assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)", page), path.name
        assert "CC BY 4.0" in page


@pytest.mark.parametrize("name", FORMS)
def test_each_role_and_inject_has_its_card(shipped, pages, name):
    exercise = shipped[name].exercise
    for page, marks in (("roles", [f'id="role-{one.name}"' for one in exercise.roles]),
                        ("injects", [f'id="inject-{one.id}"' for one in exercise.injects]),
                        ("answers", [f'id="inject-{one.id}"' for one in exercise.injects])):
        assert [pages[name][page].count(mark) for mark in marks] == [1] * len(marks), page
    assert pages[name]["forms"].count('class="sheet"') == len(exercise.roles)


@pytest.mark.parametrize("name", FORMS)
def test_no_truth_and_no_answer_reach_a_team(shipped, pages, name):
    inputs = shipped[name]
    for page in ("roles", "injects", "forms", "evaluation"):
        text = pages[name][page]
        for parameter in inputs.exercise.truth:
            assert parameter not in text
            assert inputs.case.workspace.parameters[parameter].title not in text, (page, parameter)
        for inject in inputs.exercise.injects:
            assert inject.expected not in text
            assert inject.not_modelled not in text
    assert inputs.exercise.injects[0].not_modelled.split(".")[0] in pages[name]["answers"]


def test_pages_of_the_facilitator_say_so(shipped, tmp_path):
    write_pack(shipped["surge"], tmp_path)
    for name in pack.PAGES:
        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert (pack.FACILITATOR_ONLY in page.replace(pack.PAGE_NOTES[name], "")) == (name in SECRET), name


def test_a_content_note_stands_before_its_text(shipped, pages):
    for inject in shipped["boats"].exercise.injects:
        if inject.content_note is not None:
            page = pages["boats"]["injects"]
            card = page[page.index(f'id="inject-{inject.id}"'):]
            assert card.index(inject.content_note) < card.index(inject.text.split(".")[0])
    cards = read_testimony(shipped["boats"].testimony)
    assert len(cards) == 3
    assert all(card.content_note and card.content_note not in card.text for card in cards)
    for card in cards:
        assert pages["boats"]["testimony"].index(card.content_note) < pages["boats"]["testimony"].index(card.text[-20:])
    assert "composed" in pages["boats"]["testimony"]


def test_an_exercise_without_testimony_says_so(shipped):
    assert pack.NO_TESTIMONY in pack_pages(replace(shipped["surge"], testimony=""))["testimony"]


def test_words_of_a_foreign_exercise_stay_words(workspace, tmp_path):
    text = EXERCISE.replace("title: The press asks for the dead", f"title: '{HOSTILE.replace(chr(39), '')}'")
    text = text.replace("title: Coast guard", "title: '<b onclick=x>Coast</b>'")
    made = write_exercise(workspace, tmp_path, text)
    (tmp_path / "parameters" / "exercises" / NAME / "roles" / "rescue.md").write_text(
        f"# Rescue\n\n{HOSTILE}\n\n![x](http://elsewhere.example/y) [go](javascript:alert(1))\n", encoding="utf-8")
    for name, page in pack_pages(read_exercise(made, NAME)).items():
        assert not re.search(r"<script|<b onclick|<img|href=\"javascript", page), name


def test_markdown_is_escaped_and_headings_are_set_deeper():
    assert markdown("## Head\n\n* one\n* <i>two</i>") == (
        "<h3>Head</h3>\n<ul>\n<li>one</li>\n<li>&lt;i&gt;two&lt;/i&gt;</li>\n</ul>\n")


@pytest.mark.parametrize(("name", "minutes"), [("surge_short", 90), ("surge", 260), ("boats", 260)])
def test_the_table_of_minutes_has_no_gap(shipped, name, minutes):
    exercise = shipped[name].exercise
    rows = schedule(exercise)
    assert [row.start for row in rows] == [sum(one.minutes for one in rows[:index]) for index in range(len(rows))]
    assert length(exercise) == minutes
    debrief = next(row for row in rows if row.what == pack.DEBRIEF_ROW)
    assert sum(debrief_minutes(exercise)) == debrief.minutes
    assert 4.5 * debrief.minutes >= minutes
    listed = [title for row in rows for title in row.injects]
    assert len(listed) == sum(1 for one in exercise.injects if one.at is not None)


@pytest.mark.parametrize("name", FORMS)
def test_the_guide_has_every_name_that_a_command_takes(shipped, pages, name):
    exercise = shipped[name].exercise
    wanted = [*(role.name for role in exercise.roles), *(one.id for one in exercise.injects),
              *(one.key for role in exercise.roles for one in role.levers)]
    assert [one for one in wanted if f"<code>{one}</code>" not in pages[name]["guide"]] == []
    assert not [one for one in wanted for page in ("roles", "injects") if f"<code>{one}</code>" in pages[name][page]]


def test_the_debrief_goes_from_feelings_to_commitments():
    steps = [step for step, _, _ in pack.DEBRIEF_ROWS]
    assert steps == ["Feelings", "Facts", "Mechanism", "Own plan", "Commitments"]
    assert pack.DEBRIEF_ROWS[-1][2][-1] == "What can this model not tell you?"
    assert len(pack.STEP_ROWS) == 10
    assert pack.STEP_ROWS[0][0] == "8 weeks before"


def test_no_form_asks_for_a_name(pages):
    for name in ("evaluation", "observer", "forms"):
        text = re.sub(r"<[^>]+>", " ", pages["surge"][name])
        found = re.findall(r"[^.]*\bnames?\b[^.]*\.", text)
        assert all(re.search(r"\b(not|never)\b", sentence) for sentence in found), (name, found)
    assert "Please do not write your name." in pages["surge"]["evaluation"]


@pytest.mark.parametrize("teams", [1, 3, 4])
def test_the_room_has_a_table_for_each_team(teams):
    plan = room_plan(teams)
    assert plan.count('class="table"') == teams
    assert pack.ROOM_QUIET in plan
    assert f"<title>{pack.ROOM_ALT.format(teams=teams)}</title>" in plan


def test_words_of_a_pack_are_plain():
    found = [fault for name, value in vars(pack).items() if name.isupper() for text in texts(value)
             for fault in faults(text)]
    assert not found, "\n".join(found)
