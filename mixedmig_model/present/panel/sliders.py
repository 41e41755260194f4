"""Ten levers from the schema as sliders.

They stand in ``workbooks/explore.ipynb``. With the kernel, a run is solved again while a slider moves; without it, when
the slider is released.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.levers.acting import named
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, CATALOGUE, SUMS_TO_ONE, Need
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving.levels import labels_of
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Parameter
from mixedmig_model.present.panel.scale import Scale, absolute, multiples, switch, unit_title
from mixedmig_model.record.parameters import value_text
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.vocabulary.numbers import number

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
PAUSE = 0.05
"""Seconds in which queued movements are taken in.

Only the last of them is solved.
"""
SHOWN = ("time_adrift", "wait_screening", "wait_determination", "granted_protection", "detention_days")
STEPS = 21


def slider_values(inputs: CaseInputs, name: str) -> list[float]:
    """Return positions of a lever's slider.

    They are in the unit of its base file: the range, cut to ten times what the case uses.
    """
    base, need = inputs.workspace.parameters[name], CATALOGUE[name]
    local = inputs.case.parameters.get(name)
    low, high = parameter.range
    if local and local.range and local.range[0] < local.range[1]:
        own = conversion_factor(local.unit or parameter.unit, parameter.unit)
        low, high = local.range[0] * own, local.range[1] * own
    fallback = absolute(need, factor, low, high, [0.0])
    if name.startswith(SWITCHES):
        kind, scale = "switch", switch(units)
    elif need.unit == SHARE or need.rule == "whole" or not any(levels):
        kind, scale = "absolute", absolute(need, factor, low, high, units)
    else:
        kind, scale = "multiple", multiples(need, levels)
    some_none = kind == "multiple" and any(not any(one) for one in by_label.values())
    return Slider(name, parameter, need, kind, scale=scale, fallback=fallback if some_none else None,
                  by_country=by_label if need.axis == "country" else {})


def chosen_levers(text: str, route: Route = "sea") -> list[str]:
    """Return names of levers from a comma-separated list.

    They are the usual ten if it is empty.

    Parameters
    ----------
    text : str
        The list.
    route : Route, default 'sea'
        Route by which people come. Levers of the sea are left out of the usual ten on another.

    Returns
    -------
    list[str]
        The names.

    Raises
    ------
    InputFaultsError
        For unknown names.
    """
    usual = [name for name in TEN_LEVERS if route == "sea" or name not in AT_SEA]
    names = [part.strip() for part in text.split(",") if part.strip()] or usual
    faults = [
        Fault("explore.ipynb", 0, "levers", "unknown parameter", found=shown(name),
              allowed="names of parameters/base", nearest=nearest(name, CATALOGUE))
        for name in names
        if name not in CATALOGUE
    ]
    if faults:
        raise InputFaultsError(faults)
    return names


class Explorer:
    """The state of the panel.

    It has the case, its baseline run, and the run of the sliders.
    """

    def __init__(
        self, inputs: CaseInputs, scenario: str, levers: list[str], solver: Solver, compiling: Callable[[], None]
    ) -> None:
        self.inputs, self.levers, self.solver, self.compiling = inputs, levers, solver, compiling
        self.scenario = scenario or inputs.case.baseline
        self.cautions: tuple[Caution, ...] = ()
        self.baseline = self.solve({})
        self.base_values = indicator_table(self.baseline)
        self.base_counts = self.counts({}, self.baseline)

    def counts(self, values: Mapping[str, float], ds: xr.Dataset) -> JudgedCounts:
        """Return what a judgement reads of a setting.

        The run is one in which the people of the case depart, for any setting.
        """
        run = resolve(self.inputs, self.scenario, values)
        judged = judged_run(run, resolve(self.inputs, self.scenario))
        return judged_counts(ds if judged is run else run_quickly(judged, self.solver, self.compiling))

    def judged(self, values: Mapping[str, float], ds: xr.Dataset) -> JudgementPart:
        """Return what may be said of a setting next to the case.

        It follows the rule of reports, for single runs.
        """
        run, base = resolve(self.inputs, self.scenario, values), resolve(self.inputs, self.scenario)
        about = About({key: country.title for key, country in self.inputs.case.countries.items()},
                      largest_outside(indicator_table(ds), self.base_values, self.inputs.case.route),
                      judged_run(run, base) is not run, speeds_up(run, base))
        return judged_option({"default": self.counts(values, ds)}, {"default": self.base_counts},
                             made_breaches(run, base), about)

    def solve(self, values: Mapping[str, float]) -> xr.Dataset:
        """Solve the run with some inputs set everywhere.

        Raises InputFaultsError where they do not fit together.
        """
        run = resolve(self.inputs, self.scenario, values)
        self.cautions = run.cautions
        return run_quickly(run, self.solver, self.compiling)

    def table(self, values: Mapping[str, float], said: JudgementPart | None = None) -> Html:
        """Return breaches and harms, then a few headlines.

        All breaches and harms are always shown, next to the case.

        Parameters
        ----------
        values : Mapping[str, float]
            Settings by input.
        said : JudgementPart | None, default None
            What may be said of the sliders. If not given, they are as in the case.

        Returns
        -------
        Html
            HTML.
        """
        found, route = said or baseline_part(self.base_counts), self.inputs.case.route
        chosen = [i for i in INDICATORS if (i.kind in ("breach", "harm") or i.key in SHOWN)
                  and (route == "sea" or i.key not in AT_SEA_INDICATORS)]
        rows: list[list[Any]] = []
        classes: list[str] = []
        for indicator in chosen:
            value, base = values[indicator.key], self.base_values[indicator.key]
            name = join([on_route(indicator.title, route), tag("small", f" {indicator.unit}")])
            row = Row(indicator.unit, base)
            told = said and (said.harm(indicator.key) or said.breach(indicator.key))
            gap = told.text if told else row.difference(value)
            rows.append([name, row.value(base), row.value(value), gap])
            classes.append(indicator.kind)
        head = ["breaches, harms, headlines", "case", "sliders", "difference"]
        note = tag("small", words.SLIDERS_NOTE)
        flag = tag("strong", found.sentence, class_="" if found.ranked else "breach")
        keys = [indicator.key for indicator in chosen]
        numbers = table(head, rows, row_classes=classes, numeric=(1, 2, 3), row_keys=keys)
        return join([STYLE, flag, tag("div", numbers, class_="mm"), note])

    def picture(self, ds: xr.Dataset) -> bytes:
        """Return the picture of the sliders as PNG bytes.

        It shows people adrift, ashore, without shelter and waiting for a decision: full lines now, dashed lines the
        case.
        """
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


def use_messages(inputs: CaseInputs, idle: Mapping[str, Mapping[str, str]]) -> dict[str, list[PlainData]]:
    """Levers and presets of the catalogue as ``hello`` has them."""
    levers, presets = inputs.workspace.levers, inputs.workspace.presets
    sources = inputs.workspace.sources
    uses: dict[str, PlainData] = {}
    for name, lever in levers.items():
        changed = [*(one.parameter for one in lever.changes), *(one.parameter for one in lever.effects)]
        touched = [CATALOGUE[parameter] for parameter in changed]
        source = sources[lever.evidence.source]
        uses[name] = {
            "name": name, "group": "levers", "title": lever.title, "description": lever.description,
            "paragraphs": list(lever.paragraphs), "evidence": lever.evidence.text,
            "strength": lever.evidence.strength, "source": source.title, "address": source.address,
            "side_effects": [side.text for side in lever.side_effects], "not_modelled": list(lever.not_modelled),
            "members": [], "countries": all(need.axis == "country" for need in touched),
            "dates": all(need.rule != "constant" for need in touched), "idle": idle.get(name),
        }
    made = []
    for name, preset in presets.items():
        members = [uses[one.lever] for one in preset.levers]
        made.append({
            "name": name, "group": "presets", "title": preset.title, "description": preset.description,
            "paragraphs": list(preset.paragraphs), "evidence": "", "strength": "", "source": "", "address": "",
            "side_effects": [], "not_modelled": list(preset.left_out), "members": [one.get("title") for one in members],
            "countries": all(one.get("countries") for one in members),
            "dates": all(one.get("dates") for one in members),
            "idle": idle.get(name),
        })
    return {"levers": list(uses.values()), "presets": made}


def lever_slider(inputs: CaseInputs, name: str, while_moving: bool = False) -> Any:
    """Return one slider.

    At its left end the input is as in the case, else it is one of the values of its range.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    name : str
        Name of the input.
    while_moving : bool, default False
        Report the value while it moves; if False, when it is released.

    Returns
    -------
    Any
        The widget.
    """
    import ipywidgets

    base = inputs.workspace.parameters[name]
    local = inputs.case.parameters.get(name)
    positions: list[tuple[str, Any]] = [
        (AS_IN_CASE, AS_IN_CASE),
        *((f"{number(v)} {base.unit}", v) for v in slider_values(inputs, name)),
    ]
    text = slider_words(base, value_text(inputs, local or base))
    return ipywidgets.SelectionSlider(
        options=positions,
        value=AS_IN_CASE,
        description=base.title.replace("$", r"\$"),  # or the words between two of them would be a formula
        tooltip=text,
        continuous_update=while_moving,
        style={"description_width": "218px"},
        layout=ipywidgets.Layout(width="535px"),
    )


class Latest:
    """Calls for the newest state only.

    Calls that came while it was busy, and are out of date, are dropped. In a notebook, movements wait in the event loop
    while a run is solved. Each calls here, and one call a pause answers them all. Without an event loop every call is
    answered immediately.
    """

    def __init__(self, action: Callable[[], None]) -> None:
        self.action, self.asked = action, False

    def __call__(self, _change: object = None) -> None:
        """Request the action.

        It runs immediately without an event loop. With one, it runs after a pause and once for all requests in it.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.action()
            return
        if not self.asked:
            self.asked = True
            loop.call_later(PAUSE, self._answer)

    def _answer(self) -> None:
        self.asked = False
        self.action()


def explore(workspace: str, case: str, scenario: str = "", levers: str = "") -> Any:
    """Return sliders, table and picture as one widget.

    Raises InputFaultsError for bad input. Each slider sets its input everywhere and for the whole run.
    """
    inputs = read_case(read_workspace(Path(workspace)), case)
    if scenario:
        inputs.scenario(scenario)
    compiling = Notice(words.WAIT.format(what=COMPILING))
    explorer = Explorer(inputs, scenario, chosen_levers(levers, inputs.case.route), choose_solver(), compiling.show)
    compiling.clear()
    return Panel(explorer).widget


class Notice:
    """A line below a cell that works, gone when the work is done."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shown: Any = None

    def show(self) -> None:
        """Show the line immediately."""
        from IPython.display import HTML, display

        self.shown = display(HTML(str(tag("p", self.text))), display_id=True)

    def clear(self) -> None:
        """Take the line away."""
        from IPython.display import HTML

        if self.shown is not None:
            self.shown.update(HTML(""))


class Panel:
    """Sliders, a line of state, the table and the picture.

    It says what happens when a slider moves.
    """

    def __init__(self, explorer: Explorer) -> None:
        import ipywidgets

        self.explorer, inputs = explorer, explorer.inputs
        self.sliders = {name: lever_slider(inputs, name, explorer.solver.kernel) for name in explorer.levers}
        self.state = ipywidgets.HTML(value="Ready.")
        self.numbers = ipywidgets.HTML(value=str(explorer.table(explorer.base_values)))
        self.image = ipywidgets.Image(value=explorer.picture(explorer.baseline), format="png", width=530)
        self.image.add_class("mm-picture")
        self.moved = Latest(self.update)
        for slider in self.sliders.values():
            slider.observe(self.moved, names="value")
        reset = ipywidgets.Button(description="All as in the case")
        reset.on_click(self.back)
        words = ipywidgets.HTML(value=str(tag("small", solver_words(explorer.solver))))
        wide = ipywidgets.Layout(width="540px", flex="0 0 540px")
        line = ipywidgets.HBox([reset, self.state])
        left = ipywidgets.VBox([*self.sliders.values(), line, words, self.image], layout=wide)
        self.widget = ipywidgets.HBox([left, self.numbers])

    def update(self) -> None:
        """Solve for the sliders as they stand now, and show it."""
        values = {name: slider.value for name, slider in self.sliders.items() if slider.value != AS_IN_CASE}
        self.state.value = "Computing\N{HORIZONTAL ELLIPSIS}"
        try:
            ds = self.explorer.solve(values)
            said = self.explorer.judged(values, ds) if values else None
        except (InputFaultsError, LedgerError, SolveError, SwitchError) as error:
            self.state.value = str(tag("strong", str(error), style="color:#8c1d18"))
            return
        self.numbers.value = str(self.explorer.table(indicator_table(ds), said))
        self.image.value = self.explorer.picture(ds)
        state = state_words(len(values), len(self.sliders), self.explorer.cautions)
        self.state.value = str(join(state, " "))

    def back(self, _button: object = None) -> None:
        """Set all sliders as in the case, and solve once."""
        for slider in self.sliders.values():
            slider.unobserve(self.moved, names="value")
            slider.value = AS_IN_CASE
            slider.observe(self.moved, names="value")
        self.moved()
