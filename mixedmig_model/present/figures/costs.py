"""Figures of costs: where an option differs, cash against what comes, the prices that matter, cost against people."""

from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import date_axis, figure_html, folded, grid, legend_text, style
from mixedmig_model.present.html.builders import Html, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of, spread_of_difference
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.costs import LEAST_MONEY, money
from mixedmig_model.record.words.pages.costs import placed_options
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import COST_STAGE_TITLES

MILLION = 1e6
GAINED = "granted_protection"
"""The indicator against which cost is placed."""


def waterfall_figure(comparison: Comparison) -> Html:
    """How each option's cost differs from the baseline's, stage by stage, each step from where the last one ended."""
    names, tables = comparison.names, costs_of(comparison)
    if len(names) < 2:
        return tag("p", templates.OPTIONS_NONE, class_="note")
    plt = style()
    import seaborn as sns

    figure, panels = grid(plt, len(names) - 1, 1, height=2.9, shared_y=False, shared_x=False)
    more, less, whole = (sns.color_palette("colorblind")[k] for k in (3, 2, 7))
    rows: list[list[Any]] = []
    for name, panel in zip(names[1:], panels, strict=True):
        steps = _steps(tables[names[0]], tables[name], route=comparison.record.route)
        at, labels = 0.0, []
        rows.append([comparison.title(name)])
        for index, (title, change) in enumerate(steps):
            panel.bar(index, change / MILLION, bottom=at / MILLION, color=more if change > 0 else less)
            at += change
            labels.append(title)
            rows.append([title, money(change)])
        panel.bar(len(steps), at / MILLION, color=whole)
        panel.axhline(0.0, color="0.3", linewidth=0.8)
        panel.set_xticks(range(len(labels) + 1), [*labels, "all together"], rotation=25, ha="right", fontsize=8)
        rows.append(["All together", money(at)])
        panel.tick_params(labelbottom=True)
        panel.set_title(comparison.title(name))
        panel.set_ylabel(f"m {tables[name].currency}")
    caption = templates.WATERFALL
    alt = templates.ALT_STEPS.format(caption=caption)
    return figure_html(figure, caption, alt, folded(["step", "change"], rows))


def _steps(base: CostTable, option: CostTable, route: str, most: int = 7) -> list[tuple[str, float]]:
    """The largest changes by stage, the rest together."""
    sums = []
    for stage, title in COST_STAGE_TITLES.items():
        change = sum(r.cost for r in option.items if r.stage == stage)
        change -= sum(r.cost for r in base.items if r.stage == stage)
        if abs(change) >= LEAST_MONEY:
            sums.append((on_route(title, route), change))
    sums.sort(key=lambda pair: -abs(pair[1]))
    rest = sum(change for _, change in sums[most:])
    return [*sums[:most], *([("all others", rest)] if abs(rest) >= LEAST_MONEY else [])]


def cash_figure(comparison: Comparison) -> Html:
    """Money required against money received, summed up month by month."""
    plt = style()
    import seaborn as sns

    names, tables = comparison.names, costs_of(comparison)
    figure, panels = grid(plt, len(names), min(2, len(names)), height=2.6)
    colours = sns.color_palette("colorblind")
    rows: list[list[Any]] = []
    for name, panel in zip(names, panels, strict=True):
        months = np.array(tables[name].months, dtype="datetime64[D]")
        money_of = tables[name].funding
        required, received = (np.array(sums) / MILLION for sums in (money_of.required, money_of.received))
        panel.step(months, required, where="post", color=colours[0], linewidth=1.8, label="required")
        panel.step(months, received, where="post", color=colours[1], linewidth=1.8, label="received")
        panel.fill_between(months, received, required, step="post", color=colours[3], alpha=0.18, label="gap")
        panel.set_title(comparison.title(name))
        panel.set_ylabel(f"m {tables[name].currency}, summed up")
        date_axis(panel, months[0], months[-1])
        rows.append([comparison.title(name)])
        for k in np.linspace(0, len(months) - 1, 5).round().astype(int)[1:]:
            rows.append([str(months[k])[:7], money(required[k] * MILLION), money(received[k] * MILLION)])
    panels[0].set_ylim(0.0, 1.05 * max(max(tables[name].funding.required) for name in names) / MILLION)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    caption = templates.CASH
    return figure_html(figure, caption, templates.ALT_NUMBERS.format(caption=caption),
                       folded(["option and month", "required", "received"], rows))


def swings_figure(comparison: Comparison, name: str, most: int = 10) -> Html:
    """The prices that move the total most: a tornado."""
    plt = style()
    import seaborn as sns

    tables = costs_of(comparison)[name]
    titles = {row.item: row.title for row in tables.items}
    found = tables.swings[:most][::-1]
    figure, axis = plt.subplots(figsize=(10.0, 0.42 * len(found) + 1.2), layout="constrained")
    colours = sns.color_palette("colorblind")
    for index, (_, low, high) in enumerate(found):
        axis.barh(index, low / MILLION, color=colours[0], label="at its low end" if index == 0 else None)
        axis.barh(index, high / MILLION, color=colours[1], label="at its high end" if index == 0 else None)
    axis.set_yticks(range(len(found)), [titles.get(item, item) for item, _, _ in found], fontsize=8)
    axis.axvline(0.0, color="0.3", linewidth=0.8)
    axis.set_xlabel(f"change of the total, m {tables.currency}")
    axis.legend(loc="lower right")
    caption = templates.SWINGS.format(option=comparison.title(name))
    rows = [[titles.get(item, item), money(low), money(high)] for item, low, high in tables.swings[:most]]
    return figure_html(figure, caption, templates.ALT_NUMBERS.format(caption=caption),
                       folded(["price", "at its low end", "at its high end"], rows))


def plane_figure(comparison: Comparison) -> Html:
    """Cost against people granted protection, options without a breach, with the range of prices."""
    names, tables = comparison.names, costs_of(comparison)
    placed = placed_options(comparison)
    if not placed:
        return tag("p", templates.PLANE_NOT_PLACED, class_="note")
    plt = style()
    import seaborn as sns

    figure, axis = plt.subplots(figsize=(8.0, 4.2), layout="constrained")
    colours = sns.color_palette("colorblind")
    values = comparison.record.indicator(GAINED).values
    rows: list[list[Any]] = []
    for index, name in enumerate(placed):
        gain = values[name].value - values[names[0]].value
        gap = tables[name].total - tables[names[0]].total
        low, high = spread_of_difference(tables[name], tables[names[0]])
        axis.errorbar([gain], [gap / MILLION], yerr=[[max(gap - low, 0) / MILLION], [max(high - gap, 0) / MILLION]],
                      fmt="o", color=colours[index], capsize=4, label=legend_text(comparison.title(name)))
        rows.append([comparison.title(name), f"{gain:+,.0f}", money(gap), f"{money(low)} to {money(high)}"])
    axis.axhline(0.0, color="0.3", linewidth=0.8)
    axis.axvline(0.0, color="0.3", linewidth=0.8)
    axis.set_xlabel("people granted protection, against the baseline (persons)")
    axis.set_ylabel(f"cost against the baseline, m {tables[names[0]].currency}")
    axis.legend(loc="best")
    caption = templates.PLANE
    return figure_html(figure, caption, templates.ALT_NUMBERS.format(caption=caption),
                       folded(["option", "people granted protection", "cost", "range"], rows), indicators=(GAINED,))
