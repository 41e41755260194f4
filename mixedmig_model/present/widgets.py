"""Ten levers from the schema as sliders; a run is solved again when one is let go (``workbooks/explore.ipynb``)."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from mixedmig_model.inputs.case import CaseInputs, read_case
from mixedmig_model.inputs.catalogue import CATALOGUE
from mixedmig_model.inputs.faults import Fault, InputFaultsError, nearest, shown
from mixedmig_model.inputs.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.html import Html, join, table, tag
from mixedmig_model.present.numbers import amount, difference, number
from mixedmig_model.present.plots import date_axis, png, style
from mixedmig_model.present.record import value_text
from mixedmig_model.results.indicators import INDICATORS, indicator_table
from mixedmig_model.study.scenarios import run_one

TEN_LEVERS = (
    "journey.time_to_place_of_safety",
    "journey.refused_share",
    "journey.turn_back_rate",
    "registration.officers",
    "screening.officers",
    "screening.agency_access",
    "determination.officers",
    "reception.places",
    "detention.detained_share",
    "law.child_exemption",
)
AS_IN_CASE = "as in the case"
SHOWN = ("time_adrift", "wait_screening", "wait_determination", "granted_protection", "detention_days")
STEPS = 21


def slider_values(inputs: CaseInputs, name: str) -> list[float]:
    """Positions of a lever's slider in the unit of its base file: the range, cut to ten times what the case uses."""
    base, need = inputs.workspace.parameters[name], CATALOGUE[name]
    local = inputs.case.parameters.get(name)
    low, high = (local.range if local and local.range else None) or base.range
    if need.unit in ("officer", "place"):
        used = float(resolve(inputs).parameters[name].values.max())
        if used > 0:
            high = min(high, 10.0 * used)
    if name == "law.child_exemption":
        return [0.0, 1.0]
    if low > 0 and high / low > 50:
        return [float(f"{v:.2g}") for v in np.geomspace(low, high, STEPS)]
    if need.unit in ("officer", "place") and high > STEPS:
        step = 10 ** math.floor(math.log10(high / STEPS)) * max(
            1, round(high / STEPS / 10 ** math.floor(math.log10(high / STEPS)))
        )
        return [float(v) for v in np.arange(0, high + step / 2, step)]
    return [float(f"{v:.3g}") for v in np.linspace(low, high, STEPS)]


def chosen_levers(text: str) -> list[str]:
    """Names of levers out of a comma-separated list, the usual ten if empty. Raises InputFaultsError."""
    names = [part.strip() for part in text.split(",") if part.strip()] or list(TEN_LEVERS)
    faults = [
        Fault(
            "explore.ipynb",
            0,
            "levers",
            "unknown parameter",
            shown(name),
            "names of parameters/base",
            nearest(name, CATALOGUE),
        )
        for name in names
        if name not in CATALOGUE
    ]
    if faults:
        raise InputFaultsError(faults)
    return names


class Explorer:
    """The state of the panel: the case, its baseline run, and the run of the sliders."""

    def __init__(self, inputs: CaseInputs, scenario: str, levers: list[str]) -> None:
        self.inputs, self.levers = inputs, levers
        self.scenario = scenario or inputs.case.baseline
        self.baseline = run_one(resolve(inputs, self.scenario))
        self.base_values = indicator_table(self.baseline)

    def solve(self, values: Mapping[str, float]) -> xr.Dataset:
        """The run with some inputs set everywhere. Raises InputFaultsError where they do not fit together."""
        return run_one(resolve(self.inputs, self.scenario, values))

    def table(self, values: Mapping[str, float]) -> Html:
        """Breaches and harms, always all of them, then a few headline indicators, beside the case."""
        chosen = [i for i in INDICATORS if i.kind in ("breach", "harm") or i.key in SHOWN]
        rows: list[list[Any]] = []
        classes: list[str] = []
        for indicator in chosen:
            value, base = values[indicator.key], self.base_values[indicator.key]
            name = join([indicator.title, tag("small", f" {indicator.unit}")])
            gap = difference(value, base, indicator.unit)
            rows.append([name, amount(base, indicator.unit), amount(value, indicator.unit), gap])
            classes.append(indicator.kind)
        head = ["breaches, harms, headlines", "case", "sliders", "difference"]
        note = tag("small", "Single runs without ranges; a report gives ranges.")
        breached = any(values[i.key] > 0.05 for i in chosen if i.kind == "breach")
        flag = tag(
            "strong",
            "There are breaches: choices of an authority, never ranked." if breached else "No breach in this setting.",
            class_="breach" if breached else "",
        )
        return join(
            [STYLE, flag, tag("div", table(head, rows, row_classes=classes, numeric=(1, 2, 3)), class_="mm"), note]
        )

    def picture(self, ds: xr.Dataset) -> bytes:
        """Adrift, ashore, without shelter and waiting for a decision: full lines now, dashed lines the case."""
        plt = style()
        figure, panels = plt.subplots(2, 2, figsize=(7.6, 4.6), sharex=True, layout="constrained")
        for (title, line), panel in zip(LINES.items(), panels.ravel(), strict=True):
            panel.plot(ds["day"].values, line(self.baseline), "--", color="0.35", linewidth=1.4, label="the case")
            panel.plot(ds["day"].values, line(ds), color="C0", linewidth=2, label="sliders")
            panel.set_title(title)
            panel.set_ylabel("persons")
            panel.set_ylim(bottom=0)
            date_axis(panel, ds["day"].values[0], ds["day"].values[-1])
        panels[0, 0].legend(frameon=True)
        return png(figure)


STYLE = Html(
    "<style>.mm table{border-collapse:collapse;font-size:12px}.mm td,.mm th{padding:2px 6px;text-align:right}"
    ".mm th:first-child{text-align:left;font-weight:normal}.mm tr.breach th:first-child{border-left:5px solid #8c1d18}"
    ".mm tr.harm th:first-child{border-left:5px solid #7a4b00}strong.breach{color:#8c1d18}</style>"
)
LINES: dict[str, Callable[[xr.Dataset], np.ndarray]] = {
    "Adrift": lambda ds: ds["daily_adrift"].values,
    "Ashore, in the procedure": lambda ds: ds["daily_people"].sum(("stage", "place", "country")).values,
    "Without shelter": lambda ds: ds["daily_people"].sel(place="unsheltered").sum(("stage", "country")).values,
    "Waiting for a first decision": lambda ds: (
        ds["daily_people"].sel(stage="determination").sum(("place", "country")).values
    ),
}


def lever_slider(inputs: CaseInputs, name: str) -> Any:
    """One slider: at its left end the input is as in the case, else one of the values of its range."""
    import ipywidgets

    base = inputs.workspace.parameters[name]
    local = inputs.case.parameters.get(name)
    positions: list[tuple[str, Any]] = [
        (AS_IN_CASE, AS_IN_CASE),
        *((f"{number(v)} {base.unit}", v) for v in slider_values(inputs, name)),
    ]
    text = f"{base.title} ({base.unit}). In the case: {value_text(inputs, local or base)}. {base.description}"
    return ipywidgets.SelectionSlider(
        options=positions,
        value=AS_IN_CASE,
        description=base.title,
        tooltip=text,
        continuous_update=False,
        style={"description_width": "218px"},
        layout=ipywidgets.Layout(width="535px"),
    )


def explore(workspace: str, case: str, scenario: str = "", levers: str = "") -> Any:
    """The panel of sliders, table and picture as one widget.

    Raises InputFaultsError for bad input. Each slider sets its input everywhere and for the whole run.
    """
    import ipywidgets

    inputs = read_case(read_workspace(Path(workspace)), case)
    if scenario:
        inputs.scenario(scenario)
    explorer = Explorer(inputs, scenario, chosen_levers(levers))
    sliders = {name: lever_slider(inputs, name) for name in explorer.levers}
    state = ipywidgets.HTML(value="Ready.")
    numbers = ipywidgets.HTML(value=str(explorer.table(explorer.base_values)))
    image = ipywidgets.Image(value=explorer.picture(explorer.baseline), format="png", width=530)
    image.add_class("mm-picture")

    def update(_change: object = None) -> None:
        values = {name: slider.value for name, slider in sliders.items() if slider.value != AS_IN_CASE}
        state.value = "Computing\N{HORIZONTAL ELLIPSIS}"
        try:
            ds = explorer.solve(values)
        except InputFaultsError as error:
            state.value = str(tag("strong", str(error), style="color:#8c1d18"))
            return
        numbers.value = str(explorer.table(indicator_table(ds)))
        image.value = explorer.picture(ds)
        state.value = f"{len(values)} of {len(sliders)} inputs set." if values else "All inputs as in the case."

    for slider in sliders.values():
        slider.observe(update, names="value")
    reset = ipywidgets.Button(description="All as in the case")

    def back(_button: object) -> None:
        for slider in sliders.values():
            slider.unobserve(update, names="value")
            slider.value = AS_IN_CASE
            slider.observe(update, names="value")
        update()

    reset.on_click(back)
    wide = ipywidgets.Layout(width="540px", flex="0 0 540px")
    left = ipywidgets.VBox([*sliders.values(), ipywidgets.HBox([reset, state]), image], layout=wide)
    return ipywidgets.HBox([left, numbers])
