"""The order of sliders: those with the largest effect first.

A step of each slider is solved once, and its effect is kept.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.scale import Position
from mixedmig_model.present.panel.sliders import Slider, sliders
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.record.panel.effects import Effect, effect_of
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.solve.switching import SwitchError
from mixedmig_model.storage import cache
from mixedmig_model.storage.digests import sha256
from mixedmig_model.study.run import LedgerError

FIRST = 10
"""Sliders that come first."""
ASKED = "the effects of sliders"
HALF = 0.5
"""The multiple of the case that is tried."""
WHO_DEPARTS = ("arrivals.", "responses.")
"""Inputs that say who sets out, which come last.

They never count for or against an option.
"""
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Prepared:
    """The sliders of a case, the largest effect first.

    A sentence says what a step of each does.
    """

    sliders: tuple[Slider, ...]
    effects: dict[str, str]

    def rank(self, name: str) -> int | None:
        """Return a slider's place among the first ones, from 1.

        It is None for all others.
        """
        names = [one.name for one in self.sliders[:FIRST]]
        return names.index(name) + 1 if name in names else None


def prepare(engine: Engine, progress: Progress = lambda done, of, text: None) -> Prepared:
    """Return the sliders of a case in the order of their effect.

    Parameters
    ----------
    engine : Engine
        The case and its runs.
    progress : callable, optional
        Called with the number of parts done, of all parts, and words. The parts are the baseline and each slider.

    Returns
    -------
    Prepared
        The sliders, with what each does.

    Raises
    ------
    InputFaultsError
        For a case with faults.
    SolveError
        If the equations cannot be solved.
    """
    found = sliders(engine.inputs)
    parts = 1 + len(found)
    progress(0, parts, words.SOLVING)
    engine.solved(resolve(engine.inputs), lambda _: progress(0, parts, words.COMPILING))
    key = cache.key_of(_files(engine.inputs), engine.base.digest, [ASKED, [one.name for one in found], HALF])
    kept = cache.find(key, None)
    if kept is None or set(kept) != {one.name for one in found}:
        kept = {}
        for done, one in enumerate(found):
            progress(1 + done, parts, words.RANKING)
            kept[one.name] = list(_effect(engine, one))
        cache.keep(key, kept, None)
    order = sorted(found, key=lambda one: (one.name.startswith(WHO_DEPARTS), -float(kept[one.name][0])))
    return Prepared(tuple(order), {name: str(pair[1]) for name, pair in kept.items()})


def _files(inputs: CaseInputs) -> str:
    return sha256(repr(sorted(inputs.files.items())))


def _effect(engine: Engine, slider: Slider) -> Effect:
    """Return the larger effect of the positions that are tried."""
    effects = [Effect(0.0, words.NO_EFFECT)]
    name = engine.inputs.case.baseline
    start = PanelState.of(name, engine.inputs.scenario(name))
    for position in tried(slider):
        change: PlainData = slider.change(position.value or 0.0)
        state = PanelState(start.scenario, start.levers, (*start.changes, change))
        with suppress(InputFaultsError, SolveError, SwitchError, LedgerError):  # no effect that could be shown
            _, run = engine.of_state(state)
            effects.append(effect_of(engine.inputs, run.numbers, engine.base.numbers, position.text))
    return max(effects, key=lambda one: one.size)


def tried(slider: Slider) -> list[Position]:
    """Return the position of a slider that is tried.

    It is half of the case. On a scale in the input's own unit it is the end that is farther from the case.
    """
    scale = slider.scale
    positions = [one for one in scale.positions if one.value is not None]
    if slider.kind == "multiple":
        return [one for one in positions if one.value == HALF]
    return [positions[-1] if len(positions) - scale.case >= scale.case else positions[0]] if positions else []
