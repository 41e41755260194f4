"""The command ``mixedmig list``.

It lists names of the model and of a workspace, by kind.
"""

from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show


def list_(
    kinds: Annotated[
        str, typer.Argument(help="Kind: indicators, flows, stocks, stages, parameters, levers, presets or items.")
    ],
    word: Annotated[str, typer.Argument(help="Show only names and titles with this word.")] = "",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """List names of one kind with title and unit.

    Example: mixedmig list parameters officers
    """
    with explained(as_json):
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.study.explain.names import names_of
        from mixedmig_model.vocabulary.numbers import counted

        found = names_of(read_workspace(find_workspace(workspace)), kinds, word)
        if as_json:
            show([one._asdict() for one in found])
            return
        width = max((len(one.name) for one in found), default=0)
        for one in found:
            typer.echo(f"{one.name:{width}}  {one.title}" + (f" [{one.unit}]" if one.unit else ""))
        say(f"{counted(len(found), 'name')}. mixedmig explain NAME says where one comes from.")
