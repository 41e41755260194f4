"""Texts that a person meets keep the countable rules of ``tests/plain_words.py``."""

import pytest
from plain_words import blocks, faults, length, sentences
from structure import writing


@pytest.mark.parametrize(("text", "count"), [
    ("One two, three (four) - five.", 5),
    ("It costs USD 1,000 - 5 % - in `case.yaml`.", 7),
    ("See [the model](docs/model.md) at <https://example.org/a/b> (IOM 2015: 3).", 4),
])
def test_words_are_counted_without_signs_addresses_and_citations(text, count):
    assert [length(part) for block in blocks(text) for part in sentences(block)] == [count]


@pytest.mark.parametrize(("text", "parts"), [
    ("It is 2.5 km, e.g. from A. Then it ends (see there). **New.** `x` follows.", 4),
    ("See No. 3 and Art. 33 para. 2 there. 12 people came.", 2),
    ("# Head\n\nFirst one\nand on.\n\n* item one\n* item two\n\n    code = 1 ; 2 ; 3\n\n| a | b |\n|---|---|\n"
     "| c. D | e |", 9),
    ("```\ncode. Code.\n```\nOne.\n<!-- a. B. -->", 1),
])
def test_a_text_is_split_into_sentences_items_and_cells(text, parts):
    assert sum(len(sentences(block)) for block in blocks(text)) == parts


@pytest.mark.parametrize("text", [
    " ".join(["word"] * 26) + ".", "One; two; three.", "Draws are made apart.", "All but for one.",
    "It stands beside it.", "It cannot be told.", "A hair more.", "It is nought.", "Whoever comes.",
    "It works by itself.", "It stops at once.", "It is in place of it.", "A list made of parts.",
    "They are asked to go.", "What is owed to them.", "It cannot be said otherwise.", "It finds 1 persons.",
    "There are 1 people.",
])
def test_a_fault_is_found(text):
    assert len(faults(text)) == 1


@pytest.mark.parametrize("text", [
    " ".join(["word"] * 25) + ".", "One; two. Three.", "Otherwise it stops.", "It runs, otherwise it stops.",
    "Or otherwise.", "Unless stated otherwise, people stay.", "It finds 1 person, 11 persons and 2,001 people.",
    "| a; b | c; d |", "`told; at once; apart` is a name.", "An apartment. Besides, it was retold.",
])
def test_plain_words_have_no_fault(text):
    assert faults(text) == []


def test_a_title_may_be_allowed():
    assert faults("The book *Worlds Apart* was read.", allowed=("Worlds Apart",)) == []


@pytest.mark.parametrize("collect", writing.COLLECTORS, ids=lambda collect: collect.__name__)
def test_texts_that_a_person_meets_are_plain(collect, root):
    texts = [(place, text) for place, text in collect(root) if place.split(":")[0] not in writing.LEFT_OUT]
    assert texts
    found = [f"{place}: {fault}" for place, text in texts for fault in faults(text, tuple(writing.ALLOWED))]
    assert not found, "\n" + "\n".join(found)


def test_every_exception_is_needed(root):
    texts = [pair for collect in writing.COLLECTORS for pair in collect(root)]
    files = {place.split(":")[0] for place, text in texts if faults(text)}
    assert set(writing.LEFT_OUT) <= files
    kept = [text for place, text in texts if place.split(":")[0] not in writing.LEFT_OUT]
    assert [phrase for phrase in writing.ALLOWED if not any(phrase in text for text in kept)] == []


def test_comments_of_a_file_are_joined_and_entries_left_out():
    text = "# One line\n# and on.\nkey: 1  # its meaning\n# opening:\n#  - {stage: a}\n  # Inner.\nb: 'x#y'\n"
    assert list(writing.comments(text)) == ["One line\nand on.", "its meaning", "Inner."]


def test_texts_of_a_record_come_with_their_keys():
    record = {"a": [{"title": "two words"}, "one"], "b": {"c": "three words here", "d": 2}}
    assert list(writing.strings(record)) == [("a.0.title", "two words"), ("b.c", "three words here")]
