"""The record of an ensemble, ``manifest.json``.

It is read, and refused where it is foreign, damaged or was changed.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, shown
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.kinds import kind_of

MANIFEST = "manifest.json"
SCHEMA = 3
MOST_DRAWS = 1_000_000
MOST_BYTES = 64_000_000
MADE_HERE = "a folder made by 'mixedmig ensemble'"
FIELDS: Mapping[str, tuple[type, ...]] = {
    "notice": (str,), "case": (str,), "version": (str,), "solver": (str,), "code": (str,), "baseline": (str,),
    "scenarios": (list,), "draws": (int,), "seed": (int,), "block": (int,), "method": (str,), "together": (int,),
    "parameters": (list, type(None)), "inputs": (dict,), "columns": (list,), "prices": (dict,), "same_people": (dict,),
    "makes": (dict,), "qualities": (dict,), "each": (dict,), "digest": (str,),
}
"""What a record must hold, and of which types."""
KINDS_OF_VALUES = {str: "a text", list: "a list", int: "a whole number", dict: "a table", type(None): "null"}


def sealed(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with a digest of all of it."""
    return {**record, "digest": digest_of(record)}


def digest_of(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record, its own digest left out.

    It is the same after the record was written and read.
    """
    rest = {key: value for key, value in record.items() if key != "digest"}
    return sha256(json.dumps(rest, sort_keys=True, default=str))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the record of the ensemble in a folder.

    Raises InputFaultsError where there is none, or none that is whole.
    """
    record = _read(folder)
    file = f"{folder.name}/{MANIFEST}"
    if record.get("schema") != SCHEMA:
        raise InputFaultsError([Fault(
            file, 0, "schema", "the ensemble was made by another version of mixedmig, or by something else",
            found=shown(record.get("schema")), allowed=f"{SCHEMA}: make the ensemble again, in a new folder",
        )])
    faults = [
        Fault(file, 0, key, "the record of the ensemble cannot be read",
              found=shown(record[key]) if key in record else "nothing",
              allowed=" or ".join(KINDS_OF_VALUES[kind] for kind in kinds))
        for key, kinds in FIELDS.items() if key not in record or type(record[key]) not in kinds
    ]
    if faults:
        raise InputFaultsError(faults)
    faults = [
        Fault(file, 0, key, "not an allowed number of draws", found=shown(record[key]), allowed=f"1 to {MOST_DRAWS:,}")
        for key in ("draws", "block") if not 1 <= record[key] <= MOST_DRAWS
    ]
    if not faults and record["digest"] != digest_of(record):
        faults = [Fault(file, 0, "digest", "the record of the ensemble was changed, or is damaged",
                        found=shown(record["digest"]), allowed=f"{digest_of(record)}; make the ensemble again, in a "
                        "new folder")]
    if faults:
        raise InputFaultsError(faults)
    return record


def _read(folder: Path) -> dict[str, Any]:
    """Return the record as it is written.

    Raises InputFaultsError where there is no file, or none that holds one.
    """
    file = folder / MANIFEST
    kind = kind_of(file)
    if not kind:
        raise InputFaultsError([Fault(folder.name, 0, "", "there is no ensemble here", allowed=MADE_HERE)])
    found = ""
    try:
        if kind != "a file":  # a pipe would be waited for without end
            found = kind
        elif file.stat().st_size > MOST_BYTES:
            found = f"{file.stat().st_size:,} bytes"
        else:
            record = json.loads(file.read_bytes())
            if isinstance(record, dict):
                return record
            found = shown(record)
    except (ValueError, RecursionError) as error:
        found = str(error)[:80]
    raise InputFaultsError([Fault(f"{folder.name}/{MANIFEST}", 0, "", "the record of the ensemble cannot be read",
                                  found=found, allowed=MADE_HERE)])
