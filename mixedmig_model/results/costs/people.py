"""People in need, targeted and reached.

They are three different numbers of a response plan, never mixed, never added up. Each part of a response has its own
three, which hold ``in need >= targeted >= reached``. A person can stand in several parts, so that parts are not added
to each other. Countries are added only as ``People.total`` says. Whom single items of a plan reach is in
``recipients.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from mixedmig_model.results.measures import (
    ENTERED,
    LANDED,
    labels,
    living,
    marked,
    of_need,
    ratio,
    values,
    where_label,
)

SERVICES = {"registration": "Registration", "screening": "Screening", "asylum": "First decisions on asylum"}
"""Parts that are a service of the procedure.

``asylum`` is the stage of status determination.
"""
Three = tuple[float, float, float]


@dataclass(frozen=True)
class People:
    """In need, targeted and reached in one part of a response.

    ``by_country`` ``[3, C]``, ``total`` for all countries; ``meaning`` says in words what each number is.
    """

    title: str
    countries: tuple[str, ...]
    by_country: np.ndarray
    total: Three
    meaning: tuple[str, str, str]

    def in_country(self, country: str) -> Three:
        """Return the three numbers of one country."""
        found = self.by_country[:, self.countries.index(country)]
        return float(found[0]), float(found[1]), float(found[2])


def part_of(stage: str, sector: str) -> str:
    """Return the part of a response for a cost.

    The cost belongs to a stage and sector; the part is empty where none counts its people.
    """
    if stage in ("registration", "screening"):
        return stage
    if stage == "determination":
        return "asylum"
    if stage == "referral" or sector == "protection":
        return "protection"
    return "shelter" if sector == "shelter" else ""


def people_of_plan(ds: xr.Dataset) -> dict[str, People]:
    """Return the three numbers of every part of a response.

    They come from one run.
    """
    return {
        "overall": everybody(ds), "shelter": shelter_at_peak(ds),
        **{part: service(ds, part) for part in SERVICES}, "protection": protection(ds),
    }


def _moved(ds: xr.Dataset, *flows: str) -> np.ndarray:
    """Return people moved by flows over the run, ``[C]``."""
    at = [where_label(ds, "row", flow) for flow in flows]
    return np.asarray(values(ds, "daily_flow")[:, at].sum(axis=(0, 1)))


def _into(ds: xr.Dataset, flow: str) -> np.ndarray:
    """Return people whom a flow brings into each country.

    The flow is between countries; people are over the run ``[C]``.
    """
    people = values(ds, f"flow_{flow}")
    return np.asarray(people.reshape(-1, people.shape[-1]).sum(axis=0))


def _nested(in_need: np.ndarray, targeted: np.ndarray, reached: np.ndarray) -> np.ndarray:
    """Return the three numbers in order, none below zero.

    Each is at most the one before it.
    """
    need = np.maximum(in_need, 0.0)
    target = np.clip(targeted, 0.0, need)
    return np.stack([need, target, np.clip(reached, 0.0, target)])


def _summed(title: str, ds: xr.Dataset, found: np.ndarray, meaning: tuple[str, str, str]) -> People:
    """Return a part whose countries add up."""
    whole = found.sum(axis=1)
    total = float(whole[0]), float(whole[1]), float(whole[2])
    return People(title, tuple(labels(ds, "country")), found, total, meaning)


def everybody(ds: xr.Dataset) -> People:
    """Return the three numbers of all people ashore.

    In need: all who were ashore at any time of the run, on record or not. They are those there at the opening, and all
    who landed since. Targeted: those of them whom the authorities have recorded, in the procedure at the opening, on
    landing or later. Reached: those registered, at the opening or since, and those with
    a claim.

    In one country, arrivals from other countries of the run count too. In the total they do not, because they have been
    counted where they landed first. People who land a second time count twice. People who were recorded, left the
    procedure and were found again would count twice among those targeted. Those targeted are therefore capped at those
    in need.
    """
    people, irregular = values(ds, "daily_people")[0], values(ds, "daily_irregular")[0]
    recorded = people.sum(axis=(0, 1))
    past = recorded - people[where_label(ds, "stage", "registration")].sum(axis=0)
    entered, unrecorded, found = _moved(ds, *ENTERED), _moved(ds, "landed_unrecorded"), _moved(ds, "found")
    landed = _moved(ds, *LANDED) + entered
    registered, transferred = _moved(ds, "registered"), _into(ds, "transferred")
    onward, onward_unrecorded = _into(ds, "arrived_onward"), _into(ds, "arrived_onward_unrecorded")

    need, target = recorded + irregular + landed + unrecorded, recorded + landed + found
    reached = past + registered + entered
    whole = _nested(need.sum(), target.sum(), reached.sum())
    by_country = _nested(need + onward + onward_unrecorded + transferred, target + onward + transferred,
                         reached + transferred)
    meaning = (
        "all who were ashore at any time of the run, recorded or not", "those of them whom the authorities recorded",
        "those of them who were registered",
    )
    total = float(whole[0]), float(whole[1]), float(whole[2])
    return People("Everybody ashore", tuple(labels(ds, "country")), by_country, total, meaning)


def peak_day(ds: xr.Dataset) -> int:
    """Return the day on which shelter is needed most.

    It is the day of the run with most people in reception or without shelter, all countries together.
    """
    return int(living(ds, "reception", "unsheltered")[1:].sum(axis=1).argmax())


def shelter_at_peak(ds: xr.Dataset) -> People:
    """Return the three numbers of shelter on its peak day.

    That is the end of the day on which most people need a place, all countries together. In need: people in reception
    or without shelter. Targeted: as many of them as there are places open that day in their country, or as are housed
    where reception holds more. Reached: people in reception.
    """
    day = peak_day(ds)
    housed, wanting = living(ds, "reception")[day + 1], living(ds, "reception", "unsheltered")[day + 1]
    places = values(ds, "places_open")[day, where_label(ds, "kind", "reception")]
    meaning = (
        "people in reception or without shelter on the day on which most are", "as many of them as places are open",
        "people in reception that day",
    )
    return _summed("Shelter, on the peak day", ds, _nested(wanting, np.maximum(places, housed), housed), meaning)


def service(ds: xr.Dataset, part: str) -> People:
    """Return the three numbers of a service over the run.

    Services are registration, screening, and first decisions on asylum. In need: people who entered the stage, and
    those in it at the opening. Targeted: as many of them as the service could see over the run with the staff it had,
    by country. Reached: people whom it has seen. People who enter a stage in two countries count in both.
    """
    stage = "determination" if part == "asylum" else part
    at = where_label(ds, "stage", stage)
    entered = values(ds, "daily_entered")[:, at].sum(axis=(0, 1)) + values(ds, "daily_waiting")[0, at].sum(axis=0)
    served = values(ds, "daily_served")[:, at].sum(axis=(0, 1))
    could = values(ds, "service_capacity")[:, where_label(ds, "function", stage)].sum(axis=0)
    meaning = (
        "people who entered the stage, and those in it at the opening",
        "as many of them as the service could see over the run", "people whom it has seen",
    )
    return _summed(SERVICES[part], ds, _nested(entered, np.maximum(could, served), served), meaning)


def protection(ds: xr.Dataset) -> People:
    """Return the three numbers of care for specific needs.

    They are over the run. In need: people who came ashore, or were ashore at the opening, with a specific need. They
    are trafficked, children alone, have other specific needs, or a right to a protection other than that of refugees.
    Targeted: those of them who came to referral, by screening or because they disclosed a need later, or were in it at
    the opening. Reached: those of them whose referral was completed.

    People with a right to international protection alone are not counted here. Arrivals from other countries of the run
    were counted where they landed first. In a country to which many moved on, more may come to referral than landed
    there: those targeted are capped.
    """
    marks = of_need(ds, "other") | marked(ds, "trafficked", "vulnerable") | (marked(ds, "alone") & marked(ds, "child"))
    opening = values(ds, "people")[0].sum(axis=(0, 1))[marks] + values(ds, "irregular")[0][marks]
    ashore = opening.sum(axis=0)
    for flow in (*LANDED, *ENTERED, "landed_unrecorded"):
        people = values(ds, f"flow_{flow}")  # [interval, (place,) group, country]
        ashore = ashore + people.sum(axis=tuple(range(people.ndim - 2)))[marks].sum(axis=0)
    at = where_label(ds, "stage", "referral")
    entered = values(ds, "daily_entered")[:, at, marks].sum(axis=(0, 1))
    waiting = values(ds, "daily_waiting")[0, at, marks].sum(axis=0)
    served = values(ds, "daily_served")[:, at, marks].sum(axis=(0, 1))
    meaning = (
        "people with specific needs, or owed a protection other than refugees', who came ashore",
        "those of them who came to referral", "those of them whose referral was completed",
    )
    return _summed("Protection and care", ds, _nested(ashore, entered + waiting, served), meaning)


def cost_per_targeted(cents: Mapping[str, int], people: Mapping[str, People]) -> dict[str, float]:
    """Return the cost for one person targeted.

    Parameters
    ----------
    cents : Mapping[str, int]
        Cents by part of a response.
    people : Mapping[str, People]
        The three numbers by part.

    Returns
    -------
    dict[str, float]
        Base currency by part; NaN where nobody is targeted.
    """
    return {part: ratio(cents.get(part, 0) / 100.0, who.total[1]) for part, who in people.items()}
