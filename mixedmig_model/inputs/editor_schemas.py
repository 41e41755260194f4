"""JSON schemas of the files of a workspace.

With them an editor completes keys and marks slips while one writes. They come from the records that read the files.
``mixedmig check`` finds more: units, sources, dates, and names of a workspace's own.
"""

import json
from collections.abc import Mapping
from typing import Any

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.schema import CaseCostsFile, CostFile, MoneyFile
from mixedmig_model.inputs.exercises.schema import Exercise, InjectFile
from mixedmig_model.inputs.levers.schema import LeverFile, PresetFile
from mixedmig_model.inputs.observations.row import ObservationRow
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.fields import Record
from mixedmig_model.inputs.schema import Case, GroupFile, ParameterFile, Scenario, SourceFile
from mixedmig_model.vocabulary.labels import INDICATOR_KEYS, PLACES, STAGES

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schemas"
MODELS: Mapping[str, tuple[type[Record], tuple[str, ...]]] = {
    "case": (Case, ("parameters/cases/*/case.yaml", "parameters/exercises/*/case/case.yaml")),
    "scenario": (Scenario, ("parameters/cases/*/scenarios/*.yaml", "parameters/exercises/*/case/scenarios/*.yaml")),
    "case_costs": (CaseCostsFile, ("parameters/cases/*/costs.yaml", "parameters/exercises/*/case/costs.yaml")),
    "lever": (LeverFile, ("parameters/levers/*.yaml",)),
    "preset": (PresetFile, ("parameters/presets.yaml",)),
    "cost": (CostFile, ("parameters/costs/[!m]*.yaml", "parameters/costs/m[!o]*.yaml")),
    "money": (MoneyFile, ("parameters/costs/money.yaml",)),
    "parameter": (ParameterFile, ("parameters/base/[!g]*.yaml",)),
    "groups": (GroupFile, ("parameters/base/groups.yaml",)),
    "exercise": (Exercise, ("parameters/exercises/*/exercise.yaml",)),
    "injects": (InjectFile, ("parameters/exercises/*/injects.yaml",)),
    "sources": (SourceFile, ("parameters/sources.yaml",)),
}
"""The record of each kind of file, and the files it reads."""
TABLES: Mapping[str, tuple[type[Record], str]] = {
    "observation": (ObservationRow, "parameters/cases/*/observations/*.csv"),
}
"""The record of a row of each kind of table, and its files."""
NAMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    **{(record, "parameter"): tuple(CATALOGUE)
       for record in ("Change", "LeverChange", "LeverEffect", "SideEffect", "CitedEffect", "InjectChange")},
    ("Opening", "stage"): STAGES, ("Opening", "place"): PLACES, ("CostItem", "driver"): tuple(DRIVERS),
}
"""Names that the program fixes, by record and key.

An editor completes them.
"""
KEYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Case", "parameters"): tuple(CATALOGUE), ("Exercise", "truth"): tuple(CATALOGUE),
    ("Lever", "moves"): INDICATOR_KEYS,
}
"""The same for the keys of a mapping."""


def file_name(kind: str) -> str:
    """Return the file of a schema."""
    return f"{kind}.schema.json"


def editor_schemas() -> dict[str, str]:
    """Return all schemas as text, by file name."""
    kinds = {kind: schema_of(kind) for kind in MODELS} | {kind: table_schema(kind) for kind in TABLES}
    return {file_name(kind): json.dumps(made, indent=1, ensure_ascii=False) + "\n" for kind, made in kinds.items()}


def table_schema(kind: str) -> dict[str, Any]:
    """Return the schema of a row of a table. Raises KeyError."""
    model, files = TABLES[kind]
    comment = f"Rows of the tables {files}. mixedmig check finds more."
    return {"$schema": DRAFT, "$comment": comment, **model.model_json_schema(by_alias=True)}


def schema_of(kind: str) -> dict[str, Any]:
    """Return the schema of one kind of file. Raises KeyError."""
    model, files = MODELS[kind]
    made = model.model_json_schema(by_alias=True)
    for name, record in {model.__name__: made, **made.get("$defs", {})}.items():
        for key, entry in record.get("properties", {}).items():
            if (name, key) in NAMES:
                record["properties"][key] = {**_described(entry), "enum": _with_null(entry, NAMES[name, key])}
            if (name, key) in KEYS:
                entry["propertyNames"] = {"enum": list(KEYS[name, key])}
    comment = f"Files: {', '.join(_plain(file) for file in files)}. mixedmig check finds more."
    return {"$schema": DRAFT, "$comment": comment, **made}


def _described(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the description of a key, without its type."""
    return {key: text for key, text in entry.items() if key in ("title", "description", "default")}


def _with_null(entry: Mapping[str, Any], names: tuple[str, ...]) -> list[str | None]:
    """Return the names allowed for a key.

    They include null where the key may be empty.
    """
    empty = any(part.get("type") == "null" for part in entry.get("anyOf", ()))
    return [*names, *([None] if empty else [])]


def _plain(pattern: str) -> str:
    """Return a pattern of files as people read it."""
    for part in ("[!m]", "m[!o]", "[!g]"):
        pattern = pattern.replace(part, "")
    return pattern
