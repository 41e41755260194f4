"""What may be said of an option, as sentences.

They are in a fixed order: breaches, services, harms, what is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mixedmig_model.record.words.judged import templates as words
from mixedmig_model.record.words.judged.amounts import (
    MOST_SHARE,
    ONE,
    change_words,
    listed,
    people_change,
    share_words,
    size_words,
)
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.results.indicators.bounds import WITHOUT_OUTCOME
from mixedmig_model.results.indicators.breaches import BreachReading
from mixedmig_model.results.indicators.judgement import SIDES, DrawShares, HarmReading, Judgement
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.numbers import ONE as ONLY_ONE
from mixedmig_model.vocabulary.numbers import counted, people

BREACH = "breach"
BREACH_SENTENCES = {
    "adds": words.ADDS, "grows": words.GROWS, "ends": words.ENDS, "shrinks": words.FEWER, "in_both": words.IN_BOTH,
    "within": words.BREACH_WITHIN,
}
"""What is said of breaches by their word.

It is in the order of the sentences.
"""


@dataclass(frozen=True)
class Outside:
    """The largest change outside the harms.

    It has its title, and the baseline's and the option's value in words.
    """

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class About:
    """What a sentence needs beyond the judgement.

    ``countries``: titles by name. ``outside``: the largest change outside the harms, if any. ``departures``: whether
    the option changes who sets out. ``speeds_up``: whether it changes staff or places.
    ``coming``: how people come.
    """

    countries: Mapping[str, str]
    outside: Outside | None = None
    departures: bool = False
    speeds_up: bool = False
    coming: Coming = "sea"


def judgement_sentence(found: Judgement, about: About) -> str:
    """Return what may be said of an option.

    These are whole sentences in the order of the rule.
    """
    return " ".join([*_breaches(found, about), *_services(found), *_harms(found, about), *_people(found, about)])


def baseline_sentence(breaches: Mapping[str, float]) -> str:
    """Return what may be said of the baseline.

    These are the breaches that it has.

    Parameters
    ----------
    breaches : Mapping[str, float]
        Persons by key of a breach.

    Returns
    -------
    str
        The sentence.
    """
    named = breach_counts(breaches)
    return words.BASELINE_BREACHES.format(count=counted(len(named), BREACH), breaches="; ".join(named)) if named else (
        words.BASELINE)


def breach_counts(breaches: Mapping[str, float]) -> list[str]:
    """Return breaches with their numbers, those that happen.

    An example is "1 person turned back at sea".
    """
    found = {key: people(count) for key, count in breaches.items() if count >= ONE}
    return [words.BASELINE_BREACH.format(count=count, breach=(words.ONE_BREACH if count in ONLY_ONE else
                                                              words.BREACHES)[key]) for key, count in found.items()]


def _breaches(found: Judgement, about: About) -> list[str]:
    """Return sentences on breaches.

    A breach is added, grows, falls, is in both, or is only seen better.
    """
    told = []
    for word, template in BREACH_SENTENCES.items():
        if named := [breach_words(one, about) for one in found.breaches if _said_as(one) == word]:
            told.append(template.format(count=counted(len(named), BREACH), breaches="; ".join(named)))
    return told + [_children(one) for one in found.breached("seen_better", "seen_less")]


def _said_as(one: BreachReading) -> str:
    """Return the word of a breach; one that falls by less than is printed is not said to fall."""
    looks_alike = people(one.counts.baseline) == people(one.counts.option)
    return "in_both" if one.word == "shrinks" and looks_alike else one.word


def breach_words(one: BreachReading, about: About) -> str:
    """Return a breach with both numbers.

    They are the baseline's and the option's; it says where the breach rises, or in which run.
    """
    template = words.BREACH_RUN if one.side != "default" else words.BREACH_AT if one.place else words.BREACH
    return template.format(breach=words.BREACHES[one.key], before=people(one.counts.baseline),
                           after=people(one.counts.option), side=one.side,
                           place=about.countries.get(one.place, one.place))


def _children(one: BreachReading) -> str:
    """Return that the same children are detained.

    More or fewer of them are known to be children.
    """
    template = words.SEEN_BETTER if one.word == "seen_better" else words.SEEN_LESS
    return template.format(known=people(one.counts.option), all=people(one.detained[1]),
                           known_before=people(one.counts.baseline), all_before=people(one.detained[0]))


def _services(found: Judgement) -> list[str]:
    named = [words.SERVICE.format(service=words.SERVICES[one.service], before=people(one.baseline),
                                  after=people(one.option)) for one in found.serves_fewer]
    return [words.SERVES_FEWER.format(services=listed(named, words.MORE))] if named else []


def _harms(found: Judgement, about: About) -> list[str]:
    """Return lists of harms.

    They are better, worse, unclear, and those that depend on the share due protection.
    """
    better = [harm_words(one) for one in found.named("better")]
    worse = [breach_words(one, about) for one in found.breached("grows_by_throughput")]
    worse += [harm_words(one) for one in found.named("worse")]
    unclear = [doubt_words(one) for one in found.named("unclear")]
    depends = [depends_words(one) for one in found.named("depends")]
    told = []
    if better:
        told.append((words.BETTER_ON_ALL if found.better_on_all else words.BETTER).format(
            harms=listed(better, words.MORE)))
    if worse:
        told.append(words.WORSE.format(harms=listed(worse, words.MORE)))
    if better and worse:
        told.append(words.TRADE_OFF)
    if unclear:
        told.append(words.UNCLEAR.format(harms=listed(unclear, words.MORE)))
    if depends:
        told.append(words.DEPENDS.format(harms=listed(depends, words.MORE)))
    return told or [_nothing(about)]


def _nothing(about: About) -> str:
    """Return that no harm differs, and what does."""
    if about.departures:
        return of_claims(words.NO_HARM_DEPARTURES, about.coming)
    if about.outside is None:
        return words.NO_HARM_NOT_SHORT if about.speeds_up else words.NO_HARM_NOTHING
    return words.NO_HARM_OUTSIDE.format(title=about.outside.title, before=about.outside.before,
                                        after=about.outside.after)


def harm_words(one: HarmReading) -> str:
    """Return a harm that is better or worse.

    It has its size and its share of the baseline.
    """
    size, before = one.reading.size, one.reading.seen.baseline
    slots = {"harm": words.HARMS[one.key], "change": change_words(one.key, size)}
    if before < ONE:
        text = words.HARM_OF_NONE.format(**slots)
    elif abs(size) > MOST_SHARE * before:
        text = words.HARM_OF_LITTLE.format(**slots, before=size_words(one.key, before))
    else:
        text = words.HARM.format(**slots, share=share_words(size, before))
    return words.HARM_STAYED.format(harm=text, people=people_change(-one.stayed)) if one.stayed else text


def doubt_words(one: HarmReading) -> str:
    """Return a harm that is unclear.

    It has the part that moves against what is seen, and in which run.
    """
    text = _doubt(one)
    if one.side == "default":
        return text
    return words.DOUBT_SIDE.format(text=text, share=words.SIDE_SHARES[one.side])


def _doubt(one: HarmReading) -> str:
    found, risk = one.reading, one.reading.seen.risk
    slots = {"harm": words.HARMS[one.key], "seen": change_words(one.key, risk)}
    if found.reason == WITHOUT_OUTCOME:
        return words.DOUBT_OUTCOME.format(**slots, moved=people_change(found.moved))
    template = words.DOUBTS.get(found.reason, words.DOUBT_OTHER)
    return template.format(**slots, moved=change_words(one.key, found.moved))


def depends_words(one: HarmReading) -> str:
    """Return a harm whose sign depends on the need share.

    That is the share due protection; it has its sign in each run.
    """
    sides = [words.SIDE.format(sign=words.SIDE_SIGNS[one.sides[side]], share=words.SIDE_SHARES[side])
             for side in ("low", "default", "high") if side in one.sides and side in SIDES]
    return words.HARM_DEPENDS.format(harm=words.HARMS[one.key], sides=", ".join(sides))


def _people(found: Judgement, about: About) -> list[str]:
    """Return who lived because of the option.

    What moved from country to country follows.
    """
    told = []
    if abs(found.lived) >= ONE:
        template = _lived(found.lived)
        told.append(template.format(people=people_change(found.lived)))
    for one in found.moved:
        told.append(words.MOVED.format(amount=size_words(one.key, one.amount), harm=words.HARMS[one.key],
                                       fell=_titles(one.fell_in, about), rose=_titles(one.rose_in, about)))
    return told


def _lived(lived: float) -> str:
    """Return the template for people who live because of an option.

    Another template serves people who do not live because of it.
    """
    if people(abs(lived)) in ONLY_ONE:
        return words.LIVED_ONE if lived > 0.0 else words.LIVED_FEWER_ONE
    return words.LIVED if lived > 0.0 else words.LIVED_FEWER


def _titles(countries: Sequence[str], about: About) -> str:
    return ", ".join(about.countries.get(name, name) for name in countries)


def draws_sentence(found: DrawShares) -> str:
    """Return how often draws confirm the words.

    Draws are of all uncertain inputs.
    """
    counts = {key: round(share * found.draws) for key, share in found.better.items() if share > 0.0}
    order = sorted(counts, key=lambda key: -counts[key])[:3]
    parts = [words.DRAWN_BETTER.format(harm=words.SHORT[key], count=counts[key]) for key in order]
    if found.any_worse > 0.0:
        most = max(found.worse, key=lambda key: found.worse[key])
        parts.append(words.DRAWN_WORSE.format(count=round(found.any_worse * found.draws), harm=words.SHORT[most]))
    else:
        parts.append(words.DRAWN_NEVER_WORSE)
    if found.adds > 0.0:
        parts.append(words.DRAWN_BREACHED.format(count=round(found.adds * found.draws)))
    return words.DRAWN.format(runs=counted(found.draws, "run"), parts="; ".join(parts))
