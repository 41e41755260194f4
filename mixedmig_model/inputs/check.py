"""A workspace checked whole: every file read, every scenario resolved, all faults in one message."""

from pathlib import Path

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.projects import read_projects
from mixedmig_model.inputs.observations.reproduce import FOLDER, read_reproductions
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace


def check_workspace(root: Path) -> dict[str, list[str]]:
    """Names of the cases and their scenarios. Raises InputFaultsError with the faults of all cases together."""
    workspace = read_workspace(root)
    faults: list[Fault] = []
    scenarios: dict[str, list[str]] = {}
    for name in workspace.cases:
        try:
            inputs = read_case(workspace, name)
            read_projects(inputs)
        except InputFaultsError as error:
            faults += error.faults
            continue
        scenarios[name] = list(inputs.scenarios)
        for scenario in inputs.scenarios:
            try:
                resolve(inputs, scenario)
            except InputFaultsError as error:
                faults += error.faults
    try:
        if (workspace.root / "parameters" / FOLDER).is_dir():
            read_reproductions(workspace)
    except InputFaultsError as error:
        faults += error.faults
    if faults:
        raise InputFaultsError(faults)
    return scenarios
