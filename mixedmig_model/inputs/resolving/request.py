"""What is to be resolved.

It is a case, the changes and levers of one of its scenarios, and values given from outside.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import Applied
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, Location
from mixedmig_model.inputs.resolving.changes import in_force
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.inputs.schema import Change


@dataclass(frozen=True)
class Request:
    """A case and scenario to resolve; its faults are noted.

    It has the scenario's changes and levers, and values that replace parameters. ``given`` has parameters as the case
    gives them, where they are known already. ``settled`` has parameters as they are in this very request.
    """

    inputs: CaseInputs
    scenario: str
    changes: tuple[Change, ...]
    values: Mapping[str, float]
    faults: list[Fault]
    held: bool = False
    levers: tuple[Applied, ...] = ()
    cautions: list[Caution] = field(default_factory=list)
    given: Mapping[str, Steps] = field(default_factory=dict)
    settled: Mapping[str, Steps] = field(default_factory=dict)

    @property
    def values_file(self) -> str:
        """What stands for a file in a fault of an outside value."""
        return f"values for case {self.inputs.name}"

    @property
    def moved(self) -> set[str]:
        """Parameters that a lever, a change or a value may move."""
        return {*self.values, *(one.parameter for one in self.changes),
                *(one.change.parameter for one in self.levers)}

    def location(self, keys: tuple[str, ...], day: date | None = None) -> Location:
        """Return the place that decides parameters (on a day).

        It is the last change, a lever, a value, the case, or the base.
        """
        for deciding in self._decided_by_scenario(keys, day):
            if (self.scenario, deciding) in self.inputs.locations:
                return self.inputs.locations[self.scenario, deciding]
        for key in keys:
            if key in self.values:
                return Location(self.values_file, 0, key)
        for key in keys:
            location = self.inputs.locations.get(("", key)) or self.inputs.workspace.locations.get(key)
            if location:
                return location
        return Location(f"case {self.inputs.name}", 0, keys[0])

    def _decided_by_scenario(self, keys: tuple[str, ...], day: date | None) -> Iterator[str | int]:
        """Yield changes of the scenario, the last first, then levers.

        They are named as in their locations.
        """
        def decides(change: Change) -> bool:
            return change.parameter in keys and (day is None or in_force(change, day))

        yield from (index for index in range(len(self.changes) - 1, -1, -1) if decides(self.changes[index]))
        yield from (f"levers.{one.use}" for one in self.levers if decides(one.change))
