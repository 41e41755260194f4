"""Breaches, harms and headline indicators of one run (``model.md`` 6, ``docs/indicators.md``).

Breaches are choices of an authority; harms happen even to good plans. Both lead every report and cannot be left out.
Each indicator is a function of a run's Dataset; rates come out in the unit that its record names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import xarray as xr

Kind = Literal["breach", "harm", "headline"]
Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True)
class Indicator:
    """An indicator: what it counts, in which unit, which way is better, and on what basis."""

    key: str
    title: str
    unit: str
    kind: Kind
    better: Better
    description: str
    basis: str
    compute: Callable[[xr.Dataset], float]
    protection: bool = False


def moved(ds: xr.Dataset, *rows: str, need: tuple[str, ...] = (), child: bool = False, **at: str) -> float:
    """People moved by rows over the run, for groups with a true need in ``need`` (all if empty), or for children."""
    total = 0.0
    for row in rows:
        flow = ds[f"flow_{row}"].sel(at)
        if need:
            flow = flow.where(ds["group_need"].isin(list(need)), 0.0)
        if child:
            flow = flow.where(ds["group_child"], 0.0)
        total += float(flow.sum())
    return total


def person_days(stock: xr.DataArray) -> float:
    """Person-days of a daily stock, by the trapezoidal rule; the stock may have further axes, which are summed."""
    values = stock.sum([dim for dim in stock.dims if dim != "day"]).values
    return float(np.trapezoid(values))


def weekly_person_days(stock: xr.DataArray) -> float:
    """Person-days of a weekly stock, by the trapezoidal rule over days."""
    days = (stock["time"].values - stock["time"].values[0]) / np.timedelta64(1, "D")
    return float(np.trapezoid(stock.sum([dim for dim in stock.dims if dim != "time"]).values, days))


OWED = ("international", "other")
IDENTIFIED = (
    "identified_children_detained_at_landing",
    "identified_children_detained_from_adrift",
    "identified_children_detained_before_return",
)
ASSISTED = ("assisted_from_counselling", "assisted_from_return", "returned_after_referral")
INDUCED = ("induced_from_counselling", "induced_from_return")
GRANTED = ("recognised", "recognised_prima_facie", "protected_after_referral", "appeals_allowed")
LANDED = ("landed", "disembarked")
SERVED = {
    "registration": ("registered",),
    "screening": ("screened_to_determination", "recognised_prima_facie", "referred", "screened_to_counselling"),
    "determination": ("recognised", "appealed", "refused_without_appeal"),
    "appeal": ("appeals_allowed", "appeals_dismissed"),
}


def wrongly_returned(ds: xr.Dataset) -> float:
    """People owed protection returned all the same.

    Enforced returns and people turned back count for any need of protection; assisted and induced returns count for
    those owed international protection, who leave without their need having been established.
    """
    by_force = moved(ds, "enforced", "turned_back_adrift", need=OWED)
    return by_force + moved(ds, *ASSISTED, *INDUCED, need=("international",))


def children_assessed_adult_detained(ds: xr.Dataset) -> float:
    """Children detained because they were assessed as adults: all children entering less those identified."""
    entered = moved(ds, *LANDED, child=True, place="detention") + moved(ds, "detained_before_return", child=True)
    return max(entered - moved(ds, *IDENTIFIED), 0.0)


def mean_wait(ds: xr.Dataset, stage: str) -> float:
    """Mean wait (days) in a stage: person-days in it over people served (Little's law; not a distribution)."""
    served = moved(ds, *SERVED[stage])
    return person_days(ds["daily_people"].sel(stage=stage)) / served if served > 0.5 else float("nan")


def mean_time_adrift(ds: xr.Dataset) -> float:
    """Mean days from being refused or abandoned to a place of safety, being turned back, or death."""
    left = moved(ds, "disembarked", "deaths_adrift", "turned_back_adrift")
    return person_days(ds["daily_adrift"]) / left if left > 0.5 else float("nan")


def peak(stock: xr.DataArray) -> float:
    """Largest daily total of a stock over all its axes."""
    return float(stock.sum([dim for dim in stock.dims if dim != "day"]).max())


def reception_occupancy(ds: xr.Dataset) -> xr.DataArray:
    """People in reception over places open, by day and country; NaN where no place is open."""
    housed = ds["daily_people"].sel(place="reception").sum("stage").isel(day=slice(1, None))
    places = ds["places_open"].sel(kind="reception").values
    return housed / np.where(places > 0, places, np.nan)


def final_stock(ds: xr.Dataset, **at: str) -> float:
    """People in a part of the procedure at the end of the run."""
    return float(ds["daily_people"].isel(day=-1).sel(at).sum())


def _unsheltered(ds: xr.Dataset) -> xr.DataArray:
    return ds["daily_people"].sel(place="unsheltered")


def _detained_children(ds: xr.Dataset) -> float:
    held = ds["people"].sel(place="detention").where(ds["group_child"], 0.0)
    return weekly_person_days(held)


def _voluntary_share(ds: xr.Dataset) -> float:
    voluntary = moved(ds, *ASSISTED)
    every = voluntary + moved(ds, *INDUCED, "enforced")
    return voluntary / every if every > 0.5 else float("nan")


def _full_days(ds: xr.Dataset) -> float:
    """Country-days on which 98 % of reception places or more were taken, where any were open."""
    return float((reception_occupancy(ds) >= 0.98).sum())


BREACHES = (
    Indicator("identified_children_detained", "Children identified as such taken into detention", "person", "breach",
              "lower", "Entries to detention, at landing or in view of return, of children whom the authorities had "
              "identified as children.", "P80; CMW/CRC joint general comment 4/23",
              lambda ds: moved(ds, *IDENTIFIED)),
    Indicator("refused_disembarkation", "People refused disembarkation", "person", "breach", "lower",
              "People refused landing at the end of a voyage.", "para 12; P17", lambda ds: moved(ds, "refused")),
    Indicator("turned_back", "People turned back at sea", "person", "breach", "lower",
              "People adrift turned back towards the country they left.", "para 19; P17",
              lambda ds: moved(ds, "turned_back_adrift")),
)
HARMS = (
    Indicator("deaths", "Deaths and missing at sea", "person", "harm", "lower",
              "On the crossing and while adrift. Never priced.", "I-1",
              lambda ds: moved(ds, "crossing_deaths", "deaths_adrift")),
    Indicator("wrongly_returned", "People owed protection wrongly returned", "person", "harm", "lower",
              "Enforced returns and people turned back with any need of protection; assisted returns of people owed "
              "international protection.", "I-7; para 19", wrongly_returned, protection=True),
    Indicator("needs_missed", "Needs missed by screening", "person", "harm", "lower",
              "People owed protection, or with specific needs, whom screening sent to counselling.", "I-5; para 4",
              lambda ds: moved(ds, "needs_missed"), protection=True),
    Indicator("children_assessed_adult_detained", "Children wrongly assessed adult and detained", "person", "harm",
              "lower", "Children taken into detention because they were assessed as adults.", "P32; para 4",
              children_assessed_adult_detained, protection=True),
    Indicator("without_shelter_peak", "People without shelter, at the peak", "person", "harm", "lower",
              "Largest number of people ashore without a place to live, all countries together.", "I-12",
              lambda ds: peak(_unsheltered(ds))),
    Indicator("without_shelter_days", "Time without shelter", "person-day", "harm", "lower",
              "Days that people spent without shelter, added up.", "I-12", lambda ds: person_days(_unsheltered(ds))),
)
HEADLINES = (
    Indicator("disembarked", "People landed and recorded", "person", "headline", "neither",
              "People who landed, from a voyage or from adrift, and were recorded.", "para 12 c",
              lambda ds: moved(ds, *LANDED)),
    Indicator("peak_stranded", "People adrift, at the peak", "person", "headline", "lower",
              "Largest number of people refused or abandoned at sea on one day.", "para 12",
              lambda ds: peak(ds["daily_adrift"])),
    Indicator("time_adrift", "Mean time adrift", "day", "headline", "lower",
              "Person-days adrift over people who left it: a mean, not a distribution.", "I-2", mean_time_adrift),
    Indicator("wait_registration", "Mean wait for registration", "day", "headline", "lower",
              "Person-days in registration over people registered.", "I-3", lambda ds: mean_wait(ds, "registration")),
    Indicator("wait_screening", "Mean wait for screening", "day", "headline", "lower",
              "Person-days in screening over people screened.", "I-4", lambda ds: mean_wait(ds, "screening")),
    Indicator("wait_determination", "Mean wait for a first decision", "day", "headline", "lower",
              "Person-days in determination over first decisions.", "I-8", lambda ds: mean_wait(ds, "determination"),
              protection=True),
    Indicator("granted_protection", "People granted protection", "person", "headline", "higher",
              "Recognised at first instance, prima facie, after referral, or on appeal; of any true need.", "I-25",
              lambda ds: moved(ds, *GRANTED), protection=True),
    Indicator("granted_owed", "of whom owed protection", "person", "headline", "higher",
              "People granted protection whose true need is international or other protection.", "I-23",
              lambda ds: moved(ds, *GRANTED, need=OWED), protection=True),
    Indicator("awaiting_decision", "Waiting for a first decision at the end", "person", "headline", "lower",
              "People in determination on the last day.", "I-9",
              lambda ds: final_stock(ds, stage="determination"), protection=True),
    Indicator("in_limbo", "In limbo at the end", "person", "headline", "lower",
              "People under a return decision that cannot be carried out, on the last day.", "I-10; para 14",
              lambda ds: final_stock(ds, stage="limbo"), protection=True),
    Indicator("detention_days", "Time in detention", "person-day", "headline", "lower",
              "Days that people spent in detention, added up.", "I-16",
              lambda ds: person_days(ds["daily_people"].sel(place="detention"))),
    Indicator("child_detention_days", "Time of children in detention", "person-day", "headline", "lower",
              "Days that children spent in detention, identified or not, from weekly stocks.", "I-15",
              _detained_children),
    Indicator("reception_full_days", "Reception full", "country-day", "headline", "lower",
              "Country-days on which at least 98 % of open reception places were taken.", "I-11", _full_days),
    Indicator("returned_assisted", "Returned with assistance", "person", "headline", "neither",
              "Assisted returns by choice, from outside detention and with shelter, or after referral.", "I-17",
              lambda ds: moved(ds, *ASSISTED)),
    Indicator("returned_induced", "Returned with assistance under pressure", "person", "headline", "lower",
              "Assisted returns out of detention or without shelter.", "I-17", lambda ds: moved(ds, *INDUCED)),
    Indicator("returned_enforced", "Returned by force", "person", "headline", "neither", "Enforced returns.", "I-18",
              lambda ds: moved(ds, "enforced"), protection=True),
    Indicator("voluntary_share", "Voluntary share of returns", "share", "headline", "higher",
              "Assisted returns by choice over all returns.", "I-17", _voluntary_share),
    Indicator("moved_onward", "Moved on to another country", "person", "headline", "neither",
              "Onward movement, out of the procedure or after landing unrecorded.", "I-31",
              lambda ds: moved(ds, "moved_onward", "moved_onward_irregular")),
)
INDICATORS = BREACHES + HARMS + HEADLINES


def indicator_table(ds: xr.Dataset) -> dict[str, float]:
    """Every indicator of one run (no ``scenario`` dimension), by key, in the order of reports."""
    return {indicator.key: indicator.compute(ds) for indicator in INDICATORS}
