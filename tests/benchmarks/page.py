"""The page of the bench, ``docs/benchmarks.md``: what was measured stands between two marks, the rest is written."""

import textwrap
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.aims import NAN, Found, aims, figure, number, times, verdict
from tests.benchmarks.plan import ALL, COUNTRIES, FEW, GROUPS, MANY, YEARS

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
WIDTH = 128
CLOSE = 1e-3
"""Share of arrivals within which another tool and the kernel agree."""
HEAD = ["way", "times the kernel's time", "a run, processor", "a run, wall"]
Section = Callable[[Found, int], list[str]]


def seconds(value: float) -> str:
    """A time in the unit that reads best."""
    return figure(1e3 * value, "ms") if value < 1 else figure(value, "s")


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def each(found: Found, name: str, key: str = "cpu") -> float:
    """Processor seconds of one run of a measurement: fair to all, whatever else runs."""
    return number(found, name, key) / number(found, name, "members")


def in_short(found: Found, years: int) -> list[str]:
    """The findings in a few lines."""
    rows = aims(found, years)
    ours = each(found, f"kernel 1 {years}")
    lines = [
        f"* One run in full takes the kernel {seconds(ours)} of processor time. scipy's solver takes "
        f"{times(each(found, f'reference 1 {years}') / ours)} times as long.",
        f"* The same equations stepped in NumPy take {times(each(found, f'numpy_heun 1 {years}') / ours)} times as "
        f"long, and a loop in plain Python {times(each(found, f'hand 1 {years}') / ours)} times.",
    ]
    whole = pysd_of(found)
    tool = whole.get("runs")
    cut = each(found, f"kernel 1 {years} 0 cut")
    if tool:
        both = "Both give the same numbers" if agrees(whole) else "**They disagree**"
        lines.append(f"* On a cut-down model that PySD can read, PySD takes {times(tool[0]['cpu'] / cut)} to "
                     f"{times(tool[-1]['cpu'] / cut)} times as long as the kernel. {both}.")
    draws = found.get(f"draws {ALL} {years}") or found.get(f"draws {MANY} {years}") or {}
    if "wall" in draws:
        lines.append(f"* {draws['draws']:,} draws with indicators and costs take {seconds(draws['wall'])} on two "
                     f"processes and {figure(draws['memory'], 'MB')}.")
    if "cold" in found.get("reports", {}):
        report = found["reports"]
        lines.append(f"* The report of the Andaman Sea with 100 draws takes {seconds(report['cold']['wall'])} with "
                     f"nothing kept, and {seconds(report['again']['wall'])} with nothing changed.")
    lines.append(f"* Aims met: {verdict(rows, lambda row: row.aim)}. Floors met: "
                 f"{verdict(rows, lambda row: row.floor)}. The last tables name each.")
    return lines


def pysd_of(found: Found) -> dict:
    """What PySD gave."""
    return next((one for name, one in found.items() if name.startswith("pysd ")), {})


def one_run(found: Found, years: int) -> list[str]:
    """One run in several ways."""
    ours = each(found, f"kernel 1 {years}")
    ways = [("reference: scipy's solver", f"reference 1 {years}"), ("NumPy", f"numpy_heun 1 {years}"),
            ("plain Python", f"hand 1 {years}"), ("**kernel, all that a report needs**", f"kernel 1 {years}"),
            ("kernel, daily sums only", f"sums 1 {years}"),
            ("kernel, daily sums, 32 runs on all cores", f"together {years}"),
            ("flow table only, NumPy", f"flow_table numpy {years}"),
            ("flow table only, C", f"flow_table strict {years}"),
            ("flow table only, C with `-ffast-math`", f"flow_table fast {years}")]
    rows = []
    for title, name in ways:
        words = found.get(name, {}).get("words")
        rows.append([title, times(each(found, name) / ours), words or seconds(each(found, name)),
                     "" if words else seconds(each(found, name, "wall")), figure(number(found, name, "memory"))])
    return table([*HEAD, "peak MB"], rows)


def other_tools(found: Found, years: int) -> list[str]:
    """PySD and the others on the cut-down model, and whether they agree."""
    tool = pysd_of(found)
    if "runs" not in tool:
        return [f"PySD: {tool.get('words', 'not measured')}."]
    ours = each(found, f"kernel 1 {years} 0 cut")
    rows = [[f"PySD {tool['version']}, Euler, step 1/{round(1 / run['step'])} day", times(run["cpu"] / ours),
             seconds(run["cpu"]), seconds(run["wall"]), f"{100 * run['difference']:.2g} %"] for run in tool["runs"]]
    for title, way in (("plain Python", "hand"), ("NumPy", "numpy_heun"), ("reference: scipy's solver", "reference"),
                       ("**kernel, all that a report needs**", "kernel")):
        name = f"{way} 1 {years} 0 cut"
        rows.append([title, times(each(found, name) / ours), seconds(each(found, name)),
                     seconds(each(found, name, "wall")), "" if way != "kernel" else "0 (compared with it)"])
    return [
        f"The command wrote {tool['stocks']} stocks, {tool['flows']} flows and {tool['auxiliaries']} auxiliaries, in "
        f"{seconds(tool['translating'])} of processor time. PySD reads them once, in {seconds(tool['reading'])}.", "",
        *table([*HEAD, "largest difference"], rows), "",
        *agreement(tool)]


def agreement(tool: dict) -> list[str]:
    """How far PySD and the kernel agree, in words."""
    last, before = tool["runs"][-1], tool["runs"][-2]
    lines = [
        f"The difference is the largest in any of the {tool['stocks']} stocks at the end of any week. It is a share of "
        f"the {figure(tool['people'])} people who arrive.",
        f"It falls {times(before['difference'] / last['difference'])} times where PySD halves its step, as it must for "
        f"Euler's method. Extrapolated to no step at all, it is {100 * tool['extrapolated']:.1g} %."]
    if agrees(tool):
        return [*lines, "So both solve the same equations: **agreement, yes**."]
    return [*lines, f"**Agreement: no.** More than {100 * CLOSE:g} % of arrivals differ, or steps do not matter."]


def agrees(tool: dict) -> bool:
    """Whether PySD and the kernel solve the same equations: close, and closer as steps shrink."""
    runs = tool["runs"]
    falls = all(1.7 < one["difference"] / after["difference"] < 2.3 for one, after in pairwise(runs))
    same = tool["extrapolated"] < CLOSE / 10 and tool["left out"] < 1e-9
    return bool(falls and same and runs[-1]["difference"] < CLOSE)


def many_draws(found: Found, years: int) -> list[str]:
    """Draws with indicators and costs."""
    rows, first = [], NAN
    for draws in (FEW // 2, FEW, MANY, ALL):
        one = found.get(f"draws {draws} {years}")
        if one is None:
            continue
        if "words" in one:
            rows.append([f"{draws:,}", "", one["words"], "", "", ""])
            continue
        pace = one["wall"] / draws
        first = pace if first != first else first
        rows.append([f"{draws:,}", times(pace / first), seconds(one["wall"]), seconds(pace), figure(one["memory"]),
                     figure(one["disk"])])
    head = ["draws", "time a draw, to the fewest", "wall", "a draw, wall", "peak MB, all processes", "MB on disk"]
    return table(head, rows)


def growth(found: Found, years: int) -> list[str]:
    """How time grows with countries, years and groups."""
    base = number(found, f"sums 1 {years}", "kernel")
    sizes = [(1, years, 8, f"sums 1 {years}"), *((n, years, 8, f"sums {n} {years} 0") for n in COUNTRIES),
             *((1, n, 8, f"sums 1 {n} 0") for n in YEARS), *((1, years, n, f"sums 1 {years} {n}") for n in GROUPS)]
    rows = []
    for countries, length, groups, name in sizes:
        if name not in found:
            continue
        cells = countries * length / years * groups / 8
        kernel = number(found, name, "kernel")
        rows.append([f"{countries}", f"{length}", f"{groups}", times(cells), times(kernel / base),
                     times(kernel / base / cells), seconds(kernel), seconds(number(found, name, "cpu"))])
    return table(["countries", "years", "groups", "cells, to the first row", "time, to the first row", "time a cell",
                  "kernel, processor", "with inputs and memory"], rows)


def larger(found: Found, years: int) -> list[str]:
    """The largest case of the reference."""
    ours, theirs = (each(found, f"{way} 5 {years}") for way in ("kernel", "reference"))
    if theirs != theirs:
        return []
    return ["", f"With five countries a run in full takes the reference {times(theirs / ours)} times as long as the "
            f"kernel: {seconds(theirs)} and {seconds(ours)}."]


def answering(found: Found, years: int) -> list[str]:
    """From changed numbers to an answer."""
    rows = []
    for countries in (1, 5):
        one = found.get(f"numbers {countries} {years}", {})
        parts = ", ".join(f"{name} {seconds(cpu)}" for name, cpu in one.get("parts", {}).items())
        where = "1 country" if countries == 1 else f"{countries} countries"
        title = f"changed numbers to indicators in a script, {where}"
        rows.append([title, seconds(one.get("wall", NAN)), parts or one.get("words", "")])
    moved = found.get("panel", {})
    rows.append(["a slider of the panel to its numbers, 5 countries, 2 years", seconds(moved.get("median", NAN)),
                 f"95 % within {seconds(moved.get('most', NAN))}; {seconds(moved.get('rest', NAN))} outside the run"])
    rows.append(["the first panel on a machine without a kernel", seconds(number(found, "first_panel", "wall")), ""])
    return table(["what", "wall", "parts"], rows)


def reports(found: Found, years: int) -> list[str]:
    """Phases of a report."""
    made = found.get("reports", {})
    if "cold" not in made:
        return [made.get("words", "Not measured.")]
    phases = list(dict.fromkeys([*made["cold"]["phases"], *made["again"]["phases"]]))
    kinds = ("cold", "again")
    rows = [[phase, *(seconds(made[kind]["phases"].get(phase, 0.0)) for kind in kinds)] for phase in phases]
    rows += [["**in all**", *(f"**{seconds(made[kind]['wall'])}**" for kind in ("cold", "again"))],
             ["peak MB, all processes", *(figure(made[kind]["memory"]) for kind in ("cold", "again"))]]
    return table(["phase", "nothing kept", "nothing changed"], rows)


def held(found: Found, years: int) -> list[str]:
    """Peak memory, in one place."""
    rows = [(title, number(found, name, "memory")) for title, name in (
        ("a run in full, reference", f"reference 1 {years}"), ("a run in full, kernel", f"kernel 1 {years}"),
        ("the same, 5 countries, reference", f"reference 5 {years}"),
        ("the same, 5 countries, kernel", f"kernel 5 {years}"), ("daily sums, 12 countries", f"sums 12 {years} 0"),
        ("32 runs, daily sums, all cores", f"together {years}"), ("the panel, 5 countries, 2 years", "panel"),
        *((f"{draws:,} draws, two processes and a parent", f"draws {draws} {years}") for draws in (FEW, MANY, ALL)))]
    rows += [(f"a report, {words}", found.get("reports", {}).get(kind, {}).get("memory", NAN))
             for words, kind in (("nothing kept", "cold"), ("nothing changed", "again"))]
    base = number(found, f"kernel 1 {years}", "memory")
    return table(["what", "to a run of the kernel", "peak MB"],
                 [[title, times(memory / base), figure(memory)] for title, memory in rows if memory == memory])


def verdicts(found: Found, years: int) -> list[str]:
    """Each aim and floor, met or not."""
    head = ["what", "measured, to the aim", "measured", "aim", "aim met", "floor met, floor"]
    return [*table(head, []), *(row.row() for row in aims(found, years))]


def profile(found: Found, years: int) -> list[str]:
    """Where the time goes that is left."""
    lines = []
    drawn = next((one for name, one in found.items() if name.startswith("draw_shares ") and "shares" in one), None)
    if drawn:
        pace = seconds(drawn["cpu"] / drawn["draws"])
        lines += [f"A draw with indicators and costs takes {pace} of processor time in one process. Shares of it, by "
                  "file of the package:", "", *_shares(drawn["shares"]), ""]
    one = found.get(f"numbers 1 {years}", {})
    if "shares" in one:
        lines += [f"Changed numbers to indicators in a script take {seconds(one['cpu'])}:", "", *_shares(one["shares"])]
    return lines or ["Not measured."]


def wrapped(lines: list[str]) -> Iterator[str]:
    """Lines of prose in the width of other pages; tables stay as they are."""
    for line in lines:
        if line.startswith(("|", "#", "<!--")) or not line:
            yield line
        else:
            yield from textwrap.wrap(line, WIDTH, subsequent_indent="  " if line.startswith("* ") else "",
                                     break_long_words=False, break_on_hyphens=False)


def _shares(shares: dict[str, float]) -> list[str]:
    return table(["share", "where"], [[f"{100 * share:.0f} %", f"`{place}`"] for place, share in shares.items()])


SECTIONS: tuple[tuple[str, str, Section], ...] = (
    ("In short", "", in_short),
    ("One run in several ways",
     "One country, eight groups of people, {length}, a surge each spring. The ratios divide processor times.", one_run),
    ("The same model in PySD",
     "PySD runs models of system dynamics (Vensim, XMILE) in Python; it is free and widely used. "
     "`python tests/benchmarks/translate.py --to model.xmile` writes a cut-down model from the project's flow table, "
     "equations and parameters. It has one country, two groups and no detention. All else is there.", other_tools),
    ("Many draws", "Each draw varies all uncertain inputs. It is solved, and its indicators and costs are kept. Two "
     "processes work; the clock covers their start.", many_draws),
    ("Growth", "A run that keeps daily sums, by the size of its case. Processor time of the kernel, and the same with "
     "the inputs of each day and the memory of the run. Cells count stocks and flows in each country. Flows between "
     "countries have a cell for each pair, which the count leaves out. Vectors hold eight groups, so fewer groups cost "
     "as much as eight.",
     lambda found, years: growth(found, years) + larger(found, years)),
    ("Answers while you wait", "", answering),
    ("A report", "`mixedmig report andaman_sea_2015` with 100 draws, five countries, four scenarios. Phases are those "
     "that its progress names, and the first includes the start.", reports),
    ("Memory", "The most that a process held; for draws and reports, all processes together.", held),
    ("Aims and floors", "An aim is what would be good, a floor what must hold. A ratio of 1 is the aim itself.",
     verdicts),
    ("What takes the rest", "The main thread is looked at each few milliseconds. Waiting for the kernel on other "
     "threads counts as `storage/workers`.", profile),
)


def measured(found: Found, quick: bool, machine: list[str]) -> str:
    """The measured part of the page; a section that fails says so and stops no other."""
    years = years_of(quick)
    length = "one year" if quick else "three years"
    lines = [BEGIN, "", *machine, ""]
    if quick:
        lines += ["**This is the quick form**: runs of one year, few sizes and draws, no reports.", ""]
    for title, words, section in SECTIONS:
        lines += [f"## {title}", "", *([words.format(length=length), ""] if words else [])]
        try:
            lines += section(found, years)
        except Exception as error:
            lines.append(f"This section failed: `{type(error).__name__}: {error}`.")
        lines.append("")
    return "\n".join([*wrapped(lines), END])


def years_of(quick: bool) -> int:
    """Length of the runs that a form measures."""
    return 1 if quick else 3


def failures(text: str, found: Found) -> list[str]:
    """What went wrong, in words."""
    wrong = [f"{name}: {one['words']}" for name, one in found.items() if one.get("words", "").startswith("failed")]
    wrong += [line for line in text.splitlines() if line.startswith("This section failed")]
    tool = pysd_of(found)
    return wrong + (["PySD and the kernel disagree"] if "runs" in tool and not agrees(tool) else [])


def put(page: str, part: str) -> str:
    """The page with its measured part replaced. Raises ValueError where the page lacks the marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks the lines {BEGIN} and {END}")
    return before + part + after


def write(file: Path, part: str) -> None:
    """Replace the measured part of a page."""
    file.write_text(put(file.read_text(encoding="utf-8"), part), encoding="utf-8")


def today() -> str:
    """The date as people write it."""
    return time.strftime("%d %B %Y, %H:%M").lstrip("0")

