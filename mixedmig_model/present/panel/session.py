"""One user's panel: messages in, messages out.

It knows no transport.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.present.panel import messages as m
from mixedmig_model.present.panel.ahead import Ahead, common_states, near_states, position_of
from mixedmig_model.present.panel.drives import drives_of
from mixedmig_model.present.panel.engine import MILLI, SolvedRun
from mixedmig_model.present.panel.engines import PreparedEngine, StartStep
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.hello import FIRST_VIEW, hello_of
from mixedmig_model.present.panel.messages import Reply
from mixedmig_model.present.panel.sliders import Slider, idle_sliders
from mixedmig_model.present.panel.state import PROPOSED, PanelState
from mixedmig_model.record.panel.said import COST, cost_words, panel_words, shown_indicators
from mixedmig_model.record.schema.base import strict_data
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.failures import failure_text
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.solve.answer import SolveError
from mixedmig_model.solve.switching import SwitchError
from mixedmig_model.study.run import LedgerError

FindEngine = Callable[[str | None], PreparedEngine]
"""The engine of a case, by its name.

None is the case that the panel was started with.
"""
FAILURES = (SolveError, SwitchError, LedgerError)


class Session:
    """Answers the messages of one panel.

    ``answer`` is a generator: a transport may drop what a newer message overtakes.
    """

    def __init__(self, find: FindEngine, files: Files) -> None:
        self.find, self.files = find, files
        self.engine: PreparedEngine | None = None
        self.scenario = ""
        self.ahead = Ahead()
        self.gripped: Slider | None = None
        self.at = 0
        self._answers: Mapping[str, Callable[[Any], Iterator[Reply]]] = {
            "hello": self._hello, "set": self._set, "lines": self._lines, "ahead": self._ahead, "idle": self._idle,
            "drives": self._drives, "save": self._keep, "open": self._opened, "copy": self._copy,
            "report": self._report, "ping": self._ping,
        }

    def answer(self, found: Any) -> Iterator[Reply]:
        """Answer a message; faults are answers too.

        A full disk and a fault of the program are said as well: nobody who asks is left without an answer.
        """
        if not (isinstance(found, Mapping) and found.get("type") in ("ping",)):
            self.ahead.stop()
        try:
            message = m.parsed(found)
            yield from self._answers[message.type](message)
        except InputFaultsError as error:
            yield Reply({"type": "fault", **m.numbers(found), **fault_words(error.faults, found)})
        except FAILURES as error:
            yield _failed(found, words.FAILED.format(text=failure_text(error)))
        except Exception as error:  # whatever it is, the reader of the panel must know
            yield _failed(found, failure_text(error))

    def close(self) -> None:
        """Stop what is being solved ahead, and a report in the making."""
        self.ahead.stop()
        self.files.stop()

    @property
    def _engine(self) -> PreparedEngine:
        if self.engine is None:
            self.engine = self.find(None)
        return self.engine

    def _state(self, found: Any) -> PanelState:
        return PanelState.of_message(self._engine.inputs, found)

    def _ping(self, message: m.Ping) -> Iterator[Reply]:
        yield Reply({"type": "pong", "id": message.id})

    def _hello(self, message: m.Hello) -> Iterator[Reply]:
        if message.version != m.VERSION:
            raise InputFaultsError([Fault(words.PANEL_FILE, 0, "version", words.UNKNOWN_VERSION,
                                          found=str(message.version), allowed=str(m.VERSION))])
        yield _progress(message.id, StartStep(0, 0, words.READING))
        if message.case is not None or self.engine is None:
            self.engine = self.find(message.case)
        engine = self._engine
        scenario = message.scenario or engine.inputs.case.baseline
        engine.inputs.scenario(scenario)
        self.scenario = scenario
        for step in engine.starting():
            yield _progress(message.id, step)
        header = hello_of(engine, scenario, engine.prepared, self.files.may(engine.inputs.workspace.root))
        run = self._run_parts(engine.inputs, engine.inputs.case.baseline, engine.base, FIRST_VIEW)
        yield Reply({"type": "hello", "id": message.id, **header, "words": {}, "base": run[0]["words"]}, run[1])

    def _set(self, message: m.Set) -> Iterator[Reply]:
        begun = time.perf_counter()
        state = self._state(message.state)
        inputs = state.proposed(self._engine.inputs)
        resolved = self._engine.resolved(inputs, PROPOSED)
        ms = {"resolve": MILLI * (time.perf_counter() - begun)}
        known = self._engine.kept(resolved)
        if known is None and not self._engine.solver.kernel:
            yield Reply({"type": "later", "seq": message.seq, "text": words.SLOW})
        run = known or self._engine.solved(resolved)
        ms |= {"solve": 0.0, "numbers": 0.0} if known else run.ms
        asked = time.perf_counter()
        header, buffers = self._run_parts(inputs, PROPOSED, run, message.view)
        ms |= {"words": MILLI * (time.perf_counter() - asked), "all": MILLI * (time.perf_counter() - begun),
               "cached": int(known is not None)}
        idle = idle_sliders(inputs, state.scenario, self._sliders)
        yield Reply({"type": "run", "seq": message.seq, "digest": run.digest, "view": message.view,
                     "set": len(state.changes) + len(state.levers), "ms": ms, "idle": idle, **header}, buffers)
        self._go_on_ahead(state)

    def _go_on_ahead(self, state: PanelState) -> None:
        """Solve the next positions of the slider that is held.

        Without a kernel a run takes seconds, and none is solved ahead.
        """
        if self.gripped is not None and self._engine.solver.kernel:
            before, self.at = self.at, position_of(state, self.gripped)
            self.ahead.start(self._engine, near_states(state, self.gripped, before))

    @property
    def _sliders(self) -> tuple[Slider, ...]:
        return self._engine.prepared.sliders

    def _run_parts(
        self, inputs: CaseInputs, name: str, run: SolvedRun, view: str
    ) -> tuple[PlainData, tuple[bytes, bytes]]:
        """Return the words and the buffers of a run.

        An unknown view raises InputFaultsError.
        """
        engine = self._engine
        try:
            lines = engine.lines(view, inputs, name, run)
        except KeyError:
            raise InputFaultsError([Fault(words.PANEL_FILE, 0, "view", words.UNKNOWN_VIEW, found=repr(view)[:80],
                                          allowed=listed(words.VIEWS), nearest=nearest(view, words.VIEWS))]) from None
        said = panel_words(inputs, name, run.numbers, engine.base.numbers, exact=not engine.solver.kernel)
        rows = [run.numbers.table[one.key] for one in shown_indicators(inputs)]
        rows += [float("nan")] if inputs.costs is not None else []
        return {"words": strict_data(said)}, (lines.tobytes(), np.asarray(rows, dtype="<f8").tobytes())

    def _lines(self, message: m.Lines) -> Iterator[Reply]:
        engine, state = self._engine, self._state(message.state)
        inputs, run = engine.of_state(state)
        header, buffers = self._run_parts(inputs, PROPOSED, run, message.view)
        yield Reply({"type": "lines", "id": message.id, "view": message.view, "digest": run.digest, **header}, buffers)

    def _ahead(self, message: m.AheadOf) -> Iterator[Reply]:
        self.gripped = None
        if message.name:
            state = self._state(message.state)
            self.gripped = chosen = next((one for one in self._sliders if one.name == message.name), None)
            if chosen is not None:
                self.at = position_of(state, chosen)
                self.ahead.start(self._engine, near_states(state, chosen))
        yield from ()

    def _idle(self, message: m.Idle) -> Iterator[Reply]:
        engine, state = self._engine, self._state(message.state)
        inputs, run = engine.of_state(state)
        cost = engine.cost(inputs, PROPOSED, run.numbers.run)
        if cost is not None:
            base = engine.cost(engine.inputs, engine.inputs.case.baseline, engine.base.numbers.run)
            assert base is not None
            yield Reply({"type": "costs", "seq": message.seq, "id": message.id, "digest": run.digest,
                         "rows": {COST: list(cost_words(inputs, cost.total, base.total))}})
        if message.visible:
            self.ahead.start(engine, common_states(engine.inputs, state, self._sliders))

    def _drives(self, message: m.Drives) -> Iterator[Reply]:
        found = drives_of(self._engine, self._state(message.state), (message.view, message.chart, message.series))
        yield Reply({"type": "drives", "id": message.id, "chart": message.chart, "series": message.series,
                     "title": found.title, "sentences": list(found.sentences)})

    def _keep(self, message: m.Save) -> Iterator[Reply]:
        saved = self.files.keep(self._engine, self._state(message.state), message)
        yield Reply({"type": "saved", "id": message.id, **saved})

    def _opened(self, message: m.Open) -> Iterator[Reply]:
        yield Reply({"type": "opened", "id": message.id, **self.files.opened(self._engine, message)})

    def _copy(self, message: m.Copy) -> Iterator[Reply]:
        text = self.files.copy(self._engine, self._state(message.state), message)
        yield Reply({"type": "copied", "id": message.id, "form": message.form, "text": text})

    def _report(self, message: m.ReportOf) -> Iterator[Reply]:
        if message.stop:
            self.files.stop()
            return
        for header in self.files.report(self._engine, self._state(message.state), message):
            yield Reply({"id": message.id, **header})


def _failed(found: Any, text: str) -> Reply:
    return Reply({"type": "fault", **m.numbers(found), "lever": "", "text": text, "allowed": ""})


def _progress(number: int, step: StartStep) -> Reply:
    return Reply({"type": "progress", "id": number, **step._asdict()})


def fault_words(faults: Sequence[Fault], found: Any) -> dict[str, str]:
    """Return the first of some faults as a message has it.

    It says which slider the fault belongs to, what is wrong, and what is allowed.

    Parameters
    ----------
    faults : Sequence[Fault]
        The faults.
    found : Any
        The message; its state says what stands at a path such as ``changes.2.scale``.

    Returns
    -------
    dict of str
        The fields of the message.
    """
    first = faults[0]
    text = words.FAULT.format(problem=first.problem, found=first.found) if first.found else first.problem
    return {"lever": _slider_at(first.path, found), "text": text, "allowed": first.allowed}


def _slider_at(path: str, found: Any) -> str:
    """Return the name of the slider that a path belongs to.

    It is empty for a path of the state that belongs to none.
    """
    kind, _, rest = path.partition(".")
    if path in CATALOGUE:
        return path
    state = found.get("state") if isinstance(found, Mapping) else None
    number = rest.split(".")[0]
    entries = state.get(kind) if isinstance(state, Mapping) and kind in ("changes", "levers") else None
    if not isinstance(entries, list) or not number.isdecimal() or int(number) >= len(entries):
        return ""
    entry = entries[int(number)]
    keys = ("parameter", "lever", "preset")
    return next((str(entry[key]) for key in keys if entry.get(key)), "") if isinstance(entry, Mapping) else ""
