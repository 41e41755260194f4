"""The command ``mixedmig upgrade``.

It updates a workspace of an older version.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, explained, say, show
from mixedmig_model.vocabulary.numbers import counted

if TYPE_CHECKING:
    from mixedmig_model.inputs.upgrading.upgrade import ChangedLine


def upgrade(
    folder: Annotated[Path, typer.Argument(help="A workspace of an older version.")], as_json: Json = False
) -> None:
    """Bring a workspace of an older version up to date.

    Each changed line is printed. The new folder before_upgrade of the workspace keeps the old files. Either all files
    are written, or none. `mixedmig check` lists the lines without changing them.

    Example: mixedmig upgrade myplan
    """
    with explained(as_json):
        from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
        from mixedmig_model.inputs.upgrading.upgrade import plan_upgrade, write_upgrade

        root = folder.resolve()
        if not (root / "parameters").is_dir():
            raise InputFaultsError([Fault(str(folder), 0, "", "no workspace here: the folder parameters is missing",
                                          allowed="a folder made by 'mixedmig init DIR'")])
        planned = plan_upgrade(root)
        kept = write_upgrade(planned) if planned.texts else None
        if as_json:
            lines = [line.as_record() for line in planned.lines]
            show({"ok": True, "lines": lines, "kept": str(kept) if kept else None})
        for line in planned.lines:
            say(_text(line))
        if kept is None:
            say("The workspace is up to date. Nothing was changed.")
            return
        say(f"Changed {counted(len(planned.texts), 'file')}. The old ones are kept in {kept}. "
            f"Next: mixedmig check {folder}")


def _text(line: "ChangedLine") -> str:
    """Return a changed line: where, before, after, and why."""
    old = f"- {line.old} " if line.old else ""
    return f"{line.file}:{line.line}: {old}+ {line.new} ({line.why})"
