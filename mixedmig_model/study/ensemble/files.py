"""The folder of an ensemble.

It has ``manifest.json``, which says what it is, and one classic netCDF file a block of draws. A file that is there is
whole (``storage/atomic.py``). Each block carries the digest of its manifest, so that a folder never holds two
ensembles. It carries a digest of its own bytes, so that a damaged one is never read.
"""

import io
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import xarray as xr
from scipy.io import netcdf_file

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.results.indicators.exposure import FLAT_NAMES, JudgedCounts
from mixedmig_model.storage.atomic import is_temporary, tidy, write_file
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.kinds import kind_of, require_kind
from mixedmig_model.study.ensemble.manifest import MANIFEST, read_manifest
from mixedmig_model.study.ensemble.numbers import AXES

LOG = logging.getLogger(__name__)
LEFT_OUT = ("Blocks of the ensemble in %s are damaged or of another ensemble, and are left out; the command that made "
            "it solves them again: %s")
SEAL, UNSEALED = "content_sha256", b"0" * 64
"""The attribute that holds the digest of a block.

The second is what it holds while the digest is computed.
"""
SEAL_HEAD = SEAL.encode() + b"\0\0" + b"\0\0\0\x02" + b"\0\0\0\x40"
"""Name, type and length of the attribute of the digest.

Classic netCDF writes them before its value.
"""
BLOCK = {
    **{name: ("scenario", "draw", *axes) for name, axes in AXES.items() if not name.startswith("cost")},
    "failure": ("scenario", "draw"), "drawn": ("draw", "column"),
}
"""What every block holds, and by which axes.

Each axis has its labels; costs are added where the case has any.
"""
TOLD = ("case", "scenarios", "draws", "seed", "block", "method", "parameters", "together", "solver", "version")
"""What a manifest says of another run.

A difference is looked for in this order.
"""


FEW_DRAWS, SMALL_BLOCK, LARGE_BLOCK = 1_000, 20, 50
"""Draws up to which blocks are small, and draws of a block.

A block costs some 10 ms of its own, so blocks of many draws are larger.
"""


def usual_block(draws: int, asked: int | None = None) -> int:
    """Return how many draws a block has.

    It is what was asked for, if anything was.
    """
    if asked is not None:
        return asked
    return SMALL_BLOCK if draws <= FEW_DRAWS else LARGE_BLOCK


def block_name(first: int, last: int) -> str:
    """Return the file name of a block of draws.

    It is from ``first`` to the one before ``last``.
    """
    return f"draws_{first:06d}_{last - 1:06d}.nc"


def block_bytes(ds: xr.Dataset) -> bytes:
    """Return a block as the bytes of a classic netCDF file.

    It has 64-bit offsets, and a digest of all bytes as an attribute.
    """
    made = bytes(ds.assign_attrs({SEAL: UNSEALED.decode()}).to_netcdf(engine="scipy", format="NETCDF3_64BIT"))
    start = _seal(made)
    return made[:start] + sha256(made).encode() + made[start + len(UNSEALED) :]


def is_sealed(content: bytes) -> bool:
    """Return whether the bytes of a block are as written.

    Its digest is that of all the rest.
    """
    try:
        start = _seal(content)
    except ValueError:
        return False
    end = start + len(UNSEALED)
    return sha256(content[:start] + UNSEALED + content[end:]).encode() == content[start:end]


def _seal(content: bytes) -> int:
    """Return where the digest stands in the bytes of a block.

    Raises ValueError where there is none.
    """
    return content.index(SEAL_HEAD) + len(SEAL_HEAD)


def is_free_of_failures(file: Path) -> bool:
    """Return whether no draw of a block failed.

    Only the bytes of the messages are looked at: nearly all blocks have none.
    """
    with netcdf_file(file, mmap=False) as block:
        return not any(block.variables["failure"].data.tobytes())


def open_folder(folder: Path, record: Mapping[str, Any]) -> None:
    """Make the folder of an ensemble, or continue in its own.

    Raises InputFaultsError where it holds anything else.
    """
    if folder.exists() and not folder.is_dir():
        raise InputFaultsError([Fault(folder.name, 0, "", "this is a file", allowed="a new or empty folder")])
    tidy(folder)
    if kind_of(folder / MANIFEST):
        there = read_manifest(folder)
        if there["digest"] != record["digest"]:
            raise InputFaultsError([_another(folder, there, json.loads(json.dumps(record, default=str)))])
        return
    left = [path for path in folder.glob("*") if not is_temporary(path)]
    if left:
        raise InputFaultsError([Fault(folder.name, 0, "", "the folder is not empty", allowed="a new or empty folder")])
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, indent=1, ensure_ascii=False, default=str)
    write_file(folder / MANIFEST, f"{text}\n")


def _another(folder: Path, there: Mapping[str, Any], asked: Mapping[str, Any]) -> Fault:
    """Return what differs between two ensembles.

    One is in the folder, the other is requested.
    """
    problem, allowed = "the folder holds another ensemble", "a new folder, or the ensemble that is there"
    for key in TOLD:
        if there.get(key) != asked.get(key):
            found, wanted = _words(there.get(key)), _words(asked.get(key))
            return Fault(folder.name, 0, key, problem, found=found, allowed=f"{allowed}; asked for {wanted}")
    if there.get("code") != asked.get("code"):
        return Fault(folder.name, 0, "code", problem, found="made by other code, libraries or Python",
                     allowed=allowed)
    return Fault(folder.name, 0, "inputs", problem, found="other values of parameters, prices or scenarios",
                 allowed=allowed)


def _words(value: Any) -> str:
    if value is None:
        return "all"
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


class Donor(NamedTuple):
    """Another ensemble's folder and digest."""

    folder: Path
    digest: str


def find_donors(store: Path, record: Mapping[str, Any]) -> dict[str, Donor]:
    """Return other ensembles that hold scenarios of a record.

    They are in the folders of ``store``, by scenario.
    """
    found: dict[str, Donor] = {}
    for folder in sorted(store.glob("[!.]*")):
        with suppress(InputFaultsError, OSError):
            other = read_manifest(folder)
            each = other.get("each")
            if other["digest"] != record["digest"] and isinstance(each, dict):
                same = [name for name, digest in record["each"].items() if each.get(name) == digest]
                found |= {name: Donor(folder, other["digest"]) for name in same if name not in found}
    return found


def block_file(donor: Donor, block: tuple[int, int]) -> Path | None:
    """Return a block's file in another ensemble.

    It must be whole.
    """
    file = donor.folder / block_name(*block)
    return file if _is_kept(file, donor.digest, block) else None


def kept_blocks(folder: Path, digest: str, blocks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return blocks that are there, whole and of this ensemble."""
    return [block for block in blocks if _is_kept(folder / block_name(*block), digest, block)]


def damaged_blocks(folder: Path, blocks: Iterable[tuple[int, int]]) -> list[str]:
    """Return files that stand where blocks would.

    They are not kept: damaged, or of another ensemble. Raises TargetError.
    """
    files = [folder / block_name(*block) for block in blocks]
    for file in files:
        require_kind(file, "a file", "a block of the ensemble")
    return [file.name for file in files if kind_of(file)]


def _is_kept(file: Path, digest: str, block: tuple[int, int]) -> bool:
    try:
        if kind_of(file) != "a file" or not is_sealed(content := file.read_bytes()):
            return False
        with xr.open_dataset(io.BytesIO(content), engine="scipy", decode_times=False) as ds:
            ends = int(ds["draw"].values[0]), int(ds["draw"].values[-1]) + 1
            return ds.attrs.get("digest") == digest and ends == block and _fits(ds)
    except Exception:  # whatever is wrong with a file of somebody else's making, it is solved again
        return False


def _fits(ds: xr.Dataset) -> bool:
    """Return whether a block holds what every block holds.

    Numbers are numbers, each axis has its labels, and all counts are known.
    """
    axes = {axis for dims in BLOCK.values() for axis in dims}
    return axes <= set(ds.coords) and ds["count"].values.astype(str).tolist() == list(FLAT_NAMES) and all(
        name in ds and ds[name].dims == dims and (name == "failure" or ds[name].dtype.kind == "f")
        for name, dims in BLOCK.items())


@dataclass(frozen=True)
class Ensemble:
    """An ensemble on disk, as far as it is finished.

    Arrays are read block by block, when they are needed.
    """

    folder: Path
    manifest: Mapping[str, Any]
    blocks: tuple[tuple[int, int], ...]

    @property
    def scenarios(self) -> list[str]:
        """Scenarios in order."""
        return list(self.manifest["scenarios"])

    @property
    def draws(self) -> int:
        """Draws that are there."""
        return sum(last - first for first, last in self.blocks)

    def _each(self) -> Iterator[xr.Dataset]:
        for block in self.blocks:
            with xr.open_dataset(self.folder / block_name(*block), engine="scipy") as ds:
                yield ds

    def has(self, name: str) -> bool:
        """Return whether a variable was kept."""
        return any(name in ds for ds in self._each())

    def labels(self, axis: str) -> np.ndarray:
        """Return labels of an axis."""
        return np.asarray(next(self._each())[axis].values)

    def table(self, name: str, **at: str) -> np.ndarray:
        """Return a variable ``[scenario, draw, ...]``.

        It is at given labels of its further axes.
        """
        parts = [np.asarray(ds[name].sel(at).values, dtype=float) for ds in self._each()]
        return np.concatenate(parts, axis=1)

    def judged(self) -> list[list[JudgedCounts | None]]:
        """Return what a judgement reads of each run.

        It is without countries, by scenario and draw; None where a run failed.
        """
        return [
            [JudgedCounts.of_flat(dict(zip(FLAT_NAMES, draw, strict=True))) if np.isfinite(draw).all() else None
             for draw in scenario.tolist()] for scenario in self.table("judged")
        ]

    @property
    def drawn(self) -> np.ndarray:
        """Drawn inputs ``[draw, column]`` in base units."""
        return np.concatenate([np.asarray(ds["drawn"].values) for ds in self._each()])

    @property
    def failed(self) -> np.ndarray:
        """Why runs failed, ``[scenario, draw]``.

        It is empty where they did not.
        """
        return np.concatenate([ds["failure"].values.astype(str) for ds in self._each()], axis=1)


def read_ensemble(folder: Path) -> Ensemble:
    """Read an ensemble on disk.

    Raises InputFaultsError where there is none, or no block of it is finished.
    """
    record = read_manifest(folder)
    ends = [(k, min(k + record["block"], record["draws"])) for k in range(0, record["draws"], record["block"])]
    kept = kept_blocks(folder, record["digest"], ends)
    if not kept:
        fault = Fault(folder.name, 0, "", "no block of the ensemble is finished", allowed="the same command continues")
        raise InputFaultsError([fault])
    if lost := damaged_blocks(folder, [block for block in ends if block not in kept]):
        LOG.warning(LEFT_OUT, folder.name, ", ".join(lost))
    return Ensemble(folder, record, tuple(kept))
