"""A class of learners built for tests, and how to fill in what a learner gets."""

import json
import shutil
from pathlib import Path

from mixedmig_model.storage.seal import opened_text
from mixedmig_model.study.teaching.handout import ANSWERS, LEARNERS, SEALED, HandOut, build

PHRASE = "a phrase for tests"
SEED = 7


def built(folder: Path, learners: int) -> Path:
    """Build a class with few draws: ranges are wide, and answers the same."""
    build(HandOut(learners, SEED, draws=2), PHRASE, folder / "class")
    return folder / "class"


def answers_of(made: Path) -> dict:
    """What is sealed, by learner."""
    return json.loads(opened_text((made / SEALED).read_text(encoding="utf-8"), PHRASE))["learners"]


def copied(made: Path, to: Path) -> Path:
    """A copy to fill in."""
    shutil.copytree(made, to)
    return to


def plan_file(made: Path, learner: str, answer: dict) -> Path:
    return (made / LEARNERS / learner / "parameters" / "cases" / answer["case"] / "scenarios" / "my_plan.yaml")


def fill_in(made: Path, learner: str, answer: dict, *, cause=None, changes=None, more=""):
    """Write a plan and the answers of a learner; by default the solution."""
    changes = answer["solution"]["changes"] if changes is None else changes
    rows = "".join(f"  - {json.dumps(change)}\n" for change in changes)
    plan_file(made, learner, answer).write_text(
        f"schema: 1\ncase: {answer['case']}\ntitle: My plan\ndescription: For a test.\nchanges:\n{rows}{more}",
        encoding="utf-8")
    named = cause or answer["standards"]["cause"]
    (made / LEARNERS / learner / ANSWERS).write_text(
        f"schema: 1\ncause: {named}\ncannot_tell: What people want.\n", encoding="utf-8")
