"""What the first page says.

It has the answer in at most five sentences, and the words of its rows.
"""

from collections.abc import Mapping, Sequence

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.rows import cost_row, front_row
from mixedmig_model.record.schema.costs import BreakEvenRow, CostTable
from mixedmig_model.record.schema.judged import JudgementPart
from mixedmig_model.record.schema.summary import TeamsPart
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.record.words.front_page.harms import (
    BETTER,
    WORSE,
    and_words,
    by_weight,
    findings,
    grown_clauses,
)
from mixedmig_model.record.words.judged import templates as judged
from mixedmig_model.record.words.judged.amounts import ONE
from mixedmig_model.record.words.pages.costs import gap_words
from mixedmig_model.record.words.pages.posts import whole_officers
from mixedmig_model.results.indicators.judgement import HARM_OF
from mixedmig_model.results.services import ON_TIME
from mixedmig_model.vocabulary.numbers import number, people, per_unit, percent
from mixedmig_model.vocabulary.rows import SAME
from mixedmig_model.vocabulary.titles import PAYER_WORDS

MOST_HARMS, MOST_DOUBTS, MOST_PAYERS, MOST_SENTENCES = 2, 1, 2, 5


# ---- the answer -----------------------------------------------------------------------------------------------------


def answer(comparison: Comparison, options: Sequence[str]) -> tuple[str, ...]:
    """Return the answer to the question of a case.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison.
    options : Sequence[str]
        Options of the page, the baseline first.

    Returns
    -------
    tuple[str, ...]
        The sentences.
    """
    said = [*_harm_sentences(comparison, options[1:])]
    lead = _lead(comparison, options)
    said += _money_sentences(comparison, lead)
    if lead != options[0]:
        said += _sure(comparison, lead)
    return tuple(said[:MOST_SENTENCES])


def _lead(comparison: Comparison, options: Sequence[str]) -> str:
    """Return the option whose cost is shown.

    It is the first that is better on all, else the first that may be compared.
    """
    found = {name: comparison.record.option(name).judgement for name in options[1:]}
    better = [name for name, one in found.items() if one.better_on_all]
    ranked = [name for name, one in found.items() if one.ranked]
    return next(iter([*better, *ranked]), options[0])


def _harm_sentences(comparison: Comparison, names: Sequence[str]) -> list[str]:
    """Return what is better and worse, a sentence an option.

    Options better on all share one, and those without change share one.
    """
    if not names:
        return [front.BASELINE_ALONE]
    found = {name: _as_shown(comparison, name) for name in names}
    best = [name for name in names if found[name].better_on_all]
    same = [name for name in names if _is_same(found[name])]
    ordered = sorted((name for name in names if name not in (*best, *same)), key=lambda name: not found[name].ranked)
    said = [_best_sentence([comparison.title(name) for name in best], found[best[0]])] if best else []
    said += [_harm_sentence(comparison.title(name), found[name]) for name in ordered]
    if same:
        template = front.SAME if len(same) == 1 else front.SAME_MANY
        said.append(template.format(options=and_words([comparison.title(name) for name in same])))
    return said


def _as_shown(comparison: Comparison, name: str) -> JudgementPart:
    """Return what may be said of an option, in the numbers of the table.

    Which harms are better or worse is judged. How much is the difference of the numbers shown, so that a sentence and
    the row below it agree. The sentence of the judgement has the least change instead (``results/indicators/bounds``).
    """
    found, base = comparison.record.option(name).judgement, comparison.names[0]
    harms = []
    for one in found.harms:
        indicator = comparison.record.indicator(one.key)
        row, scale = front_row(indicator, base)
        gap = row.shown_difference(indicator.values[name].value / scale) * scale
        harms.append(one.model_copy(update={"size": gap}) if gap * one.size > 0.0 else one)
    return found.model_copy(update={"harms": tuple(harms)})


def _best_sentence(titles: Sequence[str], found: JudgementPart) -> str:
    """Return the options that are better on every harm.

    Only harms that differ count; ``found`` is what may be said of the first.
    """
    template = front.BETTER_TOO if len(titles) == 2 else front.BETTER_TOO_MANY
    rest = template.format(options=and_words(titles[1:])) if titles[1:] else ""
    return front.BETTER_ON_ALL.format(option=titles[0], harms=and_words(findings(found.harms, BETTER, MOST_HARMS)),
                                      rest=rest)


def _is_same(found: JudgementPart) -> bool:
    """Return whether no harm differs, and no breach grows.

    Nothing else can then be said of the option.
    """
    return found.ranked and not found.any_worse and all(one.word in ("none", "within") for one in found.harms)


def _harm_sentence(title: str, found: JudgementPart) -> str:
    """Return what may be said of one option.

    A breach that grows by throughput is the first thing that is worse.
    """
    if not found.ranked:
        return front.NOT_RANKED.format(option=title, breaches=_grown(found, "adds", "grows"))
    better = and_words(findings(found.harms, BETTER, MOST_HARMS))
    worse = and_words([*grown_clauses(found.breaches), *findings(found.harms, WORSE, MOST_HARMS)])
    doubt = _doubts(found)
    rest = front.UNCLEAR.format(doubt=doubt) if doubt else ""
    template = (front.TRADE if worse else front.BETTER) if better else front.WORSE if worse else front.DOUBT
    return template.format(option=title, better=better, worse=worse, rest=rest)


def _grown(found: JudgementPart, *words: str) -> str:
    """Return breaches with some words.

    Each has the option's count.
    """
    return "; ".join(front.BREACH.format(breach=judged.BREACHES[one.key], count=people(one.option))
                     for one in found.breaches if one.word in words)


def _doubts(found: JudgementPart) -> str:
    """Return the largest harms on which the effect of an option is unclear, and how many more there are."""
    chosen = by_weight(found.harms, "unclear", "depends")
    texts = [judged.HARMS[HARM_OF[one.key]] for one in chosen[:MOST_DOUBTS]]
    if len(chosen) > MOST_DOUBTS:
        texts.append(front.OTHERS.format(count=len(chosen) - MOST_DOUBTS))
    return and_words(texts)


def _money_sentences(comparison: Comparison, name: str) -> list[str]:
    """Return what an option costs.

    It says who pays, and what would reverse the difference.
    """
    tables, base = costs_of(comparison), comparison.names[0]
    if not tables:
        return [front.NO_COSTS]
    payers = _payers(tables[name])
    row, title = cost_row(comparison), comparison.title(name)
    if name == base:
        return [front.COSTS.format(option=title, amount=row.value(tables[name].total), payers=and_words(payers))]
    change = row.difference(tables[name].total)
    template = front.COSTS_SAME if change == SAME else front.COSTS_MORE if change.startswith("+") else (
        front.COSTS_LESS)
    said = template.format(option=title, amount=row.size_of_difference(tables[name].total),
                           baseline=comparison.title(base), payers=and_words(payers))
    return [said, *([] if change == SAME else [_reversal(comparison, name)])]


def _reversal(comparison: Comparison, name: str) -> str:
    """Return the price that would reverse a difference in cost.

    It is the one nearest to what is planned.
    """
    one = nearest_reversal(comparison, name)
    if one is None:
        return front.NOT_REVERSED
    currency = costs_of(comparison)[name].currency
    return front.REVERSED.format(item=one.title, at=money(one.at, currency), price=money(one.price, currency),
                                 per=per_unit(one.per))


def nearest_reversal(comparison: Comparison, name: str) -> BreakEvenRow | None:
    """Return the price that would reverse a difference in cost.

    It is the one nearest to what is planned; None where no price does.
    """
    rows = [one for one in comparison.record.price_break_evens if one.scenario == name and one.price > 0.0]
    return min(rows, key=_distance) if rows else None


def _distance(one: BreakEvenRow) -> float:
    return abs(one.at - one.price) / one.price


def _sure(comparison: Comparison, name: str) -> list[str]:
    """Return in how many draws an option is better.

    The harm is the largest that it is said to be better on, few as the draws may be.
    """
    ensemble = comparison.record.ensemble
    shares = ensemble.judged.get(name) if ensemble and ensemble.baseline == comparison.names[0] else None
    better = [one for one in comparison.record.option(name).judgement.harms if one.word == "better"]
    if not shares or not better:
        return []
    key = max(better, key=lambda one: one.weight).key
    return [front.SURE.format(option=comparison.title(name), harm=judged.HARMS[HARM_OF[key]],
                              count=round(shares.better.get(key, 0.0) * shares.draws), draws=shares.draws)]


def fewer_lines(comparison: Comparison, options: Sequence[str]) -> tuple[str, ...]:
    """Return options by which a service sees far fewer people.

    It sees less than half of the baseline's: a line each, above the answer.
    """
    return tuple(
        front.FEWER.format(option=comparison.title(name), services="; ".join(
            judged.SERVICE.format(service=judged.SERVICES[one.service], before=people(one.baseline),
                                  after=people(one.option)) for one in found.serves_fewer))
        for name in options if (found := comparison.record.option(name).judgement).serves_fewer
    )


# ---- breaches and rows ----------------------------------------------------------------------------------------------


def breach_line(title: str, counts: dict[str, float]) -> str:
    """Return the breaches of one option.

    Parameters
    ----------
    title : str
        Title of the option.
    counts : dict[str, float]
        Persons by key of a breach, only those that happen.

    Returns
    -------
    str
        The line.
    """
    named = [front.BREACH.format(breach=judged.BREACHES[key], count=people(count)) for key, count in counts.items()]
    return front.BREACHES.format(option=title, breaches="; ".join(named))


def judged_note(change: str, word: str) -> str:
    """Return the second line of a harm.

    It has the difference of the numbers shown, and what may be said of it.
    """
    return front.JUDGED["none" if change == SAME and word == "within" else word].format(change=change)


def wait_note(change: str, longer: float, fewer: float) -> str:
    """Return the second line of a wait for a decision.

    The median is that of people who got a decision. Where a queue is cleared, those who waited long are among them: it
    grows while fewer people wait, and the line then says so.

    Parameters
    ----------
    change : str
        The difference of the median, as shown.
    longer : float
        The same difference, in the row's unit of time; above zero where people wait longer.
    fewer : float
        How many fewer persons await a decision at the end; below zero where there are more.

    Returns
    -------
    str
        The line.
    """
    if longer > 0.0 and fewer >= ONE and change != SAME:
        return front.LONGER_WAIT.format(change=change, fewer=people(fewer))
    return change


def team_note(teams: TeamsPart, have: float) -> str:
    """Return how many officers of each kind are needed.

    It also has for which service none is found, and how many posts there are at the start.
    """
    return "; ".join([team_parts(teams), front.TEAM_HAVE.format(have=number(have))])


def team_parts(teams: TeamsPart) -> str:
    """Return how many officers of each kind are needed.

    It also has for which service none is found.
    """
    late = _late(teams)
    parts = ", ".join(front.TEAM_PART.format(function=front.TEAM_TITLES[name], officers=f"{_sum(sizes):,}")
                      for name, sizes in teams.teams.items() if name not in late)
    none = [front.TEAM_LATE.format(function=front.TEAM_TITLES[name], share=percent(share))
            for name, share in late.items()]
    return "; ".join([*([parts] if parts else []), *none])


def team_size(teams: TeamsPart) -> str:
    """Return all officers of the smallest teams.

    It is the sum of the numbers that are printed; none where a service has none.
    """
    return front.TEAM_NONE if _late(teams) else f"{sum(_sum(sizes) for sizes in teams.teams.values()):,}"


def _late(teams: TeamsPart) -> dict[str, float]:
    """Return services that come late with any team in some country, and the least share in time."""
    least = {name: min((one for one in shares.values() if one == one), default=1.0)
             for name, shares in teams.on_time.items()}
    return {name: share for name, share in least.items() if share < ON_TIME}


def _sum(sizes: Mapping[str, float]) -> int:
    """Return whole officers of all countries."""
    return sum(whole_officers(size) for size in sizes.values())


def cost_note(table: CostTable, ends: str, change: str) -> str:
    """Return who pays and what is not covered.

    Of an option its difference to the baseline comes first.

    Parameters
    ----------
    table : CostTable
        Costs of the option.
    ends : str
        Its range.
    change : str
        Its difference to the baseline.

    Returns
    -------
    str
        The note.
    """
    note = front.COST_NOTE.format(ends=ends, payers=", ".join(payer_shares(table)), gap=gap_words(table))
    return front.COST_CHANGE.format(change=change, note=note) if change else note


def cost_unit(table: CostTable) -> str:
    """Return the year of the prices, in words."""
    return front.COST_UNIT.format(year=table.year)


def payer_shares(table: CostTable) -> list[str]:
    """Return those who pay most, and their shares."""
    return [front.PAID.format(payer=name, share=share) for name, share in _paid(table)]


def _payers(table: CostTable) -> list[str]:
    """Return those who pay most, with shares, in words."""
    return [front.PAYER.format(payer=name, share=share) for name, share in _paid(table)]


def _paid(table: CostTable) -> list[tuple[str, str]]:
    """Return those who pay most, and their shares in percent."""
    shares = sorted(((cost / table.total, name) for name, cost in table.by_payer.items() if cost > 0.0), reverse=True)
    return [(PAYER_WORDS[name], percent(share)) for share, name in shares[:MOST_PAYERS]]
