"""Where people live in the independent model of ``hand_loop.py``: detention, its alternatives, reception.

The limit of detention keeps an explicit list of those who entered together (a cohort for each step of the calculation),
thins every cohort by the other ways out, and releases it on the day when it reaches the limit.
"""

from math import exp

STAGES = ["registration", "screening", "counselling", "referral", "determination", "appeal", "protected", "return",
          "limbo"]
PLACES = ["detention", "alternative", "reception", "community", "unsheltered"]
WITH_A_NEED = ("protected", "referral")
FOUND = "found"
CLAIMING = "entered_with_claim"
DOORS = {
    "landed": "identified_children_detained_at_landing",
    "disembarked": "identified_children_detained_from_adrift",
    "arrived_onward": "identified_children_detained_on_arrival",
    FOUND: "identified_children_detained_when_found",
    CLAIMING: "identified_children_detained_with_claim",
}
"""The doors by which people come to the authorities, and the count of identified children detained at each."""


# Detention.

def part_met(available, wanted):
    """The part of what is wanted that is available, between 0 and 1."""
    return min(1.0, max(0.0, available) / wanted) if wanted > 0 else 1.0


def closure(people, places):
    """Chance a day of losing a place, where more people live than there are places."""
    return max(0.0, people - places) / people if people > 0 else 0.0


def doors(today, heads, coming, c):
    """How many of those who come to a country are detained or sent to an alternative, by (group, found or not)."""
    t, facts = today["here"][c], today["facts"]
    strict = t["detention.detained_share"]
    wanted_of = {False: strict, True: strict + (1 - strict) * (1 - t["law.no_penalty_for_irregular_entry"])}
    removal, offered = t["detention.pre_removal_rate"], t["alternative.offered_share"]
    people = {}
    for name, g, _, _, _, rate in coming:
        people[g, name == FOUND] = people.get((g, name == FOUND), 0.0) + rate
    wanted = {key: wanted_of[key[1]] * (1 - facts[key[0], c]["exempt_landing"]) for key in people}

    # Alternatives come first: for those at the door, and for those already inside.
    at_door = sum(people[key] * wanted[key] for key in people)
    claims = at_door * offered + t["alternative.transfer_rate"] * heads["place"]["detention"]
    placed = part_met(t["alternative.places"] - heads["place"]["alternative"], claims)
    spared = offered * placed

    # Those for whom there is no alternative compete for the places in detention, with those whose return is due.
    due = {g: removal * (1 - facts[g, c]["exempt_return"]) for g in heads["returning"]}
    claims = at_door * (1 - spared) + sum(n * due[g] for g, n in heads["returning"].items())
    locked = part_met(t["detention.places"] - heads["place"]["detention"], claims)
    return {
        "people": people,
        "detained": {key: share * (1 - spared) * locked for key, share in wanted.items()},
        "alternative": {key: share * spared for key, share in wanted.items()},
        "locked_if_known": {found: share * (1 - spared) * locked for found, share in wanted_of.items()},
        "removal": {g: rate * locked for g, rate in due.items()},
        "removal_if_known": removal * locked,
        "to_alternative": t["alternative.transfer_rate"] * placed,
    }


def releases(today, stock, heads, limit, c):
    """People a day released from detention, by (stage, group): those whom the limit releases among them."""
    t = today["here"][c]
    full = closure(heads["place"]["detention"], t["detention.places"])
    released = {(s, g): rate for (s, g, country), rate in limit.items() if country == c}
    for g, inside in heads["inside"].items():
        if inside <= 0:
            continue
        freed = sum(
            rate * min(1.0, stock[kind, g, c] / inside) for kind, rate in today["facts"][g, c]["freed_by_law"].items()
        )
        for s, people in heads["detained"][g].items():
            rate = t["detention.review_release_rate"] + full + freed + (1.0 if s in WITH_A_NEED else 0.0)
            released[s, g] = released.get((s, g), 0.0) + people * rate
    return released


def door_moves(today, door, coming, found_place, c, add):
    """People at the doors go to detention, an alternative, reception or homes, or stay without shelter."""
    for name, g, where, source, _, rate in coming:
        key = (g, name == FOUND)
        settled = at_home(today["here"][c], name == FOUND)
        locked, spared = door["detained"][key], door["alternative"][key]
        free = 1 - locked - spared
        shares = {
            "detention": locked, "alternative": spared, "community": free * settled,
            "reception": free * (1 - settled) * found_place[g],
            "unsheltered": free * (1 - settled) * (1 - found_place[g]),
        }
        stage = "determination" if name == CLAIMING else "registration"
        for p, share in shares.items():
            add(name, g, where, source, ("ashore", stage, p, g, c), rate * share)
        breach = today["facts"][g, c]["children_not_exempt"] * door["locked_if_known"][name == FOUND]
        add(DOORS[name], g, where, None, None, rate * breach)


def at_home(t, found):
    """Chance that somebody whom nobody detains needs no place: people found may have had a home all along."""
    alone = t["reception.community_share"]
    return alone + (1 - alone) * t["irregular.housed_share"] if found else alone


def pre_removal_moves(today, stock, door, groups, c, add):
    """People in return outside detention are detained, unless known to be exempt or in an alternative."""
    for g in groups:
        fact, inside = today["facts"][g, c], ("ashore", "return", "detention", g, c)
        for p in ("reception", "community", "unsheltered"):
            source = ("ashore", "return", p, g, c)
            add("detained_before_return", g, c, source, inside, stock[source] * door["removal"].get(g, 0.0))
            breach = fact["children_not_exempt"] * door["removal_if_known"]
            add("identified_children_detained_before_return", g, c, None, None, stock[source] * breach)


def memory_moves(today, stock, heads, door, moves, c):
    """Identified people inside, and those who care for children.

    They enter unless exempt, leave as their group does, and as the law frees them. An exempt child of an adult inside
    is separated.
    """
    for g, inside in heads["inside"].items():
        fact = today["facts"][g, c]
        for kind, law in fact["freed_by_law"].items():
            memory, at_door = (kind, g, c), fact["open_landing"][kind]
            entered = sum(
                door["people"].get((g, found), 0.0) * share * at_door
                for found, share in door["locked_if_known"].items()
            )
            entered += heads["returning"].get(g, 0.0) * door["removal_if_known"] * fact["open_return"][kind]
            moves.add(f"_entered_{kind}", g, c, None, memory, entered)
            known = stock[memory]
            others = max(0.0, moves.left.get((g, c), 0.0) - law * min(known, inside))
            gone = law + (others / inside if inside > 0 else 0.0)
            moves.add(f"_left_{kind}", g, c, memory, None, known * gone)
            if kind == "carers_inside":
                outside = today["children_each"][c] * fact["for_children"]
                moves.add("children_separated", g, c, None, None, entered * outside)
                moves.add("separation_days", g, c, None, None, min(known, inside) * outside)


# Where people live.

def shelter(today, stock, heads, coming, limit, groups, countries, moves):
    """Who gets which place: doors first, then all who look for a place in reception compete for the room."""
    add, found = moves.add, {}
    transfers = agreed_transfers(today, heads, groups, countries)
    for c in countries:
        heads[c]["doors"] = doors(today, heads[c], coming[c], c)
        heads[c]["released"] = releases(today, stock, heads[c], limit, c)
        found[c] = room_found(today, heads[c], transfers, groups, c)
    for c in countries:
        at_door, for_others = found[c]
        door_moves(today, heads[c]["doors"], coming[c], at_door, c, add)
        pre_removal_moves(today, stock, heads[c]["doors"], groups, c, add)
        leave_detention(heads[c], for_others, c, add)
        leave_alternatives(today, heads[c], for_others, c, add)
        change_places(today, stock, heads[c], for_others, groups, c, add)
    for (_, g, c), rate in limit.items():
        add("released_by_limit", g, c, None, None, rate)
    for (o, d, s, g), rate in transfers.items():
        source, sink = ("ashore", s, "reception", g, o), ("ashore", s, "reception", g, d)
        add("transferred", g, (o, d), source, sink, rate * found[d][1][g])


def agreed_transfers(today, heads, groups, countries):
    """People a day whom a country would transfer to another, by (origin, destination, stage, group)."""
    result = {}
    for o in countries:
        eligible = {
            (s, g): heads[o]["cells"].get((s, "reception", g), 0.0)
            for s in ("determination", "appeal", "protected") for g in groups
        }
        together, keys = sum(eligible.values()), {d: today["here"][d]["sharing.key"] for d in countries if d != o}
        agreed = min(1.0, today["here"][o]["sharing.transfers"] / together) if together > 0 else 0.0
        for d, key in keys.items():
            for (s, g), people in eligible.items():
                if agreed > 0 and key > 0 and (g, d) not in today["homes"]:
                    result[o, d, s, g] = agreed * people * key / sum(keys.values())
    return result


def leaving_alternative(t, stage):
    """Chance a day that an alternative to detention ends because it is no longer needed."""
    return 1.0 if stage in ("protected", "referral") else t["alternative.review_rate"]


def room_found(today, heads, transfers, groups, c):
    """The part of those looking for a place in reception who find one, by group: at the doors, and all others."""
    t, facts = today["here"][c], {g: today["facts"][g, c] for g in groups}
    open_share = 1 - t["reception.community_share"]
    at_door, others = dict.fromkeys(groups, 0.0), dict.fromkeys(groups, 0.0)
    for (g, found), people in heads["doors"]["people"].items():
        locked, spared = heads["doors"]["detained"][g, found], heads["doors"]["alternative"][g, found]
        at_door[g] += people * (1 - locked - spared) * (1 - at_home(t, found))
    for (_, g), rate in heads["released"].items():
        others[g] += rate
    for (s, p, g), people in heads["cells"].items():
        if p == "alternative":
            others[g] += people * leaving_alternative(t, s) * open_share
        elif p == "unsheltered":
            others[g] += people * (t["law.services_irrespective_of_status"] if s == "limbo" else 1.0)
    for (_, d, _, g), rate in transfers.items():
        others[g] += rate if d == c else 0.0

    ahead = {g: (facts[g]["ahead_as_child"], facts[g]["ahead_as_referred"]) for g in groups}
    first = sum(at_door[g] * ahead[g][0] + others[g] * ahead[g][1] for g in groups)
    second = sum(at_door[g] * (1 - ahead[g][0]) + others[g] * (1 - ahead[g][1]) for g in groups)
    room = max(0.0, today["beds"][c] - heads["place"]["reception"])
    for_first, for_second = part_met(room, first), part_met(room - first, second)
    return tuple({g: ahead[g][k] * for_first + (1 - ahead[g][k]) * for_second for g in groups} for k in (0, 1))


def leave_detention(heads, found_place, c, add):
    """Released people find a place in reception or none; some go on to an alternative."""
    for (s, g), rate in heads["released"].items():
        cell = ("ashore", s, "detention", g, c)
        add("released_to_reception", g, c, cell, ("ashore", s, "reception", g, c), rate * found_place[g])
        add("released_to_unsheltered", g, c, cell, ("ashore", s, "unsheltered", g, c), rate * (1 - found_place[g]))
    for g, stages in heads["detained"].items():
        for s, people in stages.items():
            add("released_to_alternative", g, c, ("ashore", s, "detention", g, c), ("ashore", s, "alternative", g, c),
                people * heads["doors"]["to_alternative"])


def leave_alternatives(today, heads, found_place, c, add):
    """Alternatives end on review or once a need is recognised, or because there are too few of them."""
    t = today["here"][c]
    losing = closure(heads["place"]["alternative"], t["alternative.places"])
    settled = t["reception.community_share"]
    for (s, p, g), people in heads["cells"].items():
        if p == "alternative":
            cell, ending = ("ashore", s, p, g, c), people * leaving_alternative(t, s)
            add("alternative_to_community", g, c, cell, ("ashore", s, "community", g, c), ending * settled)
            add("alternative_to_reception", g, c, cell, ("ashore", s, "reception", g, c),
                ending * (1 - settled) * found_place[g])
            add("lost_alternative", g, c, cell, ("ashore", s, "unsheltered", g, c), people * losing)


def change_places(today, stock, heads, found_place, groups, c, add):
    """People without shelter find places, others lose theirs or move to homes."""
    t = today["here"][c]
    losing = closure(heads["place"]["reception"], today["beds"][c])
    served = t["law.services_irrespective_of_status"]
    for g in groups:
        for s in STAGES:
            bed, street = ("ashore", s, "reception", g, c), ("ashore", s, "unsheltered", g, c)
            add("sheltered", g, c, street, bed, stock[street] * found_place[g] * (served if s == "limbo" else 1.0))
            add("lost_place", g, c, bed, street, stock[bed] * losing)
            housed = 1 / t["reception.move_on_time"] if s == "protected" else t["reception.housing_rate"]
            add("moved_on", g, c, bed, ("ashore", s, "community", g, c), stock[bed] * housed)
        bed, street = ("ashore", "limbo", "reception", g, c), ("ashore", "limbo", "unsheltered", g, c)
        add("support_withdrawn", g, c, bed, street, stock[bed] * (1 - served))


# The limit of detention.

def open_cohorts(model, stock, groups, countries, stages):
    """Who is inside when the run begins: all entered evenly during the day before."""
    if not any(any(values.values()) for _, values in model["parameters"]["law.detention_limit"]):
        return {}
    return {
        (g, c): {"waiting": [(-1.0, 0.0, sum(stock["ashore", s, "detention", g, c] for s in stages))],
                 "passed": 0.0, "until": -1.0, "thinned": 0.0}
        for g in groups for c in countries
    }


def reach_limit(cohorts, today, day, steps_left):
    """Take those who reach the limit during a step off the lists: people to release, by (group, country).

    ``until`` is the moment of entry up to which everybody has reached the limit. It follows a day's end less the limit
    evenly over the steps of the day: as time does where nothing changes; faster, so that all who are over the limit
    leave within the day, where the limit was shortened; and not at all where it was lengthened or is not in force.
    """
    released = {}
    for (g, c), cohort in cohorts.items():
        share, limit = (today["here"][c][name] for name in ("law.detention_limit", "detention.time_limit"))
        goal = day + 1 - limit
        if share <= 0 or goal <= cohort["until"]:
            continue
        until = cohort["until"] + (goal - cohort["until"]) / steps_left
        reached, waiting = 0.0, []
        for start, end, people in cohort["waiting"]:
            over = min(1.0, max(0.0, (until - start) / (end - start)))
            reached += people * over
            if over < 1:
                waiting.append((max(start, until), end, people * (1 - over)))
        survive = exp(-cohort["thinned"] / 2)  # some of them leave otherwise before their hour
        released[g, c] = share * reached * survive
        cohort["waiting"], cohort["until"] = waiting, until
        cohort["passed"] += (1 - share) * reached
    return released


def limit_rates(released, stock, stages, dt):
    """People a day whom the limit releases, by (stage, group, country): every stage gives its part."""
    rates = {}
    for (g, c), people in released.items():
        inside = {s: max(0.0, stock["ashore", s, "detention", g, c]) for s in stages}
        together = sum(inside.values())
        for s, here in inside.items():
            if people > 0 and here > 0:
                rates[s, g, c] = people / dt * here / together
    return rates


def age_cohorts(cohorts, stock, stages, span, entered, left, released):
    """After a step: thin every cohort by the other ways out, and note who entered.

    Args: span, start and end of the step; entered, left (by whatever way) and released by the limit, people during the
    step by (group, country).
    """
    for where, cohort in cohorts.items():
        g, c = where
        inside = sum(stock["ashore", s, "detention", g, c] for s in stages)
        new, gone = entered.get(where, 0.0), left.get(where, 0.0)
        mean = inside + (gone - new) / 2
        other_ways = gone - released.get(where, 0.0)
        cohort["thinned"] = max(0.0, other_ways) / mean if mean > 1e-9 else 0.0
        stay = exp(-cohort["thinned"])
        waiting = [(s, e, people * stay) for s, e, people in cohort["waiting"] if people > 1e-12]
        waiting.append((*span, new * exp(-cohort["thinned"] / 2)))
        cohort["passed"] *= stay
        together = cohort["passed"] + sum(people for _, _, people in waiting)
        exact = max(0.0, inside) / together if together > 1e-9 else 1.0  # the list and the stock never part
        cohort["waiting"] = [(s, e, people * exact) for s, e, people in waiting]
        cohort["passed"] *= exact
