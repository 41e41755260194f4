"""What is printed after an exercise: sheets with small multiples, and the after-action report; rights lead."""

import ast
import re
from html import unescape

import nbformat
import pytest
from exercise_files import EXERCISE, NAME, write_exercise
from printing import can_print, pages
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.exercises.reading import read_exercise
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.exercise.printed import after
from mixedmig_model.present.exercise.printed.sheets import sheets_page, write_sheets
from mixedmig_model.record.exercise.after import after_action, printed_sheets
from mixedmig_model.record.words.exercise import printed as said
from mixedmig_model.study.exercise import files, moves
from mixedmig_model.study.exercise.rounds import ticked
from mixedmig_model.study.exercise.runs import ExerciseRuns

ROUND = "  - {days: 28, minutes: 25}\n"
CONDITION = "    when: {quantity: without_shelter, op: '>', value: 20, country: harbourland}\n"
TWO = EXERCISE.replace(4 * ROUND, 2 * ROUND).replace(CONDITION, "")
HOSTILE = "<script>alert(1)</script> & \"quotes\""
REFUSE = {"role": "rescue", "key": "journey.refused_share", "value": 0.5, "why": "An order from above."}


@pytest.fixture(scope="module")
def folder(workspace, tmp_path_factory):
    """A workspace with the exercise of two rounds, and the shipped shared files."""
    made = tmp_path_factory.mktemp("plan")
    write_exercise(workspace, made, TWO)
    for name in ("base", "costs", "levers", "presets.yaml", "sources.yaml"):
        (made / "parameters" / name).symlink_to(workspace.root / "parameters" / name)
    return made


@pytest.fixture(scope="module")
def inputs(folder):
    return read_exercise(read_workspace(folder), NAME)


@pytest.fixture(scope="module")
def runs(inputs):
    return ExerciseRuns(inputs)


@pytest.fixture(scope="module")
def session(inputs, runs, folder):
    """One round of two teams: a breach that is signed, one that is not, an answer, gaps, hostile words."""
    made = files.start_session(inputs, folder / "reports", "day", ("red", "green"))
    made = moves.ordered(made, runs, team="green", **REFUSE)
    made = moves.signed(made, order=made.events[-1].number, team="green", role="rescue", reason=HOSTILE)
    made = ticked(moves.ordered(made, runs, team="red", **REFUSE), 5)
    made = moves.answered(made, team="red", role="rescue", text="Nine people.", inject="press_asks", minute=9)
    made = files.advance_session(made, runs)
    made = moves.observed(made, team="red", objective="answer", mark="S", note="With a range.")
    made = moves.sentenced(made, team="red", text="Beds before speed.")
    made = moves.gap_found(made, text="No contract for interpreters", owner="Immigration", by="2027-03-31")
    made = moves.gap_found(made, text=HOSTILE)
    files.keep(made)
    return made


@pytest.fixture(scope="module")
def sheets(session, runs):
    return {team: printed_sheets(session, runs, team) for team in session.teams}


def words_of(page):
    return " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())


def in_order(text, *parts):
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_the_page_of_sheets_has_rights_first_then_harms_next_to_the_references(sheets):
    page = sheets_page(sheets["green"], "a4")
    text = words_of(page)
    in_order(text, "Rights", "Signed by Coast guard", "What happened", "Not ranked", "Deaths and missing on the way",
             "Craft", "What can this model not tell you?")
    for name in ("No action", "As planned", "In hindsight", "1 of 2 rounds played, to 11 Jun 2018."):
        assert name in text
    assert "size: a4; margin" in page
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)", page)
    assert "The team has not stated its trade-off yet." in text
    assert "Beds before speed." in words_of(sheets_page(sheets["red"], "letter"))
    assert "was not signed and had no effect" in words_of(sheets_page(sheets["red"], "letter"))


def test_small_multiples_show_breaches_then_harms_with_the_same_numbers_as_the_table(sheets):
    pictures = sheets["green"].pictures
    kinds = [one.kind for one in pictures]
    assert kinds == sorted(kinds)
    assert {"breach", "harm"} == set(kinds)
    assert {tuple(one.runs) for one in pictures} == {("green", "No action", "As planned", "In hindsight")}
    titles = tuple(sheets["green"].run_titles)
    rows = {one.key: dict(zip(titles, one.cells, strict=True)) for one in sheets["green"].rows}
    for one in pictures:
        assert {name: texts[-1] for name, texts in one.texts.items()} == rows[one.key], one.key
    page = sheets_page(sheets["green"], "a4")
    drawn = re.findall(r'<svg role="img"[^>]*aria-label="([^"]+)"', page)
    assert len(drawn) == len(pictures)
    assert all("In hindsight: " in alt for alt in drawn)
    assert "People refused disembarkation by round. green: 1" in " ".join(drawn)


def test_pages_are_written_together_one_a_team(sheets, tmp_path):
    written = write_sheets(list(sheets.values()), tmp_path, "letter")
    assert [path.name for path in written] == ["sheets-red.html", "sheets-green.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)


@pytest.mark.skipif(not can_print(), reason="Chromium and pdftotext are not here")
def test_a_sheet_prints_on_two_pages_of_a4(sheets, tmp_path):
    (tmp_path / "sheet.html").write_text(sheets_page(sheets["green"], "a4").replace("size: a4;", "size: A4;"),
                                         encoding="utf-8")
    found = pages(tmp_path, "sheet", "A4", tmp_path)
    assert len(found) <= 2
    assert "Rights" in found[0]


def cells(root):
    found = nbformat.read(root / "workbooks" / "after_action.ipynb", as_version=4)
    nbformat.validate(found)
    return found.cells


def shown(root, report, monkeypatch):
    """What the calls of the notebook show, in their order."""
    said_here = []
    monkeypatch.setattr(after, "show", lambda *parts: said_here.extend(parts))
    for cell in cells(root):
        if cell.cell_type == "markdown":
            said_here.append(cell.source)
        elif cell.source.startswith("after."):
            call = ast.parse(cell.source).body[0].value
            assert ast.unparse(call.args[0]) == "report"
            getattr(after, call.func.attr)(report)
    return "".join(str(part) for part in said_here)


def test_the_report_has_rights_then_gaps_with_owner_and_date_and_ranks_nothing(root, session, runs, monkeypatch):
    page = shown(root, after_action(session, runs), monkeypatch)
    text = words_of(page)
    in_order(text, "After-action report: A surge in Harbourland", "## Rights", "## Improvement plan",
             "No contract for interpreters", "## What happened", "## Craft", "## Injects",
             "## What can this model not tell you?")
    for part in ("Session day: red, green.", "Immigration 31 Mar 2027", "nobody yet no date yet",
                 "1 gap without an owner", "red, after 4 minutes: Nine people.", "green: no answer",
                 "A number, a range and the people behind it.",
                 "Performed with some challenges: With a range.", "No observer marked an objective.", "Not ranked",
                 "Teams stand in the order in which they were named.", "The chance of a surge."):
        assert part in text, part
    assert "<script" not in page
    assert not re.search(r"\b(score of|rank \d|winner|best team|points:|total)\b", text)
    assert text.count("No role orders anything; the same events strike.") == 1


def test_a_day_without_gaps_says_how_they_are_written_down(session, runs):
    bare = moves.undone(moves.undone(session))
    assert bare.gaps == ()
    assert "mixedmig exercise gap" in after_action(bare, runs).gaps_note
    whole = moves.undone(session)
    assert after_action(whole, runs).gaps_note == ""


def test_the_notebook_of_the_report_is_prose_and_calls(root):
    code = [cell for cell in cells(root) if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert "parameters" in code[0].metadata["tags"]


@pytest.mark.parametrize(("given", "message"), [
    ({"text": " "}, "text: a gap without words; allowed: words"),
    ({"text": "x", "by": "31.3.2027"}, "by: not a date"),
    ({"text": "x", "by": "12027-01-01"}, "by: not a date"),
    ({"text": "x", "owner": "line\nline"}, "owner: "),
])
def test_a_gap_that_is_none_is_refused(session, given, message):
    with pytest.raises(InputFaultsError) as refused:
        moves.gap_found(session, **given)
    assert message in str(refused.value)


def call(folder, *args, code=0):
    result = CliRunner().invoke(app, ["exercise", *args, "--session", "day", "--workspace", str(folder)])
    assert result.exit_code == code, result.output
    return result


def test_the_commands_write_pages_and_refuse_a_folder_of_inputs(session, folder, tmp_path):
    files.keep(session)
    done = call(folder, "sheets", NAME, "--team", "red", "--to", str(tmp_path / "sheets"))
    assert "Wrote " in done.output
    assert [path.name for path in (tmp_path / "sheets").iterdir()] == ["sheets-red.html"]
    for command in ("sheets", "after-action"):
        call(folder, command, NAME, "--to", str(folder / "parameters" / "here"), code=2)
    assert not (folder / "parameters" / "here").exists()
    added = call(folder, "gap", NAME, "No port at night", "--owner", "Coast guard", "--by", "2027-01-31", "--json")
    assert '"by": "2027-01-31"' in added.stdout
    assert files.open_session(session.inputs, folder / "reports", "day").gaps[-1].owner == "Coast guard"
    files.keep(session)


def test_no_report_before_a_round_was_played(inputs, folder, tmp_path):
    files.start_session(inputs, folder / "reports", "early", ("red",))
    result = CliRunner().invoke(app, ["exercise", "after-action", NAME, "--session", "early", "--to",
                                      str(tmp_path / "out"), "--workspace", str(folder)])
    assert result.exit_code == 2
    assert "no round was played yet" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_report_runs_by_papermill_and_carries_no_path_of_this_machine(session, folder, tmp_path):
    files.keep(session)
    done = call(folder, "after-action", NAME, "--to", str(tmp_path / "out"), "--paper", "letter", "--json")
    assert '"gaps": 2,' in done.stdout
    assert '"not_whole": 1' in done.stdout
    for name in ("after_action.html", "after_action.ipynb"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert str(folder) not in text
        assert "<script>alert" not in text
    page = (tmp_path / "out" / "after_action.html").read_text(encoding="utf-8")
    in_order(page, ">Rights<", "Signed by Coast guard", ">Improvement plan<", ">What happened<")
    assert "size: letter" in page
    assert said.AFTER_PURPOSE.split(".")[0] in page
