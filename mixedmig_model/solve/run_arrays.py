"""The numbers of runs as arrays by name with named axes.

Indicators and costs are computed from them. A Dataset is these arrays with xarray around them. Making one takes longer
than many an indicator, and draws need none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import xarray as xr

T = TypeVar("T")


@dataclass(frozen=True)
class RunArray:
    """One array with its axes, numbers and marks.

    Numbers stand after the axes of the runs, if there are many. Marks are what the array says of itself.
    """

    dims: tuple[str, ...]
    values: np.ndarray
    attrs: Mapping[str, Any]


class MadeWhenRead(Mapping[str, RunArray]):
    """Arrays by name that are made when they are first read.

    Draws read two thirds of them.

    Parameters
    ----------
    makers : Mapping[str, Callable[[], RunArray]]
        A function for each array.
    """

    def __init__(self, makers: Mapping[str, Callable[[], RunArray]]) -> None:
        self._makers, self._made = dict(makers), dict[str, RunArray]()

    def __getitem__(self, name: str) -> RunArray:
        """Return an array. Raises KeyError."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


class SumsWhenRead(dict[str, float]):
    """Sums of arrays by name, each added up when first read.

    Parameters
    ----------
    arrays : Mapping[str, RunArray]
        The arrays.
    """

    def __init__(self, arrays: Mapping[str, RunArray]) -> None:
        self._arrays = arrays

    def __missing__(self, name: str) -> float:
        """Add up an array. Raises KeyError."""
        self[name] = float(self._arrays[name].values.sum())
        return self[name]


@dataclass(frozen=True)
class RunArrays:
    """The arrays of a run by name, with the labels of its axes.

    Those of many runs have ``lead`` further axes in front. ``coordinates`` names the arrays that are labels of axes;
    ``attrs`` says what made a single run. ``moved`` has people moved over the run by each flow, by its cells. They are
    the sums ``over_weeks`` of the weekly arrays, and there are none without the answer of a solver.
    """

    variables: Mapping[str, RunArray]
    coordinates: tuple[str, ...]
    attrs: Mapping[str, Any]
    lead: tuple[int, ...] = ()
    moved: Mapping[str, RunArray] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of all arrays."""
        return sum(one.values.nbytes for one in self.variables.values())

    @cached_property
    def shared(self) -> frozenset[str]:
        """Names of the arrays that all runs have in common.

        They are labels and marks, which have no leading axes.
        """
        return frozenset(name for name, one in self.variables.items() if one.values.ndim == len(one.dims))

    def labels(self, axis: str) -> list[str]:
        """Return the labels of an axis, the same list each time."""
        if axis not in self._labels:
            self._labels[axis] = [str(name) for name in self.variables[axis].values]
        return self._labels[axis]

    def once(self, key: tuple[str, str], make: Callable[[], T]) -> T:
        """Return what is computed of the arrays, once.

        Parameters
        ----------
        key : tuple[str, str]
            What it is, and of which array.
        make : Callable[[], T]
            Function that computes it.

        Returns
        -------
        T
            What the function returned the first time.
        """
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    @cached_property
    def totals(self) -> "SumsWhenRead":
        """People moved over the run by each flow, all cells.

        There are none without ``moved``.
        """
        return SumsWhenRead(self.moved)

    @cached_property
    def _known(self) -> dict[tuple[str, str], Any]:
        return {}

    @cached_property
    def _labels(self) -> dict[str, list[str]]:
        return {}

    def at(self, index: tuple[int, ...]) -> "RunArrays":
        """Return one of many runs, without a copy.

        Parameters
        ----------
        index : tuple[int, ...]
            Index on the leading axes.

        Returns
        -------
        RunArrays
            The arrays of that run.
        """
        own = {name: one if name in self.shared else replace(one, values=one.values[index])
               for name, one in self.variables.items()}
        return RunArrays(own, self.coordinates, self.attrs)

    def runs(self) -> Iterator[tuple[tuple[int, ...], "RunArrays"]]:
        """Yield every run with its index on the leading axes.

        The last axis is fastest.
        """
        return ((index, self.at(index)) for index in np.ndindex(self.lead))

    def dataset(self) -> xr.Dataset:
        """Return the arrays of a single run as a Dataset.

        Raises ValueError for many.
        """
        if self.lead:
            raise ValueError(f"a Dataset holds one run; these are {' x '.join(map(str, self.lead))}")
        made = {name: (one.dims, one.values, one.attrs) for name, one in self.variables.items()
                if name not in self.coordinates}
        labels = {name: self.variables[name].values for name in self.coordinates}
        return xr.Dataset(made, labels, dict(self.attrs))


def over_weeks(weekly: np.ndarray) -> np.ndarray:
    """Return sums over weeks, week by week, cell by cell.

    Numpy adds the rows of a table in turn, and a single column in another order. Here a column is added in turn too, so
    that a flow is the same to the byte alone and next to all flows.

    Parameters
    ----------
    weekly : numpy.ndarray
        Numbers by week, ``[W, ...]``.

    Returns
    -------
    numpy.ndarray
        Their sums, ``[...]``.
    """
    flat = weekly.reshape(len(weekly), -1)
    found = flat.sum(axis=0) if flat.shape[1] > 1 else flat.cumsum(axis=0)[-1]
    return np.asarray(found.reshape(weekly.shape[1:]))


def together(runs: Sequence[RunArrays]) -> RunArrays:
    """Return runs of the same axes as one.

    It has a leading axis. Raises ValueError for none, or where labels differ.
    """
    if not runs:
        raise ValueError("no run to put together")
    first = runs[0]
    for name in first.coordinates:
        if any(not np.array_equal(one.variables[name].values, first.variables[name].values) for one in runs):
            raise ValueError(f"runs that are put together must have the same labels; those of {name} differ")
    made = {
        name: own if name in first.coordinates or name.startswith("group_")
        else replace(own, values=np.stack([one.variables[name].values for one in runs]))
        for name, own in first.variables.items()
    }
    return RunArrays(made, first.coordinates, {}, lead=(len(runs),))


RunNumbers = xr.Dataset | RunArrays
"""What indicators and costs read.

It is a run's Dataset, or the arrays behind it.
"""
