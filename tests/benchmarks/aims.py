"""Aims and floors of speed beside what was measured."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.benchmarks.plan import ALL, COUNTRIES, FEW, MANY, YEARS

Found = dict[str, dict]
NAN = float("nan")


def figure(value: float, unit: str = "") -> str:
    """A number with three digits; words where there is none."""
    if value != value:
        return "not measured"
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{text} {unit}" if unit else text


def times(value: float) -> str:
    """A ratio in two digits."""
    if value != value:
        return "not measured"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


class Aim(NamedTuple):
    """What should hold, what was measured, and whether the aim and the floor are met.

    A floor is what must hold; an aim is what would be good. ``least`` says that more is better.
    """

    words: str
    measured: float
    unit: str
    aim: float
    floor: float | None = None
    least: bool = False
    note: str = ""

    def meets(self, bound: float) -> bool:
        """Whether a bound is kept; what could not be measured keeps none."""
        return self.measured >= bound if self.least else self.measured <= bound

    def row(self) -> str:
        """A row of a table in Markdown: the ratio first."""
        sign, note = (">=" if self.least else "<="), f" ({self.note})" if self.note else ""
        if self.measured != self.measured:
            bound = f"{sign} {self.aim:,g} {self.unit}"
            return f"| {self.words} | | not measured{note} | {bound} | no | {self._floor('no')} |"
        met = "yes" if self.meets(self.aim) else "no"
        return (f"| {self.words} | {times(self.measured / self.aim)} | {figure(self.measured, self.unit)}{note} | "
                f"{sign} {self.aim:,g} {self.unit} | {met} | {self._floor()} |")

    def _floor(self, word: str = "") -> str:
        if self.floor is None:
            return ""
        return f"{word or ('yes' if self.meets(self.floor) else 'no')}, {self.floor:,g} {self.unit}"


def number(found: Found, name: str, key: str) -> float:
    """A number of a measurement; NaN where there is none."""
    value = found.get(name, {}).get(key)
    return NAN if value is None else float(value)


def all_draws(found: Found) -> tuple[float, float, str]:
    """Wall seconds and MB of 10,000 draws, with words where fewer were drawn."""
    for draws in (ALL, MANY, FEW, FEW // 2):
        for years in (3, 1):
            one = found.get(f"draws {draws} {years}", {})
            if "wall" in one:
                words = [] if draws == ALL else [f"foretold by {draws:,} draws"]
                words += [] if years == 3 else ["of one year"]
                return one["wall"] * ALL / draws, one["memory"], ", ".join(words)
    return NAN, NAN, ""


def aims(found: Found, years: int) -> list[Aim]:
    """All aims and floors. Args: years, the length of the runs that were measured."""
    return [*of_runs(found, years), *of_growth(found, years), *of_draws(found), *of_panel(found, years),
            *of_reports(found)]


def of_runs(found: Found, years: int) -> Iterator[Aim]:
    """Aims of one run."""
    one, table = f"sums 1 {years}", f"flow_table strict {years}"
    length = "" if years == 3 else f"{years} year"
    yield Aim("a member-run for daily sums, processor", 1e3 * number(found, one, "cpu"), "ms", 6.0, note=length)
    each = number(found, table, "cpu") / number(found, table, "members") / number(found, table, "evaluations")
    ours = number(found, one, "kernel") / number(found, one, "evaluations")
    yield Aim("its kernel, to the flow table alone in C at as many evaluations", ours / each, "times", 2.0)
    many = number(found, f"together {years}", "wall") / number(found, f"together {years}", "members")
    yield Aim("faster than the reference, one run after another, wall",
              number(found, f"reference 1 {years}", "wall") / many, "times", 300.0, least=True)
    for countries, aim in ((1, 25.0), (5, 60.0)):
        words = "one country" if countries == 1 else f"{countries} countries"
        yield Aim(f"changed numbers to indicators, {words}, processor",
                  1e3 * number(found, f"numbers {countries} {years}", "cpu"), "ms", aim, note=length)


def of_growth(found: Found, years: int) -> Iterator[Aim]:
    """Aims of growth: time for each cell, to that of the smallest."""
    base, key = number(found, f"sums 1 {years}", "kernel"), "kernel"
    for countries in COUNTRIES:
        name = f"sums {countries} {years} 0"
        if name in found:
            yield Aim(f"kernel, time a country, {countries} to 1", number(found, name, key) / countries / base, "times",
                      1.3, 1.3)
            yield Aim(f"the same with inputs and memory, {countries} to 1",
                      number(found, name, "cpu") / countries / number(found, f"sums 1 {years}", "cpu"), "times", 1.3)
    name = f"sums 1 {YEARS[1]} 0"
    if name in found:
        yield Aim(f"kernel, time a year, {YEARS[1]} to {years}",
                  number(found, name, key) / YEARS[1] / base * years, "times", 1.3)
    name = f"sums 1 {years} 16"
    if name in found:
        yield Aim("kernel, time a group, 16 to 8", number(found, name, key) / 2 / base, "times", 1.3)
    if f"draws {MANY} {years}" in found:
        few, many = (number(found, f"draws {draws} {years}", "wall") / draws for draws in (FEW, MANY))
        yield Aim(f"time a draw, {MANY:,} to {FEW}", many / few, "times", 1.3)


def of_draws(found: Found) -> Iterator[Aim]:
    """Aims of many draws."""
    wall, memory, note = all_draws(found)
    yield Aim("10,000 draws with indicators and costs, two processes, wall", wall, "s", 60.0, 180.0, note=note)
    yield Aim("memory of them, all processes", memory, "MB", 1000.0, 1200.0, note=note)


def of_panel(found: Found, years: int) -> Iterator[Aim]:
    """Aims of the panel."""
    yield Aim("first panel on a machine without a kernel, wall", number(found, "first_panel", "wall"), "s", 5.0)
    for words, key, aim in (("half of the settings", "median", 100.0), ("95 % of them", "most", 150.0),
                            ("all but the run and its numbers", "rest", 25.0)):
        yield Aim(f"an answer of the panel, five countries, two years, {words}, wall",
                  1e3 * number(found, "panel", key), "ms", aim)


def of_reports(found: Found) -> Iterator[Aim]:
    """Aims of reports."""
    times = found.get("reports", {})
    for words, key, aim, floor in (("nothing kept", "cold", 60.0, 90.0), ("nothing changed", "again", 15.0, 20.0)):
        yield Aim(f"report of the Andaman Sea with 100 draws, {words}, wall", times.get(key, {}).get("wall", NAN), "s",
                  aim, floor)
    memory = times.get("cold", {}).get("memory", NAN)
    yield Aim("memory of it, nothing kept, all processes", memory, "MB", 2000.0, 2500.0)


def verdict(rows: list[Aim], bound: Callable[[Aim], float | None]) -> str:
    """How many of the aims, or floors, are met."""
    asked = [(row, bound(row)) for row in rows]
    held = [row.meets(limit) for row, limit in asked if limit is not None]
    return f"{sum(held)} of {len(held)}"
