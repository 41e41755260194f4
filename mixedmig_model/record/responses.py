"""Scenarios in which departures respond to policy: their indicators with the responses and without."""

from collections.abc import Sequence

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.schema.options import ResponseRow
from mixedmig_model.record.verdicts import IndicatorsByRun
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.responses import responses
from mixedmig_model.study.scenarios import DEFAULT_WITHOUT


def response_rows(inputs: CaseInputs, names: Sequence[str], values: IndicatorsByRun) -> tuple[ResponseRow, ...]:
    """A row for each scenario in which departures respond to policy: the responses, and both values by indicator."""
    rows = []
    for name in names:
        if (name, DEFAULT_WITHOUT) in values:
            acting = responses(resolve(inputs, name))
            titles = tuple(inputs.workspace.parameters[key].title for key in acting)
            both = {
                i.key: (values[name, "default"][i.key], values[name, DEFAULT_WITHOUT][i.key])
                for i in INDICATORS if i.kind != "detail"
            }
            rows.append(ResponseRow(scenario=name, responses=titles, values=both))
    return tuple(rows)
