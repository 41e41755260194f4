"""A process parses a file once for each text that it has: the same text is not parsed again, another always is."""

import pytest

from mixedmig_model.inputs.reading import yaml_reader
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.reading.yaml_reader import KEPT_SIZE, read_document
from mixedmig_model.inputs.workspace import read_workspace


@pytest.fixture
def parsed(monkeypatch):
    """Labels of the texts that were parsed."""
    labels, whole = [], yaml_reader.parse_document

    def counted(text, label):
        labels.append(label)
        return whole(text, label)

    monkeypatch.setattr(yaml_reader, "parse_document", counted)
    yaml_reader._kept.cache_clear()
    yield labels
    yaml_reader._kept.cache_clear()


def test_a_file_is_parsed_again_only_where_its_text_or_its_name_is_another(tmp_path, parsed):
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\n", encoding="utf-8")
    assert [read_document(file, "a.yaml").data for _ in range(2)] == [{"a": 1}] * 2
    assert parsed == ["a.yaml"]
    file.write_text("a: 2\n", encoding="utf-8")  # as many bytes, and within the same second
    assert read_document(file, "a.yaml").data == {"a": 2}
    assert read_document(file, "b.yaml").location(("a",)).file == "b.yaml"
    assert parsed == ["a.yaml", "a.yaml", "b.yaml"]


def test_a_faulty_file_is_refused_each_time(tmp_path, parsed):
    file = tmp_path / "a.yaml"
    file.write_text("a: 1\na: 2\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputFaultsError, match="duplicate key"):
            read_document(file, "a.yaml")


def test_the_text_of_a_large_file_is_not_kept(tmp_path, parsed):
    file = tmp_path / "a.yaml"
    file.write_text(f"a: {'x' * KEPT_SIZE}\n", encoding="utf-8")
    assert read_document(file, "a.yaml").data == read_document(file, "a.yaml").data
    assert parsed == ["a.yaml"] * 2
    assert yaml_reader._kept.cache_info().currsize == 0


def test_what_was_kept_is_not_changed_by_whoever_leaves_faulty_parts_out(folder):
    """Records are made of the kept documents, and of copies without what is faulty."""
    path = folder / "base" / "counselling.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("quality:", "qualty:", 1), encoding="utf-8")
    first = str(read_document(path, "x").data)
    for _ in range(2):
        with pytest.raises(InputFaultsError, match="unknown key"):
            read_workspace(folder.parent)
    assert str(read_document(path, "x").data) == first
