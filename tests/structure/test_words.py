"""What pages say is made in ``record``, once, and records are read by attributes."""

import pytest
from structure import words
from structure.source import PACKAGE, none, planted


def test_sentences_stand_in_the_files_of_templates():
    none(words.sentences(PACKAGE))


def test_a_sentence_elsewhere_is_reported(tmp_path):
    package = planted(tmp_path, {
        "present/a.py": '"""It says what it is here."""\nx = "Nobody goes there at all."\n"""What it is not."""\n',
        "present/b.py": 'def f(n):\n    return f"All {n} of them go there. {n}"\n',
        "present/handbook/c.py": 'x = "Pages of docs may have sentences."',
        "present/d.py": 'def f():\n    raise ValueError("an error may have a sentence.")',
        "present/e.py": 'x = ["people who wait", "in post / needed", "e.g. one", "No. 3", "a.b.c"]',
        "record/f.py": 'x = "Sentences stand in one place of this room."',
        "record/words/templates.py": 'x = "Sentences are made in this file."',
        "results/g.py": 'x = "Another room may have sentences."',
    })
    assert words.sentences(package) == [
        "sentences: record/f.py: line 1: Sentences stand in one place of this room.",
        "sentences: present/a.py: line 2: Nobody goes there at all.",
        "sentences: present/b.py: line 2: All x of them go there. x",
    ]


def test_pages_judge_nothing_by_a_number():
    none(words.thresholds(PACKAGE))


def test_a_threshold_of_a_page_is_reported(tmp_path):
    package = planted(tmp_path, {
        "present/a.py": "def f(x):\n    return x > 0.05 or x == 0.0 or x < 3",
        "present/spreadsheet/cells.py": "wide = 2.0 < 3", "record/b.py": "much = 3 > 0.5",
    })
    assert words.thresholds(package) == ["thresholds: present/a.py: line 2: x > 0.05"]


def test_records_and_pages_hand_on_types_and_no_plain_mappings():
    found = words.dicts(PACKAGE)
    assert len(found) <= words.MOST_DICTS, "\n".join(found)


@pytest.mark.parametrize("annotation", ["dict[str, Any]", "Mapping[str, Any]", "list[dict[str, object]]"])
def test_a_plain_mapping_is_counted(annotation, tmp_path):
    files = {"record/a.py": f"def f(x: {annotation}): ...", "results/b.py": f"def f(x: {annotation}): ...",
             "present/c.py": "def f(x: dict[str, int]): ..."}
    assert words.dicts(planted(tmp_path, files)) == ["record/a.py: line 1"]


def test_records_are_read_by_attributes():
    found = words.subscripts(PACKAGE)
    assert len(found) <= words.MOST_SUBSCRIPTS, "\n".join(found)


def test_a_text_in_brackets_is_counted_but_of_a_dataset_or_a_table(tmp_path):
    lines = ('a = row["title"]', 'b = ds["day"].values["x"]', 'c = made.runs[name]["people"]',
             "d = f\"{row['unit']}\"", "e = row[key]")
    text = "\n".join(lines)
    package = planted(tmp_path, {"present/a.py": text, "study/b.py": text})
    assert words.subscripts(package) == ["present/a.py: line 1: row['title']", "present/a.py: line 4: row['unit']"]
