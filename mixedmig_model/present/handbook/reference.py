"""Reference pages written from the source.

They are indicators, the flow table, and terms. Tests hold the pages in ``docs`` equal; ``python tests/renew_docs.py``
writes them.
"""

from collections.abc import Sequence

from mixedmig_model.equations.table import FLOWS, STOCKS, Flow
from mixedmig_model.present.diagram.pictures import pictures
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary.glossary import SECTIONS
from mixedmig_model.vocabulary.titles import KIND_TITLES


def cell(text: str) -> str:
    """Return text for a cell of a Markdown table.

    It has one line and no bar.
    """
    return " ".join(text.split()).replace("|", "\\|")


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines of a Markdown table."""
    lines = (head, ["---"] * len(head), *rows)
    return [f"| {' | '.join(cell(text) for text in cells)} |" for cells in lines]


def page(lines: Sequence[str]) -> str:
    """Return lines as the text of a file."""
    return "\n".join([*lines, ""])


def indicators_page() -> str:
    """Return Markdown of all indicators, breaches and harms first."""
    lines = [
        "# Indicators",
        "",
        "Generated from `results/indicators/table.py`. Breaches and harms lead every report and cannot be left out. An "
        "option that adds a breach is not ranked. Section 6 of the model says what may be said of an option.",
    ]
    for kind, title in KIND_TITLES.items():
        rows = [
            [f"`{i.key}`", i.title, i.unit, i.better, i.description, i.basis] for i in INDICATORS if i.kind == kind
        ]
        table = markdown_table(["key", "title", "unit", "better", "what it counts", "basis"], rows)
        lines += ["", f"## {title}", "", *table] if rows else []
    return page(lines)


def flows_page() -> str:
    """Return Markdown of diagrams, stocks and the flow table.

    It has all stocks and all rows.
    """
    shown = [f"![{picture.alt}](pictures/{picture.file})" for picture in pictures()]
    stocks = [
        [f"`{s.name}`", ", ".join(s.axes), s.unit, s.description, "counter" if s.counter else "stock"] for s in STOCKS
    ]
    head = ["flow", "from", "to", "axes", "unit", "meaning", "basis", "kind"]
    return page([
        "# Stocks and flows",
        "",
        "Generated from `equations/table.py`. Stocks are in persons or officers, flows in persons or officers a day. "
        "Nobody leaves a counter again. Numbers in the diagrams are those of the lists below them.",
        *(line for picture in shown for line in ("", picture)),
        "",
        "## Stocks",
        "",
        *markdown_table(["stock", "axes", "unit", "meaning", "kind"], stocks),
        "",
        "## Flows",
        "",
        *markdown_table(head, [_flow_cells(row) for row in FLOWS]),
    ])


def _flow_cells(row: Flow) -> list[str]:
    """Return the cells of one row of the flow table."""
    ends = []
    for stock, fixed in ((row.source, row.at_source), (row.sink, row.at_sink)):
        label = ", ".join(f"{axis} {name}" for axis, name in fixed.items())
        ends.append(f"{stock or 'none'}{f' ({label})' if label else ''}")
    axes = [f"{axis} ({', '.join(row.only[axis])})" if axis in row.only else axis for axis in row.axes]
    kind = "counted, moves nobody" if row.count else "moves staff" if row.unit == "officer" else "moves people"
    return [f"`{row.name}`", *ends, ", ".join(axes), f"{row.unit}/day", row.description, row.basis, kind]


def glossary_page() -> str:
    """Return Markdown of the terms of the field and all labels.

    Labels are those of the model.
    """
    lines = [
        "# Terms",
        "",
        "Generated from `vocabulary/glossary.py`. Short wording, to be checked against the UNHCR, IOM and EUAA "
        "glossaries.",
    ]
    for title, terms in SECTIONS.items():
        rows = [[f"`{name}`" if title != "Terms of the field" else name, text] for name, text in terms.items()]
        lines += ["", f"## {title}", "", *markdown_table(["term", "meaning"], rows)]
    return page(lines)
