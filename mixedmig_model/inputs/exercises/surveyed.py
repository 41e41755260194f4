"""What the checks of an exercise look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.exercises.schema import Exercise, Inject, Ordered
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import Fault, listed, nearest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys

DEPARTING = ("arrivals.", "responses.")
"""Inputs of who departs: no role orders them."""


@dataclass(frozen=True)
class PlacedInject:
    """An inject, and where it stands."""

    document: Document
    keys: Keys
    inject: Inject


@dataclass(frozen=True)
class Surveyed:
    """What is sound of an exercise.

    ``case`` is None where the case has faults. ``left_out`` has the names of entries with faults by collection: they
    exist, and nobody who names them is wrong.
    """

    document: Document
    exercise: Exercise
    case: CaseInputs | None
    injects: tuple[PlacedInject, ...]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[str, ...]:
        """Names of all roles."""
        return (*(one.name for one in self.exercise.roles), *self.left_out.get("roles", ()))

    @property
    def objectives(self) -> tuple[str, ...]:
        """Names of all objectives."""
        return (*(one.id for one in self.exercise.objectives), *self.left_out.get("objectives", ()))

    @property
    def inject_names(self) -> tuple[str, ...]:
        """Names of all injects."""
        return (*(one.inject.id for one in self.injects), *self.left_out.get("injects", ()))

    @property
    def lacks_roles(self) -> bool:
        """Whether roles with faults were left out."""
        return bool(self.left_out.get("roles"))

    def unknown(self, keys: Keys, kind: str, name: str, known: tuple[str, ...],
                document: Document | None = None) -> list[Fault]:
        """Return the fault of a name that does not exist, or none."""
        if name in known:
            return []
        near = nearest(name, known)
        return [(document or self.document).fault(keys, f"unknown {kind}", name, listed(known) or "none here", near)]

    def parameters_of(self, ordered: Ordered) -> tuple[str, ...]:
        """Return the inputs that a lever or an input moves."""
        if ordered.input is not None:
            return (ordered.input,)
        assert self.case is not None
        lever = self.case.workspace.levers[ordered.key]
        moved = [*(one.parameter for one in lever.changes), *(one.parameter for one in lever.effects)]
        return tuple(dict.fromkeys(moved))

    def known(self, ordered: Ordered) -> bool:
        """Return whether a lever or an input exists."""
        if ordered.input is not None:
            return ordered.input in CATALOGUE
        return self.case is not None and ordered.key in self.case.workspace.levers
