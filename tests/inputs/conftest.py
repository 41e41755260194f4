"""Fixtures of the tests of the inputs."""

from pathlib import Path

import faulty_workspace
import pytest

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.workspace import Workspace, read_workspace


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
