"""libyaml reads quickly what ruamel reads the same; whatever differs or is wrong, ruamel reads.

Both read shipped files, and pieces of them with signs put in or left out. The whole Document must be the same, with
every line, and so must every message.
"""

import random
from pathlib import Path

import pytest

from mixedmig_model.inputs.reading import yaml_reader
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.reading.yaml_reader import parse_document

WORKSPACE = Path(__file__).parents[2] / "parameters"
FILES = sorted(WORKSPACE.rglob("*.yaml"))
SIGNS = (
    ":", " ", "\n", "\t", "#", "-", "?", "!", "&a ", "*a ", "%", "@", "|", "|\n", ">", "'", '"', "{", "}", "[", "]",
    ",", "---\n",
    "\u0085", "\u2028", "\u00a0", "\ufeff", "\x07", "\U0001f600", "\\", "~", "null", "yes", "0o7", "1e3", "<<: ",
    "...\n", "%YAML 1.1\n", "\r", "\r\n", "  ", "- ", "? ", ": ", "{a:1}", "[a: b]", "\x7f", "\ud7ff", "\x00",
    "key: 'it''s'", '"\\x41"', '"\\/"', "a:b", "::", '{"a":b}', "|+\n", "|2\n", ">-\n", ">#", "1.800", "2018-07-01",
)


def read(text):
    """A document, or what is wrong with it."""
    try:
        return parse_document(text, "file.yaml")
    except InputFaultsError as error:
        return str(error)


@pytest.fixture
def by_ruamel(monkeypatch):
    """Read a text by ruamel alone."""
    def slowly(text):
        with monkeypatch.context() as patch:
            patch.setattr(yaml_reader, "_quick_events", lambda _: [])
            return read(text)
    return slowly


def piece(dice):
    """A few lines of a shipped file with one or two slips."""
    lines = dice.choice(FILES).read_text(encoding="utf-8").split("\n")
    start = dice.randrange(len(lines))
    text = "\n".join(lines[start : start + dice.randint(1, 25)])
    for _ in range(dice.randint(1, 2)):
        at = dice.randrange(len(text) + 1)
        rest = text[at + dice.randint(1, 4) :] if dice.random() < 0.25 else dice.choice(SIGNS) + text[at:]
        text = text[:at] + rest
    return text


@pytest.mark.parametrize("file", [one for one in FILES if one.stat().st_size < 6000][::4], ids=lambda one: one.stem)
def test_a_shipped_file_is_read_by_libyaml_as_ruamel_reads_it(file, by_ruamel):
    text = file.read_text(encoding="utf-8")
    assert yaml_reader._quick_events(text)
    assert read(text) == by_ruamel(text)


def agreed(count, seed, by_ruamel):
    """Read slips both ways. Returns how many of them libyaml read."""
    dice, quick = random.Random(seed), 0
    for _ in range(count):
        text = piece(dice)
        quick += bool(yaml_reader._quick_events(text))
        assert read(text) == by_ruamel(text), text
    return quick


def test_texts_with_slips_are_read_alike(by_ruamel):
    assert agreed(150, 1, by_ruamel) > 30


@pytest.mark.slow
def test_many_texts_with_slips_are_read_alike(by_ruamel):
    assert agreed(20_000, 2, by_ruamel) > 4000


@pytest.mark.parametrize("text", [
    "a:\tb", "a: 1\r\nb: 2", "\ufeffa: 1", "a: one\u0085  two", "a: one\u2028two", "a: >#-\n  b", "a:\nb: 1", "a: &x 1",
    "a: !x 1", "a: *x", "%YAML 1.1\n---\na: 1", "a: [", "- " * 30 + "a",
])
def test_what_the_two_may_read_differently_ruamel_reads(text):
    assert yaml_reader._quick_events(text) == []


def test_without_libyaml_ruamel_reads_everything(monkeypatch):
    import yaml

    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert yaml_reader._quick_events("a: 1") == []
    assert read("a: 1").data == {"a": 1}
