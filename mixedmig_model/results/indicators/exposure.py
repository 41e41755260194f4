"""What a judgement reads of a run.

It reads harms, each next to the people or the time that could suffer it (``docs/model.md`` section 6).

Time is counted of all who lived, from the day they came ashore and wherever they are. They are on record, without one,
sent back, on the way to another country, gone there, or in a solution. Each person-day of a survivor is in one of these
places, so that only saving lives moves the denominator. Where people leave what a run sees, a harm has a count that is
seen and further terms of what may be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mixedmig_model.equations.table import FLOWS, SERVED, Flow
from mixedmig_model.results.indicators.facts import Facts
from mixedmig_model.results.indicators.spent import (
    GONE,
    HOME,
    LEAST_TIME,
    LOST,
    NEEDS_UNSEEN,
    OFF_RECORD,
    PRESSED_BACK,
    SENT_BACK,
    SOLVED,
    WITHOUT_PROTECTION,
    TimeSpent,
)
from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.results.measures import (
    ASSISTED,
    CAME_HOME,
    DEATHS,
    ENFORCED,
    ENTERED,
    IDENTIFIED,
    INDUCED,
    REMIGRATED,
    SET_ADRIFT,
    SET_OUT_ONWARD,
    SUMMARY,
    flows_between,
    kept_input,
    labels,
    living,
    marked,
    moved,
    over_days,
    peak,
    values,
    where_label,
)
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.labels import FUNCTIONS, STAGES

HARM_KEYS = ("deaths", "adrift", "sent_back", "unprotected", "needs_unseen", "unsheltered", "detention",
             "children_detained", "children_separated", "without_status", "without_solution")
"""The harms of a judgement, in their order."""
BEYOND: Mapping[str, tuple[str, ...]] = {
    "unprotected": ("elsewhere",), "needs_unseen": ("sent_back", "elsewhere"),
    "unsheltered": ("in_cells", "unrecorded", "sent_back", "elsewhere"), "detention": ("after_removal",),
    "children_detained": ("after_removal",), "children_separated": ("in_cells", "after_removal"),
    "without_status": ("sent_back", "elsewhere"),
}
"""Harms with a count of what may be, and its terms.

It goes beyond what is seen; of the others all is seen.
"""
AWAITED = ("sent_back", "detention", "children_detained", "children_separated", "without_status")
"""Harms that people who still wait may suffer more."""
WITHOUT_STATUS = ("return", "limbo")
SETTLED = ("protected", "return", "limbo")
"""Stages that are an outcome.

In all others people wait for one.
"""
NEEDS_SEEN = ("returned_after_referral", "induced_after_referral", "enforced_pending_appeal")
"""Ways back of people whose specific needs had been seen.

The model has no memory of it: the flows say it.
"""
SERVICES = (*FUNCTIONS, "reception")
OUTSIDE: Mapping[str, tuple[str, ...]] = {
    "departed": ("departed", *ENTERED), "repeat_departures": REMIGRATED, "needs_missed": ("needs_missed",),
    "referred": ("referred",), "returned_induced": INDUCED, "moved_onward": SET_OUT_ONWARD,
    "left_before_decision": (*flows_between(("people",), ("moving",)), "absconded"),
}
"""What is shown next to the harms, by its flows.

It is in persons; the peak without shelter comes with it.
"""
PEAK = "unsheltered_peak"
BREACH_FLOWS: Mapping[str, tuple[str, ...]] = {
    "identified_children_detained": IDENTIFIED, "enforced_without_decision": SUMMARY,
    "enforced_pending_appeal": ("enforced_pending_appeal",),
    "children_returned_unheard": ("children_returned_unheard",), "refused_disembarkation": ("refused",),
    "turned_back": ("turned_back_adrift",), "services_tied_to_status": ("support_withdrawn",),
}
"""Flows that make up a breach.

By them it has a place, where they have a country.
"""


@dataclass(frozen=True)
class HarmCount:
    """One harm in one run, in persons or person-days.

    It has what is seen, and the exposure that it is measured against. ``beyond``: what may be, by reason, none below
    zero. ``waiting``: people who still wait for an outcome at the end. ``settled``: people with one (of ``sent_back``:
    those due protection who have it or a solution).
    """

    seen: float
    exposure: float
    beyond: Mapping[str, float] = field(default_factory=dict)
    waiting: float = 0.0
    settled: float = 0.0

    @property
    def possible(self) -> float:
        """What is seen and what may be.

        People who wait are not yet counted.
        """
        return self.seen + sum(self.beyond.values())


@dataclass(frozen=True)
class JudgedCounts:
    """All that a judgement reads of one run.

    It is persons, and person-days where a harm is a time. ``harms`` is by key of ``HARM_KEYS``, ``breaches`` by key of
    an indicator, ``served`` by service, and ``outside`` what is shown next to the harms. ``in_countries`` has amounts
    seen by harm and country; draws keep none.
    """

    harms: Mapping[str, HarmCount]
    breaches: Mapping[str, float]
    survivors: float
    child_survivors: float
    children_taken_into_detention: float
    adrift_deaths: float
    adrift_entries: float
    served: Mapping[str, float]
    outside: Mapping[str, float]
    in_countries: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def flat(self) -> dict[str, float]:
        """Return all except the countries as plain numbers.

        They are by name, in the order of ``FLAT_NAMES``.
        """
        made: dict[str, float] = {}
        for key, harm in self.harms.items():
            made |= {f"{key}.seen": harm.seen, f"{key}.exposure": harm.exposure}
            made |= {f"{key}.beyond.{reason}": value for reason, value in harm.beyond.items()}
            if key in AWAITED:
                made |= {f"{key}.waiting": harm.waiting, f"{key}.settled": harm.settled}
        for name in MAPPINGS:
            made |= {f"{name}.{key}": value for key, value in getattr(self, name).items()}
        return made | {name: getattr(self, name) for name in NUMBERS}

    @classmethod
    def of_flat(cls, flat: Mapping[str, float]) -> "JudgedCounts":
        """Return the counts that ``flat`` holds, without countries.

        Raises KeyError where a number is missing.
        """
        harms = {
            key: HarmCount(
                flat[f"{key}.seen"], flat[f"{key}.exposure"],
                {reason: flat[f"{key}.beyond.{reason}"] for reason in BEYOND.get(key, ())},
                *((flat[f"{key}.waiting"], flat[f"{key}.settled"]) if key in AWAITED else ()),
            ) for key in HARM_KEYS
        }
        parts: dict[str, Any] = {name: {key: flat[f"{name}.{key}"] for key in keys} for name, keys in MAPPINGS.items()}
        return cls(harms, **parts, **_numbers(flat))


NUMBERS = ("survivors", "child_survivors", "children_taken_into_detention", "adrift_deaths", "adrift_entries")
MAPPINGS: Mapping[str, tuple[str, ...]] = {
    "breaches": tuple(indicator.key for indicator in BREACHES), "served": SERVICES, "outside": (*OUTSIDE, PEAK),
}


def _numbers(given: Mapping[str, float]) -> dict[str, Any]:
    """Return the plain numbers of the counts by name."""
    return {name: given[name] for name in NUMBERS}


def _flat_names() -> tuple[str, ...]:
    """Return names of all numbers that draws keep."""
    harms = {key: HarmCount(0.0, 0.0, dict.fromkeys(BEYOND.get(key, ()), 0.0)) for key in HARM_KEYS}
    parts: dict[str, Any] = {name: dict.fromkeys(keys, 0.0) for name, keys in MAPPINGS.items()}
    return tuple(JudgedCounts(harms, **parts, **_numbers(dict.fromkeys(NUMBERS, 0.0))).flat())


FLAT_NAMES = _flat_names()
"""Names of the numbers that draws keep of each run."""


def judged_counts(
    ds: RunNumbers, table: Mapping[str, float] | None = None, facts: Facts | None = None, *, countries: bool = True
) -> JudgedCounts:
    """Return all that a judgement reads of one run.

    Parameters
    ----------
    ds : RunNumbers
        A run's Dataset (no ``scenario`` dimension), or its arrays.
    table : Mapping[str, float] | None, default None
        Its indicators by key, where they have been computed already.
    facts : Facts | None, default None
        What indicators read of it, where there are some already.
    countries : bool, default True
        Count by country too.

    Returns
    -------
    JudgedCounts
        Persons and person-days.
    """
    facts = facts or Facts(ds)
    spent = facts.spent
    harms = _of_people(facts, spent) | _of_protection(facts, spent) | _of_living(facts, spent)
    survivors = _survivors(spent)
    return JudgedCounts(
        {key: harms[key] for key in HARM_KEYS},
        {one.key: float(one.compute(facts) if table is None else table[one.key]) for one in BREACHES},
        survivors=float(survivors.sum()), child_survivors=float(survivors[facts.children].sum()),
        children_taken_into_detention=facts.taken_into_detention(facts.children),
        adrift_deaths=moved(ds, "deaths_adrift"),
        adrift_entries=moved(ds, *SET_ADRIFT) + float(spent.people(0, stocks=("adrift",)).sum()),
        served={name: moved(ds, *SERVED[name]) for name in FUNCTIONS} | {"reception": taken_in(ds)},
        outside={name: moved(ds, *flows) for name, flows in OUTSIDE.items()} | {
            PEAK: peak(living(ds, "unsheltered"))},
        in_countries=_in_countries(ds) if countries else {},
    )


def _survivors(spent: TimeSpent) -> np.ndarray:
    """Return people who set out and lived, ``[G]``."""
    return np.asarray(spent.set_out - spent.moved(*DEATHS))


def _known(**terms: Any) -> dict[str, float]:
    """Return terms of what may be, none below zero.

    The error of a solver could make one negative.
    """
    return {name: max(float(np.sum(term)), 0.0) for name, term in terms.items()}


def _of_people(facts: Facts, spent: TimeSpent) -> dict[str, HarmCount]:
    """Return the harms of people.

    They are deaths, time adrift, and people due protection who were sent back.
    """
    owed, intl = facts.owed, facts.international
    set_out, adrift = float(spent.set_out.sum()), float(spent.in_stocks("adrift").sum())
    sent = spent.moved(*ENFORCED, "turned_back_adrift")[owed].sum()
    sent += spent.moved(*ASSISTED, *INDUCED, *CAME_HOME)[intl].sum()
    settled = spent.people(-1, ("protected",), SOLVED)[owed].sum()
    waiting = spent.people(-1, tuple(stage for stage in STAGES if stage != "protected"))[owed].sum()
    return {
        "deaths": HarmCount(float(spent.moved(*DEATHS).sum()), set_out),
        "adrift": HarmCount(adrift, set_out - float(spent.moved("crossing_deaths").sum())),
        "sent_back": HarmCount(float(sent), float(_survivors(spent)[owed].sum()), waiting=float(waiting),
                               settled=float(settled)),
    }


def _of_protection(facts: Facts, spent: TimeSpent) -> dict[str, HarmCount]:
    """Return the harms of protection.

    They are time without the protection or the solution that is due, and with a specific need that nobody has seen.
    """
    owed, needy = facts.owed, facts.specific_needs
    on_the_way, beyond = spent.in_stocks(*GONE), spent.in_stocks(*GONE, *HOME)
    left_unseen = spent.in_stocks(*SENT_BACK) - sum(spent.after(stock, NEEDS_SEEN) for stock in SENT_BACK)
    here = (spent.potential - on_the_way)[owed].sum()
    return {
        "unprotected": HarmCount(spent.of_groups(owed, WITHOUT_PROTECTION, LOST), float(spent.potential[owed].sum()),
                                 _known(elsewhere=on_the_way[owed])),
        "needs_unseen": HarmCount(spent.of_groups(needy, NEEDS_UNSEEN, OFF_RECORD),
                                  float(spent.potential[needy].sum()),
                                  _known(sent_back=left_unseen[needy], elsewhere=beyond[needy])),
        "without_solution": HarmCount(spent.of_groups(owed, STAGES, LOST), float(here)),
    }


def _of_living(facts: Facts, spent: TimeSpent) -> dict[str, HarmCount]:
    """Return the harms of living conditions.

    They are time without shelter, in detention, separated from a detained parent, and without any status.
    """
    child, everybody = facts.children, np.ones_like(facts.children)
    potential, unrecorded = float(spent.potential.sum()), spent.in_stocks(*OFF_RECORD)
    sent, gone = spent.in_stocks(*PRESSED_BACK), spent.in_stocks(*GONE)
    removed = spent.after("returned_enforced", place="detention") + spent.after("returned_induced", place="detention")
    apart, inside = float(spent.moved("separation_days").sum()), float(spent.detained[~child].sum())
    with_family = child & ~marked(facts.ds, "alone")
    a_day = apart / inside if inside > LEAST_TIME else 0.0  # children separated for each adult inside
    outcome = spent.people(-1, SETTLED, (*SENT_BACK[:-1], *SOLVED, *HOME))
    waits = spent.people(-1, tuple(stage for stage in STAGES if stage not in SETTLED))

    def ends(groups: np.ndarray) -> dict[str, float]:
        return {"waiting": float(waits[groups].sum()), "settled": float(outcome[groups].sum())}

    def detained(groups: np.ndarray) -> HarmCount:
        return HarmCount(float(spent.detained[groups].sum()), float(spent.potential[groups].sum()),
                         _known(after_removal=removed[groups]), **ends(groups))

    return {
        "unsheltered": HarmCount(
            float(spent.unsheltered.sum()), potential,
            _known(in_cells=spent.detained, unrecorded=unrecorded.sum() - _housed(facts.ds), sent_back=sent,
                   elsewhere=spent.in_stocks(*GONE, *HOME))),
        "detention": detained(everybody), "children_detained": detained(child),
        "children_separated": HarmCount(apart, float(spent.potential[child].sum()),
                                        _known(in_cells=spent.detained[with_family],
                                               after_removal=a_day * removed[~child]), **ends(child)),
        "without_status": HarmCount(
            float((spent.in_stages(*WITHOUT_STATUS) + unrecorded).sum()), potential,
            _known(sent_back=sent, elsewhere=gone), **ends(everybody)),
    }


def _housed(ds: RunNumbers) -> float:
    """Return time of people without a record who are housed.

    It is in person-days: they keep their homes when found.
    """
    people = values(ds, "daily_irregular")
    return float(((people[1:] + people[:-1]) / 2.0 * kept_input(ds, "irregular.housed_share")).sum())


def taken_in(ds: RunNumbers) -> float:
    """Return people taken into reception: persons.

    They come from the way, from another place or without a record.
    """
    return float(sum(_entered(ds, flow, "reception") for flow in FLOWS if flow.sink == "people" and not flow.count))


def _entered(ds: RunNumbers, flow: Flow, place: str) -> float:
    """Return people whom a flow brings into a place.

    They come from another place; people who stay in it do not count.
    """
    into = flow.at_sink.get("place")
    if into is None:  # the place that people are brought to, or stay in where they were in the procedure before
        return 0.0 if flow.source == "people" or "place" not in flow.axes else moved(ds, flow.name, place=place)
    return moved(ds, flow.name) if into == place and flow.at_source.get("place") != place else 0.0


COUNTED: Mapping[str, tuple[str, ...]] = {
    "deaths": ("crossing_deaths", "onward_deaths"), "children_separated": ("separation_days",),
}
"""Flows and counters that make up a harm of a country."""


def _in_countries(ds: RunNumbers) -> dict[str, dict[str, float]]:
    """Return what is seen of some harms and breaches by country.

    People who died adrift are in none.
    """
    stages = [where_label(ds, "stage", stage) for stage in WITHOUT_STATUS]
    status = values(ds, "daily_people")[:, stages].sum(axis=(1, 2)) + values(ds, "daily_irregular") + values(
        ds, "daily_closed")
    found = {name: over_days(people) for name, people in (
        ("unsheltered", living(ds, "unsheltered")), ("detention", living(ds, "detention")), ("without_status", status))}
    countries = labels(ds, "country")
    counted = {
        key: {country: moved(ds, *flows, country=country) for country in countries}
        for key, flows in COUNTED.items()
    }
    breaches = {
        key: {country: moved(ds, *flows, country=country) for country in countries}
        for key, flows in BREACH_FLOWS.items() if all("country" in ds.variables[f"flow_{flow}"].dims for flow in flows)
    }
    return counted | breaches | {
        name: dict(zip(countries, table.tolist(), strict=True)) for name, table in found.items()}
