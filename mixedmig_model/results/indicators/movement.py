"""Further indicators of movement, staff and sharing.

They are of returns, onward movement, solutions, staff and sharing (I-17 to I-22, I-28, I-29, I-31).
"""

import numpy as np

from mixedmig_model.equations.table import flows_marked
from mixedmig_model.results.checks import orders_carried_out
from mixedmig_model.results.indicators.facts import Better, Facts, Indicator, outside_asked
from mixedmig_model.results.measures import (
    ARRIVED_ONWARD,
    ASSISTED,
    CAME_HOME,
    ENFORCED,
    INDUCED,
    REGULARISED,
    REMIGRATED,
    UNRECORDED,
    kept_input,
    labels,
    moved,
    names_of,
    ratio,
    values,
)
from mixedmig_model.results.waits.heads import queues_of
from mixedmig_model.results.waits.queues import Queues
from mixedmig_model.results.waits.waiting import stage_waits
from mixedmig_model.vocabulary.calendar import MONTH_DAYS, VERY_LONG_WAIT, YEAR_DAYS

OFFICER = 0.5
"""Officers: a shortage counts from half an officer."""
DESK = ("registration", "screening")
SOLUTIONS = flows_marked("solution")


def _gap(by_country: np.ndarray) -> float:
    """Return the largest less the smallest of the countries.

    Only countries with a value count; NaN for fewer than two.
    """
    known = by_country[np.isfinite(by_country)]
    return float(known.max() - known.min()) if len(known) > 1 else float("nan")


def _wait_gap(facts: Facts) -> float:
    if len(facts.countries) < 2:
        return float("nan")
    waits = stage_waits(facts.ds, "determination", groups=names_of(facts.ds, facts.international))
    return _gap(waits.mean_by_country(len(facts.countries)))


def _shelter_gap(facts: Facts) -> float:
    ashore = values(facts.ds, "daily_people").sum(axis=(1, 2)).sum(axis=0)
    outside = facts.living("unsheltered").sum(axis=0)
    return _gap(np.where(ashore >= 0.5, 1.0 - outside / np.maximum(ashore, 1e-9), np.nan))


def _solutions_rate(facts: Facts) -> float:
    years = float(facts.spent.in_stages("protected").sum()) / YEAR_DAYS
    return ratio(moved(facts.ds, *SOLUTIONS), years)


def without_record_over(facts: Facts, age: float) -> float:
    """Return people without a record for longer than ``age`` days.

    They are in a country at the end; those of the opening are included.
    """
    return float(_outside(facts)[1].older_on(-1, age).sum())


def _outside(facts: Facts) -> list[Queues]:
    """Return queues of people in limbo, and without a record."""
    if not facts.outside:
        facts.outside = queues_of(outside_asked(facts.ds))
    return facts.outside


def _without_status_over_year(facts: Facts) -> float:
    limbo = _outside(facts)[0]
    closed = values(facts.ds, "daily_closed")
    number = float(limbo.waiting[-1].sum() + values(facts.ds, "daily_irregular")[-1].sum() + closed[-1].sum())
    old = float(limbo.older_on(-1, VERY_LONG_WAIT).sum()) + without_record_over(facts, VERY_LONG_WAIT)
    return ratio(old + float(closed[max(len(closed) - 1 - int(VERY_LONG_WAIT), 0)].sum()), number)


def shortage(facts: Facts) -> np.ndarray:
    """Return officers missing, ``[D, F, C]``.

    With them all who wait would be served within the minimum time.
    """
    return np.asarray(np.maximum(values(facts.ds, "work_needed") - values(facts.ds, "staff_effective"), 0.0))


def recruitment_start(facts: Facts) -> float:
    """Return the day by which recruiting must have begun.

    It is a day of the run (negative: before it), for the first shortage to be met. It counts from the first day on
    which a function of a country lacks half an officer. The time that hiring takes there that day is subtracted, and
    the earliest of all is taken. Training and ramp come on top, so it is the latest date rather than a safe one.
    """
    short, starts = shortage(facts) >= OFFICER, []
    for row, function in enumerate(labels(facts.ds, "function")):
        name = "staff.desk_lead_time" if function in DESK else "staff.recruitment_time"
        lead = kept_input(facts.ds, name)
        for country in np.flatnonzero(short[:, row].any(axis=0)):
            day = int(np.argmax(short[:, row, country]))
            starts.append(day - float(lead[day, country]))
    return min(starts, default=float("nan"))


def sharing_index(facts: Facts) -> float:
    """Return the responsibility-sharing index.

    It is 1 - half the sum over countries of |share of person-days hosted - share of the key|; NaN for one country.
    """
    hosted = values(facts.ds, "daily_people").sum(axis=(0, 1, 2))
    key = kept_input(facts.ds, "sharing.key").mean(axis=0)
    if len(hosted) < 2 or hosted.sum() < 0.5 or key.sum() <= 0.0:
        return float("nan")
    return 1.0 - 0.5 * float(np.abs(hosted / hosted.sum() - key / key.sum()).sum())


def _yearly(facts: Facts, flow: str) -> float:
    """Return people moved by a flow over person-years ashore.

    Detention and protected people are not counted.
    """
    return ratio(moved(facts.ds, flow), facts.person_years)


def _people_moved(
    key: str, title: str, *flows: str, better: Better, description: str, basis: str
) -> Indicator:
    """Return an indicator of the people moved by some flows."""
    return Indicator(key, title, "person", kind="detail", better=better, description=description, basis=basis,
                     compute=lambda f: moved(f.ds, *flows))


RETURNS = (
    Indicator("induced_share", "Assisted returns under pressure", "share", kind="detail", better="lower",
              description="Assisted returns out of detention or without shelter, over all assisted returns.",
              basis="I-17", compute=lambda f: ratio(moved(f.ds, *INDUCED), moved(f.ds, *ASSISTED, *INDUCED))),
    Indicator(
        "returns_carried_out", "Return decisions carried out", "share", kind="detail", better="neither",
        description="Returns after a final decision, by force or with assistance, over final decisions in the run and "
        "people under one when it opened. Read it with the wrong returns and repeat departures.", basis="I-18",
        compute=lambda f: orders_carried_out(f.ds),
    ),
    _people_moved("found_unreturnable", "Found unreturnable", "found_unreturnable", better="lower",
                  description="People whose return was prepared and cannot be carried out.", basis="I-18"),
    _people_moved("remigrated", "Departed again after a return", *REMIGRATED, better="lower",
                  description="Repeat departures after returns of any kind.", basis="I-19"),
    Indicator(
        "sustained_share", "Returned people who have not departed again", "share", kind="detail", better="neither",
        description="1 - repeat departures over returns, by the end of the run; not at a fixed time after return.",
        basis="I-19",
        compute=lambda f: 1.0 - ratio(moved(f.ds, *REMIGRATED), moved(f.ds, *ASSISTED, *INDUCED, *ENFORCED)),
    ),
)
MOVEMENT = (
    _people_moved("landed_unrecorded", "Landed or arrived without being recorded", *UNRECORDED, better="neither",
                  description="From the sea and from another country of the run.", basis="I-22"),
    _people_moved("arrived_onward", "Arrived from another country of the run", *ARRIVED_ONWARD, better="neither",
                  description="Recorded or not.", basis="I-31"),
    _people_moved("came_home", "Came to their own country", *CAME_HOME, better="neither",
                  description="Landed or arrived in the country of their origin: no procedure, and no return.",
                  basis="para 12 c"),
    _people_moved("left_region", "Moved on to a country outside the run", "left_region", better="neither",
                  description="They arrive elsewhere: the run counts them there.", basis="I-31"),
    _people_moved("displaced", "Deterred from one route, took another", "displaced", better="neither",
                  description="People whom a policy moved to a route outside the run.", basis="P109"),
    _people_moved("transferred", "Transferred by agreement", "transferred", better="neither",
                  description="Transfers between countries of the run, the stage kept.", basis="I-29; para 28 h"),
    Indicator(
        "onward_rate", "Onward movement a person-year ashore", "1/year", kind="detail", better="neither",
        description="Onward movement out of the procedure over person-years ashore outside detention, except of "
        "protected people.",
        basis="I-31", compute=lambda f: _yearly(f, "moved_onward"),
    ),
    Indicator("absconding_rate", "Leaving the procedure a person-year ashore", "1/year", kind="detail",
              better="neither",
              description="People who left the procedure and stayed in the country, over the same person-years.",
              basis="I-31", compute=lambda f: _yearly(f, "absconded")),
)
SOLVED = (
    Indicator("solutions_rate", "Durable solutions a person-year of protection", "1/year", kind="detail",
              better="higher",
              description="Resettled, self-reliant or gone home by choice, over person-years of people protected.",
              basis="I-21", compute=_solutions_rate),
    _people_moved("resettled", "Resettled", "resettled", better="higher",
                  description="Protected people resettled in a third country.", basis="I-21"),
    _people_moved("integrated", "Self-reliant where they are", "integrated", better="higher",
                  description="Protected people who became self-reliant.", basis="I-21"),
    _people_moved("repatriated", "Gone home by choice", "repatriated", better="neither",
                  description="Protected people who went home by choice.", basis="I-21"),
    _people_moved("regularised", "Given a status by regularisation", *REGULARISED, better="higher",
                  description="Out of limbo or without a record.", basis="I-21"),
    Indicator(
        "without_status_over_year", "Without any status for over a year", "share", kind="detail", better="lower",
        description="Of people in limbo or without a record at the end, those for longer than 365 days in that one "
        "state. People of the opening count from the day before it.", basis="I-22", compute=_without_status_over_year,
    ),
    Indicator(
        "wait_gap", "Largest difference between countries in the wait for a first decision", "day", kind="detail",
        better="lower",
        description="Largest less smallest mean wait of people owed international protection; none in one country.",
        basis="I-20", compute=_wait_gap,
    ),
    Indicator(
        "shelter_gap", "Largest difference between countries in people sheltered", "share", kind="detail",
        better="lower",
        description="Largest less smallest share of person-days ashore with a place to live; none in one country.",
        basis="I-20", compute=_shelter_gap,
    ),
    Indicator(
        "sharing_index", "Responsibility sharing", "share", kind="detail", better="higher",
        description="1 - half the sum of differences between each country's share of person-days hosted and its share "
        "of the key: 1 is as the key says. The key is political: see the inputs.", basis="I-29", compute=sharing_index,
    ),
)
STAFF = (
    Indicator(
        "staff_need_peak", "Work waiting at the peak, as officers", "officer", kind="detail", better="neither",
        description="Officers and panels of full output whom the work that waits would occupy, if served within the "
        "minimum time. All functions and countries, on the worst day. Not the staff needed, which costs.md defines.",
        basis="I-28",
        compute=lambda f: float(values(f.ds, "work_needed").sum(axis=(1, 2)).max()),
    ),
    Indicator("staff_shortage", "Shortage of staff", "officer-month", kind="detail", better="lower",
              description="Officers missing for the work that waits, added up over days.", basis="I-28",
              compute=lambda f: float(shortage(f).sum()) / MONTH_DAYS),
    Indicator(
        "recruitment_start", "Recruitment must start by day", "day", kind="detail", better="neither",
        description="Days from the start of the run (before it: negative). The first day on which a team lacks half an "
        "officer, less the time to hire. Training and ramp come on top. None without a shortage.", basis="I-28",
        compute=recruitment_start,
    ),
)
DETAILS = RETURNS + MOVEMENT + SOLVED + STAFF
