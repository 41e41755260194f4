"""Inputs that were added since a workspace was made: it reads as before, with what is off."""

import pytest
from small_case import write_small

from mixedmig_model.inputs import workspace
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.parameters.catalogue import ADDED
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace


@pytest.fixture
def older(tmp_path):
    """A workspace without the file of one subject."""
    write_small(tmp_path)
    (tmp_path / "parameters" / "base" / "disclosure.yaml").unlink()
    return tmp_path


def test_an_added_input_has_its_shipped_value(older, monkeypatch):
    monkeypatch.setattr(workspace, "ADDED", ("disclosure.rate",))
    found, shipped = (read_workspace(root).parameters["disclosure.rate"] for root in (older, installed_workspace()))
    assert found == shipped


def test_any_other_input_is_asked_for(older):
    text = r"disclosure.yaml: parameters.rate: a parameter that the equations read is missing"
    with pytest.raises(InputFaultsError, match=text):
        read_workspace(older)


def test_added_inputs_are_assumptions_that_no_draw_moves():
    """A source of the shipped file need not be known to the workspace."""
    shipped = read_workspace(installed_workspace()).parameters
    for name in ADDED:
        assert (shipped[name].source, shipped[name].distribution) == ("assumption", "fixed"), name
