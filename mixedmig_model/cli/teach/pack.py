"""The command ``mixedmig exercise pack``: pages to print."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, inputs_of, say, show


def pack_exercise(
    name: Annotated[str, typer.Argument(help="The name of an exercise, such as surge_short.")],
    to: Annotated[Path, typer.Option("--to", help="The folder to write the pages to.")],
    paper: Annotated[Literal["a4", "letter"], typer.Option("--paper", help="The size of the paper.")] = "a4",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Write pages to print: guide, cards and forms.

    Guide, cards with answers and testimony cards are for the facilitator alone.

    Example: mixedmig exercise pack surge_short --to pack
    """
    with explained(as_json):
        from mixedmig_model.inputs.exercises.reading import read_exercise
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.present.exercise.pack.make import pack_files, write_pack
        from mixedmig_model.storage.targets import check_folder_target

        root = find_workspace(workspace)
        check_folder_target(to, inputs_of(root), pack_files())
        index = write_pack(read_exercise(read_workspace(root), name), to, paper)
        if as_json:
            show({"ok": True, "exercise": name, "paper": paper, "index": str(index), "files": list(pack_files())})
        say(f"Wrote {len(pack_files())} pages to {to}. Open {index} and print from there.")
