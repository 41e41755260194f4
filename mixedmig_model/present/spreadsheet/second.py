"""Columns next to totals: baseline and second currency.

Cells of the second currency are running totals times the rate, each less the one above. They sum to the total times
the rate, to the cent.
"""

from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, letter
from mixedmig_model.present.spreadsheet.contents import Contents
from mixedmig_model.record.words import sheets as words

WIDTH = 18


class SecondColumn:
    """A column to the right of a table.

    It is empty where there is no second currency. ``total`` is the letter of the totals in base currency, and
    ``column`` the number of this one. ``head`` is the template of its head.
    """

    def __init__(self, contents: Contents, total: str, column: int, head: str = words.SECOND_TOTAL) -> None:
        self.total, self.column = total, column
        self.rate = contents.rate(contents.second_key) if contents.second else ""
        self.heads = (head.format(currency=contents.second.currency),) if contents.second else ()

    @property
    def styles(self) -> tuple[str, ...]:
        """The style of its cells."""
        return ("total",) * len(self.heads)

    @property
    def widths(self) -> tuple[int, ...]:
        """The width of the column."""
        return (WIDTH,) * len(self.heads)

    @property
    def letters(self) -> list[str]:
        """The letter of the column."""
        return [letter(self.column)] if self.heads else []

    def cells(self, row: int, first: int = FIRST) -> tuple[Formula, ...]:
        """Return the cell of a row, for a table from row ``first``."""
        if not self.heads:
            return ()
        upto = f"ROUND(SUM({self.total}{first}:{self.total}{row})*{self.rate},2)"
        before = f"-ROUND(SUM({self.total}{first}:{self.total}{row - 1})*{self.rate},2)" if row > first else ""
        return (Formula(f"=ROUND({upto}{before},2)"),)


class BaselineColumns:
    """The total of the baseline and the difference to it.

    They are right of the totals, and none where the baseline itself is costed. ``total`` is the number of the column
    of totals.
    """

    def __init__(self, contents: Contents, total: int) -> None:
        self.base, self.total = contents.base, total
        self.heads = (words.BASELINE_TOTAL, words.DIFFERENCE) if self.base else ()

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.heads)

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles of their cells."""
        return ("money", "change")[: self.count]

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of the columns."""
        return (WIDTH,) * self.count

    @property
    def letters(self) -> list[str]:
        """The letters of the columns."""
        return [letter(self.total + 1 + k) for k in range(self.count)]

    def cells(self, row: int, column: str, *where: tuple[str, str]) -> tuple[Formula, ...]:
        """Return the cells of a row, summed as its total is."""
        if self.base is None:
            return ()
        difference = f"=ROUND({letter(self.total)}{row}-{letter(self.total + 1)}{row},2)"
        return self.base.sum_where(column, *where), Formula(difference)
