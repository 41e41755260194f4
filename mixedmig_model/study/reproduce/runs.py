"""Small runs behind published figures.

Each is solved once, when it is first read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.observations.reproduce import Reproduction
from mixedmig_model.inputs.observations.schema import RunFigure
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.costs.lines import CostRun, cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.study.run import run_one


@dataclass
class Runs:
    """The runs of the small cases of a file.

    Each is solved once, when it is first read.
    """

    of: Reproduction
    progress: Callable[[str], None] | None = None
    solved: dict[tuple[str, str], tuple[Quantities, CostRun | None]] = field(default_factory=dict)

    def currency(self, figure: RunFigure) -> str:
        """Return the currency in which a case is costed.

        It is '' where it has no cost list.
        """
        book = self.of.cases[figure.case].workspace.costs
        return book.money.base_currency if book else ""

    def solve(self, case: str, scenario: str) -> tuple[Quantities, CostRun | None]:
        """Return the quantities and costs of one scenario."""
        if (case, scenario) not in self.solved:
            inputs = self.of.cases[case]
            if self.progress:
                self.progress(f"{case}: {scenario}")
            ds = run_one(resolve(inputs, scenario))
            quantities = Quantities(ds)
            costs = None
            if inputs.costs is not None:
                costs = cost_run(ds, price_scenario(inputs, scenario), quantities=quantities)
            self.solved[case, scenario] = quantities, costs
        return self.solved[case, scenario]

    def figure(self, figure: RunFigure) -> float:
        """Return a figure of a run.

        Where another scenario is named, its figure is subtracted.
        """
        baseline = self.of.cases[figure.case].case.baseline
        ours = self.value(figure, figure.scenario or baseline)
        return ours - self.value(figure, figure.less) if figure.less else ours

    def value(self, figure: RunFigure, scenario: str) -> float:
        """Return a figure of one scenario.

        It is the cost of items, the mean of a level or the sum of an amount, divided where the figure says so.
        """
        quantities, costs = self.solve(figure.case, scenario)
        if figure.quantity is None:
            assert costs is not None  # the reader found the items in the case's cost list
            top = cost_of(costs, figure)
        else:
            top = self.over(quantities, figure, figure.quantity)
        if figure.per is None:
            return top
        below = self.over(quantities, figure, figure.per)
        of_a_day = figure.quantity is not None and DRIVERS[figure.quantity].kind == "level"
        days = (figure.end - figure.start).days if of_a_day and DRIVERS[figure.per].kind == "amount" else 1
        return top * days / below

    def over(self, quantities: Quantities, figure: RunFigure, name: str) -> float:
        """Return a quantity over the period of a figure.

        It covers all countries: the mean of a level, the sum of an amount.
        """
        start = self.of.cases[figure.case].case.start
        daily = quantities[name][(figure.start - start).days : (figure.end - start).days].sum(axis=-1)
        return float(daily.mean() if DRIVERS[name].kind == "level" else daily.sum())


def cost_of(costs: CostRun, figure: RunFigure) -> float:
    """Return the cost of items in a period of whole months.

    It is in base currency.
    """
    rows = [costs.pricing.names.index(item) for item in figure.items or ()]
    months = [m for m, month in enumerate(costs.calendar.months) if figure.start <= month < figure.end]
    return int(costs.by("item", "month")[np.ix_(rows, months)].sum()) / 100.0
