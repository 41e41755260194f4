"""An independent model of the same people, written by hand: plain numbers in, plain numbers out.

It follows the text of the design (stocks, named flows in persons a day, Heun's method with a fixed step) and imports
nothing but the standard library. No array, no hazard table, no incidence: each flow is a line that takes people out of
one stock and puts them into another. Where people live, detention above all, stands in ``hand_loop_detention.py``, and
who of them is likely to move on in ``hand_loop_carried.py``.

A model is a dict: ``start`` (a date), ``countries`` (list), ``groups`` (name -> {"need", "flags", "origin"}), ``days``,
``departures`` and ``parameters``: each a list of (day, {label: value}), in force from that day; ``opening``: (stage,
place, country, persons); ``landing``: (group, country) -> weight, 1 where there is none.
"""

from collections import defaultdict
from datetime import timedelta
from math import cos, exp, log, pi, sin

from .hand_loop_carried import likely_shares, movers_moves, part_lost, waiting_moves
from .hand_loop_detention import (
    PLACES,
    STAGES,
    age_cohorts,
    limit_rates,
    memory_moves,
    open_cohorts,
    part_met,
    reach_limit,
    shelter,
)

OTHER_NEEDS = {"survivor", "ill", "older", "disability", "pregnant"}
TEAMS = {"registration": "registration.officers", "screening": "screening.officers", "referral": "referral.officers",
         "determination": "determination.officers", "appeal": "appeal.panels", "return": "return.officers"}
GRADES = ["training", "novice", "active"]
DESKS = ("registration", "screening")
BY_GROUP = ("at_sea", "moving", "irregular", "returned_assisted", "returned_induced", "returned_enforced", "elsewhere",
            "displaced", "resettled", "integrated", "repatriated", "regularised", "closed", "died_crossing",
            "died_onward", "in_own_country", "identified_inside", "carers_inside", "movers", "waited", "setback")


# Inputs of a day.

def in_force(dated, day):
    """The values of a dated table on a day."""
    current = dated[0][1]
    for start, values in dated:
        if start <= day:
            current = values
    return current


def shares_of_groups(model, table):
    """How departures divide over groups: by true need first, then by weight inside each kind of need."""
    share, weights = table["arrivals.international_need_share"]["region"], table["arrivals.composition"]
    refugees = [g for g, about in model["groups"].items() if about["need"] == "international"]
    others = [g for g in model["groups"] if g not in refugees]
    raw = {}
    for names, part in ((refugees, share), (others, 1 - share)):
        together = sum(weights[g] for g in names)
        for g in names:
            raw[g] = part * weights[g] / together
    whole = sum(raw.values())
    return {g: raw[g] / whole for g in model["groups"]}


def shares_towards(model, table, c):
    """How departures towards one country divide over groups: some groups rather land in one country than another."""
    everywhere = shares_of_groups(model, table)
    leaning = {g: share * model["landing"].get((g, c), 1.0) for g, share in everywhere.items()}
    whole = sum(leaning.values())
    return {g: part / whole for g, part in leaning.items()} if whole else everywhere


def shares_adrift(model, today, g):
    """Where people of one group who are adrift land: the shares of the countries, drawn towards some of them."""
    shares = {c: today["here"][c]["journey.disembarkation_share"] for c in model["countries"]}
    leaning = {c: share * model["landing"].get((g, c), 1.0) for c, share in shares.items()}
    whole = sum(leaning.values())
    return {c: part * sum(shares.values()) / whole for c, part in leaning.items()} if whole else shares


def shape_of_departures(model, first, c):
    """Factors of departures for every day: season times surge, each week of the run at its mean."""
    season, peak = first["arrivals.seasonality"][c], first["arrivals.peak_day"][c]
    top, begin = first["arrivals.surge_factor"][c], first["arrivals.surge_start"][c]
    lasting = first["arrivals.surge_duration"][c]
    daily = []
    for k in range(model["days"]):
        day_of_year = (model["start"] + timedelta(days=k)).timetuple().tm_yday
        factor = 1 + (season - 1) * cos(2 * pi * (day_of_year - peak) / 365.2425)
        into = k + 0.5 - begin
        if 0 <= into <= lasting:
            factor *= 1 + (top - 1) * sin(pi * into / lasting) ** 2
        daily.append(factor)
    weeks = [daily[k : k + 7] for k in range(0, len(daily), 7)]
    return [sum(week) / len(week) for week in weeks for _ in week]


def beds_open(model, first, c, day):
    """Places in reception: those that exist, and planned ones, of which a part has to stand for the lead time first."""
    dated = model["parameters"]
    beds = in_force(dated["reception.places"], day)[c]
    ready = first["preparedness.standing_share"][c]
    for planned, lead in (
        ("reception.tent_places", "reception.tent_lead_time"),
        ("reception.existing_building_places", "reception.existing_building_lead_time"),
        ("reception.new_building_places", "reception.new_building_lead_time"),
    ):
        since = [in_force(dated[planned], day - back)[c] for back in range(int(first[lead][c]) + 1)]
        beds += ready * since[0] + (1 - ready) * min(since)
    return beds


def read_day(model, day, shapes):
    """All that is in force on a day."""
    table = {name: in_force(dated, day) for name, dated in model["parameters"].items()}
    first = {name: in_force(dated, 0) for name, dated in model["parameters"].items()}
    here = {c: {name: values[c] for name, values in table.items() if c in values} for c in model["countries"]}
    sailing = in_force(model["departures"], day)
    return {
        "table": table, "here": here, "mix": {c: shares_towards(model, table, c) for c in model["countries"]},
        "region": {name: values["region"] for name, values in table.items() if "region" in values},
        "departures": {c: sailing[c] * here[c]["arrivals.scale"] * shapes[c][day] for c in model["countries"]},
        "beds": {c: beds_open(model, first, c, day) for c in model["countries"]},
        "facts": {(g, c): group_facts(model, g, here[c], table) for g in model["groups"] for c in model["countries"]},
        "children_each": {c: children_of_a_carer(model, table, c) for c in model["countries"]},
        "homes": {(g, about["origin"]) for g, about in model["groups"].items()},
    }


def children_of_a_carer(model, table, c):
    """How many children came with each adult who cares for children: those alone came with nobody."""
    children = adults = 0.0
    for g, share in shares_towards(model, table, c).items():
        flags = set(model["groups"][g]["flags"])
        if "child" not in flags:
            adults += share * table["household.carer_share"][g]
        elif "alone" not in flags:
            children += share
    return children / adults if adults > 1e-9 else 0.0


def group_facts(model, g, t, table):
    """What one group meets in one country: what the authorities see of it, what law gives it, where it is sent."""
    need, flags = model["groups"][g]["need"], set(model["groups"][g]["flags"])
    child, alone = "child" in flags, {"child", "alone"} <= flags
    seen_as_child = 1 - t["registration.wrongly_assessed_adult_share"] if child else 0.0
    sensitive, vulnerable = "trafficked" in flags, bool(flags & OTHER_NEEDS)
    seen_needs = max(t["screening.sensitivity_trafficking"] if sensitive else 0.0,
                     t["screening.sensitivity_other_needs"] if vulnerable else 0.0)
    referred = max(seen_as_child if alone else 0.0, seen_needs)

    positive, prima_facie = 1 - t["screening.specificity"], 0.0
    if need == "international":
        access = t["screening.agency_access"]
        positive = (access * t["screening.sensitivity_with_access"]
                    + (1 - access) * t["screening.sensitivity_without_access"])
        prima_facie = t["screening.prima_facie_share"]
    for_children, for_needs = t["law.child_exemption"], t["law.specific_needs_exemption"]
    ahead = t["work.vulnerable_first"]
    caring = 0.0 if child else table["household.carer_share"][g]
    together = for_children * t["law.family_unity"]  # how far law covers those who care for children
    as_child, as_needy = for_children * seen_as_child, max(for_children * seen_as_child, for_needs * seen_needs)
    unheard = 0.0 if alone else seen_as_child
    return {
        "international": need == "international", "owed": need != "none", "alone": alone,
        "has_need": need != "none" or sensitive or vulnerable or alone,
        "to_referral": referred,
        "to_determination": (1 - referred) * positive * (1 - prima_facie),
        "to_protection": (1 - referred) * positive * prima_facie,
        "to_counselling": (1 - referred) * (1 - positive),
        "known_landing": seen_as_child,
        "exempt_landing": max(as_child, caring * together),
        "exempt_return": 1 - (1 - as_needy) * (1 - caring * together),
        "open_landing": {"identified_inside": seen_as_child - as_child, "carers_inside": caring * (1 - together)},
        "open_return": {
            "identified_inside": (max(seen_as_child, seen_needs) - as_needy) * (1 - caring * together),
            "carers_inside": caring * (1 - together) * (1 - as_needy),
        },
        "caring": caring, "for_children": for_children,
        "unheard": unheard, "heard_first": t["law.best_interests"],
        "freed_by_law": {
            "identified_inside": max(for_children if child else 0.0, for_needs if sensitive or vulnerable else 0.0),
            "carers_inside": together,
        },
        "children_not_exempt": (1 - for_children) * seen_as_child,
        "ahead_as_child": ahead * seen_as_child, "ahead_as_referred": ahead * max(seen_as_child, referred),
    }


# The flows of one moment.

class Moves:
    """The flows of one moment, and how many people they take into detention and out of it, by (group, country)."""

    def __init__(self):
        self.every, self.entered, self.left = [], {}, {}

    def add(self, name, who, where, source, sink, rate):
        """Add one flow: ((name, group, country), from, to, persons a day)."""
        if not rate:
            return
        self.every.append(((name, who, where), source, sink, rate))
        was = source and len(source) == 5 and source[2] == "detention"
        will = sink and len(sink) == 5 and sink[2] == "detention"
        if was and not will:
            self.left[source[3:]] = self.left.get(source[3:], 0.0) + rate
        elif will and not was:
            self.entered[sink[3:]] = self.entered.get(sink[3:], 0.0) + rate


def flows(model, today, stock, limit):
    """All flows of one moment."""
    moves, groups, countries = Moves(), list(model["groups"]), model["countries"]
    heads = {c: head_count(today, stock, groups, c) for c in countries}
    coming = {c: [] for c in countries}
    leave_sea(today, stock, groups, countries, coming, moves.add)
    leave_drift(model, today, stock, coming, moves.add)
    arrive_onward(today, stock, groups, countries, coming, moves.add)
    for c in countries:
        unrecorded(today, stock, groups, coming, c, moves.add)
        return_to_sea(today, stock, groups, c, moves.add)
        staff_moves(today, stock, c, moves.add)
        backlog = procedure(today, stock, heads[c], groups, c, moves.add)
        heads[c]["likely"] = likely_shares(stock, heads[c], groups, c)
        move_on(today, heads[c], backlog, c, moves.add)
    shelter(today, stock, heads, coming, limit, groups, countries, moves)
    for c in countries:
        solutions(today, stock, heads[c], groups, c, moves.add)
    for c in countries:
        memory_moves(today, stock, heads[c], heads[c]["doors"], moves, c)
    movers_moves(today, heads, moves, groups, countries)
    waiting_moves(today, stock, heads, moves, groups, countries)
    return moves


def head_count(today, stock, groups, c):
    """Who is where in one country, and how crowded its reception is."""
    cells, places_of, stage = {}, {}, {s: dict.fromkeys(groups, 0.0) for s in STAGES}
    place, detained = dict.fromkeys(PLACES, 0.0), {g: {} for g in groups}
    for g in groups:
        for s in STAGES:
            for p in PLACES:
                people = stock["ashore", s, p, g, c]
                if people:
                    cells[s, p, g] = people
                    places_of.setdefault((s, g), []).append((p, people))
                    stage[s][g] += people
                    place[p] += people
                    if p == "detention":
                        detained[g][s] = people
    returning = {
        g: sum(cells.get(("return", p, g), 0.0) for p in ("reception", "community", "unsheltered")) for g in groups
    }
    crowd = min(3.0, (place["reception"] + place["unsheltered"]) / max(today["beds"][c], 1.0))
    return {"cells": cells, "places_of": places_of, "stage": stage, "place": place, "detained": detained,
            "returning": returning, "inside": {g: sum(detained[g].values()) for g in groups},
            "over": max(0.0, crowd - 1)}


# Journeys.

def leave_sea(today, stock, groups, countries, coming, add):
    """Departures, and voyages that end in death, abandonment, refusal, or landing recorded or not."""
    for c in countries:
        t = today["here"][c]
        base = today["departures"][c] * max(0.0, 1 + t["responses.information_effect"])
        remain = max(0.0, 1 + t["responses.enforcement"] * t["responses.enforcement_effect"])
        remain *= max(0.0, 1 + t["responses.deterrence_elasticity"] * t["responses.harshness"])
        instead = t["responses.pathway_places"] * t["responses.substitution_share"]
        sailing, deterred = max(0.0, base * remain - instead), max(0.0, base * (1 - remain))
        saved = 1 - t["rescue.reach"] * t["rescue.effect"]
        saved /= 1 - t["rescue.observed_reach"] * t["rescue.effect"]
        mortality = min(1.0, max(0.0, t["journey.mortality"] * saved))
        ending = 1 / t["journey.voyage_time"]
        giving_up = t["journey.abandonment_rate"]
        giving_up += t["responses.enforcement"] * t["responses.enforcement_abandonment_share"] * ending
        refused, unseen = t["journey.refused_share"], t["journey.unrecorded_share"]
        claims = t["arrivals.claim_share"]
        for g in groups:
            at_sea, share = ("at_sea", g, c), today["mix"][c][g]
            people, asking = stock[at_sea], 0 if (g, c) in today["homes"] else claims  # nobody claims asylum at home
            add("departed", g, c, None, at_sea, sailing * share * (1 - asking))
            coming[c].append(("entered_with_claim", g, c, None, c, sailing * share * asking))
            add("displaced", g, c, None, ("displaced", g, c), t["responses.displaced_share"] * deterred * share)
            add("crossing_deaths", g, c, at_sea, ("died_crossing", g, c), people * mortality * (ending + giving_up))
            alive = people * (1 - mortality)
            add("abandoned", g, c, at_sea, ("adrift", g), alive * giving_up)
            add("refused", g, c, at_sea, ("adrift", g), alive * refused * ending)
            ashore = alive * (1 - refused) * ending
            if (g, c) in today["homes"]:
                add("landed_in_own_country", g, c, at_sea, ("in_own_country", g, c), ashore)
                continue
            add("landed_unrecorded", g, c, at_sea, ("irregular", g, c), ashore * unseen)
            coming[c].append(("landed", g, c, at_sea, c, ashore * (1 - unseen)))


def leave_drift(model, today, stock, coming, add):
    """People adrift die, are turned back, or are brought to a place of safety in one of the countries."""
    region = today["region"]
    for g in model["groups"]:
        people, shares = stock["adrift", g], shares_adrift(model, today, g)
        add("deaths_adrift", g, None, ("adrift", g), ("died_adrift", g), people * region["journey.adrift_death_rate"])
        add("turned_back_adrift", g, None, ("adrift", g), ("turned_back", g),
            people * region["journey.turn_back_rate"])
        for c, share in shares.items():
            rate = share / region["journey.time_to_place_of_safety"]
            if (g, c) in today["homes"]:
                add("disembarked_in_own_country", g, c, ("adrift", g), ("in_own_country", g, c), people * rate)
                continue
            coming[c].append(("disembarked", g, c, ("adrift", g), c, people * rate))


def arrive_onward(today, stock, groups, countries, coming, add):
    """Onward journeys end in death, in another country of the run by its attraction, or outside the region."""
    for o in countries:
        t = today["here"][o]
        pull = {d: today["here"][d]["onward.attraction"] for d in countries if d != o}
        together = sum(pull.values())
        for g in groups:
            moving = ("moving", g, o)
            ending = stock[moving] / t["onward.journey_time"]
            add("onward_deaths", g, o, moving, ("died_onward", g, o), ending * t["onward.mortality"])
            alive = ending * (1 - t["onward.mortality"])
            outside = alive
            for d, attraction in pull.items():
                if together <= 0:
                    continue
                arriving = alive * t["onward.within_region_share"] * attraction / together
                unseen = arriving * today["here"][d]["journey.unrecorded_share"]
                outside -= arriving
                if (g, d) in today["homes"]:
                    add("arrived_in_own_country", g, (o, d), moving, ("in_own_country", g, d), arriving)
                    continue
                add("arrived_onward_unrecorded", g, (o, d), moving, ("irregular", g, d), unseen)
                coming[d].append(("arrived_onward", g, (o, d), moving, d, arriving - unseen))
            add("left_region", g, o, moving, ("elsewhere", g, o), outside)


def unrecorded(today, stock, groups, coming, c, add):
    """People without a record are found, are given a status, or move on."""
    t = today["here"][c]
    for g in groups:
        irregular = ("irregular", g, c)
        people = stock[irregular]
        coming[c].append(("found", g, c, irregular, c, people * t["irregular.found_rate"]))
        add("regularised", g, c, irregular, ("regularised", g, c),
            people * t["regularisation.rate"] * t["regularisation.uptake"])
        add("moved_onward_irregular", g, c, irregular, ("moving", g, c), people * t["onward.irregular_rate"])


def return_to_sea(today, stock, groups, c, add):
    """Returned people who set out again: shares are those of two years."""
    t = today["here"][c]

    def a_day(share):
        return -log(1 - share) / 730.485

    package, pressed = t["remigration.package_share"], t["remigration.induced_package_share"]
    alone, helped = a_day(t["remigration.assisted_share"]), a_day(t["remigration.with_package_share"])
    rates = {"assisted": package * helped + (1 - package) * alone, "induced": pressed * helped + (1 - pressed) * alone,
             "enforced": a_day(t["remigration.enforced_share"])}
    comes_again = 1 - t["arrivals.claim_share"]  # a table of claims has them already
    for kind, rate in rates.items():
        for g in groups:
            back = (f"returned_{kind}", g, c)
            add(f"remigrated_{kind}", g, c, back, ("at_sea", g, c), stock[back] * rate * comes_again)


# Staff.

def staff_times(t, function):
    """Days to hire, to train and to reach full output."""
    if function in DESKS:
        return t["staff.desk_lead_time"], t["staff.desk_training_time"], t["staff.desk_ramp_time"]
    return t["staff.recruitment_time"], t["staff.training_time"], t["staff.ramp_time"]


def staff_moves(today, stock, c, add):
    """Staff are hired up to the posts there are, trained, become experienced, and leave."""
    t = today["here"][c]
    for function, posts in TEAMS.items():
        lead, training, ramp = staff_times(t, function)
        key = {grade: ("staff", function, grade, c) for grade in GRADES}
        staff = sum(stock[key[grade]] for grade in GRADES)
        given = t["staff.given"]
        wanted, leaving = t[posts], t["staff.attrition_rate"] * (1 - given)
        lead = lead * (1 - given) + given
        added = max(0.0, wanted - staff) / lead + leaving * min(staff, wanted)
        add("hired", function, c, None, key["training"], added * (1 - given))
        add("posted", function, c, None, key["active"], added * given)
        add("trained", function, c, key["training"], key["novice"], stock[key["training"]] / training)
        add("became_experienced", function, c, key["novice"], key["active"], stock[key["novice"]] / ramp)
        if staff > 0:
            leaving += max(0.0, staff - wanted) / lead / staff
        for grade in GRADES:
            add("staff_left", (function, grade), c, key[grade], None, stock[key[grade]] * leaving)


def staff_at_work(t, stock, function, c):
    """Officers' worth of output: novices give less, and trainers lose time to those in training."""
    training, novice, active = (stock["staff", function, grade, c] for grade in GRADES)
    rising = (1 + t["staff.novice_output"]) / 2
    return max(0.0, active + novice * rising - t["staff.trainer_share"] * training)


# The procedure.

def by_speed(wanted, hours_a_day, speed):
    """The part met of each group's wish where groups are served at speeds of their own."""
    weighed = sum(speed[g] * hours for g, hours in wanted.items())
    met = {g: min(1.0, speed[g] * max(0.0, hours_a_day) / weighed) if weighed > 0 else 0.0 for g in wanted}
    left = hours_a_day - sum(met[g] * hours for g, hours in wanted.items())
    more = part_met(left, sum((1 - met[g]) * hours for g, hours in wanted.items()))
    return {g: part + (1 - part) * more for g, part in met.items()}


def serve(queue, ahead, minimum_time, hours_a_day, effort, speed=None):
    """Chance a day of being served, by group: those who go first before all others, as far as the hours go."""
    wanted = {g: people / minimum_time * effort[g] for g, people in queue.items()}
    first = sum(hours * ahead[g] for g, hours in wanted.items())
    others = sum(hours * (1 - ahead[g]) for g, hours in wanted.items())
    for_first, for_others = part_met(hours_a_day, first), dict.fromkeys(queue, part_met(hours_a_day - first, others))
    if speed and set(speed.values()) != {1.0}:
        for_others = by_speed({g: hours * (1 - ahead[g]) for g, hours in wanted.items()}, hours_a_day - first, speed)
    return {g: (ahead[g] * for_first + (1 - ahead[g]) * for_others[g]) / minimum_time for g in queue}


def days_of_work(queue, effort, hours_a_day):
    """How many days a service would need for its queue."""
    return sum(people * effort[g] for g, people in queue.items()) / max(hours_a_day, 1e-9)


def services(today, stock, heads, groups, c):
    """Chances a day of being served (by service and group), backlogs in days, and officers who decide.

    Among the chances stands, as ``at_once``, the part of prima facie recognitions for which officers have time.
    """
    t, queue = today["here"][c], dict(heads["stage"])
    fact = {g: today["facts"][g, c] for g in groups}
    pending = 1 - t["law.suspensive_appeal"]
    queue["return"] = {g: queue["return"][g] + pending * queue["appeal"][g] for g in groups}
    as_child = {g: fact[g]["ahead_as_child"] for g in groups}
    as_referred = {g: fact[g]["ahead_as_referred"] for g in groups}
    nobody = dict.fromkeys(groups, 0.0)
    officers = {function: staff_at_work(t, stock, function, c) for function in TEAMS}
    slowed = 1 / (1 + t["work.crowding_loss"] * heads["over"])
    hours = {function: t["work.hours_per_week"] * n * slowed for function, n in officers.items()}
    efforts = work_per_person(t, fact, groups)
    plan = {
        "registration": (as_child, t["registration.minimum_time"]),
        "screening": (as_child, t["screening.minimum_time"]),
        "referral": (nobody, t["referral.duration"]),
        "determination": (as_referred, t["determination.minimum_time"]),
        "appeal": (as_referred, t["appeal.minimum_time"]),
        "return": (nobody, t["return.documentation_time"]),
    }
    chance, backlog, at_once = {}, {}, 1.0
    for function, (ahead, minimum_time) in plan.items():
        if function == "determination":
            prima_facie = sum(chance["screening"][g] * queue["screening"][g] * fact[g]["to_protection"] for g in groups)
            hours[function], at_once = decision_hours(t, officers[function], slowed, prima_facie)
            kept = 1 - left_out(t, sum(queue[function].values()), officers[function])
            again = kept * rework(t, queue[function], efforts[function], hours[function] / kept)
            efforts[function] = {g: effort * again for g, effort in efforts[function].items()}
        speed = today["table"]["determination.speed"] if function == "determination" else None
        chance[function] = serve(queue[function], ahead, minimum_time, hours[function], efforts[function], speed)
        backlog[function] = min(730.0, days_of_work(queue[function], efforts[function], hours[function]))
    chance["at_once"] = at_once
    return chance, backlog, officers["determination"]


def regular_hours(t):
    """Hours for a regular decision on one person."""
    return 5 * t["work.standard_day"] / t["determination.cases_per_week"] / t["work.persons_per_case"]


def work_per_person(t, fact, groups):
    """Hours of work for one person, by service and group."""
    day, per_case = t["work.standard_day"], t["work.persons_per_case"]
    quick = t["determination.accelerated_share"]
    same = {
        "registration": day * t["registration.staff_per_desk"] / t["registration.persons_per_desk_day"],
        "screening": day / t["screening.interviews_per_day"],
        "determination": regular_hours(t) * (1 - quick + quick * t["determination.accelerated_effort"]),
        "appeal": 5 * day / t["appeal.cases_per_week"] / per_case,
        "return": t["return.preparation_effort"] / per_case,
    }
    efforts = {function: dict.fromkeys(groups, hours) for function, hours in same.items()}
    best, plain = t["referral.best_interests_effort"], t["referral.assessment_effort"]
    efforts["referral"] = {g: best if fact[g]["alone"] else plain for g in groups}
    return efforts


def decision_hours(t, officers, slowed, prima_facie):
    """Hours a day for regular decisions, and the part of prima facie ones, which come first, that are made.

    Officers and interpreters allow some hours; whoever they do not reach prima facie waits with all others.
    """
    officer_day = t["work.hours_per_week"]
    hours = officers * officer_day
    interpreted = t["interpretation.hours_per_case"] / (5 * t["work.standard_day"] / t["determination.cases_per_week"])
    if interpreted > 0:
        hours = min(hours, t["interpretation.interpreters"] * officer_day / interpreted)
    asked = prima_facie * t["determination.prima_facie_effort"] * regular_hours(t)
    return max(0.0, hours * slowed - asked), part_met(hours * slowed, asked)


def rework(t, queue, effort, hours):
    """Factor on effort: the longer cases wait, the more of them have to be brought up to date."""
    waiting = days_of_work(queue, effort, hours)
    old = max(0.0, 1 - t["determination.rework_age"] / waiting) if waiting > 0 else 0.0
    return 1 + t["determination.rework_share"] * old


def left_out(t, people, officers):
    """Part of the time of a case that officers leave out because they have too many cases."""
    most = t["determination.pressure_cut"]
    if officers <= 0 or most <= 0:
        return 0.0
    over = max(0.0, people / t["work.persons_per_case"] / officers / t["determination.caseload_norm"] - 1)
    return most * (1 - exp(-t["determination.pressure_slope"] * over / most))


def quality(t, people, officers):
    """Chance that a person who is owed protection is recognised: lower where officers have too many cases."""
    recognition = t["determination.true_positive_rate"]
    worst = t["determination.largest_quality_loss"]
    if officers > 0 and worst > 0:
        cases_each = people / t["work.persons_per_case"] / officers
        over = max(0.0, cases_each / t["determination.caseload_norm"] - 1)
        recognition -= worst * (1 - exp(-t["determination.quality_slope"] * over / worst))
    recognition -= t["determination.accelerated_share"] * t["determination.accelerated_quality_loss"]
    recognition -= t["determination.pressure_quality_loss"] * left_out(t, people, officers)
    return max(0.0, recognition)


def procedure(today, stock, heads, groups, c, add):
    """The stages: what each service finishes in a day, and where people go from there. Returns backlogs in days."""
    t = today["here"][c]
    chance, backlog, officers = services(today, stock, heads, groups, c)
    recognition = quality(t, sum(heads["stage"]["determination"].values()), officers)
    for g in groups:
        fact = today["facts"][g, c]
        granted = recognition if fact["owed"] else t["determination.false_positive_rate"]
        rates = [*first_steps(today, fact, chance, g, c), *decisions(today, chance, granted, g, c),
                 *disclosures(t, fact)]
        for name, source, sink, rate in rates:
            for p, people in heads["places_of"].get((source, g), ()):
                add(name, g, c, ("ashore", source, p, g, c), ("ashore", sink, p, g, c), people * rate)
        if fact["has_need"]:
            missed = chance["screening"][g] * fact["to_counselling"]
            add("needs_missed", g, c, None, None, heads["stage"]["screening"][g] * missed)
    returns_of_others(today, heads, chance, groups, c, add)
    close_claims(today, heads, groups, c, add)
    return backlog


def close_claims(today, heads, groups, c, add):
    """Claims that an office closes without a decision, as many as its officers can."""
    t, may = today["here"][c], today["table"]["closing.eligible_share"]
    a_week = t["work.hours_per_week"] / (5 * t["work.standard_day"])
    a_day = t["closing.officers"] * a_week * t["closing.cases_per_week"] * t["work.persons_per_case"]
    ready = sum(may[g] * heads["stage"]["determination"][g] for g in groups) / t["closing.minimum_time"]
    for g in groups:
        for p, people in heads["places_of"].get(("determination", g), ()):
            rate = may[g] * part_met(a_day, ready) / t["closing.minimum_time"]
            add("closed", g, c, ("ashore", "determination", p, g, c), ("closed", g, c), people * rate)


def kind_of_return(place):
    """Whether an assisted return is a choice: not out of detention, nor without shelter."""
    return "induced" if place in ("detention", "unsheltered") else "assisted"


def first_steps(today, fact, chance, g, c):
    """Registration, screening, counselling and referral: (flow, from stage, to stage, chance a day)."""
    table, seen, heard = today["table"], chance["screening"][g], 1 / today["here"][c]["counselling.duration"]
    claiming, cared_for = table["counselling.claim_share"][g], chance["referral"][g]
    at_once = fact["to_protection"] * chance["at_once"]
    later = fact["to_protection"] - at_once
    return [
        ("registered", "registration", "screening", chance["registration"][g]),
        ("screened_to_determination", "screening", "determination", seen * (fact["to_determination"] + later)),
        ("recognised_prima_facie", "screening", "protected", seen * at_once),
        ("referred", "screening", "referral", seen * fact["to_referral"]),
        ("screened_to_counselling", "screening", "counselling", seen * fact["to_counselling"]),
        ("claimed_asylum", "counselling", "determination", heard * claiming),
        ("return_decided", "counselling", "return", heard * (1 - claiming)),
        ("protected_after_referral", "referral", "protected", cared_for * table["referral.protected_share"][g]),
        ("referral_to_determination", "referral", "determination",
         cared_for * table["referral.determination_share"][g]),
    ]


def decisions(today, chance, granted, g, c):
    """Decisions, appeals, and returns found impossible: (flow, from stage, to stage, chance a day)."""
    t, overturned = today["here"][c], today["table"]["appeal.overturn_share"][g]
    decided, heard = chance["determination"][g], chance["appeal"][g]
    alone = t["appeal.appealed_share"]
    appealing = alone + t["appeal.legal_aid_share"] * t["appeal.legal_aid_gain"] * (1 - alone)
    accepted = readmitted_share(today, g, c)
    return [
        ("recognised", "determination", "protected", decided * granted),
        ("appealed", "determination", "appeal", decided * (1 - granted) * appealing),
        ("refused_without_appeal", "determination", "return", decided * (1 - granted) * (1 - appealing)),
        ("withdrawn", "determination", "counselling",
         t["determination.withdrawal_rate"] * today["table"]["determination.withdrawal_factor"][g]),
        ("appeals_allowed", "appeal", "protected", heard * overturned),
        ("appeals_dismissed", "appeal", "return", heard * (1 - overturned)),
        ("found_unreturnable", "return", "limbo", (1 - accepted) * chance["return"][g]),
    ]


def readmitted_share(today, g, c):
    """The part of a group's returns that are accepted: that of the country, more or less of it for some groups."""
    return min(1.0, today["here"][c]["return.readmission_share"] * today["table"]["return.readmission_factor"][g])


def late_returns(today, g, c):
    """Chance a day that people in limbo are returned by force: none of a group that nobody takes back."""
    t = today["here"][c]
    common = t["return.readmission_share"]
    ratio = readmitted_share(today, g, c) / common if common else today["table"]["return.readmission_factor"][g]
    return t["return.late_return_rate"] * ratio


def disclosures(t, fact):
    """People who come to tell of a need that screening missed."""
    if fact["international"]:
        to = "determination"
    elif fact["has_need"]:
        to = "referral"
    else:
        return []
    return [(f"disclosed_in_{s}_to_{to}", s, to, t["disclosure.rate"]) for s in ("counselling", "return", "limbo")]


def returns_of_others(today, heads, chance, groups, c, add):
    """Enforced, summary and late returns, which share escorts, and assisted returns, which share places."""
    t, cells, asks = today["here"][c], heads["cells"], today["table"]["return.assisted_uptake_rate"]
    stage, late = heads["stage"], {g: late_returns(today, g, c) for g in groups}
    pending, summary = 1 - t["law.suspensive_appeal"], (1 - t["law.individual_decision"]) * t["return.summary_rate"]
    readmitted = {g: readmitted_share(today, g, c) * chance["return"][g] for g in groups}
    facts = {g: today["facts"][g, c] for g in groups}
    free = {g: 1 - facts[g]["heard_first"] * facts[g]["unheard"] for g in groups}
    free_unscreened = {g: 1 - facts[g]["heard_first"] * facts[g]["known_landing"] for g in groups}
    by_force = sum(
        free[g] * (readmitted[g] * (stage["return"][g] + pending * stage["appeal"][g]) + late[g] * stage["limbo"][g])
        + free_unscreened[g] * summary * (stage["registration"][g] + stage["screening"][g]) for g in groups
    )
    escorted = part_met(t["return.escorted_places"], by_force)
    early, home = t["return.uptake_before_decision"], {g: chance["referral"][g] * goes_home(today, g) for g in groups}
    asking = sum(
        asks[g] * (early * stage["counselling"][g] + stage["return"][g]) + home[g] * stage["referral"][g]
        for g in groups
    )
    helped = part_met(t["return.assisted_places"], asking)
    for g in groups:
        prepared = stage["return"][g] + pending * stage["appeal"][g]
        unheard = facts[g]["unheard"] * (prepared * readmitted[g] + late[g] * stage["limbo"][g])
        unheard += facts[g]["known_landing"] * summary * (stage["registration"][g] + stage["screening"][g])
        add("children_returned_unheard", g, c, None, None, unheard * (1 - facts[g]["heard_first"]) * escorted)
    for (s, p, g), people in cells.items():
        cell, kind = ("ashore", s, p, g, c), kind_of_return(p)
        forced, by_help = ("returned_enforced", g, c), (f"returned_{kind}", g, c)
        if s == "return":
            add("enforced", g, c, cell, forced, people * readmitted[g] * escorted * free[g])
            first = ("ashore", "referral", p, g, c)
            add("heard_before_return", g, c, cell, first, people * readmitted[g] * (1 - free[g]))
            add(f"{kind}_from_return", g, c, cell, by_help, people * helped * asks[g])
        elif s == "appeal":
            sent = people * pending * readmitted[g] * escorted * free[g]
            add("enforced_pending_appeal", g, c, cell, forced, sent)
        elif s == "registration":
            sent = people * summary * escorted * free_unscreened[g]
            add("summarily_returned_from_registration", g, c, cell, forced, sent)
        elif s == "screening":
            sent = people * summary * escorted * free_unscreened[g]
            add("summarily_returned_from_screening", g, c, cell, forced, sent)
        elif s == "limbo":
            add("returned_late", g, c, cell, forced, people * late[g] * escorted * free[g])
        elif s == "referral":
            name = {"assisted": "returned_after_referral", "induced": "induced_after_referral"}[kind]
            add(name, g, c, cell, by_help, people * home[g] * helped)
        elif s == "counselling":
            add(f"{kind}_from_counselling", g, c, cell, by_help, people * helped * early * asks[g])


def goes_home(today, g):
    """The part of a group who go home of their own will when their referral is complete."""
    table = today["table"]
    return 1 - table["referral.protected_share"][g] - table["referral.determination_share"][g]


def move_on(today, heads, backlog, c, add):
    """Moving on and leaving the procedure without leave: more where people wait long or live crowded."""
    t = today["here"][c]
    crowded = 1 + t["onward.crowding_gain"] * heads["over"]
    leaving_alternative = -log(t["absconding.compliance_in_alternatives"]) / 365.2425
    heads["movers_gone"] = dict.fromkeys(heads["likely"], 0.0)
    for (s, p, g), people in heads["cells"].items():
        if s == "protected" or p == "detention":
            continue
        cell = ("ashore", s, p, g, c)
        wait = 1 + t["onward.waiting_gain"] * backlog.get(s, 0.0)
        press = crowded if p in ("reception", "unsheltered") else 1.0
        absconding = leaving_alternative if p == "alternative" else t["absconding.rate"] * press
        likely = people * heads["likely"][g]
        movers = likely * t["onward.mover_rate"] * wait * press
        rest = (people - likely) * t["onward.rate"] * wait * press
        add("moved_onward", g, c, cell, ("moving", g, c), movers + rest)
        heads["movers_gone"][g] += movers
        add("absconded", g, c, cell, ("irregular", g, c), people * absconding * wait)


def solutions(today, stock, heads, groups, c, add):
    """Resettlement, self-reliance and return by choice of protected people; a status for people in limbo."""
    t = today["here"][c]
    protected = sum(heads["stage"]["protected"].values())
    offers = t["solutions.resettlement_share"]
    if protected > 0:
        offers += t["solutions.resettlement_places"] / protected
    works = t["law.work_right"]
    rates = {
        "resettled": min(1 / t["solutions.resettlement_time"], offers),
        "integrated": (works / t["solutions.self_reliance_time_with_work"]
                       + (1 - works) / t["solutions.self_reliance_time_without_work"]),
        "repatriated": t["solutions.repatriation_rate"],
    }
    status = t["regularisation.rate"] * t["regularisation.uptake"]
    for g in groups:
        for p, people in heads["places_of"].get(("protected", g), ()):
            for name, rate in rates.items():
                rate = rate * (1 - part_lost(stock, heads, g, c)) if name == "integrated" else rate
                add(name, g, c, ("ashore", "protected", p, g, c), (name, g, c), people * rate)
        for p, people in heads["places_of"].get(("limbo", g), ()):
            add("regularised_from_limbo", g, c, ("ashore", "limbo", p, g, c), ("regularised", g, c), people * status)


# The run.

def opening_stocks(model, first):
    """Every stock of the model at the opening: people as given, staff as if the posts had long been the same."""
    stock = {}
    for g in model["groups"]:
        for name in ("adrift", "died_adrift", "turned_back"):
            stock[name, g] = 0.0
        for c in model["countries"]:
            for name in BY_GROUP:
                stock[name, g, c] = 0.0
            for s in STAGES:
                for p in PLACES:
                    stock["ashore", s, p, g, c] = 0.0
    for stage, place, country, persons in model["opening"]:
        shares = shares_towards(model, first, country)
        strangers = {g: share for g, share in shares.items() if model["groups"][g]["origin"] != country}
        for g, share in strangers.items():
            stock["ashore", stage, place, g, country] += persons * share / sum(strangers.values())
    for c in model["countries"]:
        t = {name: values[c] for name, values in first.items() if c in values}
        for g in model["groups"]:
            inside = sum(stock["ashore", s, "detention", g, c] for s in STAGES)
            fact = group_facts(model, g, t, first)
            stock["identified_inside", g, c] = inside * fact["known_landing"]
            stock["carers_inside", g, c] = inside * fact["caring"]
            stock["movers", g, c] = t["onward.mover_share"] * sum(
                stock["ashore", s, p, g, c] for s in STAGES for p in PLACES if s != "protected")
        for function, posts in TEAMS.items():
            (_, training, ramp), leaving = staff_times(t, function), t["staff.attrition_rate"] * (1 - t["staff.given"])
            learning = leaving * t[posts] / (1 / training + leaving)
            novices = learning / training / (1 / ramp + leaving)
            experienced = t[posts] - learning - novices
            for grade, people in zip(GRADES, (learning, novices, experienced), strict=True):
                stock["staff", function, grade, c] = people
    return stock


def run(model, steps_a_day=16, keep_every=7):
    """Run the model by Heun's method; returns a list of (day, stocks, people moved so far by (flow, group, country)).

    A snapshot is kept every ``keep_every`` days and on the last. Flows between countries have (origin, destination) for
    the country, those of staff a function for the group, and those out of every grade a (function, grade).
    """
    first = {name: in_force(dated, 0) for name, dated in model["parameters"].items()}
    stock, moved = opening_stocks(model, first), defaultdict(float)
    shapes = {c: shape_of_departures(model, first, c) for c in model["countries"]}
    cohorts = open_cohorts(model, stock, model["groups"], model["countries"], STAGES)
    kept = [(0, dict(stock), {})]
    dt = 1.0 / steps_a_day
    for day in range(model["days"]):
        today = read_day(model, day, shapes)
        for step in range(steps_a_day):
            released = reach_limit(cohorts, today, day, steps_a_day - step)
            limit = limit_rates(released, stock, STAGES, dt)
            now = flows(model, today, stock, limit)
            guess = after(now.every, stock, moved, dt)
            then = flows(model, today, guess, limit)
            further = after(then.every, guess, moved, dt)
            stock = {key: (people + further[key]) / 2 for key, people in stock.items()}
            if cohorts:
                entered, left = (
                    {where: (a.get(where, 0.0) + b.get(where, 0.0)) * dt / 2 for where in cohorts}
                    for a, b in ((now.entered, then.entered), (now.left, then.left))
                )
                age_cohorts(cohorts, stock, STAGES, (day + step * dt, day + (step + 1) * dt), entered, left, released)
        if (day + 1) % keep_every == 0 or day + 1 == model["days"]:
            kept.append((day + 1, dict(stock), dict(moved)))
    return kept


def after(moves, stock, moved, dt):
    """The stocks after a time ``dt`` of these flows, noted as one of the two halves of a step of Heun's method."""
    result = dict(stock)
    for flow, source, sink, rate in moves:
        people = rate * dt
        if source:
            result[source] -= people
        if sink:
            result[sink] += people
        moved[flow] += people / 2
    return result
