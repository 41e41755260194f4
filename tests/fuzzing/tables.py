"""Mutations of tables (CSV): rows, columns, cells, and how a spreadsheet program would save them."""

import csv
import io
import random
from collections.abc import Callable, Sequence

from fuzzing.mutant import Change, Must, Unfit, changed_file, kind, misspelt, text_of
from fuzzing.values import DAY, HIDDEN, HOSTILE, WRITTEN, dates_near
from fuzzing.workspace import Tree

CSV = ".csv"
Rows = list[list[str]]


def rows_of(tree: Tree, file: str) -> Rows:
    """Return the cells of a table, its head first."""
    return list(csv.reader(io.StringIO(text_of(tree, file))))


def table(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return a table as text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def with_rows(tree: Tree, file: str, rows: Rows, what: str, must: Must = "be read") -> Change:
    return changed_file(tree, file, table(rows), what, must=must)


def a_row(rows: Rows, rng: random.Random) -> int:
    """Return the place of a row below the head."""
    if len(rows) < 2:
        raise Unfit
    return rng.randrange(1, len(rows))


@kind("a row twice", CSV)
def row_twice(tree: Tree, file: str, rng: random.Random) -> Change:
    rows = rows_of(tree, file)
    at, to = a_row(rows, rng), a_row(rows, rng)
    rows.insert(to, rows[at])
    return with_rows(tree, file, rows, f"row {at} twice", "be refused")


@kind("a row dropped", CSV)
def row_dropped(tree: Tree, file: str, rng: random.Random) -> Change:
    rows = rows_of(tree, file)
    at = a_row(rows, rng)
    return with_rows(tree, file, [row for k, row in enumerate(rows) if k != at], f"row {at} dropped")


@kind("rows in another order", CSV)
def reordered(tree: Tree, file: str, rng: random.Random) -> Change:
    head, *rows = rows_of(tree, file)
    rng.shuffle(rows)
    return with_rows(tree, file, [head, *rows], "rows in another order", "keep its numbers")


@kind("a row too short or too long", CSV)
def row_length(tree: Tree, file: str, rng: random.Random) -> Change:
    rows = rows_of(tree, file)
    at = a_row(rows, rng)
    rows[at] = rng.choice((rows[at][:-1], rows[at][:2], [*rows[at], ""], [*rows[at], "x"], rows[at][1:]))
    return with_rows(tree, file, rows, f"row {at} has {len(rows[at])} cells", "be refused")


@kind("another column", CSV)
def another_column(tree: Tree, file: str, rng: random.Random) -> Change:
    rows = rows_of(tree, file)
    name, at = rng.choice(("comment", "", "persons", "start", "note")), rng.randrange(len(rows[0]) + 1)
    rows = [[*row[:at], name if k == 0 else "x", *row[at:]] for k, row in enumerate(rows)]
    return with_rows(tree, file, rows, f"one more column {name!r}", "be refused")


@kind("a column missing or misspelt", CSV)
def column_changed(tree: Tree, file: str, rng: random.Random) -> Change:
    rows = rows_of(tree, file)
    at = rng.randrange(len(rows[0]))
    if rng.random() < 0.5:
        return with_rows(tree, file, [row[:at] + row[at + 1 :] for row in rows], f"column {at + 1} missing",
                         "be refused")
    rows[0][at] = misspelt(rows[0][at], rng)
    must: Must = "be read" if rows[0][at].strip() != rows[0][at] else "be refused"
    return with_rows(tree, file, rows, f"column {at + 1} called {rows[0][at]!r}", must)


@kind("columns in another order", CSV)
def columns_moved(tree: Tree, file: str, rng: random.Random) -> Change:
    rows = rows_of(tree, file)
    places = list(range(len(rows[0])))
    rng.shuffle(places)
    head_only = rng.random() < 0.5
    new = [[row[place] for place in places] if not head_only or k == 0 else row for k, row in enumerate(rows)]
    return with_rows(tree, file, new, f"columns in another order{', in the head only' if head_only else ''}",
                     "be refused" if head_only and places != sorted(places) else "be read")


@kind("another separator", CSV)
def separator(tree: Tree, file: str, rng: random.Random) -> Change:
    sign = rng.choice(";\t|")
    return changed_file(tree, file, table(rows_of(tree, file), sign), f"cells separated by {sign!r}",
                        must="be refused")


@kind("a table saved in another way", CSV)
def saved_otherwise(tree: Tree, file: str, rng: random.Random) -> Change:
    text, rows = text_of(tree, file), rows_of(tree, file)
    width = len(rows[0])
    what, new = rng.choice((
        ("without a head", table(rows[1:])), ("a title above", f"Arrivals{',' * (width - 1)}\n{text}"),
        ("a row of totals", text + f"total{',' * (width - 1)}\n"), ("an open quote", text + '"open\n'),
        ("empty cells at the end", text + "," * (width - 1) + "\n"), ("sep=", f"sep=,\n{text}"),
        ("a row of units", table([rows[0], ["unit"] * width, *rows[1:]])), ("a row of dashes", text + "-" * 20 + "\n"),
        ("the head twice", table([rows[0], *rows])), ("a remark", f"# remark\n{text}"),
        ("quoted cells", "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)),
        ("spaces around cells", "".join(" , ".join(row) + "\n" for row in rows)),
    ))
    same = what in ("empty cells at the end", "quoted cells", "spaces around cells")
    return changed_file(tree, file, new, what, must="be read" if same else "be refused")


def in_a_cell(tree: Tree, file: str, rng: random.Random, change: Callable[[str], str | None],
              must: Must = "be read") -> Change:
    """Change one cell. Args: change, gives the new text of a cell, or None for one that does not fit."""
    rows = rows_of(tree, file)
    fitting = [(k, c) for k, row in enumerate(rows) for c, cell in enumerate(row) if k and change(cell) is not None]
    if not fitting:
        raise Unfit
    row, place = rng.choice(fitting)
    old, rows[row][place] = rows[row][place], str(change(rows[row][place]))
    new = rows[row][place]
    return with_rows(tree, file, rows, f"{rows[0][place]} of row {row}: {old!r} -> {new[:60]!r}", must)


def _plain(cell: str) -> bool:
    return cell.isdecimal() and len(cell) < 8


@kind("a number of a table scaled", CSV)
def cell_scaled(tree: Tree, file: str, rng: random.Random) -> Change:
    factor = rng.choice((1e3, 1e15, 1e-3, -1.0, 0.0, 2.0, 0.1))
    return in_a_cell(tree, file, rng, lambda cell: f"{float(cell) * factor:g}" if _plain(cell) else None)


@kind("a number of a table without bounds", CSV)
def cell_unbounded(tree: Tree, file: str, rng: random.Random) -> Change:
    new = rng.choice(("nan", "inf", "-inf", "1e400", "9" * 400, "1e309", "NaN", "#REF!", "#DIV/0!", "\u221e"))
    return in_a_cell(tree, file, rng, lambda cell: new if _plain(cell) else None, "be refused")


@kind("a number of a table written in another way", CSV)
def cell_written(tree: Tree, file: str, rng: random.Random) -> Change:
    form = rng.choice((*WRITTEN, "=1+1", "USD {:g}"))
    return in_a_cell(tree, file, rng, lambda cell: form.format(float(cell), float(cell)) if _plain(cell) else None)


@kind("a dot for thousands in a table", CSV)
def cell_thousands(tree: Tree, file: str, rng: random.Random) -> Change:
    def dotted(cell: str) -> str | None:
        large = _plain(cell) and int(cell) >= 1000 and not 1980 <= int(cell) <= 2100  # a year is no number of people
        return f"{int(cell):,}".replace(",", ".") if large else None

    return in_a_cell(tree, file, rng, dotted, "be refused")


@kind("another date in a table", CSV)
def cell_date(tree: Tree, file: str, rng: random.Random) -> Change:
    seed = rng.random()
    return in_a_cell(tree, file, rng,
                     lambda cell: dates_near(cell, random.Random(f"{seed}")) if DAY.fullmatch(cell) else None)


@kind("a cell emptied", CSV)
def cell_emptied(tree: Tree, file: str, rng: random.Random) -> Change:
    return in_a_cell(tree, file, rng, lambda cell: rng.choice(("", " ", "-", "n/a", "null")) if cell else None)


@kind("a hidden sign in a table", CSV)
def cell_hidden(tree: Tree, file: str, rng: random.Random) -> Change:
    sign = rng.choice((*HIDDEN, "\x1b[31m", "\x07", "\x7f"))
    return in_a_cell(tree, file, rng, lambda cell: cell[:2] + sign + cell[2:] if cell else None, "be refused")


@kind("a hostile text in a table", CSV)
def cell_hostile(tree: Tree, file: str, rng: random.Random) -> Change:
    new = rng.choice((*HOSTILE, "a\nb", 'a"b', " =1+1", "＝1+1", "\n=1+1", "@sum(1)", "-1+1"))
    return in_a_cell(tree, file, rng, lambda cell: new)


@kind("a name of a table misspelt", CSV)
def cell_misspelt(tree: Tree, file: str, rng: random.Random) -> Change:
    return in_a_cell(tree, file, rng,
                     lambda cell: misspelt(cell, rng) if cell.isidentifier() and len(cell) > 2 else None)
