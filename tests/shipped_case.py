"""What tests of shipped cases share: their runs, each solved once, and the tables of their READMEs."""

import re
from functools import cached_property

from said import sentence_of

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.cases.series import series_qualities
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.tables import item_rows
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.study.run import run_one


class ShippedCase:
    """A shipped case with its runs: inputs, README, datasets, indicators and costs by scenario."""

    def __init__(self, workspace, name):
        self.inputs = read_case(workspace, name)
        self.readme = (workspace.root / "parameters/cases" / name / "README.md").read_text(encoding="utf-8")

    @cached_property
    def runs(self):
        """A dataset for each scenario."""
        return {name: run_one(resolve(self.inputs, name)) for name in self.inputs.scenarios}

    @cached_property
    def tables(self):
        """Indicators of each scenario."""
        return {name: indicator_table(ds) for name, ds in self.runs.items()}

    @cached_property
    def costs(self):
        """Costs of each scenario."""
        return {name: cost_run(ds, price_scenario(self.inputs, name)) for name, ds in self.runs.items()}

    @cached_property
    def assumed(self):
        """How many inputs are assumptions, and how many there are."""
        local, base = self.inputs.case.parameters, self.inputs.workspace.parameters
        found = [(local.get(name) or record).quality for name, record in base.items()]
        found += series_qualities(self.inputs.departures, self.inputs.case.opening).values()
        return f"{found.count('assumption')} of the {len(found)} inputs"

    def said(self, name):
        """What may be said of a scenario; its side runs are taken to be like the run itself."""
        return sentence_of(self.inputs, name, self.runs)

    def item_cost(self, name, item):
        """Cost of one item of a scenario, USD of 2017."""
        return next(row["cost"] for row in item_rows(self.costs[name]) if row["item"] == item)


def table_of(text, heading):
    """The rows of the Markdown tables below a heading, by their first cell."""
    part = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows}


def number(cell):
    """The first number of a cell: 1,230 or 88 % or "missed: -17 %"; a percentage is a share."""
    found = re.search(r"[+-]?\d[\d,]*\.?\d*", cell).group().replace(",", "")
    return float(found) / (100.0 if cell.endswith("%") else 1.0)
