"""One door to all explanations (``mixedmig explain``)."""

from collections.abc import Callable

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.study.explain.explanation import Explanation, Library
from mixedmig_model.study.explain.model import explain_flow, explain_indicator, explain_stage, explain_stock
from mixedmig_model.study.explain.names import Named, find
from mixedmig_model.study.explain.workspace import explain_item, explain_lever, explain_parameter, explain_preset

MAKERS: dict[str, Callable[[Library, Named], Explanation]] = {
    "indicator": explain_indicator, "flow": explain_flow, "stock": explain_stock, "stage": explain_stage,
    "parameter": explain_parameter, "lever": explain_lever, "preset": explain_preset, "item": explain_item,
}


def explain_named(library: Library, named: Named) -> Explanation:
    """Return what a name of a known kind stands for."""
    return MAKERS[named.kind](library, named)


def explain(workspace: Workspace, name: str, case: CaseInputs | None = None) -> tuple[tuple[Explanation, ...], str]:
    """Return what a name stands for.

    There is one for each kind that has it, and a message where the name is an old one.

    Parameters
    ----------
    workspace : Workspace
        The workspace.
    name : str
        The name.
    case : CaseInputs | None, default None
        A case whose own values are given too.

    Returns
    -------
    tuple[tuple[Explanation, ...], str]
        Explanations, and a message (empty where the name is current).

    Raises
    ------
    InputFaultsError
        Where nothing has the name.
    """
    found, message = find(workspace, name)
    library = Library(workspace, case)
    return tuple(explain_named(library, named) for named in found), message
