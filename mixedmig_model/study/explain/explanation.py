"""What is said of a name.

It has a head, and parts with entries that say where they stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.study.explain.names import Named
from mixedmig_model.study.explain.spots import Spot


@dataclass(frozen=True)
class Entry:
    """One line of a part: a text, and where it stands."""

    text: str
    spot: Spot | None = None

    def as_record(self) -> dict[str, str | int]:
        """Return the entry for programs.

        Without a spot it has no file and line.
        """
        if self.spot is None:
            return {"text": self.text}
        return {"text": self.text, "file": self.spot.file, "line": self.spot.line}


@dataclass(frozen=True)
class ExplainedPart:
    """Entries that answer one question.

    Examples are ``reads`` and ``moved by``.
    """

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Explanation:
    """What a name stands for, and where it comes from.

    Attributes
    ----------
    kind : str
        indicator, flow, stock, stage, parameter, lever, preset or item.
    name, title, unit : str
        The name, what it is called on a page, and its unit; levers, presets and stages have none.
    meaning : str
        What it is, in a sentence or more.
    defined : Spot
        File, line, and a sign that the line holds.
    parts : tuple of ExplainedPart
        Formula, inputs, sources and readers, each entry with its file and line.
    """

    kind: str
    name: str
    title: str
    unit: str
    meaning: str
    defined: Spot
    parts: tuple[ExplainedPart, ...] = ()

    def part(self, title: str) -> tuple[Entry, ...]:
        """Return the entries of a part.

        Parameters
        ----------
        title : str
            Title of the part, such as ``reads``.

        Returns
        -------
        tuple[Entry, ...]
            Its entries; none where there is no such part.
        """
        return next((part.entries for part in self.parts if part.title == title), ())

    @property
    def spots(self) -> tuple[Spot, ...]:
        """All lines that are named, the definition first."""
        return (self.defined, *(one.spot for part in self.parts for one in part.entries if one.spot))

    def as_record(self) -> dict[str, Any]:
        """Return the explanation for programs.

        Returns
        -------
        dict[str, Any]
            Plain data: kind, name, title, unit, meaning, and parts with file and line.
        """
        return {
            "kind": self.kind, "name": self.name, "title": self.title, "unit": self.unit, "meaning": self.meaning,
            "file": self.defined.file, "line": self.defined.line,
            **{part.title.replace(" ", "_"): [one.as_record() for one in part.entries] for part in self.parts},
        }


@dataclass
class Library:
    """A workspace and its files, perhaps with a case of it.

    Files are read again for the lines of their values.
    """

    workspace: Workspace
    case: CaseInputs | None = None
    _documents: dict[str, Document] = field(default_factory=dict)

    def spot(self, file: str, keys: Keys) -> Spot:
        """Return where a value of a file of the workspace stands.

        Parameters
        ----------
        file : str
            The file, as messages name it.
        keys : Keys
            Path of the value.

        Returns
        -------
        Spot
            Its file and line.
        """
        if file not in self._documents:
            self._documents[file] = read_document(self.workspace.root / file, file)
        sign = next(str(key) for key in reversed(keys) if not isinstance(key, int))
        return Spot(file, self._documents[file].line(keys), sign)

    def source(self, key: str) -> Entry:
        """Return a source by its key.

        It has title, address, and where it stands.
        """
        one = self.workspace.sources[key]
        text = ", ".join(part for part in (f"{key}: {one.title}", one.address) if part)
        return Entry(text, self.spot("parameters/sources.yaml", ("sources", key)))


def explanation(
    named: Named, meaning: str, defined: Spot, parts: Mapping[str, Iterable[Entry]]
) -> Explanation:
    """Return an explanation with the parts that have entries."""
    kept = tuple(ExplainedPart(name, made) for name, entries in parts.items() if (made := tuple(entries)))
    return Explanation(named.kind, named.name, named.title, unit=named.unit, meaning=meaning, defined=defined,
                       parts=kept)
