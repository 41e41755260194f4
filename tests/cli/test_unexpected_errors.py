"""No command prints a traceback: an error that nobody expected is one sentence and a file with the details."""

import errno
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mixedmig_model.cli import __main__ as entry
from mixedmig_model.cli import common
from mixedmig_model.cli.main import app
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.record.words.failures import failure_of
from mixedmig_model.storage.signals import stopping
from mixedmig_model.study.batch import BatchStoppedError

SENTENCE = re.compile(
    r"failed: an unexpected error \((?P<what>.+)\)\. This is a fault of mixedmig\. Please report it as an issue of the "
    r"repository that mixedmig came from, and attach (?P<file>.+), which holds the details\n")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """A cache folder of its own for each test."""
    monkeypatch.setenv("MIXEDMIG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def check(error, monkeypatch, *arguments):
    """The command ``check`` with an error planted in its depth."""
    def planted(_):
        raise error

    monkeypatch.setattr("mixedmig_model.inputs.check.check_workspace", planted)
    done = CliRunner().invoke(app, ["check", str(installed_workspace()), *arguments])
    assert isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


class LibraryError(RuntimeError):
    """As libraries have it."""


LibraryError.__module__ = "library.extension"


@pytest.mark.parametrize(("error", "what"), [
    (KeyError("scenario"), "KeyError: 'scenario'"), (TypeError("a\nb"), "TypeError: a"), (AssertionError(),
     "AssertionError"), (RecursionError("too deep"), "RecursionError: too deep"), (NotImplementedError("this"),
     "NotImplementedError: this"), (ZeroDivisionError("division by zero"), "ZeroDivisionError: division by zero"),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "UnicodeDecodeError: 'utf-8' codec can't"),
    (LibraryError("INTERNAL: planted"), "LibraryError: INTERNAL: planted"),
])
def test_an_unexpected_error_is_a_sentence_and_a_file_with_the_details(monkeypatch, cache, error, what):
    done = check(error, monkeypatch)
    assert done.exit_code == 1
    said = SENTENCE.fullmatch(done.stderr)
    assert said, done.stderr
    assert said["what"].startswith(what)
    text = Path(said["file"]).read_text(encoding="utf-8")
    assert Path(said["file"]).parent == cache / "errors"
    assert re.match(r"mixedmig \S+, Python \d", text)
    assert "Traceback (most recent call last):" in text
    assert "in planted" in text


def test_programs_get_a_record_of_it(monkeypatch):
    record = json.loads(check(KeyError("scenario"), monkeypatch, "--json").stdout)
    assert record["ok"] is False
    assert record["error"].startswith("an unexpected error (KeyError: 'scenario'). This is a fault of mixedmig.")


def test_where_no_file_can_be_kept_the_sentence_says_what_to_send(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MIXEDMIG_CACHE", str(tmp_path / "file"))
    done = check(KeyError("scenario"), monkeypatch)
    assert done.exit_code == 1
    assert done.stderr.endswith("that mixedmig came from, with the command that you gave\n")


def test_the_details_of_the_last_few_errors_are_kept(monkeypatch, cache):
    (cache / "errors").mkdir(parents=True)
    for number in range(30):
        (cache / "errors" / f"2020-01-01_00-00-{number:02d}_1.txt").write_text("old", encoding="utf-8")
    check(KeyError("scenario"), monkeypatch)
    left = sorted(path.name for path in (cache / "errors").iterdir())
    assert len(left) == 20
    assert left[0] == "2020-01-01_00-00-11_1.txt"
    assert not left[-1].startswith("2020")


@pytest.mark.parametrize(("error", "code", "words"), [
    (OSError(errno.ENOSPC, "No space left on device"), 1, "failed: the disk is full\n"),
    (OSError(errno.EACCES, "Permission denied", "/some/file"), 1, "failed: /some/file: Permission denied\n"),
    (FileNotFoundError("no finished comparison in x"), 1, "failed: no finished comparison in x\n"),
    (MemoryError(), 1, "failed: there is not enough memory; use fewer workers (--workers 1)\n"),
    (BatchStoppedError("no worker answers"), 1, "failed: no worker answers\n"),
    (RuntimeError("this workspace has no cost book"), 1, "failed: this workspace has no cost book\n"),
    (KeyboardInterrupt(), 130, "interrupted; nothing half-written was left behind\n"),
])
def test_what_a_computer_or_a_run_may_do_is_told_in_words_and_is_no_fault(monkeypatch, cache, error, code, words):
    done = check(error, monkeypatch)
    assert (done.exit_code, done.stderr) == (code, words)
    assert not cache.exists()


@pytest.mark.parametrize("error", [ImportError("numpy could not be loaded"), SystemError("no result"), OSError(5, "x")])
def test_an_error_that_an_interrupted_import_makes_counts_as_interrupted(monkeypatch, error):
    monkeypatch.setattr(stopping, "number", 15)
    found = failure_of(error)
    assert (found.code, found.words) == (143, "stopped by SIGTERM; nothing half-written was left behind")


def test_exit_codes_of_commands_pass_and_are_no_failures():
    with pytest.raises(typer.Exit) as caught, common.explained():
        raise typer.Exit(1)
    assert caught.value.exit_code == 1


def test_an_error_outside_all_commands_is_a_sentence_too(monkeypatch, capsys):
    def planted():
        raise LookupError("planted before any command")

    monkeypatch.setattr("mixedmig_model.cli.main.app", planted)
    monkeypatch.setattr(stopping, "install", lambda: None)
    with pytest.raises(SystemExit) as caught:
        entry.main()
    assert caught.value.code == 1
    assert SENTENCE.fullmatch(capsys.readouterr().err)["what"] == "LookupError: planted before any command"


def shell(words):
    """A command through a shell: exit codes of all parts of a pipe, and what it said."""
    line = f"{words.format(mixedmig=f'{sys.executable} -m mixedmig_model.cli')}; echo ${{PIPESTATUS[*]}}"
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="a shell and /dev/full")
def test_a_reader_that_has_had_enough_and_a_full_disk_make_no_traceback():
    done = shell("{mixedmig} trace --json 2> /dev/null | head -c 10 > /dev/null")
    assert done.stderr == ""
    assert done.stdout.split()[0] in ("0", "1")
    for words in ("--version", f"trace --json --workspace {installed_workspace()}"):
        done = shell(f"{{mixedmig}} {words} > /dev/full")
        assert (done.stderr, done.stdout) == ("failed: the disk is full\n", "1\n")
