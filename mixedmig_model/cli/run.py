"""The command ``mixedmig run``: one scenario as netCDF."""

from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show


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
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.resolving.resolve import resolve
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.results.indicators.table import BREACHES, HARMS, indicator_table
        from mixedmig_model.storage.atomic import check_file_target
        from mixedmig_model.study.run import run_one, save
        from mixedmig_model.vocabulary.numbers import amount
        from mixedmig_model.vocabulary.titles import NOTICE

        resolved = resolve(read_case(read_workspace(find_workspace(workspace)), case), scenario)
        check_file_target(to)
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
