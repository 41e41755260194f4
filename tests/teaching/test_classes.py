"""A class: folders for learners, solutions that pass, blanks that fail, folders that are refused."""

import json
import re

import pytest
from teaching.class_of import PHRASE, SEED, answers_of, built, copied, fill_in, plan_file
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.study.teaching.causes import CAUSES, MEANS, NAMES
from mixedmig_model.study.teaching.grade import CAUSE, GATES, RIGHTS, met, passed
from mixedmig_model.study.teaching.grading import grade_class, grade_learner
from mixedmig_model.study.teaching.handout import ANSWERS, LEARNERS, SEALED, HandOut, build, chance_of
from mixedmig_model.study.teaching.names import place_names


@pytest.fixture(scope="module")
def made(shared):
    return shared("class_of_two", lambda folder: built(folder, 2)) / "class"


@pytest.fixture(scope="module")
def answers(made):
    return answers_of(made)


def graded(folder):
    return {one.learner: one for one in grade_class(folder, PHRASE)}


def words(one):
    return " ".join(str(fault) for fault in one.refused)


def test_solutions_pass_and_a_wrong_cause_does_not(made, answers, tmp_path):
    folder = copied(made, tmp_path / "class")
    first, second = answers
    fill_in(folder, first, answers[first])
    wrong = next(name for name in NAMES if name != answers[second]["standards"]["cause"])
    fill_in(folder, second, answers[second], cause=wrong)
    found = graded(folder)
    assert passed(found[first].gates)
    assert found[first].limits_named
    assert {gate.name: gate.passed for gate in found[second].gates} == {
        name: name != CAUSE for name in GATES}


def test_blanks_fail(made):
    for one in graded(made).values():
        assert one.result is not None
        assert not passed(one.gates)
        assert not one.cause
        assert not one.limits_named


def test_a_plan_with_a_breach_meets_nothing_else_though_it_solves_all(made, answers, tmp_path):
    folder = copied(made, tmp_path / "class")
    first, second = answers
    fill_in(folder, second, answers[second])
    start = answers[first]["decision"]
    breach = [{"parameter": "law.child_exemption", "set": 0, "start": start, "reason": "For a test."},
              {"parameter": "detention.detained_share", "set": 0.6, "start": start, "reason": "For a test."},
              {"parameter": "detention.places", "set": 4000, "start": start, "reason": "For a test."}]
    fill_in(folder, first, answers[first], changes=[*answers[first]["solution"]["changes"], *breach])
    found = graded(folder)
    assert found[first].result.breaches[:1] == ("identified_children_detained",)
    assert {gate.name: gate.passed for gate in found[first].gates} == {
        name: False if name == RIGHTS else None for name in GATES}
    assert met(found[first].gates) == 0
    assert passed(found[second].gates), "one learner stops no other"


def refused_of(workspace, made, answers, tmp_path, spoil):
    """What is said of the first learner after a change."""
    folder = copied(made, tmp_path / "class")
    first = next(iter(answers))
    spoil(folder, first, answers[first])
    found = grade_learner(workspace, folder / LEARNERS / first, first, answers[first])
    assert found.gates == ()
    assert found.refused
    return words(found)


def case_file(folder, learner, answer, name="case.yaml"):
    return folder / LEARNERS / learner / "parameters" / "cases" / answer["case"] / name


def changed_case(folder, learner, answer):
    file = case_file(folder, learner, answer)
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")


def missing_file(folder, learner, answer):
    case_file(folder, learner, answer, "arrivals.csv").unlink()


def foreign_file(folder, learner, answer):
    case_file(folder, learner, answer, "observed.csv").write_text("x", encoding="utf-8")


def linked_file(folder, learner, answer):
    file = case_file(folder, learner, answer)
    file.rename(folder / "elsewhere.yaml")
    file.symlink_to(folder / "elsewhere.yaml")


def linked_plan(folder, learner, answer):
    file = folder / LEARNERS / learner / ANSWERS
    file.unlink()
    file.symlink_to("/dev/zero")


def another_learners_plan(folder, learner, answer):
    other = next(one for one in answers_of(folder) if one != learner)
    text = plan_file(folder, other, answers_of(folder)[other]).read_text(encoding="utf-8")
    plan_file(folder, learner, answer).write_text(text, encoding="utf-8")


def fewer_arrivals(folder, learner, answer):
    change = {"parameter": "onward.rate", "set": 0.5, "start": answer["decision"], "reason": "For a test."}
    fill_in(folder, learner, answer, changes=[change])


def too_early(folder, learner, answer):
    change = {"parameter": "reception.places", "set": 9000, "reason": "For a test."}
    fill_in(folder, learner, answer, changes=[change])


def levers(folder, learner, answer):
    fill_in(folder, learner, answer, more="levers:\n  - {lever: forced_return, intensity: 1}\n")


def aliases(folder, learner, answer):
    (folder / LEARNERS / learner / ANSWERS).write_text("schema: &a 1\ncause: *a\n", encoding="utf-8")


def unknown_cause(folder, learner, answer):
    fill_in(folder, learner, answer, cause="the_weather")


def no_folder(folder, learner, answer):
    (folder / LEARNERS / learner).rename(folder / "gone")


@pytest.mark.parametrize(("spoil", "said"), [
    (changed_case, "case.yaml: the file is not the one that was handed out; allowed: the file of the learner's own"),
    (missing_file, "arrivals.csv: a file that was handed out is missing"),
    (foreign_file, "observed.csv: the file was not handed out"),
    (linked_file, "case.yaml: this is no plain file or folder; found a link"),
    (linked_plan, "answers.yaml: this is no plain file or folder; found a link"),
    (another_learners_plan, "my_plan.yaml:.*the scenario belongs to another case"),
    (fewer_arrivals, r"my_plan.yaml:6: changes.0.parameter: the input is no means of this exercise; found onward.rate"),
    (too_early, "changes.0.start: the change starts before the day of decision; found the first day"),
    (levers, "levers: this exercise takes changes only"),
    (aliases, "answers.yaml"),
    (unknown_cause, "answers.yaml:2: cause: .*the_weather"),
    (no_folder, "the folder of the learner is missing"),
])
def test_a_changed_or_foreign_folder_is_refused_with_a_word(workspace, made, answers, tmp_path, spoil, said):
    assert re.search(said, refused_of(workspace, made, answers, tmp_path, spoil))


def called(*args, phrase=PHRASE):
    env = {"MIXEDMIG_TEACHER_PHRASE": phrase} if phrase else {"MIXEDMIG_TEACHER_PHRASE": None}
    return CliRunner().invoke(app, ["teach", *map(str, args)], env=env)


def test_grades_are_written_by_number_and_hold_no_name(made, answers, tmp_path):
    folder = copied(made, tmp_path / "class")
    first, second = answers
    fill_in(folder, first, answers[first])
    changed_case(folder, second, answers[second])
    (folder / LEARNERS / "jane").mkdir()
    done = called("grade", folder, "--json")
    assert done.exit_code == 2, done.output
    record = json.loads((folder / "grades.json").read_text(encoding="utf-8"))
    assert [(row["learner"], row["state"]) for row in record["learners"]] == [
        (first, "passed"), (second, "refused"), ("jane", "refused")]
    assert "the folder is of no learner of this class" in record["learners"][2]["words"][0]
    table = (folder / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[0].startswith("learner,case,state,breaches,harms,rights,standard,budget,cause,")
    assert table[1].startswith(f"{first},{answers[first]['case']},passed,")
    assert "1 of 3 learners passed; 2 refused or failed." in done.output


def test_another_phrase_and_a_changed_sealed_file_are_refused(made, tmp_path):
    done = called("grade", made, phrase="another phrase")
    assert done.exit_code == 2
    said = "answers.sealed: the phrase does not open this file; it is another phrase, or the file was changed"
    assert said in done.output
    folder = copied(made, tmp_path / "class")
    record = json.loads((folder / SEALED).read_text(encoding="utf-8"))
    record["sealed"] = record["sealed"][:-6] + "AAAAAA"
    (folder / SEALED).write_text(json.dumps(record), encoding="utf-8")
    assert "the phrase does not open this file" in called("grade", folder).output
    (folder / SEALED).write_text("{}", encoding="utf-8")
    assert "the file is no sealed file of this package, or it was changed" in called("grade", folder).output
    (folder / SEALED).unlink()
    done = called("grade", folder)
    assert "there is no file answers.sealed; allowed: a folder that mixedmig teach build wrote" in done.output
    assert done.exit_code == 2
    assert not (folder / "grades.csv").exists()


def test_faults_of_a_class_are_named_together(tmp_path):
    with pytest.raises(InputFaultsError) as error:
        build(HandOut(0, -1, draws=1), "short", tmp_path / "class")
    text = str(error.value)
    assert "--learners: not an allowed number; found 0; allowed: 1 to 200" in text
    assert "--draws: not an allowed number; found 1; allowed: 2 to 100" in text
    assert "--seed: the seed is negative; found -1" in text
    assert "phrase: the phrase is too short; found 5 signs; allowed: at least 8" in text
    done = called("build", "--learners", 2, "--to", tmp_path / "class", phrase="")
    assert done.exit_code == 2
    assert "there is no phrase, and nobody to ask for it" in done.output
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x", encoding="utf-8")
    done = called("build", "--learners", 1, "--to", tmp_path / "full")
    assert "the folder is not empty" in done.output
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_places_have_different_names_and_chance_needs_the_phrase():
    names = place_names(200, chance_of(SEED, PHRASE))
    assert len(set(names)) == 200
    assert place_names(9, chance_of(SEED, PHRASE)) == place_names(9, chance_of(SEED, PHRASE))
    assert place_names(9, chance_of(SEED, PHRASE)) != place_names(9, chance_of(SEED, "another phrase"))


def test_means_say_nothing_of_who_comes_leaves_or_is_returned(workspace):
    assert set(MEANS) <= set(workspace.parameters)
    allowed = {"registration", "screening", "referral", "determination", "appeal", "interpretation", "reception",
               "funding", "law", "detention"}
    assert {name.split(".")[0] for name in MEANS} == allowed
    assert {cause.parameter for cause in CAUSES} <= set(MEANS)


@pytest.mark.slow
def test_thirty_countries_are_distinct_all_solutions_pass_and_all_blanks_fail(tmp_path):
    folder = built(tmp_path, 30)
    answers = answers_of(folder)
    assert sorted(answers) == [f"learner_{k:02d}" for k in range(1, 31)]
    cases = {}
    for learner, answer in answers.items():
        home = folder / LEARNERS / learner / "parameters" / "cases" / answer["case"]
        text = (home / "case.yaml").read_text(encoding="utf-8") + (home / "arrivals.csv").read_text(encoding="utf-8")
        cases[learner] = re.sub(answer["case"], "", text, flags=re.I)
        assert answer["gap"] > answer["error"]
        assert max(answer["shares"], key=lambda name: answer["shares"][name]["value"]) == answer["standards"]["cause"]
    assert len(set(cases.values())) == 30, "the numbers differ, not the names alone"
    assert {answer["standards"]["cause"] for answer in answers.values()} == set(NAMES)
    assert not [learner for learner, one in graded(folder).items() if one.refused or passed(one.gates)]
    for learner, answer in answers.items():
        fill_in(folder, learner, answer)
    assert [learner for learner, one in graded(folder).items() if not passed(one.gates)] == []
