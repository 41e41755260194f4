"""Where the people of a case enter.

A case says it in one line, which sets an input of the equations. What the line says need not be repeated by country.
"""

from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION
from mixedmig_model.inputs.reading.faults import Fault
from mixedmig_model.inputs.reading.yaml_reader import Document
from mixedmig_model.inputs.schema import Case, LocalValue

CLAIM_SHARE = "arrivals.claim_share"
"""The share of arrivals who enter with a claim."""
BY_ENTRY = "set by the line entry of the case"
TWICE = "the line entry says where all people enter"


def with_entry(case: Case) -> Case:
    """Return a case with the input that its entry sets.

    Its own value stays where it has one, which is a fault of its own.
    """
    if case.entry == "journey" or CLAIM_SHARE in case.parameters:
        return case
    made = LocalValue(value=1.0, source=ASSUMPTION, quality="assumption", note=BY_ENTRY)
    return case.model_copy(update={"parameters": {**case.parameters, CLAIM_SHARE: made}})


def entry_faults(document: Document, case: Case) -> list[Fault]:
    """Return the fault of an input that contradicts the entry."""
    own = case.parameters.get(CLAIM_SHARE)
    if case.entry == "journey" or own is None or own.note == BY_ENTRY:
        return []
    return [document.fault(("parameters", CLAIM_SHARE), TWICE, CLAIM_SHARE, "no value, or no line entry")]
