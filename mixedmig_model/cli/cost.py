"""The command ``mixedmig cost``.

It costs a scenario in a spreadsheet with live formulas (``docs/spreadsheet.md``).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import (
    CaseName,
    Json,
    ScenarioName,
    SecondCurrency,
    SolverPath,
    Workspace,
    case_in,
    explained,
    find_workspace,
    inputs_of,
    listed_names,
    say,
    say_inputs,
    show,
)

if TYPE_CHECKING:
    from mixedmig_model.record.schema.commands import CostedPlan


def cost(
    case: CaseName,
    to: Annotated[Path, typer.Option("--to", help="The spreadsheet to write, a file that ends in .xlsx.")],
    scenario: ScenarioName = None,
    table: Annotated[Path | None, typer.Option("--csv", help="Also write the response plan as this .csv file.")] = None,
    economic: Annotated[
        bool, typer.Option("--economic", help="Spread capital over its life and count donated goods; default: cash.")
    ] = False,
    nominal: Annotated[bool, typer.Option("--nominal", help="Prices of each year; default: the base year.")] = False,
    by_project: Annotated[
        str | None,
        typer.Option("--by-project", help="Sectors to show as projects in the plan, comma-separated, or all."),
    ] = None,
    path: SolverPath = "auto",
    workspace: Workspace = None,
    currency: SecondCurrency = None,
    as_json: Json = False,
) -> None:
    """Cost one scenario as a spreadsheet with live formulas.

    The spreadsheet also has a response plan.

    Example: mixedmig cost andaman_sea_2015 --scenario disembark_within_two_days --to plan.xlsx --csv plan.csv
    """
    with explained(as_json):
        from mixedmig_model.inputs.costs.projects import read_projects
        from mixedmig_model.inputs.resolving.resolve import resolve
        from mixedmig_model.present.spreadsheet.plan import write_plan
        from mixedmig_model.present.tables.plan import write_plan_table
        from mixedmig_model.record.commands.plan import plan_record
        from mixedmig_model.results.costs.lines import cost_run
        from mixedmig_model.results.costs.pricing import price_scenario
        from mixedmig_model.storage.atomic import writing_together
        from mixedmig_model.study.run import run_one

        sectors, root = _sectors(by_project), find_workspace(workspace)
        wanted = _targets(to, table, root)
        inputs = case_in(root, case, currency)
        say_inputs(inputs, scenario)
        resolved, projects = resolve(inputs, scenario), read_projects(inputs)
        pricing, ds = price_scenario(inputs, resolved.scenario), run_one(resolved, path=path)
        run = cost_run(ds, pricing, not economic, nominal)
        with writing_together(*wanted) as (book, *tables):
            write_plan(run, inputs, resolved.scenario, path=book, ds=ds, projects=projects, by_project=sectors)
            for file in tables:
                write_plan_table(run, inputs, ds, file, sectors)
        title, record = inputs.scenario(resolved.scenario).title, plan_record(run, ds, resolved.scenario, to, table)
        _tell(record, bool(projects), title, as_json)


def _tell(record: "CostedPlan", has_projects: bool, title: str, as_json: bool) -> None:
    """Say what a plan costs, to a program too if it asked.

    ``title`` is that of the scenario.
    """
    from mixedmig_model.record.schema.base import data_of
    from mixedmig_model.record.words.plan import plan_sentences

    if as_json:
        show(data_of(record))
    for line in plan_sentences(record, has_projects, title):
        say(line)


def _targets(to: Path, table: Path | None, workspace: Path) -> list[Path]:
    """Return the files to write, tried. Raises TargetError."""
    from mixedmig_model.storage.targets import FileTarget, check_targets

    wanted = [FileTarget("--to", to, ".xlsx"), *([FileTarget("--csv", table, ".csv")] if table is not None else [])]
    check_targets(wanted, inputs_of(workspace))
    return [target.path for target in wanted]


def _sectors(by_project: str | None) -> tuple[str, ...]:
    """Return sectors shown project-based. Raises InputFaultsError."""
    from mixedmig_model.inputs.costs.projects import SECTORS
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest

    if by_project == "all":
        return SECTORS
    names = listed_names(by_project or "")
    unknown = [name for name in names if name not in SECTORS]
    if unknown:
        raise InputFaultsError([
            Fault("--by-project", 0, "", "unknown sector", found=repr(name)[:80],
                  allowed=f"all, {listed(SECTORS, 30)}", nearest=nearest(name, SECTORS))
            for name in unknown
        ])
    return names
