"""The quantities of a run that costs attach to.

There is one function a driver of ``inputs/costs/drivers.py``. Each gives ``[..., day, country]``: a level (persons,
officers, places) as its mean over the day, an amount as what happened on the day. Leading axes, such as the draws of an
ensemble, are kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mixedmig_model.equations.table import FLOWS, SERVED, flows_marked
from mixedmig_model.inputs.costs.drivers import DESK_FUNCTIONS, DRIVERS
from mixedmig_model.results.measures import (
    ASSISTED,
    DEATHS,
    ENFORCED,
    GRANTED,
    INDUCED,
    LANDED,
    REGULARISED,
    kept_input,
    labels,
    marked,
    values,
    where_label,
)
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.labels import FUNCTIONS

TINY = 1e-9
DECIDED, SCREENED = SERVED["determination"], SERVED["screening"]
CLAIMED, COUNSELLED = flows_marked("claimed"), flows_marked("counselled")
REFERRED = tuple(flow.name for flow in FLOWS if flow.at_sink.get("stage") == "referral")
DEATHS_IN_COUNTRIES = tuple(flow.name for flow in FLOWS if flow.name in DEATHS and "country" in flow.axes)
"""Deaths on the way to or from a country.

Other deaths are adrift, in no country.
"""


def _mid(edges: np.ndarray, axis: int) -> np.ndarray:
    """Return means over days of a level at daily edges."""
    ends = [slice(None)] * edges.ndim
    starts = list(ends)
    ends[axis], starts[axis] = slice(1, None), slice(None, -1)
    return np.asarray(0.5 * (edges[tuple(starts)] + edges[tuple(ends)]))


@dataclass
class Quantities:
    """The drivers of one run, or of an ensemble with leading axes.

    Each is computed once, when it is first read.
    """

    ds: RunNumbers
    by_sea: tuple[bool, ...] | None = None
    """Whether people come by sea, by country; None: to all."""

    def seen_at_sea(self, by_sea: tuple[bool, ...]) -> "Quantities":
        """Return the drivers where not all people come by sea."""
        return self if all(by_sea) or self.by_sea == by_sea else Quantities(self.ds, by_sea)

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a driver in the unit that ``DRIVERS`` says.

        It is ``[..., D, C]``. Raises KeyError.
        """
        if name not in self._known:
            self._known[name] = np.asarray(COMPUTED[name](self))
        return self._known[name]

    def kept(self, names: Iterable[str]) -> "KeptDrivers":
        """Return some drivers without the run. Raises KeyError."""
        return KeptDrivers({name: self[name] for name in names})

    @cached_property
    def _known(self) -> dict[str, np.ndarray]:
        return {}

    @cached_property
    def countries(self) -> list[str]:
        """The countries of the run."""
        return labels(self.ds, "country")

    @cached_property
    def _flows(self) -> tuple[np.ndarray, list[str]]:
        return values(self.ds, "daily_flow"), labels(self.ds, "row")

    def moved(self, *flows: str) -> np.ndarray:
        """Return people moved by flows, by day and country."""
        people, names = self._flows
        return np.asarray(people[..., [names.index(flow) for flow in flows], :].sum(axis=-2))

    def region(self, flow: str) -> np.ndarray:
        """Return people moved in no country by a flow.

        They are given by the countries in which people are brought ashore.
        """
        people = values(self.ds, "daily_flow_region")[..., where_label(self.ds, "region_row", flow)]
        return np.asarray(people[..., None] * self.input("journey.disembarkation_share"))

    def input(self, name: str) -> np.ndarray:
        """Return an input by day and country ``[D, C]``."""
        return kept_input(self.ds, name)

    @cached_property
    def _people(self) -> np.ndarray:
        return _mid(values(self.ds, "daily_people"), -4)  # [..., D, S, P, C]

    @cached_property
    def _by_place(self) -> np.ndarray:
        return np.asarray(self._people.sum(-3))  # [..., D, P, C]

    @cached_property
    def _by_stage(self) -> np.ndarray:
        return np.asarray(self._people.sum(-2))  # [..., D, S, C]

    def living(self, *places: str) -> np.ndarray:
        """Return people in some places."""
        return np.asarray(self._by_place[..., [where_label(self.ds, "place", name) for name in places], :].sum(-2))

    def in_stages(self, *stages: str) -> np.ndarray:
        """Return people in some stages."""
        return np.asarray(self._by_stage[..., [where_label(self.ds, "stage", name) for name in stages], :].sum(-2))

    @cached_property
    def _by_group(self) -> np.ndarray:
        return _mid(values(self.ds, "daily_waiting"), -4)  # [..., D, S, G, C]

    def of_groups(self, *flags: str, stages: tuple[str, ...] | None = None, detained: bool = False) -> np.ndarray:
        """Return people of the groups with some flags.

        They are in some stages or all, outside detention unless ``detained``.
        """
        marks = marked(self.ds, *flags)
        here = self._by_group if stages is None else self._by_group[
            ..., [where_label(self.ds, "stage", name) for name in stages], :, :]
        total = here[..., marks, :].sum((-3, -2))
        if detained or stages is not None:
            return np.asarray(total)
        inside = _mid(values(self.ds, "daily_detained"), -3)[..., marks, :].sum(-2)
        return np.asarray(np.maximum(total - inside, 0.0))

    def served_of(self, stage: str, marks: np.ndarray) -> np.ndarray:
        """Return people of marked groups seen by a service.

        The service is that of a stage.
        """
        served = values(self.ds, "daily_served")[..., where_label(self.ds, "stage", stage), :, :]
        return np.asarray(served[..., marks, :].sum(-2))

    def referred_of(self, marks: np.ndarray) -> np.ndarray:
        """Return people of marked groups who enter referral."""
        entered = values(self.ds, "daily_entered")[..., where_label(self.ds, "stage", "referral"), :, :]
        return np.asarray(entered[..., marks, :].sum(-2))

    def staff_of(self, *functions: str) -> np.ndarray:
        """Return staff in post, trainees included, of some functions."""
        staff = _mid(values(self.ds, "daily_staff"), -4)  # [..., D, F, grade, C]
        at = [where_label(self.ds, "function", name) for name in functions]
        return np.asarray(staff[..., at, :, :].sum((-3, -2)))

    def hired(self, *functions: str) -> np.ndarray:
        """Return staff hired for some functions a day.

        Within a week they are hired evenly.
        """
        weekly = values(self.ds, "flow_hired")[..., [where_label(self.ds, "function", name) for name in functions], :]
        lengths = np.diff(values(self.ds, "time")) / np.timedelta64(1, "D")
        return np.asarray(np.repeat(weekly.sum(-2) / lengths[:, None], lengths.astype(int), axis=-2))

    def places(self, kind: str) -> np.ndarray:
        """Return places open of a kind."""
        return np.asarray(values(self.ds, "places_open")[..., where_label(self.ds, "kind", kind), :])

    def places_of_type(self, kind: str) -> np.ndarray:
        """Return reception places open of a type."""
        return np.asarray(values(self.ds, "reception_places")[..., where_label(self.ds, "type", kind), :])

    def housed_in(self, kind: str) -> np.ndarray:
        """Return people in reception by type of place.

        They are spread in proportion to places open.
        """
        whole = np.maximum(self["reception_places"], TINY)
        return np.asarray(self["people_in_reception"] * self.places_of_type(kind) / whole)


@dataclass(frozen=True)
class KeptDrivers:
    """Some drivers of a run that itself may be gone."""

    tables: Mapping[str, np.ndarray]

    def seen_at_sea(self, by_sea: tuple[bool, ...]) -> "KeptDrivers":
        """Return the drivers: they were taken as they are seen."""
        return self

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a driver, ``[D, C]``. Raises KeyError."""
        return self.tables[name]


class Together:
    """The drivers of several runs of the same days and countries.

    Each is that of every run on a leading axis, as it is of the run alone. The large arrays of runs are not copied.

    Parameters
    ----------
    runs : Sequence[Quantities | KeptDrivers]
        Drivers of each run.
    """

    def __init__(self, runs: Sequence[Quantities | KeptDrivers]) -> None:
        self.runs, self._known = tuple(runs), dict[str, np.ndarray]()

    def seen_at_sea(self, by_sea: tuple[bool, ...]) -> "Together":
        """Return the drivers where not all people come by sea."""
        return Together([run.seen_at_sea(by_sea) for run in self.runs])

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a driver, ``[run, D, C]``. Raises KeyError."""
        if name not in self._known:
            self._known[name] = np.stack([run[name] for run in self.runs])
        return self._known[name]


def _cases(q: Quantities, flows: tuple[str, ...]) -> np.ndarray:
    return np.asarray(q.moved(*flows) / q.input("work.persons_per_case"))


def _age_disputes(q: Quantities) -> np.ndarray:
    alone = marked(q.ds, "alone") & marked(q.ds, "child")
    return np.asarray(q.served_of("registration", alone) * q.input("registration.age_disputed_share"))


def _referred(q: Quantities, alone: bool) -> np.ndarray:
    by_themselves = marked(q.ds, "alone") & marked(q.ds, "child")
    return q.referred_of(by_themselves if alone else ~by_themselves)


def _active(level: np.ndarray) -> np.ndarray:
    return np.where(level >= 0.5, 1.0, 0.0)


def _stages_but(q: Quantities, *names: str) -> list[str]:
    return [name for name in labels(q.ds, "stage") if name not in names]


def _response_active(q: Quantities) -> np.ndarray:
    here = q.in_stages(*_stages_but(q, "protected"))
    sea = _mid(values(q.ds, "daily_at_sea"), -2)
    return _active(here + sea + q["people_adrift"])


def _rescue_operation(q: Quantities) -> np.ndarray:
    """Return one rescue operation for the whole run.

    It counts by the share of boats that it reaches, shared out as people are at sea.
    """
    sea = _mid(values(q.ds, "daily_at_sea"), -2)
    if q.by_sea is not None:  # people on the way overland need no boats
        sea = sea * np.array(q.by_sea, dtype=float)
    whole = sea.sum(-1, keepdims=True)
    return np.asarray(q.input("rescue.reach") * np.where(whole >= 0.5, sea / np.maximum(whole, TINY), 0.0))


def _people_in_community(q: Quantities) -> np.ndarray:
    inside = q._people[..., [where_label(q.ds, "stage", name) for name in _stages_but(q, "protected")], :, :]
    return np.asarray(inside[..., where_label(q.ds, "place", "community"), :].sum(-2))


def _people_adrift(q: Quantities) -> np.ndarray:
    adrift = _mid(values(q.ds, "daily_adrift"), -1)
    return np.asarray(adrift[..., None] * q.input("journey.disembarkation_share"))


def _landings(q: Quantities) -> np.ndarray:
    recorded = values(q.ds, "flow_arrived_onward").sum((-4, -3, -2))  # weekly [..., W, destination]
    lengths = np.diff(values(q.ds, "time")) / np.timedelta64(1, "D")
    onward = np.repeat(recorded / lengths[:, None], lengths.astype(int), axis=-2)
    return np.asarray(q.moved(*LANDED) + onward)


Compute = Callable[[Quantities], np.ndarray]
COMPUTED: dict[str, Compute] = {
    "departures": lambda q: q.moved("departed"),
    "landings": _landings,
    "urgent_care": lambda q: q.moved(*LANDED) * q.input("journey.urgent_care_share"),
    "deaths": lambda q: q.moved(*DEATHS_IN_COUNTRIES) + q.region("deaths_adrift"),
    "rescue_operation": _rescue_operation,
    "people_adrift": _people_adrift,
    "registrations": lambda q: q.moved("registered"),
    "screenings": lambda q: q.moved(*SCREENED),
    "age_disputes": _age_disputes,
    "referrals": lambda q: q.moved(*REFERRED),
    "needs_assessments": lambda q: _referred(q, alone=False),
    "best_interests_determinations": lambda q: _referred(q, alone=True),
    "counselled": lambda q: q.moved(*COUNSELLED),
    "claims": lambda q: _cases(q, CLAIMED),
    "first_decisions": lambda q: _cases(q, DECIDED),
    "first_decisions_with_legal_aid": lambda q: q["first_decisions"] * q.input("appeal.legal_aid_share"),
    "appeals": lambda q: _cases(q, SERVED["appeal"]),
    "appeals_with_legal_aid": lambda q: q["appeals"] * q.input("appeal.legal_aid_share"),
    "protection_granted": lambda q: q.moved(*GRANTED),
    "people_awaiting_decision": lambda q: q.in_stages("determination", "appeal"),
    "people_in_procedure": lambda q: q.in_stages(*_stages_but(q, "protected", "limbo")),
    "people_in_limbo": lambda q: q.in_stages("limbo"),
    "people_ashore": lambda q: q.in_stages(*labels(q.ds, "stage")),
    "people_in_reception": lambda q: q.living("reception"),
    "people_in_sites": lambda q: q.housed_in("site"),
    "people_in_tents": lambda q: q.housed_in("tent"),
    "people_in_existing_buildings": lambda q: q.housed_in("existing_building"),
    "people_in_new_buildings": lambda q: q.housed_in("new_building"),
    "people_in_community": _people_in_community,
    "people_without_shelter": lambda q: q.living("unsheltered"),
    "people_in_detention": lambda q: q.living("detention"),
    "people_in_alternatives": lambda q: q.living("alternative"),
    "reception_places": lambda q: q.places("reception"),
    "site_places": lambda q: q.places_of_type("site"),
    "tent_places": lambda q: q.places_of_type("tent"),
    "existing_building_places": lambda q: q.places_of_type("existing_building"),
    "new_building_places": lambda q: q.places_of_type("new_building"),
    "detention_places": lambda q: q.places("detention"),
    "alternative_places": lambda q: q.places("alternative"),
    "children": lambda q: q.of_groups("child"),
    "children_alone_in_care": lambda q: q.of_groups("alone"),
    "trafficked_people_in_care": lambda q: q.of_groups("trafficked", stages=("referral",)),
    "people_with_specific_needs": lambda q: q.of_groups("vulnerable"),
    **{f"{name}_staff": (lambda q, name=name: q.staff_of(name)) for name in FUNCTIONS},  # type: ignore[misc]
    "determination_staff": lambda q: q.staff_of("determination") + q.input("closing.officers"),
    "staff": lambda q: q.staff_of(*FUNCTIONS) + q.input("closing.officers"),
    "interpreters": lambda q: q.input("interpretation.interpreters"),
    "desks": lambda q: q.staff_of("registration") / q.input("registration.staff_per_desk"),
    "desk_staff_hired": lambda q: q.hired(*DESK_FUNCTIONS),
    "caseworkers_hired": lambda q: q.hired(*(name for name in FUNCTIONS if name not in DESK_FUNCTIONS)),
    "assisted_returns": lambda q: q.moved(*ASSISTED),
    "induced_returns": lambda q: q.moved(*INDUCED),
    "enforced_returns": lambda q: q.moved(*ENFORCED),
    "reintegration_packages": lambda q: (
        q.moved(*ASSISTED) * q.input("remigration.package_share")
        + q.moved(*INDUCED) * q.input("remigration.induced_package_share")),
    "resettled": lambda q: q.moved("resettled"),
    "transfers": lambda q: q.moved("transferred"),
    "regularisations": lambda q: _cases(q, REGULARISED),
    "protected_people": lambda q: q.in_stages("protected"),
    "response_active": _response_active,
    "detention_active": lambda q: _active(q["people_in_detention"]),
}
"""How each driver is computed."""
assert tuple(COMPUTED) == tuple(DRIVERS)
