"""The command ``mixedmig cost``: the cost of a scenario as a workbook with live formulas (``docs/spreadsheet.md``)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show

if TYPE_CHECKING:
    import xarray as xr

    from mixedmig_model.inputs.cases.case import CaseInputs
    from mixedmig_model.results.costs.lines import CostRun


def cost(
    case: Annotated[str, typer.Argument(help="A folder of parameters/cases.")],
    to: Annotated[Path, typer.Option("--to", help="The workbook to write, a file that ends in .xlsx.")],
    scenario: Annotated[str | None, typer.Option("--scenario", help="A scenario; the baseline if not given.")] = None,
    table: Annotated[Path | None, typer.Option("--csv", help="Write the plan as a table for sharing too.")] = None,
    economic: Annotated[
        bool, typer.Option("--economic", help="Spread capital over its life; count donated goods. Else cash.")
    ] = False,
    nominal: Annotated[bool, typer.Option("--nominal", help="Prices of each year. Else of the base year.")] = False,
    by_project: Annotated[
        str | None,
        typer.Option("--by-project", help="Sectors to show as projects in the plan, with commas between; or all."),
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Cost one scenario: a workbook with live formulas, and a response plan as a table.

    Example: mixedmig cost andaman_sea_2015 --scenario disembark_within_two_days --to plan.xlsx --csv plan.csv
    """
    with explained(as_json):
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.costs.projects import read_projects
        from mixedmig_model.inputs.resolving.resolve import resolve
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.present.spreadsheet.plan import write_plan
        from mixedmig_model.results.costs.lines import cost_run
        from mixedmig_model.results.costs.pricing import price_scenario
        from mixedmig_model.study.run import run_one

        sectors = _sectors(by_project)
        _check_names(to, table)
        inputs = read_case(read_workspace(find_workspace(workspace)), case)
        resolved, projects = resolve(inputs, scenario), read_projects(inputs)
        pricing, ds = price_scenario(inputs, resolved.scenario), run_one(resolved)
        run = cost_run(ds, pricing, not economic, nominal)
        write_plan(run, inputs, resolved.scenario, path=to, ds=ds, projects=projects, by_project=sectors)
        if table is not None:
            _write_table(run, inputs, ds, table, sectors)
        record = _record(run, ds, resolved.scenario, to, table)
        if as_json:
            show(record)
        for line in _sentences(run, record, bool(projects)):
            say(line)


def _sectors(by_project: str | None) -> tuple[str, ...]:
    """Sectors shown project-based. Raises InputFaultsError."""
    from mixedmig_model.inputs.costs.projects import SECTORS
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest

    if by_project == "all":
        return SECTORS
    names = tuple(part.strip() for part in (by_project or "").split(",") if part.strip())
    unknown = [name for name in names if name not in SECTORS]
    if unknown:
        raise InputFaultsError([
            Fault("--by-project", 0, "", "unknown sector", found=repr(name)[:80],
                  allowed=f"all, {listed(SECTORS, 30)}", nearest=nearest(name, SECTORS))
            for name in unknown
        ])
    return names


def _check_names(to: Path, table: Path | None) -> None:
    """Refuse file names that would mislead programs, before anything is solved. Raises InputFaultsError."""
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError

    wanted = {"--to": (to, ".xlsx"), "--csv": (table, ".csv")}
    faults = [
        Fault(option, 0, "", "the file's name ends otherwise", found=repr(path.name)[:80],
              allowed=f"a name that ends in {ending}")
        for option, (path, ending) in wanted.items() if path is not None and path.suffix.lower() != ending
    ]
    if faults:
        raise InputFaultsError(faults)


def _write_table(
    run: "CostRun", inputs: "CaseInputs", ds: "xr.Dataset", path: Path, sectors: tuple[str, ...]
) -> None:
    """The plan as a table for sharing."""
    from mixedmig_model.results.costs.people import people_of_plan
    from mixedmig_model.results.costs.plan import activity_based, plan_rows, project_based, write_csv

    rows = project_based(activity_based(run, inputs.workspace.sources), sectors)
    write_csv(run, plan_rows(run, rows, people_of_plan(ds)), path)


def _record(run: "CostRun", ds: "xr.Dataset", scenario: str, to: Path, table: Path | None) -> dict[str, Any]:
    """What the command found, for programs; breaches and harms lead."""
    from mixedmig_model.results.costs.people import people_of_plan
    from mixedmig_model.results.costs.plan import planning_estimate, total_span
    from mixedmig_model.results.indicators.table import BREACHES, HARMS, Facts
    from mixedmig_model.vocabulary.titles import NOTICE

    facts, money = Facts(ds), run.pricing.money
    share, (low, high) = run.assumed_share, total_span(run)
    return {
        "ok": True, "notice": NOTICE, "scenario": scenario, "digest": str(ds.attrs["input_digest"]),
        "breaches": {one.key: one.compute(facts) for one in BREACHES},
        "harms": {one.key: one.compute(facts) for one in HARMS},
        "standing": "planning estimate, not a budget" if planning_estimate(run) else "planning estimate",
        "assumed_share": None if share != share else share, "total": run.total, "low": low, "high": high,
        "currency": money.base_currency, "year": money.base_year, "prices": "nominal" if run.nominal else "real",
        "view": "financial" if run.financial else "economic",
        "people": {
            part: dict(zip(("in_need", "targeted", "reached"), who.total, strict=True))
            for part, who in people_of_plan(ds).items()
        },
        "file": str(to), "csv": None if table is None else str(table),
    }


def _sentences(run: "CostRun", record: dict[str, Any], has_projects: bool) -> list[str]:
    """What the command says to people: breaches and harms, then the total and what it rests on."""
    from mixedmig_model.record.words.costs import money_range
    from mixedmig_model.results.indicators.table import BREACHES, HARMS
    from mixedmig_model.vocabulary.numbers import amount, percent

    found = record["breaches"] | record["harms"]
    lines = [f"{one.kind}: {one.title}: {amount(found[one.key], one.unit)} {one.unit}s" for one in (*BREACHES, *HARMS)]
    standing = record["standing"].upper()
    share = "nothing is paid for" if record["assumed_share"] is None else (
        f"{percent(record['assumed_share'])} of it rests on prices without a source")
    prices = "prices of each year" if run.nominal else f"prices of {record['year']}"
    total = money_range(run.total, record["low"], record["high"], record["currency"])
    lines.append(f"Total: {total}, {record['view']}, {prices}. {standing}: {share}.")
    if run.nominal and has_projects:
        lines.append("Submitted budgets are left out: they are compared at prices of the base year.")
    return [*lines, *(f"Wrote {record[key]}" for key in ("file", "csv") if record[key])]
