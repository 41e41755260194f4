"""Names on which programs rely: those of the last release are there, or are accepted as old names."""

import json
from pathlib import Path

import pytest
from renew_docs import commands, one_week

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.present.handbook.contract import contract_page
from mixedmig_model.record.words.failures import BAD_INPUT, FAILED
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary import contract

RELEASED = json.loads((Path(__file__).parents[1] / "data" / "contract_0.1.0.json").read_text(encoding="utf-8"))
"""Names of version 0.1.0, written by its own code."""


@pytest.fixture(scope="module")
def ds(workspace):
    return one_week(workspace)


def missing(kind, old, today):
    """Names of the last release that are neither there today nor accepted as old names."""
    return [name for name in old if contract.current_name(kind, name).name not in today]


def test_names_of_the_last_release_are_there_or_accepted(ds):
    assert missing("indicator", RELEASED["indicators"], {one.key for one in INDICATORS}) == []
    assert missing("parameter", RELEASED["parameters"], CATALOGUE) == []
    assert missing("variable", RELEASED["variables"], set(ds.data_vars)) == []
    today = commands()
    assert missing("command", RELEASED["commands"], today) == []
    for name, options in RELEASED["commands"].items():
        assert missing("option", options, today[contract.current_name("command", name).name]) == [], name
    assert set(RELEASED["exit_codes"]) <= set(contract.EXIT_CODES)


def test_what_the_names_stand_for_has_not_changed(ds):
    units = {one.key: one.unit for one in INDICATORS}
    assert {key: units[key] for key in RELEASED["indicators"] if key in units} == RELEASED["indicators"]
    assert {name: CATALOGUE[name].unit for name in RELEASED["parameters"]} == RELEASED["parameters"]
    dims = {name: [contract.current_name("dimension", dim).name for dim in old]
            for name, old in RELEASED["variables"].items()}
    assert {name: list(ds[name].dims) for name in dims} == dims


def test_a_name_that_vanished_would_be_found_and_a_renamed_one_is_accepted(monkeypatch):
    assert missing("indicator", ["deaths", "gone"], {"deaths"}) == ["gone"]
    monkeypatch.setattr(contract, "RENAMED", (contract.Renamed("indicator", "gone", "deaths", "9.9.0"),))
    assert missing("indicator", ["deaths", "gone"], {"deaths"}) == []


def test_the_page_lists_renamed_names(ds, monkeypatch):
    assert "None. Every name of version 0.1.0 is still valid." in contract_page(ds, {}, ())
    monkeypatch.setattr(contract, "RENAMED", (contract.Renamed("option", "--old", "--new", "9.9.0"),))
    assert "| option | `--old` | `--new` | 9.9.0 |" in contract_page(ds, {}, ())


def test_exit_codes_are_those_that_commands_use():
    assert {0, FAILED, BAD_INPUT} <= set(contract.EXIT_CODES)
