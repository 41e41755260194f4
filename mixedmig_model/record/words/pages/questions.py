"""Five questions that an official asks.

They stand on the second page with the answers of each option.
"""

from collections.abc import Mapping, Sequence

from mixedmig_model.record.drawn import judged_draws
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.rows import cost_row, indicator_row
from mixedmig_model.record.schema.draws import AnswerRow
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import money
from mixedmig_model.record.words.front_page.answer import nearest_reversal, payer_shares, team_parts
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.costs import gap_words, over_sentences
from mixedmig_model.record.words.pages.draws import answer_words
from mixedmig_model.vocabulary.numbers import unit_words
from mixedmig_model.vocabulary.rows import SAME

MOST_INPUTS = 2


def questions(comparison: Comparison) -> list[tuple[str, list[str]]]:
    """Return each question with its answers."""
    return [
        (said.ASK_OFFICERS, _officers(comparison)), (said.ASK_PAYERS, _payers(comparison)),
        (said.ASK_REVERSED, _reversed(comparison)), (said.ASK_CHILDREN, _children(comparison)),
        (said.ASK_SURE, _sure(comparison)),
    ]


def _grouped(comparison: Comparison, answers: Mapping[str, str]) -> list[str]:
    """Return a line for each answer, with all options that have it.

    ``answers`` are by option.
    """
    same: dict[str, list[str]] = {}
    for name, answer in answers.items():
        same.setdefault(answer, []).append(comparison.title(name))
    if len(same) == 1 and len(answers) > 1:
        return [said.ASK_ALL_OPTIONS.format(answer=answer) for answer in same]
    return [said.ASK_LINE.format(options="; ".join(titles), answer=answer) for answer, titles in same.items()]


def _officers(comparison: Comparison) -> list[str]:
    """Return the smallest teams of each option."""
    teams = comparison.record.teams
    answers = {name: team_parts(teams[name]) if name in teams else said.ASK_NEED_UNKNOWN for name in comparison.names}
    return [*_grouped(comparison, answers), said.ASK_NEED_NOTE]


def _payers(comparison: Comparison) -> list[str]:
    """Return who pays most of each option, the gap, and ceilings that are exceeded."""
    tables = costs_of(comparison)
    if not tables:
        return [said.ASK_NO_COSTS]
    paid = _grouped(comparison, {
        name: said.ASK_PAID.format(payers=", ".join(payer_shares(tables[name])), gap=gap_words(tables[name]))
        for name in comparison.names})
    return [*paid, *over_sentences(comparison)]


def _reversed(comparison: Comparison) -> list[str]:
    """Return the price that reverses each difference in cost, and the inputs that decide."""
    base, options = comparison.title(comparison.names[0]), comparison.names[1:]
    if not options:
        return [said.ASK_ALONE]
    answers = {}
    for name in _dearer_or_cheaper(comparison, options):
        one = nearest_reversal(comparison, name)
        currency = costs_of(comparison)[name].currency
        answers[name] = said.ASK_NO_PRICE.format(baseline=base) if one is None else said.ASK_PRICE.format(
            baseline=base, item=one.title, at=money(one.at, currency), price=money(one.price, currency))
    return [*_grouped(comparison, answers), *_inputs(comparison, options)]


def _dearer_or_cheaper(comparison: Comparison, options: Sequence[str]) -> list[str]:
    """Return options whose cost differs from the baseline's."""
    tables = costs_of(comparison)
    return [name for name in options if tables and cost_row(comparison).difference(tables[name].total) != SAME]


def _inputs(comparison: Comparison, options: Sequence[str]) -> list[str]:
    """Return uncertain inputs that decide how an option compares, those with the widest effect first."""
    found = comparison.record.ensemble
    if found is None:
        return [said.ASK_NO_DRAWS]
    rows = sorted((row for row in found.changes if row.option in options and row.inputs), key=_reach, reverse=True)
    return [answer_words(comparison, found, row) for row in rows[:MOST_INPUTS]] or [said.ASK_NO_INPUT]


def _reach(row: AnswerRow) -> float:
    """Return how far an input moves the share of draws in which an option does better."""
    return max(abs(one.high - one.low) for one in row.inputs)


def _children(comparison: Comparison) -> list[str]:
    """Return children detained in each option, at the digits of the tables."""
    answers = {}
    for name in comparison.names:
        parts = []
        for key, template in said.ASK_CHILD_PARTS.items():
            one = comparison.record.indicator(key)
            value = indicator_row(comparison, one).value(one.values[name].value)
            parts.append(template.format(count=unit_words(value, one.unit)))
        answers[name] = "; ".join(parts)
    return _grouped(comparison, answers)


def _sure(comparison: Comparison) -> list[str]:
    """Return the grade of evidence, and what draws say."""
    record, lines = comparison.record, []
    if record.first_page:
        lines.append(said.ASK_GRADE.format(letter=record.first_page.grade.letter))
    for name in comparison.names[1:]:
        drawn = judged_draws(comparison, name)
        if drawn:
            lines.append(said.ASK_DRAWN.format(option=comparison.title(name), sentence=drawn.sentence))
    if record.ensemble is None:
        lines.append(templates.DRAWS_NONE.format(why=record.draws))
    return lines
