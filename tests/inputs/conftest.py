"""Fixtures of the tests of the inputs."""

from functools import lru_cache
from pathlib import Path

import faulty_workspace
import pytest

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.reading import yaml_reader
from mixedmig_model.inputs.workspace import Workspace, read_workspace

_parse_once = lru_cache(maxsize=512)(yaml_reader.parse_document)


@pytest.fixture(autouse=True)
def _unchanged_files_are_parsed_once(monkeypatch) -> None:
    """Documents are frozen, so that the many unchanged files of the many copies need no second parsing."""
    monkeypatch.setattr(yaml_reader, "parse_document", _parse_once)


@pytest.fixture
def folder(tmp_path) -> Path:
    """The ``parameters`` of a fresh copy of the shipped workspace."""
    return faulty_workspace.shipped(tmp_path)


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    return read_workspace(faulty_workspace.ROOT)


@pytest.fixture(scope="session")
def inputs(workspace) -> CaseInputs:
    return read_case(workspace, faulty_workspace.NAME)
