"""What breaches, harms and headlines count in a run.

They count people moved, people there by day, and days in need. An indicator asks for these by the methods of ``Counts``
alone. Its formula is then the same for a run's Dataset and for the kernel, which counts as it runs
(``kernel_counts.py``).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mixedmig_model.results.measures import (
    OWED,
    final,
    in_stages,
    living,
    marked,
    moved,
    of_need,
    peak,
    person_days,
    ratio,
    time_in_need,
    values,
)
from mixedmig_model.solve.run_arrays import RunNumbers


@dataclass
class Counts:
    """Counts of one run, in persons.

    The run has no ``scenario`` dimension; people there are by edge of day, ``[D + 1, ...]``.
    """

    ds: RunNumbers

    @cached_property
    def owed(self) -> np.ndarray:
        """Groups with a right to any protection, ``[G]``."""
        return of_need(self.ds, *OWED)

    @cached_property
    def international(self) -> np.ndarray:
        """Groups with a right to international protection, ``[G]``."""
        return of_need(self.ds, "international")

    @cached_property
    def children(self) -> np.ndarray:
        """Groups of children, ``[G]``."""
        return marked(self.ds, "child")

    def moved(self, *flows: str, groups: Any = None) -> float:
        """Return people moved by flows over the run: persons.

        They are of all groups or of those marked.
        """
        return moved(self.ds, *flows, groups=groups)

    def taken_into_detention(self, groups: Any) -> float:
        """Return entries of marked groups to detention: persons.

        They are over the run.
        """
        return float(values(self.ds, "daily_detention_entered")[:, groups].sum())

    def living(self, *places: str) -> Any:
        """Return people in some places by country: persons."""
        return living(self.ds, *places)

    def in_stage(self, stage: str) -> Any:
        """Return people in a stage by country: persons."""
        return in_stages(self.ds, (stage,))

    def detained(self, groups: Any) -> Any:
        """Return people of marked groups in detention: persons.

        They are by group and country.
        """
        return values(self.ds, "daily_detained")[:, groups]

    def stock(self, name: str) -> Any:
        """Return people adrift or without a record: persons."""
        return values(self.ds, f"daily_{name}")

    def in_procedure_at_end(self, stage: str) -> float:
        """Return people in a stage at the end of the run: persons."""
        return final(self.ds, stage=stage)

    def time_in_need(self, least: float) -> float:
        """Return country-days in need of places.

        On these days people in need of a place came to ``least`` times the open places.
        """
        return time_in_need(self.ds, least)

    @staticmethod
    def person_days(people: Any) -> float:
        """Return person-days of people there by day."""
        return person_days(people)

    @staticmethod
    def peak(people: Any) -> float:
        """Return the largest number of people on any day: persons."""
        return peak(people)

    @staticmethod
    def at_end(people: Any) -> float:
        """Return people there at the end of the run: persons."""
        return float(people[-1].sum())

    @staticmethod
    def ratio(part: Any, whole: Any) -> float:
        """Return a share.

        It is NaN where the whole is less than half a person.
        """
        return ratio(part, whole)

    @staticmethod
    def at_least_none(value: Any) -> float:
        """Return a difference of persons, none where it is below zero."""
        return float(max(value, 0.0))
