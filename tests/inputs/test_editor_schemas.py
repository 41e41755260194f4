"""JSON schemas for editors: those of docs are the code's, every shipped file passes, slips do not."""

import json
import re

import jsonschema
import pytest
from ruamel.yaml import YAML

from mixedmig_model.inputs.editor_schemas import MODELS, editor_schemas, file_name, schema_of
from mixedmig_model.inputs.reading.yaml_reader import read_document

IN_EITHER_FILE = ("exercise", "injects")
"""Kinds that a workspace may lack: it need not have exercises, and injects stand in one file or in the other."""


def data_of(path):
    """A file as JSON has it: dates are text."""
    return json.loads(json.dumps(read_document(path, path.name).data, default=str))


def validator(kind):
    schema = schema_of(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("kind", MODELS)
def test_every_shipped_file_passes_the_schema_of_its_kind(kind, root):
    files = [path for pattern in MODELS[kind][1] for path in root.glob(pattern)]
    assert files or kind in IN_EITHER_FILE, kind
    check = validator(kind)
    for path in files:
        assert [one.message for one in check.iter_errors(data_of(path))] == [], path


def test_each_file_of_a_workspace_has_a_schema(root):
    """Those that programs write for themselves, and reproductions, have none."""
    known = {path for _, patterns in MODELS.values() for pattern in patterns for path in root.glob(pattern)}
    all_files = {path for path in (root / "parameters").rglob("*.yaml") if "reproduce" not in path.parts}
    assert {path.name for path in all_files - known} == {"traceability.yaml"}


@pytest.mark.parametrize("file", [file_name(kind) for kind in MODELS])
def test_the_schemas_of_docs_are_those_of_the_code(file, root):
    """Renew with: python tests/renew_docs.py"""
    assert (root / "docs" / "schemas" / file).read_text(encoding="utf-8") == editor_schemas()[file]


@pytest.mark.parametrize(("kind", "text", "message"), [
    ("scenario", "schema: 1\ncase: a\ntitle: b\ndescription: c\nlevrs: []\n", "'levrs' was unexpected"),
    ("scenario", "schema: 1\ncase: a\ntitle: b\ndescription: c\nchanges: [{parameter: journey.mortalty, set: 1, "
     "reason: d}]\n", "'journey.mortalty' is not one of"),
    ("scenario", "schema: 2\ncase: a\ntitle: b\ndescription: c\n", "1 was expected"),
    ("case", "schema: 1\ntitle: a\n", "'question' is a required property"),
    ("lever", "schema: 1\nlevers: {a: {title: b}}\n", "'evidence' is a required property"),
    ("cost", "schema: 1\nitems: {a: {driver: landing}}\n", "'landing' is not one of"),
])
def test_a_slip_is_marked(kind, text, message):
    found = [one.message for one in validator(kind).iter_errors(YAML(typ="safe", pure=True).load(text))]
    assert any(message in one for one in found), found


def test_the_page_on_files_says_how_an_editor_finds_a_schema(root):
    text = (root / "docs" / "inputs.md").read_text(encoding="utf-8")
    (hint,) = re.findall(r"# yaml-language-server: \$schema=(\S+)", text)
    case = root / "parameters" / "cases" / "andaman_sea_2015"
    assert (case / hint).resolve() == (root / "schemas" / "case.schema.json").resolve()
