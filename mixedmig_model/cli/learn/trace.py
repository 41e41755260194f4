"""The command ``mixedmig trace``.

It says where each paragraph of the founding document stands in the model.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, show

if TYPE_CHECKING:
    from mixedmig_model.inputs.traceability import TraceRow


def trace(
    paragraph: Annotated[
        str | None, typer.Argument(help="A paragraph, such as '12(b)' or 12; default: all.")
    ] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Show how the model answers the founding document.

    Each paragraph is shown with its request, the answer of the model, and the parts that the model cannot represent.

    Example: mixedmig trace '12(b)'
    """
    with explained(as_json):
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.study.trace import trace as rows_of
        from mixedmig_model.study.trace import trace_record

        rows = rows_of(read_workspace(find_workspace(workspace)), paragraph)
        if as_json:
            show([trace_record(row) for row in rows])
            return
        typer.echo("\n\n".join(_text(row) for row in rows))


def _text(row: "TraceRow") -> str:
    """Return a row in words, a line each for what is there."""
    lines = [f"{row.paragraph}  {row.asks}"]
    for title, names in (
        ("levers", row.levers), ("presets", row.presets), ("law", row.law), ("indicators", row.indicators),
        ("cases", row.cases),
    ):
        if names:
            lines.append(f"  {title}: {', '.join(names)}")
    lines += [f"  {act.lever} makes {act.indicator} {act.direction}" for act in row.acts]
    if row.note:
        lines.append(f"  note: {row.note}")
    if row.not_representable:
        lines.append(f"  not representable: {row.not_representable}")
    return "\n".join(lines)
