"""A new case written whole, or not at all."""

from pathlib import Path

from mixedmig_model.inputs.entries import CASE_FILE
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.starting.texts import files_of
from mixedmig_model.inputs.starting.wanted import NewCase
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.storage.atomic import new_folder, write_file


def write_case(workspace: Workspace, case: NewCase) -> tuple[Path, ...]:
    """Write the files of a new case and return them.

    Raises InputFaultsError where somebody was first, and OSError.
    """
    folder = workspace.root / "parameters" / workspace.case_folder / case.name
    files = files_of(workspace, case)
    try:
        with new_folder(folder, CASE_FILE) as partial:
            for name, text in files.items():
                write_file(partial / name, text)
    except FileExistsError:
        fault = Fault("CASE", 0, "", "there is a case of this name", found=repr(case.name), allowed="another name")
        raise InputFaultsError([fault]) from None
    return tuple(folder / name for name in files)
