"""Scenarios without a file yet, checked like those of files.

The panel shows and saves such scenarios.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.scenarios import ScenarioReader
from mixedmig_model.inputs.reading.faults import InputFaultsError, Location
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import Document, parse_document
from mixedmig_model.inputs.schema import Scenario


def with_scenario(inputs: CaseInputs, name: str, record: Mapping[str, Any], file: str = "") -> CaseInputs:
    """Add a scenario to a case, or replace one, after all checks.

    The checks are those of a file.

    Parameters
    ----------
    inputs : CaseInputs
        A case without faults.
    name : str
        The scenario's name.
    record : Mapping[str, Any]
        The content of its file, as plain values.
    file : str, default ""
        The name that faults give instead of a file.

    Returns
    -------
    CaseInputs
        The case with the scenario.

    Raises
    ------
    InputFaultsError
        With all faults of the record.
    """
    return _checked(inputs, name, Document(file or name, dict(record), {}))


def with_text(inputs: CaseInputs, name: str, text: str) -> CaseInputs:
    """Add the scenario that a YAML text holds.

    Parameters
    ----------
    inputs : CaseInputs
        A case without faults.
    name : str
        The scenario's name.
    text : str
        The YAML.

    Returns
    -------
    CaseInputs
        The case with the scenario.

    Raises
    ------
    InputFaultsError
        With all faults of the text.
    """
    return _checked(inputs, name, parse_document(text, f"{name}.yaml"))


def _checked(inputs: CaseInputs, name: str, document: Document) -> CaseInputs:
    scenario = validate(document, Scenario)
    locations: dict[tuple[str, str | int], Location] = {}
    reader = ScenarioReader(inputs.workspace, inputs.name, inputs.case, groups=inputs.groups, faults=[],
                            locations=locations)
    if faults := reader.check(document, name, scenario, inputs.case):
        raise InputFaultsError(faults)
    kept = {key: place for key, place in inputs.locations.items() if key[0] != name}
    return replace(inputs, scenarios={**inputs.scenarios, name: scenario}, locations={**kept, **locations})


def scenario_record(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain values, as a file would hold it.

    Keys that a file leaves out are left out here too.
    """
    made: dict[str, Any] = _plain(scenario.model_dump(by_alias=True, exclude_defaults=True))
    return made


def _plain(value: Any) -> Any:
    """Return values of JSON: dates as texts, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
