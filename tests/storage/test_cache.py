"""Kept runs: one that was changed or damaged in whatever way counts as not kept, is told, and stops nothing."""

import json
import os
import shutil
import sys

import pytest

from mixedmig_model.storage import cache

KEPT = {"indicators": {"deaths": 12.5, "wait": float("nan")}, "tables": {"costs": [1, 2]}}


@pytest.fixture
def store(monkeypatch, tmp_path):
    """A folder with one kept run."""
    monkeypatch.setenv("MIXEDMIG_RUNS", str(tmp_path / "store"))
    (tmp_path / "run.nc").write_bytes(b"CDF content")
    cache.keep("key", KEPT, tmp_path / "run.nc")
    return tmp_path / "store"


def edited(change):
    """Change a record as a person with an editor would."""
    def edit(folder):
        record = json.loads((folder / "key.json").read_text(encoding="utf-8"))
        change(record)
        (folder / "key.json").write_text(json.dumps(record), encoding="utf-8")
    return edit


def written(text):
    return lambda folder: (folder / "key.json").write_text(text, encoding="utf-8")


def in_place_of(name, make):
    """Put something that is no file where a file of the run was."""
    def put(folder):
        (folder / name).unlink()
        make(folder / name)
    return put


PIPE = pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")
DAMAGE = [
    pytest.param(edited(lambda record: record["kept"]["indicators"].update(deaths=1.5)), id="a number changed"),
    pytest.param(edited(lambda record: record["kept"]["tables"]["costs"].append(3)), id="a table changed"),
    pytest.param(edited(lambda record: record.update(more=1)), id="something added"),
    pytest.param(edited(lambda record: record.pop("digest")), id="no digest"),
    pytest.param(edited(lambda record: record.update(netcdf="0" * 64)), id="digest of the netCDF changed"),
    *(pytest.param(written(text), id=f"text {text[:6]!r}") for text in (
        "", "{", "[]", "null", "12", '{"digest": "x"}', '{"netcdf": "", "kept": 1, "digest": ""}', "[" * 100_000)),
    pytest.param(lambda folder: (folder / "key.json").write_bytes(b"\xff\xfe"), id="bytes"),
    pytest.param(lambda folder: (folder / "key.nc").write_bytes(b"CDF kontent"), id="the netCDF changed"),
    pytest.param(lambda folder: (folder / "key.nc").unlink(), id="the netCDF gone"),
    pytest.param(in_place_of("key.json", lambda path: path.mkdir()), id="a folder"),
    pytest.param(in_place_of("key.nc", lambda path: path.mkdir()), id="a folder for the netCDF"),
    pytest.param(in_place_of("key.json", lambda path: os.mkfifo(path)), id="a pipe", marks=PIPE),
    pytest.param(in_place_of("key.nc", lambda path: os.mkfifo(path)), id="a pipe for the netCDF", marks=PIPE),
]


def test_a_whole_run_is_found_and_nothing_is_said(store, tmp_path, caplog):
    found = cache.find("key", tmp_path / "copy.nc")
    assert repr(found) == repr(KEPT)
    assert (tmp_path / "copy.nc").read_bytes() == b"CDF content"
    assert cache.find("other", tmp_path / "other.nc") is None
    assert caplog.records == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_run_that_was_changed_counts_as_not_kept_and_is_told_in_one_line(store, tmp_path, damage, caplog):
    damage(store)
    assert cache.find("key", tmp_path / "copy.nc") is None
    assert not (tmp_path / "copy.nc").exists()
    assert [record.getMessage() for record in caplog.records] == [
        f"A cached run is damaged or was changed, and is solved again: {store / 'key.json'}"]
    cache.keep("key", KEPT, tmp_path / "run.nc")  # where it can be kept again it is, and where not nothing fails
    cache.prune()


def test_a_record_under_another_name_is_not_the_run_of_that_name(store, tmp_path, caplog):
    for ending in ("json", "nc"):
        shutil.copy(store / f"key.{ending}", store / f"other.{ending}")
    assert cache.find("other", tmp_path / "copy.nc") is None
    assert len(caplog.records) == 1


def test_where_nothing_can_be_read_nothing_is_found_and_nothing_fails(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in (str(tmp_path / "file"), str(tmp_path / "file" / "deeper"), "x" * 300, str(tmp_path / "nowhere")):
        monkeypatch.setenv("MIXEDMIG_RUNS", name)
        assert cache.find("key", None) is None
        cache.prune()
