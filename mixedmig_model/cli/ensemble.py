"""The command ``mixedmig ensemble``.

It solves every scenario for many draws of what is not known (``docs/ensembles.md``).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import (
    CaseName,
    Json,
    Scenarios,
    Scheduler,
    SolverPath,
    Workers,
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

Block = Annotated[
    int | None,
    typer.Option("--block", help="Draws per file; an interruption loses these. Default: 20, or 50 of many."),
]


def ensemble(
    case: CaseName,
    to: Annotated[Path, typer.Option("--to", help="A new folder, or the folder of the same ensemble to continue.")],
    scenarios: Scenarios = None,
    draws: Annotated[int, typer.Option("--draws", help="How many draws of the uncertain inputs to solve.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same draws.")] = 1,
    workers: Workers = 2,
    scheduler: Scheduler = None,
    parameters: Annotated[
        str | None, typer.Option("--parameters", help="Inputs to vary, comma-separated; default: all uncertain ones.")
    ] = None,
    method: Annotated[str, typer.Option("--method", help="Sampling: latin_hypercube or sobol.")] = "latin_hypercube",
    path: SolverPath = "auto",
    block: Block = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Solve scenarios for many draws of the uncertain inputs.

    Give the same command again to continue an interrupted ensemble.

    Example: mixedmig ensemble generic_surge --scenarios most_likely,early_hiring --draws 200 --to surge_draws
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.record.commands.ensemble import ensemble_record
        from mixedmig_model.record.schema.base import data_of
        from mixedmig_model.record.words.ensemble import ensemble_sentences
        from mixedmig_model.solve.run import choose_solver
        from mixedmig_model.storage.targets import check_folder_target
        from mixedmig_model.study.ensemble.files import read_ensemble, usual_block
        from mixedmig_model.study.ensemble.run import Design, run_ensemble

        root = find_workspace(workspace)
        check_folder_target(to, inputs_of(root))
        inputs = case_in(root, case, None)
        names = listed_names(scenarios) if scenarios is not None else tuple(inputs.scenarios)
        say_inputs(inputs, *names)
        solver, drawn = choose_solver(path), listed_names(parameters) if parameters is not None else None
        design = Design(names, draws, seed, block=usual_block(draws, block), method=method, parameters=drawn,
                        together=solver.together)
        with terminal_progress() as progress:
            done = run_ensemble(inputs, design, to, workers=workers, solver=solver.solve, scheduler=scheduler,
                                progress=_told(progress))
        record = ensemble_record(read_ensemble(to), design, done, solver.words)
        if as_json:
            show(data_of(record))
        for line in ensemble_sentences(record, {name: inputs.scenario(name).title for name in names}):
            say(line)


def _told(progress: Callable[[str, int, int], None]) -> Callable[[int, int, str], None]:
    """Return progress of blocks, with a line for compiling.

    The line is printed where the equations are compiled first.
    """
    from mixedmig_model.solve.run import COMPILING

    def told(finished: int, whole: int, words: str) -> None:
        if words == COMPILING:
            say(words)
        progress("blocks of draws", finished, whole)

    return told
