"""``mixedmig exercise pack``: pages to print, all or none, and faults before anything is written."""

import json

import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.present.exercise.pack.make import pack_files


def run(*arguments):
    return CliRunner().invoke(app, ["exercise", "pack", *map(str, arguments)])


def test_the_pages_are_written_and_their_index_is_named(tmp_path):
    done = run("surge_short", "--to", tmp_path / "pack", "--paper", "letter", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["files"] == list(pack_files())
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == sorted(pack_files())
    assert "size: letter" in (tmp_path / "pack" / "roles.html").read_text(encoding="utf-8")
    assert said["index"] == str(tmp_path / "pack" / "index.html")


def test_an_unknown_exercise_is_named_with_the_nearest_and_nothing_is_written(tmp_path):
    done = run("surge_shot", "--to", tmp_path / "pack")
    assert done.exit_code == 2
    assert "unknown exercise; found 'surge_shot'" in done.output
    assert "did you mean 'surge_short'" in done.output
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("target", ["parameters/pack", "a_file"])
def test_pages_go_neither_among_inputs_nor_over_a_file(tmp_path, root, target):
    (tmp_path / "a_file").write_text("mine", encoding="utf-8")
    where = root / target if "/" in target else tmp_path / target
    done = run("surge", "--to", where)
    assert done.exit_code == 2
    assert not (root / "parameters" / "pack").exists()
    assert (tmp_path / "a_file").read_text(encoding="utf-8") == "mine"
