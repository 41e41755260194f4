"""What pages say of draws.

They say what ranges are, what rests on assumptions, and what would change the answer.
"""

import math
from collections.abc import Sequence

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.draws import AnswerRow, DrawsPart, DriversPart
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.ranges import of_ten
from mixedmig_model.study.ensemble.sensitivity import SILENT, EvidenceShares
from mixedmig_model.vocabulary.numbers import counted, percent

RESULTS = {"cost": "the cost of the response"}
PRICE = "price of "


def no_draws(comparison: Comparison) -> str:
    """Return that there are no draws, why, and how to have some."""
    return templates.DRAWS_NONE.format(why=comparison.record.draws)


def draws_note(found: DrawsPart) -> str:
    """Return what the ranges are, and which draws are missing."""
    failed = sum(found.failed.values())
    lost = (templates.DRAWS_LOST_ONE if failed == 1 else templates.DRAWS_LOST).format(runs=counted(failed, "run"))
    part = templates.DRAWS_PART.format(wanted=found.wanted) if found.draws < found.wanted else ""
    return templates.DRAWS_NOTE.format(draws=found.draws, part=part, lost=lost if failed else "")


def index_count(index: EvidenceShares) -> str:
    """Return how many inputs rest on assumptions."""
    return templates.INDEX_COUNT.format(assumed=index.assumed, inputs=index.inputs)


def index_spread(comparison: Comparison, index: EvidenceShares) -> str:
    """Return how much of the spread rests on assumptions.

    It is the spread of results.
    """
    shares = [
        f"{result_title(comparison, key)}: {percent(share)}" for key, share in index.variance.items()
        if not math.isnan(share)
    ]
    return templates.INDEX_SPREAD.format(shares="; ".join(shares)) if shares else templates.INDEX_END


def result_title(comparison: Comparison, key: str) -> str:
    """Return a result in the middle of a sentence."""
    return RESULTS[key] if key in RESULTS else comparison.record.indicator(key).title.lower()


def input_title(comparison: Comparison, name: str) -> str:
    """Return an input's title from its name in the ensemble."""
    if name.startswith(PRICE):
        return name.replace("_", " ")
    parameter, _, label = name.partition("[")
    titles = {row.name: row.title for row in comparison.record.parameters}
    if name in titles:
        return titles[name]
    title = titles.get(parameter, parameter)
    return f"{title} ({label.rstrip(']').replace('_', ' ')})" if label else title


def answer_sentences(comparison: Comparison, found: DrawsPart, names: list[str]) -> list[str]:
    """Return how often each option does better.

    It says what decides it, and which options are not compared.

    Parameters
    ----------
    comparison : Comparison
        The finished comparison.
    found : DrawsPart
        What the draws say.
    names : list[str]
        Options that are shown.

    Returns
    -------
    list[str]
        The sentences.
    """
    shown = [row for row in found.changes if row.option in names]
    sentences = [answer_words(comparison, found, row) for row in shown if row.inputs]
    undecided = {name: [row for row in shown if row.option == name and not row.inputs] for name in names}
    sentences += [_undecided(comparison, found, name, rows) for name, rows in undecided.items() if rows]
    silent = {
        name: next((pair.reason for pairs in found.beats.values() if (pair := pairs.get(name)) and pair.reason in
                    SILENT), "")
        for name in names if name != found.baseline
    }
    return sentences + [
        templates.ANSWER_NONE.format(option=comparison.title(name), reason=reason)
        for name, reason in silent.items() if reason
    ]


def answer_words(comparison: Comparison, found: DrawsPart, row: AnswerRow) -> str:
    """Return how often an option does better on one result.

    It also says which inputs decide it.
    """
    inputs = [
        templates.ANSWER_INPUT.format(input=input_title(comparison, one.name), low=of_ten(one.low),
                                      high=of_ten(one.high))
        for one in row.inputs
    ]
    return templates.ANSWER_DECIDED.format(
        option=comparison.title(row.option), baseline=comparison.title(found.baseline),
        result=result_title(comparison, row.result), share=of_ten(row.share), harmed=of_ten(row.harmed),
        inputs="; ".join(inputs),
    )


def _undecided(comparison: Comparison, found: DrawsPart, name: str, rows: Sequence[AnswerRow]) -> str:
    """Return what no input decides, in one sentence for an option."""
    results = "; ".join(templates.ANSWER_PART.format(result=result_title(comparison, row.result),
                                                     share=of_ten(row.share)) for row in rows)
    return templates.ANSWER_UNDECIDED.format(option=comparison.title(name), baseline=comparison.title(found.baseline),
                                             results=results)


def drivers_title(comparison: Comparison, key: str, moved: DriversPart) -> str:
    """Return a result, and how far its shares can be trusted.

    They are shares of its spread.
    """
    return f"{result_title(comparison, key).capitalize()} ({_trust(moved)})"


def _trust(moved: DriversPart) -> str:
    if not moved.found:
        return templates.DRIVERS_NONE
    template = templates.DRIVERS_TRUSTED if moved.trusted else templates.DRIVERS_WEAK
    return template.format(share=percent(max(moved.explained, 0.0)))
