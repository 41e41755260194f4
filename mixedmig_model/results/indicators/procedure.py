"""Further indicators of the journey and the procedure.

They include decisions (I-1 to I-10, I-14, I-23).
"""

from mixedmig_model.equations.table import SERVED, flows_marked
from mixedmig_model.results.checks import appeals_allowed
from mixedmig_model.results.indicators.decision import opening_included
from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.results.measures import (
    ASSISTED,
    CAME_HOME,
    CLOSED,
    DEATHS,
    GRANTED,
    INDUCED,
    LANDED,
    REFUSED,
    REMIGRATED,
    SUMMARY,
    kept_input,
    marked,
    moved,
    ratio,
    values,
)
from mixedmig_model.results.waits.chain import entered_by_group, share_through

CARE_WITHIN = 3.0
"""Days within which a child alone should be in care (I-14)."""
NOT_SCREENED = ("registration", "screening")
MISSED = ("counselling", "return", "limbo")


def set_out(facts: Facts) -> float:
    """Return people who set out.

    People who depart again after a return are included.
    """
    return moved(facts.ds, "departed", *REMIGRATED)


def _screened_in_time(facts: Facts) -> float:
    limit = opening_included(facts.ds, "standards.screening_time")
    entered = entered_by_group(facts.ds, "registration")
    return share_through(facts.waits("registration"), facts.waits("screening"), entered, limit)


def _children_in_care_in_time(facts: Facts) -> float:
    """Return children alone in care in time.

    They are screened within three days of landing; the share is x the share of those screened whom screening refers.
    """
    alone = marked(facts.ds, "alone") & facts.children
    screened = moved(facts.ds, *SERVED["screening"], groups=alone)
    entered = entered_by_group(facts.ds, "registration")
    in_time = share_through(facts.waits("registration"), facts.waits("screening"), entered, CARE_WITHIN, alone)
    return in_time * ratio(moved(facts.ds, "referred", groups=alone), screened)


def _completion(facts: Facts) -> float:
    queues = facts.waits("referral").queues
    entered, waiting = float(queues.entered.sum()), float(queues.waiting[-1].sum())
    return min(ratio(float(queues.served.sum()), entered - waiting), 1.0)


def _disputed(facts: Facts) -> float:
    alone = marked(facts.ds, "alone") & facts.children
    flow = values(facts.ds, "flow_registered")[:, :, alone].sum(axis=(1, 2))
    shares = kept_input(facts.ds, "registration.age_disputed_share")
    return float((flow.sum(axis=0) * shares.mean(axis=0)).sum())


def _found_adult(facts: Facts) -> float:
    return _disputed(facts) * float(kept_input(facts.ds, "registration.found_adult_share").mean())


def _urgent(facts: Facts) -> float:
    found = [values(facts.ds, f"flow_{flow}") for flow in LANDED]
    landed = sum(people.sum(axis=tuple(range(people.ndim - 1))) for people in found)
    return float((landed * kept_input(facts.ds, "journey.urgent_care_share").mean(axis=0)).sum())


def _fewer_is_better(key: str, title: str, *flows: str, description: str, basis: str, owed: str = "") -> Indicator:
    """Return an indicator of people whom no flow should move.

    The argument ``owed`` says of whom: all, those with a right to any protection (``any``), or to ``international``
    protection.
    """

    def compute(facts: Facts) -> float:
        groups = {"": None, "any": facts.owed, "international": facts.international}[owed]
        return moved(facts.ds, *flows, groups=groups)

    return Indicator(key, title, "person", kind="detail", better="lower", description=description, basis=basis,
                     compute=compute, protection=False)


JOURNEY = (
    _fewer_is_better("deaths_crossing", "Deaths on the crossing", "crossing_deaths",
                     description="Deaths and missing at sea or on the way overland.", basis="I-1"),
    _fewer_is_better("deaths_adrift", "Deaths while adrift", "deaths_adrift",
                     description="Deaths of people refused or abandoned at sea.", basis="I-1"),
    _fewer_is_better("deaths_onward", "Deaths on the way to another country", "onward_deaths",
                     description="Deaths and missing after leaving a country of the run.", basis="I-1"),
    Indicator(
        "deaths_per_1000", "Deaths per 1,000 departures", "per 1,000", kind="detail", better="lower",
        description="All deaths on the way over all who set out, those who set out again after a return included.",
        basis="I-1", compute=lambda f: 1000.0 * ratio(moved(f.ds, *DEATHS), set_out(f)),
    ),
    Indicator(
        "time_adrift_p90", "Time to a place of safety that nine in ten did not exceed", "day", kind="detail",
        better="lower",
        description="From being refused or abandoned at sea, of those brought to a place of safety, as if the first "
        "adrift were the first ashore.", basis="I-2", compute=lambda f: f.adrift.p90,
    ),
    Indicator(
        "safe_in_time", "Brought to a place of safety within the standard", "share", kind="detail", better="higher",
        description="Of people refused or abandoned at sea at least the standard before the end, except the dead and "
        "those turned back.", basis="I-2",
        compute=lambda f: f.adrift.share_within(float(kept_input(f.ds, "standards.place_of_safety_time").mean())),
    ),
    Indicator("urgent_care", "People landing in need of urgent care", "person", kind="detail", better="neither",
              description="People landed or disembarked x the share in need of urgent care.", basis="I-13",
              compute=_urgent),
)
WAITS = (
    Indicator("wait_registration_p90", "Wait for registration that nine in ten did not exceed", "day", kind="detail",
              better="lower", description="From landing, of people registered.", basis="I-3",
              compute=lambda f: f.waits("registration").p90),
    Indicator(
        "registered_in_time", "Registered within the standard", "share", kind="detail", better="higher",
        description="Of landings at least the standard before the end, except people who left unregistered.",
        basis="I-3",
        compute=lambda f: f.waits("registration").share_within(opening_included(f.ds, "standards.registration_time")),
    ),
    Indicator("wait_screening_p90", "Wait for screening that nine in ten did not exceed", "day", kind="detail",
              better="lower", description="From registration, of people screened.", basis="I-4",
              compute=lambda f: f.waits("screening").p90),
    Indicator(
        "screened_in_time", "Screened within the standard", "share", kind="detail", better="higher",
        description="Of landings at least the standard before the end, counted from landing, except people who left.",
        basis="I-4", compute=_screened_in_time,
    ),
    Indicator("wait_determination_p90", "Wait for a first decision that nine in ten did not exceed", "day",
              kind="detail", better="lower", description="From the claim, of first decisions.", basis="I-8",
              compute=lambda f: f.waits("determination").p90),
    Indicator("wait_appeal", "Median wait for a decision on appeal", "day", kind="detail", better="lower",
              description="From the appeal, of appeals decided.", basis="I-8",
              compute=lambda f: f.waits("appeal").median),
    Indicator("backlog_oldest", "Longest wait for a first decision at the end", "day", kind="detail", better="lower",
              description="Age above which half a person waits for a first decision on the last day.",
              basis="I-9", compute=lambda f: f.waits("determination").backlog_at_end.oldest),
    Indicator(
        "backlog_over_180", "Waiting for a first decision over 180 days", "share", kind="detail", better="lower",
        description="Of those waiting on the last day; people in the queue at the opening count from the day before "
        "it.",
        basis="I-9", compute=lambda f: f.waits("determination").backlog_at_end.over_180,
    ),
    Indicator(
        "backlog_over_365", "Waiting for a first decision over 365 days", "share", kind="detail", better="lower",
        description="Of those waiting on the last day; people in the queue at the opening count from the day before "
        "it.",
        basis="I-9", compute=lambda f: f.waits("determination").backlog_at_end.over_365,
    ),
    Indicator("limbo_days", "Time in limbo", "person-day", kind="detail", better="lower",
              description="Days that people spent under a return decision that cannot be carried out, added up.",
              basis="I-10", compute=lambda f: float(f.spent.in_stages("limbo").sum())),
    Indicator(
        "without_outcome_days", "Time without a final outcome", "person-day", kind="detail", better="lower",
        description="Days that people ashore and on record spent in any stage except protected, added up.",
        basis="I-10",
        compute=lambda f: float(f.spent.in_stages(
            *NOT_SCREENED, *MISSED, "referral", "determination", "appeal").sum()),
    ),
)
NEEDS = (
    Indicator(
        "not_screened_days", "Time of people with a need not yet screened", "person-day", kind="detail",
        better="lower",
        description="Days that people owed protection or with specific needs spent in registration and screening.",
        basis="I-5", compute=lambda f: f.time_of(marked(f.ds, "in_need"), NOT_SCREENED, ()),
    ),
    Indicator(
        "needs_unidentified", "People with a need not identified, at the end", "person", kind="detail",
        better="lower",
        description="People owed protection or with specific needs in counselling, return or limbo on the last day, "
        "those wrongly refused included.", basis="I-5",
        compute=lambda f: float(f.spent.people(-1, MISSED)[marked(f.ds, "in_need")].sum()),
    ),
    Indicator(
        "needs_unidentified_days", "Time of people with a need not identified", "person-day", kind="detail",
        better="lower",
        description="Days that people owed protection or with specific needs spent in counselling, return and limbo.",
        basis="I-5", compute=lambda f: f.time_of(marked(f.ds, "in_need"), MISSED, ()),
    ),
    Indicator(
        "referral_completion", "Referrals completed", "share", kind="detail", better="higher",
        description="People whose referral was completed over all who left it; the standard is an input.",
        basis="I-6", compute=_completion,
    ),
    Indicator(
        "children_alone_in_care_in_time", "Children alone in referral within three days", "share", kind="detail",
        better="higher",
        description="Share screened within three days of landing, times the share whom screening refers. The ratio "
        "of guardians is not modelled.", basis="I-14", compute=_children_in_care_in_time,
    ),
    Indicator("ages_disputed", "Children alone whose age is disputed", "person", kind="detail", better="neither",
              description="Children alone registered x the share of ages disputed.", basis="P31", compute=_disputed),
    Indicator("found_adult", "of whom found adult", "person", kind="detail", better="neither",
              description="Those whose age is disputed x the share found adult.", basis="P31b", compute=_found_adult),
)
WRONG = (
    _fewer_is_better(
        "wrongly_returned_without_decision", "Wrongly returned without a decision", *SUMMARY, basis="I-7", owed="any",
        description="People owed protection returned by force before registration or screening.",
    ),
    _fewer_is_better(
        "wrongly_returned_pending_appeal", "Wrongly returned while an appeal was pending", "enforced_pending_appeal",
        description="People owed protection returned by force out of the stage of appeal.", basis="I-7", owed="any",
    ),
    _fewer_is_better(
        "wrongly_returned_after_decision", "Wrongly returned after a wrong refusal or missed by screening",
        *flows_marked("enforced", "carried_out"), basis="I-7", owed="any",
        description="People owed protection returned by force after a decision; rows do not separate the two.",
    ),
    _fewer_is_better("wrongly_turned_back", "Wrongly turned back", "turned_back_adrift",
                     description="People owed protection turned back at sea.", basis="I-7", owed="any"),
    _fewer_is_better(
        "wrongly_assisted", "Owed international protection, returned with assistance", *ASSISTED, basis="I-7",
        description="Assisted returns by choice of people whose need was not established.", owed="international",
    ),
    _fewer_is_better(
        "wrongly_induced", "Owed international protection, returned under pressure", *INDUCED, basis="I-7",
        description="Assisted returns out of detention or without shelter of people whose need was not established.",
        owed="international",
    ),
    _fewer_is_better(
        "wrongly_home", "Owed international protection, landed in their own country", *CAME_HOME, basis="I-7",
        description="People owed international protection who came to the country that they had left.",
        owed="international",
    ),
    Indicator("overturn_rate", "Appeals allowed", "share", kind="detail", better="neither",
              description="Appeals allowed over appeals decided: alone it misleads, since it depends on who appeals.",
              basis="I-23", compute=lambda f: appeals_allowed(f.ds)),
    Indicator("wrong_refusals", "Final wrong refusals", "person", kind="detail", better="lower",
              description="People owed protection refused without an appeal, or whose appeal was dismissed.",
              basis="I-23", compute=lambda f: moved(f.ds, *REFUSED, groups=f.owed), protection=True),
    Indicator("wrong_grants", "Wrong grants", "person", kind="detail", better="lower",
              description="People granted protection whose true need is none known.", basis="I-23",
              compute=lambda f: moved(f.ds, *GRANTED, groups=~f.owed), protection=True),
    Indicator("claims_closed", "Claims closed without a decision", "person", kind="detail", better="lower",
              description="People whose claim an office closed. They count as without a status, for nobody heard them.",
              basis="model.md 4", compute=lambda f: moved(f.ds, *CLOSED)),
    Indicator("claims_closed_owed", "of whom owed protection", "person", kind="detail", better="lower",
              description="People owed protection whose claim an office closed.", basis="model.md 4",
              compute=lambda f: moved(f.ds, *CLOSED, groups=f.owed), protection=True),
)
DETAILS = JOURNEY + WAITS + NEEDS + WRONG
