"""Published arithmetic to be reproduced: ``parameters/reproduce/NAME.yaml``, read and checked (``docs/reproduce.md``).

A file says what is published, with what tolerance, and how it is worked out here: lines that go through the arithmetic
of costs, a break-even, or a run of a small case in a folder beside the file. Nothing in a file is evaluated.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.costs.book import read_costs
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.schema import Currency, NotNegative, Positive, ShareNumber, Year
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.reading.fields import (
    NAME_PATTERN,
    PATTERNS,
    Day,
    Name,
    Note,
    Paragraph,
    Quality,
    Range,
    Record,
    SourceKey,
    Text,
    Title,
    Unit,
    Version,
    refusal,
)
from mixedmig_model.inputs.reading.units import conversion_factor, unit_names
from mixedmig_model.inputs.reading.validation import validate
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys, read_document
from mixedmig_model.inputs.workspace import Workspace, check_name, label, yaml_files

FOLDER = "reproduce"
Evidence = Literal["arithmetic", "input", "fitted", "predicted"]
"""``arithmetic``: published numbers recombined; ``input``: given to the run; ``fitted``: chosen so that it comes out;
``predicted``: neither."""
Explanation = Annotated[Note, Field(max_length=2000)]


class Published(Record):
    """What is published: a figure or a range, its unit, and how far beyond it ours may lie without being missed."""

    value: Positive
    range: Range | None = Field(default=None, description="as published, or what the printed rounding allows")
    unit: Unit
    tolerance: ShareNumber
    basis: Literal["quoted", "worked_out"] = "quoted"
    source: SourceKey
    paragraph: Paragraph | None = None

    @model_validator(mode="after")
    def _inside(self) -> "Published":
        low, high = self.ends
        if not 0.0 < low <= self.value <= high:
            raise refusal("the figure lies outside its own range, or this is not above 0", f"{self.value:g}",
                          f"{low:g} to {high:g}")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """Low and high end of what is published."""
        return self.range or (self.value, self.value)


class PublishedLine(Record):
    """A line of a published sum: so many units at a price."""

    title: Title
    quantity: NotNegative
    unit: Unit
    price: NotNegative
    currency: Currency
    price_year: Year | None = None
    source: SourceKey
    price_source: SourceKey | None = Field(default=None, description="where the price is from another source")
    quality: Quality
    note: Note = Field(default="", max_length=1000)


Lines = Annotated[tuple[PublishedLine, ...], Field(min_length=1, max_length=100)]


class Divisor(Record):
    """What a sum is divided by: people, or a price of one, such as CAD/person, which gives a number of people."""

    title: Title
    quantity: Positive
    unit: Unit
    source: SourceKey
    quality: Quality


class Balance(Record):
    """A break-even: (1 - share deterred) x what is spent on each = what is saved on each, at some time in the system.

    ``time_share`` is how much of what is saved is proportional to that time; where it is not given, it is solved for
    so that the published figure comes out.
    """

    saved: Lines
    spent: Lines
    priced_years: Positive = Field(description="time in the system for which the lines are published, years")
    years: Positive = Field(description="time in the system for which the break-even is sought, years")
    time_share: ShareNumber | None = None


class RunFigure(Record):
    """A figure of a run of a small case: the cost of items, or a quantity, over a period; ``per`` divides it.

    A level is its mean over the period; an amount, and a cost, the sum. ``less`` names a scenario whose figure is
    taken off.
    """

    case: Name
    scenario: Name | None = None
    less: Name | None = None
    items: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    quantity: Name | None = None
    per: Name | None = None
    start: Day
    end: Day

    @model_validator(mode="after")
    def _one_figure(self) -> "RunFigure":
        if (self.items is None) == (self.quantity is None):
            given = [name for name in ("items", "quantity") if getattr(self, name) is not None]
            raise refusal("give exactly one of items, quantity", ", ".join(given) or "none")
        if self.end <= self.start:
            raise refusal("the period ends before it starts", f"{self.start} to {self.end}",
                          f"end a date after {self.start}")
        return self


WAYS = ("lines", "break_even", "run")


class FigureCheck(Record):
    """One published figure and how it is reproduced; ``explained`` says why it is missed, where it is."""

    title: Title
    published: Published
    evidence: Evidence
    lines: Lines | None = None
    divided_by: Divisor | None = None
    divided_by_lines: Lines | None = None
    break_even: Balance | None = None
    run: RunFigure | None = None
    explained: Explanation = ""
    note: Note = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def _one_way(self) -> "FigureCheck":
        given = [name for name in WAYS if getattr(self, name) is not None]
        if len(given) != 1:
            raise refusal("give exactly one of lines, break_even, run", ", ".join(given) or "none")
        divisors = [name for name in ("divided_by", "divided_by_lines") if getattr(self, name) is not None]
        if len(divisors) > 1 or (divisors and self.lines is None):
            raise refusal("one divisor at most, and only of lines", ", ".join(divisors), "lines with one divisor")
        solved = self.break_even is not None and self.break_even.time_share is None
        if solved and self.evidence != "fitted":
            raise refusal("without time_share the figure is fitted", self.evidence, "evidence: fitted, or time_share")
        return self

    @property
    def all_lines(self) -> tuple[tuple[str, Lines], ...]:
        """Every list of lines of the check, with its path below the check."""
        found = [("lines", self.lines), ("divided_by_lines", self.divided_by_lines)]
        if self.break_even is not None:
            found += [("break_even.saved", self.break_even.saved), ("break_even.spent", self.break_even.spent)]
        return tuple((path, lines) for path, lines in found if lines is not None)


class ReproduceFile(Record):
    """A file of ``parameters/reproduce``: what was published in one place, and how it is reproduced."""

    schema_: Version = Field(alias="schema")
    title: Title
    about: Text
    in_view: Text = Field(description="what was chosen with a published figure in view; or that nothing was")
    paragraphs: tuple[Paragraph, ...] = ()
    checks: dict[Name, FigureCheck] = Field(min_length=1, max_length=100)


@dataclass(frozen=True)
class Reproduction:
    """A file of published arithmetic with the small cases that it runs."""

    name: str
    file: ReproduceFile
    cases: dict[str, CaseInputs]


def result_unit(check: FigureCheck, currency: str = "") -> str:
    """The unit in which a check comes out. Args: currency of the cost book of a run."""
    if check.break_even is not None or check.divided_by_lines is not None:
        return "share"
    if check.run is not None:
        return _run_unit(check.run, currency)
    assert check.lines is not None
    money = check.lines[0].currency
    if check.divided_by is None:
        return money
    unit = check.divided_by.unit
    return unit.removeprefix(f"{money}/") if unit.startswith(f"{money}/") else f"{money}/{unit}"


def _run_unit(figure: RunFigure, currency: str) -> str:
    """The unit of a figure of a run: a mean level over an amount is that of the amount a day."""
    if figure.quantity is None:
        top, level = currency, False
    else:
        driver = DRIVERS[figure.quantity]
        top, level = driver.unit, driver.kind == "level"
    if figure.per is None:
        return top
    below = DRIVERS[figure.per]
    return f"{top}*day/{below.unit}" if level and below.kind == "amount" else f"{top}/{below.unit}"


def is_unit(unit: str) -> bool:
    """Whether the model knows a unit, whatever it measures."""
    try:
        conversion_factor(unit, "share")
    except ValueError as error:
        return str(error) != "unknown unit"
    return True


def unit_ratio(found: str, wanted: str) -> float:
    """Factor from a unit to another, money included. Raises ValueError where they measure different things."""
    money = re.match(r"[A-Z]{3}(?=$|/)", found)
    if money is None:
        return conversion_factor(found, wanted)
    if found != wanted:
        raise ValueError("the unit measures something else")
    return 1.0


def read_reproductions(workspace: Workspace, name: str | None = None) -> list[Reproduction]:
    """Read one file of published arithmetic, or all. Raises InputFaultsError with the faults of all their files."""
    reader = _Reader(workspace, [])
    paths = yaml_files(workspace.root, workspace.root / "parameters" / FOLDER, reader.faults)
    if not paths:
        allowed = "files as in a workspace made by 'mixedmig init DIR'"
        reader.faults.append(Fault(f"parameters/{FOLDER}", 0, "", "nothing to reproduce here", allowed=allowed))
    elif name is not None:
        check_name(name, "file of published figures", tuple(path.stem for path in paths))
    chosen = [path for path in paths if name in (None, path.stem)]
    found = [one for path in chosen if (one := reader.read(path)) is not None]
    if reader.faults:
        raise InputFaultsError(reader.faults)
    return found


@dataclass
class _Reader:
    """Reads files of published arithmetic; faults are collected."""

    workspace: Workspace
    faults: list[Fault]

    def read(self, path: Path) -> Reproduction | None:
        """One file and the cases that it runs, or None after noting its faults."""
        try:
            document = read_document(path, label(self.workspace.root, path))
            file = validate(document, ReproduceFile)
        except InputFaultsError as error:
            self.faults += error.faults
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
        """Whether a name is one of those there are; a fault is noted where it is not."""
        allowed = list(names)
        if found not in allowed:
            self.faults.append(document.fault(keys, problem, found, listed(allowed), nearest(found, allowed)))
        return found in allowed

    def _sources(self, document: Document, keys: Keys, check: FigureCheck) -> None:
        """Note sources that ``sources.yaml`` lacks."""
        for path, source in _cited(check):
            self._known(document, (*keys, *path), "unknown source", source, self.workspace.sources)

    def _lines(self, document: Document, keys: Keys, check: FigureCheck) -> None:
        """Note unknown units, and lines in several currencies, or of several years, that would be added up."""
        lines = [(path, index, line) for path, lines in check.all_lines for index, line in enumerate(lines)]
        for path, index, line in lines:
            if not is_unit(line.unit):
                place = (*keys, *path.split("."), index, "unit")
                self.faults.append(document.fault(place, "unknown unit", line.unit, listed(unit_names()),
                                                  nearest(line.unit, unit_names())))
        for key in ("currency", "price_year"):
            given = [(path, index, getattr(line, key)) for path, index, line in lines if getattr(line, key)]
            for path, index, found in given[1:]:
                if found != given[0][2]:
                    text = f"lines of different {key.replace('_', ' ')} are added up"
                    place = (*keys, *path.split("."), index, key)
                    self.faults.append(document.fault(place, text, found, str(given[0][2])))

    def _case(
        self, document: Document, keys: Keys, name: str, cases: dict[str, CaseInputs], failed: set[str]
    ) -> None:
        """Read the case that a check runs, with its own cost list, once; its faults are noted."""
        shared = replace(self.workspace, case_folder=FOLDER, costs=None)
        if name in cases or name in failed:
            return
        failed.add(name)
        if not self._known(document, (*keys, "run", "case"), "no such case beside this file", name, shared.cases):
            return
        found: list[Fault] = []
        book = read_costs(shared.root, f"parameters/{FOLDER}/{name}/costs", shared.sources, found)
        try:
            case = read_case(replace(shared, costs=book), name)
        except InputFaultsError as error:
            found += error.faults
        if found:
            self.faults += found
        else:
            cases[name] = case

    def _run(self, document: Document, keys: Keys, figure: RunFigure, case: CaseInputs) -> None:
        """Note names that the case lacks and periods that leave its run."""
        for key in ("scenario", "less"):
            if (scenario := getattr(figure, key)) is not None:
                self._known(document, (*keys, key), "unknown scenario", scenario, case.scenarios)
        for key in ("quantity", "per"):
            if (driver := getattr(figure, key)) is not None:
                self._known(document, (*keys, key), "no such quantity of the model", driver, DRIVERS)
        items = case.workspace.costs.items if case.workspace.costs else {}
        for index, item in enumerate(figure.items or ()):
            self._known(document, (*keys, "items", index), "unknown cost item", item, items)
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
            place: Keys = (*keys, "published", "unit")
            allowed = f"{unit}, which the check gives"
            self.faults.append(document.fault(place, str(error), check.published.unit, allowed))


def _cited(check: FigureCheck) -> Iterator[tuple[Keys, str]]:
    """Every source that a check names, with its path below the check."""
    yield ("published", "source"), check.published.source
    if check.divided_by is not None:
        yield ("divided_by", "source"), check.divided_by.source
    for path, lines in check.all_lines:
        for index, line in enumerate(lines):
            yield (*path.split("."), index, "source"), line.source
            if line.price_source is not None:
                yield (*path.split("."), index, "price_source"), line.price_source
