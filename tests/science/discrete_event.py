"""A discrete-event twin of the model: every person alone, with chance; simpy and numpy, nothing of the package.

The package moves means of people in continuous amounts. Here each person is a simpy process that walks the whole chain
once: departure (Poisson), voyage, landing place, registration, screening, counselling, referral, determination, appeal,
return, and the ends. Means of many replications judge the package; single ones show what chance does to small teams.

*Clocks.* What may happen to a person at any time (absconding, onward movement, assisted return, withdrawal, disclosure,
review of detention, a home, the search for a place) are competing exponential clocks, restarted when stage or place
changes, which changes nothing as they have no memory. Detention ends exactly ``limit`` days after entry, whatever the
stage.

*A work-limited stage* has a team of n officers. A person's minimum time is an exponential delay and the officer's work
on the case, a fixed time; their means add up to the minimum time. The delay runs while others are served. Once it is
over the person is *ready*; a free officer takes, of those ready, the one of the highest class, and in it the one who
entered the stage first; the work is not broken off for somebody of a higher class. Where nobody waits, people so stay
for the minimum time, and n officers can serve n/work people a day. Under load, time in the stage is that of the queue,
first come first served, and the delay is part of it: the slower of the two counts, they do not add up. The fluid says
the same of means: it serves people/minimum time a day, at most n/work. A person who leaves for another reason frees the
officer at once. Escorts are a team of their own for all returns by force: those that were prepared and accepted, and
late ones out of limbo.

*Places.* A landing person is detained by chance, unless exempt, where there is a place; the others live in the
community by chance; all others get a place in reception if one is free, else are without shelter, and ask again at
1/day. A place left is free again after an exponential time of mean one day: the fluid grants its room "a day", which
says the same.

*Left out:* alternatives to detention, remigration, transfers, crowding, staff that come and go, breaches of law, the
fall of quality with caseload, and limits on assisted return. What the authorities know of a person is drawn anew
whenever it matters, as the fluid takes groups to be well mixed.
"""

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count, pairwise
from math import inf

import numpy as np
import simpy

STAGES = ("registration", "screening", "counselling", "referral", "determination", "appeal", "protected", "return",
          "limbo")
WAITING = ("registration", "screening", "referral", "determination", "appeal")
AWAY = ("at_sea", "adrift", "moving", "irregular")
ENDS = ("died_crossing", "died_adrift", "died_onward", "turned_back", "elsewhere", "returned_assisted",
        "returned_induced", "returned_enforced", "resettled", "integrated", "repatriated", "regularised",
        "in_own_country")


@dataclass(frozen=True)
class Group:
    """People of one kind: their share of departures, and chances of what is decided about them."""

    share: float
    referred: float = 0.0  # of those screened, before all else
    positive: float = 0.0  # of the rest, found to need protection
    prima_facie: float = 0.0  # of those, recognised at once
    claims: float = 0.0  # after counselling
    protected_after_referral: float = 0.0
    determination_after_referral: float = 0.0
    recognised: float = 0.0
    appeals: float = 0.0  # if refused
    allowed: float = 0.0  # of appeals
    uptake: float = 0.0  # of assisted return, 1/day after a return decision
    withdraws: float = 1.0  # withdrawals over those of all
    discloses_to: str = ""  # stage where a need missed leads
    exempt_at_landing: float = 0.0
    exempt_before_return: float = 0.0
    first: dict = field(default_factory=dict)  # stage -> chance of belonging to the class served first
    home: str = ""  # the country of origin, in which people go home at once
    readmitted: float = 1.0  # over the chance of the country that people leave
    lands: dict = field(default_factory=dict)  # country -> weight of landing there


@dataclass(frozen=True)
class Staff:
    """A team: officers, officer-days of work a person (or {group: days}), and the minimum time of the stage, days."""

    officers: int
    work: float | dict
    minimum_time: float


@dataclass(frozen=True)
class Country:
    """What people meet in one country; rates are 1/day, times days. Defaults switch everything off."""

    departures: tuple = ((0.0, 0.0),)  # (day, persons a day from then on)
    voyage_time: float = 1.0
    mortality: float = 0.0
    abandonment: float = 0.0
    refused: float = 0.0
    unrecorded: float = 0.0
    disembarkation: float = 1.0  # share of people adrift who land here
    teams: dict = field(default_factory=dict)  # stage -> Staff
    escorted_a_day: float = inf
    counselling_time: float = 14.0
    uptake_before_decision: float = 0.0  # relative
    withdrawal: float = 0.0
    claims: bool = False  # people enter with a claim, without a journey
    disclosure: float = 0.0
    readmitted: float = 1.0
    late_return: float = 0.0
    regularisation: float = 0.0  # with uptake
    resettlement: float = 0.0
    integration: float = 0.0
    repatriation: float = 0.0
    waiting_loss: float = 0.0  # part of the chance of self-reliance that a year waited for a decision takes
    detained: float = 0.0
    detained_when_found: float = 0.0
    detention_places: float = inf
    pre_removal: float = 0.0
    review_release: float = 0.0
    limit: float = inf
    community: float = 0.0
    reception_places: float = inf
    move_on: float = 0.0
    housing: float = 0.0
    absconding: float = 0.0
    onward: float = 0.0
    likely_movers: float = 0.0  # share of those who come ashore who have a clock of onward movement of their own
    onward_of_likely: float = 0.0
    onward_irregular: float = 0.0
    found: float = 0.0
    housed: float = 0.0  # share of people without a record who have a home, and keep it when found
    within_region: float = 0.0
    attraction: float = 1.0
    journey_time: float = 10.0
    onward_mortality: float = 0.0


@dataclass(frozen=True)
class World:
    """A whole run."""

    days: float
    groups: dict
    countries: dict
    safety_time: float = 5.0
    adrift_death: float = 0.0
    turn_back: float = 0.0
    turnover: float = 1.0  # mean days until a place left can be given again


class Person:
    """One person: who, where, and since when in the stage; ``release`` is when detention must end.

    ``likely`` people have a clock of onward movement of their own, drawn whenever they come ashore. ``waited`` are the
    days that they have waited for a decision since then.
    """

    __slots__ = ("country", "entered", "group", "likely", "name", "place", "rank", "release", "stage",
                 "waited")

    def __init__(self, name, country):
        self.name, self.country = name, country
        self.group = self.stage = self.place = self.rank = None
        self.entered, self.release, self.likely, self.waited = 0.0, inf, False, 0.0


class Either(simpy.Event):
    """Happens with the first of two events, neither of which has happened: ``simpy.AnyOf``, only quicker."""

    def __init__(self, one, other):
        super().__init__(one.env)
        one.callbacks.append(self._happen)
        other.callbacks.append(self._happen)

    def _happen(self, _):
        if not self.triggered:
            self.succeed()


class Team:
    """Officers who take, of those ready, the highest class first and in it whoever entered first."""

    def __init__(self, env, officers):
        self.env, self.free, self.ready, self.number = env, officers, [], count()
        self.worked = 0.0  # officer-days on cases that were finished

    def attend(self, delay, work, rank):
        """The process of serving one person, which ends when the person is served; an interrupt ends it early."""
        entered, turn = self.env.now, None
        try:
            if delay > 0:
                yield self.env.timeout(delay)
            turn = self.ask(rank, entered)
            yield turn
            yield self.env.timeout(work)
        except simpy.Interrupt:
            if turn is not None:
                self.give_up(turn)
            return
        self.worked += work
        self.take_next()

    def ask(self, rank, entered):
        turn = self.env.event()
        turn.given_up = False
        if self.free > 0:
            self.free -= 1
            turn.succeed()
        else:
            heapq.heappush(self.ready, (rank, entered, next(self.number), turn))
        return turn

    def give_up(self, turn):
        if turn.triggered:
            self.take_next()
        else:
            turn.given_up = True

    def take_next(self):
        while self.ready:
            turn = heapq.heappop(self.ready)[-1]
            if not turn.given_up:
                turn.succeed()
                return
        self.free += 1


class Places:
    """Places, each free again some time after it was left."""

    def __init__(self, env, number, draw):
        self.env, self.free, self.draw = env, number, draw

    def take(self):
        if self.free < 1:
            return False
        self.free -= 1
        return True

    def leave(self):
        if self.free == inf:
            return
        self.env.timeout(self.draw()).callbacks.append(self._again)

    def _again(self, _):
        self.free += 1


class Twin:
    """One replication: run it, then read what it counted.

    ``moves``: persons by (what happened, country left, group); ``daily``: stocks each day from day 0, by (stage, place
    or one of ``AWAY`` and ``ENDS``, country); ``visits``: (stage, country, group, class, entered, left, how), with
    ``left`` infinite for those still inside; ``limit_days``: times of releases by the limit of detention; ``area``:
    person-days of each stock.
    """

    def __init__(self, world, seed):
        self.world, self.env, self.rng = world, simpy.Environment(), np.random.default_rng(seed)
        self.moves, self.stock, self.daily, self.visits = Counter(), Counter(), [], []
        self.area, self.changed, self.limit_days = defaultdict(float), defaultdict(float), []
        self.table, self.inside = {}, set()
        self.teams = {
            (stage, c): Team(self.env, staff.officers)
            for c, here in world.countries.items() for stage, staff in here.teams.items()
        }
        self.escorts = {c: Team(self.env, 1) for c in world.countries}

        def turnover():
            return self.rng.exponential(world.turnover)

        self.reception = {c: Places(self.env, here.reception_places, turnover) for c, here in world.countries.items()}
        self.detention = {c: Places(self.env, here.detention_places, turnover) for c, here in world.countries.items()}

    def run(self):
        for c in self.world.countries:
            self.env.process(self.departures(c))
        self.env.process(self.observe())
        self.env.run(until=self.world.days + 1e-6)
        for key in list(self.stock):
            self.count(key, 0)
        for p in self.inside:
            self.visits.append((p.stage, p.country, p.name, p.rank, p.entered, inf, "inside"))
        return self

    # Counting.

    def count(self, key, change):
        """Change a stock, and keep its integral over time (person-days)."""
        now = min(self.env.now, self.world.days)
        self.area[key] += self.stock[key] * (now - self.changed[key])
        self.changed[key] = now
        self.stock[key] += change

    def happened(self, what, person, country=None):
        self.moves[what, country or person.country, person.name] += 1

    def observe(self):
        while True:
            self.daily.append(dict(self.stock))
            yield self.env.timeout(1.0)

    def chance(self, share):
        return share > 0.0 and self.rng.random() < share

    # Departures and journeys.

    def departures(self, country):
        dated = (*self.world.countries[country].departures, (self.world.days, 0.0))
        names, groups = list(self.world.groups), list(self.world.groups.values())
        shares = np.array([group.share * group.lands.get(country, 1.0) for group in groups])
        for (begin, rate), (end, _) in pairwise(dated):
            number = self.rng.poisson(rate * (end - begin))
            times = np.sort(self.rng.uniform(begin, end, number))
            picks = self.rng.choice(len(names), number, p=shares / shares.sum())
            for time, pick in zip(times, picks, strict=True):
                yield self.env.timeout(max(time - self.env.now, 0.0))
                person = Person(names[pick], country)
                person.group = groups[pick]
                self.happened("departed", person)
                self.env.process(self.life(person))
            yield self.env.timeout(max(end - self.env.now, 0.0))

    def life(self, person):
        """From one state to the next, until an end."""
        state = self.enters(person) if self.world.countries[person.country].claims else "at_sea"
        while state not in ENDS:
            if state in AWAY:
                held = state, person.country
                self.count(held, 1)
                state = yield from getattr(self, state)(person)
                self.count(held, -1)
            else:
                state = yield from self.ashore(person, state)
        self.count((state, person.country), 1)
        self.happened(state, person)

    def enters(self, person):
        """Give a place to somebody who comes with a claim."""
        self.happened("entered_with_claim", person)
        self.lands(person, self.world.countries[person.country].detained)
        return "determination"

    def first_of(self, clocks):
        """The first of some exponential clocks: (days from now, its name); never if all rates are 0."""
        total = sum(rate for _, rate in clocks)
        if total <= 0.0:
            return inf, ""
        at, days = self.rng.random() * total, self.rng.exponential(1.0 / total)
        for name, rate in clocks:
            at -= rate
            if at < 0.0:
                return days, name
        return days, clocks[-1][0]

    def wait(self, clocks):
        """Wait for the first of some clocks; its name."""
        days, name = self.first_of(clocks)
        yield self.env.event() if days == inf else self.env.timeout(days)
        return name

    def at_sea(self, person):
        here = self.world.countries[person.country]
        end = yield from self.wait((("voyage", 1.0 / here.voyage_time), ("abandoned", here.abandonment)))
        if self.chance(here.mortality):
            return "died_crossing"
        if end == "abandoned" or self.chance(here.refused):
            self.happened("abandoned" if end == "abandoned" else "refused", person)
            return "adrift"
        if person.group.home == person.country:
            return "in_own_country"
        if self.chance(here.unrecorded):
            self.happened("landed_unrecorded", person)
            return "irregular"
        self.happened("landed", person)
        return self.lands(person, here.detained)

    def adrift(self, person):
        world = self.world
        end = yield from self.wait((
            ("died_adrift", world.adrift_death), ("turned_back", world.turn_back), ("safe", 1.0 / world.safety_time),
        ))
        if end != "safe":
            return end
        lands = person.group.lands
        weights = np.array([here.disembarkation * lands.get(c, 1.0) for c, here in world.countries.items()])
        person.country = list(world.countries)[self.rng.choice(len(weights), p=weights / weights.sum())]
        if person.group.home == person.country:
            return "in_own_country"
        self.happened("disembarked", person)
        return self.lands(person, world.countries[person.country].detained)

    def moving(self, person):
        here = self.world.countries[person.country]
        yield self.env.timeout(self.rng.exponential(here.journey_time))
        if self.chance(here.onward_mortality):
            return "died_onward"
        others = [c for c in self.world.countries if c != person.country]
        weights = np.array([self.world.countries[c].attraction for c in others])
        if not others or not self.chance(here.within_region):
            return "elsewhere"
        left, person.country = person.country, others[self.rng.choice(len(others), p=weights / weights.sum())]
        there = self.world.countries[person.country]
        if person.group.home == person.country:
            return "in_own_country"
        if self.chance(there.unrecorded):
            self.happened("arrived_onward_unrecorded", person, left)
            return "irregular"
        self.happened("arrived_onward", person, left)
        return self.lands(person, there.detained)

    def irregular(self, person):
        here = self.world.countries[person.country]
        end = yield from self.wait((
            ("found", here.found), ("moving", here.onward_irregular), ("regularised", here.regularisation),
        ))
        if end == "found":
            self.happened("found", person)
            return self.lands(person, here.detained_when_found, here.housed)
        if end == "moving":
            self.happened("moved_onward_irregular", person)
        return end

    # Places.

    def lands(self, person, detained, housed=0.0):
        """Give a place to somebody who begins the procedure, and may have a home already."""
        here, c = self.world.countries[person.country], person.country
        person.likely, person.waited = self.chance(here.likely_movers), 0.0
        if not self.chance(person.group.exempt_at_landing) and self.chance(detained) and self.detention[c].take():
            self.settle(person, "detention")
        elif self.chance(housed) or self.chance(here.community):
            self.settle(person, "community")
        else:
            self.settle(person, "reception" if self.reception[c].take() else "unsheltered")
        return "registration"

    def settle(self, person, place):
        """Put a person into a place (already taken) and out of the one before; None: out of the procedure."""
        c = person.country
        if person.place is not None:
            self.count((person.place, c), -1)
        if person.place == "detention":
            self.detention[c].leave()
        elif person.place == "reception":
            self.reception[c].leave()
        person.place, person.release = place, inf
        if place is not None:
            self.count((place, c), 1)
        if place == "detention":
            person.release = self.env.now + self.world.countries[c].limit
            self.happened("detained", person)

    def moves_place(self, person, what):
        """Carry out what a clock says of a person's place; False if the clock is about something else."""
        c = person.country
        if what in ("released", "limit"):
            self.happened("released_by_limit" if what == "limit" else "released", person)
            if what == "limit":
                self.limit_days.append(self.env.now)
            self.settle(person, "reception" if self.reception[c].take() else "unsheltered")
        elif what == "asks":
            if self.reception[c].take():
                self.settle(person, "reception")
        elif what == "housed":
            self.settle(person, "community")
        elif what == "pre_removal":
            if not self.chance(person.group.exempt_before_return) and self.detention[c].take():
                self.happened("detained_before_return", person)
                self.settle(person, "detention")
        else:
            return False
        return True

    # The procedure.

    def clocks(self, person, stage):
        """The clocks of a person in a stage and place, without those of service."""
        key = stage, person.place, person.name, person.country, person.likely
        if key not in self.table:
            here = self.world.countries[person.country]
            found = (*self.place_clocks(here, stage, person), *self.stage_clocks(here, stage, person))
            self.table[key] = tuple((name, rate) for name, rate in found if rate > 0.0)
        if stage == "protected" and self.world.countries[person.country].waiting_loss > 0.0:
            kept = (1.0 - self.world.countries[person.country].waiting_loss) ** (person.waited / 365.2425)
            return tuple((name, rate * kept if name == "integrated" else rate) for name, rate in self.table[key])
        return self.table[key]

    def place_clocks(self, here, stage, person):
        place = person.place
        if place == "detention":
            return (("released", here.review_release + (1.0 if stage in ("protected", "referral") else 0.0)),)
        own = (("asks", 1.0),) if place == "unsheltered" else ()
        if place == "reception":
            own = (("housed", here.move_on if stage == "protected" else here.housing),)
        if stage == "return":
            own = (*own, ("pre_removal", here.pre_removal))
        onward = here.onward_of_likely if person.likely else here.onward
        return own if stage == "protected" else (*own, ("moved_onward", onward), ("absconded", here.absconding))

    def stage_clocks(self, here, stage, person):
        uptake, to = person.group.uptake, person.group.discloses_to
        disclosed = ((f"discloses_{to}", here.disclosure),) if to else ()
        return {
            "counselling": (("advised", 1.0 / here.counselling_time),
                            ("assisted", uptake * here.uptake_before_decision), *disclosed),
            "determination": (("withdrawn", here.withdrawal * person.group.withdraws),),
            "return": (("assisted", uptake), *disclosed),
            "limbo": (("returned_late", here.late_return), ("regularised", here.regularisation), *disclosed),
            "protected": (("resettled", here.resettlement), ("integrated", here.integration),
                          ("repatriated", here.repatriation)),
        }.get(stage, ())

    def ashore(self, person, stage):
        """One stage, from entry to what comes after it."""
        c, group = person.country, person.group
        person.stage, person.entered = stage, self.env.now
        person.rank = 0 if self.chance(group.first.get(stage, 0.0)) else 1
        self.inside.add(person)
        self.count((stage, c), 1)
        if (stage, c) in self.teams:
            staff = self.world.countries[c].teams[stage]
            work = staff.work[person.name] if isinstance(staff.work, dict) else staff.work
            delay = self.rng.exponential(max(staff.minimum_time - work, 0.0))
            how = yield from self.through(person, self.teams[stage, c].attend(delay, work, person.rank))
        else:
            how = yield from self.through(person, None)
        if stage == "return" and how == "served":
            how = yield from self.return_prepared(person)
        elif how == "returned_late":
            how = yield from self.escorted(person, how)
        if stage in WAITING:
            person.waited += self.env.now - person.entered
        self.count((stage, c), -1)
        self.inside.discard(person)
        self.visits.append((stage, c, person.name, person.rank, person.entered, self.env.now, how))
        following = self.after(person, stage, how)
        if following not in STAGES:
            self.settle(person, None)
        return following

    def through(self, person, service, but=""):
        """Wait until served, or until a clock ends the stage: how it ended. ``but``: a clock that no longer runs."""
        served = self.env.process(service) if service else self.env.event()
        while not served.triggered:
            days, what = self.first_of([one for one in self.clocks(person, person.stage) if one[0] != but])
            if person.release < self.env.now + days:
                days, what = max(person.release - self.env.now, 0.0), "limit"
            yield served if days == inf else Either(served, self.env.timeout(days))
            if not served.triggered and not self.moves_place(person, what):
                if service:
                    served.interrupt()
                return what
        return "served"

    def return_prepared(self, person):
        """Readmission, and the escort of those accepted."""
        here = self.world.countries[person.country]
        if not self.chance(here.readmitted * person.group.readmitted):
            return "found_unreturnable"
        return (yield from self.escorted(person, "enforced"))

    def escorted(self, person, what):
        """A return by force once there is an escort, unless something else ends the stage before."""
        here = self.world.countries[person.country]
        if here.escorted_a_day == inf:
            return what
        escort = self.escorts[person.country].attend(0.0, 1.0 / here.escorted_a_day, 0)
        how = yield from self.through(person, escort, but=what)
        return what if how == "served" else how

    def after(self, person, stage, how):
        """Where a stage leads, given how it ended."""
        if how == "moved_onward":
            following, what = "moving", how
        elif how == "absconded":
            following, what = "irregular", how
        elif how == "assisted":
            following = "returned_induced" if person.place in ("detention", "unsheltered") else "returned_assisted"
            what = f"{following}_from_{stage}"
        elif how.startswith("discloses_"):
            following, what = how.removeprefix("discloses_"), f"disclosed_in_{stage}"
        elif how in ENDS:
            following = what = how
        elif stage == "referral":
            following, what = self.referred(person)
        else:
            following, what = getattr(self, f"after_{stage}")(person.group, how)
        if what not in ENDS:  # an end is counted when it is reached
            self.happened(what, person)
        return following

    def after_registration(self, group, how):
        return "screening", "registered"

    def after_screening(self, group, how):
        if self.chance(group.referred):
            return "referral", "referred"
        if not self.chance(group.positive):
            return "counselling", "screened_to_counselling"
        if self.chance(group.prima_facie):
            return "protected", "recognised_prima_facie"
        return "determination", "screened_to_determination"

    def after_counselling(self, group, how):
        return ("determination", "claimed_asylum") if self.chance(group.claims) else ("return", "return_decided")

    def referred(self, person):
        group, at = person.group, self.rng.random()
        if at < group.protected_after_referral:
            return "protected", "protected_after_referral"
        if at < group.protected_after_referral + group.determination_after_referral:
            return "determination", "referral_to_determination"
        pressed = person.place in ("detention", "unsheltered")
        return ("returned_induced" if pressed else "returned_assisted"), "returned_after_referral"

    def after_determination(self, group, how):
        if how == "withdrawn":
            return "counselling", "withdrawn"
        if self.chance(group.recognised):
            return "protected", "recognised"
        return ("appeal", "appealed") if self.chance(group.appeals) else ("return", "refused_without_appeal")

    def after_appeal(self, group, how):
        return ("protected", "appeals_allowed") if self.chance(group.allowed) else ("return", "appeals_dismissed")

    def after_return(self, group, how):
        return ("limbo", how) if how == "found_unreturnable" else ("returned_enforced", how)

    def after_limbo(self, group, how):
        return "returned_enforced", "returned_late"

    # Reading.

    def moved(self, what, country=None, group=None):
        """People to whom something happened, of a country (that they left) and group, or of all."""
        return sum(
            number for (name, c, g), number in self.moves.items()
            if name == what and country in (None, c) and group in (None, g)
        )

    def series(self, name, country=None):
        """A stock day by day from day 0, of a country or all."""
        countries = self.world.countries if country is None else (country,)
        return np.array([sum(day.get((name, c), 0) for c in countries) for day in self.daily])


def replicate(world, number, seed, read):
    """``read(twin)`` for some replications with independent, fixed seeds: an array ``[replication, ...]``."""
    seeds = np.random.SeedSequence(seed).spawn(number)
    return np.array([read(Twin(world, one).run()) for one in seeds])
