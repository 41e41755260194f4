"""What tests share is made once, whoever comes first, and a failure fails all who wait for it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sharing import make_once


def fill(folder):
    time.sleep(0.05)
    (folder / "made").write_text("x" * len(list(folder.parent.iterdir())), encoding="utf-8")


def test_what_is_shared_is_made_once_and_whole(tmp_path):
    calls = []

    def make(folder):
        calls.append(folder)
        fill(folder)

    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: make_once(tmp_path / "book", make, 0.01), range(8)))
    assert folders == {tmp_path / "book"}
    assert len(calls) == 1
    assert (tmp_path / "book" / "made").is_file()


def test_a_failure_fails_all_who_wait(tmp_path):
    def make(folder):
        raise ArithmeticError("no step is small enough")

    with pytest.raises(ArithmeticError):
        make_once(tmp_path / "book", make)
    with pytest.raises(AssertionError, match="book could not be made in another process"):
        make_once(tmp_path / "book", fill)


def test_a_process_that_died_is_not_waited_for_without_end(tmp_path):
    (tmp_path / "book.lock").mkdir()
    with pytest.raises(AssertionError, match="book could not be made in another process"):
        make_once(tmp_path / "book", fill, 0.01, longest=0.05)
