"""The first table of decisions: breaches, harms, headline indicators (``model.md`` 6; ``docs/indicators.md``).

Breaches are choices of an authority; harms happen even to good plans. Both lead every report and cannot be left out.
"""

import numpy as np
import xarray as xr

from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.results.measures import (
    ASSISTED,
    DEATHS,
    ENFORCED,
    GRANTED,
    IDENTIFIED,
    INDUCED,
    LANDED,
    SUMMARY,
    final,
    in_stages,
    kept_input,
    living,
    moved,
    peak,
    person_days,
    ratio,
    time_in_need,
    values,
)


def wrongly_returned(facts: Facts) -> float:
    """People owed protection returned all the same.

    Returns by force and people turned back count for any need of protection; assisted and induced returns count for
    those owed international protection, who leave without their need having been established.
    """
    by_force = moved(facts.ds, *ENFORCED, "turned_back_adrift", groups=facts.owed)
    return by_force + moved(facts.ds, *ASSISTED, *INDUCED, groups=facts.international)


def children_assessed_adult_detained(facts: Facts) -> float:
    """Children detained because they were assessed as adults: all children entering less those identified."""
    entered = float(values(facts.ds, "daily_detention_entered")[:, facts.children].sum())
    return max(entered - moved(facts.ds, *IDENTIFIED), 0.0)


def _voluntary_share(facts: Facts) -> float:
    voluntary = moved(facts.ds, *ASSISTED)
    return ratio(voluntary, voluntary + moved(facts.ds, *INDUCED, *ENFORCED))


def decided_in_time(facts: Facts) -> float:
    """Share of claims decided within the standard of their day and country, of those old enough to know."""
    return facts.waits("determination").share_within(opening_included(facts.ds, "standards.decision_time"))


def opening_included(ds: xr.Dataset, name: str) -> np.ndarray:
    """An input by interval and country ``[K, C]``: the day before the run, with the first day's value, and all days."""
    given = kept_input(ds, name)
    return np.concatenate([given[:1], given])


BREACHES = (
    Indicator("identified_children_detained", "Children identified as such taken into detention", "person", "breach",
              "lower", "Entries to detention by any door (landing, disembarkation, arrival from another country, when "
              "found, in view of return) of children whom the authorities had identified as children.",
              "P80; CMW/CRC joint general comment 4/23", lambda f: moved(f.ds, *IDENTIFIED)),
    Indicator("enforced_without_decision", "People returned by force without an individual decision", "person",
              "breach", "lower", "Summary returns of people not yet registered or screened.", "I-7; para 19; P55",
              lambda f: moved(f.ds, *SUMMARY)),
    Indicator("enforced_pending_appeal", "People returned by force while their appeal was pending", "person", "breach",
              "lower", "Enforced returns out of the stage of appeal.", "I-7; P55",
              lambda f: moved(f.ds, "enforced_pending_appeal")),
    Indicator("detention_over_limit", "People detained over the limit", "person", "breach", "lower",
              "People whose stay came to exceed the time limit of detention and a day, in force or not. Exactly 0 "
              "where the limit is law throughout and those over it are within the accuracy of releases: 0.05 person.",
              "I-16; P78", lambda f: f.stays.over_limit_people),
    Indicator("refused_disembarkation", "People refused disembarkation", "person", "breach", "lower",
              "People refused landing at the end of a voyage.", "para 12; P17", lambda f: moved(f.ds, "refused")),
    Indicator("turned_back", "People turned back at sea", "person", "breach", "lower",
              "People adrift turned back towards the country they left.", "para 19; P17",
              lambda f: moved(f.ds, "turned_back_adrift")),
    Indicator("services_tied_to_status", "People who lost their place for lack of a status", "person", "breach",
              "lower", "People in limbo put out of reception because services are tied to a status.",
              "para 33; model.md 6", lambda f: moved(f.ds, "support_withdrawn")),
)
HARMS = (
    Indicator("deaths", "Deaths and missing on the way", "person", "harm", "lower",
              "On the crossing, while adrift, and on the way to another country. Never priced.", "I-1",
              lambda f: moved(f.ds, *DEATHS)),
    Indicator("wrongly_returned", "People owed protection wrongly returned", "person", "harm", "lower",
              "Returns by force and people turned back with any need of protection; assisted returns of people owed "
              "international protection.", "I-7; para 19", wrongly_returned, protection=True),
    Indicator("needs_missed", "Needs missed by screening", "person", "harm", "lower",
              "People owed protection, or with specific needs, whom screening sent to counselling.", "I-5; para 4",
              lambda f: moved(f.ds, "needs_missed"), protection=True),
    Indicator("children_assessed_adult_detained", "Children wrongly assessed adult and detained", "person", "harm",
              "lower", "Children taken into detention, those identified as children apart: they were assessed as "
              "adults.", "P32; para 4", children_assessed_adult_detained, protection=True),
    Indicator("without_shelter_peak", "People without shelter, at the peak", "person", "harm", "lower",
              "Largest number of people ashore without a place to live, all countries together.", "I-12",
              lambda f: peak(living(f.ds, "unsheltered"))),
    Indicator("without_shelter_days", "Time without shelter", "person-day", "harm", "lower",
              "Days that people spent without shelter, added up: unmet need of shelter.", "I-12; I-13",
              lambda f: person_days(living(f.ds, "unsheltered"))),
)
HEADLINES = (
    Indicator("disembarked", "People landed and recorded", "person", "headline", "neither",
              "People who landed, from a voyage or from adrift, and were recorded.", "para 12 c",
              lambda f: moved(f.ds, *LANDED)),
    Indicator("peak_stranded", "People adrift, at the peak", "person", "headline", "lower",
              "Largest number of people refused or abandoned at sea on one day.", "para 12",
              lambda f: peak(values(f.ds, "daily_adrift"))),
    Indicator("time_adrift", "Median time to a place of safety", "day", "headline", "lower",
              "From being refused or abandoned at sea, of those brought to a place of safety, as if the first adrift "
              "were the first ashore.", "I-2", lambda f: f.adrift.median),
    Indicator("wait_registration", "Median wait for registration", "day", "headline", "lower",
              "From landing, of people registered, first come first served.", "I-3",
              lambda f: f.waits("registration").median),
    Indicator("wait_screening", "Median wait for screening", "day", "headline", "lower",
              "From registration, of people screened, first come first served.", "I-4",
              lambda f: f.waits("screening").median),
    Indicator("wait_determination", "Median wait for a first decision", "day", "headline", "lower",
              "From the claim, of first decisions, first come first served within a class.", "I-8",
              lambda f: f.waits("determination").median, protection=True),
    Indicator("decided_in_time", "First decisions within the standard", "share", "headline", "higher",
              "Of claims made at least the standard before the end, withdrawn claims apart.", "I-8", decided_in_time,
              protection=True),
    Indicator("granted_protection", "People granted protection", "person", "headline", "higher",
              "Recognised at first instance, prima facie, after referral, or on appeal; of any true need.", "I-25",
              lambda f: moved(f.ds, *GRANTED), protection=True),
    Indicator("granted_owed", "of whom owed protection", "person", "headline", "higher",
              "People granted protection whose true need is international or other protection.", "I-23",
              lambda f: moved(f.ds, *GRANTED, groups=f.owed), protection=True),
    Indicator("awaiting_decision", "Waiting for a first decision at the end", "person", "headline", "lower",
              "People in determination on the last day.", "I-9",
              lambda f: final(f.ds, stage="determination"), protection=True),
    Indicator("in_limbo", "In limbo at the end", "person", "headline", "lower",
              "People under a return decision that cannot be carried out, on the last day.", "I-10; I-18; para 14",
              lambda f: final(f.ds, stage="limbo"), protection=True),
    Indicator("detention_days", "Time in detention", "person-day", "headline", "lower",
              "Days that people spent in detention, added up.", "I-16",
              lambda f: person_days(living(f.ds, "detention"))),
    Indicator("child_detention_days", "Time of children in detention", "person-day", "headline", "lower",
              "Days that children spent in detention, identified or not.", "I-15",
              lambda f: person_days(values(f.ds, "daily_detained")[:, f.children])),
    Indicator("reception_full_days", "Reception full", "country-day", "headline", "lower",
              "Country-days on which people in reception or without shelter came to at least 98 % of open places.",
              "I-11", lambda f: time_in_need(f.ds, 0.98)),
    Indicator("returned_assisted", "Returned with assistance", "person", "headline", "neither",
              "Assisted returns by choice, from outside detention and with shelter, or after referral.", "I-17",
              lambda f: moved(f.ds, *ASSISTED)),
    Indicator("returned_induced", "Returned with assistance under pressure", "person", "headline", "lower",
              "Assisted returns out of detention or without shelter.", "I-17", lambda f: moved(f.ds, *INDUCED)),
    Indicator("returned_enforced", "Returned by force", "person", "headline", "neither",
              "Returns by force of every kind, breaches included.", "I-18", lambda f: moved(f.ds, *ENFORCED),
              protection=True),
    Indicator("voluntary_share", "Voluntary share of returns", "share", "headline", "higher",
              "Assisted returns by choice over all returns.", "I-17", _voluntary_share),
    Indicator("moved_onward", "Set out for another country", "person", "headline", "neither",
              "Onward movement, out of the procedure or of people without a record.", "I-31",
              lambda f: moved(f.ds, "moved_onward", "moved_onward_irregular")),
    Indicator("absconded", "Left the procedure, still in the country", "person", "headline", "neither",
              "People who left the procedure without leave and without another country to go to.", "I-31; P83",
              lambda f: moved(f.ds, "absconded")),
    Indicator("without_status", "Without any status at the end", "person", "headline", "lower",
              "People in limbo or in the country without a record, on the last day.", "I-22",
              lambda f: float(in_stages(f.ds, ("limbo",))[-1].sum() + values(f.ds, "daily_irregular")[-1].sum())),
)
