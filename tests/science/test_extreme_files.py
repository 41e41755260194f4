"""Inputs at the hard bounds of the catalogue, through files: whatever a user may write runs with the ledger closed."""

import json
import math
import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
import xarray as xr
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, RATE, SHARE, SWITCH, TIME, Need
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.solve.problem import Problem
from mixedmig_model.study.run import run_one

from .extremes import Done, holds
from .synthetic import HUGE

TWO = ("north", "south")
FREE = (
    "journey.disembarkation_share", "referral.protected_share", "referral.determination_share", "arrivals.composition",
)
"""Parameters whose sums are bounded: left as they are."""
NEEDS_COSTS = ("funding.binds",)
"""Parameters that need a cost book, which these workspaces do not have."""
BOUNDED = [name for name, need in CATALOGUE.items() if name not in (*FREE, *NEEDS_COSTS) and need.rule != "cited"]
MOST_EVALUATIONS = 60_000
"""More than any run of 28 days needs at the fastest hazards that bounds allow: some 1,000 a day."""


def write_case(root: Path, name: str, days: int, values: Mapping[str, tuple[float, str]]) -> None:
    """A case of two countries with people in every place, detention and onward movement.

    Args: values, number and unit of each parameter that the case sets for itself.
    """
    folder = root / "parameters" / "cases" / name
    (folder / "scenarios").mkdir(parents=True)
    start = date(2030, 1, 1)
    end = start + timedelta(days=days)
    case = {
        "schema": 1, "title": "Extreme", "question": "Does it hold?", "summary": "For a test.",
        "start": str(start), "end": str(end), "countries": {country: {"title": country} for country in TWO},
        "baseline": "base", "departures": "arrivals.csv",
        "opening": [
            {"stage": stage, "place": place, "country": "north", "persons": 300}
            for stage, place in (
                ("registration", "detention"), ("counselling", "alternative"), ("determination", "community"),
                ("appeal", "reception"), ("protected", "reception"), ("return", "unsheltered"), ("limbo", "reception"),
            )
        ],
        "parameters": {
            key: {"source": "assumption", "quality": "assumption"} | given for key, given in {
                "journey.disembarkation_share": {"by_country": dict.fromkeys(TWO, 0.5)},
                "detention.detained_share": {"value": 0.3}, "detention.pre_removal_rate": {"value": 0.01},
                "onward.within_region_share": {"value": 0.5}, "journey.refused_share": {"value": 0.2},
                "alternative.places": {"value": 50}, "sharing.transfers": {"value": 2},
                **{key: {"value": x, "unit": unit, "range": [x, x]} for key, (x, unit) in values.items()},
            }.items()
        },
    }
    rows = [f"{start},{end},{country},{40 * days},assumption,assumption," for country in TWO]
    base = {"schema": 1, "case": name, "title": "Base", "description": "Nothing changes."}
    table = "\n".join(["start,end,country,persons,source,quality,note", *rows, ""])
    (folder / "case.yaml").write_text(json.dumps(case, indent=1), encoding="utf-8")
    (folder / "arrivals.csv").write_text(table, encoding="utf-8")
    (folder / "scenarios" / "base.yaml").write_text(json.dumps(base), encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """A workspace with the shipped parameters and no case."""
    folder = tmp_path_factory.mktemp("extremes")
    shipped = Path(installed_workspace()) / "parameters"
    shutil.copytree(shipped / "base", folder / "parameters" / "base")
    shutil.copy(shipped / "sources.yaml", folder / "parameters")
    return folder


def bounds(which: str, *kinds: Need, but: Mapping[str, float] | None = None) -> dict[str, tuple[float, str]]:
    """One hard bound of every parameter of some kinds, with its unit; some numbers may be others."""
    plain = {name: need._replace(owned_by_case=False) for name, need in CATALOGUE.items()}
    chosen = {name: need for name, need in plain.items() if need in kinds and name in BOUNDED}
    assert len(chosen) > 2
    found = {name: (need.low if which == "low" else need.high, need.unit) for name, need in chosen.items()}
    return found | {name: (number, CATALOGUE[name].unit) for name, number in (but or {}).items()}


PLENTY = [
    need._replace(owned_by_case=False) for need in CATALOGUE.values()
    if need.high == HUGE and need.axis == "country" and not need.rule
]
NO_PATHWAYS = {"responses.pathway_places": 0.0}  # else all who would depart leave by them
LEAVING = {
    "onward.waiting_gain": CATALOGUE["onward.waiting_gain"].high, "determination.officers": 0.0,
    "onward.crowding_gain": CATALOGUE["onward.crowding_gain"].high, "reception.places": 0.0,
}
"""Nobody decides and there is no place, so that waiting and crowding raise leaving as far as they ever can."""
CORNERS = {
    "every time at its shortest": (28, bounds("low", TIME)),
    "every time at its longest": (28, bounds("high", TIME)),
    "every rate at its highest": (14, bounds("high", RATE)),
    "leaving raised as far as may be": (7, bounds("high", RATE, but=LEAVING)),
    "every rate at zero": (28, bounds("low", RATE)),
    "every share at zero": (28, bounds("low", SHARE, SWITCH)),
    "every share at one": (28, bounds("high", SHARE, SWITCH, but={"arrivals.claim_share": 0.5})),  # the rest by sea
    "nothing of anything": (28, bounds("low", *PLENTY)),
    "plenty of everything": (28, bounds("high", *PLENTY, but=NO_PATHWAYS)),
}
"""Days and parameters of each case."""


def says(done: Done) -> dict[str, bool]:
    """What each corner must have led to, so that it is one."""
    moved, at_end = done.moved, done.at_end
    sailed, at_sea = moved("departed"), float(done.ds["at_sea"].isel(time=-1).sum())
    left = moved("absconded", "moved_onward")
    return {
        "every time at its shortest": at_sea == pytest.approx(80.0 * 0.01, rel=0.01),  # 80 a day for a quarter hour
        "every time at its longest": at_sea > 0.999 * sailed and moved("recognised") < 1.0,
        "every rate at its highest": moved("abandoned") > 0.9 * sailed and moved("registered") == 0.0,
        "leaving raised as far as may be": left > 2000.0 and at_end(place="community") < 1.0,
        "every rate at zero": moved("abandoned", "found", "moved_onward", "staff_left") == 0.0,
        "every share at zero": moved("refused", "landed_unrecorded", "crossing_deaths", "recognised") == 0.0,
        "every share at one": moved("landed", "landed_unrecorded") == 0.0 < moved("refused"),
        "nothing of anything": moved("registered") == 0.0 and abs(at_end(place="reception")) < 0.05,
        "plenty of everything": at_end(place="unsheltered") < 0.05 and moved("registered") > 1500.0,
    }


@pytest.fixture
def ends(monkeypatch):
    """A run that would go on for ever fails instead."""
    def counted(problem, day, vector):
        assert problem.evaluations < MOST_EVALUATIONS, f"no end in sight on day {day:g}"
        return derivative(problem, day, vector)

    derivative = Problem.derivative
    monkeypatch.setattr(Problem, "derivative", counted)


@pytest.mark.usefixtures("ends")
@pytest.mark.parametrize("name", CORNERS)
def test_a_case_file_at_the_bounds_of_the_catalogue_runs_from_the_command_line(root, name, tmp_path):
    days, values = CORNERS[name]
    case = name.replace(" ", "_")
    write_case(root, case, days, values)
    done = CliRunner().invoke(app, ["run", case, "--workspace", str(root), "--to", str(tmp_path / "run.nc"), "--json",
                                    "--path", "reference"])
    assert done.exit_code == 0, done.output
    with xr.open_dataset(tmp_path / "run.nc", engine="scipy") as file:
        ds = file.load()
    told = {key: math.nan if value is None else value for key, value in json.loads(done.stdout)["indicators"].items()}
    found = holds(ds)
    assert told == pytest.approx(found.of, nan_ok=True)
    assert found.moved("departed") > 500.0
    assert says(found)[name]


@pytest.fixture(scope="module")
def inputs(root) -> CaseInputs:
    write_case(root, "drawn", 28, {})
    return read_case(read_workspace(root), "drawn")


def base_units(inputs: CaseInputs, name: str) -> float:
    """What one unit of a parameter's base file is in that of the catalogue."""
    return conversion_factor(inputs.workspace.parameters[name].unit, CATALOGUE[name].unit)


@st.composite
def drawn(draw) -> dict[str, float]:
    """A handful of parameters at their lowest or highest legal number, in the catalogue's unit."""
    names = draw(st.lists(st.sampled_from(BOUNDED), min_size=4, max_size=12, unique=True))
    return {name: draw(st.sampled_from([CATALOGUE[name].low, CATALOGUE[name].high])) for name in names}


@pytest.mark.usefixtures("ends")
@settings(
    max_examples=10, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(values=drawn())
def test_any_handful_of_parameters_at_their_bounds_runs_with_the_ledger_closed(request, values):
    inputs = request.getfixturevalue("inputs")  # not an argument: a failure would print all of it
    given = {name: number / base_units(inputs, name) for name, number in values.items()}
    run = resolve(inputs, None, given, held=True)  # as draws are: held within hard bounds, beyond any range
    holds(run_one(run, path="reference"))


@pytest.mark.parametrize("name", ["onward.waiting_gain", "onward.crowding_gain"])
def test_leaving_raised_beyond_any_sense_is_refused_in_words(inputs, name):
    """At the bounds that once were, people left ten thousand times a day, and no run would have ended."""
    high = CATALOGUE[name].high / base_units(inputs, name)
    resolve(inputs, None, {name: high})
    with pytest.raises(InputFaultsError, match=f"{name} leaves its bounds on 2030-01-01"):
        resolve(inputs, None, {name: 2.0 * high})
