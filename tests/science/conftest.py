"""Fixtures that the tests of the science share."""

from pathlib import Path

import pytest

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.workspace import read_workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def andaman_case() -> CaseInputs:
    return read_case(read_workspace(ROOT), "andaman_sea_2015")


@pytest.fixture(scope="session")
def andaman_run(andaman_case) -> RunInputs:
    return resolve(andaman_case, "as_it_happened")
