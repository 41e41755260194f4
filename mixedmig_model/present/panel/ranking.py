"""Which sliders matter most in a case: a step of each is solved once, and what it does is kept."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import InputFaultsError
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
"""Inputs that say who sets out, which never counts for or against an option: they come last."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """The sliders of a case, the largest effect first, and what a step of each does, in words."""

    sliders: tuple[Slider, ...]
    effects: dict[str, str]

    def rank(self, name: str) -> int | None:
        """The place of a slider among the first ones, from 1; None for all others."""
        names = [one.name for one in self.sliders[:FIRST]]
        return names.index(name) + 1 if name in names else None


def prepare(engine: Engine, progress: Progress = lambda done, of: None) -> Prepared:
    """The sliders of a case in the order of their effect. Raises InputFaultsError, SolveError."""
    found = sliders(engine.inputs)
    key = cache.key_of(_files(engine.inputs), engine.base.digest, [ASKED, [one.name for one in found], HALF])
    kept = cache.find(key, None)
    if kept is None or set(kept) != {one.name for one in found}:
        kept = {}
        for done, one in enumerate(found):
            progress(done, len(found))
            kept[one.name] = list(_effect(engine, one))
        cache.keep(key, kept, None)
    order = sorted(found, key=lambda one: (one.name.startswith(WHO_DEPARTS), -float(kept[one.name][0])))
    return Prepared(tuple(order), {name: str(pair[1]) for name, pair in kept.items()})


def _files(inputs: CaseInputs) -> str:
    return sha256(repr(sorted(inputs.files.items())))


def _effect(engine: Engine, slider: Slider) -> Effect:
    """The larger effect of the positions that are tried."""
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
    """The position that is tried: half of the case, or the end of a scale of its own that is farther from it."""
    scale = slider.scale
    positions = [one for one in scale.positions if one.value is not None]
    if slider.kind == "multiple":
        return [one for one in positions if one.value == HALF]
    return [positions[-1] if len(positions) - scale.case >= scale.case else positions[0]] if positions else []
