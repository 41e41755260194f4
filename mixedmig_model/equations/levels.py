"""The inputs of the equations at one moment, by subject.

Field names are the dotted names of the parameter files: ``levels.journey.voyage_time`` is ``journey.voyage_time``.
Shapes: ``[C]`` one value a country, ``[G]`` one a group, ``[1]`` one for the region. Units are those of
``mixedmig_model/inputs/parameters/catalogue.py``, which a test holds equal to this file.
"""

from typing import Any, NamedTuple

Array = Any
"""An array of the array-API standard (numpy, and others)."""


class Arrivals(NamedTuple):
    """Departures from the coasts and provinces of origin."""

    departures: Array  # [C] person/day, towards each country
    claim_share: Array  # [C] share of these who enter with a claim, without a journey
    mix: Array  # [G, C] share of the departures towards a country, sums to one over the groups


class Responses(NamedTuple):
    """Behavioural responses of departures to policy.

    There are none by default; each needs a cited source.
    """

    information_effect: Array  # [C] share of departures, -1 to 1; 0
    deterrence_elasticity: Array  # [C] change of departures per unit of harshness; 0
    harshness: Array  # [C] change of a harshness index
    enforcement: Array  # [C] share, how far enforcement against smuggling goes
    enforcement_effect: Array  # [C] share of departures at full enforcement
    enforcement_abandonment_share: Array  # [C] share of voyages abandoned at full enforcement
    pathway_places: Array  # [C] person/day, regular places offered
    substitution_share: Array  # [C] share of regular places that replace an irregular journey
    displaced_share: Array  # [C] share of those deterred who take another route


class Rescue(NamedTuple):
    """Search and rescue."""

    reach: Array  # [C] share of boats in distress that are reached
    observed_reach: Array  # [C] the same when the mortality was observed
    effect: Array  # [C] fall in mortality when reached


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
    vulnerable_first: Array  # [C] 0 to 1, how far identified people with specific needs are served first
    crowding_loss: Array  # [C] loss of output per 100 % over capacity


class Staff(NamedTuple):
    """How staff are hired, trained and lost."""

    recruitment_time: Array  # [C] day, caseworkers
    training_time: Array  # [C] day, caseworkers
    ramp_time: Array  # [C] day, caseworkers
    desk_lead_time: Array  # [C] day, registration and screening
    desk_training_time: Array  # [C] day
    desk_ramp_time: Array  # [C] day
    novice_output: Array  # [C] share of full output in the first month
    attrition_rate: Array  # [C] 1/day
    trainer_share: Array  # [C] share of an active officer that each trainee takes
    given: Array  # [C] 1: officers are staff in post, not posts to fill


class Interpretation(NamedTuple):
    """Interpreters of status determination."""

    interpreters: Array  # [C] officer
    hours_per_case: Array  # [C] work_hour/case


class Registration(NamedTuple):
    """Recording identity, issue of a document."""

    officers: Array  # [C] officer
    persons_per_desk_day: Array  # [C] person/desk/day
    staff_per_desk: Array  # [C] officer/desk
    minimum_time: Array  # [C] day
    wrongly_assessed_adult_share: Array  # [C] share of children


class Screening(NamedTuple):
    """Triage: a short profile that routes people to help.

    It is not binding, and routes people to procedures too.
    """

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
    """Information on rights and options.

    It is for people whom screening did not refer.
    """

    duration: Array  # [C] day
    claim_share: Array  # [G] share


class Referral(NamedTuple):
    """Care of victims and best-interests procedures."""

    duration: Array  # [C] day
    protected_share: Array  # [G] share
    determination_share: Array  # [G] share
    officers: Array  # [C] officer
    assessment_effort: Array  # [C] work_hour/person, best-interests or needs assessment
    best_interests_effort: Array  # [C] work_hour/person, best-interests determination of a child alone


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
    pressure_cut: Array  # [C] largest share of the time of a case that pressure takes
    pressure_slope: Array  # [C] share per unit of caseload above the norm
    pressure_quality_loss: Array  # [C] share recognised that is lost per share of time
    accelerated_share: Array  # [C] share of claims in an accelerated or simplified procedure
    accelerated_effort: Array  # [C] effort of these over regular effort
    accelerated_quality_loss: Array  # [C] share, loss of recognition in these
    prima_facie_effort: Array  # [C] effort of a prima facie recognition over regular effort
    speed: Array  # [G] decisions on a group over those on others who wait as long, where officers are short
    withdrawal_rate: Array  # [C] 1/day
    withdrawal_factor: Array  # [G] withdrawals of a group over those of all
    rework_share: Array  # [C] share of old files that need another interview
    rework_age: Array  # [C] day from which a file is old


class Closing(NamedTuple):
    """Claims closed without a decision."""

    officers: Array  # [C] officer, who do nothing else
    cases_per_week: Array  # [C] case/officer/week
    minimum_time: Array  # [C] day from the claim
    eligible_share: Array  # [G] share of claims waiting that may be closed


class Disclosure(NamedTuple):
    """Needs that screening missed and that people disclose later."""

    rate: Array  # [C] 1/day


class Appeal(NamedTuple):
    """Independent review of refusals."""

    panels: Array  # [C] officer (panel)
    cases_per_week: Array  # [C] case/officer/week
    minimum_time: Array  # [C] day
    appealed_share: Array  # [C] share of refusals
    overturn_share: Array  # [G] share of appeals
    legal_aid_share: Array  # [C] share of refused people with legal aid
    legal_aid_gain: Array  # [C] share of those who would not appeal who do with legal aid


class Return(NamedTuple):
    """Assisted and enforced return."""

    officers: Array  # [C] officer
    preparation_effort: Array  # [C] work_hour/case
    documentation_time: Array  # [C] day
    readmission_share: Array  # [C] share
    readmission_factor: Array  # [G] ratio to the share of the country
    escorted_places: Array  # [C] person/day
    assisted_uptake_rate: Array  # [G] 1/day
    uptake_before_decision: Array  # [C] ratio
    assisted_places: Array  # [C] person/day
    summary_rate: Array  # [C] 1/day, returns without an individual decision where law allows them
    late_return_rate: Array  # [C] 1/day, enforced returns out of limbo


class Reception(NamedTuple):
    """Open accommodation."""

    places: Array  # [C] place
    community_share: Array  # [C] share of arrivals not detained
    move_on_time: Array  # [C] day
    housing_rate: Array  # [C] 1/day, people in the procedure who find homes


class Detention(NamedTuple):
    """Deprivation of liberty."""

    places: Array  # [C] place
    detained_share: Array  # [C] share of landings
    pre_removal_rate: Array  # [C] 1/day
    review_release_rate: Array  # [C] 1/day
    time_limit: Array  # [C] day


class Alternative(NamedTuple):
    """Alternatives to detention."""

    places: Array  # [C] place
    offered_share: Array  # [C] share of those to be detained who are offered an alternative first
    transfer_rate: Array  # [C] 1/day out of detention
    review_rate: Array  # [C] 1/day out of alternatives


class Household(NamedTuple):
    """Adults and the children who come with them."""

    carer_share: Array  # [G] share of adults who care for accompanying children


class Law(NamedTuple):
    """Switches of law, 1 in force, 0 not."""

    child_exemption: Array  # [C]
    family_unity: Array  # [C]
    specific_needs_exemption: Array  # [C]
    individual_decision: Array  # [C]
    best_interests: Array  # [C]
    suspensive_appeal: Array  # [C]
    detention_limit: Array  # [C]
    services_irrespective_of_status: Array  # [C]
    no_penalty_for_irregular_entry: Array  # [C]
    work_right: Array  # [C] share of protected people with a right to work


class Onward(NamedTuple):
    """Onward movement to another country."""

    rate: Array  # [C] 1/day, people in the procedure
    mover_share: Array  # [C] share of people who come ashore who are likely to move on
    mover_rate: Array  # [C] 1/day, onward movement of these; ``rate`` is that of all others
    irregular_rate: Array  # [C] 1/day, people landed unrecorded
    waiting_gain: Array  # [C] 1/year, rise of departures from the procedure per year of backlog
    crowding_gain: Array  # [C] rise per 100 % over capacity
    within_region_share: Array  # [C] share of onward movers who head for another country of the run
    attraction: Array  # [C] weight of a country as destination
    journey_time: Array  # [C] day
    mortality: Array  # [C] share


class Absconding(NamedTuple):
    """Leaving the procedure without leave, in the same country."""

    rate: Array  # [C] 1/day
    compliance_in_alternatives: Array  # [C] share of people in alternatives who are still there after a year


class Irregular(NamedTuple):
    """People in the country without a record.

    No authority has recorded them, or they left the procedure.
    """

    found_rate: Array  # [C] 1/day
    housed_share: Array  # [C] share of people without a record who have a home, and keep it when found


class Solutions(NamedTuple):
    """Durable solutions for protected people."""

    resettlement_share: Array  # [C] 1/day, share of protected people resettled
    resettlement_places: Array  # [C] person/day, further places
    resettlement_time: Array  # [C] day
    self_reliance_time_with_work: Array  # [C] day
    self_reliance_time_without_work: Array  # [C] day
    waiting_loss: Array  # [C] share of the hazard of self-reliance that a year waited for a decision takes
    ban_loss: Array  # [C] share of it that a ban on work while waiting takes
    work_while_waiting: Array  # [C] share of people who wait who may work
    repatriation_rate: Array  # [C] 1/day


class Regularisation(NamedTuple):
    """Granting a status to people without one."""

    rate: Array  # [C] 1/day of those who apply
    uptake: Array  # [C] share of those eligible who apply


class Remigration(NamedTuple):
    """Departing again after a return."""

    enforced_share: Array  # [C] share within 24 months
    assisted_share: Array  # [C] share within 24 months
    with_package_share: Array  # [C] share within 24 months
    package_share: Array  # [C] share of assisted returns by choice with a reintegration package
    induced_package_share: Array  # [C] the same of returns from detention or without shelter


class Sharing(NamedTuple):
    """Agreed transfers between countries of the run."""

    transfers: Array  # [C] person/day out of each country
    key: Array  # [C] weight of each country as destination


class Groups(NamedTuple):
    """What the group records say, as arrays over groups.

    They are 0 or 1, except for weights.
    """

    international: Array  # [G] need is international protection
    owed: Array  # [G] need is international or other protection
    child: Array  # [G] flag
    alone: Array  # [G] flag child and alone
    trafficked: Array  # [G] flag
    vulnerable: Array  # [G] any other specific need
    in_need: Array  # [G] owed protection, or with a specific need
    landing: Array  # [G, C] weight of a country of landing for people of a group; 1
    at_home: Array  # [G, C] 1 where the country is that of their origin


BY_GROUP_AND_COUNTRY = ("arrivals.mix", "groups.landing", "groups.at_home")
"""Levels by group and country; each other one has one axis."""


class Levels(NamedTuple):
    """All inputs of the equations, constant within a segment."""

    arrivals: Arrivals
    responses: Responses
    rescue: Rescue
    journey: Journey
    work: Work
    staff: Staff
    interpretation: Interpretation
    registration: Registration
    screening: Screening
    counselling: Counselling
    referral: Referral
    determination: Determination
    closing: Closing
    disclosure: Disclosure
    appeal: Appeal
    return_: Return
    reception: Reception
    detention: Detention
    alternative: Alternative
    household: Household
    law: Law
    onward: Onward
    absconding: Absconding
    irregular: Irregular
    solutions: Solutions
    regularisation: Regularisation
    remigration: Remigration
    sharing: Sharing
    groups: Groups
