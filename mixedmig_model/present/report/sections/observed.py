"""Observed series next to the model, as HTML.

The ledger of the data follows them.
"""

from collections.abc import Sequence

from mixedmig_model.present.html.builders import Html, join, link, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.inputs import PublishedRow
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.observed import (
    balance_when,
    figure_words,
    fits_words,
    moved_words,
    place_words,
    rest_words,
    seen_words,
    series_words,
    signed_words,
    stands,
    when_observed,
)
from mixedmig_model.vocabulary.routes import on_route

MOST = 12
"""Observations that the report shows; the annex has all."""
HEAD = ("series", "when", "use", "observed", "this model", "the model is", "reliability", "source and note")
BALANCE_HEAD = ("stock", "between", "before", "after", "change", "came", "went", "unexplained")


def observed_section(comparison: Comparison, whole: bool = False) -> Html:
    """Return observed series and the ledger of the data.

    Parameters
    ----------
    comparison : Comparison
        A finished comparison.
    whole : bool, default False
        Show everything; if False, only the misses of a long table, whose rest is in the annex.

    Returns
    -------
    Html
        The section; empty where the case has no observations.
    """
    rows = observations(comparison)
    if not rows:
        return join([])
    shown = rows if whole or len(rows) <= MOST else [one for one in rows if one.missed][:MOST]
    all_of_them = len(shown) == len(rows)
    return join([
        tag("h3", templates.OBSERVED_TITLE), *([_observed_table(comparison, shown)] if shown else []),
        tag("p", templates.OBSERVED_NOTE if all_of_them else rest_words(len(rows)), class_="note"),
        *([_balance_table(comparison)] if all_of_them and comparison.record.balances else []),
    ])


def observed_in_annex(comparison: Comparison) -> Html:
    """Return all observed series where the report leaves some out."""
    return observed_section(comparison, whole=True) if len(observations(comparison)) > MOST else join([])


def observations(comparison: Comparison) -> list[PublishedRow]:
    """Return the rows of tables of observations."""
    return [one for one in comparison.record.published if one.table == "observations"]


def _observed_table(comparison: Comparison, rows: Sequence[PublishedRow]) -> Html:
    """Return observations next to the model: a row each."""
    lines = [
        [
            _series(comparison, one.title, one.country, one.group), when_observed(one.start, one.end, one.time),
            one.kind, seen_words(one), figure_words(one.ours, one.unit), stands(one), one.reliability,
            join([link(one.source_title, one.address), f". {one.note}" if one.note else "", fits_words(one)]),
        ]
        for one in rows
    ]
    return table(list(HEAD), lines, row_classes=["miss" if one.missed else "" for one in rows], numeric=(3, 4))


def _balance_table(comparison: Comparison) -> Html:
    """Return the ledger of the data."""
    lines = [
        [
            _series(comparison, one.title, one.country, one.group), balance_when(one),
            figure_words(one.before, one.unit), figure_words(one.after, one.unit), signed_words(one.change, one.unit),
            moved_words(one.came, one.unit), moved_words(one.went, one.unit), signed_words(one.unexplained, one.unit),
        ]
        for one in comparison.record.balances
    ]
    shown = table(list(BALANCE_HEAD), lines, numeric=(2, 3, 4, 7))
    return join([tag("h3", templates.BALANCE_TITLE), shown, tag("p", templates.BALANCE_NOTE, class_="note")])


def _series(comparison: Comparison, title: str, country: str, group: str) -> str:
    """Return the name of a series on the route of the case."""
    places = place_words(country, comparison.record.countries)
    return series_words(on_route(title, comparison.record.coming), places, group)
