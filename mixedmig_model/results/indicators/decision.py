"""The first table of decisions.

It has breaches, harms and headline indicators (``docs/model.md`` section 6 and ``docs/indicators.md``). Breaches are
choices of an authority; harms happen even to good plans. Both lead every report and cannot be left out.
"""

import numpy as np

from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.results.indicators.spent import LOST, NEEDS_UNSEEN, OFF_RECORD, WITHOUT_PROTECTION
from mixedmig_model.results.measures import (
    ASSISTED,
    CAME_HOME,
    DEATHS,
    ENFORCED,
    ENTERED,
    GRANTED,
    IDENTIFIED,
    INDUCED,
    LANDED,
    SET_OUT_ONWARD,
    SUMMARY,
    kept_input,
)
from mixedmig_model.solve.run_arrays import RunNumbers
from mixedmig_model.vocabulary.labels import STAGES


def wrongly_returned(facts: Facts) -> float:
    """Return people returned despite a right to protection.

    Returns by force and people turned back count for any need of protection. Assisted and induced returns count for
    people with a right to international protection, who leave without their need having been established. So does
    landing in their own country.
    """
    by_force = facts.moved(*ENFORCED, "turned_back_adrift", groups=facts.owed)
    return by_force + facts.moved(*ASSISTED, *INDUCED, *CAME_HOME, groups=facts.international)


def children_assessed_adult_detained(facts: Facts) -> float:
    """Return children detained because assessed as adults.

    They are all children entering less those identified.
    """
    entered = facts.taken_into_detention(facts.children)
    return facts.at_least_none(entered - facts.moved(*IDENTIFIED))


def _voluntary_share(facts: Facts) -> float:
    voluntary = facts.moved(*ASSISTED)
    return facts.ratio(voluntary, voluntary + facts.moved(*INDUCED, *ENFORCED))


def _without_status_days(facts: Facts) -> float:
    stages = facts.person_days(facts.in_stage("limbo")) + facts.person_days(facts.in_stage("return"))
    return stages + facts.person_days(facts.stock("irregular")) + facts.person_days(facts.stock("closed"))


def _without_status(facts: Facts) -> float:
    stage = facts.at_end(facts.in_stage("limbo"))
    return stage + facts.at_end(facts.stock("irregular")) + facts.at_end(facts.stock("closed"))


def decided_in_time(facts: Facts) -> float:
    """Return the share of claims decided in time.

    Standards are of their day and country; only claims old enough to know count.
    """
    return facts.waits("determination").share_within(opening_included(facts.ds, "standards.decision_time"))


def opening_included(ds: RunNumbers, name: str) -> np.ndarray:
    """Return an input by interval and country, ``[K, C]``.

    The intervals are the day before the run, with the first day's value, and all days.
    """
    given = kept_input(ds, name)
    return np.concatenate([given[:1], given])


BREACHES = (
    Indicator(
        "identified_children_detained", "Children identified as such taken into detention", "person", kind="breach",
        better="lower",
        description="Entries to detention of children whom the authorities had identified as children. Entries count "
        "by any door: landing, disembarkation, arrival from another country, when found, in view of return.",
        basis="P80; CMW/CRC joint general comment 4/23", compute=lambda f: f.moved(*IDENTIFIED),
    ),
    Indicator("enforced_without_decision", "People returned by force without an individual decision", "person",
              kind="breach", better="lower", description="Summary returns of people not yet registered or screened.",
              basis="I-7; para 19; P55", compute=lambda f: f.moved(*SUMMARY)),
    Indicator("enforced_pending_appeal", "People returned by force while their appeal was pending", "person",
              kind="breach", better="lower", description="Enforced returns out of the stage of appeal.",
              basis="I-7; P55", compute=lambda f: f.moved("enforced_pending_appeal")),
    Indicator("children_returned_unheard", "Children returned by force without a best-interests decision", "person",
              kind="breach", better="lower",
              description="Returns by force of identified children whose best interests nobody had assessed. Referral "
              "assesses those of children alone.", basis="P33b; CMW/CRC joint general comment 4/23",
              compute=lambda f: f.moved("children_returned_unheard")),
    Indicator(
        "detention_over_limit", "People detained over the limit", "person", kind="breach", better="lower",
        description="People whose stay came to exceed the time limit of detention and a day, in force or not. Exactly "
        "0 where the limit is law throughout and those over it are within the accuracy of releases: 0.05 person.",
        basis="I-16; P78", compute=lambda f: f.stays.over_limit_people,
    ),
    Indicator("refused_disembarkation", "People refused disembarkation", "person", kind="breach", better="lower",
              description="People refused landing at the end of a voyage.", basis="para 12; P17",
              compute=lambda f: f.moved("refused")),
    Indicator("turned_back", "People turned back at sea", "person", kind="breach", better="lower",
              description="People adrift turned back towards the country they left.", basis="para 19; P17",
              compute=lambda f: f.moved("turned_back_adrift")),
    Indicator("services_tied_to_status", "People who lost their place for lack of a status", "person", kind="breach",
              better="lower",
              description="People in limbo put out of reception because services are tied to a status.",
              basis="para 33; model.md 6", compute=lambda f: f.moved("support_withdrawn")),
)
HARMS = (
    Indicator("deaths", "Deaths and missing on the way", "person", kind="harm", better="lower",
              description="On the crossing, while adrift, and on the way to another country. Never priced.",
              basis="I-1", compute=lambda f: f.moved(*DEATHS)),
    Indicator("adrift_days", "Time adrift", "person-day", kind="harm", better="lower",
              description="Days that people spent refused or abandoned at sea, added up.", basis="para 12; I-2",
              compute=lambda f: f.person_days(f.stock("adrift"))),
    Indicator(
        "wrongly_returned", "People owed protection wrongly returned", "person", kind="harm", better="lower",
        description="Returns by force and people turned back with any need of protection. Assisted returns of people "
        "owed international protection, and landings of them in their own country.",
        basis="I-7; para 19", compute=wrongly_returned, protection=True,
    ),
    Indicator(
        "unprotected_days", "Time of people owed protection without it", "person-day", kind="harm", better="lower",
        description="Days ashore, without a record or sent back, of people owed protection who do not have it.",
        basis="I-8; para 19", compute=lambda f: f.time_of(f.owed, WITHOUT_PROTECTION, LOST), protection=True,
    ),
    Indicator(
        "needs_unseen_days", "Time of people whose specific needs nobody has seen", "person-day", kind="harm",
        better="lower", description="Days of people with specific needs before referral: in registration, screening, "
        "counselling, return, limbo, or without a record.", basis="I-5; para 4",
        compute=lambda f: f.time_of(f.specific_needs, NEEDS_UNSEEN, OFF_RECORD),
    ),
    Indicator("without_shelter_days", "Time without shelter", "person-day", kind="harm", better="lower",
              description="Days that people spent without shelter, added up: unmet need of shelter.",
              basis="I-12; I-13", compute=lambda f: f.person_days(f.living("unsheltered"))),
    Indicator("detention_days", "Time in detention", "person-day", kind="harm", better="lower",
              description="Days that people spent in detention, added up.", basis="I-16",
              compute=lambda f: f.person_days(f.living("detention"))),
    Indicator("child_detention_days", "Time of children in detention", "person-day", kind="harm", better="lower",
              description="Days that children spent in detention, identified or not.", basis="I-15",
              compute=lambda f: f.person_days(f.detained(f.children))),
    Indicator("child_separation_days", "Time of children separated from a detained parent", "person-day", kind="harm",
              better="lower",
              description="Days of children exempt from detention whose parent or carer is inside, added up.",
              basis="I-15; CMW/CRC joint general comment 4/23", compute=lambda f: f.moved("separation_days")),
    Indicator(
        "without_status_days", "Time without any status", "person-day", kind="harm", better="lower",
        description="Days in limbo, under a return decision, or in the country without a record. Time since a claim "
        "was closed counts too.", basis="I-10; I-22; para 14", compute=_without_status_days, protection=True,
    ),
    Indicator(
        "without_solution_days", "Time of people owed protection without a durable solution", "person-day",
        kind="harm", better="lower", description="Days of people owed protection who are not resettled, integrated, "
        "repatriated or regularised. Time elsewhere is left out.", basis="I-24; I-26",
        compute=lambda f: f.time_of(f.owed, STAGES, LOST), protection=True,
    ),
)
HEADLINES = (
    Indicator("needs_missed", "Needs missed by screening", "person", kind="headline", better="lower",
              description="People owed protection, or with specific needs, whom screening sent to counselling.",
              basis="I-5; para 4", compute=lambda f: f.moved("needs_missed"), protection=True),
    Indicator("children_assessed_adult_detained", "Children wrongly assessed adult and detained", "person",
              kind="headline", better="lower",
              description="Children taken into detention, except those identified as children: they were assessed as "
              "adults.", basis="P32; para 4", compute=children_assessed_adult_detained, protection=True),
    Indicator("without_shelter_peak", "People without shelter, at the peak", "person", kind="headline", better="lower",
              description="Largest number of people ashore without a place to live, all countries together.",
              basis="I-12", compute=lambda f: f.peak(f.living("unsheltered"))),
    Indicator("disembarked", "People landed and recorded", "person", kind="headline", better="neither",
              description="People who landed, from a voyage or from adrift, and were recorded.", basis="para 12 c",
              compute=lambda f: f.moved(*LANDED, *ENTERED)),
    Indicator("peak_stranded", "People adrift, at the peak", "person", kind="headline", better="lower",
              description="Largest number of people refused or abandoned at sea on one day.", basis="para 12",
              compute=lambda f: f.peak(f.stock("adrift"))),
    Indicator(
        "time_adrift", "Median time to a place of safety", "day", kind="headline", better="lower",
        description="From being refused or abandoned at sea, of those brought to a place of safety, as if the first "
        "adrift were the first ashore.", basis="I-2", compute=lambda f: f.adrift.median,
    ),
    Indicator("wait_registration", "Median wait for registration", "day", kind="headline", better="lower",
              description="From landing, of people registered, first come first served.", basis="I-3",
              compute=lambda f: f.waits("registration").median),
    Indicator("wait_screening", "Median wait for screening", "day", kind="headline", better="lower",
              description="From registration, of people screened, first come first served.", basis="I-4",
              compute=lambda f: f.waits("screening").median),
    Indicator("wait_determination", "Median wait for a first decision", "day", kind="headline", better="lower",
              description="From the claim, of first decisions, first come first served within a class.", basis="I-8",
              compute=lambda f: f.waits("determination").median, protection=True),
    Indicator("decided_in_time", "First decisions within the standard", "share", kind="headline", better="higher",
              description="Of claims made at least the standard before the end, except withdrawn claims.", basis="I-8",
              compute=decided_in_time, protection=True),
    Indicator("granted_protection", "People granted protection", "person", kind="headline", better="higher",
              description="Recognised at first instance, prima facie, after referral, or on appeal; of any true need.",
              basis="I-25", compute=lambda f: f.moved(*GRANTED), protection=True),
    Indicator("granted_owed", "of whom owed protection", "person", kind="headline", better="higher",
              description="People granted protection whose true need is international or other protection.",
              basis="I-23", compute=lambda f: f.moved(*GRANTED, groups=f.owed), protection=True),
    Indicator("awaiting_decision", "Waiting for a first decision at the end", "person", kind="headline",
              better="lower", description="People in determination on the last day.", basis="I-9",
              compute=lambda f: f.in_procedure_at_end("determination"), protection=True),
    Indicator("in_limbo", "In limbo at the end", "person", kind="headline", better="lower",
              description="People under a return decision that cannot be carried out, on the last day.",
              basis="I-10; I-18; para 14", compute=lambda f: f.in_procedure_at_end("limbo"), protection=True),
    Indicator(
        "reception_full_days", "Reception full", "country-day", kind="headline", better="lower",
        description="Country-days on which people in reception or without shelter came to at least 98 % of open "
        "places.",
        basis="I-11", compute=lambda f: f.time_in_need(0.98),
    ),
    Indicator("returned_assisted", "Returned with assistance", "person", kind="headline", better="neither",
              description="Assisted returns by choice, from outside detention and with shelter, or after referral.",
              basis="I-17", compute=lambda f: f.moved(*ASSISTED)),
    Indicator("returned_induced", "Returned with assistance under pressure", "person", kind="headline",
              better="lower", description="Assisted returns out of detention or without shelter.", basis="I-17",
              compute=lambda f: f.moved(*INDUCED)),
    Indicator("returned_enforced", "Returned by force", "person", kind="headline", better="neither",
              description="Returns by force of every kind, breaches included.", basis="I-18",
              compute=lambda f: f.moved(*ENFORCED), protection=True),
    Indicator("voluntary_share", "Voluntary share of returns", "share", kind="headline", better="higher",
              description="Assisted returns by choice over all returns.", basis="I-17", compute=_voluntary_share),
    Indicator("moved_onward", "Set out for another country", "person", kind="headline", better="neither",
              description="Onward movement, out of the procedure or of people without a record.", basis="I-31",
              compute=lambda f: f.moved(*SET_OUT_ONWARD)),
    Indicator("absconded", "Left the procedure, still in the country", "person", kind="headline", better="neither",
              description="People who left the procedure without leave and without another country to go to.",
              basis="I-31; P83", compute=lambda f: f.moved("absconded")),
    Indicator(
        "without_status", "Without any status at the end", "person", kind="headline", better="lower",
        description="People in limbo, in the country without a record, or with a closed claim, on the last day.",
        basis="I-22", compute=_without_status,
    ),
)
