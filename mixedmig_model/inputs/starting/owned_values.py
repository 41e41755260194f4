"""Values of one's own in a new case.

Each stands in ``case.yaml`` as a comment until somebody gives it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from mixedmig_model.inputs.entries import CASE_FILE
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.storage.atomic import write_file

LINE = r"^  # {name}: \{{value: [^,}}]+, source: assumption, quality: assumption\}}(?P<rest>.*)$"
SET = r"^  {name}: \{{value: [^,}}]+, source: assumption, quality: assumption\}}(?P<rest>.*)$"


def set_values(workspace: Workspace, case: str, values: Mapping[str, float]) -> Path:
    """Write values into the file of a case.

    A value is written where it stands as a comment, or where it was set this way before.

    Parameters
    ----------
    workspace : Workspace
        The workspace of the case.
    case : str
        Its name.
    values : Mapping[str, float]
        Numbers by parameter, in the unit of its base file.

    Returns
    -------
    Path
        The file; its comments are kept.

    Raises
    ------
    InputFaultsError
        For an input that does not stand there; then nothing is written.
    """
    file = workspace.root / "parameters" / workspace.case_folder / case / CASE_FILE
    text, faults = file.read_text(encoding="utf-8"), list[Fault]()
    for name, value in values.items():
        line = f"  {name}: {{value: {value!r}, source: assumption, quality: assumption}}"
        patterns = [pattern.format(name=re.escape(name)) for pattern in (LINE, SET)]
        found = next((one for pattern in patterns if (one := re.search(pattern, text, re.MULTILINE))), None)
        if found:
            text = f"{text[: found.start()]}{line}{found['rest']}{text[found.end() :]}"
        else:
            faults.append(Fault(f"{case}/{CASE_FILE}", 0, name, "the input does not stand in the file as a comment",
                                allowed="an input of a case made by 'mixedmig new'"))
    if faults:
        raise InputFaultsError(faults)
    write_file(file, text)
    return file
