"""The inputs that a report keeps, so that anybody can make it again: a workspace with its case alone."""

from collections.abc import Sequence
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parcels import pack, unpack
from mixedmig_model.storage.digests import sha256
from mixedmig_model.study.scenarios import CHANGED, InputsChangedError

INPUTS_FOLDER = "inputs"


def keep_inputs(inputs: CaseInputs, names: Sequence[str], folder: Path) -> Path:
    """Copy the files that a report was made of into its folder, and return that of the copies.

    Args: names, the scenarios of the report; of others the files are left out. Raises InputsChangedError where the
    files are not those that the inputs were read from, OSError.
    """
    kept = folder / INPUTS_FOLDER
    unpack(pack(inputs.workspace.root, inputs.name, tuple(names)), kept)
    parameters = kept / "parameters"
    for path in parameters.rglob("*"):
        name = path.relative_to(parameters).as_posix()
        if path.is_file() and inputs.files and inputs.files.get(name) != sha256(path.read_bytes()):
            raise InputsChangedError(CHANGED.format(case=inputs.name))
    return kept
