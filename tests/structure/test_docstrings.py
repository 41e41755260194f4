"""Docstrings are short, begin with a verb, and say of each parameter what it is."""

from pathlib import Path

from structure import docstrings
from structure.source import PACKAGE, none, planted

import mixedmig_model as mm

FUNCTION = 'def f(one, *, two=1) -> int:\n    """{text}"""\n    return one\n'
COMPLETE = """Return a sum.

    Parameters
    ----------
    one : int
        A number.
    two : int, default 1
        Another.

    Returns
    -------
    int
        The sum.
    """


def homes():
    """The file of each name of the door."""
    found = {}
    for name in mm.__all__:
        module = getattr(mm, name).__module__.split(".")[1:]
        found[name] = Path(*module).with_suffix(".py").as_posix()
    return found


def lines(faults):
    """Faults without their rule."""
    return [fault.split(": ", 1)[1] for fault in faults]


def test_first_lines_are_short_and_end():
    none(docstrings.first_lines(PACKAGE))


def test_a_long_first_line_and_one_that_runs_on_are_reported(tmp_path):
    package = planted(tmp_path, {
        "a.py": f'"""A{"b" * 60}."""\nX = 1\n"""What it\nis."""\n',
        "b.py": '"""Short."""\nclass _A:\n    """No full stop"""\n',
    })
    faults = lines(docstrings.first_lines(package))
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["a.py", "module"], ["a.py", "X"], ["b.py", "_A"]]
    assert "62 signs" in faults[0]
    assert "runs on" in faults[1]


def test_functions_begin_with_a_verb_that_they_keep():
    none(docstrings.verbs(PACKAGE))


def test_a_noun_and_a_return_of_nothing_are_reported(tmp_path):
    package = planted(tmp_path, {"a.py": (
        'def f():\n    """The sum."""\n\ndef g() -> None:\n    """Return nothing."""\n\n'
        'class A:\n    @property\n    def h(self):\n        """A noun is fine here."""\n')})
    assert lines(docstrings.verbs(package)) == ["a.py: f: begins with 'The'", "a.py: g: returns nothing"]


def test_sections_are_those_of_numpy():
    none(docstrings.google(PACKAGE))


def test_a_google_section_is_reported(tmp_path):
    package = planted(tmp_path, {"a.py": FUNCTION.format(text="Return a sum. Args: one, a number.")})
    assert lines(docstrings.google(package)) == ["a.py: f: Args:"]


def test_sections_name_each_parameter_in_order():
    none(docstrings.named_parameters(PACKAGE))


def test_a_missing_parameter_is_reported(tmp_path):
    package = planted(tmp_path, {
        "a.py": FUNCTION.format(text=COMPLETE), "b.py": FUNCTION.format(text=COMPLETE.replace("two :", "three :"))})
    assert lines(docstrings.named_parameters(package)) == ["b.py: f: one, three; has one, two"]


def test_the_door_has_complete_sections():
    none(docstrings.door(PACKAGE, homes()))


def test_a_name_of_the_door_without_sections_is_reported(tmp_path):
    record = '@dataclass\nclass A:\n    """A record."""\n\n    size: int\n\n    def act(self, much: int) -> None:\n' \
             '        """Set it."""\n'
    package = planted(tmp_path, {"a.py": FUNCTION.format(text="Return a sum."), "b.py": record})
    assert lines(docstrings.door(package, {"f": "a.py", "A": "b.py", "g": "a.py"})) == [
        "a.py: f: lacks Parameters", "a.py: f: lacks Returns", "b.py: A: lacks Attributes that name each field",
        "b.py: A.act: lacks Parameters", "a.py: g: no docstring"]


def test_docstrings_follow_the_rules_of_texts():
    none(docstrings.sentences(PACKAGE))


def test_a_word_that_nobody_uses_is_reported(tmp_path):
    package = planted(tmp_path, {"a.py": FUNCTION.format(text="Return a sum, rounding apart.")})
    assert len(docstrings.sentences(package)) == 1
