"""What the formulas of a spreadsheet give.

Each is stored with its value: readers that do not calculate see it. Only what our own formulas use is known: sums,
SUMPRODUCT, ROUND, IF, SUMIFS, INDEX and MATCH, and arithmetic. A formula is read once for all rows in which it is
alike. Values are those of a program that opens the file: the tests compare both.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from mixedmig_model.present.spreadsheet.cells import Formula, column_number
from mixedmig_model.results.costs.lines import HAIR

TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*") | (?P<call>[A-Z][A-Z0-9]*)\( |
    (?:'(?P<sheet>[^']+)'!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>[0-9]+)(?::\$?(?P<last>[A-Z]{1,3})\$?(?P<end>[0-9]+))? |
    (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?) | (?P<sign>[-+*/^&=(),])
    )""",
    re.VERBOSE,
)
REFERENCE_ROW = re.compile(r"""("[^"]*"|[A-Z][A-Z0-9]*\(|'[^']+'!)|(\$?[A-Z]{1,3}\$?)([0-9]+)""")
Rows = Sequence[int]
"""Row numbers of the references of a formula, in order."""
Step = Callable[[Rows, str], Any]
"""A part of a formula that was read.

It gives its value for some rows, on a sheet.
"""


class FormulaError(ValueError):
    """Raised for a formula that cannot be computed.

    The message names it and its cell.
    """


class Values:
    """The values of all cells of a spreadsheet.

    They are computed when they are first read.
    """

    def __init__(self, cells: Iterable[tuple[tuple[str, int, int], Any]]) -> None:
        self.cells: dict[tuple[str, int, int], Any] = {}
        self.formulas: dict[tuple[str, int, int], str] = {}
        for key, value in cells:
            if isinstance(value, Formula):
                self.formulas[key] = value.text[1:]
            elif value is not None:
                self.cells[key] = value
        self.read: dict[str, Step] = {}
        self.found: dict[Any, Any] = {}

    def at(self, sheet: str, row: int, column: int) -> Any:
        """Return the value of a cell; None where it is empty.

        Raises FormulaError.
        """
        key = sheet, row, column
        if key in self.formulas and key not in self.cells:
            text = self.formulas[key]
            try:
                self.cells[key] = self._work_out(text, sheet)
            except (ArithmeticError, TypeError, ValueError, KeyError) as error:
                raise FormulaError(f"{sheet}, row {row}, column {column}: ={text}: {error}") from error
        return self.cells.get(key)

    def results(self) -> dict[tuple[str, int, int], Any]:
        """Return the values of all formulas. Raises FormulaError."""
        return {key: self.at(*key) for key in self.formulas}

    def column(self, sheet: str, column: int, first: int, last: int) -> list[Any]:
        """Return the values of cells below each other."""
        return [self.at(sheet, row, column) for row in range(first, last + 1)]

    def _work_out(self, text: str, sheet: str) -> Any:
        rows: list[int] = []

        def without_row(found: re.Match[str]) -> str:
            if found[1]:
                return found[1]
            rows.append(int(found[3]))
            return f"{found[2]}1"

        pattern = REFERENCE_ROW.sub(without_row, text)
        if pattern not in self.read:
            self.read[pattern] = _FormulaReader(self, pattern).whole()
        return self.read[pattern](rows, sheet)

    def sum_where(self, wanted: tuple[Any, ...], ranges: tuple[tuple[str, int, int, int], ...]) -> float:
        """Return the sum of the first range.

        It is over rows where the others equal what is wanted.
        """
        if ranges not in self.found:
            groups: dict[tuple[Any, ...], list[float]] = {}
            sums, *others = (self.column(*one) for one in ranges)
            for value, *keys in zip(sums, *others, strict=True):
                if isinstance(value, int | float):
                    groups.setdefault(tuple(_alike(key) for key in keys), []).append(value)
            self.found[ranges] = {keys: math.fsum(values) for keys, values in groups.items()}
        return float(self.found[ranges].get(tuple(_alike(key) for key in wanted), 0.0))

    def place(self, wanted: Any, where: tuple[str, int, int, int]) -> int:
        """Return the place of a value in a range, from 1.

        Raises KeyError.
        """
        if where not in self.found:
            values = [_alike(value) for value in self.column(*where)]
            self.found[where] = {value: k for k, value in reversed(list(enumerate(values, 1)))}
        return int(self.found[where][_alike(wanted)])


def _alike(value: Any) -> Any:
    """Return a value as spreadsheets compare it.

    Text has no case, dates are dates, and all numbers are alike.
    """
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, datetime):
        return value.date()
    return value if value is None or isinstance(value, date) else float(value)


def _number(value: Any) -> float:
    if value is None:
        return 0.0
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _times(one: Any, other: Any) -> float:
    return _number(one) * _number(other)


def _to_the_power(one: Any, other: Any) -> float:
    return float(_number(one) ** _number(other))


def _plus(one: Any, other: Any) -> float:
    return _number(one) + _number(other)


def _less(one: Any, other: Any) -> float:
    return _number(one) - _number(other)


def _side_by_side(one: Any, other: Any) -> str:
    return _text(one) + _text(other)


def _over(one: Any, other: Any) -> float:
    return _number(one) / _number(other)


def _text(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def rounded(value: float, digits: float) -> float:
    """Return ROUND of spreadsheets.

    Halves go away from zero, and a half that rounding made slightly too small is still a half.
    """
    places = int(digits)
    factor = 10.0 ** abs(places)
    scaled = abs(value) * factor if places >= 0 else abs(value) / factor
    whole = math.floor(scaled * (1.0 + HAIR) + 0.5)
    return math.copysign(whole / factor if places >= 0 else whole * factor, value) if whole else 0.0


class _Range:
    """A range of one column or one row, as an argument.

    The argument is of a function.
    """

    def __init__(self, values: Values, match: re.Match[str], numbers: tuple[int, int]) -> None:
        self.values, self.sheet, self.numbers = values, match["sheet"], numbers
        self.first, self.last = (column_number(match[key]) for key in ("column", "last"))

    def key(self, rows: Rows, sheet: str) -> tuple[str, int, int, int]:
        """Return the sheet, column, first and last row."""
        return self.sheet or sheet, self.first, rows[self.numbers[0]], rows[self.numbers[1]]

    def listed(self, rows: Rows, sheet: str) -> list[Any]:
        """Return all values of the range."""
        where, _, first, last = self.key(rows, sheet)
        return [value for column in range(self.first, self.last + 1)
                for value in self.values.column(where, column, first, last)]


Part = Step | _Range


class _FormulaReader:
    """Reads a formula whose row numbers were taken out.

    It goes by precedence: =, then &, + and -, * and /, ^.
    """

    def __init__(self, values: Values, text: str) -> None:
        self.values, self.text, self.position, self.references = values, text, 0, 0

    def whole(self) -> Step:
        """Return the whole formula.

        Raises FormulaError where something is left over.
        """
        step = self._step(self.equal())
        if self.position < len(self.text):
            raise FormulaError(f"cannot be read from '{self.text[self.position:]}' on")
        return step

    def equal(self) -> Part:
        left = self.joined()
        if self._take("="):
            one, other = self._step(left), self._step(self.joined())
            return lambda rows, sheet: _alike(one(rows, sheet) or 0.0) == _alike(other(rows, sheet) or 0.0)
        return left

    def joined(self) -> Part:
        left = self.sum()
        while self._take("&"):
            one, other = self._step(left), self._step(self.sum())
            left = _both(one, other, _side_by_side)
        return left

    def sum(self) -> Part:
        left = self.product()
        while sign := self._take("+", "-"):
            one, other, way = self._step(left), self._step(self.product()), 1.0 if sign == "+" else -1.0
            left = _both(one, other, _plus if way > 0.0 else _less)
        return left

    def product(self) -> Part:
        left = self.power()
        while sign := self._take("*", "/"):
            one, other = self._step(left), self._step(self.power())
            left = _both(one, other, _times if sign == "*" else _over)
        return left

    def power(self) -> Part:
        left = self.atom()
        while self._take("^"):
            one, other = self._step(left), self._step(self.atom())
            left = _both(one, other, _to_the_power)
        return left

    def atom(self) -> Part:
        if self._take("("):
            inner = self.equal()
            self._need(")")
            return inner
        match = TOKEN.match(self.text, self.position)
        if match is None or match["sign"]:
            raise FormulaError(f"cannot be read from '{self.text[self.position:]}' on")
        self.position = match.end()
        if match["text"]:
            text = match["text"][1:-1].replace('""', '"')
            return lambda rows, sheet: text
        if match["number"]:
            number = float(match["number"])
            return lambda rows, sheet: number
        return self._call(match["call"]) if match["call"] else self._reference(match)

    def _reference(self, match: re.Match[str]) -> Part:
        number = self.references
        self.references += 2 if match["last"] else 1
        if match["last"]:
            return _Range(self.values, match, (number, number + 1))
        column, there, at = column_number(match["column"]), match["sheet"], self.values.at
        return lambda rows, sheet: at(there or sheet, rows[number], column)

    def _call(self, name: str) -> Step:
        given = [self.equal()]
        while self._take(","):
            given.append(self.equal())
        self._need(")")
        if name not in FUNCTIONS:
            raise FormulaError(f"{name} is not known")
        return FUNCTIONS[name](self.values, given)

    def _step(self, part: Part) -> Step:
        if isinstance(part, _Range):
            raise FormulaError("a range stands where a number should")
        return part

    def _take(self, *signs: str) -> str:
        """Return the next sign, if it is one of some."""
        match = TOKEN.match(self.text, self.position)
        if match is None or match["sign"] not in signs:
            return ""
        self.position = match.end()
        return str(match["sign"])

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise FormulaError(f"'{sign}' is missing before '{self.text[self.position:]}'")


def _both(one: Step, other: Step, join: Callable[[Any, Any], Any]) -> Step:
    return lambda rows, sheet: join(one(rows, sheet), other(rows, sheet))


def _numbers(parts: Iterable[Part], rows: Rows, sheet: str) -> list[float]:
    """Return the numbers among some arguments.

    Texts and empty cells of ranges do not count.
    """
    found: list[Any] = []
    for part in parts:
        found += part.listed(rows, sheet) if isinstance(part, _Range) else [part(rows, sheet)]
    return [float(value) for value in found if isinstance(value, int | float)]


def _plain(function: Callable[..., float]) -> Callable[[Values, list[Any]], Step]:
    """Return a function of numbers."""
    return lambda values, given: lambda rows, sheet: function(*(_number(part(rows, sheet)) for part in given))


def _sum_where(values: Values, given: list[Any]) -> Step:
    ranges, wanted = (given[0], *given[1::2]), given[2::2]
    return lambda rows, sheet: values.sum_where(
        tuple(part(rows, sheet) for part in wanted), tuple(part.key(rows, sheet) for part in ranges))


def _sum_of_products(values: Values, given: list[Any]) -> Step:
    """Return the sum of the products of ranges of one shape.

    Texts and empty cells count as zero.
    """
    def found(rows: Rows, sheet: str) -> float:
        columns = ([_number(cell) if isinstance(cell, int | float) else 0.0 for cell in part.listed(rows, sheet)]
                   for part in given)
        return math.fsum(math.prod(cells) for cells in zip(*columns, strict=True))

    return found


def _one_of(values: Values, given: list[Any]) -> Step:
    where, place = given

    def found(rows: Rows, sheet: str) -> Any:
        there, column, first, _ = where.key(rows, sheet)
        return values.at(there, first + int(place(rows, sheet)) - 1, column)

    return found


FUNCTIONS: dict[str, Callable[[Values, list[Any]], Step]] = {
    "SUM": lambda values, given: lambda rows, sheet: math.fsum(_numbers(given, rows, sheet)),
    "IF": lambda values, given: lambda rows, sheet: given[1 if given[0](rows, sheet) else 2](rows, sheet),
    "ROUND": _plain(rounded), "ABS": _plain(abs), "INT": _plain(math.floor), "LOG10": _plain(math.log10),
    "SUMIFS": _sum_where, "SUMPRODUCT": _sum_of_products, "INDEX": _one_of,
    "MATCH": lambda values, given: lambda rows, sheet: values.place(given[0](rows, sheet), given[1].key(rows, sheet)),
}
"""The functions that our formulas use."""
