"""A folder of draws is data: foreign or damaged, it is refused in words or solved again; its numbers are not taken."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from short_case import NAMES, design, short_case

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.storage.kinds import TargetError
from mixedmig_model.study.ensemble.files import block_bytes, is_sealed, read_ensemble
from mixedmig_model.study.ensemble.manifest import FIELDS, digest_of, read_manifest, sealed
from mixedmig_model.study.ensemble.run import run_ensemble

FEW = {"scenarios": NAMES[:1], "draws": 2, "block": 1}
BLOCKS = ("draws_000000_000000.nc", "draws_000001_000001.nc")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")


@pytest.fixture(scope="module")
def inputs():
    return short_case()


@pytest.fixture(scope="module")
def whole(inputs, tmp_path_factory):
    """The files of a small ensemble, by name."""
    folder = tmp_path_factory.mktemp("ensemble") / "draws"
    run_ensemble(inputs, design(**FEW), folder, workers=1)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(whole, tmp_path):
    """A copy to break."""
    (tmp_path / "draws").mkdir()
    for name, content in whole.items():
        (tmp_path / "draws" / name).write_bytes(content)
    return tmp_path / "draws"


def changed(**values):
    """A record with some values changed, its digest as it was."""
    return lambda record: json.dumps({**record, **values})


def resealed(**values):
    """A record with some values changed, and the digest that it then should have."""
    return lambda record: json.dumps(sealed({**record, **values}))


@pytest.mark.parametrize(("write", "words"), [
    (lambda _: "", "the record of the ensemble cannot be read"),
    (lambda _: "[1]", "the record of the ensemble cannot be read; found \\[1\\]"),
    (lambda _: "{" * 40_000, "the record of the ensemble cannot be read"),
    (lambda _: "[" * 200_000, "the record of the ensemble cannot be read"),
    (lambda _: b"\xff\xfe\x00", "the record of the ensemble cannot be read"),
    (lambda _: "{}", "schema: the ensemble was made by another version of mixedmig, or by something else; found null"),
    (lambda _: '{"digest": "x", "schema": 3}', "scenarios: the record of the ensemble cannot be read; found nothing"),
    (changed(schema=1), "schema: the ensemble was made by another version.*found 1; allowed: 3: make the ensemble"),
    (changed(seed=8), "digest: the record of the ensemble was changed, or is damaged"),
    (changed(qualities={}), "digest: the record of the ensemble was changed, or is damaged"),
    (changed(more=1), "digest: the record of the ensemble was changed, or is damaged"),
    (changed(digest="0" * 64), "digest: the record of the ensemble was changed, or is damaged"),
    (resealed(scenarios="most_likely"), "scenarios: the record of the ensemble cannot be read; found 'most_likely'"),
    (resealed(draws=True), "draws: the record of the ensemble cannot be read; found true; allowed: a whole number"),
    (resealed(draws=10**15, block=1), "draws: not an allowed number of draws; found 1000000000000000"),
    (resealed(block=0), "block: not an allowed number of draws; found 0; allowed: 1 to 1,000,000"),
])
def test_a_record_that_is_foreign_damaged_or_changed_is_refused_in_words(inputs, folder, write, words):
    made = write(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    (folder / "manifest.json").write_bytes(made if isinstance(made, bytes) else made.encode())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for read in (read_ensemble, lambda there: run_ensemble(inputs, design(**FEW), there, workers=1)):
        with pytest.raises(InputFaultsError, match=words):
            read(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(("make", "words"), [
    pytest.param(lambda file: os.mkfifo(file), "cannot be read; found a pipe", marks=POSIX),
    (lambda file: file.mkdir(), "cannot be read; found a folder"),
    (lambda file: file.symlink_to("/dev/zero"), "cannot be read; found a link"),
])
def test_a_record_that_is_no_file_is_not_waited_for(folder, make, words):
    (folder / "manifest.json").unlink()
    make(folder / "manifest.json")
    with pytest.raises(InputFaultsError, match=words):
        read_manifest(folder)


def test_every_field_of_a_record_is_needed(folder):
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(FIELDS) | {"schema"} == set(record)
    for name in set(FIELDS) - {"digest"}:
        rest = {key: value for key, value in record.items() if key != name}
        (folder / "manifest.json").write_text(json.dumps({**rest, "digest": digest_of(rest)}), encoding="utf-8")
        with pytest.raises(InputFaultsError, match=f"{name}: the record of the ensemble cannot be read; found nothing"):
            read_manifest(folder)


def flipped(at):
    """A block with one byte changed. Args: at, where, as a share of its length."""
    def write(file):
        content = bytearray(file.read_bytes())
        place = int(at * (len(content) - 1))
        content[place] ^= 1
        file.write_bytes(content)
    return write


def of_another_program(file):
    import xarray as xr

    with xr.open_dataset(file, engine="scipy", decode_times=False) as ds:
        ds.load()
    ds["indicators"] = ds["indicators"] * 2.0
    ds.attrs.pop("content_sha256")
    ds.to_netcdf(file, engine="scipy", format="NETCDF3_64BIT")


def sealed_with(change):
    """A block of another form with a seal that fits, as another version of the program might write it."""
    def write(file):
        import xarray as xr

        with xr.open_dataset(file, engine="scipy", decode_times=False) as ds:
            ds.load()
        file.write_bytes(block_bytes(change(ds)))
    return write


def another_block(file):
    file.write_bytes((file.parent / BLOCKS[0]).read_bytes())


DAMAGE = [
    *(pytest.param(flipped(at), id=f"byte at {at}") for at in (0.0, 0.003, 0.01, 0.2, 0.5, 0.8, 1.0)),
    pytest.param(lambda file: file.write_bytes(b""), id="empty"),
    pytest.param(lambda file: file.write_bytes(file.read_bytes()[:-1]), id="one byte short"),
    pytest.param(lambda file: file.write_bytes(file.read_bytes() + b"\0"), id="one byte long"),
    pytest.param(lambda file: file.write_bytes(bytes(len(file.read_bytes()))), id="zeros"),
    pytest.param(lambda file: file.write_text("no netCDF", encoding="utf-8"), id="text"),
    pytest.param(of_another_program, id="another program"), pytest.param(another_block, id="another block"),
    pytest.param(sealed_with(lambda ds: ds.drop_vars("people_in_place")), id="a variable is missing"),
    pytest.param(sealed_with(lambda ds: ds.drop_vars(["judged", "count"])), id="of the time before judgements"),
    pytest.param(sealed_with(lambda ds: ds.assign_coords(count=ds["count"].values[::-1])), id="other counts"),
    pytest.param(sealed_with(lambda ds: ds.isel(scenario=0)), id="an axis is missing"),
    pytest.param(sealed_with(lambda ds: ds.transpose("draw", "scenario", ...)), id="axes in another order"),
    pytest.param(sealed_with(lambda ds: ds.drop_vars("indicator")), id="an axis without labels"),
    pytest.param(sealed_with(lambda ds: ds.assign(drawn=ds["drawn"].astype(str))), id="texts for numbers"),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_block_is_never_read_and_that_is_said(folder, damage, caplog):
    damage(folder / BLOCKS[1])
    found = read_ensemble(folder)
    assert found.blocks == ((0, 1),)
    assert [record.getMessage() for record in caplog.records] == [
        "Blocks of the ensemble in draws are damaged or of another ensemble, and are left out; the command that made "
        f"it solves them again: {BLOCKS[1]}"]


def test_a_damaged_block_of_our_own_is_solved_again_and_that_is_said(inputs, folder, whole, caplog):
    flipped(0.5)(folder / BLOCKS[0])
    assert run_ensemble(inputs, design(**FEW), folder, workers=1).reused == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == whole
    assert [record.getMessage() for record in caplog.records] == [
        f"Blocks of the ensemble in draws are damaged or of another ensemble, and are solved again: {BLOCKS[0]}"]
    caplog.clear()
    assert run_ensemble(inputs, design(**FEW), folder, workers=1).reused == 2
    assert caplog.records == []


@pytest.mark.parametrize(("make", "kind"), [
    pytest.param(lambda file: os.mkfifo(file), "a pipe", marks=POSIX), (lambda file: file.mkdir(), "a folder"),
    (lambda file: file.symlink_to(BLOCKS[1]), "a link")])
def test_what_stands_where_a_block_belongs_and_is_no_file_is_refused_before_anything_is_solved(
        inputs, folder, make, kind):
    (folder / BLOCKS[0]).unlink()
    make(folder / BLOCKS[0])
    for read in (read_ensemble, lambda there: run_ensemble(inputs, design(**FEW), there, workers=1)):
        with pytest.raises(TargetError, match=f"{BLOCKS[0]}: this is {kind}; allowed: a block of the ensemble"):
            read(folder)


def test_where_no_block_is_whole_that_is_said(folder):
    for name in BLOCKS:
        flipped(0.5)(folder / name)
    with pytest.raises(InputFaultsError, match="no block of the ensemble is finished; allowed: the same command"):
        read_ensemble(folder)


def test_a_block_holds_a_digest_of_all_its_bytes(whole):
    content = whole[BLOCKS[0]]
    assert is_sealed(content)
    for place in range(0, len(content), len(content) // 50):
        broken = bytearray(content)
        broken[place] ^= 0x40
        assert not is_sealed(bytes(broken)), place


def test_a_seal_is_found_whatever_else_a_block_says(tmp_path):
    import xarray as xr

    texts = np.array([["0" * 64, "content_sha256"]])
    ds = xr.Dataset({"failure": (("scenario", "draw"), texts)}, attrs={"notice": "content_sha256 " + "0" * 64})
    content = block_bytes(ds)
    assert is_sealed(content)
    Path(tmp_path / "block.nc").write_bytes(content)
    with xr.open_dataset(tmp_path / "block.nc", engine="scipy") as read:
        assert len(read.attrs["content_sha256"]) == 64
        assert read.attrs["notice"] == ds.attrs["notice"]
