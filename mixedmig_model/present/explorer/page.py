"""What a file of the explorer knows of its case.

These records are constants of the page. They have the names that the package's own functions ask for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mixedmig_model.equations.table import Flow
from mixedmig_model.inputs.levers.schema import Lever
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.resolving.run_inputs import Steps
from mixedmig_model.record.schema.plain import PlainView

FIRST_DAY = 1
"""The day of the run from which a setting holds.

What is present as the run opens depends on the inputs of its first day. So that day stays as it is in the case.
"""


@dataclass(frozen=True)
class PageParameter:
    """A parameter: the unit of its base file, and its range in it."""

    unit: str
    range: tuple[float, float]


@dataclass(frozen=True)
class PageWorkspace:
    """What the page has of the workspace."""

    parameters: Mapping[str, PageParameter]
    costs: None = None


@dataclass(frozen=True)
class PageTitle:
    """A country or a group, with its title and marks."""

    title: str
    need: str = ""
    flags: tuple[str, ...] = ()
    origin: str | None = None


@dataclass(frozen=True)
class PageCase:
    """What the page has of the case."""

    baseline: str
    route: str
    coming: str
    ways: tuple[str, ...]
    routes: Mapping[str, str]
    countries: Mapping[str, PageTitle]
    parameters: Mapping[str, PageParameter]


@dataclass(frozen=True)
class PageInputs:
    """The inputs of the page, by the names of ``CaseInputs``."""

    case: PageCase
    workspace: PageWorkspace
    groups: Mapping[str, PageTitle]
    days: int
    costs: None = None


@dataclass(frozen=True)
class PageRun:
    """A run of the page, by the names of ``RunInputs``."""

    digest: str
    scenario: str
    days: int
    countries: tuple[str, ...]
    groups: Mapping[str, PageTitle]
    parameters: Mapping[str, Steps]
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True)
class PageLayout:
    """Where stocks and flows lie, by the names of ``Layout``."""

    labels: Mapping[str, tuple[str, ...]]
    flows: tuple[Flow, ...]
    stock_at: Mapping[str, tuple[slice, tuple[int, ...]]]
    flow_at: Mapping[str, tuple[slice, tuple[int, ...]]]

    def stock(self, state: np.ndarray, name: str) -> np.ndarray:
        """Return one stock out of a flat state, in its own shape."""
        where, shape = self.stock_at[name]
        return state[where].reshape(shape)


@dataclass(frozen=True)
class PageFacts:
    """A case as the page has it.

    ``base`` are its parameters without a setting, and ``movable`` names those that a setting can move. ``groups`` has
    the marks of groups by their kind.
    """

    inputs: PageInputs
    base: Mapping[str, Steps]
    movable: frozenset[str]
    levers: Mapping[str, Lever]
    presets: PlainView
    titles: Mapping[str, str]
    layout: PageLayout
    groups: Mapping[str, tuple[bool, ...]]


@dataclass(frozen=True)
class PageRequest:
    """What is resolved: a setting, with its faults and cautions."""

    inputs: PageInputs
    scenario: str
    faults: list[Fault] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)

    def location(self, keys: tuple[str, ...], day: str = "") -> tuple[str, int, str]:
        """Return the place of a fault: the input that is moved."""
        return "", 0, keys[0]


@dataclass(frozen=True)
class PageUse:
    """A lever or a preset of a setting."""

    lever: str | None
    preset: str | None
    intensity: float
    start: int
    until: int | None
    countries: tuple[str, ...] | None


@dataclass(frozen=True)
class PagePreset:
    """A preset by the names that ``named`` asks for."""

    levers: tuple["PageMember", ...]


@dataclass(frozen=True)
class PageMember:
    """A lever of a preset."""

    lever: str
    intensity: float


@dataclass(frozen=True)
class PageChange:
    """A change of a setting, by the names of ``Change``.

    Days are numbers of the run.
    """

    parameter: str
    start: int
    set: float | None = None
    scale: float | None = None
    add: float | None = None
    until: int | None = None
    ramp_days: int = 0
    countries: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
