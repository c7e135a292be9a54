"""One row of a sheet while it is read, gathering what is wrong with its cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from station_app.domain.cell_text import Reading, cell_text, read_line
from station_app.domain.raw_sheet import Cell
from station_app.domain.row_verdicts import CellProblem
from station_app.domain.sheet_mapping import DataRow
from station_app.domain.text import LINE_LIMIT

Value = TypeVar("Value")


@dataclass
class RowCells:
    """The cells of one row by field key.

    Args:
        titles: Chinese title of each field, with which reasons begin.
        problems: why the row cannot be imported; notices: worth knowing.
    """

    row: DataRow
    titles: Mapping[str, str]
    problems: list[CellProblem] = field(default_factory=list)
    notices: list[CellProblem] = field(default_factory=list)
    _bad: set[str] = field(default_factory=set)

    def __getitem__(self, key: str) -> Cell:
        """Return the cell of a field, None where the sheet has no such column."""
        return self.row.cells.get(key)

    def take(self, key: str, reading: Reading[Value]) -> Value:
        """Return the reading's value and note its reason as a problem."""
        if reading.reason:
            self.problem(key, reading.reason)
        return reading.value

    def line(self, key: str) -> str:
        """Return a text of one line."""
        cell = self[key]
        return "" if cell is None else self.take(key, read_line(cell, LINE_LIMIT))

    def parts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a cell parted by 、 , ; or a line break."""
        text = cell_text(self[key])
        if not text:
            return ()
        for mark in "\n,，;；":
            text = text.replace(mark, "、")
        return tuple(part.strip() for part in text.split("、") if part.strip())

    def problem(self, key: str, reason: str) -> None:
        """Note why the row cannot be imported."""
        self._bad.add(key)
        self.problems.append(self._about(key, reason))

    def notice(self, key: str, reason: str) -> None:
        """Note what the clerk should know about the row."""
        self.notices.append(self._about(key, reason))

    def has_problem(self, key: str) -> bool:
        """Tell whether the field's cell could not be read."""
        return key in self._bad

    def _about(self, key: str, reason: str) -> CellProblem:
        column = self.row.mapping.column(key)
        return CellProblem(self.row.number, column.letter if column else "", f"{self.titles[key]}：{reason}")
