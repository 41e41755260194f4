"""Scenarios in which departures respond to policy: their indicators with the responses and without."""

from collections.abc import Sequence
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.verdicts import IndicatorsByRun
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.responses import responses
from mixedmig_model.study.scenarios import WITHOUT


def response_rows(inputs: CaseInputs, names: Sequence[str], values: IndicatorsByRun) -> list[dict[str, Any]]:
    """A row for each scenario in which departures respond to policy: the responses, and both values by indicator."""
    rows = []
    for name in names:
        if (name, WITHOUT["default"]) in values:
            acting = responses(resolve(inputs, name))
            titles = [inputs.workspace.parameters[key].title for key in acting]
            both = {
                i.key: [values[name, side][i.key] for side in ("default", WITHOUT["default"])]
                for i in INDICATORS if i.kind != "detail"
            }
            rows.append({"scenario": name, "responses": titles, "values": both})
    return rows
