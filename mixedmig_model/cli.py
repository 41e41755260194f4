"""The command line: thin commands that parse, call one public function, print, and exit.

Exit code 0: done; 1: a check or a run failed; 2: bad input. Heavy imports stand inside the commands.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.batch_cli import batch as batch_command
from mixedmig_model.break_even_cli import break_even
from mixedmig_model.common_cli import Json, Workspace, explained, find_workspace, say, show
from mixedmig_model.compare_cli import compare
from mixedmig_model.cost_cli import cost
from mixedmig_model.ensemble_cli import ensemble as ensemble_command
from mixedmig_model.reproduce_cli import reproduce
from mixedmig_model.trace_cli import trace

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Policy scenarios and costing for the response to mixed migration.\n\nExample: mixedmig init myplan",
)
LEFT_ALONE = ("__pycache__", ".ipynb_checkpoints")


def report_folder(workspace: Path) -> Path:
    """Where reports go: the workspace's own folder, or the current one when the shipped workspace is used."""
    from mixedmig_model.inputs.installed import installed_workspace

    home = Path.cwd() if workspace == installed_workspace() else workspace
    return home / "reports"


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")], as_json: Json = False) -> None:
    """Write a workspace: parameters, cases and workbooks, to change as you like.

    Example: mixedmig init myplan
    """
    with explained(as_json):
        write_workspace(folder)
        if as_json:
            show({"ok": True, "workspace": str(folder)})
        say(f"Wrote a workspace to {folder}. Next: cd {folder} and mixedmig report andaman_sea_2015")


def write_workspace(folder: Path) -> None:
    """Copy the shipped workspace under a temporary name, then rename it. Raises InputFaultsError where it exists."""
    import shutil

    from mixedmig_model.inputs.faults import Fault, InputFaultsError
    from mixedmig_model.inputs.installed import installed_workspace

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputFaultsError([Fault(str(folder), 0, "", "the folder is not empty", allowed="a new or empty folder")])
    shipped, partial = installed_workspace(), folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        for part in ("parameters", "workbooks"):
            shutil.copytree(shipped / part, partial / part, ignore=shutil.ignore_patterns(*LEFT_ALONE))
        (partial / "reports").mkdir()
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@app.command()
def check(
    path: Annotated[Path | None, typer.Argument(help="A workspace; the current one if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Read every file of a workspace and resolve every scenario; list all faults at once.

    Example: mixedmig check myplan
    """
    from mixedmig_model.inputs.check import check_workspace

    with explained(as_json):
        found = check_workspace(find_workspace(path))
        if as_json:
            show({"ok": True, "cases": found})
        for case, scenarios in found.items():
            say(f"{case}: {len(scenarios)} scenarios ({', '.join(scenarios)})")
        say("No faults.")


@app.command()
def run(
    case: Annotated[str, typer.Argument(help="A folder of parameters/cases.")],
    to: Annotated[Path, typer.Option("--to", help="The netCDF file to write.")],
    scenario: Annotated[str | None, typer.Option("--scenario", help="A scenario; the baseline if not given.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Solve one scenario and write everything that came out as netCDF.

    Example: mixedmig run andaman_sea_2015 --scenario disembark_within_two_days --to two_days.nc
    """
    with explained(as_json):
        from mixedmig_model.inputs.case import read_case
        from mixedmig_model.inputs.resolve import resolve
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.present.numbers import amount
        from mixedmig_model.results.indicators import BREACHES, HARMS, indicator_table
        from mixedmig_model.study.scenarios import NOTICE, run_one, save

        resolved = resolve(read_case(read_workspace(find_workspace(workspace)), case), scenario)
        ds = run_one(resolved)
        save(ds, to)
        values = indicator_table(ds)
        if as_json:
            plain = {key: None if value != value else value for key, value in values.items()}
            show(
                {
                    "ok": True,
                    "notice": NOTICE,
                    "file": str(to),
                    "scenario": resolved.scenario,
                    "digest": resolved.digest,
                    "indicators": plain,
                }
            )
        for indicator in (*BREACHES, *HARMS):
            text = amount(values[indicator.key], indicator.unit)
            say(f"{indicator.kind}: {indicator.title}: {text} {indicator.unit}s")
        say(f"Wrote {to}. Single values without a range: see mixedmig report for ranges.")


@app.command()
def report(
    case: Annotated[str, typer.Argument(help="A folder of parameters/cases.")],
    scenarios: Annotated[
        str | None, typer.Option("--scenarios", help="Names with commas between; all if not given.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Name of the report's folder.")] = "comparison",
    workspace: Workspace = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes at a time.")] = 2,
    explore: Annotated[bool, typer.Option("--explore", help="Execute the slider notebook too.")] = False,
    ensemble: Annotated[
        Path | None, typer.Option("--ensemble", help="Folder made by mixedmig ensemble, in place of draws made here.")
    ] = None,
    draws: Annotated[
        int | None, typer.Option("--draws", help="Draws of the uncertain inputs, for ranges: 100 with JAX; 0: none.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")] = 1,
    trust_notebooks: Annotated[
        bool, typer.Option("--trust-notebooks", help="Run the workspace's own notebooks; they can do anything.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Compare scenarios: an offline HTML report, the executed notebooks, netCDF and CSV.

    Example: mixedmig report andaman_sea_2015 --scenarios as_it_happened,disembark_within_two_days
    """
    with explained(as_json):
        from mixedmig_model.inputs.case import read_case
        from mixedmig_model.inputs.workspace import check_name, read_workspace
        from mixedmig_model.present.progress import terminal_progress
        from mixedmig_model.present.report import make_report

        root = find_workspace(workspace)
        inputs = read_case(read_workspace(root), case)
        check_name(name, "report name", (name,))
        chosen = [part.strip() for part in scenarios.split(",") if part.strip()] if scenarios else None
        target = report_folder(root) / case / name
        with terminal_progress() as progress:
            file = make_report(inputs, chosen, target, trust_notebooks, workers, explore, progress, ensemble, draws,
                               seed)
        if as_json:
            show({"ok": True, "report": str(file)})
        else:
            typer.echo(str(file))


app.command()(reproduce)
app.command("break-even")(break_even)
app.command()(cost)
app.command()(trace)
app.command("ensemble")(ensemble_command)
app.command("batch")(batch_command)
app.command()(compare)


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Policy scenarios and costing for the response to mixed migration.

    Example: mixedmig init myplan, then in it: mixedmig report andaman_sea_2015
    """
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("mixedmig"))
        raise typer.Exit


def main() -> None:
    """Entry point of the ``mixedmig`` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


if __name__ == "__main__":
    main()
