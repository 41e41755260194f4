"""Fixtures shared by all tests: the shipped workspace, its case, and one short solved comparison."""

from pathlib import Path

import pytest

from mixedmig_model.inputs.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.workspace import read_workspace

CASE = "andaman_sea_2015"


@pytest.fixture(scope="session")
def root() -> Path:
    return installed_workspace()


@pytest.fixture(scope="session")
def workspace(root):
    return read_workspace(root)


@pytest.fixture(scope="session")
def andaman(workspace):
    return read_case(workspace, CASE)


@pytest.fixture(scope="session")
def book(andaman, tmp_path_factory):
    """A finished comparison of two scenarios on disk, solved once a worker."""
    from mixedmig_model.present.book import make_book, ordered

    folder = tmp_path_factory.mktemp("book")
    names = ordered(andaman, ["as_it_happened", "predictable_disembarkation_and_screening"])
    made = make_book(andaman, names, folder, workers=1)
    return made, folder
