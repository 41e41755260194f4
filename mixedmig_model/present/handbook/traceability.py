"""The founding document on one page.

It has every row of ``parameters/traceability.yaml``, written from the file.
"""

from mixedmig_model.inputs.traceability import TraceRow
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.present.handbook.reference import markdown_table, page
from mixedmig_model.study.trace import trace

ARROWS = {"higher": "raises", "lower": "lowers"}
STATUSES = ("represented", "in part", "not representable")


def traceability_page(workspace: Workspace) -> str:
    """Return Markdown of all rows."""
    rows = trace(workspace)
    counts = {status: sum(row.status == status for row in rows) for status in STATUSES}
    body = [[row.paragraph, row.asks, _cell(row), row.status, row.not_representable or row.note] for row in rows]
    return page([
        "# What the founding document asks",
        "",
        "Generated from `parameters/traceability.yaml`; `mixedmig trace` prints it. A row's lever, at full intensity "
        "in the worst case of `generic_surge`, moves the named indicator in the named direction. The tests check each "
        "of them, `law` where no law is in force.",
        "",
        f"{len(rows)} rows: " + ", ".join(f"{count} {status}" for status, count in counts.items()) + ".",
        "",
        *markdown_table(["paragraph", "asks", "here", "status", "note, or why not"], body),
    ])


def _cell(row: TraceRow) -> str:
    """Return what a row names, for a cell of the page.

    It has levers, presets, law, indicators and what is tested.
    """
    named = [f"`{name}`" for name in (*row.levers, *row.presets, *row.law)]
    acts = [f"`{act.lever}` {ARROWS[act.direction]} `{act.indicator}`" for act in row.acts]
    measured = [f"`{name}`" for name in row.indicators]
    parts = [", ".join(named), f"shown by {', '.join(measured)}" if measured else "",
             f"tested: {', '.join(acts)}" if acts else ""]
    return "; ".join(part for part in parts if part) or "nothing"
