"""What made the difference, as bars and as tables.

They show each measure's share and sum to the difference.
"""

from collections.abc import Mapping
from typing import Any

from mixedmig_model.present.figures.files import Chart, Drawn
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.html.builders import Html, bullets, join, table, tag
from mixedmig_model.record.schema.compared import AttributionPart
from mixedmig_model.record.words.charts import templates as charts
from mixedmig_model.record.words.comparison import (
    NOTHING,
    attribution_note,
    attribution_sentence,
    bars_alt,
    bars_caption,
    difference_text,
    differing,
    how,
    nothing_differs,
    share_text,
    total_text,
    untold,
)
from mixedmig_model.record.words.measures import quantity
from mixedmig_model.results.indicators.table import INDICATORS

MOST_PANELS = 8
MOST_BARS = 8
"""Bars of a panel; the smaller shares make one bar together."""
WIDE = 5
"""Quantities of a table: more would not fit a page."""
MILLION = 1e6
HEADS, PANEL_PART = 1.3, 0.5
"""Inches of a row that are no bar, and a part of a column.

The row is one of panels. The part is right of the names of measures.
"""
KINDS = {i.key: i.kind for i in INDICATORS}


def attribution_part(found: AttributionPart, currency: str, told: Mapping[str, str] | None = None) -> Html:
    """Return sentences, bars and tables of an option's shares.

    Parameters
    ----------
    found : AttributionPart
        Shares of the measures.
    currency : str
        Currency of costs.
    told : Mapping[str, str] | None, default None
        Differences in words, where other tables of the page show them too.

    Returns
    -------
    Html
        HTML.
    """
    keys = differing(found)
    whole = [key for key in keys if key not in untold(found)]
    if not keys:
        return tag("p", nothing_differs(found))
    first = [key for key in whole if KINDS.get(key) in ("breach", "harm")]
    last = [key for key in ("cost",) if key in whole]
    rest = [key for key in whole if key not in (*first, *last)]
    room = MOST_PANELS - len(last)
    chosen = [*[*first, *rest][:room], *last]
    named = [*first, *rest[: room - len(first)], *last]
    sentences = [attribution_sentence(found, key, currency, told) for key in named]
    summary = tag("summary", "Shares in every breach, harm, headline and cost that differs")
    numbers = tag("details", join([summary, *shares_tables(found, keys, currency, told)]))
    parts = [tag("p", how(found), class_="note"), bullets(sentences)]
    parts.append(bars(found, chosen, currency, numbers, told) if chosen else numbers)
    return join([*parts, tag("p", attribution_note(found, keys), class_="note")])


def grouped(found: AttributionPart, key: str) -> list[tuple[str, float, float]]:
    """Return the largest shares of a quantity, and the rest.

    Each has title, share and error; all others are together. The error of the others is at most the sum of theirs,
    which is given.
    """
    row = found.quantities[key]
    known = [(title, share, error or 0.0) for title, share, error in
             zip(found.titles, row.shares, row.errors, strict=True) if share is not None]
    shown = [one for one in sorted(known, key=lambda one: -abs(one[1])) if one[1] != 0.0]
    if len(shown) <= MOST_BARS:
        return shown
    rest = shown[MOST_BARS - 1 :]
    return [*shown[: MOST_BARS - 1],
            (f"{len(rest)} others", sum(one[1] for one in rest), sum(one[2] for one in rest))]


def bars(
    found: AttributionPart, keys: list[str], currency: str, numbers: Html, told: Mapping[str, str] | None = None
) -> Html:
    """Return bars of shares, a panel a quantity.

    They have whiskers of one standard error where shares are sampled.
    """
    import seaborn as sns
    from matplotlib.ticker import MaxNLocator

    tables = {key: grouped(found, key) for key in keys}
    tallest = max(len(rows) for rows in tables.values())
    picture = Plot(len(keys), 2 if len(keys) > 1 else 1, height=HEADS + 0.24 * tallest, shared_y=False,
                      shared_x=False)
    colours = sns.color_palette("colorblind")
    for key, panel in zip(keys, picture.panels, strict=True):
        size, unit = _scale(key, currency)
        shares = [one[1] / size for one in tables[key]]
        sns.barplot(x=shares, y=[one[0] for one in tables[key]], ax=panel, orient="h",
                    hue=["rise" if share > 0 else "fall" for share in shares], legend=False,
                    palette={"rise": colours[1], "fall": colours[0]}, dodge=False)
        if not found.exact:
            panel.errorbar(shares, range(len(shares)), xerr=[one[2] / size for one in tables[key]], fmt="none",
                           ecolor="black", elinewidth=1, capsize=2)
        panel.axvline(0.0, color="black", linewidth=0.8)
        total = difference_text(found, key, currency, told)
        picture.name(panel, f"{quantity(key)[0]}: {total}", PANEL_PART)
        picture.drawn += [Drawn(quantity(key)[0], title, "share", share, unit)
                          for (title, *_), share in zip(tables[key], shares, strict=True)]
        panel.set_xlabel(unit)
        panel.set_ylabel("")
        panel.xaxis.set_major_locator(MaxNLocator(5))
    chart = Chart("shares", charts.SHARES_TITLE, charts.SHARES_UNIT, bars_alt(found, keys, currency, told),
                  bars_caption(found), indicators=tuple(keys))
    return figure_html(picture, chart, numbers)


def _scale(key: str, currency: str) -> tuple[float, str]:
    if key == "cost":
        return MILLION, f"million {currency}"
    unit = quantity(key)[1]
    return (0.01, "percentage points") if unit == "share" else (1.0, f"{unit}s" if unit == "person" else unit)


def shares_tables(
    found: AttributionPart, keys: list[str], currency: str, told: Mapping[str, str] | None = None
) -> list[Html]:
    """Return tables of all shares.

    There is a row a measure and a column a quantity, in tables that fit a page; the last row is the difference. A
    measure without a notable share in any of a table's quantities has no row there.
    """
    result = []
    for start in range(0, len(keys), WIDE):
        some = keys[start : start + WIDE]
        rows: list[list[Any]] = []
        for k, title in enumerate(found.titles):
            cells = [share_text(found, key, k, currency) for key in some]
            if any(cell != NOTHING for cell in cells):
                rows.append([title, *cells])
        totals = [total_text(found, key, currency, told) for key in some]
        rows.append([tag("strong", "difference"), *(tag("strong", text) for text in totals)])
        head = ["measure", *(_headed(key) for key in some)]
        result.append(table(head, rows, numeric=range(1, len(some) + 1), column_keys=["", *some]))
    return result


def _headed(key: str) -> Html:
    title, unit = quantity(key)
    return join([title, tag("span", f" {unit}", class_="unit")]) if unit else Html(title)
