"""What made the difference, as bars of each measure's share and as tables: they sum to the difference."""

from collections.abc import Mapping
from typing import Any

from mixedmig_model.present.figures.base import figure_html, grid, style
from mixedmig_model.present.html.builders import Html, bullets, join, table, tag
from mixedmig_model.record.words.comparison import (
    attribution_sentence,
    difference_text,
    differing,
    how,
    least_told,
    signed,
    untold,
)
from mixedmig_model.record.words.measures import quantity
from mixedmig_model.results.indicators.table import INDICATORS

MOST_PANELS = 8
MOST_BARS = 8
"""Bars of a panel; the smaller shares make one bar together."""
WIDE = 5
"""Quantities of a table: more would not fit a page."""
NOTHING = "about 0"
MILLION = 1e6
KINDS = {i.key: i.kind for i in INDICATORS}


def attribution_part(found: dict[str, Any], currency: str, told: Mapping[str, str] | None = None) -> Html:
    """Sentences, bars, and tables of all shares of one option.

    Args: told, differences in words, where other tables of the page show them too.
    """
    keys = differing(found)
    whole = [key for key in keys if key not in untold(found)]
    if not keys:
        return tag("p", f"No breach, harm, headline indicator or cost differs from the baseline's. {how(found)}")
    first = [key for key in whole if KINDS.get(key) in ("breach", "harm")]
    last = [key for key in ("cost",) if key in whole]
    rest = [key for key in whole if key not in (*first, *last)]
    room = MOST_PANELS - len(last)
    chosen = [*[*first, *rest][:room], *last]
    named = [*first, *rest[: room - len(first)], *last]
    sentences = [attribution_sentence(found, key, currency, told) for key in named]
    numbers = tag("details", join([tag("summary", "Shares in every breach, harm, headline and cost that differs"),
                                   *shares_tables(found, keys, currency, told)]))
    parts = [tag("p", how(found), class_="note"), bullets(sentences)]
    parts.append(bars(found, chosen, currency, numbers, told) if chosen else numbers)
    return join([*parts, tag("p", _note(found, keys), class_="note")])


def _note(found: dict[str, Any], keys: list[str]) -> str:
    same = [quantity(key)[0] for key in found["quantities"] if key not in keys and key not in untold(found)]
    lost = [quantity(key)[0] for key in untold(found)]
    text = (
        "A measure is all that the option changes in one subject, or its own costs. Its share is what its coming adds, "
        "averaged over all orders in which measures may come; shares sum to the difference. It is a share in this "
        "model's difference, and not a proof of effect in the world."
    )
    if same:
        text += f" The same as in the baseline: {'; '.join(same)}."
    if lost:
        text += f" Not attributed, as some combination of measures has no such number: {'; '.join(lost)}."
    return text


def grouped(found: dict[str, Any], key: str) -> list[tuple[str, float, float]]:
    """Title, share and error of the largest shares of a quantity, and of all others together.

    The error of the others is at most the sum of theirs, which is given.
    """
    row = found["quantities"][key]
    ranked = sorted(zip(found["titles"], row["shares"], row["errors"], strict=True), key=lambda one: -abs(one[1]))
    shown = [one for one in ranked if one[1] != 0.0]
    if len(shown) <= MOST_BARS:
        return shown
    rest = shown[MOST_BARS - 1 :]
    return [*shown[: MOST_BARS - 1],
            (f"{len(rest)} others", sum(one[1] for one in rest), sum(one[2] for one in rest))]


def bars(
    found: dict[str, Any], keys: list[str], currency: str, numbers: Html, told: Mapping[str, str] | None = None
) -> Html:
    """Bars of shares, a panel a quantity, whiskers of one standard error where shares are sampled."""
    plt = style()
    import seaborn as sns
    from matplotlib.ticker import MaxNLocator

    tables = {key: grouped(found, key) for key in keys}
    tallest = max(len(rows) for rows in tables.values())
    figure, panels = grid(plt, len(keys), 2 if len(keys) > 1 else 1, height=0.9 + 0.24 * tallest, shared_y=False,
                          shared_x=False)
    colours = sns.color_palette("colorblind")
    for key, panel in zip(keys, panels, strict=True):
        size, unit = _scale(key, currency)
        shares = [one[1] / size for one in tables[key]]
        sns.barplot(x=shares, y=[one[0] for one in tables[key]], ax=panel, orient="h",
                    hue=["rise" if share > 0 else "fall" for share in shares], legend=False,
                    palette={"rise": colours[1], "fall": colours[0]}, dodge=False)
        if not found["exact"]:
            panel.errorbar(shares, range(len(shares)), xerr=[one[2] / size for one in tables[key]], fmt="none",
                           ecolor="black", elinewidth=1, capsize=2)
        panel.axvline(0.0, color="black", linewidth=0.8)
        total = difference_text(found, key, currency, told)
        panel.set_title(_wrapped(f"{quantity(key)[0]}: {total}"), loc="left")
        panel.set_xlabel(unit)
        panel.set_ylabel("")
        panel.xaxis.set_major_locator(MaxNLocator(5))
    caption = "Share of each measure in the difference to the baseline; the bars of a panel sum to the number above it."
    if not found["exact"]:
        caption += " Whiskers: one standard error of the sampling."
    alt = f"{caption} Bars by measure. " + " ".join(attribution_sentence(found, key, currency, told) for key in keys)
    return figure_html(figure, caption, alt, numbers)


def _scale(key: str, currency: str) -> tuple[float, str]:
    if key == "cost":
        return MILLION, f"million {currency}"
    unit = quantity(key)[1]
    return (0.01, "percentage points") if unit == "share" else (1.0, f"{unit}s" if unit == "person" else unit)


def _wrapped(text: str, width: int = 42) -> str:
    from textwrap import fill

    return fill(text, width)


def shares_tables(
    found: dict[str, Any], keys: list[str], currency: str, told: Mapping[str, str] | None = None
) -> list[Html]:
    """All shares: a row a measure, a column a quantity, in tables that fit a page; the last row is the difference.

    A measure without a share worth the name in any of a table's quantities has no row there.
    """
    result = []
    for start in range(0, len(keys), WIDE):
        some = keys[start : start + WIDE]
        rows: list[list[Any]] = []
        for k, title in enumerate(found["titles"]):
            cells = [_cell(found, key, k, currency) for key in some]
            if any(cell != NOTHING for cell in cells):
                rows.append([title, *cells])
        totals = [_total(found, key, currency, told) for key in some]
        rows.append([tag("strong", "difference"), *(tag("strong", text) for text in totals)])
        result.append(table(["measure", *(_headed(key) for key in some)], rows, numeric=range(1, len(some) + 1)))
    return result


def _headed(key: str) -> Html:
    title, unit = quantity(key)
    return join([title, tag("span", f" {unit}", class_="unit")]) if unit else Html(title)


def _total(found: dict[str, Any], key: str, currency: str, told: Mapping[str, str] | None) -> str:
    gap = found["quantities"][key]["difference"]
    return NOTHING if abs(gap) <= least_told(found, key) else difference_text(found, key, currency, told)


def _cell(found: dict[str, Any], key: str, player: int, currency: str) -> str:
    row = found["quantities"][key]
    share, error = row["shares"][player], row["errors"][player]
    if share is not None and max(abs(share), error) <= least_told(found, key):
        return NOTHING
    text = signed(share, key, currency)
    if found["exact"] or share is None or not error:
        return text
    return f"{text} (± {signed(error, key, currency).lstrip('+')})"
