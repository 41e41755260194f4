"""An independent model of the same people, written by hand: plain numbers in, plain numbers out.

It follows the text of the design (stocks, named flows in persons a day, Heun's method with a fixed step) and imports
nothing but the standard library. No array, no hazard table, no incidence: each flow is a line that takes people out of
one stock and puts them into another.

A model is a dict: ``countries`` (list), ``groups`` (name -> {"need", "flags"}), ``days``, ``departures`` and
``parameters``: each a list of (day, {label: value}), in force from that day; ``opening``: (stage, place, country,
persons).
"""

from math import exp

STAGES = ["registration", "screening", "counselling", "referral", "determination", "appeal", "protected", "return",
          "limbo"]
PLACES = ["detention", "reception", "community", "unsheltered"]
OTHER_NEEDS = {"survivor", "ill", "older", "disability", "pregnant"}


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


def group_facts(model, g, c, table):
    """What one group meets in one country: what screening sees of it, where it is sent, how it is decided upon."""
    about = model["groups"][g]
    flags = set(about["flags"])
    child = "child" in flags
    seen_as_child = 1 - table["registration.wrongly_assessed_adult_share"][c] if child else 0.0

    chances = [0.0]
    if child and "alone" in flags:
        chances.append(seen_as_child)
    if "trafficked" in flags:
        chances.append(table["screening.sensitivity_trafficking"][c])
    if flags & OTHER_NEEDS:
        chances.append(table["screening.sensitivity_other_needs"][c])
    referred = max(chances)

    international = about["need"] == "international"
    if international:
        access = table["screening.agency_access"][c]
        positive = (access * table["screening.sensitivity_with_access"][c]
                    + (1 - access) * table["screening.sensitivity_without_access"][c])
        prima_facie = table["screening.prima_facie_share"][c]
    else:
        positive, prima_facie = 1 - table["screening.specificity"][c], 0.0
    return {
        "child": child,
        "seen_as_child": seen_as_child,
        "owed": about["need"] != "none",
        "to_referral": referred,
        "to_determination": (1 - referred) * positive * (1 - prima_facie),
        "to_protection": (1 - referred) * positive * prima_facie,
        "to_counselling": (1 - referred) * (1 - positive),
        "has_need": (about["need"] != "none" or bool(flags & (OTHER_NEEDS | {"trafficked"}))
                     or {"child", "alone"} <= set(flags)),
    }


def served(queue, minimum_time, hours_a_day, hours_a_person):
    """People a service serves in a day: all who have waited the minimum time, or as many as its hours allow."""
    ready = queue / minimum_time
    return min(ready, hours_a_day / hours_a_person)


def flows(model, table, departures, mix, stock):
    """All flows of one moment: a list of (name, group, country, from, to, persons a day)."""
    moves = []

    def move(name, g, c, source, sink, rate):
        if rate:
            moves.append((name, g, c, source, sink, rate))

    groups, countries = list(model["groups"]), model["countries"]
    safety_time = table["journey.time_to_place_of_safety"]["region"]
    for g in groups:
        drifting = stock["adrift", g]
        dying = table["journey.adrift_death_rate"]["region"] * drifting
        turned = table["journey.turn_back_rate"]["region"] * drifting
        move("deaths_adrift", g, None, ("adrift", g), ("died_adrift", g), dying)
        move("turned_back_adrift", g, None, ("adrift", g), ("turned_back", g), turned)
    for c in countries:
        facts = {g: group_facts(model, g, c, table) for g in groups}
        voyages(table, departures[c], mix, stock, groups, c, move)
        landing, rescued = {}, {}
        for g in groups:
            ends = stock["at_sea", g, c] / table["journey.voyage_time"][c]
            alive = ends * (1 - table["journey.mortality"][c]) * (1 - table["journey.refused_share"][c])
            landing[g] = alive * (1 - table["journey.unrecorded_share"][c])
            rescued[g] = table["journey.disembarkation_share"][c] * stock["adrift", g] / safety_time
        procedure(table, stock, groups, c, facts, move)
        shelter(table, stock, groups, c, facts, landing, rescued, move)
        onward(table, stock, groups, c, move)
        known_children(table, stock, groups, c, facts, moves)
    return moves


def voyages(table, departures, mix, stock, groups, c, move):
    """Departures, and voyages that end in death, abandonment, refusal or landing unrecorded."""
    for g in groups:
        sailing = ("at_sea", g, c)
        ending = stock[sailing] / table["journey.voyage_time"][c]
        abandoning = stock[sailing] * table["journey.abandonment_rate"][c]
        mortality, refused = table["journey.mortality"][c], table["journey.refused_share"][c]
        arriving = ending * (1 - mortality)
        unseen = table["journey.unrecorded_share"][c]
        move("departed", g, c, None, sailing, departures * mix[g])
        move("crossing_deaths", g, c, sailing, ("died_crossing", g, c), mortality * (ending + abandoning))
        move("abandoned", g, c, sailing, ("adrift", g), (1 - mortality) * abandoning)
        move("refused", g, c, sailing, ("adrift", g), arriving * refused)
        move("landed_unrecorded", g, c, sailing, ("irregular", g, c), arriving * (1 - refused) * unseen)


def procedure(table, stock, groups, c, facts, move):
    """The stages: what each service finishes in a day, shared over its queue, and where people go from there."""
    def total(stage):
        return sum(stock["ashore", stage, p, g, c] for p in PLACES for g in groups)

    hours, day = table["work.hours_per_week"][c], table["work.standard_day"][c]
    per_case = table["work.persons_per_case"][c]
    desk_hours = day * table["registration.staff_per_desk"][c] / table["registration.persons_per_desk_day"][c]
    interview_hours = day / table["screening.interviews_per_day"][c]
    decision_hours = 5 * day / table["determination.cases_per_week"][c] / per_case
    appeal_hours = 5 * day / table["appeal.cases_per_week"][c] / per_case
    return_hours = table["return.preparation_effort"][c] / per_case

    def share_served(stage, time, team, hours_a_person):
        queue = total(stage)
        return served(queue, table[time][c], table[team][c] * hours, hours_a_person) / queue if queue > 0 else 0.0

    registering = share_served("registration", "registration.minimum_time", "registration.officers", desk_hours)
    screening = share_served("screening", "screening.minimum_time", "screening.officers", interview_hours)
    deciding = share_served(
        "determination", "determination.minimum_time", "determination.officers", decision_hours
    )
    hearing = share_served("appeal", "appeal.minimum_time", "appeal.panels", appeal_hours)
    preparing = share_served("return", "return.documentation_time", "return.officers", return_hours)

    # Quality of decisions falls when each officer has more cases than the norm.
    officers = table["determination.officers"][c]
    recognition = table["determination.true_positive_rate"][c]
    if officers > 0:
        cases_each = total("determination") / per_case / officers
        over = max(0.0, cases_each / table["determination.caseload_norm"][c] - 1)
        worst = table["determination.largest_quality_loss"][c]
        if worst > 0:
            recognition -= worst * (1 - exp(-table["determination.quality_slope"][c] * over / worst))
    recognition = max(0.0, recognition)

    # Prepared returns need readmission, then an escort; without readmission they end in limbo.
    readmitted = table["return.readmission_share"][c] * preparing * total("return")
    escorted = min(readmitted, table["return.escorted_places"][c])
    escorted_part = escorted / total("return") if total("return") > 0 else 0.0

    # Assisted return: everyone who asks, as far as there are places.
    asks = table["return.assisted_uptake_rate"]
    early = table["return.uptake_before_decision"][c]
    asking = sum(
        asks[g] * (early * stock["ashore", "counselling", p, g, c] + stock["ashore", "return", p, g, c])
        for p in PLACES for g in groups
    )
    helped = min(1.0, table["return.assisted_places"][c] / asking) if asking > 0 else 0.0

    advice_time, care_time = table["counselling.duration"][c], table["referral.duration"][c]
    for g in groups:
        know = facts[g]
        granted = recognition if know["owed"] else table["determination.false_positive_rate"][c]
        appealing, overturned = table["appeal.appealed_share"][c], table["appeal.overturn_share"][g]
        claiming = table["counselling.claim_share"][g]
        cared, examined = table["referral.protected_share"][g], table["referral.determination_share"][g]
        for p in PLACES:
            here = {s: ("ashore", s, p, g, c) for s in STAGES}
            people = {s: stock[here[s]] for s in STAGES}

            def step(name, source, sink, rate, here=here, g=g):
                move(name, g, c, here[source], here[sink], rate)

            def leave(name, source, kind, rate, here=here, g=g):
                move(name, g, c, here[source], (kind, g, c), rate)

            step("registered", "registration", "screening", registering * people["registration"])
            seen = screening * people["screening"]
            step("screened_to_determination", "screening", "determination", seen * know["to_determination"])
            step("recognised_prima_facie", "screening", "protected", seen * know["to_protection"])
            step("referred", "screening", "referral", seen * know["to_referral"])
            step("screened_to_counselling", "screening", "counselling", seen * know["to_counselling"])
            if know["has_need"]:
                move("needs_missed", g, c, None, None, seen * know["to_counselling"])
            advised = people["counselling"] / advice_time
            step("claimed_asylum", "counselling", "determination", advised * claiming)
            step("return_decided", "counselling", "return", advised * (1 - claiming))
            cared_for = people["referral"] / care_time
            step("protected_after_referral", "referral", "protected", cared_for * cared)
            step("referral_to_determination", "referral", "determination", cared_for * examined)
            leave("returned_after_referral", "referral", "returned_assisted", cared_for * (1 - cared - examined))
            decided = deciding * people["determination"]
            step("recognised", "determination", "protected", decided * granted)
            step("appealed", "determination", "appeal", decided * (1 - granted) * appealing)
            step("refused_without_appeal", "determination", "return", decided * (1 - granted) * (1 - appealing))
            heard = hearing * people["appeal"]
            step("appeals_allowed", "appeal", "protected", heard * overturned)
            step("appeals_dismissed", "appeal", "return", heard * (1 - overturned))
            leave("enforced", "return", "returned_enforced", escorted_part * people["return"])
            unreturnable = (1 - table["return.readmission_share"][c]) * preparing * people["return"]
            step("found_unreturnable", "return", "limbo", unreturnable)
            kind = "assisted" if p in ("reception", "community") else "induced"
            going = helped * asks[g] * people["return"]
            going_early = helped * asks[g] * early * people["counselling"]
            leave(f"{kind}_from_return", "return", f"returned_{kind}", going)
            leave(f"{kind}_from_counselling", "counselling", f"returned_{kind}", going_early)


def shelter(table, stock, groups, c, facts, landing, rescued, move):
    """Where people live: landings, releases and people without shelter compete for the room that there is."""
    def living(place):
        return sum(stock["ashore", s, place, g, c] for s in STAGES for g in groups)

    exemption = table["law.child_exemption"][c]
    detained, housed, outside = living("detention"), living("reception"), living("unsheltered")
    cells, beds = table["detention.places"][c], table["reception.places"][c]
    new = {g: landing[g] + rescued[g] for g in groups}

    # Doors into detention: at landing, and of people in return. Children seen as such are exempt where the law says so.
    may = {g: 1 - exemption * facts[g]["seen_as_child"] for g in groups}
    to_lock = {g: table["detention.detained_share"][c] * may[g] for g in groups}
    removal = table["detention.pre_removal_rate"][c]
    free = [p for p in PLACES if p != "detention"]
    returning = {(p, g): stock["ashore", "return", p, g, c] for p in free for g in groups}
    claims = sum(new[g] * to_lock[g] for g in groups)
    claims += sum(people * removal * may[g] for (_, g), people in returning.items())
    vacant = max(0.0, cells - detained)
    locked = min(1.0, vacant / claims) if claims > 0 else 1.0

    # Ways out of detention: referral or recognition, review, closure, exemption of children known as such.
    release = []
    closure = max(0.0, detained - cells) / detained if detained > 0 else 0.0
    for g in groups:
        inside = sum(stock["ashore", s, "detention", g, c] for s in STAGES)
        known = min(inside, stock["known_children", g, c]) if facts[g]["child"] else 0.0
        freed = exemption * known / inside if inside > 0 else 0.0
        for s in STAGES:
            rate = table["detention.review_release_rate"][c] + closure + freed
            if s in ("referral", "protected"):
                rate += 1.0
            release.append((s, g, rate * stock["ashore", s, "detention", g, c]))

    # Reception: one day's turnover stays vacant; whoever finds no room is without shelter.
    open_share = 1 - table["reception.community_share"][c]
    asking = sum(new[g] * (1 - to_lock[g] * locked) * open_share for g in groups)
    asking += sum(rate for _, _, rate in release) + outside
    room = max(0.0, beds - housed)
    found = min(1.0, room / asking) if asking > 0 else 1.0
    losing = max(0.0, housed - beds) / housed if housed > 0 else 0.0

    for g in groups:
        for name, arrivals, source in (
            ("landed", landing[g], ("at_sea", g, c)), ("disembarked", rescued[g], ("adrift", g)),
        ):
            in_cells = arrivals * to_lock[g] * locked
            in_beds = (arrivals - in_cells) * open_share * found
            in_homes = (arrivals - in_cells) * (1 - open_share)
            nowhere = arrivals - in_cells - in_beds - in_homes
            for p, rate in zip(PLACES, (in_cells, in_beds, in_homes, nowhere), strict=True):
                move(name, g, c, source, ("ashore", "registration", p, g, c), rate)
        # Identified children who are locked up, where no exemption protects them.
        breach = (1 - exemption) * facts[g]["seen_as_child"] * locked
        share = breach * table["detention.detained_share"][c]
        move("identified_children_detained_at_landing", g, c, None, ("known_children", g, c), landing[g] * share)
        move("identified_children_detained_from_adrift", g, c, None, ("known_children", g, c), rescued[g] * share)
        for p in free:
            people, source = returning[p, g], ("ashore", "return", p, g, c)
            inside = ("ashore", "return", "detention", g, c)
            move("detained_before_return", g, c, source, inside, people * removal * may[g] * locked)
            move("identified_children_detained_before_return", g, c, None, ("known_children", g, c),
                 people * removal * breach)
        for s in STAGES:
            bed, street = ("ashore", s, "reception", g, c), ("ashore", s, "unsheltered", g, c)
            move("sheltered", g, c, street, bed, stock[street] * found)
            move("lost_place", g, c, bed, street, stock[bed] * losing)
        bed, home = ("ashore", "protected", "reception", g, c), ("ashore", "protected", "community", g, c)
        move("moved_on", g, c, bed, home, stock[bed] / table["reception.move_on_time"][c])
    for s, g, rate in release:
        cell = ("ashore", s, "detention", g, c)
        move("released_to_reception", g, c, cell, ("ashore", s, "reception", g, c), rate * found)
        move("released_to_unsheltered", g, c, cell, ("ashore", s, "unsheltered", g, c), rate * (1 - found))


def onward(table, stock, groups, c, move):
    """Moving on: out of the procedure unless detained or protected, and of people landed unrecorded."""
    for g in groups:
        for s in STAGES:
            for p in PLACES:
                if s != "protected" and p != "detention":
                    cell = ("ashore", s, p, g, c)
                    move("moved_onward", g, c, cell, ("onward", g, c), stock[cell] * table["onward.rate"][c])
        unseen = ("irregular", g, c)
        leaving = stock[unseen] * table["onward.irregular_rate"][c]
        move("moved_onward_irregular", g, c, unseen, ("onward", g, c), leaving)


def known_children(table, stock, groups, c, facts, moves):
    """Children known as such in detention leave as all others of their group do, and by the exemption."""
    for g in groups:
        if not facts[g]["child"]:
            continue
        inside = sum(stock["ashore", s, "detention", g, c] for s in STAGES)
        known = stock["known_children", g, c]
        exempted = table["law.child_exemption"][c] * known
        leaving = sum(
            rate for _, _, _, source, sink, rate in moves
            if source and source[0] == "ashore" and source[2:] == ("detention", g, c)
            and not (sink[0] == "ashore" and sink[2] == "detention")
        )
        others = max(0.0, leaving - table["law.child_exemption"][c] * min(known, inside))
        share = others / inside if inside > 0 else 0.0
        moves.append(("_forgotten", g, c, ("known_children", g, c), None, exempted + share * known))


def empty_stocks(model):
    """Every stock of the model, empty."""
    stock = {}
    for g in model["groups"]:
        for name in ("adrift", "died_adrift", "turned_back"):
            stock[name, g] = 0.0
        for c in model["countries"]:
            for name in ("at_sea", "irregular", "returned_assisted", "returned_induced", "returned_enforced",
                         "onward", "died_crossing", "known_children"):
                stock[name, g, c] = 0.0
            for s in STAGES:
                for p in PLACES:
                    stock["ashore", s, p, g, c] = 0.0
    return stock


def run(model, steps_a_day=16, keep_every=7):
    """Run the model by Heun's method; returns a list of (day, stocks, people moved so far by (flow, group, country)).

    A snapshot is kept every ``keep_every`` days and on the last.
    """
    stock, moved = empty_stocks(model), {}
    first = {name: in_force(dated, 0) for name, dated in model["parameters"].items()}
    for stage, place, country, persons in model["opening"]:
        for g, share in shares_of_groups(model, first).items():
            stock["ashore", stage, place, g, country] += persons * share
    kept = [(0, dict(stock), {})]
    dt = 1.0 / steps_a_day
    for day in range(model["days"]):
        table = {name: in_force(dated, day) for name, dated in model["parameters"].items()}
        scale = table["arrivals.scale"]
        departures = {c: rate * scale[c] for c, rate in in_force(model["departures"], day).items()}
        mix = shares_of_groups(model, table)
        for _ in range(steps_a_day):
            now = flows(model, table, departures, mix, stock)
            guess = dict(stock)
            apply(now, guess, None, dt)
            then = flows(model, table, departures, mix, guess)
            apply(now, stock, moved, dt / 2)
            apply(then, stock, moved, dt / 2)
        if (day + 1) % keep_every == 0 or day + 1 == model["days"]:
            kept.append((day + 1, dict(stock), dict(moved)))
    return kept


def apply(moves, stock, moved, dt):
    """Move people for a time ``dt`` in place; note who moved, unless ``moved`` is None."""
    for name, g, c, source, sink, rate in moves:
        people = rate * dt
        if source:
            stock[source] -= people
        if sink:
            stock[sink] += people
        if moved is not None:
            moved[name, g, c] = moved.get((name, g, c), 0.0) + people
