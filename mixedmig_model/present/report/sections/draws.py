"""Sections of a report from an ensemble.

They are ranges over all uncertain inputs, fans over time, and what changes the answer. Breaches and harms come first.
No number has more digits than its range supports. An option with a breach, or under which other people depart, is never
said to do better.
"""

from typing import Any

from mixedmig_model.present.figures.fans import known
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.draws import DrawsPart
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.draws import (
    answer_sentences,
    draws_note,
    drivers_title,
    index_count,
    index_spread,
    input_title,
    no_draws,
)
from mixedmig_model.record.words.pages.inputs import ASSUMED
from mixedmig_model.record.words.ranges import range_text
from mixedmig_model.vocabulary.numbers import DASH, percent
from mixedmig_model.vocabulary.titles import KIND_TITLES

COST = "cost"
KINDS = ("breach", "harm", "headline")


def ensemble_of(comparison: Comparison) -> DrawsPart | None:
    """Return what the report's ensemble says.

    It is None where there is none.
    """
    return comparison.record.ensemble


def ranges_table(comparison: Comparison) -> Html:
    """Return every breach, harm and headline, and the cost.

    Half of the draws lie below; brackets hold the 90 % range.
    """
    found, names = ensemble_of(comparison), known(comparison)
    if found is None:
        return tag("p", no_draws(comparison), class_="note")
    head = ["", *(comparison.title(name) for name in names)]
    rows: list[list[Any]] = []
    classes: list[str] = []
    keys: list[str] = []
    for kind in KINDS:
        rows.append([KIND_TITLES[kind]])
        classes.append("")
        keys.append("")
        for indicator in comparison.record.shown_indicators:
            if indicator.kind == kind:
                ranges = found.ranges[indicator.key]
                cell = join([indicator.title, tag("span", f" {indicator.unit}", class_="unit")])
                rows.append([cell, *(range_text(ranges[name], indicator.unit) for name in names)])
                classes.append(kind)
                keys.append(indicator.key)
    if COST in found.ranges:
        rows.append([tag("strong", "Cost of the response, prices drawn too")])
        rows.append(["Cash, prices of the base year",
                     *(range_text(found.ranges[COST][name], "", found.currency) for name in names)])
    whole = table(head, rows, row_classes=classes, numeric=range(1, len(head)), row_keys=keys)
    return join([whole, tag("p", draws_note(found), class_="note")])


def evidence_text(comparison: Comparison) -> Html:
    """Return the evidence index (I-32).

    It is what rests on assumptions, of the inputs, and of the spread of results.
    """
    found = ensemble_of(comparison)
    if found is None:
        return Html("")
    count, spread = index_count(found.evidence), index_spread(comparison, found.evidence)
    return tag("p", join([tag("strong", count), spread]), class_="note")


def answers(comparison: Comparison) -> Html:
    """Return what would change the answer, in words.

    It says how often an option does better, and which inputs decide it.
    """
    found, names = ensemble_of(comparison), known(comparison)
    if found is None:
        return Html("")
    sentences = answer_sentences(comparison, found, names)
    return bullets(sentences) if sentences else paragraphs(templates.OPTIONS_NONE)


def drivers_table(comparison: Comparison) -> Html:
    """Return which inputs spread the results of the baseline.

    They are shares of the variance with their intervals.
    """
    found = ensemble_of(comparison)
    if found is None:
        return Html("")
    rows: list[list[Any]] = []
    for key, moved in found.drivers.items():
        rows.append([drivers_title(comparison, key, moved)])
        for one in moved.found[:5]:
            share = f"{percent(one.total)} ({percent(one.low)}{DASH}{percent(one.high)})"
            direction = "raises it" if one.correlation > 0 else "lowers it"
            rows.append([input_title(comparison, one.name), direction, share if moved.trusted else "not known",
                         ASSUMED if one.assumed else "sourced"])
    found_table = table(["input", "a higher value", "share of the uncertainty", "quality"], rows, numeric=(2,))
    return join([found_table, tag("p", templates.ASSUMED_NOTE, class_="note")])
