"""Published arithmetic to be reproduced.

The files ``parameters/reproduce/NAME.yaml`` are read and checked (``docs/reproduce.md``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.costs.book import read_costs, unknown_item
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.entries import label, yaml_files
from mixedmig_model.inputs.observations.figure_units import is_unit, result_unit, unit_ratio
from mixedmig_model.inputs.observations.schema import FigureCheck, ReproduceFile, RunFigure
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.reading.fields import NAME_PATTERN, PATTERNS
from mixedmig_model.inputs.reading.units import unit_names
from mixedmig_model.inputs.reading.validation import validate_rest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.workspace import Workspace, check_name

FOLDER = "reproduce"


@dataclass(frozen=True)
class Reproduction:
    """A file of published arithmetic with its small cases."""

    name: str
    file: ReproduceFile
    cases: dict[str, CaseInputs]


def read_reproductions(workspace: Workspace, name: str | None = None) -> list[Reproduction]:
    """Read one file of published arithmetic, or all.

    Raises InputFaultsError with the faults of all their files.
    """
    reader = _Reader(workspace, [])
    paths = yaml_files(workspace.root, workspace.root / "parameters" / FOLDER, reader.faults, True)
    if not paths:
        allowed = "files as in a workspace made by 'mixedmig init DIR'"
        reader.faults.append(Fault(f"parameters/{FOLDER}", 0, "", "nothing to reproduce here", allowed=allowed))
    elif name is not None:
        check_name(name, "file of published figures", tuple(path.stem for path in paths))
    chosen = [path for path in paths if name in (None, path.stem)]
    reproductions = [one for path in chosen if (one := reader.read(path)) is not None]
    if reader.faults:
        raise InputFaultsError(reader.faults)
    return reproductions


@dataclass
class _Reader:
    """Reads files of published arithmetic; faults are collected."""

    workspace: Workspace
    faults: list[Fault]

    def read(self, path: Path) -> Reproduction | None:
        """Read one file and its cases, or note its faults.

        It returns None after noting faults.
        """
        try:
            rest = validate_rest(read_document(path, label(self.workspace.root, path)), ReproduceFile)
        except InputFaultsError as error:
            self.faults += error.faults
            return None
        self.faults += rest.faults
        document, file = rest.document, rest.record
        if file is None:
            return None
        if not re.fullmatch(NAME_PATTERN, path.stem):
            problem = "the file's name is not a valid name"
            self.faults.append(Fault(document.file, 0, "", problem, found=repr(path.stem),
                                     allowed=PATTERNS[NAME_PATTERN][1]))
        cases: dict[str, CaseInputs] = {}
        failed: set[str] = set()
        for name, check in file.checks.items():
            keys: Keys = ("checks", name)
            self._sources(document, keys, check)
            self._lines(document, keys, check)
            if check.run is not None:
                self._case(document, keys, check.run.case, cases, failed)
                if check.run.case in cases:
                    self._run(document, (*keys, "run"), check.run, cases[check.run.case])
            self._unit(document, keys, check, cases)
        return Reproduction(path.stem, file, cases)

    def _known(self, document: Document, keys: Keys, problem: str, found: str, names: Iterable[str]) -> bool:
        """Return whether a name is known; note a fault if not."""
        allowed = list(names)
        if found not in allowed:
            self.faults.append(document.fault(keys, problem, found, listed(allowed), nearest(found, allowed)))
        return found in allowed

    def _sources(self, document: Document, keys: Keys, check: FigureCheck) -> None:
        """Note sources that ``sources.yaml`` lacks."""
        for path, source in _cited(check):
            self._known(document, (*keys, *path), "unknown source", source, self.workspace.sources)

    def _lines(self, document: Document, keys: Keys, check: FigureCheck) -> None:
        """Note unknown units, and lines that cannot be added up.

        Lines in several currencies, or of several years, cannot.
        """
        lines = [(path, index, line) for path, lines in check.all_lines for index, line in enumerate(lines)]
        for path, index, line in lines:
            if not is_unit(line.unit):
                here = (*keys, *path.split("."), index, "unit")
                self.faults.append(document.fault(here, "unknown unit", line.unit, listed(unit_names()),
                                                  nearest(line.unit, unit_names())))
        for key in ("currency", "price_year"):
            given = [(path, index, getattr(line, key)) for path, index, line in lines if getattr(line, key)]
            for path, index, found in given[1:]:
                if found != given[0][2]:
                    text = f"lines of different {key.replace('_', ' ')} are added up"
                    here = (*keys, *path.split("."), index, key)
                    self.faults.append(document.fault(here, text, found, str(given[0][2])))

    def _case(
        self, document: Document, keys: Keys, name: str, cases: dict[str, CaseInputs], failed: set[str]
    ) -> None:
        """Read the case that a check runs, once; note its faults.

        The case has its own cost list.
        """
        shared = replace(self.workspace, case_folder=FOLDER, costs=None)
        if name in cases or name in failed:
            return
        failed.add(name)
        if not self._known(document, (*keys, "run", "case"), "unknown case", name, shared.cases):
            return
        faults: list[Fault] = []
        book = read_costs(shared.root, f"parameters/{FOLDER}/{name}/costs", shared.sources, faults)
        try:
            case = read_case(replace(shared, costs=book), name)
        except InputFaultsError as error:
            faults += error.faults
        if faults:
            self.faults += faults
        else:
            cases[name] = case

    def _run(self, document: Document, keys: Keys, figure: RunFigure, case: CaseInputs) -> None:
        """Note unknown names, and periods outside the run.

        Names are those that the case lacks.
        """
        for key in ("scenario", "less"):
            if (scenario := getattr(figure, key)) is not None:
                self._known(document, (*keys, key), "unknown scenario", scenario, case.scenarios)
        for key in ("quantity", "per"):
            if (driver := getattr(figure, key)) is not None:
                self._known(document, (*keys, key), "unknown quantity", driver, DRIVERS)
        book = case.workspace.costs
        items = book.items if book else {}
        for index, item in enumerate(figure.items or ()):
            problem = unknown_item(book, item) if book and item not in items else "unknown cost item"
            self._known(document, (*keys, "items", index), problem, item, items)
        span = f"{case.case.start} to {case.case.end}"
        for key in ("start", "end"):
            day: date = getattr(figure, key)
            if not case.case.start <= day <= case.case.end:
                self.faults.append(document.fault((*keys, key), "outside the run of the case", day, span))
            elif figure.items and day.day != 1:
                text = "costs are kept by month: the period must be one of whole months"
                self.faults.append(document.fault((*keys, key), text, day, "the first day of a month"))

    def _unit(self, document: Document, keys: Keys, check: FigureCheck, cases: dict[str, CaseInputs]) -> None:
        """Note a published unit that is not what the check gives."""
        currency = ""
        if check.run is not None:
            known = [name in DRIVERS for name in (check.run.quantity, check.run.per) if name is not None]
            if check.run.case not in cases or not all(known):
                return
            book = cases[check.run.case].workspace.costs
            currency = book.money.base_currency if book else ""
        unit = result_unit(check, currency)
        try:
            unit_ratio(unit, check.published.unit)
        except ValueError as error:
            here: Keys = (*keys, "published", "unit")
            allowed = f"{unit}, which the check gives"
            self.faults.append(document.fault(here, str(error), check.published.unit, allowed))


def _cited(check: FigureCheck) -> Iterator[tuple[Keys, str]]:
    """Yield every source that a check names, with its path.

    Paths are below the check.
    """
    yield ("published", "source"), check.published.source
    if check.divided_by is not None:
        yield ("divided_by", "source"), check.divided_by.source
    for path, lines in check.all_lines:
        for index, line in enumerate(lines):
            yield (*path.split("."), index, "source"), line.source
            if line.price_source is not None:
                yield (*path.split("."), index, "price_source"), line.price_source
