"""A finished comparison on disk, written and opened.

It has the record and the Datasets of its scenarios.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.files import RECORD_FILE, read_report, write_report
from mixedmig_model.record.parameters import evidence_count
from mixedmig_model.record.report import build_record
from mixedmig_model.record.schema.draws import DrawsPart
from mixedmig_model.record.schema.report import Report
from mixedmig_model.record.verdicts import draw_shares_part
from mixedmig_model.record.words import spoken
from mixedmig_model.results.costs.lines import CENTS, cost_run
from mixedmig_model.results.costs.pricing import PAYER_NAMES, price_scenario
from mixedmig_model.results.costs.sectors import every_line
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.tables import write_frame
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.findings import findings
from mixedmig_model.study.ensemble.report_draws import NO_DRAWS, ReportDraws
from mixedmig_model.study.ensemble.run import changed_since
from mixedmig_model.study.scenarios import BESIDE, Outcome, solve_scenarios
from mixedmig_model.vocabulary.titles import NOTICE

DATA_FOLDER, FIGURES_FOLDER, NOTICE_FILE = "data", "figures", "README.txt"
TABLES, COSTS_FILE = ("indicators.csv", "people_by_week.csv"), "costs.csv"


OTHER_INPUTS = (
    "the results of {names} come from other inputs than those of the page: make the comparison again"
)


class ComparisonError(RuntimeError):
    """Raised for unsolved scenarios, or results of other inputs.

    The message names each of them and why.
    """


@dataclass(frozen=True)
class Comparison:
    """The record of a comparison and a Dataset a scenario.

    ``figures`` is the folder into which files of figures go while a report is made (None: there are none). ``part`` is
    the end of their names on a page that shows only some of the scenarios.
    """

    record: Report
    runs: dict[str, xr.Dataset]
    figures: Path | None = None
    part: str = ""

    @property
    def names(self) -> list[str]:
        """Scenarios in the order of the report, the baseline first."""
        return self.record.names

    def title(self, name: str) -> str:
        """Return title of a scenario."""
        return self.record.option(name).title

    @property
    def countries(self) -> dict[str, str]:
        """Titles of the countries by name."""
        return self.record.countries


def ordered(inputs: CaseInputs, scenarios: Sequence[str] | None) -> list[str]:
    """Return the scenarios of a comparison in order.

    They are those requested, or all; the baseline always, and first.
    """
    chosen = list(scenarios) if scenarios else list(inputs.scenarios)
    for name in chosen:
        inputs.scenario(name)
    return [inputs.case.baseline, *(name for name in dict.fromkeys(chosen) if name != inputs.case.baseline)]


def make_comparison(
    inputs: CaseInputs,
    names: Sequence[str],
    folder: Path,
    workers: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
    draws: ReportDraws = NO_DRAWS,
    *,
    path: str = "auto",
) -> Comparison:
    """Solve the scenarios; write record and data to a folder.

    ``names``: Names of scenarios, the baseline first. ``folder``: The folder. ``workers``: Processes at a time.
    ``progress``: Called with runs done, runs in all, and a name. ``draws``: Where an ensemble of the same inputs lies,
    whose ranges the record then has, or why there is none. ``path``: By which runs are solved. Returns the comparison.
    Raises ComparisonError where runs failed. The message names each. Raises InputFaultsError where the ensemble is of
    other inputs.
    """
    ranges = read_findings(inputs, names, draws.folder) if draws.folder else None
    outcomes = solve_scenarios(inputs, names, folder / DATA_FOLDER, workers, progress, path=path)
    failed = [outcome for outcome in outcomes if outcome.failure and outcome.task.side not in BESIDE]
    if failed:
        raise ComparisonError("\n".join(f"{o.task.name}: {o.failure}" for o in failed))
    runs = {name: read_run(folder / DATA_FOLDER / f"{name}.nc") for name in names}
    check_inputs({name: resolve(inputs, name).digest for name in names}, runs)
    record = build_record(inputs, names, outcomes, runs, ensemble=ranges, draws=draws.why)
    write_report(record, folder)
    write_tables(record, outcomes, runs, folder)
    if inputs.costs is not None:
        write_costs(inputs, runs, folder)
    return Comparison(record, runs)


def check_inputs(shown: Mapping[str, str], runs: Mapping[str, xr.Dataset]) -> None:
    """Refuse results of other inputs than those a page shows.

    Parameters
    ----------
    shown : Mapping[str, str]
        Digest of the inputs shown, by scenario.
    runs : Mapping[str, xarray.Dataset]
        Datasets by scenario.

    Raises
    ------
    ComparisonError
        Where a run has other inputs.
    """
    wrong = [name for name, ds in runs.items() if ds.attrs.get("input_digest") != shown[name]]
    if wrong:
        raise ComparisonError(OTHER_INPUTS.format(names=", ".join(wrong)))


def read_findings(inputs: CaseInputs, names: Sequence[str], folder: Path) -> DrawsPart:
    """Return what an ensemble says.

    It is checked that the ensemble has the inputs of the report.
    """
    ensemble = read_ensemble(folder)
    digests, shared = ensemble.manifest["inputs"], [name for name in names if name in ensemble.scenarios]
    allowed = f"an ensemble of case {inputs.name} as it is now, of scenarios of the report"
    if ensemble.manifest["case"] != inputs.name or not shared:
        text = f"case {ensemble.manifest['case']}, scenarios {', '.join(ensemble.scenarios)}"
        raise InputFaultsError([Fault(folder.name, 0, "", "the ensemble belongs to another report", found=text,
                                      allowed=allowed)])
    changed = [name for name in shared if digests[name] != resolve(inputs, name).digest]
    what = f"scenario {changed[0]} as it was" if changed else changed_since(inputs, ensemble.manifest)
    if what:
        text = "the ensemble was made from other inputs"
        raise InputFaultsError([Fault(folder.name, 0, "", text, found=what, allowed=allowed)])
    found = findings(ensemble)
    return DrawsPart.model_validate(found | {
        "judged": {name: draw_shares_part(shares) for name, shares in found["judged"].items()}})


def read_run(file: Path) -> xr.Dataset:
    """Read a saved run whole into memory and close its file."""
    return xr.load_dataset(file, engine="scipy")


def open_comparison(folder: Path, names: Sequence[str] = ()) -> Comparison:
    """Open a finished comparison.

    It has the baseline and the scenarios ``names``, or all. Raises FileNotFoundError where the folder holds none,
    ReportFileError where its record is of another version or damaged, and KeyError with the names there are. Raises
    ComparisonError where the results are not those of the inputs shown.
    """
    record = read_report(Path(folder))
    known = record.names
    for name in names:
        if name not in known:
            text = f"no scenario '{name}' in these results; there are {', '.join(known)}"
            raise KeyError(text)
    kept = [name for name in known if not names or name in names or name == record.baseline]
    shown = record.model_copy(update={"scenarios": tuple(one for one in record.scenarios if one.name in kept)})
    runs = {name: read_run(Path(folder) / DATA_FOLDER / f"{name}.nc") for name in kept}
    check_inputs({name: record.runs[name].input_digest for name in kept}, runs)
    return Comparison(shown, runs)


def write_tables(
    record: Report, outcomes: Sequence[Outcome], runs: dict[str, xr.Dataset], folder: Path
) -> None:
    """Write tidy CSV next to the netCDF.

    It has indicators of all runs, and people ashore by week; README.txt has the notice.
    """
    import pandas as pd

    marks = {i.key: i for i in record.indicators}
    rows = [
        {
            "scenario": o.task.scenario,
            "need_share_run": o.task.side,
            "indicator": key,
            "kind": marks[key].kind,
            "title": marks[key].title,
            "unit": marks[key].unit,
            "value": value,
        }
        for o in outcomes
        for key, value in o.indicators.items()
    ]
    write_frame(folder / "indicators.csv", pd.DataFrame(rows))
    weekly = [
        ds["people"].sum("group").to_dataframe(name="persons").reset_index().assign(scenario=name)
        for name, ds in runs.items()
    ]
    table = pd.concat(weekly)[["scenario", "time", "country", "stage", "place", "persons"]]
    write_frame(folder / "people_by_week.csv", table, "%.3f")
    write_file(folder / NOTICE_FILE, notice_text(record))


def write_costs(inputs: CaseInputs, runs: dict[str, xr.Dataset], folder: Path) -> None:
    """Write costs of the main runs as tidy CSV.

    They are by item, sector, country, calendar year and payer; ``mixedmig cost`` has months.
    """
    import pandas as pd

    parts = []
    for name, ds in runs.items():
        run = cost_run(ds, price_scenario(inputs, name))
        items, sectors, cents = zip(*every_line(run), strict=True)
        table = np.stack(cents)
        line, month, country, payer = np.nonzero(table)
        parts.append(pd.DataFrame({
            "scenario": name, "item": np.array(items)[line], "sector": np.array(sectors)[line],
            "country": np.array(run.pricing.countries)[country],
            "year": np.array([one.year for one in run.calendar.months])[month],
            "payer": np.array(PAYER_NAMES)[payer], "cents": table[line, month, country, payer]}))
    columns = ["scenario", "item", "sector", "country", "year", "payer"]
    lines = pd.concat(parts).groupby(columns, sort=False, as_index=False)["cents"].sum()
    lines["cost"] = lines["cents"] / CENTS
    write_frame(folder / COSTS_FILE, pd.DataFrame(lines[[*columns, "cost"]]), "%.2f")


def notice_text(record: Report) -> str:
    """Return what lies in the folder, and its limits.

    It says what the folder may not be taken for: the tables themselves stay tidy.
    """
    assumed, inputs = evidence_count(record)
    tables = [*TABLES, COSTS_FILE] if record.costs else TABLES
    return spoken.NOTICE_FILE.format(title=record.title, tables=", ".join(tables), record=RECORD_FILE,
                                     data=DATA_FOLDER, figures=FIGURES_FOLDER, notice=NOTICE, assumed=assumed,
                                     inputs=inputs)
