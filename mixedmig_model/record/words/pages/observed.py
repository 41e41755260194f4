"""What pages say of observations next to the model.

They have titles, dates, numbers in their unit, and how the model stands to the figure.
"""

from collections.abc import Mapping
from datetime import date

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.observations.published import Observation
from mixedmig_model.inputs.observations.quantities import Quantity, Time, quantity_of
from mixedmig_model.record.schema.inputs import BalanceRow, PublishedRow
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import money
from mixedmig_model.vocabulary.numbers import MINUS, day_text, number, people, percent, published_span, unit_words
from mixedmig_model.vocabulary.titles import (
    OBSERVED_TITLES,
    PLACE_TITLES,
    QUANTITY_TITLES,
    STAGE_TITLES,
    sector_title,
)

COUNTED = ("case", "officer", "place", "desk")
LABELS = STAGE_TITLES | PLACE_TITLES
FLOW_TITLES = {flow.name: flow.description for flow in FLOWS}
STOCK_TITLES = {stock.name: stock.description for stock in STOCKS}


def quantity_title(name: str) -> str:
    """Return what an observed quantity is called on pages."""
    known = QUANTITY_TITLES | OBSERVED_TITLES
    title = known[name] if name in known else _title(quantity_of(name))
    return f"{title[:1].upper()}{title[1:]}"


def _title(quantity: Quantity) -> str:
    """Return the title of a driver, flow, stock, wait or sector."""
    if quantity.kind == "driver":
        return DRIVERS[quantity.name].title
    if quantity.kind == "flow":
        return FLOW_TITLES[quantity.name]
    if quantity.kind == "waiting_over":
        return templates.OBSERVED_WAITING.format(stage=STAGE_TITLES[quantity.name], days=quantity.days)
    if quantity.kind == "cost":
        return templates.OBSERVED_COST.format(sector=sector_title(quantity.name))
    whole = STOCK_TITLES[quantity.name]
    if not quantity.at:
        return whole
    part = ", ".join(LABELS.get(label, label) for label in quantity.at.values())
    return templates.OBSERVED_PART.format(stock=whole.split(", by ")[0], part=part)


def series_words(title: str, place: str, group: str) -> str:
    """Return the name of a series: what, where and of whom."""
    return ", ".join(part for part in (title, place, group) if part)


def place_words(country: str, countries: Mapping[str, str]) -> str:
    """Return the countries of an observation; empty for all."""
    return ", ".join(countries[name] for name in country.split() if name in countries)


def when_observed(start: str, end: str, time: Time) -> str:
    """Return the date of a level, or the period of an amount."""
    first, last = (day_text(date.fromisoformat(text)) for text in (start, end))
    return first if time == "date" else templates.PUBLISHED_PERIOD.format(start=first, end=last)


def figure_words(value: float, unit: str) -> str:
    """Return a number in its unit, for readers."""
    if unit == "person":
        return people(value)
    return unit_words(number(value), unit) if unit in COUNTED else money(value, unit)


def seen_words(seen: PublishedRow) -> str:
    """Return what was published, with its range or bound."""
    return published_span(figure_words(seen.low, seen.unit), figure_words(seen.high, seen.unit), seen.bound)


def stands(seen: PublishedRow) -> str:
    """Return how the model stands to an observation.

    It lies inside the range, the rounding or the bound, or so far outside.
    """
    if seen.gap == 0.0:
        return _inside(seen)
    size = figure_words(abs(seen.gap), seen.unit) if seen.miss is None else percent(abs(seen.miss))
    template = templates.OBSERVED_ABOVE if seen.gap > 0.0 else templates.OBSERVED_BELOW
    said = template.format(size=size, what=_what(seen))
    return templates.PUBLISHED_MISSED.format(miss=said) if seen.missed else said


def _what(seen: PublishedRow) -> str:
    if seen.bound != "exact":
        return templates.OBSERVED_BOUND
    if seen.low < seen.high:
        return templates.OBSERVED_RANGE
    return templates.OBSERVED_ROUNDING if seen.rounding else templates.OBSERVED_FIGURE


def _inside(seen: PublishedRow) -> str:
    if seen.bound == "exact" and seen.low == seen.high and not seen.rounding:
        return templates.OBSERVED_EQUAL
    return templates.OBSERVED_INSIDE.format(what=_what(seen))


def fitted_words(one: Observation, countries: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """Return an observation in words, for an input fitted to it."""
    series = series_words(quantity_title(one.quantity), place_words(one.country, countries), groups.get(one.group, ""))
    when = when_observed(one.start.isoformat(), one.end.isoformat(), "date" if one.level else "period")
    return templates.OBSERVED_OF.format(series=series, when=when)


def waited_words(waited: Mapping[int, float]) -> str:
    """Return how long people at the opening had waited, in words."""
    return ", ".join(
        templates.OPENING_WAITED.format(share=percent(share), days=unit_words(f"{days:,}", "day"))
        for days, share in sorted(waited.items())
    )


def input_note(note: str, fitted_to: tuple[str, ...]) -> str:
    """Return the note of an input.

    It ends with the figures to which the input was fitted.
    """
    said = templates.INPUT_FITTED.format(figures="; ".join(fitted_to)) if fitted_to else ""
    return " ".join(part for part in (note, said) if part)


def rest_words(count: int) -> str:
    """Return where the other observations stand."""
    return templates.OBSERVED_REST.format(count=count)


def fits_words(seen: PublishedRow) -> str:
    """Return the inputs fitted to an observation, if any."""
    return templates.OBSERVED_FITS.format(inputs=", ".join(seen.fits)) if seen.fits else ""


def moved_words(moved: dict[str, float], unit: str) -> str:
    """Return the flows of a balance with their amounts."""
    return "; ".join(f"{title}: {figure_words(value, unit)}" for title, value in moved.items()) or "0"


def signed_words(value: float, unit: str) -> str:
    """Return a difference with its sign."""
    return "0" if value == 0.0 else f"{'+' if value > 0.0 else MINUS}{figure_words(abs(value), unit)}"


def balance_when(row: BalanceRow) -> str:
    """Return the two dates of a balance."""
    first, last = (day_text(date.fromisoformat(text)) for text in (row.first, row.last))
    return templates.BALANCE_WHEN.format(first=first, last=last)
