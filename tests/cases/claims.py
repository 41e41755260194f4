"""The United Kingdom's claims as a small case, and the figures it is held against.

Figures are main applicants by quarter: UK Home Office, Immigration System Statistics, year ending December 2022, Crown
copyright, Open Government Licence v3.0. Decisions are grants and refusals.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

from small_case import write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace

FILE = Path(__file__).parents[1] / "data" / "uk_claims.csv"
OWN = "source: assumption, quality: assumption"
TWO = "  north: {title: North}\n  south: {title: South}\n"


def quarters(first, last):
    """Rows of the quarters that end in a span, with the day after each as ``after``."""
    with FILE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if first <= row["quarter_end"] <= last]
    return [row | {"after": date.fromisoformat(row["quarter_end"]) + timedelta(days=1)} for row in rows]


def claims_run(root, rows, start, more):
    """The run of a case whose arrivals are the claims of ``rows``; ``more`` are lines of its file."""
    days = [date.fromisoformat(start), *(row["after"] for row in rows)]
    arrivals = [f"{begin},{row['after']},uk,{row['applications']},assumption,assumption,{row['quarter_end']}"
                for begin, row in zip(days, rows, strict=False)]
    file = write_small(root, *arrivals, start=start, end=str(days[-1]), more=more) / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(TWO, "  uk: {title: UK}\n"), encoding="utf-8")
    return resolve(read_case(read_workspace(root), "small"))
