"""The command ``mixedmig run``: one scenario as netCDF."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import (
    CaseName,
    Json,
    ScenarioName,
    SolverPath,
    Workspace,
    explained,
    find_workspace,
    inputs_of,
    say,
    say_cautions,
    show,
)


def run(
    case: CaseName,
    to: Annotated[Path, typer.Option("--to", help="The netCDF file to write.")],
    scenario: ScenarioName = None,
    path: SolverPath = "auto",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Solve one scenario and write the result as netCDF.

    The terminal shows breaches and deaths first. The file holds all results.

    Example: mixedmig run andaman_sea_2015 --scenario disembark_within_two_days --to two_days.nc
    """
    with explained(as_json):
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.results.indicators.table import indicator_table
        from mixedmig_model.storage.targets import FileTarget, check_targets
        from mixedmig_model.study.run import run_one, save
        from mixedmig_model.vocabulary.titles import NOTICE

        root = find_workspace(workspace)
        check_targets([FileTarget("--to", to, ".nc")], inputs_of(root))
        inputs = read_case(read_workspace(root), case)
        resolved = resolve(inputs, scenario)
        cautions = cautions_of(inputs, resolved)
        say_cautions(cautions)
        ds = run_one(resolved, path=path)
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
                    "cautions": [caution.as_record() for caution in cautions],
                    "indicators": plain,
                }
            )
        _tell(inputs.scenario(resolved.scenario).title, values, to)


def _tell(title: str, values: Mapping[str, float], file: Path) -> None:
    """Say the finding, then breaches and harms one by one.

    ``values`` are those of indicators; ``file`` was written.
    """
    from mixedmig_model.record.words import spoken
    from mixedmig_model.record.words.findings import run_finding
    from mixedmig_model.results.indicators.table import BREACHES, HARMS
    from mixedmig_model.vocabulary.numbers import amount, unit_words

    say(run_finding(title, values))
    for indicator in (*BREACHES, *HARMS):
        text = amount(values[indicator.key], indicator.unit)
        say(f"{indicator.kind}: {indicator.title}: {unit_words(text, indicator.unit)}")
    say(spoken.SINGLE_VALUES.format(file=file))
