"""The inputs that a report keeps.

Anybody can make it again: a workspace with its case alone.
"""

from collections.abc import Sequence
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parcels import pack, unpack
from mixedmig_model.storage.digests import sha256
from mixedmig_model.study.scenarios import CHANGED, InputsChangedError

INPUTS_FOLDER = "inputs"


def keep_inputs(inputs: CaseInputs, names: Sequence[str], folder: Path) -> Path:
    """Copy the files behind a report into its folder.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    names : Sequence[str]
        Scenarios of the report. Files of other scenarios are left out.
    folder : Path
        Folder of the report.

    Returns
    -------
    Path
        Folder of the copies.

    Raises
    ------
    InputsChangedError
        Where the files are not those that the inputs were read from.
    OSError
        Where a file cannot be written.
    """
    kept = folder / INPUTS_FOLDER
    unpack(pack(inputs.workspace.root, inputs.name, tuple(names)), kept)
    parameters = kept / "parameters"
    for path in parameters.rglob("*"):
        name = path.relative_to(parameters).as_posix()
        if path.is_file() and inputs.files and inputs.files.get(name) != sha256(path.read_bytes()):
            raise InputsChangedError(CHANGED.format(case=inputs.name))
    return kept
