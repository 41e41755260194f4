"""Reference pages written from the source: indicators and the flow table. A test holds the pages in docs equal."""

from mixedmig_model.equations.flows import ROWS, STOCKS
from mixedmig_model.results.indicators import INDICATORS

KINDS = {
    "breach": "Breaches: choices of an authority",
    "harm": "Harms: they happen even to good plans",
    "headline": "Headline indicators",
}


def _rows(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def indicators_page() -> str:
    """Markdown of all indicators, breaches and harms first."""
    lines = [
        "# Indicators",
        "",
        "Written from `results/indicators.py`. Breaches and harms lead every report and cannot be left out; an option "
        "with a breach is shown, never ranked; none is called better while a harm exceeds the baseline's.",
    ]
    for kind, title in KINDS.items():
        rows = [
            [f"`{i.key}`", i.title, i.unit, i.better, i.description, i.basis] for i in INDICATORS if i.kind == kind
        ]
        lines += ["", f"## {title}", "", *_rows(["key", "title", "unit", "better", "what it counts", "basis"], rows)]
    return "\n".join([*lines, ""])


def flows_page() -> str:
    """Markdown of all stocks and all rows of the flow table."""
    stocks = [[f"`{s.name}`", ", ".join(s.axes), s.description, "counter" if s.counter else "stock"] for s in STOCKS]
    rows = []
    for row in ROWS:
        ends = []
        for stock, fixed in ((row.source, row.at_source), (row.sink, row.at_sink)):
            label = ", ".join(f"{axis} {name}" for axis, name in fixed.items())
            ends.append(f"{stock or 'none'}{f' ({label})' if label else ''}")
        kind = "counted, moves nobody" if row.count else "moves people"
        rows.append([f"`{row.name}`", *ends, ", ".join(row.axes), row.description, row.basis, kind])
    return "\n".join([
        "# Stocks and flows",
        "",
        "Written from `equations/flows.py`. All stocks are in persons, all flows in persons a day.",
        "",
        "## Stocks",
        "",
        *_rows(["stock", "axes", "meaning", "kind"], stocks),
        "",
        "## Flows",
        "",
        *_rows(["flow", "from", "to", "axes", "meaning", "basis", "kind"], rows),
        "",
    ])
