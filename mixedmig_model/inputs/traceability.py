"""The file ``parameters/traceability.yaml``.

It says where each paragraph of the founding document stands in the model, or why not.
"""

from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mixedmig_model.inputs.entries import label
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.reading.fields import Name, Note, Paragraph, Record, Text, Version, refusal
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.workspace import Workspace

FILE = "traceability.yaml"


class Act(Record):
    """What a lever does: it moves an indicator in a direction.

    The lever is turned fully; the tests turn it.
    """

    lever: Name
    indicator: Name
    direction: Literal["higher", "lower"]


class TraceRow(Record):
    """One paragraph: what it asks, and what answers it.

    It has the reason where nothing can.
    """

    paragraph: Paragraph
    asks: Text
    levers: tuple[Name, ...] = ()
    presets: tuple[Name, ...] = ()
    law: tuple[str, ...] = Field(default=(), description="parameters of law, such as law.child_exemption")
    indicators: tuple[Name, ...] = ()
    cases: tuple[Name, ...] = ()
    acts: tuple[Act, ...] = ()
    note: Annotated[Note, Field(max_length=1000)] = ""
    not_representable: Annotated[Note, Field(max_length=1000)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> "TraceRow":
        if not (self.levers or self.presets or self.law or self.indicators or self.not_representable):
            text = "a paragraph is answered by nothing"
            allowed = "levers, presets, law or indicators, or the reason in not_representable"
            raise refusal(text, self.paragraph, allowed)
        return self

    @property
    def status(self) -> str:
        """``represented``, ``in part`` or ``not representable``."""
        if not self.not_representable:
            return "represented"
        return "in part" if self.levers or self.presets or self.law or self.indicators else "not representable"


class TraceabilityFile(Record):
    """The whole file: a row for each paragraph."""

    schema_: Version = Field(alias="schema")
    rows: Annotated[tuple[TraceRow, ...], Field(min_length=1)]


def read_traceability(workspace: Workspace, indicators: Collection[str], whole: bool = True) -> tuple[TraceRow, ...]:
    """Return the rows of a workspace, in the file's order.

    Parameters
    ----------
    workspace : Workspace
        The workspace.
    indicators : Collection[str]
        Names of indicators that there are.
    whole : bool, default True
        Whether the workspace has all cases that its rows may name. A part that a batch sends to a process has one.

    Returns
    -------
    tuple[TraceRow, ...]
        The rows.

    Raises
    ------
    InputFaultsError
        With all faults: a missing file, a paragraph twice, and names that do not exist.
    """
    path = workspace.root / "parameters" / FILE
    file = label(workspace.root, path)
    if not path.is_file():
        allowed = f"the file that 'mixedmig init' writes to parameters/{FILE}"
        raise InputFaultsError([Fault(file, 0, "", "the file does not exist", allowed=allowed)])
    document = read_document(path, file)
    rows = validate(document, TraceabilityFile).rows
    known: Mapping[str, Collection[str]] = {
        "levers": workspace.levers, "presets": workspace.presets, "cases": workspace.cases,
        "law": [name for name in CATALOGUE if name.startswith("law.")], "indicators": indicators,
    }
    faults = _repeated(document, rows)
    for index, row in enumerate(rows):
        for key, names in known.items() if whole else ((k, n) for k, n in known.items() if k != "cases"):
            for position, name in enumerate(getattr(row, key)):
                faults += _unknown(document, ("rows", index, key, position), key, name, names)
        for position, act in enumerate(row.acts):
            faults += _unknown(document, ("rows", index, "acts", position, "lever"), "levers", act.lever, row.levers)
            keys: Keys = ("rows", index, "acts", position, "indicator")
            faults += _unknown(document, keys, "indicators", act.indicator, indicators)
    if faults:
        raise InputFaultsError(faults)
    return rows


KINDS = {
    "levers": "lever", "presets": "preset", "cases": "case", "law": "parameter of law", "indicators": "indicator",
}


def _unknown(document: Document, keys: Keys, key: str, name: str, known: Collection[str]) -> list[Fault]:
    """Return the fault of an unknown name."""
    if name in known:
        return []
    return [document.fault(keys, f"unknown {KINDS[key]}", name, listed(known) or "none here yet",
                           nearest(name, known))]


def _repeated(document: Document, rows: tuple[TraceRow, ...]) -> list[Fault]:
    """Return faults of paragraphs that stand there twice."""
    seen: set[str] = set()
    faults = []
    for index, row in enumerate(rows):
        if row.paragraph in seen:
            keys: Keys = ("rows", index, "paragraph")
            faults.append(document.fault(keys, "duplicate paragraph", row.paragraph, "one row each"))
        seen.add(row.paragraph)
    return faults


def covering(rows: tuple[TraceRow, ...], paragraphs: Collection[str]) -> tuple[TraceRow, ...]:
    """Return the rows of some paragraphs.

    ``12`` stands for all of 12(a) to 12(m).
    """
    return tuple(row for row in rows if row.paragraph in paragraphs or row.paragraph.split("(")[0] in paragraphs)
