"""Files of a panel: scenarios, texts to copy, reports."""

import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.cases.proposed import with_scenario, with_text
from mixedmig_model.inputs.cases.written import scenario_text
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, plain_name
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS, is_device_name
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.messages import Copy, Open, ReportOf, Save
from mixedmig_model.present.panel.state import PanelState
from mixedmig_model.record.schema.plain import PlainData, PlainView
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.storage.workers import in_background

OPENED = "opened"
"""The name that a text is read under."""


class StoppedError(RuntimeError):
    """A report was stopped by its reader."""


class Files:
    """Files of one panel.

    Parameters
    ----------
    reports : Path or None
        The folder of reports; None if no report may be made.
    address : str, default ""
        Where reports are shown, with a slot for ``folder``.
    read_only : bool, default False
        Whether nothing is written.
    """

    def __init__(self, reports: Path | None, address: str = "", *, read_only: bool = False) -> None:
        self.reports, self.address, self.read_only = reports, address, read_only
        self._stopped = threading.Event()

    def may(self, root: Path) -> dict[str, bool]:
        """Return what a panel of a workspace may do.

        Nothing is saved in the shipped one.
        """
        return {"save": not self.read_only and root != installed_workspace(),
                "report": not self.read_only and self.reports is not None}

    def stop(self) -> None:
        """Stop the report that is being made."""
        self._stopped.set()

    def keep(self, engine: Engine, state: PanelState, asked: Save) -> PlainData:
        """Write a state as a scenario of its case.

        Parameters
        ----------
        engine : Engine
            The case.
        state : PanelState
            The state.
        asked : Save
            The message, with name, title and description.

        Returns
        -------
        dict
            The answer ``saved``.

        Raises
        ------
        InputFaultsError
            If saving or the name is refused, or the state has faults.
        OSError
            If the file cannot be written.
        TargetError
            If the file may not be written there.
        """
        inputs = engine.inputs
        _require(not self.read_only, "name", words.READ_ONLY, words.READ_ONLY_ALLOWED)
        root = inputs.workspace.root
        _require(root != installed_workspace(), "name", words.SHIPPED, words.SHIPPED_ALLOWED)
        _check_name(asked.name)
        taken = asked.name in inputs.scenarios
        _require(not taken or (asked.replace and asked.name != inputs.case.baseline), "name", words.NAME_TAKEN,
                 words.NAME_OTHER)
        text, made = self._text(inputs, state, asked.name, asked.title, asked.description)
        file = _folder(inputs) / f"{asked.name}.yaml"
        write_file(file, text)
        engine.inputs = made
        return {"name": asked.name, "title": made.scenario(asked.name).title,
                "file": file.relative_to(root).as_posix(), "digest": resolve(made, asked.name).digest,
                "command": words.RUN_COMMAND.format(case=inputs.name, name=asked.name)}

    def opened(self, engine: Engine, asked: Open) -> PlainData:
        """Return a scenario, or the text of one, as a state.

        A scenario of the case is found by its name. Faults raise InputFaultsError.
        """
        name = OPENED if asked.text else asked.name
        inputs = with_text(engine.inputs, name, asked.text) if asked.text else engine.inputs
        scenario = inputs.scenario(name)
        state = PanelState.of(name if name in engine.inputs.scenarios else inputs.case.baseline, scenario)
        return {"name": name, "title": scenario.title, "description": scenario.description,
                "state": state.message(), "digest": resolve(inputs, name).digest}

    def copy(self, engine: Engine, state: PanelState, asked: Copy) -> str:
        """Return a state as YAML, as a script, or as a command.

        Faults raise InputFaultsError.
        """
        inputs, name = engine.inputs, plain_name(asked.name) or plain_name(asked.title) or "from_the_panel"
        text, _ = self._text(inputs, state, name, asked.title, asked.description)
        if asked.form == "yaml":
            return text
        if asked.form == "python":
            root = None if inputs.workspace.root == installed_workspace() else str(inputs.workspace.root)
            return words.PYTHON.format(workspace=repr(root), case=repr(inputs.name), name=repr(name),
                                       yaml=text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'))
        note = words.SAVED_FIRST.format(case=inputs.name, name=name)
        return f"{note}\n{words.RUN_COMMAND.format(case=inputs.name, name=name)}\n"

    def report(self, engine: Engine, state: PanelState, asked: ReportOf) -> Iterator[PlainView]:
        """Make the report of a state next to the baseline.

        The state is saved if no scenario is the same. The answers are yielded: progress, then the report. What ended it
        is raised here, so that one place says what failed.
        """
        _require(not self.read_only and self.reports is not None, "name", words.READ_ONLY, words.READ_ONLY_ALLOWED)
        assert self.reports is not None
        name = self._saved(engine, state, asked)
        inputs, folder = _as_on_disk(engine.inputs, name), f"{engine.inputs.name}_{name}"
        target, answers, stopped = self.reports / folder, SimpleQueue[Any](), threading.Event()
        self._stopped = stopped

        def progress(phase: str, done: int, of: int) -> None:
            if stopped.is_set():
                raise StoppedError(words.REPORT_STOPPED)
            answers.put({"type": "progress", "done": done, "of": of, "text": phase})

        def work() -> None:
            from mixedmig_model.present.report.make import make_report

            try:
                page = make_report(inputs, [name], target, progress=progress)
                answers.put({"type": "reported", "name": name, "file": str(page),
                          "address": self.address.format(folder=folder) if self.address else ""})
            except Exception as error:  # raised again where the answers are read
                answers.put(error)

        in_background(work)
        while True:
            header = answers.get()
            if isinstance(header, Exception):
                raise header
            yield header
            if header.get("type") != "progress":
                return

    def _saved(self, engine: Engine, state: PanelState, asked: ReportOf) -> str:
        """Return the name of a scenario that equals a state.

        The state is saved if there is none.
        """
        inputs = engine.inputs
        digest = state.run(inputs).digest
        for name in inputs.scenarios:
            with suppress(InputFaultsError):
                if name != inputs.case.baseline and resolve(inputs, name).digest == digest:
                    return name
        asked_name = asked.name or plain_name(asked.title)
        self.keep(engine, state, Save(type="save", state=None, name=asked_name, title=asked.title or asked_name,
                                      description=asked.description, replace=False))
        return asked_name

    def _text(
        self, inputs: CaseInputs, state: PanelState, name: str, title: str, description: str
    ) -> tuple[str, CaseInputs]:
        """Return the YAML of a state, and the case read with it.

        Faults raise InputFaultsError.
        """
        record = state.record(inputs, title, description)
        scenario = with_scenario(inputs, name, record).scenario(name)
        file, begun = _folder(inputs) / f"{state.scenario}.yaml", ""
        with suppress(OSError, UnicodeDecodeError):
            begun = file.read_text(encoding="utf-8")
        text = scenario_text(scenario, begun, inputs.scenario(state.scenario) if begun else None)
        return text, with_text(inputs, name, text)


def _folder(inputs: CaseInputs) -> Path:
    return inputs.workspace.root / "parameters" / inputs.workspace.case_folder / inputs.name / "scenarios"


def _as_on_disk(inputs: CaseInputs, name: str) -> CaseInputs:
    """Return the case as its files are now, which a report is made from.

    InputFaultsError is raised where the report would differ from the panel. Then a file other than a scenario has
    changed, or the scenario or the baseline has other numbers.
    """
    found = read_case(read_workspace(inputs.workspace.root), inputs.name)
    scenarios = f"{_folder(inputs).relative_to(inputs.workspace.root / 'parameters').as_posix()}/"
    before, now = ({file: one for file, one in case.files.items() if not file.startswith(scenarios)}
                   for case in (inputs, found))
    same = before == now and all(
        one in found.scenarios and resolve(found, one).digest == resolve(inputs, one).digest
        for one in (name, inputs.case.baseline))
    _require(same, "state", words.CASE_CHANGED, words.CASE_CHANGED_ALLOWED)
    return found


def _check_name(name: str) -> None:
    """Refuse a name that no file of a scenario can have. Raises InputFaultsError."""
    problem, allowed = PATTERNS[NAME_PATTERN]
    _require(bool(re.fullmatch(NAME_PATTERN, name)) and not is_device_name(name), "name", problem, allowed)


def _require(holds: bool, path: str, problem: str, allowed: str) -> None:
    if not holds:
        raise InputFaultsError([Fault(words.PANEL_FILE, 0, path, problem, allowed=allowed)])
