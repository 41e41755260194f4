"""Days and people that the table of arrivals covers.

Coverage is by country: its span, the people inside the run, gaps and overlaps. A day without a row is a day on which
nobody sets out towards a country. That may be meant; the cautions say where it happens. ``end`` is the first day after
a period, in every table and in ``case.yaml``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from mixedmig_model.inputs.cases.departures import Departures
from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.tables import Span
from mixedmig_model.vocabulary.numbers import counted

ONE_DAY = timedelta(days=1)
EXCLUSIVE = "end is the first day after the period"


@dataclass(frozen=True)
class Coverage:
    """The rows of one country: span, and people.

    It has the first day and end, people in the table, and those of them inside the run.
    """

    country: str
    start: date | None
    end: date | None
    people: float
    inside: float
    route: str = ""  # empty where people come to all countries of the case by one route
    unit: str = "person"  # or case

    def as_record(self) -> dict[str, str | float | None]:
        """Return the coverage as a plain record, for programs.

        ``end`` is the first day after the last row.
        """
        return {
            "country": self.country, "start": str(self.start) if self.start else None,
            "end": str(self.end) if self.end else None, "people": self.people, "people_in_run": self.inside,
            **({"route": self.route} if self.route else {}),
        }

    def __str__(self) -> str:
        if self.start is None or self.end is None:
            return f"{self.country}: no arrivals"
        last = self.end - ONE_DAY
        by = f" by {self.route}" if self.route else ""
        text = f"{self.country}: arrivals{by} from {self.start} to {last}, {counted(self.inside, self.unit)} in the run"
        return text if self.inside == self.people else f"{text} of {self.people:,.0f} in the table"


def coverage(
    rows: Sequence[Departures], countries: Iterable[str], run: Span, routes: Mapping[str, str] | None = None,
    unit: str = "person",
) -> list[Coverage]:
    """Return what the table covers of each country.

    Countries are in the order of the case. ``routes``: Routes by country, which are named where they differ.
    """
    named = routes if routes and len(set(routes.values())) > 1 else {}
    made = []
    for country in countries:
        own = [row for row in rows if row.country == country]
        start, end = min((row.start for row in own), default=None), max((row.end for row in own), default=None)
        people, inside = sum(row.persons for row in own), sum(row.persons * share_inside(row, run) for row in own)
        made.append(Coverage(country, start, end, people, inside, route=named.get(country, ""), unit=unit))
    return made


def share_inside(row: Departures, run: Span) -> float:
    """Return the share of a row's days that lie in the run.

    People of a row are spread evenly over its days.
    """
    days = (min(row.end, run[1]) - max(row.start, run[0])).days
    return max(days, 0) / (row.end - row.start).days


def coverage_cautions(
    rows: Sequence[Departures], file: str, countries: Iterable[str], run: Span, unit: str = "person"
) -> list[Caution]:
    """Return what a reader must know of a table of arrivals.

    Cautions are of rows half outside the run, gaps, overlaps and bare ends.
    """
    cautions = [caution for row in rows for caution in _outside(row, file, run, unit)]
    names = list(countries)
    bare = [name for name in names if not any(row.country == name for row in rows)]
    if bare:
        text = f"no row for {', '.join(bare)}: nobody sets out towards {'it' if len(bare) == 1 else 'them'}"
        cautions.append(Caution(file, 0, "country", text))
    gaps: list[Gap] = []
    for country in (name for name in names if name not in bare):
        own = sorted((row for row in rows if row.country == country), key=lambda row: (row.start, row.end, row.line))
        cautions += _overlaps(own, file)
        gaps += _gaps(own, run)
    return [*cautions, *_bare(gaps, file)]


def _outside(row: Departures, file: str, run: Span, unit: str) -> Iterator[Caution]:
    """Yield the caution of a row that lies partly in the run."""
    share = share_inside(row, run)
    if share < 1.0:
        lost = row.persons * (1.0 - share)
        text = f"{counted(lost, unit)} of {counted(row.persons, unit)} lie outside the run and are left out"
        column = "start" if row.start < run[0] else "end"
        found, advice = f"{row.start} to {row.end}", f"the run: {run[0]} to {run[1]}"
        yield Caution(file, row.line, column, text, found=found, advice=advice)


def _overlaps(own: Sequence[Departures], file: str) -> Iterator[Caution]:
    """Yield one caution for a country whose rows overlap.

    The people of both rows are counted.
    """
    longest, found = own[0], []
    for row in own[1:]:
        if row.start < longest.end:
            found.append((row, longest))
        longest = max(longest, row, key=lambda one: one.end)
    if found:
        row, earlier = found[0]
        first, last = row.start, min(row.end, earlier.end) - ONE_DAY
        advice = "the people of both rows are counted"
        advice += f"; rows of {row.country} that overlap another: {len(found)}" if len(found) > 1 else ""
        text = f"the period overlaps line {earlier.line} in {row.country} from {first} to {last}"
        yield Caution(file, row.line, "start", text, advice=advice)


class Gap(NamedTuple):
    """Days of the run without a row of a country.

    It has the row next to the gap, and which of its ends the gap follows.
    """

    row: Departures
    column: str
    first: date
    end: date


def _gaps(own: Sequence[Departures], run: Span) -> Iterator[Gap]:
    """Yield each stretch of the run without a row.

    It lies at the ends of the run or between rows.
    """
    reached = own[0]
    if own[0].start > run[0]:
        yield Gap(own[0], "start", run[0], own[0].start)
    for row in own[1:]:
        if reached.end < row.start and reached.end < run[1] and row.start > run[0]:
            yield Gap(reached, "end", reached.end, row.start)
        reached = max(reached, row, key=lambda one: one.end)
    if reached.end < run[1]:
        yield Gap(reached, "end", reached.end, run[1])


def _bare(gaps: Iterable[Gap], file: str) -> Iterator[Caution]:
    """Yield a caution for each stretch without a row.

    It names all countries that share the stretch. A single day after an end is a misread end.
    """
    shared: dict[tuple[str, date, date], list[Departures]] = {}
    for gap in gaps:
        shared.setdefault((gap.column, gap.first, gap.end), []).append(gap.row)
    for (column, first, end), rows in shared.items():
        names, line = ", ".join(row.country for row in rows), rows[0].line
        if column == "end" and end - first == ONE_DAY:
            text, advice = f"nobody sets out towards {names} on {first}", f"write {end} if {first} belongs to it"
            yield Caution(file, line, column, text, found=str(first), advice=f"{EXCLUSIVE}: {advice}")
        else:
            text = f"nobody sets out towards {names} from {first} to {end - ONE_DAY}"
            yield Caution(file, line, column, text, advice=f"{counted(float((end - first).days), 'day')} of the run")


def last_day_cautions(end: date, file: str, line: int) -> list[Caution]:
    """Return the caution of a run that stops before a month's end.

    ``end`` was most often meant to be in the run.
    """
    if (end + ONE_DAY).day != 1:
        return []
    text, found = f"the run ends before {end}, the last day of a month", str(end)
    advice = f"end is the first day after the run: write {end + ONE_DAY} if {end} belongs to it"
    return [Caution(file, line, "end", text, found=found, advice=advice)]


