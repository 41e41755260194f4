"""Engines by case, for all panels of a process."""

import threading
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed
from mixedmig_model.inputs.workspace import Workspace, read_workspace
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.ranking import Prepared, prepare
from mixedmig_model.present.panel.shared import Shared
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.storage.workers import in_background

PAUSE = 0.05
"""Seconds between two looks how far a start is."""


class StartStep(NamedTuple):
    """How far the start of a case is.

    It has the number of parts done, of all parts, and words.
    """

    done: int
    of: int
    text: str


class Start:
    """The start of a case, in a thread of its own.

    All panels that wait for it see the same steps.
    """

    def __init__(self, engine: Engine) -> None:
        self.step = StartStep(0, 0, words.SOLVING)
        self.found: Prepared | None = None
        self.error: Exception | None = None
        self._thread = in_background(self._work, engine)

    def _work(self, engine: Engine) -> None:
        try:
            self.found = prepare(engine, self._tell)
        except Exception as error:  # raised again for each who waits
            self.error = error

    def _tell(self, done: int, of: int, text: str) -> None:
        self.step = StartStep(done, of, text)

    def steps(self) -> Iterator[StartStep]:
        """Yield the newest step until the case is ready."""
        told: StartStep | None = None
        while self._thread.is_alive():
            if self.step != told:
                told = self.step
                yield told
            self._thread.join(PAUSE)
        if self.error is not None:
            raise self.error


class PreparedEngine(Engine):
    """An engine with its sliders in order.

    The order is computed once, when somebody first needs it.
    """

    def __init__(self, inputs: CaseInputs, path: str = "auto", shared: Shared | None = None) -> None:
        super().__init__(inputs, path, shared)
        self._starting = threading.Lock()
        self._start: Start | None = None

    def starting(self) -> Iterator[StartStep]:
        """Begin the start, if nobody has, and yield its steps.

        One that failed is begun again. Errors are those of ``prepare``.
        """
        with self._starting:
            if self._start is None or self._start.error is not None:
                self._start = Start(self)
            start = self._start
        yield from start.steps()

    @property
    def prepared(self) -> Prepared:
        """The sliders of the case, the largest effect first.

        The first caller has them computed; others wait.
        """
        for _ in self.starting():
            pass
        assert self._start is not None
        assert self._start.found is not None
        return self._start.found


class Engines:
    """The cases of a workspace, each read once."""

    def __init__(self, workspace: Path, case: str | None, path: str = "auto") -> None:
        self.root, self.case, self.path = workspace, case, path
        self.shared = Shared()
        self._found: dict[str, PreparedEngine] = {}
        self._lock = threading.RLock()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace of all cases. Raises InputFaultsError."""
        return read_workspace(self.root)

    def of(self, case: str | None) -> PreparedEngine:
        """Return the engine of a case.

        Parameters
        ----------
        case : str or None
            The case; if None, the one that the panel was started with.

        Returns
        -------
        PreparedEngine
            The engine.

        Raises
        ------
        InputFaultsError
            For an unknown case, or one with faults.
        """
        with self._lock:
            name = case or self.case
            if name is None:
                raise InputFaultsError([Fault(words.PANEL_FILE, 0, "case", words.NO_CASE,
                                              allowed=listed(self.workspace.cases))])
            if name not in self._found:
                self._found[name] = PreparedEngine(read_case(self.workspace, name), self.path, self.shared)
            return self._found[name]

    def prepare(self) -> None:
        """Compute all that the first panel needs, if a case is known.

        Raises
        ------
        InputFaultsError
            For a case with faults.
        SolveError
            If the equations cannot be solved.
        """
        if self.case is not None:
            assert self.of(None).prepared
