"""Policy scenarios and costing for mixed migration.

The package serves people who plan the response to mixed migration. The names below are its door for scripts
(``docs/api.md``). Each is loaded when it is first used, so that importing the package loads nothing heavy.
``docs/contract.md`` says which names stay.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mixedmig_model.api.runs import (
        Indicators,
        IndicatorValue,
        indicators,
        open_run,
        propose,
        read_case,
        read_workspace,
        resolve,
        run,
        save,
    )
    from mixedmig_model.api.studies import compare, ensemble, explain, report
    from mixedmig_model.inputs.cases.case import CaseInputs
    from mixedmig_model.inputs.reading.faults import InputFaultsError
    from mixedmig_model.inputs.resolving.run_inputs import RunInputs
    from mixedmig_model.inputs.workspace import Workspace
    from mixedmig_model.solve.answer import SolveError
    from mixedmig_model.study.explain.explanation import Explanation

__all__ = [
    "CaseInputs", "Explanation", "IndicatorValue", "Indicators", "InputFaultsError", "RunInputs", "SolveError",
    "Workspace", "compare", "ensemble", "explain", "indicators", "open_run", "propose", "read_case", "read_workspace",
    "report", "resolve", "run", "save",
]
_HOMES = {
    "mixedmig_model.api.runs": (
        "IndicatorValue", "Indicators", "indicators", "open_run", "propose", "read_case", "read_workspace", "resolve",
        "run", "save",
    ),
    "mixedmig_model.api.studies": ("compare", "ensemble", "explain", "report"),
    "mixedmig_model.inputs.cases.case": ("CaseInputs",),
    "mixedmig_model.inputs.reading.faults": ("InputFaultsError",),
    "mixedmig_model.inputs.resolving.run_inputs": ("RunInputs",),
    "mixedmig_model.inputs.workspace": ("Workspace",),
    "mixedmig_model.solve.answer": ("SolveError",),
    "mixedmig_model.study.explain.explanation": ("Explanation",),
}
"""Where each name is defined."""

if not TYPE_CHECKING:  # a type checker takes the names from above, and finds those that there are not

    def __getattr__(name: str) -> Any:
        """Load a name of the door when it is first used.

        Raises AttributeError for any other.
        """
        for home, names in _HOMES.items():
            if name in names:
                found = globals()[name] = getattr(import_module(home), name)
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers: {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
