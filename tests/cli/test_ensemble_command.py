"""The command ``mixedmig ensemble``: what it writes and says, and what it refuses."""

import json
import re

import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.solve.kernel.native import available

CASE = "generic_surge"


def call(*arguments):
    done = CliRunner().invoke(app, ["ensemble", *(str(a) for a in arguments)])
    assert "Traceback" not in done.output
    if done.exception is not None:
        assert isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def done(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ensemble") / "draws"
    found = call(CASE, "--scenarios", "most_likely", "--draws", 2, "--seed", 7, "--workers", 1, "--to", folder,
                 "--workspace", root, "--json")
    assert found.exit_code == 0, found.output
    return found, folder


def test_help_has_an_example_and_every_option():
    text = call("--help").output
    assert "Example: mixedmig ensemble generic_surge" in text
    for option in ("--to", "--scenarios", "--draws", "--seed", "--workers", "--scheduler", "--parameters", "--method",
                   "--path", "--block", "--workspace", "--json"):
        assert option in text


def test_deaths_lead_then_breaches_and_harms_with_their_ranges(done):
    left_out = ("caution", "blocks of draws", "compiling")
    lines = [line for line in done[0].stderr.splitlines() if not line.startswith(left_out)]
    assert re.fullmatch(r"Deaths and missing in .+: .+ (person|people)\.", lines.pop(0))
    assert [line.split(":")[0] for line in lines[:19]] == ["breach"] * 8 + ["harm"] * 11
    path = "in steps chosen by their own error" if not available() else "reference path"
    assert path in lines[19]
    assert "brackets hold the 90 % range" in lines[20]
    record = json.loads(done[0].stdout)
    assert list(record)[:5] == ["ok", "notice", "breaches", "harms", "headlines"]
    assert len(record["cost"]["most_likely"]) == 3
    assert (record["draws"], record["blocks"], record["failures"]) == (2, 1, [])


def test_the_same_command_goes_on_and_another_is_refused(done, root):
    before = {path.name: path.stat().st_mtime_ns for path in done[1].iterdir()}
    again = call(CASE, "--scenarios", "most_likely", "--draws", 2, "--seed", 7, "--to", done[1], "--workspace", root,
                 "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout)["reused"] == 1
    other = call(CASE, "--scenarios", "most_likely", "--draws", 2, "--seed", 8, "--to", done[1], "--workspace", root)
    assert other.exit_code == 2
    assert "draws: seed: the folder holds another ensemble; found 7" in other.output
    assert {path.name: path.stat().st_mtime_ns for path in done[1].iterdir()} == before


@pytest.mark.parametrize(("arguments", "words"), [
    (("--draws", 0), "--draws: not an allowed number of draws; found 0"),
    (("--scenarios", "most_likly"), "did you mean 'most_likely'?"),
    (("--parameters", "arrivals.scal"), "--parameters: unknown parameter; found 'arrivals.scal'"),
])
def test_bad_wishes_exit_with_two_and_write_nothing(root, tmp_path, arguments, words):
    found = call(CASE, *arguments, "--to", tmp_path / "new", "--workspace", root)
    assert found.exit_code == 2
    assert words in found.output
    assert not (tmp_path / "new").exists()


def test_a_target_that_is_a_file_is_refused_before_anything_is_solved(root, tmp_path, monkeypatch):
    monkeypatch.setattr("mixedmig_model.study.ensemble.run.run_ensemble", lambda *_, **__: pytest.fail("it was solved"))
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    found = call(CASE, "--to", tmp_path / "notes", "--workspace", root)
    assert found.exit_code == 2
    assert f"{tmp_path / 'notes'}: this is a file; allowed: a new folder, or one that is there" in found.output
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"
