"""Words of the panel for a run next to the case.

They come from the same functions as a report's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.schema import LeverUse, moment_day
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.record.changes import change_row, dates_words
from mixedmig_model.record.schema.judged import JudgedBreach, JudgementPart
from mixedmig_model.record.schema.panel import ChangePart, PanelRow, PanelWords, StripPart
from mixedmig_model.record.verdicts import baseline_part, judged_option, largest_outside, speeds_up
from mixedmig_model.record.words.costs import MoneyRow
from mixedmig_model.record.words.judged import templates as judged
from mixedmig_model.record.words.judged.amounts import ONE
from mixedmig_model.record.words.judged.sentence import About
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.results.indicators.exposure import JudgedCounts
from mixedmig_model.results.indicators.facts import Facts, Indicator
from mixedmig_model.results.indicators.judgement import HARM_OF
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES
from mixedmig_model.study.responses import judged_run, made_breaches
from mixedmig_model.vocabulary.numbers import people, percent, unit_word
from mixedmig_model.vocabulary.routes import left_out, on_route
from mixedmig_model.vocabulary.rows import Row

SHOWN = BREACHES + HARMS + HEADLINES
COST = "cost"
RowKind = Literal["breach", "harm", "headline", "cost"]
KINDS: Mapping[str, RowKind] = {"breach": "breach", "harm": "harm", "headline": "headline"}


@dataclass(frozen=True)
class PanelRun:
    """One run: its numbers by key, and its judged counts.

    ``held`` has the numbers of the run by which it is judged, in which the baseline's people depart.
    """

    run: RunInputs
    table: Mapping[str, float]
    judged: JudgedCounts
    held: Mapping[str, float]


def numbers_of(facts: Facts) -> dict[str, float]:
    """Return breaches, harms and headlines of a run by key."""
    return {one.key: float(one.compute(facts)) for one in SHOWN}


def shown_indicators(inputs: CaseInputs) -> tuple[Indicator, ...]:
    """Return the indicators of the table.

    Those of events at sea are shown only on that route, those of a journey only where people make one.
    """
    return tuple(one for one in SHOWN if one.key not in left_out(inputs.case.coming))


def panel_rows(inputs: CaseInputs, base: PanelRun, cost: float | None) -> tuple[PanelRow, ...]:
    """Return the rows of the table with the baseline's numbers.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    base : PanelRun
        The baseline.
    cost : float or None
        Its total cost; None if there is no cost book.

    Returns
    -------
    tuple of PanelRow
        The rows.
    """
    coming = inputs.case.coming
    rows = [
        PanelRow(key=one.key, title=on_route(one.title, coming), unit=one.unit, unit_words=unit_word("2", one.unit),
                 kind=KINDS[one.kind], better=one.better, description=on_route(one.description, coming),
                 basis=one.basis,
                 case=Row(one.unit, base.table[one.key]).value(base.table[one.key]))
        for one in shown_indicators(inputs)
    ]
    book = inputs.workspace.costs
    if cost is not None and book is not None:
        unit = words.COST_UNIT.format(currency=book.money.base_currency, year=book.money.base_year)
        rows.append(PanelRow(key=COST, title=words.COST_TITLE, unit=book.money.base_currency, unit_words=unit,
                             kind="cost", better="lower", description=words.COST_DESCRIPTION, basis="",
                             case=cost_words(inputs, cost, cost)[0]))
    return tuple(rows)


def cost_words(inputs: CaseInputs, cost: float, base: float) -> tuple[str, str, str]:
    """Return the cost of a run as its row prints it.

    The words are the amount and the difference.
    """
    book = inputs.workspace.costs
    row = MoneyRow(base, book.money.base_currency if book else "", (cost, base))
    return row.value(cost), "" if cost == base else row.difference(cost), ""


def judgement(inputs: CaseInputs, option: PanelRun, base: PanelRun) -> JudgementPart:
    """Judge a run next to the case, by the rule of reports."""
    if option.run.digest == base.run.digest:
        return baseline_part(base.judged)
    titles = {key: country.title for key, country in inputs.case.countries.items()}
    about = About(titles, largest_outside(option.held, base.held, inputs.case.coming),
                  judged_run(option.run, base.run) is not option.run, speeds_up(option.run, base.run),
                  inputs.case.coming)
    return judged_option({"default": option.judged}, {"default": base.judged},
                         made_breaches(option.run, base.run), about)


def panel_words(inputs: CaseInputs, name: str, option: PanelRun, base: PanelRun, *, exact: bool) -> PanelWords:
    """Return all words of a run next to the case.

    Parameters
    ----------
    inputs : CaseInputs
        The case with the scenario.
    name : str
        The scenario that the run is of.
    option : PanelRun
        The run.
    base : PanelRun
        The baseline.
    exact : bool
        Whether it was solved on the reference path.

    Returns
    -------
    PanelWords
        The words.
    """
    found = judgement(inputs, option, base)
    rows = [_row(one, option, base, found) for one in shown_indicators(inputs)]
    if inputs.costs is not None:
        rows.append((words.COST_LATER, "", ""))
    return PanelWords(
        strip=_strip(option, found), sentence=found.sentence, ranked=found.ranked,
        better_on_all=found.better_on_all, rows=tuple(rows), warnings=tuple(
            words.SERVES_FEWER.format(service=judged.SERVICES[one.service], before=people(one.baseline),
                                      after=people(one.option)) for one in found.serves_fewer),
        state=words.EXACT if exact else words.WITHIN,
        cautions=tuple(words.CAUTION.format(text=one.text, found=one.found, advice=one.advice)
                       for one in option.run.cautions),
        changes=tuple(change_parts(inputs, name, base.run)),
    )


def _row(one: Indicator, option: PanelRun, base: PanelRun, found: JudgementPart) -> tuple[str, str, str]:
    """Return value, difference and word of a row."""
    value, row = option.table[one.key], Row(one.unit, base.table[one.key])
    judged_as = found.harm(one.key) or found.breach(one.key)
    if judged_as:
        return row.value(value), judged_as.text, judged_as.word
    return row.value(value), row.difference(value), ""


def _strip(option: PanelRun, found: JudgementPart) -> tuple[StripPart, ...]:
    """Return the strip: breaches added, breaches left, and harms.

    The harms are those that move most.
    """
    added = [one for one in found.breaches if one.word == "adds"]
    grown = [one for one in found.breaches if one.word in ("grows", "grows_by_throughput")]
    left = [judged.BASELINE_BREACH.format(count=people(count), breach=judged.BREACHES[key])
            for key, count in option.judged.breaches.items()
            if count >= ONE and key not in {one.key for one in (*added, *grown)}]
    harms = _harms(found)
    worse = any(one.word == "worse" for one in found.harms)
    return (
        StripPart(key="adds", alarm=bool(added or grown), text=_added(added, grown)),
        StripPart(key="leaves", alarm=bool(left), text=words.LEAVES.format(
            breaches=_some(left, words.MOST_BREACHES)) if left else words.LEAVES_NONE),
        StripPart(key="harms", alarm=worse, text=words.HARMS.format(harms=harms) if harms else words.HARMS_CASE),
    )


def _added(added: Sequence[JudgedBreach], grown: Sequence[JudgedBreach]) -> str:
    """Return breaches that are added, and those that grow."""
    first = words.ADDS.format(breaches=_breaches(added)) if added else words.ADDS_NONE
    return words.ADDS_GROWS.format(adds=first, breaches=_breaches(grown)) if grown else first


def _breaches(found: Sequence[JudgedBreach]) -> str:
    return _some([judged.BREACH.format(breach=judged.BREACHES[one.key], before=people(one.baseline),
                                       after=people(one.option)) for one in found], words.MOST_BREACHES)


def _harms(found: JudgementPart) -> str:
    """Return the harms that are worse, then those that are better.

    The largest comes first.
    """
    moved = sorted((one for one in found.harms if one.word in ("worse", "better", "unclear", "depends")),
                   key=lambda one: (("worse", "unclear", "depends", "better").index(one.word), -one.weight))
    parts = [words.HARM.format(harm=judged.HARMS[HARM_OF[one.key]], text=one.text) for one in moved]
    return _some(parts, words.MOST_HARMS)


def _some(texts: Sequence[str], most: int) -> str:
    """Return the first of some texts, and how many more there are."""
    shown = "; ".join(texts[:most])
    return words.MORE.format(first=shown, count=len(texts) - most) if len(texts) > most else shown


def change_parts(inputs: CaseInputs, name: str, base: RunInputs) -> list[ChangePart]:
    """Return everything that a scenario sets, in words."""
    scenario = inputs.scenario(name)
    rows = [change_row(inputs, base, change) for change in scenario.changes]
    made = [ChangePart(name=row.parameter, title=row.title, what=row.operation, where=row.where, when=row.when,
                       panel=row.reason == words.REASON) for row in rows]
    return [*(_use(inputs, use) for use in scenario.levers), *made]


def _use(inputs: CaseInputs, use: LeverUse) -> ChangePart:
    known = inputs.workspace.levers[use.lever].title if use.lever else (
        inputs.workspace.presets[use.preset].title if use.preset else "")
    titles = inputs.case.countries
    start = moment_day(use.start, inputs.case.start) if use.start is not None else inputs.case.start
    until = moment_day(use.until, inputs.case.start) if use.until is not None else None
    return ChangePart(
        name=use.lever or use.preset or "", title=known,
        what=words.WHOLE if use.intensity == 1.0 else words.AT_INTENSITY.format(share=percent(use.intensity)),
        where=", ".join(titles[one].title for one in use.countries) if use.countries else words.ALL_COUNTRIES,
        when=dates_words(start, until))


