"""A run of the page as numbers and words.

These functions are compiled into the page. They label what the kernel leaves as a run's arrays, count and judge them,
and say it, all by the functions of reports and panels.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mixedmig_model.present.explorer.page import PageFacts
from mixedmig_model.record.panel.said import SHOWN, PanelRun, panel_words
from mixedmig_model.record.panel.views import lines_of
from mixedmig_model.record.schema.panel import PanelWords
from mixedmig_model.record.schema.plain import PlainData, PlainView
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.daily import BY_GROUP
from mixedmig_model.solve.dataset import (
    MovedOverRun,
    daily_stocks,
    detention_by_group,
    inputs_by_day,
    queues,
    stocks_by_group,
    weekly,
)
from mixedmig_model.solve.run_arrays import RunArray, RunArrays
from mixedmig_model.solve.shapes import places_open
from mixedmig_model.vocabulary.routes import left_out

LATER = ("time_adrift", "wait_registration", "wait_screening", "wait_determination", "decided_in_time")
"""Indicators of waits, which the page leaves to reports."""


def arrays_of(page: PageFacts, run: Any, answer: Answer) -> RunArrays:
    """Return the arrays of a run by name.

    They are those that indicators, judgements and views read.
    """
    coordinates: PlainData = {
        "time": answer.week_days, "interval": answer.week_days[:-1], "day_interval": np.arange(run.days),
        **{axis: list(names) for axis, names in page.layout.labels.items()},
        "kind": ["reception", "detention", "alternative"], "stock": [stock.name for stock in BY_GROUP],
    }
    made = weekly(answer) | daily_stocks(answer) | queues(answer)
    made |= detention_by_group(answer) | stocks_by_group(answer) | inputs_by_day(run)
    made |= {"group_need": ("group", [one.need for one in run.groups.values()], {})}
    made |= {f"group_{name}": ("group", np.array(marks) > 0, {}) for name, marks in page.groups.items()}
    made |= {"places_open": (("day_interval", "kind", "country"), _places(run), {})}
    made |= {name: (name, values, {}) for name, values in coordinates.items()}
    return RunArrays(made_when_read(made), (), {}, moved=MovedOverRun(answer))


def made_when_read(given: PlainView) -> Mapping[str, RunArray]:
    """Return arrays by name, each made when it is read."""
    return {name: RunArray((dims,) if isinstance(dims, str) else tuple(dims), values() if callable(values) else values,
                           {}) for name, (dims, values, _) in given.items()}


def _places(run: Any) -> np.ndarray:
    """Return places open by day, kind and country."""
    steps = (places_open(run), run.parameters["detention.places"], run.parameters["alternative.places"])
    days, none = np.arange(run.days), np.zeros((run.days, len(run.countries)))
    return np.stack([none + one.by_day(days) for one in steps], axis=1)


def shown_here(inputs: Any) -> tuple[Indicator, ...]:
    """Return the indicators that the page shows, in their order."""
    return tuple(one for one in SHOWN if one.key not in LATER and (
        one.key not in left_out(inputs.case.coming)))


def counted(run: Any, arrays: RunArrays) -> PanelRun:
    """Return a run with its numbers and what it is judged by."""
    facts = Facts(arrays)
    table = {one.key: float("nan") if one.key in LATER else float(one.compute(facts)) for one in SHOWN}
    return PanelRun(run, table, judged_counts(arrays, table, facts), table)


def said(page: PageFacts, option: PanelRun, base: PanelRun) -> PanelWords:
    """Return all words of a run next to the case."""
    inputs: Any = page.inputs
    return panel_words(inputs, option.run.scenario, option, base, exact=False)


def numbers(page: PageFacts, run: PanelRun) -> list[float]:
    """Return the numbers behind the rows of the table."""
    return [run.table[one.key] for one in shown_here(page.inputs)]


def lines(page: PageFacts, arrays: RunArrays, view: str) -> np.ndarray:
    """Return the numbers of the lines of a view."""
    inputs: Any = page.inputs
    return lines_of(inputs, arrays, view)[view]
