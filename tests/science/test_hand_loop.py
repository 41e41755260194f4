"""The shipped equations and solver against an independent model written by hand (``hand_loop.py``)."""

import ast
import functools
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, READ_BEFORE_RUNS, READ_BY_RESULTS
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.run import solve

from . import hand_loop, hand_loop_carried, hand_loop_detention
from .synthetic import (
    CHILD_ALONE,
    ILL,
    MIGRANT,
    REFUGEE,
    REFUGEE_CHILD,
    TRAFFICKED,
    arrivals,
    make_run,
    weekly_stock,
    weekly_total,
)

AGREEMENT = 1e-3
"""Largest difference allowed, as a share of arrivals (0.1 %); test_measured_agreement holds a tighter one."""


def plain_numbers(run: RunInputs) -> dict:
    """The inputs of a run as plain dicts of Python numbers, for the hand-written model."""
    labels = {"country": run.countries, "group": tuple(run.groups), "region": ("region",)}

    def dated(steps, names):
        return [
            (int(day), dict(zip(names, map(float, row), strict=True)))
            for day, row in zip(steps.starts, steps.values, strict=True)
        ]

    return {
        "start": run.start,
        "countries": list(run.countries),
        "groups": {name: {"need": g.need, "flags": list(g.flags), "origin": g.origin}
                   for name, g in run.groups.items()},
        "days": run.days,
        "departures": dated(run.departures, run.countries),
        "parameters": {key: dated(steps, labels[CATALOGUE[key].axis]) for key, steps in run.parameters.items()},
        "opening": [(o.stage, o.place, o.country, o.persons) for o in run.opening],
        "landing": {(o.group, o.country): o.weight for o in run.landing},
    }


def congested_run() -> RunInputs:
    """One country, five groups, 200 days: everything congested, detention on, a closure, an exemption from day 110."""
    return make_run(
        200, {0: 20.0, 30: 60.0, 75: 8.0},
        {
            "refugee": REFUGEE,
            "refugee_child": {"need": "international", "flags": ("child", "alone")},
            "trafficked": TRAFFICKED,
            "ill_migrant": {"need": "none", "flags": ("ill",)},
            "migrant": MIGRANT,
        },
        opening=(("determination", "reception", "here", 260.0), ("limbo", "community", "here", 40.0),
                 ("return", "unsheltered", "here", 120.0)),
        arrivals__scale={0: 1.0, 140: 1.5},
        arrivals__international_need_share={0: 0.45, 50: 0.65},
        arrivals__composition={0: [0.6, 0.4, 0.3, 0.2, 0.5], 90: [0.5, 0.5, 0.1, 0.4, 0.5]},
        journey__mortality=0.02, journey__unrecorded_share=0.15, onward__rate=0.002, onward__irregular_rate=0.006,
        journey__abandonment_rate={0: 0.0, 40: 0.05, 60: 0.0}, journey__refused_share={0: 0.0, 55: 0.3, 65: 0.0},
        journey__adrift_death_rate=0.003, journey__turn_back_rate=0.01,
        registration__officers={0: 4.0, 100: 6.0}, screening__officers=4.0, screening__prima_facie_share=0.1,
        determination__officers={0: 4.0, 120: 9.0}, determination__cases_per_week=4.0,
        determination__minimum_time=10.0, determination__quality_slope=0.3, determination__caseload_norm=20.0,
        counselling__claim_share=[0.7, 0.5, 0.4, 0.3, 0.2],
        referral__protected_share=[0.4, 0.5, 0.6, 0.3, 0.2], referral__determination_share=[0.6, 0.3, 0.2, 0.3, 0.3],
        appeal__panels=0.4, appeal__overturn_share=[0.6, 0.6, 0.5, 0.2, 0.1],
        return__officers=1.5, return__escorted_places=0.8, return__documentation_time=12.0,
        return__assisted_uptake_rate=[0.0, 0.01, 0.03, 0.05, 0.08], return__assisted_places={0: 0.0, 35: 3.0},
        reception__places={0: 500.0, 70: 180.0, 150: 700.0}, reception__community_share=0.2,
        detention__places={0: 300.0, 160: 60.0}, detention__detained_share=0.3, detention__pre_removal_rate=0.05,
        detention__review_release_rate=0.01, law__child_exemption={0: 0.0, 110: 1.0},
        staff__recruitment_time=12.0, staff__training_time=6.0, staff__ramp_time=9.0,
        staff__desk_lead_time=4.0, staff__desk_training_time=3.0, staff__desk_ramp_time=5.0,
    )


def adrift_run() -> RunInputs:
    """Two countries, four groups, 120 days: boats refused and abandoned, people disembarked by dated shares."""
    return make_run(
        120, {0: {"north": 40.0, "south": 10.0}, 45: {"north": 0.0, "south": 6.0}},
        {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED, "migrant": MIGRANT},
        countries=("north", "south"),
        opening=(("protected", "reception", "south", 60.0), ("screening", "unsheltered", "north", 30.0)),
        journey__voyage_time={"north": 12.0, "south": 7.0}, journey__mortality={"north": 0.01, "south": 0.03},
        journey__refused_share={0: 0.1, 20: {"north": 0.6, "south": 0.2}, 40: 0.0},
        journey__abandonment_rate={0: 0.0, 25: {"north": 0.1, "south": 0.02}, 50: 0.0},
        journey__unrecorded_share={"north": 0.5, "south": 0.1},
        journey__time_to_place_of_safety={0: 30.0, 28: 14.0, 42: 5.0, 80: 2.0},
        journey__adrift_death_rate={0: 0.002, 60: 0.001}, journey__turn_back_rate={0: 0.02, 30: 0.0},
        journey__disembarkation_share={0: {"north": 0.3, "south": 0.7}, 35: {"north": 0.8, "south": 0.2}},
        work__persons_per_case={"north": 1.8, "south": 2.5}, work__hours_per_week={"north": 40 / 7, "south": 5.0},
        registration__officers={"north": 2.0, "south": 1.0}, screening__officers={"north": 1.5, "south": 3.0},
        determination__officers={"north": 0.0, "south": 2.0}, determination__quality_slope=0.2,
        determination__caseload_norm=10.0, determination__minimum_time=8.0, appeal__panels={"north": 1.0, "south": 0.2},
        screening__prima_facie_share={"north": 0.4, "south": 0.9}, determination__prima_facie_effort=0.8,
        return__escorted_places={"north": 0.0, "south": 0.3}, return__documentation_time=10.0,
        return__assisted_uptake_rate=[0.0, 0.02, 0.02, 0.1], return__assisted_places={"north": 1.0, "south": 2.0},
        return__uptake_before_decision=1.0,
        reception__places={0: {"north": 50.0, "south": 100.0}, 30: {"north": 400.0, "south": 100.0}},
        detention__places={"north": 150.0, "south": 20.0}, detention__detained_share={"north": 0.9, "south": 0.2},
        detention__pre_removal_rate={"north": 0.0, "south": 0.05}, detention__review_release_rate=0.02,
        law__child_exemption={0: {"north": 0.0, "south": 1.0}, 60: {"north": 0.5, "south": 1.0}},
        onward__rate={"north": 0.001, "south": 0.004}, onward__irregular_rate=0.01,
    )


def journeys_run() -> RunInputs:
    """Three countries, three groups: onward movement and transfers between them; returned people set out again."""
    north, west, isle = "north", "west", "isle"
    return make_run(
        84, {0: {north: 12.0, west: 5.0, isle: 0.0}, 40: {north: 3.0, west: 20.0, isle: 1.0}},
        {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "migrant": MIGRANT}, countries=(north, west, isle),
        opening=(("determination", "reception", north, 200.0), ("protected", "reception", west, 80.0),
                 ("appeal", "reception", isle, 30.0), ("limbo", "community", west, 60.0)),
        onward__rate={0: {north: 0.01, west: 0.002, isle: 0.02}, 50: 0.005}, onward__irregular_rate=0.03,
        onward__within_region_share={north: 0.8, west: 0.5, isle: 1.0},
        onward__attraction={0: {north: 3.0, west: 1.0, isle: 0.5}, 60: {north: 1.0, west: 0.0, isle: 0.0}},
        onward__journey_time={north: 4.0, west: 9.0, isle: 15.0},
        onward__mortality={north: 0.01, west: 0.0, isle: 0.05},
        journey__unrecorded_share={north: 0.1, west: 0.4, isle: 0.2}, irregular__found_rate=0.02,
        sharing__transfers={north: 6.0, west: 2.0, isle: 300.0}, sharing__key={north: 1.0, west: 3.0, isle: 0.4},
        reception__places={0: {north: 220.0, west: 300.0, isle: 25.0}, 30: {north: 150.0, west: 300.0, isle: 60.0}},
        detention__places=20.0, detention__detained_share={north: 0.5, west: 0.1, isle: 0.0},
        return__assisted_uptake_rate=0.02, return__documentation_time=8.0, remigration__assisted_share=0.4,
        remigration__enforced_share={north: 0.6, west: 0.2, isle: 0.0}, remigration__with_package_share=0.1,
        remigration__package_share=0.3, remigration__induced_package_share=0.6, onward__waiting_gain=0.01,
        determination__officers=3.0,
        solutions__resettlement_places={north: 0.5, west: 0.0, isle: 1.0}, solutions__resettlement_share=0.002,
        solutions__resettlement_time=200.0, solutions__repatriation_rate=0.001, regularisation__rate=0.004,
    )


def limit_run() -> RunInputs:
    """Detention with a limit in a surge: shorter from day 56, longer from 77, suspended on 105, back from 119."""
    return make_run(
        147, {0: 5.0, 20: 40.0, 45: 10.0, 90: 20.0},
        {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "child": REFUGEE_CHILD, "migrant": MIGRANT},
        opening=(("screening", "detention", "here", 60.0), ("return", "reception", "here", 50.0)),
        detention__places=900.0, detention__detained_share=0.8, detention__pre_removal_rate=0.03,
        detention__review_release_rate=0.004, detention__time_limit={0: 35.0, 56: 21.0, 77: 42.0, 119: 28.0},
        law__detention_limit={0: 1.0, 105: 0.0, 119: 1.0}, law__child_exemption={0: 0.5, 84: 0.0},
        household__carer_share=[0.4, 0.0, 0.0, 0.1], law__family_unity={0: 0.0, 49: 1.0},
        reception__places={0: 150.0, 60: 400.0}, return__documentation_time=30.0,
        return__assisted_uptake_rate=[0.0, 0.0, 0.0, 0.005],
    )


def quiet_run() -> RunInputs:
    """The limit of detention where no input ever changes, so that a solver may take its longest steps."""
    return make_run(
        98, 10.0, detention__places=900.0, detention__detained_share=0.8, detention__review_release_rate=0.05,
        detention__time_limit=20.0, law__detention_limit=1.0, reception__places=4000.0,
    )


def part_run() -> RunInputs:
    """The limit of detention for a part of those who reach it: the others stay until they leave in another way."""
    return make_run(
        84, 10.0, detention__places=900.0, detention__detained_share=0.8, detention__review_release_rate=0.01,
        detention__time_limit=20.0, law__detention_limit={0: 0.0, 42: 0.3}, reception__places=4000.0,
    )


def priority_run() -> RunInputs:
    """The vulnerable first, in services and in places, in a reception so crowded that work slows and people leave."""
    return make_run(
        100, {0: 10.0, 20: 45.0, 60: 12.0},
        {"refugee": REFUGEE, "refugee_child": REFUGEE_CHILD, "child_alone": CHILD_ALONE, "ill": ILL},
        opening=(("determination", "reception", "here", 150.0), ("appeal", "community", "here", 40.0),
                 ("limbo", "unsheltered", "here", 30.0)),
        work__vulnerable_first={0: 1.0, 70: 0.6}, work__crowding_loss=0.5,
        registration__officers=2.0, screening__officers=3.0, screening__prima_facie_share=0.3,
        determination__officers=4.0, determination__minimum_time=8.0, determination__prima_facie_effort=0.2,
        determination__rework_share=0.4, determination__rework_age=60.0, determination__accelerated_share=0.2,
        determination__withdrawal_rate=0.002, interpretation__interpreters={0: 1.5, 50: 8.0},
        interpretation__hours_per_case=7.0, appeal__panels=0.5, referral__officers=3.0,
        referral__assessment_effort=5.0, referral__best_interests_effort=30.0, disclosure__rate=0.01,
        reception__places={0: 250.0, 55: 60.0, 80: 300.0}, reception__housing_rate=0.004,
        detention__places=40.0, detention__detained_share=0.2, alternative__places={0: 30.0, 62: 8.0},
        alternative__offered_share=0.5, alternative__transfer_rate=0.02, alternative__review_rate=0.03,
        absconding__rate=0.003, absconding__compliance_in_alternatives=0.7, onward__rate=0.002,
        onward__waiting_gain=0.02, onward__crowding_gain=0.8, law__specific_needs_exemption=0.5,
    )


def staff_run() -> RunInputs:
    """Posts that jump up and down, staff who have to be found and trained, and who leave."""
    return make_run(
        120, {0: 15.0, 25: 40.0}, {"refugee": REFUGEE, "ill": ILL, "migrant": MIGRANT},
        registration__officers={0: 1.0, 30: 5.0, 90: 2.0}, screening__officers={0: 2.0, 35: 8.0, 85: 3.0},
        referral__officers={0: 1.0, 50: 4.0}, determination__officers={0: 5.0, 40: 20.0, 100: 8.0},
        appeal__panels={0: 1.0, 60: 3.0}, return__officers={0: 2.0, 45: 0.0}, determination__minimum_time=5.0,
        referral__duration=10.0, determination__quality_slope=0.3, determination__caseload_norm=15.0,
        staff__recruitment_time={0: 25.0, 70: 12.0}, staff__training_time=20.0, staff__ramp_time=30.0,
        staff__desk_lead_time=5.0, staff__desk_training_time=3.0, staff__desk_ramp_time=8.0,
        staff__novice_output=0.4, staff__attrition_rate={0: 0.004, 80: 0.008}, staff__trainer_share=0.3,
    )


def unlawful_run() -> RunInputs:
    """Protections of the law switched off: decision, appeal, services, no penalty for irregular entry."""
    return make_run(
        90, {0: {"coast": 30.0, "plain": 6.0}},
        {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "migrant": MIGRANT,
         "child": {"need": "none", "flags": ("child",)}},
        countries=("coast", "plain"),
        opening=(("appeal", "reception", "coast", 120.0), ("limbo", "reception", "coast", 90.0),
                 ("limbo", "unsheltered", "plain", 30.0)),
        law__best_interests={0: {"coast": 0.0, "plain": 1.0}, 40: 0.6},
        law__individual_decision={0: 0.0, 60: 0.5}, law__suspensive_appeal={"coast": 0.0, "plain": 0.4},
        law__services_irrespective_of_status={0: {"coast": 0.0, "plain": 0.3}, 70: 1.0},
        law__no_penalty_for_irregular_entry={"coast": 0.0, "plain": 0.6},
        law__child_exemption={"coast": 0.0, "plain": 1.0},
        law__specific_needs_exemption=0.0, return__summary_rate=0.05, return__late_return_rate=0.01,
        return__documentation_time=10.0, return__escorted_places={"coast": 1.5, "plain": 10.0},
        irregular__found_rate=0.05, journey__unrecorded_share=0.4, detention__places=150.0,
        detention__detained_share=0.3, detention__pre_removal_rate=0.02, reception__places=250.0,
        absconding__rate=0.002, remigration__enforced_share=0.7, appeal__legal_aid_share=0.5,
        appeal__legal_aid_gain=0.6,
    )


def shapes_run() -> RunInputs:
    """A season and a surge of departures, policies that hold them back, and planned places that take their time."""
    return make_run(
        90, {0: {"coast": 30.0, "plain": 6.0}, 50: {"coast": 18.0, "plain": 15.0}}, countries=("coast", "plain"),
        arrivals__scale={0: 1.0, 33: 0.8}, arrivals__seasonality={"coast": 1.6, "plain": 1.0},
        arrivals__peak_day={"coast": 40.0, "plain": 1.0}, arrivals__surge_factor={"coast": 1.0, "plain": 5.0},
        arrivals__surge_start={"coast": 0.0, "plain": 16.0}, arrivals__surge_duration={"coast": 1.0, "plain": 38.0},
        responses__information_effect=-0.1, responses__deterrence_elasticity=-0.4, responses__harshness=0.5,
        responses__enforcement={0: 0.0, 30: 0.7, 60: 0.2}, responses__enforcement_effect={"coast": -0.5, "plain": 0.2},
        responses__enforcement_abandonment_share=0.1, responses__pathway_places={0: 0.0, 45: 8.0},
        responses__substitution_share=0.4, responses__displaced_share=0.6, rescue__reach={0: 0.2, 40: 0.8},
        rescue__effect=0.7, rescue__observed_reach=0.3, journey__mortality=0.05,
        reception__places=20.0, reception__tent_places={0: 20.0, 20: 200.0, 60: 30.0},
        reception__existing_building_places={0: {"coast": 10.0, "plain": 10.0}, 15: {"coast": 150.0, "plain": 10.0}},
        reception__new_building_places={0: 0.0, 10: 90.0, 40: 20.0, 44: 120.0}, reception__tent_lead_time=6.0,
        reception__existing_building_lead_time={"coast": 30.0, "plain": 0.0}, reception__new_building_lead_time=21.0,
        preparedness__standing_share={"coast": 0.4, "plain": 0.0},
    )


def origins_run() -> RunInputs:
    """Three countries, three groups: who lands where depends on the group, on a voyage, adrift, and at the opening."""
    north, home, isle = "north", "home", "isle"
    return make_run(
        84, {0: {north: 12.0, home: 6.0, isle: 4.0}, 40: {north: 3.0, home: 9.0, isle: 1.0}},
        {"refugee": {**REFUGEE, "origin": "stateless"}, "national": {**MIGRANT, "origin": home},
         "child_alone": CHILD_ALONE}, countries=(north, home, isle),
        opening=(("determination", "reception", north, 100.0), ("return", "reception", isle, 60.0)),
        arrivals__claim_share={north: 0.2, home: 0.3, isle: 0.0},
        landing={("national", north): 0.3, ("national", home): 4.0, ("refugee", home): 0.0, ("refugee", isle): 2.5},
        journey__refused_share={0: 0.5, 20: 0.1}, journey__unrecorded_share={north: 0.3, home: 0.2, isle: 0.1},
        journey__disembarkation_share={0: {north: 0.5, home: 0.3, isle: 0.2}, 30: {north: 0.1, home: 0.9, isle: 0.0}},
        journey__adrift_death_rate=0.002, onward__rate=0.01, onward__irregular_rate=0.02,
        onward__within_region_share=0.8, onward__attraction={north: 1.0, home: 0.6, isle: 0.3},
        irregular__found_rate=0.02, irregular__housed_share={0: {north: 0.3, home: 0.0, isle: 0.8}, 35: 0.5},
        reception__places=120.0, detention__places=60.0, detention__detained_share=0.4,
        return__documentation_time=8.0, return__escorted_places={north: 2.0, home: 0.5, isle: 2.0},
        return__readmission_factor=[0.0, 1.5, 0.6], return__readmission_share={north: 0.4, home: 0.9, isle: 0.7},
        return__late_return_rate=0.01, law__suspensive_appeal=0.5, sharing__transfers=1.0,
    )


ODD = {
    "arrivals.claim_share": 0.23,
    "arrivals.scale": 1.07, "arrivals.seasonality": 1.21, "arrivals.peak_day": 61.0, "arrivals.surge_factor": 1.9,
    "arrivals.surge_start": 11.0, "arrivals.surge_duration": 31.0, "arrivals.international_need_share": 0.57,
    "arrivals.composition": [0.9, 0.4, 0.5, 0.3], "responses.information_effect": -0.06,
    "responses.deterrence_elasticity": -0.31, "responses.harshness": 0.23, "responses.enforcement": 0.37,
    "responses.enforcement_effect": -0.22, "responses.enforcement_abandonment_share": 0.09,
    "responses.pathway_places": 1.3, "responses.substitution_share": 0.41, "responses.displaced_share": 0.53,
    "rescue.reach": 0.61, "rescue.observed_reach": 0.34, "rescue.effect": 0.72, "journey.voyage_time": 5.3,
    "journey.mortality": 0.023, "journey.abandonment_rate": 0.011, "journey.refused_share": 0.07,
    "journey.unrecorded_share": 0.17, "journey.time_to_place_of_safety": 6.1, "journey.adrift_death_rate": 0.013,
    "journey.turn_back_rate": 0.019, "work.hours_per_week": 5.3, "work.standard_day": 7.7,
    "work.persons_per_case": 1.43, "work.vulnerable_first": 0.83, "work.crowding_loss": 0.44,
    "staff.recruitment_time": 19.0, "staff.training_time": 13.0, "staff.ramp_time": 23.0, "staff.desk_lead_time": 6.5,
    "staff.desk_training_time": 4.2, "staff.desk_ramp_time": 7.3, "staff.novice_output": 0.47,
    "staff.attrition_rate": 0.0031, "staff.trainer_share": 0.27, "staff.given": 0.19,
    "interpretation.interpreters": 2.1,
    "interpretation.hours_per_case": 7.9, "registration.officers": {0: 1.9, 37: 2.7},
    "registration.persons_per_desk_day": 17.0, "registration.staff_per_desk": 1.6, "registration.minimum_time": 1.4,
    "registration.wrongly_assessed_adult_share": 0.13, "screening.officers": {0: 2.2, 44: 3.1},
    "screening.interviews_per_day": 6.4, "screening.minimum_time": 2.3, "screening.agency_access": 0.45,
    "screening.sensitivity_with_access": 0.88, "screening.sensitivity_without_access": 0.67,
    "screening.specificity": 0.52, "screening.sensitivity_trafficking": 0.46, "screening.sensitivity_other_needs": 0.62,
    "screening.prima_facie_share": 0.18, "counselling.duration": 9.7, "counselling.claim_share": [0.7, 0.5, 0.4, 0.3],
    "referral.duration": 12.3, "referral.protected_share": [0.4, 0.5, 0.6, 0.3],
    "referral.determination_share": [0.5, 0.3, 0.2, 0.25], "referral.officers": {0: 0.9, 41: 1.7},
    "referral.assessment_effort": 4.7, "referral.best_interests_effort": 11.9,
    "determination.officers": {0: 4.1, 33: 8.3}, "determination.cases_per_week": 3.4,
    "determination.minimum_time": 11.7, "determination.true_positive_rate": 0.81,
    "determination.false_positive_rate": 0.09, "determination.caseload_norm": 12.5,
    "determination.quality_slope": 0.14, "determination.largest_quality_loss": 0.24,
    "determination.pressure_cut": 0.22, "determination.pressure_slope": 0.19,
    "determination.pressure_quality_loss": 0.41,
    "determination.accelerated_share": 0.29, "determination.accelerated_effort": 0.63,
    "determination.accelerated_quality_loss": 0.19, "determination.prima_facie_effort": 0.16,
    "determination.withdrawal_factor": [1.7, 0.8, 0.6, 1.2], "determination.speed": [2.3, 0.7, 1.1, 0.4],
    "closing.officers": 0.061,
    "closing.cases_per_week": 17.0, "closing.minimum_time": 33.0, "closing.eligible_share": [0.4, 0.7, 0.6, 0.9],
    "determination.withdrawal_rate": 0.0043, "determination.rework_share": 0.37, "determination.rework_age": 21.0,
    "disclosure.rate": 0.0071, "appeal.panels": {0: 0.31, 51: 0.47}, "appeal.cases_per_week": 5.6,
    "appeal.minimum_time": 8.9, "appeal.appealed_share": 0.64, "appeal.overturn_share": [0.5, 0.4, 0.3, 0.1],
    "appeal.legal_aid_share": 0.43, "appeal.legal_aid_gain": 0.51, "return.officers": {0: 1.3, 47: 0.8},
    "return.preparation_effort": 13.1, "return.documentation_time": 9.1, "return.readmission_share": 0.59,
    "return.readmission_factor": [1.0, 0.8, 1.3, 0.7],
    "return.escorted_places": 0.37, "return.assisted_uptake_rate": [0.004, 0.006, 0.011, 0.017],
    "return.uptake_before_decision": 0.56, "return.assisted_places": 0.6, "return.summary_rate": 0.017,
    "return.late_return_rate": 0.0067, "reception.places": {0: 130.0, 29: 90.0}, "reception.community_share": 0.14,
    "reception.move_on_time": 26.0, "reception.housing_rate": 0.0053, "reception.tent_places": {0: 10.0, 22: 45.0},
    "reception.existing_building_places": {0: 5.0, 17: 25.0}, "reception.new_building_places": {0: 0.0, 13: 35.0},
    "reception.tent_lead_time": [7.0, 9.0], "reception.existing_building_lead_time": [18.0, 23.0],
    "reception.new_building_lead_time": [31.0, 38.0], "preparedness.standing_share": 0.23,
    "detention.places": {0: 70.0, 48: 40.0}, "detention.detained_share": 0.33, "detention.pre_removal_rate": 0.041,
    "detention.review_release_rate": 0.0123, "detention.time_limit": {0: [25.0, 33.0], 43: [18.0, 40.0]},
    "alternative.places": {0: 21.0, 53: 13.0}, "alternative.offered_share": 0.36, "alternative.transfer_rate": 0.027,
    "alternative.review_rate": 0.034, "household.carer_share": [0.23, 0.31, 0.37, 0.41], "law.child_exemption": 0.42,
    "law.family_unity": 0.53, "law.specific_needs_exemption": 0.36, "law.individual_decision": 0.71,
    "law.best_interests": 0.39, "law.suspensive_appeal": 0.66, "law.detention_limit": 0.87,
    "law.services_irrespective_of_status": 0.77, "law.no_penalty_for_irregular_entry": 0.58, "law.work_right": 0.68,
    "onward.rate": 0.0037, "onward.mover_share": 0.31, "onward.mover_rate": 0.0223,
    "onward.irregular_rate": 0.0083, "onward.waiting_gain": 0.0061, "onward.crowding_gain": 0.57,
    "onward.within_region_share": 0.73, "onward.attraction": 1.3, "onward.journey_time": 4.9,
    "onward.mortality": 0.0147, "absconding.rate": 0.0029, "absconding.compliance_in_alternatives": 0.67,
    "irregular.found_rate": 0.0127, "irregular.housed_share": 0.37,
    "solutions.resettlement_share": 0.0013, "solutions.resettlement_places": 0.11,
    "solutions.resettlement_time": 290.0, "solutions.self_reliance_time_with_work": 310.0,
    "solutions.self_reliance_time_without_work": 970.0, "solutions.repatriation_rate": 0.0017,
    "solutions.waiting_loss": 0.83, "solutions.ban_loss": 0.17, "solutions.work_while_waiting": 0.23,
    "regularisation.rate": 0.0049, "regularisation.uptake": 0.54, "remigration.enforced_share": 0.63,
    "remigration.assisted_share": 0.38, "remigration.with_package_share": 0.21, "remigration.package_share": 0.44,
    "remigration.induced_package_share": 0.27, "sharing.transfers": 0.9, "sharing.key": 1.7,
}
"""An odd number for every parameter that the equations read, so that one read for another shows."""


def everything_run() -> RunInputs:
    """Two countries, four groups, everything at once; the second country's numbers are all a little smaller."""
    countries = ("near", "far")

    def apart(key: str, value: object) -> object:
        if isinstance(value, dict):
            return {day: apart(key, level) for day, level in value.items()}
        if isinstance(value, list) or CATALOGUE[key].axis != "country":
            return value
        return dict(zip(countries, (value, max(CATALOGUE[key].low, 0.87 * value)), strict=True))

    changes = {key.replace(".", "__"): apart(key, value) for key, value in ODD.items()}
    return make_run(
        70, {0: {"near": 21.0, "far": 9.0}, 26: {"near": 13.0, "far": 12.0}},
        {"refugee": REFUGEE, "refugee_child": {"need": "international", "flags": ("child", "alone", "ill")},
         "trafficked": TRAFFICKED, "child": {"need": "none", "flags": ("child",)}}, countries=countries,
        opening=(("determination", "reception", "near", 55.0), ("protected", "reception", "far", 40.0),
                 ("return", "detention", "near", 23.0), ("limbo", "unsheltered", "far", 17.0),
                 ("appeal", "alternative", "far", 9.0)),
        journey__disembarkation_share={"near": 0.64, "far": 0.36}, **changes,
    )


class Pair:
    """One run solved by the package and by hand."""

    def __init__(self, run: RunInputs, steps_a_day: int):
        self.run = run
        self.answer: Answer = solve(run)
        self.hand = hand_loop.run(plain_numbers(run), steps_a_day)
        self.arrivals = arrivals(run)
        self.posts = np.array([run.parameters[posts].values.max() for posts in hand_loop.TEAMS.values()])
        assert [day for day, _, _ in self.hand] == list(self.answer.week_days)

    def labels(self, axis: str) -> list[str]:
        """The labels of an axis, from the run and from the hand model."""
        return list({
            "stage": hand_loop.STAGES, "place": hand_loop.PLACES, "group": self.run.groups,
            "country": self.run.countries, "destination": self.run.countries, "function": hand_loop.TEAMS,
            "grade": hand_loop.GRADES,
        }[axis])

    def hand_stock(self, stock) -> np.ndarray:
        """A stock of the hand model on the package's axes, by weekly edge."""
        first = {"people": "ashore"}.get(stock.name, stock.name)
        keys = list(itertools.product(*(self.labels(axis) for axis in stock.axes)))
        shape = [len(self.labels(axis)) for axis in stock.axes]
        return np.array([[state[first, *key] for key in keys] for _, state, _ in self.hand]).reshape(-1, *shape)

    def hand_total(self, flow) -> np.ndarray:
        """The running total of a flow of the hand model, on the axes of the flow but stage and place."""
        axes = [axis for axis in flow.axes if axis not in ("stage", "place")]

        def key_of(labels):
            at = dict(zip(axes, labels, strict=True))
            who = at.get("group") or at["function"]
            where = at.get("country")
            who = (who, at["grade"]) if "grade" in at else who
            return flow.name, who, (where, at["destination"]) if "destination" in at else where

        keys = [key_of(labels) for labels in itertools.product(*(self.labels(axis) for axis in axes))]
        shape = [len(self.labels(axis)) for axis in axes]
        return np.array([[moved.get(key, 0.0) for key in keys] for _, _, moved in self.hand]).reshape(-1, *shape)

    def own_total(self, flow) -> np.ndarray:
        """The running total of a flow of the package, summed over stage and place."""
        total = weekly_total(self.answer, flow.name)
        extra = tuple(1 + k for k, axis in enumerate(flow.axes) if axis in ("stage", "place"))
        return total.sum(axis=extra)

    def scaled(self, what, numbers: np.ndarray) -> np.ndarray:
        """Persons as a share of all arrivals; officers, ``[edge, function, ...]``, as a share of all their posts."""
        if what.unit == "officer":
            return numbers / np.expand_dims(self.posts, tuple(range(1, numbers.ndim - 1)))
        return numbers / self.arrivals

    def deviation(self, what, ours: np.ndarray, theirs: np.ndarray) -> float:
        """Largest difference at any weekly edge, scaled."""
        assert ours.shape == theirs.shape
        return float(np.abs(self.scaled(what, ours - theirs)).max())


RUNS = {
    "congested": (congested_run, 8), "adrift": (adrift_run, 8), "journeys": (journeys_run, 8),
    "limit": (limit_run, 12), "priority": (priority_run, 8), "staff": (staff_run, 12), "unlawful": (unlawful_run, 8),
    "shapes": (shapes_run, 8), "origins": (origins_run, 8), "quiet": (quiet_run, 8),
    "part": (part_run, 8), "everything": (everything_run, 8),
}
"""The compared models, and the steps a day of the hand model."""

MEASURED = {"person": 5e-5, "officer": 1e-3}
"""Largest differences that should remain: of all arrivals, and of the posts of a function (some have half a post)."""


@functools.cache
def pair_of(name: str) -> Pair:
    make, steps_a_day = RUNS[name]
    return Pair(make(), steps_a_day)


@pytest.fixture(params=RUNS)
def pair(request) -> Pair:
    return pair_of(request.param)


def test_the_hand_loop_imports_nothing_of_ours():
    names = set()
    for module in (hand_loop, hand_loop_carried, hand_loop_detention):
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add("." * node.level + node.module.split(".")[0])
    assert names
    assert names <= set(sys.stdlib_module_names) | {".hand_loop_carried", ".hand_loop_detention"}


def test_the_hand_loop_knows_every_parameter_that_the_package_reads():
    """A parameter that the text of the hand model never reads would leave an equation unchecked."""
    modules = (hand_loop, hand_loop_carried, hand_loop_detention)
    source = "".join(Path(module.__file__).read_text(encoding="utf-8") for module in modules)
    others = {*READ_BY_RESULTS, *READ_BEFORE_RUNS}
    assert [key for key in CATALOGUE if f'"{key}"' not in source and key not in others] == []


def test_one_run_gives_an_odd_number_to_every_parameter_that_the_package_reads():
    left = set(CATALOGUE) - set(READ_BY_RESULTS) - set(READ_BEFORE_RUNS) - set(ODD)
    assert left == {"journey.disembarkation_share"}  # its countries sum to one; the run gives them apart


def test_every_flow_of_the_flow_table_moves_people_in_one_of_the_runs():
    """Else the agreement of a flow would be that of two zeros."""
    still = {flow.name for flow in FLOWS}
    for pair in map(pair_of, RUNS):
        still -= {flow.name for flow in FLOWS if pair.scaled(flow, pair.own_total(flow))[-1].sum() > 5e-5}
    assert still == set()


@pytest.mark.parametrize("name", ["congested", "adrift"])
def test_the_runs_are_as_congested_as_they_are_meant_to_be(name):
    """Unsheltered people, a caseload above the norm, full places, children known as such inside detention."""
    pair = pair_of(name)
    people = weekly_stock(pair.answer, "people")
    table = pair.run.parameters
    unsheltered = people[:, :, hand_loop.PLACES.index("unsheltered")].sum(axis=(1, 2, 3))
    assert unsheltered.max() > 0.03 * pair.arrivals
    queue = people[:, hand_loop.STAGES.index("determination")].sum(axis=(1, 2)).max(axis=0)
    officers = table["determination.officers"].at(0.0)
    cases = queue / table["work.persons_per_case"].at(0.0) / np.maximum(officers, 1e-9)
    assert (cases > 1.5 * table["determination.caseload_norm"].at(0.0))[officers > 0].all()
    known = [sum(v for key, v in stock.items() if key[0] == "identified_inside") for _, stock, _ in pair.hand]
    assert max(known) > 5.0


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_every_stock_agrees(pair, stock):
    ours, theirs = weekly_stock(pair.answer, stock.name), pair.hand_stock(stock)
    assert pair.deviation(stock, ours, theirs) < AGREEMENT  # cell by cell
    if "country" in stock.axes and stock.unit == "person":
        every = tuple(range(1, ours.ndim - 1))
        assert pair.deviation(stock, ours.sum(axis=every), theirs.sum(axis=every)) < AGREEMENT


@pytest.mark.parametrize("axes", [(2, 3), (1, 3), (1, 2)], ids=["by stage", "by place", "by group"])
def test_people_ashore_agree_by_axis_and_country(pair, axes):
    people = next(stock for stock in STOCKS if stock.name == "people")
    ours, theirs = weekly_stock(pair.answer, "people"), pair.hand_stock(people)
    assert pair.deviation(people, ours.sum(axis=axes), theirs.sum(axis=axes)) < AGREEMENT


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_flow_agrees(pair, flow):
    """Running totals by group and country, of those between countries by both, and of staff by function."""
    ours, theirs = pair.own_total(flow), pair.hand_total(flow)
    assert pair.deviation(flow, ours, theirs) < AGREEMENT
    ours, theirs = (float(pair.scaled(flow, total)[-1].sum()) for total in (ours, theirs))
    assert abs(ours - theirs) <= 5e-3 * theirs + 3e-6  # small flows agree too


@pytest.mark.parametrize("name", RUNS)
def test_measured_agreement(name):
    """The two agree far better than 0.1 %: both are second-order or better, and the kinks are few."""
    pair = pair_of(name)
    found = [(pair.deviation(s, weekly_stock(pair.answer, s.name), pair.hand_stock(s)), s) for s in STOCKS]
    found += [(pair.deviation(r, pair.own_total(r), pair.hand_total(r)), r) for r in FLOWS]
    for unit, largest in MEASURED.items():
        worst = max((share, what.name) for share, what in found if what.unit == unit)
        assert worst[0] < largest, worst
