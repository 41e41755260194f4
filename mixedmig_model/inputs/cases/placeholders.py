"""Texts of a new case that somebody must replace.

The first page prints them. A case that still has them says nothing about itself.
"""

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.yaml_reader import Document
from mixedmig_model.inputs.schema import Case

QUESTION = "What is the question that this case answers?"
SUMMARY = "Who comes, from where, and what happens to them until the end."
_ADVICE = {
    "question": "the first page leads with it: write what this case is to answer",
    "summary": "the first page prints it: write who comes, from where, and until when",
}


def placeholder_cautions(document: Document, case: Case) -> list[Caution]:
    """Return cautions of texts that nobody has replaced."""
    return [
        Caution(document.file, document.line((key,)), key, f"the {key} is still the one of a new case", found=text,
                advice=_ADVICE[key])
        for key, text in (("question", QUESTION), ("summary", SUMMARY)) if getattr(case, key) == text
    ]
