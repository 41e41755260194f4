"""Published totals of a shipped case next to its baseline.

They are input, fitted or predicted; misses are called missed.
"""

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.results.published import ComparedTotal, compare_case
from mixedmig_model.study.run import run_one


def reproduce_case(workspace: Workspace, name: str) -> list[ComparedTotal]:
    """Compare the published totals of a case with its baseline.

    Totals are persons, and the baseline is solved here. Raises InputFaultsError where its files have faults or it has
    no published totals, LedgerError and SolveError.
    """
    case = read_case(workspace, name)
    if not case.observations:
        raise InputFaultsError([Fault(f"case {name}", 0, "observed", "the case has no published totals", found="none",
                                      allowed="a case with a table of published totals")])
    return compare_case(run_one(resolve(case)), case, case.case.baseline)
