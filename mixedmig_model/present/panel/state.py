"""The state of the panel: levers and changes of a scenario.

It has all of them, as the records of the scenario's file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.proposed import scenario_record, with_scenario
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.schema import Scenario
from mixedmig_model.record.schema.plain import PlainData, PlainView
from mixedmig_model.record.words.panel import templates as words

PROPOSED = "panel"
"""The name of a state's scenario until it is saved."""
MOST_ENTRIES = 500
"""Levers and changes that a state may have."""


@dataclass(frozen=True)
class PanelState:
    """Where a state started from, and its complete lists.

    The lists hold plain values.
    """

    scenario: str
    levers: tuple[PlainView, ...] = ()
    changes: tuple[PlainView, ...] = ()

    @classmethod
    def of(cls, name: str, scenario: Scenario) -> "PanelState":
        """Return the state that shows a scenario as it stands."""
        record = scenario_record(scenario)
        return cls(name, tuple(record.get("levers", ())), tuple(record.get("changes", ())))

    @classmethod
    def of_message(cls, inputs: CaseInputs, found: Any) -> "PanelState":
        """Return the state of a message; None is the baseline.

        Faults raise InputFaultsError.
        """
        if found is None:
            return cls.of(inputs.case.baseline, inputs.scenario(inputs.case.baseline))
        if not isinstance(found, Mapping) or set(found) - {"scenario", "levers", "changes"}:
            raise _refused("state", "not a state", words.STATE_ALLOWED)
        lists = [found.get(key, []) for key in ("levers", "changes")]
        if any(not isinstance(one, list) or len(one) > MOST_ENTRIES for one in lists):
            raise _refused("state", "not a state", words.STATE_ALLOWED)
        if any(not isinstance(entry, Mapping) for one in lists for entry in one):
            raise _refused("state", "not a state", words.STATE_ALLOWED)
        name = str(found.get("scenario") or inputs.case.baseline)
        inputs.scenario(name)
        return cls(name, tuple(lists[0]), tuple(lists[1]))

    def message(self) -> PlainData:
        """Return the state as a message has it."""
        return {"scenario": self.scenario, "levers": [dict(one) for one in self.levers],
                "changes": [dict(one) for one in self.changes]}

    def record(self, inputs: CaseInputs, title: str = "", description: str = "") -> PlainData:
        """Return the state's scenario, as a file would hold it.

        Parameters
        ----------
        inputs : CaseInputs
            The case.
        title : str, default ""
            A title of its own; if empty, that of the scenario that it started from.
        description : str, default ""
            A description of its own; if empty, that of the same scenario.

        Returns
        -------
        dict
            The record.
        """
        made = scenario_record(inputs.scenario(self.scenario))
        made |= {key: own for key, own in (("title", title), ("description", description)) if own}
        changes = [{**one, "reason": one.get("reason") or words.REASON} for one in self.changes]
        lists = {"levers": [dict(one) for one in self.levers], "changes": changes}
        return {**{key: value for key, value in made.items() if key not in lists},
                **{key: value for key, value in lists.items() if value}}

    def proposed(self, inputs: CaseInputs) -> CaseInputs:
        """Return the case with the state as the scenario ``PROPOSED``.

        InputFaultsError has all faults.
        """
        return with_scenario(inputs, PROPOSED, self.record(inputs), words.PANEL_FILE)

    def run(self, inputs: CaseInputs) -> RunInputs:
        """Return the numbers of the state.

        Faults raise InputFaultsError.
        """
        return resolve(self.proposed(inputs), PROPOSED)


def _refused(path: str, problem: str, allowed: str) -> InputFaultsError:
    return InputFaultsError([Fault(words.PANEL_FILE, 0, path, problem, allowed=allowed)])
