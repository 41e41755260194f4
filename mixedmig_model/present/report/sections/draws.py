"""Sections of a report from an ensemble: ranges over all uncertain inputs, fans over time, what changes the answer.

Breaches and harms come first. No number has more digits than its range supports. An option with a breach, or under
which other people depart, is never said to do better.
"""

import math
from datetime import date
from typing import Any

import numpy as np

from mixedmig_model.present.figures.base import date_axis, figure_html, folded, grid, style
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.ranges import digits_of, of_ten, range_text
from mixedmig_model.vocabulary.numbers import DASH, counted, day_text, number, percent
from mixedmig_model.vocabulary.titles import KIND_TITLES

KINDS = ("breach", "harm", "headline")
FANS = {
    "without_shelter": ("days", "People without shelter", "persons"),
    "waiting": ("days", "People waiting for staff, from registration to appeal", "persons"),
    "cost": ("months", "Cost since the start of the run", "m"),
}
RESULTS = {"cost": "the cost of the response"}
MILLION = 1e6
NONE = (
    "No draws of all uncertain inputs were made for this report: the ranges on its pages are those of the share of "
    "people owed protection and of prices alone. "
)
HOW = "'mixedmig report CASE --draws 100' makes them, or give the folder of a 'mixedmig ensemble' with --ensemble."


def ensemble_of(comparison: Comparison) -> dict[str, Any]:
    """What the report's ensemble says; empty where there is none."""
    return comparison.record.get("ensemble") or {}


def known(comparison: Comparison) -> list[str]:
    """Scenarios of the report that the ensemble has."""
    return [name for name in comparison.names if name in ensemble_of(comparison).get("scenarios", ())]


def ranges_table(comparison: Comparison) -> Html:
    """Every breach, harm and headline, and the cost: half of the draws lie below, nine in ten in the brackets."""
    found, names = ensemble_of(comparison), known(comparison)
    if not found:
        return tag("p", f"{NONE}{comparison.record.get('draws') or ''} {HOW}", class_="note")
    head = ["", *(comparison.title(name) for name in names)]
    rows: list[list[Any]] = []
    classes: list[str] = []
    for kind in KINDS:
        rows.append([KIND_TITLES[kind]])
        classes.append("")
        for indicator in comparison.record["indicators"]:
            if indicator["kind"] == kind:
                ranges = found["ranges"][indicator["key"]]
                cell = join([indicator["title"], tag("span", f" {indicator['unit']}", class_="unit")])
                rows.append([cell, *(range_text(ranges[name], indicator["unit"]) for name in names)])
                classes.append(kind)
    if "cost" in found["ranges"]:
        rows.append([tag("strong", "Cost of the response, prices drawn too")])
        rows.append(["Cash, prices of the base year",
                     *(range_text(found["ranges"]["cost"][name], "", found["currency"]) for name in names)])
    whole = table(head, rows, row_classes=classes, numeric=range(1, len(head)))
    return join([whole, tag("p", _note(found), class_="note")])


def _note(found: dict[str, Any]) -> str:
    failed = sum(found["failed"].values())
    verb = "is" if failed == 1 else "are"
    lost = f" {counted(failed, 'run')} failed and {verb} left out." if failed else ""
    part = f" Only these of {found['wanted']} draws are finished." if found["draws"] < found["wanted"] else ""
    return (
        f"{found['draws']} draws of all uncertain inputs, the same for every option. Half of the draws lie below each "
        f"number; in brackets 9 in 10 lie. One digit where the ends differ twofold, else two.{part}{lost} The decision "
        "table's numbers are of the inputs as planned, so where ranges lean to one side the two differ. The draws "
        "follow ranges that are assumptions for most inputs: these are ranges of planning, not chances of a forecast."
    )


def evidence_text(comparison: Comparison) -> Html:
    """The evidence index: what of the inputs, and of the spread of results, rests on assumptions (I-32)."""
    found = ensemble_of(comparison)
    if not found:
        return Html("")
    index = found["evidence"]
    words = [
        f"{_result(comparison, key)}: {percent(share)}" for key, share in index["variance"].items()
        if share is not None and not math.isnan(share)
    ]
    first = f"{index['assumed']} of {index['inputs']} inputs rest on assumptions"
    rest = f", and of what spreads the results in the baseline: {'; '.join(words)}" if words else ""
    return tag("p", join([tag("strong", first), f"{rest}."]), class_="note")


def _result(comparison: Comparison, key: str) -> str:
    if key in RESULTS:
        return RESULTS[key]
    return str(next(i["title"] for i in comparison.record["indicators"] if i["key"] == key)).lower()


def _input(comparison: Comparison, name: str) -> str:
    """An input's title out of its name in the ensemble."""
    if name.startswith("price of "):
        return name.replace("_", " ")
    parameter, _, label = name.partition("[")
    title = next((row["title"] for row in comparison.record["parameters"] if row["name"] == parameter), parameter)
    return f"{title} ({label.rstrip(']').replace('_', ' ')})" if label else str(title)


def answers(comparison: Comparison) -> Html:
    """What would change the answer, in words: how often an option does better, and which inputs decide it."""
    found, names = ensemble_of(comparison), known(comparison)
    if not found:
        return Html("")
    sentences = [_answer(comparison, row) for row in found["changes"] if row["option"] in names]
    silent = {
        name: next((pair["reason"] for pairs in found["beats"].values() if (pair := pairs.get(name)) and pair["reason"]
                    in ("the option has a breach", "other people depart under the option")), "")
        for name in names if name != found["baseline"]
    }
    sentences += [f"{comparison.title(name)}: not compared, for {reason}." for name, reason in silent.items() if reason]
    return bullets(sentences) if sentences else paragraphs("There is no option beside the baseline.")


def _answer(comparison: Comparison, row: dict[str, Any]) -> str:
    base = comparison.title(ensemble_of(comparison)["baseline"])
    text = (
        f"{comparison.title(row['option'])} does better than {base} on {_result(comparison, row['result'])} in "
        f"{of_ten(row['share'])} draws; in {of_ten(row['harmed'])} some harm is larger."
    )
    if not row["inputs"]:
        return text + " No single input is seen to decide it."
    parts = [
        f"'{_input(comparison, one['name'])}' ({of_ten(one['low'])} where it is lowest, {of_ten(one['high'])} "
        "where it is highest)"
        for one in row["inputs"]
    ]
    return f"{text} It depends most on {'; '.join(parts)}."


def drivers_table(comparison: Comparison) -> Html:
    """Which inputs spread the results of the baseline: shares of the variance with their intervals."""
    found = ensemble_of(comparison)
    if not found:
        return Html("")
    rows: list[list[Any]] = []
    for key, moved in found["drivers"].items():
        rows.append([f"{_result(comparison, key).capitalize()} ({_trust(moved)})"])
        for one in moved["found"][:5]:
            share = f"{percent(one['total'])} ({percent(one['low'])}{DASH}{percent(one['high'])})"
            direction = "raises it" if one["correlation"] > 0 else "lowers it"
            rows.append([_input(comparison, one["name"]), direction, share if moved["trusted"] else "not told",
                         "assumption" if one["assumed"] else "sourced"])
    return table(["input", "a higher value", "share of the spread", "quality"], rows, numeric=(2,))


def _trust(moved: dict[str, Any]) -> str:
    if not moved["found"]:
        return "no input stands out"
    return f"{percent(max(moved['explained'], 0.0))} of the spread is explained" + (
        "" if moved["trusted"] else ", too little for shares")


def fan_figure(comparison: Comparison, key: str) -> Html:
    """A fan over time by option: half of the draws, and the band of 9 in 10."""
    found = ensemble_of(comparison)
    if not found or key not in found["time"]:
        return Html("")
    names, (axis, title, unit) = known(comparison), FANS[key]
    plt = style()
    import seaborn as sns

    size = MILLION if key == "cost" else 1.0
    days = np.array(found["time"][axis], dtype="datetime64[D]")
    figure, panels = grid(plt, len(names), min(2, len(names)), height=2.6)
    colours = sns.color_palette("colorblind")
    rows: list[list[Any]] = []
    for name, panel in zip(names, panels, strict=True):
        low, half, high = (np.array(row, dtype=float) / size for row in found["time"][key][name])
        panel.fill_between(days, low, high, color=colours[0], alpha=0.25, label="9 in 10 draws")
        panel.plot(days, half, color=colours[0], linewidth=1.8, label="half of the draws below")
        panel.set_title(comparison.title(name))
        panel.set_ylabel(f"{unit} {found['currency']}".strip() if key == "cost" else unit)
        date_axis(panel, days[0], days[-1])
        rows.append([comparison.title(name)])
        for k in np.linspace(0, len(days) - 1, 6).round().astype(int)[1:]:
            digits = digits_of(float(low[k]), float(high[k]))
            texts = [number(float(value[k]), digits) for value in (half, low, high)]
            rows.append([day_text(date.fromisoformat(str(days[k]))), texts[0], f"{texts[1]}{DASH}{texts[2]}"])
    panels[0].set_ylim(bottom=0.0)
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    caption = f"{title}: half of the draws lie below the line, 9 in 10 in the band."
    return figure_html(figure, caption, f"{caption} The table gives the numbers.",
                       folded(["option and day", "half below", "9 in 10"], rows))
