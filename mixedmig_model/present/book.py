"""A finished comparison on disk, opened: the record and the Datasets of its scenarios."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from mixedmig_model.inputs.case import CaseInputs
from mixedmig_model.present.record import build_record
from mixedmig_model.study.scenarios import Outcome, solve_scenarios

RECORD_FILE, DATA_FOLDER = "report.json", "data"


class ComparisonError(RuntimeError):
    """One or more scenarios could not be solved; the message names each of them and why."""


@dataclass(frozen=True)
class Book:
    """The record of a comparison and one Dataset for each scenario."""

    record: dict[str, Any]
    runs: dict[str, xr.Dataset]

    @property
    def names(self) -> list[str]:
        """Scenarios in the order of the report, the baseline first."""
        return [scenario["name"] for scenario in self.record["scenarios"]]

    def title(self, name: str) -> str:
        """Title of a scenario."""
        return str(next(s["title"] for s in self.record["scenarios"] if s["name"] == name))

    @property
    def countries(self) -> dict[str, str]:
        """Titles of the countries by name."""
        return dict(self.record["countries"])


def ordered(inputs: CaseInputs, scenarios: Sequence[str] | None) -> list[str]:
    """Scenarios of a comparison: those asked for, or all; the baseline always, and first."""
    chosen = list(scenarios) if scenarios else list(inputs.scenarios)
    for name in chosen:
        inputs.scenario(name)
    return [inputs.case.baseline, *(name for name in dict.fromkeys(chosen) if name != inputs.case.baseline)]


def make_book(
    inputs: CaseInputs,
    names: Sequence[str],
    folder: Path,
    workers: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
) -> Book:
    """Solve the scenarios and write record and data to ``folder``. Raises ComparisonError naming every failed run."""
    outcomes = solve_scenarios(inputs, names, folder / DATA_FOLDER, workers, progress)
    failed = [outcome for outcome in outcomes if outcome.failure]
    if failed:
        raise ComparisonError("\n".join(f"{o.task.name}: {o.failure}" for o in failed))
    runs = {name: read_run(folder / DATA_FOLDER / f"{name}.nc") for name in names}
    record = build_record(inputs, names, outcomes, runs)
    text = json.dumps(record, indent=1, ensure_ascii=False, allow_nan=True)
    (folder / RECORD_FILE).write_text(text, encoding="utf-8")
    write_tables(record, outcomes, runs, folder)
    return Book(record, runs)


def read_run(file: Path) -> xr.Dataset:
    """A saved run, whole in memory, its file closed."""
    return xr.load_dataset(file, engine="scipy")


def open_book(folder: Path, names: Sequence[str] = ()) -> Book:
    """Open a finished comparison: the baseline and the scenarios ``names``, or all.

    Raises FileNotFoundError where the folder holds none, KeyError with the names there are.
    """
    file = Path(folder) / RECORD_FILE
    if not file.is_file():
        text = f"no finished comparison in {folder}: {RECORD_FILE} is missing"
        raise FileNotFoundError(text)
    record = json.loads(file.read_text(encoding="utf-8"))
    known = [scenario["name"] for scenario in record["scenarios"]]
    for name in names:
        if name not in known:
            text = f"no scenario '{name}' in these results; there are {', '.join(known)}"
            raise KeyError(text)
    kept = [name for name in known if not names or name in names or name == record["baseline"]]
    record["scenarios"] = [scenario for scenario in record["scenarios"] if scenario["name"] in kept]
    return Book(record, {name: read_run(Path(folder) / DATA_FOLDER / f"{name}.nc") for name in kept})


def write_tables(
    record: dict[str, Any], outcomes: Sequence[Outcome], runs: dict[str, xr.Dataset], folder: Path
) -> None:
    """Tidy CSV beside the netCDF: every indicator of every run, and people ashore by week."""
    import pandas as pd

    marks = {i["key"]: i for i in record["indicators"]}
    rows = [
        {
            "scenario": o.task.scenario,
            "need_share_run": o.task.side,
            "indicator": key,
            "kind": marks[key]["kind"],
            "title": marks[key]["title"],
            "unit": marks[key]["unit"],
            "value": value,
        }
        for o in outcomes
        for key, value in o.indicators.items()
    ]
    pd.DataFrame(rows).to_csv(folder / "indicators.csv", index=False)
    weekly = [
        ds["people"].sum("group").to_dataframe(name="persons").reset_index().assign(scenario=name)
        for name, ds in runs.items()
    ]
    table = pd.concat(weekly)[["scenario", "time", "country", "stage", "place", "persons"]]
    table.to_csv(folder / "people_by_week.csv", index=False, float_format="%.3f", date_format="%Y-%m-%d")
