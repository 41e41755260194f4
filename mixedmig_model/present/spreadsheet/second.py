"""The column of totals in the second currency.

Its cells are running totals times the rate, each less the one above: they sum to the total times the rate, to the cent.
"""

from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, letter
from mixedmig_model.present.spreadsheet.contents import Contents
from mixedmig_model.record.words import sheets as words

WIDTH = 18


class SecondColumn:
    """A column to the right of a table.

    It is empty where there is no second currency. ``total`` is the letter of the totals in base currency, and
    ``column`` the number of this one.
    """

    def __init__(self, contents: Contents, total: str, column: int) -> None:
        self.total, self.column = total, column
        self.rate = contents.rate(contents.second_key) if contents.second else ""
        self.heads = (words.SECOND_TOTAL.format(currency=contents.second.currency),) if contents.second else ()

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
