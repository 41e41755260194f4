"""Titles of figures: what each shows, with its numbers."""

from collections.abc import Callable, Iterable, Mapping

from mixedmig_model.record.words.charts import templates
from mixedmig_model.record.words.costs import LEAST_MONEY, money
from mixedmig_model.vocabulary.numbers import MINUS, number, people, unit_words

MOST_NAMED = 3
"""Options that a title names; of more it gives the ends."""


def people_title(when: str, state: str, values: Mapping[str, float]) -> str:
    """Return how many people are so in each option.

    ``values`` are persons by the title of the option, the baseline first.
    """
    texts = {title: people(max(value, 0.0)) for title, value in values.items()}
    titles = list(values)
    first = counted_are(max(values[titles[0]], 0.0))
    if len(set(texts.values())) == 1 and len(titles) > 1:
        return templates.PEOPLE_EVERY.format(when=when, count=first, state=state)
    if len(titles) > MOST_NAMED:
        ends = (texts[choose(titles, key=lambda t: values[t])] for choose in (min, max))
        low, high = (next(title for title in titles if texts[title] == text) for text in ends)
        return templates.PEOPLE_RANGE.format(when=when, low=texts[low], low_option=low, high=texts[high],
                                             high_option=high, state=state)
    others = "".join(templates.PEOPLE_OTHER.format(option=title, number=_or_nobody(texts[title]))
                     for title in titles[1:])
    return templates.PEOPLE_ONE.format(when=when, count=first, state=state, option=titles[0], others=others)


def counted_are(value: float) -> str:
    """Return a number of people with its verb.

    Examples are "nobody is", "1 person is" and "2 people are".
    """
    text = people(value)
    if text == "0":
        return templates.NOBODY_IS
    words = unit_words(text, "person")
    return (templates.IS if words.endswith("person") else templates.ARE).format(count=words)


def _or_nobody(text: str) -> str:
    return templates.NOBODY if text == "0" else text


def staff_title(shortages: Mapping[tuple[str, str], tuple[float, float]]) -> str:
    """Return which service is furthest behind.

    ``shortages`` are officers occupied and in post, by service and option.
    """
    worst = max(shortages, key=lambda pair: shortages[pair][0] - shortages[pair][1], default=None)
    if worst is None or shortages[worst][0] <= shortages[worst][1]:
        return templates.STAFF_ENOUGH
    need, have = shortages[worst]
    return templates.STAFF_SHORT.format(function=worst[0], option=worst[1], need=number(need, 2), have=number(have, 2))


def costs_title(totals: Mapping[str, float], currency: str) -> str:
    """Return how much more or less the options cost.

    ``totals`` are by the title of the option, the baseline first.
    """
    baseline, *options = totals
    if len(options) > MOST_NAMED - 1:
        options = [min(options, key=lambda t: totals[t]), max(options, key=lambda t: totals[t])]
    parts = []
    for title in options:
        gap = totals[title] - totals[baseline]
        template = (templates.COSTS_SAME if abs(gap) < LEAST_MONEY else
                    templates.COSTS_MORE if gap > 0 else templates.COSTS_LESS)
        parts.append(template.format(option=title, amount=money(abs(gap), currency), baseline=baseline))
    return templates.JOINED.join(parts)


def cash_title(funding: Mapping[str, tuple[float, float]], currency: str) -> str:
    """Return how much is not funded at the end.

    ``funding`` is required and received, by the title of the option.
    """
    shown = _named(funding, lambda title: funding[title][0] - funding[title][1])
    if all(required - received < LEAST_MONEY for required, received in funding.values()):
        return templates.CASH_FUNDED
    words = {title: (money(max(need - have, 0.0), currency), money(need, currency))
             for title, (need, have) in ((title, funding[title]) for title in shown)}
    first, *rest = words
    others = "".join(templates.CASH_OTHER.format(option=title, gap=words[title][0], required=words[title][1])
                     for title in rest)
    return templates.CASH_GAP.format(gap=words[first][0], required=words[first][1], option=first, others=others)


def plane_title(points: Mapping[str, tuple[float, float]], currency: str) -> str:
    """Return what options buy and cost against the baseline.

    ``points`` are people and money by the title of the option.
    """
    parts = [templates.PLANE_ONE.format(option=title, people=_signed(gain, unit_words(people(abs(gain)), "person")),
                                        amount=_signed(cost, money(abs(cost), currency)))
             for title, (gain, cost) in list(points.items())[:MOST_NAMED - 1]]
    return templates.JOINED.join(parts)


def _signed(value: float, text: str) -> str:
    return text if text.startswith("0") else f"{'+' if value > 0 else MINUS}{text}"


def _named(options: Iterable[str], badness: Callable[[str], float]) -> list[str]:
    """Return options that a title names.

    All are named if they are few, else the baseline, which is the first, and the worst.
    """
    titles = list(options)
    worst = max(titles, key=badness)
    return titles if len(titles) <= MOST_NAMED else list(dict.fromkeys((titles[0], worst)))


def fan_title(key: str, ends: Mapping[str, tuple[str, str]], tops: Mapping[str, float], currency: str) -> str:
    """Return between which numbers the 90 % range of draws lies.

    ``ends`` are in words, by the title of the option, the baseline first; ``tops`` are the upper ends.
    """
    first, *rest = _named(ends, lambda title: tops[title])
    others = "".join(templates.FAN_OTHER.format(option=title, low=ends[title][0], high=ends[title][1])
                     for title in rest)
    low, high = ends[first]
    if key not in templates.FAN_STATES:
        return templates.FAN_COST.format(currency=currency, low=low, high=high, option=first, others=others)
    return templates.FAN_PEOPLE.format(low=low, high=high, option=first, others=others,
                                       state=templates.FAN_STATES[key])


def swings_title(option: str, item: str, ends: tuple[float, float], currency: str) -> str:
    """Return which price moves the cost of an option most.

    ``ends`` are changes of the cost at the ends of the price.
    """
    low, high = (_signed(end, money(abs(end), currency)) for end in ends)
    return templates.SWINGS_TITLE.format(item=item, option=option, low=low, high=high)
