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
    from mixedmig_model.inputs.cases.case import CaseInputs
    from mixedmig_model.present.spreadsheet.plan import CostedScenario
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

    The spreadsheet has the case's baseline next to it, and a response plan.

    Example: mixedmig cost andaman_sea_2015 --scenario disembark_within_two_days --to plan.xlsx --csv plan.csv
    """
    with explained(as_json):
        from mixedmig_model.inputs.costs.projects import read_projects
        from mixedmig_model.present.spreadsheet.plan import write_plan
        from mixedmig_model.present.tables.plan import write_plan_table
        from mixedmig_model.record.commands.plan import plan_record
        from mixedmig_model.storage.atomic import writing_together

        sectors, root = _sectors(by_project), find_workspace(workspace)
        wanted = _targets(to, table, root)
        inputs = case_in(root, case, currency)
        say_inputs(inputs, scenario)
        projects = read_projects(inputs)
        costed, *base = _costed(inputs, scenario, path, economic, nominal)
        with writing_together(*wanted) as (book, *tables):
            write_plan(costed, inputs, book, baseline=base[0] if base else None, projects=projects, by_project=sectors)
            for file in tables:
                write_plan_table(costed.run, inputs, costed.ds, file, sectors)
        record = plan_record(costed.run, costed.ds, costed.scenario, to, table)
        _tell(record, bool(projects), inputs.scenario(costed.scenario).title, as_json)


def _costed(
    inputs: "CaseInputs", scenario: str | None, path: SolverPath, economic: bool, nominal: bool
) -> "list[CostedScenario]":
    """Return a scenario costed, and the baseline where it is another.

    Raises NoCostsError before anything is solved.
    """
    from mixedmig_model.inputs.resolving.resolve import resolve
    from mixedmig_model.present.spreadsheet.plan import CostedScenario
    from mixedmig_model.results.costs.lines import cost_run
    from mixedmig_model.results.costs.pricing import price_scenario
    from mixedmig_model.study.run import run_one

    wanted = {one.scenario: one for one in (resolve(inputs, scenario), resolve(inputs))}
    prices = {name: price_scenario(inputs, name) for name in wanted}
    solved = {name: run_one(one, path=path) for name, one in wanted.items()}
    return [CostedScenario(name, cost_run(solved[name], prices[name], not economic, nominal), solved[name])
            for name in wanted]


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
    from mixedmig_model.inputs.costs.sectors import SECTORS
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
