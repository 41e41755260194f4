"""Solving ahead: runs that are likely to be requested next.

They are solved one at a time, until somebody requests something.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.sliders import Slider
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.record.schema.plain import PlainView
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.solve.switching import SwitchError
from mixedmig_model.storage.workers import in_background
from mixedmig_model.study.run import LedgerError

_ONE = threading.Lock()
"""One run at a time is solved ahead in a process, for whichever panel."""
PAUSE = 0.02
"""Seconds between two looks whether anybody waits."""
COMMON = 10
"""Sliders whose ends are solved while nobody moves anything."""


class Ahead:
    """Solves states in a thread of its own until it is stopped.

    A run that has begun is finished and kept.
    """

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, engine: Engine, states: Iterable[PanelState]) -> None:
        """Solve some states, the first one first.

        The states that were being solved are dropped.
        """
        self.stop()
        self._stopped = threading.Event()
        self._thread = in_background(_work, engine, states, self._stopped)

    def stop(self) -> None:
        """Solve nothing more."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is being solved.

        Parameters
        ----------
        seconds : float
            The longest wait.

        Returns
        -------
        bool
            Whether nothing is being solved.
        """
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()


def _work(engine: Engine, states: Iterable[PanelState], stopped: threading.Event) -> None:
    for state in states:
        with _ONE:
            while engine.shared.turns.is_asked and not stopped.wait(PAUSE):
                pass
            if stopped.is_set():
                return
            _solve(engine, state)


def _solve(engine: Engine, state: PanelState) -> None:
    with suppress(InputFaultsError, SolveError, SwitchError, LedgerError):  # said when somebody asks for it
        engine.of_state(state, ahead=True)


def moved(state: PanelState, slider: Slider, value: float | None) -> PanelState:
    """Return a state with a slider at another position.

    Parameters
    ----------
    state : PanelState
        The state.
    slider : Slider
        The slider that moves.
    value : float or None
        Its new value; None for as in the case.

    Returns
    -------
    PanelState
        The state after the move.
    """
    found = [k for k, one in enumerate(state.changes) if one.get("parameter") == slider.name]
    before: PlainView = state.changes[found[-1]] if found else {}
    rest = tuple(one for k, one in enumerate(state.changes) if not found or k != found[-1])
    if value is None:
        return replace(state, changes=rest)
    kept = {key: one for key, one in before.items() if key not in ("set", "scale", "add")}
    return replace(state, changes=(*rest, {**kept, **slider.change(value)}))


def position_of(state: PanelState, slider: Slider) -> int:
    """Return the number of a slider's position in a state.

    It is the case's where the slider has none of its own there.
    """
    now = next((one.get(slider.operation) for one in reversed(state.changes) if one.get("parameter") == slider.name),
               None)
    return next((k for k, one in enumerate(slider.scale.positions) if one.value == now), slider.scale.case)


def near_states(state: PanelState, slider: Slider, before: int | None = None) -> Iterator[PanelState]:
    """Yield states with the other positions of a slider.

    The nearest position comes first. Of two that are as near, the one to which the slider moves comes first.

    Parameters
    ----------
    state : PanelState
        The state.
    slider : Slider
        The slider.
    before : int, optional
        The position from which it came.

    Yields
    ------
    PanelState
        The states.
    """
    here = position_of(state, slider)
    falls = before is not None and here < before
    for k in sorted(range(len(slider.scale.positions)), key=lambda k: (abs(k - here), (k > here) == falls)):
        if k != here:
            yield moved(state, slider, slider.scale.positions[k].value)


def common_states(inputs: CaseInputs, state: PanelState, sliders: Iterable[Slider]) -> Iterator[PanelState]:
    """Yield neighbours of a state, then the scenarios of the case.

    Neighbours are positions of the first sliders next to those of the state.
    """
    for _, slider in zip(range(COMMON), sliders, strict=False):
        for near, _ in zip(near_states(state, slider), range(2), strict=False):
            yield near
    for name, scenario in inputs.scenarios.items():
        yield PanelState.of(name, scenario)
