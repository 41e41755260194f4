"""Figures of costs.

They show where an option differs, cash against what comes, the prices that matter, and cost against people.
"""

from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import folded, wrapped
from mixedmig_model.present.figures.files import Chart, Drawn
from mixedmig_model.present.figures.lines import LEAST_TOP, Curve, draw_lines, even, name_points
from mixedmig_model.present.figures.marks import mark_named
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.html.builders import Html, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of, spread_of_difference
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.charts import templates as charts
from mixedmig_model.record.words.charts.titles import cash_title, costs_title, plane_title, swings_title
from mixedmig_model.record.words.costs import LEAST_MONEY, money
from mixedmig_model.record.words.pages.claims import of_claims
from mixedmig_model.record.words.pages.costs import placed_options
from mixedmig_model.vocabulary.labels import Coming
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import COST_STAGE_TITLES

MILLION = 1e6
GAINED = "granted_protection"
"""The indicator against which cost is placed."""


MONEY_UNIT = "million {currency}"
SMALL = 8.0
"""Points of names of steps and items."""


def waterfall_figure(comparison: Comparison) -> Html:
    """Return how each option's cost differs, stage by stage.

    It is compared with the baseline's; each step starts where the last one ended.
    """
    names, tables = comparison.names, costs_of(comparison)
    if len(names) < 2:
        return tag("p", templates.OPTIONS_NONE, class_="note")
    import seaborn as sns

    base, currency = tables[names[0]], tables[names[0]].currency
    picture = Plot(len(names) - 1, 1, height=2.9, shared_y=False, shared_x=False)
    more, less, whole = (sns.color_palette("colorblind")[k] for k in (3, 2, 7))
    rows: list[list[Any]] = []
    for name, panel in zip(names[1:], picture.panels, strict=True):
        steps = _steps(base, tables[name], coming=comparison.record.coming)
        at, title = 0.0, comparison.title(name)
        rows.append([title])
        for index, (step, change) in enumerate(steps):
            panel.bar(index, change / MILLION, bottom=at / MILLION, color=more if change > 0 else less)
            at += change
            rows.append([step, money(change)])
            picture.drawn.append(Drawn(title, "change", step, change / MILLION, MONEY_UNIT.format(currency=currency)))
        panel.bar(len(steps), at / MILLION, color=whole)
        picture.drawn.append(
            Drawn(title, "change", charts.ALL_TOGETHER, at / MILLION, MONEY_UNIT.format(currency=currency)))
        panel.axhline(0.0, color="0.3", linewidth=0.8)
        labels = [*(step for step, _ in steps), charts.ALL_TOGETHER]
        room = 0.85 * picture.figure.bbox.width / len(labels)
        panel.set_xticks(range(len(labels)), [wrapped(picture.figure, one, room, SMALL) for one in labels],
                         fontsize=SMALL)
        panel.grid(visible=False, axis="x")
        rows.append(["All together", money(at)])
        picture.name(panel, title)
    totals = {comparison.title(name): tables[name].total for name in names}
    unit = charts.WATERFALL_UNIT.format(baseline=comparison.title(names[0]), currency=currency)
    chart = Chart("cost_steps", costs_title(totals, currency), unit, charts.STEPS, charts.WATERFALL_NOTE)
    return figure_html(picture, chart, folded(["step", "change"], rows), comparison)


def _steps(base: CostTable, option: CostTable, coming: Coming, most: int = 7) -> list[tuple[str, float]]:
    """Return the largest changes by stage, the rest together."""
    sums = []
    for stage, title in COST_STAGE_TITLES.items():
        change = sum(r.cost for r in option.items if r.stage == stage)
        change -= sum(r.cost for r in base.items if r.stage == stage)
        if abs(change) >= LEAST_MONEY:
            sums.append((on_route(title, coming), change))
    sums.sort(key=lambda pair: -abs(pair[1]))
    rest = sum(change for _, change in sums[most:])
    return [*sums[:most], *([("all others", rest)] if abs(rest) >= LEAST_MONEY else [])]


def cash_figure(comparison: Comparison) -> Html:
    """Return money required against money received.

    It is summed up month by month.
    """
    import seaborn as sns

    names, tables = comparison.names, costs_of(comparison)
    currency = tables[names[0]].currency
    months = np.array(tables[names[0]].months, dtype="datetime64[D]")
    picture = Plot(len(names), min(2, len(names)), height=2.6, dates=(months[0], months[-1]))
    colours = sns.color_palette("colorblind")
    top = 1.05 * max(LEAST_TOP, *(max(tables[name].funding.required) for name in names)) / MILLION
    rows: list[list[Any]] = []
    for name, panel in zip(names, picture.panels, strict=True):
        money_of, title = tables[name].funding, comparison.title(name)
        required, received = (np.array(sums) / MILLION for sums in (money_of.required, money_of.received))
        panel.fill_between(months, received, required, step="post", color=colours[3], alpha=0.18, linewidth=0)
        draw_lines(picture, panel, [
            Curve(months, required, charts.REQUIRED, colours[0], steps=True),
            Curve(months, received, charts.RECEIVED, colours[1], (0, (5, 2)), steps=True),
        ], title=title, unit=MONEY_UNIT.format(currency=currency), scale=even(top))
        corners = (np.repeat(sums, 2)[:-1] for sums in (received, required))
        mark_named(picture, panel, np.repeat(months, 2)[1:], tuple(corners), name=charts.GAP, colour=colours[3])
        panel.set_ylim(0.0, top)
        picture.name(panel, title)
        rows.append([title])
        for k in np.linspace(0, len(months) - 1, 5).round().astype(int)[1:]:
            rows.append([str(months[k])[:7], money(required[k] * MILLION), money(received[k] * MILLION)])
    funding = {comparison.title(name): (tables[name].funding.required[-1], tables[name].funding.received[-1])
               for name in names}
    chart = Chart("cash", cash_title(funding, currency), charts.CASH_UNIT.format(currency=currency), charts.NUMBERS,
                  charts.CASH_NOTE)
    return figure_html(picture, chart, folded(["option and month", "required", "received"], rows), comparison)


def swings_figure(comparison: Comparison, name: str, most: int = 10) -> Html:
    """Return the prices that move the total most: a tornado."""
    import seaborn as sns

    table = costs_of(comparison)[name]
    titles = {row.item: row.title for row in table.items}
    found = table.swings[:most][::-1]
    picture = Plot(1, 1, height=0.42 * len(found) + 1.2)
    panel, colours = picture.panels[0], sns.color_palette("colorblind")
    unit = MONEY_UNIT.format(currency=table.currency)
    for index, (item, low, high) in enumerate(found):
        for value, colour, label in ((low, colours[0], charts.LOW_END), (high, colours[1], charts.HIGH_END)):
            panel.barh(index, value / MILLION, color=colour, hatch="//" if value == high else None,
                       edgecolor="white", linewidth=0)
            picture.drawn.append(Drawn("", label, titles.get(item, item), value / MILLION, unit))
    room = 0.3 * picture.figure.bbox.width
    panel.set_yticks(range(len(found)), [wrapped(picture.figure, titles.get(item, item), room, SMALL)
                                         for item, _, _ in found], fontsize=SMALL)
    panel.axvline(0.0, color="0.3", linewidth=0.8)
    panel.grid(visible=False, axis="y")
    _name_ends(panel, found[-1], colours)
    worst = table.swings[0]
    chart = Chart("prices", swings_title(comparison.title(name), titles.get(worst.item, worst.item),
                                         (worst.low, worst.high), table.currency),
                  charts.SWINGS_UNIT.format(currency=table.currency), charts.NUMBERS)
    rows = [[titles.get(item, item), money(low), money(high)] for item, low, high in table.swings[:most]]
    return figure_html(picture, chart, folded(["price", "at its low end", "at its high end"], rows), comparison)


def _name_ends(panel: Any, longest: Any, colours: Any) -> None:
    """Write names above the bars of the price that matters most.

    It is on top.
    """
    _, low, high = longest
    top = panel.get_ylim()[1]
    for value, text, colour in ((low, charts.LOW_END, colours[0]), (high, charts.HIGH_END, colours[1])):
        panel.annotate(text, xy=(value / MILLION / 2.0, top), ha="center", va="bottom", fontsize=SMALL,
                       color=tuple(0.72 * part for part in colour[:3]), annotation_clip=False)


def plane_figure(comparison: Comparison) -> Html:
    """Return cost against people granted protection.

    It has options without a breach, with the range of prices.
    """
    names, tables = comparison.names, costs_of(comparison)
    placed = placed_options(comparison)
    if not placed:
        return tag("p", of_claims(templates.PLANE_NOT_PLACED, comparison.record.coming), class_="note")
    import seaborn as sns

    picture = Plot(1, 1, width=8.0, height=4.2)
    panel, colours, currency = picture.panels[0], sns.color_palette("colorblind"), tables[names[0]].currency
    values = comparison.record.indicator(GAINED).values
    rows: list[list[Any]] = []
    points = {}
    for index, name in enumerate(placed):
        gain = values[name].value - values[names[0]].value
        gap = tables[name].total - tables[names[0]].total
        low, high = spread_of_difference(tables[name], tables[names[0]])
        title = comparison.title(name)
        points[title] = (gain, gap)
        colour = colours[index % len(colours)]
        panel.errorbar([gain], [gap / MILLION], yerr=[[max(gap - low, 0) / MILLION], [max(high - gap, 0) / MILLION]],
                       fmt="osD^v"[index % 5], color=colour, capsize=4)
        picture.drawn += [Drawn("", title, "people granted protection", gain, "person"),
                          Drawn("", title, "cost", gap / MILLION, MONEY_UNIT.format(currency=currency),
                                low=low / MILLION, high=high / MILLION)]
        rows.append([title, f"{gain:+,.0f}", money(gap), f"{money(low)} to {money(high)}"])
    panel.axhline(0.0, color="0.3", linewidth=0.8)
    panel.axvline(0.0, color="0.3", linewidth=0.8)
    panel.margins(x=0.15)
    panel.set_xlabel("people granted protection, against the baseline (persons)")
    panel.set_ylabel(f"cost against the baseline, m {currency}")
    name_points(picture, panel, [(gain, gap / MILLION, title) for title, (gain, gap) in points.items()], colours)
    baseline = comparison.title(names[0])
    chart = Chart("cost_and_protection", plane_title(points, currency),
                  charts.PLANE_UNIT.format(currency=currency, baseline=baseline), charts.NUMBERS,
                  of_claims(charts.PLANE_NOTE, comparison.record.coming),
                  indicators=(GAINED,))
    return figure_html(picture, chart, folded(["option", "people granted protection", "cost", "range"], rows),
                       comparison)
