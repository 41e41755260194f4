"""The inputs of the equations at one moment, subject by subject.

Field names are the dotted names of the parameter files: ``levels.journey.voyage_time`` is ``journey.voyage_time``.
Shapes: ``[C]`` one value a country, ``[G]`` one a group, ``[1]`` one for the region; units are those of
``mixedmig_model/inputs/catalogue.py``, which a test holds equal to this file.
"""

from typing import Any, NamedTuple

Array = Any
"""An array of the array-API standard (numpy now, others later)."""


class Arrivals(NamedTuple):
    """Departures from the coasts and provinces of origin."""

    departures: Array  # [C] person/day, towards each country
    mix: Array  # [G] share, sums to one


class Journey(NamedTuple):
    """At sea or overland, until landing."""

    voyage_time: Array  # [C] day
    mortality: Array  # [C] share of departures
    abandonment_rate: Array  # [C] 1/day
    refused_share: Array  # [C] share of voyages
    unrecorded_share: Array  # [C] share of landings
    time_to_place_of_safety: Array  # [1] day
    adrift_death_rate: Array  # [1] 1/day
    turn_back_rate: Array  # [1] 1/day
    disembarkation_share: Array  # [C] share, sums to one


class Work(NamedTuple):
    """Working time, common to all services."""

    hours_per_week: Array  # [C] work_hour/officer/week, as work_hour/officer/day
    standard_day: Array  # [C] work_hour/officer/day in which the published outputs were produced
    persons_per_case: Array  # [C] person/case


class Registration(NamedTuple):
    """Recording identity, issue of a document."""

    officers: Array  # [C] officer
    persons_per_desk_day: Array  # [C] person/desk/day
    staff_per_desk: Array  # [C] officer/desk
    minimum_time: Array  # [C] day
    wrongly_assessed_adult_share: Array  # [C] share of children


class Screening(NamedTuple):
    """Triage: a short, non-binding profile that routes people to procedures and help."""

    officers: Array  # [C] officer
    interviews_per_day: Array  # [C] person/officer/day
    minimum_time: Array  # [C] day
    agency_access: Array  # [C] share of screenings
    sensitivity_with_access: Array  # [C] share
    sensitivity_without_access: Array  # [C] share
    specificity: Array  # [C] share
    sensitivity_trafficking: Array  # [C] share
    sensitivity_other_needs: Array  # [C] share
    prima_facie_share: Array  # [C] share of those identified


class Counselling(NamedTuple):
    """Information on rights and options for those whom screening did not refer."""

    duration: Array  # [C] day
    claim_share: Array  # [G] share


class Referral(NamedTuple):
    """Care of victims and best-interests procedures."""

    duration: Array  # [C] day
    protected_share: Array  # [G] share
    determination_share: Array  # [G] share


class Determination(NamedTuple):
    """Refugee status determination, first instance."""

    officers: Array  # [C] officer
    cases_per_week: Array  # [C] case/officer/week, as case/officer/day of the standard week
    minimum_time: Array  # [C] day
    true_positive_rate: Array  # [C] share
    false_positive_rate: Array  # [C] share
    caseload_norm: Array  # [C] case/officer
    quality_slope: Array  # [C] share per unit of caseload above the norm
    largest_quality_loss: Array  # [C] share


class Appeal(NamedTuple):
    """Independent review of refusals."""

    panels: Array  # [C] officer (panel)
    cases_per_week: Array  # [C] case/officer/week
    minimum_time: Array  # [C] day
    appealed_share: Array  # [C] share of refusals
    overturn_share: Array  # [G] share of appeals


class Return(NamedTuple):
    """Assisted and enforced return."""

    officers: Array  # [C] officer
    preparation_effort: Array  # [C] work_hour/case
    documentation_time: Array  # [C] day
    readmission_share: Array  # [C] share
    escorted_places: Array  # [C] person/day
    assisted_uptake_rate: Array  # [G] 1/day
    uptake_before_decision: Array  # [C] ratio
    assisted_places: Array  # [C] person/day


class Reception(NamedTuple):
    """Open accommodation."""

    places: Array  # [C] place
    community_share: Array  # [C] share of arrivals not detained
    move_on_time: Array  # [C] day


class Detention(NamedTuple):
    """Deprivation of liberty."""

    places: Array  # [C] place
    detained_share: Array  # [C] share of landings
    pre_removal_rate: Array  # [C] 1/day
    review_release_rate: Array  # [C] 1/day


class Law(NamedTuple):
    """Switches of law, 1 in force, 0 not."""

    child_exemption: Array  # [C]


class Onward(NamedTuple):
    """Onward movement to another country."""

    rate: Array  # [C] 1/day, people in the procedure
    irregular_rate: Array  # [C] 1/day, people landed unrecorded


class Groups(NamedTuple):
    """What the group records say, as 0/1 arrays over groups."""

    international: Array  # [G] need is international protection
    owed: Array  # [G] need is international or other protection
    child: Array  # [G] flag
    alone: Array  # [G] flag child and alone
    trafficked: Array  # [G] flag
    vulnerable: Array  # [G] any other specific need


class Levels(NamedTuple):
    """All inputs of the equations, constant within one segment of a run."""

    arrivals: Arrivals
    journey: Journey
    work: Work
    registration: Registration
    screening: Screening
    counselling: Counselling
    referral: Referral
    determination: Determination
    appeal: Appeal
    return_: Return
    reception: Reception
    detention: Detention
    law: Law
    onward: Onward
    groups: Groups
