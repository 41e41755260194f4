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


def test_no_draw_moves_added_inputs():
    shipped = read_workspace(installed_workspace()).parameters
    assert {shipped[name].distribution for name in ADDED} == {"fixed"}


def test_an_added_input_brings_its_source(older, monkeypatch):
    """The source of the shipped value need not be known to the workspace."""
    sources = older / "parameters" / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    monkeypatch.setattr(workspace, "ADDED", ("disclosure.rate", "onward.mover_rate"))
    base = older / "parameters" / "base" / "onward.yaml"
    lines = base.read_text(encoding="utf-8")
    start = lines.index("  mover_rate:")
    base.write_text(lines[:start] + lines[lines.index("  irregular_rate:"):], encoding="utf-8")
    start = text.index("  IOM16:")
    sources.write_text(text[:start] + "\n".join(text[start:].split("\n")[3:]), encoding="utf-8")
    assert "IOM16" in read_workspace(older).sources
