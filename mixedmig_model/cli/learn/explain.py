"""The command ``mixedmig explain``.

It says where a name comes from, with file and line.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show

if TYPE_CHECKING:
    from mixedmig_model.study.explain.explanation import ExplainedPart, Explanation

SHOWN = 8
"""Entries of a part that are printed by default."""


def explain(
    name: Annotated[str, typer.Argument(help="An indicator, flow, stock, stage, parameter, lever, preset or item.")],
    case: Annotated[
        str | None, typer.Option("--case", help="Also show the value of this case, and where it is written.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Print all entries of long lists.")] = False,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Show the formula, inputs and source behind a name.

    Titles, units, formulas, inputs, sources and readers are shown, each with file and line. If a name has several
    kinds, each is explained. `mixedmig list` shows all names.

    Example: mixedmig explain determination.officers --case andaman_sea_2015
    """
    with explained(as_json):
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.study.explain.explain import explain as explanations_of

        read = read_workspace(find_workspace(workspace))
        found, message = explanations_of(read, name, read_case(read, case) if case else None)
        if message:
            say(message)
        if as_json:
            show([one.as_record() for one in found])
            return
        typer.echo("\n\n".join(_text(one, everything) for one in found))


def _text(one: "Explanation", everything: bool) -> str:
    """Return an explanation as lines."""
    unit = f", {one.unit}" if one.unit else ""
    lines = [f"{one.name} ({one.kind}{unit}): {one.title}", f"  {one.meaning}", f"  defined: {one.defined}"]
    for part in one.parts:
        lines += _lines(part, everything)
    return "\n".join(lines)


def _lines(part: "ExplainedPart", everything: bool) -> list[str]:
    """Return the lines of a part.

    They are its title, and its entries with file and line.
    """
    entries = part.entries if everything else part.entries[:SHOWN]
    left = len(part.entries) - len(entries)
    lines = [f"  {part.title}:"]
    lines += [f"    {entry.text}" + (f"  {entry.spot}" if entry.spot else "") for entry in entries]
    return [*lines, f"    and {left} more (--all shows them)"] if left else lines
