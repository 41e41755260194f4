"""Engines by case, for all panels of a process."""

import threading
from functools import cached_property
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed
from mixedmig_model.inputs.workspace import Workspace, read_workspace
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.ranking import Prepared, prepare
from mixedmig_model.present.panel.shared import Shared
from mixedmig_model.record.words.panel import templates as words


class PreparedEngine(Engine):
    """An engine with its sliders in order.

    The order is computed once, when somebody first needs it.
    """

    def __init__(self, inputs: CaseInputs, path: str = "auto", shared: Shared | None = None) -> None:
        super().__init__(inputs, path, shared)
        self._preparing = threading.Lock()

    @property
    def prepared(self) -> Prepared:
        """The sliders of the case, the largest effect first.

        The first caller computes them; others wait.
        """
        with self._preparing:
            return self._prepared

    @cached_property
    def _prepared(self) -> Prepared:
        return prepare(self)


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
