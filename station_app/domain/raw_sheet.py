"""A worksheet as it was read, before anybody knows what its columns mean."""

from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True)
class MergedRange:
    """A merged block of cells; all four bounds are 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawSheet:
    """One worksheet.

    Args:
        name: as on its tab; empty for a text file.
        rows: cells from A1 on; rows may differ in length, missing cells are blank.
        merged: merged blocks; empty where the format does not tell (``.ods``, ``.csv``).
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[MergedRange, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell at 0-based ``row`` and ``column``, or None beyond the edge."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def column_letter(column: int) -> str:
    """Return the letters above a 0-based ``column``: 0 → ``A``, 26 → ``AA``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
