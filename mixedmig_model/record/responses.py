"""Scenarios in which other people depart.

They have their indicators with them, and with the baseline's departures.
"""

from collections.abc import Sequence

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.record.schema.options import ResponseRow
from mixedmig_model.record.verdicts import IndicatorsByRun
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.responses import WHO_DEPARTS, responses, same_inputs
from mixedmig_model.study.scenarios import DEFAULT_WITHOUT


def response_rows(inputs: CaseInputs, names: Sequence[str], values: IndicatorsByRun) -> tuple[ResponseRow, ...]:
    """Return a row for each scenario with other departures.

    It has the inputs that make it so, and both values by indicator.
    """
    rows, before = [], resolve(inputs)
    for name in names:
        if (name, DEFAULT_WITHOUT) in values:
            run = resolve(inputs, name)
            acting = [*responses(run), *(key for key in WHO_DEPARTS if not same_inputs(run, before, (key,)))]
            titles = tuple(inputs.workspace.parameters[key].title for key in acting)
            both = {
                i.key: (values[name, "default"][i.key], values[name, DEFAULT_WITHOUT][i.key])
                for i in INDICATORS if i.kind != "detail"
            }
            rows.append(ResponseRow(scenario=name, responses=titles, values=both))
    return tuple(rows)
