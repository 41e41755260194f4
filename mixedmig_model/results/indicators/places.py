"""Further indicators of places, unmet needs and detention.

They are I-11 to I-16 and I-30.
"""

import numpy as np

from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.results.measures import (
    in_stages,
    kept_input,
    marked,
    time_in_need,
    values,
    where_label,
)
from mixedmig_model.results.waits.stays import ended_by_release

WITHOUT_CARE = ("registration", "screening", "counselling", "return", "limbo")
"""Stages without referral to care.

People with specific needs have not been referred to it there.
"""
SERVED_PLACES = ("detention", "alternative", "reception", "unsheltered")
"""Where people depend on what a site supplies."""


def demand(facts: Facts) -> np.ndarray:
    """Return the demand for places over places, ``[D, C]``.

    It is people in reception or without shelter over places in reception; NaN where no place is open.
    """
    places = values(facts.ds, "places_open")[:, where_label(facts.ds, "kind", "reception")]
    people = facts.living("reception", "unsheltered")[1:]
    return np.where(places > 0.0, people / np.maximum(places, 1e-9), np.nan)


def _demand_peak(facts: Facts) -> float:
    found = demand(facts)
    return float(np.nanmax(found)) if np.isfinite(found).any() else float("nan")


def _without_care(facts: Facts) -> float:
    flagged = marked(facts.ds, "trafficked", "vulnerable") | (marked(facts.ds, "alone") & facts.children)
    return facts.time_of(flagged, WITHOUT_CARE, ())


def _without_legal_aid(facts: Facts) -> float:
    """Return people in appeal without legal aid.

    It is (1 - share with legal aid) x people in appeal, by day and country.
    """
    people = in_stages(facts.ds, ("appeal",))
    mean = 0.5 * (people[1:] + people[:-1])
    return float(((1.0 - kept_input(facts.ds, "appeal.legal_aid_share")) * mean).sum())


def needed_at_peak(facts: Facts, standard: str, each: bool = True) -> float:
    """Return what people on sites need at the peak.

    The standard is an amount a person (or, not ``each``, a number of persons for one).
    """
    people = facts.living(*SERVED_PLACES)[1:]
    amount = kept_input(facts.ds, f"standards.{standard}")
    needed = people * amount if each else people / np.maximum(amount, 1e-9)
    return float(needed.sum(axis=1).max())


PLACES = (
    Indicator("reception_demand_peak", "People in need of a place over places open, at the peak", "share",
              kind="detail", better="lower",
              description="People in reception or without shelter over places in reception, the worst country and day.",
              basis="I-11", compute=_demand_peak),
    Indicator("reception_short_days", "More people in need of a place than places open", "country-day", kind="detail",
              better="lower",
              description="Country-days on which people in reception or without shelter exceed places in reception.",
              basis="I-11", compute=lambda f: time_in_need(f.ds, 1.0)),
    Indicator(
        "without_care_days", "Unmet need of specific care", "person-day", kind="detail", better="lower",
        description="Days that trafficked and vulnerable people and children alone spent in registration, screening, "
        "counselling, return and limbo, not referred. Care itself is not modelled.", basis="I-13",
        compute=_without_care,
    ),
    Indicator("without_legal_aid_days", "Unmet need of legal aid", "person-day", kind="detail", better="lower",
              description="Days that people spent in appeal without legal aid, added up.", basis="I-13",
              compute=_without_legal_aid),
    Indicator(
        "water_needed", "Water needed at the peak", "litre/day", kind="detail", better="neither",
        description="People in detention, alternatives and reception and without shelter x the standard. Supply of "
        "water, food and health care is not modelled.", basis="I-13; P70", compute=lambda f: needed_at_peak(f, "water"),
    ),
    Indicator("toilets_needed", "Toilets needed at the peak", "toilet", kind="detail", better="neither",
              description="The same people over the number of people for one toilet.", basis="I-13; P70",
              compute=lambda f: needed_at_peak(f, "persons_per_toilet", each=False)),
    Indicator("covered_area_needed", "Covered area needed at the peak", "m2", kind="detail", better="neither",
              description="The same people x the standard of covered area.", basis="I-13; P69",
              compute=lambda f: needed_at_peak(f, "covered_area")),
    Indicator("site_area_needed", "Site area needed at the peak", "m2", kind="detail", better="neither",
              description="The same people x the standard of site area.", basis="I-13; P69",
              compute=lambda f: needed_at_peak(f, "site_area")),
    Indicator(
        "children_ashore_peak", "Children on record, at the peak", "person", kind="detail", better="neither",
        description="Children in the procedure or protected: extra users of schools and child health care. Supply is "
        "not modelled.", basis="I-30",
        compute=lambda f: float(values(f.ds, "daily_waiting")[:, :, f.children].sum(axis=(1, 2, 3)).max(initial=0.0)),
    ),
)
DETENTION = (
    Indicator("children_detained", "Children taken into detention", "person", kind="detail", better="lower",
              description="Entries of children to detention, identified or not.", basis="I-15",
              compute=lambda f: float(values(f.ds, "daily_detention_entered")[:, f.children].sum())),
    Indicator("children_separated", "Children separated from a detained parent", "person", kind="detail",
              better="lower",
              description="Children exempt from detention whose parent or carer was taken into it.",
              basis="I-15; CMW/CRC joint general comment 4/23", compute=lambda f: f.moved("children_separated")),
    Indicator("child_detention_longest", "Longest detention of a child", "day", kind="detail", better="lower",
              description="Age of stay above which half a child was, all groups together, on any day.", basis="I-15",
              compute=lambda f: f.children_inside.longest()),
    Indicator("detention_median_stay", "Median stay in detention", "day", kind="detail", better="lower",
              description="The age at which half of those who entered had left; none where fewer had.", basis="I-16",
              compute=lambda f: f.stays.median),
    Indicator("detention_longest", "Longest detention", "day", kind="detail", better="lower",
              description="Age of stay above which half a person was, all groups together, on any day.",
              basis="I-16", compute=lambda f: f.stays.longest),
    Indicator("detention_over_limit_share", "Detained over the limit", "share", kind="detail", better="lower",
              description="People whose stay came to exceed the limit and a day, over all detained.",
              basis="I-16; P78", compute=lambda f: f.stays.over_limit_share),
    Indicator("detention_over_limit_days", "Time in detention over the limit", "person-day", kind="detail",
              better="lower", description="Days that people spent in detention beyond the limit and a day, added up.",
              basis="I-16; P78", compute=lambda f: f.stays.over_limit_days),
    Indicator("detention_ended_by_release", "Detention ended by release", "share", kind="detail", better="neither",
              description="Releases over all who left detention: how much detention led to nothing else.",
              basis="I-16; P79b", compute=lambda f: ended_by_release(f.ds)),
)
DETAILS = PLACES + DETENTION
