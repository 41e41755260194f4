"""What a learner gets holds no answer: searched byte by byte, unzipped, and decoded from base64 and JSON."""

import base64
import gzip
import io
import json
import re
import zipfile

import pytest
from teaching.class_of import PHRASE, answers_of, built
from unpacking import decoded

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.study.teaching.handout import LEARNERS, SEALED


@pytest.fixture(scope="module")
def made(shared):
    return shared("class_of_two", lambda folder: built(folder, 2)) / "class"


def test_what_a_learner_gets_is_read_without_a_fault(made):
    """With the shared files that its costs need: the command of a learner finds a whole workspace."""
    for learner in sorted((made / LEARNERS).iterdir()):
        workspace = read_workspace(learner)
        (case,) = [path.name for path in (learner / "parameters" / "cases").iterdir()]
        assert read_case(workspace, case).costs is not None


def digits(answer):
    """Forms of the numbers of the answer that a text could hold."""
    numbers = [answer["gap"], answer["error"], *answer["nights"].values(),
               *(number for one in answer["shares"].values() for number in one.values())]
    found = set()
    for number in numbers:
        if abs(number) >= 1000:
            found |= {f"{abs(number):.0f}", f"{abs(number):,.0f}", f"{abs(number):.2f}", repr(abs(number))}
    for change in answer["solution"]["changes"]:
        found.add(json.dumps(change))
    return {one.encode() for one in found}


def everything(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for content in decoded(path.read_bytes()):
                yield path.relative_to(folder).as_posix(), content


def test_the_search_finds_what_is_hidden():
    secret = base64.b64encode(gzip.compress(b'{"a": "the answer is 123456"}'))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("x.json", json.dumps({"b": secret.decode()}))
    assert any(b"123456" in content for content in decoded(packed.getvalue()))


def test_no_file_of_a_learner_holds_an_answer(made, root):
    answers = answers_of(made)
    wanted = {learner: digits(answer) for learner, answer in answers.items()}
    assert all(len(found) > 20 for found in wanted.values())
    for learner in answers:
        for file, content in everything(made / LEARNERS / learner):
            assert PHRASE.encode() not in content, file
            assert b"identifiable" not in content, file
            if is_shipped(root, made / LEARNERS / learner, file):
                continue  # a table of exchange rates has any digits, the same for everybody
            for number in set().union(*wanted.values()):
                assert number not in content, (learner, file, number)


def is_shipped(root, folder, file):
    """Whether a table is the shipped one, byte for byte: it was there before the class."""
    shipped = root / file
    return file == "parameters/costs/rates.csv" and shipped.read_bytes() == (folder / file).read_bytes()


def masked(text, answer):
    """A text without what differs between countries by name, date and number."""
    plain = re.sub(answer["place"], "PLACE", text, flags=re.IGNORECASE)
    return re.sub(r"\d[\d,.]*", "9", plain)


def test_what_learners_get_is_the_same_for_every_cause_but_for_names_and_numbers(made):
    answers = answers_of(made)
    first, second = answers
    assert answers[first]["standards"]["cause"] != answers[second]["standards"]["cause"]
    for name in ("task.md", "answers.yaml", "parameters/cases/{case}/case.yaml", "parameters/cases/{case}/costs.yaml",
                 "parameters/cases/{case}/scenarios/my_plan.yaml"):
        one, two = (masked((made / LEARNERS / learner / name.format(case=answers[learner]["case"])).read_text(
            encoding="utf-8"), answers[learner]) for learner in answers)
        assert one == two, name


def test_the_sealed_file_cannot_be_read_without_the_phrase(made):
    answers = answers_of(made)
    content = (made / SEALED).read_bytes()
    for part in decoded(content):
        for answer in answers.values():
            assert answer["case"].encode() not in part
            assert b"referral" not in part
