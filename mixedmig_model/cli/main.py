"""The command line: commands composed.

Each has a file of its own. What they share is in ``common.py``, with exit codes. Heavy imports stand inside the
commands; ``__main__.py`` starts them.
"""

from typing import Annotated

import typer

from mixedmig_model.cli.batch import batch
from mixedmig_model.cli.break_even import break_even
from mixedmig_model.cli.check import check
from mixedmig_model.cli.compare import compare
from mixedmig_model.cli.cost import cost
from mixedmig_model.cli.ensemble import ensemble
from mixedmig_model.cli.groups import CHECK, LEARN, PLAN, RUN, TEACH, Commands
from mixedmig_model.cli.learn.explain import explain
from mixedmig_model.cli.learn.list import list_
from mixedmig_model.cli.learn.trace import trace
from mixedmig_model.cli.plan.init import init
from mixedmig_model.cli.plan.new import new
from mixedmig_model.cli.plan.upgrade import upgrade
from mixedmig_model.cli.report import report
from mixedmig_model.cli.reproduce import reproduce
from mixedmig_model.cli.run import run
from mixedmig_model.cli.screen.app import app as panel_app
from mixedmig_model.cli.screen.lab import lab
from mixedmig_model.cli.teach.exercise import exercise
from mixedmig_model.cli.teach.explorer import explorer
from mixedmig_model.cli.teach.teach import teach
from mixedmig_model.cli.verify import verify

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Policy scenarios and costing for the response to mixed migration.\n\nExample: mixedmig init myplan",
)
BY_GROUP = {
    PLAN: (init, new, upgrade),
    RUN: (panel_app, lab, run, report, compare, cost, ensemble, batch, break_even, explorer),
    CHECK: (check, reproduce, verify),
    LEARN: (explain, list_, trace),
}
"""Commands by the group under which the help lists them."""
for group, commands in BY_GROUP.items():
    for command in commands:
        app.command(command.__name__.strip("_").replace("_", "-"), rich_help_panel=group)(command)
app.add_typer(teach, name="teach", rich_help_panel=TEACH)
app.add_typer(exercise, name="exercise", rich_help_panel=TEACH)


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Policy scenarios and costing for the response to mixed migration.

    Example: mixedmig init myplan, then in it: mixedmig report andaman_sea_2015
    """
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("mixedmig"))
        raise typer.Exit
