"""The command ``mixedmig ensemble``: every scenario for many draws of what is not known (``docs/ensembles.md``)."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show

if TYPE_CHECKING:
    from mixedmig_model.study.ensemble.files import Ensemble
    from mixedmig_model.study.ensemble.run import Design, FinishedEnsemble

MOST_TOLD = 5


def ensemble(
    case: Annotated[str, typer.Argument(help="A folder of parameters/cases.")],
    to: Annotated[Path, typer.Option("--to", help="A new folder, or one of the same ensemble to go on with.")],
    scenarios: Annotated[
        str | None, typer.Option("--scenarios", help="Names with commas between; all if not given.")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws of the uncertain inputs.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")] = 1,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes at a time.")] = 2,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="A Dask cluster to use instead, such as tcp://127.0.0.1:8786.")
    ] = None,
    parameters: Annotated[
        str | None, typer.Option("--parameters", help="Inputs to draw, with commas; else all that are uncertain.")
    ] = None,
    method: Annotated[str, typer.Option("--method", help="latin_hypercube or sobol.")] = "latin_hypercube",
    path: Annotated[
        str, typer.Option("--path", help="auto, compiled or reference; auto: compiled where JAX is installed.")
    ] = "auto",
    block: Annotated[int, typer.Option("--block", help="Draws a file: what a kill can lose.")] = 20,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Solve scenarios for many draws of the uncertain inputs; go on where an earlier call stopped.

    Example: mixedmig ensemble generic_surge --scenarios most_likely,early_hiring --draws 200 --to surge_draws
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.solve.run import choose_solver as choose_solver
        from mixedmig_model.study.ensemble.files import read_ensemble
        from mixedmig_model.study.ensemble.run import Design, run_ensemble

        inputs = read_case(read_workspace(find_workspace(workspace)), case)
        names = _names(scenarios) if scenarios is not None else tuple(inputs.scenarios)
        drawn = _names(parameters) if parameters is not None else None
        way = choose_solver(path)
        design = Design(names, draws, seed, block=block, method=method, parameters=drawn, together=way.together)
        with terminal_progress() as progress:
            done = run_ensemble(inputs, design, to, workers=workers, solver=way.solve, scheduler=scheduler,
                                progress=_told(progress))
        found = read_ensemble(to)
        record = summary(found, design, done) | {"path": way.words}
        if as_json:
            show(record)
        for line in sentences(record, {name: inputs.scenario(name).title for name in names}):
            say(line)


def _told(progress: Callable[[str, int, int], None]) -> Callable[[int, int, str], None]:
    """Progress of blocks, and a line where the equations are compiled first."""
    from mixedmig_model.solve.run import COMPILING

    def told(finished: int, whole: int, words: str) -> None:
        if words == COMPILING:
            say(words)
        progress("blocks of draws", finished, whole)

    return told


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def summary(found: "Ensemble", design: "Design", done: "FinishedEnsemble") -> dict[str, Any]:
    """What an ensemble says, for programs: breaches and harms lead."""
    from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES
    from mixedmig_model.study.ensemble.sensitivity import bands

    keys = found.labels("indicator").tolist()
    table = found.table("indicators")
    plain: dict[str, dict[str, Any]] = {"breach": {}, "harm": {}, "headline": {}}
    for indicator in (*BREACHES, *HARMS, *HEADLINES):
        values = table[:, :, keys.index(indicator.key)]
        plain[indicator.kind][indicator.key] = {
            name: _plain(bands(values[s])) for s, name in enumerate(design.scenarios)
        }
    record: dict[str, Any] = {
        "ok": True, "notice": found.manifest["notice"], "breaches": plain["breach"], "harms": plain["harm"],
        "headlines": plain["headline"], "folder": str(done.folder), "digest": found.manifest["digest"],
        "draws": found.draws, "blocks": done.blocks, "reused": done.reused,
        "failures": [{"scenario": s, "draw": d, "message": text} for s, d, text in done.failures],
    }
    if found.has("cost"):
        cost = found.table("cost")
        record["cost"] = {name: _plain(bands(cost[s])) for s, name in enumerate(design.scenarios)}
    return record


def _plain(values: Any) -> list[float | None]:
    """5 %, half and 95 % of draws, None where there is none."""
    return [None if value != value else float(value) for value in values]


def sentences(record: dict[str, Any], titles: dict[str, str]) -> list[str]:
    """What the command says: breaches and harms by scenario with their ranges, then what failed and where it lies."""
    from mixedmig_model.record.words.ranges import range_text
    from mixedmig_model.results.indicators.table import BREACHES, HARMS

    lines = []
    for indicator in (*BREACHES, *HARMS):
        for name, title in titles.items():
            group = record["breaches" if indicator.kind == "breach" else "harms"][indicator.key][name]
            text = range_text(group, indicator.unit)
            lines.append(f"{indicator.kind}: {indicator.title}: {title}: {text} {indicator.unit}s")
    failed = record["failures"]
    if failed:
        lines.append(f"{len(failed)} runs failed and are left out:")
        lines += [f"  {one['scenario']}, draw {one['draw']}: {one['message']}" for one in failed[:MOST_TOLD]]
    lines.append(record["path"])
    lines.append(f"Half of {record['draws']} draws lie below each number; in brackets 5 % below, 5 % above.")
    lines.append(f"Wrote {record['folder']}.")
    return lines
