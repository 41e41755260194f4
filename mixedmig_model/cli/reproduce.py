"""The command ``mixedmig reproduce``: published figures beside ours, misses called missed (``docs/reproduce.md``)."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, say, show

if TYPE_CHECKING:
    from mixedmig_model.results.published import ComparedTotal
    from mixedmig_model.study.reproduce import Reproduced

HEADS = ("check", "target", "ours", "miss", "verdict", "evidence")
TOTAL_HEADS = ("published total", "country", "period", "published", "model", "miss", "verdict", "kind")
TITLE_WIDTH = 40
EXPLAINED_WIDTH = 112
DIGITS = 5


def reproduce(
    name: Annotated[str | None, typer.Argument(
        help="A file of parameters/reproduce, or a case with published totals; all files if not given.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Work published figures out again and compare: target, ours, miss. What was fitted says so.

    Of a case, its published totals beside its baseline: input, fitted or predicted. Its README explains what is missed.
    Exit code 1 where a figure of a file is missed by more than its tolerance and nothing explains why; a miss that is
    explained is shown as missed.

    Example: mixedmig reproduce canada_2018
    """
    failed: list[Reproduced] = []
    with explained(as_json):
        if of_case(workspace, name, as_json):
            return
        from mixedmig_model.inputs.observations.reproduce import read_reproductions
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.study.reproduce import reproduce as work_out

        files = read_reproductions(read_workspace(find_workspace(workspace)), name)
        results = work_out(files, lambda run: say(f"running {run}"))
        failed = [one for one in results if one.failed]
        if as_json:
            show({"ok": not failed, "checks": [one.as_record() for one in results]})
        else:
            for file in files:
                typer.echo(f"\n{file.file.title} ({file.name})")
                for line in table(one for one in results if one.file == file.name):
                    typer.echo(line)
    if failed:
        names = ", ".join(f"{one.file}: {one.name}" for one in failed)
        say(f"failed: missed without an explanation: {names}")
        raise typer.Exit(1)


def of_case(workspace: Path | None, name: str | None, as_json: bool) -> bool:
    """Print the published totals of a case beside its baseline's, if ``name`` is one; whether it is."""
    from mixedmig_model.inputs.workspace import read_workspace

    found = read_workspace(find_workspace(workspace))
    if name is None or name not in found.cases:
        return False
    from mixedmig_model.study.reproduce_case import reproduce_case

    say(f"running {name}")
    totals = reproduce_case(found, name)
    if as_json:
        show({"ok": True, "totals": [total_record(one) for one in totals]})
        return True
    typer.echo(f"\nPublished totals ({name}); its README explains what is missed")
    for lines in aligned([TOTAL_HEADS, *(total_row(one) for one in totals)]):
        typer.echo("\n".join(lines))
    return True


def total_record(one: "ComparedTotal") -> dict[str, object]:
    """A published total and ours for programs: persons, and the miss as a share beyond the published range."""
    seen = one.observation
    return {
        "quantity": seen.quantity, "start": str(seen.start), "end": str(seen.end), "country": seen.country,
        "low": seen.low, "published": seen.value, "high": seen.high, "ours": one.ours, "miss": one.miss,
        "missed": one.missed, "kind": seen.kind, "source": seen.source,
    }


def total_row(one: "ComparedTotal") -> tuple[str, ...]:
    """The cells of a published total, in the order of ``TOTAL_HEADS``."""
    from mixedmig_model.present.report.sections.decision import QUANTITY_TITLES
    from mixedmig_model.vocabulary.numbers import DASH, MINUS

    seen = one.observation
    ends = [f"{end:,.0f}" for end in (seen.low, seen.high)]
    miss = "inside" if one.gap == 0.0 else "of nothing" if one.miss is None else (
        f"{MINUS if one.miss < 0 else '+'}{abs(100.0 * one.miss):.1f} %")
    return (
        QUANTITY_TITLES[seen.quantity], seen.country, f"{seen.start} to {seen.end}",
        ends[0] if seen.low == seen.high else DASH.join(ends), f"{one.ours:,.0f}", miss,
        "missed" if one.missed else "met", seen.kind,
    )


def aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[list[str]]:
    """Each row as lines of text: aligned columns, long first cells wrapped."""
    widths = [max(len(row[k]) for row in rows) for k in range(1, len(rows[0]))]
    for row in rows:
        title = textwrap.wrap(row[0], TITLE_WIDTH, break_on_hyphens=False)
        cells = [cell.ljust(width) for cell, width in zip(row[1:], widths, strict=True)]
        yield ["  ".join(["", title[0].ljust(TITLE_WIDTH), *cells]).rstrip(), *(f"  {line}" for line in title[1:])]


def amount_of(value: float, unit: str) -> str:
    """A figure in its unit, for readers."""
    from mixedmig_model.vocabulary.numbers import number

    if unit == "share":
        return f"{number(100.0 * value, 3)} %"
    return f"{number(value, DIGITS)} {unit}"


def target_of(one: "Reproduced") -> str:
    """What is published: the figure, or the two ends of a range that is more than the rounding of a figure."""
    from mixedmig_model.vocabulary.numbers import DASH

    published, (low, high) = one.check.published, one.check.published.ends
    if high - low <= 0.05 * published.value:
        return amount_of(published.value, published.unit)
    ends = [amount_of(end, published.unit) for end in (low, high)]
    return DASH.join([ends[0].removesuffix(f" {ends[0].split(' ')[-1]}"), ends[1]])


def miss_of(one: "Reproduced") -> str:
    """How far ours lies beyond what is published, in percent of it, with its sign."""
    from mixedmig_model.vocabulary.numbers import MINUS

    percent = round(100.0 * one.miss, 1)
    if percent == 0.0:
        return "0 %" if one.check.published.range is None else "inside"
    return f"{MINUS if percent < 0 else '+'}{abs(percent):.1f} %"


def verdict_of(one: "Reproduced") -> str:
    """Whether a figure is met, in words."""
    if one.failed:
        return "missed, not explained"
    return "missed, explained" if one.missed else "met"


def row_of(one: "Reproduced") -> tuple[str, ...]:
    """The cells of a figure, in the order of ``HEADS``."""
    ours = amount_of(one.ours, one.check.published.unit)
    ground = one.check.evidence + (", target worked out" if one.check.published.basis == "worked_out" else "")
    return one.check.title, target_of(one), ours, miss_of(one), verdict_of(one), ground


def notes_of(one: "Reproduced") -> Iterator[str]:
    """What is to be said below a figure: a number solved for, and why it is missed."""
    for name, value in one.solved.items():
        yield f"solved for: {name} = {amount_of(value, 'share')}"
    if one.missed:
        yield f"missed: {one.check.explained or 'nothing explains why'}"


def table(results: Iterable["Reproduced"]) -> Iterator[str]:
    """Figures as lines of text: aligned columns, long titles wrapped, explanations below."""
    found = list(results)
    notes: list[list[str]] = [[], *(list(notes_of(one)) for one in found)]
    for lines, below in zip(aligned([HEADS, *(row_of(one) for one in found)]), notes, strict=True):
        yield from lines
        for note in below:
            yield from textwrap.wrap(note, EXPLAINED_WIDTH, initial_indent="      ", subsequent_indent="      ")
