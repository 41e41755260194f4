"""An invented country, and the files of its case.

People come over land. Arrivals rise after two months, and a plan opens posts and places for them on that day. Rights
are in law: nobody is detained and nobody is returned by force. What is short is in the numbers alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from mixedmig_model.study.teaching.case_files import CASE, COSTS, DATED, FIXED, HEAD, ROW, SCENARIO
from mixedmig_model.study.teaching.causes import CASH, Cause
from mixedmig_model.vocabulary.calendar import MONTH_DAYS

BASELINE, PLAN, PUT_RIGHT = "as_it_is", "my_plan", "all_put_right"
RISE, DECISION, DAYS = 59, 120, 425
"""Days of the run.

Arrivals rise, a plan may begin, the run ends.
"""
LAST_DAYS = 60
"""Days at the end on which the standard must hold."""
FIRST_YEAR = 2031
PER_100 = {
    "registration.officers": 20.0, "screening.officers": 60.0, "referral.officers": 64.0,
    "determination.officers": 240.0, "interpretation.interpreters": 57.0, "appeal.panels": 44.0,
}
"""Posts that are enough for 100 arrivals a day.

A country is accepted only if the model finds them enough.
"""
GROUPS = ("refugee", "refugee_child_in_family", "stateless", "trafficked", "child_alone", "other_vulnerable",
          "other_migrant", "other_child_in_family")
MIX = (0.2, 0.2, 0.1, 0.3, 0.4, 0.7, 0.2, 0.1)
"""Weights of the groups, before chance moves them.

Many people have specific needs.
"""
LAW = ("child_exemption", "family_unity", "specific_needs_exemption", "individual_decision", "suspensive_appeal",
       "detention_limit", "services_irrespective_of_status", "no_penalty_for_irregular_entry", "best_interests")
HELD = {
    "return.escorted_places": 0.0, "return.officers": 30.0, "return.assisted_places": 8.0,
    "detention.detained_share": 0.0, "detention.pre_removal_rate": 0.0, "detention.places": 100.0,
    "screening.agency_access": 1.0, "appeal.legal_aid_share": 0.5, "journey.voyage_time": 1.0,
    "journey.unrecorded_share": 0.05, "journey.mortality": 0.0, "onward.rate": 0.02, "reception.housing_rate": 0.08,
    **{f"law.{name}": 1.0 for name in LAW},
}
"""Inputs that are the same in every country."""


@dataclass(frozen=True)
class InventedCountry:
    """Numbers of an invented country.

    ``levels`` has posts and places before and after arrivals rise. ``arrivals`` are persons a day before and after.
    """

    place: str
    start: date
    arrivals: tuple[float, float]
    levels: Mapping[str, tuple[float, float]]
    binds: float
    need_share: float
    mix: tuple[float, ...]


def case_name(country: InventedCountry) -> str:
    """Return the name of the country's case."""
    return country.place.lower()


def invent(place: str, chance: np.random.Generator) -> InventedCountry:
    """Return a country in which everything is enough.

    Its places are set by the model (``with_places``).

    Parameters
    ----------
    place : str
        Its name.
    chance : numpy.random.Generator
        Decides its numbers.

    Returns
    -------
    InventedCountry
        The country.
    """
    after = chance.uniform(30.0, 75.0)
    before = after * chance.uniform(0.5, 0.65)
    mix = tuple(round(weight * float(chance.uniform(0.9, 1.1)), 3) for weight in MIX)
    levels = {name: (float(np.ceil(ratio * before / 100.0)), float(np.ceil(ratio * after / 100.0)))
              for name, ratio in PER_100.items()}
    return InventedCountry(
        place, date(FIRST_YEAR + int(chance.integers(0, 9)), 1 + int(chance.integers(0, 12)), 1),
        (before, after), levels, binds=0.0, need_share=round(float(chance.uniform(0.6, 0.75)), 2), mix=mix,
    )


def day_of(country: InventedCountry, day: int) -> date:
    """Return the date of a day of the run."""
    return country.start + timedelta(days=day)


def changed(country: InventedCountry, cause: Cause, share: float) -> InventedCountry:
    """Return the country with another level of one input.

    Parameters
    ----------
    country : InventedCountry
        The country.
    cause : Cause
        The input.
    share : float
        Share of its level that it keeps; for money, how far funding binds.

    Returns
    -------
    InventedCountry
        The country; posts and places are whole.
    """
    if cause.name == CASH:
        return replace(country, binds=round(share, 2))
    levels = tuple(max(float(np.round(level * share)), 1.0) for level in country.levels[cause.parameter])
    return replace(country, levels={**country.levels, cause.parameter: (levels[0], levels[1])})


def files_of(country: InventedCountry) -> dict[str, str]:
    """Return the texts of the country's case by file.

    Parameters
    ----------
    country : InventedCountry
        The country.

    Returns
    -------
    dict[str, str]
        Texts; names are relative to the folder of the case.
    """
    end, rise = day_of(country, DAYS), day_of(country, RISE)
    name_of_case = case_name(country)
    dated = "".join(
        DATED.format(parameter=name, country=name_of_case, start=country.start, before=before, rise=rise, after=after)
        for name, (before, after) in sorted(country.levels.items()))
    fixed = {**HELD, "funding.binds": country.binds, "arrivals.international_need_share": country.need_share}
    mix = ", ".join(f"{group}: {weight}" for group, weight in zip(GROUPS, country.mix, strict=True))
    case = CASE.format(
        place=country.place, name=name_of_case, start=country.start, end=end, baseline=BASELINE, mix=mix, dated=dated,
        fixed="".join(FIXED.format(parameter=name, value=f"{value:g}") for name, value in sorted(fixed.items())))
    rows = ((country.start, rise, RISE * country.arrivals[0]), (rise, end, (DAYS - RISE) * country.arrivals[1]))
    arrivals = "".join(ROW.format(start=one, end=two, country=name_of_case, persons=round(persons))
                       for one, two, persons in rows)
    return {
        "case.yaml": case, "arrivals.csv": f"{HEAD}{arrivals}", "costs.yaml": COSTS.format(country=name_of_case),
        f"scenarios/{BASELINE}.yaml": SCENARIO.format(case=name_of_case),
    }


def a_month(country: InventedCountry) -> tuple[int, int]:
    """Return arrivals a month, before and after they rise."""
    before, after = (round(one * MONTH_DAYS) for one in country.arrivals)
    return before, after
