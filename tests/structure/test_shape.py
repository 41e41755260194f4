"""The package keeps its shape: small folders, files and functions, names that mean one thing."""

import pytest
from structure import shape
from structure.source import PACKAGE, none, planted


def long_function(name, lines):
    return f"def {name}():\n" + "    x = 1\n" * (lines - 1)


def test_no_file_lies_outside_the_rooms():
    none(shape.loose_files(PACKAGE))


def test_a_file_outside_the_rooms_is_reported(tmp_path):
    package = planted(tmp_path, {"helpers.py": "", "study/a.py": ""})
    assert shape.loose_files(package) == ["loose files: helpers.py: belongs to a room"]


def test_no_folder_is_full():
    none(shape.full_folders(PACKAGE))


@pytest.mark.parametrize(("count", "faults"), [(15, []), (16, ["full folders: study/few: 16 files, at most 15"])])
def test_a_full_folder_is_reported(count, faults, tmp_path):
    files = {"study/few/__init__.py": "", **{f"study/few/{'abcdefghijklmnop'[k]}.py": "" for k in range(count)}}
    assert shape.full_folders(planted(tmp_path, files)) == faults


def test_no_three_files_of_a_folder_share_their_first_word():
    none(shape.shared_words(PACKAGE))


def test_a_third_file_with_the_same_first_word_is_reported(tmp_path):
    files = {"results/cost_a.py": "", "results/cost_b.py": "", "results/cost.py": "", "results/costs_c.py": "",
             "results/other/cost_d.py": ""}
    assert shape.shared_words(planted(tmp_path, files)) == []
    files["results/cost_x.py"] = ""
    assert shape.shared_words(planted(tmp_path, files)) == ["shared words: results: cost_a.py, cost_b.py, cost_x.py"]


def test_no_two_classes_bear_one_name():
    none(shape.class_names(PACKAGE))


def test_a_second_class_of_the_same_name_is_reported(tmp_path):
    package = planted(tmp_path, {"inputs/a.py": "class Term: ...", "study/b.py": "def f():\n    class Term: ..."})
    assert shape.class_names(package) == ["class names: inputs/a.py, study/b.py: Term"]


def test_no_file_is_long():
    none(shape.long_files(PACKAGE))


@pytest.mark.parametrize("name", ["study/a.py", "present/panel/a.js", "present/panel/b.mjs", "present/html/a.css"])
def test_a_long_file_is_reported(name, tmp_path):
    assert shape.long_files(planted(tmp_path, {name: "\n" * 400})) == []
    assert shape.long_files(planted(tmp_path, {name: "\n" * 401})) == [f"long files: {name}: 401 lines"]


def test_no_function_is_long():
    none(shape.long_functions(PACKAGE))


def test_a_long_function_is_reported(tmp_path):
    text = "class A:\n" + "".join(f"    {line}\n" for line in long_function("f", 51).splitlines())
    package = planted(tmp_path, {"study/a.py": long_function("g", 50), "study/b.py": text})
    assert shape.long_functions(package) == ["long functions: study/b.py: f has 51 lines"]


def test_no_call_has_more_than_five_positional_arguments():
    none(shape.positional_arguments(PACKAGE))


def test_a_sixth_positional_argument_is_reported(tmp_path):
    package = planted(tmp_path, {
        "study/a.py": "def show(*parts): ...\n\nshow(1, 2, 3, 4, 5, 6)\nsix(*[1], 2, 3, 4, 5, 6)",
        "study/c.py": "five(1, 2, 3, 4, 5, last=6)",
        "study/b.py": "\nx = made.six(1, 2, 3, 4, 5, 6)",
    })
    assert shape.positional_arguments(package) == ["positional arguments: study/b.py: line 2, six with 6"]


def test_no_data_record_holds_a_function():
    none(shape.functions_in_records(PACKAGE))


def test_a_function_in_a_data_record_is_reported(tmp_path):
    field = "    act: Callable[[int], int] | None = None\n"
    package = planted(tmp_path, {
        "inputs/a.py": f"class A(NamedTuple):\n    size: int\n{field}",
        "results/b.py": f"class B(NamedTuple):\n{field}",
        "solve/c.py": "from collections import abc\nSolve = abc.Callable[[int], int]\nclass C:\n    solve: Solve\n",
    })
    assert shape.functions_in_records(package) == [
        "functions in records: inputs/a.py: A.act", "functions in records: solve/c.py: C.solve"]


def test_every_file_says_what_it_is():
    none(shape.module_docstrings(PACKAGE))


def test_a_file_without_a_docstring_is_reported(tmp_path):
    package = planted(tmp_path, {"__init__.py": '"""A."""', "study/a.py": "x = 1"})
    assert shape.module_docstrings(package) == ["module docstrings: study/a.py: none"]
