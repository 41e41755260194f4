"""What the founding document asks: the rows that a report uses, and those that no model here can represent."""

from typing import Any

from mixedmig_model.inputs.traceability import FILE, TraceRow
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.present.handbook.reference import markdown_table, page
from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.study.trace import trace

MISSING = f"This workspace has no parameters/{FILE}: what the founding document asks is not set beside these results."
ARROWS = {"higher": "raises", "lower": "lowers"}


def trace_section(comparison: Comparison) -> Html:
    """Two tables: what is used, and what is not representable, with the reasons."""
    part = comparison.record.get("traceability") or {}
    if not part:
        return paragraphs(MISSING)
    used = [[row["paragraph"], row["asks"], answered(row)] for row in part["used"]]
    left = [[row["paragraph"], row["asks"], row["not_representable"]] for row in part["left"]]
    first = (
        table(["paragraph", "asks", "answered here by"], used) if used
        else paragraphs("The case and its scenarios name no paragraph of the founding document.")
    )
    return join([
        tag("p", "Paragraphs of the founding document (E/ESCAP/GCM/PREP/4) that this case and its scenarios name."),
        first,
        tag("p", "What the document asks and the model cannot represent, in whole or in part."),
        table(["paragraph", "asks", "why not"], left),
    ])


def answered(row: dict[str, Any]) -> str:
    """What answers a row, in words."""
    parts = [
        f"{title} {', '.join(name.replace('_', ' ') for name in row[key])}"
        for key, title in (("levers", "levers:"), ("presets", "preset:"), ("indicators", "indicators:")) if row[key]
    ]
    law = [name.removeprefix("law.").replace("_", " ") for name in row["law"]]
    return "; ".join([*parts, *([f"law: {', '.join(law)}"] if law else [])]) or "nothing"


def traceability_page(workspace: Workspace) -> str:
    """Markdown of all rows."""
    rows = trace(workspace)
    counts = {status: sum(row.status == status for row in rows) for status in STATUSES}
    body = [[row.paragraph, row.asks, _cell(row), row.status, row.not_representable or row.note] for row in rows]
    return page([
        "# What the founding document asks",
        "",
        "Written from `parameters/traceability.yaml`; `mixedmig trace` prints it. A row's lever, turned fully in the "
        "worst case of `generic_surge`, moves the indicator named in the direction named: the tests turn each of them "
        "and look, `law` where no law is in force.",
        "",
        f"{len(rows)} rows: " + ", ".join(f"{count} {status}" for status, count in counts.items()) + ".",
        "",
        *markdown_table(["paragraph", "asks", "here", "status", "note, or why not"], body),
    ])


STATUSES = ("represented", "in part", "not representable")


def _cell(row: TraceRow) -> str:
    """Levers, presets, law, indicators and what is tested, for a cell of the page."""
    named = [f"`{name}`" for name in (*row.levers, *row.presets, *row.law)]
    acts = [f"`{act.lever}` {ARROWS[act.direction]} `{act.indicator}`" for act in row.acts]
    measured = [f"`{name}`" for name in row.indicators]
    parts = [", ".join(named), f"shown by {', '.join(measured)}" if measured else "",
             f"tested: {', '.join(acts)}" if acts else ""]
    return "; ".join(part for part in parts if part) or "nothing"
