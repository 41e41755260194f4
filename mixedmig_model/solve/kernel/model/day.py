"""What is computed of a whole day.

Numbers grow from day to day, and others follow from them. Code that measures runs gives a function of a ``Day``
(indicators do, in ``results``). It reads stocks at the day's start and end, what moved in the day and the day's inputs.
It keeps totals, peaks and last values over days. It is traced as the equations are, and lowered with them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from mixedmig_model.solve.kernel.model.stage import LEVEL, START, STATE, SUM, Traces, inputs_of_stage
from mixedmig_model.solve.kernel.trace.arrays import Traced, parameter
from mixedmig_model.solve.kernel.trace.graph import Axis, Graph

BEFORE = "front"
"""Prefix of kept numbers as the day begins.

It is the place of the limit's front, which no day needs as a whole.
"""


SHOWN = "shown."
"""Prefix of the name of a number of a day.

Some numbers have the names of stocks.
"""


class Day:
    """Arrays of a day: at its start and end, and moved in it.

    Inputs in force on it are included.

    Parameters
    ----------
    stage : Traces
        Trace of a stage.
    """

    def __init__(self, stage: Traces) -> None:
        self.graph = Graph()
        self.axes: dict[str, tuple[Axis, ...]] = {
            name: axes for name, axes in inputs_of_stage().items() if name.split("/")[0] in (STATE, START, LEVEL)
        } | {name: axes for name, axes in stage.shapes.items() if name.startswith(f"{SUM}/")}
        self.sums = {name for name in stage.outputs if name.startswith(f"{SUM}/")}
        self.kept: dict[str, Traced] = {}

    def _input(self, name: str) -> Traced:
        return parameter(self.graph, name, self.axes[name])

    def started(self, stock: str) -> Traced:
        """Return a stock as the day begins. Raises KeyError."""
        return self._input(f"{START}/{stock}")

    def ended(self, stock: str) -> Traced:
        """Return a stock as the day ends. Raises KeyError."""
        return self._input(f"{STATE}/{stock}")

    def level(self, name: str) -> Traced:
        """Return an input of the day, ``subject.field``.

        Raises KeyError.
        """
        return self._input(f"{LEVEL}/{name}")

    def moved(self, name: str) -> Traced | float:
        """Return people moved in the day.

        They are found by the name of what the kernel keeps; none where nothing goes into it. Raises KeyError where the
        kernel keeps nothing of the name.
        """
        own = f"{SUM}/{name}"
        if own not in self.axes:
            raise KeyError(name)
        return self._input(own) if own in self.sums else 0.0

    def _keep(self, new: Callable[[Traced], Traced]) -> Traced:
        """Return a number that follows from itself the day before.

        It is zero before the first day.
        """
        number = f"kept.{len(self.kept)}"
        self.axes[f"{BEFORE}/{number}"] = ()
        self.kept[number] = new(self._input(f"{BEFORE}/{number}"))
        return self.kept[number]

    def total(self, value: Any) -> Traced:
        """Return the total of a number over all days so far."""
        return self._keep(lambda before: before + value)

    def largest(self, value: Traced) -> Traced:
        """Return the largest of a number over all days so far.

        The number is never below zero.
        """
        return self._keep(lambda before: value.__array_namespace__().maximum(before, value))


def trace_day(stage: Traces, measure: Callable[[Day], Mapping[str, Traced]]) -> Traces:
    """Trace what is computed of a day.

    Parameters
    ----------
    stage : Traces
        Trace of the stage that the day is based on.
    measure : Callable[[Day], Mapping[str, Traced]]
        Function that returns numbers by name.

    Returns
    -------
    Traces
        Inputs, outputs and their operations.

    Raises
    ------
    TracingError
        Where the kernel cannot do what the function asks for.
    """
    day = Day(stage)
    made = {f"{SHOWN}{name}": value for name, value in measure(day).items()}
    outputs = {f"{STATE}/{name}": value.made for name, value in [*day.kept.items(), *made.items()]}
    return Traces(day.axes | dict.fromkeys(outputs, ()), dict.fromkeys(outputs, ()), outputs)
