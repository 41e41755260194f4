"""Fixtures that the tests of the science share."""

from pathlib import Path

import pytest

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.run import solve

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def andaman_case() -> CaseInputs:
    return read_case(read_workspace(ROOT), "andaman_sea_2015")


@pytest.fixture(scope="session")
def andaman_run(andaman_case) -> RunInputs:
    return resolve(andaman_case, "as_it_happened")


@pytest.fixture(scope="session")
def whole(andaman_run) -> Answer:
    """The real case, solved from its first day to its last."""
    return solve(andaman_run)
