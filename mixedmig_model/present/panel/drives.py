"""Causes of a line: five sentences, each with a number.

They are made by leaving out each thing that was set, one at a time.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.present.panel.ahead import moved
from mixedmig_model.present.panel.engine import SolvedRun
from mixedmig_model.present.panel.engines import PreparedEngine
from mixedmig_model.present.panel.ranking import FIRST, tried
from mixedmig_model.present.panel.state import PROPOSED, PanelState
from mixedmig_model.record.panel.driving import LineLevel, Mover, drives_sentences
from mixedmig_model.record.panel.views import views
from mixedmig_model.record.schema.panel import ChartPart
from mixedmig_model.record.words.panel import templates as words

MOST_LEFT_OUT = 12
"""Most levers and changes that are left out one at a time.

If there are more, the last ones that were set are taken.
"""


@dataclass(frozen=True)
class FoundDrives:
    """What drives a line, in words."""

    title: str
    sentences: tuple[str, ...]


def drives_of(engine: PreparedEngine, state: PanelState, asked: tuple[str, str, str]) -> FoundDrives:
    """Explain what drives a line of a state.

    Parameters
    ----------
    engine : PreparedEngine
        The case with its runs and sliders.
    state : PanelState
        The state.
    asked : tuple of str
        Keys of view, chart and series.

    Returns
    -------
    FoundDrives
        A title and sentences.

    Raises
    ------
    InputFaultsError
        For an unknown line.
    """
    chart, where = _place(engine, *asked)
    inputs, run = engine.of_state(state)

    def level(solved: SolvedRun) -> LineLevel:
        line = engine.lines(asked[0], inputs, PROPOSED, solved)[where]
        return LineLevel(float(np.mean(line)), float(line.max()), int(line.argmax()))

    here, case = level(run), level(engine.base)
    parts = [Mover(title, level(without).mean, "") for title, without in _left_out(engine, state)]
    others = [Mover(title, level(tried_run).mean, position)
              for title, position, tried_run in _tried(engine, state)]
    line = chart.title if len(chart.series) == 1 else f"{chart.title}, {_series(chart, asked[2])}"
    said = drives_sentences(inputs.case.start, chart, here, case, line=line, parts=parts, others=others)
    return FoundDrives(words.DRIVES_TITLE.format(line=line), said)


def _series(chart: ChartPart, key: str) -> str:
    return next(one.title for one in chart.series if one.key == key)


def _place(engine: PreparedEngine, view: str, chart: str, series: str) -> tuple[ChartPart, slice]:
    """Return the chart of a line, and its place in the buffer.

    The buffer is that of the line's view.
    """
    at, names = 0, []
    for part in (one for found in views(engine.inputs) if found.key == view for one in found.charts):
        size = engine.inputs.days + 1 if part.x == "day" else len(part.x)
        for one in part.series:
            if (part.key, one.key) == (chart, series):
                return part, slice(at, at + size)
            names.append(f"{part.key} {one.key}")
            at += size
    asked = f"{chart} {series}"
    raise InputFaultsError([Fault(words.PANEL_FILE, 0, view[:80], words.UNKNOWN_LINE, found=asked[:80],
                                  allowed=listed(names), nearest=nearest(asked, names))])


def _left_out(engine: PreparedEngine, state: PanelState) -> Iterator[tuple[str, SolvedRun]]:
    """Yield the runs without one of the levers and changes.

    Each comes with the title of what is left out.
    """
    workspace = engine.inputs.workspace
    for k, change in list(enumerate(state.changes))[-MOST_LEFT_OUT:]:
        without = replace(state, changes=(*state.changes[:k], *state.changes[k + 1 :]))
        title = workspace.parameters[str(change.get("parameter"))].title
        with suppress(InputFaultsError):
            yield title, engine.of_state(without)[1]
    for k, use in list(enumerate(state.levers))[-MOST_LEFT_OUT:]:
        without = replace(state, levers=(*state.levers[:k], *state.levers[k + 1 :]))
        known = workspace.levers.get(str(use.get("lever"))) or workspace.presets.get(str(use.get("preset")))
        with suppress(InputFaultsError):
            yield known.title if known else "", engine.of_state(without)[1]


def _tried(engine: PreparedEngine, state: PanelState) -> Iterator[tuple[str, str, SolvedRun]]:
    """Yield the runs with one of the first sliders moved.

    A slider moves to each position that is tried.
    """
    for slider in engine.prepared.sliders[:FIRST]:
        for position in tried(slider):
            with suppress(InputFaultsError):
                yield slider.parameter.title, position.text, engine.of_state(moved(state, slider, position.value))[1]
