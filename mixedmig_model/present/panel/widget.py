"""The panel in a notebook, as an anywidget.

Its messages are those of ``docs/panel_protocol.md``.
"""

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.joined import joined
from mixedmig_model.present.panel.session import Session
from mixedmig_model.storage.system import reuse_memory
from mixedmig_model.storage.workers import in_background

LENGTHY = ("report",)
"""Messages whose answers take minutes.

They are answered in a thread, so that others are answered meanwhile.
"""


class Panel(anywidget.AnyWidget):
    """The panel of a case.

    Parameters
    ----------
    session : Session
        The session that answers.
    scenario : str
        The scenario to begin with.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    scenario = traitlets.Unicode().tag(sync=True)

    def __init__(self, session: Session, scenario: str = "") -> None:
        super().__init__(_esm=joined("js"), _css=joined("css"), scenario=scenario)
        self.session = session
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, found: Any, _buffers: Any) -> None:
        if isinstance(found, dict) and found.get("type") in LENGTHY:
            in_background(self._answer, found)
        else:
            self._answer(found)

    def _answer(self, found: Any) -> None:
        for reply in self.session.answer(found):
            self.send(reply.plain, buffers=list(reply.buffers))

    def close(self) -> None:
        """Stop what is being solved ahead, and take the panel away."""
        self.session.close()
        super().close()


def panel(workspace: str | Path, case: str, scenario: str = "") -> Panel:
    """Return the panel of a case as a widget.

    Parameters
    ----------
    workspace : str or Path
        The folder with ``parameters``.
    case : str
        A folder of ``parameters/cases``.
    scenario : str, default ""
        The scenario to begin with; the baseline if empty.

    Returns
    -------
    Panel
        A widget to show in a notebook.

    Raises
    ------
    InputFaultsError
        With all faults of the workspace and the case, or for an unknown scenario.
    """
    reuse_memory()
    root = Path(workspace).resolve()
    engines = Engines(root, case)
    inputs = engines.of(None).inputs
    if scenario:
        inputs.scenario(scenario)
    return Panel(Session(engines.of, Files(root / "reports")), scenario)
